//! Binding a group: a crew, for all districts served or for those named, or the desk. The answer says what will not work as
//! the admin may think: areas that are not served, and another group that hears of the same tickets first.
use crate::coverage::Named;
use crate::desk::crew::{Crew, CrewKind};
use crate::desk::route::share;
use crate::dialog::areas::{LONGEST, listed};
use crate::vocabulary::input::Message;
use crate::vocabulary::say::{Arg, Keyboard, Place, Recipient, Text};

use crate::core::stage::Stage;
use crate::core::{groups, guide, offer};

/// Most places of one name that are offered.
const MOST_OFFERED: usize = 8;

/// Binds the group that the message came from, as its admin asks.
pub(in crate::core) fn bind(stage: &mut Stage<'_>, m: &Message, arguments: &str) {
    let group = Recipient::Group(m.chat);
    let (kind, areas) = match arguments.to_lowercase().as_str() {
        "desk" | "调度" | "调度台" => (CrewKind::Desk, Vec::new()),
        "" | "all" | "全部" | "全国" => (CrewKind::Crew, Vec::new()),
        _ => match areas(stage, arguments) {
            Ok(areas) => (CrewKind::Crew, areas),
            Err(why) => return stage.show(group, why, Keyboard::None, Place::New),
        },
    };
    let id = stage.scene.crews.iter().find(|c| c.chat == m.chat).map_or(0, |c| c.id);
    // Bound anew for other areas, a crew keeps its trade and its hours.
    let profile = stage.scene.crews.iter().find(|c| c.chat == m.chat).map(|c| c.profile.clone()).unwrap_or_default();
    let crew = Crew { id, chat: m.chat, kind, title: m.title.clone(), areas, active: true, profile };
    stage.scene.crews.retain(|c| c.chat != m.chat);
    stage.scene.crews.push(crew.clone());
    stage.step.crews.push(crew.clone());
    let hears = stage.scene.served.codes().next().is_some();
    let mut lines = vec![match (kind, crew.areas.len()) {
        (CrewKind::Desk, _) => Text::new("bound-desk"),
        (CrewKind::Crew, 0) => Text::new(if hears { "bound-all" } else { "bound-all-in-vain" }),
        (CrewKind::Crew, n) => Text::new("bound-areas").with("count", n as i64).with("areas", names(stage, &crew.areas)),
    }];
    if kind == CrewKind::Crew {
        lines.extend(not_served(stage, &crew));
        lines.extend(sharing(stage, &crew));
    }
    stage.show(group, lines, Keyboard::None, Place::New);
    if kind == CrewKind::Desk {
        // What waited with the admins has a home now.
        groups::waiting(stage);
    }
    offer::look_again(stage);
    guide::follow(stage);
}

fn names(stage: &Stage<'_>, codes: &[String]) -> Arg {
    let name = |code: &String| stage.world.matcher.full_name(code).unwrap_or_else(|| code.clone());
    listed(&codes.iter().map(name).collect::<Vec<_>>())
}

/// Codes of the areas named, if all are clear; else which are not, and what to send instead.
fn areas(stage: &Stage<'_>, arguments: &str) -> Result<Vec<String>, Vec<Text>> {
    if arguments.chars().count() > LONGEST {
        return Err(vec![Text::new("areas-long")]);
    }
    let named = stage.world.matcher.named(arguments);
    let unknown: Vec<String> = named.iter().filter(|n| n.codes.is_empty()).map(|n| n.words.clone()).collect();
    let several = named.iter().enumerate().find(|(_, n)| n.codes.len() > 1);
    let mut why = Vec::new();
    if !unknown.is_empty() || named.is_empty() {
        let words = if named.is_empty() { Arg::Words(arguments.to_owned()) } else { listed(&unknown) };
        why.push(Text::new("bind-unknown-area").with("words", words));
    }
    if let Some((at, several)) = several {
        why.push(Text::new("bind-several-areas").with("words", &several.words));
        let full = |code: &String| commands(stage, &named, at, code);
        why.extend(several.codes.iter().take(MOST_OFFERED).map(full));
    }
    if why.is_empty() { Ok(named.into_iter().flat_map(|n| n.codes).collect()) } else { Err(why) }
}

/// The command in full, with this area in place of the name at `at`. Names that nobody knows are left out.
fn commands(stage: &Stage<'_>, named: &[Named], at: usize, code: &str) -> Text {
    let name = |code: &str| stage.world.matcher.full_name(code).unwrap_or_else(|| code.to_owned());
    let words = named.iter().enumerate().filter_map(|(i, n)| match &n.codes[..] {
        _ if i == at => Some(name(code)),
        [] => None,
        [one] => Some(name(one)),
        _ => Some(n.words.clone()),
    });
    Text::new("bind-command").with("areas", words.collect::<Vec<_>>().join("、"))
}

/// A crew for areas that are not served hears of them, but customers there are told that nobody serves them.
fn not_served(stage: &Stage<'_>, crew: &Crew) -> Option<Text> {
    if crew.areas.is_empty() {
        return stage.scene.served.codes().next().is_none().then(|| Text::new("bound-none-served"));
    }
    let served = |code: &String| stage.scene.served.covers_code(&stage.world.matcher, code) != Some(false);
    let outside: Vec<String> = crew.areas.iter().filter(|code| !served(code)).cloned().collect();
    (!outside.is_empty()).then(|| Text::new("bound-not-served").with("areas", names(stage, &outside)))
}

/// Other crews for the very same: all of them hear of new tickets there.
fn sharing(stage: &Stage<'_>, crew: &Crew) -> Vec<Text> {
    let same = |other: &Crew| crew.areas.iter().filter(|a| other.areas.contains(a)).cloned().collect::<Vec<_>>();
    let tell = |other: &&Crew| {
        let key = match (stage.scene.turns, crew.areas.is_empty()) {
            (false, true) => "bound-also-all",
            (false, false) => "bound-also",
            (true, true) => "bound-turns-all",
            (true, false) => "bound-turns",
        };
        Text::new(key).with("crew", &other.title).with("areas", names(stage, &same(other)))
    };
    let others = stage.scene.crews.iter().filter(|other| other.chat != crew.chat && share(crew, other));
    others.collect::<Vec<_>>().iter().map(tell).collect()
}
