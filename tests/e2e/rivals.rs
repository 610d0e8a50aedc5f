//! Who wins, who may, and what becomes of a job when somebody goes.
use baoxiu::sandbox::{ADMIN, CHEN, CREW, EMILY, LI, WANG};

use crate::people::PATIENCE;
use crate::town::Town;

stories!(
    two_tap_at_the_same_moment,
    a_stranger_cannot_claim,
    whoever_leaves_the_group_loses_the_job,
    what_is_not_served_goes_to_the_desk,
    a_group_that_moves_takes_its_jobs_along,
    a_customer_who_blocks_the_bot,
);

const HANDS: [(i64, &str, &str); 2] = [(LI, "李师傅", "13911112222"), (CHEN, "陈师傅", "13933334444")];

async fn two_tap_at_the_same_moment(town: &mut Town) {
    town.opens().await;
    town.knows(&HANDS).await;
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    let (li, chen) = (town.of(LI, CREW), town.of(CHEN, CREW));
    li.hears(&ticket).await;
    let taps = [li.presses("接单").await, chen.presses("接单").await];
    let mut toasts = Vec::new();
    for tap in taps {
        toasts.push(town.world.wait_for_toast(&tap, PATIENCE).await.expect("both taps are answered"));
    }
    let won = toasts.iter().filter(|t| t.text.contains("接单成功")).count();
    let lost: Vec<_> = toasts.iter().filter(|t| t.text.contains("接走")).collect();
    assert_eq!((won, lost.len()), (1, 1), "{toasts:?}");
    assert!(lost[0].text.contains("师傅在"), "the loser is told who has it: {lost:?}");
    li.sees("师傅已接单").await;
    let told = town.person(WANG).hears("已接单，会尽快联系您").await;
    let (winner, loser) = if told.text.contains("李师傅") { (LI, CHEN) } else { (CHEN, LI) };
    town.person(winner).hears("兴海路3号").await;
    assert_eq!(town.person(loser).count("兴海路3号"), 0);
    assert_eq!(town.person(WANG).count("会尽快联系您"), 1);
}

async fn a_stranger_cannot_claim(town: &mut Town) {
    town.opens().await;
    town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    let group = town.of(LI, CREW);
    let offer = group.hears("BX-1001").await;
    // Not a member: neither a forged tap nor the start link gives the job or anything about it.
    let tap = town.world.press(EMILY, CREW, offer.id, "t1:claim:1001");
    let toast = town.world.wait_for_toast(&tap, PATIENCE).await.unwrap();
    assert!(toast.text.contains("Only members"), "{toast:?}");
    let emily = town.person(EMILY);
    town.world.start(EMILY, Some("claim_1001"));
    emily.hears("Only members").await;
    for forged in
        ["t1:done:1001", "t1:release:1001", "t1:media:1001", "t1:confirm:1001", "t1:phone:1001", "t1:hand:1001", "t1:close:1001"]
    {
        let tap = town.world.press(EMILY, EMILY, 1, forged);
        let toast = town.world.wait_for_toast(&tap, PATIENCE).await.unwrap();
        assert!(toast.text.contains("no longer works"), "{forged}: {toast:?}");
    }
    assert_eq!(emily.count("兴海路"), 0);
}

async fn whoever_leaves_the_group_loses_the_job(town: &mut Town) {
    town.opens().await;
    town.knows(&HANDS).await;
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    let (group, li, chen) = (town.of(CHEN, CREW), town.person(LI), town.person(CHEN));
    group.hears(&ticket).await;
    town.of(LI, CREW).taps("接单").await;
    li.hears("您已接单").await;
    town.world.leave(CREW, LI);
    li.sees("您已离开班组群").await;
    li.sees_no_more("兴海路3号").await;
    group.hears("被李师傅退回").await;
    town.person(WANG).hears("要换一位师傅").await;
    let toast = group.taps("接单").await;
    assert!(toast.text.contains("接单成功"), "{toast:?}");
    chen.hears("兴海路3号").await;
}

async fn what_is_not_served_goes_to_the_desk(town: &mut Town) {
    town.opens().await;
    town.knows(&HANDS).await;
    let admin = town.person(ADMIN);
    let ticket = town.reports(WANG, "湖北省武汉市江岸区沿江大道1号 密码忘了 13800000001 王女士").await;
    town.person(WANG).sees("这里目前不在我们的服务区域").await;
    let card = admin.hears(&ticket).await;
    for field in ["不在服务区域内", "沿江大道1号", "13800000001", "王女士"] {
        assert!(card.text.contains(field), "{field}: {card}");
    }
    let group = town.of(LI, CREW);
    assert_eq!(group.count(&ticket), 0, "no crew is offered what is not served");

    admin.taps("答复顾客").await;
    admin.hears("写给顾客的话").await;
    admin.says("我们请武汉的同行联系您");
    town.person(WANG).hears("我们请武汉的同行联系您").await;

    admin.taps("转给班组").await;
    admin.hears("转给哪个班组").await;
    admin.taps("城东抢修一班").await;
    admin.sees("已转给城东抢修一班").await;
    group.hears(&ticket).await;
    group.taps("接单").await;
    town.person(LI).hears("沿江大道1号").await;
    town.person(WANG).hears("李师傅已接单").await;
}

async fn a_group_that_moves_takes_its_jobs_along(town: &mut Town) {
    const NEW: i64 = -1_009_999_999_999;
    town.opens().await;
    town.knows(&HANDS).await;
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    town.of(LI, CREW).hears(&ticket).await;
    town.world.migrate(CREW, NEW, ADMIN);
    let group = town.of(LI, NEW);
    let offer = group.hears(&ticket).await;
    assert!(offer.text.contains("待接单"), "{offer}");
    let toast = group.taps("接单").await;
    assert!(toast.text.contains("接单成功"), "{toast:?}");
    group.sees("李师傅已接单").await;
    assert_eq!(group.count(&ticket), 1, "one card in the new group");
    // New reports go to the new group.
    let next = town.reports(EMILY_IN_CHINESE, "兴城市兴海路4号 钥匙丢了 13800000009 赵先生").await;
    group.hears(&next).await;
}

/// A person of the demo who speaks Chinese and is no technician here.
const EMILY_IN_CHINESE: i64 = ADMIN;

async fn a_customer_who_blocks_the_bot(town: &mut Town) {
    town.opens().await;
    town.knows(&HANDS).await;
    let wang = town.person(WANG);
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    let (group, li) = (town.of(LI, CREW), town.person(LI));
    group.hears(&ticket).await;
    town.world.block(WANG);
    let before = wang.shown().len();
    // The crew goes on as if nothing had happened.
    group.taps("接单").await;
    li.hears("您已接单").await;
    crate::opens_and_finishes(&li, "重设密码").await;
    li.hears("已请顾客确认").await;
    town.until("the person is unreachable", |reachable| !reachable).await;
    assert_eq!(wang.shown().len(), before);
    // Back again: /start makes them reachable, and what they ask for is answered.
    town.world.start(WANG, None);
    wang.hears("这里是报修服务").await;
    town.until("the person is reachable", |reachable| reachable).await;
    wang.says("/status");
    wang.hears("师傅已完成，说明：重设密码").await;
    wang.taps("已修好").await;
    li.hears("顾客确认已修好").await;
}
