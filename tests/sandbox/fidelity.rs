//! Corners of the Bot API that a bot meets on its bad days.
use std::collections::BTreeSet;
use std::time::Duration;

use baoxiu::sandbox::{ADMIN, BOT_ID, CHEN, CREW, EMILY, LI, WANG};
use serde_json::{Value, json};
use teloxide::payloads::GetUpdatesSetters;
use teloxide::prelude::*;
use teloxide::types::{ChatId, InputFile, MessageId, UpdateKind, UserId};

use crate::{raw, refused, scenery, sent};

#[tokio::test]
async fn a_group_that_became_a_supergroup_says_where_it_went() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    let (old, new) = (-500_i64, -1_001_000_000_777_i64);
    world.add_group(old, "城西二班", ADMIN);
    world.join(old, LI);
    world.add_bot(old, ADMIN, true);
    let before = sent(&sandbox, json!({"chat_id": old, "text": "旧"})).await;
    bot.get_updates().offset(-1).await.unwrap();
    let last = bot.get_updates().await.unwrap().last().map_or(0, |u| i32::try_from(u.id.0).unwrap());
    bot.get_updates().offset(last + 1).await.unwrap();
    world.migrate(old, new, ADMIN);
    let answer = raw(&sandbox, "sendMessage", json!({"chat_id": old, "text": "x"})).await;
    assert_eq!(answer["description"], "Bad Request: group chat was upgraded to a supergroup chat");
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], new);
    let edit = json!({"chat_id": old, "message_id": before, "text": "y"});
    assert_eq!(raw(&sandbox, "editMessageText", edit).await["parameters"]["migrate_to_chat_id"], new);
    assert!(bot.get_chat(ChatId(old)).await.is_err());
    assert!(bot.get_chat_member(ChatId(new), UserId(LI as u64)).await.unwrap().is_present());
    let moved = json!({"chat_id": new, "message_id": before + 10, "text": "y"});
    assert_eq!(refused(&sandbox, "editMessageText", moved).await, "Bad Request: message to edit not found");
    sent(&sandbox, json!({"chat_id": new, "text": "新"})).await;
    let updates = bot.get_updates().await.unwrap();
    let told = |u: &Update| match &u.kind {
        UpdateKind::Message(m) => (m.migrate_to_chat_id().copied(), m.migrate_from_chat_id().copied()),
        _ => (None, None),
    };
    assert_eq!(updates.iter().map(told).collect::<Vec<_>>(), [(Some(ChatId(new)), None), (None, Some(ChatId(old)))]);
    world.say(LI, old, "没人听见");
    assert_eq!(world.messages(old).last().unwrap().text, "", "nobody can write to a group that moved away");
    let news: Value = reqwest::get(format!("{}/sandbox/events?since=0", sandbox.api_url())).await.unwrap().json().await.unwrap();
    let shown = |id: i64| news["chats"].as_array().unwrap().iter().find(|c| c["id"] == id).unwrap()["people"].clone();
    assert_eq!((shown(old), shown(new)), (json!([]), json!([LI, ADMIN, BOT_ID].iter().collect::<BTreeSet<_>>())));
}

#[tokio::test]
async fn a_deleted_account_cannot_be_written_to() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let id = sent(&sandbox, json!({"chat_id": WANG, "text": "1"})).await;
    world.deactivate(WANG);
    let no = "Forbidden: user is deactivated";
    assert_eq!(refused(&sandbox, "sendMessage", json!({"chat_id": WANG, "text": "2"})).await, no);
    assert_eq!(refused(&sandbox, "editMessageText", json!({"chat_id": WANG, "message_id": id, "text": "2"})).await, no);
    assert_eq!(world.violations(), Vec::<String>::new(), "nobody can know that in advance");
}

