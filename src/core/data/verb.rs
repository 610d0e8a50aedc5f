//! What can be done with a ticket, and the words for it in buttons and links.

/// What can be done with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// A technician takes it.
    Claim,
    /// The claimer puts it back.
    Release,
    /// The claimer has called the customer.
    Called,
    /// The claimer has called, and nobody answered.
    NoAnswer,
    /// The claimer says what was done.
    Done,
    /// The claimer says what it will cost.
    Quote,
    /// The claimer takes that back.
    Withdraw,
    /// Show the claimer the files.
    Media,
    /// The customer confirms.
    Confirm,
    /// The customer says that it is not fixed.
    NotFixed,
    /// Call it off.
    Cancel,
    /// The customer sees what became of it.
    Progress,
    /// The customer reports that whoever came cannot say the code.
    Stranger,
    /// The customer says a word to their rating.
    Opinion,
    /// Correct the phone.
    Phone,
    /// Correct the address.
    Address,
    /// Hand it to a crew: show which.
    Hand,
    /// Write to the customer from the desk.
    Answer,
    /// Close it at the desk.
    Close,
    /// Call it off at the desk.
    CallOff,
    /// Give it to a technician: show which.
    Assign,
    /// Take it away from whoever has it.
    TakeBack,
    /// Show whoever has it its card.
    Show,
    /// Show a dispatcher its card.
    Open,
    /// A link by which the customer who phoned joins it.
    Link,
    /// The customer adds what they report to it instead.
    Add,
    /// What is recorded of the repair: shown, with what one can say to it.
    Recording,
    /// One agrees to it, or wishes it.
    Record,
    /// One does not, or no longer.
    NoRecord,
    /// A dispatcher corrects the phone.
    SetPhone,
    /// A dispatcher corrects the address.
    SetAddress,
    /// The customer phones that it is not fixed.
    Reopen,
}

pub(super) const VERBS: [(Verb, &str); 32] = [
    (Verb::Claim, "claim"),
    (Verb::Release, "release"),
    (Verb::Called, "called"),
    (Verb::NoAnswer, "noanswer"),
    (Verb::Done, "done"),
    (Verb::Quote, "quote"),
    (Verb::Withdraw, "withdraw"),
    (Verb::Media, "media"),
    (Verb::Confirm, "confirm"),
    (Verb::NotFixed, "notfixed"),
    (Verb::Cancel, "cancel"),
    (Verb::Progress, "progress"),
    (Verb::Stranger, "stranger"),
    (Verb::Opinion, "opinion"),
    (Verb::Phone, "phone"),
    (Verb::Address, "address"),
    (Verb::Hand, "hand"),
    (Verb::Answer, "answer"),
    (Verb::Close, "close"),
    (Verb::CallOff, "calloff"),
    (Verb::Assign, "assign"),
    (Verb::TakeBack, "takeback"),
    (Verb::Show, "show"),
    (Verb::Open, "open"),
    (Verb::Link, "link"),
    (Verb::Add, "add"),
    (Verb::Recording, "recording"),
    (Verb::Record, "record"),
    (Verb::NoRecord, "norecord"),
    (Verb::SetPhone, "setphone"),
    (Verb::SetAddress, "setaddress"),
    (Verb::Reopen, "reopen"),
];

impl Verb {
    /// Whether only dispatchers are shown a button that does this.
    pub fn is_of_desk(self) -> bool {
        matches!(
            self,
            Verb::Hand
                | Verb::Answer
                | Verb::Close
                | Verb::CallOff
                | Verb::Assign
                | Verb::TakeBack
                | Verb::Open
                | Verb::Link
                | Verb::SetPhone
                | Verb::SetAddress
                | Verb::Reopen
        )
    }

    pub(super) fn word(self) -> &'static str {
        VERBS.iter().find(|(v, _)| *v == self).map_or("", |(_, word)| word)
    }

    pub(super) fn parse(word: &str) -> Option<Verb> {
        VERBS.iter().find(|(_, w)| *w == word).map(|(v, _)| *v)
    }
}
