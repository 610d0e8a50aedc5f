//! From what people type to values. Every parser is a pure function of the text.
pub mod choice;
pub mod hotline;
pub mod mixed;
pub mod name;
pub mod phone;
