//! Reads the compiled-in tables; each says in its first lines what it holds and where it is from.
use std::borrow::Cow;

use super::super::location::ReasonKind;
use super::{Alias, Gazetteer, GazetteerError, Level};

const AREAS: &str = include_str!("../data/areas.tsv");
const TOWNS: &str = include_str!("../data/towns.tsv");
const TOWNS_OLD: &str = include_str!("../data/towns_old.tsv");
const ALIASES: &str = include_str!("../data/aliases.tsv");
const MERGED: &str = include_str!("../data/merged.tsv");

impl Gazetteer {
    /// The compiled-in tables.
    pub fn builtin() -> Result<Self, GazetteerError> {
        let mut all = Self::default();
        all.read_areas()?;
        all.read_towns()?;
        all.read_aliases()?;
        all.read_old_towns()?;
        for (line, text) in lines(MERGED) {
            let (old, new) = split(text, "merged.tsv", line)?;
            all.merged.push((code(old, "merged.tsv", line)?, code(new, "merged.tsv", line)?));
        }
        Ok(all)
    }

    fn read_areas(&mut self) -> Result<(), GazetteerError> {
        const FILE: &str = "areas.tsv";
        for (line, text) in lines(AREAS) {
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
                other => return Err(bad(FILE, line, &format!("level {other}"))),
            };
            let point = match (parts.next().map(str::parse), parts.next().map(str::parse)) {
                (Some(Ok(lng)), Some(Ok(lat))) => Some((lng, lat)),
                _ => None,
            };
            self.add(number, Cow::Borrowed(name), level, point);
        }
        Ok(())
    }

    fn read_towns(&mut self) -> Result<(), GazetteerError> {
        const FILE: &str = "towns.tsv";
        for (line, text) in lines(TOWNS) {
            let (county, towns) = split(text, FILE, line)?;
            let county = code(county, FILE, line)?;
            for town in towns.split(' ') {
                let (digits, name) = town.split_at_checked(3).ok_or_else(|| bad(FILE, line, town))?;
                let number = county * 1000 + code(digits, FILE, line)?;
                self.add(number, Cow::Borrowed(name), Level::Town, None);
            }
        }
        Ok(())
    }

    fn read_aliases(&mut self) -> Result<(), GazetteerError> {
        const FILE: &str = "aliases.tsv";
        for (line, text) in lines(ALIASES) {
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
                self.aliases.push(Alias { name: Cow::Borrowed(name), place, kind });
            }
        }
        Ok(())
    }

    fn read_old_towns(&mut self) -> Result<(), GazetteerError> {
        const FILE: &str = "towns_old.tsv";
        for (line, text) in lines(TOWNS_OLD) {
            let (county, names) = split(text, FILE, line)?;
            let place = self.id(code(county, FILE, line)?).ok_or_else(|| bad(FILE, line, "unknown code"))?;
            for name in names.split(' ') {
                let name = name.trim_start_matches('?');
                let Some((name, before)) = name.split_once('@') else {
                    self.aliases.push(Alias { name: Cow::Borrowed(name), place, kind: ReasonKind::Town });
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

fn lines(table: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    table.lines().enumerate().map(|(n, text)| (n + 1, text)).filter(|(_, text)| !text.is_empty() && !text.starts_with('#'))
}

fn split(text: &'static str, file: &'static str, line: usize) -> Result<(&'static str, &'static str), GazetteerError> {
    text.split_once('\t').ok_or_else(|| bad(file, line, "needs a tab"))
}

fn code(text: &str, file: &'static str, line: usize) -> Result<u32, GazetteerError> {
    text.parse().map_err(|_| bad(file, line, &format!("{text} is no code")))
}

fn bad(file: &'static str, line: usize, what: &str) -> GazetteerError {
    GazetteerError::Line { file, line, what: what.to_owned() }
}
