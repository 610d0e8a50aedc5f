//! Every button of a ticket, in every state, tapped by everybody, against a table that was written by hand: what is not in it
//! changes nothing, and is answered all the same.
use std::collections::BTreeSet;

use baoxiu::core::data::Wish;
use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::desk::ticket::{Status, Ticket};
use baoxiu::vocabulary::input::{Input, Membership, Press, Sender};

use crate::town::Town;

const NUMBER: i64 = 1001;
const CREW: i64 = -1001;
const DESK: i64 = -1009;

/// Who taps, each in their own chat.
const PEOPLE: [(&str, i64); 6] =
    [("customer", 101), ("other", 102), ("claimer", 201), ("colleague", 202), ("dispatcher", 401), ("stranger", 501)];

/// Where the ticket stands: `desk` is open, and no crew has it.
const STATES: [&str; 6] = ["open", "desk", "claimed", "done", "closed", "cancelled"];

/// Button; who; in which states; what comes of it: a state, `asks` for a dialog, or `notes` a line of history.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("claim", "claimer", "open", "claimed"),
    ("claim", "colleague", "open", "claimed"),
    ("release", "claimer", "claimed", "asks release"),
    ("called", "claimer", "claimed", "notes contacted"),
    ("noanswer", "claimer", "claimed", "notes unreached"),
    ("done", "claimer", "claimed", "asks done"),
    ("quote", "claimer", "claimed", "asks quote"),
    ("cancel", "claimer", "claimed", "asks cancel"),
    ("cancel", "customer", "open desk claimed", "asks cancel"),
    ("confirm", "customer", "done", "closed"),
    ("notfixed", "customer", "done", "asks not_fixed"),
    ("phone", "customer", "open desk claimed", "asks correct_phone"),
    ("address", "customer", "open desk claimed", "asks correct_address"),
    ("record", "customer", "claimed", "notes recording_wished"),
    ("record", "claimer", "claimed", "notes recording_wished"),
    ("stranger", "customer", "claimed", "notes stranger"),
    ("answer", "dispatcher", "open desk claimed", "asks answer"),
    ("close", "dispatcher", "open desk claimed", "asks close"),
    ("calloff", "dispatcher", "open desk claimed", "asks cancel"),
    ("takeback", "dispatcher", "claimed", "open"),
    ("setphone", "dispatcher", "open desk claimed", "asks correct_phone"),
    ("setaddress", "dispatcher", "open desk claimed", "asks correct_address"),
    ("reopen", "dispatcher", "done", "asks not_fixed"),
];

/// Buttons that only show something, or that nobody has in these states.
const SHOW: [&str; 12] =
    ["withdraw", "recording", "norecord", "media", "show", "progress", "hand", "assign", "open", "link", "opinion", "add"];

fn town() -> Town {
    let mut town = Town::new(crate::world::world());
    for (_, id) in PEOPLE {
        town.person(id).reachable = true;
    }
    for (id, name) in [(201, "李师傅"), (202, "赵师傅")] {
        let person = town.person(id);
        (person.working_name, person.working_phone) = (name.to_owned(), "13900001111".to_owned());
    }
    for (id, (chat, kind)) in (1..).zip([(CREW, CrewKind::Crew), (DESK, CrewKind::Desk)]) {
        let profile = Profile::default();
        town.crews.push(Crew { id, chat, kind, title: "群".to_owned(), areas: Vec::new(), active: true, profile });
    }
    for (chat, id) in [(CREW, 201), (CREW, 202), (DESK, 401)] {
        town.members.insert((chat, id), Membership::Member);
    }
    town
}

fn ticket(state: &str, now: i64) -> Ticket {
    let open = matches!(state, "open" | "desk");
    let ticket = serde_json::json!({
        "number": NUMBER, "customer": 101, "status": if open { "open" } else { state }, "fault": "leak", "danger": false,
        "district": "211481", "served": true, "created": now, "promise": null,
        "crew": if state == "desk" { None } else { Some(1) },
        "claimer": if open { None } else { Some(201) },
        "claimed": if open { None } else { Some(now) },
        "updated": now,
        "details": {
            "problem": "漏水", "media": [], "destination": "", "place": "", "address": "", "street": "", "location": null,
            "doubt": "", "phone": "13812345678", "name": "", "when": "@asap", "technician": "李师傅",
            "technician_phone": "13900001111", "outcome": "",
            "visit": { "code": if open { "" } else { "1234" } }
        }
    });
    serde_json::from_value(ticket).unwrap()
}

fn press(town: &mut Town, who: i64, data: &str) {
    let from = Sender { id: who, name: "X".to_owned(), language: None };
    let (query, data) = ("q".to_owned(), data.to_owned());
    town.play(&Input::Press(Press { query, from, chat: who, private: true, message: 1, data }));
}

fn expected(verb: &str, who: &str, state: &str) -> Option<&'static str> {
    let here = |row: &&(&str, &str, &str, &'static str)| row.0 == verb && row.1 == who && row.2.split(' ').any(|s| s == state);
    TABLE.iter().find(here).map(|row| row.3)
}

#[test]
fn every_button_in_every_state_by_everybody() {
    let fresh = town();
    let verbs: BTreeSet<&str> = TABLE.iter().map(|row| row.0).chain(SHOW).collect();
    for state in STATES {
        for verb in &verbs {
            for (who, id) in PEOPLE {
                let mut town = fresh.clone();
                let before = ticket(state, town.now);
                town.tickets.insert(NUMBER, before.clone());
                press(&mut town, id, &format!("t1:{verb}:{NUMBER}"));
                let case = format!("{verb} by {who}, {state}");
                assert_eq!(town.answers.len(), 1, "{case}: every tap is answered, once");
                let after = &town.tickets[&NUMBER];
                let asked = town.sessions.get(&id).and_then(|s| s.run.as_ref()).map(|run| run.dialog.as_str());
                let lines: Vec<(i64, &str)> = town.events.iter().map(|(_, e)| (e.who, &*e.what)).collect();
                match expected(verb, who, state).map(|what| what.split_once(' ').unwrap_or(("", what))) {
                    None => {
                        assert_eq!((after, asked), (&before, None), "{case}: nothing moves");
                        assert_eq!(lines, [], "{case}: nothing is noted");
                        assert!(town.timers.keys().all(|(subject, _)| *subject != 0), "{case}: nothing is set");
                    }
                    Some(("asks", dialog)) => {
                        assert_eq!((after, asked), (&before, Some(dialog)), "{case}: asked first");
                        assert_eq!(lines, [], "{case}: nothing is noted yet");
                    }
                    Some(("notes", line)) => {
                        assert_eq!((after.status, lines), (before.status, vec![(id, line)]), "{case}");
                    }
                    Some((_, status)) => {
                        assert_eq!(after.status, Status::parse(status).unwrap(), "{case}");
                        assert_eq!(lines.first().map(|(by, _)| *by), Some(id), "{case}: it is known who did it");
                    }
                }
            }
        }
    }
}

/// A button that is not in the table would be forgotten silently.
#[test]
fn the_table_knows_every_button() {
    let source = include_str!("../../src/core/data/verb.rs");
    let words: BTreeSet<&str> = source.lines().filter_map(|l| l.trim().strip_prefix("(Verb::")?.split('"').nth(1)).collect();
    let known: BTreeSet<&str> = TABLE.iter().map(|row| row.0).chain(SHOW).collect();
    assert_eq!(words, known);
    for word in words {
        assert!(matches!(Wish::decode(&format!("t1:{word}:1")), Some(Wish::Ticket(..))), "{word}");
    }
}
