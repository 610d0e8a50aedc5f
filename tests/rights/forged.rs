//! Data that no button ever carried, and data of other people's buttons.
use crate::house::{ANONYMOUS, PLACES, ROLES, house, leaks, press, unchanged};
use crate::town::Seen;

/// What somebody with a client of their own may send.
fn forged() -> Vec<String> {
    let mut all: Vec<String> = [
        "",
        " ",
        "t1",
        "t1:",
        "t1::",
        "t1:claim",
        "t1:claim:",
        "t1:claim:x",
        "t1:claim:-1001",
        "t1:claim:+1001",
        "t1:claim:0",
        "t1:claim: 1001",
        "t1:claim:1001 ",
        "t1:claim:1001:1",
        "t1:claim:１００１",
        "t1:claim:9223372036854775807",
        "t1:claim:9223372036854775808",
        "t1:claim:-9223372036854775808",
        "t1:claim:99999999999999999999999999999999999999999999",
        "t1:CLAIM:1001",
        "t1:drop:1001",
        "t1:handto:1001",
        "t1:handto:1001:0",
        "t1:handto:1001:-1",
        "t1:handto:1001:99",
        "t1:handto:9999:1",
        "t1:handto:1001:1:1",
        // Other versions.
        "t0:claim:1001",
        "t2:claim:1001",
        "m0:report",
        "m2:report",
        "d0:1:1:o0",
        "d2:1:1:o0",
        "claim_1001",
        "m1",
        "m1:",
        "m1:language:",
        "m1:language:xx",
        "m1:language:zh-CN:en",
        "n1",
        "n1:",
        "n1:send",
        "n1:send:",
        "n1:send:0",
        "n1:send:-1",
        "n1:send:1:1",
        "n1:SEND:1",
        "n1:sent:1",
        "n0:send:1",
        "n2:send:1",
        "n1:stop:99999999999999999999",
        "d1",
        "d1:",
        "d1:1",
        "d1:1:1",
        "d1:1:1:",
        "d1:-1:1:o0",
        "d1:1:-1:o0",
        "d1:9223372036854775807:1:o0",
        "d1:99:99:x",
        "d1:99:1:o99999999999999999999",
        "漏水🔧\u{202e}\u{0}",
        "'; DROP TABLE ticket; --",
        "{\"t\":1}",
        "<b>t1:claim:1001</b>",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    all.extend(["x".repeat(64), "水".repeat(21), "t1:claim:".to_owned() + &"1".repeat(55), "x".repeat(5000), "🔧".repeat(16)]);
    // Tickets that there are not.
    for verb in ["release", "done", "media", "confirm", "notfixed", "cancel", "phone", "address", "hand", "answer", "close"] {
        all.extend([format!("t1:{verb}:4711"), format!("t1:{verb}:-1001"), format!("t1:{verb}:1001x")]);
    }
    all
}

#[test]
fn what_no_button_carried_is_answered_and_changes_nothing() {
    let house = house();
    for data in forged() {
        for (role, who) in ROLES.into_iter().filter(|(_, who)| *who != ANONYMOUS) {
            for (place, chat) in PLACES {
                let mut town = house.clone();
                let seen = press(&mut town, who, chat.unwrap_or(who), &data);
                let answers = seen.iter().filter(|s| matches!(s, Seen::Toast { .. })).count();
                assert_eq!(answers, 1, "{data:?} by {role} in {place} is answered once");
                // A language that there is not: the choice is shown again.
                let shows = data.starts_with("m1:language:") && chat.is_none();
                assert!(seen.len() == 1 || shows, "{data:?} by {role} in {place}: {seen:?}");
                assert!(unchanged(&house, &town), "{data:?} by {role} in {place} changes something");
                assert_eq!(leaks(&house, &seen), [""; 0], "{data:?} by {role} in {place}");
            }
        }
    }
}

/// A button of somebody else's dialog, of a message in another chat, of a question that is over.
#[test]
fn buttons_of_other_peoples_dialogs_do_nothing() {
    let mut house = house();
    for (_, who) in ROLES.into_iter().filter(|(_, who)| *who != ANONYMOUS) {
        // Everybody is filling in something: another run than the one that is forged.
        let session = house.sessions.entry(who).or_default();
        session.runs += 10;
        if session.run.is_none() {
            crate::house::say(&mut house, who, who, "/report");
        }
    }
    let run = house.sessions.get(&crate::house::FILLING).and_then(|s| s.run.clone()).expect("a dialog is running");
    for tap in ["o0", "o1", "e0", "n", "s", "b", "x", "y"] {
        let data = format!("d1:{}:{}:{tap}", run.number, run.question);
        for (role, who) in ROLES.into_iter().filter(|(_, who)| *who != ANONYMOUS) {
            for (place, chat) in PLACES {
                if who == crate::house::FILLING && chat.is_none() {
                    continue;
                }
                let mut town = house.clone();
                let seen = press(&mut town, who, chat.unwrap_or(who), &data);
                assert!(matches!(seen[..], [Seen::Toast { .. }]), "{data} by {role} in {place}: {seen:?}");
                assert!(unchanged(&house, &town), "{data} by {role} in {place}");
            }
        }
    }
}
