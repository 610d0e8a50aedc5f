//! The Telegram room against the sandbox's Bot API: everything a person can do is understood, everything the bot can
//! send is taken, and no call breaks Telegram's rules.
use std::sync::{Arc, Mutex};
use std::time::Duration;

use baoxiu::config::Secret;
use baoxiu::inbox::Arrived;
use baoxiu::outbox::transport::{Manner, SendError, Transport};
use baoxiu::render::Toast;
use baoxiu::render::outgoing::{Ask, Body, Markup, Menu, Tap};
use baoxiu::sandbox::{Options, Rates, Sandbox, User, World};
use baoxiu::telegram::client::{Client, Me};
use baoxiu::telegram::commands::{About, Scope};
use baoxiu::telegram::lookup::Members;
use baoxiu::telegram::polling;
use baoxiu::vocabulary::input::{Content, Input, Media, MediaKind, Membership};
use tokio::sync::watch;

const WANG: i64 = 7;
const GROUP: i64 = -1_000_000_000_123;
/// As cards with details are sent.
const PROTECTED: Manner = Manner { protect: true, paid: false };

struct Line {
    sandbox: Sandbox,
    world: World,
    client: Client,
    me: Me,
    heard: Arc<Mutex<Vec<Input>>>,
    _stop: watch::Sender<bool>,
}

async fn line() -> Line {
    let sandbox = Sandbox::start(Options { rates: Rates::lifted(), ..Options::default() }).await.unwrap();
    let world = sandbox.world();
    world.add_user(User { id: WANG, first_name: "王".to_owned(), ..User::default() });
    world.add_group(GROUP, "浦东组", WANG);
    let client = Client::build(&Secret::new(sandbox.token()), Some(&Secret::new(sandbox.api_url())), None).unwrap();
    let me = client.me().await.unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    let handle = move |batch: Vec<Arrived>| {
        ear.lock().unwrap().extend(batch.into_iter().map(|arrived| arrived.input));
        async { Ok::<(), String>(()) }
    };
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(polling::run(client.clone(), me.clone(), || 0, handle, stopped));
    Line { sandbox, world, client, me, heard, _stop: stop }
}

