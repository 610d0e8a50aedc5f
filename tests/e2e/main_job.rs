//! The main job: report, claim, details, done; in both languages.
use baoxiu::sandbox::{BOT_USERNAME, CHEN, CREW, ChatMessage, EMILY, LI, WANG};

use crate::town::Town;

stories!(in_chinese, in_english, not_fixed, the_map_is_taken_away, an_older_card_is_taken_away);

/// The map stands in the private chat only as long as the job does.
async fn the_map_is_taken_away(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let (wang, group, li) = (town.person(WANG), town.of(LI, CREW), town.person(LI));
    wang.says("密码忘了 13800000001 王女士");
    wang.hears("请描述一下情况").await;
    wang.taps("跳过").await;
    wang.hears("请告诉我地址").await;
    town.world.share_location(WANG, WANG, 40.6098, 120.7290);
    wang.hears("请写下完整地址").await;
    wang.says("兴城市兴海路3号2单元501");
    wang.hears("什么时候方便").await;
    wang.taps("尽快").await;
    wang.hears("请核对").await;
    wang.taps("提交报修").await;
    let ticket = wang.hears("工单 BX-").await;
    assert!(ticket.text.contains("BX-1001"), "{ticket}");
    group.hears("BX-1001").await;
    group.taps("接单").await;
    li.hears("您已接单").await;
    // Twice: the second map takes the place of the first.
    for _ in 0..2 {
        li.taps("看位置").await;
    }
    let maps = |all: &[ChatMessage]| all.iter().filter(|m| m.media == Some("location")).count();
    li.expects("the map, once", |all| maps(all) == 1).await;
    li.taps("退回").await;
    li.taps("太远").await;
    li.sees("工单 BX-1001 已退回").await;
    li.expects("no map", |all| maps(all) == 0).await;
}

/// A card that was shown again further down leaves no copy with street and phone behind.
async fn an_older_card_is_taken_away(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    let (group, li) = (town.of(LI, CREW), town.person(LI));
    group.hears("BX-1001").await;
    group.taps("接单").await;
    let first = li.hears("您已接单").await;
    li.says("/status");
    let second = li.hears("兴海路3号").await;
    assert!(second.id > first.id, "{second}");
    li.expects("one card", |all| all.iter().filter(|m| m.from_bot && m.words().contains("兴海路3号")).count() == 1).await;
    li.taps("退回").await;
    li.taps("太远").await;
    li.sees("工单 BX-1001 已退回").await;
    li.sees_no_more("兴海路").await;
    li.sees_no_more("13800000001").await;
}

async fn in_chinese(town: &mut Town) {
    town.opens().await;
    let (wang, group) = (town.person(WANG), town.of(LI, CREW));

    wang.says("/start");
    wang.hears("这里是报修服务").await;
    wang.taps("我要报修").await;
    wang.hears("哪里出了问题").await;
    wang.taps("密码忘了").await;
    wang.hears("请描述一下情况").await;
    town.world.send_photo(WANG, WANG, None, "试了三次就锁了");
    wang.hears("已收到 1 个文件").await;
    wang.taps("发完了").await;
    wang.hears("请告诉我地址").await;
    wang.says("兴城市兴海路3号2单元501");
    wang.hears("留一个联系电话").await;
    wang.says("138 0000 0001 王女士");
    wang.hears("什么时候方便").await;
    wang.taps("尽快").await;
    let review = wang.hears("请核对").await;
    for field in ["密码忘了", "试了三次就锁了", "辽宁省葫芦岛市兴城市 兴海路3号2单元501", "13800000001", "王女士"]
    {
        assert!(review.text.contains(field), "{field}: {review}");
    }
    wang.taps("提交报修").await;
    let card = wang.hears("工单 BX-1001").await;
    assert!(card.text.contains("等待接单") && card.text.contains("最晚"), "{card}");

    // The crew sees district, fault, masked phone and the number of files; nothing else.
    let offer = group.hears("工单 BX-1001").await;
    for field in ["密码忘了", "辽宁省葫芦岛市兴城市", "138****0001", "照片和文件：1", "承诺响应"] {
        assert!(offer.text.contains(field), "{field}: {offer}");
    }

    // The first claim leads to the private chat, asks for name and phone, and completes there.
    let toast = group.taps("接单").await;
    assert_eq!(toast.url, Some(format!("https://t.me/{BOT_USERNAME}?start=claim_1001")), "{toast:?}");
    let li = town.person(LI);
    town.world.start(LI, Some("claim_1001"));
    li.hears("顾客怎么称呼您").await;
    li.says("李师傅");
    li.hears("您的工作电话").await;
    li.says("13911112222");
    li.hears("已登记").await;
    let details = li.hears("您已接单").await;
    for field in ["兴海路3号2单元501", "13800000001", "王女士", "试了三次就锁了"] {
        assert!(details.text.contains(field), "{field}: {details}");
    }
    assert!(details.protect_content, "{details}");
    group.sees("李师傅已接单").await;
    wang.hears("李师傅已接单，会尽快联系您，电话 13911112222").await;
    wang.sees("状态：李师傅已接单").await;

    // Files come on a tap, protected.
    assert!(li.shown().iter().all(|m| m.media.is_none()));
    li.taps("看照片和文件").await;
    let files = li.expects("the photo", |all| all.iter().any(|m| m.media == Some("photo"))).await;
    assert!(files.iter().filter(|m| m.media.is_some()).all(|m| m.protect_content));

    // Released: the private card is blanked, the photo taken away, the job offered again.
    li.taps("退回").await;
    li.taps("太远").await;
    li.sees("工单 BX-1001 已退回").await;
    li.sees_no_more("兴海路3号").await;
    li.expects("no photo", |all| all.iter().all(|m| m.media.is_none())).await;
    group.hears("工单 BX-1001 被李师傅退回").await;
    wang.hears("要换一位师傅").await;

    // Another technician has started the bot before; the tap leads straight to the registration.
    let chen = town.person(CHEN);
    chen.says("/start");
    chen.hears("这里是报修服务").await;
    let toast = town.of(CHEN, CREW).taps("接单").await;
    assert!(toast.text.contains("请到私聊里登记"), "{toast:?}");
    chen.hears("顾客怎么称呼您").await;
    chen.says("陈师傅");
    chen.hears("您的工作电话").await;
    chen.says("13933334444");
    chen.hears("您已接单").await;
    wang.hears("陈师傅已接单").await;

    chen.taps("已查看物主证明").await;
    chen.taps("完成").await;
    chen.hears("做了什么").await;
    chen.says("重设密码，测试正常");
    chen.hears("收了多少钱").await;
    chen.taps("没收费").await;
    chen.hears("已完成，已请顾客确认").await;
    wang.hears("说明：重设密码，测试正常").await;
    wang.taps("已修好").await;
    wang.hears("谢谢").await;
    wang.sees("状态：已办结").await;
    chen.hears("顾客确认已修好").await;
    group.sees("状态：已办结").await;

    for message in town.world.messages(CREW) {
        for secret in ["兴海路", "501", "王女士", "0000 0001", "13800000001", "试了三次"] {
            assert!(!message.words().contains(secret), "the group was shown {secret}: {message}");
        }
    }
}

