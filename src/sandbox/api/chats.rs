//! Questions about chats, their members and files.
use serde_json::{Value, json};

use super::{Params, target};
use crate::sandbox::BOT_ID;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::{Role, State};

/// The largest file that a bot may download: <https://core.telegram.org/bots/api#getfile>.
const DOWNLOAD_LIMIT: usize = 20 * 1024 * 1024;

pub(super) fn dispatch(state: &mut State, method: &str, p: &Params) -> Result<Value, Refusal> {
    if method == "getfile" {
        return file(state, p);
    }
    let chat = target::known(state, p, "chat_id")?;
    if chat < 0 {
        target::inside(state, chat)?;
    }
    let people = |state: &State| -> Vec<(i64, Role)> {
        let members = state.chats.get(&chat).map(|chat| chat.members.clone()).unwrap_or_default();
        members.into_iter().filter(|(_, role)| role.is_in()).collect()
    };
    match method {
        "getchat" => full(state, chat),
        "getchatmember" => member(state, chat, p.int("user_id").unwrap_or_default()),
        "getchatmembercount" => Ok(json!(if chat > 0 { 2 } else { people(state).len() })),
        "getchatadministrators" if chat > 0 => Err(Refusal::bad("there are no administrators in the private chat")),
        "getchatadministrators" => {
            // Other bots are left out; this one sees itself.
            let admins = people(state).into_iter().filter(|(_, role)| role.is_admin());
            Ok(admins.map(|(user, role)| state.member_json(chat, user, role)).collect())
        }
        _ if chat > 0 => Err(Refusal::bad("chat member status can't be changed in private chats")),
        _ => {
            state.move_member(chat, BOT_ID, BOT_ID, Role::Left);
            Ok(json!(true))
        }
    }
}

fn full(state: &State, chat: i64) -> Result<Value, Refusal> {
    let Some(known) = state.chats.get(&chat) else { return Err(Refusal::bad("chat not found")) };
    if chat > 0 && !known.started {
        return Err(Refusal::bad_luck("chat not found"));
    }
    let mut out = state.chat_json(chat);
    out["accent_color_id"] = json!(3);
    out["max_reaction_count"] = json!(11);
    out["accepted_gift_types"] = json!({
        "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false,
        "gifts_from_channels": false,
    });
    if let Some(pinned) = known.pinned.and_then(|id| state.quoted(chat, id)) {
        out["pinned_message"] = pinned;
    }
    Ok(out)
}

fn member(state: &State, chat: i64, user: i64) -> Result<Value, Refusal> {
    if user != BOT_ID && !state.users.contains_key(&user) {
        return Err(Refusal::bad("PARTICIPANT_ID_INVALID"));
    }
    let role = if chat > 0 { Role::Member } else { state.role(chat, user) };
    Ok(state.member_json(chat, user, role))
}

fn file(state: &State, p: &Params) -> Result<Value, Refusal> {
    let id = p.text("file_id");
    let file = state.files.get(id).ok_or_else(|| Refusal::bad("invalid file_id"))?;
    if file.bytes.len() > DOWNLOAD_LIMIT {
        return Err(Refusal::bad("file is too big"));
    }
    Ok(json!({
        "file_id": id, "file_unique_id": file.unique_id, "file_size": file.bytes.len(),
        "file_path": format!("{}s/{id}", file.kind),
    }))
}
