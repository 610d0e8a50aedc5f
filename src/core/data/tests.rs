//! Data of buttons and links: what comes back, and what does not.
use super::verb::VERBS;
use super::*;

#[test]
fn wishes_survive_the_round_trip_and_forgeries_do_not() {
    for (verb, _) in VERBS {
        let wish = Wish::Ticket(verb, i64::MAX);
        assert!(wish.encode().len() <= 64);
        assert_eq!(Wish::decode(&wish.encode()), Some(wish.clone()));
        assert_eq!(Wish::from_start(&Wish::start(verb, i64::MAX)), Some(wish));
    }
    for (order, _) in ORDERS {
        let wish = Wish::Notice(order, i64::MAX);
        assert!(wish.encode().len() <= 64);
        assert_eq!(Wish::decode(&wish.encode()), Some(wish));
    }
    let queue = Wish::Queue(i64::MAX, i64::MAX);
    assert!(queue.encode().len() <= 64);
    assert_eq!(Wish::decode(&queue.encode()), Some(queue));
    assert_eq!(Wish::decode(&Wish::Queue(DESK, 2).encode()), Some(Wish::Queue(DESK, 2)));
    let recorded = Wish::Recorded(i64::MAX, i64::MAX);
    assert!(recorded.encode().len() <= 64);
    assert_eq!(Wish::decode(&recorded.encode()), Some(recorded));
    assert_eq!(Wish::decode("q1:0:2"), None, "the desk has a name");
    assert_eq!(Wish::from_start(&Wish::queue(3)), Some(Wish::Queue(3, 1)));
    let code = "a".repeat(32);
    assert!(Wish::join(i64::MAX, &code).len() <= 64);
    assert_eq!(Wish::from_start(&Wish::join(17, &code)), Some(Wish::Join(17, code)));
    assert_eq!(Wish::from_start("join_17_"), None);
    assert_eq!(Wish::from_start("join_17"), None);
    assert_eq!(Wish::decode("t1:handto:17:3"), Some(Wish::HandTo(17, 3)));
    let given = Wish::AssignTo(i64::MAX, i64::MAX);
    assert!(given.encode().len() <= 64);
    assert_eq!(Wish::decode(&given.encode()), Some(given));
    for forged in [
        "",
        "t1",
        "t1:claim:",
        "t1:claim:-1",
        "t1:claim:0",
        "t1:claim:+7",
        "t1:claim:1:2",
        "v1:accept:1",
        "v1:accept:1:0",
        "q1:3",
        "q1:3:0",
        "t2:claim:1",
        "m1:",
        "x".repeat(64).as_str(),
    ] {
        assert_eq!(Wish::decode(forged), None, "{forged}");
    }
}

#[test]
fn commands_are_read_as_telegram_sends_them() {
    assert_eq!(command("/start claim_17"), Some(("start".into(), "claim_17")));
    assert_eq!(command("/bind@baoxiu_demo_bot 兴城市 延长县"), Some(("bind".into(), "兴城市 延长县")));
    assert_eq!(command("/"), None);
    assert_eq!(command("/路 12号"), None);
    assert_eq!(command("report"), None);
}
