//! Hours on a simulated clock: the real sender and a real database, and a Telegram that takes everything at once.
use super::*;
use crate::desk::notice::{Audience, Notice, State};
use crate::vocabulary::input::Post;

/// Ten minutes at thirty a second; `BAOXIU_LONG=1` for 55.
fn people() -> i64 {
    if std::env::var_os("BAOXIU_LONG").is_some() { 99_000 } else { 18_000 }
}

const CUSTOMER: i64 = 1;
const FIRST: i64 = 1_000_000;
/// A customer is answered this often meanwhile, in milliseconds.
const REPLIES: Millis = 7_333;

/// When each message was sent, by chat.
async fn sent(w: &mut World) -> Vec<String> {
    while let Some(done) = w.sender.running.join_next_with_id().await {
        w.sender.note(done);
    }
    w.sender.settle(w.now);
    while let Some(done) = w.sender.settling.join_next().await {
        w.sender.settled(done);
    }
    std::mem::take(&mut *w.fake.said.lock().unwrap())
}

#[tokio::test]
async fn a_long_broadcast_uses_what_telegram_allows_and_delays_no_reply() {
    let (mut w, people) = (world().await, people());
    let mut tx = w.db.begin().await.unwrap();
    let made = Notice::new(1, 99, Audience::Customers, 0);
    let post = Post { html: "news".to_owned(), media: None };
    notice::insert(&mut tx, w.db.sealer(), &Notice { state: State::Running, total: people, since: 1, ..made }, &post)
        .await
        .unwrap();
    let chats: Vec<i64> = (FIRST..FIRST + people).collect();
    outbox::push_notice(&mut Unit::alone(&mut tx), 1, &chats, w.now).await.unwrap();
    tx.commit().await.unwrap();

    let (begin, mut asked) = (w.now, None);
    let (mut news, mut slowest, mut in_second) = (0, 0, Vec::new());
    let mut next_reply = w.now + REPLIES;
    loop {
        if w.now >= next_reply {
            w.hand(text(CUSTOMER, "a reply")).await;
            asked = Some(next_reply);
            next_reply += REPLIES;
        }
        let again = w.sender.turn(w.now, false).await.unwrap();
        let said = sent(&mut w).await;
        in_second.extend(said.iter().map(|_| w.now));
        news += said.iter().filter(|words| words.contains("news")).count();
        if let Some(since) = asked.filter(|_| said.iter().any(|words| words.contains("a reply"))) {
            slowest = slowest.max(w.now - since);
            asked = None;
        }
        if news == people as usize {
            break;
        }
        // What was sent made room, until nothing is.
        if said.is_empty() {
            w.now = again.min(next_reply).max(w.now + 1);
        }
    }
    let took = w.now - begin;
    let most =
        in_second.iter().enumerate().map(|(n, at)| in_second[..=n].iter().rev().take_while(|t| **t > at - 1_000).count()).max();
    let allowed = 30 * took / 1_000;
    let share = in_second.len() as f64 * 100.0 / allowed as f64;
    println!(
        "{people} notices in {:.1} simulated minutes: {share:.1} % of the pace, slowest reply {slowest} ms",
        took as f64 / 60_000.0
    );
    assert!(share >= 95.0, "{share} %");
    assert_eq!(most, Some(30), "and never more");
    assert!(slowest <= 1_000, "{slowest} ms");
    assert_eq!(w.left().await, 0);
}
