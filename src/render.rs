//! What is said, and to whom, becomes a message in their language. PURE.
pub mod outgoing;

use chrono::{DateTime, Datelike, Utc};
use fluent_bundle::FluentArgs;

use crate::core::World;
use crate::vocabulary::input::Millis;
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::{Arg, Button, Does, Keyboard, PressAnswer, ReplyButton, Say, Text, What};
use outgoing::{Ask, Body, Markup, Menu, Outgoing, Tap};

/// Telegram's limit of a message, in UTF-16 units after parsing.
const LONGEST: usize = 4096;
/// Telegram's limit of a toast, in characters.
const TOAST: usize = 200;
/// Longest label that is still read on a phone.
const LABEL: usize = 60;

/// Renders a message in the language of its recipient. `hotline`: as it is now; an admin can change it at any time.
pub fn message(world: &World, say: &Say, lang: Lang, hotline: Option<&str>) -> Outgoing {
    let voice = Voice { world, lang, hotline };
    let body = match &say.what {
        What::Text(lines) => Body::Text { html: voice.fitting(lines), markup: voice.markup(&say.keyboard) },
        What::Media(media) => Body::Media(media.clone()),
        What::Location(latitude, longitude) => Body::Location(*latitude, *longitude),
        What::Nothing => Body::Delete,
        What::Menu(names) => Body::Menu(menus(world, names)),
    };
    Outgoing { chat: say.to.chat(), body, place: say.place.clone(), priority: say.priority, protect: say.protect }
}

/// A rendered answer to a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Telegram's id of the tap.
    pub query: String,
    /// At most 200 characters.
    pub text: Option<String>,
    /// Show it as a dialog.
    pub alert: bool,
    /// Address to open.
    pub url: Option<String>,
}

/// Renders the answer to a press.
pub fn toast(world: &World, answer: &PressAnswer, lang: Lang, hotline: Option<&str>) -> Toast {
    let voice = Voice { world, lang, hotline };
    let text = answer.text.as_ref().map(|t| voice.plain(t).chars().take(TOAST).collect());
    let url = answer.start.as_ref().map(|s| start_link(world, s));
    Toast { query: answer.query.clone(), text, alert: answer.alert, url }
}

/// Renders a text alone, without markup: descriptions of commands and of the bot. They stand for long: no hotline.
pub fn plain(world: &World, text: &Text, lang: Lang) -> String {
    Voice { world, lang, hotline: None }.plain(text)
}

/// A menu of these commands in every language; English for those who speak none of ours.
pub fn menus(world: &World, names: &[String]) -> Vec<Menu> {
    let described = |name: &String, lang| (name.clone(), plain(world, &Text::new(format!("command-{name}")), lang));
    [(None, Lang::En), (Some("zh"), Lang::Zh)]
        .into_iter()
        .map(|(language, lang)| Menu {
            language: language.map(str::to_owned),
            commands: names.iter().map(|name| described(name, lang)).collect(),
        })
        .collect()
}

fn strip_tags(text: &str) -> String {
    ["<b>", "</b>", "<i>", "</i>", "<code>", "</code>"].iter().fold(text.to_owned(), |t, tag| t.replace(tag, ""))
}

/// Address that opens the bot in private; `parameter`: at most 64 of `A-Za-z0-9_-`, or empty.
pub fn start_link(world: &World, parameter: &str) -> String {
    let name = &world.settings.bot_name;
    if parameter.is_empty() { format!("https://t.me/{name}") } else { format!("https://t.me/{name}?start={parameter}") }
}

/// Address that adds the bot to a group as an administrator. It needs no right of its own there, but Telegram grants none
/// at all only together with one: <https://core.telegram.org/api/links#groupchannel-bot-links>.
fn group_link(world: &World, parameter: &str) -> String {
    format!("https://t.me/{}?startgroup={parameter}&admin=manage_chat", world.settings.bot_name)
}

/// Who is spoken to, and what is known while speaking.
#[derive(Clone, Copy)]
struct Voice<'a> {
    world: &'a World,
    lang: Lang,
    hotline: Option<&'a str>,
}

