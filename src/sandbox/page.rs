//! The page and its server side: everything that a person in the browser can see or do.
mod act;
mod log;

use std::time::Duration;

use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::faults::Harm;
use super::params::Params;
use super::people::Attachment;
use super::state::State;
use super::world::World;
use super::{ADMIN, BOT_ID, BOT_USERNAME, phone_of};

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Path, kind and text of everything that the page is made of.
const PARTS: [(&str, &str, &str); 21] = [
    ("/", HTML, include_str!("page/index.html")),
    ("/style.css", STYLE, include_str!("page/style.css")),
    ("/backstage.css", STYLE, include_str!("page/backstage.css")),
    ("/actions.js", SCRIPT, include_str!("page/actions.js")),
    ("/app.js", SCRIPT, include_str!("page/app.js")),
    ("/backstage.js", SCRIPT, include_str!("page/backstage.js")),
    ("/clock.js", SCRIPT, include_str!("page/clock.js")),
    ("/dialogs.js", SCRIPT, include_str!("page/dialogs.js")),
    ("/dom.js", SCRIPT, include_str!("page/dom.js")),
    ("/faults.js", SCRIPT, include_str!("page/faults.js")),
    ("/groups.js", SCRIPT, include_str!("page/groups.js")),
    ("/hint.js", SCRIPT, include_str!("page/hint.js")),
    ("/journal.js", SCRIPT, include_str!("page/journal.js")),
    ("/json.js", SCRIPT, include_str!("page/json.js")),
    ("/made.js", SCRIPT, include_str!("page/made.js")),
    ("/media.js", SCRIPT, include_str!("page/media.js")),
    ("/message.js", SCRIPT, include_str!("page/message.js")),
    ("/phone.js", SCRIPT, include_str!("page/phone.js")),
    ("/sheets.js", SCRIPT, include_str!("page/sheets.js")),
    ("/text.js", SCRIPT, include_str!("page/text.js")),
    ("/world.js", SCRIPT, include_str!("page/world.js")),
];

/// Nothing from elsewhere, no frames: the page is complete in itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                      media-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/// How long a question for news stays open.
const NEWS_WAIT: Duration = Duration::from_secs(20);

/// Serves the page, its news and its actions.
pub(super) async fn serve(world: &World, path: &str, request: Request) -> Response {
    let post = request.method() == Method::POST;
    match path {
        "/sandbox/events" => return events(world, request).await,
        "/sandbox/log" => return log::serve(world, request).await,
        "/sandbox/act" if post => return act::serve(world, request).await,
        "/sandbox/upload" if post => return upload(world, request).await,
        _ => {}
    }
    if let Some(id) = path.strip_prefix("/sandbox/file/") {
        return file(world, id);
    }
    let Some((_, kind, text)) = PARTS.iter().find(|part| part.0 == path) else {
        return (StatusCode::NOT_FOUND, "Not found").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, *kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, *text).into_response()
}

fn file(world: &World, id: &str) -> Response {
    match world.read(|state| state.files.get(id).cloned()) {
        // Whatever a person or the bot uploaded must not run as a page of this server.
        Some(file) => {
            let safe = ["image/png", "image/jpeg", "image/webp", "audio/", "video/"].iter().any(|k| file.mime.starts_with(k));
            let kind = if safe { file.mime } else { "application/octet-stream".into() };
            ([(header::CONTENT_TYPE, kind), (header::X_CONTENT_TYPE_OPTIONS, "nosniff".into())], file.bytes).into_response()
        }
        None => (StatusCode::NOT_FOUND, "Not found").into_response(),
    }
}

fn json_answer(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], value.to_string()).into_response()
}

async fn events(world: &World, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else { return StatusCode::BAD_REQUEST.into_response() };
    let since = u64::try_from(params.int("since").unwrap_or(0)).unwrap_or(0);
    let mut changes = world.watch();
    let end = tokio::time::Instant::now() + NEWS_WAIT;
    while world.read(|state| state.version) == since {
        tokio::select! {
            _ = changes.changed() => {}
            () = tokio::time::sleep_until(end) => break,
            () = world.closed() => break,
        }
    }
    json_answer(&world.read(|state| news(state, since)))
}

