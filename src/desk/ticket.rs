//! A ticket 工单 and its allowed moves.
use serde::{Deserialize, Serialize};

use super::appointment::Appointment;
use super::keep::Blanked;
use super::promise::Promised;
use super::quote::Quotes;
use super::recording::Recording;
use super::visit::Visit;
use crate::vocabulary::input::{Media, Millis};
use crate::vocabulary::lang::Lang;

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waits for somebody to claim it.
    Open,
    /// A technician has it.
    Claimed,
    /// The technician says that it is done; the customer may still say "not fixed".
    Done,
    /// Settled: confirmed by the customer, or answered by the desk.
    Closed,
    /// Called off, with a reason.
    Cancelled,
}

impl Status {
    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Claimed => "claimed",
            Status::Done => "done",
            Status::Closed => "closed",
            Status::Cancelled => "cancelled",
        }
    }

    /// Reads the database's word; `None` for one that no version of the program wrote.
    pub fn parse(word: &str) -> Option<Status> {
        [Status::Open, Status::Claimed, Status::Done, Status::Closed, Status::Cancelled].into_iter().find(|s| s.as_str() == word)
    }

    /// Whether the ticket still counts against the customer's three open ones.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Open | Status::Claimed)
    }
}

/// One reported fault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// Number shown as `BX-1024`.
    pub number: i64,
    /// The customer's user id; [`super::caller::NOBODY`] for one who phoned and has not joined.
    pub customer: i64,
    /// Where it stands.
    pub status: Status,
    /// Id of the fault in the option list `faults`.
    pub fault: String,
    /// Whether the fault is dangerous.
    pub danger: bool,
    /// Code of the county or town, if the address was matched to one (or as far as it was).
    pub district: Option<String>,
    /// Whether the address is served; `None`: not known.
    pub served: Option<bool>,
    /// When it was submitted.
    pub created: Millis,
    /// By when somebody answers; `None` where nothing is promised.
    pub promise: Option<Millis>,
    /// Crew that it was announced to.
    pub crew: Option<i64>,
    /// Technician who has or had it.
    pub claimer: Option<i64>,
    /// When it was claimed.
    pub claimed: Option<Millis>,
    /// When it last moved.
    pub updated: Millis,
    /// Only tries whether everything works: counts nowhere, promises nothing, and is removed when it is through.
    #[serde(default)]
    pub trial: bool,
    /// What only the customer, the claimer and the desk may see; sealed at rest.
    pub details: Details,
}

/// The sealed part of a ticket.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Details {
    /// What the customer says is wrong, their own words.
    pub problem: String,
    /// Photos, videos, voice messages.
    pub media: Vec<Media>,
    /// Album that was last added: its parts are thanked for once.
    #[serde(default)]
    pub album: Option<String>,
    /// Where it goes (fault *move* only), own words.
    pub destination: String,
    /// District in full, as matched; empty if unknown.
    pub place: String,
    /// The address exactly as typed.
    pub address: String,
    /// Street and number: what stands behind the names of the areas, as typed.
    pub street: String,
    /// Shared place, degrees north and east.
    pub location: Option<(f64, f64)>,
    /// Which words spoke for which place, for staff when the match was doubtful.
    pub doubt: String,
    /// Shown on the board of its crew's group, where no card of its own would get through in time.
    #[serde(default)]
    pub boarded: bool,
    /// Phone number, E.164 or national digits.
    pub phone: String,
    /// Language of the customer when it was submitted.
    #[serde(default)]
    pub lang: Lang,
    /// Code of the link by which a customer who phoned joins; empty: nobody has asked for one, or it was used.
    #[serde(default)]
    pub join: String,
    /// How the customer wants to be called.
    pub name: String,
    /// When somebody should come: id of the option, or own words.
    pub when: String,
    /// Working name of the claimer.
    pub technician: String,
    /// Working phone of the claimer.
    pub technician_phone: String,
    /// What was done, or why it was called off.
    pub outcome: String,
    /// Further crews that it is offered to while it is open, beside [`Ticket::crew`].
    #[serde(default)]
    pub also: Vec<i64>,
    /// Crews that had their turn, where they are asked one after another.
    #[serde(default)]
    pub asked: Vec<i64>,
    /// It waits at the desk until a crew begins to work, at this moment.
    #[serde(default)]
    pub opens: Option<Millis>,
    /// The clock of the promise, if there is one.
    #[serde(default)]
    pub promised: Option<Promised>,
    /// When whoever has it first contacted the customer.
    #[serde(default)]
    pub contacted: Option<Millis>,
    /// Since when it waits for the customer, whom the claimer could not reach.
    #[serde(default)]
    pub unreached: Option<Millis>,
    /// Where the visit stands.
    #[serde(default)]
    pub visit: Visit,
    /// What both sides agreed to record of the repair, and what was.
    #[serde(default)]
    pub recording: Recording,
    /// What the work was said to cost.
    #[serde(default)]
    pub quotes: Quotes,
    /// The time to come: offered, agreed on, called off.
    #[serde(default)]
    pub appointment: Appointment,
    /// What was taken away because it may no longer be kept.
    #[serde(default)]
    pub blanked: Blanked,
}

