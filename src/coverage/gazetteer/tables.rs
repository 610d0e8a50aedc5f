//! Reads the tables; each says in its first lines what it holds and where it is from.
use std::borrow::Cow;

use super::super::location::ReasonKind;
use super::{Alias, Gazetteer, GazetteerError, Level};

/// The texts of the five tables.
#[derive(Clone, Debug)]
pub struct Tables {
    /// `areas.tsv`, `towns.tsv`, `towns_old.tsv`, `aliases.tsv`, `merged.tsv`, in this order.
    texts: [Table; 5],
}

impl Tables {
    /// Names of the files, in the order in which [`Self::new`] wants their texts.
    pub const FILES: [&'static str; 5] = ["areas.tsv", "towns.tsv", "towns_old.tsv", "aliases.tsv", "merged.tsv"];

    /// From the texts of [`Self::FILES`].
    pub fn new(texts: [String; 5]) -> Self {
        Self { texts: texts.map(|text| Table(Cow::Owned(text))) }
    }

    /// The day whose state the tables show (`2023-06-30`), as the comments of `areas.tsv` say after "state of".
    pub fn vintage(&self) -> Option<&str> {
        let [areas, ..] = &self.texts;
        let comments = areas.0.lines().take_while(|line| line.starts_with('#'));
        let day = comments.filter_map(|line| line.split_once("state of ")).find_map(|(_, rest)| rest.get(..10));
        day.filter(|day| day.chars().all(|c| c.is_ascii_digit() || c == '-'))
    }
}

impl Default for Tables {
    /// Those that are compiled in.
    fn default() -> Self {
        Self {
            texts: [
                include_str!("../data/areas.tsv"),
                include_str!("../data/towns.tsv"),
                include_str!("../data/towns_old.tsv"),
                include_str!("../data/aliases.tsv"),
                include_str!("../data/merged.tsv"),
            ]
            .map(|text| Table(Cow::Borrowed(text))),
        }
    }
}

/// The text of one table.
#[derive(Clone, Debug)]
struct Table(Cow<'static, str>);

impl Table {
    /// Lines that are neither empty nor comments, with their numbers.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.0.lines().enumerate().map(|(n, text)| (n + 1, text));
        lines.filter(|(_, text)| !text.is_empty() && !text.starts_with('#'))
    }

    /// A name in this table: compiled-in text is pointed to, other text copied.
    fn keep(&self, name: &str) -> Cow<'static, str> {
        let Cow::Borrowed(text) = self.0 else { return Cow::Owned(name.to_owned()) };
        let from = (name.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        text.get(from..from.saturating_add(name.len())).map_or_else(|| Cow::Owned(name.to_owned()), Cow::Borrowed)
    }
}

impl Gazetteer {
    /// From tables.
    ///
    /// # Errors
    /// The first line that cannot be read, with its file and what is wrong.
    pub fn of(tables: &Tables) -> Result<Self, GazetteerError> {
        let [areas, towns, old, aliases, merged] = &tables.texts;
        let mut all = Self::default();
        all.read_areas(areas)?;
        all.read_towns(towns)?;
        all.read_aliases(aliases)?;
        all.read_old_towns(old)?;
        for (line, text) in merged.lines() {
            let (old, new) = split(text, "merged.tsv", line)?;
            all.merged.push((code(old, "merged.tsv", line)?, code(new, "merged.tsv", line)?));
        }
        Ok(all)
    }

    fn read_areas(&mut self, table: &Table) -> Result<(), GazetteerError> {
        const FILE: &str = "areas.tsv";
        for (line, text) in table.lines() {
            let mut parts = text.split('\t');
            let (Some(number), Some(level), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
                return Err(bad(FILE, line, "needs code, level and name"));
            };
            let number = code(number, FILE, line)?;
            let level = match level {
                "P" => Level::Province,
                "F" => Level::Prefecture,
                "C" => Level::County,
                "D" => Level::Devzone,
                other => return Err(bad(FILE, line, &format!("level {other}: write P, F, C or D"))),
            };
            let point = match (parts.next().map(str::parse), parts.next().map(str::parse)) {
                (Some(Ok(lng)), Some(Ok(lat))) => Some((lng, lat)),
                _ => None,
            };
            self.add(number, table.keep(name), level, point);
        }
        Ok(())
    }

    fn read_towns(&mut self, table: &Table) -> Result<(), GazetteerError> {
        const FILE: &str = "towns.tsv";
        for (line, text) in table.lines() {
            let (county, towns) = split(text, FILE, line)?;
            let county = code(county, FILE, line)?;
            for town in towns.split(' ') {
                let (digits, name) = town.split_at_checked(3).ok_or_else(|| bad(FILE, line, town))?;
                let number = county * 1000 + code(digits, FILE, line)?;
                self.add(number, table.keep(name), Level::Town, None);
            }
        }
        Ok(())
    }

    fn read_aliases(&mut self, table: &Table) -> Result<(), GazetteerError> {
        const FILE: &str = "aliases.tsv";
        for (line, text) in table.lines() {
            let (kind, text) = split(text, FILE, line)?;
            let (name, codes) = split(text, FILE, line)?;
            let kind = match kind {
                "short" => ReasonKind::Short,
                // One character is a word of its own far more often than a province.
                "abbr" => continue,
                _ => ReasonKind::Old,
            };
            for number in codes.split(' ') {
                let place = self.id(code(number, FILE, line)?).ok_or_else(|| bad(FILE, line, "unknown code"))?;
                self.aliases.push(Alias { name: table.keep(name), place, kind });
            }
        }
        Ok(())
    }

    fn read_old_towns(&mut self, table: &Table) -> Result<(), GazetteerError> {
        const FILE: &str = "towns_old.tsv";
        for (line, text) in table.lines() {
            let (county, names) = split(text, FILE, line)?;
            let place = self.id(code(county, FILE, line)?).ok_or_else(|| bad(FILE, line, "unknown code"))?;
            for name in names.split(' ') {
                let name = name.trim_start_matches('?');
                let Some((name, before)) = name.split_once('@') else {
                    self.aliases.push(Alias { name: table.keep(name), place, kind: ReasonKind::Town });
                    continue;
                };
                let before = self.id(code(before, FILE, line)?);
                let town = self.place(place).and_then(|p| p.children.iter().copied().find(|&c| self.name(c) == name));
                if let (Some(town), Some(before)) = (town, before) {
                    self.moved.push((town, before));
                }
            }
        }
        Ok(())
    }
}

fn split<'t>(text: &'t str, file: &'static str, line: usize) -> Result<(&'t str, &'t str), GazetteerError> {
    text.split_once('\t').ok_or_else(|| bad(file, line, "needs a tab"))
}

fn code(text: &str, file: &'static str, line: usize) -> Result<u32, GazetteerError> {
    text.parse().map_err(|_| bad(file, line, &format!("{text} is no code")))
}

fn bad(file: &'static str, line: usize, what: &str) -> GazetteerError {
    GazetteerError::Line { file, line, what: what.to_owned() }
}
