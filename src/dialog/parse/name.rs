//! Names that come along with a phone number: 王女士, 我叫李雷, "Ms Green".
use std::sync::LazyLock;

use regex::Regex;

use super::phone;

static NAMED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?:^|[\s,，。;；、:：0-9])(?P<name>\p{Han}{1,3}(?:女士|先生|小姐|太太|阿姨|大爷|师傅|老师|经理|总))",
        r"(?P<all>(?:联系人|姓名|我叫|我是|名字(?:是|叫)?)\s*[:：]?\s*(?P<name>\p{Han}{2,4}))(?:$|[\s,，。;；0-9])",
        r"\b(?P<name>(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][\p{Latin}'’-]+(?: [A-Z][\p{Latin}'’-]+)?)",
        r"(?P<all>(?i:my name is|name:|i am|i'm|this is)\s+(?P<name>[A-Z][\p{Latin}'’-]+(?: [A-Z][\p{Latin}'’-]+)?))",
    ]
    .iter()
    .filter_map(|p| Regex::new(p).ok())
    .collect()
});

/// Finds a name that is marked as one; gives it with its byte range.
pub fn find(text: &str) -> Option<(String, std::ops::Range<usize>)> {
    NAMED.iter().find_map(|regex| {
        let found = regex.captures(text)?;
        let name = found.name("name")?;
        // With the words that announce it.
        Some((name.as_str().to_owned(), found.name("all").unwrap_or(name).range()))
    })
}

/// A name that stands beside nothing but a phone number, marked as one or not: "13800000000 Emily Smith".
pub fn beside_phone(text: &str) -> Option<String> {
    let folded = phone::digits_folded(text);
    if let Some((name, _)) = find(&folded) {
        return Some(name);
    }
    let (_, range) = phone::find(&folded);
    let mut rest = folded.clone();
    rest.replace_range(range?, " ");
    let rest = rest.trim_matches(|c: char| !c.is_alphabetic());
    let plain = PLAIN.as_ref().is_some_and(|p| p.is_match(rest));
    plain.then(|| rest.to_owned())
}

/// One to three capitalised words, or two to four Chinese characters.
static PLAIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:\p{Lu}[\p{Latin}'’-]+(?: \p{Lu}[\p{Latin}'’-]+){0,2}|\p{Han}{2,4})$").ok());

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn beside_a_phone_a_plain_name_is_enough() {
        for (text, name) in [
            ("13800000002 Emily Smith", Some("Emily Smith")),
            ("13800000002，王小明", Some("王小明")),
            ("13800000002 王女士", Some("王女士")),
            ("my phone is 13800000002", None),
            ("13800000002", None),
        ] {
            assert_eq!(super::beside_phone(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn only_what_is_marked_as_a_name_is_one() {
        for (text, name) in [
            ("13800000000 王女士", Some("王女士")),
            ("13800000000王女士", Some("王女士")),
            ("我叫李雷，电话在上面", Some("李雷")),
            ("Ms Green, +44 20 7946 0958", Some("Ms Green")),
            ("my name is Emily", Some("Emily")),
            ("兴海路3号", None),
            ("打不开了", None),
        ] {
            assert_eq!(find(text).map(|f| f.0).as_deref(), name, "{text}");
        }
    }
}
