//! The Bot API: one call after the other.
//!
//! Methods: `getMe getUpdates setWebhook deleteWebhook getWebhookInfo sendMessage sendPhoto sendVideo sendVideoNote sendVoice
//! sendAudio sendDocument sendAnimation sendMediaGroup sendLocation sendContact copyMessage forwardMessage editMessageText
//! editMessageCaption editMessageReplyMarkup deleteMessage deleteMessages answerCallbackQuery getChat getChatMember
//! getChatAdministrators getChatMemberCount leaveChat getFile setMyCommands getMyCommands deleteMyCommands
//! setMyDescription getMyDescription setMyShortDescription getMyShortDescription setMyName getMyName sendChatAction
//! setMessageReaction pinChatMessage unpinChatMessage logOut close`. What else Telegram has is refused and said so; what it has not is 404, as there.
//!
//! Every call is first held against `schema`; the rules beyond that are those of Telegram's own server and library
//! (<https://github.com/tdlib/telegram-bot-api>, <https://github.com/tdlib/td>), from which the words of refusals come.
mod change;
mod chats;
mod content;
mod polling;
mod send;
mod settings;
mod target;

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::TOKEN;
use super::faults::Harm;
use super::line::Scissors;
pub(super) use super::params::Params;
use super::refusal::Refusal;
use super::state::State;
use super::world::World;

/// Answers one call.
pub(super) async fn call(world: &World, scissors: &Scissors, token: &str, method: &str, request: Request) -> Response {
    if token != TOKEN {
        return refuse(&Refusal::unauthorized());
    }
    let params = match Params::read(request).await {
        Ok(params) => params,
        Err(refusal) => return refuse(&refusal),
    };
    // Checked before any trouble strikes: what a fault hides would go unseen.
    if let Err(refusal) = params.check(method) {
        return world.change(|state| answer(state, method, &params, Err(refusal)));
    }
    let trouble = world.change(|state| state.trouble(method, &params.values()));
    match trouble {
        Some(Harm::CutBefore) => {
            scissors.cut();
            world.change(|state| state.record(method, params.values(), 0, Value::Null, false));
            return StatusCode::OK.into_response();
        }
        Some(Harm::Silence) => {
            world.change(|state| state.record(method, params.values(), 0, Value::Null, false));
            // Until the client gives up, which ends this too.
            world.closed().await;
            scissors.cut();
            return StatusCode::OK.into_response();
        }
        Some(Harm::Refused { status, retry_after }) => {
            let refusal = Refusal::injected(status, retry_after);
            return world.change(|state| answer(state, method, &params, Err(refusal)));
        }
        Some(Harm::CutAfter | Harm::Late(_) | Harm::Garbled(_)) | None => {}
    }
    let result = if method.eq_ignore_ascii_case("getUpdates") {
        polling::get_updates(world, &params).await
    } else {
        world.change(|state| dispatch(state, &method.to_ascii_lowercase(), &params))
    };
    match trouble {
        Some(Harm::CutAfter) => {
            scissors.cut();
            world.change(|state| state.record(method, params.values(), 0, Value::Null, result.is_ok()));
            return StatusCode::OK.into_response();
        }
        Some(Harm::Garbled(words)) => {
            world.change(|state| state.record(method, params.values(), 200, Value::Null, result.is_ok()));
            return words.into_response();
        }
        Some(Harm::Late(pause)) if result.is_ok() => {
            let call = world.change(|state| state.record(method, params.values(), 0, Value::Null, true));
            // Whoever does not wait so long ends this here, and has no answer.
            tokio::time::sleep(pause).await;
            let body = json!({ "ok": true, "result": result.unwrap_or_default() });
            let response = json_response(200, &body);
            world.change(|state| state.answered(call, body));
            return response;
        }
        _ => {}
    }
    if method.eq_ignore_ascii_case("getUpdates") && result.as_ref().is_ok_and(|list| list == &json!([])) {
        return ok(json!([]));
    }
    world.change(|state| answer(state, method, &params, result))
}

fn answer(state: &mut State, method: &str, params: &Params, result: Result<Value, Refusal>) -> Response {
    match result {
        Ok(result) => {
            state.record(method, params.values(), 200, json!({ "ok": true, "result": result.clone() }), true);
            ok(result)
        }
        Err(refusal) => {
            state.record(method, params.values(), refusal.status, refusal.body(), false);
            if refusal.blame {
                let call = params.values().to_string();
                state.violations.push(format!("{method}: {} — {call}", refusal.description));
            }
            refuse(&refusal)
        }
    }
}

fn dispatch(state: &mut State, method: &str, p: &Params) -> Result<Value, Refusal> {
    match method {
        "sendmessage" | "sendphoto" | "sendvideo" | "sendvoice" | "sendvideonote" | "sendaudio" | "senddocument"
        | "sendlocation" | "sendcontact" | "sendanimation" | "sendmediagroup" | "copymessage" | "forwardmessage"
        | "sendchataction" => send::dispatch(state, method, p),
        "editmessagetext"
        | "editmessagecaption"
        | "editmessagereplymarkup"
        | "deletemessage"
        | "deletemessages"
        | "setmessagereaction"
        | "pinchatmessage"
        | "unpinchatmessage"
        | "answercallbackquery" => change::dispatch(state, method, p),
        "getchat" | "getchatmember" | "getchatadministrators" | "getchatmembercount" | "leavechat" | "getfile" => {
            chats::dispatch(state, method, p)
        }
        "setwebhook" | "deletewebhook" | "getwebhookinfo" => polling::webhook(state, method, p),
        _ => settings::dispatch(state, method, p),
    }
}

fn ok(result: Value) -> Response {
    json_response(200, &json!({ "ok": true, "result": result }))
}

pub(super) fn refuse(refusal: &Refusal) -> Response {
    json_response(refusal.status, &refusal.body())
}

fn json_response(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
