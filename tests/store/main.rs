//! The database half, on SQLite and, where there is one, on PostgreSQL.
#[path = "../support/databases.rs"]
mod databases;
mod figures;
mod first_hour;
mod inbox;
mod key;
mod night;
mod notice;
#[path = "../support/postgres.rs"]
mod postgres;
mod quote;
mod rekey;
mod rivals;
mod rows;
#[path = "../support/sealed.rs"]
mod sealed;
mod sharing;
mod staff;
mod tables;
mod upgrade;
#[path = "../support/world.rs"]
mod world;
