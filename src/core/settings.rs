//! What the operator has set.
use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;

use crate::desk::claims::Claims;
use crate::desk::keep::Keep;
use crate::desk::visit::Visits;
use crate::vocabulary::input::Millis;

/// Settings that the core and the texts need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the bot without `@`.
    pub bot_name: String,
    /// Telephone hotline of the settings, shown at every dead end unless an admin has set another (see
    /// [`super::scene::Scene::hotline`]).
    pub hotline: Option<String>,
    /// Time zone of the service.
    pub timezone: Tz,
    /// Messages of notices a second that are paid for; `None`: none are.
    pub paid_notices: Option<u32>,
    /// Minutes within which somebody has claimed and contacted the customer.
    pub promise_minutes: i64,
    /// Hour of the day at which dispatchers get the morning list.
    pub morning: i64,
    /// Admins whom the settings name: appointed at every start, so no button removes them.
    pub appointed: Vec<i64>,
    /// What keeps claims honest.
    pub claims: Claims,
    /// The times of a visit.
    pub visits: Visits,
    /// How long what is kept.
    pub keep: Keep,
}

impl Settings {
    /// Hour of the day, 0 to 23, in the time zone of the service.
    pub(super) fn hour(&self, now: Millis) -> u16 {
        let local = DateTime::<Utc>::from_timestamp_millis(now).map(|t| t.with_timezone(&self.timezone));
        local.and_then(|t| u16::try_from(t.hour()).ok()).unwrap_or_default()
    }
}
