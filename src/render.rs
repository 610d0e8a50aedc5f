//! What is said, and to whom, becomes a message in their language. PURE.
mod calendar;
pub mod outgoing;

use chrono::{DateTime, Datelike, Utc};
use fluent_bundle::FluentArgs;

use crate::core::World;
use crate::dialog::fold::literal;
use crate::dialog::parse::hotline;
use crate::dialog::post::longest;
use crate::vocabulary::html;
use crate::vocabulary::input::{Millis, Post};
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
        What::Text(lines) => Body::Text { html: fitting(voice, lines), markup: markup(voice, &say.keyboard) },
        What::Media(media) => Body::Media(media.clone()),
        What::Location(latitude, longitude) => Body::Location(*latitude, *longitude),
        What::Calendar(file) => Body::Document {
            name: file.name.clone(),
            mime: calendar::MIME.to_owned(),
            content: calendar::ics(file, &voice.plain(&file.summary), &voice.plain(&file.description)),
            html: fitting(voice, std::slice::from_ref(&file.caption)),
        },
        What::Notice(notice) => Body::Notice(*notice),
        What::Nothing => Body::Delete,
        What::Menu(names) => Body::Menu(menus(world, names)),
    };
    Outgoing { chat: say.to.chat(), body, place: say.place.clone(), priority: say.priority, protect: say.protect }
}

/// Renders a text alone, as HTML. It stands for long: no hotline.
pub fn html(world: &World, text: &Text, lang: Lang) -> String {
    Renderer { voice: Voice { world, lang, hotline: None }, longest: LONGEST }.text(text)
}

/// A post with a line under it, unless both together are longer than Telegram takes.
pub fn signed(mut post: Post, footer: &str) -> Post {
    let gap = if post.html.is_empty() { "" } else { "\n\n" };
    if html::visible(&post.html) + html::visible(footer) + gap.len() <= longest(&post) {
        post.html = format!("{}{gap}{footer}", post.html);
    }
    post
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

/// Who is spoken to, and what is known while speaking.
#[derive(Clone, Copy)]
struct Voice<'a> {
    world: &'a World,
    lang: Lang,
    hotline: Option<&'a str>,
}

impl Voice<'_> {
    /// Texts shared between messages and toasts may carry tags; a toast shows none but those that people wrote.
    fn plain(self, text: &Text) -> String {
        visible(&Renderer { voice: self, longest: LABEL * 4 }.text(text))
    }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// How a mention begins; what people write is escaped and cannot begin so.
const MENTION: &str = "<a href=\"tg://user?id=";

/// What Telegram shows of our HTML.
fn visible(html: &str) -> String {
    let mut html = html.replace("</a>", "");
    while let Some((at, end)) = html.find(MENTION).and_then(|at| Some((at, at + html.get(at..)?.find('>')?))) {
        html.replace_range(at..=end, "");
    }
    let plain = ["<b>", "</b>", "<i>", "</i>", "<code>", "</code>"].iter().fold(html, |t, tag| t.replace(tag, ""));
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Address that adds the bot to a group as an administrator. It needs no right of its own there, but Telegram makes it an
/// administrator only where one is named: <https://core.telegram.org/api/links#groupchannel-bot-links>.
fn group_link(world: &World, parameter: &str) -> String {
    format!("https://t.me/{}?startgroup={parameter}&admin=manage_chat", world.settings.bot_name)
}

fn start_link(world: &World, parameter: &str) -> String {
    let name = &world.settings.bot_name;
    if parameter.is_empty() { format!("https://t.me/{name}") } else { format!("https://t.me/{name}?start={parameter}") }
}

/// Renders the lines; words of people are cut, before they are escaped, until the message fits.
fn fitting(voice: Voice<'_>, lines: &[Text]) -> String {
    let mut html = String::new();
    for longest in [4096, 1500, 600, 200, 50, 20, 8] {
        let renderer = Renderer { voice, longest };
        html = lines.iter().map(|l| renderer.text(l)).collect::<Vec<_>>().join("\n");
        if visible(&html).encode_utf16().count() <= LONGEST {
            return html;
        }
    }
    html
}

struct Renderer<'a> {
    voice: Voice<'a>,
    longest: usize,
}

