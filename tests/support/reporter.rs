//! A customer who reports a fault and waits, however long the bot is away.
use std::time::Duration;

use baoxiu::sandbox::World;

const ADDRESSES: [&str; 4] =
    ["辽宁省葫芦岛市兴城市兴海路", "陕西省延安市延长县东街", "广东省佛山市南海区桂澜路", "湖北省荆州市洪湖市宏伟路"];

enum Does {
    Says(String),
    Taps(&'static str),
}
use Does::{Says, Taps};

/// Plays a report to the end: until the card with the ticket's number is there.
pub async fn reports(world: &World, id: i64, n: i64) {
    for (reads, does) in script(n) {
        sees(world, id, reads).await;
        match does {
            Says(words) => {
                world.say(id, id, &words);
            }
            Taps(label) => {
                // The words and their buttons come in one message.
                world.press_label(id, id, label).expect("the button is there");
            }
        }
    }
    sees(world, id, "工单 BX-").await;
}

/// Waits for a message of the bot's with these words; the empty text is there from the beginning.
async fn sees(world: &World, id: i64, words: &str) {
    let there = |m: &baoxiu::sandbox::ChatMessage| m.from_bot && m.words().contains(words);
    while !words.is_empty() && world.wait_for(id, Duration::from_secs(10), |all| all.iter().any(there)).await.is_err() {
        // The bot is away. Nobody writes twice: what was said is not lost.
    }
}

fn script(n: i64) -> Vec<(&'static str, Does)> {
    let place = ADDRESSES[usize::try_from(n).unwrap() % ADDRESSES.len()];
    let address = format!("{place}{}号", n + 1);
    let phone = format!("1380000{:04}", n + 1);
    let begin = match n % 3 {
        0 => vec![("", Says(format!("{address} 密码忘了 {phone} 王女士")))],
        1 => vec![
            ("", Says("/start".to_owned())),
            ("这里是报修服务", Taps("我要报修")),
            ("哪里出了问题", Taps("打不开")),
            ("请描述一下情况", Says("卡住了，转不动".to_owned())),
            ("请告诉我地址", Says(address)),
            ("留一个联系电话", Says(phone)),
        ],
        _ => vec![
            ("", Says("/report".to_owned())),
            ("哪里出了问题", Taps("钥匙丢了或断了")),
            ("请描述一下情况", Taps("跳过")),
            ("请告诉我地址", Says(address)),
            ("留一个联系电话", Says(format!("{phone} 李先生"))),
        ],
    };
    let end = match n % 2 {
        0 => [("什么时候方便", Taps("尽快")), ("请核对", Says("提交".to_owned()))],
        _ => [("什么时候方便", Says("周六下午三点".to_owned())), ("请核对", Taps("提交报修"))],
    };
    begin.into_iter().chain(end).collect()
}
