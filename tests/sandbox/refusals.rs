//! What Telegram refuses, in its own words, which come from its server (<https://github.com/tdlib/telegram-bot-api>) and
//! library (<https://github.com/tdlib/td>) as far as they are public.
use std::time::Duration;

use baoxiu::sandbox::{ADMIN, BOT_ID, CHEN, CREW, EMILY, LI, WANG, World};
use serde_json::{Value, json};

use crate::{raw, refused, scenery, sent};

/// A body that goes to the customer's chat, with more in it.
fn to(chat: i64, more: Value) -> Value {
    let mut body = json!({"chat_id": chat});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn all_refused(sandbox: &baoxiu::sandbox::Sandbox, cases: Vec<(&str, Value, &str)>) {
    for (method, body, expected) in cases {
        let answer = raw(sandbox, method, body.clone()).await;
        let code = if expected.starts_with("Forbidden") { 403 } else { 400 };
        let expected = if code == 403 { expected.to_owned() } else { format!("Bad Request: {expected}") };
        assert_eq!(
            (answer["error_code"].as_i64(), answer["description"].as_str()),
            (Some(code), Some(&*expected)),
            "{method} {body}"
        );
    }
}

fn buttons(count: usize, in_row: usize) -> Value {
    let all: Vec<Value> = (0..count).map(|n| json!({"text": n.to_string(), "callback_data": "x"})).collect();
    json!({"inline_keyboard": all.chunks(in_row).collect::<Vec<_>>()})
}

#[tokio::test]
async fn words_and_buttons() {
    let (sandbox, _) = scenery().await;
    sandbox.world().start(WANG, None);
    let html = |text: &str| to(WANG, json!({"text": text, "parse_mode": "HTML"}));
    let keys = |markup: Value| to(WANG, json!({"text": "x", "reply_markup": markup}));
    let key = |button: Value| keys(json!({"inline_keyboard": [[button]]}));
    let entity = |entity: Value| to(WANG, json!({"text": "a😀", "entities": [entity]}));
    let cases = vec![
        ("sendMessage", html(" \n "), "message text is empty"),
        ("sendMessage", html(&"a".repeat(4097)), "message is too long"),
        ("sendMessage", html(&"<b></b>".repeat(5_000)), "text is too long"),
        ("sendMessage", to(WANG, json!({"text": "x", "parse_mode": "Glitter"})), "unsupported parse_mode"),
        ("sendMessage", html("a<x>"), "can't parse entities: Unsupported start tag \"x\" at byte offset 1"),
        (
            "sendMessage",
            html("<span>a</span>"),
            "can't parse entities: Tag \"span\" must have class \"tg-spoiler\" at byte offset 0",
        ),
        (
            "sendMessage",
            html("<b>a</i>"),
            "can't parse entities: Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"",
        ),
        ("sendMessage", html("1 < 2"), "can't parse entities: Unclosed start tag at byte offset 2"),
        (
            "sendMessage",
            entity(json!({"type": "bold", "offset": 1, "length": 3})),
            "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 4",
        ),
        (
            "sendMessage",
            entity(json!({"type": "bold", "offset": 2, "length": 1})),
            "entity begins in a middle of a UTF-16 symbol at byte offset 5",
        ),
        (
            "sendMessage",
            entity(json!({"type": "glow", "offset": 0, "length": 1})),
            "can't parse MessageEntity: Unsupported type specified",
        ),
        ("sendMessage", key(json!({"text": "", "callback_data": "x"})), "inline keyboard button text must be non-empty"),
        (
            "sendMessage",
            key(json!({"text": "a", "callback_data": ""})),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ("sendMessage", key(json!({"text": "a", "callback_data": "按".repeat(22)})), "BUTTON_DATA_INVALID"),
        ("sendMessage", key(json!({"text": "a", "url": "x"})), "inline keyboard button URL 'x' is invalid: Wrong HTTP URL"),
        (
            "sendMessage",
            key(json!({"text": "a", "url": "http://localhost/"})),
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        (
            "sendMessage",
            key(json!({"text": "a", "callback_data": "x", "style": "green"})),
            "can't parse inline keyboard button: invalid button style specified",
        ),
        ("sendMessage", keys(buttons(101, 8)), "reply markup is too long"),
        ("sendMessage", keys(buttons(9, 9)), "reply markup is too long"),
        ("sendMessage", keys(json!({"keyboard": [[{"text": " "}]]})), "keyboard button text must be non-empty"),
        (
            "sendMessage",
            to(CREW, json!({"text": "x", "reply_markup": {"keyboard": [[{"text": "a", "request_location": true}]]}})),
            "location can be requested in private chats only",
        ),
        (
            "sendMessage",
            to(WANG, json!({"text": "x", "reply_parameters": {"message_id": 77}})),
            "message to be replied not found",
        ),
        ("sendChatAction", to(WANG, json!({"action": "dance"})), "wrong parameter action in request"),
    ];
    let count = cases.len();
    all_refused(&sandbox, cases).await;
    assert_eq!(sandbox.world().violations().len(), count);
    let fits = [html(&"a".repeat(4096)), keys(buttons(100, 8)), key(json!({"text": "a", "callback_data": "x".repeat(64)}))];
    for body in fits {
        sent(&sandbox, body).await;
    }
}

/// The id of the file in the last message of a person's.
async fn file(sandbox: &baoxiu::sandbox::Sandbox, kind: &str) -> Value {
    let update = raw(sandbox, "getUpdates", json!({"offset": -1})).await["result"][0]["message"].clone();
    if kind == "photo" { update["photo"][1]["file_id"].clone() } else { update[kind]["file_id"].clone() }
}

#[tokio::test]
async fn files_captions_and_albums() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    world.send_photo(WANG, WANG, None, "");
    let photo = file(&sandbox, "photo").await;
    world.send_video(WANG, WANG, None, "");
    let video = file(&sandbox, "video").await;
    world.send_document(WANG, WANG, "a.pdf", b"x".to_vec(), "");
    let document = file(&sandbox, "document").await;
    let caption = |length: usize| {
        to(WANG, json!({"photo": photo, "caption": format!("<b>{}</b>", "a".repeat(length)), "parse_mode": "HTML"}))
    };
    let part = |kind: &str, media: &Value| json!({"type": kind, "media": media});
    let album = |parts: Vec<Value>| to(WANG, json!({"media": parts}));
    let pictures = |count: usize| album(vec![part("photo", &photo); count]);
    all_refused(
        &sandbox,
        vec![
            ("sendPhoto", to(WANG, json!({"photo": "nothing"})), "wrong file identifier/HTTP URL specified"),
            ("sendPhoto", to(WANG, json!({"photo": video})), "can't use file of type Video as Photo"),
            ("sendVoice", to(WANG, json!({"voice": document})), "can't use file of type Document as VoiceNote"),
            ("sendPhoto", caption(1025), "message caption is too long"),
            ("sendMediaGroup", album(Vec::new()), "there are no messages to send"),
            ("sendMediaGroup", pictures(1), "there must be 2-10 messages in a media group"),
            ("sendMediaGroup", pictures(11), "too many messages to send as an album"),
            (
                "sendMediaGroup",
                album(vec![part("photo", &photo), part("document", &document)]),
                "document can't be mixed with other media types",
            ),
            ("getFile", json!({"file_id": "nothing"}), "invalid file_id"),
        ],
    )
    .await;
    assert_eq!(raw(&sandbox, "sendPhoto", caption(1024)).await["ok"], true);
    let mixed = album(vec![part("photo", &photo), part("video", &video)]);
    assert_eq!(raw(&sandbox, "sendMediaGroup", mixed).await["result"].as_array().unwrap().len(), 2);
    let entities = json!([{"type": "italic", "offset": 0, "length": 1}]);
    for (method, kind, id) in [("sendVideo", "video", &video), ("sendDocument", "document", &document)] {
        let answer = raw(&sandbox, method, to(WANG, json!({kind: id, "caption": "看", "caption_entities": entities}))).await;
        assert_eq!(answer["result"]["caption_entities"], entities, "{answer}");
    }
}

#[tokio::test]
async fn edits_deletions_and_pins() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let text = sent(&sandbox, to(WANG, json!({"text": "a"}))).await;
    let asked = sent(&sandbox, to(WANG, json!({"text": "?", "reply_markup": {"keyboard": [["a"]]}}))).await;
    world.send_photo(WANG, WANG, None, "");
    let photo = file(&sandbox, "photo").await;
    let id = |answer: Value| answer["result"]["message_id"].as_i64().unwrap();
    let picture = id(raw(&sandbox, "sendPhoto", to(WANG, json!({"photo": photo}))).await);
    let place = id(raw(&sandbox, "sendLocation", to(WANG, json!({"latitude": 1, "longitude": 2}))).await);
    let edit = |id: i64| to(WANG, json!({"message_id": id, "text": "b"}));
    let caption = |id: i64| to(WANG, json!({"message_id": id, "caption": "b"}));
    let ids = |ids: Vec<i64>| to(WANG, json!({"message_ids": ids}));
    let service = world.messages(CREW)[0].id;
    all_refused(
        &sandbox,
        vec![
            ("editMessageText", edit(99), "message to edit not found"),
            ("editMessageText", edit(1), "message can't be edited"),
            ("editMessageText", edit(asked), "message can't be edited"),
            ("editMessageText", edit(place), "message can't be edited"),
            ("editMessageText", edit(picture), "there is no text in the message to edit"),
            ("editMessageCaption", caption(text), "there is no caption in the message to edit"),
            (
                "editMessageText",
                to(WANG, json!({"message_id": text, "text": "a"})),
                "message is not modified: specified new message content and reply markup are exactly the same as a current \
                 content and reply markup of the message",
            ),
            (
                "editMessageReplyMarkup",
                to(WANG, json!({"message_id": text, "reply_markup": {"remove_keyboard": true}})),
                "inline keyboard expected",
            ),
            ("deleteMessage", to(WANG, json!({"message_id": 99})), "message to delete not found"),
            ("deleteMessages", ids(Vec::new()), "message identifiers are not specified"),
            ("deleteMessages", ids((1..=101).collect()), "too many message identifiers specified"),
            ("deleteMessages", ids(vec![0]), "invalid message identifier specified"),
            ("pinChatMessage", to(CREW, json!({"message_id": service})), "service messages can't be pinned"),
            ("pinChatMessage", to(CREW, json!({"message_id": 99})), "message to pin not found"),
            ("copyMessage", to(CREW, json!({"from_chat_id": WANG, "message_id": 99})), "message to copy not found"),
            ("forwardMessage", to(CREW, json!({"from_chat_id": WANG, "message_id": 99})), "message to forward not found"),
        ],
    )
    .await;
    assert_eq!(raw(&sandbox, "editMessageCaption", caption(picture)).await["ok"], true);
    let query = world.press(WANG, WANG, text, "x");
    world.advance(Duration::from_secs(61));
    let late = refused(&sandbox, "answerCallbackQuery", json!({"callback_query_id": query})).await;
    assert_eq!(late, "Bad Request: query is too old and response timeout expired or query ID is invalid");
    world.advance(Duration::from_secs(48 * 3600));
    let old = refused(&sandbox, "deleteMessage", to(WANG, json!({"message_id": text}))).await;
    assert_eq!(old, "Bad Request: message can't be deleted for everyone");
}

#[tokio::test]
async fn people_groups_and_rights() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    let say = |chat: i64| to(chat, json!({"text": "x"}));
    let foreign = -1_001_000_000_900;
    world.add_group(foreign, "别处", ADMIN);
    world.start(EMILY, None);
    world.start(LI, None);
    world.start(CHEN, None);
    world.block(EMILY);
    world.deactivate(LI);
    all_refused(
        &sandbox,
        vec![
            ("sendMessage", say(5), "chat not found"),
            ("sendMessage", to(0, json!({"chat_id": "@nobody", "text": "x"})), "chat not found"),
            ("sendMessage", say(WANG), "Forbidden: bot can't initiate conversation with a user"),
            ("sendMessage", say(EMILY), "Forbidden: bot was blocked by the user"),
            ("sendMessage", say(LI), "Forbidden: user is deactivated"),
            ("sendMessage", say(foreign), "Forbidden: bot is not a member of the supergroup chat"),
            ("leaveChat", json!({"chat_id": foreign}), "Forbidden: bot is not a member of the supergroup chat"),
            ("getChatAdministrators", json!({"chat_id": CHEN}), "there are no administrators in the private chat"),
            ("getChatMember", json!({"chat_id": CREW, "user_id": 5}), "PARTICIPANT_ID_INVALID"),
        ],
    )
    .await;
    let me = async || raw(&sandbox, "getChatMember", json!({"chat_id": CREW, "user_id": BOT_ID})).await["result"].clone();
    let card = sent(&sandbox, say(CREW)).await;
    let theirs = world.say(CHEN, CREW, "闲聊");
    let pin = || to(CREW, json!({"message_id": card}));
    let delete = || to(CREW, json!({"message_id": theirs}));
    assert_eq!(me().await["can_pin_messages"], true);
    world.deny(CREW, BOT_ID, "can_pin_messages", true);
    world.deny(CREW, BOT_ID, "can_delete_messages", true);
    let rights = me().await;
    assert_eq!((&rights["status"], &rights["can_pin_messages"]), (&json!("administrator"), &json!(false)));
    all_refused(
        &sandbox,
        vec![
            ("pinChatMessage", pin(), "not enough rights to manage pinned messages in the chat"),
            ("deleteMessage", delete(), "message can't be deleted"),
        ],
    )
    .await;
    world.deny(CREW, BOT_ID, "can_delete_messages", false);
    assert_eq!(raw(&sandbox, "deleteMessage", delete()).await["ok"], true);
    world.promote(CREW, BOT_ID, ADMIN, false);
    world.deny(CREW, BOT_ID, "can_send_messages", true);
    assert_eq!(me().await["status"], "restricted");
    assert_eq!(
        refused(&sandbox, "sendMessage", say(CREW)).await,
        "Bad Request: not enough rights to send text messages to the chat"
    );
    world.remove_bot(CREW, ADMIN);
    assert_eq!(refused(&sandbox, "sendMessage", say(CREW)).await, "Forbidden: bot was kicked from the supergroup chat");
    told_of_itself(&world, &sandbox).await;
}

