//! What a client and a person see of each other.
use std::time::Duration;

use baoxiu::sandbox::{ADMIN, BOT_ID, CHEN, CREW, Fault, Harm, LI, WANG};
use serde_json::{Value, json};
use teloxide::payloads::{AnswerCallbackQuerySetters, EditMessageTextSetters, GetUpdatesSetters, SendMessageSetters};
use teloxide::prelude::*;
use teloxide::types::{
    AllowedUpdate, BotCommand, ButtonRequest, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMedia,
    InputMediaPhoto, KeyboardButton, KeyboardMarkup, MessageId, ParseMode, ReplyParameters, UpdateKind, UserId,
};

use crate::{raw, refused, scenery};

const CUSTOMER: ChatId = ChatId(WANG);
const SOON: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_conversation_goes_there_and_back() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    assert_eq!(bot.get_me().await.unwrap().username(), "baoxiu_demo_bot");
    world.start(WANG, Some("r1"));
    let keyboard = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("报修", "v1:new")]]);
    let sent = bot
        .send_message(CUSTOMER, "<b>您好</b>，王&lt;女士&gt;")
        .parse_mode(ParseMode::Html)
        .reply_markup(keyboard)
        .reply_parameters(ReplyParameters::new(MessageId(1)))
        .await
        .unwrap();
    assert_eq!(sent.text(), Some("您好，王<女士>"));
    let query = world.press_label(WANG, WANG, "报修").unwrap();
    bot.answer_callback_query(teloxide::types::CallbackQueryId(query.clone())).text("好").show_alert(true).await.unwrap();
    assert_eq!(world.toast(&query).unwrap().text, "好");
    bot.edit_message_text(CUSTOMER, sent.id, "完成").parse_mode(ParseMode::Html).await.unwrap();
    let seen = world.wait_for(WANG, SOON, |m| m.iter().any(|m| m.edited)).await.unwrap();
    assert_eq!(seen[1].text, "完成");
    assert!(seen[1].inline.is_empty());
    bot.delete_message(CUSTOMER, sent.id).await.unwrap();
    assert_eq!(world.messages(WANG).len(), 1);
    assert_eq!(world.violations(), Vec::<String>::new());
    sandbox.stop().await;
}

#[tokio::test]
async fn every_kind_of_update_survives_teloxide() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    let kinds = [
        AllowedUpdate::Message,
        AllowedUpdate::EditedMessage,
        AllowedUpdate::CallbackQuery,
        AllowedUpdate::MyChatMember,
        AllowedUpdate::ChatMember,
    ];
    bot.get_updates().offset(i32::MAX).allowed_updates(kinds).await.unwrap();
    world.start(WANG, None);
    let said = world.say(WANG, WANG, "@somebody 看 https://example.com");
    world.reply(WANG, WANG, said, "回复");
    world.edit(WANG, WANG, said, "改了");
    world.send_photo(WANG, WANG, None, "漏水");
    world.send_album(WANG, WANG, 2, "两张");
    world.send_video(WANG, WANG, None, "");
    world.send_voice(WANG, WANG);
    world.send_document(WANG, WANG, "说明.pdf", b"x".to_vec(), "");
    world.send_sticker(WANG, WANG);
    world.send_poll(WANG, WANG, "?", &["a", "b"]);
    world.share_contact(WANG, WANG, "+8613800000001", true);
    world.share_location(WANG, WANG, 31.2, 121.4);
    world.press(WANG, WANG, said, "x");
    world.block(WANG);
    world.unblock(WANG);
    world.leave(CREW, CHEN);
    world.join(CREW, CHEN);
    world.say(LI, CREW, "管理员机器人看得见");
    world.remove_bot(CREW, ADMIN);
    let updates = bot.get_updates().await.unwrap();
    for update in &updates {
        assert!(!matches!(update.kind, UpdateKind::Error(_)), "{update:?}");
        if let UpdateKind::Message(m) | UpdateKind::EditedMessage(m) = &update.kind {
            assert!(!matches!(m.kind, teloxide::types::MessageKind::Empty {}), "{m:?}");
        }
    }
    let count = |f: fn(&UpdateKind) -> bool| updates.iter().filter(|u| f(&u.kind)).count();
    assert_eq!(count(|k| matches!(k, UpdateKind::MyChatMember(_))), 3);
    assert_eq!(count(|k| matches!(k, UpdateKind::ChatMember(_))), 2);
    assert_eq!(count(|k| matches!(k, UpdateKind::CallbackQuery(_))), 1);
    assert_eq!(count(|k| matches!(k, UpdateKind::EditedMessage(_))), 1);
    assert_eq!(updates.len(), world.pending_updates());
    let last = i32::try_from(updates.last().unwrap().id.0).unwrap();
    bot.get_updates().offset(last + 1).await.unwrap();
    assert_eq!(world.pending_updates(), 0);
}

