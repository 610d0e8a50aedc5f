//! What staff ask for: figures, and what became of a ticket.
use baoxiu::sandbox::{ADMIN, CHEN, CREW, EMILY, LI, WANG};

use crate::town::Town;

stories!(figures_and_history);

async fn figures_and_history(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222"), (CHEN, "陈师傅", "13933334444")]).await;
    let (wang, group, li, admin) = (town.person(WANG), town.of(LI, CREW), town.person(LI), town.person(ADMIN));
    admin.says("/stats");
    let none = admin.hears("服务数据").await;
    assert!(none.text.contains("进行中 0 单") && !none.text.contains("半数在"), "{none}");
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    group.hears(&ticket).await;
    group.taps("接单").await;
    li.hears("您已接单").await;
    // Admins have faults at home too.
    town.reports(ADMIN, "兴城市兴海路4号 钥匙丢了 13800000009 赵先生").await;
    wang.says("门口有狗，请先打电话");
    wang.hears("已转告师傅").await;

    admin.says("/stats");
    let some = admin.hears("服务数据").await;
    for line in ["进行中 2 单，其中无人接单 1 单", "新报修：2", "已结束：0", "半数在 1 分钟内接单", "九成在 1 分钟内接单"]
    {
        assert!(some.text.contains(line), "{line}: {some}");
    }

    let number = ticket.trim_start_matches("BX-");
    admin.says(&format!("/ticket {number}"));
    let card = admin.hears("李师傅已接单").await;
    assert!(card.text.contains("兴海路3号") && card.text.contains("13800000001") && card.protect_content, "{card}");
    let story = admin.hears("的经过").await;
    assert!(story.text.contains("李师傅：接单") && story.text.contains("「门口有狗，请先打电话」"), "{story}");

    // A colleague reads what the group reads; a customer learns nothing, not even that there is such a command.
    let chen = town.person(CHEN);
    chen.says(&format!("/ticket {ticket}"));
    let story = chen.hears("的经过").await;
    assert!(story.text.contains("补充情况") && story.protect_content, "{story}");
    for secret in ["兴海路", "13800000001", "王女士", "门口有狗"] {
        assert_eq!(chen.count(secret), 0, "{secret}");
    }
    let emily = town.person(EMILY);
    for words in [&format!("/ticket {number}"), "/ticket 999", "/stats"] {
        emily.says(words);
        emily.hears("There is no such command").await;
    }
}
