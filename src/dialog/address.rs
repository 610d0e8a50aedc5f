//! The question for an address: sure, several, missing a level, none; and whether it is served.
use crate::coverage::{Location, Outcome, ReasonKind};
use crate::vocabulary::say::{Keyboard, Text};

use super::definition::{Dialog, Slot};
use super::districts::Reply;
use super::fold::clean;
use super::machine::Machine;
use super::parse::{name, phone};
use super::session::{Pending, Run};
use super::turn::{Turn, Utter};
use super::value::{Address, Value};

/// Most characters of an address that are kept.
const LONGEST: usize = 300;
/// How many nearest districts a shared place suggests.
const NEAREST: usize = 3;
/// The attempt at which an address that is not understood is taken as it is.
const TAKEN: u32 = 3;
/// Most districts offered as buttons.
pub(super) const BUTTONS: usize = 8;

/// A shared place, degrees north and east.
pub(super) type Point = Option<(f64, f64)>;

impl Machine<'_> {
    /// Typed words as an address, or as an answer to a question about one.
    pub(super) fn address_words(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, text: &str) -> Turn {
        let text = without_contact(&clean(text, LONGEST));
        let reply = |typed, location| Reply { dialog, slot, typed, text: &text, location };
        match run.pending.take() {
            Some(Pending::Level { typed, code, location }) => self.level_words(run, &reply(&typed, location), &code),
            Some(Pending::Districts { typed, codes, location }) => self.district_words(run, &reply(&typed, location), &codes),
            Some(Pending::Street { typed, codes, location }) => self.street_words(run, &reply(&typed, location), &codes),
            _ => self.located(dialog, run, slot, &text, &self.matcher.locate(&text), None),
        }
    }

    /// A shared place: the nearest districts are a suggestion, never the answer.
    pub(super) fn place(&self, dialog: &Dialog, run: &mut Run, latitude: f64, longitude: f64) -> Turn {
        match self.asked(dialog, run) {
            Some(slot) if slot.kind == super::definition::Kind::Address => {
                let location = Some((latitude, longitude));
                run.pending = match run.pending.take() {
                    // The place comes along with words that were already there.
                    Some(Pending::Street { typed, codes, .. }) => Some(Pending::Street { typed, codes, location }),
                    Some(Pending::Districts { typed, codes, .. }) => Some(Pending::Districts { typed, codes, location }),
                    Some(Pending::Level { typed, code, .. }) => Some(Pending::Level { typed, code, location }),
                    _ => {
                        let codes = self.matcher.near(latitude, longitude, NEAREST).into_iter().map(|n| n.code).collect();
                        Some(Pending::Street { typed: String::new(), codes, location })
                    }
                };
                Turn::say(self.ask(dialog, run))
            }
            _ => self.unexpected(dialog, run),
        }
    }

    /// Goes on from what the matcher says.
    pub(super) fn located(
        &self,
        dialog: &Dialog,
        run: &mut Run,
        slot: &Slot,
        typed: &str,
        found: &Location,
        location: Point,
    ) -> Turn {
        let typed = typed.to_owned();
        match (found.outcome, &found.code) {
            (Outcome::Sure, Some(code)) => {
                let mut address = self.understood(&typed, &found.rest, code, location);
                address.doubt = self.guess(found);
                self.street_or_fill(dialog, run, slot, address)
            }
            (Outcome::Several, _) if !found.candidates.is_empty() => {
                run.pending = Some(Pending::Districts { typed, codes: found.candidates.clone(), location });
                Turn::say(self.ask(dialog, run))
            }
            (Outcome::Missing, Some(code)) => {
                run.pending = Some(Pending::Level { typed, code: code.clone(), location });
                Turn::say(self.ask(dialog, run))
            }
            _ => self.not_located(dialog, run, slot, &typed, None, location),
        }
    }

    /// Asks again with an example; the third time the text is taken as it is.
    pub(super) fn not_located(
        &self,
        dialog: &Dialog,
        run: &mut Run,
        slot: &Slot,
        typed: &str,
        known: Option<&str>,
        location: Point,
    ) -> Turn {
        if run.attempts + 1 < TAKEN {
            return self.again(dialog, run, slot, Text::new("address-again"));
        }
        let address = Address {
            typed: typed.to_owned(),
            rest: typed.to_owned(),
            code: known.map(str::to_owned),
            place: known.and_then(|c| self.matcher.full_name(c)).unwrap_or_default(),
            served: known.and_then(|c| self.served.covers_code(self.matcher, c)),
            location,
            doubt: "?".to_owned(),
        };
        let turn = Turn { echo: vec![Text::new("address-taken").with("address", typed)], ..Turn::default() };
        self.fill(dialog, run, slot, Value::Address(address), turn)
    }

    /// What staff should check although the answer is sure: names that were only nearly written. Empty if all were written right.
    pub(super) fn guess(&self, found: &Location) -> String {
        let guessed = found.reasons.iter().any(|r| r.kind == ReasonKind::Similar);
        if guessed { self.reasons(found) } else { String::new() }
    }

    /// An address in this area.
    pub(super) fn understood(&self, typed: &str, rest: &str, code: &str, location: Point) -> Address {
        Address {
            typed: typed.trim().to_owned(),
            rest: rest.trim().to_owned(),
            code: Some(code.to_owned()),
            place: self.matcher.full_name(code).unwrap_or_default(),
            served: self.served.covers_code(self.matcher, code),
            location,
            doubt: String::new(),
        }
    }

    /// A district alone does not bring a technician to a door: the street is asked for once.
    pub(super) fn street_or_fill(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, address: Address) -> Turn {
        match (&address.code, has_street(&address)) {
            (Some(code), false) => {
                let typed = if address.typed.is_empty() { address.place.clone() } else { address.typed.clone() };
                run.pending = Some(Pending::Street { typed, codes: vec![code.clone()], location: address.location });
                Turn::say(self.ask(dialog, run))
            }
            _ => self.served_echo(dialog, run, slot, address),
        }
    }

    /// Shows the address in full, says honestly whether it is served, and goes on.
    pub(super) fn served_echo(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, address: Address) -> Turn {
        let echo = coverage(&address);
        let mut turn = self.fill(dialog, run, slot, Value::Address(address), Turn { echo: vec![echo], ..Turn::default() });
        // The review card has its own edit buttons; anywhere else one tap must change the address.
        if run.asking.is_some() && matches!(turn.say.first().map(|u| &u.keyboard), Some(Keyboard::Reply(_))) {
            let index = dialog.slots.iter().position(|s| s.id() == slot.id()).unwrap_or_default();
            let lines = std::mem::take(&mut turn.echo);
            turn.say.insert(0, Utter { lines, keyboard: self.change_button(run, index) });
        }
        turn
    }
}

