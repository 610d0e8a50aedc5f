//! What is said, and to whom, becomes a message in their language. PURE.
pub mod outgoing;

use chrono::{DateTime, Datelike, Utc};
use fluent_bundle::FluentArgs;

use crate::core::World;
use crate::dialog::post::longest;
use crate::vocabulary::html;
use crate::vocabulary::input::{Millis, Post};
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::{Arg, Button, Does, Keyboard, PressAnswer, ReplyButton, Say, Text, What};
use outgoing::{Ask, Body, Markup, Outgoing, Tap};

/// Telegram's limit of a message, in UTF-16 units after parsing.
const LONGEST: usize = 4096;
/// Telegram's limit of a toast, in characters.
const TOAST: usize = 200;
/// Longest label that is still read on a phone.
const LABEL: usize = 60;

/// Renders a message in the language of its recipient.
pub fn message(world: &World, say: &Say, lang: Lang) -> Outgoing {
    let body = match &say.what {
        What::Text(lines) => Body::Text { html: fitting(world, lines, lang), markup: markup(world, &say.keyboard, lang) },
        What::Media(media) => Body::Media(media.clone()),
        What::Location(latitude, longitude) => Body::Location(*latitude, *longitude),
        What::Notice(notice) => Body::Notice(*notice),
        What::Nothing => Body::Delete,
    };
    Outgoing { chat: say.to.chat(), body, place: say.place.clone(), priority: say.priority, protect: say.protect }
}

/// Renders a text alone, as HTML.
pub fn html(world: &World, text: &Text, lang: Lang) -> String {
    Renderer { world, lang, escape: true, longest: LONGEST }.text(text)
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
pub fn toast(world: &World, answer: &PressAnswer, lang: Lang) -> Toast {
    let text = answer.text.as_ref().map(|t| plain(world, t, lang).chars().take(TOAST).collect());
    let url = answer.start.as_ref().map(|s| start_link(world, s));
    Toast { query: answer.query.clone(), text, alert: answer.alert, url }
}

/// Renders a text alone, without markup: button labels, toasts, command descriptions.
pub fn plain(world: &World, text: &Text, lang: Lang) -> String {
    let marked = Renderer { world, lang, escape: false, longest: LABEL * 4 }.text(text);
    // Texts shared between messages and toasts may carry tags; a toast shows none.
    strip_tags(&marked)
}

fn strip_tags(text: &str) -> String {
    ["<b>", "</b>", "<i>", "</i>", "<code>", "</code>"].iter().fold(text.to_owned(), |t, tag| t.replace(tag, ""))
}

fn start_link(world: &World, parameter: &str) -> String {
    let name = &world.settings.bot_name;
    if parameter.is_empty() { format!("https://t.me/{name}") } else { format!("https://t.me/{name}?start={parameter}") }
}

/// Renders the lines; words of people are cut, before they are escaped, until the message fits.
fn fitting(world: &World, lines: &[Text], lang: Lang) -> String {
    let mut html = String::new();
    for longest in [4096, 1500, 600, 200, 50] {
        let renderer = Renderer { world, lang, escape: true, longest };
        html = lines.iter().map(|l| renderer.text(l)).collect::<Vec<_>>().join("\n");
        if html.encode_utf16().count() <= LONGEST {
            return html;
        }
    }
    html
}

struct Renderer<'a> {
    world: &'a World,
    lang: Lang,
    escape: bool,
    longest: usize,
}

impl Renderer<'_> {
    fn text(&self, text: &Text) -> String {
        let mut args = FluentArgs::new();
        args.set("hotline", self.world.settings.hotline.clone().unwrap_or_else(|| "none".to_owned()));
        args.set("minutes", self.world.settings.promise_minutes);
        for (name, arg) in &text.args {
            match arg {
                Arg::Number(n) => args.set(name.clone(), *n),
                other => args.set(name.clone(), self.arg(other)),
            }
        }
        self.world.texts.format(self.lang, &text.key, &args).into_owned()
    }

    fn arg(&self, arg: &Arg) -> String {
        match arg {
            Arg::Words(words) => self.words(words),
            Arg::Number(n) => n.to_string(),
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

    fn day(&self, at: Millis) -> String {
        const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
        match DateTime::<Utc>::from_timestamp_millis(at).map(|t| t.with_timezone(&self.world.settings.timezone)) {
            Some(day) if self.lang == Lang::Zh => {
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
            |ms: Millis| DateTime::<Utc>::from_timestamp_millis(ms).map(|t| t.with_timezone(&self.world.settings.timezone));
        match (local(at), local(now)) {
            (Some(at), Some(now)) if at.date_naive() == now.date_naive() => at.format("%H:%M").to_string(),
            (Some(at), _) if self.lang == Lang::Zh => format!("{}月{}日 {}", at.month(), at.day(), at.format("%H:%M")),
            (Some(at), _) => at.format("%-d %b %H:%M").to_string(),
            (None, _) => "?".to_owned(),
        }
    }
}

fn label(world: &World, text: &Text, lang: Lang) -> String {
    plain(world, text, lang).chars().take(LABEL).collect()
}

fn markup(world: &World, keyboard: &Keyboard, lang: Lang) -> Markup {
    match keyboard {
        Keyboard::None => Markup::None,
        Keyboard::Remove => Markup::Remove,
        Keyboard::Inline(rows) => {
            Markup::Inline(rows.iter().map(|row| row.iter().map(|b| tap(world, b, lang)).collect()).collect())
        }
        Keyboard::Reply(rows) => Markup::Reply(
            rows.iter()
                .map(|row| {
                    row.iter()
                        .map(|button| match button {
                            ReplyButton::Words(text) => (label(world, text, lang), Ask::Words),
                            ReplyButton::Contact(text) => (label(world, text, lang), Ask::Contact),
                            ReplyButton::Location(text) => (label(world, text, lang), Ask::Location),
                        })
                        .collect()
                })
                .collect(),
        ),
    }
}

fn tap(world: &World, button: &Button, lang: Lang) -> (String, Tap) {
    let does = match &button.does {
        Does::Press(data) => Tap::Data(data.clone()),
        Does::Start(parameter) => Tap::Url(start_link(world, parameter)),
    };
    (label(world, &button.label, lang), does)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::input::{Media, MediaKind};

    #[test]
    fn a_line_is_added_only_where_it_fits() {
        let media = Media { kind: MediaKind::Photo, file_id: "f".to_owned(), unique_id: "u".to_owned() };
        let post = |length: usize, media: Option<&Media>| Post { html: "字".repeat(length), media: media.cloned() };
        let added = |post: Post| signed(post.clone(), "<i>abc</i>").html.len() > post.html.len();
        assert_eq!([4_091, 4_092].map(|n| added(post(n, None))), [true, false]);
        assert_eq!([1_019, 1_020].map(|n| added(post(n, Some(&media)))), [true, false]);
        assert_eq!(signed(post(0, Some(&media)), "<i>abc</i>").html, "<i>abc</i>");
        assert_eq!(signed(post(1, None), "<i>abc</i>").html, "字\n\n<i>abc</i>");
    }
}
