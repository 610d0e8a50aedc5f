//! What an operator does at a shell beside a running bot, on SQLite and, where there is one, on PostgreSQL.
mod backup;
#[path = "../support/databases.rs"]
mod databases;
mod doctor;
mod parked;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/people.rs"]
mod people;
#[path = "../support/postgres.rs"]
mod postgres;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/process.rs"]
mod process;
mod rekey;
#[path = "../support/sealed.rs"]
mod sealed;
mod shell;
