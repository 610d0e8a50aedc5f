//! Opens a database: connections, tables, key, in this order; any doubt refuses to start.
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AnyPool, Connection, Executor, Row, SqlSafeStr};

use super::file::OpenFile;
use super::handover::Handover;
use super::url::Target;
use super::writer::Writer;
use super::{Backend, Db, StoreError, error, meta, url, write};
use crate::seal::Sealer;
use crate::seal::key::{KeyError, KeyFile};

/// Embedded so that one file is the whole program. Never change one that was released: its checksum is
/// kept in the database.
pub(super) const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "spine", include_str!("../../migrations/0001_spine.sql")),
    (2, "notice", include_str!("../../migrations/0002_notice.sql")),
    (3, "first_hour", include_str!("../../migrations/0003_first_hour.sql")),
    (4, "figures", include_str!("../../migrations/0004_figures.sql")),
    (5, "alias", include_str!("../../migrations/0005_alias.sql")),
    (6, "retention", include_str!("../../migrations/0006_retention.sql")),
    (7, "crews", include_str!("../../migrations/0007_crews.sql")),
];

/// Older ones can damage a WAL database that is checkpointed and written at the same moment.
const SQLITE_MIN: [u32; 3] = [3, 51, 3];

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 20;
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(10);

pub(super) const WRITER: &[&str] =
    &["PRAGMA busy_timeout = 5000", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = OFF"];
const READER: &[&str] = &["PRAGMA busy_timeout = 5000", "PRAGMA query_only = ON"];

impl Db {
    /// Opens the database named by `address` (see `DATABASE_URL` in the manual), brings its tables up to
    /// date and checks the key. A new SQLite file and a new key are created together.
    pub async fn open(address: &str, key: &KeyFile) -> Result<Db, StoreError> {
        sqlx::any::install_default_drivers();
        let (writer, backend, address, path) = match url::parse(address)? {
            Target::Sqlite(path) => {
                let address = url::sqlite(&path)?;
                create_private(&path)?;
                (connect(&address, 1, WRITER).await?, Backend::Sqlite, address, Some(path))
            }
            Target::Postgres(address) => (connect(&address, POSTGRES_CONNECTIONS, &[]).await?, Backend::Postgres, address, None),
        };
        let mut conn = writer.acquire().await?;
        if backend == Backend::Sqlite {
            assert_sqlite(&mut conn).await?;
        }
        migrate(&mut conn, i64::MAX).await?;
        let sealer = unlock(&mut conn, key).await?;
        drop(conn);
        let reader = match backend {
            Backend::Sqlite => connect(&address, READERS, READER).await?,
            Backend::Postgres => writer.clone(),
        };
        let handover = Handover::default();
        let file = path.as_deref().map(OpenFile::of).transpose()?;
        let writer = Writer::new(writer, backend, file, sealer);
        let queue = (backend == Backend::Sqlite).then(|| write::queue(writer.clone(), handover.clone()));
        Ok(Db { writer, reader, queue, handover })
    }
}

/// The sealer for a database; a new one gets its key.
async fn unlock(conn: &mut AnyConnection, key: &KeyFile) -> Result<Sealer, StoreError> {
    let known = meta::keys(conn).await?;
    if known.is_empty() {
        let sealer = key.load_or_create(None)?;
        // Of two programs that create the same database at once the second finds the first one's key.
        let known = meta::write_once(conn, meta::KEY, &sealer.fingerprint()).await?;
        return if known == sealer.fingerprint() { Ok(sealer) } else { Ok(key.load_or_create(Some(&known))?) };
    }
    match key.load(&known) {
        // A change of keys may have ended in between: then the database names another one by now.
        Err(KeyError::Wrong { path }) => match meta::keys(conn).await? {
            now if now == known => Err(KeyError::Wrong { path }.into()),
            now => Ok(key.load(&now)?),
        },
        loaded => Ok(loaded?),
    }
}

/// Creates the file before SQLite does: for its owner alone. SQLite gives the files beside it the same mode.
pub(super) fn create_private(path: &Path) -> Result<(), StoreError> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(StoreError::Open(error.kind().to_string())),
        _ => Ok(()),
    }
}

async fn connect(address: &str, connections: u32, pragmas: &'static [&'static str]) -> Result<AnyPool, StoreError> {
    let file = !pragmas.is_empty();
    if file {
        // The pool would try again and again, and keep the reason to itself.
        let alone = try_alone(address, pragmas).await;
        alone.map_err(|reason| StoreError::Open(error::describe(&reason)))?;
    }
    let pool = AnyPoolOptions::new().max_connections(connections);
    // A file does not go away as a server does: its connections are kept, and not asked whether they live.
    let pool = if file { pool.test_before_acquire(false).idle_timeout(None).max_lifetime(None) } else { pool };
    let pool = pool
        .acquire_timeout(WAIT_FOR_CONNECTION)
        .after_connect(move |conn, _| {
            Box::pin(async move {
                for pragma in pragmas {
                    conn.execute(*pragma).await?;
                }
                Ok(())
            })
        })
        .connect(address)
        .await;
    match pool {
        Ok(pool) => Ok(pool),
        // The pool waits for a server that is just starting, but keeps the reason to itself: ask once more.
        Err(timeout @ sqlx::Error::PoolTimedOut) => {
            let reason = AnyConnection::connect(address).await.err().unwrap_or(timeout);
            Err(StoreError::Open(error::describe(&reason)))
        }
        Err(reason) => Err(StoreError::Open(error::describe(&reason))),
    }
}

async fn try_alone(address: &str, pragmas: &'static [&'static str]) -> Result<(), sqlx::Error> {
    let mut conn = AnyConnection::connect(address).await?;
    for pragma in pragmas {
        conn.execute(*pragma).await?;
    }
    conn.close().await
}

pub(super) async fn assert_sqlite(conn: &mut AnyConnection) -> Result<(), StoreError> {
    let version: String = sqlx::query("SELECT sqlite_version()").fetch_one(conn).await?.try_get(0)?;
    let parts: Vec<u32> = version.split('.').filter_map(|p| p.parse().ok()).collect();
    if parts.as_slice() < SQLITE_MIN.as_slice() { Err(StoreError::Old(version)) } else { Ok(()) }
}

/// Brings the tables up to `version`, or as near to it as this program knows.
pub(super) async fn migrate(conn: &mut AnyConnection, version: i64) -> Result<(), StoreError> {
    let migrations = MIGRATIONS
        .iter()
        .filter(|(number, _, _)| *number <= version)
        .map(|(version, name, sql)| Migration::new(*version, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false))
        .collect();
    Migrator::with_migrations(migrations).run(conn).await.map_err(|e| StoreError::Migrate(e.to_string()))
}