/// Each change of the bot's own rights came as an update.
async fn told_of_itself(world: &World, sandbox: &baoxiu::sandbox::Sandbox) {
    assert!(world.pending_updates() < 100);
    let updates = raw(sandbox, "getUpdates", json!({})).await["result"].clone();
    let changes = updates.as_array().unwrap().iter().filter_map(|u| u.get("my_chat_member")).filter(|c| c["chat"]["id"] == CREW);
    let statuses: Vec<_> = changes.map(|c| c["new_chat_member"]["status"].as_str().unwrap().to_owned()).collect();
    let expected = ["administrator", "administrator", "administrator", "administrator", "restricted", "restricted", "kicked"];
    assert_eq!(statuses, expected);
}

#[tokio::test]
async fn what_the_bot_says_about_itself() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    let menu = |name: &str, description: &str| json!({"commands": [{"command": name, "description": description}]});
    let scope = |scope: Value| json!({"commands": [], "scope": scope});
    let long = |length: usize| "字".repeat(length);
    all_refused(
        &sandbox,
        vec![
            ("setMyCommands", menu("Report", "x"), "BOT_COMMAND_INVALID"),
            ("setMyCommands", menu(&"a".repeat(33), "x"), "BOT_COMMAND_INVALID"),
            ("setMyCommands", menu("a", ""), "BOT_COMMAND_DESCRIPTION_INVALID"),
            ("setMyCommands", menu("a", &long(257)), "BOT_COMMAND_DESCRIPTION_INVALID"),
            (
                "setMyCommands",
                json!({"commands": vec![json!({"command": "a", "description": "b"}); 101]}),
                "BOT_COMMANDS_TOO_MUCH",
            ),
            ("setMyCommands", json!({"commands": [], "language_code": "zh-hans"}), "invalid language code specified"),
            ("setMyCommands", scope(json!({"type": "chat", "chat_id": WANG})), "chat not found"),
            ("setMyDescription", json!({"description": long(513)}), "bot description is too long"),
            ("setMyShortDescription", json!({"short_description": long(121)}), "bot short description is too long"),
        ],
    )
    .await;
    world.start(WANG, None);
    assert_eq!(raw(&sandbox, "setMyCommands", scope(json!({"type": "chat", "chat_id": WANG}))).await["ok"], true);
    for (language, words) in [("", "Repairs"), ("zh", "报修")] {
        let set = json!({"description": words, "language_code": language});
        assert_eq!(raw(&sandbox, "setMyDescription", set).await["ok"], true);
        let got = raw(&sandbox, "getMyDescription", json!({"language_code": language})).await;
        assert_eq!(got["result"]["description"], words);
        let set = json!({"short_description": words, "language_code": language});
        assert_eq!(raw(&sandbox, "setMyShortDescription", set).await["ok"], true);
    }
    let other = raw(&sandbox, "getMyShortDescription", json!({"language_code": "fr"})).await;
    assert_eq!(other["result"]["short_description"], "Repairs");
}
