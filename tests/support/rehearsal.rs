//! A town in memory: people, groups, tickets, cards and timers, moved by the pure core alone. It does what the inbox,
//! the store and Telegram do between two inputs, and nothing more.
use std::collections::{BTreeMap, BTreeSet};

use baoxiu::core::scene::{
    Aging, Colleague, Fact, History, Invite, Lookup, Morning, NoticeScene, Scene, Step, TicketRef, Waitlist,
};
use baoxiu::core::{self, World};
use baoxiu::coverage::{Served, seed};
use baoxiu::desk::board;
use baoxiu::desk::claims::COUNTED;
use baoxiu::desk::crew::{Crew, CrewKind};
use baoxiu::desk::figures::{Answered, Counts, Ledger};
use baoxiu::desk::notice::{Audience, Notice, State};
use baoxiu::desk::person::Person;
use baoxiu::desk::route;
use baoxiu::desk::ticket::{Event, Status, Ticket};
use baoxiu::dialog::session::Session;
use baoxiu::render::outgoing::{Ask, Body, Markup, Outgoing, Tap};
use baoxiu::render::{self, Toast};
use baoxiu::vocabulary::input::{Input, Membership, Millis, Post, Sender, Sum, Timer};
use baoxiu::vocabulary::lang::Lang;
use baoxiu::vocabulary::say::{CardRef, CardRole, Place, PressAnswer, Priority, Recipient, Say, Text};

/// Monday, 2 March 2026, 14:00 in Shanghai.
pub const START: Millis = 1_772_431_200_000;
const WEEK: Millis = 7 * 24 * 3_600_000;

/// What a chat shows.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: i64,
    pub card: Option<CardRef>,
    pub buttons: Vec<(String, Tap)>,
    /// Buttons that it had and lost: somebody may still tap them on an old screen.
    pub lost: Vec<(String, Tap)>,
}

/// What people saw happen.
#[derive(Clone, Debug)]
pub enum Seen {
    /// A message, and whether an old one was changed.
    Message { message: Outgoing, edited: bool },
    /// Messages taken away.
    Gone { chat: i64, card: Option<CardRef> },
    /// A message that nobody may be sent.
    Unreachable { chat: i64 },
    /// The answer to a tap of this person.
    Toast { to: i64, toast: Toast },
}

#[derive(Clone)]
pub struct Town {
    pub world: std::sync::Arc<World>,
    pub served: Served,
    pub now: Millis,
    pub people: BTreeMap<i64, Person>,
    pub sessions: BTreeMap<i64, Session>,
    pub tickets: BTreeMap<i64, Ticket>,
    pub crews: Vec<Crew>,
    pub admins: Vec<i64>,
    pub members: BTreeMap<(i64, i64), Membership>,
    pub chats: BTreeMap<i64, Vec<Shown>>,
    pub keyboards: BTreeMap<i64, Vec<(String, Ask)>>,
    pub events: Vec<(Millis, Event)>,
    pub next_number: i64,
    pub hotline: Option<String>,
    /// The settings name no hotline.
    pub no_hotline: bool,
    /// Command menus of single chats.
    pub menus: BTreeMap<i64, Vec<String>>,
    pub settled: BTreeSet<String>,
    /// Crews are asked one after another.
    pub turns: bool,
    /// Links that make admins: code, who made it, when it dies.
    pub invites: Vec<(String, i64, Option<Millis>)>,
    /// Codes given out.
    codes: u8,
    /// Arrival codes given out.
    arrivals: u32,
    pub notices: BTreeMap<i64, (Notice, Post)>,
    pub next_notice: i64,
    /// How many recipients a notice reaches with each step.
    pub portion: usize,
    /// Telegram will not take what the admins want to send.
    pub picky: bool,
    /// Recorded files cannot be fetched.
    pub unfetched: bool,
    /// Telegram takes no notices now; those that wait meanwhile, with the chat that each is for.
    pub held: bool,
    pub held_back: Vec<(i64, i64)>,
    /// How many messages wait for each group.
    pub queues: BTreeMap<i64, i64>,
    pub timers: BTreeMap<(i64, String), (Millis, Timer)>,
    messages: i64,
    /// Messages as the core said them, of the last input.
    pub said: Vec<Say>,
    /// Answers to presses, of the last input.
    pub answers: Vec<PressAnswer>,
}

