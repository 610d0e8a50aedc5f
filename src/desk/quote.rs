//! The quote 报价: what the work will cost, before it begins. The technician says it, the customer alone accepts. PURE.
//!
//! At most one quote waits for an answer, or for the technician's next move after a "no"; beside it stands the one that was
//! accepted last. Every quote has a number that no other of its ticket ever had, whoever made it: a button of an older one
//! cannot accept a newer one.
use serde::{Deserialize, Serialize};

use super::price::{Fen, Price};
use super::ticket::{Refusal, Status, Ticket};
use crate::vocabulary::input::Millis;

/// The quotes of a ticket; sealed with its details.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quotes {
    /// How many were ever made; the number of the newest.
    pub given: i64,
    /// The one that is not settled: it waits for the customer, or was declined.
    pub pending: Option<Quote>,
    /// The one that holds.
    pub accepted: Option<Quote>,
}

/// One quote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quote {
    /// Its number on this ticket, from 1.
    pub version: i64,
    /// What it says.
    pub price: Price,
    /// What is included, the technician's own words.
    pub included: String,
    /// When it was made.
    pub at: Millis,
    /// When the customer said no.
    pub declined: Option<Millis>,
    /// Why: the id of an option behind `@`, or own words.
    pub why: String,
    /// The work that it stands for was done and charged: whoever comes again for the same has nothing more to ask for.
    pub charged: bool,
}

/// What keeps work from beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// The customer has not answered yet.
    Open,
    /// The customer has said no.
    Declined,
    /// There is none, and this fault demands one.
    Missing,
}

/// What a stage demands of the quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// None may wait or stand declined.
    Settled,
    /// One must be accepted, besides.
    Accepted,
}

/// Why an answer to a quote does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// It is not theirs to answer, or there never was such a quote.
    Unknown,
    /// The ticket is over, or nobody has it.
    Over,
    /// It was accepted before.
    Accepted,
    /// It was declined before.
    Declined,
    /// It was withdrawn, or another one took its place.
    Replaced,
}

impl Quotes {
    /// The one that waits for the customer.
    pub fn open(&self) -> Option<&Quote> {
        self.pending.as_ref().filter(|quote| quote.declined.is_none())
    }

    /// The one that the customer declined and that nothing has taken the place of.
    pub fn declined(&self) -> Option<&Quote> {
        self.pending.as_ref().filter(|quote| quote.declined.is_some())
    }

    /// The one that was accepted and not charged yet.
    pub fn due(&self) -> Option<&Quote> {
        self.accepted.as_ref().filter(|quote| !quote.charged)
    }

    /// What keeps a stage that demands this from beginning.
    pub fn unsettled(&self, demand: Demand) -> Option<Unsettled> {
        match (&self.pending, &self.accepted) {
            (Some(quote), _) if quote.declined.is_none() => Some(Unsettled::Open),
            (Some(_), _) => Some(Unsettled::Declined),
            (None, None) if demand == Demand::Accepted => Some(Unsettled::Missing),
            (None, _) => None,
        }
    }

    /// Most that can be charged without saying why, fen: the accepted quote; after a "no" the call-out alone; for what is
    /// paid already, nothing. `None`: nothing was agreed, and nobody `demands` it.
    pub fn agreed(&self, demands: bool) -> Option<Fen> {
        match (&self.accepted, self.declined()) {
            (Some(quote), _) if quote.charged => Some(0),
            (Some(quote), _) => Some(quote.price.total()),
            (None, Some(quote)) => Some(quote.price.call_out),
            (None, None) => demands.then_some(0),
        }
    }

    /// Whoever made them no longer has the job: none binds the next one. Gives the one that waited for an answer.
    pub fn fall(&mut self) -> Option<Quote> {
        self.accepted = None;
        self.pending.take().filter(|quote| quote.declined.is_none())
    }

    /// The same technician goes once more for the same: what was agreed on is paid.
    pub fn again(&mut self) {
        self.pending = None;
        if let Some(quote) = &mut self.accepted {
            quote.charged = true;
        }
    }
}

impl Ticket {
    /// The claimer makes a quote; it takes the place of one that is not settled, which is given back.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else, [`Refusal::WrongStatus`] when it is not claimed.
    pub fn quote(&mut self, by: i64, price: Price, included: &str, now: Millis) -> Result<Option<Quote>, Refusal> {
        self.quotes_of(by)?;
        self.charge_anew();
        let quotes = &mut self.details.quotes;
        quotes.given += 1;
        self.updated = now;
        let quote = Quote { version: quotes.given, price, included: included.to_owned(), at: now, ..Quote::default() };
        Ok(quotes.pending.replace(quote))
    }

    /// The claimer takes back what is not settled; `None`: there is nothing to take back.
    ///
    /// # Errors
    /// As for [`Ticket::quote`].
    pub fn withdraw_quote(&mut self, by: i64, now: Millis) -> Result<Option<Quote>, Refusal> {
        self.quotes_of(by)?;
        let taken = self.details.quotes.pending.take();
        if taken.is_some() {
            self.updated = now;
        }
        Ok(taken)
    }

    /// The customer accepts the quote with this number; gives the one that held before.
    ///
    /// # Errors
    /// [`Stale`]; then nothing has changed.
    pub fn accept_quote(&mut self, by: i64, version: i64, now: Millis) -> Result<Option<Quote>, Stale> {
        self.answers(by, version)?;
        self.charge_anew();
        self.updated = now;
        let quotes = &mut self.details.quotes;
        let quote = quotes.pending.take();
        Ok(std::mem::replace(&mut quotes.accepted, quote))
    }

    /// The customer declines the quote with this number.
    ///
    /// # Errors
    /// [`Stale`]; then nothing has changed.
    pub fn decline_quote(&mut self, by: i64, version: i64, now: Millis) -> Result<(), Stale> {
        self.answers(by, version)?;
        self.updated = now;
        if let Some(quote) = &mut self.details.quotes.pending {
            quote.declined = Some(now);
        }
        Ok(())
    }

    /// An amount that was said before was said under another quote.
    fn charge_anew(&mut self) {
        for answer in [AMOUNT, ABOVE] {
            self.details.visit.answers.remove(answer);
        }
    }

    fn quotes_of(&self, by: i64) -> Result<(), Refusal> {
        match (self.status, self.claimer) {
            (Status::Claimed, Some(claimer)) if claimer == by => Ok(()),
            (Status::Claimed, _) => Err(Refusal::NotYours),
            _ => Err(Refusal::WrongStatus),
        }
    }

    /// Whether the quote with this number waits for an answer by this person.
    fn answers(&self, by: i64, version: i64) -> Result<(), Stale> {
        let quotes = &self.details.quotes;
        if self.customer != by || !(1..=quotes.given).contains(&version) {
            return Err(Stale::Unknown);
        }
        if self.status != Status::Claimed {
            return Err(Stale::Over);
        }
        match (&quotes.pending, &quotes.accepted) {
            (Some(quote), _) if quote.version == version && quote.declined.is_none() => Ok(()),
            (Some(quote), _) if quote.version == version => Err(Stale::Declined),
            (_, Some(quote)) if quote.version == version => Err(Stale::Accepted),
            _ => Err(Stale::Replaced),
        }
    }
}

/// The answer that says what was charged.
pub const AMOUNT: &str = "amount";
/// The answer that says why it is more than was agreed.
pub const ABOVE: &str = "above";

#[cfg(test)]
mod tests;
