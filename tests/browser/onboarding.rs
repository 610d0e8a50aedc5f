//! An owner's first hour, seen through the page: from the one-time link to a test ticket that came through, and to the
//! second admin.
use baoxiu::sandbox::{ADMIN, CREW, EMILY, LI};

use crate::page::{Hand, Page};
use crate::town::Town;

stories!(in Fresh: an_owner, an_owner_in_english);

/// Address of the page with a link to the bot, as the demo prints it.
pub fn at_page(town: &Town, parameter: &str) -> String {
    format!("{}?start={parameter}", town.page())
}

/// The start parameter of a link in what the bot said.
pub fn parameter(said: &str) -> String {
    let rest = said.split("?start=").nth(1).expect("a link");
    rest.split_whitespace().next().expect("a parameter").to_owned()
}

/// The guide is where its reader looks: at the end of the chat, with its buttons.
async fn guided(page: &Page, owner: &Hand<'_>, says: &[&str], button: &str, milestone: &str) {
    owner.ends_with(says, button).await;
    page.pictures(milestone).await;
}

async fn an_owner(town: &mut Town, page: &Page) {
    town.serves();
    page.follows(&at_page(town, &town.invited().await)).await;
    let (owner, li, emily) = (page.person(ADMIN), page.person(LI), page.person(EMILY));
    page.sees("[data-testid=hint]", "周经理").await;
    page.pictures("link").await;
    owner.taps_on("[data-testid=start]", "开始").await;
    owner.hears("您现在是管理员").await;
    owner.hears("设置向导（1/5）").await;
    guided(page, &owner, &["▶ 班组群：—", "（1/5）"], "把我加进班组群", "groups").await;

    owner.taps("把我加进班组群").await;
    page.sees("[data-testid=choose-group]", "城东抢修一班").await;
    page.pictures("choose").await;
    page.taps("[data-testid=choose-group]", "城东抢修一班").await;
    let group = owner.opened("城东抢修一班").await;
    group.hears("✓ 本群已设为班组").await;
    page.pictures("bound").await;

    guided(page, &owner, &["✓ 班组群：城东抢修一班", "▶ 服务区域：385 个地区"], "添加地区", "districts").await;
    owner.taps("添加地区").await;
    owner.hears("还服务哪些地区").await;
    owner.says("黄浦区").await;
    let listed = owner.hears("✓ 已添加 1 个地区：上海市黄浦区").await;
    assert!(listed.contains("386 个地区") && listed.contains("上海市 6"), "{listed}");
    page.pictures("added").await;
    owner.taps("就是这些").await;
    owner.hears("（3/5）").await;
    guided(page, &owner, &["✓ 服务区域：386 个地区", "▶ 服务热线：—"], "设置热线", "hotline").await;

    owner.taps("设置热线").await;
    owner.hears("现在没有服务热线").await;
    page.pictures("hotline-asked").await;
    owner.says("4008001234").await;
    owner.hears("服务热线已设为 400-800-1234").await;
    owner.hears("（4/5）").await;
    guided(page, &owner, &["✓ 服务热线：400-800-1234", "▶ 测试单：—"], "发一张测试单", "trial").await;

    owner.taps("发一张测试单").await;
    owner.hears("测试单已发到班组群").await;
    page.pictures("trial-sent").await;
    let there = page.of(LI, CREW);
    let offer = there.hears("测试 TEST").await;
    assert!(offer.contains("不用上门"), "{offer}");
    page.pictures("offer").await;
    there.taps("接单").await;
    li.hears("顾客怎么称呼您").await;
    li.says("李师傅").await;
    li.hears("您的工作电话").await;
    li.says("13911112222").await;
    li.hears("不用打电话").await;
    page.pictures("claimed").await;
    owner.hears("李师傅已接单").await;
    li.taps("完成").await;
    li.hears("做了什么").await;
    li.says("测试正常").await;
    li.hears("测试完成，谢谢").await;
    page.pictures("finished").await;
    owner.hears("✓ 测试走通了").await;
    owner.hears("（5/5）").await;
    guided(page, &owner, &["✓ 测试单：已走通", "▶ 管理员：1 人"], "邀请管理员", "passed").await;

    owner.taps("以后再说").await;
    owner.hears("设置完成，可以接单了").await;
    guided(page, &owner, &["设置完成"], "班组群", "all-set").await;

    owner.says("/admins").await;
    assert!(owner.hears("管理员（1 人）").await.contains("周经理（您）"));
    owner.taps("邀请管理员").await;
    let link = parameter(&owner.hears("?start=admin_").await);
    page.pictures("invited").await;
    page.follows(&at_page(town, &link)).await;
    emily.taps_on("[data-testid=start]", "开始").await;
    emily.hears("You are an admin now").await;
    guided(page, &emily, &["✓ Hotline: 400-800-1234", "✓ Admins: 2"], "Crew", "second").await;
    owner.hears("接受您的邀请").await;
    page.pictures("joined").await;
    owner.says("/admins").await;
    owner.hears("管理员（2 人）").await;
    page.pictures("admins").await;
}

