//! Writes what the core decided. Rows first, then the messages that tell of them: whoever is written to
//! is rendered for in their own language.
use std::collections::HashMap;

use super::failure::{Failure, guarded};
use super::{Arrived, Done, Handled, Inbox, tasks};
use crate::core::scene::Step;
use crate::desk::notice::State;
use crate::desk::person::Person;
use crate::render;
use crate::store::meta::{self, Counter};
use crate::store::person::{self, Route};
use crate::store::session::Key;
use crate::store::{Unit, coverage, crew, event, invite, known, notice, outbox, session, task, ticket};
use crate::vocabulary::input::Input;
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::{Recipient, Say};

impl Inbox {
    pub(super) async fn apply(
        &self,
        unit: &mut Unit<'_>,
        arrived: &Arrived,
        locked: Locked,
        step: Step,
    ) -> Result<Done, Failure> {
        let Locked { person: before, new, hotline } = locked;
        let person = before.as_ref().map(|person| person.id);
        let parts = &self.inner.parts;
        let (sealer, now) = (parts.db.sealer(), arrived.at);
        // Before the person is written, who may be one of them.
        for id in &step.dismissed {
            person::dismiss(unit, *id).await?;
            invite::revoke(unit.writes().await?, *id).await?;
        }
        if let Some(session) = &step.session {
            let id = person.ok_or(Failure::Unlocked("session"))?;
            session::write(unit, sealer, Key::private(parts.bot, id), session, now).await?;
        }
        if let Some(written) = &step.person {
            if person != Some(written.id) {
                return Err(Failure::Unlocked("person"));
            }
            person::write(unit, sealer, written).await?;
            if before.as_ref().is_some_and(|before| before.admin != written.admin) {
                known::changed(unit).await?;
            }
        }
        for one in &step.tickets {
            if new.ticket != 0 && one.number == new.ticket {
                meta::next(unit, Counter::Ticket).await?;
                ticket::insert(unit, sealer, one).await?;
            } else {
                ticket::update(unit, sealer, one).await?;
            }
        }
        for (number, crews) in &step.offers {
            ticket::offer(unit, *number, crews).await?;
        }
        for one in &step.events {
            event::append(unit, sealer, one, now).await?;
        }
        for number in &step.forgotten {
            event::forget_words(unit, *number).await?;
        }
        for one in &step.crews {
            crew::upsert(unit, sealer, one).await?;
        }
        for number in &step.removed {
            ticket::remove(unit.writes().await?, *number).await?;
        }
        self.apply_settings(unit, &step, now).await?;
        let hotline = match &step.hotline {
            Some(set) if !set.is_empty() => Some(set.clone()),
            Some(_) => parts.world.settings.hotline.clone(),
            None => hotline,
        };
        if let Some((from, to)) = step.migrated {
            crew::migrate(unit, from, to).await?;
        }
        let disturbs = step.migrated.is_some();
        if let Some(one) = &step.notice {
            match &step.post {
                Some(post) if new.notice != 0 && one.number == new.notice => {
                    meta::next(unit, Counter::Notice).await?;
                    notice::insert(unit.writes().await?, sealer, one, post).await?;
                }
                _ => notice::write(unit.writes().await?, one).await?,
            }
            if one.state == State::Stopped {
                outbox::drop_of(unit.writes().await?, one.number).await?;
            }
        }
        for one in &step.timers {
            task::set_timer(unit, sealer, one).await?;
        }
        // Whatever is due later is seen in time by whoever looks for tasks now and then.
        let soon = step.timers.iter().filter_map(|timer| timer.set.as_ref()).any(|(due, _)| *due <= now + tasks::LOOK_EVERY);
        let mut done = Done { tasks: soon || arrived.task.is_some(), disturbs, ..Done::new(Handled::Applied) };
        let mut routes = Routes { writer: writer(&arrived.input), known: HashMap::new() };
        if let Some(person) = step.person.as_ref().or(before.as_ref()) {
            routes.knows(person);
        }
        done.owes = self.owe(unit, &mut routes, &step.say, hotline.as_deref(), now).await?;
        if let Some(one) = &step.notice {
            if !step.owed.is_empty() {
                outbox::push_notice(unit, one.number, &step.owed, now).await?;
            }
            // Also when it goes on: its rows have waited in the outbox.
            (done.owes, done.notices) = (true, true);
        }
        for answer in &step.answers {
            let lang = routes.to(unit, answer.to).await?.lang;
            done.toasts.push(self.toast(answer, lang, hotline.as_deref())?);
        }
        done.doubts = doubts(&step);
        Ok(done)
    }

