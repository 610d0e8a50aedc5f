//! What is known about areas by their codes.
use super::gazetteer::{Area, Level};
use super::matcher::Matcher;

impl Matcher {
    /// What is known about a code.
    pub fn area(&self, code: &str) -> Option<Area> {
        let place = self.gazetteer().find(code).and_then(|id| self.gazetteer().place(id))?;
        let parent = place.parent.map(|p| self.gazetteer().code(p));
        Some(Area { code: place.code.to_string(), name: place.name.to_string(), level: place.level, parent })
    }

    /// The name with the areas above it: 辽宁省葫芦岛市兴城市, 北京市海淀区.
    pub fn full_name(&self, code: &str) -> Option<String> {
        let mut names: Vec<&str> =
            self.gazetteer().line(self.gazetteer().find(code)?).map(|id| self.gazetteer().name(id)).collect();
        names.reverse();
        Some(names.concat())
    }

    /// The areas one would ask for next, ascending: cities (and direct counties) of a province, counties of a city, towns of a by-town area. None
    /// for a district, which is asked no further.
    pub fn children(&self, code: &str) -> Vec<String> {
        let Some(id) = self.gazetteer().find(code).filter(|&id| !self.gazetteer().is_unit(id)) else { return Vec::new() };
        let children = self.gazetteer().place(id).map_or(&[][..], |p| &p.children);
        let mut codes: Vec<u32> = children
            .iter()
            .filter_map(|&c| self.gazetteer().place(c))
            .filter(|p| p.level != Level::Devzone)
            .map(|p| p.code)
            .collect();
        codes.sort_unstable();
        codes.into_iter().map(|c| c.to_string()).collect()
    }

    /// Code of the province that the area lies in; its own for a province.
    pub fn province_of(&self, code: &str) -> Option<String> {
        self.gazetteer().line(self.gazetteer().find(code)?).last().map(|id| self.gazetteer().code(id))
    }
}
