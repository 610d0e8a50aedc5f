//! Telegram: the token, the clock, the webhook, and the bot's rights in each group.
use super::Report;
use crate::app::parked;
use crate::clock;
use crate::config::Settings;
use crate::store::examine::Staff;
use crate::telegram::client::{Client, Me};
use crate::telegram::examine::WebhookState;
use crate::telegram::lookup::Members;
use crate::vocabulary::input::Membership;

/// A clock that is further off makes promises and appointments wrong.
const CLOCK_OFF: i64 = 5_000;
/// Updates that wait for longer than a moment.
const MANY: i64 = 100;

pub(super) async fn examine(settings: &Settings, staff: Option<&Staff>, report: &mut Report) {
    let client = match Client::new(settings) {
        Ok(client) => client,
        Err(error) => return report.fail("token", error),
    };
    let me = match client.me().await {
        Ok(me) => me,
        Err(error) => {
            // Asked once: each further question would wait as long for the same answer.
            report.fail("token", error);
            return report.warn("telegram", "clock, webhook and groups were not looked at, because Telegram did not answer");
        }
    };
    report.ok("token", format!("it is that of @{}", me.name));
    clock(&client, report).await;
    match client.webhook_state().await {
        Ok(state) => webhook(settings, &state, clock::now(), report),
        Err(error) => report.warn("webhook", format!("Telegram did not say ({error}); try again")),
    }
    groups(client, &me, staff, report).await;
}

async fn clock(client: &Client, report: &mut Report) {
    let asked = clock::now();
    let told = client.clock().await;
    // The answer was under way for a while, and tells whole seconds.
    let (earliest, latest) = (asked - 1_000, clock::now());
    match told {
        Ok(Some(theirs)) => {
            let off = if theirs < earliest { earliest - theirs } else { (theirs - latest).max(0) };
            match off {
                ..=CLOCK_OFF => report.ok("clock", "as Telegram's, to a few seconds"),
                off => report.warn(
                    "clock",
                    format!("{} s off Telegram's: let the machine keep its time (timedatectl set-ntp true)", off / 1_000),
                ),
            }
        }
        Ok(None) => report.warn("clock", "the answer of the Bot API server names no time to compare with"),
        Err(error) => report.warn("clock", format!("Telegram did not say ({error}); try again")),
    }
}

fn webhook(settings: &Settings, state: &WebhookState, now: i64, report: &mut Report) {
    let wanted = settings.webhook.as_ref().map(|webhook| &webhook.url);
    match (&state.url, wanted) {
        (None, None) => report.ok("webhook", "none is set: updates are fetched"),
        (Some(set), Some(wanted)) if set == wanted => report.ok("webhook", "set as in BAOXIU_WEBHOOK"),
        (Some(_), Some(_)) => report.warn(
            "webhook",
            "another address is set than BAOXIU_WEBHOOK: a start of the bot sets it; if it comes back, another program uses this token",
        ),
        (None, Some(_)) => report.warn("webhook", "none is set, although BAOXIU_WEBHOOK names one: a start of the bot sets it"),
        (Some(_), None) => report.warn(
            "webhook",
            "one is set, although this bot fetches its updates: a start of the bot removes it; if it comes back, another program uses this token",
        ),
    }
    if state.url.is_some() && state.failed_at > 0 && now - state.failed_at * 1_000 < 3_600_000 {
        let ago = parked::age(now - state.failed_at * 1_000);
        report.warn("webhook", format!("a delivery failed {ago} ago: {}", state.failure));
    }
    if state.waiting > MANY {
        report.warn("updates", format!("{} wait at Telegram: is the bot running?", state.waiting));
    } else {
        report.ok("updates", format!("{} wait at Telegram", state.waiting));
    }
}

async fn groups(client: Client, me: &Me, staff: Option<&Staff>, report: &mut Report) {
    let Some(staff) = staff else {
        return report.warn("groups", "not looked at, because the database could not be read");
    };
    let members = Members::new(client, me.id);
    for (number, chat, desk) in &staff.groups {
        // No title: it is sealed. The end of the id is enough to tell two apart.
        let name = format!("{} {number} (chat …{:03})", if *desk { "desk" } else { "crew" }, chat.unsigned_abs() % 1_000);
        match members.membership(*chat, me.id).await {
            Membership::Administrator => report.ok("groups", format!("{name}: the bot is an administrator")),
            Membership::Member => report.warn(
                "groups",
                format!(
                    "{name}: the bot is no administrator, so it is not told who leaves: make it one (no special right is needed)"
                ),
            ),
            Membership::Outside => report
                .fail("groups", format!("{name}: the bot is not in the group: add it as an administrator and send /bind there")),
            Membership::Unknown => report.warn("groups", format!("{name}: Telegram did not say; try again")),
        }
    }
}
