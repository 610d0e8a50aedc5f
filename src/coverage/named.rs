//! Areas as staff name them: several in one message, in Chinese or in English.
use super::english;
use super::location::{Outcome, ReasonKind};
use super::matcher::Matcher;

/// A name among those in a message, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name as written, with the names that say where it is: 沈阳市 和平区, Zhongshan District, Dalian.
    pub words: String,
    /// Codes of the areas of this name: none where it is unknown, several where somebody must choose.
    pub codes: Vec<String>,
}

/// Most names that are one place: a town, its county, city and province.
const PARTS: usize = 4;

/// How a name is set off from the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// By a mark that only lists: 、 or a new line.
    List,
    /// By a space between Chinese names, or a comma between others: the two may be one place.
    Loose(&'static str),
}

impl Matcher {
    /// The areas that a message names, in its order: names or codes, between commas, semicolons, ends of lines, and spaces
    /// where both neighbours are Chinese (an English name has spaces of its own).
    ///
    /// 沈阳市 和平区 and "Zhongshan District, Dalian" are one name each: whoever lists both an area and what it lies in
    /// would say the same twice. No name stands twice.
    pub fn named(&self, text: &str) -> Vec<Named> {
        let mut names: Vec<Named> = Vec::new();
        let mut parts = 0;
        for (link, words) in split(text) {
            let name = Named { words: words.to_owned(), codes: self.codes(words) };
            let whole = match (link, names.last()) {
                (Link::Loose(mark), Some(before)) if parts < PARTS => self.within(before, &name, mark),
                _ => None,
            };
            match (whole, names.last_mut()) {
                (Some(whole), Some(before)) => {
                    parts += 1;
                    *before = whole;
                }
                _ => {
                    parts = 1;
                    names.push(name);
                }
            }
        }
        let mut seen: Vec<Named> = Vec::new();
        for name in names {
            let again = |old: &Named| if name.codes.is_empty() { old.words == name.words } else { old.codes == name.codes };
            if !seen.iter().any(again) {
                seen.push(name);
            }
        }
        seen
    }

    fn codes(&self, words: &str) -> Vec<String> {
        if let Some(area) = self.area(words) {
            return vec![area.code];
        }
        let found = self.locate(&in_pinyin(words));
        match found.outcome {
            Outcome::Sure | Outcome::Missing => found.code.into_iter().collect(),
            Outcome::Several => found.candidates,
            Outcome::None => Vec::new(),
        }
    }

    /// Both names as one, if one of them only says where the other is.
    fn within(&self, one: &Named, other: &Named, mark: &str) -> Option<Named> {
        if one.codes.is_empty() && other.codes.is_empty() {
            return None;
        }
        let words = [&*one.words, &*other.words].join(mark);
        let found = self.locate(&in_pinyin(&words));
        // A likeness would find something like the second name inside of the first.
        if found.reasons.iter().any(|r| r.kind == ReasonKind::Similar) {
            return None;
        }
        let codes = match found.outcome {
            Outcome::Several => found.candidates,
            _ => vec![found.code?],
        };
        let below = |holder: &Named| codes.iter().all(|code| holder.codes.iter().any(|h| h != code && self.lies_in(code, h)));
        (below(one) || below(other)).then_some(Named { words, codes })
    }

    /// Whether one area lies in another, or is the same.
    pub fn lies_in(&self, code: &str, holder: &str) -> bool {
        match (self.gazetteer().find(code), self.gazetteer().find(holder)) {
            (Some(place), Some(above)) => self.gazetteer().is_under(place, above),
            _ => false,
        }
    }
}

/// English words for the kind of an area, as they are said in Chinese: Zhongshan District is Zhongshan Qu, and no city.
const KINDS: [(&str, &str); 8] = [
    (" new area", " xin qu"),
    (" new district", " xin qu"),
    (" district", " qu"),
    (" county", " xian"),
    (" city", " shi"),
    (" municipality", " shi"),
    (" province", " sheng"),
    (" town", " zhen"),
];

fn in_pinyin(words: &str) -> String {
    let part = |part: &str| {
        let lower = part.trim().to_lowercase();
        let kind = KINDS.iter().find_map(|(english, chinese)| Some((lower.strip_suffix(english)?, chinese)));
        kind.map_or_else(|| part.to_owned(), |(name, chinese)| format!("{name}{chinese}"))
    };
    words.split(',').map(part).collect::<Vec<_>>().join(",")
}

