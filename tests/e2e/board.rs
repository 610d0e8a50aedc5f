//! A stormy hour: more tickets than Telegram takes messages in a group.
use std::sync::Arc;
use std::time::{Duration, Instant};

use baoxiu::sandbox::{CREW, LI, User};

use crate::people::Person;
use crate::town::Town;

stories!(the_last_ticket_of_a_storm_is_claimed_within_a_minute);

const FIRST: i64 = 20_000;

/// How many report; `BAOXIU_STORM=500` for the storm of the README.
fn size() -> i64 {
    std::env::var("BAOXIU_STORM").map_or(40, |n| n.parse().expect("a number"))
}

/// Everybody nearly at once: seven a second, which is what Telegram's limit leaves for five messages to each. Gives the number of each ticket and when it was known to its customer.
async fn storm(town: &Town) -> Vec<(String, Instant)> {
    let mut reports = tokio::task::JoinSet::new();
    for id in FIRST..FIRST + size() {
        town.world
            .add_user(User { id, first_name: "顾客".to_owned(), language_code: Some("zh".to_owned()), ..User::default() });
        town.world.begin(id);
        let one = Arc::new(town.person(id));
        reports.spawn(async move {
            tokio::time::sleep(Duration::from_millis(150) * u32::try_from(id - FIRST).unwrap()).await;
            one.says(&format!("兴城市兴海路{}号 漏水 13800000001 王女士", id - FIRST + 1));
            one.hears("什么时候方便").await;
            one.taps("尽快").await;
            one.hears("请核对").await;
            one.taps("提交报修").await;
            let card = one.hears("工单 BX-").await;
            let digits = card.text.split("BX-").nth(1).unwrap_or_default();
            (format!("BX-{}", digits.chars().take_while(char::is_ascii_digit).collect::<String>()), Instant::now())
        });
    }
    let mut tickets = reports.join_all().await;
    tickets.sort();
    tickets
}

async fn turns_to(li: &Person, ticket: &str) {
    li.taps("最后一页").await;
    li.expects("the last page", |all| all.iter().any(|m| m.text.contains("单待接") && m.button("最后一页").is_none())).await;
    for _ in 0..=size() / 10 {
        let list = li.sees("单待接").await;
        if list.text.contains(ticket) {
            return;
        }
        li.taps("上一页").await;
        li.expects("another page", |all| all.iter().any(|m| m.id == list.id && m.text != list.text)).await;
    }
    panic!("{ticket} is on no page");
}

async fn the_last_ticket_of_a_storm_is_claimed_within_a_minute(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13900001111")]).await;
    let tickets = storm(town).await;
    let (last, known) = tickets.last().unwrap();
    let group = town.of(LI, CREW);
    // It is renewed every five seconds: what it says now may be of when ten waited.
    let whole = |m: &&baoxiu::sandbox::ChatMessage| m.text.contains("接单看板") && m.button("查看全部").is_some();
    let shown = group.expects("the board with a way to all of it", |all| all.iter().any(|m| whole(&m))).await;
    let board = shown.iter().rfind(whole).unwrap().clone();
    assert!(board.text.contains("共 "), "{}", board.text);
    // The link under the board.
    let li = town.person(LI);
    li.says("/start queue_1");
    turns_to(&li, last).await;
    assert!(li.taps(&format!("接单 {}", last.trim_start_matches("BX-"))).await.text.contains("接单成功"));
    let took = known.elapsed();
    println!("{} tickets; the last one, {last}, was claimed {:.1} s after it was known", tickets.len(), took.as_secs_f64());
    assert!(took < Duration::from_secs(60), "{took:?}");
    // From the board itself, and it follows.
    let first = board.text.split("BX-").nth(1).map(|t| t.chars().take_while(char::is_ascii_digit).collect::<String>()).unwrap();
    group.taps(&format!("接单 {first}")).await;
    let gone =
        |text: &str| text.contains("接单看板") && !text.contains(&format!("BX-{first} ")) && !text.contains(&format!("{last} "));
    group.expects("the board without what was claimed", |all| all.iter().any(|m| gone(&m.text))).await;
    // While a board comes anew, the one before stands for a moment more.
    let cards = group.count("状态：待接单");
    println!("cards in the group: {cards}, boards: {}", group.count("接单看板"));
    assert!(cards * 2 < tickets.len() && group.count("接单看板") <= 2, "{cards} cards");
}
