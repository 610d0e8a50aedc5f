//! A status update to all customers, seen through the page: written, previewed, confirmed, arrived; and muted.
use baoxiu::sandbox::{ADMIN, EMILY, WANG};

use crate::page::Page;
use crate::town::Town;

stories!(a_notice_to_all);

async fn a_notice_to_all(town: &mut Town, page: &Page) {
    town.opens().await;
    for customer in [WANG, EMILY] {
        town.person(customer).says("/start");
    }
    let (admin, wang, emily) = (page.person(ADMIN), page.person(WANG), page.person(EMILY));
    wang.hears("这里是报修服务").await;
    emily.hears("this is the repair service").await;

    let words = "明天 9:00–12:00 系统维护，急修请打热线";
    admin.says("/broadcast").await;
    admin.hears("要群发什么").await;
    page.pictures("what").await;
    admin.says(words).await;
    admin.hears("发给谁").await;
    page.pictures("to-whom").await;
    admin.taps("全体顾客").await;
    admin.hears("将发给").await;
    admin.sees(words).await;
    page.pictures("preview").await;
    admin.taps("发送").await;

    let news = wang.hears(words).await;
    assert!(news.contains("/mute"), "{news}");
    page.pictures("arrived").await;
    let news = emily.hears(words).await;
    assert!(news.contains("To stop these messages"), "{news}");
    admin.hears("已发完").await;
    admin.sees("已发送 2").await;
    page.pictures("result").await;

    wang.taps_on("[data-testid=text] .link", "/mute").await;
    wang.hears("以后不再给您发通知").await;
    page.pictures("muted").await;
}
