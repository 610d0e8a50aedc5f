//! Another key beside a running bot: killed in the middle again and again, and at the end nothing is left of the old one.
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use baoxiu::desk::ticket::Event;
use baoxiu::sandbox::{self, Options, Sandbox, WANG, World};
use baoxiu::seal::Sealer;
use baoxiu::seal::key::KeyFile;
use baoxiu::store::{Db, Unit, event, person, rekey};
use baoxiu::vocabulary::lang::Lang;

use crate::databases::{Fresh, each};
use crate::people::Person;
use crate::postgres;
use crate::process::program;
use crate::sealed::opened;
use crate::shell::{baoxiu, running, soon, with};

const PEOPLE: u32 = 1_500;

/// Many sealed values, so that a kill meets the middle of the work.
async fn crowd(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let mut unit = Unit::alone(&mut tx);
    for id in 1..=i64::from(PEOPLE) {
        let mut one = person::lock(&mut unit, db.sealer(), id, Lang::Zh).await.unwrap();
        (one.working_name, one.working_phone) = (format!("师傅{id}"), "13800000001".into());
        person::write(&mut unit, db.sealer(), &one).await.unwrap();
        let event = Event { ticket: id, who: id, what: "note".into(), note: "兴海路3号".into() };
        event::append(&mut unit, db.sealer(), &event, 1).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// `kill -9` after so long; gives whether it was killed and not over before.
async fn killed_after(fresh: &Fresh, millis: u64) -> bool {
    let mut command = program();
    command.arg("rotate-key").env("DATABASE_URL", &fresh.url).env("BAOXIU_KEY_FILE", fresh.key().path());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    tokio::time::sleep(Duration::from_millis(millis)).await;
    let over = child.try_wait().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(over.is_none_or(|status| status.success()));
    over.is_none()
}

/// The key files of the folder, those of today and of before.
fn kept(fresh: &Fresh) -> Vec<KeyFile> {
    let files = std::fs::read_dir(fresh.folder.path()).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.to_str().unwrap().contains(".key.old-")).map(KeyFile::new).collect()
}

async fn reports(world: &World) {
    let wang = Person::new(world, WANG, WANG);
    wang.says("/report");
    wang.hears("哪里出了问题").await;
    wang.taps("密码忘了").await;
    wang.hears("请描述一下情况").await;
    wang.says("柜门打不开了");
    wang.hears("请告诉我地址").await;
    wang.says("/cancel");
    wang.hears("已放弃").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_beside_a_bot_it_ends_with_one_key() {
    for fresh in each().await {
        crowd(&fresh.db).await;
        let first = fresh.db.sealer().fingerprint();
        let old_text = std::fs::read_to_string(fresh.key().path()).unwrap();
        let earlier = fresh.folder.path().join("earlier.backup");
        assert_eq!(baoxiu(&fresh, &["backup", earlier.to_str().unwrap()], &[]).await.code, Some(0));
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let world = sandbox.world();
        sandbox::scene(&world);
        world.start(WANG, None);
        let mut bot = running(&fresh, &sandbox).await;
        // Somebody talks with the bot all the while.
        let (tell, over) = tokio::sync::watch::channel(false);
        let talking = tokio::spawn({
            let world = sandbox.world();
            async move {
                while !*over.borrow() {
                    reports(&world).await;
                }
            }
        });
        let mut kills = 0;
        // Some kills come before the new key is on the disk, some before the database names it, most in the middle.
        for (n, millis) in [3, 8, 15, 25, 40, 60, 90, 130, 180, 260, 400, 600].into_iter().enumerate() {
            kills += u32::from(killed_after(&fresh, millis).await);
            if n == 5 {
                // The bot dies as well, and starts with both keys in the file.
                bot.kill();
                bot = running(&fresh, &sandbox).await;
            }
        }
        let half = fresh.folder.path().join("half.backup");
        assert_eq!(baoxiu(&fresh, &["backup", half.to_str().unwrap()], &[]).await.code, Some(0));
        let told = baoxiu(&fresh, &["rotate-key"], &[]).await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        assert!(kills >= 6, "{kills} of 12 came in time");
        tell.send(true).unwrap();
        talking.await.unwrap();
        let new = fresh.key().load(&fresh.db.keys().await.unwrap()).unwrap();
        assert_ne!(new.fingerprint(), first);
        let lines = std::fs::read_to_string(fresh.key().path()).unwrap();
        assert!(lines.lines().count() == 1 && lines != old_text);
        let (yes, no) = opened(&fresh.db, &alone(&lines)).await;
        assert!(yes >= u64::from(3 * PEOPLE) && no == 0, "{:?}: {yes} open with the new key, {no} do not", fresh.db.backend());
        assert_eq!(opened(&fresh.db, &alone(&old_text)).await.0, 0);
        assert!(!bot.said().contains("ERROR"), "{}", bot.said());
        assert!(bot.terminate().0.success());
        let old = kept(&fresh).into_iter().find(|file| std::fs::read_to_string(file.path()).unwrap() == old_text).unwrap();
        from_before(&fresh, &earlier, &old).await;
    }
}

fn alone(text: &str) -> Sealer {
    let bytes: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect();
    Sealer::new(&bytes.try_into().unwrap()).unwrap()
}

/// A backup from before needs the key of that time, and says so.
async fn from_before(fresh: &Fresh, file: &Path, old: &KeyFile) {
    let url = format!("sqlite:{}", fresh.folder.path().join("restored.db").display());
    let args = ["restore", file.to_str().unwrap()];
    let told = with(&url, fresh.key().path(), &args, &[]).await;
    assert!(told.code == Some(1) && told.err.contains("the key of that time"), "{}", told.err);
    let told = with(&url, old.path(), &args, &[]).await;
    assert!(told.code == Some(0) && !told.out.contains("do not open"), "{}{}", told.out, told.err);
    std::fs::remove_file(fresh.folder.path().join("restored.db")).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_from_the_middle_is_restored_with_both_keys_and_goes_on() {
    for fresh in each().await {
        crowd(&fresh.db).await;
        let rotation = fresh.key().rotate(&fresh.db.keys().await.unwrap()).unwrap();
        rekey::turn(&fresh.db, &rotation.new, &rotation.old).await.unwrap();
        // The program is gone here; a bot that starts now opens the old and seals with the new.
        drop(rotation);
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let world = sandbox.world();
        sandbox::scene(&world);
        world.start(WANG, None);
        let bot = running(&fresh, &sandbox).await;
        reports(&world).await;
        assert!(bot.terminate().0.success());
        let file = fresh.folder.path().join("half.backup");
        assert_eq!(baoxiu(&fresh, &["backup", file.to_str().unwrap()], &[]).await.code, Some(0));
        let folder = tempfile::tempdir().unwrap();
        let mut urls = vec![format!("sqlite:{}", folder.path().join("restored.db").display())];
        urls.extend(tokio::task::spawn_blocking(postgres::database).await.unwrap());
        for (n, url) in urls.iter().enumerate() {
            let key = KeyFile::new(folder.path().join(format!("copy{n}.key")));
            std::fs::copy(fresh.key().path(), key.path()).unwrap();
            let told = with(url, key.path(), &["restore", file.to_str().unwrap()], &[]).await;
            assert!(told.code == Some(0) && !told.out.contains("do not open"), "{}{}", told.out, told.err);
            let told = with(url, key.path(), &["rotate-key"], &[]).await;
            assert!(told.code == Some(0) && told.out.contains("goes on"), "{}{}", told.out, told.err);
            let db = Db::open_existing(url, &key).await.unwrap();
            let (yes, no) = opened(&db, &alone(&std::fs::read_to_string(key.path()).unwrap())).await;
            assert!(yes >= u64::from(3 * PEOPLE) && no == 0, "{url}: {yes}, {no}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_at_once_and_a_lost_key_change_nothing() {
    let fresh = &each().await[0];
    let text = std::fs::read_to_string(fresh.key().path()).unwrap();
    let held = fresh.key().rotate(&fresh.db.keys().await.unwrap()).unwrap();
    let told = baoxiu(fresh, &["rotate-key"], &[]).await;
    assert!(told.code == Some(1) && told.err.contains("by another program"), "{}", told.err);
    drop(held);
    soon("the lock is gone", async || baoxiu(fresh, &["rotate-key"], &[]).await.code == Some(0)).await;
    std::fs::write(fresh.key().path(), text).unwrap();
    let told = baoxiu(fresh, &["rotate-key"], &[]).await;
    assert!(told.code == Some(1) && told.err.contains("does not belong"), "{}", told.err);
    std::fs::remove_file(fresh.key().path()).unwrap();
    assert_eq!(baoxiu(fresh, &["rotate-key"], &[]).await.code, Some(1));
    assert!(!fresh.key().path().exists());
}
