//! Reading addresses, as a person would judge them. Each line of [`CASES`] is `text | answer`, and below a `#` the rule that it stands for.
use std::sync::LazyLock;

use baoxiu::coverage::{Level, Location, Matcher, Outcome, Rule, Served, normalise, seed};
use proptest::prelude::*;

static ROWS: LazyLock<Vec<seed::Row>> = LazyLock::new(|| seed::parse(seed::BUILTIN).unwrap());
static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher::with_areas(ROWS.iter().map(|r| (&r.code, &r.name))).unwrap());
static SERVED: LazyLock<Served> = LazyLock::new(|| Served::new(ROWS.iter().map(|r| r.code.clone())));

/// `text | outcome codes`: `=` sure, `?` several, `+` missing, `-` none.
const CASES: &str = include_str!("coverage/rules.txt");

fn short(location: &Location) -> String {
    let code = location.code.clone().into_iter();
    match location.outcome {
        Outcome::Sure => format!("= {}", code.collect::<String>()),
        Outcome::Missing => format!("+ {}", code.collect::<String>()),
        Outcome::Several => format!("? {}", location.candidates.join(" ")),
        Outcome::None => "-".to_owned(),
    }
}

#[test]
fn addresses_are_read_as_a_person_reads_them() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (text, expected) = line.split_once(" | ").unwrap();
        let location = MATCHER.locate(text);
        count += 1;
        if short(&location) != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  got      {}  {:?}", short(&location), location.reasons));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Own cases of every kind: kind, text, answer.
const OWN: &str = include_str!("coverage/cases.tsv");

