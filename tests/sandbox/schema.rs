//! Calls that do not fit the Bot API's own description.
use baoxiu::sandbox::{CREW, WANG};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::{refused, scenery};

#[tokio::test]
async fn what_does_not_fit_the_description_is_refused() {
    let (sandbox, _) = scenery().await;
    let world = sandbox.world();
    world.start(WANG, None);
    let say = |more: Value| {
        let mut body = json!({"chat_id": WANG, "text": "x"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ("sendMessage", body)
    };
    let inline = |button: Value| say(json!({"reply_markup": {"inline_keyboard": [[button]]}}));
    let scope = |scope: Value| ("setMyCommands", json!({"commands": [], "scope": scope}));
    let album = |part: Value| ("sendMediaGroup", json!({"chat_id": WANG, "media": [part]}));
    let cases = [
        (say(json!({"colour": "red"})), "unknown parameter \"colour\" of sendMessage"),
        (say(json!({"reply_to_message_id": 1})), "unknown parameter \"reply_to_message_id\" of sendMessage"),
        (say(json!({"chat_id": true})), "field \"chat_id\" must be of type Integer or String"),
        (say(json!({"text": 7})), "field \"text\" must be of type String"),
        (say(json!({"protect_content": "true"})), "field \"protect_content\" must be of type Boolean"),
        (say(json!({"message_thread_id": 1.5})), "field \"message_thread_id\" must be of type Integer"),
        (say(json!({"parse_mode": null})), "field \"parse_mode\" must be of type String"),
        (say(json!({"reply_parameters": {}})), "can't parse reply_parameters: Can't find field \"message_id\""),
        (say(json!({"reply_parameters": [1]})), "field \"reply_parameters\" must be of type ReplyParameters"),
        (
            say(json!({"link_preview_options": {"disabled": true}})),
            "can't parse link_preview_options: unknown field \"disabled\" of LinkPreviewOptions",
        ),
        (
            say(json!({"link_preview_options": {"is_disabled": 1}})),
            "field \"link_preview_options.is_disabled\" must be of type Boolean",
        ),
        (say(json!({"entities": [{"type": "bold", "offset": 0}]})), "can't parse entities[0]: Can't find field \"length\""),
        (inline(json!({"callback_data": "a"})), "can't parse reply_markup.inline_keyboard[0][0]: Can't find field \"text\""),
        (
            inline(json!({"text": "a", "data": "a"})),
            "can't parse reply_markup.inline_keyboard[0][0]: unknown field \"data\" of InlineKeyboardButton",
        ),
        (
            inline(json!({"text": "a", "callback_data": 5})),
            "field \"reply_markup.inline_keyboard[0][0].callback_data\" must be of type String",
        ),
        (inline(json!("a")), "field \"reply_markup.inline_keyboard[0][0]\" must be of type InlineKeyboardButton"),
        (
            say(json!({"reply_markup": {"keyboard": [["a"]], "inline_keyboard": [[]]}})),
            "can't parse reply_markup: unknown field \"keyboard\" of InlineKeyboardMarkup",
        ),
        (say(json!({"reply_markup": {"keyboard": ["a"]}})), "field \"reply_markup.keyboard[0]\" must be of type Array"),
        (
            say(json!({"reply_markup": "{}"})),
            "field \"reply_markup\" must be of type InlineKeyboardMarkup or \
             ReplyKeyboardMarkup or ReplyKeyboardRemove or ForceReply",
        ),
        (album(json!({"type": "photo"})), "can't parse media[0]: Can't find field \"media\""),
        (
            album(json!({"type": "photo", "media": "a", "width": 5})),
            "can't parse media[0]: unknown field \"width\" of InputMediaPhoto",
        ),
        (album(json!({"type": "video", "media": "a", "width": "5"})), "field \"media[0].width\" must be of type Integer"),
        (scope(json!({"type": "chat"})), "can't parse scope: Can't find field \"chat_id\""),
        (scope(json!({"type": "chat_member", "chat_id": CREW})), "can't parse scope: Can't find field \"user_id\""),
        (
            scope(json!({"type": "default", "chat_id": 1})),
            "can't parse scope: unknown field \"chat_id\" of BotCommandScopeDefault",
        ),
        (("setMyCommands", json!({"commands": [{"command": "a"}]})), "can't parse commands[0]: Can't find field \"description\""),
        (("setMyCommands", json!({})), "parameter \"commands\" is required"),
        (("sendMessage", json!({"text": "x"})), "chat_id is empty"),
        (("sendMessage", json!({"chat_id": WANG})), "message text is empty"),
        (("sendPhoto", json!({"chat_id": WANG})), "there is no photo in the request"),
        (("sendVideo", json!({"chat_id": WANG, "video": ""})), "there is no video in the request"),
        (("deleteMessage", json!({"chat_id": WANG})), "message identifier is not specified"),
        (("deleteMessages", json!({"chat_id": WANG})), "message identifiers are not specified"),
        (("deleteMessages", json!({"chat_id": WANG, "message_ids": ["1"]})), "field \"message_ids[0]\" must be of type Integer"),
        (("getChatMember", json!({"chat_id": WANG})), "invalid user_id specified"),
        (("getFile", json!({})), "file_id not specified"),
        (("sendLocation", json!({"chat_id": WANG, "latitude": 1})), "longitude is empty"),
        (("getMe", json!({"x": 1})), "unknown parameter \"x\" of getMe"),
    ];
    let count = cases.len();
    for ((method, body), expected) in cases {
        let said = refused(&sandbox, method, body.clone()).await;
        assert_eq!(said, format!("Bad Request: {expected}"), "{method} {body}");
    }
    assert_eq!(world.violations().len(), count, "each of them is the bot's fault");
}

#[tokio::test]
async fn methods_are_telegrams() {
    let (sandbox, _) = scenery().await;
    assert_eq!(refused(&sandbox, "flyToTheMoon", json!({})).await, "Not Found: method not found");
    let not_here = refused(&sandbox, "getUserProfilePhotos", json!({"user_id": WANG})).await;
    assert_eq!(not_here, "Bad Request: the sandbox does not play getuserprofilephotos");
    assert_eq!(sandbox.world().violations().len(), 2);
}

#[tokio::test]
async fn forms_are_read_as_text_and_checked_alike() {
    let (sandbox, _) = scenery().await;
    sandbox.world().start(WANG, None);
    let post = async |method: &str, fields: &[(&'static str, &'static str)]| {
        let form =
            fields.iter().fold(Form::new().text("chat_id", WANG.to_string()), |form, (key, value)| form.text(*key, *value));
        send(&sandbox, method, form).await
    };
    let keys = ("reply_markup", r#"{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}"#);
    let good = post("sendMessage", &[("text", "7"), ("protect_content", "True"), keys]).await;
    assert_eq!((&good["ok"], &good["result"]["text"]), (&json!(true), &json!("7")));
    let cases = [
        (("protect_content", "perhaps"), "field \"protect_content\" must be of type Boolean"),
        (("message_thread_id", "one"), "field \"message_thread_id\" must be of type Integer"),
        (
            ("reply_markup", "{"),
            "field \"reply_markup\" must be of type InlineKeyboardMarkup or ReplyKeyboardMarkup or \
             ReplyKeyboardRemove or ForceReply",
        ),
        (
            ("link_preview_options", r#"{"is_disabled": "yes"}"#),
            "field \"link_preview_options.is_disabled\" must be of type Boolean",
        ),
        (("colour", "red"), "unknown parameter \"colour\" of sendMessage"),
    ];
    for (field, expected) in cases {
        let answer = post("sendMessage", &[("text", "x"), field]).await;
        assert_eq!(answer["description"], format!("Bad Request: {expected}"), "{field:?}");
    }
}

#[tokio::test]
async fn files_belong_to_a_parameter() {
    let (sandbox, _) = scenery().await;
    sandbox.world().start(WANG, None);
    let form = || Form::new().text("chat_id", WANG.to_string());
    let file = || Part::bytes(b"bytes".to_vec()).file_name("a.png");
    let own = form().text("caption", "<b>看</b>").text("parse_mode", "HTML").part("photo", file());
    let sent = send(&sandbox, "sendPhoto", own).await;
    assert_eq!((&sent["result"]["caption"], &sent["result"]["caption_entities"][0]["type"]), (&json!("看"), &json!("bold")));
    let named = form().text("photo", "attach://mine").part("mine", file());
    assert_eq!(send(&sandbox, "sendPhoto", named).await["ok"], true);
    let lost = send(&sandbox, "sendPhoto", form().part("foto", file())).await;
    assert_eq!(lost["description"], "Bad Request: no parameter of sendPhoto takes the file \"foto\"");
    let form = form().text("text", "x").part("photo", file());
    assert_eq!(
        send(&sandbox, "sendMessage", form).await["description"],
        "Bad Request: no parameter of sendMessage takes the file \"photo\""
    );
}

async fn send(sandbox: &baoxiu::sandbox::Sandbox, method: &str, form: Form) -> Value {
    let url = format!("{}/bot{}/{method}", sandbox.api_url(), sandbox.token());
    reqwest::Client::new().post(url).multipart(form).send().await.unwrap().json().await.unwrap()
}