impl Renderer<'_> {
    fn text(&self, text: &Text) -> String {
        let mut args = FluentArgs::new();
        let hotline = self.voice.hotline.map(|hotline| match self.voice.lang {
            Lang::Zh => hotline.to_owned(),
            Lang::En => hotline::in_english(hotline),
        });
        args.set("hotline", hotline.map_or_else(|| "none".to_owned(), |hotline| escaped(&hotline)));
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
            Arg::Within(text) => {
                let text = self.text(text);
                let mut letters = text.chars();
                letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
            }
            Arg::Time(at, now) => self.time(*at, *now),
            Arg::Day(at) => self.day(*at),
            Arg::Lines(lines) => lines.iter().map(|l| self.text(l)).collect::<Vec<_>>().join("\n"),
        }
    }

    /// Somebody's words, cut and escaped. What is written from right to left stays by itself, line by line: it must not carry
    /// the words of the bot around it along.
    fn words(&self, words: &str) -> String {
        let words = literal(words);
        let mut cut: String = words.chars().take(self.longest).collect();
        if cut.len() < words.len() {
            cut.push('…');
        }
        if cut.contains(is_right_to_left) {
            cut = cut.split('\n').map(|line| format!("\u{2068}{line}\u{2069}")).collect::<Vec<_>>().join("\n");
        }
        escaped(&cut)
    }

    fn mention(&self, id: i64, words: &str) -> String {
        let shown = if words.is_empty() { id.to_string() } else { self.words(words) };
        format!("{MENTION}{id}\">{shown}</a>")
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

/// A label; one that shows nothing would cost the whole message.
fn label(voice: Voice<'_>, text: &Text) -> String {
    let label: String = voice.plain(text).chars().take(LABEL).collect();
    if label.trim().is_empty() { "…".to_owned() } else { label }
}

/// Hebrew, Arabic and their kin.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

fn markup(voice: Voice<'_>, keyboard: &Keyboard) -> Markup {
    match keyboard {
        Keyboard::None => Markup::None,
        Keyboard::Remove => Markup::Remove,
        Keyboard::Inline(rows) => Markup::Inline(rows.iter().map(|row| row.iter().map(|b| tap(voice, b)).collect()).collect()),
        Keyboard::Reply(rows) => Markup::Reply(
            rows.iter()
                .map(|row| {
                    row.iter()
                        .map(|button| match button {
                            ReplyButton::Words(text) => (label(voice, text), Ask::Words),
                            ReplyButton::Contact(text) => (label(voice, text), Ask::Contact),
                            ReplyButton::Location(text) => (label(voice, text), Ask::Location),
                        })
                        .collect()
                })
                .collect(),
        ),
    }
}

fn tap(voice: Voice<'_>, button: &Button) -> (String, Tap) {
    let does = match &button.does {
        Does::Press(data) => Tap::Data(data.clone()),
        Does::Start(parameter) => Tap::Url(start_link(voice.world, parameter)),
        Does::AddToGroup(parameter) => Tap::Url(group_link(voice.world, parameter)),
    };
    (label(voice, &button.label), does)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::input::{Media, MediaKind};

    #[test]
    fn a_line_is_added_only_where_it_fits() {
        let media = Media { kind: MediaKind::Photo, file_id: "f".to_owned(), unique_id: "u".to_owned(), size: 0 };
        let post = |length: usize, media: Option<&Media>| Post { html: "字".repeat(length), media: media.cloned() };
        let added = |post: Post| signed(post.clone(), "<i>abc</i>").html.len() > post.html.len();
        assert_eq!([4_091, 4_092].map(|n| added(post(n, None))), [true, false]);
        assert_eq!([1_019, 1_020].map(|n| added(post(n, Some(&media)))), [true, false]);
        assert_eq!(signed(post(0, Some(&media)), "<i>abc</i>").html, "<i>abc</i>");
        assert_eq!(signed(post(1, None), "<i>abc</i>").html, "字\n\n<i>abc</i>");
    }
}