#[test]
fn own_cases_of_every_kind_are_read() {
    let mut wrong = Vec::new();
    let lines: Vec<&str> = OWN.lines().filter(|l| !l.starts_with('#')).collect();
    assert!(lines.len() >= 300, "{}", lines.len());
    for line in lines {
        let (kind, text, expected) =
            line.split_once('\t').and_then(|(k, l)| Some((k, l.split_once('\t')?))).map(|(k, (t, e))| (k, t, e)).unwrap();
        let location = MATCHER.locate(text);
        if short(&location) != expected {
            wrong.push(format!("{kind} {text}\n  expected {expected}\n  got      {}  {:?}", short(&location), location.reasons));
        }
        if kind.starts_with("neg") {
            assert_eq!(SERVED.covers(&MATCHER, &location), None, "{text}");
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_rest_is_kept_as_typed() {
    for (text, rest) in [
        ("辽宁省兴城市 兴海南路二段５號", "兴海南路二段５號"),
        ("東莞市虎門鎮連升路6號", "連升路6號"),
        ("四川省成都市武侯区浆洗街街道1号", "浆洗街街道1号"),
        ("建设路8号，四川省成都市武侯区", "建设路8号"),
        ("3号楼，成都市武侯区浆洗街", "3号楼，成都市武侯区浆洗街"),
        ("温州仰义街道后京村", "仰义街道后京村"),
        ("锁坏了", "锁坏了"),
        ("武侯区浆洗街1号，成都", "浆洗街1号"),
        ("上海花园5号楼2单元", "上海花园5号楼2单元"),
        ("大连上海花园3号楼", "上海花园3号楼"),
        ("88 Zhongshan Road, Zhongshan District, Dalian", "88 Zhongshan Road"),
        ("My safe will not open, 88 Zhongshan Road, Zhongshan District, Dalian, 13800000000 Ms Green", "88 Zhongshan Road"),
        ("Flat 5B, Tower 2, Century Garden, Pudong New Area, Shanghai, China", "Flat 5B, Tower 2, Century Garden"),
        ("Dalian, Zhongshan District", ""),
    ] {
        assert_eq!(MATCHER.locate(text).rest, rest, "{text}");
    }
}

#[test]
fn an_answer_within_a_scope_may_be_bare() {
    for (text, scope, expected) in [
        ("鼓楼", "350100", "= 350102"),
        ("鼓楼区", "320100", "= 320106"),
        ("武侯", "510000", "= 510107"),
        ("虎门", "441900", "= 441900121"),
        ("和平", "120000", "= 120101"),
        ("福州市鼓楼区", "510100", "= 350102"),
        ("不知道", "350100", "-"),
        ("鼓楼区", "999999", "? 320106 320302 350102 410204"),
    ] {
        assert_eq!(short(&MATCHER.locate_within(text, scope)), expected, "{text} within {scope}");
    }
}

#[test]
fn reasons_quote_the_text() {
    let location = MATCHER.locate("我住遼寧兴城市");
    let said: Vec<_> = location.reasons.iter().map(|r| (r.words.as_str(), r.code.as_str())).collect();
    assert_eq!(said, [("遼寧", "210000"), ("兴城市", "211481")]);
    let json = serde_json::to_string(&location).unwrap();
    assert!(json.contains(r#""outcome":"sure""#) && json.contains(r#""kind":"short""#), "{json}");
    assert_eq!(serde_json::from_str::<Location>(&json).unwrap(), location);
}

#[test]
fn served_areas_are_covered_and_no_others() {
    for (text, covered) in [
        ("辽宁省葫芦岛市兴城市古城街道", Some(true)),
        ("北京市海淀区", Some(true)),
        ("成都市武侯区", Some(false)),
        ("中山市东升镇同茂村", Some(true)),
        ("中山市小榄镇", None),
        ("中山市石岐街道", Some(false)),
        ("北京市", None),
        ("锁坏了", None),
    ] {
        assert_eq!(SERVED.covers(&MATCHER, &MATCHER.locate(text)), covered, "{text}");
    }
    assert_eq!(SERVED.covers_code(&MATCHER, "211481100"), Some(true));
    assert_eq!(SERVED.covers_code(&MATCHER, "nonsense"), None);
}

#[test]
fn every_served_area_is_found_by_its_full_name() {
    assert_eq!(ROWS.len(), 385);
    assert_eq!(seed::check(&ROWS, &Matcher::builtin().unwrap()), []);
    for row in ROWS.iter() {
        let location = MATCHER.locate(&row.name);
        assert_eq!(location.code.as_ref(), Some(&row.code), "{}", row.name);
        assert_eq!(SERVED.covers(&MATCHER, &location), Some(true), "{}", row.name);
        assert_eq!(MATCHER.full_name(&row.code).as_ref(), Some(&row.name));
    }
}

#[test]
fn an_area_is_known_by_every_name_that_the_list_gives_it() {
    let rows =
        seed::parse("code,name,aliases\n211481,辽宁省葫芦岛市兴城市,觉华湾 滨海新城\n610621,陕西省延安市延长县,\n").unwrap();
    assert_eq!(rows[0].aliases, ["觉华湾", "滨海新城"]);
    let names = rows.iter().flat_map(|row| std::iter::once(&row.name).chain(&row.aliases).map(|name| (row.code.clone(), name)));
    let matcher = Matcher::with_areas(names).unwrap();
    for text in ["滨海新城3号楼", "葫芦岛觉华湾兴海路3号"] {
        let location = matcher.locate(text);
        assert_eq!(location.code.as_deref(), Some("211481"), "{text}");
        assert_ne!(MATCHER.locate(text).code.as_deref(), Some("211481"), "{text}");
    }
    let problems = seed::parse("code,name,aliases\n211481,辽宁省葫芦岛市兴城市,城\n610621,陕西省延安市延长县,a,b\n").unwrap_err();
    assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn the_list_of_served_areas_is_checked() {
    let problems = seed::parse("code,name\n1234,兴城市\n211481\n211481,兴城市\n211481,兴城市\n").unwrap_err();
    assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [2, 3, 5]);
    assert_eq!(seed::parse("211481,兴城市").unwrap_err()[0].line, 1);
    let rows = seed::parse("\u{feff}code,name\r\n# ours\r\n211481,辽宁省葫芦岛市绥中县\r\n990101,某地\r\n").unwrap();
    assert_eq!(seed::check(&rows, &MATCHER).iter().map(|p| p.line).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn areas_know_their_surroundings() {
    assert_eq!(MATCHER.full_name("110108").as_deref(), Some("北京市海淀区"));
    assert_eq!(
        MATCHER.area("211481").map(|a| (a.name, a.level, a.parent)),
        Some(("兴城市".to_owned(), Level::County, Some("211400".to_owned())))
    );
    assert_eq!(MATCHER.children("211400"), ["211402", "211403", "211404", "211421", "211422", "211481"]);
    assert!(MATCHER.children("441900").contains(&"441900121".to_owned()));
    assert!(MATCHER.children("211481").is_empty());
    assert_eq!(MATCHER.province_of("441900121").as_deref(), Some("440000"));
    assert_eq!(MATCHER.area("123"), None);
    let named = MATCHER.named("兴城市，成都武侯 110108、鼓楼区 胡说 兴城市");
    let counts: Vec<_> = named.iter().map(|n| (&*n.words, n.codes.len())).collect();
    assert_eq!(counts, [("兴城市", 1), ("成都武侯", 1), ("110108", 1), ("鼓楼区", 4), ("胡说", 0)]);
}

#[test]
fn near_gives_the_closest_counties() {
    let near = MATCHER.near(39.96, 116.30, 3);
    assert_eq!(near.len(), 3);
    assert_eq!(near[0].code, "110108");
    assert!(near.windows(2).all(|w| w[0].km <= w[1].km));
    assert!(MATCHER.near(f64::NAN, 0.0, 3).is_empty());
}

#[test]
fn areas_from_outside_join_or_are_refused() {
    let matcher = Matcher::with_areas([("511199001", "四川省乐山市"), ("110108", "海淀特区")]);
    assert!(matcher.is_err(), "an area needs a name of its own");
    let matcher = Matcher::with_areas([("110108", "海淀特区")]).unwrap();
    assert_eq!(short(&matcher.locate("北京海淀特区")), "= 110108");
    assert!(Matcher::with_areas([("x", "某地")]).is_err());
}

fn county() -> impl Strategy<Value = (String, String)> {
    any::<prop::sample::Index>().prop_map(|index| {
        let row = &ROWS[index.index(ROWS.len())];
        (row.code.clone(), row.name.clone())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,60}|[省市区县州东西南北中山海河新城安平路街0-9a-z ，\u{200b}]{0,60}|.{0,20}") {
        let location = MATCHER.locate(&text);
        prop_assert!(text.contains(&location.rest));
        prop_assert!(location.reasons.iter().all(|r| text.contains(&r.words)));
        prop_assert_eq!(location.outcome == Outcome::None, location.code.is_none() && location.candidates.is_empty());
        prop_assert_eq!(location.outcome == Outcome::Several, location.candidates.len() > 1);
        let within = MATCHER.locate_within(&text, "350100");
        prop_assert!(text.contains(&within.rest));
    }

    #[test]
    fn any_unicode_of_any_length_is_answered(text in prop::collection::vec(any::<char>(), 0..4096).prop_map(String::from_iter)) {
        let location = MATCHER.locate(&text);
        prop_assert!(text.contains(&location.rest));
        if location.reasons.is_empty() && location.code.is_none() && location.candidates.is_empty() {
            prop_assert_eq!(SERVED.covers(&MATCHER, &location), None, "covered, though nothing matched");
        }
    }

    #[test]
    fn the_order_of_levels_does_not_matter((code, _) in county(), seed in 0usize..6, tail in "[0-9]{1,3}号") {
        let mut names = Vec::new();
        let mut at = Some(code.clone());
        while let Some(area) = at.and_then(|c| MATCHER.area(&c)) {
            names.push(area.name);
            at = area.parent;
        }
        let by = seed % names.len().max(1);
        names.rotate_left(by);
        if seed >= 3 {
            names.reverse();
        }
        prop_assert_eq!(MATCHER.locate(&format!("{} {tail}", names.join(" "))).code, Some(code));
    }

    #[test]
    fn province_and_city_in_front_never_lose_a_sure_answer((code, _) in county(), tail in "(人民|建设|和平)路[0-9]{1,3}号") {
        let area = MATCHER.area(&code).unwrap();
        let bare = format!("{}{tail}", area.name);
        if MATCHER.locate(&bare).outcome == Outcome::Sure {
            let above = area.parent.and_then(|p| MATCHER.full_name(&p)).unwrap_or_default();
            prop_assert_eq!(MATCHER.locate(&format!("{above}{bare}")).code, Some(code));
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,60}|.{0,40}") {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn a_longer_text_is_cut_not_refused(text in "[市区 a]{0,9}", times in 1000usize..2000) {
        let long = text.repeat(times);
        prop_assert!(long.contains(&MATCHER.locate(&long).rest));
    }

    #[test]
    fn the_full_name_in_front_keeps_a_sure_answer((code, name) in county(), tail in "[0-9]{1,3}号(楼[0-9]单元)?|[0-9]栋[0-9]{3}室") {
        prop_assert_eq!(MATCHER.locate(&format!("{name}{tail}")).code, Some(code.clone()));
        let own = MATCHER.area(&code).unwrap().name;
        let bare = MATCHER.locate(&format!("{own}{tail}"));
        if bare.outcome == Outcome::Sure {
            prop_assert_eq!(bare.code, Some(code.clone()));
        }
        let spaced: String = name.chars().flat_map(|c| [c, ' ']).collect();
        prop_assert_eq!(MATCHER.locate(&format!("{spaced}{tail}")).code, Some(code));
    }
}

/// A rule that no case needs could be broken, or left out, and nobody would know.
#[test]
fn every_rule_is_needed_by_a_case() {
    let mut matcher = Matcher::with_areas(ROWS.iter().map(|r| (&r.code, &r.name))).unwrap();
    let rules = CASES.lines().filter_map(|l| l.split_once(" | "));
    let own = OWN.lines().filter_map(|l| l.split_once('\t').and_then(|(_, l)| l.split_once('\t')));
    let cases: Vec<_> = rules.chain(own).filter(|(text, _)| !text.starts_with('#')).collect();
    let mut idle = Vec::new();
    for &rule in Rule::ALL {
        matcher.leave_out(Some(rule));
        if cases.iter().all(|(text, expected)| short(&matcher.locate(text)) == *expected) {
            idle.push(rule);
        }
    }
    assert!(idle.is_empty(), "no case needs {idle:?}");
}
