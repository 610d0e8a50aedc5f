//! What waits, and what one has: for staff who ask.
use crate::desk::crew::{Crew, CrewKind};
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::say::{Arg, Button, Does, Keyboard, Place, Recipient, Text};

use crate::core::board;
use crate::core::cards::wish;
use crate::core::data::{DESK, Verb, Wish};
use crate::core::rights::May;
use crate::core::stage::Stage;

/// `/queue` in private: where how many tickets wait, as far as this person may know; a button leads to each list.
pub(in crate::core) fn show(stage: &mut Stage<'_>) {
    let me = stage.scene.person.id;
    let dispatcher = stage.is_dispatcher(me) == May::Yes;
    let mine =
        |crew: &Crew| crew.active && crew.kind == CrewKind::Crew && (dispatcher || stage.member(crew.chat, me) == May::Yes);
    let mut places: Vec<(i64, Arg)> =
        stage.scene.crews.iter().filter(|c| mine(c)).map(|c| (c.id, Arg::Words(c.title.clone()))).collect();
    if dispatcher {
        places.push((DESK, Arg::Text(Text::new("queue-desk"))));
    }
    if places.is_empty() {
        return stage.tell(stage.me(), Text::new("queue-no-crew"));
    }
    let counts = std::mem::take(&mut stage.scene.counts);
    let of = |id: &i64| counts.get(id).copied().unwrap_or_default();
    let button = |(id, title): &(i64, Arg)| {
        let label = Text::new("button-queue-of").with("crew", title.clone()).with("total", of(id).0);
        vec![Button { label, does: Does::Press(Wish::Queue(*id, 1).encode()) }]
    };
    let rows: Vec<Vec<Button>> = places.iter().filter(|(id, _)| of(id).0 > 0).map(button).collect();
    let lines = overview(&places, &of);
    let keyboard = if rows.is_empty() { Keyboard::None } else { Keyboard::Inline(rows) };
    stage.show(stage.me(), lines, keyboard, Place::New);
}

/// `/queue` in a group: at the desk how many wait where, in a crew's group the way to its list.
pub(in crate::core) fn in_group(stage: &mut Stage<'_>, chat: i64) {
    let group = Recipient::Group(chat);
    let Some(here) = stage.scene.crews.iter().find(|c| c.chat == chat && c.active).cloned() else { return };
    if here.kind == CrewKind::Crew {
        let button = Button { label: Text::new("button-queue-open"), does: Does::Start(Wish::queue(here.id)) };
        return stage.show(group, vec![Text::new("queue-in-group")], Keyboard::Inline(vec![vec![button]]), Place::New);
    }
    let crews = stage.scene.crews.iter().filter(|c| c.active && c.kind == CrewKind::Crew);
    let mut places: Vec<(i64, Arg)> = crews.map(|c| (c.id, Arg::Words(c.title.clone()))).collect();
    places.push((DESK, Arg::Text(Text::new("queue-desk"))));
    let counts = std::mem::take(&mut stage.scene.counts);
    let lines = overview(&places, &|id: &i64| counts.get(id).copied().unwrap_or_default());
    stage.show(group, lines, Keyboard::None, Place::New);
}

fn overview(places: &[(i64, Arg)], of: &dyn Fn(&i64) -> (i64, i64)) -> Vec<Text> {
    let line = |(id, title): &(i64, Arg)| {
        let (total, late) = of(id);
        let key = if late > 0 { "queue-line-late" } else { "queue-line" };
        Text::new(key).with("crew", title.clone()).with("total", total).with("late", late)
    };
    std::iter::once(Text::new("queue-overview")).chain(places.iter().map(line)).collect()
}

/// `/mine`: the jobs of whoever asks, those that wait for a first call before the others; a button shows the card of each.
pub(in crate::core) fn mine(stage: &mut Stage<'_>) {
    let me = stage.scene.person.id;
    let of_mine = |t: &&Ticket| t.claimer == Some(me) && t.status == Status::Claimed;
    let mut jobs: Vec<Ticket> = stage.scene.tickets.iter().filter(of_mine).cloned().collect();
    if jobs.is_empty() {
        return stage.tell(stage.me(), Text::new("mine-empty"));
    }
    jobs.sort_by_key(|t| (t.details.contacted.is_some(), !t.danger, t.promise.is_none(), t.promise, t.number));
    let count = i64::try_from(jobs.len()).unwrap_or(i64::MAX);
    let mut lines = vec![Text::new("mine-title").with("count", count)];
    lines.extend(jobs.iter().map(|job| board::line(stage, job)));
    let buttons: Vec<Button> = jobs.iter().map(|job| wish(Verb::Show, job.number)).collect();
    let rows = buttons.chunks(3).map(<[Button]>::to_vec).collect();
    stage.show(stage.me(), lines, Keyboard::Inline(rows), Place::New);
}
