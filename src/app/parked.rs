//! `baoxiu parked`: looks at inputs that were set aside, gives one another try, or drops one. Works beside a running bot.
use crate::clock;
use crate::config::{Parked as What, Settings};
use crate::seal::key::KeyFile;
use crate::store::{Db, parked};
use crate::vocabulary::input::{Content, Input, Media, MediaKind, Membership, Millis, Timer};

use super::Failure;

/// More than anybody reads at once; the rest shows when these are dealt with.
const SHOWN: i64 = 100;
/// As many digits in a row, with spaces or strokes between, are somebody's number.
const DIGITS_OF_A_NUMBER: usize = 7;

/// Lists, retries or drops; gives what is to be printed.
///
/// # Errors
/// When the database cannot be used, there is no such input, or the reason may not be logged.
pub async fn parked(settings: &Settings, what: Option<What>) -> Result<String, Failure> {
    let db = open(settings).await?;
    let said = match what {
        None => list(&db).await,
        Some(What::Dropped) => dropped(&db).await,
        Some(What::Retry { id }) => retry(&db, id).await,
        Some(What::Drop { id, reason }) => drop_one(&db, id, &reason).await,
    };
    db.close().await;
    said
}

/// Opens the database that the bot runs with.
async fn open(settings: &Settings) -> Result<Db, Failure> {
    Db::open_existing(settings.database_url.reveal(), &key_file(settings)).await.map_err(Failure::new)
}

/// The key file that the settings mean.
pub(super) fn key_file(settings: &Settings) -> KeyFile {
    settings.key_file.clone().map_or_else(|| KeyFile::beside(settings.database_url.reveal()), KeyFile::new)
}

async fn list(db: &Db) -> Result<String, Failure> {
    let mut conn = db.read().await.map_err(Failure::new)?;
    let all = parked::count(&mut conn).await.map_err(Failure::new)?;
    let rows = parked::list(&mut conn, db.sealer(), SHOWN).await.map_err(Failure::new)?;
    if rows.is_empty() {
        return Ok("nothing is parked".to_owned());
    }
    let now = clock::now();
    let mut lines: Vec<String> = rows.iter().map(|row| line(row, now)).collect();
    if let Some(more) = usize::try_from(all).ok().and_then(|all| all.checked_sub(rows.len())).filter(|more| *more > 0) {
        lines.push(format!("… and {more} more"));
    }
    lines.push("`baoxiu parked retry ID` tries one again, `baoxiu parked drop ID --reason TEXT` gives it up".to_owned());
    Ok(lines.join("\n"))
}

async fn dropped(db: &Db) -> Result<String, Failure> {
    let mut conn = db.read().await.map_err(Failure::new)?;
    let rows = parked::dropped(&mut conn, db.sealer(), SHOWN).await.map_err(Failure::new)?;
    if rows.is_empty() {
        return Ok("nothing was dropped".to_owned());
    }
    let now = clock::now();
    let line = |row: &parked::Dropped| {
        let reason = row.reason.as_deref().unwrap_or("(the reason can no longer be read)");
        format!("{:>6}  dropped {} ago: {reason}", row.id, age(now - row.at))
    };
    Ok(rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

async fn retry(db: &Db, id: i64) -> Result<String, Failure> {
    let mut tx = db.begin().await.map_err(Failure::new)?;
    let found = parked::retry(&mut tx, id, clock::now()).await.map_err(Failure::new)?;
    tx.commit().await.map_err(Failure::new)?;
    if !found {
        return Err(absent(id));
    }
    tracing::info!(task = id, "a parked input is tried again");
    Ok(format!("{id} is tried again: by the running bot within a second, else at its next start"))
}

async fn drop_one(db: &Db, id: i64, reason: &str) -> Result<String, Failure> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Failure::new("--reason: say why, for whoever asks later"));
    }
    if holds_a_number(reason) {
        return Err(Failure::new("--reason is logged: leave numbers of people out of it, the number of the ticket says enough"));
    }
    let mut tx = db.begin().await.map_err(Failure::new)?;
    let found = parked::drop(&mut tx, db.sealer(), id, reason, clock::now()).await.map_err(Failure::new)?;
    tx.commit().await.map_err(Failure::new)?;
    if !found {
        return Err(absent(id));
    }
    tracing::warn!(task = id, reason, "a parked input is dropped");
    Ok(format!("{id} is dropped; `baoxiu parked dropped` shows the reason"))
}

fn absent(id: i64) -> Failure {
    Failure::new(format!("{id} is not parked (any more); `baoxiu parked` lists what is"))
}

/// Whether a phone number or a user id stands in it.
fn holds_a_number(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|c| {
        run = match c {
            _ if c.is_numeric() => run + 1,
            ' ' | '-' | '(' | ')' | '+' | '.' => run,
            _ => 0,
        };
        run >= DIGITS_OF_A_NUMBER
    })
}

