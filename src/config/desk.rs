//! How the desk works: what is promised, and what keeps claims honest.
use clap::Args;

use super::number::Number;

/// In the units in which they are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Minutes within which a report is claimed and its customer contacted.
    pub promise: i64,
    /// Most jobs of one technician at a time.
    pub jobs: i64,
    /// So many releases within a day are too many.
    pub releases: i64,
    /// Minutes for which whoever gave back too often claims nothing.
    pub cool_down: i64,
    /// Minutes after which a claimer who has not contacted the customer is asked.
    pub lease: i64,
    /// Hours after which what is done counts as fixed, if the customer says nothing.
    pub confirm: i64,
    /// Hour of the day, in the service's time zone, at which dispatchers get the morning list.
    pub morning: i64,
}

impl Default for Desk {
    fn default() -> Desk {
        Desk { promise: 30, jobs: 5, releases: 3, cool_down: 60, lease: 20, confirm: 48, morning: 8 }
    }
}

/// As given.
#[derive(Args, Default)]
#[group(id = "desk")]
pub(crate) struct Given {
    /// Minutes within which a report is claimed and its customer contacted [default: 30]
    #[arg(long, global = true, env = "BAOXIU_PROMISE", value_name = "MINUTES")]
    pub promise: Option<String>,
    /// Most jobs that one technician may have at a time [default: 5]
    #[arg(long, global = true, env = "BAOXIU_MOST_JOBS", value_name = "NUMBER")]
    pub most_jobs: Option<String>,
    /// Jobs that a technician may give back in a day before claiming is closed to them for a while [default: 3]
    #[arg(long, global = true, env = "BAOXIU_MOST_RELEASES", value_name = "NUMBER")]
    pub most_releases: Option<String>,
    /// Minutes for which it is closed to them [default: 60]
    #[arg(long, global = true, env = "BAOXIU_COOL_DOWN", value_name = "MINUTES")]
    pub cool_down: Option<String>,
    /// Minutes after which a technician who claimed and has not contacted the customer is asked [default: 20]
    #[arg(long, global = true, env = "BAOXIU_LEASE", value_name = "MINUTES")]
    pub lease: Option<String>,
    /// Hours after which a job that is done counts as fixed, if the customer says nothing [default: 48]
    #[arg(long, global = true, env = "BAOXIU_CONFIRM", value_name = "HOURS")]
    pub confirm: Option<String>,
    /// Hour of the day at which dispatchers get the list of what to look after [default: 8]
    #[arg(long, global = true, env = "BAOXIU_MORNING", value_name = "HOUR")]
    pub morning: Option<String>,
}

/// Reads them; every problem is told.
pub(super) fn desk(given: &Given, problems: &mut Vec<String>) -> Desk {
    const DAY: i64 = 24 * 60;
    let usual = Desk::default();
    let mut read =
        |name, what, given: &Option<String>, usual, range| Number { name, what, usual, range }.read(given.as_deref(), problems);
    Desk {
        promise: read("BAOXIU_PROMISE", "minutes", &given.promise, usual.promise, 1..=7 * DAY),
        jobs: read("BAOXIU_MOST_JOBS", "jobs", &given.most_jobs, usual.jobs, 1..=1_000),
        releases: read("BAOXIU_MOST_RELEASES", "releases", &given.most_releases, usual.releases, 1..=1_000),
        cool_down: read("BAOXIU_COOL_DOWN", "minutes", &given.cool_down, usual.cool_down, 0..=DAY),
        lease: read("BAOXIU_LEASE", "minutes", &given.lease, usual.lease, 4..=DAY),
        confirm: read("BAOXIU_CONFIRM", "hours", &given.confirm, usual.confirm, 1..=14 * 24),
        morning: read("BAOXIU_MORNING", "the hour of the day", &given.morning, usual.morning, 0..=23),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_given_is_what_the_readme_says() {
        let mut problems = Vec::new();
        assert_eq!(
            desk(&Given::default(), &mut problems),
            Desk { promise: 30, jobs: 5, releases: 3, cool_down: 60, lease: 20, confirm: 48, morning: 8 }
        );
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn all_problems_are_told() {
        let bad = |text: &str| Some(text.to_owned());
        let given =
            Given { promise: bad("0"), most_jobs: bad("many"), cool_down: bad("-1"), lease: bad("1"), ..Given::default() };
        let mut problems = Vec::new();
        desk(&given, &mut problems);
        assert_eq!(problems.len(), 4, "{problems:?}");
        assert!(problems[1].contains("BAOXIU_MOST_JOBS") && problems[1].contains("leave it out for 5"));
    }
}
