//! What staff ask for: who works for a crew, what waits where, how often somebody gave back. Alike on both databases.
use baoxiu::core::data::DESK;
use baoxiu::core::scene::{Colleague, Morning, TicketRef, TimerChange};
use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::desk::person::Person;
use baoxiu::desk::ticket::{Event, Status, Ticket};
use baoxiu::store::{Unit, crew, event, morning, person, roster, task, ticket, waitlist};
use baoxiu::vocabulary::input::{Input, Timer};
use baoxiu::vocabulary::lang::Lang;

use crate::databases::each;

const NOW: i64 = 1_772_380_800_000;
const DAY: i64 = 24 * 3_600_000;

fn ticket(number: i64, crew: Option<i64>, status: Status) -> Ticket {
    Ticket { promise: None, crew, ..crate::figures::ticket(number, NOW, status) }
}

#[tokio::test]
async fn who_works_for_a_crew_and_what_waits() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        let mut unit = Unit::alone(&mut tx);
        let mut crews = Vec::new();
        for chat in [-1, -2] {
            let crew = Crew {
                id: 0,
                chat,
                kind: CrewKind::Crew,
                title: "班组".into(),
                areas: Vec::new(),
                active: true,
                profile: Profile::default(),
            };
            crews.push(crew::upsert(&mut unit, s, &crew).await.unwrap());
        }
        let (first, second) = (crews[0], crews[1]);
        for (id, name) in [(21, "李师傅"), (22, "赵师傅"), (23, "")] {
            let locked = person::lock(&mut unit, s, id, Lang::Zh).await.unwrap();
            let written = Person { working_name: name.into(), working_phone: "139".into(), reachable: true, ..locked };
            person::write(&mut unit, s, &written).await.unwrap();
        }
        let late = Ticket { promise: Some(NOW), ..ticket(1, Some(first), Status::Open) };
        let soon = Ticket { promise: Some(NOW + 1), ..ticket(2, Some(first), Status::Open) };
        let has = Ticket { claimer: Some(21), ..ticket(3, Some(first), Status::Claimed) };
        let test = Ticket { trial: true, ..ticket(6, Some(first), Status::Open) };
        for one in [late, soon, has, ticket(4, None, Status::Open), ticket(5, Some(second), Status::Closed), test] {
            ticket::insert(&mut unit, s, &one).await.unwrap();
        }
        // Ticket, who, what, how long ago.
        let events = [
            (1, 22, "claimed", 2 * DAY),
            (3, 21, "claimed", DAY),
            (1, 23, "claimed", DAY),
            (5, 22, "claimed", 1),
            (2, 21, "claimed", 31 * DAY),
            (1, 22, "released", DAY + 1),
            (1, 22, "released", DAY - 1),
            (1, 22, "released", 5),
            (1, 21, "released", 4),
        ];
        for (number, who, what, ago) in events {
            let event = Event { ticket: number, who, what: what.into(), note: String::new() };
            event::append(&mut unit, s, &event, NOW - ago).await.unwrap();
        }

        let conn = unit.reads().await.unwrap();
        let found = roster::read(conn, s, 1, NOW).await.unwrap();
        let colleague = |id, name: &str, jobs| Colleague { id, name: name.into(), jobs };
        assert_eq!(found, [colleague(21, "李师傅", 1), colleague(22, "赵师傅", 0)], "the last first; nobody without a name");
        assert_eq!(roster::read(conn, s, 4, NOW).await.unwrap(), [], "no crew has it");
        assert_eq!(roster::crews_of(conn, 22, NOW).await.unwrap(), [-2, -1]);
        assert_eq!(roster::crews_of(conn, 21, NOW + 30 * DAY).await.unwrap(), [0i64; 0], "a month ago");
        assert_eq!(event::releases(conn, 22, NOW - DAY).await.unwrap(), [NOW - DAY + 1, NOW - 5]);
        let counts = waitlist::counts(conn, NOW).await.unwrap();
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(DESK, (1, 0)), (first, (2, 1))]);
        let page = waitlist::read(conn, s, DESK, 0).await.unwrap();
        assert_eq!((page.total, page.tickets[0].number), (1, 4));
        assert_eq!(waitlist::read(conn, s, first, 0).await.unwrap().total, 2);
        assert_eq!(person::read(conn, s, 21).await.unwrap().map(|p| p.working_name), Some("李师傅".to_owned()));
        assert_eq!(person::read(conn, s, 99).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_ticket_is_offered_to_several_crews() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        let mut unit = Unit::alone(&mut tx);
        let mut crews = Vec::new();
        for chat in [-1, -2, -3] {
            let profile =
                Profile { faults: vec!["leak".into()], langs: vec![Lang::En], promise: Some(chat * -10), ..Profile::default() };
            let crew =
                Crew { id: 0, chat, kind: CrewKind::Crew, title: "班组".into(), areas: Vec::new(), active: true, profile };
            crews.push(crew::upsert(&mut unit, s, &crew).await.unwrap());
        }
        let kept = crew::all(unit.reads().await.unwrap(), s).await.unwrap();
        assert_eq!(kept.iter().map(|c| c.profile.promise).collect::<Vec<_>>(), [Some(10), Some(20), Some(30)]);
        assert_eq!((kept[0].profile.faults.len(), kept[0].profile.langs[0]), (1, Lang::En));
        for number in [1, 2] {
            ticket::insert(&mut unit, s, &ticket(number, Some(crews[0]), Status::Open)).await.unwrap();
            ticket::offer(&mut unit, number, &crews[1..]).await.unwrap();
        }
        ticket::offer(&mut unit, 1, &[crews[2]]).await.unwrap();
        let conn = unit.reads().await.unwrap();
        let chats = |all: Vec<i64>| all.into_iter().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(chats(ticket::crew_chats(conn, 1).await.unwrap()), chats(vec![-1, -3]));
        assert_eq!(chats(ticket::crew_chats(conn, 2).await.unwrap()), chats(vec![-1, -2, -3]));
        for (crew, total) in crews.iter().zip([2, 1, 2]) {
            assert_eq!(waitlist::read(conn, s, *crew, 0).await.unwrap().total, total);
        }
        for (chat, numbers) in [(-1, vec![1, 2]), (-2, vec![2]), (-3, vec![1, 2])] {
            let found = ticket::lock(&mut unit, s, &[TicketRef::Crew(chat)], NOW).await.unwrap();
            assert_eq!(found.iter().map(|t| t.number).collect::<Vec<_>>(), numbers, "{chat}");
        }
        ticket::remove(unit.writes().await.unwrap(), 1).await.unwrap();
        assert_eq!(ticket::crew_chats(unit.reads().await.unwrap(), 1).await.unwrap(), [0i64; 0]);
    }
}

