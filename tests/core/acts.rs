//! What people may do, at random.
use std::sync::Arc;

use baoxiu::core::World;
use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::render::outgoing::{Ask, Tap};
use baoxiu::vocabulary::input::{Content, Input, Media, MediaKind, MemberChange, Membership, Message, Press, Sender};
use proptest::prelude::*;

use crate::town::{Seen, Town};

/// Two customers, two technicians, an admin.
pub const PEOPLE: [i64; 5] = [101, 102, 201, 202, 301];
/// How many of them are customers.
const CUSTOMERS: usize = 2;
const CREW: i64 = -1001;
const DESK: i64 = -1009;
const GROUPS: [i64; 2] = [CREW, DESK];

/// What a customer gives and the crew's group may never read.
pub const SECRETS: [&str; 6] = ["13812345678", "04297812345", "兴海路", "温泉街88", "王女士", "Evergreen"];

const WORDS: [&str; 37] = [
    "/broadcast",
    "/mute",
    "/start",
    "/report",
    "/report",
    "/status",
    "/cancel",
    "/help",
    "/language en",
    "/bind",
    "/start claim_1001",
    "/start cancel_1001",
    "密码忘了打不开",
    "漏水",
    "冒烟了",
    "兴城市兴海路3号",
    "兴城市兴海路3号 打不开了 13812345678 王女士",
    "沈阳市和平区兴海路3号",
    "铁西区兴海路5号",
    "兴海路3号",
    "温泉街88",
    "13812345678 王女士",
    "0429-7812345",
    "Ms Evergreen 13812345678",
    "电话改成13812345678，找王女士",
    "明天",
    "周六下午打13812345678",
    "跳过",
    "返回",
    "好的",
    "提交",
    "改",
    "都不是",
    "从头开始",
    "1",
    "2",
    "150+80+50",
];

const VERBS: [&str; 33] = [
    "claim",
    "claim",
    "quote",
    "withdraw",
    "release",
    "done",
    "done",
    "media",
    "confirm",
    "notfixed",
    "cancel",
    "phone",
    "address",
    "hand",
    "handto",
    "called",
    "noanswer",
    "show",
    "progress",
    "stranger",
    "opinion",
    "answer",
    "close",
    "calloff",
    "assign",
    "takeback",
    "link",
    "setphone",
    "reopen",
    "add",
    "recording",
    "record",
    "norecord",
];

/// Wishes about appointments. Behind the first two somebody says when.
const APPOINT: [&str; 8] = ["offer", "other", "pick", "pick", "grant", "off", "file", "offer"];

const ORDERS: [&str; 6] = ["send", "send", "drop", "pause", "goon", "stop"];

/// One thing that somebody does.
#[derive(Clone, Debug)]
pub enum Act {
    Says(usize, usize),
    Types(usize, String),
    /// Taps the n-th newest button of a chat: their own, or a group's.
    Taps(usize, usize, usize),
    /// Taps the newest button with this wish, wherever they see it.
    Wishes(usize, usize),
    /// Reports a fault from the first word to the last.
    Reports(usize),
    Forges(usize, usize, String),
    File(usize, bool),
    Shares(usize, bool),
    Sticker(usize),
    Edits(usize),
    Replies(usize, usize),
    Comes(usize, usize, bool),
    Bot(usize, bool),
    Binds(usize, bool),
    Waits(i64),
    /// The crew's group gets a new id, which looks like the old one to everybody else.
    Migrates,
    Barred(usize),
    /// The admin writes to many, as far as the question whether to send it.
    Broadcasts(usize),
    /// Taps the newest button with this wish about an appointment; says when, if that is asked.
    Appoints(usize, usize, bool),
    /// Taps the newest button of a notice with this order, whoever sees it.
    Orders(usize, usize),
}

