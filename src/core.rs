//! `needs` (which rows and facts an input wants) and `step`. PURE.
pub mod input;
pub mod say;
pub mod scene;

use input::Input;
use scene::{Needs, Scene, Step, TicketRef};

use crate::dialog::session::Session;

/// What the core knows for as long as the program runs.
pub struct World {
    /// Name of the bot without `@`.
    pub bot_name: String,
}

/// Rows and look-ups that an input wants.
pub fn needs(_input: &Input) -> Needs {
    Needs::default()
}

/// Ticket rows to lock, once the session is known.
pub fn tickets(_input: &Input, _session: &Session) -> Vec<TicketRef> {
    Vec::new()
}

/// Whether the counter of ticket numbers must be locked.
pub fn wants_number(_input: &Input, _session: &Session) -> bool {
    false
}

/// The one decision function.
pub fn step(_world: &World, _input: &Input, _scene: Scene) -> Step {
    Step::default()
}
