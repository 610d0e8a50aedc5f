//! Addresses written the English way: the smallest part first, marked off by commas: 88 Century Avenue, Pudong, Shanghai, China.

/// Most areas at the end of an address: district, city, province.
const AREAS: usize = 3;

/// What a part between commas is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Street,
    Area,
    /// China, or a postcode.
    Outer,
    /// Something else was said: "my safe will not open", a phone number.
    Talk,
    /// Perhaps another country.
    Unknown,
}

/// Splits an address without Chinese characters into the street (empty if there is none) and the areas, the way they were typed. `None`
/// when it has Chinese characters, or is no address of this kind.
///
/// `is_area` says whether a part names an area. What stands behind the areas must be a street or talk: "Anyang, South Korea" is not in Henan.
pub(crate) fn split(text: &str, is_area: impl Fn(&str) -> bool) -> Option<(&str, Vec<&str>)> {
    if text.chars().any(|c| matches!(c, '\u{2e80}'..='\u{9fff}')) {
        return None;
    }
    let typed: Vec<&str> = text.split([',', ';', '\n', '，']).flat_map(sentences).filter(|p| !p.is_empty()).collect();
    if let [one] = typed.as_slice()
        && !is_area(bare(one))
    {
        return without_commas(text, is_area);
    }
    let what = |part: &&str| match bare(part) {
        _ if is_country(part) || is_postcode(part) => Part::Outer,
        bare if has_detail(bare) => Part::Street,
        bare if is_area(bare) => Part::Area,
        _ if is_talk(part) => Part::Talk,
        _ => Part::Unknown,
    };
    let parts: Vec<Part> = typed.iter().map(what).collect();
    let first = parts.iter().position(|p| *p == Part::Area)?;
    let run = |from: usize, part: Part| parts.iter().skip(from).take_while(|p| **p == part).count();
    let end = first + run(first, Part::Area);
    if end - first > AREAS || parts.iter().skip(end).any(|p| matches!(p, Part::Unknown | Part::Area)) {
        return None;
    }
    // What is unknown between the street and the areas belongs to the street: a village, a town.
    let near = parts.iter().take(first).rposition(|p| !matches!(p, Part::Street | Part::Unknown)).map_or(0, |at| at + 1);
    let before = parts.iter().take(first).skip(near).position(|p| *p == Part::Street).map_or(0, |at| first - near - at);
    let street = match (before, run(end, Part::Street)) {
        (0, 0) => "",
        (0, behind) => between(text, typed.get(end)?, typed.get(end + behind - 1)?)?,
        _ => between(text, without_lead(typed.get(first - before)?), typed.get(first - 1)?)?,
    };
    let areas: Vec<&str> = typed.get(first..end)?.iter().map(|part| bare(part)).collect();
    // Names alone the matcher reads by itself; only what kind of area they are it does not understand.
    let kinds = parts.iter().all(|p| *p == Part::Area) && typed.iter().any(|part| bare(part) != *part);
    (!street.is_empty() || kinds).then_some((street, areas))
}

/// From the first of two slices of `text` to the end of the other.
fn between<'t>(text: &'t str, first: &str, last: &str) -> Option<&'t str> {
    let at = |part: &str| (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    text.get(at(first)?..at(last)? + last.len()).map(str::trim)
}

/// Parted where a sentence ends: behind a whole word, so not in "No. 5" or "Jiefang Rd. 8".
fn sentences(clause: &str) -> impl Iterator<Item = &str> {
    const SHORTEST: usize = 4;
    let ends = clause.match_indices(['.', '!', '?']).filter(|&(at, _)| {
        let word = clause.get(..at).and_then(|head| head.split_whitespace().next_back()).unwrap_or_default();
        let pause = clause.get(at + 1..).is_some_and(|tail| tail.is_empty() || tail.starts_with(char::is_whitespace));
        pause && word.len() >= SHORTEST && word.bytes().all(|b| b.is_ascii_alphabetic()) && !word.eq_ignore_ascii_case("bldg")
    });
    let mut cuts: Vec<usize> = ends.map(|(at, _)| at + 1).collect();
    cuts.push(clause.len());
    let mut from = 0;
    cuts.into_iter().map(move |to| {
        let part = clause.get(from..to).unwrap_or_default();
        from = to;
        part.trim().trim_end_matches(['.', '!', '?'])
    })
}

/// Without the words of a sentence that lead to the street: "the lock is stuck at 12 Renmin Road".
fn without_lead(part: &str) -> &str {
    const LEADS: [&str; 6] = [" at ", " to ", " in ", " is ", ": ", " live on "];
    let number = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
    let lower = part.to_ascii_lowercase();
    let head = lower.get(..number).unwrap_or_default();
    let lead = |word: &str| head.rfind(word).map(|at| at + word.len());
    LEADS.iter().filter_map(|word| lead(word)).max().and_then(|at| part.get(at..)).map_or(part, str::trim)
}

/// Something said in passing, or a phone number: no name of an area or country begins in small letters, or goes on so.
fn is_talk(part: &str) -> bool {
    let mut words = part.split_whitespace();
    let small = |word: &str| word.starts_with(|c: char| c.is_ascii_lowercase());
    let first = words.next().unwrap_or_default();
    let goes_on = words.next().is_some_and(|second| small(second) && second != "of");
    small(first) || goes_on || is_number(first) || first.starts_with('+')
}

