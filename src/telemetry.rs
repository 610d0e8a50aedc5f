//! Logs: where they go, how they look, and above all what never gets into them. Figures: what they are counted in.
//!
//! Laws: no token, phone number, address or message body in a log, at any level. Our own events name ids and kinds
//! only. Other people's crates know nothing of that: at `debug` and `trace` hyper and reqwest print addresses (the
//! bot's token is part of every address), teloxide prints raw answers, sqlx prints statements, rustls handshakes. So
//! what they may say is capped here and `RUST_LOG` can only ask for less, never for more.
pub mod histogram;
pub mod news;

use std::io;

use clap::ValueEnum;
use tracing::level_filters::LevelFilter;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines, one object a line.
    Json,
}

/// Crates that print bodies, addresses or statements already at `info`.
const SILENCED: [&str; 3] = ["teloxide", "teloxide_core", "sqlx"];

/// Starts logging to stderr. `filter` is in the language of `RUST_LOG`; parts that cannot be read are left out.
///
/// # Errors
/// When logging was started before.
pub fn start(filter: &str, format: LogFormat) -> Result<(), AlreadyStarted> {
    Registry::default().with(layer(filter, format, io::stderr)).try_init().map_err(|_| AlreadyStarted)?;
    // The default hook prints the panic's message, and some of them quote the text that was being sliced.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a part of the program panicked; what it was doing is kept and tried again");
    }));
    Ok(())
}

/// Logging can be started only once in a process.
#[derive(Debug, thiserror::Error)]
#[error("logging was started before; start it once, at the beginning")]
pub struct AlreadyStarted;

/// Whether `filter` can be read in full.
pub fn filter_is_valid(filter: &str) -> bool {
    EnvFilter::builder().parse(filter).is_ok()
}

fn layer<S, W>(filter: &str, format: LogFormat, to: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let asked = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).parse_lossy(filter);
    // Filters for everything, not of one layer: those remember the answer to "would this be logged?" until the next event,
    // and sqlx asks that for every statement, on PostgreSQL on our own threads. Each time our next line was lost.
    let cap = asked.and_then(filter_fn(may_be_logged));
    let lines = tracing_subscriber::fmt::layer().with_writer(to).with_ansi(false);
    match format {
        LogFormat::Text => cap.and_then(lines).boxed(),
        LogFormat::Json => cap.and_then(lines.json().flatten_event(true)).boxed(),
    }
}

/// The cap: our own events pass; everybody else's at `info` and above, the talkative ones' at `warn` and above.
fn may_be_logged(event: &Metadata<'_>) -> bool {
    let krate = event.target().split("::").next().unwrap_or_default();
    let limit = match krate {
        "baoxiu" => LevelFilter::TRACE,
        other if SILENCED.contains(&other) => LevelFilter::WARN,
        _ => LevelFilter::INFO,
    };
    *event.level() <= limit
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(filter: &str, format: LogFormat, events: impl FnOnce()) -> String {
        let sink = Sink::default();
        let writer = sink.clone();
        let subscriber = Registry::default().with(layer(filter, format, move || writer.clone()));
        tracing::subscriber::with_default(subscriber, events);
        String::from_utf8(sink.0.lock().unwrap().clone()).unwrap()
    }

    fn leaks() {
        tracing::trace!(target: "hyper::proto::h1", "POST /bot1:AAA/sendMessage");
        tracing::debug!(target: "reqwest::connect", "https://api.telegram.org/bot1:AAA");
        tracing::trace!(target: "h2::codec", "secret");
        tracing::info!(target: "teloxide_core::net", "secret");
        tracing::info!(target: "sqlx::query", "secret");
        tracing::debug!(target: "rustls::client", "secret");
        tracing::debug!(target: "some_new_crate", "secret");
    }

    #[test]
    fn nothing_leaks_even_when_everything_is_asked_for() {
        for filter in ["trace", "trace,hyper=trace,reqwest=trace,sqlx=trace,teloxide_core=trace"] {
            assert_eq!(logged(filter, LogFormat::Text, leaks), "");
        }
    }

    #[test]
    fn a_question_costs_no_line() {
        let asked = || {
            let _ = tracing::enabled!(target: "sqlx::query", tracing::Level::DEBUG);
            tracing::info!(target: "baoxiu::outbox", "said");
        };
        assert!(logged("info", LogFormat::Text, asked).contains("said"));
    }

    #[test]
    fn our_own_events_follow_the_filter() {
        let ours = || {
            tracing::info!(target: "baoxiu::outbox", row = 7, "sent");
            tracing::debug!(target: "baoxiu::outbox", "quiet");
        };
        let text = logged("info", LogFormat::Text, ours);
        assert!(text.contains("sent") && text.contains("row=7") && !text.contains("quiet"), "{text}");
        assert!(logged("baoxiu=debug", LogFormat::Text, ours).contains("quiet"));
    }

    #[test]
    fn json_lines_are_json() {
        let line = logged("info", LogFormat::Json, || tracing::warn!(target: "baoxiu", row = 7, "slow"));
        let value: serde_json::Value = serde_json::from_str(line.trim()).unwrap();
        assert_eq!((&value["message"], &value["row"]), (&"slow".into(), &7.into()));
    }

    #[test]
    fn a_bad_filter_is_found() {
        assert!(filter_is_valid("info,baoxiu=debug"));
        assert!(!filter_is_valid("baoxiu=loud"));
    }
}