#[tokio::test]
async fn what_is_open_in_the_morning() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        let mut unit = Unit::alone(&mut tx);
        assert_eq!(morning::read(unit.reads().await.unwrap(), s, 0).await.unwrap(), Morning::default());
        for (id, reachable) in [(11, true), (12, false)] {
            let locked = person::lock(&mut unit, s, id, Lang::Zh).await.unwrap();
            person::write(&mut unit, s, &Person { reachable, ..locked }).await.unwrap();
        }
        let of = |number, customer, status| Ticket { customer, ..ticket(number, None, status) };
        let all = [
            of(1, 11, Status::Open),
            of(2, 12, Status::Claimed),
            // Who phoned has no row.
            of(3, 0, Status::Open),
            of(4, 12, Status::Done),
            Ticket { danger: true, ..of(5, 11, Status::Open) },
            Ticket { trial: true, ..of(6, 12, Status::Open) },
            Ticket { promise: Some(NOW), ..of(7, 11, Status::Claimed) },
        ];
        for one in all {
            ticket::insert(&mut unit, s, &one).await.unwrap();
        }
        for (number, ago) in [(1, 1), (1, 2), (7, DAY), (2, DAY + 1)] {
            let event = Event { ticket: number, who: 0, what: "overdue".into(), note: String::new() };
            event::append(&mut unit, s, &event, NOW - ago).await.unwrap();
        }
        let found = morning::read(unit.reads().await.unwrap(), s, NOW - DAY).await.unwrap();
        assert_eq!(found.tickets.iter().map(|t| t.number).collect::<Vec<_>>(), [5, 7, 1, 2, 3]);
        assert_eq!((found.total, found.overdue, found.stopped.into_iter().collect::<Vec<_>>()), (5, 2, vec![2]));
    }
}

/// A start of the program sets the timer anew, for an hour that may have changed, but keeps one that should have fired.
#[tokio::test]
async fn a_timer_that_is_kept() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        let mut unit = Unit::alone(&mut tx);
        let at = |due| TimerChange { subject: 0, name: "morning".into(), set: Some((due, Timer::Morning)) };
        for (set, now, due) in [(100, 10, 100), (90, 20, 90), (200, 90, 90), (300, 95, 90)] {
            task::keep_timer(&mut unit, s, &at(set), now).await.unwrap();
            let tasks = task::due(unit.reads().await.unwrap(), s, 1_000, 9).await.unwrap();
            assert_eq!(
                tasks.iter().map(|t| (t.due, t.input.clone())).collect::<Vec<_>>(),
                [(due, Some(Input::Timer(Timer::Morning)))]
            );
        }
    }
}
