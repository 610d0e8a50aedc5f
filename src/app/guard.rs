//! Looks after the SQLite file while it is open: tells when it is not where it was, and ends the program when it cannot come back.
use std::time::Duration;

use crate::store::{Db, StoreError};
use crate::telemetry::news::News;

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Whoever moves the files back moves one after the other: a log that is missing for so many looks is not on its way.
const LOG_LOOKS: u32 = 10;

/// Ends when the file can no longer come back, with the reason. Meanwhile nothing is confirmed, see [`Db::commit`].
pub(super) async fn watch(db: Db) -> StoreError {
    let mut news = News::default();
    let mut without_log = 0;
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        match db.check_file() {
            Ok(()) => {
                without_log = 0;
                if news.over() {
                    tracing::info!("the database file is back; the bot goes on");
                }
            }
            Err(error) => {
                let log = matches!(error, StoreError::LogVanished(_));
                without_log = if log { without_log + 1 } else { 0 };
                if matches!(error, StoreError::Replaced(_)) || without_log >= LOG_LOOKS {
                    return error;
                }
                if news.is_new(&error.to_string()) {
                    tracing::error!(%error, "nothing is confirmed to Telegram");
                }
            }
        }
    }
}