/// Whether there is more than the names of areas.
pub(super) fn has_street(address: &Address) -> bool {
    address.rest.chars().filter(|c| c.is_alphanumeric()).count() >= 2
}

/// The address in full, and honestly whether it is served.
pub(super) fn coverage(address: &Address) -> Text {
    let key = match address.served {
        Some(true) => "address-served",
        Some(false) => "address-unserved",
        None => "address-unknown",
    };
    Text::new(key).with("address", shown(address))
}

/// The address as shown to people: the area in full, then what was typed behind it.
pub fn shown(address: &Address) -> String {
    let street = if address.rest.is_empty() && address.place.is_empty() { &address.typed } else { &address.rest };
    match address.place.is_empty() {
        true => street.clone(),
        false => [address.place.as_str(), street].join(" ").trim().to_owned(),
    }
}

/// The text without a phone number and a name, which become slots of their own.
pub(super) fn without_contact(text: &str) -> String {
    let mut text: String = phone::digits_folded(text);
    if let (phone::Phone::Number(_), Some(range)) = phone::find(&text) {
        text.replace_range(range, " ");
    }
    if let Some((_, range)) = name::find(&text) {
        text.replace_range(range, " ");
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_matches([',', '，', '、', ' ']);
    // The form's own word for it adds nothing.
    ["地址:", "地址：", "地址是", "我的地址是", "address:", "Address:"]
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .unwrap_or(text)
        .trim()
        .to_owned()
}