pub fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    let who = 0..PEOPLE.len();
    let one = prop_oneof![
        12 => (who.clone(), 0..WORDS.len()).prop_map(|(p, w)| Act::Says(p, w)),
        2 => (who.clone(), ".{0,80}").prop_map(|(p, t)| Act::Types(p, t)),
        1 => (who.clone(), "[\\PC]{4000,4100}").prop_map(|(p, t)| Act::Types(p, t)),
        20 => (who.clone(), 0..3usize, 0..24usize).prop_map(|(p, c, n)| Act::Taps(p, c, n)),
        24 => (who.clone(), 0..VERBS.len()).prop_map(|(p, v)| Act::Wishes(p, v)),
        2 => (0..CUSTOMERS).prop_map(Act::Reports),
        3 => (who.clone(), 0..3usize, forged()).prop_map(|(p, c, d)| Act::Forges(p, c, d)),
        2 => (who.clone(), any::<bool>()).prop_map(|(p, a)| Act::File(p, a)),
        2 => (who.clone(), any::<bool>()).prop_map(|(p, a)| Act::Shares(p, a)),
        1 => who.clone().prop_map(Act::Sticker),
        1 => who.clone().prop_map(Act::Edits),
        2 => (who.clone(), 0..WORDS.len()).prop_map(|(p, w)| Act::Replies(p, w)),
        1 => (who.clone(), 0..2usize, any::<bool>()).prop_map(|(p, g, i)| Act::Comes(p, g, i)),
        1 => (0..2usize, any::<bool>()).prop_map(|(g, i)| Act::Bot(g, i)),
        1 => (0..2usize, any::<bool>()).prop_map(|(g, all)| Act::Binds(g, all)),
        2 => prop_oneof![Just(1_000i64), Just(20_000), Just(1_860_000), Just(300_000_000)].prop_map(Act::Waits),
        1 => Just(Act::Migrates),
        1 => (0..GROUPS.len()).prop_map(Act::Barred),
        2 => (0..4usize).prop_map(Act::Broadcasts),
        12 => (who.clone(), 0..APPOINT.len(), any::<bool>()).prop_map(|(p, w, r)| Act::Appoints(p, w, r)),
        6 => (who.clone(), 0..ORDERS.len()).prop_map(|(p, o)| Act::Orders(p, o)),
    ];
    proptest::collection::vec(one, 1..most)
}

fn forged() -> impl Strategy<Value = String> {
    prop_oneof![
        "t1:(claim|release|done|media|confirm|notfixed|cancel|phone|address|hand|answer|close):100[1-4]",
        "t1:handto:100[1-4]:[1-3]",
        "v1:(accept|decline):100[1-4]:[0-3]",
        "a1:(offer|other|off|file):100[1-4]",
        "a1:pick:100[1-4]:[1-4]:[1-4]",
        "a1:grant:100[1-4]:[1-4]:[1-3]",
        "d1:[1-4]:[1-9]:(o[0-9]|e[0-9]|n|s|b|x|y)",
        "n1:(send|drop|pause|goon|stop):[1-3]",
        "m1:(report|status|language|language:en)",
        ".{0,30}",
    ]
}

/// Staff have names and words of their own, which their group may read.
fn words_of(who: usize, words: usize) -> String {
    let text = WORDS[words];
    let secret = SECRETS.iter().any(|s| text.contains(s)) || text == "0429-7812345";
    if who >= CUSTOMERS && secret { "赵师傅 13900002222".to_owned() } else { text.to_owned() }
}

pub struct Player {
    pub town: Town,
    messages: i64,
}

impl Player {
    pub fn new(world: Arc<World>) -> Player {
        let mut town = Town::new(world);
        town.admins.push(301);
        town.person(301).admin = true;
        for (id, chat, kind) in [(1, CREW, CrewKind::Crew), (2, DESK, CrewKind::Desk)] {
            town.crews.push(Crew {
                id,
                chat,
                kind,
                title: "群".to_owned(),
                areas: Vec::new(),
                active: true,
                profile: Profile::default(),
            });
            town.members.insert((chat, 0), Membership::Administrator);
        }
        town.members.insert((CREW, 201), Membership::Member);
        town.members.insert((CREW, 202), Membership::Member);
        town.members.insert((DESK, 202), Membership::Member);
        let known = town.person(201);
        known.reachable = true;
        (known.working_name, known.working_phone) = ("李师傅".to_owned(), "13900001111".to_owned());
        town.person(202).reachable = true;
        town.portion = 1;
        let mut player = Player { town, messages: 0 };
        player.report(0);
        player
    }

    fn report(&mut self, who: usize) -> Vec<Seen> {
        let mut seen = Vec::new();
        for words in ["/cancel", "兴城市兴海路3号 打不开了 13812345678 王女士", "跳过", "周六找王女士", "提交"]
        {
            let message = self.message(who, Content::Text(words.to_owned()));
            seen.extend(self.town.play(&Input::Message(message)));
        }
        seen
    }

