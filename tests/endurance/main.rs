//! Endurance: what may go wrong does, and nothing is lost, nobody waits for anyone.
//!
//! Every test has a short form, which runs with all others, and a long one:
//!
//! ```text
//! BAOXIU_LONG=1 RUST_TEST_THREADS=4 cargo test --release --test endurance -- --nocapture
//! ```
//!
//! What is left to chance follows a seed, which is printed; `BAOXIU_SEED` repeats a run's.
mod crash;
mod customer;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/databases.rs"]
mod databases;
mod house;
mod isolation;
mod model;
mod notice;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/people.rs"]
mod people;
mod poison;
#[path = "../support/postgres.rs"]
mod postgres;
mod power;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/process.rs"]
mod process;
mod random;
mod storm;
mod transcript;
#[path = "../support/world.rs"]
mod world;

use std::time::Duration;

/// Most sends that the program has under way at a moment: those may repeat after a crash.
const IN_FLIGHT: usize = 12;
/// For everything together; a loaded machine must not fail a test.
const PATIENCE: Duration = Duration::from_secs(600);

/// Held by a test that measures how long something takes: others of its kind wait.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Whether the long form is wanted.
fn long() -> bool {
    std::env::var("BAOXIU_LONG").as_deref() == Ok("1")
}
