//! Formatting becomes Telegram's HTML, so that a message can be sent again as it was written.
//!
//! Of our own, because teloxide's renderer leaves text without formatting unescaped, writes addresses into `href` as they
//! are, and panics where an entity ends within a character.
use teloxide::types::{Message, MessageEntity, MessageEntityKind as Kind};

use crate::vocabulary::html::escape;

/// The text or caption with its formatting; `None`: there is none.
pub(super) fn of(message: &Message) -> Option<String> {
    let text = message.text().or_else(|| message.caption())?;
    let entities = message.entities().or_else(|| message.caption_entities())?;
    render(text, entities)
}

fn render(text: &str, entities: &[MessageEntity]) -> Option<String> {
    let mut marks: Vec<Mark> = entities.iter().filter_map(Mark::of).collect();
    if marks.is_empty() {
        return None;
    }
    // What begins earlier, and of those that begin together the longer one, stands outside.
    marks.sort_by_key(|mark| (mark.from, std::cmp::Reverse(mark.to)));
    let mut marks = marks.into_iter().peekable();
    let mut open: Vec<Mark> = Vec::new();
    let mut html = String::with_capacity(text.len() * 2);
    let mut at = 0;
    for c in text.chars() {
        while open.last().is_some_and(|mark| mark.to <= at) {
            html.extend(open.pop().map(|mark| mark.close));
        }
        while let Some(mut mark) = marks.next_if(|mark| mark.from <= at) {
            // Nothing reaches out of what it stands in: Telegram's HTML cannot say that.
            mark.to = open.last().map_or(mark.to, |outer| outer.to.min(mark.to));
            if mark.to > at {
                html.push_str(&mark.open);
                open.push(mark);
            }
        }
        match c {
            '&' | '<' | '>' => html.push_str(&escape(&c.to_string())),
            c => html.push(c),
        }
        at += c.len_utf16();
    }
    html.extend(open.into_iter().rev().map(|mark| mark.close));
    Some(html)
}

/// A pair of tags, and where it stands in UTF-16 units.
struct Mark {
    from: usize,
    to: usize,
    open: String,
    close: &'static str,
}

impl Mark {
    /// `None` for what Telegram finds by itself: links, mentions, hashtags, numbers.
    fn of(entity: &MessageEntity) -> Option<Mark> {
        let (open, close) = match &entity.kind {
            Kind::Bold => ("<b>".to_owned(), "</b>"),
            Kind::Italic => ("<i>".to_owned(), "</i>"),
            Kind::Underline => ("<u>".to_owned(), "</u>"),
            Kind::Strikethrough => ("<s>".to_owned(), "</s>"),
            Kind::Spoiler => ("<tg-spoiler>".to_owned(), "</tg-spoiler>"),
            Kind::Blockquote => ("<blockquote>".to_owned(), "</blockquote>"),
            Kind::ExpandableBlockquote => ("<blockquote expandable>".to_owned(), "</blockquote>"),
            Kind::Code => ("<code>".to_owned(), "</code>"),
            Kind::Pre { language: None } => ("<pre>".to_owned(), "</pre>"),
            Kind::Pre { language: Some(language) } => {
                (format!("<pre><code class=\"language-{}\">", escape(language)), "</code></pre>")
            }
            Kind::TextLink { url } => (format!("<a href=\"{}\">", escape(url.as_str())), "</a>"),
            Kind::TextMention { user } => (format!("<a href=\"tg://user?id={}\">", user.id.0), "</a>"),
            Kind::CustomEmoji { custom_emoji_id } => {
                (format!("<tg-emoji emoji-id=\"{}\">", escape(&custom_emoji_id.0)), "</tg-emoji>")
            }
            _ => return None,
        };
        Some(Mark { from: entity.offset, to: entity.offset.saturating_add(entity.length), open, close })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, entities: &[(Kind, usize, usize)]) -> Option<String> {
        let entities: Vec<_> =
            entities.iter().map(|(kind, offset, length)| MessageEntity::new(kind.clone(), *offset, *length)).collect();
        render(text, &entities)
    }

    #[test]
    fn formatting_is_kept_and_words_stay_words() {
        let link = Kind::TextLink { url: "https://a.b/?x=1&lt=2".parse().unwrap() };
        let html = marked("停水 <b> & 😀链接", &[(Kind::Bold, 0, 2), (Kind::Italic, 1, 1), (link, 11, 2)]);
        let expected = "<b>停<i>水</i></b> &lt;b&gt; &amp; 😀<a href=\"https://a.b/?x=1&amp;lt=2\">链接</a>";
        assert_eq!(html.as_deref(), Some(expected));
    }

    #[test]
    fn what_telegram_finds_by_itself_is_no_formatting() {
        assert_eq!(marked("<i> https://a.b", &[(Kind::Url, 4, 11)]), None);
        assert_eq!(marked("", &[]), None);
    }

    #[test]
    fn odd_entities_neither_break_nor_leave_tags_open() {
        let (bold, code) = (Kind::Bold, Kind::Code);
        assert_eq!(marked("abcd", &[(bold.clone(), 0, 3), (code.clone(), 2, 9)]).unwrap(), "<b>ab<code>c</code></b>d");
        assert_eq!(marked("😀a", &[(bold.clone(), 1, 1)]).unwrap(), "😀a");
        assert_eq!(marked("a", &[(bold.clone(), 9, 2)]).unwrap(), "a");
        assert_eq!(marked("ab", &[(bold, 0, usize::MAX), (code, 0, 0)]).unwrap(), "<b>ab</b>");
    }
}