    /// What admins have changed of the service itself.
    async fn apply_settings(&self, unit: &mut Unit<'_>, step: &Step, now: i64) -> Result<(), Failure> {
        for code in &step.unserve {
            coverage::remove(unit, code).await?;
        }
        for (code, name) in &step.serve {
            coverage::add(unit, code, name).await?;
        }
        if let Some(hotline) = &step.hotline {
            known::set_hotline(unit, hotline).await?;
        }
        if let Some(turns) = step.turns {
            known::set_turns(unit, turns).await?;
        }
        if !step.settle.is_empty() {
            known::settle(unit, &step.settle).await?;
        }
        if let Some(code) = &step.used {
            invite::consume(unit.writes().await?, code).await?;
        }
        for one in &step.invites {
            invite::add(unit.writes().await?, one, now).await?;
        }
        Ok(())
    }

    /// Renders messages and owes them; gives whether there was one that somebody can receive.
    pub(super) async fn owe(
        &self,
        unit: &mut Unit<'_>,
        routes: &mut Routes,
        say: &[Say],
        hotline: Option<&str>,
        now: i64,
    ) -> Result<bool, Failure> {
        let parts = &self.inner.parts;
        let mut owes = false;
        for one in say {
            let lang = match one.to {
                Recipient::Group(_) => Lang::Zh,
                Recipient::Person(id) => match routes.to(unit, id).await? {
                    Route { lang, reachable: true, .. } => lang,
                    Route { reachable: false, .. } => continue,
                },
            };
            let message = guarded(|| render::message(&parts.world, one, lang, hotline))?;
            outbox::push(unit, parts.db.sealer(), &message, now).await?;
            owes = true;
        }
        Ok(owes)
    }
}

/// New addresses that were not sure, with their tickets.
fn doubts(step: &Step) -> Vec<(i64, String)> {
    let told = step.events.iter().filter(|e| ["submitted", "corrected"].contains(&e.what.as_str()));
    let ticket = |number| step.tickets.iter().find(|t| t.number == number && !t.details.doubt.is_empty());
    told.filter_map(|e| ticket(e.ticket)).map(|t| (t.number, t.details.address.clone())).collect()
}

/// What the step was decided on, as far as writing it down needs it.
pub(super) struct Locked {
    pub(super) person: Option<Person>,
    /// Numbers that new rows take; 0: none was locked.
    pub(super) new: New,
    /// The hotline before the step.
    pub(super) hotline: Option<String>,
}

/// Numbers that new rows take; 0: none was locked.
pub(super) struct New {
    pub(super) ticket: i64,
    pub(super) notice: i64,
}

/// How messages travel, asked once per person and transaction.
pub(super) struct Routes {
    /// Who is writing to the bot in private right now, and so can be written to whatever the row says.
    pub(super) writer: Option<i64>,
    pub(super) known: HashMap<i64, Route>,
}

impl Routes {
    fn knows(&mut self, person: &Person) {
        let reachable = person.reachable || self.writer == Some(person.id);
        self.known.insert(person.id, Route { lang: person.lang, reachable, muted: person.muted });
    }

    async fn to(&mut self, unit: &mut Unit<'_>, id: i64) -> Result<Route, Failure> {
        if let Some(route) = self.known.get(&id) {
            return Ok(*route);
        }
        let mut route = person::route(unit.reads().await?, id).await?;
        route.reachable |= self.writer == Some(id);
        self.known.insert(id, route);
        Ok(route)
    }
}

fn writer(input: &Input) -> Option<i64> {
    match input {
        Input::Message(m) | Input::Edited(m) if m.private => Some(m.from.id),
        Input::Press(p) if p.private => Some(p.from.id),
        _ => None,
    }
}
