use super::*;

fn asked() -> Notice {
    Notice { state: State::Draft, since: 1_000, total: 100, ..Notice::new(1, 301, Audience::Customers, 900) }
}

#[test]
fn words_survive_the_database() {
    for (state, word) in State::WORDS {
        assert_eq!((State::parse(word), state.as_str()), (Some(state), word));
    }
    for audience in [Audience::Customers, Audience::OpenTickets, Audience::Area("211400".to_owned()), Audience::Crews] {
        assert_eq!(Audience::parse(&audience.word()), Some(audience));
    }
    assert_eq!((State::parse("other"), Audience::parse("other")), (None, None));
}

#[test]
fn a_code_begins_with_the_codes_above_it() {
    let prefixes = ["210000", "211400", "211481", "441900", "441900003"].map(Audience::prefix);
    assert_eq!(prefixes, ["21", "2114", "211481", "4419", "441900003"]);
}

#[test]
fn only_a_question_that_was_asked_is_confirmed_and_only_once_and_in_time() {
    let mut notice = asked();
    assert_eq!(notice.confirm(1_000 + CONFIRM_WITHIN), Err(Refusal::Expired));
    assert_eq!(notice.confirm(999 + CONFIRM_WITHIN), Ok(()));
    assert_eq!((notice.state, notice.since), (State::Running, 999 + CONFIRM_WITHIN));
    assert_eq!(notice.confirm(1_100), Err(Refusal::NotNow));
    let mut unseen = Notice { since: 0, ..asked() };
    assert_eq!(unseen.confirm(1_000), Err(Refusal::NotNow));
    let mut preview = Notice::new(1, 301, Audience::Crews, 900);
    assert_eq!(preview.confirm(1_000), Err(Refusal::NotNow));
}

#[test]
fn every_move_from_every_state() {
    type Move = fn(&mut Notice) -> Result<(), Refusal>;
    let moves: [(Move, &[State], State); 5] = [
        (|n| n.confirm(2_000), &[State::Draft], State::Running),
        (Notice::call_off, &[State::Draft], State::Dropped),
        (Notice::pause, &[State::Running], State::Paused),
        (|n| n.go_on(2_000), &[State::Paused], State::Running),
        (Notice::stop, &[State::Running, State::Paused], State::Stopped),
    ];
    for (one, from, to) in moves {
        for (state, word) in State::WORDS {
            let mut notice = Notice { state, ..asked() };
            let allowed = from.contains(&state);
            assert_eq!(one(&mut notice).is_ok(), allowed, "{word} -> {to:?}");
            assert_eq!(notice.state, if allowed { to } else { state });
        }
    }
}

#[test]
fn progress_is_honest() {
    let mut notice = Notice { state: State::Running, since: 0, total: 1_000, ..asked() };
    assert_eq!((notice.percent(0), &*notice.bar(0)), (0, "░░░░░░░░░░"));
    assert_eq!(notice.time_left(0, 0), 35_714, "nothing measured: 28 a second");
    (notice.sent, notice.unreachable, notice.failed) = (240, 9, 1);
    assert_eq!((notice.left(0), notice.percent(0), &*notice.bar(0)), (750, 25, "▓▓░░░░░░░░"));
    assert_eq!(notice.time_left(0, 10_000), 30_000, "25 a second were measured");
    notice.pause().and_then(|()| notice.go_on(100_000)).unwrap();
    assert_eq!(notice.time_left(0, 101_000), 26_785, "a pause is not slowness");
    // Somebody new joined: more are waiting than were counted.
    (notice.sent, notice.total) = (995, 1_000);
    assert_eq!((notice.left(3), notice.percent(3)), (3, 99));
    notice.state = State::Finished;
    assert_eq!((notice.left(0), notice.percent(0), &*notice.bar(0)), (0, 100, "▓▓▓▓▓▓▓▓▓▓"));
}

#[test]
fn the_card_is_edited_every_three_seconds_from_when_it_was_sent() {
    let notice = |shown| Notice { shown, ..Notice::new(1, 7, Audience::Crews, 0) };
    assert_eq!(notice(0).shown_too_lately(100_000), None, "never shown");
    assert_eq!(notice(100_000).shown_too_lately(102_999), Some(103_000));
    assert_eq!(notice(100_000).shown_too_lately(103_000), None);
    assert_eq!(notice(-100_000).shown_too_lately(129_999), Some(130_499), "under way");
    assert_eq!(notice(-100_000).shown_too_lately(130_000), None, "its admin cannot be reached");
}
