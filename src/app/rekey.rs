//! `baoxiu rotate-key`: another key, beside a running bot. Broken off at any point, it is taken up by the same command.
use std::path::Path;

use chrono::DateTime;
use tokio::sync::watch;

use super::{Failure, parked, signal};
use crate::clock;
use crate::config::Settings;
use crate::seal::rotate::Rotation;
use crate::store::{Db, StoreError, rekey};

/// Passes after which something is wrong: each finds only what was changed during the one before.
const MOST: u32 = 20;

/// Changes the key; gives what is to be printed.
///
/// # Errors
/// When key or database cannot be used, or another program changes the key. What was done until then stands, and everything
/// opens with the key file.
pub async fn rotate(settings: &Settings, stop: watch::Receiver<bool>) -> Result<String, Failure> {
    signal::unless_stopped(stop, &interrupted("stopped").text, work(settings)).await
}

async fn work(settings: &Settings) -> Result<String, Failure> {
    let file = parked::key_file(settings);
    let db = Db::open_existing(settings.database_url.reveal(), &file).await.map_err(Failure::new)?;
    let known = db.keys().await.map_err(Failure::new)?;
    let rotation = file.rotate(&known).map_err(Failure::new)?;
    if rotation.resumed {
        println!("a change of keys was broken off: it goes on");
    }
    let (resealed, closed) = reseal(&db, &rotation).await.map_err(interrupted)?;
    rekey::finish(&db).await.map_err(interrupted)?;
    db.close().await;
    let today = DateTime::from_timestamp_millis(clock::now()).unwrap_or_default().format("%Y-%m-%d").to_string();
    let kept = rotation.finish(&today).map_err(interrupted)?;
    let mut told = format!(
        "sealed values that now open with a new key: {resealed}. It is in {}\nKeep a copy of it now, apart from the backups, and make a new backup.\nThe key \
         before is in {}: backups made until now open with it alone. Delete it when none of them is wanted any more.",
        shown(file.path()),
        shown(&kept)
    );
    if closed > 0 {
        told += &format!("\n{closed} values open with neither key; they were damaged before and were left as they are.");
    }
    Ok(told)
}

async fn reseal(db: &Db, rotation: &Rotation) -> Result<(u64, u64), StoreError> {
    rekey::turn(db, &rotation.new, &rotation.old).await?;
    let mut resealed = 0;
    for _ in 0..MOST {
        let pass = rekey::pass(db, &rotation.new, &rotation.old).await?;
        resealed += pass.resealed;
        // A whole pass that finds nothing: that is how we know.
        if pass.resealed == 0 && pass.missed == 0 {
            return Ok((resealed, pass.closed));
        }
        tracing::info!(resealed, "sealed anew");
    }
    Err(StoreError::Unsettled)
}

fn interrupted(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!(
        "{error}\nThe change of keys is not over. Everything opens with the key file as it is, and the bot goes on; run the same command \
         again"
    ))
}

fn shown(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}
