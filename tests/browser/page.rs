//! The page as a person uses it: looks, scrolls, taps, types. Nothing counts that cannot be seen.
use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use baoxiu::sandbox::BOT_ID;
use base64::Engine;
use serde_json::{Value, json};

use crate::driver::{self, Browser, Device};
use crate::town::Town;

/// How long a person waits; a loaded machine must not fail a test.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: &str = include_str!("look.js");

/// A window on the town.
pub struct Page {
    browser: Browser,
    /// Where pictures go, and how their names begin.
    album: (PathBuf, String),
    pictures: Cell<u32>,
}

/// A person at this page, in one chat.
pub struct Hand<'a> {
    page: &'a Page,
    id: i64,
    chat: i64,
    /// The last message that was read, and what it said then.
    read: RefCell<(i64, String)>,
}

/// Windows in which the page must be right.
#[derive(Clone, Copy, Debug)]
pub enum Window {
    Desktop,
    Phone,
}

impl Window {
    fn name(self) -> &'static str {
        match self {
            Window::Desktop => "desktop",
            Window::Phone => "phone",
        }
    }

    /// `None`: there is no browser here.
    pub async fn open(self) -> Option<Browser> {
        match self {
            Window::Desktop => driver::browser((1280, 800, Device::Desktop)).await,
            Window::Phone => driver::browser((390, 844, Device::Phone)).await,
        }
    }
}

impl Page {
    pub async fn open(browser: Browser, town: &Town, story: &str, window: Window) -> Page {
        browser.opens(&town.page()).await;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("browser");
        std::fs::create_dir_all(&folder).unwrap();
        let name = format!("{}-{}", story.replace('_', "-"), window.name());
        // Pictures of an earlier run tell of an earlier page.
        for old in std::fs::read_dir(&folder).unwrap().flatten() {
            if old.file_name().to_string_lossy().starts_with(&format!("{name}-")) {
                let _ = std::fs::remove_file(old.path());
            }
        }
        let page = Page { browser, album: (folder, name), pictures: Cell::new(0) };
        page.sees("[data-testid=hint]", "").await;
        page
    }

    /// Opens the page by a link that leads to it.
    pub async fn follows(&self, link: &str) {
        self.browser.opens(link).await;
        self.sees("[data-testid=hint]", "").await;
    }

    pub async fn close(self) {
        self.browser.rests().await;
    }

    pub fn person(&self, id: i64) -> Hand<'_> {
        self.of(id, id)
    }

    pub fn of(&self, id: i64, chat: i64) -> Hand<'_> {
        Hand { page: self, id, chat, read: RefCell::default() }
    }

    /// Dark or light, as the system would have it.
    pub async fn turns_dark(&self) {
        let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        self.browser.devtools("Emulation.setEmulatedMedia", dark).await;
    }

    /// Keeps what the window shows, and fails when it is untidy: cut off, sticking out, wider than the window.
    pub async fn pictures(&self, milestone: &str) {
        self.keep(milestone).await;
        self.until(&format!("a tidy window ({milestone})"), async || {
            let wrong = self.look(json!(["untidy"])).await;
            if wrong == json!([]) { Ok(()) } else { Err(wrong.to_string()) }
        })
        .await;
    }

    async fn keep(&self, milestone: &str) {
        self.pictures.set(self.pictures.get() + 1);
        let bytes = base64::engine::general_purpose::STANDARD.decode(self.browser.picture().await).unwrap();
        let (folder, name) = &self.album;
        let file = folder.join(format!("{name}-{:02}-{milestone}.png", self.pictures.get()));
        std::fs::write(file, bytes).unwrap();
    }

    async fn look(&self, question: Value) -> Value {
        self.browser.run(LOOK, question).await
    }

    /// Tries until it is right; what went wrong last is told, and shown in a picture.
    async fn until<T>(&self, what: &str, attempt: impl AsyncFn() -> Result<T, String>) -> T {
        let since = Instant::now();
        loop {
            let wrong = match attempt().await {
                Ok(right) => return right,
                Err(wrong) => wrong,
            };
            if since.elapsed() > PATIENCE {
                self.keep("FAILED").await;
                panic!("{}: waited for {what}: {wrong}", self.album.1);
            }
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }

    async fn finds(&self, question: &Value) -> Result<String, String> {
        self.browser.find(LOOK, question.clone()).await.ok_or_else(|| "it is not to be seen".to_owned())
    }

    async fn taps_what(&self, what: &str, question: Value) {
        self.until(what, async || self.browser.tap(&self.finds(&question).await?).await).await;
    }

    /// Waits until something with these words is to be seen.
    pub async fn sees(&self, selector: &str, words: &str) {
        self.until(&format!("{selector} with “{words}”"), async || self.finds(&json!(["see", selector, words])).await).await;
    }

    /// Waits until nothing with these words is to be seen.
    pub async fn sees_no_more(&self, selector: &str, words: &str) {
        let gone = async || self.finds(&json!(["see", selector, words])).await.map_or(Ok(()), |_| Err("it is there".to_owned()));
        self.until(&format!("no {selector} with “{words}”"), gone).await;
    }

    /// Taps what these words stand on.
    pub async fn taps(&self, selector: &str, words: &str) {
        self.taps_what(&format!("{selector} with “{words}”"), json!(["see", selector, words])).await;
    }

    /// Types into a field of the page in place of what stands there.
    pub async fn types_over(&self, selector: &str, text: &str) {
        // Chosen as a whole, so that the first key replaces it.
        let chosen = "document.querySelector(arguments[0]).select()";
        self.browser.run(chosen, json!([selector])).await;
        self.types(selector, text).await;
    }

    /// Types into a field of the page.
    pub async fn types(&self, selector: &str, text: &str) {
        let question = json!(["see", selector, ""]);
        self.until(selector, async || self.browser.type_into(&self.finds(&question).await?, text).await).await;
    }
}

