//! The list of areas served that fills an empty database: lines `code,name`, or `code,name,aliases` with spaces between the aliases.
use super::gazetteer::parse_code;
use super::matcher::Matcher;

/// The list that comes with the program.
pub const BUILTIN: &str = include_str!("../../dialogs/districts.csv");

const HEADER: &str = "code,name";
const LONG_HEADER: &str = "code,name,aliases";

/// One area served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Counted from 1.
    pub line: usize,
    /// 6 digits, a town 9.
    pub code: String,
    /// Written out in full: 辽宁省葫芦岛市兴城市.
    pub name: String,
    /// Further names, as people write them: 老城, 高新区.
    pub aliases: Vec<String>,
}

/// Something wrong with the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub what: String,
}

/// Reads the list. Empty lines and lines beginning with `#` are passed over; so is a byte order mark.
///
/// # Errors
/// All lines that cannot be read, or name a code twice.
pub fn parse(csv: &str) -> Result<Vec<Row>, Vec<Problem>> {
    let mut rows: Vec<Row> = Vec::new();
    let mut problems = Vec::new();
    let mut headed = false;
    for (at, text) in csv.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = at + 1;
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        if !headed {
            headed = true;
            if [HEADER, LONG_HEADER].contains(&text.replace(' ', "").as_str()) {
                continue;
            }
            problems.push(Problem { line, what: format!("the first line must be \"{HEADER}\" or \"{LONG_HEADER}\": add it") });
        }
        match row(line, text) {
            Ok(row) => match rows.iter().find(|r| r.code == row.code) {
                Some(twin) => problems.push(Problem {
                    line,
                    what: format!("code {} is already on line {}: remove one of them", row.code, twin.line),
                }),
                None => rows.push(row),
            },
            Err(what) => problems.push(Problem { line, what }),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

fn row(line: usize, text: &str) -> Result<Row, String> {
    let (code, names) = text.split_once(',').ok_or("a comma is missing: write code,name")?;
    let (name, aliases) = names.split_once(',').unwrap_or((names, ""));
    let (code, name) = (code.trim(), name.trim().trim_matches('"'));
    if parse_code(code).is_none() {
        return Err(format!("\"{code}\" is no code: write 6 digits for a district, 9 for a town"));
    }
    if name.is_empty() || aliases.contains(',') {
        return Err(
            "write one name after the code, in full: province, city, district; aliases behind a second comma, with spaces \
                    between them"
                .to_owned(),
        );
    }
    let aliases: Vec<String> = aliases.trim().trim_matches('"').split_whitespace().map(str::to_owned).collect();
    if let Some(short) = aliases.iter().find(|alias| alias.chars().count() < 2) {
        return Err(format!("the alias {short} is too short to be told from other words: write at least two characters"));
    }
    Ok(Row { line, code: code.to_owned(), name: name.to_owned(), aliases })
}

/// Compares rows with the gazetteer: codes that lie nowhere, names that belong to another code.
pub fn check(rows: &[Row], matcher: &Matcher) -> Vec<Problem> {
    rows.iter().filter_map(|row| wrong(row, matcher).map(|what| Problem { line: row.line, what })).collect()
}

fn wrong(row: &Row, matcher: &Matcher) -> Option<String> {
    if let Some(known) = matcher.full_name(&row.code) {
        return (known != row.name)
            .then(|| format!("code {} is {known}, not {}: correct the code or the name", row.code, row.name));
    }
    // An area without a current code is served by its old name, if the area above it is known.
    let digits = if row.code.len() == 9 { [6, 4, 2] } else { [4, 2, 2] };
    let above = digits.into_iter().find_map(|n| row.code.get(..n).and_then(|head| matcher.full_name(&format!("{head:0<6}"))));
    match above {
        None => Some(format!("code {} lies in no known province: correct it", row.code)),
        Some(above) if !row.name.starts_with(&above) || row.name == above => {
            Some(format!("code {} lies in {above}, but the name is {}: correct the code or the name", row.code, row.name))
        }
        Some(_) => None,
    }
}
