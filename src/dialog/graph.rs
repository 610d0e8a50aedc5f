//! A dialog as a Mermaid flow chart.
use std::fmt::Write;

use super::book::Book;
use super::definition::Dialog;

/// Draws a dialog: boxes are questions, arrows say when one follows another.
pub fn mermaid(book: &Book, dialog: &Dialog, label: impl Fn(&str) -> String) -> String {
    let mut out = format!("flowchart TD\n  start([\"{}\"])\n", dialog.id);
    let mut from: Vec<(String, String)> = vec![("start".to_owned(), String::new())];
    for slot in dialog.slots.iter().filter(|s| !s.silent) {
        let id = slot.id();
        let mut text = label(&format!("label-{id}"));
        if let Some(list) = &slot.options {
            let _ = write!(text, "<br/>{} × {list}", book.options(slot).len());
        }
        let _ = writeln!(out, "  {id}[\"{text}\"]");
        for (node, why) in std::mem::take(&mut from) {
            let why = match (&slot.only_if, why.is_empty()) {
                (Some(c), _) if c.is.is_empty() => format!("{} ≠ {}", c.slot.get_ref(), c.not.join(" / ")),
                (Some(c), _) => format!("{} = {}", c.slot.get_ref(), c.is.join(" / ")),
                (None, _) => why,
            };
            let arrow = if why.is_empty() { "-->".to_owned() } else { format!("-->|{why}|") };
            let _ = writeln!(out, "  {node} {arrow} {id}");
            if slot.only_if.is_some() {
                from.push((node, "else".to_owned()));
            }
        }
        from.push((id.to_owned(), if slot.optional { "answer / skip".to_owned() } else { String::new() }));
    }
    let finish = format!("{:?}", dialog.finish);
    let last = if dialog.review { "review" } else { "finish" };
    if dialog.review {
        let _ = writeln!(out, "  review{{{{\"review\"}}}}");
    }
    for (node, why) in from {
        let arrow = if why.is_empty() { "-->".to_owned() } else { format!("-->|{why}|") };
        let _ = writeln!(out, "  {node} {arrow} {last}");
    }
    if dialog.review {
        for slot in dialog.slots.iter().filter(|s| !s.silent) {
            let _ = writeln!(out, "  review -.->|edit| {}", slot.id());
        }
        let _ = writeln!(out, "  review --> finish");
    }
    let _ = writeln!(out, "  finish([\"{finish}\"])");
    out
}
