//! Words that are meant to break something, from the first message to the last card.
use baoxiu::sandbox::{ADMIN, CREW, LI, User, WANG};
use serde_json::json;

use crate::town::Town;

stories!(markup_is_shown_as_it_was_written, four_thousand_characters_everywhere, names_and_titles);

const HANDS: [(i64, &str, &str); 1] = [(LI, "李师傅", "13911112222")];

async fn markup_is_shown_as_it_was_written(town: &mut Town) {
    town.opens().await;
    town.knows(&HANDS).await;
    let (wang, group, li, admin) = (town.person(WANG), town.of(LI, CREW), town.person(LI), town.person(ADMIN));
    wang.says("/report");
    wang.hears("哪里出了问题").await;
    wang.says("密码忘了");
    wang.hears("请描述一下情况").await;
    let problem = "<b>打不开</b></a> & &amp; \"'` javascript:alert(1) https://example.com/?a=1&b=2 👨\u{200d}👩\u{200d}👧🇨🇳 \
                   \u{202e}来过倒\u{202c}\u{2066}\u{0}\u{7}שלום";
    let shown =
        "<b>打不开</b></a> & &amp; \"'` javascript:alert(1) https://example.com/?a=1&b=2 👨\u{200d}👩\u{200d}👧🇨🇳 来过倒שלום";
    wang.says(problem);
    wang.hears("请告诉我地址").await;
    wang.says("兴城市兴海路3号<i>2单元</i>\u{200b}\u{202e}");
    wang.hears("留一个联系电话").await;
    wang.says("13800000001 王女士");
    wang.hears("什么时候方便").await;
    wang.says("周六下午 <code>3点</code> & 以后");
    let review = wang.hears("请核对").await;
    assert!(review.text.contains(shown) && review.text.contains("<i>2单元</i>"), "{review}");
    wang.taps("提交报修").await;
    group.hears("BX-1001").await;
    group.taps("接单").await;
    let card = li.hears("您已接单").await;
    assert!(card.text.contains(shown) && card.text.contains("<i>2单元</i>"), "{card}");
    assert!(card.text.contains("<code>3点</code> & 以后"), "{card}");
    // The bot's own words stand behind the customer's in the same direction as before.
    let line = card.text.lines().find(|l| l.contains("שלום")).unwrap();
    let (from, to) = (line.find('\u{2068}').expect("set apart"), line.rfind('\u{2069}').expect("set apart"));
    assert!(from < line.find("שלום").unwrap() && to > line.rfind("שלום").unwrap(), "{line:?}");
    assert!(!card.text.contains(['\u{202e}', '\u{202c}', '\u{2066}', '\u{0}', '\u{7}', '\u{200b}']), "{card}");

    wang.says("</b><a href=\"tg://user?id=1\">补充</a>");
    li.sees("</b><a href=\"tg://user?id=1\">补充</a>").await;
    crate::opens_and_finishes(&li, "换了<锁芯> & 测试\u{202e}常正").await;
    let told = wang.hears("修好了吗").await;
    assert!(told.text.contains("说明：换了<锁芯> & 测试常正"), "{told}");
    admin.says("/ticket 1001");
    admin.hears("的经过").await;
    admin.sees("</b><a href=\"tg://user?id=1\">补充</a>").await;
    // Nothing that a person wrote became a link, bold or code.
    let styled = |m: &baoxiu::sandbox::ChatMessage| {
        let kinds: Vec<_> = m.entities.iter().filter_map(|e| e["type"].as_str().map(str::to_owned)).collect();
        kinds.iter().any(|k| ["text_link", "code", "italic", "text_mention"].contains(&&**k))
    };
    for chat in [WANG, LI, ADMIN, CREW] {
        assert!(!town.world.messages(chat).iter().any(|m| m.from_bot && styled(m)), "somebody's words became markup");
    }
    for message in town.world.messages(CREW) {
        for secret in ["打不开</b>", "兴海路", "王女士", "3点"] {
            assert!(!message.words().contains(secret), "the group was shown {secret}: {message}");
        }
    }
}

