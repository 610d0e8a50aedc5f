//! Whatever people do, in whatever order: what the pure core never does.
#[allow(dead_code, reason = "the transcripts look closer")]
#[path = "../support/rehearsal.rs"]
mod town;
#[path = "../support/world.rs"]
mod world;

mod acts;
mod appointment;
mod hostile;
mod moves;
mod visit;

use std::collections::BTreeMap;

use acts::{Act, Player, acts};
use baoxiu::desk::notice::{Notice, State};
use baoxiu::desk::ticket::{Status, Ticket};
use baoxiu::render::outgoing::{Body, Markup, Tap};
use baoxiu::vocabulary::html::visible;
use baoxiu::vocabulary::input::Input;
use proptest::prelude::*;
use town::Seen;

/// Moves that a ticket may make.
fn allowed(from: Status, to: Status) -> bool {
    use Status::*;
    from == to
        || matches!(
            (from, to),
            (Open, Claimed | Cancelled | Closed) | (Claimed, Open | Done | Cancelled | Closed) | (Done, Closed | Claimed | Open)
        )
}

/// Whether its end must have been told: a tap waits for the next step.
fn over(notice: &Notice) -> bool {
    match notice.state {
        State::Finished => true,
        State::Stopped | State::Dropped => notice.ended.is_some(),
        _ => false,
    }
}

/// Telegram counts a message after parsing, in UTF-16 units.
fn length(html: &str) -> usize {
    let plain = html.replace("<b>", "").replace("</b>", "");
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").encode_utf16().count()
}

fn check_message(markup: &Markup) {
    match markup {
        Markup::Inline(rows) => {
            assert!(rows.iter().flatten().count() <= 100, "more buttons than Telegram shows");
            for (label, tap) in rows.iter().flatten() {
                assert!(!label.is_empty() && label.chars().count() <= 64, "a label of {} characters", label.chars().count());
                if let Tap::Data(data) = tap {
                    assert!(!data.is_empty() && data.len() <= 64, "{data}");
                }
            }
        }
        Markup::Reply(rows) => assert!(rows.iter().flatten().all(|(label, _)| !label.is_empty())),
        Markup::None | Markup::Remove => {}
    }
}

/// What is offered is a word of whoever has the ticket; what is agreed is watched over, and ends with the ticket.
fn check_appointment(player: &Player, ticket: &Ticket) {
    let one = &ticket.details.appointment;
    assert!(one.offered.is_empty() || (ticket.status == Status::Claimed && one.offered.len() <= 3), "{one:?}");
    assert!(one.agreed.is_none() || ticket.status.is_open(), "{:?}: {one:?}", ticket.status);
    let timer = player.town.timers.get(&(0, format!("appointment:{}", ticket.number)));
    let ahead = one.ahead(player.town.now).is_some();
    assert!(timer.is_some() || !ahead, "an appointment that nobody watches over: {one:?}");
    assert!(timer.is_none() || one.agreed.is_some(), "a timer of what is not agreed on: {one:?}");
}

fn play(acts: &[Act]) {
    let mut player = Player::new(world::world());
    assert_eq!(player.town.tickets.len(), 1, "something to quarrel about");
    for act in acts {
        let before: BTreeMap<i64, (Status, Option<i64>)> =
            player.town.tickets.iter().map(|(n, t)| (*n, (t.status, t.claimer))).collect();
        let (input, seen) = player.act(act);
        if let Some(Input::Press(press)) = &input {
            let answers = seen.iter().filter(|s| matches!(s, Seen::Toast { .. })).count();
            assert_eq!(answers, 1, "a tap is answered once: {}", press.data);
        }
        for one in &seen {
            let Seen::Message { message, .. } = one else { continue };
            if let Body::Text { html, markup } = &message.body {
                assert!(length(html) <= 4096, "{} units", length(html));
                assert!(!html.trim().is_empty(), "an empty message");
                check_message(markup);
                if player.is_crew(message.chat) {
                    for secret in acts::SECRETS {
                        assert!(!html.contains(secret), "the crew's group reads {secret}: {html}");
                    }
                }
            } else if let Body::Post(post) = &message.body {
                let most = if post.media.is_some() { 1024 } else { 4096 };
                assert!(visible(&post.html) <= most, "a notice of {} units", visible(&post.html));
            } else {
                assert!(message.chat > 0, "files and places stay private");
            }
        }
        for (number, (notice, _)) in &player.town.notices {
            let begun = notice.confirmed.is_some();
            assert!(begun || notice.dealt() == 0, "notice {number} was sent without a word from its admin");
            assert!(!begun || notice.state != State::Dropped, "notice {number} was sent and called off");
            assert_eq!(notice.ended.is_some(), over(notice), "the end of notice {number} is told once it is over");
            // One a step, in the order of ids: nobody twice, and no more than there are.
            assert!(notice.dealt() <= acts::PEOPLE.len() as i64, "notice {number} reached {}", notice.dealt());
        }
        for (number, ticket) in &player.town.tickets {
            match before.get(number) {
                Some((status, claimer)) => {
                    assert!(allowed(*status, ticket.status), "{status:?} -> {:?}", ticket.status);
                    if *status == Status::Claimed && ticket.status == Status::Claimed {
                        assert_eq!(*claimer, ticket.claimer, "a claim changed hands");
                    }
                }
                None => assert_eq!(ticket.status, Status::Open, "born open"),
            }
            assert_eq!(ticket.status == Status::Open, ticket.claimer.is_none() && ticket.status == Status::Open);
            if ticket.status == Status::Claimed {
                assert!(ticket.claimer.is_some());
            }
            check_appointment(&player, ticket);
        }
        for customer in acts::PEOPLE {
            let open = player.town.tickets.values().filter(|t| t.customer == customer && t.status.is_open()).count();
            assert!(open <= 3, "{customer} has {open} open tickets");
            player.check_way_on(customer);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_people_do_breaks_the_rules(acts in acts(100)) {
        play(&acts);
    }
}

#[test]
fn an_appointment_is_made_and_called_off_by_such_acts() {
    let mut player = Player::new(world::world());
    let number = *player.town.tickets.keys().next().unwrap();
    let (li, wang) = (2, 0);
    for act in [Act::Wishes(li, 0), Act::Appoints(li, 0, true), Act::Appoints(wang, 2, true)] {
        player.act(&act);
    }
    assert!(player.town.tickets[&number].details.appointment.agreed.is_some());
    player.act(&Act::Appoints(wang, 5, true));
    assert!(player.town.tickets[&number].details.appointment.agreed.is_none());
}

/// The random acts above reach as far as this.
#[test]
fn a_notice_is_sent_by_such_acts() {
    let mut player = Player::new(world::world());
    // The customer of the first report, and the technician who has not registered yet.
    for act in [Act::Broadcasts(0), Act::Orders(4, 0), Act::Waits(60_000)] {
        player.act(&act);
    }
    let states: Vec<_> = player.town.notices.values().map(|(n, _)| (n.state, n.sent)).collect();
    assert_eq!(states, [(State::Finished, 2)]);
}
