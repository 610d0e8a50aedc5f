//! Cards: one message each, edited, sent anew, taken back; files too.
use super::*;

#[tokio::test]
async fn a_card_is_sent_once_and_then_edited_with_its_last_state() {
    let mut w = world().await;
    w.owe(&[card_text("open")]).await;
    assert_eq!(w.after(0).await.0, ["7: open"]);
    w.owe(&[card_text("claimed"), text(7, "news"), card_text("done")]).await;
    assert_eq!(w.after(9_000).await.0, ["7: edit 100: done", "7: news"]);
    w.owe(&[text(7, "hello"), card_anew("again"), card_text("closed")]).await;
    assert_eq!(w.after(9_000).await.0, ["7: hello", "7: again", "7: delete [100]", "7: edit 200: closed"]);
    assert_eq!(w.left().await, 0);
}

#[tokio::test]
async fn a_card_sent_anew_leaves_nothing_readable_behind() {
    let mut w = world().await;
    w.owe(&[card_anew("first")]).await;
    assert_eq!(w.after(0).await.0, ["7: first"], "there is nothing to take back");
    w.fail_the_second([SendError::Refused("too old".to_owned())]);
    w.owe(&[card_anew("second")]).await;
    assert_eq!(w.after(9_000).await.0, ["7: second", "7: edit 100: —"]);
    assert_eq!(w.left().await, 0);
    // The old card is told apart by its number from here on.
    w.owe(&[text(7, "hello"), card_anew("third")]).await;
    w.after(9_000).await;
    for trouble in [SendError::Transient("network"), SendError::RetryAfter(Duration::from_millis(500))] {
        let old = w.shows(&crew_card()).await;
        w.fail_the_second([trouble.clone()]);
        w.owe(&[card_anew("new")]).await;
        assert_eq!(w.after(9_000).await.0, ["7: new".to_owned(), format!("7: delete {old:?}")], "{trouble}");
        assert_eq!((w.shows(&crew_card()).await, w.left().await), (vec![100], 0), "{trouble}");
    }
    w.fail_the_second([SendError::Blocked]);
    w.owe(&[card_anew("last")]).await;
    assert_eq!(w.after(9_000).await.0, ["7: last"]);
    assert_eq!((w.shows(&crew_card()).await, w.left().await), (vec![100], 0), "the new record is not lost");
}

#[tokio::test]
async fn files_sent_anew_take_the_place_of_the_old_ones() {
    let mut w = world().await;
    let file = |kind| Media { kind, file_id: "f".to_owned(), unique_id: "u".to_owned(), size: 0 };
    let card = CardRef { number: 17, role: CardRole::Media };
    let files = Body::Media(vec![file(MediaKind::Photo), file(MediaKind::Photo), file(MediaKind::Voice)]);
    let shown = Outgoing { body: files, ..message(7, "", Place::CardAnew(card.clone())) };
    w.owe(std::slice::from_ref(&shown)).await;
    assert_eq!(w.after(0).await.0, ["7: 2 files", "7: 1 files"]);
    assert_eq!(w.shows(&card).await, [100, 101, 200]);
    w.owe(&[shown]).await;
    // What is added afterwards takes nothing away.
    assert_eq!(w.after(9_000).await.0, ["7: 2 files", "7: delete [100, 101, 200]", "7: 1 files"]);
    assert_eq!(w.shows(&card).await, [100, 101, 300]);
    // One of them is too old, and none is deleted; nor is the first by itself.
    let refused = || SendError::Refused("too old".to_owned());
    w.fail([refused(), refused()]);
    w.owe(&[Outgoing { body: Body::Delete, ..message(7, "", Place::Card(card.clone())) }]).await;
    let words = ["7: edit 100: —", "7: delete [101]", "7: delete [300]"];
    assert_eq!(w.after(30_000).await.0, words);
}

#[tokio::test]
async fn taking_back_an_old_card_counts() {
    let mut w = world().await;
    w.owe(&[card_text("open")]).await;
    w.after(0).await;
    w.owe(&[card_anew("again"), card_anew("and again"), text(7, "news")]).await;
    assert_eq!(w.after(9_000).await.0.len(), 4, "two sent, two taken back: the burst is spent");
    assert_eq!(w.after(1_000).await.0, ["7: news"]);
}

#[tokio::test]
async fn what_cannot_be_edited_is_sent_anew() {
    let mut w = world().await;
    w.owe(&[card_text("open"), message(8, "old", Place::Edit(5))]).await;
    w.after(0).await;
    w.fail([SendError::EditImpossible]);
    w.owe(&[card_text("claimed")]).await;
    assert_eq!(w.after(9_000).await.0, ["7: claimed"]);
    w.owe(&[card_text("done")]).await;
    assert_eq!(w.after(9_000).await.0, ["7: edit 100: done"], "the new message is the card now");
}

#[tokio::test]
async fn a_card_is_taken_back_or_blanked() {
    let gone = Outgoing { body: Body::Delete, ..card_text("") };
    let mut w = world().await;
    w.owe(&[card_text("open")]).await;
    w.after(0).await;
    w.owe(std::slice::from_ref(&gone)).await;
    assert_eq!(w.after(9_000).await.0, ["7: delete [100]"]);
    w.owe(&[card_text("open")]).await;
    assert_eq!(w.after(9_000).await.0, ["7: open"], "the record is gone");
    w.fail([SendError::Refused("too old".to_owned())]);
    w.owe(&[gone]).await;
    assert_eq!(w.after(9_000).await.0, ["7: edit 100: —"]);
    assert_eq!(w.left().await, 0);
}

#[tokio::test]
async fn mixed_files_travel_in_groups_and_all_belong_to_the_card() {
    let file = |kind| Media { kind, file_id: "f".to_owned(), unique_id: "u".to_owned(), size: 0 };
    let files = vec![file(MediaKind::Photo), file(MediaKind::Video), file(MediaKind::Voice), file(MediaKind::Document)];
    let mut w = world().await;
    let card = CardRef { number: 17, role: CardRole::Media };
    let shown = Outgoing { body: Body::Media(files), ..message(7, "", Place::Card(card.clone())) };
    w.owe(&[shown, text(7, "after")]).await;
    assert_eq!(w.after(0).await.0, ["7: 2 files", "7: 1 files", "7: 1 files"]);
    assert_eq!(w.after(9_000).await.0, ["7: after"]);
    let messages = card::messages(&mut w.db.read().await.unwrap(), &card, 7).await.unwrap();
    assert_eq!(messages, [100, 101, 200, 300]);
}
