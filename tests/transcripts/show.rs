//! What people see, as lines of a transcript.
use baoxiu::render::outgoing::{Ask, Body, Markup, Outgoing, Tap};
use baoxiu::vocabulary::input::MediaKind;
use baoxiu::vocabulary::say::{CardRef, CardRole, Place};

use crate::script::Script;
use crate::town::Seen;

/// The lines of one thing seen, each ending with a line break.
pub fn lines(script: &Script, seen: &Seen) -> String {
    match seen {
        Seen::Toast { to, toast } => {
            let name = script.name(*to);
            match (&toast.text, &toast.url, toast.alert) {
                (_, Some(url), _) => format!("< {name} is led to {url}\n"),
                (None, _, _) => String::new(),
                (Some(text), _, alert) => block(&format!("{name} {}", if alert { "(alert)" } else { "(toast)" }), text),
            }
        }
        Seen::Unreachable { chat } => format!("< {} cannot be written to\n", script.name(*chat)),
        Seen::Gone { card: None, .. } => String::new(),
        Seen::Gone { chat, card: Some(card) } => format!("< {} (taken away: {})\n", script.name(*chat), named(card)),
        Seen::Message { message, edited } => self::message(script, message, *edited),
    }
}

fn message(script: &Script, message: &Outgoing, edited: bool) -> String {
    let mut marks = Vec::new();
    if let Some(card) = message.card() {
        marks.push(named(card));
    }
    if edited {
        marks.push("edited".to_owned());
    } else if matches!(message.place, Place::Edit(_)) {
        marks.push("in place of a message that is gone".to_owned());
    }
    if message.protect {
        marks.push("protected".to_owned());
    }
    let mut head = script.name(message.chat);
    if !marks.is_empty() {
        head = format!("{head} ({})", marks.join(", "));
    }
    let body = match &message.body {
        Body::Text { html, markup } => format!("{}{}", unmarked(html), buttons(markup)),
        Body::Media(files) => {
            let words = files.iter().map(|f| match f.kind {
                MediaKind::Photo => "photo",
                MediaKind::Video => "video",
                MediaKind::VideoNote => "round film",
                MediaKind::Voice => "voice",
                MediaKind::Document => "file",
            });
            format!("<{}>", words.collect::<Vec<_>>().join(" "))
        }
        Body::Post(post) => {
            let file = post.media.as_ref().map_or(String::new(), |file| format!("<{:?}> ", file.kind).to_lowercase());
            format!("{file}{}", post.html)
        }
        Body::Notice(number) => format!("<notice {number}>"),
        Body::Location(latitude, longitude) => format!("<place {latitude} {longitude}>"),
        Body::Document { name, content, html, .. } => format!("<{name}: {}>\n{}", event(content), unmarked(html)),
        Body::Delete => "<nothing>".to_owned(),
        Body::Menu(menus) => {
            match menus.first().map(|m| m.commands.iter().map(|(name, _)| format!("/{name}")).collect::<Vec<_>>()) {
                Some(names) if !names.is_empty() => format!("<menu {}>", names.join(" ")),
                _ => "<menu of everybody>".to_owned(),
            }
        }
    };
    block(&head, &body)
}

/// What a file for calendars says, as far as people care.
fn event(content: &str) -> String {
    let unfolded = content.replace("\r\n ", "");
    let wanted = ["DTSTART", "DTEND", "SEQUENCE", "STATUS", "LOCATION"];
    let said = unfolded.lines().filter_map(|line| line.split_once(':')).filter(|(name, _)| wanted.contains(name));
    said.map(|(_, value)| value).collect::<Vec<_>>().join(" ")
}

fn block(head: &str, body: &str) -> String {
    let mut lines = body.lines();
    let mut out = format!("< {head}: {}\n", lines.next().unwrap_or_default());
    for line in lines {
        out.push_str(format!("<   {line}").trim_end());
        out.push('\n');
    }
    out
}

fn buttons(markup: &Markup) -> String {
    match markup {
        Markup::None => String::new(),
        Markup::Remove => "\n⌨ removed".to_owned(),
        Markup::Inline(rows) => rows
            .iter()
            .map(|row| {
                let row: Vec<_> = row
                    .iter()
                    .map(|(label, tap)| match tap {
                        Tap::Data(_) => format!("[{label}]"),
                        Tap::Url(url) => format!("[{label} → {url}]"),
                    })
                    .collect();
                format!("\n{}", row.join(" "))
            })
            .collect(),
        Markup::Reply(rows) => rows
            .iter()
            .map(|row| {
                let row: Vec<_> = row
                    .iter()
                    .map(|(label, ask)| match ask {
                        Ask::Words => format!("[{label}]"),
                        Ask::Contact => format!("[{label}: contact]"),
                        Ask::Location => format!("[{label}: place]"),
                    })
                    .collect();
                format!("\n⌨ {}", row.join(" "))
            })
            .collect(),
    }
}

fn named(card: &CardRef) -> String {
    let role = match card.role {
        CardRole::Customer | CardRole::Crew | CardRole::Desk | CardRole::Technician => "card",
        CardRole::Media => "files",
        CardRole::Location => "map",
        CardRole::Calendar => "calendar",
        CardRole::Board => return "board".to_owned(),
        CardRole::Guide => return "guide".to_owned(),
        CardRole::Notice => return format!("notice {}", card.number),
    };
    format!("{role} BX-{}", card.number)
}

fn unmarked(html: &str) -> String {
    let plain = html.replace("<b>", "").replace("</b>", "");
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