    /// The fourth choice is the crews: an area must be named first.
    fn broadcast(&mut self, audience: usize) -> Vec<Seen> {
        let mut seen = Vec::new();
        for words in ["/cancel", "/broadcast", "通知", "辽宁省"] {
            let message = self.message(4, Content::Text(words.to_owned()));
            seen.extend(self.town.play(&Input::Message(message)));
            if words == "通知"
                && let Some(run) = self.town.sessions.get(&301).and_then(|s| s.run.clone())
            {
                let tap = self.press(4, 301, 1, format!("d1:{}:{}:o{audience}", run.number, run.question));
                seen.extend(self.town.play(&tap));
            }
        }
        seen.extend(self.town.wait(1_000));
        seen
    }

    fn wish(&mut self, who: usize, data: &str) -> Option<Input> {
        let found = [PEOPLE[who], 301, CREW, DESK].into_iter().find_map(|chat| {
            let shown = self.town.chats.get(&chat)?.iter().rev();
            let taps = shown.flat_map(|s| s.buttons.iter().map(move |(_, tap)| (chat, s.id, tap)));
            taps.filter_map(|(chat, id, tap)| match tap {
                Tap::Data(d) if d.starts_with(data) => Some((chat, id, d.clone())),
                _ => None,
            })
            .next()
        });
        let (chat, message, data) = found?;
        Some(self.press(who, chat, message, data))
    }

    fn appoint(&mut self, who: usize, wish: &str, readable: bool) -> Vec<Seen> {
        let Some(input) = self.wish(who, &format!("a1:{wish}:")) else { return Vec::new() };
        let mut seen = self.town.play(&input);
        if ["offer", "other"].contains(&wish) {
            let words = if readable { "明天上午，后天下午2点到4点" } else { "周六下午打13812345678" };
            let message = self.message(who, Content::Text(words.to_owned()));
            seen.extend(self.town.play(&Input::Message(message)));
        }
        seen
    }

    /// Whether technicians read there.
    pub fn is_crew(&self, chat: i64) -> bool {
        self.town.crews.iter().any(|c| c.chat == chat && c.kind == CrewKind::Crew)
    }

    /// Does it; gives the input, if it is a single one.
    pub fn act(&mut self, act: &Act) -> (Option<Input>, Vec<Seen>) {
        let input =
            match act {
                Act::Reports(who) => return (None, self.report(*who)),
                Act::Broadcasts(audience) => return (None, self.broadcast(*audience)),
                Act::Orders(who, order) => match self.wish(*who, &format!("n1:{}:", ORDERS[*order])) {
                    Some(input) => input,
                    None => return (None, Vec::new()),
                },
                Act::Wishes(who, verb) => match self.wish(*who, &format!("t1:{}:", VERBS[*verb])) {
                    Some(input) => input,
                    None => return (None, Vec::new()),
                },
                Act::Appoints(who, wish, readable) => return (None, self.appoint(*who, APPOINT[*wish], *readable)),
                Act::Waits(span) => return (None, self.town.wait(*span)),
                Act::Says(who, words) => Input::Message(self.message(*who, Content::Text(words_of(*who, *words)))),
                Act::Types(who, text) => Input::Message(self.message(*who, Content::Text(text.clone()))),
                Act::Taps(who, place, nth) => match self.tap(*who, *place, *nth) {
                    Some(input) => input,
                    None => return (None, Vec::new()),
                },
                Act::Forges(who, place, data) => self.press(*who, self.chat(*who, *place), 1, data.clone()),
                Act::File(who, album) => {
                    let file = format!("file {}", self.messages);
                    let media = Media { kind: MediaKind::Photo, file_id: file.clone(), unique_id: file, size: 0 };
                    let content = Content::Media { media, caption: "兴海路的照片".to_owned() };
                    let album = album.then(|| "album".to_owned());
                    Input::Message(Message { album, ..self.message(*who, content) })
                }
                Act::Shares(who, true) => Input::Message(self.message(
                    *who,
                    Content::Contact { phone: "+8613812345678".to_owned(), name: "王女士".to_owned(), user: None },
                )),
                Act::Shares(who, false) => {
                    Input::Message(self.message(*who, Content::Location { latitude: 40.61, longitude: 120.73 }))
                }
                Act::Sticker(who) => Input::Message(self.message(*who, Content::Other("sticker".to_owned()))),
                Act::Edits(who) => Input::Edited(self.message(*who, Content::Text("改".to_owned()))),
                Act::Replies(who, words) => {
                    let card = self.town.chats.get(&PEOPLE[*who]).and_then(|c| c.iter().rev().find(|s| s.card.is_some()));
                    let reply_to = card.map(|s| s.id);
                    Input::Message(Message { reply_to, ..self.message(*who, Content::Text(words_of(*who, *words))) })
                }
                Act::Comes(who, group, inside) => {
                    let now = if *inside { Membership::Member } else { Membership::Outside };
                    self.town.members.insert((GROUPS[*group], PEOPLE[*who]), now);
                    Input::Member(self.change(GROUPS[*group], PEOPLE[*who], now))
                }
                Act::Bot(group, inside) => {
                    let now = if *inside { Membership::Administrator } else { Membership::Outside };
                    Input::BotMember(self.change(GROUPS[*group], 999, now))
                }
                Act::Binds(group, all) => {
                    let text = match (GROUPS[*group], all) {
                        (DESK, _) => "/bind desk",
                        (_, true) => "/bind",
                        (_, false) => "/bind 兴城市",
                    };
                    let message = self.message(4, Content::Text(text.to_owned()));
                    Input::Message(Message { chat: GROUPS[*group], private: false, title: "群".to_owned(), ..message })
                }
                Act::Migrates => Input::Migrated { from: CREW, to: CREW },
                Act::Barred(group) => Input::Barred { chat: GROUPS[*group] },
            };
        let seen = self.town.play(&input);
        (Some(input), seen)
    }

