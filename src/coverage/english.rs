//! Addresses written the English way: the smallest part first, marked off by commas: 88 Century Avenue, Pudong, Shanghai, China.

/// Most areas at the end of an address: district, city, province.
const AREAS: usize = 3;

/// Splits an address without Chinese characters into the street and the areas behind it, the way they were typed. `None` when it
/// has Chinese characters or no street: then it is no address of this kind.
///
/// `is_area` says whether a part names an area. Every part behind the street must: "Anyang, South Korea" is not in Henan.
pub(crate) fn split(text: &str, is_area: impl Fn(&str) -> bool) -> Option<(&str, Vec<&str>)> {
    if text.chars().any(|c| matches!(c, '\u{2e80}'..='\u{9fff}')) {
        return None;
    }
    if !text.contains([',', ';', '\n', '，']) {
        return without_commas(text, is_area);
    }
    let parts: Vec<&str> = text.split([',', ';', '\n', '，']).map(bare).filter(|p| !p.is_empty()).collect();
    let end = parts.iter().rposition(|p| !is_country(p) && !is_postcode(p))? + 1;
    let first = parts.iter().take(end).rposition(|p| !is_area(p)).map_or(0, |last_street| last_street + 1);
    let areas = parts.get(first..end)?;
    let street_end = parts.get(first.checked_sub(1)?)?;
    if areas.is_empty() || areas.len() > AREAS {
        return None;
    }
    // Both are slices of the text: the street reaches to the end of its last part.
    let length = (street_end.as_ptr() as usize).checked_sub(text.as_ptr() as usize)? + street_end.len();
    let street = text.get(..length)?.trim();
    has_detail(street).then(|| (street, areas.to_vec()))
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

/// Without the English word for what kind of area it is.
fn bare(part: &str) -> &str {
    let part = part.trim();
    let kinds = [" district", " city", " county", " province", " prefecture", " municipality", " town"];
    let lower = part.to_ascii_lowercase();
    kinds.iter().find(|k| lower.ends_with(**k)).and_then(|k| part.get(..part.len() - k.len())).map_or(part, str::trim)
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

/// A street has a number or calls itself one.
fn has_detail(street: &str) -> bool {
    const WORDS: [&str; 16] = [
        "road", "rd", "street", "st", "avenue", "ave", "lane", "lu", "jie", "building", "block", "room", "tower", "plaza",
        "garden", "no",
    ];
    let mut words = street.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.any(|w| w.bytes().any(|b| b.is_ascii_digit()) || WORDS.contains(&w.to_ascii_lowercase().as_str()))
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
    }
}
