//! What people type, as a table; and that no words whatever make an amount out of nothing.
use proptest::prelude::*;

use super::*;

fn price(labour: Fen, parts: Fen, call_out: Fen) -> Price {
    Price { labour: labour * 100, parts: parts * 100, call_out: call_out * 100, lump: 0 }
}

fn lump(fen: Fen) -> Price {
    Price { lump: fen, ..Price::default() }
}

#[test]
fn prices_are_read_as_technicians_type_them() {
    let all = price(150, 80, 50);
    for (text, read_as) in [
        ("工时150 配件80 上门50", all),
        ("工时费150，配件费80，上门费50", all),
        ("工时费：150元，配件费：80元，上门费：50元。", all),
        ("人工150块、材料80块、上门50块", all),
        ("上门50工时150配件80", all),
        ("150工时 80配件 50上门", all),
        ("工时150+配件80+上门50=280", all),
        ("工时=150 配件=80 上门=50", all),
        ("工时150 配件80 上门50 一共280", all),
        ("150+80+50", all),
        ("150 80 50", all),
        ("150，80，50", all),
        ("150,80,50", all),
        ("150 + 80 + 50 = 280", all),
        ("¥150 + ¥80 + ¥50 = ¥280", all),
        ("labour 150 parts 80 call-out 50", all),
        ("Labor: 150, parts: 80, call out: 50", all),
        ("150 for labour, 80 for parts and 50 for call-out", all),
        ("labour 150 parts 80 call-out 50 total 280", all),
        ("１５０＋８０＋５０", all),
        ("工时１５０　配件８０　上门５０", all),
        ("工时150", price(150, 0, 0)),
        ("工时150 上门50", price(150, 0, 50)),
        ("150+80", price(150, 80, 0)),
        ("一共280", lump(28_000)),
        ("总共280块", lump(28_000)),
        ("一口价 280 元", lump(28_000)),
        ("280 in total", lump(28_000)),
        ("total 280", lump(28_000)),
        ("280", lump(28_000)),
        ("收了280", lump(28_000)),
        ("￥280", lump(28_000)),
        ("人民币280元", lump(28_000)),
        ("280.", lump(28_000)),
        ("280.5", lump(28_050)),
        ("280.05", lump(28_005)),
        ("12块5", lump(1_250)),
        ("12块5毛", lump(1_250)),
        ("1,280", lump(128_000)),
        ("1,280.50 元", lump(128_050)),
        ("1000000", lump(MOST)),
        ("1,000,000.00", lump(MOST)),
        ("0", lump(0)),
    ] {
        assert_eq!(read(text), Ok(read_as), "{text}");
    }
}

#[test]
fn what_is_not_plain_is_not_guessed() {
    for text in [
        "",
        "  ",
        "便宜点",
        "到了再说",
        "工时",
        "工时一百五",
        "工时150 280",
        "工时150 工时80",
        "150 80 50 20",
        "-50",
        "150-80",
        "工时-150",
        "280.555",
        "1.2.3",
        "1e3",
        "三百",
        "大概280",
        "280或300",
        "280~300",
        "workshop 280",
        "¥",
        "+",
    ] {
        assert_eq!(read(text), Err(Unread::Unclear), "{text}");
    }
    assert_eq!(read(&"1 ".repeat(200)), Err(Unread::Unclear));
    for text in ["1000000.01", "1000001", "99999999999999999999999999", "工时600000 配件600000", "一共1000000.01"] {
        assert_eq!(read(text), Err(Unread::TooMuch), "{text}");
    }
    for (text, sum, said) in [("工时150 配件80 一共300", 23_000, 30_000), ("150+80+50=300", 28_000, 30_000)] {
        assert_eq!(read(text), Err(Unread::Sum { sum, said }), "{text}");
    }
}

#[test]
fn amounts_are_shown_to_the_fen() {
    for (fen, text) in [(0, "¥0"), (5, "¥0.05"), (28_000, "¥280"), (28_050, "¥280.50"), (MOST, "¥1000000")] {
        assert_eq!(shown(fen), text);
        assert_eq!(amount(text), Ok(fen));
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_read_again(labour in 0..=MOST / 3, parts in 0..=MOST / 3, call_out in 0..=MOST / 3, divided: bool) {
        let one = if divided { Price { labour, parts, call_out, lump: 0 } } else { lump(labour + parts) };
        let again = read(&one.shown());
        prop_assert_eq!(again.map(|price| price.total()), Ok(one.total()));
        if one.total() > 0 {
            prop_assert_eq!(again, Ok(one));
        }
    }

    #[test]
    fn whatever_is_typed_stays_within_bounds(text in "\\PC{0,60}|[0-9,.+=¥元块 工时配件上门一共]{0,40}") {
        if let Ok(price) = read(&text) {
            prop_assert!(text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)), "{}", text);
            prop_assert!((0..=MOST).contains(&price.total()));
            for part in [price.labour, price.parts, price.call_out, price.lump] {
                prop_assert!((0..=MOST).contains(&part));
            }
        }
    }
}
