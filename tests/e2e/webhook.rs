//! Telegram brings the updates instead of being asked for them.
use baoxiu::config::{Secret, Webhook};
use baoxiu::sandbox::{CREW, EMILY, LI, WANG};
use serde_json::Value;

use crate::town::Town;

stories!(the_main_job_by_webhook, many_customers_side_by_side, the_way_in_changes_and_nothing_is_lost);

const REPORT: &str = "兴城市兴海路3号 密码忘了 13800000001 王女士";

impl Town {
    /// From the next start Telegram brings updates.
    pub fn by_webhook(&mut self) {
        // Free a moment ago, and nobody is given the same one twice in a row.
        let listen = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        self.settings.webhook = Some(Webhook { url: Secret::new(format!("http://{listen}/hook")), secret: None });
        self.settings.listen = Some(listen);
    }

    fn by_polling(&mut self) {
        self.settings.webhook = None;
    }

    fn calls(&self, method: &str) -> Vec<Value> {
        self.world.requests().iter().filter(|r| r.method.eq_ignore_ascii_case(method)).map(|r| r.params.clone()).collect()
    }
}

async fn the_main_job_by_webhook(town: &mut Town) {
    town.by_webhook();
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let ticket = town.reports(WANG, REPORT).await;
    let (group, li, wang) = (town.of(LI, CREW), town.person(LI), town.person(WANG));
    group.hears(&ticket).await;
    group.taps("接单").await;
    li.hears("您已接单").await;
    wang.hears("李师傅").await;
    // Who leaves the group is told only to those who ask for it.
    let set = town.calls("setWebhook");
    assert!(set[0]["allowed_updates"].to_string().contains("chat_member"), "{set:?}");
    assert!(set[0]["secret_token"].as_str().unwrap().len() >= 32 && set[0]["drop_pending_updates"] == false, "{set:?}");
    assert_eq!(town.calls("getUpdates").len() + town.calls("deleteWebhook").len(), 0);
    // A stop leaves the webhook, and Telegram keeps what comes meanwhile.
    town.stops().await;
    assert_eq!(town.calls("deleteWebhook").len(), 0);
    wang.says("/privacy");
    town.serves();
    wang.hears("只保存报修需要的内容").await;
    assert_eq!(wang.count("只保存报修需要的内容"), 1);
}

/// Each of them says several things in a row, which must not overtake each other.
async fn many_customers_side_by_side(town: &mut Town) {
    town.by_webhook();
    town.opens().await;
    let (wang, emily) = (town.person(WANG), town.person(EMILY));
    for _ in 0..3 {
        for (one, words) in [(&wang, "/start"), (&emily, "/start"), (&wang, REPORT), (&emily, "/report"), (&wang, "今天下午")]
        {
            one.says(words);
        }
        wang.hears("请核对").await;
        emily.hears("What is wrong").await;
        wang.says("/cancel");
        emily.says("/cancel");
    }
    town.person(WANG).says("/privacy");
    wang.hears("只保存报修需要的内容").await;
    assert_eq!(wang.count("请核对"), 3);
}

async fn the_way_in_changes_and_nothing_is_lost(town: &mut Town) {
    town.opens().await;
    let wang = town.person(WANG);
    let mut times = 0;
    for webhook in [true, false, true, false] {
        wang.says("/privacy");
        town.stops().await;
        // Said while nobody was there.
        wang.says("/privacy");
        if webhook {
            town.by_webhook()
        } else {
            town.by_polling()
        }
        town.serves();
        wang.says("/privacy");
        times += 3;
        let all = move |shown: &[baoxiu::sandbox::ChatMessage]| {
            shown.iter().filter(|m| m.from_bot && m.text.contains("只保存报修需要的内容")).count() >= times
        };
        wang.expects("every answer", all).await;
        assert_eq!(wang.count("只保存报修需要的内容"), times, "none twice");
    }
    let waiting = || (town.world.pending_updates() == 0).then_some(());
    town.world.wait(crate::people::PATIENCE, waiting).await.expect("every update is confirmed");
}