#[tokio::test]
async fn files_albums_and_keyboards() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let photo = bot.send_photo(CUSTOMER, InputFile::memory(b"bytes".to_vec()).file_name("a.png")).await.unwrap();
    let id = photo.photo().unwrap().last().unwrap().file.id.clone();
    let file = bot.get_file(id.clone()).await.unwrap();
    let url = format!("{}/file/bot{}/{}", sandbox.api_url(), sandbox.token(), file.path);
    assert_eq!(reqwest::get(url).await.unwrap().bytes().await.unwrap(), "bytes");
    let part = |file| InputMedia::Photo(InputMediaPhoto::new(file).caption("一"));
    let parts = [part(InputFile::file_id(id.clone())), part(InputFile::memory(b"two".to_vec()))];
    assert_eq!(bot.send_media_group(CUSTOMER, parts).await.unwrap().len(), 2);
    bot.send_voice(CUSTOMER, InputFile::memory(b"v".to_vec())).await.unwrap();
    bot.send_video(CUSTOMER, InputFile::memory(b"v".to_vec())).await.unwrap();
    bot.send_audio(CUSTOMER, InputFile::memory(b"v".to_vec())).await.unwrap();
    bot.send_document(CUSTOMER, InputFile::memory(b"v".to_vec())).await.unwrap();
    bot.send_location(CUSTOMER, 31.2, 121.4).await.unwrap();
    bot.send_contact(CUSTOMER, "+8613800000003", "李师傅").await.unwrap();
    bot.copy_message(ChatId(CREW), CUSTOMER, photo.id).await.unwrap();
    bot.forward_message(ChatId(CREW), CUSTOMER, photo.id).await.unwrap();
    let contact = KeyboardButton::new("我的号码").request(ButtonRequest::Contact);
    let ask = bot.send_message(CUSTOMER, "号码？").reply_markup(KeyboardMarkup::new([[contact]])).await.unwrap();
    assert_eq!(world.keyboard(WANG).unwrap().contact.as_deref(), Some("我的号码"));
    let no = bot.edit_message_text(CUSTOMER, ask.id, "x").await.unwrap_err();
    assert_eq!(no.to_string(), "A Telegram's error: Bad Request: message can't be edited".to_owned(), "{no:?}");
    let group = json!({"chat_id": CREW, "text": "?", "reply_markup": {"keyboard": [[{"text": "a", "request_contact": true}]]}});
    assert!(refused(&sandbox, "sendMessage", group).await.contains("private chats only"));
}

#[tokio::test]
async fn chats_members_and_settings() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let crew = ChatId(CREW);
    assert_eq!(bot.get_chat(crew).await.unwrap().title(), Some("城东抢修一班"));
    bot.get_chat(CUSTOMER).await.unwrap();
    assert_eq!(bot.get_chat_administrators(crew).await.unwrap().len(), 2);
    assert_eq!(bot.get_chat_member_count(crew).await.unwrap(), 4);
    assert!(bot.get_chat_member(crew, UserId(LI as u64)).await.unwrap().is_present());
    assert!(!bot.get_chat_member(crew, UserId(WANG as u64)).await.unwrap().is_present());
    bot.set_my_commands([BotCommand::new("report", "报修")]).await.unwrap();
    bot.set_my_commands([BotCommand::new("report", "Report")]).language_code("en").await.unwrap();
    assert_eq!(world.menu(WANG, WANG), [("report".to_owned(), "报修".to_owned())]);
    assert_eq!(bot.get_my_commands().await.unwrap().len(), 1);
    bot.set_my_description().description("报修").await.unwrap();
    bot.set_my_name().name("报修").await.unwrap();
    let sent = bot.send_message(crew, "单").await.unwrap();
    bot.pin_chat_message(crew, sent.id).await.unwrap();
    assert_eq!(world.pinned(CREW), Some(i64::from(sent.id.0)));
    bot.unpin_chat_message(crew).await.unwrap();
    bot.send_chat_action(crew, teloxide::types::ChatAction::Typing).await.unwrap();
    assert!(bot.get_webhook_info().await.unwrap().url.is_none());
    bot.leave_chat(crew).await.unwrap();
    let text = json!({"chat_id": CREW, "text": "x"});
    assert_eq!(refused(&sandbox, "sendMessage", text).await, "Forbidden: bot is not a member of the supergroup chat");
}

