//! The hotline, as an admin sets it. It stands in the database and wins over that of the settings.
use crate::dialog::parse::phone;
use crate::dialog::session::Run;
use crate::dialog::value::Value;
use crate::vocabulary::say::Text;

use crate::core::guide;
use crate::core::stage::Stage;

/// Shows the hotline and asks for another.
pub(in crate::core) fn show(stage: &mut Stage<'_>) {
    guide::ask(stage, "hotline");
}

/// The hotline was given, or skipped: then that of the settings counts again.
pub(in crate::core) fn set(stage: &mut Stage<'_>, run: &Run) {
    let hotline = run.slots.values().find_map(|value| match value {
        Value::Phone(number) => Some(phone::grouped(number)),
        _ => None,
    });
    stage.scene.hotline = hotline.clone().or_else(|| stage.world.settings.hotline.clone());
    stage.step.hotline = Some(hotline.unwrap_or_default());
    stage.tell(stage.me(), Text::new("hotline-set"));
    guide::follow_down(stage);
}