async fn four_thousand_characters_everywhere(town: &mut Town) {
    town.opens().await;
    let (wang, group, li) = (town.person(WANG), town.of(LI, CREW), town.person(LI));
    let long = |one: &str| one.repeat(4096 / one.encode_utf16().count());
    wang.says("/report");
    wang.hears("哪里出了问题").await;
    wang.says(&long("🔧"));
    wang.hears("没听明白").await;
    wang.says("密码忘了");
    wang.hears("请描述一下情况").await;
    wang.says(&long("&"));
    wang.hears("请告诉我地址").await;
    wang.says(&format!("兴城市兴海路3号{}", "<".repeat(4080)));
    wang.hears("留一个联系电话").await;
    wang.says(&format!("13800000001{}", long("水\u{301}\u{302}\u{303}\u{304}\u{305}").chars().take(4000).collect::<String>()));
    wang.hears("什么时候方便").await;
    wang.says(&long("ש"));
    wang.hears("请核对").await;
    wang.taps("改称呼").await;
    wang.hears("请问怎么称呼您").await;
    wang.says(&long("👨\u{200d}👩\u{200d}👧"));
    wang.hears("请写姓名或称呼").await;
    wang.says(&long("王<&"));
    wang.hears("请核对").await;
    wang.taps("提交报修").await;
    let offer = group.hears("BX-1001").await;
    assert!(offer.text.encode_utf16().count() <= 4096, "{offer}");
    // The first claim asks for a name: as long a one as Telegram carries.
    town.world.start(LI, None);
    li.hears("这里是报修服务").await;
    group.taps("接单").await;
    li.hears("顾客怎么称呼您").await;
    li.says(&long("<b>&"));
    li.hears("您的工作电话").await;
    li.says("13911112222");
    let card = li.hears("您已接单").await;
    assert!(card.text.encode_utf16().count() <= 4096 && card.text.contains("13800000001"), "{card}");
    let told = wang.hears("已接单，会尽快联系您").await;
    assert!(told.text.contains("<b>&<b>&"), "{told}");
    for _ in 0..3 {
        wang.says(&long("注"));
        wang.hears("已转告师傅").await;
    }
    crate::opens_and_finishes(&li, &long("\u{202e}好")).await;
    wang.hears("修好了吗").await;
    wang.taps("还没修好").await;
    wang.hears("还有什么问题").await;
    wang.says(&long("\u{0}漏"));
    li.hears("顾客说还没修好").await;
    li.sees("漏漏漏").await;
    let admin = town.person(ADMIN);
    admin.says("/ticket 1001");
    let story = admin.hears("的经过").await;
    assert!(story.text.encode_utf16().count() <= 4096 && story.text.contains("补充情况"), "{story}");
    // Whoever floods with towers of marks or with nothing at all is answered like anybody.
    let flood = town.person(baoxiu::sandbox::CHEN);
    for words in [long("\u{301}"), long("\u{200b}"), long("\u{202e}"), long("\u{e0041}"), long("\u{2800}")] {
        flood.says(&words);
        flood.hears("没明白您的意思").await;
    }
}

async fn names_and_titles(town: &mut Town) {
    const MAL: i64 = 8_100_000_001;
    const GROUP: i64 = -1_001_900_000_001;
    const EMPTY: i64 = -1_001_900_000_002;
    let name = "<b>\u{202e}liaM</b> & \u{0}שם";
    town.world.add_user(User {
        id: MAL,
        first_name: name.to_owned(),
        last_name: Some("\u{2067}\u{200b}".to_owned()),
        language_code: Some("zh-hans\u{0}'; --".to_owned()),
        ..User::default()
    });
    for (chat, title) in [(GROUP, "</b><a href=\"x\">\u{202e}班一& 🔧"), (EMPTY, "\u{200b}\u{3164}")] {
        town.world.add_group(chat, title, ADMIN);
    }
    town.opens().await;
    for chat in [GROUP, EMPTY] {
        town.world.add_bot(chat, ADMIN, true);
        let admin = town.of(ADMIN, chat);
        admin.hears("大家好").await;
        admin.says("/bind 新疆维吾尔自治区");
        admin.hears("✓ 本群已设为班组").await;
        admin.says("/bind <b>\u{202e}&</b>");
        admin.hears("<b>&</b>").await;
    }
    let (mal, admin) = (town.person(MAL), town.person(ADMIN));
    mal.says("/start");
    mal.hears("这里是报修服务").await;
    town.world.send_fields(MAL, MAL, json!({"contact": {"phone_number": "13800000001", "first_name": name, "user_id": MAL}}));
    mal.hears("没明白您的意思").await;
    // To the desk, since nobody covers it: the crews that it can be handed to are named, whatever they are called.
    let ticket = town.reports(MAL, "湖北省武汉市江岸区沿江大道1号 密码忘了 13800000001 王女士").await;
    admin.hears(&ticket).await;
    admin.taps("转给班组").await;
    let choice = admin.hears("转给哪个班组").await;
    let labels: Vec<_> = choice.inline.iter().flatten().map(|b| b.text.as_str()).collect();
    assert!(labels.contains(&"</b><a href=\"x\">班一& 🔧") && labels.contains(&"…"), "{labels:?}");
    admin.taps("班一").await;
    admin.hears("已转给</b><a href=\"x\">班一& 🔧").await;
    town.of(ADMIN, GROUP).sees(&ticket).await;
}