    /// Whoever is asked something can answer, and can leave.
    pub fn check_way_on(&self, id: i64) {
        let Some(run) = self.town.sessions.get(&id).and_then(|s| s.run.as_ref()) else {
            return;
        };
        let inline = self.town.chats.get(&id).is_some_and(|chat| {
            let data = format!("d1:{}:{}:", run.number, run.question);
            chat.iter().flat_map(|s| &s.buttons).any(|(_, tap)| matches!(tap, Tap::Data(d) if d.starts_with(&data)))
        });
        let reply = self.town.keyboards.contains_key(&id);
        let collecting = run.album.is_some();
        assert!(inline || reply || collecting, "no way on at {:?} {:?}", run.asking, run.pending);
        assert_eq!(reply, run.keyboard, "the reply keyboard is not what the session thinks");
        if reply {
            assert!(self.town.keyboards[&id].iter().any(|(_, ask)| *ask == Ask::Words), "no words to leave with");
        }
    }

    fn chat(&self, who: usize, place: usize) -> i64 {
        if place == 0 { PEOPLE[who] } else { GROUPS[place - 1] }
    }

    fn sender(&self, who: usize) -> Sender {
        let language = Some(if who == 1 { "en" } else { "zh-hans" }.to_owned());
        Sender { id: PEOPLE[who], name: "王女士".to_owned(), language }
    }

    fn message(&mut self, who: usize, content: Content) -> Message {
        self.messages += 1;
        self.town.now += 1500;
        Message {
            chat: PEOPLE[who],
            private: true,
            title: String::new(),
            topic: None,
            id: self.messages,
            from: self.sender(who),
            anonymous: false,
            foreign: false,
            reply_to: None,
            album: None,
            content,
            html: None,
        }
    }

    fn change(&self, chat: i64, user: i64, now: Membership) -> MemberChange {
        MemberChange { chat, private: false, title: "群".to_owned(), by: self.sender(4), user, now }
    }

    fn tap(&mut self, who: usize, place: usize, nth: usize) -> Option<Input> {
        let chat = self.chat(who, place);
        let shown = self.town.chats.get(&chat)?.iter().rev();
        let taps: Vec<(i64, String)> = shown
            .flat_map(|s| s.buttons.iter().chain(&s.lost).map(move |(_, tap)| (s.id, tap)))
            .filter_map(|(id, tap)| match tap {
                Tap::Data(data) => Some((id, data.clone())),
                Tap::Url(_) => None,
            })
            .take(24)
            .collect();
        let (message, data) = taps.get(nth % taps.len().max(1))?.clone();
        Some(self.press(who, chat, message, data))
    }

    fn press(&mut self, who: usize, chat: i64, message: i64, data: String) -> Input {
        self.messages += 1;
        self.town.now += 1500;
        let query = self.messages.to_string();
        Input::Press(Press { query, from: self.sender(who), chat, private: chat > 0, message, data })
    }
}