impl Voice<'_> {
    /// Renders the lines; words of people are cut, before they are escaped, until the message fits.
    fn fitting(self, lines: &[Text]) -> String {
        let mut html = String::new();
        for longest in [4096, 1500, 600, 200, 50] {
            let renderer = Renderer { voice: self, escape: true, longest };
            html = lines.iter().map(|l| renderer.text(l)).collect::<Vec<_>>().join("\n");
            if html.encode_utf16().count() <= LONGEST {
                return html;
            }
        }
        html
    }

    /// Texts shared between messages and toasts may carry tags; a toast shows none.
    fn plain(self, text: &Text) -> String {
        strip_tags(&Renderer { voice: self, escape: false, longest: LABEL * 4 }.text(text))
    }

    fn label(self, text: &Text) -> String {
        self.plain(text).chars().take(LABEL).collect()
    }

    fn markup(self, keyboard: &Keyboard) -> Markup {
        match keyboard {
            Keyboard::None => Markup::None,
            Keyboard::Remove => Markup::Remove,
            Keyboard::Inline(rows) => Markup::Inline(rows.iter().map(|row| row.iter().map(|b| self.tap(b)).collect()).collect()),
            Keyboard::Reply(rows) => Markup::Reply(
                rows.iter()
                    .map(|row| {
                        row.iter()
                            .map(|button| match button {
                                ReplyButton::Words(text) => (self.label(text), Ask::Words),
                                ReplyButton::Contact(text) => (self.label(text), Ask::Contact),
                                ReplyButton::Location(text) => (self.label(text), Ask::Location),
                            })
                            .collect()
                    })
                    .collect(),
            ),
        }
    }

    fn tap(self, button: &Button) -> (String, Tap) {
        let does = match &button.does {
            Does::Press(data) => Tap::Data(data.clone()),
            Does::Start(parameter) => Tap::Url(start_link(self.world, parameter)),
            Does::AddToGroup(parameter) => Tap::Url(group_link(self.world, parameter)),
        };
        (self.label(&button.label), does)
    }
}

struct Renderer<'a> {
    voice: Voice<'a>,
    escape: bool,
    longest: usize,
}

impl Renderer<'_> {
    fn text(&self, text: &Text) -> String {
        let mut args = FluentArgs::new();
        args.set("hotline", self.voice.hotline.unwrap_or("none"));
        args.set("minutes", self.voice.world.settings.promise_minutes);
        for (name, arg) in &text.args {
            match arg {
                Arg::Number(n) => args.set(name.clone(), *n),
                other => args.set(name.clone(), self.arg(other)),
            }
        }
        self.voice.world.texts.format(self.voice.lang, &text.key, &args).into_owned()
    }

    fn arg(&self, arg: &Arg) -> String {
        match arg {
            Arg::Words(words) => self.words(words),
            Arg::Number(n) => n.to_string(),
            Arg::Mention(id, words) => self.mention(*id, words),
            Arg::Text(text) => self.text(text),
            Arg::Time(at, now) => self.time(*at, *now),
            Arg::Day(at) => self.day(*at),
            Arg::Lines(lines) => lines.iter().map(|l| self.text(l)).collect::<Vec<_>>().join("\n"),
        }
    }

    fn words(&self, words: &str) -> String {
        let mut cut: String =
            words.chars().filter(|c| !crate::dialog::fold::is_invisible(*c) || *c == '\n').take(self.longest).collect();
        if cut.len() < words.len() && words.chars().count() > self.longest {
            cut.push('…');
        }
        if self.escape { cut.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;") } else { cut }
    }

    fn mention(&self, id: i64, words: &str) -> String {
        let shown = if words.is_empty() { id.to_string() } else { self.words(words) };
        if self.escape { format!("<a href=\"tg://user?id={id}\">{shown}</a>") } else { shown }
    }

    fn day(&self, at: Millis) -> String {
        const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
        match DateTime::<Utc>::from_timestamp_millis(at).map(|t| t.with_timezone(&self.voice.world.settings.timezone)) {
            Some(day) if self.voice.lang == Lang::Zh => {
                let weekday = ZH.get(day.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
                format!("{}月{}日（周{weekday}）", day.month(), day.day())
            }
            Some(day) => day.format("%a %-d %b").to_string(),
            None => "?".to_owned(),
        }
    }

    /// 24-hour clock in the service's time zone; the date too unless it is that of `now`.
    fn time(&self, at: Millis, now: Millis) -> String {
        let local =
            |ms: Millis| DateTime::<Utc>::from_timestamp_millis(ms).map(|t| t.with_timezone(&self.voice.world.settings.timezone));
        match (local(at), local(now)) {
            (Some(at), Some(now)) if at.date_naive() == now.date_naive() => at.format("%H:%M").to_string(),
            (Some(at), _) if self.voice.lang == Lang::Zh => format!("{}月{}日 {}", at.month(), at.day(), at.format("%H:%M")),
            (Some(at), _) => at.format("%-d %b %H:%M").to_string(),
            (None, _) => "?".to_owned(),
        }
    }
}