async fn in_english(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let (emily, group, li) = (town.person(EMILY), town.of(LI, CREW), town.person(LI));

    emily.says("/start");
    emily.hears("this is the repair service").await;
    emily.taps("Report a fault").await;
    emily.hears("What is wrong?").await;
    emily.says("my fridge is not cooling");
    emily.hears("Please describe it").await;
    emily.taps("Skip").await;
    emily.hears("What is the address?").await;
    emily.says("辽宁省兴城市兴海路9号");
    emily.hears("Which phone number can we call?").await;
    town.world.share_contact(EMILY, EMILY, "+8613800000002", true);
    emily.hears("When would suit you?").await;
    emily.says("tomorrow");
    let review = emily.hears("Please check:").await;
    assert!(review.text.contains("Appliance not working") && review.text.contains("Tomorrow"), "{review}");
    emily.taps("Submit").await;
    emily.hears("Ticket BX-1001").await;

    // The crew speaks Chinese.
    let offer = group.hears("工单 BX-1001").await;
    assert!(offer.text.contains("家电不工作") && offer.text.contains("日（周"), "{offer}");
    let toast = group.taps("接单").await;
    assert!(toast.text.contains("接单成功"), "{toast:?}");
    li.hears("您已接单").await;
    emily.hears("李师傅 has taken your job").await;
    li.taps("完成").await;
    li.hears("做了什么").await;
    li.says("更换温控器");
    li.hears("收了多少钱").await;
    li.taps("没收费").await;
    emily.hears("Note: 更换温控器").await;
    emily.taps("It is fixed").await;
    emily.sees("Status: closed").await;
    li.hears("顾客确认已修好").await;
    assert!(town.world.messages(CREW).iter().all(|m| !m.words().contains("兴海路")));
}

async fn not_fixed(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let (wang, group, li) = (town.person(WANG), town.of(LI, CREW), town.person(LI));
    let ticket = town.reports(WANG, "兴城市兴海路3号 钥匙丢了 13800000001 王女士").await;
    group.hears(&ticket).await;
    group.taps("接单").await;
    li.hears("您已接单").await;
    li.taps("已查看物主证明").await;
    li.taps("完成").await;
    li.hears("做了什么").await;
    li.says("换了锁芯");
    li.hears("收了多少钱").await;
    li.taps("没收费").await;
    wang.hears("修好了吗").await;
    wang.taps("还没修好").await;
    wang.hears("还有什么问题").await;
    wang.says("新钥匙还是拧不动");
    wang.hears("已重新打开").await;
    li.hears("顾客说还没修好").await;
    li.sees("新钥匙还是拧不动").await;
    li.sees("兴海路3号").await;
    li.taps("已查看物主证明").await;
    li.taps("完成").await;
    li.hears("做了什么").await;
    li.says("重新装锁芯");
    li.hears("收了多少钱").await;
    li.taps("没收费").await;
    wang.hears("重新装锁芯").await;
    wang.taps("已修好").await;
    wang.sees("状态：已办结").await;
}
