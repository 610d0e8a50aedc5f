//! The areas of China: names, codes, hierarchy, centres.
mod tables;

pub use tables::Tables;

use std::borrow::Cow;

use super::location::ReasonKind;
use super::quick::Quick;

/// Prefectures that have towns but no counties, and whose service is counted by town (so are Hainan's direct counties, 4690xx). 嘉峪关 620200
/// has no counties either, but is one area.
const BY_TOWN: [u32; 3] = [441_900, 442_000, 460_400];
const HAINAN_DIRECT: u32 = 4690;

/// Rank of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 省, 自治区, 直辖市, 特别行政区
    Province,
    /// 地级市, 地区, 自治州, 盟
    Prefecture,
    /// 区, 县, 县级市, 旗
    County,
    /// A development zone that the statistics office codes like a county; not an administrative area.
    Devzone,
    /// 镇, 乡, 街道
    Town,
}

/// One area as the rest of the program sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// 6 digits, towns 9.
    pub code: String,
    /// Its own official name, without the areas above it.
    pub name: String,
    /// Its rank.
    pub level: Level,
    /// Code of the area above; none for a province.
    pub parent: Option<String>,
}

/// The gazetteer cannot be read. With the built-in data this cannot happen; tables and areas from outside can cause it.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// A line of a table is not of its form.
    #[error("{file} line {line}: {what}")]
    Line {
        /// The table.
        file: &'static str,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// An added area belongs to no known one.
    #[error("area {code}: {what}")]
    Area {
        /// The code as given.
        code: String,
        /// What is wrong with it.
        what: String,
    },
    /// The search index could not be built.
    #[error("index of names: {0}")]
    Index(String),
}

/// Position in the list of places.
pub(crate) type PlaceId = u32;

/// One area.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub code: u32,
    pub name: Cow<'static, str>,
    pub level: Level,
    pub parent: Option<PlaceId>,
    pub children: Vec<PlaceId>,
    /// Longitude and latitude in degrees.
    pub point: Option<(f64, f64)>,
}

/// A further name of a place.
#[derive(Clone, Debug)]
pub(crate) struct Alias {
    pub name: Cow<'static, str>,
    pub place: PlaceId,
    pub kind: ReasonKind,
}

/// All areas, immutable once built.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    places: Vec<Place>,
    ids: Quick<u32, PlaceId>,
    pub aliases: Vec<Alias>,
    /// Town, and the county that it belonged to before.
    pub moved: Vec<(PlaceId, PlaceId)>,
    /// Abolished code, and the area that includes it now.
    pub merged: Vec<(u32, u32)>,
}

impl Gazetteer {
    /// Adds a place under the parent that its code implies; a code that is already there is left alone.
    fn add(&mut self, number: u32, name: Cow<'static, str>, level: Level, point: Option<(f64, f64)>) -> PlaceId {
        if let Some(id) = self.id(number) {
            return id;
        }
        let id = self.places.len() as PlaceId;
        let parent = self.parent_of(number);
        if let Some(above) = parent.and_then(|p| self.places.get_mut(p as usize)) {
            above.children.push(id);
        }
        self.places.push(Place { code: number, name, level, parent, children: Vec::new(), point });
        self.ids.insert(number, id);
        id
    }

    /// A town belongs to the county of its first six digits, else the prefecture of the first four; a county to its prefecture, else province.
    fn parent_of(&self, number: u32) -> Option<PlaceId> {
        let steps = if number >= 100_000_000 {
            [number / 1000, number / 100_000 * 100, number / 10_000_000 * 10_000]
        } else {
            [number, number / 100 * 100, number / 10_000 * 10_000]
        };
        steps.into_iter().filter(|&s| s != number).find_map(|s| self.id(s))
    }

    /// Adds an area from outside. `name` may be written out in full or be the area's own.
    pub fn extend(&mut self, code: &str, name: &str) -> Result<(), GazetteerError> {
        let fail = |what: &str| GazetteerError::Area { code: code.to_owned(), what: what.to_owned() };
        let number = parse_code(code).ok_or_else(|| fail("a code has 6 digits, that of a town 9"))?;
        if let Some(place) = self.id(number) {
            let own = self.own_name(place, name);
            if !own.is_empty() && own != self.name(place) {
                self.aliases.push(Alias { name: Cow::Owned(own), place, kind: ReasonKind::Old });
            }
            return Ok(());
        }
        let parent = self.parent_of(number).ok_or_else(|| fail("no known province, city or county has its first digits"))?;
        let own = self.strip(name, Some(parent));
        if own.is_empty() {
            return Err(fail("its own name is missing"));
        }
        let level = if number >= 100_000_000 { Level::Town } else { Level::County };
        self.add(number, Cow::Owned(own), level, None);
        Ok(())
    }

    fn own_name(&self, place: PlaceId, name: &str) -> String {
        self.strip(name, self.place(place).and_then(|p| p.parent))
    }

    /// `name` without the names of `above` and the areas above that.
    fn strip(&self, name: &str, above: Option<PlaceId>) -> String {
        let mut chain: Vec<PlaceId> = above.into_iter().flat_map(|a| self.line(a)).collect();
        chain.reverse();
        chain.iter().fold(name.trim(), |left, &id| left.strip_prefix(self.name(id)).unwrap_or(left)).to_owned()
    }

    pub fn places(&self) -> &[Place] {
        &self.places
    }

    pub fn place(&self, id: PlaceId) -> Option<&Place> {
        self.places.get(id as usize)
    }

    pub fn id(&self, number: u32) -> Option<PlaceId> {
        self.ids.get(&number).copied()
    }

    /// By the code as text.
    pub fn find(&self, code: &str) -> Option<PlaceId> {
        parse_code(code).and_then(|number| self.id(number))
    }

    pub fn name(&self, id: PlaceId) -> &str {
        self.place(id).map_or("", |p| &p.name)
    }

    pub fn code(&self, id: PlaceId) -> String {
        self.place(id).map_or_else(String::new, |p| p.code.to_string())
    }

    /// The place and everything above it, from below.
    pub fn line(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        std::iter::successors(Some(id), |&at| self.place(at).and_then(|p| p.parent))
    }

    pub fn is_under(&self, id: PlaceId, above: PlaceId) -> bool {
        self.line(id).any(|at| at == above)
    }

    /// Is service counted by town here?
    pub fn by_town(&self, id: PlaceId) -> bool {
        self.place(id).is_some_and(|p| BY_TOWN.contains(&p.code) || (p.level == Level::County && p.code / 100 == HAINAN_DIRECT))
    }

    /// The place that an answer about `id` would name: a town stands for its county, except where service is by town; a development zone for
    /// the city around it.
    pub fn unit(&self, id: PlaceId) -> PlaceId {
        match self.place(id) {
            Some(Place { level: Level::Town, parent: Some(above), .. }) if !self.by_town(*above) => *above,
            Some(Place { level: Level::Devzone, parent: Some(above), .. }) => *above,
            _ => id,
        }
    }

    /// Can one send a technician to this place without asking for a smaller one?
    pub fn is_unit(&self, id: PlaceId) -> bool {
        const JIAYUGUAN: u32 = 620_200;
        self.place(id).is_some_and(|p| match p.level {
            Level::Town => true,
            Level::County => !self.by_town(id),
            _ => p.code == JIAYUGUAN,
        })
    }
}

/// 6 or 9 ASCII digits, not beginning with 0.
pub(crate) fn parse_code(text: &str) -> Option<u32> {
    let digits = text.len() == 6 || text.len() == 9;
    (digits && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}
