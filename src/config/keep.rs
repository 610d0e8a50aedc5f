//! How long what is known of customers is kept, and when what is over is taken away.
use clap::Args;

use super::number::Number;

/// Ten years: more is a slip of the pen.
const MOST_DAYS: i64 = 3_650;

/// Periods, in the units in which they are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Hours of silence after which an unfinished conversation is forgotten.
    pub session: i64,
    /// Hours after closing until the technician's private card is blanked.
    pub card: i64,
    /// Days after closing until the files of an uncontested ticket are forgotten.
    pub media: i64,
    /// Days after closing until contact, address and own words are forgotten.
    pub contact: i64,
    /// Hour of the day, in the service's time zone, at which that is done.
    pub hour: i64,
}

impl Default for Keep {
    fn default() -> Keep {
        Keep { session: 72, card: 24, media: 30, contact: 90, hour: 3 }
    }
}

/// As given.
#[derive(Args, Default)]
#[group(id = "keep")]
pub(crate) struct Given {
    /// Hours of silence after which an unfinished conversation is forgotten [default: 72]
    #[arg(long, global = true, env = "BAOXIU_KEEP_SESSION", value_name = "HOURS")]
    pub keep_session: Option<String>,
    /// Hours after closing until the technician's private card is blanked [default: 24]
    #[arg(long, global = true, env = "BAOXIU_KEEP_CARD", value_name = "HOURS")]
    pub keep_card: Option<String>,
    /// Days after closing until photos and films of an uncontested ticket are forgotten [default: 30]
    #[arg(long, global = true, env = "BAOXIU_KEEP_MEDIA", value_name = "DAYS")]
    pub keep_media: Option<String>,
    /// Days after closing until contact, address and own words are forgotten [default: 90]
    #[arg(long, global = true, env = "BAOXIU_KEEP_CONTACT", value_name = "DAYS")]
    pub keep_contact: Option<String>,
    /// Hour of the day at which what is over is forgotten, in the time zone of the service [default: 3]
    #[arg(long, global = true, env = "BAOXIU_NIGHT", value_name = "HOUR")]
    pub night: Option<String>,
}

/// Reads them; every problem is told.
pub(super) fn keep(given: &Given, problems: &mut Vec<String>) -> Keep {
    let usual = Keep::default();
    let before = problems.len();
    let mut number = |name, what, given: &Option<String>, usual, least, most| {
        Number { name, what, usual, range: least..=most }.read(given.as_deref(), problems)
    };
    let keep = Keep {
        session: number("BAOXIU_KEEP_SESSION", "hours", &given.keep_session, usual.session, 1, MOST_DAYS * 24),
        card: number("BAOXIU_KEEP_CARD", "hours", &given.keep_card, usual.card, 0, MOST_DAYS * 24),
        media: number("BAOXIU_KEEP_MEDIA", "days", &given.keep_media, usual.media, 0, MOST_DAYS),
        contact: number("BAOXIU_KEEP_CONTACT", "days", &given.keep_contact, usual.contact, 1, MOST_DAYS),
        hour: number("BAOXIU_NIGHT", "the hour of the day", &given.night, usual.hour, 0, 23),
    };
    if problems.len() == before && (keep.card > keep.media * 24 || keep.media > keep.contact) {
        problems.push(
            "BAOXIU_KEEP_CARD must not be longer than BAOXIU_KEEP_MEDIA, nor that longer than BAOXIU_KEEP_CONTACT".to_owned(),
        );
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(card: &str, media: &str, contact: &str) -> (Keep, Vec<String>) {
        let mut problems = Vec::new();
        let text = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        let (card, media, contact) = (text(card), text(media), text(contact));
        let given = Given { keep_card: card, keep_media: media, keep_contact: contact, ..Given::default() };
        (keep(&given, &mut problems), problems)
    }

    #[test]
    fn nothing_given_is_what_the_readme_says() {
        assert_eq!(read("", "", ""), (Keep { session: 72, card: 24, media: 30, contact: 90, hour: 3 }, Vec::new()));
    }

    #[test]
    fn all_problems_are_told() {
        let (_, problems) = read("-1", "soon", "0");
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems[1].contains("BAOXIU_KEEP_MEDIA") && problems[1].contains("days"));
    }

    #[test]
    fn what_is_in_a_wider_step_goes_no_earlier() {
        assert_eq!(read("0", "0", "1").1, [""; 0]);
        assert_eq!(read("24", "1", "1").1, [""; 0]);
        for (card, media, contact) in [("25", "1", "1"), ("0", "31", "30"), ("", "", "7")] {
            let problems = read(card, media, contact).1;
            assert!(problems.len() == 1 && problems[0].contains("longer"), "{problems:?}");
        }
    }
}
