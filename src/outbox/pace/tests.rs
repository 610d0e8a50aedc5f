use proptest::prelude::*;

use super::Lane::{Paid, Usual};
use super::*;

#[test]
fn a_chat_gets_a_burst_and_then_one_a_second() {
    let mut pace = Pace::new(Limits::default());
    for _ in 0..4 {
        assert_eq!(pace.take(Usual, 1, 1, 0), Ok(()));
    }
    assert_eq!(pace.take(Usual, 1, 1, 0), Err(1_000));
    assert_eq!(pace.take(Usual, 2, 1, 0), Ok(()), "another chat does not wait");
    assert_eq!(pace.take(Usual, 1, 1, 1_000), Ok(()));
    assert_eq!(pace.take(Usual, 1, 1, 1_999), Err(2_000));
}

#[test]
fn a_group_gets_twenty_a_minute() {
    let mut pace = Pace::new(Limits::default());
    for second in 0..20 {
        assert_eq!(pace.take(Usual, -1, 1, second * 1_000), Ok(()));
    }
    assert_eq!(pace.take(Usual, -1, 1, 20_000), Err(61_000));
    assert_eq!(pace.take(Usual, -1, 1, 61_000), Ok(()));
}

#[test]
fn all_chats_share_thirty_a_second() {
    let mut pace = Pace::new(Limits::default());
    for chat in 1..=30 {
        assert_eq!(pace.take(Usual, chat, 1, chat), Ok(()));
    }
    assert_eq!(pace.take(Usual, 31, 1, 40), Err(1_001));
    assert_eq!(pace.any(Usual, 40), Err(1_001));
}

#[test]
fn what_is_paid_for_takes_nothing_from_the_others() {
    let limits = Limits::of(30, 1, 20, Some(1_000));
    let mut pace = Pace::new(limits);
    for chat in 1..=1_000 {
        assert_eq!(pace.take(Paid, chat, 1, 0), Ok(()));
    }
    assert_eq!((pace.take(Paid, 1_001, 1, 999), pace.take(Usual, 1_001, 1, 999)), (Err(1_000), Ok(())));
    let mut unpaid = Pace::new(Limits::of(1, 1, 20, None));
    assert_eq!((unpaid.take(Paid, 1, 1, 0), unpaid.take(Usual, 2, 1, 0)), (Ok(()), Err(1_000)), "one limit for all");
}

#[test]
fn after_a_start_nothing_comes_in_a_heap() {
    let mut pace = Pace::started(Limits::default(), 5_000);
    let mut passed = Vec::new();
    for now in 5_000..6_000 {
        passed.extend((1..=9).filter(|n| pace.take(Usual, now * 10 + n, 1, now).is_ok()).map(|_| now));
    }
    assert_eq!(passed, (0..10).map(|n| 5_000 + n * 100).collect::<Vec<_>>());
    assert_eq!((0..99).filter(|n| pace.take(Usual, *n, 1, 6_000).is_ok()).count(), 21, "and then as usual");
}

#[test]
fn a_held_chat_waits_alone() {
    let mut pace = Pace::new(Limits::default());
    pace.hold(1, 5_000);
    assert_eq!(pace.take(Usual, 1, 1, 0), Err(5_000));
    assert_eq!(pace.take(Usual, 2, 1, 0), Ok(()));
    pace.sweep(1);
    assert_eq!(pace.take(Usual, 1, 1, 4_999), Err(5_000));
    assert_eq!(pace.take(Usual, 1, 1, 5_000), Ok(()));
}

#[test]
fn an_album_passes_although_it_is_bigger_than_the_burst() {
    let mut pace = Pace::new(Limits::default());
    assert_eq!(pace.take(Usual, 1, 10, 0), Ok(()));
    assert_eq!(pace.take(Usual, 1, 1, 0), Err(7_000));
    assert_eq!(pace.take(Usual, 1, 10, 0), Err(10_000));
}

#[test]
fn idle_chats_are_forgotten() {
    let mut pace = Pace::new(Limits::default());
    let passed = (0..1_000).filter(|i| pace.take(Usual, i - 500, 1, i * 100).is_ok()).count();
    assert_eq!((passed, pace.chats.len()), (1_000, 1_000));
    pace.sweep(1_000_000);
    assert!(pace.chats.is_empty());
}

proptest! {
    /// Whatever is asked for and whenever: no rolling window holds more than it may, and "ask again at" is honest.
    #[test]
    fn no_window_is_ever_exceeded(asks in prop::collection::vec((-3i64..4, 1usize..4, -50i64..400), 1..600)) {
        let limits = Limits { all: Window { count: 8, span: 1_000 }, group: Window { count: 5, span: 7_000 }, burst: 3, every: 1_000, paid: None };
        let mut pace = Pace::new(limits);
        let mut passed: Vec<(i64, Millis)> = Vec::new();
        let (mut clock, mut latest) = (0, Millis::MIN);
        for (chat, cost, step) in asks {
            clock += step;
            latest = clock.max(latest);
            match pace.take(Usual, chat, cost, clock) {
                Ok(()) => passed.extend(std::iter::repeat_n((chat, latest), cost)),
                Err(again) => prop_assert!(again > latest),
            }
        }
        for (i, &(chat, end)) in passed.iter().enumerate() {
            let count = |span: Millis, of: Option<i64>| {
                passed[..=i].iter().filter(|(c, at)| *at > end - span && of.is_none_or(|one| one == *c)).count()
            };
            prop_assert!(count(1_000, None) <= 8);
            if chat < 0 {
                prop_assert!(count(7_000, Some(chat)) <= 5);
            }
            for seconds in 1..6 {
                prop_assert!(count(seconds * 1_000, Some(chat)) as i64 <= limits.burst + seconds);
            }
        }
    }
}

/// Four starts within three seconds: what an earlier run has sent to a chat counts, although nobody remembers it.
#[test]
fn after_a_start_a_chat_earns_its_burst_back() {
    let mut pace = Pace::started(Limits::default(), 5_000);
    let times: Vec<Millis> = (5_000..10_000).step_by(250).filter(|now| pace.take(Lane::Usual, 7, 1, *now).is_ok()).collect();
    assert_eq!(times, [5_000, 6_000, 7_000, 8_000, 9_000]);
    let mut pace = Pace::started(Limits::default(), 5_000);
    let late: Vec<Millis> = (8_000..10_000).step_by(250).filter(|now| pace.take(Lane::Usual, 7, 1, *now).is_ok()).collect();
    assert_eq!(
        late,
        [8_000, 8_250, 8_500, 8_750, 9_000],
        "three seconds later it may have its burst, and one for the next second"
    );
    let mut told = Pace::started(Limits::default(), 5_000);
    told.hold(7, 5_500);
    assert_eq!(told.take(Lane::Usual, 7, 1, 5_500), Ok(()));
    assert!(told.take(Lane::Usual, 7, 1, 5_600).is_err(), "a pause gives nothing back");
}
