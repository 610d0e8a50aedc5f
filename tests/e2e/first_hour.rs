//! An owner's first hour, and what can happen to groups in it and later.
use std::time::Duration;

use baoxiu::sandbox::{ADMIN, BOT_USERNAME, CHEN, CREW, ChatMessage, EMILY, LI, WANG};
use baoxiu::store::ticket;
use sqlx::Row;

use crate::people::PATIENCE;
use crate::town::Town;

stories!(
    from_the_link_to_the_first_ticket,
    two_open_the_link_at_once,
    two_admins_leave_at_once,
    a_menu_shows_what_its_reader_can_use,
    groups_become_supergroups,
    the_bot_is_thrown_out,
    the_bot_is_no_administrator_any_more,
);

/// A group that the bot has not been in yet.
const GROUP: i64 = -1_001_000_000_077;
const DESK: i64 = -1_001_000_000_078;

/// Starts the bot without an admin; gives the start parameter of the link that it prints.
async fn opens_new(town: &mut Town) -> String {
    town.settings.admins.clear();
    town.settings.hotline = None;
    town.serves();
    town.invited().await
}

fn menu(town: &Town, person: i64) -> Vec<String> {
    town.world.menu(person, person).into_iter().map(|(name, _)| name).collect()
}

async fn until_menu(town: &Town, person: i64, name: &str, there: bool) {
    until_menu_right(town, person, &format!("/{name} {there}"), || menu(town, person).iter().any(|n| n == name) == there).await;
}

async fn until_described(town: &Town, person: i64, description: &str) {
    let right = || town.world.menu(person, person).iter().any(|(_, words)| words == description);
    until_menu_right(town, person, description, right).await;
}

async fn until_menu_right(town: &Town, person: i64, what: &str, right: impl Fn() -> bool) {
    let right = || Some(()).filter(|()| right());
    town.world.wait(PATIENCE, right).await.unwrap_or_else(|| panic!("{what} for {person}: {:?}", menu(town, person)));
}

async fn from_the_link_to_the_first_ticket(town: &mut Town) {
    let link = opens_new(town).await;
    let (owner, wang, li) = (town.person(ADMIN), town.person(WANG), town.person(LI));
    town.world.start(ADMIN, Some(&link));
    owner.hears("您现在是管理员").await;
    owner.hears("设置向导（1/5）").await;
    // The code is dead.
    town.world.start(WANG, Some(&link));
    wang.hears("这个链接已用过或已过期").await;
    wang.hears("这里是报修服务").await;

    // The group, by the button: the bot comes in as an administrator, then Telegram sends this.
    town.world.add_group(GROUP, "城西抢修班", ADMIN);
    town.world.join(GROUP, LI);
    town.world.add_bot(GROUP, ADMIN, true);
    let group = town.of(LI, GROUP);
    town.of(ADMIN, GROUP).says(&format!("/start@{BOT_USERNAME} bind"));
    group.hears("✓ 本群已设为班组").await;
    owner.sees("班组群：城西抢修班").await;
    assert_eq!(group.count("在这里发送 /bind"), 0, "what was just done is not asked for");

    // Districts: what is added is served at once, without a restart.
    wang.says("上海市黄浦区人民大道200号 密码忘了 13800000001");
    wang.hears("目前不在我们的服务区域").await;
    wang.says("/cancel");
    wang.hears("已放弃").await;
    owner.taps("添加地区").await;
    owner.hears("还服务哪些地区").await;
    owner.says("黄浦区");
    owner.hears("✓ 已添加 1 个地区：上海市黄浦区").await;
    wang.says("上海市黄浦区人民大道200号 密码忘了 13800000001");
    wang.hears("在我们的服务区域内").await;
    wang.says("/cancel");
    wang.hears("已放弃").await;
    owner.taps("就是这些").await;
    owner.sees("（3/5）").await;

    // The hotline: shown at once, to everybody.
    owner.taps("设置热线").await;
    owner.hears("现在没有服务热线").await;
    owner.says("4008001234");
    owner.hears("服务热线已设为 400-800-1234").await;
    wang.says("/start");
    wang.hears("服务热线：400-800-1234").await;

    // The test: real to the end, then gone.
    owner.taps("发一张测试单").await;
    owner.hears("测试 TEST").await;
    group.hears("测试 TEST").await;
    town.world.start(LI, None);
    li.hears("这里是报修服务").await;
    group.taps("接单").await;
    li.hears("怎么称呼您").await;
    li.says("李师傅");
    li.hears("您的工作电话").await;
    li.says("13911112222");
    li.hears("测试 TEST").await;
    owner.hears("李师傅已接单").await;
    li.taps("完成").await;
    li.hears("做了什么").await;
    li.says("正常");
    li.hears("测试完成").await;
    owner.hears("✓ 测试走通了").await;
    for one in [&owner, &li, &group] {
        one.sees_no_more("测试 TEST").await;
    }
    nothing_is_left_of(town, 1001).await;
    owner.hears("（5/5）").await;

    // Another admin, by a link of a day.
    let emily = town.person(EMILY);
    owner.taps("邀请管理员").await;
    let invitation = owner.hears("?start=admin_").await;
    let link = invitation.text.split("?start=").nth(1).unwrap().trim().to_owned();
    town.world.start(EMILY, Some(&link));
    emily.hears("You are an admin now").await;
    owner.hears("成了管理员").await;

    // After a restart everything is as it was, and there is no new link.
    town.stops().await;
    town.serves();
    owner.says("/setup");
    let card = owner.hears("设置完成").await;
    for state in
        ["✓ 班组群：城西抢修班", "✓ 服务区域：386 个地区", "✓ 服务热线：400-800-1234", "✓ 测试单：已走通", "✓ 管理员：2 人"]
    {
        assert!(card.text.contains(state), "{state}: {card}");
    }
    assert_eq!(town.link(), None);
    town.reports(WANG, "上海市黄浦区人民大道200号 密码忘了 13800000001 王女士").await;
    group.hears("BX-1002").await;
}

