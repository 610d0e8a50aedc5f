//! One event as a file for calendars: <https://www.rfc-editor.org/rfc/rfc5545>. PURE.
use chrono::{DateTime, Utc};

use crate::vocabulary::calendar::CalendarFile;
use crate::vocabulary::input::Millis;

/// The type of such a file.
pub(super) const MIME: &str = "text/calendar";
/// Most octets of a line, its end aside: section 3.1.
const LINE: usize = 75;
/// When the calendar reminds of it, before it begins.
const ALARM: &str = "-PT2H";

/// The file. `summary` and `description` as its reader speaks.
pub(super) fn ics(file: &CalendarFile, summary: &str, description: &str) -> String {
    let status = if file.cancelled { "CANCELLED" } else { "CONFIRMED" };
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//baoxiu//appointments//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(&file.uid)),
        format!("SEQUENCE:{}", file.sequence),
        format!("DTSTAMP:{}", utc(file.stamp)),
        format!("DTSTART:{}", utc(file.from)),
        format!("DTEND:{}", utc(file.to)),
        format!("STATUS:{status}"),
        format!("SUMMARY:{}", escaped(summary)),
        format!("DESCRIPTION:{}", escaped(description)),
    ];
    if !file.location.is_empty() {
        lines.push(format!("LOCATION:{}", escaped(&file.location)));
    }
    if !file.cancelled {
        let alarm = [
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("TRIGGER:{ALARM}"),
            format!("DESCRIPTION:{}", escaped(summary)),
            "END:VALARM".to_owned(),
        ];
        lines.extend(alarm);
    }
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    lines.iter().map(|line| folded(line)).collect()
}

fn utc(at: Millis) -> String {
    DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default().format("%Y%m%dT%H%M%SZ").to_string()
}

/// Section 3.3.11. Other control characters may not stand in a text at all.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// A line with its end; a long one goes on behind a line break and a space. No character is torn.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vocabulary::say::Text;

    fn file(location: &str, cancelled: bool) -> CalendarFile {
        CalendarFile {
            caption: Text::new("empty"),
            name: "BX-1001.ics".to_owned(),
            uid: "BX-1001-1772430000000@baoxiu_demo_bot".to_owned(),
            sequence: 2,
            stamp: 1_772_430_000_000,
            from: 1_772_499_600_000,
            to: 1_772_506_800_000,
            summary: Text::new("empty"),
            description: Text::new("empty"),
            location: location.to_owned(),
            cancelled,
        }
    }

    /// As a calendar reads it: lines joined, then names and values, escapes undone.
    fn read(ics: &str) -> Vec<(String, String)> {
        let unfolded = ics.replace("\r\n ", "");
        let lines = unfolded.split_terminator("\r\n").map(|line| line.split_once(':').unwrap());
        let plain = |value: &str| {
            let mut letters = value.chars();
            let mut out = String::new();
            while let Some(c) = letters.next() {
                match (c, c == '\\') {
                    (_, true) => match letters.next().unwrap() {
                        'n' => out.push('\n'),
                        other => out.push(other),
                    },
                    (c, false) => out.push(c),
                }
            }
            out
        };
        lines.map(|(name, value)| (name.to_owned(), plain(value))).collect()
    }

    #[test]
    fn an_event_reads_as_it_was_meant() {
        let ics = ics(
            &file("辽宁省葫芦岛市兴城市 兴海路3号, 2单元; 501\\A栋东门", false),
            "上门维修 BX-1001",
            "故障：漏水\n请先打电话",
        );
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//baoxiu//appointments//EN\r\nCALSCALE:GREGORIAN\r\n\
            METHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:BX-1001-1772430000000@baoxiu_demo_bot\r\nSEQUENCE:2\r\n\
            DTSTAMP:20260302T054000Z\r\nDTSTART:20260303T010000Z\r\nDTEND:20260303T030000Z\r\nSTATUS:CONFIRMED\r\n\
            SUMMARY:上门维修 BX-1001\r\nDESCRIPTION:故障：漏水\\n请先打电话\r\n\
            LOCATION:辽宁省葫芦岛市兴城市 兴海路3号\\, 2单元\\; 501\\\\A栋\r\n 东门\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n\
            TRIGGER:-PT2H\r\nDESCRIPTION:上门维修 BX-1001\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(ics, expected);
    }

    #[test]
    fn what_is_called_off_says_so_and_reminds_of_nothing() {
        let ics = ics(&file("", true), "a", "b");
        assert!(ics.contains("\r\nSTATUS:CANCELLED\r\n") && !ics.contains("VALARM") && !ics.contains("LOCATION"));
    }

    proptest! {
        #[test]
        fn whatever_people_write_stays_what_it_is(words in "(\\PC|[,;:\\\\\n\t]|[\r\u{0}\u{7}])*") {
            let ics = ics(&file(&words, false), &words, &words);
            prop_assert!(ics.ends_with("\r\n") && ics.split_terminator("\r\n").all(|line| line.len() <= LINE && !line.contains(['\r', '\n'])));
            let kept: String = words.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !c.is_control() || "\n\t".contains(*c)).collect();
            let read = read(&ics);
            let of = |name: &str| read.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
            prop_assert_eq!(of("SUMMARY"), Some(kept.clone()));
            prop_assert_eq!(of("LOCATION"), Some(kept).filter(|_| !words.is_empty()));
        }
    }
}
