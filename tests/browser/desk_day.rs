//! A day at the service desk, seen through the page: a caller, an appointment with its calendar file, a price, a recording, and
//! the list of the morning.
use baoxiu::sandbox::{ADMIN, CREW, LI, WANG};

use crate::onboarding::{at_page, parameter};
use crate::page::Page;
use crate::town::Town;

stories!(from_call_to_rating);

async fn from_call_to_rating(town: &mut Town, page: &Page) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let (wang, group, li, admin) = (page.person(WANG), page.of(LI, CREW), page.person(LI), page.person(ADMIN));

    // Somebody phones; the dispatcher writes all of it in one line.
    admin.says("/call 漏水 兴城市温泉街8号 13987654321 赵先生").await;
    admin.hears("顾客什么时候方便").await;
    admin.taps("尽快").await;
    let review = admin.hears("请和顾客核对").await;
    for field in ["漏水", "温泉街8号", "13987654321", "赵先生"] {
        assert!(review.contains(field), "{field}: {review}");
    }
    admin.taps("提交报修").await;
    admin.hears("请告诉顾客").await;
    admin.taps("给顾客的链接").await;
    let link = admin.hears("谁打开，谁就是这张单的顾客").await;
    assert!(link.contains("start=join_1001_"), "{link}");
    page.pictures("caller").await;

    // The customer opens the link: from then on they are a customer like any other.
    page.follows(&at_page(town, &parameter(&link))).await;
    wang.taps_on("[data-testid=start]", "开始").await;
    wang.hears("这是您的工单 BX-1001").await;
    wang.sees("温泉街8号").await;
    page.pictures("joined").await;

    // The appointment.
    group.hears("工单 BX-1001").await;
    group.taps("接单").await;
    li.hears("您已接单").await;
    li.taps("约时间").await;
    li.hears("什么时候能上门").await;
    li.says("明天9-11点，后天下午2点到4点").await;
    wang.hears("请选一个").await;
    page.pictures("offered").await;
    // The label begins with the date.
    let shown = town.person(WANG).shown();
    let label = shown.iter().rev().flat_map(|m| m.inline.iter().flatten()).map(|b| &b.text).find(|t| t.ends_with("09:00–11:00"));
    wang.taps(label.expect("a button for each time")).await;
    wang.sees("约定上门").await;
    li.hears("09:00–11:00").await;
    page.pictures("agreed").await;

    // The price.
    li.sees("约定上门：").await;
    li.taps("报价").await;
    li.hears("多少钱").await;
    li.says("工时150 配件80 上门50").await;
    li.hears("包含").await;
    li.says("进口密封圈，保修一年").await;
    let quote = wang.hears("¥280").await;
    assert!(quote.contains("¥150") && quote.contains("进口密封圈"), "{quote}");
    page.pictures("quote").await;
    wang.taps("接受").await;
    li.hears("接受").await;

    // The recording.
    wang.sees("，您已接受").await;
    wang.taps("维修录像").await;
    wang.hears("SHA-256").await;
    page.pictures("recording-asked").await;
    wang.taps("同意并请对方确认").await;
    li.hears("顾客希望把维修过程录下来").await;
    li.taps("同意录像").await;
    wang.hears("录像开始").await;
    town.world.send_photo(LI, LI, None, "");
    li.hears("已记录，共 1 个文件").await;
    wang.taps("录像中（1）").await;
    wang.hears("正在录像").await;
    wang.taps("维修记录（1）").await;
    wang.hears("的维修记录").await;
    page.pictures("recorded").await;

    // Done, at the price that was said.
    li.taps("完成").await;
    li.hears("做了什么").await;
    li.says("换了密封圈，试压不漏").await;
    li.hears("收了多少钱").await;
    li.taps("按报价 ¥280").await;
    let done = wang.hears("师傅说已经完成").await;
    assert!(done.contains("¥280"), "{done}");
    page.pictures("done").await;
    wang.taps("已修好").await;
    wang.hears("打几分").await;
    wang.taps("5 分").await;

    // The same fault again, and what there is to look after.
    wang.says("漏水 兴城市温泉街8号 13987654321").await;
    wang.hears("什么时候方便").await;
    wang.taps("今天").await;
    wang.hears("请核对").await;
    wang.taps("提交报修").await;
    wang.hears("工单 BX-1002").await;
    admin.says("/today").await;
    let list = admin.hears("要跟进的工单").await;
    assert!(list.contains("今天上门") && list.contains("BX-1002"), "{list}");
    admin.says("/ticket 1001").await;
    let history = admin.hears("BX-1001 的经过").await;
    assert!(history.contains("¥280") && history.contains("加入 Telegram"), "{history}");
    page.pictures("desk").await;
}
