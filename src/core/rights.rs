//! Who may do what with a ticket. Decided on locked rows and on what Telegram said, never on callback data.
use crate::desk::crew::CrewKind;
use crate::desk::ticket::Ticket;
use crate::vocabulary::input::Membership;

use super::directory::{Command, For};
use super::scene::Scene;
use super::stage::Stage;

/// An answer to "may I?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum May {
    Yes,
    No,
    /// Telegram could not be asked: try again.
    Unknown,
}

impl From<Option<bool>> for May {
    fn from(may: Option<bool>) -> May {
        match may {
            Some(true) => May::Yes,
            Some(false) => May::No,
            None => May::Unknown,
        }
    }
}

/// Most tickets of one person that are open at once.
const MOST_OPEN: usize = 3;

impl Scene {
    /// Whether a person is in a group, as Telegram said; `None`: it could not be asked.
    pub(super) fn inside(&self, chat: i64, user: i64) -> Option<bool> {
        match self.facts.iter().find(|f| f.chat == chat && f.user == user).map(|f| f.membership) {
            Some(Membership::Administrator | Membership::Member) => Some(true),
            Some(Membership::Outside) => Some(false),
            Some(Membership::Unknown) | None => None,
        }
    }

    /// Whether a person is a dispatcher: a member of the desk's group, or an admin.
    pub(super) fn dispatches(&self, user: i64) -> Option<bool> {
        if self.admins.contains(&user) {
            return Some(true);
        }
        let desks = self.crews.iter().filter(|c| c.active && c.kind == CrewKind::Desk);
        let answers: Vec<Option<bool>> = desks.map(|desk| self.inside(desk.chat, user)).collect();
        match (answers.contains(&Some(true)), answers.contains(&None)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        }
    }

    /// Whether the acting person may use a command; `None`: Telegram could not be asked.
    pub(super) fn may_use(&self, command: &Command) -> Option<bool> {
        match command.who {
            For::Everyone => Some(true),
            For::Admins => Some(self.person.admin),
            For::Staff if !self.person.working_name.is_empty() => Some(true),
            For::Staff | For::Dispatchers => self.dispatches(self.person.id),
        }
    }
}

impl Stage<'_> {
    /// How the acting person stands to a group.
    pub(super) fn member(&self, chat: i64, user: i64) -> May {
        self.scene.inside(chat, user).into()
    }

    /// Whether the bot is an administrator of a group.
    pub(super) fn bot_is_administrator(&self, chat: i64) -> May {
        match self.scene.facts.iter().find(|f| f.chat == chat && f.user == 0).map(|f| f.membership) {
            Some(Membership::Administrator) => May::Yes,
            Some(Membership::Member | Membership::Outside) => May::No,
            Some(Membership::Unknown) | None => May::Unknown,
        }
    }

    /// May this person claim the ticket? Only members of a group that it was announced in.
    pub(super) fn may_claim(&self, ticket: &Ticket, user: i64) -> May {
        let answers: Vec<May> = self.groups(ticket).iter().map(|(_, chat)| self.member(*chat, user)).collect();
        match (answers.contains(&May::Yes), answers.contains(&May::Unknown)) {
            (true, _) => May::Yes,
            (false, true) => May::Unknown,
            (false, false) => May::No,
        }
    }

    /// For which of the crews that hear of a ticket somebody claims it: that of the group where they tapped, else the first
    /// that they belong to.
    pub(super) fn crew_of_claimer(&self, ticket: &Ticket, user: i64, tapped: Option<i64>) -> Option<i64> {
        let groups = self.groups(ticket);
        let here = groups.iter().find(|(_, chat)| Some(*chat) == tapped);
        here.or_else(|| groups.iter().find(|(_, chat)| self.member(*chat, user) == May::Yes)).map(|(crew, _)| *crew)
    }

    /// Is this person a dispatcher? A member of the desk's group, or an admin.
    pub(super) fn is_dispatcher(&self, user: i64) -> May {
        self.scene.dispatches(user).into()
    }

    /// Whether dispatchers work in this chat: the desk's group, or an admin's own. Their buttons do nothing elsewhere, where
    /// others would read what they lead to.
    pub(super) fn is_desk(&self, chat: i64) -> bool {
        let group = self.scene.crews.iter().any(|c| c.active && c.kind == CrewKind::Desk && c.chat == chat);
        group || (chat == self.scene.person.id && self.scene.admins.contains(&chat))
    }

    /// May this person use the command, wherever it works? What Telegram must be asked for is named by `needs`.
    pub(super) fn may_use(&self, command: &Command) -> May {
        self.scene.may_use(command).into()
    }

    /// May this person open another ticket?
    pub(super) fn may_report(&self) -> bool {
        let me = self.scene.person.id;
        self.scene.tickets.iter().filter(|t| t.customer == me && t.status.is_open() && !t.trial).count() < MOST_OPEN
    }
}