/// A line of a ticket's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The ticket.
    pub ticket: i64,
    /// Who; 0 for the program itself.
    pub who: i64,
    /// What happened: submitted, joined, repeated, claimed, released, lapsed, contacted, unreached, relayed, done, confirmed, not_fixed, cancelled,
    /// recording_wished, recording_agreed, recording_refused, recording_ended, recorded, corrected, stage, ticked, quoted, accepted, declined, declined_why, withdrawn, charged, stranger, settled, rated, opinion, offered, agreed, wished, moved, called_off_visit, handed, assigned, taken_back, to_desk, closed, answered, note, left, overdue. Each has a text `event-…`.
    pub what: String,
    /// Own words, or the crew that it was handed to; sealed at rest.
    pub note: String,
}

/// Why a move is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else has it.
    Taken,
    /// It is not yours to move.
    NotYours,
    /// It has ended, or has not come so far.
    WrongStatus,
}

impl Ticket {
    /// A technician takes an open ticket. Taking one's own again changes nothing and is no error.
    ///
    /// # Errors
    /// [`Refusal::Taken`] when another one has it, [`Refusal::WrongStatus`] when it has ended.
    pub fn claim(&mut self, by: i64, name: &str, phone: &str, now: Millis) -> Result<(), Refusal> {
        match (self.status, self.claimer) {
            (Status::Open, _) => {
                self.status = Status::Claimed;
                self.claimer = Some(by);
                self.claimed = Some(now);
                self.details.technician = name.to_owned();
                self.details.technician_phone = phone.to_owned();
                self.updated = now;
                Ok(())
            }
            (Status::Claimed, Some(claimer)) if claimer == by => Ok(()),
            (Status::Claimed, _) => Err(Refusal::Taken),
            _ => Err(Refusal::WrongStatus),
        }
    }

    /// The claimer puts it back; `by` 0 takes it away from whoever has it.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else, [`Refusal::WrongStatus`] when it is not claimed.
    pub fn release(&mut self, by: i64, now: Millis) -> Result<i64, Refusal> {
        let claimer = match (self.status, self.claimer) {
            (Status::Claimed, Some(claimer)) => claimer,
            _ => return Err(Refusal::WrongStatus),
        };
        if by != 0 && by != claimer {
            return Err(Refusal::NotYours);
        }
        self.status = Status::Open;
        self.claimer = None;
        self.claimed = None;
        (self.details.contacted, self.details.unreached) = (None, None);
        self.details.visit = Visit::default();
        // Whoever comes next agrees anew.
        self.details.recording.close();
        self.details.quotes.fall();
        self.details.technician.clear();
        self.details.technician_phone.clear();
        self.updated = now;
        Ok(claimer)
    }

    /// The claimer has contacted the customer; gives whether that was the first time.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else, [`Refusal::WrongStatus`] when it is not claimed.
    pub fn contact(&mut self, by: i64, now: Millis) -> Result<bool, Refusal> {
        self.of_claimer(by)?;
        let first = self.details.contacted.is_none();
        self.details.contacted.get_or_insert(now);
        Ok(first)
    }

    /// The claimer says that it is done.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else, [`Refusal::WrongStatus`] when it is not claimed.
    pub fn done(&mut self, by: i64, outcome: &str, now: Millis) -> Result<(), Refusal> {
        self.of_claimer(by)?;
        self.status = Status::Done;
        self.details.recording.close();
        outcome.clone_into(&mut self.details.outcome);
        self.updated = now;
        Ok(())
    }

    /// The customer confirms that it is fixed.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else, [`Refusal::WrongStatus`] unless it is done.
    pub fn confirm(&mut self, by: i64, now: Millis) -> Result<(), Refusal> {
        self.only(Status::Done)?;
        self.of_customer(by)?;
        self.status = Status::Closed;
        self.updated = now;
        Ok(())
    }

    /// The customer says that it is not fixed: back to the technician who had it.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else, [`Refusal::WrongStatus`] unless it is done, and when nobody could go there any
    /// more because the address is no longer kept.
    pub fn not_fixed(&mut self, by: i64, now: Millis) -> Result<(), Refusal> {
        self.only(Status::Done)?;
        self.of_customer(by)?;
        if self.is_blank() {
            return Err(Refusal::WrongStatus);
        }
        self.details.blanked = Blanked::Nothing;
        self.details.visit.again(now);
        match self.claimer {
            Some(_) => self.details.quotes.again(),
            None => _ = self.details.quotes.fall(),
        }
        self.status = if self.claimer.is_some() { Status::Claimed } else { Status::Open };
        self.updated = now;
        Ok(())
    }

    /// Calls it off, or closes it at the desk (`to` is [`Status::Cancelled`] or [`Status::Closed`]). Who may is asked before.
    ///
    /// # Errors
    /// [`Refusal::WrongStatus`] when it has ended.
    pub fn end(&mut self, to: Status, why: &str, now: Millis) -> Result<(), Refusal> {
        if !self.status.is_open() {
            return Err(Refusal::WrongStatus);
        }
        self.status = to;
        why.clone_into(&mut self.details.outcome);
        self.updated = now;
        Ok(())
    }

    fn only(&self, status: Status) -> Result<(), Refusal> {
        if self.status == status { Ok(()) } else { Err(Refusal::WrongStatus) }
    }

    fn of_claimer(&self, by: i64) -> Result<(), Refusal> {
        self.only(Status::Claimed)?;
        if self.claimer == Some(by) { Ok(()) } else { Err(Refusal::NotYours) }
    }

    fn of_customer(&self, by: i64) -> Result<(), Refusal> {
        if self.customer == by { Ok(()) } else { Err(Refusal::NotYours) }
    }
}