#[tokio::test]
async fn many_messages_are_deleted_at_once_and_missing_ones_passed_over() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let mut ids = Vec::new();
    for text in ["a", "b", "c"] {
        ids.push(sent(&sandbox, json!({"chat_id": WANG, "text": text})).await);
    }
    let call = |ids: Value| json!({"chat_id": WANG, "message_ids": ids});
    assert_eq!(raw(&sandbox, "deleteMessages", call(json!([ids[0], 999, ids[2]]))).await["result"], true);
    assert_eq!(world.messages(WANG).iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["/start", "b"]);
    assert_eq!(raw(&sandbox, "deleteMessages", call(json!([ids[0]]))).await["result"], true, "again does no harm");
    refused(&sandbox, "deleteMessages", call(json!([]))).await;
    refused(&sandbox, "deleteMessages", call(json!((1..=101).collect::<Vec<_>>()))).await;
    world.advance(Duration::from_secs(49 * 3600));
    let fresh = sent(&sandbox, json!({"chat_id": WANG, "text": "d"})).await;
    let no = "Bad Request: message can't be deleted for everyone";
    assert_eq!(refused(&sandbox, "deleteMessages", call(json!([fresh, ids[1]]))).await, no);
    assert_eq!(world.messages(WANG).len(), 3, "one that is too old keeps the others too");
}

#[tokio::test]
async fn the_closest_command_menu_wins() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    let set = async |scope: Value, language: &str, name: &str| {
        let commands = json!([{"command": name, "description": name}]);
        let mut body = json!({"commands": commands, "scope": scope});
        if !language.is_empty() {
            body["language_code"] = json!(language);
        }
        assert_eq!(raw(&sandbox, "setMyCommands", body).await["ok"], true);
    };
    let menu = |chat: i64, user: i64| world.menu(chat, user).first().map(|entry| entry.0.clone()).unwrap_or_default();
    assert_eq!(menu(WANG, WANG), "");
    world.start(EMILY, None);
    set(json!({"type": "default"}), "", "any").await;
    assert_eq!([menu(WANG, WANG), menu(CREW, LI), menu(CREW, ADMIN)], ["any", "any", "any"]);
    set(json!({"type": "all_private_chats"}), "", "private").await;
    set(json!({"type": "all_private_chats"}), "zh", "private_zh").await;
    set(json!({"type": "all_group_chats"}), "", "group").await;
    set(json!({"type": "all_chat_administrators"}), "", "admins").await;
    assert_eq!([menu(WANG, WANG), menu(EMILY, EMILY)], ["private_zh", "private"]);
    assert_eq!([menu(CREW, LI), menu(CREW, ADMIN)], ["group", "admins"]);
    set(json!({"type": "chat", "chat_id": CREW}), "", "crew").await;
    // A scope that names the chat beats one that names all administrators.
    assert_eq!([menu(CREW, LI), menu(CREW, ADMIN)], ["crew", "crew"]);
    set(json!({"type": "chat_administrators", "chat_id": CREW}), "", "chiefs").await;
    set(json!({"type": "chat_member", "chat_id": CREW, "user_id": LI}), "", "li").await;
    set(json!({"type": "chat", "chat_id": EMILY}), "", "emily").await;
    assert_eq!([menu(CREW, LI), menu(CREW, CHEN), menu(CREW, ADMIN)], ["li", "crew", "chiefs"]);
    assert_eq!([menu(EMILY, EMILY), menu(WANG, WANG)], ["emily", "private_zh"]);
    raw(&sandbox, "deleteMyCommands", json!({"scope": {"type": "chat", "chat_id": EMILY}})).await;
    assert_eq!(menu(EMILY, EMILY), "private");
    let wrong = json!({"commands": [{"command": "Not Good", "description": "x"}]});
    assert!(refused(&sandbox, "setMyCommands", wrong).await.contains("BOT_COMMAND_INVALID"));
}

#[tokio::test]
async fn protected_content_goes_nowhere() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let id = sent(&sandbox, json!({"chat_id": WANG, "text": "地址", "protect_content": true})).await;
    assert!(world.messages(WANG)[1].protect_content);
    let to_crew = |id: i64| json!({"chat_id": CREW, "from_chat_id": WANG, "message_id": id});
    assert!(refused(&sandbox, "copyMessage", to_crew(id)).await.contains("can't be copied"));
    assert!(refused(&sandbox, "forwardMessage", to_crew(id)).await.contains("can't be forwarded"));
    bot.edit_message_text(ChatId(WANG), MessageId(i32::try_from(id).unwrap()), "收回").await.unwrap();
    assert!(world.messages(WANG)[1].protect_content, "an edit does not lift it");
    let photo = InputFile::memory(b"p".to_vec());
    let photo = bot.send_photo(ChatId(WANG), photo).await.unwrap().photo().unwrap().last().unwrap().file.id.clone();
    let part = json!({"type": "photo", "media": photo.0});
    let album = json!({"chat_id": WANG, "media": [part, part], "protect_content": true});
    assert_eq!(raw(&sandbox, "sendMediaGroup", album).await["ok"], true);
    assert!(world.messages(WANG).iter().rev().take(2).all(|m| m.protect_content));
    let open = sent(&sandbox, json!({"chat_id": WANG, "text": "公告"})).await;
    assert_eq!(raw(&sandbox, "copyMessage", to_crew(open)).await["ok"], true);
}

