//! Notices: behind everything else, counted once, in each one's language.
use super::*;
use crate::desk::notice::{Audience, Notice, State};
use crate::vocabulary::input::Post;

/// A notice that is being sent to these chats; they are people who can be written to.
async fn notice_to(w: &World, state: State, chats: &[i64]) {
    let mut tx = w.db.begin().await.unwrap();
    for id in chats {
        let lang = if id % 2 == 0 { Lang::En } else { Lang::Zh };
        let mut one = person::lock(&mut Unit::alone(&mut tx), w.db.sealer(), *id, lang).await.unwrap();
        one.reachable = true;
        person::write(&mut Unit::alone(&mut tx), w.db.sealer(), &one).await.unwrap();
    }
    let made = Notice::new(1, 99, Audience::Customers, 0);
    let total = chats.len() as i64;
    let post = Post { html: "news".to_owned(), media: None };
    notice::insert(&mut tx, w.db.sealer(), &Notice { state, total, since: 1, ..made }, &post).await.unwrap();
    outbox::push_notice(&mut Unit::alone(&mut tx), 1, chats, w.now).await.unwrap();
    tx.commit().await.unwrap();
}

async fn counted(w: &World) -> Notice {
    let mut tx = w.db.begin().await.unwrap();
    let notice = notice::lock(&mut tx, 1).await.unwrap().unwrap().notice;
    tx.rollback().await.unwrap();
    notice
}

#[tokio::test]
async fn notices_go_when_nothing_else_does_and_in_each_ones_language() {
    let mut w = world().await;
    notice_to(&w, State::Running, &(1..=60).collect::<Vec<_>>()).await;
    w.owe(&[text(100, "a reply"), text(101, "another")]).await;
    let (said, _) = w.after(0).await;
    assert_eq!(said.len(), 30, "as many as Telegram takes in a second");
    let first: Vec<_> = said.iter().take(12).collect();
    assert!(["100: a reply", "101: another"].iter().all(|reply| first.iter().any(|said| said == reply)), "{said:?}");
    assert!(said.contains(&"1: news\n\n停".to_owned()) && said.contains(&"2: news\n\nstop".to_owned()), "{said:?}");
    let (more, _) = w.after(1_000).await;
    let (rest, _) = w.after(1_000).await;
    assert_eq!((more.len(), rest.len(), w.left().await), (30, 2, 0));
    assert_eq!((counted(&w).await.sent, counted(&w).await.left(0)), (60, 0));
}

#[tokio::test]
async fn what_is_paid_for_goes_beside_the_usual_pace_and_without_pay_if_it_is_refused() {
    let mut w = world().await;
    w.sender.parts.limits.paid = Some(Window { count: 200, span: 1_000 });
    w.sender.pace = Pace::new(w.sender.parts.limits);
    notice_to(&w, State::Running, &(1..=250).collect::<Vec<_>>()).await;
    w.owe(&[text(1_000, "a reply")]).await;
    let (said, _) = w.after(0).await;
    let paid = |said: &[String]| said.iter().filter(|words| words.ends_with("(paid)")).count();
    assert_eq!((said.len(), paid(&said)), (201, 200));
    assert!(said.contains(&"1000: a reply".to_owned()), "what a person waits for is not paid for");
    w.fail([SendError::Refused("Payment required".to_owned())]);
    let (said, _) = w.after(1_000).await;
    assert_eq!(counted(&w).await.failed, 0, "it is tried again");
    // What was under way besides is not called back.
    assert!(said.len() < 50, "{said:?}");
    w.after(2_000).await;
    let all = counted(&w).await;
    assert_eq!((all.sent, all.failed, w.left().await), (250, 0, 0));
}

#[tokio::test]
async fn what_became_of_each_notice_is_counted_once() {
    let mut w = world().await;
    notice_to(&w, State::Running, &[1]).await;
    w.fail([SendError::Transient("network")]);
    w.after(0).await;
    assert_eq!(counted(&w).await.dealt(), 0, "it is tried again");
    w.fail([SendError::RetryAfter(Duration::from_secs(1))]);
    w.after(1_000).await;
    assert_eq!(counted(&w).await.dealt(), 0, "it is tried again");
    w.fail([SendError::Blocked]);
    w.after(2_000).await;
    let one = counted(&w).await;
    assert_eq!((one.sent, one.unreachable, one.failed, w.left().await), (0, 1, 0, 0));
    assert!(!person::route(&mut w.db.read().await.unwrap(), 1).await.unwrap().reachable);

    let mut tx = w.db.begin().await.unwrap();
    outbox::push_notice(&mut Unit::alone(&mut tx), 1, &[3, -4], w.now).await.unwrap();
    tx.commit().await.unwrap();
    w.fail([SendError::Refused("Bad Request".to_owned()), SendError::Blocked]);
    w.after(1_000).await;
    let all = counted(&w).await;
    assert_eq!((all.sent, all.unreachable + all.failed, all.failed, w.left().await), (0, 3, 1, 0));
}

#[tokio::test]
async fn whoever_mutes_meanwhile_is_left_out_and_a_pause_holds_everything() {
    let mut w = world().await;
    notice_to(&w, State::Paused, &[1, 3]).await;
    assert_eq!(w.after(60_000).await.0, [""; 0]);
    let mut tx = w.db.begin().await.unwrap();
    let mut one = person::lock(&mut Unit::alone(&mut tx), w.db.sealer(), 3, Lang::Zh).await.unwrap();
    one.muted = true;
    person::write(&mut Unit::alone(&mut tx), w.db.sealer(), &one).await.unwrap();
    let paused = notice::lock(&mut tx, 1).await.unwrap().unwrap().notice;
    notice::write(&mut tx, &Notice { state: State::Running, ..paused }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(w.after(1_000).await.0, ["1: news\n\n停"]);
    let notice = counted(&w).await;
    assert_eq!((notice.sent, notice.total, notice.left(0), w.left().await), (1, 1, 0, 0));
}

#[tokio::test]
async fn a_preview_decides_whether_there_is_anything_to_confirm() {
    for (error, state) in [(None, State::Draft), (Some(SendError::Refused("Bad Request".to_owned())), State::Refused)] {
        let mut w = world().await;
        notice_to(&w, State::Preview, &[]).await;
        let preview = Outgoing { body: Body::Notice(1), ..text(99, "") };
        w.owe(&[preview]).await;
        w.fail([SendError::Transient("network")]);
        w.after(0).await;
        assert_eq!(counted(&w).await.state, State::Preview, "it is tried again");
        w.fail(error);
        w.after(1_000).await;
        assert_eq!((counted(&w).await.state, counted(&w).await.sent, w.left().await), (state, 0, 0));
    }
}
