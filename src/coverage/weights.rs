//! What a name is worth: every weight of this room, in points. Only differences between points matter; a sure answer is [`MARGIN`] ahead.
//!
//! The order is from the way people write addresses: a full name says more than a short one, a higher area more than a lower one, a longer name
//! more than a shorter one, an exact name more than a similar one. The figures were set on the dev set; what each rule is worth is measured in
//! `MEASURED.md`.
use super::gazetteer::Level;
use super::location::ReasonKind;
use super::similar::Edit;

/// Rivals within this many points are as good as the best.
pub(crate) const MARGIN: f32 = 1.5;
/// Below this many points a text says nothing.
pub(crate) const LEAST: f32 = 5.5;
/// A question that gave the city is worth as much as a full name of it.
pub(crate) const SCOPE: f32 = 12.0;
/// Taken off for each area that the text names and the chain leaves out: 南京雨花区 is not the 雨花区 of 长沙.
pub(crate) const LEFT_OUT: f32 = 6.0;
/// Added where a name follows right behind the area that it lies in ...
pub(crate) const NEXT_TO: f32 = 2.0;
/// ... or somewhere behind it.
pub(crate) const IN_ORDER: f32 = 1.0;

/// For a name that hundreds of places share in speech: 高新区.
pub(crate) const GENERIC: f32 = 3.0;
/// Share of its points that a name behind the first road or house keeps, written in full ...
pub(crate) const LATE_FULL: f32 = 0.6;
/// ... short ...
pub(crate) const LATE: f32 = 0.25;
/// ... or in Latin letters.
pub(crate) const LATE_LATIN: f32 = 0.4;
/// Taken off a name in Latin letters, which many names share.
pub(crate) const LATIN: f32 = 1.0;

/// A town without its suffix, right behind the area that it lies in.
pub(crate) const STEM: f32 = 5.0;
/// A town with one character wrong, where service is by town.
pub(crate) const NEARLY: f32 = 4.5;
/// More than [`MARGIN`] above that: 石介镇 is 石碣镇, not 石排镇.
pub(crate) const NEARLY_BY_SOUND: f32 = 6.5;
/// A district's short name by sound or look, right behind its city.
pub(crate) const STEM_BY_LIKENESS: f32 = 4.0;

/// A full name of at least so many points is an address by itself ...
pub(crate) const FULL_ALONE: f32 = 7.0;
/// ... one that is only similar needs so many, and a street or a house behind it.
pub(crate) const SIMILAR_ALONE: f32 = 7.4;

/// Points for a name by its rank and the way it is written, before its surroundings count.
///
/// A full name says more than a short one, a higher area more than a lower one, a longer name more than a shorter one. A single short name of a
/// county (6) stays below what an answer needs unless its surroundings speak for it.
pub(crate) fn weight(level: Level, kind: ReasonKind, chars: usize, full: bool) -> f32 {
    let long = chars.saturating_sub(3).min(8) as f32 * 0.5;
    match (kind, level) {
        (ReasonKind::Short, Level::Province) => 10.0,
        (ReasonKind::Short, Level::Prefecture) => 7.5,
        (ReasonKind::Short, _) | (ReasonKind::Old, Level::County) if !full => 6.0 + chars.saturating_sub(2).min(4) as f32,
        // A former town, entered under the area that it lay in.
        (ReasonKind::Town, rank) if rank != Level::Town => {
            if full {
                8.5 + long
            } else {
                3.0
            }
        }
        (_, Level::Province) => 14.0,
        (_, Level::Prefecture) => 13.0 + long,
        (_, Level::Devzone) => 9.0 + long,
        (ReasonKind::Old, Level::Town) => 7.5,
        (_, Level::Town) if !full => {
            if chars < 3 {
                3.0
            } else {
                6.0
            }
        }
        (_, Level::Town) => {
            if chars < 3 {
                7.0
            } else {
                10.0 + long
            }
        }
        (_, Level::County) => {
            if chars < 3 {
                9.0
            } else {
                12.0 + long
            }
        }
    }
}

/// Points for a stretch that is nearly this name; none if it is not near enough to say anything.
///
/// An edit that keeps every character of the name says more than one that replaces one; the shorter the name, the less it says. In a name of two
/// characters one that remains says nothing.
pub(crate) fn likeness(edit: Edit, stretch: &[char], name: &[char], full: bool) -> Option<f32> {
    let same_end = stretch.last() == name.last();
    let size = name.len();
    match (edit, full, size) {
        (Edit::Homophone, true, 2) => same_end.then_some(5.0),
        (Edit::Homophone, true, _) => same_end.then_some(9.0),
        (Edit::Lookalike, true, 2) => None,
        (Edit::Lookalike, true, 3) => same_end.then_some(7.2),
        (Edit::Lookalike, true, _) => same_end.then_some(9.0),
        (Edit::Homophone | Edit::Lookalike, false, _) => Some(4.0 + size.saturating_sub(2).min(2) as f32),
        (Edit::Changed, true, 3..) if !same_end => {
            // The suffix itself is wrong: 兴城县 for 兴城市.
            stretch.last().is_some_and(|c| "市区县旗州".contains(*c)).then_some(6.0)
        }
        (Edit::Dropped | Edit::Inserted, true, 3..) if !same_end => None,
        (Edit::Changed, true, 5..) => Some(8.5),
        (Edit::Changed, true, 4) => Some(7.4),
        (Edit::Changed, true, 3) => Some(5.6),
        (_, true, 4..) => Some(9.0),
        (Edit::Dropped, true, 3) => Some(4.5),
        (_, true, 3) => Some(7.2),
        (Edit::Dropped, false, _) => None,
        (_, false, 3..) => Some(4.5),
        (Edit::Swapped, false, 2) => Some(4.0),
        _ => None,
    }
}
