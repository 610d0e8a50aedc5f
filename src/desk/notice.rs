//! Notices 通知: one message to many, by an admin. States and their moves, who is meant, how far it is.
use crate::vocabulary::input::Millis;

/// How long an admin may take to confirm. After that the preview is forgotten and they begin anew.
pub const CONFIRM_WITHIN: Millis = 5 * 60_000;
/// Most recipients that one input adds to the outbox.
pub const PORTION: i64 = 500;
/// The progress message is edited at most this often, counted from when the last edit was sent.
pub const SHOW_EVERY: Millis = 3_000;
/// How often to look whether an edit that is under way was sent …
const LOOK: Millis = 500;
/// … and how long to wait for it.
const LATEST: Millis = 30_000;
/// Messages a second to reckon with until there is something to measure: Telegram takes 30 in all, replies go first.
const PACE: i64 = 28;
/// A rate measured for less than this says nothing.
const MEASURE: Millis = 5_000;
/// Messages wait and none has got through for this long: Telegram takes none at the moment.
pub const STUCK: Millis = 10_000;
/// Cells of the progress bar.
const CELLS: i64 = 10;

/// Who is meant. Muted and unreachable people never are; the rows are chosen by `store::notice`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone who has written to the bot, except staff (admins, registered technicians) who never had a ticket.
    Customers,
    /// Those with a ticket that is open or claimed.
    OpenTickets,
    /// Those who ever had a ticket in this area: code of a province, prefecture, county or town.
    Area(String),
    /// The groups of the crews.
    Crews,
}

impl Audience {
    /// Whether it goes to people, each in private; else to groups.
    pub fn is_people(&self) -> bool {
        *self != Audience::Crews
    }

    /// The word kept in the database.
    pub fn word(&self) -> String {
        match self {
            Audience::Customers => "all".to_owned(),
            Audience::OpenTickets => "open".to_owned(),
            Audience::Area(code) => format!("area:{code}"),
            Audience::Crews => "crews".to_owned(),
        }
    }

    /// Reads the word kept in the database.
    pub fn parse(word: &str) -> Option<Audience> {
        match (word, word.strip_prefix("area:")) {
            ("all", _) => Some(Audience::Customers),
            ("open", _) => Some(Audience::OpenTickets),
            ("crews", _) => Some(Audience::Crews),
            (_, Some(code)) => Some(Audience::Area(code.to_owned())),
            _ => None,
        }
    }

    /// What the code of every district in an area begins with: codes name province, prefecture and county by two digits
    /// each (GB/T 2260), and 00 stands for "all of it".
    pub fn prefix(code: &str) -> &str {
        match code.len() {
            6 => code.strip_suffix("0000").or(code.strip_suffix("00")).unwrap_or(code),
            _ => code,
        }
    }
}

/// Where a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The preview is under way to its admin.
    Preview,
    /// The preview has arrived; the admin is asked, or about to be.
    Draft,
    /// Telegram refused the preview.
    Refused,
    /// Being sent.
    Running,
    /// Nothing leaves until it goes on.
    Paused,
    /// Over before the end.
    Stopped,
    /// Everybody was dealt with.
    Finished,
    /// Never sent: called off, refused, nobody to send to, or not confirmed in time.
    Dropped,
}

impl State {
    const WORDS: [(State, &'static str); 8] = [
        (State::Preview, "preview"),
        (State::Draft, "draft"),
        (State::Refused, "refused"),
        (State::Running, "running"),
        (State::Paused, "paused"),
        (State::Stopped, "stopped"),
        (State::Finished, "finished"),
        (State::Dropped, "dropped"),
    ];

    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        State::WORDS.iter().find(|(s, _)| *s == self).map_or("", |(_, word)| word)
    }

    /// Reads the word kept in the database.
    pub fn parse(word: &str) -> Option<State> {
        State::WORDS.iter().find(|(_, w)| *w == word).map(|(s, _)| *s)
    }
}

/// A notice, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number.
    pub number: i64,
    /// The admin who made it; only they confirm, pause and stop it.
    pub admin: i64,
    /// Where it stands.
    pub state: State,
    /// Who is meant.
    pub audience: Audience,
    /// When it was made.
    pub created: Millis,
    /// When it was confirmed.
    pub confirmed: Option<Millis>,
    /// When its end was told.
    pub ended: Option<Millis>,
    /// Begin of the present stretch: of the question (0: not asked yet), or of sending since the last pause.
    pub since: Millis,
    /// What was dealt with before that stretch.
    pub before: i64,
    /// When its card was last sent or edited; below 0: that is under way, since then.
    pub shown: Millis,
    /// The last recipient that has a row in the outbox.
    pub reached: i64,
    /// How many were meant when it was asked, less those who muted news since.
    pub total: i64,
    /// How many got it.
    pub sent: i64,
    /// How many cannot be written to.
    pub unreachable: i64,
    /// How many times Telegram would not take it for another reason.
    pub failed: i64,
}

