//! The Bot API as a table: every method with its parameters, and every type that a parameter can hold.
//!
//! Telegram overlooks parameters that it does not know; here they are refused, for a bot that sends one has either
//! misspelt it or expects something that will not happen.
mod check;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(super) use check::{Call, check};

/// Derived by `tests/sandbox/derive.rs`; its head names the version.
const SOURCE: &str = include_str!("schema.tsv");

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(SOURCE));

/// What a field can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Float,
    Boolean,
    Text,
    File,
    /// Exactly this text.
    Word(&'static str),
    List(Vec<Kind>),
    Named(&'static str),
}

#[derive(Debug, PartialEq, Eq)]
struct Field {
    name: &'static str,
    required: bool,
    kinds: Vec<Kind>,
}

/// A method, or a type.
#[derive(Debug, Default)]
struct Entry {
    name: &'static str,
    fields: Vec<Field>,
    /// What a type can be, where it has no fields of its own.
    one_of: Vec<&'static str>,
}

#[derive(Default)]
struct Table {
    /// By name in lower case: Telegram does not mind.
    methods: HashMap<String, Entry>,
    types: HashMap<&'static str, Entry>,
}

impl Table {
    fn read(source: &'static str) -> Table {
        let mut table = Table::default();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split('\t');
            let mut entry = Entry { name: parts.next().unwrap_or_default(), ..Entry::default() };
            for part in parts {
                if let Some(names) = part.strip_prefix('=') {
                    entry.one_of = names.split('|').collect();
                } else if let Some((name, kinds)) = part.split_once(':') {
                    let (name, required) = name.strip_suffix('!').map_or((name, false), |name| (name, true));
                    entry.fields.push(Field { name, required, kinds: kinds_of(kinds) });
                }
            }
            if entry.name.starts_with(|c: char| c.is_ascii_uppercase()) {
                table.types.insert(entry.name, entry);
            } else {
                table.methods.insert(entry.name.to_ascii_lowercase(), entry);
            }
        }
        table
    }
}

/// Alternatives are parted by `|`, but not within brackets.
fn kinds_of(source: &'static str) -> Vec<Kind> {
    let (mut depth, mut start, mut kinds) = (0, 0, Vec::new());
    for (at, c) in source.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            '|' if depth == 0 => {
                kinds.push(kind_of(&source[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    kinds.push(kind_of(&source[start..]));
    kinds
}

fn kind_of(source: &'static str) -> Kind {
    if let Some(inner) = source.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return Kind::List(kinds_of(inner));
    }
    if let Some(word) = source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return Kind::Word(word);
    }
    match source {
        "Integer" => Kind::Integer,
        "Float" => Kind::Float,
        "Boolean" => Kind::Boolean,
        "String" => Kind::Text,
        "InputFile" => Kind::File,
        name => Kind::Named(name),
    }
}

/// Whether Telegram has a method of this name.
pub(super) fn is_method(name: &str) -> bool {
    TABLE.methods.contains_key(&name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_that_is_named_is_there() {
        fn named(kinds: &[Kind], found: &mut Vec<&'static str>) {
            for kind in kinds {
                match kind {
                    Kind::Named(name) => found.push(name),
                    Kind::List(inner) => named(inner, found),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        for entry in TABLE.methods.values().chain(TABLE.types.values()) {
            entry.fields.iter().for_each(|field| named(&field.kinds, &mut found));
            found.extend(&entry.one_of);
        }
        let lost: Vec<_> = found.into_iter().filter(|name| !TABLE.types.contains_key(name)).collect();
        assert_eq!(lost, [""; 0]);
        assert!(TABLE.methods.len() >= 180 && TABLE.types.len() >= 120);
    }

    #[test]
    fn kinds_are_read() {
        assert_eq!(kinds_of("Integer|String"), [Kind::Integer, Kind::Text]);
        assert_eq!(
            kinds_of("[[A|String]]|\"x\""),
            [Kind::List(vec![Kind::List(vec![Kind::Named("A"), Kind::Text])]), Kind::Word("x")]
        );
        let photo = &TABLE.methods["sendphoto"];
        assert_eq!((photo.name, photo.fields.iter().filter(|f| f.required).count()), ("sendPhoto", 2));
    }
}
