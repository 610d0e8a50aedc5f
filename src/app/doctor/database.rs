//! The database: is it there, sound, of the right version, and what waits in it.
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::Report;
use crate::app::parked;
use crate::clock;
use crate::config::Settings;
use crate::store::StoreError;
use crate::store::examine::{self, Examined, Staff};
use crate::store::health::Waiting;

/// A reply that waits longer than this does not leave.
const REPLY_WAITS: i64 = 60_000;
/// Messages for the desk and notices may queue behind others for a while.
const OTHER_WAITS: i64 = 3_600_000;
/// A journal grows beyond this when something reads for hours, or nothing folds it back.
const JOURNAL: u64 = 1 << 30;

/// What the other examinations want to know; nothing of a database that cannot be read.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Whether there is a database at all, as far as is known.
    pub there: bool,
    /// Fingerprints of its keys.
    pub keys: Vec<String>,
    /// Who serves.
    pub staff: Option<Staff>,
}

pub(super) async fn examine(settings: &Settings, report: &mut Report) -> Found {
    let address = settings.database_url.reveal();
    let mut found = Found { there: true, ..Found::default() };
    if let Ok(Some(path)) = examine::file(address) {
        found.there = path.exists();
        files(&path, report);
    }
    let mut conn = match Examined::connect(address).await {
        Ok(conn) => conn,
        Err(StoreError::Absent) if !parked::key_file(settings).path().exists() => {
            report.warn("database", "there is none yet: the first `baoxiu run` makes it, and its key");
            return found;
        }
        Err(error) => {
            report.fail("database", error);
            return found;
        }
    };
    if let Err(error) = inside(&mut conn, &mut found, report).await {
        report.fail("database", error);
    }
    found
}

async fn inside(conn: &mut Examined, found: &mut Found, report: &mut Report) -> Result<(), StoreError> {
    let product = conn.product().await?;
    match conn.damage().await? {
        None => report.ok("database", format!("{product}, sound as far as it can be seen")),
        Some(damage) => report.fail(
            "database",
            format!(
                "{product} finds the file damaged ({damage}): stop the bot, keep a copy of the files, and restore the last backup"
            ),
        ),
    }
    match conn.fits().await {
        Ok(()) => report.ok("tables", "of the version of this program"),
        Err(error) => {
            report.fail("tables", error);
            return Ok(());
        }
    }
    found.keys = conn.keys().await?;
    waiting(&conn.waiting().await?, clock::now(), report);
    let staff = conn.staff().await?;
    people(&staff, report);
    found.staff = Some(staff);
    Ok(())
}

/// The files beside the database: one that another user has made stops the bot from writing.
fn files(path: &Path, report: &mut Report) {
    let Ok(database) = std::fs::metadata(path) else {
        if beside(path, "-wal").exists() {
            report.fail(
                "files",
                format!("{} is gone, but its journal is there: put back both, or restore the last backup", path.display()),
            );
        }
        return;
    };
    for end in ["-wal", "-shm"] {
        let file = beside(path, end);
        let Ok(about) = std::fs::metadata(&file) else { continue };
        if about.uid() != database.uid() {
            report.fail(
                "files",
                format!(
                    "{} belongs to another user than the database, who may be kept from writing: give it the same owner",
                    file.display()
                ),
            );
        }
        if end == "-wal" && about.len() > JOURNAL {
            report.warn(
                "files",
                format!("{} has {} MB: something has read for very long; restart the bot", file.display(), about.len() >> 20),
            );
        }
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn waiting(waiting: &Waiting, now: i64, report: &mut Report) {
    match waiting.parked {
        0 => report.ok("parked", "no input was set aside"),
        n => report.warn("parked", format!("{n} inputs failed too often and were set aside: `baoxiu parked` lists them")),
    }
    let all: i64 = waiting.outbox.iter().map(|(count, _)| count).sum();
    let mut late = false;
    for ((_, oldest), (priority, limit)) in
        waiting.outbox.iter().zip([("reply", REPLY_WAITS), ("message for the desk", OTHER_WAITS), ("notice", OTHER_WAITS)])
    {
        if let Some(age) = oldest.map(|oldest| now - oldest).filter(|age| *age > limit) {
            late = true;
            report.warn(
                "outbox",
                format!(
                    "the oldest {priority} has waited for {}: is the bot running, and can it reach Telegram? Its log says why",
                    parked::age(age)
                ),
            );
        }
    }
    if !late {
        report.ok("outbox", format!("{all} messages wait"));
    }
}

fn people(staff: &Staff, report: &mut Report) {
    match (staff.admins, staff.unreachable) {
        (0, _) => report.warn("admins", "there is none: the link that `baoxiu run` prints at its start makes one"),
        (all, 0) => report.ok("admins", all),
        (all, out) => report.warn(
            "admins",
            format!("{all}; the bot may not write to {out} of them: they open the chat with the bot and press Start"),
        ),
    }
    let desks = staff.groups.iter().filter(|(_, _, desk)| *desk).count();
    match staff.groups.len() - desks {
        0 => report.warn("crews", "no group is bound, so nobody can claim: send /bind in the group of the technicians"),
        crews => report.ok("crews", crews),
    }
    if desks == 0 {
        report.warn("desk", "there is none: the admins take its place. /bind desk in a group makes it the desk");
    }
}
