//! Puts the rooms together: what runs beside what, and in which order it starts and stops. No decision is made here.
mod archive;
pub mod assets;
pub mod backup;
pub mod demo;
pub mod doctor;
mod first_admin;
mod guard;
mod health;
pub mod menus;
pub mod parked;
mod receive;
pub mod rekey;
mod rules;
pub mod serve;
pub mod signal;
mod start;
pub mod terminal;
pub mod tools;

use std::fmt::Display;

/// Why the program ends: one clear text for a person, and the exit code.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Failure {
    /// What went wrong and what to do.
    pub text: String,
    /// Exit code: 1 something is wrong, 2 used wrongly.
    pub code: u8,
}

impl Failure {
    /// Something is wrong.
    pub fn new(text: impl Display) -> Failure {
        Failure { text: text.to_string(), code: 1 }
    }
}
