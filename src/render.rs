//! Effect and recipient's language to message. PURE.
pub mod outgoing;

use crate::core::World;
use crate::core::say::{PressAnswer, Say, Text};
use crate::desk::person::Lang;
use outgoing::Outgoing;

/// Renders a message in the language of its recipient.
pub fn message(_world: &World, say: &Say, _lang: Lang) -> Outgoing {
    Outgoing {
        chat: say.to.chat(),
        body: outgoing::Body::Delete,
        place: say.place.clone(),
        priority: say.priority,
        protect: say.protect,
    }
}

/// A rendered answer to a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Telegram's id of the tap.
    pub query: String,
    /// At most 200 characters.
    pub text: Option<String>,
    /// Show it as a dialog.
    pub alert: bool,
    /// Address to open.
    pub url: Option<String>,
}

/// Renders the answer to a press.
pub fn toast(_world: &World, answer: &PressAnswer, _lang: Lang) -> Toast {
    Toast { query: answer.query.clone(), text: None, alert: answer.alert, url: None }
}

/// Renders a text alone, without markup: button labels, command descriptions.
pub fn plain(_world: &World, text: &Text, _lang: Lang) -> String {
    text.key.clone()
}
