//! A Bot API server on loopback, with people in it and a page to chat in.
//!
//! It is what `baoxiu demo` runs against and the world in which the end-to-end tests live. A bot cannot tell it from
//! Telegram as long as it keeps to the methods listed in `api.rs`; where the real server is strict, so is this one,
//! and every refusal that the bot could have avoided is kept in [`World::violations`].
//!
//! Checked:
//! - every call against the Bot API's description (`schema.tsv`): methods, parameters, types, nested objects, what is
//!   required. What Telegram would overlook (an unknown parameter, a number as text in JSON) is refused here;
//! - texts and captions after parsing, entities, buttons, albums, files, command menus, descriptions;
//! - who may be written to, what may be edited, deleted, pinned and by whom ([`World::deny`] takes rights away);
//! - how much is sent ([`Rates`]; on by default).
//!
//! Stricter than Telegram, on purpose: a button has one action only, at most 8 to a row; a press lives for a minute;
//! a file is sent again as the kind that it was; an album has two parts at least.
//!
//! Not here: MarkdownV2 and Markdown, inline mode, payments, channels, forum topics, files by URL, what is wrong with the
//! bytes of a photo.
mod api;
mod commands;
mod door;
mod entities;
mod faults;
mod groups;
mod keyboard;
mod line;
mod markup;
mod page;
mod params;
mod people;
mod picture;
mod rates;
mod refusal;
mod rights;
mod scene;
mod schema;
mod state;
mod updates;
mod view;
mod webhook;
mod world;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

pub use faults::{Fault, Harm, Muddle};
pub use rates::{Rates, Window};
pub use scene::{ADMIN, CHEN, CREW, EMILY, LI, WANG, fresh_scene, phone_of, scene};
pub use state::ApiRequest;
pub use view::{Button, ChatMessage, ReplyKeyboard, Toast, WaitError};
pub use world::{User, World};

/// User id of the bot.
pub const BOT_ID: i64 = 7_000_000_001;
/// Username of the bot, without `@`.
pub const BOT_USERNAME: &str = "baoxiu_demo_bot";
/// Name of the bot, until it chooses another.
pub const BOT_NAME: &str = "报修小助手";
/// The only token that the server accepts. It opens nothing anywhere else.
pub const TOKEN: &str = "7000000001:AA-baoxiu-demo-token-of-no-value--x";

/// The largest request body: Telegram's 50 MB for uploads, and some room around it.
const BODY_LIMIT: usize = 52 * 1024 * 1024;

/// How to start a [`Sandbox`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Address to listen on; port 0 takes any free one. Meant for loopback.
    pub listen: SocketAddr,
    /// How much the bot may send. As on Telegram, unless a test is about something else.
    pub rates: Rates,
}

impl Default for Options {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 0)), rates: Rates::default() }
    }
}

/// A running server. Clones share it.
#[derive(Clone)]
pub struct Sandbox {
    address: SocketAddr,
    world: World,
    server: Arc<Mutex<Option<JoinHandle<io::Result<()>>>>>,
}

impl Sandbox {
    /// Starts the server with an empty world.
    ///
    /// # Errors
    /// The address cannot be listened on.
    pub async fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let world = World::new(options.rates);
        let app = Router::new()
            .fallback(door::door)
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
            .with_state(door::House { world: world.clone(), address });
        let service = app.into_make_service_with_connect_info::<line::Scissors>();
        let closing = world.clone();
        let server = axum::serve(line::Lines(listener), service).with_graceful_shutdown(async move { closing.closed().await });
        let server = tokio::spawn(server.into_future());
        tokio::spawn(webhook::deliver(world.clone()));
        Ok(Self { address, world, server: Arc::new(Mutex::new(Some(server))) })
    }

    /// Base address of the Bot API, such as `http://127.0.0.1:8081`.
    pub fn api_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Address of the page.
    pub fn page_url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The bot's token.
    pub fn token(&self) -> &'static str {
        TOKEN
    }

    /// The chats and the people in them.
    pub fn world(&self) -> World {
        self.world.clone()
    }

    /// Ends the server: waiting calls are answered, then the port is free. The world stays readable.
    pub async fn stop(&self) {
        self.world.close();
        if let Some(mut server) = self.server.lock().await.take()
            && tokio::time::timeout(Duration::from_secs(2), &mut server).await.is_err()
        {
            server.abort();
        }
    }
}