impl Line {
    async fn hear(&self, count: usize) -> Vec<Input> {
        for _ in 0..300 {
            if self.heard.lock().unwrap().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        std::mem::take(&mut *self.heard.lock().unwrap())
    }
}

fn text(words: &str, markup: Markup) -> Body {
    Body::Text { html: words.to_owned(), markup }
}

fn files(inputs: &[Input]) -> Vec<Media> {
    let media = |input: &Input| match input {
        Input::Message(m) => match &m.content {
            Content::Media { media, .. } => Some(media.clone()),
            _ => None,
        },
        _ => None,
    };
    inputs.iter().filter_map(media).collect()
}

#[tokio::test]
async fn everything_a_person_does_is_understood() {
    let line = line().await;
    let w = &line.world;
    w.start(WANG, Some("t17"));
    w.say(WANG, WANG, "空调不制冷");
    w.send_photo(WANG, WANG, None, "漏水");
    w.send_video(WANG, WANG, None, "");
    w.send_voice(WANG, WANG);
    w.send_document(WANG, WANG, "a.pdf", vec![1, 2, 3], "");
    w.share_contact(WANG, WANG, "8613800000000", true);
    w.share_location(WANG, WANG, 31.2, 121.5);
    w.send_sticker(WANG, WANG);
    w.send_poll(WANG, WANG, "q", &["a", "b"]);
    let heard = line.hear(10).await;
    let contents: Vec<&Content> =
        heard.iter().map(|input| if let Input::Message(m) = input { &m.content } else { panic!("{input:?}") }).collect();
    assert_eq!(contents.len(), 10, "{contents:#?}");
    assert_eq!(contents[0], &Content::Text("/start t17".to_owned()));
    assert!(matches!(contents[6], Content::Contact { user: Some(WANG), .. }), "{:?}", contents[6]);
    assert!(matches!(contents[7], Content::Location { .. }));
    assert_eq!((contents[8], contents[9]), (&Content::Other("sticker".to_owned()), &Content::Other("poll".to_owned())));
    let kinds: Vec<MediaKind> = files(&heard).iter().map(|m| m.kind).collect();
    assert_eq!(kinds, [MediaKind::Photo, MediaKind::Video, MediaKind::Voice, MediaKind::Document]);
    w.say(WANG, GROUP, "nobody asked the bot");
    w.block(WANG);
    let heard = line.hear(1).await;
    assert!(matches!(&heard[..], [.., Input::BotMember(c)] if c.private && c.now == Membership::Outside), "{heard:?}");
    assert!(!heard.iter().any(|input| matches!(input, Input::Message(_))));
}

#[tokio::test]
async fn everything_the_bot_sends_is_taken() {
    let line = line().await;
    let (w, client) = (&line.world, &line.client);
    assert_eq!(client.send(WANG, &text("x", Markup::None), Manner::default()).await, Err(SendError::Blocked), "never started");
    w.start(WANG, None);
    w.send_album(WANG, WANG, 2, "两张");
    w.send_voice(WANG, WANG);
    let media = files(&line.hear(4).await);
    assert_eq!(media.len(), 3);
    let buttons = Markup::Inline(vec![vec![
        ("认领".to_owned(), Tap::Data("1:claim:17".to_owned())),
        ("打开".to_owned(), Tap::Url("https://t.me/x?start=a".to_owned())),
    ]]);
    let ask = Markup::Reply(vec![vec![("电话".to_owned(), Ask::Contact)], vec![("返回".to_owned(), Ask::Words)]]);
    client.send(WANG, &text("请分享", ask), Manner::default()).await.unwrap();
    client.send(WANG, &text("好", Markup::Remove), Manner::default()).await.unwrap();
    let card = client.send(WANG, &text("<b>工单</b> 17", buttons.clone()), PROTECTED).await.unwrap().message_ids[0];
    client.edit(WANG, card, &text("已认领", buttons.clone())).await.unwrap();
    client.edit(WANG, card, &text("已认领", buttons)).await.unwrap();
    assert_eq!(client.send(WANG, &Body::Media(media[..2].to_vec()), PROTECTED).await.unwrap().message_ids.len(), 2);
    assert_eq!(client.send(WANG, &Body::Media(media[2..].to_vec()), PROTECTED).await.unwrap().message_ids.len(), 1);
    client.send(WANG, &Body::Location(31.2, 121.5), Manner::default()).await.unwrap();
    let query = w.press(WANG, WANG, card, "1:claim:17");
    assert!(matches!(&line.hear(1).await[..], [Input::Press(p)] if p.data == "1:claim:17" && p.query == query));
    client.answer_press(&Toast { query, text: Some("好的".to_owned()), alert: false, url: None }).await;
    assert_eq!(w.toasts(WANG).len(), 1);
    client.edit(WANG, card, &text("完", Markup::None)).await.unwrap();
    client.delete(WANG, &[card]).await.unwrap();
    client.delete(WANG, &[card]).await.unwrap();
    assert_eq!(client.edit(WANG, card, &text("?", Markup::None)).await, Err(SendError::EditImpossible));
    let commands = vec![("report".to_owned(), "我要报修".to_owned())];
    let about = About { language: None, description: "报修服务".to_owned(), short: "报修".to_owned() };
    client.introduce(&[(Scope::Private, Menu { language: None, commands })], &[about]).await;
    assert_eq!(w.menu(WANG, WANG).len(), 1);
    // A chat's own menu stands before that of everybody, until it is taken away.
    let own = |commands: &[&str]| {
        let commands: Vec<_> = commands.iter().map(|c| ((*c).to_owned(), "做事".to_owned())).collect();
        let both = [None, Some("zh".to_owned())];
        Body::Menu(both.into_iter().map(|language| Menu { language, commands: commands.clone() }).collect())
    };
    client.send(WANG, &own(&["setup", "admins"]), Manner::default()).await.unwrap();
    assert_eq!(w.menu(WANG, WANG).len(), 2);
    client.send(WANG, &own(&[]), Manner::default()).await.unwrap();
    assert_eq!(w.menu(WANG, WANG).len(), 1);
    w.block(WANG);
    assert_eq!(client.send(WANG, &text("x", Markup::None), Manner::default()).await, Err(SendError::Blocked));
    let members = Members::new(client.clone(), line.me.id);
    assert_eq!(members.membership(GROUP, 0).await, Membership::Outside);
    w.add_bot(GROUP, WANG, true);
    assert_eq!(members.membership(GROUP, WANG).await, Membership::Administrator);
    assert_eq!(members.membership(GROUP, 0).await, Membership::Administrator);
    assert_eq!(members.membership(GROUP, 12).await, Membership::Outside);
    // The question about a stranger was asked on purpose; nothing else may break a rule.
    let violations = w.violations();
    assert!(violations.iter().all(|v| v.contains("PARTICIPANT_ID_INVALID")), "{violations:#?}");
    line.sandbox.stop().await;
}

#[tokio::test]
async fn groups_are_heard_only_where_the_bot_is_meant() {
    let line = line().await;
    let w = &line.world;
    w.add_user(User { id: 8, first_name: "李".to_owned(), ..User::default() });
    w.add_bot(GROUP, WANG, true);
    // `chat_member` comes only once the first `getUpdates` has asked for it.
    let heard = line.hear(1).await;
    assert!(matches!(&heard[..], [Input::BotMember(c)] if c.now == Membership::Administrator), "{heard:?}");
    w.join(GROUP, 8);
    w.say(8, GROUP, "大家好");
    w.say(WANG, GROUP, &format!("/bind@{} desk", line.me.name));
    w.say(WANG, GROUP, "/bind@other_bot desk");
    let heard = line.hear(2).await;
    assert!(heard.iter().any(|i| matches!(i, Input::Member(c) if c.user == 8 && c.now == Membership::Member)), "{heard:?}");
    let said: Vec<_> = heard.iter().filter_map(|i| if let Input::Message(m) = i { Some(&m.content) } else { None }).collect();
    assert_eq!(said, [&Content::Text("/bind desk".to_owned())]);
    let card = line.client.send(GROUP, &text("工单", Markup::None), Manner::default()).await.unwrap().message_ids[0];
    w.reply(8, GROUP, card, "我来");
    let heard = line.hear(1).await;
    assert!(matches!(&heard[..], [Input::Message(m)] if m.reply_to == Some(card)), "{heard:?}");
}

#[tokio::test]
async fn a_group_that_moved_is_told_both_ways() {
    let line = line().await;
    let w = &line.world;
    w.add_group(-55, "小组", WANG);
    w.add_bot(-55, WANG, true);
    line.hear(1).await;
    w.migrate(-55, GROUP - 1, WANG);
    let heard = line.hear(1).await;
    assert!(heard.contains(&Input::Migrated { from: -55, to: GROUP - 1 }), "{heard:?}");
    assert_eq!(line.client.send(-55, &text("x", Markup::None), Manner::default()).await, Err(SendError::Migrated(GROUP - 1)));
}
