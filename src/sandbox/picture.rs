//! A made picture for people who have none at hand, and the size of a given one.

/// A small PNG: a light panel with a darker band, like a photographed appliance.
pub(super) fn made() -> Vec<u8> {
    const WIDTH: usize = 160;
    const HEIGHT: usize = 120;
    let mut rows = Vec::with_capacity((WIDTH + 1) * HEIGHT);
    for y in 0..HEIGHT {
        rows.push(0);
        let shade = |x: usize| if (20..140).contains(&x) && (15..105).contains(&y) { 4 - u8::from(y > 70) } else { 1 };
        rows.extend((0..WIDTH).map(shade));
    }
    let mut header = Vec::new();
    header.extend(160_u32.to_be_bytes());
    header.extend(120_u32.to_be_bytes());
    header.extend([8, 3, 0, 0, 0]);
    let palette = [[40, 44, 52], [120, 144, 156], [176, 190, 197], [207, 216, 220], [236, 239, 241]].concat();
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, b"IHDR", &header);
    chunk(&mut out, b"PLTE", &palette);
    chunk(&mut out, b"IDAT", &stored(&rows));
    chunk(&mut out, b"IEND", &[]);
    out
}

/// Width and height of a PNG or JPEG.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if bytes.starts_with(b"\x89PNG") { Some((number(16)?, number(20)?)) } else { jpeg_size(bytes) }
}

/// Walks the segments of a JPEG up to the frame header, which holds the size.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let pair = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = bytes.starts_with(&[0xFF, 0xD8]).then_some(2)?;
    loop {
        let marker = pair(at)?;
        // SOF0 to SOF15, without the three of that row that mean other things (DHT, JPG, DAC).
        if matches!(marker, 0xFFC0..=0xFFCF) && !matches!(marker, 0xFFC4 | 0xFFC8 | 0xFFCC) {
            return Some((pair(at + 7)?.into(), pair(at + 5)?.into()));
        }
        at += 2 + usize::from(pair(at + 2)?.max(2));
    }
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).unwrap_or_default().to_be_bytes());
    let start = out.len();
    out.extend(kind);
    out.extend(data);
    let mut crc = u32::MAX;
    for byte in &out[start..] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    out.extend((!crc).to_be_bytes());
}

/// zlib without compression: blocks of at most 65,535 bytes.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend(((b << 16) | a).to_be_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(size(&made()), Some((160, 120)));
        let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 11, 8, 0x02, 0x58, 0x03, 0x20, 1, 0, 0, 0];
        assert_eq!(size(&jpeg), Some((800, 600)));
        assert_eq!(size(&jpeg[..12]), None);
        assert_eq!(size(b"neither"), None);
    }
}