/// What changed after a version. From version 0: everything.
fn news(state: &State, since: u64) -> Value {
    // A page that outlived an earlier server knows versions that this one never had.
    let since = if since > state.version { 0 } else { since };
    let now = state.now_ms();
    let mut chats = Vec::new();
    for (id, chat) in &state.chats {
        let news = chat.messages.iter().filter(|message| message.changed > since);
        let messages: Vec<Value> = news
            .map(|m| json!({ "body": m.body, "deleted": m.deleted, "reaction": m.reaction, "markup": m.other_markup }))
            .collect();
        let people = if chat.migrated_to.is_some() {
            // The app shows the supergroup in place of the group that it was.
            Vec::new()
        } else if chat.title.is_some() {
            chat.members.iter().filter(|(_, role)| role.is_in()).map(|(id, _)| *id).collect()
        } else {
            vec![*id]
        };
        let members: Vec<Value> = chat
            .members
            .iter()
            .filter(|(_, role)| role.is_in())
            .map(|(who, role)| json!({ "id": who, "role": state.member_json(*id, *who, *role)["status"] }))
            .collect();
        let chat_json = state.chat_json(*id);
        let menus: serde_json::Map<String, Value> =
            people.iter().filter(|id| **id != BOT_ID).map(|user| (user.to_string(), state.menu(*id, *user))).collect();
        chats.push(json!({
            "id": id, "title": chat.title, "kind": chat_json["type"], "migrated": chat.migrated_to.is_some(),
            "members": members, "people": people, "started": chat.started, "blocked": chat.blocked,
            "pinned": chat.pinned, "keyboard": chat.keyboard.as_ref().map(|(_, markup)| markup),
            "action": chat.action.as_ref().filter(|(_, until)| *until > now)
                .map(|(action, until)| json!({ "kind": action, "left": until - now })),
            "menus": menus, "messages": messages,
        }));
    }
    let people: Vec<Value> = state
        .users
        .keys()
        .map(|id| {
            let mut person = state.user_json(*id);
            let language = person["language_code"].as_str().unwrap_or_default();
            let language = language.split(['-', '_']).next().unwrap_or_default().to_owned();
            person["phone"] = json!(phone_of(*id));
            person["about"] = json!(state.settings.text("description", &language));
            person["admin"] = json!(*id == ADMIN);
            person
        })
        .collect();
    let faults: Vec<Value> = state
        .faults
        .iter()
        .map(|fault| {
            let (kind, status, retry_after) = match &fault.harm {
                Harm::Refused { status, retry_after } => ("status", *status, *retry_after),
                Harm::CutBefore => ("cut", 0, None),
                Harm::CutAfter => ("lost", 0, None),
                Harm::Late(_) => ("late", 0, None),
                Harm::Silence => ("silence", 0, None),
                Harm::Garbled(_) => ("garbled", 0, None),
            };
            json!({
                "kind": kind, "status": status, "retry_after": retry_after,
                "chat": fault.chat, "method": fault.method, "sends": fault.sends,
            })
        })
        .collect();
    let answers = state.queries.iter().filter(|(_, query)| query.changed > since && query.answer.is_some());
    let toasts: Vec<Value> =
        answers.map(|(id, query)| json!({ "query": id.to_string(), "user": query.user, "answer": query.answer })).collect();
    json!({
        "version": state.version, "full": since == 0, "bot": state.user_json(BOT_ID), "username": BOT_USERNAME,
        "session": state.session.to_string(), "people": people, "chats": chats, "toasts": toasts,
        "faults": faults, "now": now, "turns": state.turns.is_some(),
    })
}

/// A file from a person: multipart with `user`, `chat`, `kind`, `caption`, `album`, `seconds` and `file`.
async fn upload(world: &World, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else { return StatusCode::BAD_REQUEST.into_response() };
    let kind = match params.text("kind") {
        "photo" => "photo",
        "video" => "video",
        "voice" => "voice",
        "audio" => "audio",
        _ => "document",
    };
    let (Some(user), Some(chat), Some(file)) = (params.int("user"), params.int("chat"), params.upload("file", "")) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let file = Attachment {
        name: file.name.clone(),
        mime: file.mime.clone(),
        bytes: file.bytes.to_vec(),
        seconds: params.int("seconds"),
    };
    let album = Some(params.text("album")).filter(|album| !album.is_empty());
    let id = world.attach(user, chat, album, kind, file, params.text("caption"));
    json_answer(&json!({ "result": id }))
}