fn line(row: &parked::Parked, now: Millis) -> String {
    let kind = row.input.as_ref().map_or_else(|| "can no longer be read".to_owned(), kind);
    let tries = row.tries;
    format!("{:>6}  {kind} · {} · parked {} ago after {tries} tries", row.id, subject(row), age(now - row.since))
}

/// What happened, without a word of what anybody wrote.
fn kind(input: &Input) -> String {
    match input {
        Input::Message(message) => format!("message: {}", content(&message.content)),
        Input::Edited(message) => format!("edited message: {}", content(&message.content)),
        Input::Press(_) => "tap on a button".to_owned(),
        Input::Member(change) => format!("member of a group: {}", membership(change.now)),
        Input::BotMember(change) => format!("the bot in a chat: {}", membership(change.now)),
        Input::Migrated { .. } => "a group became a supergroup".to_owned(),
        Input::Barred { .. } => "the bot may not write in a group".to_owned(),
        Input::Timer(timer) => format!("timer: {}", timer_kind(timer)),
    }
}

fn content(content: &Content) -> String {
    match content {
        Content::Text(text) => format!("text, {} characters", text.chars().count()),
        Content::Media { media: Media { kind, .. }, .. } => match kind {
            MediaKind::Photo => "photo",
            MediaKind::Video => "video",
            MediaKind::VideoNote => "round film",
            MediaKind::Voice => "voice",
            MediaKind::Document => "file",
        }
        .to_owned(),
        Content::Contact { .. } => "contact".to_owned(),
        Content::Location { .. } => "place".to_owned(),
        Content::Other(_) => "of a kind that no question takes".to_owned(),
    }
}

fn membership(now: Membership) -> &'static str {
    match now {
        Membership::Administrator => "administrator",
        Membership::Member => "in",
        Membership::Outside => "out",
        Membership::Unknown => "unknown",
    }
}

fn timer_kind(timer: &Timer) -> String {
    match timer {
        Timer::Album { .. } => "album".to_owned(),
        Timer::Remind { .. } => "reminder".to_owned(),
        Timer::Expire { .. } => "end of a silent dialog".to_owned(),
        Timer::Claim { ticket, .. } => format!("claim of ticket {ticket}"),
        Timer::Fetch { ticket, .. } | Timer::Fetched { ticket, .. } => format!("a recorded file of ticket {ticket}"),
        Timer::Morning => "morning list".to_owned(),
        Timer::Notice { notice, .. } => format!("notice {notice}"),
        Timer::Audience { notice, .. } => format!("audience of notice {notice}"),
        Timer::Greet { .. } => "greeting of a group".to_owned(),
        Timer::Board { crew, .. } => format!("board of crew {crew}"),
        Timer::Promise { ticket } => format!("promise of ticket {ticket}"),
        Timer::Late { ticket, .. } => format!("expected arrival for ticket {ticket}"),
        Timer::Appointment { ticket, .. } => format!("appointment of ticket {ticket}"),
        Timer::Settle { ticket, .. } => format!("silence after ticket {ticket}"),
        Timer::Turn { ticket, .. } => format!("turn of a crew for ticket {ticket}"),
        Timer::Opens { ticket } => format!("working hours for ticket {ticket}"),
        Timer::Lease { ticket, .. } => format!("lease of ticket {ticket}"),
        Timer::Blank { ticket } => format!("what may no longer be kept of ticket {ticket}"),
    }
}

/// Whose it is: the kind, and of an id the end, enough to tell two apart.
fn subject(row: &parked::Parked) -> String {
    let of_notice = matches!(row.input, Some(Input::Timer(Timer::Notice { .. })));
    match row.subject {
        0 => "nobody's".to_owned(),
        _ if of_notice => "a notice's".to_owned(),
        id if id > 0 => format!("a person's (…{:03})", id % 1000),
        id => format!("a group's (…{:03})", id.unsigned_abs() % 1000),
    }
}

/// About how long.
pub(super) fn age(millis: Millis) -> String {
    let minutes = (millis / 60_000).max(0);
    match minutes {
        0 => "less than a minute".to_owned(),
        1..120 => format!("{minutes} min"),
        120..2_880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_seen_and_others_are_not() {
        for text in ["ask 13800000001", "+86 138-0000-0001", "用户１２３４５６７"] {
            assert!(holds_a_number(text), "{text}");
        }
        for text in ["ticket 1024, phoned on 11-23", "重复报修，见工单 1024", "twice: 1024, 1025 and 1026"] {
            assert!(!holds_a_number(text), "{text}");
        }
    }

    #[test]
    fn ages_are_rounded_down() {
        let minute = 60_000;
        for (millis, said) in [
            (-5, "less than a minute"),
            (minute, "1 min"),
            (119 * minute, "119 min"),
            (120 * minute, "2 h"),
            (2_880 * minute, "2 days"),
        ] {
            assert_eq!(age(millis), said);
        }
    }
}