async fn an_owner_in_english(town: &mut Town, page: &Page) {
    town.serves();
    town.world.add_group(EMILYS, "East End Repairs", EMILY);
    town.world.join(EMILYS, LI);
    page.follows(&at_page(town, &town.invited().await)).await;
    let (owner, li) = (page.person(EMILY), page.person(LI));
    owner.taps_on("[data-testid=start]", "START").await;
    owner.hears("You are the admin now").await;
    owner.hears("(1/5)").await;
    guided(page, &owner, &["▶ Crew's group: —"], "Add me to the crew's group", "groups").await;
    owner.taps("Add me to the crew's group").await;
    page.taps("[data-testid=choose-group]", "East End Repairs").await;
    let group = owner.opened("East End Repairs").await;
    group.hears("✓").await;
    page.pictures("bound").await;

    guided(page, &owner, &["✓ Crew's group: East End Repairs", "▶ Districts: 385"], "Add areas", "districts").await;
    owner.taps("Add areas").await;
    owner.hears("areas").await;
    owner.says("上海市黄浦区").await;
    owner.hears("✓ Added").await;
    page.pictures("added").await;
    owner.taps("Looks good").await;
    owner.hears("(3/5)").await;
    guided(page, &owner, &["▶ Hotline: —"], "Set the hotline", "hotline").await;
    owner.taps("Later").await;
    owner.hears("(4/5)").await;
    guided(page, &owner, &["– Hotline: —", "▶ Test ticket: —"], "Send a test ticket", "trial").await;

    owner.taps("Send a test ticket").await;
    owner.hears("The test ticket is in the crew's group").await;
    let there = page.of(LI, EMILYS);
    there.hears("TEST").await;
    page.pictures("offer").await;
    there.taps("接单").await;
    li.hears("顾客怎么称呼您").await;
    li.says("李师傅").await;
    li.hears("您的工作电话").await;
    li.says("13911112222").await;
    li.hears("不用打电话").await;
    owner.hears("李师傅 has claimed it").await;
    li.taps("完成").await;
    li.hears("做了什么").await;
    li.says("测试正常").await;
    owner.hears("✓ The test has passed").await;
    owner.hears("(5/5)").await;
    guided(page, &owner, &["✓ Test ticket: passed", "▶ Admins: 1"], "Invite an admin", "passed").await;

    owner.taps("Invite an admin").await;
    let link = parameter(&owner.hears("?start=admin_").await);
    page.pictures("invited").await;
    page.follows(&at_page(town, &link)).await;
    let second = page.person(ADMIN);
    second.taps_on("[data-testid=start]", "START").await;
    second.hears("您现在是管理员").await;
    page.pictures("second").await;
    owner.hears("your invitation").await;
    owner.hears("Everything is set up").await;
    guided(page, &owner, &["✓ Admins: 2"], "Hotline", "all-set").await;
}

/// A group that Emily made.
const EMILYS: i64 = -1_001_000_000_088;
