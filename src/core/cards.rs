//! The living cards of a ticket: one a chat, edited as it moves.
mod parts;

use crate::desk::ticket::{Status, Ticket};
use crate::dialog::parse::phone::mask;
use crate::vocabulary::say::{Arg, Button, CardRef, CardRole, Keyboard, Place, Priority, Recipient, Say, Text, What};

use super::data::Verb;
use super::stage::{Stage, shown};
use super::{appointment, quote, recording, trial, visit};
use parts::{count, served, status, when};
pub(super) use parts::{fault, field, planned_day, wish};

impl Stage<'_> {
    /// Shows the ticket as it is now, on every card that it has.
    pub(super) fn refresh(&mut self, ticket: &Ticket) {
        self.refresh_all(ticket, false);
    }

    /// As [`Self::refresh`]; the claimer's card comes again at the end of the chat, since edits do not notify.
    pub(super) fn refresh_news(&mut self, ticket: &Ticket) {
        self.refresh_all(ticket, true);
    }

    fn refresh_all(&mut self, ticket: &Ticket, news: bool) {
        self.customer_card(ticket, false);
        self.staff_cards(ticket, news);
    }

    /// Shows staff the ticket as it is now; for the customer nothing has changed.
    pub(super) fn refresh_staff(&mut self, ticket: &Ticket) {
        self.staff_cards(ticket, false);
    }

    fn staff_cards(&mut self, ticket: &Ticket, news: bool) {
        match ticket.crew {
            Some(_) => self.crew_cards(ticket, false),
            None => self.desk_cards(ticket, false),
        }
        if let Some(claimer) = ticket.claimer {
            self.technician_card(ticket, claimer, news);
        }
    }

    /// The customer's card; `anew` sends it again at the end of the chat.
    pub(super) fn customer_card(&mut self, ticket: &Ticket, anew: bool) {
        if ticket.trial {
            return self.trial_card(Recipient::Person(ticket.customer), ticket, CardRole::Customer, anew);
        }
        if let Some(lines) = self.blank_lines(ticket, CardRole::Customer) {
            return self.card(Recipient::Person(ticket.customer), ticket, CardRole::Customer, lines, Vec::new(), anew, false);
        }
        let state = match (ticket.status, ticket.crew) {
            (Status::Open, None) if ticket.details.opens.is_some() && !ticket.danger => Text::new("status-customer-open"),
            (Status::Open, None) => Text::new("status-customer-desk"),
            _ => status("customer", ticket, self),
        };
        let mut lines = vec![self.title(ticket), state];
        lines.extend(appointment::customer_lines(self, ticket));
        lines.extend(visit::customer_lines(self, ticket));
        lines.push(field("fault", fault(ticket)));
        lines.push(field("address", ticket.full_address()));
        lines.push(field("phone", &ticket.details.phone));
        lines.push(field("when", when(self, ticket)));
        let agreed = ticket.details.appointment.ahead(self.now).is_some();
        let late = ticket
            .promise
            .filter(|_| !agreed)
            .filter(|by| *by <= self.now && ticket.status.is_open() && ticket.details.contacted.is_none());
        if let Some(by) = late {
            lines.push(Text::new("next-late").with("by", self.time(by)));
        } else if ticket.status == Status::Open {
            lines.push(match (ticket.promise, ticket.crew) {
                _ if agreed => Text::new("next-agreed"),
                (Some(by), _) => Text::new("next-promised").with("by", self.time(by)),
                (None, Some(_)) => Text::new("next-planned"),
                (None, None) if let Some(opens) = ticket.details.opens.filter(|_| !ticket.danger) => {
                    Text::new("next-opens").with("at", self.time(opens))
                }
                (None, None) => Text::new("next-desk"),
            });
        }
        let number = ticket.number;
        let mut rows = match ticket.status {
            Status::Open => {
                let fix = vec![vec![wish(Verb::Phone, number), wish(Verb::Address, number)], vec![wish(Verb::Cancel, number)]];
                [appointment::customer_rows(self, ticket), fix].concat()
            }
            Status::Claimed => [appointment::customer_rows(self, ticket), visit::customer_rows(ticket)].concat(),
            Status::Done => vec![vec![wish(Verb::Confirm, number), wish(Verb::NotFixed, number)]],
            Status::Closed | Status::Cancelled => Vec::new(),
        };
        rows.extend(recording::kept_row(ticket));
        self.card(Recipient::Person(ticket.customer), ticket, CardRole::Customer, lines, rows, anew, false);
    }

    /// The cards in the groups of all crews that have it or hear of it.
    pub(super) fn crew_cards(&mut self, ticket: &Ticket, anew: bool) {
        if ticket.details.boarded && !ticket.trial {
            return ticket.crew.iter().chain(&ticket.details.also).for_each(|crew| self.board_changed(*crew));
        }
        let crews = ticket.crew.iter().chain(&ticket.details.also);
        let chats: Vec<i64> = crews.filter_map(|id| self.crew(Some(*id)).map(|c| c.chat)).collect();
        for chat in chats {
            self.crew_card(ticket, chat, anew);
        }
    }

    /// The crew's card: district, fault and a masked phone; no street, no name.
    pub(super) fn crew_card(&mut self, ticket: &Ticket, chat: i64, anew: bool) {
        if ticket.trial {
            return self.trial_card(Recipient::Group(chat), ticket, CardRole::Crew, anew);
        }
        if let Some(crew) = ticket.crew.filter(|_| ticket.details.boarded) {
            return self.board_changed(crew);
        }
        let lines = self.crew_lines(ticket);
        let rows = match ticket.status {
            Status::Open => vec![vec![wish(Verb::Claim, ticket.number)]],
            _ => Vec::new(),
        };
        self.card(Recipient::Group(chat), ticket, CardRole::Crew, lines, rows, anew, false);
    }

    /// What members of the crew may see.
    pub(super) fn crew_lines(&self, ticket: &Ticket) -> Vec<Text> {
        if let Some(lines) = self.blank_lines(ticket, CardRole::Crew) {
            return lines;
        }
        let mut lines = vec![self.title(ticket), status("crew", ticket, self)];
        lines.extend(appointment::staff_line(self, ticket));
        lines.extend(visit::staff_line(self, ticket));
        lines.push(field("fault", fault(ticket)));
        lines.push(field("district", self.place(ticket)));
        lines.push(field("phone", mask(&ticket.details.phone)));
        // Own words may hold anything, a phone number too: they are for the claimer.
        lines.push(match when(self, ticket) {
            Arg::Words(_) => field("when", Text::new("when-own-words")),
            known => field("when", known),
        });
        lines.extend(self.promise_line(ticket));
        if !ticket.details.media.is_empty() {
            lines.push(field("files", count(ticket.details.media.len())));
        }
        if ticket.danger && ticket.status == Status::Open {
            lines.push(Text::new("danger-crew"));
        }
        lines
    }

    /// The desk's card: everything, for people who must phone and decide.
    pub(super) fn desk_cards(&mut self, ticket: &Ticket, anew: bool) {
        for to in self.desk() {
            self.desk_card(ticket, to, anew);
        }
    }

    /// The desk's card in one of the chats that are the desk.
    pub(super) fn desk_card(&mut self, ticket: &Ticket, to: Recipient, anew: bool) {
        let lines = self.desk_lines(ticket);
        let number = ticket.number;
        let rows = match ticket.status {
            Status::Open => {
                let answer = (!ticket.by_phone()).then(|| wish(Verb::Answer, number));
                let first = [wish(Verb::Hand, number)].into_iter().chain(answer).collect();
                vec![first, vec![wish(Verb::Close, number), wish(Verb::Cancel, number)]]
            }
            _ => Vec::new(),
        };
        self.card(to, ticket, CardRole::Desk, lines, rows, anew, true);
    }

    /// What dispatchers may see.
    pub(super) fn desk_lines(&self, ticket: &Ticket) -> Vec<Text> {
        if let Some(lines) = self.blank_lines(ticket, CardRole::Desk) {
            return lines;
        }
        let crew = self.crew(ticket.crew).map(|c| field("crew", &c.title));
        let mut lines = vec![self.title(ticket), status("desk", ticket, self), crew.unwrap_or_else(|| served(ticket))];
        lines.extend(appointment::staff_line(self, ticket));
        lines.extend(visit::staff_lines(self, ticket));
        let code = &ticket.details.visit.code;
        if ticket.by_phone() && ticket.status == Status::Claimed && !code.is_empty() {
            lines.push(Text::new("caller-code").with("code", code));
        }
        if let Some(opens) = ticket.details.opens.filter(|_| ticket.status == Status::Open) {
            lines.push(field("opens", self.time(opens)));
        }
        lines.extend(self.details(ticket));
        lines
    }

    /// The claimer's card with the sealed details.
    pub(super) fn technician_card(&mut self, ticket: &Ticket, claimer: i64, anew: bool) {
        if ticket.trial {
            return self.trial_card(Recipient::Person(claimer), ticket, CardRole::Technician, anew);
        }
        if let Some(lines) = self.blank_lines(ticket, CardRole::Technician) {
            return self.card(Recipient::Person(claimer), ticket, CardRole::Technician, lines, Vec::new(), anew, true);
        }
        let state = match (ticket.status, ticket.details.contacted, ticket.details.unreached) {
            (Status::Claimed, Some(at), _) => Text::new("status-technician-contacted").with("at", self.time(at)),
            (Status::Claimed, None, Some(at)) => {
                let key = if ticket.by_phone() { "status-technician-unreached-phone" } else { "status-technician-unreached" };
                Text::new(key).with("at", self.time(at))
            }
            (Status::Claimed, None, None) if ticket.details.appointment.ahead(self.now).is_some() => {
                status("technician", ticket, self).renamed("status-technician-agreed")
            }
            _ => status("technician", ticket, self),
        };
        let mut lines = vec![self.title(ticket), state];
        let number = ticket.number;
        let mut rows = Vec::new();
        if ticket.status == Status::Claimed {
            lines.extend(appointment::technician_lines(self, ticket));
            lines.extend(visit::technician_lines(self, ticket));
            lines.extend(self.details(ticket));
            if !ticket.details.media.is_empty() || ticket.details.location.is_some() {
                let label = match (ticket.details.media.is_empty(), ticket.details.location.is_some()) {
                    (false, true) => "button-media-location",
                    (false, false) => "button-media",
                    (true, _) => "button-location-shown",
                };
                rows.push(vec![Button { label: Text::new(label), ..wish(Verb::Media, number) }]);
            }
            if ticket.details.contacted.is_none() {
                rows.insert(0, vec![wish(Verb::Called, number), wish(Verb::NoAnswer, number)]);
            }
            rows.extend(appointment::technician_rows(self, ticket));
            rows.extend(visit::stage_rows(self, ticket));
            rows.extend(recording::card_button(ticket).map(|button| vec![button]));
            rows.push(quote::rows(ticket));
            rows.push(vec![wish(Verb::Done, number), wish(Verb::Release, number)]);
            let link = ticket.by_phone().then(|| wish(Verb::Link, number));
            rows.push([wish(Verb::Cancel, number)].into_iter().chain(link).collect());
        }
        self.card(Recipient::Person(claimer), ticket, CardRole::Technician, lines, rows, anew, true);
    }

    fn trial_card(&mut self, to: Recipient, ticket: &Ticket, role: CardRole, anew: bool) {
        let (line, rows) = trial::on_card(ticket, role);
        let lines = vec![self.title(ticket), status("trial", ticket, self), line];
        self.card(to, ticket, role, lines, rows, anew, false);
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one card")]
    pub(super) fn card(
        &mut self,
        to: Recipient,
        ticket: &Ticket,
        role: CardRole,
        lines: Vec<Text>,
        rows: Vec<Vec<Button>>,
        anew: bool,
        protect: bool,
    ) {
        let card = CardRef { number: ticket.number, role };
        let place = if anew { Place::CardAnew(card) } else { Place::Card(card) };
        let keyboard = if rows.is_empty() { Keyboard::None } else { Keyboard::Inline(rows) };
        let priority = if to == self.me() { Priority::Reply } else { Priority::Desk };
        self.say(Say { to, what: What::Text(lines), keyboard, place, priority, protect });
    }

    pub(super) fn title(&self, ticket: &Ticket) -> Text {
        let key = match (ticket.trial, ticket.danger) {
            (true, _) => "card-title-trial",
            (false, true) => "card-title-danger",
            (false, false) => "card-title",
        };
        Text::new(key).with("ticket", shown(ticket.number)).with("at", self.time(ticket.created))
    }

    pub(super) fn place(&self, ticket: &Ticket) -> Arg {
        match ticket.district.as_deref().and_then(|code| self.world.matcher.full_name(code)) {
            Some(name) => Arg::Words(name),
            None => Arg::Text(Text::new("place-unknown")),
        }
    }

    /// Everything that the claimer and the desk may see.
    fn details(&self, ticket: &Ticket) -> Vec<Text> {
        let d = &ticket.details;
        let mut lines = vec![field("fault", fault(ticket))];
        let mut add = |label: &str, words: &str| {
            if !words.is_empty() {
                lines.push(field(label, words));
            }
        };
        add("destination", &d.destination);
        add("problem", &d.problem);
        add("address", &ticket.full_address());
        if !d.doubt.is_empty() {
            add("typed", &d.address);
            // Where nothing spoke for the place, the customer chose it, or it was taken as it is.
            add("doubt", d.doubt.trim_start_matches('?'));
        }
        add("name", &d.name);
        add("phone", &d.phone);
        if ticket.by_phone() {
            lines.push(Text::new("caller-line"));
        }
        lines.push(field("when", when(self, ticket)));
        lines.extend(self.promise_line(ticket));
        if !d.media.is_empty() {
            lines.push(field("files", count(d.media.len())));
        }
        lines
    }
}
