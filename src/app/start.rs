//! What stands before serving: dialogs and tables are read, Telegram says who we are, the database is opened.
use std::time::Duration;

use tokio::sync::watch;

use super::assets::{Areas, Assets};
use super::{Failure, assets};
use crate::clock::now;
use crate::config::Settings;
use crate::core::MORNING;
use crate::core::scene::TimerChange;
use crate::coverage::Matcher;
use crate::desk::morning;
use crate::seal::key::KeyFile;
use crate::store::{Db, StoreError, Unit, coverage, invite, person, task};
use crate::telegram::client::{Client, Me};
use crate::vocabulary::input::Timer;

/// What a bot needs to serve.
pub(super) struct Started {
    pub assets: Assets,
    /// Knows the areas of the database by name.
    pub matcher: Matcher,
    pub me: Me,
    pub db: Db,
    /// Start parameter of the link that makes the first admin, when there is none.
    pub first_link: Option<String>,
}

/// Prepares everything; what does not wait for each other goes side by side. `None`: told to stop.
///
/// # Errors
/// When something is missing or wrong. A token that is refused leaves no database and no key behind.
pub(super) async fn start(settings: &Settings, client: &Client, stop: watch::Receiver<bool>) -> Result<Option<Started>, Failure> {
    let (assets, me) = tokio::try_join!(loaded(settings), greet(client, stop))?;
    let Some(me) = me else { return Ok(None) };
    // Most of a start goes into the index of names. While the database opens it is made for the areas that are listed, which
    // are those of the database until an admin changes them.
    let listed = assets.areas.clone();
    let indexing = tokio::task::spawn_blocking(move || {
        let matcher = assets::matcher(&assets.tables, &assets.areas.named());
        (assets, matcher)
    });
    let Opened { db, areas, first_link } = open(settings, &listed).await?;
    let (assets, matcher) = indexing.await.map_err(Failure::new)?;
    let matcher = if areas.same_as(&listed) { matcher? } else { assets::matcher(&assets.tables, &areas.named())? };
    Ok(Some(Started { assets, matcher, me, db, first_link }))
}

/// Dialogs, texts and tables, read beside everything else.
async fn loaded(settings: &Settings) -> Result<Assets, Failure> {
    let (dialogs, gazetteer) = (settings.dialogs.clone(), settings.gazetteer.clone());
    let load = move || assets::load(dialogs.as_deref())?.with_gazetteer(gazetteer.as_deref());
    tokio::task::spawn_blocking(load).await.map_err(Failure::new)?
}

/// Opens the database, fills an empty one, appoints the admins whom the settings name.
async fn open(settings: &Settings, listed: &Areas) -> Result<Opened, Failure> {
    let key = settings.key_file.clone().map_or_else(|| KeyFile::beside(settings.database_url.reveal()), KeyFile::new);
    let first = !key.path().exists();
    let db = Db::open(settings.database_url.reveal(), &key).await.map_err(Failure::new)?;
    if first {
        // Not a matter of log levels: whoever misses it loses everything later.
        eprintln!(
            "a new key was made: {}\nIt opens the personal data in this database. Keep a copy of it in a safe place apart from the \
             backups: if it is lost, every backup is void.",
            key.path().display()
        );
    }
    let mut tx = db.begin().await.map_err(Failure::new)?;
    let mut unit = Unit::alone(&mut tx);
    coverage::seed(&mut unit, &listed.served).await.map_err(Failure::new)?;
    // At every start: a name that was added to the list is known from then on.
    coverage::call(&mut unit, &listed.aliases).await.map_err(Failure::new)?;
    person::appoint(&mut unit, &settings.admins).await.map_err(Failure::new)?;
    let (zone, at) = (settings.timezone, now());
    let morning = Some((morning::next(at, zone, settings.desk.morning), Timer::Morning));
    let morning = TimerChange { subject: 0, name: MORNING.to_owned(), set: morning };
    task::keep_timer(&mut unit, db.sealer(), &morning, at).await.map_err(Failure::new)?;
    let areas = Areas {
        served: coverage::areas(&mut tx).await.map_err(Failure::new)?,
        aliases: coverage::aliases(&mut tx).await.map_err(Failure::new)?,
    };
    let admins = person::admins(&mut tx).await.map_err(Failure::new)?;
    let first_link = first_link(&mut tx, admins.is_empty()).await.map_err(Failure::new)?;
    tx.commit().await.map_err(Failure::new)?;
    if !admins.is_empty() {
        tracing::info!(count = admins.len(), of_settings = settings.admins.len(), "there are admins; /admins lists them");
    }
    Ok(Opened { db, areas, first_link })
}

/// What was found in the database, or put there.
struct Opened {
    db: Db,
    areas: Areas,
    /// Start parameter of the link that makes the first admin, when there is none.
    first_link: Option<String>,
}

/// Without admins, a link that makes one; those of earlier starts die in any case.
async fn first_link(conn: &mut sqlx::AnyConnection, wanted: bool) -> Result<Option<String>, StoreError> {
    if !wanted {
        invite::revoke(conn, 0).await?;
        return Ok(None);
    }
    let code = invite::fresh_code()?;
    invite::first(conn, &code, now()).await?;
    Ok(Some(format!("{}{code}", invite::ADMIN_LINK)))
}

/// Asks Telegram who we are; a network that is down is waited for, a token that is refused is not. `None`: told to stop.
async fn greet(client: &Client, mut stop: watch::Receiver<bool>) -> Result<Option<Me>, Failure> {
    let mut pause = Duration::from_millis(500);
    loop {
        match client.me().await {
            Ok(me) => return Ok(Some(me)),
            Err(error) if error.is_passing() => {
                tracing::warn!(%error, "waiting for Telegram");
                tokio::select! {
                    _ = stop.wait_for(|s| *s) => return Ok(None),
                    () = tokio::time::sleep(pause) => {}
                }
                pause = (pause * 2).min(Duration::from_secs(30));
            }
            Err(error) => return Err(Failure::new(error)),
        }
    }
}
