//! What only looks like a command is none.
use baoxiu::sandbox::{ADMIN, CREW, LI, WANG};
use serde_json::json;

use crate::town::Town;

stories!(only_what_a_person_wrote_as_a_command_is_one);

async fn only_what_a_person_wrote_as_a_command_is_one(town: &mut Town) {
    town.opens().await;
    town.knows(&[(LI, "李师傅", "13911112222")]).await;
    let (wang, admin, group) = (town.person(WANG), town.person(ADMIN), town.of(ADMIN, CREW));
    let mark = |kind: &str| json!({"type": kind, "offset": 0, "length": 5});
    let origin = json!({"type": "hidden_user", "date": 1, "sender_user_name": "某人"});
    let other_bot = json!({"id": 55, "is_bot": true, "first_name": "别的机器人", "username": "other_bot"});
    let with = |entities: &[&str]| entities.iter().map(|kind| mark(kind)).collect::<Vec<_>>();
    let looks = [
        json!({"text": "/bind desk", "entities": with(&["bot_command"]), "forward_origin": origin}),
        json!({"text": "/bind desk", "entities": with(&["bot_command"]), "via_bot": other_bot}),
        json!({"text": "/bind desk", "entities": with(&["blockquote", "bot_command"])}),
        json!({"text": "/bind desk", "entities": with(&["code"])}),
        json!({"text": "/bind desk", "entities": with(&["pre"])}),
        json!({"text": "/bind desk"}),
    ];
    let before = group.shown().len();
    for look in &looks {
        town.world.send_fields(ADMIN, CREW, look.clone());
        town.world.send_fields(ADMIN, ADMIN, look.clone());
        admin.hears("转发、引用或写给别的机器人的命令不会执行").await;
    }
    // Under a picture, in an edited message, for another bot: in the group, silence.
    town.world.send_photo(ADMIN, CREW, None, "/bind desk");
    let chatter = town.world.say(ADMIN, CREW, "大家好");
    town.world.edit(ADMIN, CREW, chatter, "/bind desk");
    group.says("/bind@other_bot desk");
    // In private, an edit is not read again, and a caption is a caption.
    let words = admin.says("谢谢");
    admin.hears("不客气").await;
    town.world.edit(ADMIN, ADMIN, words, "/stats");
    town.world.send_photo(ADMIN, ADMIN, None, "/stats");
    admin.hears("哪里出了问题").await;
    assert_eq!(admin.count("服务数据"), 0);
    admin.says("/cancel");
    admin.hears("已放弃").await;
    // The group is the crew that it was: it is offered the next job.
    let ticket = town.reports(WANG, "兴城市兴海路3号 密码忘了 13800000001 王女士").await;
    let offer = town.of(LI, CREW).hears(&ticket).await;
    assert!(offer.button("接单").is_some(), "{offer}");
    assert_eq!(group.shown().len(), before + 1, "nothing else was said there");
    assert_eq!(wang.count("转发"), 0);
}
