//! What the matcher answers.
use serde::{Deserialize, Serialize};

/// How far a text settles the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// One district (or one town, where service is by town).
    Sure,
    /// Several districts fit equally well: ask which.
    Several,
    /// A province, a city or a by-town area is known, the part below it is not: ask for it.
    Missing,
    /// No place in the text.
    None,
}

/// Why a place was considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReasonKind {
    /// Its official name.
    Name,
    /// Its name without suffix or nationality.
    Short,
    /// A former or mistaken name.
    Old,
    /// The name of a town in it.
    Town,
    /// Its name in Latin letters.
    Pinyin,
    /// A spelling close to its name.
    Similar,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The words as they were typed.
    pub words: String,
    /// The area that they speak for: 6 digits, or 9 for a town.
    pub code: String,
    /// How they name it.
    pub kind: ReasonKind,
}

/// The answer to one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// How far the text settles the place.
    pub outcome: Outcome,
    /// `Sure`: the county (6 digits), or the town (9 digits) where service is by town. `Missing`: the province, prefecture or by-town area that
    /// is known. Else empty.
    pub code: Option<String>,
    /// `Several`: all codes that fit, ascending. Else empty.
    pub candidates: Vec<String>,
    /// The evidence for `code`, or for the first candidate, in the order of the text.
    pub reasons: Vec<Reason>,
    /// Street, house number and so on, exactly as typed: what stands after the names of `code` and the areas above it. Where the area was
    /// written last, what stands before; where streets stand on both sides, or no area is named, the whole text.
    pub rest: String,
}

/// A county near a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Near {
    /// Code of the county.
    pub code: String,
    /// Distance to its centre in kilometres, as the crow flies.
    pub km: f64,
}

const EARTH_KM: f64 = 6371.0;

/// Great-circle distance in kilometres (haversine).
pub(crate) fn distance(lat1: f64, lng1: f64, lat2: f64, lng2: f64) -> f64 {
    let (dlat, dlng) = ((lat2 - lat1).to_radians(), (lng2 - lng1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.to_radians().cos() * lat2.to_radians().cos() * (dlng / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.clamp(0.0, 1.0).sqrt().asin()
}