#[tokio::test]
async fn refusals_in_telegrams_words() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    let text = |text: &str| json!({"chat_id": WANG, "text": text, "parse_mode": "HTML"});
    assert_eq!(refused(&sandbox, "sendMessage", text("x")).await, "Forbidden: bot can't initiate conversation with a user");
    world.start(WANG, None);
    assert_eq!(refused(&sandbox, "sendMessage", text(" <b> </b>")).await, "Bad Request: message text is empty");
    assert_eq!(refused(&sandbox, "sendMessage", text(&"😀".repeat(2049))).await, "Bad Request: message is too long");
    raw(&sandbox, "sendMessage", text(&format!("<b>{}</b>", "a".repeat(4096)))).await["ok"].as_bool().filter(|ok| *ok).unwrap();
    assert!(refused(&sandbox, "sendMessage", text("<x>")).await.starts_with("Bad Request: can't parse entities: Unsupported"));
    let keys = |button: Value| json!({"chat_id": WANG, "text": "x", "reply_markup": {"inline_keyboard": [[button]]}});
    let long = keys(json!({"text": "a", "callback_data": "x".repeat(65)}));
    assert_eq!(refused(&sandbox, "sendMessage", long).await, "Bad Request: BUTTON_DATA_INVALID");
    assert!(refused(&sandbox, "sendMessage", keys(json!({"text": "a"}))).await.contains("Text buttons are unallowed"));
    assert!(
        refused(&sandbox, "sendMessage", keys(json!({"text": "a", "url": "tel:1"}))).await.contains("Unsupported URL protocol")
    );
    let edit = |id: i64, text: &str| json!({"chat_id": WANG, "message_id": id, "text": text});
    assert_eq!(refused(&sandbox, "editMessageText", edit(99, "x")).await, "Bad Request: message to edit not found");
    assert_eq!(refused(&sandbox, "editMessageText", edit(1, "x")).await, "Bad Request: message can't be edited");
    let blamed = world.violations().len();
    let sent = raw(&sandbox, "sendMessage", text("same")).await["result"]["message_id"].as_i64().unwrap();
    assert!(refused(&sandbox, "editMessageText", edit(sent, "same")).await.contains("message is not modified"));
    let query = world.press(WANG, WANG, sent, "a");
    world.advance(Duration::from_secs(16 * 60));
    let answer = json!({"callback_query_id": query});
    assert!(refused(&sandbox, "answerCallbackQuery", answer).await.contains("query is too old"));
    assert_eq!(world.violations().len(), blamed, "bad luck is not a violation");
    world.advance(Duration::from_secs(49 * 3600));
    let delete = json!({"chat_id": WANG, "message_id": sent});
    assert!(refused(&sandbox, "deleteMessage", delete).await.contains("message can't be deleted"));
    world.block(WANG);
    assert_eq!(refused(&sandbox, "sendMessage", text("x")).await, "Forbidden: bot was blocked by the user");
    assert_eq!(refused(&sandbox, "sendMessage", json!({"chat_id": 5, "text": "x"})).await, "Bad Request: chat not found");
    let wrong = reqwest::get(format!("{}/bot1:x/getMe", sandbox.api_url())).await.unwrap();
    assert_eq!(wrong.status(), 401);
    let form = reqwest::Client::new().post(format!("{}/bot{}/getchatmembercount", sandbox.api_url(), sandbox.token()));
    let form = form.header("content-type", "application/x-www-form-urlencoded").body(format!("chat_id=%2D{}", -CREW));
    assert_eq!(form.send().await.unwrap().json::<Value>().await.unwrap()["result"], 4);
}

