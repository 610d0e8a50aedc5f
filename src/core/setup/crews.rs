//! What crews do, and when: shown to admins, and changed by buttons and words.
use crate::desk::crew::{Crew, CrewKind};
use crate::desk::hours::{self, Holiday, Hours};
use crate::dialog::areas::listed;
use crate::dialog::definition::{Finish, Kind};
use crate::dialog::session::Run;
use crate::vocabulary::input::Press;
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::{Arg, Button, Keyboard, Place, Text};

use crate::core::cards::field;
use crate::core::data::{CrewWish, Setup};
use crate::core::stage::Stage;
use crate::core::{finish, guide, offer, talk};

/// Minutes that can be promised by a tap; 0: as the service does.
const MINUTES: [i64; 6] = [0, 15, 30, 60, 120, 240];
/// Most crews in a list.
const MOST: usize = 40;
/// Most holidays of a crew that are kept and shown.
const MOST_DAYS: usize = 20;

/// Weeks that many crews have, by the texts that name them.
const WEEKS: [(&str, &str); 4] = [
    ("hours-always", "全天"),
    ("hours-8-18", "每天 8:00-18:00"),
    ("hours-9-21", "每天 9:00-21:00"),
    ("hours-mon-sat", "周一至周六 9:00-18:00"),
];

/// A press on a button of `/crew`; whoever presses is an admin.
pub(in crate::core) fn press(stage: &mut Stage<'_>, p: &Press, wish: CrewWish) {
    let at = Some(p.message);
    let changes = wish.changes();
    match wish {
        CrewWish::All => list(stage, at),
        CrewWish::Turns(turns) => {
            stage.scene.turns = turns;
            stage.step.turns = Some(turns);
            list(stage, at);
        }
        CrewWish::One(crew) => with(stage, crew, |stage, crew| one(stage, &crew, Vec::new(), at)),
        CrewWish::Faults(crew) => with(stage, crew, |stage, crew| faults(stage, &crew, at)),
        CrewWish::Hours(crew) => with(stage, crew, |stage, crew| weeks(stage, &crew, at)),
        CrewWish::Days(crew) => with(stage, crew, |stage, crew| days(stage, &crew, at)),
        CrewWish::Promise(crew) => with(stage, crew, |stage, crew| promises(stage, &crew, at)),
        CrewWish::AskHours(crew) => with(stage, crew, |stage, crew| ask(stage, "crew_hours", crew.id)),
        CrewWish::AskDays(crew) => with(stage, crew, |stage, crew| ask(stage, "crew_days", crew.id)),
        CrewWish::Fault(crew, n) => with(stage, crew, |stage, mut crew| {
            if let Some(id) = usize::try_from(n - 1).ok().and_then(|n| ids(stage).into_iter().nth(n)) {
                toggle(&mut crew.profile.faults, id);
                keep(stage, &crew);
            }
            faults(stage, &crew, at);
        }),
        CrewWish::Lang(crew, lang) => with(stage, crew, |stage, mut crew| {
            toggle(&mut crew.profile.langs, lang);
            keep(stage, &crew);
            one(stage, &crew, Vec::new(), at);
        }),
        CrewWish::Week(crew, n) => with(stage, crew, |stage, mut crew| {
            let week = usize::try_from(n - 1).ok().and_then(|n| WEEKS.get(n)).and_then(|(_, words)| hours::hours(words));
            if let Some(week) = week {
                crew.profile.hours.week = week.week;
                keep(stage, &crew);
            }
            one(stage, &crew, Vec::new(), at);
        }),
        CrewWish::DropDays(crew, n) => with(stage, crew, |stage, mut crew| {
            let n = usize::try_from(n - 1).unwrap_or(usize::MAX);
            if n < crew.profile.hours.holidays.len() {
                crew.profile.hours.holidays.remove(n);
                keep(stage, &crew);
            }
            days(stage, &crew, at);
        }),
        CrewWish::Today(crew) => with(stage, crew, |stage, mut crew| {
            let today = hours::date(stage.world.settings.timezone, stage.now);
            crew.profile.hours.add_holiday(Holiday { from: today, to: today, open: Vec::new() });
            keep(stage, &crew);
            days(stage, &crew, at);
        }),
        CrewWish::Minutes(crew, minutes) => with(stage, crew, |stage, mut crew| {
            crew.profile.promise = Some(minutes).filter(|minutes| MINUTES.contains(minutes) && *minutes > 0);
            keep(stage, &crew);
            one(stage, &crew, Vec::new(), at);
        }),
    }
    if changes {
        offer::look_again(stage);
    }
}

