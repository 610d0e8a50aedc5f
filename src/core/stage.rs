//! Where a step is played: the scene as it is being changed, and the step that comes of it.
use crate::desk::caller::NOBODY;
use crate::desk::crew::Crew;
use crate::desk::ticket::{Event, Ticket};
use crate::dialog::session::Run;
use crate::vocabulary::input::{Millis, Press, Timer};
use crate::vocabulary::say::{Arg, Keyboard, Place, PressAnswer, Priority, Recipient, Say, Text, What};

use super::World;
use super::directory::{self, For};
use super::scene::{Scene, Step, TimerChange};

/// The working state of one step.
pub(super) struct Stage<'a> {
    pub(super) world: &'a World,
    pub(super) scene: Scene,
    pub(super) step: Step,
    pub(super) now: Millis,
    /// What the person who acts is called in Telegram, where they write in private; else empty.
    pub(super) name: String,
    /// Tap that is not yet answered.
    pub(super) query: Option<(String, i64)>,
    before: (crate::dialog::session::Session, crate::desk::person::Person),
}

impl<'a> Stage<'a> {
    pub(super) fn new(world: &'a World, scene: Scene) -> Stage<'a> {
        let before = (scene.session.clone(), scene.person.clone());
        let now = scene.now;
        Stage { world, scene, step: Step::default(), now, name: String::new(), query: None, before }
    }

    /// Collects what changed. A tap that nothing answered gets an empty answer: the spinner must stop.
    pub(super) fn finish(mut self) -> Step {
        if let Some((query, to)) = self.query.take() {
            self.step.answers.push(PressAnswer { query, to, text: None, alert: false, start: None });
        }
        self.menu_of_chat();
        if self.scene.session != self.before.0 || self.before.0.unreadable {
            self.step.session = Some(self.scene.session);
        }
        if self.scene.person != self.before.1 {
            self.step.person = Some(self.scene.person);
        }
        self.step
    }

    /// The menu of a private chat shows what its person can use. It is compared whenever they act, so a change of rights,
    /// a new version of the program, and an admin whom the settings name and who starts the bot are all the same case.
    fn menu_of_chat(&mut self) {
        let person = &self.scene.person;
        let names = directory::own_menu(person_is(person.admin, &person.working_name));
        let menu = names.join(" ");
        if person.reachable && person.menu != menu {
            self.scene.person.menu = menu;
            self.set_menu(self.me(), names);
        }
    }

    /// Sets the menu of a private chat; without names, the menu that everybody sees.
    pub(super) fn set_menu(&mut self, to: Recipient, names: Vec<String>) {
        let what = What::Menu(names);
        self.say(Say { to, what, keyboard: Keyboard::None, place: Place::New, priority: Priority::Desk, protect: false });
    }

    /// The person who acts.
    pub(super) fn me(&self) -> Recipient {
        Recipient::Person(self.scene.person.id)
    }

    pub(super) fn run(&self) -> Option<&Run> {
        self.scene.session.run.as_ref()
    }

    /// A message of one text without buttons, at the end of the chat.
    pub(super) fn tell(&mut self, to: Recipient, text: Text) {
        self.show(to, vec![text], Keyboard::None, Place::New);
    }

    /// A message with buttons.
    pub(super) fn show(&mut self, to: Recipient, lines: Vec<Text>, keyboard: Keyboard, place: Place) {
        let priority = if to == self.me() { Priority::Reply } else { Priority::Desk };
        self.say(Say { to, what: What::Text(lines), keyboard, place, priority, protect: false });
    }

    /// What a customer would be told who phoned and is not in Telegram falls away: their cards tell staff to phone.
    pub(super) fn say(&mut self, say: Say) {
        if say.to != Recipient::Person(NOBODY) {
            self.step.say.push(say);
        }
    }

    /// Answers the tap with a toast.
    pub(super) fn toast(&mut self, text: Text) {
        self.answer(Some(text), false, None);
    }

    /// Answers the tap with a text that must be closed.
    pub(super) fn alert(&mut self, text: Text) {
        self.answer(Some(text), true, None);
    }

    /// Answers the tap by opening the bot in private.
    pub(super) fn open_private(&mut self, start: String) {
        self.answer(None, false, Some(start));
    }

    fn answer(&mut self, text: Option<Text>, alert: bool, start: Option<String>) {
        match self.query.take() {
            Some((query, to)) => self.step.answers.push(PressAnswer { query, to, text, alert, start }),
            // Not a tap (a start link): the same words as a message.
            None => {
                if let Some(text) = text {
                    self.tell(self.me(), text);
                }
            }
        }
    }

    pub(super) fn pressed(&mut self, press: &Press) {
        self.query = Some((press.query.clone(), press.from.id));
    }

    pub(super) fn ticket(&self, number: i64) -> Option<Ticket> {
        self.scene.tickets.iter().find(|t| t.number == number).cloned()
    }

    /// Writes a ticket back: nothing happened that its history would tell.
    pub(super) fn save(&mut self, ticket: &Ticket) {
        self.put_quietly(ticket);
    }

    /// Writes a ticket back, with a line of history.
    pub(super) fn put(&mut self, ticket: &Ticket, who: i64, what: &str, note: &str) {
        self.save(ticket);
        self.step.events.push(Event { ticket: ticket.number, who, what: what.to_owned(), note: note.to_owned() });
    }

    /// Writes a ticket back; nothing happened to it that anybody would ask for.
    pub(super) fn put_quietly(&mut self, ticket: &Ticket) {
        for list in [&mut self.scene.tickets, &mut self.step.tickets] {
            match list.iter_mut().find(|t| t.number == ticket.number) {
                Some(old) => old.clone_from(ticket),
                None => list.push(ticket.clone()),
            }
        }
    }

    pub(super) fn timer(&mut self, subject: i64, name: impl Into<String>, set: Option<(Millis, Timer)>) {
        self.step.timers.push(TimerChange { subject, name: name.into(), set });
    }

    pub(super) fn crew(&self, id: Option<i64>) -> Option<&Crew> {
        let id = id?;
        self.scene.crews.iter().find(|c| c.id == id)
    }

    /// Where the desk is: its group, else every admin in private.
    pub(super) fn desk(&self) -> Vec<Recipient> {
        match crate::desk::route::desk(&self.scene.crews) {
            Some(desk) => vec![Recipient::Group(desk.chat)],
            None => self.scene.admins.iter().map(|id| Recipient::Person(*id)).collect(),
        }
    }

    /// A moment, as an argument.
    pub(super) fn time(&self, at: Millis) -> Arg {
        Arg::Time(at, self.now)
    }
}

/// What a person is to the service, as far as the database knows.
pub(super) fn person_is(admin: bool, working_name: &str) -> For {
    match (admin, working_name) {
        (true, _) => For::Admins,
        (false, "") => For::Everyone,
        (false, _) => For::Staff,
    }
}

/// A ticket's number as people say it.
pub(super) fn shown(number: i64) -> String {
    format!("BX-{number}")
}
