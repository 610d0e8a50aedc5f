//! The whole bot, end to end: real HTTP, a real database, and people who only know what Telegram shows them.
//!
//! Each story reads like the conversation. It is played on SQLite and, where there is one, on PostgreSQL.
#[path = "../support/people.rs"]
mod people;
#[path = "../support/postgres.rs"]
mod postgres;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/town.rs"]
mod town;

/// Makes two tests of each story, one for each database.
macro_rules! stories {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                crate::town::on_sqlite(super::$story).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                crate::town::on_postgres(super::$story).await;
            }
        })+
    };
}

mod board;
mod commands;
mod faults;
mod figures;
mod first_hour;
mod health;
mod hostile;
mod life;
mod main_job;
mod night;
mod notice;
mod recording;
mod rivals;
mod weather;
mod webhook;

/// A technician who was asked to open something sees to the rest of the visit: the proof of ownership is seen, the work done.
async fn opens_and_finishes(technician: &people::Person, outcome: &str) {
    technician.taps("已查看物主证明").await;
    technician.taps("完成").await;
    technician.hears("做了什么").await;
    technician.says(outcome);
    technician.hears("收了多少钱").await;
    technician.says("0");
}
