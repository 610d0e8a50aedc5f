//! What a person on the page does, and the levers that the page has for whoever tries things out.
use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::json_answer;
use crate::sandbox::BODY_LIMIT;
use crate::sandbox::faults::{Fault, Harm};
use crate::sandbox::state::{Role, State, group_kind};
use crate::sandbox::world::World;

/// Longest group title, in characters, as in the apps.
const TITLE_LIMIT: usize = 128;
/// Minutes of a day: more at once is no turn of a clock.
const LONGEST_TURN: u64 = 24 * 60;

/// One action: `{do, user, chat, …}`. Answers `{result}`, or 400 for what nobody can do.
pub(super) async fn serve(world: &World, request: Request) -> Response {
    let json = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == b"application/json");
    let body = to_bytes(request.into_body(), BODY_LIMIT).await.unwrap_or_default();
    let (true, Ok(act)) = (json, serde_json::from_slice::<Value>(&body)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match of_person(world, &act).or_else(|| in_group(world, &act)).or_else(|| weather(world, &act)).or_else(|| time(world, &act))
    {
        Some(result) => json_answer(&json!({ "result": result })),
        None => StatusCode::BAD_REQUEST.into_response(),
    }
}

fn int(act: &Value, key: &str) -> i64 {
    act[key].as_i64().unwrap_or_default()
}

fn text<'a>(act: &'a Value, key: &str) -> &'a str {
    act[key].as_str().unwrap_or_default()
}

fn of_person(world: &World, act: &Value) -> Option<Value> {
    let (user, chat) = (int(act, "user"), int(act, "chat"));
    let result = match text(act, "do") {
        "say" => match act["reply_to"].as_i64() {
            Some(to) => json!(world.reply(user, chat, to, text(act, "text"))),
            None => json!(world.say(user, chat, text(act, "text"))),
        },
        "start" => json!(world.start(user, act["payload"].as_str())),
        "edit" => {
            world.edit(user, chat, int(act, "message"), text(act, "text"));
            Value::Null
        }
        "press" => json!(world.press(user, chat, int(act, "message"), text(act, "data"))),
        "contact" => json!(world.share_contact(user, chat, text(act, "phone"), act["own"] == json!(true))),
        "location" => {
            let number = |key: &str| act[key].as_f64().unwrap_or_default();
            json!(world.share_location(user, chat, number("lat"), number("lng")))
        }
        "sticker" => json!(world.send_sticker(user, chat)),
        "album_id" => json!(world.change(State::number).to_string()),
        "block" => {
            world.block(user);
            Value::Null
        }
        "unblock" => {
            world.unblock(user);
            Value::Null
        }
        _ => return None,
    };
    Some(result)
}

/// Coming and going. `who` is the person or the bot that it happens to, `on` whether they are or become an administrator.
fn in_group(world: &World, act: &Value) -> Option<Value> {
    let (user, chat, who, on) = (int(act, "user"), int(act, "chat"), int(act, "who"), act["on"] == json!(true));
    let role = if on { Role::Admin } else { Role::Member };
    let result = match text(act, "do") {
        "join" => {
            world.join(chat, user);
            Value::Null
        }
        "leave" => {
            world.leave(chat, user);
            Value::Null
        }
        "add" | "promote" => {
            world.change(|state| state.move_member(chat, who, user, role));
            Value::Null
        }
        "kick" => {
            world.kick(chat, who, user);
            Value::Null
        }
        "new_group" => {
            let title: String = text(act, "title").trim().chars().take(TITLE_LIMIT).collect();
            if title.is_empty() {
                return None;
            }
            let id = world.change(|state| -i64::try_from(state.number()).unwrap_or(i64::MAX));
            world.add_group(id, &title, user);
            for who in act["members"].as_array().into_iter().flatten().filter_map(Value::as_i64) {
                world.change(|state| state.move_member(id, who, user, Role::Member));
            }
            json!(id)
        }
        "migrate" if chat < 0 && group_kind(chat) == "group" => {
            let number = world.change(|state| i64::try_from(state.number()).unwrap_or_default());
            let to = -1_000_000_000_000 - number;
            world.migrate(chat, to, user);
            json!(to)
        }
        _ => return None,
    };
    Some(result)
}

/// Trouble on and off. One at a time: the page shows what is on, and a heap of faults could not be understood there.
fn weather(world: &World, act: &Value) -> Option<Value> {
    match text(act, "do") {
        "fault_off" => world.clear_faults(),
        "fault_on" => {
            let kind = text(act, "kind");
            let seconds = act["retry_after"].as_u64().and_then(|s| u32::try_from(s).ok()).map(|s| s.clamp(1, 3600));
            let harm = match kind {
                "429" => Harm::Refused { status: 429, retry_after: seconds },
                "403" => Harm::status(403),
                "500" => Harm::status(500),
                "cut" => Harm::CutBefore,
                "lost" => Harm::CutAfter,
                _ => return None,
            };
            world.clear_faults();
            world.fault(Fault { sends: act["sends"] == json!(true), chat: act["chat"].as_i64(), harm, ..Fault::default() });
        }
        _ => return None,
    }
    Some(Value::Null)
}

/// The clock, forward.
fn time(world: &World, act: &Value) -> Option<Value> {
    let minutes = act["minutes"].as_u64().filter(|minutes| (1..=LONGEST_TURN).contains(minutes));
    match (text(act, "do"), minutes) {
        ("forward", Some(minutes)) => world.turn(Duration::from_secs(minutes * 60)).map(|()| Value::Null),
        _ => None,
    }
}
