use chrono_tz::Asia::Shanghai;
use proptest::prelude::*;

use super::*;

/// 23 November 2026, a Monday, 14:00.
fn now() -> Millis {
    at(11, 23, 14, 0)
}

fn at(month: u32, day: u32, hour: u32, minute: u32) -> Millis {
    Shanghai.with_ymd_and_hms(2026, month, day, hour, minute, 0).unwrap().timestamp_millis()
}

fn shown(window: &Window) -> String {
    let local = |at| DateTime::<Utc>::from_timestamp_millis(at).unwrap().with_timezone(&Shanghai);
    format!("{}-{}", local(window.from).format("%-m.%-d %-H:%M"), local(window.to).format("%-H:%M"))
}

fn read(text: &str) -> Result<String, Unclear> {
    windows(text, now(), Shanghai).map(|found| found.iter().map(shown).collect::<Vec<_>>().join(" | "))
}

#[test]
fn windows_are_read_as_people_type_them() {
    for (text, expected) in [
        ("明天9-11点，后天下午2点到4点", "11.24 9:00-11:00 | 11.25 14:00-16:00"),
        ("周六上午", "11.28 9:00-12:00"),
        ("12月3日 14:00", "12.3 14:00-16:00"),
        ("tomorrow 9-11, Sat 2pm", "11.24 9:00-11:00 | 11.28 14:00-16:00"),
        ("明天下午", "11.24 14:00-18:00"),
        ("明天下午三点", "11.24 15:00-17:00"),
        ("明天下午两点半到四点", "11.24 14:30-16:00"),
        ("明天 9：00－11：00", "11.24 9:00-11:00"),
        ("明天9:00-11:30。", "11.24 9:00-11:30"),
        ("明天上午9点到11点、下午3点", "11.24 9:00-11:00 | 11.24 15:00-17:00"),
        ("明早8点", "11.24 8:00-10:00"),
        ("明晚", "11.24 18:00-20:00"),
        ("今晚7点", "11.23 19:00-21:00"),
        ("今天下午4点到6点", "11.23 16:00-18:00"),
        ("4点", "11.23 16:00-18:00"),
        ("15:30", "11.23 15:30-17:30"),
        ("明天3点", "11.24 15:00-17:00"),
        ("明天03:00", "11.24 3:00-5:00"),
        ("明天11点到1点", "11.24 11:00-13:00"),
        ("明天上午11点到1点", "11.24 11:00-13:00"),
        ("明天中午12点", "11.24 12:00-14:00"),
        ("明天上午10点-下午2点", "11.24 10:00-14:00"),
        ("大后天晚上7点", "11.26 19:00-21:00"),
        ("下周三上午", "12.2 9:00-12:00"),
        ("周三三点", "11.25 15:00-17:00"),
        ("星期天下午", "11.29 14:00-18:00"),
        ("周六、周日上午", "11.28 9:00-12:00 | 11.29 9:00-12:00"),
        ("周六下午三点以后", "11.28 15:00-18:00"),
        ("周六下午3点左右吧", "11.28 15:00-17:00"),
        ("周一上午", "11.30 9:00-12:00"),
        ("周一下午5点", "11.23 17:00-19:00"),
        ("12/3 下午", "12.3 14:00-18:00"),
        ("12.3 9-11", "12.3 9:00-11:00"),
        ("2026-12-03 9:00-11:00", "12.3 9:00-11:00"),
        ("十二月三号上午", "12.3 9:00-12:00"),
        ("28号上午", "11.28 9:00-12:00"),
        ("3号 10点", "12.3 10:00-12:00"),
        ("今天下午", "11.23 14:30-18:00"),
        ("后天都可以，上午", "11.25 9:00-12:00"),
        ("明天上午或者周六上午", "11.24 9:00-12:00 | 11.28 9:00-12:00"),
        ("Tomorrow morning", "11.24 9:00-12:00"),
        ("tomorrow at 3pm or Saturday between 10 and 12", "11.24 15:00-17:00 | 11.28 10:00-12:00"),
        ("tomorrow afternoon or Saturday morning", "11.24 14:00-18:00 | 11.28 9:00-12:00"),
        ("Sat 10-2 pm", "11.28 10:00-14:00"),
        ("Sat 9 am - 11 am", "11.28 9:00-11:00"),
        ("Sat 2-4pm", "11.28 14:00-16:00"),
        ("on Dec 3 at 2:30 pm", "12.3 14:30-16:30"),
        ("3 December 9-11", "12.3 9:00-11:00"),
        ("3rd Dec, 9 to 11", "12.3 9:00-11:00"),
        ("next Saturday 10:00", "12.5 10:00-12:00"),
        ("day after tomorrow, 9-11 in the morning", "11.25 9:00-11:00"),
        ("2pm tomorrow", "11.24 14:00-16:00"),
        ("9-11 on Saturday or 10am Dec 3", "11.28 9:00-11:00 | 12.3 10:00-12:00"),
        ("9点到11点 明天", "11.24 9:00-11:00"),
        ("明天 9 点到 11 点", "11.24 9:00-11:00"),
        ("12 月 3 日 下午 2 点", "12.3 14:00-16:00"),
        ("明后天上午", "11.24 9:00-12:00 | 11.25 9:00-12:00"),
        ("周末下午", "11.28 14:00-18:00 | 11.29 14:00-18:00"),
        ("周三周四上午", "11.25 9:00-12:00 | 11.26 9:00-12:00"),
        ("周六下午可以吗？", "11.28 14:00-18:00"),
        ("好的，那就周六下午3点吧", "11.28 15:00-17:00"),
        ("Ok, how about Saturday 2pm?", "11.28 14:00-16:00"),
        ("tonight", "11.23 18:00-20:00"),
        ("明天全天", "11.24 9:00-18:00"),
        ("明天20:00-24:00", "11.24 20:00-0:00"),
    ] {
        assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_no_window_says_why() {
    for (text, why) in [
        ("", Unclear::Words),
        ("随时", Unclear::Words),
        ("明天", Unclear::Words),
        ("明天，周六上午，后天", Unclear::Words),
        ("明天9-11点电话联系", Unclear::Words),
        ("周六下午不行", Unclear::Words),
        ("周六下午不方便，周日不来", Unclear::Words),
        ("除了周六下午都可以", Unclear::Words),
        ("not Saturday 2pm", Unclear::Words),
        ("好的", Unclear::Words),
        ("明天25点", Unclear::Words),
        ("明天9:75", Unclear::Words),
        ("明天上午11点到9点", Unclear::Words),
        ("2.30 9-11", Unclear::Words),
        ("13800000000", Unclear::Words),
        ("今天上午", Unclear::Past),
        ("今天13:00-15:00", Unclear::Past),
        ("13:59", Unclear::Past),
        ("12月24日 9点", Unclear::Far),
        ("11月22日 9点", Unclear::Far),
        ("2027-11-23 9:00", Unclear::Far),
        ("明天9点，明天11点，后天9点，后天11点", Unclear::Many),
    ] {
        assert_eq!(read(text), Err(why), "{text}");
    }
}

#[test]
fn of_an_afternoon_what_is_left_may_do() {
    let at_five = |text| windows(text, at(11, 23, 16, 20), Shanghai).map(|found| found.iter().map(shown).collect::<Vec<_>>());
    assert_eq!(at_five("今天下午").unwrap(), ["11.23 16:30-18:00"]);
    assert_eq!(windows("今天下午", at(11, 23, 17, 0), Shanghai), Err(Unclear::Past));
    assert_eq!(at_five("下午3点"), Err(Unclear::Past));
}

#[test]
fn both_are_reminded_twice_and_not_of_what_they_have_just_agreed_on() {
    let agreed = |at: Millis| Agreed {
        window: Window { from: self::at(11, 25, 9, 0), to: self::at(11, 25, 11, 0) },
        at,
        told: Mark::Nothing,
    };
    let patience = 10 * MINUTE;
    let early = agreed(now());
    assert_eq!(early.next(Shanghai, patience), Some(at(11, 24, 19, 0)));
    assert_eq!(early.due(Shanghai, patience, at(11, 24, 18, 59)), None);
    assert_eq!(early.due(Shanghai, patience, at(11, 24, 19, 0)), Some(Mark::Evening));
    assert_eq!(early.due(Shanghai, patience, at(11, 25, 8, 0)), Some(Mark::Soon), "the evening has passed");
    assert_eq!(early.due(Shanghai, patience, at(11, 25, 9, 10)), Some(Mark::Late));
    let told = Agreed { told: Mark::Evening, ..early };
    assert_eq!(told.next(Shanghai, patience), Some(at(11, 25, 7, 0)));
    assert_eq!(agreed(at(11, 24, 20, 0)).next(Shanghai, patience), Some(at(11, 25, 7, 0)));
    assert_eq!(agreed(at(11, 25, 7, 30)).next(Shanghai, patience), Some(at(11, 25, 9, 10)));
    assert_eq!(Agreed { told: Mark::Late, ..early }.next(Shanghai, patience), Some(at(11, 25, 11, 0)), "its end");
    assert_eq!(early.due(Shanghai, patience, at(11, 25, 11, 0)), Some(Mark::Over));
    assert_eq!(Agreed { told: Mark::Over, ..early }.next(Shanghai, patience), None);
    let short = Agreed { window: Window { to: early.window.from + 5 * MINUTE, ..early.window }, told: Mark::Soon, ..early };
    assert_eq!(short.next(Shanghai, patience), Some(short.window.to), "over before anybody is late");
}

#[test]
fn an_agreed_time_holds_until_another_is_agreed_on() {
    let window = |day| Window { from: at(11, day, 9, 0), to: at(11, day, 11, 0) };
    let mut one = Appointment::default();
    one.offer(vec![window(24), window(25)]);
    assert_eq!(one.picked(1, 1, now()), Some(window(25)));
    assert_eq!((one.picked(1, 2, now()), one.picked(0, 1, now()), one.picked(1, 1, at(11, 25, 9, 0))), (None, None, None));
    assert_eq!((one.agree(window(25), now()), one.sequence()), (None, 0));
    assert_eq!(one.picked(1, 0, now()), None, "decided");
    one.wish("周五", vec![window(27)]);
    assert_eq!((one.window(), one.granted(one.round, 0, now())), (Some(window(25)), Some(window(27))));
    assert_eq!((one.agree(window(27), now()), one.sequence()), (Some(window(25)), 1));
    one.offer(vec![window(28)]);
    assert!(one.orphaned(now()) && !one.orphaned(now()));
    assert_eq!((one.window(), one.ahead(at(11, 27, 9, 0))), (Some(window(27)), None));
    assert_eq!((one.current(at(11, 27, 10, 59)), one.current(at(11, 27, 11, 0))), (Some(window(27)), None));
    let mut over = one.clone();
    assert!(!over.orphaned(at(11, 27, 11, 0)) && over.window().is_none(), "what is over binds nobody");
    assert_eq!((one.call_off(), one.sequence(), one.call_off()), (Some(window(27)), 2, None));
    assert_eq!(Window::parse(&window(24).to_string()), Some(window(24)));
}

proptest! {
    #[test]
    fn nothing_that_is_typed_gives_a_window_of_the_past(text in "(明天|周六|今天|12月3日|tomorrow|Sat)? ?(上午|下午|晚上)?[0-9]{0,2}[:点]?[0-9]{0,2}[-到]?[0-9]{0,2}(点|pm)?.{0,3}") {
        for window in windows(&text, now(), Shanghai).unwrap_or_default() {
            prop_assert!(window.from > now() && window.to > window.from && window.from <= now() + AHEAD && window.to - window.from <= 24 * HOUR);
        }
    }
}
