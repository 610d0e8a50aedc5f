use serde_json::json;

use super::*;

fn me() -> Me {
    Me { id: 99, name: "BaoxiuBot".to_owned(), reads_all: false }
}

fn user() -> Value {
    json!({"id": 7, "is_bot": false, "first_name": "王", "last_name": "师傅", "language_code": "zh-hans"})
}

fn bot() -> Value {
    json!({"id": 99, "is_bot": true, "first_name": "报修", "username": "BaoxiuBot"})
}

fn private(fields: Value) -> Option<Input> {
    let chat = json!({"id": 7, "type": "private", "first_name": "王"});
    update("message", chat, fields)
}

fn group(fields: Value) -> Option<Input> {
    update("message", json!({"id": -100, "type": "supergroup", "title": "浦东组"}), fields)
}

fn update(kind: &str, chat: Value, fields: Value) -> Option<Input> {
    let mut message = json!({"message_id": 5, "date": 1_700_000_000, "chat": chat, "from": user()});
    message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    input(&json!({"update_id": 1, kind: message}), &me())
}

fn content_of(input: Option<Input>) -> Content {
    match input {
        Some(Input::Message(message)) => message.content,
        other => panic!("not a message: {other:?}"),
    }
}

fn message(input: Option<Input>) -> Message {
    match input {
        Some(Input::Message(message) | Input::Edited(message)) => message,
        other => panic!("not a message: {other:?}"),
    }
}

#[test]
fn a_text_in_private() {
    let m = message(private(json!({"text": "空调不制冷"})));
    assert_eq!((m.chat, m.private, m.id, m.topic, m.reply_to), (7, true, 5, None, None));
    assert_eq!(m.from, Sender { id: 7, name: "王 师傅".to_owned(), language: Some("zh-hans".to_owned()) });
    assert_eq!((m.anonymous, m.foreign, m.content), (false, false, Content::Text("空调不制冷".to_owned())));
}