#[tokio::test]
async fn a_press_can_open_the_bot_and_nothing_else() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    let card = json!([[{"text": "接单", "callback_data": "v1:claim:1"}]]);
    sent(&sandbox, json!({"chat_id": CREW, "text": "单", "reply_markup": {"inline_keyboard": card}})).await;
    let query = world.press_label(LI, CREW, "接单").unwrap();
    let answer = |url: &str| json!({"callback_query_id": query, "url": url});
    for elsewhere in ["https://example.com/", "https://t.me/other_bot?start=x", "https://t.me/baoxiu_demo_bot"] {
        assert_eq!(refused(&sandbox, "answerCallbackQuery", answer(elsewhere)).await, "Bad Request: URL_INVALID");
    }
    assert_eq!(world.toast(&query), None);
    assert_eq!(raw(&sandbox, "answerCallbackQuery", answer("https://t.me/baoxiu_demo_bot?start=c1")).await["result"], true);
    assert_eq!(world.toast(&query).unwrap().url.as_deref(), Some("https://t.me/baoxiu_demo_bot?start=c1"));
    assert!(refused(&sandbox, "answerCallbackQuery", answer("")).await.contains("query is too old"), "only once");
}

#[tokio::test]
async fn buttons_change_without_the_words() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let keys = |label: &str| json!({"inline_keyboard": [[{"text": label, "callback_data": "x"}]]});
    let id = sent(&sandbox, json!({"chat_id": WANG, "text": "单", "reply_markup": keys("一")})).await;
    let edit = |markup: Value| json!({"chat_id": WANG, "message_id": id, "reply_markup": markup});
    assert_eq!(raw(&sandbox, "editMessageReplyMarkup", edit(keys("二"))).await["result"]["text"], "单");
    let seen = world.messages(WANG).pop().unwrap();
    assert!(seen.button("二").is_some() && !seen.edited, "new buttons leave no mark of an edit");
    assert!(refused(&sandbox, "editMessageReplyMarkup", edit(keys("二"))).await.contains("message is not modified"));
    let none = json!({"chat_id": WANG, "message_id": id});
    raw(&sandbox, "editMessageReplyMarkup", none.clone()).await;
    assert!(world.messages(WANG).pop().unwrap().inline.is_empty());
    assert!(refused(&sandbox, "editMessageReplyMarkup", none).await.contains("message is not modified"));
    let reply = json!({"keyboard": [[{"text": "跳过"}]]});
    assert!(refused(&sandbox, "editMessageReplyMarkup", edit(reply.clone())).await.contains("inline keyboard expected"));
    let asked = sent(&sandbox, json!({"chat_id": WANG, "text": "?", "reply_markup": reply})).await;
    let late = json!({"chat_id": WANG, "message_id": asked, "reply_markup": keys("三")});
    assert_eq!(refused(&sandbox, "editMessageReplyMarkup", late).await, "Bad Request: message can't be edited");
    let own = json!({"chat_id": WANG, "message_id": 1, "reply_markup": keys("三")});
    assert_eq!(refused(&sandbox, "editMessageReplyMarkup", own).await, "Bad Request: message can't be edited");
}

#[tokio::test]
async fn a_second_world_reuses_no_number() {
    let (sandbox, bot) = scenery().await;
    let world = sandbox.world();
    world.number_messages_from_now();
    world.start(WANG, None);
    let first = world.messages(WANG)[0].id;
    assert!(first > 90_000_000 && i32::try_from(first).is_ok());
    let old = json!({"chat_id": WANG, "message_id": 7, "text": "x"});
    assert_eq!(refused(&sandbox, "editMessageText", old).await, "Bad Request: message to edit not found");
    assert_eq!(world.violations(), Vec::<String>::new(), "the message may have been there in an earlier world");
    bot.get_updates().offset(-1).await.unwrap();
    let update = bot.get_updates().await.unwrap().pop().unwrap();
    assert!(i64::from(update.id.0) + 1_000_000_000 >= world.now_ms() / 1000 - 60, "{update:?}");
}
