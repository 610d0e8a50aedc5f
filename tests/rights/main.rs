//! Who may do what, and where: every command and every button, by everybody, in every place.
//!
//! `table.txt` is the law, cell by cell; [`table`] plays it against the pure core. [`forged`]: what no button ever carried.
mod forged;
mod house;
mod table;
#[allow(dead_code, reason = "the transcripts look closer")]
#[path = "../support/rehearsal.rs"]
mod town;
#[path = "../support/world.rs"]
mod world;