impl<'a> Hand<'a> {
    /// Waits until the chat with this title is open on this phone, and gives it.
    pub async fn opened(&self, title: &str) -> Hand<'a> {
        let question = json!(["open", self.id, title]);
        let what = format!("“{title}” to be open");
        let open = async || self.page.look(question.clone()).await.as_i64().ok_or_else(|| "it is not".to_owned());
        let chat = self.page.until(&what, open).await;
        Hand { page: self.page, id: self.id, chat, read: RefCell::default() }
    }

    /// Takes up the phone of this person and opens the chat, as far as that is not so.
    pub async fn turns(&self) {
        let person = format!("[data-testid=person][data-person=\"{}\"]", self.id);
        let tab = format!("[data-testid=tab][data-chat=\"{}\"]", self.chat);
        let phone = format!("[data-testid=phone][data-person=\"{}\"]", self.id);
        self.page
            .until(&format!("the phone of {} with chat {}", self.id, self.chat), async || {
                if self
                    .page
                    .finds(&json!(["see", format!("{phone}[data-chat=\"{}\"] [data-testid=log]", self.chat), ""]))
                    .await
                    .is_ok()
                {
                    return Ok(());
                }
                if let Ok(button) = self.page.finds(&json!(["see", format!("{person}[aria-pressed=false]"), ""])).await {
                    self.page.browser.tap(&button).await?;
                }
                let button = self.page.finds(&json!(["see", tab, "", self.id])).await?;
                self.page.browser.tap(&button).await?;
                Err("turning".to_owned())
            })
            .await;
    }

    /// Types into the field at the bottom and taps “send”.
    pub async fn says(&self, text: &str) {
        self.turns().await;
        let field = json!(["see", "[data-testid=input]", "", self.id]);
        self.page.until("the field", async || self.page.browser.type_into(&self.page.finds(&field).await?, text).await).await;
        self.taps_on("[data-testid=send]", "").await;
    }

    /// Taps the newest button of the bot's that says this.
    pub async fn taps(&self, label: &str) {
        self.turns().await;
        self.page.taps_what(&format!("a key “{label}”"), json!(["key", self.id, label])).await;
    }

    /// Taps something else on this phone.
    pub async fn taps_on(&self, selector: &str, words: &str) {
        self.turns().await;
        self.page.taps_what(&format!("{selector} with “{words}”"), json!(["see", selector, words, self.id])).await;
    }

    /// Waits until a message of the bot's with these words is to be seen below the last one read, or is that one,
    /// changed since. Gives what it says.
    pub async fn hears(&self, words: &str) -> String {
        self.turns().await;
        let (after, was) = self.read.borrow().clone();
        let question = json!(["message", self.id, BOT_ID, words, after, was]);
        let heard = async || {
            let found = self.page.look(question.clone()).await;
            let text = found[1].as_str().ok_or_else(|| "it is not to be seen".to_owned())?;
            Ok((found[0].as_i64().unwrap_or_default(), text.to_owned()))
        };
        let (id, text) = self.page.until(&format!("a new message with “{words}”"), heard).await;
        *self.read.borrow_mut() = (id, text.clone());
        text
    }

    /// Goes to the end of the chat and waits until the newest message there says all this and this button of it is to
    /// be seen, without a search.
    pub async fn ends_with(&self, says: &[&str], label: &str) {
        self.turns().await;
        let (newest, key) = (json!(["newest", self.id]), json!(["stand", "[data-testid=inline-button]", label, self.id]));
        let right = async || {
            let text = self.page.look(newest.clone()).await.as_str().unwrap_or_default().to_owned();
            match says.iter().find(|words| !text.contains(**words)) {
                Some(words) => Err(format!("“{words}” is not in “{text}”")),
                None => self.page.finds(&key).await.map(drop),
            }
        };
        self.page.until(&format!("a chat that ends with “{label}”"), right).await;
    }

    /// Waits until any message with these words is to be seen, however old.
    pub async fn sees(&self, words: &str) {
        self.turns().await;
        let question = json!(["see", "[data-testid=message] .bubble", words, self.id]);
        self.page.until(&format!("a message with “{words}”"), async || self.page.finds(&question).await).await;
    }
}
