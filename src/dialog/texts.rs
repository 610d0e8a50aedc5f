//! The texts of `dialogs/*.ftl`, by language and key.
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::book::Book;
use super::definition::{Problem, Source};
use super::lint::wanted_texts;
use super::machine::Labels;
use crate::vocabulary::lang::Lang;

/// The texts in every language.
pub struct Texts {
    bundles: BTreeMap<Lang, FluentBundle<FluentResource>>,
    keys: BTreeMap<Lang, BTreeMap<String, Written>>,
}

/// How a text stands in its file.
struct Written {
    line: usize,
    /// Everything behind the `=`, further lines included.
    source: String,
}

/// Arguments that every text may use.
const ALWAYS: [&str; 2] = ["hotline", "minutes"];
/// Telegram's HTML, as far as texts use it.
const TAGS: [&str; 3] = ["b", "i", "code"];

impl Texts {
    /// Reads the `*.ftl` files among `sources`; one a language, named by its tag.
    ///
    /// # Errors
    /// Every problem found, with file and line.
    pub fn load(sources: &[Source]) -> Result<Texts, Vec<Problem>> {
        let mut texts = Texts { bundles: BTreeMap::new(), keys: BTreeMap::new() };
        let mut problems = Vec::new();
        for lang in Lang::ALL {
            let name = format!("{}.ftl", lang.tag());
            match sources.iter().find(|s| s.name == name) {
                Some(source) => problems.extend(texts.add(lang, source)),
                None => problems.push(Problem { file: name, line: 1, what: "this language is missing; add the file".to_owned() }),
            }
        }
        if problems.is_empty() {
            problems = texts.unequal();
        }
        if problems.is_empty() { Ok(texts) } else { Err(problems) }
    }

    fn add(&mut self, lang: Lang, source: &Source) -> Vec<Problem> {
        let at = |line: usize, what: String| Problem { file: source.name.clone(), line, what };
        let mut problems = Vec::new();
        let resource = match FluentResource::try_new(source.text.clone()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                for error in errors {
                    let line = source.text.bytes().take(error.pos.start).filter(|b| *b == b'\n').count() + 1;
                    problems.push(at(line, format!("not Fluent: {}; correct it", error.kind)));
                }
                resource
            }
        };
        let mut keys: BTreeMap<String, Written> = BTreeMap::new();
        let mut last: Option<String> = None;
        for (line, text) in source.text.lines().enumerate() {
            // A message begins in the first column: `key = text`; further lines are indented.
            match text.split_once('=') {
                Some((key, value)) if text.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    let key = key.trim().to_owned();
                    let written = Written { line: line + 1, source: value.to_owned() };
                    if let Some(before) = keys.insert(key.clone(), written) {
                        problems.push(at(line + 1, format!("{key:?} stands in line {} already; remove one", before.line)));
                    }
                    last = Some(key);
                }
                _ => {
                    if let Some(written) = last.as_ref().and_then(|key| keys.get_mut(key)).filter(|_| !text.starts_with('#')) {
                        written.source.push('\n');
                        written.source.push_str(text);
                    }
                }
            }
        }
        for (key, written) in &keys {
            problems.extend(
                unbalanced(&written.source)
                    .map(|tag| at(written.line, format!("{key:?}: {tag}; Telegram would refuse the message"))),
            );
        }
        let tag: unic_langid::LanguageIdentifier = match lang.tag().parse() {
            Ok(tag) => tag,
            Err(_) => return vec![at(1, "the file's name is no language tag".to_owned())],
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Telegram isolates nothing; the marks would show up in copied text.
        bundle.set_use_isolating(false);
        if bundle.add_resource(resource).is_err() {
            problems.push(at(1, "a key stands twice; remove one".to_owned()));
        }
        self.bundles.insert(lang, bundle);
        self.keys.insert(lang, keys);
        problems
    }

    /// Keys and arguments that one language has and another lacks.
    fn unequal(&self) -> Vec<Problem> {
        let all: BTreeSet<&String> = self.keys.values().flat_map(BTreeMap::keys).collect();
        let used: BTreeMap<&String, BTreeSet<&str>> =
            self.keys.get(&Lang::Zh).into_iter().flatten().map(|(key, written)| (key, arguments(&written.source))).collect();
        let mut problems = Vec::new();
        for (lang, keys) in &self.keys {
            let at = |line: usize, what: String| Problem { file: format!("{}.ftl", lang.tag()), line, what };
            for key in all.iter().filter(|k| !keys.contains_key(**k)) {
                problems.push(at(1, format!("the text {key:?} is missing in this language; add it")));
            }
            for (key, written) in keys {
                let Some(first) = used.get(key) else { continue };
                for name in arguments(&written.source).symmetric_difference(first) {
                    problems.push(at(
                        written.line,
                        format!("{key:?}: only one language uses ${name}; correct the name, or use it in both"),
                    ));
                }
            }
        }
        problems
    }

    /// Texts that the dialogs need and some language lacks, with the place that needs them.
    pub fn check(&self, book: &Book, sources: &[Source]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (key, mut problem) in wanted_texts(book, sources) {
            let lacking: Vec<String> =
                Lang::ALL.iter().filter(|l| !self.has(**l, &key)).map(|l| format!("{}.ftl", l.tag())).collect();
            if !lacking.is_empty() {
                problem.what = format!("{}; add it to {}", problem.what, lacking.join(" and "));
                problems.push(problem);
            }
        }
        problems
    }

    /// Whether a language has a text.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.bundles.get(&lang).is_some_and(|b| b.has_message(key))
    }

    /// All keys of the first language.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.get(&Lang::Zh).into_iter().flat_map(|k| k.keys().map(String::as_str))
    }

    /// Formats a text. A missing key shows itself: better than silence, and the linter has said so before.
    pub fn format<'t>(&'t self, lang: Lang, key: &'t str, args: &'t FluentArgs<'_>) -> Cow<'t, str> {
        let Some(bundle) = self.bundles.get(&lang) else { return Cow::Borrowed(key) };
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else { return Cow::Borrowed(key) };
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(args), &mut errors)
    }
}

