//! Customers who do a lot, and wait however long the bot is away.
//!
//! Each round they ask five things in a row, tap five buttons in a row, then report a fault to its end; all customers of a
//! kind do the same. So what one of them reads while nothing goes wrong tells what all of them must read.
use std::time::Duration;

use baoxiu::sandbox::World;

use super::people::Person;
use super::random::Random;

/// Kinds of customers; each is served by a crew of its own.
pub const KINDS: i64 = 3;
/// Where the customers of a kind live.
pub const PROVINCES: [&str; KINDS as usize] = ["辽宁省", "陕西省", "广东省"];
const ADDRESSES: [&str; KINDS as usize] = ["辽宁省葫芦岛市兴城市兴海路", "陕西省延安市延长县东街", "广东省佛山市南海区桂澜路"];
/// How many updates a customer makes in a round, about.
pub const ROUND: u64 = 16;
/// Between the beginnings of two rounds at least: a person may do twenty things at once, and one a second.
const EVERY: Duration = Duration::from_secs(20);

/// Asked in a row, without waiting; the last one is answered with these words.
const QUESTIONS: [&str; 5] = ["/privacy", "/help", "/language", "/mute", "/unmute"];
const LAST_ANSWER: &str = "以后会给您发通知";
/// Tapped in a row: what each of them shows depends on those before it.
const TAPS: [&str; 5] = ["m1:language", "m1:language:en", "m1:status", "m1:language:zh", "m1:language"];

enum Does {
    Says(String),
    Taps(&'static str),
}
use Does::{Says, Taps};

/// Plays `rounds`, with pauses as people make them.
pub async fn lives(world: World, id: i64, n: i64, rounds: i64, mut random: Random) {
    let one = Person::new(&world, id, id);
    one.says("/start");
    one.hears("这里是报修服务").await;
    for round in 0..rounds {
        let next = tokio::time::Instant::now() + EVERY;
        QUESTIONS.iter().for_each(|words| _ = one.says(words));
        let read = one.hears(LAST_ANSWER).await;
        TAPS.iter().for_each(|data| _ = world.press(id, id, read.id, data));
        one.hears(if round == 0 { "no open tickets" } else { "BX-" }).await;
        one.hears("选择语言").await;
        for (reads, does) in report(n, round) {
            tokio::time::sleep(Duration::from_millis(random.below(500))).await;
            if !reads.is_empty() {
                one.hears(reads).await;
            }
            match does {
                Says(words) => _ = one.says(&words),
                // The words and their buttons come in one message.
                Taps(label) => _ = world.press_label(id, id, label).expect("the button is there"),
            }
        }
        one.hears("工单 BX-").await;
        if round + 1 < rounds {
            tokio::time::sleep_until(next).await;
        }
    }
}

/// What is read, and what is done then.
fn report(n: i64, round: i64) -> Vec<(&'static str, Does)> {
    let kind = usize::try_from(n % KINDS).unwrap();
    let address = format!("{}{}号", ADDRESSES[kind], n + 1);
    let phone = format!("1380000{:04}", n + 1);
    let begin = match (n % KINDS + round) % 3 {
        0 => vec![("", Says(format!("{address} 密码忘了 {phone} 王女士")))],
        1 => vec![
            ("", Says("/report".to_owned())),
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
    let end = match (n % KINDS + round) % 2 {
        0 => [("什么时候方便", Taps("尽快")), ("请核对", Says("提交".to_owned()))],
        _ => [("什么时候方便", Says("周六下午三点".to_owned())), ("请核对", Taps("提交报修"))],
    };
    begin.into_iter().chain(end).collect()
}
