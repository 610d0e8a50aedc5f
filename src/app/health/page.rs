//! The figures in the text format of Prometheus:
//! <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>
use std::fmt::Write;

use super::{Seen, Sources};
use crate::clock::now;
use crate::store::health::Waiting;
use crate::telemetry::histogram::Reading;

/// Figures of a database that cannot be read are left out: a 0 would be a lie.
pub(super) fn write(from: &Sources, seen: &Seen, waiting: Option<&Waiting>) -> String {
    let mut page = Page::default();
    page.about("baoxiu_updates_total", "counter", "Updates by what became of them since the start.");
    for (outcome, count) in from.updates.counts() {
        page.line("baoxiu_updates_total", &format!("{{outcome=\"{outcome}\"}}"), count);
    }
    page.about("baoxiu_sends_total", "counter", "Messages by what Telegram said to them, every try counted.");
    for (outcome, count) in from.figures.outcomes() {
        page.line("baoxiu_sends_total", &format!("{{outcome=\"{outcome}\"}}"), count);
    }
    page.about("baoxiu_too_many_requests_total", "counter", "How often Telegram asked for a pause (429).");
    page.line("baoxiu_too_many_requests_total", "", from.figures.too_many());
    let took = "baoxiu_receipt_to_sent_seconds";
    page.about(took, "histogram", "From the receipt of an update to its message's being with Telegram.");
    for (priority, reading) in from.figures.took() {
        page.histogram(took, &format!("priority=\"{priority}\""), &reading);
    }
    page.about("baoxiu_commit_seconds", "histogram", "How long the database took for a commit.");
    page.histogram("baoxiu_commit_seconds", "", &from.db.commits());
    let nights = from.nights.read();
    page.about("baoxiu_nightly_total", "counter", "What the nightly job took away since the start, by what it was.");
    for (what, count) in nights.counts() {
        page.line("baoxiu_nightly_total", &format!("{{what=\"{what}\"}}"), count);
    }
    page.one(
        "baoxiu_nightly_finished_seconds",
        "When it last came to its end (Unix time); 0: not since the start.",
        nights.finished / 1_000,
    );
    page.one("baoxiu_nightly_step_seconds", "Its longest step since the start.", nights.longest.as_secs_f64());
    page.one("baoxiu_ready", "Whether the database can be read and written.", u8::from(seen.trouble.is_none()));
    page.one("baoxiu_database_seconds", "How long the last trial took: one commit and one read.", seen.took.as_secs_f64());
    if let Some(answers) = seen.promises {
        let name = "baoxiu_promises";
        page.about(name, "gauge", "Tickets of the last seven days by whether the customer was contacted in the promised time.");
        page.line(name, "{outcome=\"kept\"}", answers.kept);
        page.line(name, "{outcome=\"missed\"}", answers.decided - answers.kept);
    }
    if let Some(waiting) = waiting {
        page.waiting(waiting);
    }
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn waiting(&mut self, waiting: &Waiting) {
        let outbox = || ["reply", "desk", "notice"].into_iter().zip(waiting.outbox);
        self.about("baoxiu_outbox_messages", "gauge", "Messages that wait to be sent.");
        for (priority, (count, _)) in outbox() {
            self.line("baoxiu_outbox_messages", &format!("{{priority=\"{priority}\"}}"), count);
        }
        self.about("baoxiu_outbox_age_seconds", "gauge", "How long the oldest of them has waited.");
        for (priority, (_, oldest)) in outbox() {
            let age = oldest.map_or(0, |oldest| (now() - oldest).max(0) / 1_000);
            self.line("baoxiu_outbox_age_seconds", &format!("{{priority=\"{priority}\"}}"), age);
        }
        self.one("baoxiu_parked", "Inputs that failed for the last time and wait for a person.", waiting.parked);
        self.one("baoxiu_tickets_open", "Tickets that are not over.", waiting.open);
        self.one("baoxiu_tickets_unclaimed", "Open tickets that nobody has claimed.", waiting.unclaimed);
    }

    fn about(&mut self, name: &str, kind: &str, help: &str) {
        // Writing into a text cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn one(&mut self, name: &str, help: &str, value: impl std::fmt::Display) {
        self.about(name, "gauge", help);
        self.line(name, "", value);
    }

    fn histogram(&mut self, name: &str, labels: &str, reading: &Reading) {
        let comma = if labels.is_empty() { "" } else { "," };
        for (bound, count) in &reading.buckets {
            self.line(&format!("{name}_bucket"), &format!("{{{labels}{comma}le=\"{bound}\"}}"), count);
        }
        self.line(&format!("{name}_bucket"), &format!("{{{labels}{comma}le=\"+Inf\"}}"), reading.count);
        let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
        self.line(&format!("{name}_sum"), &labels, reading.sum);
        self.line(&format!("{name}_count"), &labels, reading.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_is_written_as_prometheus_reads_it() {
        let mut page = Page::default();
        let reading = Reading { buckets: vec![(0.1, 1), (1.0, 2)], count: 3, sum: 7.5 };
        page.histogram("x_seconds", "a=\"b\"", &reading);
        page.histogram("y_seconds", "", &Reading { buckets: Vec::new(), count: 0, sum: 0.0 });
        let expected = "x_seconds_bucket{a=\"b\",le=\"0.1\"} 1\nx_seconds_bucket{a=\"b\",le=\"1\"} 2\n\
                        x_seconds_bucket{a=\"b\",le=\"+Inf\"} 3\nx_seconds_sum{a=\"b\"} 7.5\nx_seconds_count{a=\"b\"} 3\n\
                        y_seconds_bucket{le=\"+Inf\"} 0\ny_seconds_sum 0\ny_seconds_count 0\n";
        assert_eq!(page.0, expected);
    }
}
