//! The dialog engine. PURE.
pub mod session;
pub mod value;
