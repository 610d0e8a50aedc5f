//! The database half, on SQLite and, where there is one, on PostgreSQL.
#[path = "../support/databases.rs"]
mod databases;
mod figures;
mod inbox;
mod key;
#[path = "../support/postgres.rs"]
mod postgres;
mod rivals;
mod rows;
#[path = "../support/world.rs"]
mod world;
