//! One fault each: slow and silent networks, answers and updates that cannot be read, updates out of order, storms of 429.
use std::time::{Duration, Instant};

use baoxiu::sandbox::{CREW, EMILY, Fault, Harm, LI, Muddle, WANG};
use serde_json::{Value, json};

use crate::people::{PATIENCE, Person};
use crate::town::Town;

stories!(
    slow_answers_delay_only_their_chat,
    a_send_that_hangs_is_cut_off_and_sent_again,
    an_answer_that_comes_too_late_repeats_one_message_at_most,
    an_answer_that_cannot_be_read_is_no_reason_to_stop,
    updates_that_cannot_be_read_hold_nobody_up,
    the_same_by_webhook,
    updates_again_and_out_of_order_count_once,
    again_and_out_of_order_by_webhook,
    a_storm_of_pauses_loses_no_message_and_no_order,
    a_script_of_faults_ends,
);

/// What the bot gives a send before it tries again.
const CUT_OFF: Duration = Duration::from_secs(4);

fn to_wang(harm: Harm) -> Fault {
    Fault { method: Some("sendMessage".to_owned()), chat: Some(WANG), times: Some(1), harm, ..Fault::default() }
}

async fn slow_answers_delay_only_their_chat(town: &mut Town) {
    town.opens().await;
    let (wang, emily) = (town.person(WANG), town.person(EMILY));
    town.world.fault(Fault { times: None, ..to_wang(Harm::Late(Duration::from_secs(2))) });
    let since = Instant::now();
    asks(&wang, &["/start", "/privacy", "/id"]);
    asks(&emily, &["/start", "/privacy"]);
    emily.hears("this is the repair service").await;
    emily.hears("Only what a repair needs").await;
    assert!(since.elapsed() < Duration::from_secs(2), "Emily waited for Wang: {:?}", since.elapsed());
    wang.hears("这里是报修服务").await;
    wang.hears("只保存报修需要的内容").await;
    wang.hears(&WANG.to_string()).await;
    assert!(since.elapsed() >= Duration::from_secs(4), "each waits for the one before");
    assert_eq!(wang.shown().len(), 3, "none came twice");
}

async fn a_send_that_hangs_is_cut_off_and_sent_again(town: &mut Town) {
    town.opens().await;
    let (wang, emily) = (town.person(WANG), town.person(EMILY));
    town.world.fault(to_wang(Harm::Silence));
    let since = Instant::now();
    asks(&wang, &["/start", "/privacy"]);
    emily.says("/start");
    emily.hears("this is the repair service").await;
    assert!(since.elapsed() < CUT_OFF, "Emily waited for Wang");
    wang.hears("这里是报修服务").await;
    assert!(since.elapsed() >= CUT_OFF);
    wang.hears("只保存报修需要的内容").await;
    assert_eq!(wang.shown().len(), 2);
}

async fn an_answer_that_comes_too_late_repeats_one_message_at_most(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    town.world.fault(to_wang(Harm::Late(CUT_OFF * 2)));
    asks(&wang, &["/start", "/privacy"]);
    wang.hears("只保存报修需要的内容").await;
    assert_eq!((wang.count("这里是报修服务"), wang.shown().len()), (2, 3));
}

async fn an_answer_that_cannot_be_read_is_no_reason_to_stop(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    // Broken off, but it says that the message was taken.
    town.world.fault(to_wang(Harm::Garbled("{\"ok\":true,\"result\":{\"message_id\":1")));
    asks(&wang, &["/start", "/privacy"]);
    wang.hears("只保存报修需要的内容").await;
    assert_eq!(wang.shown().len(), 2, "what was taken is not said again");
    // A proxy's page tells nothing: said again, once.
    town.world.fault(to_wang(Harm::Garbled("<html><title>502 Bad Gateway</title></html>")));
    for method in ["getUpdates", "answerCallbackQuery", "getChatMember", "editMessageText", "deleteMessages", "sendChatAction"] {
        for words in ["<html>", "", "{\"ok\":true,\"result\":[{", "[]", "{\"ok\":true}"] {
            let method = Some(method.to_owned());
            town.world.fault(Fault { method, times: Some(1), harm: Harm::Garbled(words), ..Fault::default() });
        }
    }
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    town.of(LI, CREW).hears(&ticket).await;
    assert_eq!((wang.count("什么时候方便"), wang.count("已提交"), wang.count("工单 BX-")), (2, 1, 1), "said again once");
}

async fn updates_that_cannot_be_read_hold_nobody_up(town: &mut Town) {
    town.opens().await;
    odd_updates_hold_nobody_up(town).await;
}

async fn the_same_by_webhook(town: &mut Town) {
    town.by_webhook();
    town.opens().await;
    odd_updates_hold_nobody_up(town).await;
}

