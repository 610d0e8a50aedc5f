//! Dialogs, texts and areas served: from the program itself, or from a folder.
use std::collections::BTreeSet;
use std::path::Path;

use crate::core::{Settings, World};
use crate::coverage::{Matcher, Tables, seed};
use crate::dialog::book::{self, Book};
use crate::dialog::definition::{Problem, Source};
use crate::dialog::lint;
use crate::dialog::texts::Texts;

use super::Failure;

/// File with the areas served at the first start.
const DISTRICTS: &str = "districts.csv";

/// What `dialogs/` says, checked.
pub struct Assets {
    /// Dialogs, lists, patterns.
    pub book: Book,
    /// Texts in every language.
    pub texts: Texts,
    /// Areas that seed an empty database.
    pub areas: Areas,
    /// The gazetteer's tables.
    pub tables: Tables,
}

/// What `districts.csv` says, each with its code in front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// Areas served, with their names in full.
    pub served: Vec<(String, String)>,
    /// Further names of some of them.
    pub aliases: Vec<(String, String)>,
}

impl Areas {
    /// Everything that an area is called.
    pub fn named(&self) -> Vec<(String, String)> {
        // An area that the gazetteer does not know is made known before it is called something else.
        self.served.iter().chain(&self.aliases).cloned().collect()
    }

    /// Whether both call the same areas by the same names, in whatever order.
    pub fn same_as(&self, other: &Areas) -> bool {
        let set = |names: &[(String, String)]| names.iter().cloned().collect::<BTreeSet<_>>();
        set(&self.served) == set(&other.served) && set(&self.aliases) == set(&other.aliases)
    }
}

impl Assets {
    /// With the tables of this folder instead of those built in.
    ///
    /// # Errors
    /// The file that cannot be read, or the line that is not of its form.
    pub fn with_gazetteer(mut self, folder: Option<&Path>) -> Result<Self, Failure> {
        if let Some(folder) = folder {
            self.tables = tables(folder)?;
        }
        Ok(self)
    }
}

/// Reads the tables of a gazetteer.
fn tables(folder: &Path) -> Result<Tables, Failure> {
    let read = |file: &str| {
        std::fs::read_to_string(folder.join(file)).map_err(|e| {
            Failure::new(format!("BAOXIU_GAZETTEER: {file} cannot be read ({}); it must be there, as UTF-8 text", e.kind()))
        })
    };
    let [areas, towns, old, aliases, merged] = Tables::FILES;
    Ok(Tables::new([read(areas)?, read(towns)?, read(old)?, read(aliases)?, read(merged)?]))
}

/// Reads the files of a folder, or those built in.
///
/// # Errors
/// When the folder cannot be read.
pub fn sources(folder: Option<&Path>) -> Result<Vec<Source>, Failure> {
    let mut sources = book::builtin();
    sources.push(Source { name: DISTRICTS.to_owned(), text: seed::BUILTIN.to_owned() });
    let Some(folder) = folder else { return Ok(sources) };
    let districts = sources.pop();
    let mut sources = Vec::new();
    let cannot =
        |e: std::io::Error| Failure::new(format!("BAOXIU_DIALOGS: the folder cannot be read ({}); name one that can", e.kind()));
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        if [".toml", ".ftl", ".csv"].iter().any(|ending| name.ends_with(ending)) {
            let text = std::fs::read_to_string(&path)
                .map_err(|e| Failure::new(format!("{name}: cannot be read ({}); it must be UTF-8 text", e.kind())))?;
            sources.push(Source { name, text });
        }
    }
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    if !sources.iter().any(|s| s.name == DISTRICTS) {
        sources.extend(districts);
    }
    Ok(sources)
}

/// Checks everything that the files say, each by itself and each against the others.
///
/// # Errors
/// Every problem found, with file and line.
pub fn check(sources: &[Source], matcher: &Matcher) -> Result<Assets, Vec<Problem>> {
    read(sources, Some(matcher))
}

/// Without a matcher the areas served are read, but not held against the gazetteer.
fn read(sources: &[Source], matcher: Option<&Matcher>) -> Result<Assets, Vec<Problem>> {
    let book = Book::load(sources).and_then(|book| match lint::structure(&book, sources) {
        problems if problems.is_empty() => Ok(book),
        problems => Err(problems),
    });
    let texts = Texts::load(sources);
    let districts = districts(sources, matcher);
    match (book, texts, districts) {
        (Ok(book), Ok(texts), Ok(areas)) => {
            let problems = texts.check(&book, sources);
            if problems.is_empty() { Ok(Assets { book, texts, areas, tables: Tables::default() }) } else { Err(problems) }
        }
        (book, texts, districts) => {
            let mut problems: Vec<Problem> = [book.err(), texts.err(), districts.err()].into_iter().flatten().flatten().collect();
            problems.sort();
            Err(problems)
        }
    }
}

fn districts(sources: &[Source], matcher: Option<&Matcher>) -> Result<Areas, Vec<Problem>> {
    let text = sources.iter().find(|s| s.name == DISTRICTS).map_or("", |s| &s.text);
    let at = |p: seed::Problem| Problem { file: DISTRICTS.to_owned(), line: p.line, what: p.what };
    let rows = seed::parse(text).map_err(|problems| problems.into_iter().map(at).collect::<Vec<_>>())?;
    let problems: Vec<Problem> = matcher.map(|m| seed::check(&rows, m)).unwrap_or_default().into_iter().map(at).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let named = |row: &seed::Row| row.aliases.iter().map(|alias| (row.code.clone(), alias.clone())).collect::<Vec<_>>();
    Ok(Areas { aliases: rows.iter().flat_map(named).collect(), served: rows.into_iter().map(|r| (r.code, r.name)).collect() })
}

/// Loads what `BAOXIU_DIALOGS` names, checked; or what is built in, which the tests have checked: that saves building
/// the gazetteer's index twice at every start.
///
/// # Errors
/// All problems, a line each.
pub fn load(folder: Option<&Path>) -> Result<Assets, Failure> {
    let sources = sources(folder)?;
    let loaded = match folder {
        Some(_) => check(&sources, &Matcher::builtin().map_err(Failure::new)?),
        None => read(&sources, None),
    };
    loaded.map_err(|problems| Failure::new(listed(&problems)))
}

/// The core's world: dialogs, texts, and a matcher that knows the areas served by name.
///
/// # Errors
/// See [`matcher`].
pub fn world(assets: Assets, areas: &[(String, String)], settings: Settings) -> Result<World, Failure> {
    let matcher = matcher(&assets.tables, areas)?;
    Ok(World { book: assets.book, texts: assets.texts, matcher, settings })
}

/// Problems, a line each.
pub fn listed(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The matcher with the areas served known by name.
///
/// # Errors
/// When a table cannot be read, or an area lies nowhere: its code begins like no place of the gazetteer.
pub fn matcher(tables: &Tables, areas: &[(String, String)]) -> Result<Matcher, Failure> {
    Matcher::of(tables, areas.iter().map(|(code, name)| (code, name))).map_err(Failure::new)
}
