//! How the bot is, as a supervisor sees it.
use std::time::{Duration, Instant};

use baoxiu::sandbox::WANG;
use sqlx::{AnyConnection, Connection, Executor};

use crate::people::PATIENCE;
use crate::town::Town;

stories!(figures_are_told, a_database_that_cannot_be_written_is_told_and_recovers);

async fn asks(town: &Town, path: &str) -> (u16, String) {
    let url = format!("http://{}{path}", town.settings.metrics.unwrap());
    match reqwest::get(url).await {
        Ok(answer) => (answer.status().as_u16(), answer.text().await.unwrap()),
        Err(_) => (0, String::new()),
    }
}

async fn until(town: &Town, status: u16) -> String {
    let since = Instant::now();
    loop {
        let (now, text) = asks(town, "/readyz").await;
        if now == status {
            return text;
        }
        assert!(since.elapsed() < PATIENCE, "waited for {status}: {now} {text}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn tells(town: &mut Town) {
    town.settings.metrics = Some(std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
}

async fn figures_are_told(town: &mut Town) {
    tells(town);
    town.opens().await;
    town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    until(town, 200).await;
    assert_eq!(asks(town, "/healthz").await, (200, "ok\n".to_owned()));
    let (_, text) = asks(town, "/metrics").await;
    for line in ["baoxiu_ready 1", "baoxiu_tickets_open 1", "baoxiu_tickets_unclaimed 1", "baoxiu_parked 0"] {
        assert!(text.lines().any(|l| l == line), "{line}: {text}");
    }
    let applied = text.lines().find_map(|l| l.strip_prefix("baoxiu_updates_total{outcome=\"applied\"} ")).unwrap();
    assert!(applied.parse::<u64>().unwrap() >= 5, "{text}");
    assert!(text.contains("baoxiu_outbox_messages{priority=\"notice\"} 0\n"), "{text}");
    let figure = |name: &str| {
        let found = text.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_else(|| panic!("{name} is missing: {text}"));
        found.trim().parse::<f64>().unwrap()
    };
    assert!(figure("baoxiu_sends_total{outcome=\"sent\"}") >= 5.0);
    let replies = figure("baoxiu_receipt_to_sent_seconds_count{priority=\"reply\"}");
    assert!(replies >= 4.0, "the customer was answered at every step: {text}");
    assert_eq!(figure("baoxiu_receipt_to_sent_seconds_bucket{priority=\"reply\",le=\"+Inf\"}"), replies);
    assert!(figure("baoxiu_receipt_to_sent_seconds_bucket{priority=\"reply\",le=\"60\"}") >= 4.0, "{text}");
    assert!(figure("baoxiu_commit_seconds_count") >= 5.0 && figure("baoxiu_too_many_requests_total") == 0.0, "{text}");
    assert_eq!(figure("baoxiu_promises{outcome=\"missed\"}"), 0.0);
    assert_eq!(asks(town, "/nothing").await.0, 404);
}

async fn a_database_that_cannot_be_written_is_told_and_recovers(town: &mut Town) {
    tells(town);
    town.opens().await;
    until(town, 200).await;
    let url = town.settings.database_url.reveal().to_owned();
    let mut other = AnyConnection::connect(&url).await.unwrap();
    let lock = if url.starts_with("sqlite") { "BEGIN IMMEDIATE" } else { "BEGIN; LOCK TABLE meta IN EXCLUSIVE MODE" };
    other.execute(lock).await.unwrap();
    let why = until(town, 503).await;
    assert!(why.starts_with("not ready: the database"), "{why}");
    assert_eq!(asks(town, "/healthz").await.0, 200);
    let wang = town.person(WANG);
    wang.says("/privacy");
    other.execute("ROLLBACK").await.unwrap();
    until(town, 200).await;
    wang.hears("只保存报修需要的内容").await;
}
