//! `check`, `graph` and `match`: tools that touch neither Telegram nor the database.
use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use crate::config::Settings;
use crate::coverage::{Location, Matcher, Outcome, Reason, Served};
use crate::dialog::graph;
use crate::dialog::machine::Labels;

use super::{Failure, assets};

/// Checks dialogs, texts and coverage.
///
/// # Errors
/// Every problem, a line each, with file, line and what to do.
pub fn check(settings: &Settings) -> Result<String, Failure> {
    let sources = assets::sources(settings.dialogs.as_deref())?;
    let checked = assets::check(&sources, &Matcher::builtin().map_err(Failure::new)?);
    let assets = checked.map_err(|problems| Failure::new(assets::listed(&problems)))?;
    let assets = assets.with_gazetteer(settings.gazetteer.as_deref())?;
    assets::matcher(&assets.tables, &assets.areas.named())?;
    let dialogs = assets.book.dialogs().count();
    let options: usize = assets.book.lists().map(|l| l.options.len()).sum();
    let texts = assets.texts.keys().count();
    Ok(format!(
        "{dialogs} dialogs, {options} options, {texts} texts in 2 languages, {} areas served: all is well",
        assets.areas.served.len()
    ))
}

/// Draws one dialog, or all of them.
///
/// # Errors
/// When there is no such dialog.
pub fn draw(settings: &Settings, dialog: Option<&str>) -> Result<String, Failure> {
    let assets = assets::load(settings.dialogs.as_deref())?;
    let label = |key: &str| assets.texts.all(key).into_iter().next().unwrap_or_else(|| key.to_owned());
    let wanted: Vec<_> = assets.book.dialogs().filter(|d| dialog.is_none_or(|id| d.id == id)).collect();
    if wanted.is_empty() {
        let ids: Vec<_> = assets.book.dialogs().map(|d| d.id.as_str()).collect();
        return Err(Failure::new(format!("there is no such dialog; name one of {}", ids.join(", "))));
    }
    Ok(wanted.into_iter().map(|d| graph::mermaid(&assets.book, d, label)).collect::<Vec<_>>().join("\n"))
}

#[derive(Deserialize)]
struct Line {
    text: String,
}

/// The answer to one address.
#[derive(Serialize)]
struct Answer<'a> {
    code: Option<&'a str>,
    candidates: &'a [String],
    covered: Option<bool>,
    outcome: Outcome,
    reasons: &'a [Reason],
}

/// Matches one address, or every line of standard input, against the areas of `dialogs/`.
///
/// # Errors
/// When lines are no JSON objects with a `text` (the others are answered all the same), or input or output break off.
pub fn match_addresses(settings: &Settings, text: Option<&str>, jsonl: bool) -> Result<(), Failure> {
    let assets = assets::load(settings.dialogs.as_deref())?.with_gazetteer(settings.gazetteer.as_deref())?;
    let matcher = assets::matcher(&assets.tables, &assets.areas.named())?;
    let served = Served::new(assets.areas.served.iter().map(|(code, _)| code.clone()));
    let mut out = io::BufWriter::new(io::stdout().lock());
    let one = |out: &mut dyn Write, text: &str| -> Result<(), Failure> {
        let location = matcher.locate(text);
        let covered = served.covers(&matcher, &location);
        let line = if jsonl {
            serde_json::to_string(&answer(&location, covered)).map_err(Failure::new)?
        } else {
            explained(&matcher, &served, &location, covered)
        };
        writeln!(out, "{line}").map_err(broken)
    };
    let mut bad = Vec::new();
    match text {
        Some(text) => one(&mut out, text)?,
        None => {
            for (number, line) in io::stdin().lock().lines().enumerate() {
                let line =
                    line.map_err(|e| Failure::new(format!("line {}: cannot be read ({}); write UTF-8", number + 1, e.kind())))?;
                if !jsonl {
                    one(&mut out, &line)?;
                } else if !line.trim().is_empty() {
                    match serde_json::from_str::<Line>(&line) {
                        Ok(line) => one(&mut out, &line.text)?,
                        Err(e) => {
                            // One line out for each line in, so that the two stay side by side.
                            let what = format!("line {}: write {{\"text\": \"…\"}} ({e})", number + 1);
                            writeln!(out, "{}", serde_json::json!({ "error": what })).map_err(broken)?;
                            bad.push(what);
                        }
                    }
                }
            }
        }
    }
    if let (Some(_), false, Some(vintage)) = (text, jsonl, assets.tables.vintage()) {
        writeln!(out, "     地名表 / gazetteer: {vintage}").map_err(broken)?;
    }
    out.flush().map_err(broken)?;
    if bad.is_empty() { Ok(()) } else { Err(Failure::new(bad.join("\n"))) }
}

fn answer(location: &Location, covered: Option<bool>) -> Answer<'_> {
    // Candidates are what there is to choose from: a sure answer leaves no choice.
    Answer {
        code: location.code.as_deref(),
        candidates: if location.outcome == Outcome::Sure { &[] } else { &location.candidates },
        covered,
        outcome: location.outcome,
        reasons: &location.reasons,
    }
}

fn broken(error: io::Error) -> Failure {
    Failure::new(format!("the answer cannot be written ({})", error.kind()))
}

/// For people: outcome, ranked districts, reasons, and what was left over.
fn explained(matcher: &Matcher, served: &Served, location: &Location, covered: Option<bool>) -> String {
    let name = |code: &str| matcher.full_name(code).unwrap_or_default();
    let tell = |covered: Option<bool>| match covered {
        Some(true) => "在服务区域 / served",
        Some(false) => "不在服务区域 / not served",
        None => "服务区域不定 / served or not: unknown",
    };
    let mut lines = vec![match location.outcome {
        Outcome::Sure => format!("确定 / sure · {}", tell(covered)),
        Outcome::Several => format!("有几个 / several · {}", tell(covered)),
        Outcome::Missing => format!("缺一级 / a level is missing · {}", tell(covered)),
        Outcome::None => "没有地址 / no address".to_owned(),
    }];
    let ranked = location.code.iter().chain(location.candidates.iter().filter(|c| Some(*c) != location.code.as_ref()));
    for (rank, code) in ranked.enumerate() {
        lines.push(format!("{:>3}. {code} {} · {}", rank + 1, name(code), tell(served.covers_code(matcher, code))));
    }
    for reason in &location.reasons {
        lines.push(format!("     {} → {} {} ({:?})", reason.words, reason.code, name(&reason.code), reason.kind));
    }
    if !location.rest.is_empty() {
        lines.push(format!("     … {}", location.rest));
    }
    lines.join("\n")
}
