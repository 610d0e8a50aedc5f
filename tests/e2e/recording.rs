//! The repair is recorded: what people send is fetched as Telegram serves it, and summed up.
use baoxiu::sandbox::{CREW, Fault, Harm, LI, WANG};
use sha2::{Digest, Sha256};

use crate::town::Town;

stories!(files_are_summed_up, a_stop_in_the_middle_loses_no_file, a_round_film_stays_one);

const REPORT: &str = "兴城市兴海路3号 漏水 13800000001 王女士";

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Li has the job, and both agree.
async fn recording(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let ticket = town.reports(WANG, REPORT).await;
    let (group, li, wang) = (town.of(LI, CREW), town.person(LI), town.person(WANG));
    group.hears(&ticket).await;
    group.taps("接单").await;
    li.hears("您已接单").await;
    wang.sees("状态：李师傅已接单").await;
    wang.taps("维修录像").await;
    wang.hears("SHA-256 校验值").await;
    wang.taps("同意并请对方确认").await;
    li.hears("顾客希望把维修过程录下来").await;
    li.taps("同意录像").await;
    wang.hears("录像开始").await;
}

/// What the customer reads when they look.
async fn records(town: &Town, button: &str, words: &str) {
    let wang = town.person(WANG);
    let read = || async {
        wang.taps(button).await;
        wang.hears("的维修记录").await.text
    };
    for _ in 0..40 {
        if read().await.contains(words) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    panic!("the customer never reads {words}: {}", read().await);
}

async fn files_are_summed_up(town: &mut Town) {
    recording(town).await;
    let (li, wang) = (town.person(LI), town.person(WANG));
    let photo = b"\x89PNG a photo of the leak".to_vec();
    town.world.send_photo(LI, LI, Some(photo.clone()), "");
    li.hears("已记录，共 1 个文件").await;
    wang.taps("录像中（1）").await;
    wang.hears("正在录像").await;
    records(town, "维修记录（1）", &sum(&photo)).await;
    let files = wang.expects("the photo", |all| all.iter().any(|m| m.from_bot && m.media == Some("photo"))).await;
    assert!(files.iter().filter(|m| m.from_bot && m.media.is_some()).all(|m| !m.protect_content), "it is theirs to keep");

    // The network fails once: tried again by itself.
    let harm = Harm::status(500);
    town.world.fault(Fault { method: Some("getFile".to_owned()), times: Some(1), harm, ..Fault::default() });
    let film = vec![7u8; 3_000_000];
    town.world.send_video(LI, LI, Some(film.clone()), "");
    li.hears("已记录，共 2 个文件").await;
    wang.taps("录像中（2）").await;
    wang.hears("已记录 2 个文件").await;
    records(town, "维修记录（2）", &sum(&film)).await;

    // Too big for a bot: said to both.
    town.world.send_video(LI, LI, Some(vec![1u8; 21 * 1024 * 1024]), "");
    li.hears("这个文件大于 20 MB").await;
    wang.taps("维修记录（2）").await;
    wang.hears("大于 20 MB，Telegram 文件编号").await;
    let fetched = town.world.requests().iter().filter(|r| r.method.eq_ignore_ascii_case("getFile")).count();
    assert_eq!(fetched, 3, "one for the photo, two for the film, none for what is too big");
}

async fn a_stop_in_the_middle_loses_no_file(town: &mut Town) {
    recording(town).await;
    let li = town.person(LI);
    // Telegram is silent: the file is under way when the program ends.
    town.world.fault(Fault { method: Some("getFile".to_owned()), times: None, harm: Harm::Silence, ..Fault::default() });
    let photo = b"\x89PNG under way".to_vec();
    town.world.send_photo(LI, LI, Some(photo.clone()), "");
    li.hears("已记录，共 1 个文件").await;
    town.stops().await;
    let db = town.db().await;
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM task WHERE name LIKE 'fetch:%'")
        .fetch_one(&mut *db.read().await.unwrap())
        .await
        .unwrap();
    assert_eq!(rows, 1, "its row is still there");
    // Two minutes later, without waiting for them.
    let mut tx = db.begin().await.unwrap();
    sqlx::query("UPDATE task SET due = 0 WHERE name LIKE 'fetch:%'").execute(&mut *tx).await.unwrap();
    db.commit(tx).await.unwrap();
    db.close().await;
    town.world.clear_faults();
    town.serves();
    let wang = town.person(WANG);
    wang.taps("录像中（1）").await;
    wang.hears("正在录像").await;
    records(town, "维修记录（1）", &sum(&photo)).await;
}

/// Telegram sends a file again only as what it is.
async fn a_round_film_stays_one(town: &mut Town) {
    recording(town).await;
    let (li, wang) = (town.person(LI), town.person(WANG));
    wang.taps("录像中（0）").await;
    wang.hears("正在录像").await;
    wang.taps("停止录像").await;
    wang.hears("录像已停止").await;
    town.world.send_video_note(WANG, WANG, None);
    wang.hears("已转告师傅").await;
    li.taps("看照片和文件").await;
    li.expects("the round film", |all| all.iter().any(|m| m.from_bot && m.media == Some("video_note"))).await;
}
