//! The house in which rights are tried: people of every role, groups of every kind, tickets in every state.
use baoxiu::core::World;
use baoxiu::core::directory::{self, For};
use baoxiu::desk::appointment::Window;
use baoxiu::desk::caller::NOBODY;
use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::desk::notice::{Audience, Notice, State};
use baoxiu::desk::price::Price;
use baoxiu::desk::ticket::Ticket;
use baoxiu::dialog::session::Session;
use baoxiu::render::outgoing::{Body, Markup, Outgoing};
use baoxiu::vocabulary::input::{Content, Input, Membership, Message, Post, Press, Sender};

use crate::town::{Seen, Town};
use crate::world;

pub const OWNER: i64 = 101;
pub const OTHER: i64 = 102;
pub const FILLING: i64 = 103;
pub const CLAIMER: i64 = 201;
pub const COLLEAGUE: i64 = 202;
pub const ELSEWHERE: i64 = 203;
pub const FORMER: i64 = 204;
pub const ADMIN: i64 = 301;
pub const DISPATCHER: i64 = 401;
pub const STRANGER: i64 = 501;
/// Telegram's stand-in for administrators who hide.
pub const ANONYMOUS: i64 = 1_087_968_824;

const CREW: i64 = -1001;
const CREW2: i64 = -1002;
const UNKNOWN: i64 = -1005;
const DESK: i64 = -1009;

/// The ticket that was opened for somebody who phoned.
const CALLED: i64 = 1006;

/// Everybody, by the names of the table.
pub const ROLES: [(&str, i64); 11] = [
    ("stranger", STRANGER),
    ("owner", OWNER),
    ("other-customer", OTHER),
    ("filling-in", FILLING),
    ("claimer", CLAIMER),
    ("colleague", COLLEAGUE),
    ("other-crew", ELSEWHERE),
    ("former", FORMER),
    ("dispatcher", DISPATCHER),
    ("admin", ADMIN),
    ("anonymous", ANONYMOUS),
];

/// Every place, in the order of the table's columns; `None`: the person's own chat.
pub const PLACES: [(&str, Option<i64>); 5] =
    [("own", None), ("crew", Some(CREW)), ("crew2", Some(CREW2)), ("desk", Some(DESK)), ("group", Some(UNKNOWN))];

/// What customers told us; nobody else's eyes. Street, name, phone, own words.
const SECRETS: [(i64, [&str; 4]); 3] = [
    (OWNER, ["兴海路", "王女士", "13812345678", "门禁4711"]),
    (OTHER, ["温泉街", "赵先生", "13987654321", "地下室进水"]),
    (NOBODY, ["青松里", "钱女士", "13712345678", "start=join_1006"]),
];

