use proptest::prelude::*;

use super::super::example;
use super::*;

const CUSTOMER: i64 = 7;
const CLAIMER: i64 = 9;
const OTHER: i64 = 11;

fn ticket() -> Ticket {
    Ticket { status: Status::Claimed, crew: Some(1), claimer: Some(CLAIMER), claimed: Some(1), ..example::ticket(1) }
}

fn price(labour: Fen) -> Price {
    Price { labour, call_out: 5_000, ..Price::default() }
}

#[test]
fn only_the_newest_quote_can_be_answered_and_only_once() {
    let mut one = ticket();
    assert_eq!(one.quote(OTHER, price(1), "", 2), Err(Refusal::NotYours));
    assert_eq!(one.quote(CLAIMER, price(100), "", 2), Ok(None));
    assert_eq!(one.details.quotes.unsettled(Demand::Settled), Some(Unsettled::Open));
    assert!(one.quote(CLAIMER, price(200), "", 3).unwrap().is_some_and(|old| old.version == 1));
    assert_eq!(one.accept_quote(CUSTOMER, 1, 4), Err(Stale::Replaced));
    for (by, version) in [(CLAIMER, 2), (OTHER, 2), (CUSTOMER, 0), (CUSTOMER, 3)] {
        assert_eq!(one.accept_quote(by, version, 4), Err(Stale::Unknown), "{by} {version}");
        assert_eq!(one.decline_quote(by, version, 4), Err(Stale::Unknown), "{by} {version}");
    }
    assert_eq!(one.accept_quote(CUSTOMER, 2, 4), Ok(None));
    assert_eq!(one.accept_quote(CUSTOMER, 2, 5), Err(Stale::Accepted));
    assert_eq!(one.decline_quote(CUSTOMER, 2, 5), Err(Stale::Accepted));
    assert_eq!((one.details.quotes.unsettled(Demand::Accepted), one.details.quotes.agreed(false)), (None, Some(5_200)));
}

#[test]
fn after_a_no_the_call_out_can_be_charged_or_another_quote_made() {
    let mut one = ticket();
    one.quote(CLAIMER, price(100), "", 2).unwrap();
    one.decline_quote(CUSTOMER, 1, 3).unwrap();
    assert_eq!(one.decline_quote(CUSTOMER, 1, 4), Err(Stale::Declined));
    assert_eq!(one.details.quotes.unsettled(Demand::Settled), Some(Unsettled::Declined));
    assert_eq!(one.details.quotes.agreed(true), Some(5_000));
    let mut withdrawn = one.clone();
    assert!(withdrawn.withdraw_quote(CLAIMER, 5).unwrap().is_some());
    assert_eq!(withdrawn.withdraw_quote(CLAIMER, 5), Ok(None));
    let quotes = &withdrawn.details.quotes;
    assert_eq!((quotes.unsettled(Demand::Settled), quotes.agreed(false), quotes.agreed(true)), (None, None, Some(0)));
    assert_eq!(quotes.unsettled(Demand::Accepted), Some(Unsettled::Missing));
    assert_eq!(withdrawn.accept_quote(CUSTOMER, 1, 6), Err(Stale::Replaced));
    one.quote(CLAIMER, price(50), "", 5).unwrap();
    one.accept_quote(CUSTOMER, 2, 6).unwrap();
    assert_eq!(one.details.quotes.agreed(true), Some(5_050));
    // A further one that is declined leaves what was agreed.
    one.quote(CLAIMER, price(500), "", 7).unwrap();
    one.decline_quote(CUSTOMER, 3, 8).unwrap();
    assert_eq!(one.details.quotes.agreed(true), Some(5_050));
}

#[test]
fn a_quote_binds_only_whoever_made_it_and_is_paid_once() {
    let mut one = ticket();
    one.quote(CLAIMER, price(100), "", 2).unwrap();
    one.accept_quote(CUSTOMER, 1, 3).unwrap();
    let mut again = one.clone();
    again.done(CLAIMER, "", 4).unwrap();
    again.not_fixed(CUSTOMER, 5).unwrap();
    let quotes = &again.details.quotes;
    assert_eq!((quotes.unsettled(Demand::Accepted), quotes.agreed(false), quotes.due()), (None, Some(0), None));
    one.quote(CLAIMER, price(200), "", 4).unwrap();
    one.release(CLAIMER, 5).unwrap();
    assert_eq!(one.details.quotes, Quotes { given: 2, ..Quotes::default() });
    one.claim(OTHER, "", "", 6).unwrap();
    for version in [1, 2] {
        assert_eq!(one.accept_quote(CUSTOMER, version, 7), Err(Stale::Replaced), "made by somebody else");
    }
    one.quote(OTHER, price(300), "", 8).unwrap();
    assert_eq!(one.details.quotes.open().map(|q| q.version), Some(3), "no number twice");
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    Quote(i64, Fen),
    Accept(i64, i64),
    Decline(i64, i64),
    Withdraw(i64),
    Release,
    Claim(i64),
    Done,
    NotFixed,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let who = || prop_oneof![Just(CUSTOMER), Just(CLAIMER), Just(OTHER)];
    let one = prop_oneof![
        4 => (who(), 0..50_000i64).prop_map(|(by, fen)| Deed::Quote(by, fen)),
        4 => (who(), 0..6i64).prop_map(|(by, version)| Deed::Accept(by, version)),
        3 => (who(), 0..6i64).prop_map(|(by, version)| Deed::Decline(by, version)),
        2 => who().prop_map(Deed::Withdraw),
        1 => Just(Deed::Release),
        2 => prop_oneof![Just(CLAIMER), Just(OTHER)].prop_map(Deed::Claim),
        1 => Just(Deed::Done),
        1 => Just(Deed::NotFixed),
    ];
    proptest::collection::vec(one, 1..40)
}

proptest! {
    #[test]
    fn what_is_accepted_was_accepted_by_the_customer_as_it_stood(deeds in deeds()) {
        let mut one = ticket();
        let mut accepted = None;
        for (now, deed) in (10..).zip(deeds) {
            let before = one.clone();
            match deed {
                Deed::Quote(by, fen) => _ = one.quote(by, price(fen), "", now),
                Deed::Accept(by, version) => if one.accept_quote(by, version, now).is_ok() {
                    prop_assert_eq!(by, CUSTOMER);
                    let open = before.details.quotes.open().cloned();
                    prop_assert_eq!(open.as_ref().map(|q| q.version), Some(version));
                    accepted = open;
                },
                Deed::Decline(by, version) => if one.decline_quote(by, version, now).is_ok() {
                    prop_assert_eq!(by, CUSTOMER);
                },
                Deed::Withdraw(by) => _ = one.withdraw_quote(by, now),
                Deed::Release => if one.release(0, now).is_ok() { accepted = None },
                Deed::Claim(by) => _ = one.claim(by, "", "", now),
                Deed::Done => _ = one.done(one.claimer.unwrap_or_default(), "", now),
                Deed::NotFixed => _ = one.not_fixed(CUSTOMER, now),
            }
            let quotes = &one.details.quotes;
            prop_assert_eq!(quotes.accepted.as_ref().map(|q| (q.version, q.price)), accepted.as_ref().map(|q| (q.version, q.price)));
            prop_assert!(quotes.given >= before.details.quotes.given);
            if let (Some(pending), Some(held)) = (&quotes.pending, &quotes.accepted) {
                prop_assert!(pending.version > held.version);
            }
        }
    }
}