/// The names, each with what sets it off from the one before.
fn split(text: &str) -> Vec<(Link, &str)> {
    let mut names = Vec::new();
    let mut link = Link::List;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| "\n,，、;；。".contains(c)).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        for (i, word) in spaced(part).into_iter().filter(|word| !english::is_country(word)).enumerate() {
            names.push((if i == 0 { link } else { Link::Loose(" ") }, word));
        }
        let mark = tail.chars().next();
        rest = mark.and_then(|mark| tail.get(mark.len_utf8()..)).unwrap_or_default();
        let latin = |part: &str| !part.chars().any(is_chinese);
        let next = rest.split(['\n', ',', '，', '、', ';', '；', '。']).next().unwrap_or_default();
        link = match mark {
            Some(',' | '，') if latin(part) && latin(next) => Link::Loose(", "),
            _ => Link::List,
        };
    }
    names
}

/// Cuts at spaces, but not within a name in Latin letters.
fn spaced(part: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut from = 0;
    for (at, space) in part.char_indices().filter(|(_, c)| c.is_whitespace()) {
        let (before, after) = (part.get(..at).unwrap_or_default(), part.get(at + space.len_utf8()..).unwrap_or_default());
        let whole = |c: Option<char>| c.is_none_or(|c| is_chinese(c) || c.is_ascii_digit());
        if whole(before.trim_end().chars().next_back()) && whole(after.trim_start().chars().next()) {
            words.extend(part.get(from..at));
            from = at;
        }
    }
    words.extend(part.get(from..));
    words.into_iter().map(str::trim).filter(|word| !word.is_empty()).collect()
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let matcher = Matcher::builtin().unwrap();
        matcher.named(text).into_iter().map(|n| (n.words, n.codes.join(" "))).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(words, codes)| ((*words).to_owned(), (*codes).to_owned())).collect()
    }

    #[test]
    fn chinese_names_between_marks_and_spaces() {
        let all = pairs(&[("兴城市", "211481"), ("延长县", "610621"), ("辽宁省", "210000"), ("火星", ""), ("110108", "110108")]);
        assert_eq!(read("兴城市 延长县，辽宁省、火星;110108 兴城市"), all);
        assert_eq!(read("兴城市\n延长县"), all[..2]);
        assert_eq!(read(" ，、\n"), []);
        assert_eq!(read("铁西区")[0].1.split(' ').count(), 3);
    }

    #[test]
    fn a_name_and_what_it_lies_in_are_one() {
        for (text, code) in [
            ("沈阳市 和平区", "210102"),
            ("和平区 沈阳市", "210102"),
            ("辽宁省 葫芦岛市 兴城市", "211481"),
            ("Zhongshan District, Dalian", "210202"),
            ("Zhongshan District, Dalian City, Liaoning Province, China", "210202"),
            ("Xingcheng, Liaoning", "211481"),
        ] {
            let found = read(text);
            assert_eq!(found.iter().map(|(_, codes)| &**codes).collect::<Vec<_>>(), [code], "{text}: {found:?}");
        }
        assert_eq!(read("沈阳市、兴城市"), pairs(&[("沈阳市", "210100"), ("兴城市", "211481")]));
        assert_eq!(read("沈阳市 兴城市"), pairs(&[("沈阳市", "210100"), ("兴城市", "211481")]));
    }

    #[test]
    fn no_more_than_four_names_are_one_place() {
        let matcher = Matcher::builtin().unwrap();
        let named = matcher.named(&"辽宁省 葫芦岛市 ".repeat(20));
        assert!(named.iter().all(|n| n.words.split(' ').count() <= PARTS), "{named:?}");
    }

    #[test]
    fn english_names_keep_their_spaces() {
        assert_eq!(read("Xingcheng"), pairs(&[("Xingcheng", "211481")]));
        assert_eq!(read("Xingcheng City"), pairs(&[("Xingcheng City", "211481")]));
        assert_eq!(
            read("Xingcheng, Dalian; Yanchang County\nLiaoning Province"),
            pairs(&[
                ("Xingcheng", "211481"),
                ("Dalian", "210200"),
                ("Yanchang County", "610621"),
                ("Liaoning Province", "210000")
            ])
        );
        assert_eq!(read("Mars Colony"), pairs(&[("Mars Colony", "")]));
        assert_eq!(read("Pudong New Area"), pairs(&[("Pudong New Area", "310115")]));
        // The city of that name is no district.
        assert_eq!(read("Zhongshan District"), pairs(&[("Zhongshan District", "210202 520201")]));
    }
}