/// A text that Telegram takes for a command, as its first word is marked.
fn command(text: &str) -> Value {
    let length = text.split(' ').next().unwrap().encode_utf16().count();
    json!({"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]})
}

fn with(mut fields: Value, more: Value) -> Value {
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    fields
}

#[test]
fn commands_lose_the_name_of_the_bot() {
    let own = message(private(command("/start@baoxiubot t17")));
    assert_eq!((own.content, own.foreign), (Content::Text("/start t17".to_owned()), false));
    let others = message(private(command("/start@other t17")));
    assert_eq!((others.content, others.foreign), (Content::Text("/start@other t17".to_owned()), true));
}

#[test]
fn what_only_looks_like_a_command_is_none() {
    let mark = |kind: &str, offset: usize, length: usize| json!({"type": kind, "offset": offset, "length": length});
    let word = mark("bot_command", 0, 5);
    let around = |kind: &str| json!([mark(kind, 0, 5), word]);
    let looks = [
        ("not marked at all", json!([])),
        ("marked further on", json!([mark("bot_command", 6, 3)])),
        ("code", json!([mark("code", 0, 5)])),
        ("code, marked all the same", around("code")),
        ("a block of code", around("pre")),
        ("a quotation", around("blockquote")),
        ("a quotation that is folded", around("expandable_blockquote")),
    ];
    for (what, entities) in looks {
        let text = json!({"text": "/bind /x", "entities": entities});
        assert!(message(private(text.clone())).foreign, "{what}");
        assert_eq!(group(text), None, "{what}");
    }
    // Bold or crossed out it is a command still, and an odd mark elsewhere does not undo it.
    for entities in [
        around("bold"),
        around("strikethrough"),
        json!([word, mark("blockquote", 6, 2)]),
        json!([word, {"type": "new", "odd": 1}]),
    ] {
        let text = json!({"text": "/bind /x", "entities": entities});
        assert!(!message(private(text.clone())).foreign, "{entities}");
        assert!(group(text).is_some(), "{entities}");
    }
    // What was not read at first is held to the same.
    let odd = json!({"text": "/bind", "entities": [mark("code", 0, 5)], "quote": {"odd": true}});
    assert!(message(private(odd.clone())).foreign);
    assert_eq!(group(odd), None);
    assert!(!message(private(with(command("/bind"), json!({"quote": {"odd": true}})))).foreign);
    // A caption is never one.
    let photo = json!([{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]);
    let caption = json!({"photo": photo, "caption": "/bind", "caption_entities": [word]});
    assert!(matches!(content_of(private(caption.clone())), Content::Media { .. }));
    assert_eq!(group(caption), None);
}

#[test]
fn in_groups_only_what_is_meant_for_the_bot() {
    assert_eq!(content_of(group(command("/bind desk"))), Content::Text("/bind desk".to_owned()));
    assert_eq!(message(group(command("/bind@BaoxiuBot"))).title, "浦东组");
    for chatter in ["hello", "see /bind", "/bind@otherbot", "/", "// comment", "/路"] {
        assert_eq!(group(command(chatter)), None, "{chatter}");
    }
    let reply = json!({"message_id": 3, "date": 1, "chat": {"id": -100, "type": "supergroup", "title": "浦东组"}, "from": bot(), "text": "x"});
    assert_eq!(message(group(json!({"text": "好的", "reply_to_message": reply.clone()}))).reply_to, Some(3));
    let mut other = reply.clone();
    other["from"] = user();
    assert_eq!(group(json!({"text": "好的", "reply_to_message": other})), None);
    // The bot made the topic: talk in it is not a reply to the bot.
    let talk = json!({"text": "好的", "reply_to_message": reply, "is_topic_message": true, "message_thread_id": 3});
    assert_eq!(group(talk), None);
}

#[test]
fn forwarded_and_anonymous_are_told_apart() {
    let origin = json!({"type": "hidden_user", "date": 1, "sender_user_name": "x"});
    assert!(message(private(with(command("/start"), json!({"forward_origin": origin.clone()})))).foreign);
    assert!(message(private(json!({"text": "hi", "via_bot": bot()}))).foreign);
    let via = json!({"via_bot": bot()});
    for other in [json!({"forward_origin": origin}), via.clone(), json!({"is_automatic_forward": true})] {
        assert_eq!(group(with(command("/bind"), other.clone())), None, "not sent by a person: {other}");
    }
    assert!(message(private(with(command("/start"), via))).foreign);
    let sender_chat = json!({"id": -100, "type": "supergroup", "title": "浦东组"});
    assert!(message(group(with(command("/bind"), json!({"sender_chat": sender_chat})))).anonymous);
}

#[test]
fn files() {
    let sizes = json!([
        {"file_id": "big", "file_unique_id": "B", "width": 900, "height": 1200, "file_size": 9},
        {"file_id": "small", "file_unique_id": "S", "width": 90, "height": 120, "file_size": 1}]);
    let m = message(private(json!({"photo": sizes, "caption": "漏水", "media_group_id": "A1"})));
    assert_eq!(m.album.as_deref(), Some("A1"));
    let Content::Media { media, caption } = m.content else { panic!("no media") };
    assert_eq!(
        (media.kind, media.file_id.as_str(), media.unique_id.as_str(), caption.as_str()),
        (MediaKind::Photo, "big", "B", "漏水")
    );

    let file = json!({"file_id": "f", "file_unique_id": "u", "duration": 3, "width": 1, "height": 1, "length": 240});
    for (field, kind) in [
        ("video", MediaKind::Video),
        ("voice", MediaKind::Voice),
        ("audio", MediaKind::Document),
        ("document", MediaKind::Document),
        ("video_note", MediaKind::VideoNote),
        ("animation", MediaKind::Document),
    ] {
        let Content::Media { media, .. } = content_of(private(json!({field: file.clone()}))) else { panic!("{field}") };
        assert_eq!(media.kind, kind, "{field}");
    }
}

#[test]
fn contacts_places_and_the_rest() {
    let contact = json!({"phone_number": "8613800000000", "first_name": "李", "user_id": 8});
    let expected = Content::Contact { phone: "8613800000000".to_owned(), name: "李".to_owned(), user: Some(8) };
    assert_eq!(content_of(private(json!({"contact": contact}))), expected);
    let place = json!({"latitude": 31.2, "longitude": 121.5});
    assert_eq!(content_of(private(json!({"location": place}))), Content::Location { latitude: 31.2, longitude: 121.5 });
    assert_eq!(content_of(private(json!({"dice": {"emoji": "🎲", "value": 3}}))), Content::Other("dice".to_owned()));
    assert_eq!(private(json!({"message_auto_delete_timer_changed": {"message_auto_delete_time": 1}})), None);
}

#[test]
fn edits_are_edits() {
    let chat = json!({"id": 7, "type": "private", "first_name": "王"});
    assert!(matches!(update("edited_message", chat, json!({"text": "a", "edit_date": 2})), Some(Input::Edited(_))));
}

#[test]
fn presses() {
    let chat = json!({"id": -100, "type": "supergroup", "title": "浦东组"});
    let query = |message: Value| json!({"update_id": 1, "callback_query": {"id": "q", "from": user(), "chat_instance": "c", "data": "1:claim:17", "message": message}});
    let seen = json!({"message_id": 3, "date": 1, "chat": chat, "from": bot(), "text": "x"});
    let old = json!({"message_id": 3, "date": 0, "chat": chat});
    for message in [seen, old] {
        let Some(Input::Press(p)) = input(&query(message), &me()) else { panic!("no press") };
        assert_eq!((p.query.as_str(), p.chat, p.private, p.message, p.data.as_str()), ("q", -100, false, 3, "1:claim:17"));
    }
}

#[test]
fn members() {
    let change = |kind: &str, status: Value| {
        json!({"update_id": 1, kind: {"chat": {"id": -100, "type": "group", "title": "浦东组"}, "from": user(), "date": 1,
            "old_chat_member": {"user": user(), "status": "left"}, "new_chat_member": status}})
    };
    let now = |value: Value| match input(&value, &me()) {
        Some(Input::Member(c) | Input::BotMember(c)) => (c.user, c.now),
        other => panic!("not a change: {other:?}"),
    };
    assert_eq!(now(change("chat_member", json!({"user": user(), "status": "member"}))), (7, Membership::Member));
    assert_eq!(
        now(change("chat_member", json!({"user": user(), "status": "creator", "is_anonymous": false}))),
        (7, Membership::Administrator)
    );
    // Fields missing that teloxide wants: still understood.
    for (status, expected) in [("administrator", Membership::Administrator), ("kicked", Membership::Outside)] {
        assert_eq!(now(change("my_chat_member", json!({"user": bot(), "status": status}))), (99, expected));
    }
    let out = json!({"user": user(), "status": "restricted", "is_member": false});
    assert_eq!(now(change("chat_member", out)), (7, Membership::Outside));
}

#[test]
fn migration_is_told_in_either_group() {
    let expected = Some(Input::Migrated { from: -5, to: -100 });
    assert_eq!(
        update("message", json!({"id": -5, "type": "group", "title": "g"}), json!({"migrate_to_chat_id": -100})),
        expected
    );
    assert_eq!(group(json!({"migrate_from_chat_id": -5})), expected);
}

#[test]
fn something_new_costs_one_field_and_not_the_message() {
    let odd = json!({"text": "空调坏了", "quote": {"odd": true}, "reply_to_message": {"odd": 1}, "entities": [{"type": "new", "odd": 1}]});
    assert_eq!(content_of(private(odd)), Content::Text("空调坏了".to_owned()));
    assert_eq!(content_of(private(json!({"hologram": {"odd": 1}}))), Content::Other("unknown".to_owned()));
    let huge = json!({"document": {"file_id": "f", "file_unique_id": "u", "file_size": 5_000_000_000u64}});
    assert!(matches!(content_of(private(huge)), Content::Media { .. }));
    assert_eq!(group(json!({"hologram": {"odd": 1}})), None);
    assert_eq!(input(&json!({"update_id": 1, "brand_new": {}}), &me()), None);
    assert_eq!(input(&json!({"update_id": 1}), &me()), None);
    assert_eq!(input(&json!("nonsense"), &me()), None);
}
