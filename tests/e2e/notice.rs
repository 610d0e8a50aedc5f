//! Notices: from the admin's message to everybody's chat, whatever happens on the way.
use std::collections::HashMap;
use std::time::{Duration, Instant};

use baoxiu::sandbox::{ADMIN, CREW, ChatMessage, EMILY, Fault, Harm, User, WANG};
use baoxiu::store::{Unit, person};
use baoxiu::vocabulary::lang::Lang;
use serde_json::{Value, json};

use crate::people::Person;
use crate::town::Town;

stories!(
    a_notice_arrives_as_it_was_written,
    files_arrive_with_their_captions,
    what_telegram_refuses_is_not_sent,
    paused_gone_on_and_stopped,
    a_restart_in_the_middle_forgets_nobody,
    a_customer_is_answered_while_a_notice_is_sent,
    a_notice_leaves_at_the_pace_that_is_allowed,
    a_notice_that_is_paid_for_leaves_faster,
);

const FIRST: i64 = 10_000;

/// People who have started the bot before.
async fn crowd(town: &Town, count: i64) {
    let db = town.db().await;
    let mut tx = db.begin().await.unwrap();
    for id in FIRST..FIRST + count {
        town.world
            .add_user(User { id, first_name: "顾客".to_owned(), language_code: Some("zh".to_owned()), ..User::default() });
        let mut one = person::lock(&mut Unit::alone(&mut tx), db.sealer(), id, Lang::Zh).await.unwrap();
        one.reachable = true;
        person::write(&mut Unit::alone(&mut tx), db.sealer(), &one).await.unwrap();
    }
    tx.commit().await.unwrap();
    db.close().await;
    for id in FIRST..FIRST + count {
        town.world.begin(id);
    }
}

/// The admin chooses everybody and says yes.
async fn sends_to_all(admin: &Person) -> ChatMessage {
    admin.hears("发给谁").await;
    admin.taps("全体顾客").await;
    let question = admin.hears("将发给").await;
    admin.taps("发送").await;
    question
}

fn kinds(entities: &[Value]) -> Vec<(&str, i64, i64)> {
    let number = |e: &Value, key: &str| e[key].as_i64().unwrap();
    entities.iter().map(|e| (e["type"].as_str().unwrap(), number(e, "offset"), number(e, "length"))).collect()
}

/// How often each of the crowd got these words.
fn got(town: &Town, count: i64, words: &str) -> HashMap<usize, i64> {
    let mut times = HashMap::new();
    for id in FIRST..FIRST + count {
        *times.entry(town.person(id).count(words)).or_default() += 1;
    }
    times
}

async fn a_notice_arrives_as_it_was_written(town: &mut Town) {
    town.opens().await;
    let (admin, wang, emily) = (town.person(ADMIN), town.person(WANG), town.person(EMILY));
    for one in [&wang, &emily] {
        one.says("/start");
    }
    emily.hears("this is the repair service").await;
    wang.hears("这里是报修服务").await;
    crowd(town, 3).await;
    town.world.block(FIRST + 1);
    admin.says("/broadcast");
    admin.hears("要群发什么").await;
    let link = "https://example.com/?a=1&lt=2";
    let formats = [("bold", 2, 2), ("italic", 3, 1), ("text_link", 13, 2)];
    let written: Vec<Value> = formats
        .iter()
        .map(|(kind, offset, length)| match *kind {
            "text_link" => json!({"type": kind, "offset": offset, "length": length, "url": link}),
            _ => json!({"type": kind, "offset": offset, "length": length}),
        })
        .collect();
    town.world.send_fields(ADMIN, ADMIN, json!({"text": "明天停水 <b> & 😀详情", "entities": written}));
    sends_to_all(&admin).await;
    let words = "明天停水 <b> & 😀详情";
    let heard = wang.hears(words).await;
    assert_eq!(heard.text, format!("{words}\n\n不想再收到通知？发 /mute"));
    let formatting = |m: &ChatMessage| {
        let mut all: Vec<_> = kinds(&m.entities).into_iter().filter(|(_, offset, _)| *offset < 16).collect();
        all.sort();
        all.into_iter().map(|(kind, offset, length)| (kind.to_owned(), offset, length)).collect::<Vec<_>>()
    };
    assert_eq!(formatting(&heard), formats.map(|(kind, offset, length)| (kind.to_owned(), offset, length)));
    assert!(heard.entities.iter().any(|e| e["url"] == link), "{:?}", heard.entities);
    let preview = admin.sees(words).await;
    assert_eq!((&preview.text, &preview.entities), (&heard.text, &heard.entities), "the preview is what everybody gets");
    assert!(emily.hears(words).await.text.ends_with("To stop these messages, send /mute"));
    admin.hears("已发完").await;
    let result = admin.sees("用时").await;
    // The one who blocked the bot a moment ago is known, or met on the way.
    assert!(result.text.contains("已发送 4"), "{result}");
    assert_eq!(got(town, 3, words), HashMap::from([(1, 2), (0, 1)]));
    assert_eq!(town.of(ADMIN, CREW).count(words), 0);
}