#[tokio::test]
async fn group_privacy_hides_chatter_from_a_mere_member() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    world.promote(CREW, BOT_ID, ADMIN, false);
    bot.get_updates().offset(i32::MAX).await.unwrap();
    let card = bot.send_message(ChatId(CREW), "工单").await.unwrap();
    world.say(LI, CREW, "闲聊");
    world.say(LI, CREW, "/jobs@other_bot");
    world.say(LI, CREW, "/jobs@baoxiu_demo_bot");
    world.reply(LI, CREW, i64::from(card.id.0), "收到");
    let updates = bot.get_updates().await.unwrap();
    let texts: Vec<_> = updates
        .iter()
        .filter_map(|u| match &u.kind {
            UpdateKind::Message(m) => m.text(),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["/jobs@baoxiu_demo_bot", "收到"]);
}

#[tokio::test]
async fn a_second_poller_turns_the_first_away() {
    let (sandbox, _) = scenery().await;
    raw(&sandbox, "getUpdates", json!({"offset": 2_000_000_000})).await;
    let first = raw(&sandbox, "getUpdates", json!({"timeout": 20}));
    let second = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        raw(&sandbox, "getUpdates", json!({"timeout": 0})).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!((first["error_code"].as_i64(), second["ok"].as_bool()), (Some(409), Some(true)));
}

#[tokio::test]
async fn faults_strike_as_ordered() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let fault = |f: Fault| world.fault(Fault { times: Some(1), method: Some("sendMessage".into()), ..f });
    fault(Fault { harm: Harm::pause(7), ..Fault::default() });
    let slow = bot.send_message(CUSTOMER, "1").await.unwrap_err();
    assert!(matches!(slow, teloxide::RequestError::RetryAfter(s) if s.seconds() == 7), "{slow:?}");
    fault(Fault { harm: Harm::CutBefore, ..Fault::default() });
    assert!(matches!(bot.send_message(CUSTOMER, "2").await, Err(teloxide::RequestError::Network(_))));
    assert_eq!(world.messages(WANG).len(), 1);
    fault(Fault { harm: Harm::CutAfter, ..Fault::default() });
    assert!(matches!(bot.send_message(CUSTOMER, "3").await, Err(teloxide::RequestError::Network(_))));
    assert_eq!(world.messages(WANG).len(), 2);
    bot.send_message(CUSTOMER, "4").await.unwrap();
    assert_eq!(world.requests().iter().filter(|r| r.status == 0).count(), 2);
    assert_eq!(world.requests().iter().filter(|r| r.status == 0 && r.done).count(), 1);
}

#[tokio::test]
async fn slow_silent_and_garbled_answers() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let fault = |harm| world.fault(Fault { times: Some(1), method: Some("sendMessage".into()), harm, ..Fault::default() });
    let send =
        |words: &'static str| tokio::time::timeout(Duration::from_millis(300), bot.send_message(CUSTOMER, words).into_future());
    fault(Harm::Late(Duration::from_millis(50)));
    assert!(send("1").await.unwrap().is_ok());
    fault(Harm::Late(Duration::from_secs(60)));
    assert!(send("2").await.is_err(), "too late");
    fault(Harm::Silence);
    assert!(send("3").await.is_err());
    fault(Harm::Garbled("<html>"));
    assert!(send("4").await.unwrap().is_err());
    let told: Vec<(u16, bool, bool)> =
        world.requests().iter().filter(|r| r.method == "SendMessage").map(|r| (r.status, r.done, r.response.is_null())).collect();
    assert_eq!(told, [(200, true, false), (0, true, true), (0, false, true), (200, true, true)]);
    assert_eq!(world.messages(WANG).iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["/start", "1", "2", "4"]);
}

#[tokio::test]
async fn faults_strike_by_chance_that_can_be_repeated() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    world.fault(Fault { spares: 2, percent: Some(50), harm: Harm::status(400), ..Fault::default() });
    let mut rows = Vec::new();
    for _ in 0..2 {
        world.seed(3);
        let mut row = Vec::new();
        for _ in 0..12 {
            row.push(bot.send_chat_action(CUSTOMER, teloxide::types::ChatAction::Typing).await.is_ok());
        }
        rows.push(row);
    }
    assert_eq!(rows[0][..2], [true, true], "spared");
    assert!(rows[1].contains(&true) && rows[1].contains(&false));
    assert_eq!(rows[0][2..], rows[1][..10], "the same seed draws the same");
}
