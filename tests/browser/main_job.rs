//! The main job, seen through the page: report, claim, details, done; in both languages.
use baoxiu::sandbox::{CREW, EMILY, LI, WANG};

use crate::page::Page;
use crate::town::Town;

stories!(in_chinese, in_english);

async fn in_chinese(town: &mut Town, page: &Page) {
    town.opens().await;
    let (wang, group, li) = (page.person(WANG), page.of(LI, CREW), page.person(LI));
    page.sees("[data-testid=hint]", " 1 ").await;
    wang.turns().await;
    page.pictures("before").await;
    wang.taps_on("[data-testid=start]", "开始").await;
    wang.hears("这里是报修服务").await;
    page.pictures("hello").await;
    wang.taps("我要报修").await;
    wang.hears("哪里出了问题").await;
    page.pictures("faults").await;
    wang.taps("密码忘了").await;
    wang.hears("请描述一下情况").await;
    wang.says("试了三次就锁了").await;
    wang.hears("请告诉我地址").await;
    page.pictures("address").await;
    wang.says("兴城市兴海路3号2单元501").await;
    wang.hears("留一个联系电话").await;
    wang.says("13800000001 王女士").await;
    wang.hears("什么时候方便").await;
    wang.taps("尽快").await;
    let review = wang.hears("请核对").await;
    for field in ["密码忘了", "辽宁省葫芦岛市兴城市 兴海路3号2单元501", "13800000001"] {
        assert!(review.contains(field), "{field}: {review}");
    }
    page.pictures("review").await;
    wang.taps("提交报修").await;
    wang.hears("工单 BX-1001").await;
    page.pictures("submitted").await;

    let offer = group.hears("工单 BX-1001").await;
    assert!(offer.contains("138****0001") && !offer.contains("兴海路"), "{offer}");
    page.pictures("offer").await;
    group.taps("接单").await;
    // The tap leads to the private chat by itself.
    li.hears("顾客怎么称呼您").await;
    li.says("李师傅").await;
    li.hears("您的工作电话").await;
    li.says("13911112222").await;
    let details = li.hears("您已接单").await;
    assert!(details.contains("兴海路3号2单元501") && details.contains("13800000001"), "{details}");
    page.pictures("details").await;
    group.sees("李师傅已接单").await;
    wang.hears("李师傅已接单").await;

    // The visit, step by step; what a step demands is asked for there and then. Each time the card is seen to have changed
    // before the next tap: nobody hits a key that is just moving.
    li.taps("已联系顾客").await;
    li.sees("已联系顾客。").await;
    li.taps("出发").await;
    li.hears("预计多久到").await;
    li.taps("30 分钟").await;
    wang.hears("出发了").await;
    page.pictures("on-the-way").await;
    li.sees("进度：在路上").await;
    li.taps("已到").await;
    wang.hears("说已到达").await;
    li.sees("进度：已到达").await;
    li.taps("☐ 已查看物主证明").await;
    li.sees("已查看物主证明（").await;
    li.taps("开始维修").await;
    li.sees("进度：维修中").await;
    page.pictures("working").await;
    li.taps("完成").await;
    li.hears("做了什么").await;
    li.says("重设密码，测试正常").await;
    li.hears("收了多少钱").await;
    li.says("180").await;
    wang.hears("说明：重设密码，测试正常").await;
    page.pictures("done").await;
    wang.taps("已修好").await;
    wang.hears("打几分").await;
    wang.taps("5 分").await;
    wang.sees("打了 5 分").await;
    page.pictures("thanks").await;
    li.hears("顾客确认已修好").await;

    // What happened behind it all.
    page.taps("[data-testid=backstage-button]", "").await;
    page.sees("[data-testid=call][data-method=sendMessage]", "顾客确认已修好").await;
    page.pictures("log").await;
    page.taps("[data-testid=call][data-method=sendMessage] .line", "顾客确认已修好").await;
    page.sees("[data-testid=call] .whole", "message_id").await;
    page.pictures("call").await;
    page.turns_dark().await;
    page.pictures("call-dark").await;
    page.taps("[data-testid=backstage-close]", "").await;
    li.turns().await;
    page.pictures("dark").await;
}

async fn in_english(town: &mut Town, page: &Page) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let (emily, group, li) = (page.person(EMILY), page.of(LI, CREW), page.person(LI));
    emily.taps_on("[data-testid=start]", "START").await;
    emily.hears("this is the repair service").await;
    emily.taps("Report a fault").await;
    emily.hears("What is wrong?").await;
    page.pictures("faults").await;
    emily.says("my fridge is not cooling").await;
    emily.hears("Please describe it").await;
    emily.taps("Skip").await;
    emily.hears("What is the address?").await;
    emily.says("辽宁省兴城市兴海路9号").await;
    emily.hears("Which phone number can we call?").await;
    page.pictures("phone").await;
    emily.taps_on("[data-testid=reply-button]", "Share my number").await;
    page.pictures("share").await;
    page.taps("[data-testid=own-phone]", "+8613800000002").await;
    emily.hears("When would suit you?").await;
    emily.says("tomorrow").await;
    let review = emily.hears("Please check:").await;
    assert!(review.contains("Appliance not working") && review.contains("Tomorrow"), "{review}");
    page.pictures("review").await;
    emily.taps("Submit").await;
    emily.hears("Ticket BX-1001").await;

    group.hears("家电不工作").await;
    group.taps("接单").await;
    li.hears("您已接单").await;
    page.pictures("details").await;
    emily.hears("李师傅 has taken your job").await;
    li.taps("完成").await;
    li.hears("做了什么").await;
    li.says("更换温控器").await;
    li.hears("收了多少钱").await;
    li.says("0").await;
    emily.hears("Note: 更换温控器").await;
    emily.taps("It is fixed").await;
    emily.hears("5 is best").await;
    page.pictures("thanks").await;
}
