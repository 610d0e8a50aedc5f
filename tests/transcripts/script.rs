//! What people do, as lines of a transcript. A line that says something else is an error.
//!
//! ```text
//! > Wang: words of any kind           > Wang taps [label]            > Li taps [label] in crew
//! > Wang sends 3 photos: caption      > Wang sends sticker           > Wang shares own number +8613…
//! > Wang edits: words                 > Wang taps [label] twice      > Wang taps old [label] on BX-1001
//! > Wang replies to BX-1001: words    > Wang forwards: words         > Wang forges t1:claim:1001 in crew
//! > Wang shares place 40.6 120.7      > Wang shares number 139… of 李雷
//! > Admin in crew: /bind              > Admin in crew, anonymously: /bind
//! > Li leaves crew                    > bot leaves crew              > Wang blocks the bot
//! > Admin adds the bot to crew         > Admin adds the bot to crew as administrator
//! > Li follows the link               > 30 minutes pass             > Wang says 25 times: words
//! > Telegram refuses what is sent to crew
//! = crew is bound to 211481 210000    = desk is bound                = Li is registered as 李师傅 13900001111
//! > Admin sends a photo with 1025 letters
//! = there is no admin              = link admin_first of nobody        = link admin_other of Admin
//! > Admin writes: <b>bold</b> …         = notices reach 1 at a time       = Telegram refuses notices
//! = Telegram holds notices            = Telegram takes notices
//! = 8 messages wait for crew          = 12 tickets wait on the board of crew
//! > the night comes                  > the program stands still for 2 hours
//! = mornings are watched           = files cannot be fetched         > Li sends 1 video of 25 MB
//! = lock_change demands a quote
//! = Zhao in crew is outside          = Li in crew is unknown        = bot in crew is a member
//! ```
use std::sync::{Arc, LazyLock};

use baoxiu::app::assets;
use baoxiu::core::World;
use baoxiu::core::directory::{self, For};
use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::desk::ticket::{Details, Status, Ticket};
use baoxiu::dialog::book::{self, Book};
use baoxiu::render::outgoing::Tap;
use baoxiu::vocabulary::input::{Content, Input, Media, MediaKind, MemberChange, Membership, Message, Press, Sender};
use regex::Regex;

use baoxiu::vocabulary::say::CardRole;

use crate::town::{Seen, Shown, Town};

/// Name, user id, language of the app.
const PEOPLE: [(&str, i64, &str); 9] = [
    ("Wang", 101, "zh-hans"),
    ("Emily", 102, "en"),
    ("Chen", 103, "zh-hans"),
    ("Li", 201, "zh-hans"),
    ("Zhao", 202, "zh-hans"),
    ("Tom", 203, "en"),
    ("Admin", 301, "zh-hans"),
    ("Desk1", 401, "zh-hans"),
    ("bot", 0, "en"),
];
/// Name, chat id.
const GROUPS: [(&str, i64); 4] = [("crew", -1001), ("crew2", -1002), ("desk", -1009), ("group", -1005)];

pub struct Script {
    town: Town,
    updates: i64,
    /// Where the last tap led.
    link: Option<String>,
}

type Answer = Result<Vec<Seen>, String>;

static FORMS: LazyLock<Vec<(Form, Regex)>> = LazyLock::new(|| {
    use Form::*;
    [
        (Pass, r"^(\d+) (seconds?|minutes?|hours?|days?) pass$"),
        (Sleep, r"^the program stands still for (\d+) (seconds?|minutes?|hours?|days?)$"),
        (Night, r"^the night comes$"),
        (Block, r"^(\w+) (blocks|unblocks) the bot$"),
        (Move, r"^(\w+) (leaves|joins|is made administrator of) (\w+)$"),
        (Migrate, r"^(\w+) becomes (\w+)$"),
        (Add, r"^(\w+) adds the bot to (\w+)( as administrator)?$"),
        (Barred, r"^Telegram refuses what is sent to (\w+)$"),
        (Link, r"^(\w+) follows the link$"),
        (Tap, r"^(\w+) taps (old )?\[(.+)\](?: in (\w+))?(?: on BX-(\d+))?( twice)?$"),
        (Forge, r"^(\w+) forges (\S+)(?: in (\w+))?$"),
        (Place, r"^(\w+) shares place ([\d.]+) ([\d.]+)$"),
        (Number, r"^(\w+) shares (own )?number (\S+)(?: of (.+))?$"),
        (Reply, r"^(\w+) replies to BX-(\d+): (.*)$"),
        (Files, r"^(\w+) sends (\d+) (photo|video|voice)s?(?: of (\d+) MB)?(?: on BX-(\d+))?(?:: (.*))?$"),
        (Long, r"^(\w+) sends a photo with (\d+) letters$"),
        (Other, r"^(\w+) sends (sticker|poll|dice)$"),
        (Edit, r"^(\w+) edits: (.*)$"),
        (Formatted, r"^(\w+) writes: (.*)$"),
        (Forward, r"^(\w+) forwards: (.*)$"),
        (InGroup, r"^(\w+) in (\w+)(, anonymously)?: (.*)$"),
        (Often, r"^(\w+) says (\d+) times: (.*)$"),
        (Say, r"^(\w+): (.*)$"),
    ]
    .into_iter()
    .map(|(form, regex)| (form, Regex::new(regex).unwrap()))
    .collect()
});

