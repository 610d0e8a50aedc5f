//! The whole path, as one bot on one machine with its load: HTTP in, transaction, outbox, HTTP out.
//!
//! The real program in a process of its own, against a Bot API server that does nothing but hand over updates and take
//! messages. Customers report one fault after the other in five steps each; at the end of every report stand a ticket, the
//! customer's card and the crew's. Telegram's limits are lifted.
//!
//! ```text
//! cargo bench --bench path                         # 1, 50 and 500 customers on SQLite
//! cargo bench --bench path -- 50 --seconds 20      # only 50 customers
//! DATABASE_URL=postgres://… cargo bench --bench path
//! ```
mod customers;
mod program;
mod telegram;

use std::time::Duration;

use customers::Customers;
use program::Program;
use telegram::Telegram;

/// Reports that warm everything up and are not counted.
const WARM_UP: Duration = Duration::from_secs(2);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let seconds = words.iter().position(|w| w == "--seconds").and_then(|i| words.get(i + 1)).and_then(|n| n.parse().ok());
    let span = Duration::from_secs(seconds.unwrap_or(10));
    let mut sizes: Vec<usize> = words.iter().take_while(|w| *w != "--seconds").filter_map(|w| w.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1, 50, 500];
    }
    println!(
        "customers  dialogs/s   p50 ms   p99 ms   max ms   first getUpdates ms   peak MiB   sends per dialog   cpu ms per dialog"
    );
    for size in sizes {
        measure(size, span).await;
    }
}

async fn measure(size: usize, span: Duration) {
    let telegram = Telegram::start().await;
    let mut program = Program::start(&telegram.address());
    let first = loop {
        match tokio::time::timeout(Duration::from_secs(1), telegram.first_poll()).await {
            Ok(first) => break first,
            Err(_) => program.must_run(),
        }
    };
    let customers = Customers::new(telegram.clone());
    customers.open().await;
    customers.come(size);
    tokio::time::sleep(WARM_UP).await;
    customers.reset();
    let (sent, cpu) = (telegram.sent(), program.cpu());
    tokio::time::sleep(span).await;
    let figures = customers.figures(span);
    let sends = (telegram.sent() - sent) as f64 / figures.dialogs.max(1) as f64;
    let cpu = (program.cpu() - cpu) * 1e3 / figures.dialogs.max(1) as f64;
    println!(
        "{size:>9}  {:>9.1}  {:>7.1}  {:>7.1}  {:>7.1}  {:>19.0}  {:>9.1}  {sends:>17.1}  {cpu:>18.2}",
        figures.per_second,
        figures.p50,
        figures.p99,
        figures.max,
        first.saturating_duration_since(program.started).as_secs_f64() * 1e3,
        program.peak_mib(),
    );
    customers.leave();
    program.stop();
}
