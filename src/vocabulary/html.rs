//! Telegram's HTML, as far as everybody needs it.

/// Makes words harmless: they are shown as they are.
pub fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// How long a text is once its tags and entities are parsed, in UTF-16 units: what Telegram's limits count.
pub fn visible(html: &str) -> usize {
    let mut units = 0;
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let skip = match c {
            '<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            '&' => {
                units += 1;
                ["&amp;", "&lt;", "&gt;", "&quot;"].into_iter().find(|e| rest.starts_with(*e)).map_or(1, str::len)
            }
            c => {
                units += c.len_utf16();
                c.len_utf8()
            }
        };
        rest = rest.get(skip..).unwrap_or_default();
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_do_not_count() {
        let nasty = "<b>a & \"b\"</b> 😀";
        assert_eq!(visible(&escape(nasty)), nasty.encode_utf16().count());
        assert_eq!(visible("<a href=\"https://a.b/?c&amp;d\">去&amp;看</a>"), 3);
        assert_eq!(visible("a & b"), 5);
    }
}
