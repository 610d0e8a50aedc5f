//! Inside the transaction: note the update, lock and load what the core wants to see, let it decide.
use std::sync::Arc;

use super::apply::{Locked, New};
use super::failure::{Failure, guarded};
use super::{Arrived, Done, Handled, Inbox};
use crate::core::scene::{Aging, Fact, Needs, Scene, Step, TicketRef};
use crate::core::{self, World};
use crate::desk::claims::COUNTED;
use crate::dialog::session::Session;
use crate::store::meta::{self, Counter};
use crate::store::session::Key;
use crate::store::{
    StoreError, Unit, card, event, figures, invite, morning, notice, outbox, person, roster, session, task, ticket, update,
    waitlist,
};
use crate::vocabulary::input::{Input, Sender};
use crate::vocabulary::lang::Lang;

/// The shape of [`core::step`].
pub type StepFn = dyn Fn(&World, &Input, Scene) -> Step + Send + Sync;

/// The core's functions, as the inbox calls them. A test puts its own in place of them.
#[derive(Clone)]
pub struct Core {
    /// See [`core::needs`].
    pub needs: fn(&Input) -> Needs,
    /// See [`core::tickets`].
    pub tickets: fn(&Input, &Session) -> Vec<TicketRef>,
    /// See [`core::wants_number`].
    pub wants_number: fn(&Input, &Session) -> bool,
    /// See [`core::wants_notice`].
    pub wants_notice: fn(&Input, &Session) -> bool,
    /// See [`core::may_offer`].
    pub may_offer: fn(&Input, &Session) -> bool,
    /// See [`core::step`].
    pub step: Arc<StepFn>,
}

impl Default for Core {
    fn default() -> Core {
        Core {
            needs: core::needs,
            tickets: core::tickets,
            wants_number: core::wants_number,
            wants_notice: core::wants_notice,
            may_offer: core::may_offer,
            step: Arc::new(core::step),
        }
    }
}

impl Inbox {
    /// Everything that happens to one input between begin and commit, in a transaction that somebody else
    /// begins and commits.
    pub(super) async fn one(
        &self,
        unit: &mut Unit<'_>,
        arrived: &Arrived,
        needs: &Needs,
        facts: Vec<Fact>,
    ) -> Result<Done, Failure> {
        if let Some(done) = self.enter(unit, arrived).await? {
            return Ok(done);
        }
        let scene = self.scene(unit, arrived, needs, facts).await?;
        if let Some(id) = arrived.task {
            // The row is the guard: a timer that was replaced, or a row that another process took, is gone.
            // Taken after the locks: a step that holds them and drops this timer is waited for, not
            // deadlocked with.
            if !task::take(unit.writes().await?, id).await? {
                return Ok(Done::new(Handled::Gone));
            }
        }
        let new = New { ticket: scene.next_number, notice: scene.next_notice };
        let person = needs.person.map(|_| scene.person.clone());
        let locked = Locked { person, new, hotline: scene.hotline.clone() };
        let inner = &self.inner;
        let step = guarded(|| (inner.core.step)(&inner.parts.world, &arrived.input, scene))?;
        self.apply(unit, arrived, locked, step).await
    }

    /// Drops what was here before and queues what must wait; `None`: go on.
    async fn enter(&self, unit: &mut Unit<'_>, arrived: &Arrived) -> Result<Option<Done>, StoreError> {
        let parts = &self.inner.parts;
        if let Some(id) = arrived.update_id
            && !update::insert(unit, parts.bot, id, arrived.at).await?
        {
            return Ok(Some(Done::new(Handled::Duplicate)));
        }
        // A timer has no place in the order of what people say.
        let timer = matches!(arrived.input, Input::Timer(_));
        if timer || !task::waits(unit, arrived.input.subject(), arrived.task).await? {
            return Ok(None);
        }
        if arrived.task.is_some() {
            return Ok(Some(Done::new(Handled::Waiting)));
        }
        task::push_waiting(unit, parts.db.sealer(), &arrived.input, arrived.at).await?;
        Ok(Some(Done { tasks: true, ..Done::new(Handled::Waiting) }))
    }

