//! Who may do what with a ticket. Decided on locked rows and on what Telegram said, never on callback data.
use crate::desk::crew::CrewKind;
use crate::desk::ticket::Ticket;
use crate::vocabulary::input::Membership;

use super::directory::{Command, For};
use super::stage::Stage;

/// An answer to "may I?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum May {
    Yes,
    No,
    /// Telegram could not be asked: try again.
    Unknown,
}

/// Most tickets of one person that are open at once.
const MOST_OPEN: usize = 3;

impl Stage<'_> {
    /// How the acting person stands to a group.
    pub(super) fn member(&self, chat: i64, user: i64) -> May {
        match self.scene.facts.iter().find(|f| f.chat == chat && f.user == user).map(|f| f.membership) {
            Some(Membership::Administrator | Membership::Member) => May::Yes,
            Some(Membership::Outside) => May::No,
            Some(Membership::Unknown) | None => May::Unknown,
        }
    }

    /// Whether the bot is an administrator of a group.
    pub(super) fn bot_is_administrator(&self, chat: i64) -> May {
        match self.scene.facts.iter().find(|f| f.chat == chat && f.user == 0).map(|f| f.membership) {
            Some(Membership::Administrator) => May::Yes,
            Some(Membership::Member | Membership::Outside) => May::No,
            Some(Membership::Unknown) | None => May::Unknown,
        }
    }

    /// May this person claim the ticket? Only members of the group that it was announced in.
    pub(super) fn may_claim(&self, ticket: &Ticket, user: i64) -> May {
        match self.crew(ticket.crew) {
            Some(crew) => self.member(crew.chat, user),
            None => May::No,
        }
    }

    /// Is this person a dispatcher? A member of the desk's group, or an admin.
    pub(super) fn is_dispatcher(&self, user: i64) -> May {
        if self.scene.admins.contains(&user) {
            return May::Yes;
        }
        let desks = self.scene.crews.iter().filter(|c| c.active && c.kind == CrewKind::Desk);
        let mut answer = May::No;
        for desk in desks {
            match self.member(desk.chat, user) {
                May::Yes => return May::Yes,
                May::Unknown => answer = May::Unknown,
                May::No => {}
            }
        }
        answer
    }

    /// May this person use the command, wherever it works? What Telegram must be asked for is named by `needs`.
    pub(super) fn may_use(&self, command: &Command) -> May {
        let person = &self.scene.person;
        match command.who {
            For::Everyone => May::Yes,
            For::Admins if person.admin => May::Yes,
            For::Admins => May::No,
            For::Staff if !person.working_name.is_empty() => May::Yes,
            For::Staff => self.is_dispatcher(person.id),
        }
    }

    /// May this person open another ticket?
    pub(super) fn may_report(&self) -> bool {
        let me = self.scene.person.id;
        self.scene.tickets.iter().filter(|t| t.customer == me && t.status.is_open() && !t.trial).count() < MOST_OPEN
    }
}