/// As long as the number of a phone.
fn is_number(word: &str) -> bool {
    const SHORTEST: usize = 7;
    word.bytes().filter(u8::is_ascii_digit).count() >= SHORTEST
}

/// 88 Century Avenue Pudong: what follows the last word for a street, up to the end, must be areas.
fn without_commas(text: &str, is_area: impl Fn(&str) -> bool) -> Option<(&str, Vec<&str>)> {
    const STREETS: [&str; 8] = ["road", "rd", "street", "st", "avenue", "ave", "lane", "lu"];
    let text = text.trim();
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at);
    let cut = ends.rev().find(|&at| {
        let word = text.get(..at).and_then(|head| head.split_whitespace().next_back()).unwrap_or_default();
        STREETS.contains(&word.trim_end_matches('.').to_ascii_lowercase().as_str())
    })?;
    let (street, areas) = (text.get(..cut)?.trim(), bare(text.get(cut..)?));
    (has_detail(street) && is_area(areas)).then(|| (street, vec![areas]))
}

/// Without the English word for what kind of area it is, and without a postcode.
fn bare(part: &str) -> &str {
    const KINDS: [&str; 13] = [
        " new district",
        " new area",
        " district",
        " dist",
        " city",
        " county",
        " province",
        " prov",
        " prefecture",
        " autonomous region",
        " municipality",
        " town",
        " subdistrict",
    ];
    let part = part.trim().trim_end_matches('.');
    let part = part.rsplit_once(' ').filter(|(_, code)| is_postcode(code)).map_or(part, |(name, _)| name);
    let lower = part.to_ascii_lowercase();
    KINDS.iter().find(|k| lower.ends_with(**k)).and_then(|k| part.get(..part.len() - k.len())).map_or(part, str::trim)
}

pub(crate) fn is_country(part: &str) -> bool {
    matches!(
        part.to_ascii_lowercase().replace(['.', ' '], "").as_str(),
        "china" | "prc" | "prchina" | "cn" | "peoplesrepublicofchina"
    )
}

/// Chinese postcodes have six digits.
fn is_postcode(part: &str) -> bool {
    part.len() == 6 && part.bytes().all(|b| b.is_ascii_digit())
}

/// A street has a number or calls itself one; a phone number is none.
fn has_detail(street: &str) -> bool {
    const WORDS: [&str; 29] = [
        "road",
        "rd",
        "street",
        "st",
        "avenue",
        "ave",
        "lane",
        "lu",
        "jie",
        "building",
        "block",
        "room",
        "tower",
        "plaza",
        "garden",
        "gardens",
        "no",
        "community",
        "estate",
        "mansion",
        "unit",
        "floor",
        "apartment",
        "apt",
        "flat",
        "suite",
        "villa",
        "center",
        "centre",
    ];
    let mut words = street.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let long = street.split_whitespace().any(is_number);
    !long && words.any(|w| w.bytes().any(|b| b.is_ascii_digit()) || WORDS.contains(&w.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn the_street_comes_first_and_all_behind_it_are_areas() {
        let area = |part: &str| ["pudong", "shanghai", "xingcheng", "liaoning"].contains(&part.to_lowercase().as_str());
        let parts = |text| split(text, area).map(|(street, areas)| (street.to_owned(), areas.join("|")));
        assert_eq!(parts("88 Century Avenue, Pudong, Shanghai"), Some(("88 Century Avenue".into(), "Pudong|Shanghai".into())));
        assert_eq!(
            parts("Room 5, 3 Xinghai Road, Xingcheng, China, 125100"),
            Some(("Room 5, 3 Xinghai Road".into(), "Xingcheng".into()))
        );
        assert_eq!(
            parts("3 Xinghai Road, Xingcheng City, Liaoning Province"),
            Some(("3 Xinghai Road".into(), "Xingcheng|Liaoning".into()))
        );
        assert_eq!(parts("3 Xinghai Road, Xingcheng, South Korea"), None);
        assert_eq!(parts("the alarm is ringing, Shanghai"), None, "no street");
        assert_eq!(parts("Pudong, Shanghai"), None, "no street: the matcher reads this by itself");
        assert_eq!(parts("浦东, 3 Road, Shanghai"), None);
        assert_eq!(parts("88 Century Avenue Pudong"), Some(("88 Century Avenue".into(), "Pudong".into())));
        assert_eq!(parts("10 Downing Street London"), None);
        let street = Some(("8 Xinghai Road".to_owned(), "Xingcheng|Liaoning".to_owned()));
        for said in [
            "My safe will not open, 8 Xinghai Road, Xingcheng City, Liaoning, 13800000000 Ms Green",
            "The lock is stuck at 8 Xinghai Road, Xingcheng, Liaoning. Please hurry up!",
            "Xingcheng City, Liaoning 125100, 8 Xinghai Road",
            "it beeps. I live at 8 Xinghai Road, Xingcheng, Liaoning Prov., P.R. China",
        ] {
            assert_eq!(parts(said), street, "{said}");
        }
        assert_eq!(parts("Xingcheng City, Liaoning"), Some((String::new(), "Xingcheng|Liaoning".into())));
        assert_eq!(parts("3 Xinghai Road, Xingcheng, Republic of Korea"), None);
    }
}