async fn nothing_is_left_of(town: &Town, number: i64) {
    let db = town.db().await;
    let mut conn = db.read().await.unwrap();
    assert_eq!(ticket::read(&mut conn, db.sealer(), number).await.unwrap(), None);
    for count in [
        "SELECT COUNT(*) FROM ticket_event WHERE ticket = 1001",
        "SELECT COUNT(*) FROM card WHERE ticket = 1001",
        "SELECT COUNT(*) FROM task WHERE name LIKE 'promise%'",
    ] {
        // What was taken back is written down a moment later.
        let mut left = 1;
        for _ in 0..200 {
            left = sqlx::query(count).fetch_one(&mut *conn).await.unwrap().get::<i64, _>(0);
            if left == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(left, 0, "{count}");
    }
    drop(conn);
    db.close().await;
}

async fn two_open_the_link_at_once(town: &mut Town) {
    let link = opens_new(town).await;
    let people = [WANG, LI, CHEN, ADMIN];
    // While the bot is away, so that all of them come in one batch, side by side.
    town.stops().await;
    let old = link;
    town.serves();
    let link = town.invited().await;
    assert_ne!(old, link, "a link of an earlier start is dead");
    for one in people {
        town.world.start(one, Some(&link));
    }
    let mut admins = 0;
    for one in people {
        let heard = |m: &ChatMessage| m.from_bot && (m.text.contains("您现在是管理员") || m.text.contains("链接已用过"));
        let all = town.person(one).expects("yes or no", |all| all.iter().any(heard)).await;
        admins += all.iter().filter(|m| m.text.contains("您现在是管理员")).count();
    }
    assert_eq!(admins, 1);
}

async fn two_admins_leave_at_once(town: &mut Town) {
    let link = opens_new(town).await;
    let (one, other) = (town.person(ADMIN), town.person(WANG));
    town.world.start(ADMIN, Some(&link));
    one.hears("（1/5）").await;
    one.says("/admins");
    one.hears("管理员（1 人）").await;
    one.taps("邀请管理员").await;
    let link = one.hears("?start=admin_").await.text.split("?start=").nth(1).unwrap().trim().to_owned();
    town.world.start(WANG, Some(&link));
    other.hears("您现在是管理员").await;
    // Written while nobody was there: both come in one batch and are handled side by side.
    town.stops().await;
    for (who, card) in [(ADMIN, one.shown()), (WANG, other.shown())] {
        town.world.press(who, who, card.last().map_or(1, |m| m.id), &format!("s1:dismiss:{who}"));
    }
    town.serves();
    let gone = || Some(()).filter(|()| one.count("您不再是管理员了") + other.count("您不再是管理员了") > 0);
    town.world.wait(PATIENCE, gone).await.expect("one is removed");
    tokio::time::sleep(Duration::from_millis(500)).await;
    let db = town.db().await;
    let admins = baoxiu::store::person::admins(&mut db.read().await.unwrap()).await.unwrap();
    assert_eq!(admins.len(), 1, "{admins:?}");
    db.close().await;
}

async fn a_menu_shows_what_its_reader_can_use(town: &mut Town) {
    let link = opens_new(town).await;
    let (owner, emily) = (town.person(ADMIN), town.person(EMILY));
    town.world.start(EMILY, None);
    emily.hears("this is the repair service").await;
    until_menu(town, EMILY, "report", true).await;
    assert!(!menu(town, EMILY).iter().any(|name| name == "setup"));
    assert_eq!(town.world.menu(CREW, ADMIN).into_iter().map(|(name, _)| name).collect::<Vec<_>>(), ["help"]);
    town.world.start(ADMIN, Some(&link));
    for name in ["report", "setup", "districts", "hotline", "admins"] {
        until_menu(town, ADMIN, name, true).await;
    }
    until_described(town, ADMIN, "设置向导").await;
    owner.hears("（1/5）").await;
    owner.says("/admins");
    owner.taps("邀请管理员").await;
    let link = owner.hears("?start=admin_").await.text.split("?start=").nth(1).unwrap().trim().to_owned();
    town.world.start(EMILY, Some(&link));
    until_menu(town, EMILY, "setup", true).await;
    until_described(town, EMILY, "Set up the service").await;
    // Whoever is removed sees what everybody sees, also if they say nothing.
    owner.says("/admins");
    owner.taps(&format!("移除 {EMILY}")).await;
    owner.taps("确定移除").await;
    emily.hears("You are no longer an admin").await;
    until_menu(town, EMILY, "setup", false).await;
    assert!(menu(town, EMILY).iter().any(|name| name == "report"));
}

async fn groups_become_supergroups(town: &mut Town) {
    let (new_crew, new_desk) = (-1_001_000_000_177, -1_001_000_000_178);
    town.settings.admins = vec![ADMIN];
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    town.serves();
    town.world.start(ADMIN, None);
    for (chat, title, bind) in [(GROUP, "城西抢修班", "/bind"), (DESK, "调度群", "/bind desk")] {
        town.world.add_group(chat, title, ADMIN);
        town.world.join(chat, LI);
        town.world.add_bot(chat, ADMIN, true);
        let there = town.of(ADMIN, chat);
        there.says(bind);
        there.hears("✓").await;
    }
    let li = town.person(LI);
    let taken = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    town.of(LI, GROUP).hears(&taken).await;
    town.of(LI, GROUP).taps("接单").await;
    li.hears("您已接单").await;
    let open = town.reports(WANG, "兴城市兴海路5号 钥匙断了 13800000001 王女士").await;
    town.of(LI, GROUP).hears(&open).await;
    let far = town.reports(CHEN, "西藏拉萨市城关区北京中路1号 密码忘了 13800000002 王女士").await;
    town.of(ADMIN, DESK).hears(&far).await;

    town.world.migrate(GROUP, new_crew, ADMIN);
    town.world.migrate(DESK, new_desk, ADMIN);
    // The cards come anew, with buttons that work.
    let (crew, desk) = (town.of(LI, new_crew), town.of(ADMIN, new_desk));
    crew.sees(&taken).await;
    crew.sees(&open).await;
    crew.taps("接单").await;
    li.hears(&open).await;
    let card = desk.sees(&far).await;
    assert!(card.text.contains("北京中路1号"), "{card}");
    desk.taps("转给班组").await;
    desk.taps("城西抢修班").await;
    crew.hears(&far).await;
}

async fn the_bot_is_thrown_out(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let (group, li, admin) = (town.of(LI, CREW), town.person(LI), town.person(ADMIN));
    let claimed = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    group.hears(&claimed).await;
    group.taps("接单").await;
    li.hears("您已接单").await;
    let open = town.reports(WANG, "兴城市兴海路5号 钥匙断了 13800000001 王女士").await;
    group.hears(&open).await;
    town.world.remove_bot(CREW, ADMIN);
    // The admins are the desk here: they are told, and have the open ticket.
    admin.hears(&format!("工单 {open}")).await;
    admin.hears("我已被移出「城东抢修一班」").await;
    assert_eq!(admin.count(&claimed), 0, "what somebody has stays with them");
    crate::opens_and_finishes(&li, "换了锁芯").await;
    li.hears("已完成，已请顾客确认").await;
    town.person(WANG).hears("师傅说已经完成").await;
    // Taken in again and bound again, the group is a crew as before.
    town.world.add_bot(CREW, ADMIN, true);
    let there = town.of(ADMIN, CREW);
    let twice = |all: &[ChatMessage], words: &str| all.iter().filter(|m| m.from_bot && m.text.contains(words)).count() == 2;
    there.hears("在这里发送 /bind").await;
    there.says("/bind");
    there.expects("bound again", |all| twice(all, "✓ 本群已设为班组")).await;
    admin.taps("转给班组").await;
    admin.taps("城东抢修一班").await;
    group.hears(&open).await;
}

async fn the_bot_is_no_administrator_any_more(town: &mut Town) {
    town.opens().await;
    let (group, admin) = (town.of(ADMIN, CREW), town.person(ADMIN));
    town.world.promote(CREW, baoxiu::sandbox::BOT_ID, ADMIN, false);
    group.hears("请先在群设置里把我设为管理员").await;
    admin.hears("我在「城东抢修一班」不再是管理员").await;
    group.says("/bind");
    group.hears("请先在群设置里把我设为管理员").await;
    town.world.promote(CREW, baoxiu::sandbox::BOT_ID, ADMIN, true);
    group.says("/bind");
    group.hears("✓").await;
}