async fn files_arrive_with_their_captions(town: &mut Town) {
    town.opens().await;
    let (admin, wang) = (town.person(ADMIN), town.person(WANG));
    wang.says("/start");
    wang.hears("这里是报修服务").await;
    for (kind, words) in [("photo", "照片 <i>"), ("video", "视频 & 说明"), ("document", "文件")] {
        admin.says("/broadcast");
        admin.hears("要群发什么").await;
        match kind {
            "photo" => town.world.send_photo(ADMIN, ADMIN, None, words),
            "video" => town.world.send_video(ADMIN, ADMIN, None, words),
            _ => town.world.send_document(ADMIN, ADMIN, "通知.pdf", b"%PDF".to_vec(), words),
        };
        sends_to_all(&admin).await;
        let heard = wang.hears(words).await;
        assert_eq!((heard.media, heard.protect_content), (Some(kind), false));
        assert!(heard.words().starts_with(words), "{heard}");
        admin.hears("用时").await;
    }
    // To the crews, without the word on how to mute.
    admin.says("/broadcast");
    admin.hears("要群发什么").await;
    admin.says("师傅们辛苦了");
    admin.hears("发给谁").await;
    admin.taps("各班组群").await;
    admin.hears("将发到 1 个群").await;
    admin.taps("发送").await;
    assert_eq!(town.of(ADMIN, CREW).hears("师傅们辛苦了").await.text, "师傅们辛苦了");
}

/// Sends a notice to so many people; gives the question that was asked before, and how long it took from the first to the
/// last of them.
async fn takes(town: &mut Town, people: i64) -> (ChatMessage, Duration) {
    town.opens().await;
    crowd(town, people).await;
    let admin = town.person(ADMIN);
    admin.says("/broadcast");
    admin.hears("要群发什么").await;
    admin.says("停水通知");
    let question = sends_to_all(&admin).await;
    let first = |town: &Town| town.person(FIRST).count("停水通知") > 0;
    while !first(town) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let since = Instant::now();
    // They are served in order.
    while (FIRST + people - 5..FIRST + people).any(|id| town.person(id).count("停水通知") == 0) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let took = since.elapsed();
    admin.hears("用时").await;
    (question, took)
}

async fn a_notice_leaves_at_the_pace_that_is_allowed(town: &mut Town) {
    let took = takes(town, 300).await.1.as_secs_f64();
    println!("300 notices in {took:.1} s: {:.0} % of thirty a second", 300.0 / took / 30.0 * 100.0);
    assert!(took > 300.0 / 30.0 - 1.5, "{took}: no more than is allowed, which the sandbox holds it to as well");
}

async fn a_notice_that_is_paid_for_leaves_faster(town: &mut Town) {
    town.settings.rates.paid = Some(1_000);
    let (question, took) = takes(town, 600).await;
    let took = took.as_secs_f64();
    println!("600 notices in {took:.1} s: {:.0} a second", 600.0 / took);
    assert!(question.text.contains("付费加速") && question.text.contains("60 颗"), "their price is told before: {question}");
    assert!(took < 600.0 / 30.0, "{took}");
}