/// Does something with a crew that is still there.
fn with(stage: &mut Stage<'_>, id: i64, does: impl FnOnce(&mut Stage<'_>, Crew)) {
    match stage.crew(Some(id)).filter(|c| c.active && c.kind == CrewKind::Crew).cloned() {
        Some(crew) => does(stage, crew),
        None => stage.toast(Text::new("old-button")),
    }
}

fn keep(stage: &mut Stage<'_>, crew: &Crew) {
    for one in stage.scene.crews.iter_mut().filter(|c| c.id == crew.id) {
        one.clone_from(crew);
    }
    stage.step.crews.retain(|c| c.id != crew.id);
    stage.step.crews.push(crew.clone());
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, one: T) {
    let before = list.len();
    list.retain(|other| *other != one);
    if list.len() == before {
        list.push(one);
    }
}

/// Ids of all faults that can be reported, in order.
fn ids(stage: &Stage<'_>) -> Vec<String> {
    let book = &stage.world.book;
    let slot = book.dialog("report").and_then(|d| d.slot_of(Kind::Choice));
    slot.map_or(Vec::new(), |slot| book.options(slot).iter().map(|c| c.id.clone()).collect())
}

/// `/crew`: all crews.
pub(in crate::core) fn list(stage: &mut Stage<'_>, pressed: Option<i64>) {
    let crews: Vec<Crew> =
        stage.scene.crews.iter().filter(|c| c.active && c.kind == CrewKind::Crew).take(MOST).cloned().collect();
    if crews.is_empty() {
        return show(stage, vec![Text::new("crew-none")], Vec::new(), pressed);
    }
    let mut rows: Vec<Vec<Button>> = crews.iter().map(|c| vec![titled(c)]).collect();
    let turns = stage.scene.turns;
    let (text, label) = if turns { ("crew-turns", "button-crew-at-once") } else { ("crew-at-once", "button-crew-turns") };
    rows.push(vec![wish(label, CrewWish::Turns(!turns))]);
    show(stage, vec![Text::new("crew-list"), Text::new(text)], rows, pressed);
}

fn titled(crew: &Crew) -> Button {
    let label = Text::new("words").with("words", &crew.title);
    Button { label, ..wish("words", CrewWish::One(crew.id)) }
}