/// Tickets of the owner: 1001 is open with the crew, 1002 claimed with a quote that waits, 1003 done, 1004 waits at the desk. 1005 is somebody
/// else's and open with the crew. 1006 was opened for somebody who phoned, and is claimed.
pub fn house() -> Town {
    let world: std::sync::Arc<World> = world::world();
    let mut town = Town::new(world);
    town.admins.push(ADMIN);
    town.person(ADMIN).admin = true;
    let crews = [(CREW, CrewKind::Crew, "211481"), (CREW2, CrewKind::Crew, "210100"), (DESK, CrewKind::Desk, "")];
    for (id, (chat, kind, area)) in (1..).zip(crews) {
        let areas = Some(area.to_owned()).filter(|a| !a.is_empty()).into_iter().collect();
        town.crews.push(Crew { id, chat, kind, title: "群".to_owned(), areas, active: true, profile: Profile::default() });
    }
    for (chat, user) in [(CREW, CLAIMER), (CREW, COLLEAGUE), (CREW2, ELSEWHERE), (DESK, DISPATCHER)] {
        town.members.insert((chat, user), Membership::Member);
    }
    for chat in [CREW, CREW2, DESK, UNKNOWN] {
        town.members.insert((chat, 0), Membership::Administrator);
    }
    for (_, id) in ROLES {
        town.person(id).reachable = true;
    }
    for (id, name) in [(CLAIMER, "李师傅"), (COLLEAGUE, "陈师傅"), (ELSEWHERE, "孙师傅"), (FORMER, "吴师傅")] {
        let person = town.person(id);
        (person.working_name, person.working_phone) = (name.to_owned(), format!("139000{id}00"));
    }
    // Menus as they have them: a menu that is only set right is not what a command did.
    for (_, id) in ROLES {
        let person = town.person(id);
        let role = if person.working_name.is_empty() { For::Everyone } else { For::Staff };
        person.menu = directory::own_menu(if person.admin { For::Admins } else { role }).join(" ");
    }
    report(&mut town, OWNER, "兴城市兴海路3号 漏水 13812345678 王女士");
    for number in [1002, 1003] {
        report(&mut town, OWNER, "兴城市兴海路3号 漏水 13812345678 王女士");
        press(&mut town, CLAIMER, CREW, &format!("t1:claim:{number}"));
        if number == 1003 {
            press(&mut town, CLAIMER, CLAIMER, "t1:done:1003");
            say(&mut town, CLAIMER, CLAIMER, "换了阀门");
            say(&mut town, CLAIMER, CLAIMER, "180");
        }
    }
    report(&mut town, OWNER, "湖北省武汉市江岸区兴海路3号 漏水 13812345678 王女士");
    report(&mut town, OTHER, "兴城市温泉街8号 漏水 13987654321 赵先生");
    // Somebody phones; the link is in their hands.
    report(&mut town, DISPATCHER, "/call 兴城市青松里9号 漏水 13712345678 钱女士");
    press(&mut town, CLAIMER, CREW, "t1:claim:1006");
    press(&mut town, DISPATCHER, DISPATCHER, "t1:link:1006");
    for number in 1001..=1005 {
        let words = if number == 1005 { "地下室进水" } else { "门禁4711" };
        town.tickets.get_mut(&number).unwrap().details.problem = words.to_owned();
    }
    // A quote that waits for its customer.
    let price = Price { labour: 15_000, parts: 8_000, call_out: 5_000, lump: 0 };
    town.tickets.get_mut(&1002).unwrap().quote(CLAIMER, price, "", town.now).unwrap();
    // Times were offered, another one wished, one is agreed on.
    let window = Window { from: town.now + 86_400_000, to: town.now + 90_000_000 };
    let appointment = &mut town.tickets.get_mut(&1002).unwrap().details.appointment;
    appointment.agree(window, 0);
    appointment.wish("门禁4711", vec![window]);
    appointment.offered = vec![window];
    // A dialog that is running: its buttons are its owner's alone.
    say(&mut town, FILLING, FILLING, "/report");
    town.now += 600_000;
    // Notices of the admin's in every state in which there are buttons; the last one is another admin's.
    let states = [(ADMIN, State::Draft), (ADMIN, State::Running), (ADMIN, State::Paused), (STRANGER, State::Draft)];
    for (number, (admin, state)) in (1..).zip(states) {
        let made = Notice::new(number, admin, Audience::Crews, town.now);
        town.notices.insert(number, (Notice { state, since: town.now, total: 2, ..made }, Post::default()));
    }
    town
}

fn report(town: &mut Town, who: i64, words: &str) {
    say(town, who, who, words);
    say(town, who, who, "周六下午");
    say(town, who, who, "提交");
    assert!(town.tickets.values().any(|t| t.customer == who || t.by_phone()), "nothing was reported");
}

/// Writes a message somewhere.
pub fn say(town: &mut Town, who: i64, chat: i64, words: &str) -> Vec<Seen> {
    town.now += 1500;
    let message = Message {
        chat,
        private: chat > 0,
        title: if chat > 0 { String::new() } else { "群".to_owned() },
        topic: None,
        id: town.now,
        from: sender(who),
        anonymous: who == ANONYMOUS,
        foreign: false,
        reply_to: None,
        album: None,
        content: Content::Text(words.to_owned()),
        html: None,
    };
    town.play(&Input::Message(message))
}

