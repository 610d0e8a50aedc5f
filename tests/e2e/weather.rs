//! Bad days: what the network and Telegram do to the bot, and that nobody notices more than they must.
use std::time::{Duration, Instant};

use baoxiu::sandbox::{ADMIN, CREW, ChatMessage, EMILY, Fault, Harm, LI, WANG};

use crate::people::PATIENCE;
use crate::town::Town;

stories!(
    a_pause_in_one_chat_delays_nobody_else,
    what_is_owed_arrives_when_the_fault_ends,
    cut_connections_lose_nothing,
    a_lost_answer_repeats_one_message_at_most,
    updates_that_come_twice_count_once,
    another_program_with_the_same_token,
    refused_messages_hold_nobody_up,
    a_tap_is_answered_although_messages_are_stuck,
    a_group_that_may_not_be_written_in_is_no_dead_end,
);

fn fault(method: &str) -> Fault {
    Fault { method: Some(method.to_owned()), ..Fault::default() }
}

async fn a_pause_in_one_chat_delays_nobody_else(town: &mut Town) {
    town.opens().await;
    let pause = Duration::from_secs(6);
    let (wang, emily) = (town.person(WANG), town.person(EMILY));
    town.world.fault(Fault { chat: Some(WANG), harm: Harm::pause(6), times: Some(1), ..fault("sendMessage") });
    let since = Instant::now();
    wang.says("/start");
    let refused = || town.world.requests().iter().any(|r| r.status == 429).then_some(());
    town.world.wait(PATIENCE, refused).await.expect("the bot meets the pause");
    emily.says("/start");
    emily.hears("this is the repair service").await;
    assert_eq!(wang.count("这里是报修服务"), 0, "the pause is kept while others are served");
    wang.hears("这里是报修服务").await;
    assert!(since.elapsed() >= pause);
    assert_eq!(wang.count("这里是报修服务"), 1);
}

async fn what_is_owed_arrives_when_the_fault_ends(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    for (method, status) in [("sendMessage", 500), ("editMessageText", 502)] {
        town.world.fault(Fault { harm: Harm::status(status), ..fault(method) });
    }
    wang.says("兴城市兴海路5号 钥匙断了 13800000001 王女士");
    let tries = || Some(()).filter(|()| town.world.requests().iter().filter(|r| r.status == 500).count() >= 2);
    town.world.wait(PATIENCE, tries).await.expect("the bot tries again");
    town.world.clear_faults();
    wang.hears("故障：钥匙丢了或断了").await;
    wang.says("今天");
    wang.hears("请核对").await;
    assert_eq!(wang.count("什么时候方便"), 1);
}

async fn cut_connections_lose_nothing(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    for method in ["sendMessage", "getUpdates", "answerCallbackQuery"] {
        town.world.fault(Fault { harm: Harm::CutBefore, times: Some(3), ..fault(method) });
    }
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    town.of(LI, CREW).hears(&ticket).await;
    assert_eq!((wang.count("工单"), town.of(LI, CREW).count(&ticket)), (1, 1));
}

async fn a_lost_answer_repeats_one_message_at_most(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    town.world.fault(Fault { harm: Harm::CutAfter, times: Some(1), chat: Some(WANG), ..fault("sendMessage") });
    wang.says("/start");
    wang.expects("the greeting, twice at most", |all| all.iter().filter(|m| m.from_bot).count() == 2).await;
    wang.says("/privacy");
    wang.hears("只保存报修需要的内容").await;
    assert_eq!(wang.count("这里是报修服务"), 2);
}

async fn updates_that_come_twice_count_once(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    // The confirmation never arrives: Telegram sends every batch again.
    town.world.fault(Fault { harm: Harm::CutAfter, times: Some(3), ..fault("getUpdates") });
    wang.says("/start");
    wang.hears("这里是报修服务").await;
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    town.of(LI, CREW).hears(&ticket).await;
    let card = wang.sees("等待接单").await;
    // Stopped before the last batch could be confirmed, started again: the same updates come once more.
    town.world.fault(Fault { harm: Harm::CutBefore, ..fault("getUpdates") });
    wang.says("/status");
    town.stops().await;
    town.world.clear_faults();
    town.serves();
    // Shown again at the end of the chat, and no longer where it was.
    let again = |all: &[ChatMessage]| {
        let ids: Vec<i64> = all.iter().filter(|m| m.text.contains("等待接单")).map(|m| m.id).collect();
        matches!(ids.as_slice(), [one] if *one > card.id)
    };
    wang.expects("the card again", again).await;
    wang.says("/privacy");
    wang.hears("只保存报修需要的内容").await;
    assert_eq!((wang.count("这里是报修服务"), wang.count("等待接单")), (1, 1));
    assert_eq!(town.of(LI, CREW).count(&ticket), 1);
}

async fn another_program_with_the_same_token(town: &mut Town) {
    town.opens().await;
    town.world.fault(Fault { harm: Harm::status(409), times: Some(2), ..fault("getUpdates") });
    let wang = town.person(WANG);
    wang.says("/start");
    wang.hears("这里是报修服务").await;
}

async fn refused_messages_hold_nobody_up(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    town.world.fault(Fault { harm: Harm::status(400), times: Some(1), chat: Some(WANG), ..fault("sendMessage") });
    wang.says("/start");
    wang.says("/privacy");
    wang.hears("只保存报修需要的内容").await;
    assert_eq!(wang.count("这里是报修服务"), 0, "what Telegram will never take is dropped");
}

async fn a_tap_is_answered_although_messages_are_stuck(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    wang.says("/start");
    wang.hears("这里是报修服务").await;
    town.world.fault(Fault { harm: Harm::status(500), ..fault("sendMessage") });
    town.world.fault(Fault { harm: Harm::status(500), ..fault("editMessageText") });
    let since = Instant::now();
    wang.taps("我要报修").await;
    wang.taps("English").await;
    println!("two taps answered after {:?}", since.elapsed());
    town.world.clear_faults();
    wang.hears("哪里出了问题").await;
}

async fn a_group_that_may_not_be_written_in_is_no_dead_end(town: &mut Town) {
    town.opens().await;
    town.world.fault(Fault { chat: Some(CREW), harm: Harm::status(403), ..fault("sendMessage") });
    let number = town.reports(WANG, "兴城市兴海路5号 钥匙断了 13800000001 王女士").await;
    let admin = town.person(ADMIN);
    admin.hears(&number).await;
    admin.hears("发不了消息").await;
    town.world.clear_faults();
    town.of(ADMIN, CREW).says("/bind");
    town.of(ADMIN, CREW).hears("✓").await;
}
