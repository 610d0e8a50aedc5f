//! The dialog engine: what is asked, in what order, and what an answer means. PURE.
//!
//! A dialog is data (`dialogs/*.toml`, read by [`book`]): slots, not positions. The next question is the first slot that
//! applies, is empty and was not skipped; so going back, editing, and a message that holds everything need no arrows of
//! their own. [`machine`] takes a [`session::Run`] and an answer and gives a [`turn::Turn`]; it knows no ticket and no chat.
pub mod address;
mod answers;
pub mod areas;
mod ask;
pub mod book;
pub mod data;
pub mod definition;
mod districts;
mod elsewhere;
pub mod fold;
mod gather;
pub mod graph;
pub mod lint;
pub mod machine;
pub mod parse;
pub mod post;
pub mod session;
mod source;
mod steer;
pub mod texts;
pub mod turn;
pub mod value;
pub mod visit;