#[derive(Clone, Copy)]
enum Form {
    Add,
    Pass,
    Sleep,
    Night,
    Block,
    Move,
    Migrate,
    Barred,
    Link,
    Tap,
    Forge,
    Place,
    Number,
    Reply,
    Files,
    Long,
    Other,
    Edit,
    Formatted,
    Forward,
    InGroup,
    Often,
    Say,
}

impl Script {
    pub fn new(world: Arc<World>) -> Script {
        let mut town = Town::new(world);
        town.admins.push(301);
        town.person(301).admin = true;
        town.person(301).menu = directory::own_menu(For::Admins).join(" ");
        town.person(301).reachable = true;
        for (_, chat) in GROUPS {
            town.members.insert((chat, 0), Membership::Administrator);
            for user in [201, 202, 203, 401] {
                let inside = (chat == -1009) == (user == 401);
                town.members.insert((chat, user), if inside { Membership::Member } else { Membership::Outside });
            }
        }
        Script { town, updates: 0, link: None }
    }

    /// The name of a person or group.
    pub fn name(&self, id: i64) -> String {
        let people = PEOPLE.iter().map(|(name, id, _)| (*name, *id));
        people.chain(GROUPS).find(|(_, of)| *of == id).map_or_else(|| id.to_string(), |(name, _)| name.to_owned())
    }

