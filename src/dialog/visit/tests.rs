//! Mistakes in the file, one by one.
use super::super::book::builtin;
use super::super::lint;
use super::*;

/// What is said of the files of the program with another `visit.toml`.
fn said(change: impl Fn(String) -> String) -> Vec<String> {
    let mut sources = builtin();
    let file = sources.iter_mut().find(|s| s.name == FILE).unwrap();
    file.text = change(std::mem::take(&mut file.text));
    match Book::load(&sources) {
        Ok(book) => lint::structure(&book, &sources).iter().map(ToString::to_string).collect(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn mistakes_are_told_with_file_and_line() {
    assert_eq!(said(|text| text), [""; 0]);
    let own = |head: &str| {
        format!(
            "{head}\n[[stage]]\nid = \"z\"\nend = true\nneeds = [\"outcome\"]\n[[need]]\nid = \"outcome\"\ndialog = \"done\"\n"
        )
    };
    for (text, problem) in [
        (own("[[stage]]\nid = \"a\"\nto = [\"z\", \"y\"]"), "visit.toml:3: there is no stage \"y\""),
        (
            own("[[stage]]\nid = \"a\"\nto = [\"z\"]\n[[stage]]\nid = \"b\"\nto = [\"z\"]"),
            "visit.toml:5: no way leads to the stage \"b\"",
        ),
        (
            own("[[stage]]\nid = \"a\"\nto = [\"z\", \"b\"]\n[[stage]]\nid = \"b\"\nto = [\"b\"]"),
            "visit.toml:5: from the stage \"b\" no way leads to the end",
        ),
        (own("[[stage]]\nid = \"a\"\nto = [\"z\"]\nneeds = [\"key\"]"), "visit.toml:4: there is no need \"key\""),
        (own("[[stage]]\nid = \"a\"\nto = [\"z\"]\ndue = true"), "visit.toml:2: the stage \"a\" is due at a time"),
        (own("[[stage]]\nid = \"a b\"\nto = [\"z\"]"), "visit.toml:2: an id is 1 to"),
        (own("[[stage]]\nid = \"a\"\nto = [\"z\"]\npush = 3"), "visit.toml:4: "),
        (String::new(), "visit.toml:1: "),
    ] {
        let problems = said(|_| text.clone());
        assert!(problems.iter().any(|p| p.starts_with(problem)), "{problem}: {problems:?}");
    }
    for (from, to, problem) in [
        ("dialog = \"amount\"", "dialog = \"price\"", "there is no dialog \"price\""),
        ("dialog = \"amount\"", "dialog = \"eta\"", "the dialog \"eta\" has no slot \"amount\""),
        ("\"key_lost\"", "\"key_eaten\"", "there is no fault \"key_eaten\""),
        ("needs = [\"eta\"]", "needs = []", "no stage demands \"eta\""),
        ("tick = true\n", "", "is either ticked or asked for"),
        ("end = true\n", "", "mark exactly one with end"),
        ("quote = true\n", "quote = true\ntick = true\n", "is either ticked or asked for, or one of quotes"),
        ("quote = true\n", "quote = true\nfaults = [\"lock_chance\"]\n", "there is no fault \"lock_chance\""),
        ("\"amount\", \"above\"]", "\"amount\", \"above\", \"quote\"]", "asks for a quote where the visit ends"),
        ("quote = true\n", "quote = true\nabove = true\n", "wants words on what is charged"),
        ("dialog = \"eta\"\n", "dialog = \"eta\"\nabove = true\n", "is called \"above\""),
    ] {
        let problems = said(|text| text.replace(from, to));
        assert!(problems.iter().any(|p| p.contains(problem)), "{problem}: {problems:?}");
    }
}

#[test]
fn texts_are_wanted_where_the_stage_stands() {
    let sources = builtin();
    let book = Book::load(&sources).unwrap();
    let wanted = wanted_texts(&book, &sources);
    let (_, problem) = wanted.iter().find(|(key, _)| key == "stage-on_the_way-push").unwrap();
    let text = &sources.iter().find(|s| s.name == FILE).unwrap().text;
    assert!(text.lines().nth(problem.line - 1).unwrap().contains("on_the_way"));
    assert!(wanted.iter().any(|(key, _)| key == "need-ownership-button"));
}
