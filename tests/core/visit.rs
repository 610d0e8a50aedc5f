//! Every move of a visit from every state, by everybody, against a table that was written by hand.

use baoxiu::desk::ticket::Status;
use baoxiu::vocabulary::input::{Content, Input, Message, Press, Sender};

use crate::town::Town;

pub const WANG: i64 = 101;
const CHEN: i64 = 102;
pub const LI: i64 = 201;
const ZHAO: i64 = 202;
pub const NUMBER: i64 = 1001;

/// Where one may go without being asked for anything, for a leak: the fault that demands neither photos nor proof.
const TABLE: [(&str, &str); 6] = [
    ("", "arrived waiting_parts waiting_customer"),
    ("on_the_way", "arrived waiting_customer"),
    ("arrived", "working waiting_parts waiting_customer"),
    ("working", "waiting_parts waiting_customer"),
    ("waiting_parts", "working"),
    ("waiting_customer", "working"),
];
/// Where one is asked for something first.
const ASKED: [(&str, &str); 6] = [
    ("", "on_the_way done"),
    ("on_the_way", "on_the_way done"),
    ("arrived", "done"),
    ("working", "done"),
    ("waiting_parts", "on_the_way done"),
    ("waiting_customer", "on_the_way done"),
];
const STAGES: [&str; 8] =
    ["accepted", "on_the_way", "arrived", "working", "waiting_parts", "waiting_customer", "done", "nowhere"];

fn press(town: &mut Town, who: i64, data: &str) {
    let from = Sender { id: who, name: "X".to_owned(), language: None };
    let (query, data) = ("q".to_owned(), data.to_owned());
    town.play(&Input::Press(Press { query, from, chat: who, private: true, message: 1, data }));
}

fn say(town: &mut Town, who: i64, text: &str) {
    let from = Sender { id: who, name: "X".to_owned(), language: None };
    town.play(&Input::Message(Message {
        chat: who,
        private: true,
        title: String::new(),
        topic: None,
        id: 1,
        from,
        anonymous: false,
        foreign: false,
        reply_to: None,
        album: None,
        content: Content::Text(text.to_owned()),
        html: None,
    }));
}

/// A leak that Li has.
pub fn town(fault: &str) -> Town {
    let mut town = Town::new(crate::world::world());
    for id in [WANG, CHEN, LI, ZHAO] {
        town.person(id).reachable = true;
    }
    let ticket = serde_json::json!({
        "number": NUMBER, "customer": WANG, "status": "claimed", "fault": fault, "danger": false, "district": "211481",
        "served": true, "created": town.now, "promise": null, "crew": 1, "claimer": LI, "claimed": town.now,
        "updated": town.now,
        "details": {
            "problem": "", "media": [], "destination": "", "place": "", "address": "", "street": "", "location": null,
            "doubt": "", "phone": "13812345678", "name": "", "when": "@asap", "technician": "李师傅",
            "technician_phone": "13900001111", "outcome": ""
        }
    });
    let mut ticket: baoxiu::desk::ticket::Ticket = serde_json::from_value(ticket).unwrap();
    assert_eq!(ticket.details.visit, Default::default(), "a ticket of an older version stands at the beginning");
    ticket.details.visit.code = "1234".to_owned();
    town.tickets.insert(NUMBER, ticket);
    town
}

fn lists(table: &[(&str, &str)], from: &str, to: &str) -> bool {
    table.iter().any(|(stage, all)| *stage == from && all.split(' ').any(|one| one == to))
}

#[test]
fn every_move_from_every_state_by_everybody() {
    let fresh = town("leak");
    for status in [Status::Open, Status::Claimed, Status::Done, Status::Closed, Status::Cancelled] {
        for (from, _) in TABLE {
            for to in STAGES {
                for who in [WANG, CHEN, LI, ZHAO] {
                    let mut town = fresh.clone();
                    let ticket = town.tickets.get_mut(&NUMBER).unwrap();
                    ticket.status = status;
                    ticket.details.visit.stage = from.to_owned();
                    if status == Status::Open {
                        ticket.claimer = None;
                    }
                    let before = ticket.clone();
                    press(&mut town, who, &format!("v1:stage:{NUMBER}:{to}"));
                    let case = format!("{status:?} {from:?} -> {to} by {who}");
                    assert!(!town.answers.is_empty(), "{case}: every tap is answered");
                    let after = &town.tickets[&NUMBER];
                    let may = status == Status::Claimed && who == LI;
                    if may && lists(&TABLE, from, to) {
                        assert_eq!((after.details.visit.stage.as_str(), after.status), (to, Status::Claimed), "{case}");
                        let line = &town.events.last().unwrap().1;
                        let begun = if from.is_empty() { "accepted" } else { from };
                        assert_eq!((line.who, &*line.what, line.note.clone()), (LI, "stage", format!("{begun}>{to}")), "{case}");
                    } else {
                        assert_eq!(*after, before, "{case}: nothing moves");
                    }
                    let asks = town.sessions.get(&who).is_some_and(|s| s.run.as_ref().is_some_and(|r| r.ticket == Some(NUMBER)));
                    assert_eq!(asks, may && lists(&ASKED, from, to), "{case}: asked for what is missing");
                }
            }
        }
    }
}

#[test]
fn a_safe_is_opened_only_after_proof_and_the_gate_cannot_be_ticked_by_others() {
    let mut town = town("wont_open");
    town.tickets.get_mut(&NUMBER).unwrap().details.visit.stage = "arrived".to_owned();
    for who in [WANG, CHEN, ZHAO] {
        press(&mut town, who, &format!("v1:tick:{NUMBER}:ownership"));
    }
    press(&mut town, LI, &format!("v1:stage:{NUMBER}:working"));
    assert_eq!(town.tickets[&NUMBER].details.visit.stage, "arrived");
    press(&mut town, LI, &format!("v1:tick:{NUMBER}:ownership"));
    press(&mut town, LI, &format!("v1:stage:{NUMBER}:working"));
    let visit = &town.tickets[&NUMBER].details.visit;
    assert_eq!((visit.stage.as_str(), visit.ticked["ownership"].0), ("working", LI));
}

#[test]
fn stars_are_given_by_the_customer_once_it_is_closed() {
    for status in [Status::Open, Status::Claimed, Status::Done, Status::Closed, Status::Cancelled] {
        for who in [WANG, CHEN, LI, ZHAO] {
            let mut town = town("leak");
            town.tickets.get_mut(&NUMBER).unwrap().status = status;
            press(&mut town, who, &format!("v1:rate:{NUMBER}:2"));
            let given = town.tickets[&NUMBER].details.visit.stars;
            assert_eq!(given.is_some(), status == Status::Closed && who == WANG, "{status:?} {who}");
        }
    }
}

#[test]
fn a_job_that_is_taken_away_while_its_technician_answers_stays_where_it_is() {
    let mut town = town("leak");
    press(&mut town, LI, &format!("v1:stage:{NUMBER}:on_the_way"));
    town.tickets.get_mut(&NUMBER).unwrap().claimer = Some(ZHAO);
    let before = town.tickets[&NUMBER].clone();
    say(&mut town, LI, "30 分钟");
    assert_eq!(town.tickets[&NUMBER], before);
}
