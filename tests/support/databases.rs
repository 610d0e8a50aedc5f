//! Opens a fresh database of each kind that this machine has.
use baoxiu::seal::key::KeyFile;
use baoxiu::store::Db;
use tempfile::TempDir;

use super::postgres;

/// A fresh database and its folder, which is removed with it.
pub struct Fresh {
    pub db: Db,
    pub url: String,
    pub folder: TempDir,
}

impl Fresh {
    pub fn key(&self) -> KeyFile {
        KeyFile::new(self.folder.path().join("baoxiu.key"))
    }
}

pub async fn sqlite() -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("baoxiu.db").display());
    open(url, folder).await
}

/// Both kinds, or SQLite alone where there is no PostgreSQL.
pub async fn each() -> Vec<Fresh> {
    let mut all = vec![sqlite().await];
    if let Some(url) = tokio::task::spawn_blocking(postgres::database).await.unwrap() {
        all.push(open(url, tempfile::tempdir().unwrap()).await);
    }
    all
}

async fn open(url: String, folder: TempDir) -> Fresh {
    let db = Db::open(&url, &KeyFile::new(folder.path().join("baoxiu.key"))).await.unwrap();
    Fresh { db, url, folder }
}
