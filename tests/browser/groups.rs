//! What an owner does around the bot: groups, who is in them and as what; a customer who blocks.
use baoxiu::sandbox::{ADMIN, BOT_ID, BOT_USERNAME, LI, TOKEN, WANG};
use serde_json::json;

use crate::page::Page;
use crate::town::Town;

stories!(a_new_group, a_link_brings_the_bot, a_customer_blocks);

async fn a_new_group(town: &mut Town, page: &Page) {
    town.opens().await;
    let admin = page.person(ADMIN);
    admin.taps_on("[data-testid=more]", "").await;
    page.pictures("menu").await;
    admin.taps_on("[data-testid=new-group]", "新建群组").await;
    page.types("[data-testid=group-title]", "城西抢修二班").await;
    page.taps(&format!("[data-testid=group-member][data-person=\"{LI}\"]"), "").await;
    page.pictures("new").await;
    page.taps("[data-testid=create-group]", "创建").await;
    let group = admin.opened("城西抢修二班").await;

    group.taps_on("[data-testid=more]", "").await;
    group.taps_on("[data-testid=group-menu]", "").await;
    page.taps(&format!("[data-testid=add][data-who=\"{BOT_ID}\"]"), "+").await;
    page.sees(&format!("[data-testid=member][data-person=\"{BOT_ID}\"]"), "成员").await;
    page.taps(&format!("[data-testid=promote][data-who=\"{BOT_ID}\"]"), "设为管理员").await;
    page.sees(&format!("[data-testid=member][data-person=\"{BOT_ID}\"]"), "管理员").await;
    page.pictures("members").await;
    page.taps("[data-testid=migrate]", "升级").await;
    page.sees_no_more("[data-testid=group-info]", "").await;
    let group = admin.opened("城西抢修二班").await;
    group.says("/bind").await;
    group.hears("✓").await;
    page.pictures("bound").await;

    group.taps_on("[data-testid=more]", "").await;
    group.taps_on("[data-testid=group-menu]", "").await;
    page.taps(&format!("[data-testid=kick][data-who=\"{BOT_ID}\"]"), "移出").await;
    page.sees(&format!("[data-testid=add][data-who=\"{BOT_ID}\"]"), "+").await;
    page.pictures("removed").await;
}

/// `t.me/<bot>?startgroup=…&admin=…`, as under a button that a bot sends.
async fn a_link_brings_the_bot(town: &mut Town, page: &Page) {
    town.opens().await;
    let link = format!("https://t.me/{BOT_USERNAME}?startgroup=hello&admin=manage_chat");
    let key = json!({ "inline_keyboard": [[{ "text": "把我加进群", "url": link }]] });
    let message = json!({ "chat_id": ADMIN, "text": "下一步", "reply_markup": key });
    let send = format!("{}bot{TOKEN}/sendMessage", town.page());
    reqwest::Client::new().post(send).json(&message).send().await.unwrap().error_for_status().unwrap();
    let admin = page.person(ADMIN);
    admin.taps("把我加进群").await;
    page.sees("[data-testid=choose-group]", "城东抢修一班").await;
    page.pictures("choose").await;
    page.taps("[data-testid=choose-new-group]", "新建群组").await;
    page.types("[data-testid=group-title]", "城南抢修三班").await;
    page.taps("[data-testid=create-group]", "创建").await;
    let group = admin.opened("城南抢修三班").await;
    group.sees(&format!("/start@{BOT_USERNAME} hello")).await;
    group.taps_on("[data-testid=more]", "").await;
    group.taps_on("[data-testid=group-menu]", "").await;
    page.sees(&format!("[data-testid=member][data-person=\"{BOT_ID}\"]"), "管理员").await;
    page.pictures("brought").await;
}

async fn a_customer_blocks(town: &mut Town, page: &Page) {
    town.opens().await;
    let wang = page.person(WANG);
    wang.taps_on("[data-testid=start]", "开始").await;
    wang.hears("这里是报修服务").await;
    wang.taps_on("[data-testid=more]", "").await;
    wang.taps_on("[data-testid=block]", "屏蔽").await;
    wang.taps_on("[data-testid=start]", "重新启用").await;
    wang.hears("这里是报修服务").await;
    page.pictures("back").await;
}