/// One crew: what it does, and when.
fn one(stage: &mut Stage<'_>, crew: &Crew, note: Vec<Text>, pressed: Option<i64>) {
    let profile = &crew.profile;
    let zone = stage.world.settings.timezone;
    let mut lines = note;
    lines.push(Text::new("crew-title").with("crew", &crew.title));
    let area = |code: &String| stage.world.matcher.full_name(code).unwrap_or_else(|| code.clone());
    lines.push(match crew.areas.is_empty() {
        true => field("areas", Text::new("crew-all-areas")),
        false => field("areas", listed(&crew.areas.iter().map(area).collect::<Vec<_>>())),
    });
    lines.push(match profile.faults.is_empty() {
        true => field("faults", Text::new("crew-all-faults")),
        false => field("faults", Arg::Lines(profile.faults.iter().map(|id| Text::new(format!("faults-{id}"))).collect())),
    });
    lines.push(match profile.langs.is_empty() {
        true => field("langs", Text::new("crew-all-langs")),
        false => field("langs", Arg::Lines(profile.langs.iter().map(|l| Text::new(format!("language-{}", l.tag()))).collect())),
    });
    lines.push(field("hours", Arg::Lines(week(&profile.hours))));
    lines.push(match (profile.hours.is_open(zone, stage.now), profile.hours.next_open(zone, stage.now)) {
        (true, _) => Text::new("crew-open"),
        (false, Some(at)) => Text::new("crew-opens").with("at", stage.time(at)),
        (false, None) => Text::new("crew-never"),
    });
    if !profile.hours.holidays.is_empty() {
        lines.push(field("holidays", Arg::Lines(profile.hours.holidays.iter().map(holiday).collect())));
    }
    let minutes = profile.promise.unwrap_or(stage.world.settings.promise_minutes);
    lines.push(field("minutes", Text::new("crew-minutes").with("minutes", minutes)));
    lines.push(Text::new("crew-hint"));
    let id = crew.id;
    let langs = Lang::ALL.map(|lang| {
        let speaks = profile.langs.contains(&lang);
        let label = Text::new(if speaks { "button-on" } else { "button-off" });
        let label = label.with("what", Text::new(format!("language-{}", lang.tag())));
        Button { label, ..wish("words", CrewWish::Lang(id, lang)) }
    });
    let rows = vec![
        vec![wish("button-crew-faults", CrewWish::Faults(id)), wish("button-crew-hours", CrewWish::Hours(id))],
        vec![wish("button-crew-days", CrewWish::Days(id)), wish("button-crew-promise", CrewWish::Promise(id))],
        langs.to_vec(),
        vec![wish("button-crew-all", CrewWish::All)],
    ];
    show(stage, lines, rows, pressed);
}

/// Hours of the week, a line for days with the same.
fn week(hours: &Hours) -> Vec<Text> {
    if hours.week.iter().all(Vec::is_empty) {
        return vec![Text::new("hours-always")];
    }
    let line = |(from, to, spans): (usize, usize, &[hours::Span])| {
        let day = |n: usize| Text::new(format!("weekday-{n}"));
        let days = match (from, to) {
            (0, 6) => Text::new("weekday-all"),
            (from, to) if from == to => day(from),
            (from, to) => Text::new("weekdays").with("from", day(from)).with("to", day(to)),
        };
        Text::new("hours-line").with("days", days).with("hours", hours::shown_spans(spans))
    };
    hours::shown_week(hours).into_iter().map(line).collect()
}

fn holiday(holiday: &Holiday) -> Text {
    let key = if holiday.from == holiday.to { "holiday-one" } else { "holiday-several" };
    let text = Text::new(key).with("from", hours::shown_day(holiday.from)).with("to", hours::shown_day(holiday.to));
    let open = match holiday.open.is_empty() {
        true => Arg::Text(Text::new("holiday-closed")),
        false => Arg::Words(hours::shown_spans(&holiday.open)),
    };
    text.with("hours", open)
}

fn faults(stage: &mut Stage<'_>, crew: &Crew, pressed: Option<i64>) {
    let button = |(n, id): (i64, String)| {
        let label = Text::new(if crew.profile.faults.contains(&id) { "button-on" } else { "button-off" });
        let label = label.with("what", Text::new(format!("faults-{id}")));
        Button { label, ..wish("words", CrewWish::Fault(crew.id, n)) }
    };
    let buttons: Vec<Button> = (1..).zip(ids(stage)).map(button).collect();
    let mut rows: Vec<Vec<Button>> = buttons.chunks(2).map(<[Button]>::to_vec).collect();
    rows.push(vec![wish("button-crew-back", CrewWish::One(crew.id))]);
    show(stage, vec![Text::new("crew-faults").with("crew", &crew.title)], rows, pressed);
}

fn weeks(stage: &mut Stage<'_>, crew: &Crew, pressed: Option<i64>) {
    let buttons: Vec<Button> = (1..).zip(WEEKS).map(|(n, (key, _))| wish(key, CrewWish::Week(crew.id, n))).collect();
    let mut rows: Vec<Vec<Button>> = buttons.chunks(2).map(<[Button]>::to_vec).collect();
    rows.push(vec![wish("button-crew-type", CrewWish::AskHours(crew.id)), wish("button-crew-back", CrewWish::One(crew.id))]);
    let mut lines = vec![Text::new("crew-hours").with("crew", &crew.title)];
    lines.extend(week(&crew.profile.hours));
    show(stage, lines, rows, pressed);
}