async fn odd_updates_hold_nobody_up(town: &Town) {
    let wang = town.person(WANG);
    for (n, (kind, payload)) in odd().into_iter().enumerate() {
        town.world.inject(kind, payload);
        wang.says(["/privacy", "/id"][n % 2]);
        wang.hears(["只保存报修需要的内容", &WANG.to_string()][n % 2]).await;
    }
    let all = || (town.world.pending_updates() == 0).then_some(());
    town.world.wait(PATIENCE, all).await.expect("odd updates are confirmed, not brought for ever");
}

/// What no version of Telegram has sent so far.
fn odd() -> Vec<(&'static str, Value)> {
    // Deeper than JSON is read: the whole answer with the update in it is no JSON to most readers.
    let deep = (0..300).fold(json!("x"), |inside, _| json!([inside]));
    let chat = json!({"id": WANG, "type": "private"});
    let from = json!({"id": WANG, "is_bot": false, "first_name": "王"});
    vec![
        ("message", json!({"message_id": 9, "date": 1, "chat": chat, "from": from, "reply_markup": deep})),
        ("telepathy", json!({"thought": "漏水"})),
        ("message", json!({"message_id": "nine", "text": ["/privacy"]})),
        ("message", Value::Null),
        ("callback_query", json!({"id": 5, "data": {"a": 1}})),
        ("edited_message", json!([1, 2, 3])),
        ("chat_member", json!("left")),
        ("my_chat_member", json!({"chat": chat, "from": from, "date": "yesterday"})),
        ("message", json!({"message_id": 1e300, "date": -1, "chat": {"id": 1.5}, "from": from, "text": "\u{0}\u{202e}"})),
        ("poll", deep_object()),
    ]
}

fn deep_object() -> Value {
    (0..300).fold(json!({}), |inside, _| json!({ "a": inside }))
}

async fn updates_again_and_out_of_order_count_once(town: &mut Town) {
    town.opens().await;
    muddled_updates_count_once(town).await;
}

async fn again_and_out_of_order_by_webhook(town: &mut Town) {
    town.by_webhook();
    town.opens().await;
    muddled_updates_count_once(town).await;
}

async fn muddled_updates_count_once(town: &Town) {
    town.world.seed(7);
    town.world.muddle(Muddle { repeats: 40, overtakes: 40 });
    let (wang, emily) = (town.person(WANG), town.person(EMILY));
    for _ in 0..3 {
        asks(&wang, &["/start", "/privacy", "/id", "/help"]);
        asks(&emily, &["/start", "/privacy", "/id"]);
    }
    let shown = |one: &Person, n: usize| (one.shown().len() >= n).then_some(());
    town.world.wait(PATIENCE, || shown(&wang, 12).and(shown(&emily, 9))).await.expect("everything is answered");
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    town.of(LI, CREW).hears(&ticket).await;
    town.world.clear_faults();
    wang.says("/id");
    wang.hears(&WANG.to_string()).await;
    let times = |one: &Person, words: &[&str]| words.iter().map(|w| one.count(w)).collect::<Vec<_>>();
    assert_eq!(times(&wang, &["这里是报修服务", "只保存报修需要的内容", "工单 BX-"]), [3, 3, 1]);
    assert_eq!(times(&emily, &["this is the repair service", "Only what a repair needs"]), [3, 3]);
    assert_eq!(town.of(LI, CREW).count(&ticket), 1);
}

async fn a_storm_of_pauses_loses_no_message_and_no_order(town: &mut Town) {
    town.opens().await;
    town.world.seed(11);
    town.world.fault(Fault { sends: true, percent: Some(60), harm: Harm::pause(1), ..Fault::default() });
    let (wang, emily) = (town.person(WANG), town.person(EMILY));
    asks(&wang, &["/start", "/privacy", "/id"]);
    asks(&emily, &["/start", "/privacy"]);
    for words in ["这里是报修服务", "只保存报修需要的内容", &WANG.to_string()] {
        wang.hears(words).await;
    }
    for words in ["this is the repair service", "Only what a repair needs"] {
        emily.hears(words).await;
    }
    assert_eq!((wang.shown().len(), emily.shown().len()), (3, 2));
}

/// Two pass, then three faults of different kinds, one after the other.
async fn a_script_of_faults_ends(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    town.world.fault(Fault { spares: 2, ..to_wang(Harm::status(502)) });
    town.world.fault(Fault { spares: 2, ..to_wang(Harm::CutBefore) });
    town.world.fault(Fault { spares: 2, ..to_wang(Harm::pause(1)) });
    asks(&wang, &["/start", "/privacy", "/id"]);
    wang.hears(&WANG.to_string()).await;
    let to_wang = |r: &baoxiu::sandbox::ApiRequest| r.method == "SendMessage" && r.params["chat_id"] == json!(WANG);
    let statuses = || town.world.requests().iter().filter(|r| to_wang(r)).map(|r| r.status).collect::<Vec<_>>();
    // A call is written down a moment after it has shown.
    town.world.wait(PATIENCE, || (statuses().len() == 6).then_some(())).await.expect("six calls");
    assert_eq!(statuses(), [200, 200, 502, 0, 429, 200]);
}

fn asks(one: &Person, commands: &[&str]) {
    commands.iter().for_each(|words| _ = one.says(words));
}
