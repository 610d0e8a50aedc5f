//! Opening: what is refused, and what the refusal says.
use std::os::unix::fs::PermissionsExt;

use baoxiu::seal::key::KeyFile;
use baoxiu::store::{Db, Unit, meta};
use sqlx::Row;

use crate::databases::{each, sqlite};

#[tokio::test]
async fn sqlite_is_durable_and_opens_again() {
    let fresh = sqlite().await;
    let mut tx = fresh.db.begin().await.unwrap();
    let mode: String = sqlx::query("PRAGMA journal_mode").fetch_one(&mut *tx).await.unwrap().get(0);
    let sync: i64 = sqlx::query("PRAGMA synchronous").fetch_one(&mut *tx).await.unwrap().get(0);
    assert_eq!((mode.as_str(), sync), ("wal", 2));
    meta::write(&mut Unit::alone(&mut tx), "x", "1").await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = fresh.db.read().await.unwrap();
    assert_eq!(meta::read(&mut reader, "x").await.unwrap().as_deref(), Some("1"));
    assert!(meta::write(&mut Unit::alone(&mut reader), "x", "2").await.is_err(), "a reader does not write");
    drop(reader);
    fresh.db.close().await;
    let again = Db::open(&fresh.url, &fresh.key()).await.unwrap();
    assert_eq!(meta::read(&mut again.read().await.unwrap(), "x").await.unwrap().as_deref(), Some("1"));
}

#[tokio::test]
async fn what_cannot_be_opened_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyFile::new(folder.path().join("k"));
    for (url, word) in [
        ("mysql://x/y", "sqlite:baoxiu.db"),
        ("sqlite:/no/such/place/a.db", "create it"),
        ("postgres://u:secret@127.0.0.1:1/x", "connection refused"),
    ] {
        let error = Db::open(url, &key).await.unwrap_err().to_string();
        assert!(error.contains(word) && !error.contains("secret"), "{error}");
    }
    assert!(!key.path().exists(), "no key without a database");
}

#[tokio::test]
async fn the_key_is_guarded() {
    for fresh in each().await {
        let key = fresh.key();
        let text = std::fs::read_to_string(key.path()).unwrap();
        fresh.db.close().await;
        let refused = async || Db::open(&fresh.url, &key).await.unwrap_err().to_string();
        let put = |text: &str, mode| {
            std::fs::write(key.path(), text).unwrap();
            std::fs::set_permissions(key.path(), std::fs::Permissions::from_mode(mode)).unwrap();
        };
        std::fs::remove_file(key.path()).unwrap();
        assert!(refused().await.contains("missing"));
        assert!(!key.path().exists(), "an old database gets no new key");
        put(&"ab".repeat(32), 0o600);
        assert!(refused().await.contains("does not belong"));
        put(&text, 0o644);
        assert!(refused().await.contains("chmod 600"));
        put(&text, 0o600);
        Db::open(&fresh.url, &key).await.unwrap();
    }
}
