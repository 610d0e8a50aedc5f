//! Transcripts `*.txt` in this folder: conversations as people see them, played against the pure core.
//!
//! `> …` is what a person does (see [`script`]), `< …` is everything that anybody then sees, compared word for word;
//! `= …` sets the scene; other lines are remarks. `UPDATE_TRANSCRIPTS=1 cargo test --test transcripts` writes the
//! answers anew: read the diff before committing it.
mod script;
mod show;
#[path = "../support/rehearsal.rs"]
mod town;
#[path = "../support/world.rs"]
mod world;

use std::fmt::Write as _;
use std::path::Path;

#[test]
fn conversations_read_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    assert!(files.len() >= 20, "the transcripts are gone");
    let update = std::env::var_os("UPDATE_TRANSCRIPTS").is_some();
    let mut report = String::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        match replay(&text) {
            Err((line, what, played)) => {
                // As far as it went: what stands above the line tells why it cannot be done.
                if update {
                    let rest = text.lines().skip(line - 1).fold(played, |all, line| all + line + "\n");
                    std::fs::write(&file, rest).unwrap();
                }
                writeln!(report, "{name}:{line}: {what}").unwrap();
            }
            Ok(played) if played == text => {}
            Ok(played) if update => std::fs::write(&file, played).unwrap(),
            Ok(played) => writeln!(report, "{name}: {}", first_difference(&text, &played)).unwrap(),
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// The transcript with the answers that are given now.
fn replay(text: &str) -> Result<String, (usize, String, String)> {
    let mut script = script::Script::new(world::world());
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('<') {
            continue;
        }
        let seen = match (line.strip_prefix("> "), line.strip_prefix("= ")) {
            (Some(does), _) => script.does(does),
            (_, Some(setting)) => script.set(setting).map(|()| Vec::new()),
            _ => Ok(Vec::new()),
        };
        let seen = seen.map_err(|what| (number + 1, what, out.clone()))?;
        out.push_str(line);
        out.push('\n');
        for seen in seen {
            out.push_str(&show::lines(&script, &seen));
        }
    }
    Ok(out)
}

fn first_difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let at = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let around =
        |lines: &[&str]| lines.iter().skip(at.saturating_sub(2)).take(12).map(|l| format!("\n    {l}")).collect::<String>();
    format!("line {}\n  written:{}\n  said now:{}", at + 1, around(&old), around(&new))
}
