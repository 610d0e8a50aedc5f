//! `baoxiu chat`: plays a dialog in the terminal, with the real engine and the real texts.
use std::io::{self, BufRead, Write};

use crate::clock;
use crate::config::Settings;
use crate::core::{self, World};
use crate::coverage::Served;
use crate::dialog::machine::{About, Answer, Machine};
use crate::dialog::session::Run;
use crate::dialog::turn::{End, Turn, Utter};
use crate::render;
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::{Does, Keyboard, Place, Priority, Recipient, ReplyButton, Say, What};

use super::{Failure, assets, rules};

/// Plays a dialog until it ends or the input does. Buttons are shown as `[n]` and pressed by `/n`.
///
/// # Errors
/// When there is no such dialog or language, or the terminal breaks off.
pub fn chat(settings: &Settings, dialog: Option<&str>, lang: Option<&str>) -> Result<(), Failure> {
    let assets = assets::load(settings.dialogs.as_deref())?.with_gazetteer(settings.gazetteer.as_deref())?;
    let lang = match lang {
        None => Lang::Zh,
        Some(tag) => Lang::ALL
            .into_iter()
            .find(|l| l.tag().eq_ignore_ascii_case(tag) || (*l == Lang::Zh && tag.eq_ignore_ascii_case("zh")))
            .ok_or_else(|| Failure::new("--lang: there is zh-CN and en"))?,
    };
    let served = Served::new(assets.areas.served.iter().map(|(code, _)| code.clone()));
    let known = core::Settings {
        bot_name: "baoxiu".to_owned(),
        hotline: settings.hotline.clone(),
        timezone: settings.timezone,
        promise_minutes: settings.desk.promise,
        morning: settings.desk.morning,
        claims: rules::claims(settings.desk),
        visits: rules::visits(settings.desk),
        appointed: Vec::new(),
        keep: Default::default(),
        paid_notices: None,
    };
    let areas = assets.areas.named();
    let world = assets::world(assets, &areas, known)?;
    let machine = Machine { book: &world.book, matcher: &world.matcher, served: &served, labels: &world.texts, hour: 0 };
    let (mut run, turn) = machine
        .begin(dialog.unwrap_or("report"), 1, About::default(), None, clock::now())
        .ok_or_else(|| Failure::new("there is no such dialog; `baoxiu graph` lists them"))?;
    let mut buttons = show(&world, lang, &mut run, turn)?;
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|e| Failure::new(format!("the input broke off ({})", e.kind())))?;
        let answer = match line
            .trim()
            .strip_prefix('/')
            .and_then(|n| n.parse::<usize>().ok())
            .and_then(|n| buttons.get(n.wrapping_sub(1)))
        {
            Some(Pressed::Data(data)) => match crate::dialog::data::decode(data) {
                Some(press) => Answer::Tap(press.tap),
                None => continue,
            },
            Some(Pressed::Words(words)) => Answer::Words(words.clone()),
            None => Answer::Words(line),
        };
        let turn = machine.answer(&mut run, answer, clock::now());
        let end = turn.end;
        buttons = show(&world, lang, &mut run, turn)?;
        match end {
            Some(End::Finished | End::Cancelled) => break,
            Some(End::Restart) => {
                if let Some((anew, turn)) = machine.begin(&run.dialog, run.number + 1, About::default(), None, clock::now()) {
                    run = anew;
                    buttons = show(&world, lang, &mut run, turn)?;
                }
            }
            _ => {}
        }
    }
    if run.asking.is_none() {
        println!("\n{}", serde_json::to_string_pretty(&run.slots).map_err(Failure::new)?);
    }
    Ok(())
}

/// What a shown button does.
enum Pressed {
    Data(String),
    Words(String),
}

fn show(world: &World, lang: Lang, run: &mut Run, turn: Turn) -> Result<Vec<Pressed>, Failure> {
    let mut buttons = Vec::new();
    let mut out = io::stdout().lock();
    let broken = |e: io::Error| Failure::new(format!("the terminal broke off ({})", e.kind()));
    for (_, Utter { lines, keyboard }) in turn.lay_out(None, &mut run.keyboard) {
        let say = Say {
            to: Recipient::Person(0),
            what: What::Text(lines),
            keyboard: Keyboard::None,
            place: Place::New,
            priority: Priority::Reply,
            protect: false,
        };
        if let render::outgoing::Body::Text { html, .. } =
            render::message(world, &say, lang, world.settings.hotline.as_deref()).body
        {
            writeln!(out, "\n{}", unmarked(&html)).map_err(broken)?;
        }
        let mut label = |text: &crate::vocabulary::say::Text, does: Option<String>| {
            let label = render::plain(world, text, lang);
            buttons.push(does.map_or_else(|| Pressed::Words(label.clone()), Pressed::Data));
            format!("/{} [{label}]", buttons.len())
        };
        let rows: Vec<String> = match &keyboard {
            Keyboard::Inline(rows) => rows
                .iter()
                .map(|row| {
                    let row: Vec<_> = row
                        .iter()
                        .filter_map(|b| match &b.does {
                            Does::Press(data) => Some(label(&b.label, Some(data.clone()))),
                            Does::Start(_) | Does::AddToGroup(_) => None,
                        })
                        .collect();
                    row.join("  ")
                })
                .collect(),
            Keyboard::Reply(rows) => rows
                .iter()
                .flatten()
                .filter_map(|b| match b {
                    ReplyButton::Words(text) => Some(label(text, None)),
                    // A terminal has neither a phone number nor a place to share.
                    ReplyButton::Contact(_) | ReplyButton::Location(_) => None,
                })
                .collect(),
            Keyboard::None | Keyboard::Remove => Vec::new(),
        };
        for row in rows {
            writeln!(out, "  {row}").map_err(broken)?;
        }
    }
    write!(out, "> ").and_then(|()| out.flush()).map_err(broken)?;
    Ok(buttons)
}

fn unmarked(html: &str) -> String {
    let plain = ["<b>", "</b>", "<i>", "</i>", "<code>", "</code>"].iter().fold(html.to_owned(), |t, tag| t.replace(tag, ""));
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
