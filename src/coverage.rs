//! Where does this person live, and do we serve it? PURE: address text to a district, with reasons.
//!
//! People write 辽宁兴城, 兴城市古城街道, 葫芦岛興城巿 or `huludao xingcheng`. [`Matcher::locate`] reads any such text in four steps:
//!
//! 1. `fold` makes spellings equal (width, traditional script, spaces, punctuation) and remembers where each character stood;
//! 2. `scan` finds every name of the gazetteer in it and judges its surroundings: 北京路 is a road, 沙县小吃 is a meal;
//! 3. `weigh` adds up what the names say along the hierarchy: 铁西区 after 沈阳 is one place, alone it is three;
//! 4. where that says too little, `similar` adds names that differ by one character or only in sound, and 3 runs again.
//!
//! The answer is one of four [`Outcome`]s. A wrong *sure* sends a technician to the wrong city or promises a service that does not exist, so
//! every step prefers asking to guessing. Whether a place is served is a separate question: [`Served`].
//!
//! Weights are named in one place, `weights`. What came of them was measured:
//!
#![doc = include_str!("coverage/MEASURED.md")]
//!
//! Deliberately absent: a clock, files, the network, the database. The gazetteer is compiled in; areas that an administrator adds come in
//! through [`Matcher::with_areas`].

mod areas;
mod context;
mod doubt;
mod english;
mod fold;
mod gazetteer;
mod lexicon;
mod location;
mod matcher;
mod named;
mod quick;
mod rules;
mod scan;
pub mod seed;
mod served;
mod similar;
mod sound;
mod towns;
mod weigh;
mod weights;

pub use doubt::Doubt;
pub use fold::normalise;
pub use gazetteer::{Area, GazetteerError, Level, Tables};
pub use location::{Location, Near, Outcome, Reason, ReasonKind};
pub use matcher::Matcher;
pub use named::Named;
pub use rules::Rule;
pub use served::Served;
