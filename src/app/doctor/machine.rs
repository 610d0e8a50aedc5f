//! This machine: the key file and the disk.
use std::path::{Path, PathBuf};

use super::Report;
use super::database::Found;
use crate::app::parked;
use crate::config::Settings;
use crate::store::examine;

/// With less than this free, a day of reports may not fit.
const FULL: u64 = 100 << 20;
/// Somebody should make room.
const TIGHT: u64 = 1 << 30;

pub(super) fn key(settings: &Settings, found: &Found, report: &mut Report) {
    let file = parked::key_file(settings);
    let path = std::path::absolute(file.path()).unwrap_or_else(|_| file.path().to_owned());
    if !path.exists() && !found.there {
        return report.ok("key", "none yet: it is made together with the database");
    }
    match (file.load(&found.keys), found.keys.as_slice()) {
        (Err(error), [_, ..]) => report.fail("key", error),
        (_, []) if path.exists() => report.warn(
            "key",
            format!("{} is there; whether it belongs to the database could not be seen", path.display()),
        ),
        (_, []) => report.fail("key", format!("{} is missing: put it back from your copy", path.display())),
        (Ok(_), _) => report.ok(
            "key",
            format!(
                "{} opens the database; keep a copy of it, apart from the backups (whether there is one cannot be seen from here)",
                path.display()
            ),
        ),
    }
}

pub(super) fn disk(settings: &Settings, report: &mut Report) {
    let folder = match examine::file(settings.database_url.reveal()) {
        Ok(Some(path)) => folder(&path),
        Ok(None) => return report.ok("disk", "the database is on a server: look at its disk there"),
        Err(_) => return,
    };
    match rustix::fs::statvfs(&folder) {
        Err(error) => report.warn("disk", format!("the disk of {} cannot be asked ({})", folder.display(), error.kind())),
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let said = format!("{} MB free in {}", free >> 20, folder.display());
            match free {
                0..FULL => report.fail("disk", format!("{said}: make room now, a full disk stops the bot from taking reports")),
                FULL..TIGHT => report.warn("disk", format!("{said}: make room")),
                _ => report.ok("disk", said),
            }
        }
    }
}

fn folder(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.parent().map_or_else(|| PathBuf::from("/"), Path::to_owned)
}
