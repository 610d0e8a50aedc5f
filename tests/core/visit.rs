//! Every move of a visit from every state, by everybody, against a table that was written by hand.

use baoxiu::desk::ticket::Status;
use baoxiu::vocabulary::input::{Content, Input, Message, Press, Sender};
use proptest::prelude::*;

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

/// What may happen around a quote: who, and the button they tap or the words they write.
fn deeds() -> impl Strategy<Value = Vec<(i64, String)>> {
    let who = || prop_oneof![4 => Just(LI), 4 => Just(WANG), 1 => Just(CHEN), 1 => Just(ZHAO)];
    let stage = prop_oneof![3 => Just("working"), 1 => Just("waiting_parts"), 1 => proptest::sample::select(&STAGES[..])];
    let words =
        ["150+80+50", "一共280", "跳过", "跳过", "太贵了", "修好了", "280", "300", "多用了配件", "按报价", "看情况", "接受"];
    let one = prop_oneof![
        4 => (who(), stage).prop_map(|(who, stage)| (who, format!("v1:stage:{NUMBER}:{stage}"))),
        4 => (who(), 0..5i64).prop_map(|(who, version)| (who, format!("v1:accept:{NUMBER}:{version}"))),
        2 => (who(), 0..5i64).prop_map(|(who, version)| (who, format!("v1:decline:{NUMBER}:{version}"))),
        5 => (who(), proptest::sample::select(&["quote", "quote", "withdraw", "done", "release", "notfixed", "confirm"][..]))
            .prop_map(|(who, verb)| (who, format!("t1:{verb}:{NUMBER}"))),
        12 => (prop_oneof![5 => Just(LI), 1 => Just(WANG), 1 => Just(ZHAO)], proptest::sample::select(words.to_vec()))
            .prop_map(|(who, words)| (who, words.to_owned())),
    ];
    proptest::collection::vec(one, 1..50)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 192 } else { 1_000 }))]
    #[test]
    fn work_never_begins_with_a_quote_that_is_not_settled_and_only_the_customer_accepts(deeds in deeds()) {
        let mut town = town("leak");
        town.tickets.get_mut(&NUMBER).unwrap().details.visit.stage = "arrived".to_owned();
        for (who, deed) in deeds {
            town.wait(3_000);
            let before = town.tickets[&NUMBER].clone();
            match deed.contains(':') {
                true => press(&mut town, who, &deed),
                false => say(&mut town, who, &deed),
            }
            let after = &town.tickets[&NUMBER];
            let (was, is) = (&before.details.quotes, &after.details.quotes);
            if after.details.visit.stage == "working" && before.details.visit.stage != "working" {
                prop_assert_eq!(&was.pending, &None, "work begins: {} by {}", deed, who);
            }
            if after.status == Status::Done && before.status != Status::Done {
                prop_assert!(was.open().is_none(), "done: {} by {}", deed, who);
            }
            if let Some(quote) = &is.accepted && was.accepted.as_ref().map(|q| q.version) != Some(quote.version) {
                prop_assert_eq!(who, WANG);
                prop_assert_eq!(Some(quote), was.open(), "as it stood when they read it");
                prop_assert_eq!(&deed, &format!("v1:accept:{NUMBER}:{}", quote.version));
            }
            if is.declined().is_some() && was.declined().map(|q| q.version) != is.declined().map(|q| q.version) {
                prop_assert_eq!(who, WANG);
            }
            if is.given != was.given {
                prop_assert_eq!((who, before.claimer), (LI, Some(LI)));
            }
            // Somebody else's tap is answered and changes nothing.
            if ![Some(who), None].contains(&before.claimer) && who != WANG {
                prop_assert_eq!(&before, after, "{} by {}", deed, who);
            }
        }
    }
}

#[test]
fn deeds_reach_what_they_are_to_try() {
    // Otherwise the play above would prove nothing: one way through all of it.
    let mut town = town("leak");
    let quote = |town: &mut Town| {
        press(town, LI, &format!("t1:quote:{NUMBER}"));
        say(town, LI, "150+80+50");
        say(town, LI, "跳过");
    };
    let stage = |town: &Town| town.tickets[&NUMBER].details.visit.stage.clone();
    press(&mut town, LI, &format!("v1:stage:{NUMBER}:arrived"));
    quote(&mut town);
    assert!(town.tickets[&NUMBER].details.quotes.open().is_some());
    press(&mut town, LI, &format!("v1:stage:{NUMBER}:working"));
    assert_eq!(stage(&town), "arrived", "the customer has not answered");
    press(&mut town, WANG, &format!("v1:decline:{NUMBER}:1"));
    press(&mut town, LI, &format!("v1:stage:{NUMBER}:working"));
    assert_eq!(stage(&town), "arrived", "the customer has said no");
    town.wait(10_000);
    quote(&mut town);
    press(&mut town, WANG, &format!("v1:accept:{NUMBER}:1"));
    press(&mut town, LI, &format!("v1:stage:{NUMBER}:working"));
    assert_eq!(stage(&town), "arrived", "that was the older one");
    press(&mut town, WANG, &format!("v1:accept:{NUMBER}:2"));
    press(&mut town, LI, &format!("v1:stage:{NUMBER}:working"));
    assert_eq!(stage(&town), "working");
    town.wait(10_000);
    press(&mut town, LI, &format!("t1:done:{NUMBER}"));
    for words in ["修好了", "300", "多用了配件"] {
        say(&mut town, LI, words);
    }
    assert_eq!(town.tickets[&NUMBER].status, Status::Done);
    let charged = town.events.iter().find(|(_, e)| e.what == "charged").map(|(_, e)| e.note.clone());
    assert_eq!(charged.as_deref(), Some("28000>30000\n@parts"));
}