    /// Sets the scene.
    pub fn set(&mut self, line: &str) -> Result<(), String> {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            [group, "is", "bound"] => self.bind(group, if group == "desk" { CrewKind::Desk } else { CrewKind::Crew }, &[]),
            [group, "is", "bound", "to", ..] => self.bind(group, CrewKind::Crew, &words[4..]),
            [who, "is", "registered", "as", name, phone] => {
                let id = person(who)?.0;
                let person = self.town.person(id);
                person.reachable = true;
                (person.working_name, person.working_phone) = (name.to_owned(), phone.to_owned());
                person.menu = directory::own_menu(if person.admin { For::Admins } else { For::Staff }).join(" ");
                if who == "Tom" {
                    person.lang = baoxiu::vocabulary::lang::Lang::En;
                }
                Ok(())
            }
            ["there", "is", "no", "admin"] => {
                self.town.admins.clear();
                let was = self.town.person(301);
                (was.admin, was.menu) = (false, String::new());
                Ok(())
            }
            ["link", link, "of", who] => {
                let inviter = if who == "nobody" { 0 } else { person(who)?.0 };
                let code = link.strip_prefix("admin_").ok_or("a link begins with admin_")?;
                self.town.invites.push((code.to_owned(), inviter, None));
                Ok(())
            }
            [who, "is", "an", "admin"] => {
                let one = self.town.person(person(who)?.0);
                (one.admin, one.reachable) = (true, true);
                one.menu = directory::own_menu(For::Admins).join(" ");
                self.town.admins = self.town.people.values().filter(|p| p.admin).map(|p| p.id).collect();
                Ok(())
            }
            ["files", "can" | "cannot", "be", "fetched"] => {
                self.town.unfetched = words[1] == "cannot";
                Ok(())
            }
            ["mornings", "are", "watched"] => {
                self.town.watch_mornings();
                Ok(())
            }
            [fault, "demands", "a", "quote"] => {
                let now = self.town.world.settings.clone();
                let mut sources = book::builtin();
                for file in sources.iter_mut().filter(|s| s.name == "visit.toml") {
                    file.text = file.text.replace("quote = true", &format!("quote = true\nfaults = [\"{fault}\"]"));
                }
                let mut assets = assets::load(None).map_err(|e| e.to_string())?;
                assets.book = Book::load(&sources).map_err(|problems| assets::listed(&problems))?;
                let areas = assets.areas.named();
                self.town.world = Arc::new(assets::world(assets, &areas, now).map_err(|e| e.to_string())?);
                Ok(())
            }
            ["hotline", "is", "not", "set"] => {
                self.town.no_hotline = true;
                Ok(())
            }
            ["notices", "reach", portion, "at", "a", "time"] => {
                self.town.portion = portion.parse().map_err(|_| "no number")?;
                Ok(())
            }
            ["Telegram", verb, "notices"] => {
                self.town.picky = verb == "refuses";
                self.town.held = verb == "holds";
                Ok(())
            }
            [count, "messages", "wait", "for", at] => {
                self.town.queues.insert(group(at)?, count.parse().map_err(|_| "no number")?);
                Ok(())
            }
            [count, "tickets", "wait", "on", "the", "board", "of", at] => self.crowd(group(at)?, count),
            [who, "has", "started", "the", "bot"] => {
                self.town.person(person(who)?.0).reachable = true;
                Ok(())
            }
            [who, "in", at, "is", ref what @ ..] => {
                let membership = match what {
                    ["unknown"] => Membership::Unknown,
                    ["a", "member"] => Membership::Member,
                    ["outside"] => Membership::Outside,
                    _ => return Err(format!("nobody knows this membership: {line}")),
                };
                self.town.members.insert((group(at)?, person(who)?.0), membership);
                Ok(())
            }
            _ => Err(format!("nobody can set this: {line}")),
        }
    }

    fn bind(&mut self, name: &str, kind: CrewKind, areas: &[&str]) -> Result<(), String> {
        let (id, chat) = (self.town.crews.len() as i64 + 1, group(name)?);
        let areas = areas.iter().map(|a| (*a).to_owned()).collect();
        let title = match name {
            "crew" => "兴城班组",
            "crew2" => "沈阳班组",
            _ => "调度台",
        };
        self.town.crews.push(Crew { id, chat, kind, title: title.to_owned(), areas, active: true, profile: Profile::default() });
        Ok(())
    }

    /// Tickets of other people, a minute apart, on the board of a group's crew.
    fn crowd(&mut self, chat: i64, count: &str) -> Result<(), String> {
        let crew = self.town.crews.iter().find(|c| c.chat == chat).map(|c| c.id).ok_or("no crew is there")?;
        for n in 0..count.parse().map_err(|_| "no number")? {
            let created = self.town.now - 60_000 * n;
            let number = self.town.next_number;
            self.town.next_number += 1;
            let details = Details { boarded: true, phone: "13900000000".to_owned(), ..Details::default() };
            let ticket = Ticket {
                number,
                customer: 5_000 + n,
                status: Status::Open,
                fault: "leak".to_owned(),
                danger: false,
                district: Some("211481".to_owned()),
                served: Some(true),
                created,
                promise: Some(created + 30 * 60_000),
                crew: Some(crew),
                claimer: None,
                claimed: None,
                updated: created,
                trial: false,
                details,
            };
            self.town.tickets.insert(number, ticket);
        }
        Ok(())
    }

    /// Does what the line says.
    pub fn does(&mut self, line: &str) -> Answer {
        let (form, caught) = FORMS
            .iter()
            .find_map(|(form, regex)| regex.captures(line).map(|caught| (*form, caught)))
            .ok_or_else(|| format!("nobody can do this: {line}"))?;
        let at = |i: usize| caught.get(i).map_or("", |m| m.as_str());
        if let Form::Pass | Form::Sleep = form {
            let unit = match at(2).trim_end_matches('s') {
                "second" => 1000,
                "minute" => 60_000,
                "hour" => 3_600_000,
                _ => 86_400_000,
            };
            let span = at(1).parse::<i64>().map_err(|e| e.to_string())? * unit;
            return Ok(if matches!(form, Form::Pass) { self.town.wait(span) } else { self.town.sleep(span) });
        }
        if let Form::Night = form {
            return Ok(self.town.night());
        }
        if let Form::Migrate = form {
            let (from, to) = (group(at(1))?, group(at(2))?);
            return Ok(self.town.play(&Input::Migrated { from, to }));
        }
        if let Form::Barred = form {
            return Ok(self.town.play(&Input::Barred { chat: group(at(1))? }));
        }
        let (who, from) = person(at(1)).map(|(id, language)| {
            let from = Sender { id, name: at(1).to_owned(), language: Some(language.to_owned()) };
            (id, from)
        })?;
        let text = |words: &str| Content::Text(words.replace("\\n", "\n"));
        // People take a moment to do something.
        let mut before = self.town.wait(3000);
        let seen = match form {
            Form::Often => {
                let times: usize = at(2).parse().map_err(|_| "no number")?;
                (0..times).flat_map(|_| self.say(from.clone(), text(at(3)))).collect()
            }
            Form::Say => self.say(from, text(at(2))),
            Form::Edit => {
                let edited = self.message(from, text(at(2)));
                self.town.play(&Input::Edited(edited))
            }
            Form::Formatted => {
                let html = at(2).replace("\\n", "\n");
                let plain = Regex::new("<[^>]*>").unwrap().replace_all(&html, "").into_owned();
                let message = Message { html: Some(html), ..self.message(from, Content::Text(plain)) };
                self.town.play(&Input::Message(message))
            }
            Form::Forward => {
                let message = Message { foreign: true, ..self.message(from, text(at(2))) };
                self.town.play(&Input::Message(message))
            }
            Form::InGroup => {
                let message = Message {
                    chat: group(at(2))?,
                    private: false,
                    title: "兴城班组".to_owned(),
                    anonymous: !at(3).is_empty(),
                    ..self.message(from, text(at(4)))
                };
                self.town.play(&Input::Message(message))
            }
            Form::Reply => {
                let number: i64 = at(2).parse().map_err(|_| "no number")?;
                let shown = self.town.chats.get(&who).into_iter().flatten();
                let id = shown.rev().find(|s| s.card.as_ref().is_some_and(|c| c.number == number)).map(|s| s.id);
                let id = id.ok_or("there is no such card")?;
                let message = Message { reply_to: Some(id), ..self.message(from, text(at(3))) };
                self.town.play(&Input::Message(message))
            }
            Form::Files => {
                let card = at(5).parse().ok().and_then(|number| self.card_of(who, number));
                self.files(&from, [at(2), at(3), at(4), at(6)], card)?
            }
            Form::Long => self.files(&from, ["1", "photo", "", &"字".repeat(at(2).parse().map_err(|_| "no number")?)], None)?,
            Form::Other => self.say(from, Content::Other(at(2).to_owned())),
            Form::Place => {
                let degrees = |i| at(i).parse::<f64>().map_err(|e| e.to_string());
                self.say(from, Content::Location { latitude: degrees(2)?, longitude: degrees(3)? })
            }
            Form::Number => {
                let own = !at(2).is_empty();
                let name = if at(4).is_empty() { at(1) } else { at(4) };
                self.say(from, Content::Contact { phone: at(3).to_owned(), name: name.to_owned(), user: own.then_some(who) })
            }
            Form::Tap => self.tap(&from, at(3), at(4), at(5).parse().ok(), [!at(2).is_empty(), !at(6).is_empty()])?,
            Form::Forge => {
                let chat = if at(3).is_empty() { who } else { group(at(3))? };
                self.press(&from, chat, 1, at(2))
            }
            Form::Link => {
                let link = self.link.take().ok_or("there is no link to follow")?;
                let parameter = link.split_once("?start=").map_or("", |(_, p)| p);
                self.say(from, text(format!("/start {parameter}").trim()))
            }
            Form::Block => {
                let now = if at(2) == "blocks" { Membership::Outside } else { Membership::Member };
                let change = MemberChange { chat: who, private: true, title: String::new(), by: from, user: 999, now };
                self.town.play(&Input::BotMember(change))
            }
            Form::Move => {
                let chat = group(at(3))?;
                let now = match at(2) {
                    "leaves" => Membership::Outside,
                    "joins" => Membership::Member,
                    _ => Membership::Administrator,
                };
                self.town.members.insert((chat, who), now);
                let title = "兴城班组".to_owned();
                let change = MemberChange { chat, private: false, title, by: from, user: who, now };
                self.town.play(&if who == 0 { Input::BotMember(change) } else { Input::Member(change) })
            }
            Form::Add => {
                let chat = group(at(2))?;
                let now = if at(3).is_empty() { Membership::Member } else { Membership::Administrator };
                self.town.members.insert((chat, 0), now);
                let title = "兴城班组".to_owned();
                self.town.play(&Input::BotMember(MemberChange { chat, private: false, title, by: from, user: 0, now }))
            }
            Form::Pass | Form::Sleep | Form::Night | Form::Migrate | Form::Barred => Vec::new(),
        };
        for one in &seen {
            if let Seen::Toast { toast, .. } = one
                && toast.url.is_some()
            {
                self.link.clone_from(&toast.url);
            }
        }
        before.extend(seen);
        Ok(before)
    }

    fn message(&mut self, from: Sender, content: Content) -> Message {
        self.updates += 1;
        Message {
            chat: from.id,
            private: true,
            title: String::new(),
            topic: None,
            id: self.updates,
            from,
            anonymous: false,
            foreign: false,
            reply_to: None,
            album: None,
            content,
            html: None,
        }
    }

    fn say(&mut self, from: Sender, content: Content) -> Vec<Seen> {
        let message = self.message(from, content);
        self.town.play(&Input::Message(message))
    }

    /// One file alone, several as an album.
    /// The message that is a ticket's card in this chat.
    fn card_of(&self, chat: i64, number: i64) -> Option<i64> {
        let shown = self.town.chats.get(&chat)?;
        let is_card = |s: &&Shown| s.card.as_ref().is_some_and(|c| c.number == number && c.role != CardRole::Media);
        shown.iter().rev().find(is_card).map(|s| s.id)
    }

    fn files(&mut self, from: &Sender, [count, kind, mega, caption]: [&str; 4], reply_to: Option<i64>) -> Answer {
        let size = mega.parse::<i64>().unwrap_or_default() * 1_048_576;
        let count: i64 = count.parse().map_err(|_| "no number")?;
        let kind = match kind {
            "photo" => MediaKind::Photo,
            "video" => MediaKind::Video,
            _ => MediaKind::Voice,
        };
        let album = (count > 1).then(|| format!("album {}", self.updates));
        let mut seen = Vec::new();
        for part in 0..count {
            let file = format!("file {}", self.updates);
            let media = Media { kind, file_id: file.clone(), unique_id: file, size };
            let caption = if part == 0 { caption } else { "" }.to_owned();
            let message =
                Message { album: album.clone(), reply_to, ..self.message(from.clone(), Content::Media { media, caption }) };
            seen.extend(self.town.play(&Input::Message(message)));
        }
        if album.is_some() {
            seen.extend(self.town.wait(2000));
        }
        Ok(seen)
    }

    fn tap(&mut self, from: &Sender, label: &str, at: &str, on: Option<i64>, [old, twice]: [bool; 2]) -> Answer {
        let chat = if at.is_empty() { from.id } else { group(at)? };
        if at.is_empty() && !old && self.town.keyboards.get(&chat).is_some_and(|k| k.iter().any(|(l, _)| l == label)) {
            return Ok(self.say(from.clone(), Content::Text(label.to_owned())));
        }
        let mut shown: Vec<_> = self.town.chats.get(&chat).cloned().unwrap_or_default();
        shown.retain(|s| on.is_none_or(|number| s.card.as_ref().is_some_and(|c| c.number == number)));
        let find = |taps: &[(String, Tap)]| taps.iter().find(|(l, _)| l == label).map(|(_, tap)| tap.clone());
        let found = if old {
            shown.iter().find_map(|s| find(&s.lost).or_else(|| find(&s.buttons)).map(|tap| (s.id, tap)))
        } else {
            shown.iter().rev().find_map(|s| find(&s.buttons).map(|tap| (s.id, tap)))
        };
        let (message, tap) = found.ok_or_else(|| format!("there is no button [{label}]"))?;
        match tap {
            Tap::Url(url) => {
                self.link = Some(url);
                Ok(Vec::new())
            }
            Tap::Data(data) => {
                let mut seen = self.press(from, chat, message, &data);
                if twice {
                    seen.extend(self.press(from, chat, message, &data));
                }
                Ok(seen)
            }
        }
    }

    fn press(&mut self, from: &Sender, chat: i64, message: i64, data: &str) -> Vec<Seen> {
        self.updates += 1;
        self.town.play(&Input::Press(Press {
            query: self.updates.to_string(),
            from: from.clone(),
            chat,
            private: chat > 0,
            message,
            data: data.to_owned(),
        }))
    }
}

fn person(name: &str) -> Result<(i64, &'static str), String> {
    PEOPLE.iter().find(|(n, _, _)| *n == name).map(|(_, id, lang)| (*id, *lang)).ok_or(format!("nobody is called {name}"))
}

fn group(name: &str) -> Result<i64, String> {
    GROUPS.iter().find(|(n, _)| *n == name).map(|(_, id)| *id).ok_or(format!("no group is called {name}"))
}
