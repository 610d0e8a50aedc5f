//! The database is out of order for a while: its disk is full or may not be written, its file is locked, moved away or
//! replaced, its server is gone. The real program says what to do, is not ready, and confirms nothing; when the cause is gone
//! it goes on without a restart, and everybody who wrote meanwhile is answered, once.
#[path = "../support/reporter.rs"]
mod customer;
mod disk;
mod play;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/postgres.rs"]
mod postgres;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/process.rs"]
mod process;
mod server;

use std::fs;
use std::path::{Path, PathBuf};

use disk::Disk;
use play::Play;
use server::Server;
use sqlx::{AnyConnection, Connection, Executor};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk() {
    let Some(disk) = Disk::mount() else { return };
    let mut play = Play::on(&sqlite(disk.path())).await;
    let under_way = play.begin().await;
    let ballast = disk.fill();
    play.is_down("disk is full", "make room on the disk").await;
    fs::remove_file(ballast).unwrap();
    play.goes_on(under_way).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_can_no_longer_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::on(&sqlite(folder.path())).await;
    let under_way = play.begin().await;
    let files = [folder.path().join("baoxiu.db"), folder.path().join("baoxiu.db-wal")];
    if disk::freeze(&files, true) {
        let frozen = Frozen(files);
        play.is_down("code", "how the disk is mounted").await;
        drop(frozen);
    }
    play.goes_on(under_way).await;
}

/// Without this nobody could remove the files of a test that failed.
struct Frozen([PathBuf; 2]);

impl Drop for Frozen {
    fn drop(&mut self) {
        disk::freeze(&self.0, false);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_is_read_only_from_the_start() {
    let Some(disk) = Disk::mount() else { return };
    let url = sqlite(disk.path());
    let mut play = Play::on(&url).await;
    let under_way = play.begin().await;
    play.terminates();
    disk.read_only(true);
    play.starts();
    let ended = play.ends().await;
    assert!(!ended.success(), "{ended}");
    let said = play.log();
    assert!(said.contains("cannot be opened") && said.contains("how the disk is mounted"), "{said}");
    disk.read_only(false);
    play.starts();
    play.goes_on(under_way).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_another_program_has_locked() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite(folder.path());
    let mut play = Play::on(&url).await;
    let under_way = play.begin().await;
    sqlx::any::install_default_drivers();
    let mut other = AnyConnection::connect(&url).await.unwrap();
    other.execute("BEGIN EXCLUSIVE").await.unwrap();
    play.is_down("it is locked", "end what is open beside the bot").await;
    other.execute("ROLLBACK").await.unwrap();
    other.close().await.unwrap();
    play.goes_on(under_way).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_moved_away_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::on(&sqlite(folder.path())).await;
    let under_way = play.begin().await;
    let (file, away) = (folder.path().join("baoxiu.db"), folder.path().join("away"));
    fs::rename(&file, &away).unwrap();
    play.is_down("is gone: moved away", "Move it back").await;
    fs::rename(&away, &file).unwrap();
    play.goes_on(under_way).await;
    assert!(play.log().contains("the database file is back"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_replaced_ends_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::on(&sqlite(folder.path())).await;
    let under_way = play.begin().await;
    let (file, away) = (folder.path().join("baoxiu.db"), folder.path().join("away"));
    fs::rename(&file, &away).unwrap();
    fs::copy(&away, &file).unwrap();
    let ended = play.ends().await;
    assert_eq!(ended.code(), Some(1), "a supervisor starts it again");
    assert!(play.log().contains("another file stands where the database"), "{}", play.log());
    play.world.say(customer_of_last(), customer_of_last(), "/help");
    assert!(play.world.pending_updates() > 0, "nothing is confirmed any more");
    fs::rename(&away, &file).unwrap();
    play.starts();
    play.goes_on(under_way).await;
}

fn customer_of_last() -> i64 {
    play::FIRST_CUSTOMER + play::CUSTOMERS
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_is_deleted_ends_the_program_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::on(&sqlite(folder.path())).await;
    let under_way = play.begin().await;
    fs::remove_file(folder.path().join("baoxiu.db-wal")).unwrap();
    play.is_down("-wal is gone", "Move it back").await;
    let ended = play.ends().await;
    assert_eq!(ended.code(), Some(1), "{}", play.log());
    play.starts();
    play.goes_on(under_way).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_goes_away_and_comes_back() {
    let Some(mut server) = tokio::task::spawn_blocking(Server::start).await.unwrap() else { return };
    let mut play = Play::on(&server.url()).await;
    let under_way = play.begin().await;
    server.stops();
    play.is_down("server", "the server cannot be reached").await;
    server.goes_on();
    play.goes_on(under_way).await;
}

fn sqlite(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("baoxiu.db").display())
}
