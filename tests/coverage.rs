//! Reading addresses, as a person would judge them. Each line of [`CASES`] is `text | answer`, and below a `#` the rule that it stands for.
use std::sync::LazyLock;

use baoxiu::coverage::{Level, Location, Matcher, Outcome, Served, normalise, seed};
use proptest::prelude::*;

static ROWS: LazyLock<Vec<seed::Row>> = LazyLock::new(|| seed::parse(seed::BUILTIN).unwrap());
static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher::with_areas(ROWS.iter().map(|r| (&r.code, &r.name))).unwrap());
static SERVED: LazyLock<Served> = LazyLock::new(|| Served::new(ROWS.iter().map(|r| r.code.clone())));

/// `text | outcome codes`: `=` sure, `?` several, `+` missing, `-` none.
const CASES: &str = "
# written in full
辽宁省葫芦岛市兴城市古城街道兴海南路二段5号 | = 211481
北京市海淀区中关村大街甲28号 | = 110108
河北省石家庄市新华区合作路12号 | = 130105
海南省琼海市嘉积镇银海路3号 | = 469002100
广东省东莞市虎门镇连升路6号 | = 441900121
新疆维吾尔自治区石河子市北四路 | = 659001

# short names
辽宁兴城古城街道 | = 211481
兴城市四家屯街道 | = 211481
北京海淀学院路30号 | = 110108
陕西延安延长七里村街道 | = 610621
黔东南镇远舞阳镇 | = 522625
内蒙古呼伦贝尔扎兰屯兴华街道 | = 150783
科左中旗保康镇 | = 150521

# a level left out
河北玉田县无终大街 | = 130229
杭州市桐庐县城南街道 | = 330122
襄阳枣阳市北城街道 | = 420683

# old names
陕西省户县人民路7号 | = 610118
湖北省襄樊市襄城区檀溪路 | = 420602
云南省路南彝族自治县石林镇 | = 530126
江苏省南京市江宁县东山镇 | = 320115

# a town that belongs to another county now
浙江省杭州市余杭区乔司街道3号 | = 330113

# towns speak for their county
七里海镇北移民村 | = 120117
江苏省常熟市海虞镇盛虞大道1号 | = 320581
温州仰义街道后京村 | = 330302

# where service is by town
东莞厚街镇体育路 | = 441900122
东莞市厚街体育路8号 | = 441900122
东莞市鸿福路200号 | + 441900
儋州市那大镇中兴大街 | = 460400100
海南省澄迈县 | + 469023
中山市东升镇同茂村 | = 442000104
嘉峪关市新华中路 | = 620200

中山小榄 | = 442000118
东升镇 | ? 230717 360430 421081 511322 620421 442000104

# a town's name that runs into the next word
普洱镇沅3号楼 | = 530825
安庆三桥镇 | = 340822

# same name, parent known
沈阳市铁西区建设东路 | = 210106
鞍山铁西区人民路 | = 210303
福州鼓楼区东街口 | = 350102
吉林省辽源市西安区人民大街 | = 220403

# same name, parent unknown
鼓楼区中山路5号 | ? 320106 320302 350102 410204
我在铁东这边，3号楼 | ? 210302 220303

# only a city or province
我在赣州市 | + 360700
四川 | + 510000
杭州市文三路100号 | + 330100
长沙 | + 430100

# traditional script, full width, separators
遼寧省葫蘆島市興城市 | = 211481
福建省　福州市　鼓樓區　５４號 | = 350102
辽 宁 省 兴-城-市 | = 211481
收货人：王五，电话 13900139000；地址：四川省/成都市/武侯区/浆洗街1号 | = 510107

# Latin letters
huludao xingcheng | = 211481
sichuansheng chengdushi wuhouqu | = 510107
成都市wuhouqu浆洗街 | = 510107

# nearly right
四川省成都市武候区浆洗街1号 | = 510107
辽宁省葫芦岛兴诚市3号楼 | = 211481
陕西省延安市沿长县 | = 610621
浙江省杭州市桐芦县 | = 330122
广东省梅州市岭蕉县 | = 441427

# roads and things are no places
北京路12号 | -
中山东一路18号 | -
鼓楼大街5号院 | -
成都市武侯区西安北路3号 | = 510107
沙县小吃的卷帘门坏了 | -
和平大厦5楼 | -

# the rest of the world
英国伦敦贝克街221号 | -
美国纽约第五大道 | -

# no address
指纹锁打不开了 | -
多少钱？ | -
上门要等多久 | -
12345 | -

# corrections
不是成都市武侯区，是成都市锦江区春熙路 | = 510104
写错了，不在沈阳市铁西区，在鞍山市铁西区 | = 210303
原来住南京市鼓楼区，现在搬到福州市鼓楼区东街 | = 350102
地址填的苏州市吴中区不对，改成无锡市滨湖区蠡湖大道 | = 320211

# a name that contradicts the city before it is not taken from elsewhere
成都市铁西区人民路 | + 510100

# written last
建设路8号，四川省成都市武侯区 | = 510107

# everything twice
四川省成都市四川省成都市武侯区 | = 510107

# inside a sentence
麻烦师傅来一趟，我家在四川省成都市武侯区浆洗街，锁坏了 | = 510107
";

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
    assert_eq!(MATCHER.find_areas("兴城市，成都武侯 110108、鼓楼区 胡说 兴城市"), ["211481", "510107", "110108"]);
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
