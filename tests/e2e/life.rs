//! Start and stop.
use std::time::{Duration, Instant};

use baoxiu::config::Secret;
use baoxiu::sandbox::{CREW, Fault, Harm, LI, TOKEN, WANG};

use crate::people::PATIENCE;
use crate::town::Town;

stories!(a_stop_loses_nothing, a_refused_token_is_one_clear_line, telegram_is_waited_for, how_long_an_answer_takes);

async fn a_stop_loses_nothing(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    wang.says("/start");
    wang.hears("这里是报修服务").await;
    wang.taps("我要报修").await;
    wang.hears("哪里出了问题").await;
    wang.says("密码忘了");
    town.stops().await;
    // Written while nobody was there: answers to the next three questions.
    for words in ["没有", "兴城市兴海路3号", "13800000001 王女士"] {
        wang.says(words);
    }
    town.serves();
    wang.hears("什么时候方便").await;
    town.stops().await;
    town.serves();
    wang.taps("尽快").await;
    let review = wang.hears("请核对").await;
    assert!(review.text.contains("兴海路3号") && review.text.contains("13800000001"), "{review}");
    wang.taps("提交报修").await;
    town.of(LI, CREW).hears("BX-1001").await;
    town.stops().await;
    assert_eq!(town.world.pending_updates(), 0, "everything was confirmed");
}

async fn a_refused_token_is_one_clear_line(town: &mut Town) {
    let secret = TOKEN.replace("-demo-", "-wrong-");
    town.settings.token = Some(Secret::new(&*secret));
    town.serves();
    let failure = town.ends().await.expect_err("the token is refused");
    let text = failure.to_string();
    assert_eq!((failure.code, text.lines().count()), (1, 1), "{text}");
    assert!(text.contains("refuses the token") && !text.contains("wrong"), "{text}");
}

async fn telegram_is_waited_for(town: &mut Town) {
    town.world.fault(Fault { method: Some("getMe".to_owned()), harm: Harm::status(502), times: Some(2), ..Fault::default() });
    town.opens().await;
    town.stops().await;
    // A stop while Telegram is away is no failure either.
    town.world.fault(Fault { method: Some("getMe".to_owned()), harm: Harm::CutBefore, ..Fault::default() });
    town.serves();
    let asked = town.world.requests().len();
    let more = || Some(()).filter(|()| town.world.requests().len() > asked);
    town.world.wait(PATIENCE, more).await.expect("the bot asks");
    town.stops().await;
    town.vanishes().await;
}

async fn how_long_an_answer_takes(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    let mut times = Vec::new();
    for n in 1..=30 {
        // An idle customer: the bucket of the chat is full.
        tokio::time::sleep(Duration::from_millis(1_020)).await;
        let since = Instant::now();
        wang.says("/privacy");
        wang.expects("the answer", |all| all.iter().filter(|m| m.from_bot).count() == n).await;
        times.push(since.elapsed());
    }
    times.sort();
    // Printed, not judged: a loaded machine says nothing about the bot.
    println!("from update to answer, one idle customer: p50 {:?}, p90 {:?}, longest {:?}", times[15], times[27], times[29]);
}
