//! Which files Telegram lets travel together. PURE.
use crate::vocabulary::input::{Media, MediaKind};

/// Most files in an album: <https://core.telegram.org/bots/api#sendmediagroup>.
const MOST: usize = 10;

/// Splits off the files that can be sent in one request: photos and videos mix, documents keep to themselves, a voice
/// message and a round film go alone. Order is kept, so the rest is sent after.
pub fn first(files: &[Media]) -> (&[Media], &[Media]) {
    let Some(head) = files.first() else { return (files, files) };
    let together = files.iter().take_while(|file| mix(head.kind, file.kind)).count().min(MOST);
    files.split_at(if matches!(head.kind, MediaKind::Voice | MediaKind::VideoNote) { 1 } else { together })
}

fn mix(a: MediaKind, b: MediaKind) -> bool {
    let visual = |kind| matches!(kind, MediaKind::Photo | MediaKind::Video);
    a == b || (visual(a) && visual(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use MediaKind::{Document, Photo, Video, VideoNote, Voice};

    fn sizes(kinds: &[MediaKind]) -> Vec<usize> {
        let files: Vec<Media> =
            kinds.iter().map(|kind| Media { kind: *kind, file_id: "f".into(), unique_id: "u".into(), size: 0 }).collect();
        let (mut rest, mut sizes) = (&files[..], Vec::new());
        while !rest.is_empty() {
            let (now, later) = first(rest);
            sizes.push(now.len());
            rest = later;
        }
        sizes
    }

    #[test]
    fn kinds_that_mix_stay_together() {
        assert_eq!(sizes(&[]), [0; 0]);
        assert_eq!(sizes(&[Photo, Video, Photo]), [3]);
        assert_eq!(sizes(&[Photo, Document, Document, Photo]), [1, 2, 1]);
        assert_eq!(sizes(&[Voice, Voice, Photo]), [1, 1, 1]);
        assert_eq!(sizes(&[VideoNote, VideoNote, Video]), [1, 1, 1]);
        assert_eq!(sizes(&[Photo; 12]), [10, 2]);
    }
}
