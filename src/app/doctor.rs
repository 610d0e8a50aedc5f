//! `baoxiu doctor`: looks at everything that a bot needs and says what to do. Works beside a running bot, and also when the
//! database or the network is down: it says so, and goes on with the rest. Nothing is changed.
mod database;
mod machine;
mod telegram;

use std::fmt;

use super::{Failure, tools};
use crate::config::Settings;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// Nothing to do.
    Ok,
    /// It works; somebody should look at it.
    Warn,
    /// It does not work.
    Fail,
}

/// What was found, a line each.
#[derive(Debug, Default)]
struct Report(Vec<(Level, &'static str, String)>);

impl Report {
    fn ok(&mut self, about: &'static str, found: impl fmt::Display) {
        self.0.push((Level::Ok, about, found.to_string()));
    }

    fn warn(&mut self, about: &'static str, found: impl fmt::Display) {
        self.0.push((Level::Warn, about, found.to_string()));
    }

    fn fail(&mut self, about: &'static str, found: impl fmt::Display) {
        self.0.push((Level::Fail, about, found.to_string()));
    }

    fn count(&self, level: Level) -> usize {
        self.0.iter().filter(|line| line.0 == level).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (level, about, found) in &self.0 {
            let level = match level {
                Level::Ok => "ok",
                Level::Warn => "warn",
                Level::Fail => "fail",
            };
            // Further lines stand under the first.
            writeln!(f, "{level:<5} {about:<10} {}", found.trim_end().replace('\n', &format!("\n{:17}", "")))?;
        }
        let (warn, fail) = (self.count(Level::Warn), self.count(Level::Fail));
        match (fail, warn) {
            (0, 0) => write!(f, "all is well"),
            _ => write!(f, "to be mended: {fail}; to be looked at: {warn}"),
        }
    }
}

/// Examines everything and prints what was found.
///
/// # Errors
/// When something does not work.
pub async fn doctor(settings: &Settings) -> Result<(), Failure> {
    let mut report = Report::default();
    match tools::check(settings) {
        Ok(said) => report.ok("dialogs", said),
        Err(problems) => report.fail("dialogs", problems),
    }
    let found = database::examine(settings, &mut report).await;
    machine::key(settings, &found, &mut report);
    machine::disk(settings, &mut report);
    telegram::examine(settings, found.staff.as_ref(), &mut report).await;
    println!("{report}");
    match report.count(Level::Fail) {
        0 => Ok(()),
        _ => Err(Failure::new("something does not work: see the lines that begin with fail")),
    }
}