impl Labels for Texts {
    fn all(&self, key: &str) -> Vec<String> {
        let none = FluentArgs::new();
        Lang::ALL.iter().filter(|l| self.has(**l, key)).map(|l| self.format(*l, key, &none).into_owned()).collect()
    }
}

/// Arguments that a text names, without those that are always there.
fn arguments(source: &str) -> BTreeSet<&str> {
    let names = source
        .split('$')
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default());
    names.filter(|name| !ALWAYS.contains(name)).collect()
}

/// Why Telegram would not take a text's markup, if so.
fn unbalanced(source: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for rest in source.split('<').skip(1) {
        let Some((tag, _)) = rest.split_once('>') else { return Some("a < without >; write &lt;".to_owned()) };
        let (name, closes) = tag.strip_prefix('/').map_or((tag, false), |name| (name, true));
        if !TAGS.contains(&name) {
            return Some(format!("<{tag}> is no tag that texts use; write &lt; or one of <b>, <i>, <code>"));
        }
        if !closes {
            open.push(name);
        } else if open.pop() != Some(name) {
            return Some(format!("<{tag}> closes nothing; remove it or open it before"));
        }
    }
    open.pop().map(|name| format!("<{name}> is never closed; add </{name}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_that_telegram_would_refuse_is_found() {
        assert_eq!(unbalanced("<b>请核对：</b> <i>a</i> &lt;"), None);
        for bad in ["<b>请核对：", "</b>", "<b><i>x</b></i>", "<u>x</u>", "1 < 2"] {
            assert!(unbalanced(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn an_argument_that_only_one_language_uses_is_named_with_file_and_line() {
        let file = |name: &str, text: &str| Source { name: name.to_owned(), text: text.to_owned() };
        let sources = [
            file("zh-CN.ftl", "a = 一\nb = 工单 { $ticket }，{ $hotline }\n"),
            file("en.ftl", "a = one\nb = Ticket { $tickett }\n"),
        ];
        let problems = Texts::load(&sources).err().unwrap();
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems.iter().all(|p| p.file == "en.ftl" && p.line == 2), "{problems:?}");
    }
}
