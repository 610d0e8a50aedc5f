//! Callback data of dialog buttons: `d1:<run>:<question>:<tap>`, at most 64 bytes, ids only.
use super::machine::Tap;
use super::session::Run;

/// A press on a button of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DialogPress {
    /// Number of the run that showed it.
    pub run: i64,
    /// Number of the question that showed it.
    pub question: i64,
    /// Which button.
    pub tap: Tap,
}

/// Data of a button of the present question.
pub fn encode(run: &Run, tap: Tap) -> String {
    let tap = match tap {
        Tap::Option(i) => format!("o{i}"),
        Tap::Edit(i) => format!("e{i}"),
        Tap::Neither => "n".to_owned(),
        Tap::Skip => "s".to_owned(),
        Tap::Back => "b".to_owned(),
        Tap::Cancel => "x".to_owned(),
        Tap::Enough => "y".to_owned(),
    };
    format!("d1:{}:{}:{tap}", run.number, run.question)
}

/// Reads data; `None` for anything that no version of the program wrote.
pub fn decode(data: &str) -> Option<DialogPress> {
    let mut parts = data.strip_prefix("d1:")?.split(':');
    let run = parts.next()?.parse().ok()?;
    let question = parts.next()?.parse().ok()?;
    let tap = parts.next()?;
    if parts.next().is_some() {
        return None;
    }
    let tap = match tap {
        "n" => Tap::Neither,
        "s" => Tap::Skip,
        "b" => Tap::Back,
        "x" => Tap::Cancel,
        "y" => Tap::Enough,
        _ => match (tap.strip_prefix('o'), tap.strip_prefix('e')) {
            (Some(i), _) => Tap::Option(i.parse().ok()?),
            (_, Some(i)) => Tap::Edit(i.parse().ok()?),
            _ => return None,
        },
    };
    Some(DialogPress { run, question, tap })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_survives_the_round_trip_and_forgeries_do_not() {
        let run = Run { number: 7, question: i64::MAX, ..Run::default() };
        for tap in [Tap::Option(12), Tap::Edit(6), Tap::Neither, Tap::Skip, Tap::Back, Tap::Cancel, Tap::Enough] {
            let data = encode(&run, tap);
            assert!(data.len() <= 64);
            assert_eq!(decode(&data), Some(DialogPress { run: 7, question: i64::MAX, tap }));
        }
        for forged in ["", "d1:", "d1:1:2", "d1:1:2:o-1", "d1:1:2:y:3", "d2:1:2:y", "d1:x:2:y", "d1:1:2:oo"] {
            assert_eq!(decode(forged), None, "{forged}");
        }
    }
}