/// Taps a button somewhere, or says that it did: data and message are the client's word.
pub fn press(town: &mut Town, who: i64, chat: i64, data: &str) -> Vec<Seen> {
    town.now += 1500;
    let query = town.now.to_string();
    town.play(&Input::Press(Press { query, from: sender(who), chat, private: chat > 0, message: 1, data: data.to_owned() }))
}

fn sender(id: i64) -> Sender {
    Sender { id, name: "某人".to_owned(), language: Some("zh-hans".to_owned()) }
}

/// Whether two moments differ in nothing but how fast people may write.
pub fn unchanged(before: &Town, after: &Town) -> bool {
    let people = |town: &Town| {
        let still = |p: &baoxiu::desk::person::Person| {
            (p.id, p.lang, p.admin, p.working_name.clone(), p.working_phone.clone(), p.reachable)
        };
        town.people.values().map(still).collect::<Vec<_>>()
    };
    // Whoever is met for the first time gets a session in which nothing runs.
    let sessions = |town: &Town| {
        let busy = town.sessions.iter().filter(|(_, s)| **s != Session::default());
        busy.map(|(id, s)| (*id, s.clone())).collect::<Vec<_>>()
    };
    let chats = |town: &Town| {
        town.chats.iter().map(|(id, shown)| (*id, shown.iter().filter(|s| s.card.is_some()).count())).collect::<Vec<_>>()
    };
    before.tickets == after.tickets
        && before.events == after.events
        && before.timers == after.timers
        && before.crews == after.crews
        && before.notices == after.notices
        && sessions(before) == sessions(after)
        && people(before) == people(after)
        && chats(before).iter().all(|(id, cards)| chats(after).iter().any(|(i, c)| i == id && c == cards))
}

/// Whoever must not read what customers told us, and does.
pub fn leaks(town: &Town, seen: &[Seen]) -> Vec<String> {
    let mut leaks = Vec::new();
    for one in seen {
        let (chat, words) = match one {
            Seen::Message { message, .. } => (message.chat, shown(message)),
            Seen::Toast { to, toast } => (*to, toast.text.clone().unwrap_or_default()),
            Seen::Gone { .. } | Seen::Unreachable { .. } => continue,
        };
        for (customer, secrets) in SECRETS {
            // The claimer of whichever job it is: their colleagues have none in this house.
            let of = |t: &&Ticket| t.customer == customer || (customer == NOBODY && t.number == CALLED);
            let has_job = town.tickets.values().filter(of).any(|t| t.claimer == Some(chat) && t.status.is_open());
            // The link was for them.
            let joined = customer == NOBODY && town.tickets.get(&CALLED).is_some_and(|t| t.customer == chat);
            let desk = town.crews.iter().any(|c| c.chat == chat && c.kind == CrewKind::Desk);
            if [customer, ADMIN, DISPATCHER].contains(&chat) || desk || has_job || joined {
                continue;
            }
            leaks.extend(secrets.iter().filter(|s| words.contains(**s)).map(|s| format!("{chat} reads {s}: {words}")));
        }
    }
    leaks
}

fn shown(message: &Outgoing) -> String {
    match &message.body {
        Body::Text { html, markup } => match markup {
            Markup::Inline(rows) => rows.iter().flatten().fold(html.clone(), |all, (label, _)| all + "\n" + label),
            Markup::Reply(rows) => rows.iter().flatten().fold(html.clone(), |all, (label, _)| all + "\n" + label),
            Markup::None | Markup::Remove => html.clone(),
        },
        // Pictures and places say more than words.
        Body::Media(_) | Body::Location(..) => "兴海路 温泉街".to_owned(),
        Body::Post(post) => post.html.clone(),
        Body::Document { content, html, .. } => format!("{html} {}", content.replace("\r\n ", "")),
        Body::Notice(_) | Body::Delete | Body::Menu(_) => String::new(),
    }
}
