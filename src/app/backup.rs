//! `baoxiu backup` and `baoxiu restore`: everything in one file, from either database into either.
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::DateTime;
use tokio::sync::watch;

use super::archive::{self, Reader, Unusable, Writer};
use super::{Failure, parked, signal};
use crate::clock;
use crate::config::Settings;
use crate::seal::key::KeyError;
use crate::store::snapshot::Snapshot;
use crate::store::tables::{Kind, named};
use crate::store::unit::Value;
use crate::store::{StoreError, existing, restore as store};

const STOPPED: &str = "stopped; nothing was changed";

/// Writes a backup of the database to `file`, beside a running bot; gives what is to be printed.
///
/// # Errors
/// When the database cannot be read, the file cannot be written, or it is something else than an earlier backup.
pub async fn backup(settings: &Settings, file: &Path, stop: watch::Receiver<bool>) -> Result<String, Failure> {
    ours_or_none(file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // For its owner alone; removed when this ends too early.
    let aside = tempfile::Builder::new().prefix(".baoxiu-backup-").tempfile_in(folder).map_err(|e| unwritten(file, e.kind()))?;
    let (rows, bytes) = signal::unless_stopped(stop, STOPPED, write(settings, file, aside.as_file())).await?;
    aside.as_file().sync_all().map_err(|e| unwritten(file, e.kind()))?;
    aside.persist(file).map_err(|e| unwritten(file, e.error.kind()))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| unwritten(file, e.kind()))?;
    Ok(format!(
        "{rows} rows, {bytes} bytes: {}\nWhat is personal in it is sealed: without the key it is worth nothing. The key is {}: keep a copy \
         of it, apart from the backups.",
        file.display(),
        shown(parked::key_file(settings).path()).display()
    ))
}

fn shown(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Refuses to write over anything but a backup.
fn ours_or_none(file: &Path) -> Result<(), Failure> {
    let found = match std::fs::symlink_metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unwritten(file, error.kind())),
        Ok(found) => found,
    };
    let ours = found.is_file() && File::open(file).is_ok_and(|file| Reader::open(BufReader::new(file)).is_ok());
    if ours {
        return Ok(());
    }
    Err(Failure::new(format!("{} is there and is no earlier backup; it was left as it is: name another file", file.display())))
}

fn unwritten(file: &Path, kind: ErrorKind) -> Failure {
    Failure::new(format!("{} cannot be written ({kind}); check folder, permissions and free space", file.display()))
}

async fn write(settings: &Settings, file: &Path, out: &File) -> Result<(u64, u64), Failure> {
    let broken = |e: std::io::Error| unwritten(file, e.kind());
    let mut snapshot = Snapshot::take(settings.database_url.reveal()).await.map_err(Failure::new)?;
    let counts = snapshot.counts().await.map_err(Failure::new)?;
    let keys = snapshot.keys().await.map_err(Failure::new)?;
    let made = DateTime::from_timestamp_millis(clock::now()).unwrap_or_default().to_rfc3339();
    let header = archive::header(existing::newest(), keys, made, &counts);
    let mut writer = Writer::new(BufWriter::new(out), &header).map_err(broken)?;
    let mut rows = 0;
    for (table, _) in counts {
        let mut last: Option<Vec<Value>> = None;
        loop {
            let mut page = snapshot.rows(table, last.as_deref()).await.map_err(Failure::new)?;
            for row in &page {
                writer.row(table, row).map_err(broken)?;
            }
            rows += page.len() as u64;
            last = page.pop();
            if last.is_none() {
                break;
            }
        }
    }
    let (mut out, bytes) = writer.end().map_err(broken)?;
    out.flush().map_err(broken)?;
    Ok((rows, bytes))
}