/// Why a move cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It was not confirmed in time.
    Expired,
    /// Its state does not allow this.
    NotNow,
}

impl Notice {
    /// A notice whose preview is about to be sent.
    pub fn new(number: i64, admin: i64, audience: Audience, now: Millis) -> Notice {
        Notice {
            number,
            admin,
            state: State::Preview,
            audience,
            created: now,
            confirmed: None,
            ended: None,
            since: 0,
            before: 0,
            shown: 0,
            reached: 0,
            total: 0,
            sent: 0,
            unreachable: 0,
            failed: 0,
        }
    }

    /// Whether the time to confirm is over.
    pub fn is_late(&self, now: Millis) -> bool {
        let asked = if self.since == 0 { self.created } else { self.since };
        now >= asked.saturating_add(CONFIRM_WITHIN)
    }

    /// The admin saw the preview and the count, and says yes.
    ///
    /// # Errors
    /// When it is too late, or it was decided before.
    pub fn confirm(&mut self, now: Millis) -> Result<(), Refusal> {
        match self.state {
            State::Draft if self.is_late(now) => Err(Refusal::Expired),
            State::Draft if self.since > 0 => {
                (self.state, self.confirmed, self.since) = (State::Running, Some(now), now);
                Ok(())
            }
            _ => Err(Refusal::NotNow),
        }
    }

    /// The admin says no.
    ///
    /// # Errors
    /// When it was decided before.
    pub fn call_off(&mut self) -> Result<(), Refusal> {
        self.step(&[State::Draft], State::Dropped)
    }

    /// Nothing more leaves.
    ///
    /// # Errors
    /// When it is not being sent.
    pub fn pause(&mut self) -> Result<(), Refusal> {
        self.step(&[State::Running], State::Paused)
    }

    /// Goes on after a pause.
    ///
    /// # Errors
    /// When it is not paused.
    pub fn go_on(&mut self, now: Millis) -> Result<(), Refusal> {
        self.step(&[State::Paused], State::Running)?;
        (self.since, self.before) = (now, self.dealt());
        Ok(())
    }

    /// Ends it before everybody got it.
    ///
    /// # Errors
    /// When it is over or was never sent.
    pub fn stop(&mut self) -> Result<(), Refusal> {
        self.step(&[State::Running, State::Paused], State::Stopped)
    }

    fn step(&mut self, from: &[State], to: State) -> Result<(), Refusal> {
        if !from.contains(&self.state) {
            return Err(Refusal::NotNow);
        }
        self.state = to;
        Ok(())
    }

    /// When its card may be shown again, if that is not now.
    pub fn shown_too_lately(&self, now: Millis) -> Option<Millis> {
        match self.shown {
            // Nothing is under way to an admin who blocked the bot.
            since if since < 0 => Some(now + LOOK).filter(|_| now < LATEST - since),
            at => Some(at + SHOW_EVERY).filter(|again| *again > now),
        }
    }

    /// How many are dealt with: sent, unreachable or failed.
    pub fn dealt(&self) -> i64 {
        self.sent + self.unreachable + self.failed
    }

    /// How many are left; `waiting`: rows in the outbox. People come and go while it is sent, so both are estimates.
    pub fn left(&self, waiting: i64) -> i64 {
        match self.state {
            State::Finished => 0,
            _ => (self.total - self.dealt()).max(waiting).max(0),
        }
    }

    /// How far it is, in percent; 100 only when nobody is left.
    pub fn percent(&self, waiting: i64) -> i64 {
        match (self.dealt(), self.left(waiting)) {
            (_, 0) => 100,
            (dealt, left) => (dealt * 100 / (dealt + left)).min(99),
        }
    }

    /// The same as a bar.
    pub fn bar(&self, waiting: i64) -> String {
        let full = self.percent(waiting) * CELLS / 100;
        (0..CELLS).map(|cell| if cell < full { '▓' } else { '░' }).collect()
    }

    /// How long it will take, by the rate measured since it began or went on.
    pub fn time_left(&self, waiting: i64, now: Millis) -> Millis {
        let (span, done) = (now - self.since, self.dealt() - self.before);
        let left = self.left(waiting);
        if span < MEASURE || done <= 0 { left.saturating_mul(1_000) / PACE } else { left.saturating_mul(span) / done }
    }
}

#[cfg(test)]
mod tests;