    /// Locks the list of admins, then session, person, tickets, a link, the notice, the counters: always in this order.
    async fn scene(&self, unit: &mut Unit<'_>, arrived: &Arrived, needs: &Needs, facts: Vec<Fact>) -> Result<Scene, Failure> {
        let inner = &self.inner;
        let sealer = inner.parts.db.sealer();
        let input = &arrived.input;
        let mut scene = Scene { facts, now: arrived.at, ..Scene::default() };
        if needs.appoints {
            meta::take(unit, Counter::Admin, 0).await?;
        }
        if let Some(id) = needs.person {
            scene.session = session::lock(unit, sealer, Key::private(inner.parts.bot, id), arrived.at).await?;
            scene.person = person::lock(unit, sealer, id, lang_of(input, id)).await?;
        }
        let refs = guarded(|| (inner.core.tickets)(input, &scene.session))?;
        scene.tickets = ticket::lock(unit, sealer, &refs, arrived.at).await?;
        for one in &refs {
            if let TicketRef::Card { chat, message } = *one {
                scene.card = ticket::card(unit, chat, message).await?;
            }
        }
        if let Some(code) = &needs.invite {
            scene.invite = invite::lock(unit.reads().await?, code, arrived.at).await?;
        }
        if let Some(number) = needs.notice {
            scene.notice = notice::lock(unit.reads().await?, number).await?;
        }
        if let Some(admin) = needs.notices_of {
            scene.unfinished = notice::unfinished(unit.reads().await?, admin).await?;
        }
        if guarded(|| (inner.core.wants_number)(input, &scene.session))? {
            // Taking none locks the counter and tells the next number; it is taken if a ticket bears it.
            scene.next_number = meta::take(unit, Counter::Ticket, 0).await?;
        }
        if guarded(|| (inner.core.wants_notice)(input, &scene.session))? {
            scene.next_notice = meta::take(unit, Counter::Notice, 0).await?;
        }
        if needs.names {
            scene.names = person::admin_names(unit.reads().await?, sealer).await?;
        }
        if needs.fresh_code {
            scene.fresh_code = Some(invite::fresh_code()?);
        }
        if needs.arrival {
            scene.arrival = Some(invite::arrival_code()?);
        }
        let known = inner.known.read(unit, sealer).await?;
        scene.hotline = known.hotline.clone().or_else(|| inner.parts.world.settings.hotline.clone());
        scene.settled = known.settled.clone();
        if needs.served {
            scene.served = known.served.clone();
        }
        if needs.staff {
            scene.crews = known.crews.clone();
            scene.turns = known.turns;
            scene.admins = known.admins.clone();
        }
        if needs.staff && guarded(|| (inner.core.may_offer)(input, &scene.session))? {
            scene.queues = outbox::queues(unit).await?;
        }
        if let Some(ticket) = needs.roster {
            scene.roster = roster::read(unit.reads().await?, sealer, ticket, arrived.at).await?;
        }
        if let Some(id) = needs.technician {
            scene.technician = person::read(unit.reads().await?, sealer, id).await?;
        }
        if let Some(number) = guarded(|| core::wants_customer(&scene.session))?
            && let Some(customer) = scene.tickets.iter().find(|t| t.number == number).map(|t| t.customer)
        {
            scene.customer = person::read(unit.reads().await?, sealer, customer).await?;
        }
        if needs.releases {
            let since = arrived.at - COUNTED;
            scene.releases = event::releases(unit.reads().await?, scene.person.id, since).await?;
        }
        if let Some(ticket) = needs.aging {
            let contested = event::contested(unit.reads().await?, ticket).await?;
            scene.aging = Aging { contested, cards: card::of_ticket(unit.reads().await?, ticket).await? };
        }
        if (needs.figures || needs.counts || needs.morning || needs.history.is_some() || needs.waitlist.is_some())
            && core::may_read(input, &scene)
        {
            if needs.figures {
                let (today, week) = core::days(&inner.parts.world, arrived.at);
                scene.figures = Some(figures::read(unit.reads().await?, today, week).await?);
            }
            if let Some(number) = needs.history {
                scene.history = event::history(unit.reads().await?, sealer, number, scene.person.id, core::HISTORY).await?;
            }
            if needs.counts {
                scene.counts = waitlist::counts(unit.reads().await?, arrived.at).await?;
            }
            if needs.morning {
                scene.morning = Some(morning::read(unit.reads().await?, sealer, arrived.at - core::LATELY).await?);
            }
            if let Some((crew, page)) = needs.waitlist {
                scene.waitlist = Some(waitlist::read(unit.reads().await?, sealer, crew, page).await?);
            }
        }
        Ok(scene)
    }
}

/// The language of the person's app, when it is they who act.
fn lang_of(input: &Input, person: i64) -> Lang {
    sender(input).filter(|s| s.id == person).map_or(Lang::default(), |s| Lang::from_tag(s.language.as_deref()))
}

fn sender(input: &Input) -> Option<&Sender> {
    match input {
        Input::Message(m) | Input::Edited(m) => Some(&m.from),
        Input::Press(p) => Some(&p.from),
        Input::Member(c) | Input::BotMember(c) => Some(&c.by),
        Input::Migrated { .. } | Input::Barred { .. } | Input::Timer(_) => None,
    }
}