impl Town {
    pub fn new(world: std::sync::Arc<World>) -> Town {
        let rows = seed::parse(seed::BUILTIN).unwrap();
        Town {
            world,
            served: Served::new(rows.into_iter().map(|r| r.code)),
            now: START,
            people: BTreeMap::new(),
            sessions: BTreeMap::new(),
            tickets: BTreeMap::new(),
            crews: Vec::new(),
            admins: Vec::new(),
            members: BTreeMap::new(),
            chats: BTreeMap::new(),
            keyboards: BTreeMap::new(),
            events: Vec::new(),
            next_number: 1001,
            hotline: None,
            no_hotline: false,
            menus: BTreeMap::new(),
            settled: BTreeSet::new(),
            turns: false,
            invites: Vec::new(),
            codes: 0,
            arrivals: 0,
            notices: BTreeMap::new(),
            next_notice: 1,
            portion: 500,
            picky: false,
            unfetched: false,
            held: false,
            held_back: Vec::new(),
            queues: BTreeMap::new(),
            timers: BTreeMap::new(),
            messages: 0,
            said: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// Somebody the bot may have heard of.
    pub fn person(&mut self, id: i64) -> &mut Person {
        self.people.entry(id).or_insert(Person { id, ..Person::default() })
    }

    /// Handles an input and every timer that is due at once.
    pub fn play(&mut self, input: &Input) -> Vec<Seen> {
        let mut seen = self.one(input);
        seen.extend(self.ring(self.now));
        seen
    }

    /// Lets time pass; timers fire when they are due.
    pub fn wait(&mut self, span: Millis) -> Vec<Seen> {
        let until = self.now + span;
        let seen = self.ring(until);
        self.now = until;
        seen
    }

    /// Lets time pass while the program is down; timers that were due meanwhile fire when it is back.
    pub fn sleep(&mut self, span: Millis) -> Vec<Seen> {
        self.now += span;
        self.ring(self.now)
    }

    fn ring(&mut self, until: Millis) -> Vec<Seen> {
        let mut seen = Vec::new();
        while let Some((due, key)) =
            self.timers.iter().map(|(key, (due, _))| (*due, key.clone())).min().filter(|(due, _)| *due <= until)
        {
            if let Some((_, timer)) = self.timers.remove(&key) {
                self.now = self.now.max(due);
                seen.extend(self.one(&Input::Timer(timer)));
            }
        }
        seen
    }

    /// What is open, as the store reads it.
    fn morning(&self) -> Morning {
        let open = self.tickets.values().filter(|t| t.status.is_open() && !t.trial);
        let mut tickets: Vec<Ticket> = open.cloned().collect();
        tickets.sort_by_key(|t| (!t.danger, t.promise.is_none(), t.promise, t.updated, t.number));
        let stops = |t: &&Ticket| self.people.get(&t.customer).is_some_and(|p| !p.reachable);
        let stopped = tickets.iter().filter(stops).map(|t| t.number).collect();
        let since = self.now - core::LATELY;
        let broken = self.events.iter().filter(|(at, e)| *at >= since && e.what == "overdue").map(|(_, e)| e.ticket);
        let overdue = broken.collect::<BTreeSet<i64>>().len() as i64;
        Morning { total: tickets.len() as i64, tickets, stopped, overdue }
    }

    /// Lets the morning list come, as every start of the program does.
    pub fn watch_mornings(&mut self) {
        let settings = &self.world.settings;
        let next = baoxiu::desk::morning::next(self.now, settings.timezone, settings.morning);
        self.timers.insert((0, core::MORNING.to_owned()), (next, Timer::Morning));
    }

    /// What the nightly job does to tickets; which of them are due, the core knows as well.
    pub fn night(&mut self) -> Vec<Seen> {
        let numbers: Vec<i64> = self.tickets.keys().copied().collect();
        numbers.into_iter().flat_map(|ticket| self.one(&Input::Timer(Timer::Blank { ticket }))).collect()
    }

    fn aging(&self, number: i64) -> Aging {
        let contested = self.events.iter().any(|(_, e)| e.ticket == number && e.what == "not_fixed");
        let other = [CardRole::Notice, CardRole::Guide, CardRole::Board];
        let cards = self.chats.iter().flat_map(|(chat, shown)| {
            let of_ticket = |s: &Shown| s.card.clone().filter(|c| c.number == number && !other.contains(&c.role));
            shown.iter().filter_map(of_ticket).map(|card| (card.role, *chat))
        });
        Aging { contested, cards: cards.collect() }
    }

    fn one(&mut self, input: &Input) -> Vec<Seen> {
        // The inbox fetches, and brings what came of it.
        let fetched = match input {
            Input::Timer(Timer::Fetch { ticket, entry, file }) => {
                let sum = (!self.unfetched).then(|| Sum::Known(format!("{file:0>8}")));
                Some(Input::Timer(Timer::Fetched { ticket: *ticket, entry: *entry, sum }))
            }
            _ => None,
        };
        let input = fetched.as_ref().unwrap_or(input);
        let needs = core::needs(input);
        let facts = needs.lookups.iter().flat_map(|l| self.facts(l)).collect();
        let mut scene = Scene { facts, now: self.now, ..Scene::default() };
        if let Some(id) = needs.person {
            let lang = sender(input).filter(|s| s.id == id).map_or(Lang::Zh, |s| Lang::from_tag(s.language.as_deref()));
            let admin = self.admins.contains(&id);
            scene.person = self.people.entry(id).or_insert(Person { id, lang, admin, ..Person::default() }).clone();
            // As the database would: what is written is read again by the same program.
            let stored = serde_json::to_string(&self.sessions.entry(id).or_default()).unwrap();
            scene.session = serde_json::from_str(&stored).unwrap();
        }
        for one in core::tickets(input, &scene.session) {
            if let TicketRef::Card { chat, message } = one {
                scene.card = self.card_at(chat, message);
            }
            for ticket in self.find(&one) {
                if !scene.tickets.iter().any(|t| t.number == ticket.number) {
                    scene.tickets.push(ticket);
                }
            }
        }
        if let Some(number) = core::wants_customer(&scene.session) {
            let customer = scene.tickets.iter().find(|t| t.number == number).map(|t| t.customer);
            scene.customer = customer.and_then(|id| self.people.get(&id)).cloned();
        }
        if core::wants_number(input, &scene.session) {
            scene.next_number = self.next_number;
        }
        scene.notice = needs.notice.and_then(|number| self.notice(number));
        if let Some(admin) = needs.notices_of {
            let ends = |n: &Notice| matches!(n.state, State::Stopped | State::Finished | State::Dropped | State::Refused);
            let of = self.notices.values().map(|(n, _)| n).filter(|n| n.admin == admin && !ends(n));
            scene.unfinished = of.map(|n| n.number).collect();
        }
        if core::wants_notice(input, &scene.session) {
            scene.next_notice = self.next_notice;
        }
        if needs.staff {
            scene.crews = self.crews.clone();
            scene.turns = self.turns;
            scene.admins.clone_from(&self.admins);
        }
        if needs.names {
            let named = |id: &i64| self.people.get(id).map(|p| (*id, p.working_name.clone()));
            scene.names = self.admins.iter().filter_map(named).filter(|(_, name)| !name.is_empty()).collect();
        }
        if let Some(code) = &needs.invite {
            let valid = |(of, _, until): &&(String, i64, Option<Millis>)| of == code && until.is_none_or(|u| u > self.now);
            let found = self.invites.iter().find(valid);
            scene.invite = found.map(|(code, inviter, _)| Invite { code: code.clone(), inviter: *inviter });
        }
        if needs.arrival {
            self.arrivals += 1;
            scene.arrival = Some(format!("{:04}", self.arrivals * 1111 % 10_000));
        }
        if needs.fresh_code {
            scene.fresh_code = Some(format!("fresh{}", char::from(b'a' + self.codes)));
            self.codes += 1;
        }
        scene.roster = needs.roster.map_or_else(Vec::new, |number| self.roster(number));
        scene.technician = needs.technician.and_then(|id| self.people.get(&id).cloned());
        if needs.releases {
            let of = |e: &Event| e.what == "released" && e.who == scene.person.id;
            let since = self.now - COUNTED;
            scene.releases = self.events.iter().filter(|(at, e)| *at > since && of(e)).map(|(at, _)| *at).collect();
        }
        scene.aging = needs.aging.map_or_else(Aging::default, |number| self.aging(number));
        scene.hotline = self.hotline();
        scene.settled.clone_from(&self.settled);
        if needs.served {
            scene.served = self.served.clone();
        }
        if needs.staff && core::may_offer(input, &scene.session) {
            scene.queues.clone_from(&self.queues);
        }
        if core::may_read(input, &scene) {
            scene.waitlist = needs.waitlist.map(|(crew, page)| self.waitlist(crew, page));
            if needs.counts {
                for ticket in self.tickets.values().filter(|t| t.status == Status::Open && !t.trial) {
                    let count = scene.counts.entry(ticket.crew.unwrap_or_default()).or_default();
                    count.0 += 1;
                    count.1 += i64::from(ticket.promise.is_some_and(|by| by <= self.now));
                }
            }
            scene.morning = needs.morning.then(|| self.morning());
            scene.figures = needs.figures.then(|| self.ledger());
            scene.history = needs.history.map_or_else(History::default, |number| self.history(number, scene.person.id));
        }
        let step = core::step(&self.world, input, scene);
        self.apply(input, needs.person, step)
    }

    fn hotline(&self) -> Option<String> {
        self.hotline.clone().or_else(|| self.world.settings.hotline.clone().filter(|_| !self.no_hotline))
    }

    /// What an admin has changed of the service itself.
    fn settings(&mut self, step: &Step) {
        let mut codes: BTreeSet<String> = self.served.codes().collect();
        codes.retain(|c| !step.unserve.contains(c));
        codes.extend(step.serve.iter().map(|(code, _)| code.clone()));
        self.served = Served::new(codes);
        if let Some(hotline) = &step.hotline {
            self.hotline = Some(hotline.clone()).filter(|h| !h.is_empty());
        }
        self.settled.extend(step.settle.iter().cloned());
        self.turns = step.turns.unwrap_or(self.turns);
        for (number, crews) in &step.offers {
            let ticket = self.tickets.get(number).expect("offered after it was written");
            assert_eq!(ticket.details.also, *crews, "the row and the table say the same");
        }
        self.invites.retain(|(code, inviter, _)| step.used.as_ref() != Some(code) && !step.dismissed.contains(inviter));
        self.invites.extend(step.invites.iter().map(|i| (i.code.clone(), i.inviter, Some(i.expires))));
        for id in &step.dismissed {
            self.person(*id).admin = false;
        }
        for number in &step.removed {
            assert!(self.tickets.remove(number).is_some_and(|t| t.trial), "only a test is removed");
            self.events.retain(|(_, e)| e.ticket != *number);
        }
        self.admins = self.people.values().filter(|p| p.admin).map(|p| p.id).collect();
    }

    fn apply(&mut self, input: &Input, person: Option<i64>, step: Step) -> Vec<Seen> {
        if let Some(session) = step.session.clone() {
            self.sessions.insert(person.expect("a session was locked"), session);
        }
        if let Some(written) = step.person.clone() {
            assert_eq!(person, Some(written.id), "only the locked person is written");
            self.people.insert(written.id, written);
        }
        for ticket in step.tickets.clone() {
            assert!(ticket.number > 0, "a ticket without a number");
            if ticket.number == self.next_number {
                self.next_number += 1;
            }
            self.tickets.insert(ticket.number, ticket);
        }
        self.events.extend(step.events.iter().cloned().map(|event| (self.now, event)));
        for (_, event) in &mut self.events {
            if step.forgotten.contains(&event.ticket) && !["handed", "corrected"].contains(&&*event.what) {
                event.note.clear();
            }
        }
        self.settings(&step);
        for mut crew in step.crews.clone() {
            match self.crews.iter_mut().find(|c| c.chat == crew.chat) {
                Some(old) => *old = Crew { id: old.id, ..crew },
                None => {
                    crew.id = self.crews.len() as i64 + 1;
                    self.crews.push(crew);
                }
            }
        }
        if let Some(notice) = &step.notice {
            match (self.notices.get_mut(&notice.number), step.post) {
                (Some((old, _)), None) => {
                    // The sender alone counts.
                    let (sent, unreachable, failed) = (old.sent, old.unreachable, old.failed);
                    *old = Notice { sent, unreachable, failed, ..notice.clone() };
                }
                (None, Some(post)) => {
                    assert_eq!(notice.number, self.next_notice, "a notice without a number");
                    self.next_notice += 1;
                    self.notices.insert(notice.number, (notice.clone(), post));
                }
                _ => panic!("a notice is made once"),
            }
        }
        if let Some((from, to)) = step.migrated {
            self.crews.iter_mut().filter(|c| c.chat == from).for_each(|c| c.chat = to);
        }
        for timer in step.timers.clone() {
            match timer.set {
                Some(set) => self.timers.insert((timer.subject, timer.name), set),
                None => self.timers.remove(&(timer.subject, timer.name)),
            };
        }
        let mut seen = Vec::new();
        for answer in &step.answers {
            let lang = self.lang(answer.to);
            seen.push(Seen::Toast { to: answer.to, toast: render::toast(&self.world, answer, lang, self.hotline().as_deref()) });
        }
        let private = match input {
            Input::Message(m) | Input::Edited(m) => m.private,
            Input::Press(p) => p.private,
            _ => false,
        };
        let writer = sender(input).filter(|_| private).map(|s| s.id);
        for say in &step.say {
            seen.push(self.send(say, writer));
        }
        for chat in &step.owed {
            let number = step.notice.as_ref().map_or(0, |n| n.number);
            self.held_back.push((number, *chat));
        }
        if !self.held {
            for (number, chat) in std::mem::take(&mut self.held_back) {
                seen.extend(self.reach(number, chat));
            }
        }
        (self.said, self.answers) = (step.say, step.answers);
        seen
    }

    /// What the outbox and Telegram do.
    fn send(&mut self, say: &Say, writer: Option<i64>) -> Seen {
        let lang = match say.to {
            Recipient::Group(_) => Lang::Zh,
            Recipient::Person(id) => {
                if writer != Some(id) && !self.people.get(&id).is_some_and(|p| p.reachable) {
                    return Seen::Unreachable { chat: id };
                }
                self.lang(id)
            }
        };
        let mut message = render::message(&self.world, say, lang, self.hotline().as_deref());
        if let Some(number) = message.body.notice() {
            let preview = self.posted(number, message.chat);
            let (notice, _) = self.notices.get_mut(&number).expect("the notice is there before its preview");
            notice.state = if self.picky { State::Refused } else { State::Draft };
            match self.picky {
                true => return Seen::Gone { chat: message.chat, card: None },
                false => message.body = preview,
            }
        }
        let chat = message.chat;
        if let Body::Menu(menus) = &message.body {
            let names = menus.first().map(|m| m.commands.iter().map(|(name, _)| name.clone()).collect());
            self.menus.insert(chat, names.unwrap_or_default());
            return Seen::Message { message, edited: false };
        }
        let card = message.card().cloned();
        if let Some(CardRef { number, role: CardRole::Notice }) = &card
            && let Some((notice, _)) = self.notices.get_mut(number)
        {
            notice.shown = self.now;
        }
        let shown = self.chats.entry(chat).or_default();
        if message.body == Body::Delete {
            let before = shown.len();
            shown.retain(|s| s.card != card);
            return if shown.len() < before { Seen::Gone { chat, card } } else { Seen::Gone { chat, card: None } };
        }
        let buttons = match &message.body {
            Body::Text { markup: Markup::Inline(rows), .. } => rows.iter().flatten().cloned().collect(),
            _ => Vec::new(),
        };
        if let Body::Text { markup, .. } = &message.body {
            match markup {
                Markup::Reply(rows) => {
                    self.keyboards.insert(chat, rows.iter().flatten().cloned().collect());
                }
                Markup::Remove => {
                    self.keyboards.remove(&chat);
                }
                _ => {}
            }
        }
        let old = match &message.place {
            Place::Edit(id) => shown.iter_mut().find(|s| s.id == *id),
            Place::CardIfThere(_) if !shown.iter().any(|s| s.card == card) => return Seen::Gone { chat, card: None },
            Place::Card(_) | Place::CardIfThere(_) => shown.iter_mut().find(|s| s.card == card),
            Place::New => None,
            Place::CardAnew(_) => {
                shown.iter_mut().filter(|s| s.card == card).for_each(|s| s.card = None);
                None
            }
        };
        if let Some(old) = old {
            let lost = std::mem::replace(&mut old.buttons, buttons);
            old.lost.extend(lost);
            return Seen::Message { message, edited: true };
        }
        self.messages += 1;
        shown.push(Shown { id: self.messages, card, buttons, lost: Vec::new() });
        Seen::Message { message, edited: false }
    }

    /// What the store and the sender know of a notice. Nothing waits here unless it is held.
    fn notice(&self, number: i64) -> Option<NoticeScene> {
        let (notice, _) = self.notices.get(&number)?;
        let meant: Vec<i64> = self.meant(&notice.audience);
        let running = |n: &&Notice| n.state == State::Running && n.number < number;
        let behind = self.notices.values().map(|(n, _)| n).find(running).map(|n| n.number);
        let mut next: Vec<(i64, i64)> = Vec::new();
        if notice.state == State::Running && behind.is_none() {
            // People in the order of their ids, groups in the order in which they were bound.
            let place = |chat: &i64| self.crews.iter().find(|c| c.chat == *chat).map_or(*chat, |c| c.id);
            next = meant.iter().map(|chat| (place(chat), *chat)).filter(|(at, _)| *at > notice.reached).collect();
            next.truncate(self.portion);
        }
        let waiting = self.held_back.iter().filter(|(of, _)| *of == number).count() as i64;
        Some(NoticeScene { notice: notice.clone(), meant: meant.len() as i64, waiting, stuck: false, behind, next })
    }

    fn meant(&self, audience: &Audience) -> Vec<i64> {
        let has = |id: i64, right: &dyn Fn(&Ticket) -> bool| self.tickets.values().any(|t| t.customer == id && right(t));
        let people = self.people.values().filter(|p| p.reachable && !p.muted);
        let of = |right: &dyn Fn(&Person) -> bool| people.filter(|p| right(p)).map(|p| p.id).collect();
        match audience {
            Audience::Customers => of(&|p| (!p.admin && p.working_name.is_empty()) || has(p.id, &|_| true)),
            Audience::OpenTickets => of(&|p| has(p.id, &|t| t.status.is_open())),
            Audience::Area(code) => {
                let inside = |t: &Ticket| t.district.as_ref().is_some_and(|d| d.starts_with(Audience::prefix(code)));
                of(&|p| has(p.id, &inside))
            }
            Audience::Crews => self.crews.iter().filter(|c| c.active && c.kind == CrewKind::Crew).map(|c| c.chat).collect(),
        }
    }

    fn posted(&self, number: i64, chat: i64) -> Body {
        let (notice, post) = &self.notices[&number];
        let footer = render::html(&self.world, &Text::new("notice-footer"), self.lang(chat));
        Body::Post(if notice.audience.is_people() { render::signed(post.clone(), &footer) } else { post.clone() })
    }

    /// A recipient of a notice gets it, if they can.
    fn reach(&mut self, number: i64, chat: i64) -> Vec<Seen> {
        let body = self.posted(number, chat);
        let reachable = chat < 0 || self.people.get(&chat).is_some_and(|p| p.reachable);
        let (notice, _) = self.notices.get_mut(&number).expect("a notice is sent");
        if !reachable {
            notice.unreachable += 1;
            return vec![Seen::Unreachable { chat }];
        }
        notice.sent += 1;
        let message = Outgoing { chat, body, place: Place::New, priority: Priority::Notice, protect: false };
        vec![Seen::Message { message, edited: false }]
    }

    pub fn lang(&self, id: i64) -> Lang {
        self.people.get(&id).map_or(Lang::Zh, |p| p.lang)
    }

    fn card_at(&self, chat: i64, message: i64) -> Option<i64> {
        let card = self.chats.get(&chat)?.iter().find(|s| s.id == message)?.card.as_ref()?;
        (!matches!(card.role, CardRole::Notice | CardRole::Board)).then_some(card.number)
    }

    fn crew_of(&self, number: i64) -> Option<&Crew> {
        let crew = self.tickets.get(&number)?.crew?;
        self.crews.iter().find(|c| c.id == crew)
    }

    fn find(&self, one: &TicketRef) -> Vec<Ticket> {
        let crew = |t: &Ticket| self.crew_of(t.number).map(|c| c.chat);
        let wanted = |t: &Ticket| match *one {
            TicketRef::Number(number) => t.number == number,
            TicketRef::Card { chat, message } => self.card_at(chat, message) == Some(t.number),
            TicketRef::Customer(id) => {
                t.customer == id && (t.status.is_open() || (t.status == Status::Done && t.updated >= self.now - WEEK))
            }
            TicketRef::Claimer(id) => t.claimer == Some(id) && t.status == Status::Claimed,
            TicketRef::ClaimerIn { user, chat } => {
                t.claimer == Some(user) && matches!(t.status, Status::Claimed | Status::Done) && crew(t) == Some(chat)
            }
            TicketRef::Unrouted => t.crew.is_none() && t.status == Status::Open,
            TicketRef::Crew(chat) => {
                let also = |id: &i64| self.crews.iter().any(|c| c.id == *id && c.chat == chat);
                t.status.is_open() && crew(t) == Some(chat) || t.details.also.iter().any(also)
            }
        };
        self.tickets.values().filter(|t| wanted(t)).cloned().collect()
    }

    fn waitlist(&self, crew: i64, page: i64) -> Waitlist {
        let hears = |t: &Ticket| t.crew.unwrap_or_default() == crew || t.details.also.contains(&crew);
        let waits = |t: &&Ticket| hears(t) && t.status == Status::Open && !t.trial;
        let mut all: Vec<Ticket> = self.tickets.values().filter(waits).cloned().collect();
        all.sort_by_key(|t| (!t.danger, t.promise.is_none(), t.promise, t.created, t.number));
        let (total, shown) = (all.len() as i64, board::SHOWN);
        let newest = all.iter().map(|t| t.updated).max().unwrap_or_default();
        let from = page.clamp(0, (total - 1).max(0) / shown) * shown;
        Waitlist { total, newest, tickets: all.into_iter().skip(from as usize).take(shown as usize).collect() }
    }

    fn roster(&self, number: i64) -> Vec<Colleague> {
        let crew = self.tickets.get(&number).and_then(|t| t.crew);
        let of_crew = |e: &Event| self.tickets.get(&e.ticket).is_some_and(|t| crew.is_some() && t.crew == crew && !t.trial);
        let mut last: Vec<(Millis, i64)> = Vec::new();
        for (at, event) in self.events.iter().rev().filter(|(_, e)| e.what == "claimed" && of_crew(e)) {
            if !last.iter().any(|(_, id)| *id == event.who) {
                last.push((*at, event.who));
            }
        }
        last.sort_by_key(|(at, id)| (-at, *id));
        let jobs =
            |id: i64| self.tickets.values().filter(|t| t.claimer == Some(id) && t.status == Status::Claimed && !t.trial).count();
        let colleague = |id: i64| {
            let name = self.people.get(&id).map(|p| p.working_name.clone()).filter(|name| !name.is_empty())?;
            Some(Colleague { id, name, jobs: i64::try_from(jobs(id)).unwrap() })
        };
        last.into_iter().take(20).filter_map(|(_, id)| colleague(id)).collect()
    }

    fn ledger(&self) -> Ledger {
        let (today, week) = core::days(&self.world, self.now);
        let tickets = || self.tickets.values();
        let count = |n: usize| i64::try_from(n).unwrap();
        let counts = |from: Millis| {
            let ends = |t: &Ticket| {
                let ended = |e: &Event| e.ticket == t.number && ["done", "closed", "cancelled"].contains(&&*e.what);
                !t.status.is_open() && self.events.iter().any(|(at, e)| *at >= from && ended(e))
            };
            let ended: Vec<&Ticket> = tickets().filter(|t| ends(t)).collect();
            Counts {
                new: count(tickets().filter(|t| t.created >= from).count()),
                ended: count(ended.len()),
                cancelled: count(ended.iter().filter(|t| t.status == Status::Cancelled).count()),
            }
        };
        let first =
            |number: i64, what: &str| self.events.iter().find(|(_, e)| e.ticket == number && e.what == what).map(|(at, _)| *at);
        let answered = |t: &Ticket| Answered {
            created: t.created,
            promise: t.promise,
            claimed: ["claimed", "assigned"].iter().filter_map(|what| first(t.number, what)).min(),
            contacted: first(t.number, "contacted"),
            waits: t.status == Status::Open,
            overdue: first(t.number, "overdue").is_some(),
        };
        Ledger {
            open: count(tickets().filter(|t| t.status.is_open()).count()),
            unclaimed: count(tickets().filter(|t| t.status == Status::Open).count()),
            today: counts(today),
            week: counts(week),
            tickets: tickets().filter(|t| t.created >= week).map(answered).collect(),
        }
    }

    fn history(&self, number: i64, reader: i64) -> History {
        let all: Vec<(Millis, Event)> = self.events.iter().filter(|(_, e)| e.ticket == number).cloned().collect();
        let earlier = all.len().saturating_sub(core::HISTORY as usize);
        let named = all.iter().filter_map(|(_, e)| self.people.get(&e.who)).filter(|p| !p.working_name.is_empty());
        History {
            names: named.map(|p| (p.id, p.working_name.clone())).collect(),
            had: all.iter().any(|(_, e)| e.who == reader && e.what == "claimed"),
            earlier: earlier as i64,
            lines: all[earlier..].to_vec(),
        }
    }

    fn facts(&self, lookup: &Lookup) -> Vec<Fact> {
        let crew = |id: i64| self.crews.iter().find(|c| c.id == id).map(|c| c.chat);
        let (chats, user): (Vec<i64>, i64) = match *lookup {
            Lookup::Member { chat, user } => (vec![chat], user),
            Lookup::CrewOf { ticket, user } => {
                let ids = self.tickets.get(&ticket).map(|t| t.crew.into_iter().chain(t.details.also.clone()).collect::<Vec<_>>());
                (ids.unwrap_or_default().into_iter().filter_map(crew).collect(), user)
            }
            Lookup::Crew { crew: id, user } => (crew(id).into_iter().collect(), user),
            Lookup::CrewsOf { user } => {
                let claimed = self.events.iter().filter(|(_, e)| e.who == user && e.what == "claimed");
                let crews: BTreeSet<i64> = claimed.filter_map(|(_, e)| self.tickets.get(&e.ticket)?.crew).collect();
                (crews.into_iter().filter_map(crew).collect(), user)
            }
            Lookup::Desk { user } => (route::desk(&self.crews).map(|c| c.chat).into_iter().collect(), user),
        };
        let membership = |chat| self.members.get(&(chat, user)).copied().unwrap_or(Membership::Outside);
        chats.into_iter().map(|chat| Fact { chat, user, membership: membership(chat) }).collect()
    }
}

/// Who did it.
pub fn sender(input: &Input) -> Option<&Sender> {
    match input {
        Input::Message(m) | Input::Edited(m) => Some(&m.from),
        Input::Press(p) => Some(&p.from),
        Input::Member(c) | Input::BotMember(c) => Some(&c.by),
        Input::Migrated { .. } | Input::Barred { .. } | Input::Timer(_) => None,
    }
}
