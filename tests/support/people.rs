//! People in the sandbox, as a test lets them act: they write, tap, and wait for what they expect to read.
use std::sync::Mutex;
use std::time::Duration;

use baoxiu::sandbox::{ChatMessage, Toast, World};

/// How long a person waits. Generous: a loaded machine must not fail a test.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// One person in one chat (their private one, or a group).
pub struct Person {
    pub world: World,
    pub id: i64,
    pub chat: i64,
    /// The last message that was read, and what it said then.
    read: Mutex<(i64, String)>,
}

impl Person {
    pub fn new(world: &World, id: i64, chat: i64) -> Person {
        Person { world: world.clone(), id, chat, read: Mutex::default() }
    }

    pub fn says(&self, text: &str) -> i64 {
        self.world.say(self.id, self.chat, text)
    }

    /// Waits for the button, taps the newest one, waits for the answer.
    pub async fn taps(&self, label: &str) -> Toast {
        let query = self.presses(label).await;
        let toast = self.world.wait_for_toast(&query, PATIENCE).await;
        toast.unwrap_or_else(|| panic!("a tap on {label} by {} was not answered", self.id))
    }

    /// As [`Person::taps`], without waiting for the answer; gives the query.
    pub async fn presses(&self, label: &str) -> String {
        let there = |messages: &[ChatMessage]| messages.iter().any(|m| m.button(label).is_some());
        self.expects(&format!("a button {label}"), there).await;
        self.world.press_label(self.id, self.chat, label).unwrap()
    }

    /// Waits for a message of the bot's that holds these words and stands below the last one read, or is that one,
    /// changed since.
    pub async fn hears(&self, words: &str) -> ChatMessage {
        let (last, said) = self.read.lock().unwrap().clone();
        let new = |m: &ChatMessage| m.id > last || (m.id == last && m.words() != said);
        let of_bot = |m: &&ChatMessage| m.from_bot && new(m) && m.words().contains(words);
        let messages = self.expects(&format!("a new message with {words}"), |all| all.iter().any(|m| of_bot(&m))).await;
        let heard = messages.into_iter().find(|m| of_bot(&m)).unwrap();
        *self.read.lock().unwrap() = (heard.id, heard.words().to_owned());
        heard
    }

    /// Waits until a message of the bot's, wherever it stands, holds these words.
    pub async fn sees(&self, words: &str) -> ChatMessage {
        let of_bot = |m: &&ChatMessage| m.from_bot && m.words().contains(words);
        let messages = self.expects(&format!("a message with {words}"), |all| all.iter().any(|m| of_bot(&m))).await;
        messages.into_iter().rfind(|m| of_bot(&m)).unwrap()
    }

    /// Waits until no message of the bot's holds these words.
    pub async fn sees_no_more(&self, words: &str) {
        let right = |all: &[ChatMessage]| !all.iter().any(|m| m.from_bot && m.words().contains(words));
        self.expects(&format!("nothing with {words}"), right).await;
    }

    /// Everything that the bot has ever shown here and still stands.
    pub fn shown(&self) -> Vec<ChatMessage> {
        self.world.messages(self.chat).into_iter().filter(|m| m.from_bot).collect()
    }

    /// How many messages of the bot's hold these words.
    pub fn count(&self, words: &str) -> usize {
        self.shown().iter().filter(|m| m.words().contains(words)).count()
    }

    pub async fn expects(&self, what: &str, right: impl Fn(&[ChatMessage]) -> bool) -> Vec<ChatMessage> {
        match self.world.wait_for(self.chat, PATIENCE, right).await {
            Ok(messages) => messages,
            Err(error) => panic!("{} waited for {what}: {error}", self.id),
        }
    }
}
