//! Numbers among the settings.

/// What a setting takes, and what it is when nobody sets it.
pub(super) struct Number {
    /// Name of the variable.
    pub name: &'static str,
    /// What is counted, for the words of a problem: "hours".
    pub what: &'static str,
    /// When nothing is given.
    pub usual: i64,
    /// Smallest and largest value.
    pub range: std::ops::RangeInclusive<i64>,
}

impl Number {
    /// Reads it; a problem is told, and the usual value stands in for it.
    pub(super) fn read(self, given: Option<&str>, problems: &mut Vec<String>) -> i64 {
        let given = given.map(str::trim).filter(|text| !text.is_empty());
        let read = given.map_or(Some(self.usual), |text| text.parse().ok());
        read.filter(|n| self.range.contains(n)).unwrap_or_else(|| {
            let Number { name, what, usual, range } = &self;
            let (least, most) = (range.start(), range.end());
            problems.push(format!("{name} must be a number of {what} from {least} to {most}; leave it out for {usual}"));
            *usual
        })
    }
}