async fn what_telegram_refuses_is_not_sent(town: &mut Town) {
    town.opens().await;
    let (admin, wang) = (town.person(ADMIN), town.person(WANG));
    wang.says("/start");
    wang.hears("这里是报修服务").await;
    admin.says("/broadcast");
    admin.hears("要群发什么").await;
    town.world.send_photo(ADMIN, ADMIN, None, "坏的");
    admin.hears("发给谁").await;
    town.world.fault(Fault { method: Some("sendPhoto".to_owned()), harm: Harm::status(400), ..Fault::default() });
    admin.taps("全体顾客").await;
    admin.hears("Telegram 不接受").await;
    town.world.clear_faults();
    assert_eq!((wang.count("坏的"), admin.count("将发给")), (0, 0));
}

async fn paused_gone_on_and_stopped(town: &mut Town) {
    const MANY: i64 = 400;
    town.opens().await;
    crowd(town, MANY).await;
    let admin = town.person(ADMIN);
    admin.says("/broadcast");
    admin.hears("要群发什么").await;
    admin.says("慢慢来");
    sends_to_all(&admin).await;
    admin.hears("正在发送").await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    admin.taps("暂停").await;
    admin.hears("已暂停").await;
    let sent = |town: &Town| got(town, MANY, "慢慢来").get(&1).copied().unwrap_or_default();
    let before = sent(town);
    assert!((20..MANY).contains(&before), "paused in the middle: {before}");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(sent(town), before, "nothing leaves while it is paused");
    admin.taps("继续发送").await;
    admin.hears("正在发送").await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    admin.taps("停止").await;
    let result = admin.hears("未发送").await;
    let after = sent(town);
    assert!(before < after && after < MANY, "stopped in the middle: {after}");
    assert!(
        result.text.contains(&format!("已发送 {after} ")) && result.text.contains(&format!("未发送 {}", MANY - after)),
        "{result}"
    );
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(got(town, MANY, "慢慢来"), HashMap::from([(1, after), (0, MANY - after)]));
}

async fn a_restart_in_the_middle_forgets_nobody(town: &mut Town) {
    const MANY: i64 = 200;
    town.opens().await;
    crowd(town, MANY).await;
    for id in 0..5 {
        town.world.block(FIRST + 7 * id);
    }
    let admin = town.person(ADMIN);
    admin.says("/broadcast");
    admin.hears("要群发什么").await;
    admin.says("重启也不怕");
    sends_to_all(&admin).await;
    admin.hears("正在发送").await;
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        town.stops().await;
        town.serves();
    }
    let result = admin.hears("用时").await;
    assert!(result.text.contains("失败 0"), "{result}");
    assert_eq!(got(town, MANY, "重启也不怕"), HashMap::from([(1, MANY - 5), (0, 5)]));
    // Edited at most every three seconds, also across the restarts.
    let requests = town.world.requests();
    let edits = requests.iter().filter(|r| r.method.eq_ignore_ascii_case("editMessageText") && r.params["chat_id"] == ADMIN);
    let times: Vec<i64> =
        edits.filter(|r| r.params["text"].as_str().is_some_and(|t| t.contains("剩余"))).map(|r| r.at_ms).collect();
    assert!(times.len() > 2 && times.is_sorted_by(|a, b| b - a >= 3_000), "edited too often: {times:?}");
}

async fn a_customer_is_answered_while_a_notice_is_sent(town: &mut Town) {
    const MANY: i64 = 600;
    town.opens().await;
    crowd(town, MANY).await;
    let (admin, wang) = (town.person(ADMIN), town.person(WANG));
    admin.says("/broadcast");
    admin.hears("要群发什么").await;
    admin.says("通知");
    sends_to_all(&admin).await;
    admin.hears("正在发送").await;
    let begun = Instant::now();
    let mut longest = Duration::ZERO;
    for n in 1..=8 {
        tokio::time::sleep(Duration::from_millis(1_050)).await;
        let since = Instant::now();
        wang.says("/privacy");
        wang.expects("the answer", |all| all.iter().filter(|m| m.from_bot && m.text.contains("加密存放")).count() == n).await;
        longest = longest.max(since.elapsed());
    }
    let (sent, span) = (got(town, MANY, "通知").get(&1).copied().unwrap_or_default(), begun.elapsed());
    println!("{sent} notices in {span:?} beside answers; the longest answer took {longest:?}");
    assert!(sent < MANY, "the notice was still being sent");
    assert!(longest < Duration::from_secs(3), "a reply waited for a notice: {longest:?}");
}