/// Fills the empty database of the settings from `file`; gives what is to be printed.
///
/// # Errors
/// When the file is no whole backup, the key is not the right one, the database is not empty or cannot be written.
/// Nothing is changed then.
pub async fn restore(settings: &Settings, file: &Path, stop: watch::Receiver<bool>) -> Result<String, Failure> {
    let looked = look(settings, file)?;
    let load = store::restore(settings.database_url.reveal(), looked.schema, async |filling| fill(filling, file, &looked).await);
    signal::unless_stopped(stop, STOPPED, async { load.await.map_err(|trouble: Trouble| trouble.told(file)) }).await?;
    let mut told = format!(
        "{} rows of the backup of {} are restored. Start the bot: it goes on where the backup ends. Messages that waited at that moment \
         are sent, even if they were sent since; what was reported since is not in it.",
        looked.rows, looked.made
    );
    if looked.closed > 0 {
        told += &format!(
            "\n{} sealed values do not open with this key; they were damaged before the backup was made.",
            looked.closed
        );
    }
    Ok(told)
}

/// What was found in a whole and right file.
struct Looked {
    schema: i64,
    made: String,
    keys: Vec<String>,
    rows: u64,
    /// Sealed values that do not open.
    closed: u64,
}

/// Reads the whole file before anything is touched.
fn look(settings: &Settings, file: &Path) -> Result<Looked, Failure> {
    let unusable = |e| Trouble::from(e).told(file);
    let mut reader = open(file).map_err(unusable)?;
    let (schema, newest) = (reader.header.schema, existing::newest());
    if !(1..=newest).contains(&schema) {
        return Err(Failure::new(format!(
            "{}: its tables are of version {schema}, this program knows them up to {newest}: use the baoxiu that made it, or a newer one",
            file.display()
        )));
    }
    let key = parked::key_file(settings);
    let sealer = key.load(&reader.header.keys).map_err(unopened)?;
    let mut looked = Looked { schema, made: reader.header.made.clone(), keys: reader.header.keys.clone(), rows: 0, closed: 0 };
    while let Some((table, columns, values)) = reader.next().map_err(unusable)? {
        looked.rows += 1;
        let row = table.row(columns, &values);
        for (at, value) in columns.iter().zip(&values) {
            if let (Some((column, Kind::Sealed)), Value::Bytes(Some(sealed))) = (table.columns.get(*at), value)
                && !sealed.is_empty()
                && sealer.open(table.name, column, &row, sealed).is_err()
            {
                looked.closed += 1;
            }
        }
    }
    Ok(looked)
}

fn unopened(error: KeyError) -> Failure {
    let which = match &error {
        KeyError::Missing { path } => format!("the key file {} is missing", path.display()),
        KeyError::Wrong { path } => format!("the key file {} is not the key that the backup was sealed with", path.display()),
        _ => return Failure::new(error),
    };
    Failure::new(format!(
        "{which}: put the right one there, or name it with --key-file. A backup from before a change of keys needs the key of that time. \
         Nothing was changed"
    ))
}

fn open(file: &Path) -> Result<Reader<BufReader<File>>, Unusable> {
    Reader::open(BufReader::new(File::open(file)?))
}

/// Why a restore failed.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("{0}")]
    File(#[from] Unusable),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("it was changed while it was read")]
    Changed,
}

impl Trouble {
    fn told(self, file: &Path) -> Failure {
        match self {
            Trouble::Store(error) => Failure::new(error),
            trouble => Failure::new(format!("{}: {trouble}. Nothing was changed", file.display())),
        }
    }
}

/// Reads the file again, so that nothing need be kept in memory, and checks it again: it may not be the same any more.
async fn fill(filling: &mut store::Filling<'_>, file: &Path, looked: &Looked) -> Result<(), Trouble> {
    let mut reader = open(file)?;
    if (reader.header.schema, &reader.header.keys) != (looked.schema, &looked.keys) {
        return Err(Trouble::Changed);
    }
    while let Some((table, columns, values)) = reader.next()? {
        filling.put(table, columns, values).await?;
    }
    for part in &reader.header.tables {
        let table = named(&part.name).ok_or(Unusable::Unknown)?;
        let found = u64::try_from(filling.count(table).await?).unwrap_or_default();
        if found != part.rows {
            return Err(Unusable::Count { table: part.name.clone(), told: part.rows, found }.into());
        }
    }
    Ok(())
}
