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

#[test]
fn commands_lose_the_name_of_the_bot() {
    assert_eq!(content_of(private(json!({"text": "/start@baoxiubot t17"}))), Content::Text("/start t17".to_owned()));
    assert_eq!(content_of(private(json!({"text": "/start@other t17"}))), Content::Text("/start@other t17".to_owned()));
}

#[test]
fn in_groups_only_what_is_meant_for_the_bot() {
    assert_eq!(content_of(group(json!({"text": "/bind desk"}))), Content::Text("/bind desk".to_owned()));
    assert_eq!(message(group(json!({"text": "/bind@BaoxiuBot"}))).title, "浦东组");
    for chatter in ["hello", "see /bind", "/bind@otherbot", "/", "// comment", "/路"] {
        assert_eq!(group(json!({"text": chatter})), None, "{chatter}");
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
    assert!(message(private(json!({"text": "/start", "forward_origin": origin.clone()}))).foreign);
    assert!(message(private(json!({"text": "hi", "via_bot": bot()}))).foreign);
    assert_eq!(group(json!({"text": "/bind", "forward_origin": origin})), None, "a forwarded command is no command");
    let sender_chat = json!({"id": -100, "type": "supergroup", "title": "浦东组"});
    assert!(message(group(json!({"text": "/bind", "sender_chat": sender_chat}))).anonymous);
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
        ("video_note", MediaKind::Video),
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
