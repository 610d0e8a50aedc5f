//! What may no longer be kept leaves the database and the chats, at the start that follows a night which was missed.
use std::time::{Duration, Instant};

use baoxiu::sandbox::{CREW, LI, WANG};

use crate::people::PATIENCE;
use crate::town::Town;

stories!(what_is_no_longer_kept_leaves_the_chats);

const DAY: i64 = 24 * 3_600_000;

async fn what_is_no_longer_kept_leaves_the_chats(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let (wang, group, li) = (town.person(WANG), town.of(LI, CREW), town.person(LI));
    town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    group.hears("BX-1001").await;
    group.taps("接单").await;
    li.hears("您已接单").await;
    crate::opens_and_finishes(&li, "给王女士换了锁芯").await;
    li.hears("已请顾客确认").await;
    wang.taps("已修好").await;
    wang.hears("打几分").await;
    town.stops().await;

    // A customer who clears their chat is not written to again after three months.
    let card = wang.shown().into_iter().find(|m| m.words().contains("兴海路3号") && m.words().contains("状态")).unwrap();
    town.world.delete(WANG, card.id);
    let messages = wang.shown().len();
    let db = town.db().await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("UPDATE ticket SET updated = updated - $1").bind(90 * DAY).execute(&mut *tx).await.unwrap();
    sqlx::query("DELETE FROM meta WHERE name = 'night'").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();

    town.serves();
    li.sees("保存期限已到").await;
    for secret in ["兴海路", "13800000001"] {
        assert_eq!(li.count(secret), 0, "{secret}");
    }
    group.sees("保存期限已到").await;
    group.sees_no_more("138****0001").await;
    let since = Instant::now();
    let waiting = "SELECT COUNT(*) FROM outbox";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut *db.read().await.unwrap()).await.unwrap() > 0 {
        assert!(since.elapsed() < PATIENCE, "everything owed is sent");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(wang.shown().len(), messages, "nothing new");
    assert_eq!(wang.count("保存期限"), 0, "what was deleted does not come back");
    db.close().await;

    li.says("/ticket 1001");
    li.hears("保存期限已到").await;
    li.hears("李师傅：完成").await;
}
