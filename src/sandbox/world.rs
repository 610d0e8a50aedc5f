//! The handle to the world: who there is, and the few levers that only a test needs.
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::faults::{Fault, Muddle};
use super::rates::Rates;
use super::state::{ApiRequest, Chat, Role, State};

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// Positive; also the id of the person's private chat with the bot.
    pub id: i64,
    pub first_name: String,
    pub last_name: Option<String>,
    /// Without `@`.
    pub username: Option<String>,
    /// IETF tag, such as `zh-hans`.
    pub language_code: Option<String>,
}

/// The chats, the people and the bot. Clones share one world.
#[derive(Clone)]
pub struct World {
    inner: Arc<Inner>,
}

struct Inner {
    state: Mutex<State>,
    /// Counts changes, to wake whoever waits.
    changes: watch::Sender<u64>,
    closing: watch::Sender<bool>,
}

impl World {
    pub(super) fn new(rates: Rates) -> Self {
        let inner =
            Inner { state: Mutex::new(State::new(rates)), changes: watch::Sender::new(0), closing: watch::Sender::new(false) };
        Self { inner: Arc::new(inner) }
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.inner.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let out = act(&mut self.inner.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.inner.changes.send_modify(|count| *count += 1);
        out
    }

    /// Wakes at every change after this call.
    pub(super) fn watch(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }

    pub(super) fn close(&self) {
        self.inner.closing.send_replace(true);
    }

    pub(super) async fn closed(&self) {
        let mut closing = self.inner.closing.subscribe();
        // An error means that the sender is gone, and then everything is.
        let _ = closing.wait_for(|closing| *closing).await;
    }

    /// Adds a person, who has not yet pressed START.
    pub fn add_user(&self, user: User) {
        self.change(|state| {
            let changed = state.touch();
            state.chats.entry(user.id).or_insert_with(|| chat(None, changed));
            state.users.insert(user.id, user);
        });
    }

    /// Adds a group with its creator; ids that begin with -100 are supergroups.
    pub fn add_group(&self, id: i64, title: &str, creator_user_id: i64) {
        self.change(|state| {
            let changed = state.touch();
            let mut group = chat(Some(title.to_owned()), changed);
            group.members.insert(creator_user_id, Role::Creator);
            state.chats.insert(id, group);
        });
    }

    /// Deletes a person's account: the bot gets 403 "user is deactivated".
    pub fn deactivate(&self, user: i64) {
        self.change(|state| state.deactivated.push(user));
    }

    /// Moves the world's clock ahead: queries age, messages become too old to delete.
    pub fn advance(&self, by: Duration) {
        self.change(|state| {
            state.ahead_ms = state.ahead_ms.saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX));
        });
    }

    /// Lets the page turn the clock forward; `bot` turns that of the bot, which runs in this program.
    pub fn let_turn(&self, bot: fn(Duration)) {
        self.change(|state| state.turns = Some(bot));
    }

    /// Turns the clock of the world, and the bot's, forward. `None`: nobody has allowed it.
    pub fn turn(&self, by: Duration) -> Option<()> {
        let bot = self.read(|state| state.turns)?;
        self.advance(by);
        bot(by);
        Some(())
    }

    /// The world's clock, in unix milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.read(State::now_ms)
    }

    /// The last Bot API calls with their answers, oldest first. `getUpdates` is kept only when it brought something
    /// or was refused.
    pub fn requests(&self) -> Vec<ApiRequest> {
        self.read(|state| state.requests.iter().cloned().collect())
    }

    /// How many updates wait to be taken or confirmed.
    pub fn pending_updates(&self) -> usize {
        self.read(|state| state.updates.waiting.len())
    }

    /// Ids of the updates that wait to be taken or confirmed.
    pub fn waiting_updates(&self) -> Vec<i64> {
        self.read(|state| state.updates.waiting.iter().map(|(id, _)| *id).collect())
    }

    /// Id of the newest update, waiting or not; 0 before the first one. They are given out without gaps.
    pub fn last_update(&self) -> i64 {
        self.read(|state| state.updates.last_id())
    }

    /// Every call that was refused although the bot could have known better.
    pub fn violations(&self) -> Vec<String> {
        self.read(|state| state.violations.clone())
    }

    /// Begins a new row of draws for whatever is left to chance: faults with `percent`, and [`Muddle`].
    pub fn seed(&self, seed: u64) {
        self.change(|state| state.seed(seed));
    }

    /// Lets updates come again and out of order from now on.
    pub fn muddle(&self, muddle: Muddle) {
        self.change(|state| state.muddle = muddle);
    }

    /// Makes trouble; see [`Fault`] for several.
    pub fn fault(&self, fault: Fault) {
        self.change(|state| {
            state.touch();
            state.faults.push(fault);
        });
    }

    /// Ends all trouble.
    pub fn clear_faults(&self) {
        self.change(|state| {
            state.touch();
            state.faults.clear();
            state.muddle = Muddle::default();
        });
    }

    /// Lets message ids in all chats begin at a number that no earlier world has reached. For a bot that keeps its
    /// database over several worlds: it would otherwise edit messages that only bear the number of its own.
    pub fn number_messages_from_now(&self) {
        self.change(|state| {
            let first = state.now_ms() / 1000 - 1_700_000_000;
            for chat in state.chats.values_mut() {
                chat.last_message_id = chat.last_message_id.max(first);
            }
        });
    }

    /// Puts an update of any kind into the queue, asked for or not (kinds that the world does not make by itself, odd content).
    pub fn inject(&self, kind: &str, payload: serde_json::Value) {
        self.change(|state| {
            let now_s = state.now_ms() / 1000;
            state.updates.push(kind, payload, now_s);
        });
    }

    /// Removes a message as a person would, without a word to the bot.
    pub fn delete(&self, chat: i64, message_id: i64) {
        self.change(|state| {
            let changed = state.touch();
            if let Some(message) = state.message_mut(chat, message_id) {
                message.deleted = true;
                message.changed = changed;
            }
        });
    }

    /// The command menu that this person sees in this chat, as `(command, description)`.
    pub fn menu(&self, chat: i64, user: i64) -> Vec<(String, String)> {
        let menu = self.read(|state| state.menu(chat, user));
        let word = |entry: &serde_json::Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        menu.as_array().into_iter().flatten().map(|e| (word(e, "command"), word(e, "description"))).collect()
    }
}

pub(super) fn chat(title: Option<String>, changed: u64) -> Chat {
    Chat {
        title,
        members: [].into(),
        messages: Vec::new(),
        last_message_id: 0,
        denied: [].into(),
        keyboard: None,
        pinned: None,
        started: false,
        blocked: false,
        migrated_to: None,
        action: None,
        changed,
    }
}