fn days(stage: &mut Stage<'_>, crew: &Crew, pressed: Option<i64>) {
    let holidays = &crew.profile.hours.holidays;
    let drop = |(n, one): (i64, &Holiday)| {
        let key = if one.from == one.to { "button-crew-drop-one" } else { "button-crew-drop" };
        let label = Text::new(key).with("from", hours::shown_day(one.from)).with("to", hours::shown_day(one.to));
        vec![Button { label, ..wish("words", CrewWish::DropDays(crew.id, n)) }]
    };
    let mut rows: Vec<Vec<Button>> = (1..).zip(holidays).map(drop).collect();
    rows.push(vec![wish("button-crew-today", CrewWish::Today(crew.id)), wish("button-crew-add", CrewWish::AskDays(crew.id))]);
    rows.push(vec![wish("button-crew-back", CrewWish::One(crew.id))]);
    let mut lines = vec![Text::new(if holidays.is_empty() { "crew-days-none" } else { "crew-days" }).with("crew", &crew.title)];
    lines.extend(holidays.iter().map(holiday));
    show(stage, lines, rows, pressed);
}

fn promises(stage: &mut Stage<'_>, crew: &Crew, pressed: Option<i64>) {
    let usual = stage.world.settings.promise_minutes;
    let button = |minutes: i64| {
        let label = match minutes {
            0 => Text::new("button-crew-usual").with("minutes", usual),
            minutes => Text::new("crew-minutes").with("minutes", minutes),
        };
        Button { label, ..wish("words", CrewWish::Minutes(crew.id, minutes)) }
    };
    let buttons: Vec<Button> = MINUTES.into_iter().map(button).collect();
    let mut rows: Vec<Vec<Button>> = buttons.chunks(3).map(<[Button]>::to_vec).collect();
    rows.push(vec![wish("button-crew-back", CrewWish::One(crew.id))]);
    show(stage, vec![Text::new("crew-promise").with("crew", &crew.title)], rows, pressed);
}

fn ask(stage: &mut Stage<'_>, dialog: &str, crew: i64) {
    guide::ask(stage, dialog);
    if let Some(run) = stage.scene.session.run.as_mut().filter(|run| run.dialog == dialog) {
        run.crew = Some(crew);
    }
}

/// The admin has typed hours or days. What cannot be read is asked again.
pub(in crate::core) fn typed(stage: &mut Stage<'_>, kind: Finish, run: &Run) {
    let found = stage.crew(run.crew).filter(|c| c.active && c.kind == CrewKind::Crew).cloned();
    let Some(mut crew) = found else { return stage.tell(stage.me(), Text::new("crew-gone")) };
    let today = hours::date(stage.world.settings.timezone, stage.now);
    let read = match kind {
        Finish::CrewHours => hours::hours(finish::words(run, "hours")).map(|read| crew.profile.hours.week = read.week),
        _ => hours::days(finish::words(run, "days"), today).map(|holiday| {
            crew.profile.hours.forget_past(stage.world.settings.timezone, stage.now);
            crew.profile.hours.add_holiday(holiday);
            crew.profile.hours.holidays.truncate(MOST_DAYS);
        }),
    };
    if read.is_none() {
        stage.tell(stage.me(), Text::new("crew-unreadable"));
        talk::begin(stage, &run.dialog, None, None, None);
        if let Some(again) = stage.scene.session.run.as_mut() {
            again.crew = run.crew;
        }
        return;
    }
    keep(stage, &crew);
    one(stage, &crew, vec![Text::new("crew-kept")], None);
    offer::look_again(stage);
}

fn wish(label: &str, wish: CrewWish) -> Button {
    guide::button(label, Setup::Crew(wish))
}

fn show(stage: &mut Stage<'_>, lines: Vec<Text>, rows: Vec<Vec<Button>>, pressed: Option<i64>) {
    let keyboard = if rows.is_empty() { Keyboard::None } else { Keyboard::Inline(rows) };
    stage.show(stage.me(), lines, keyboard, pressed.map_or(Place::New, Place::Edit));
}
