//! Reminders of an appointment, also where the clock jumps: whatever fires late says what is true by then.
use baoxiu::desk::appointment::Window;
use baoxiu::desk::ticket::Ticket;
use baoxiu::vocabulary::input::{Input, Press, Sender, Timer};
use baoxiu::vocabulary::say::What;

use crate::town::Town;
use crate::visit::{LI, NUMBER, WANG, town};

const HOUR: i64 = 3_600_000;
/// Nobody came: the cards of both no longer show the time, and dispatchers decide.
const OVER: [&str; 3] = ["card-title", "card-title", "appointment-over-desk"];

/// Wang has agreed with Li on 9 to 11 of the day after tomorrow.
fn agreed() -> (Town, Window) {
    let mut town = town("leak");
    // Without a desk the admins are told.
    town.person(301).admin = true;
    town.admins.push(301);
    // 14:00 in Shanghai on 2 March 2026, as the play begins.
    let from = town.now + 43 * HOUR;
    let window = Window { from, to: from + 2 * HOUR };
    town.tickets.get_mut(&NUMBER).unwrap().details.appointment.offer(vec![window]);
    press(&mut town, WANG, "a1:pick:1001:1:1");
    (town, window)
}

fn press(town: &mut Town, who: i64, data: &str) {
    let from = Sender { id: who, name: "X".to_owned(), language: None };
    let (query, data) = ("q".to_owned(), data.to_owned());
    town.play(&Input::Press(Press { query, from, chat: who, private: true, message: 1, data }));
}

fn ticket(town: &Town) -> &Ticket {
    &town.tickets[&NUMBER]
}

/// The timer that is set, if one is.
fn timer(town: &Town) -> Option<(i64, Timer)> {
    town.timers.iter().find(|(name, _)| name.1 == format!("appointment:{NUMBER}")).map(|(_, set)| set.clone())
}

/// What is told when the timer fires at this moment.
fn fires(town: &mut Town, at: i64) -> Vec<String> {
    let (due, timer) = timer(town).unwrap();
    assert!(due <= at, "a timer does not fire early");
    town.now = at;
    town.timers.retain(|name, _| name.1 != format!("appointment:{NUMBER}"));
    town.play(&Input::Timer(timer));
    let keys = town.said.iter().filter_map(|say| match &say.what {
        What::Text(lines) => lines.first().map(|text| text.key.clone()),
        _ => None,
    });
    keys.collect()
}

#[test]
fn each_reminder_comes_once() {
    let (mut town, window) = agreed();
    assert_eq!(timer(&town).unwrap().0, window.from - 14 * HOUR, "19:00 of the evening before");
    assert_eq!(fires(&mut town, window.from - 14 * HOUR), ["remind-customer", "remind-technician"]);
    assert_eq!(timer(&town).unwrap().0, window.from - 2 * HOUR);
    assert_eq!(fires(&mut town, window.from - 2 * HOUR), ["remind-customer", "remind-technician"]);
    assert_eq!(timer(&town).unwrap().0, window.from + HOUR / 6);
    assert_eq!(fires(&mut town, window.from + HOUR / 6), ["late-customer", "late-technician"]);
    assert_eq!(timer(&town).unwrap().0, window.to);
    assert_eq!(fires(&mut town, window.to), OVER);
    assert_eq!(timer(&town), None);
}

#[test]
fn what_fires_late_says_what_is_true() {
    for (late, told) in [
        (-3 * HOUR, vec!["remind-customer", "remind-technician"]),
        (-HOUR, vec!["remind-customer", "remind-technician"]),
        (HOUR / 12, vec![]),
        (HOUR, vec!["late-customer", "late-technician"]),
        (100 * HOUR, [&["late-customer", "late-technician"], &OVER[..]].concat()),
    ] {
        let (mut town, window) = agreed();
        assert_eq!(fires(&mut town, window.from + late), told, "{late}");
        let next = timer(&town).map(|(due, _)| due);
        assert!(next.is_none_or(|due| due > town.now), "{late}: nothing is left that is overdue");
    }
}

#[test]
fn a_timer_that_was_overtaken_says_nothing() {
    let (mut town, window) = agreed();
    let (_, old) = timer(&town).unwrap();
    // Moved: the old timer may be under way already.
    town.now += HOUR;
    let later = Window { from: window.from + 24 * HOUR, to: window.to + 24 * HOUR };
    let appointment = &mut town.tickets.get_mut(&NUMBER).unwrap().details.appointment;
    appointment.offer(vec![later]);
    let round = appointment.round;
    press(&mut town, WANG, &format!("a1:pick:1001:{round}:1"));
    assert_eq!(ticket(&town).details.appointment.window(), Some(later));
    for over in [false, true] {
        if over {
            press(&mut town, LI, "v1:stage:1001:arrived");
            assert_eq!((timer(&town), ticket(&town).details.appointment.window()), (None, None), "kept");
        }
        let before = ticket(&town).clone();
        town.now = town.now.max(window.from + HOUR);
        town.said.clear();
        town.play(&Input::Timer(old.clone()));
        assert!(town.said.is_empty() && *ticket(&town) == before);
    }
}

#[test]
fn one_of_two_taps_wins() {
    let (mut town, window) = agreed();
    let before = ticket(&town).clone();
    let events = town.events.len();
    press(&mut town, WANG, "a1:pick:1001:1:1");
    press(&mut town, LI, "a1:grant:1001:1:1");
    assert_eq!((ticket(&town), town.events.len()), (&before, events), "a repeated tap changes nothing");
    press(&mut town, LI, "a1:off:1001");
    press(&mut town, WANG, "a1:off:1001");
    assert_eq!((town.events.len(), ticket(&town).details.appointment.window()), (events + 1, None));
    assert_eq!(ticket(&town).status, before.status, "the ticket goes on");
    assert_eq!(window, before.details.appointment.window().unwrap());
}
