//! Questions about an address that was not sure at once: which of these, which within it, which street.
use crate::coverage::{Location, Outcome};

use super::address::Point;
use super::definition::{Dialog, Slot};
use super::machine::Machine;
use super::session::{Pending, Run};
use super::turn::Turn;

/// An open question about an address, and the words that answer it.
pub(super) struct Reply<'a> {
    pub dialog: &'a Dialog,
    pub slot: &'a Slot,
    /// The address as typed so far.
    pub typed: &'a str,
    /// The answer.
    pub text: &'a str,
    pub location: Point,
}

impl Machine<'_> {
    /// Which part of the area with this code?
    pub(super) fn level_words(&self, run: &mut Run, reply: &Reply<'_>, code: &str) -> Turn {
        let &Reply { dialog, slot, typed, text, location } = reply;
        let whole = [typed, text].join(" ");
        let within = self.matcher.locate_within(text, code);
        match (within.outcome, &within.code) {
            (Outcome::Sure, Some(found)) => {
                let mut address = self.understood(&whole, &within.rest, found, location);
                address.rest = [self.matcher.locate(typed).rest.as_str(), &within.rest].join(" ").trim().to_owned();
                address.doubt = self.reasons(&within);
                self.street_or_fill(dialog, run, slot, address)
            }
            (Outcome::Several, _) => {
                run.pending = Some(Pending::Districts { typed: whole, codes: within.candidates, location });
                Turn::say(self.ask(dialog, run))
            }
            _ => {
                // Perhaps a new address altogether.
                let anew = self.matcher.locate(text);
                if anew.outcome == Outcome::Sure {
                    return self.located(dialog, run, slot, text, &anew, location);
                }
                run.pending = Some(Pending::Level { typed: typed.to_owned(), code: code.to_owned(), location });
                self.not_located(dialog, run, slot, &whole, Some(code), location)
            }
        }
    }

    /// Which of these districts?
    pub(super) fn district_words(&self, run: &mut Run, reply: &Reply<'_>, codes: &[String]) -> Turn {
        let &Reply { dialog, slot, typed, text, location } = reply;
        let number = text.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1)).and_then(|i| codes.get(i));
        let named: Vec<&String> = codes.iter().filter(|c| self.matcher.full_name(c).is_some_and(|n| n.contains(text))).collect();
        let chosen = number.or(match named[..] {
            [one] => Some(one),
            _ => None,
        });
        if let Some(code) = chosen {
            return self.chosen(dialog, run, slot, typed, &code.clone(), location);
        }
        let together = self.matcher.locate(&[text, typed].concat());
        match (together.outcome, &together.code) {
            (Outcome::Sure, Some(code)) if codes.contains(code) => self.chosen(dialog, run, slot, typed, &code.clone(), location),
            _ => self.located(dialog, run, slot, text, &self.matcher.locate(text), location),
        }
    }

    /// Which street in this district; or, where only a place was shared, which address near these?
    pub(super) fn street_words(&self, run: &mut Run, reply: &Reply<'_>, codes: &[String]) -> Turn {
        let &Reply { dialog, slot, typed, text, location } = reply;
        match (typed.is_empty(), codes) {
            // The district is known, these are street and number; "西湖区" is no street, and an own address is taken as one.
            (false, [code]) => {
                let anew = self.matcher.locate(text);
                if anew.outcome == Outcome::Sure && anew.code.as_deref() != Some(code) && !anew.rest.is_empty() {
                    return self.located(dialog, run, slot, text, &anew, location);
                }
                let mut address = self.understood(&[typed, text].join(" "), text, code, location);
                let before = self.matcher.locate(typed);
                address.rest = [before.rest.as_str(), text].join(" ").trim().to_owned();
                address.doubt = self.doubt(&before);
                self.served_echo(dialog, run, slot, address)
            }
            // Only a place was shared: the words decide, the nearest districts help.
            _ => {
                let found = self.matcher.locate(text);
                match found.outcome {
                    Outcome::Sure => self.located(dialog, run, slot, text, &found, location),
                    Outcome::Several if found.candidates.iter().any(|c| codes.contains(c)) => {
                        let near = found.candidates.into_iter().filter(|c| codes.contains(c)).collect();
                        run.pending = Some(Pending::Districts { typed: text.to_owned(), codes: near, location });
                        Turn::say(self.ask(dialog, run))
                    }
                    _ => {
                        run.pending = Some(Pending::Districts { typed: text.to_owned(), codes: codes.to_vec(), location });
                        Turn::say(self.ask(dialog, run))
                    }
                }
            }
        }
    }

    /// "There is no more to it": a village without streets.
    pub(super) fn street_is_all(&self, dialog: &Dialog, run: &mut Run) -> Turn {
        match (run.pending.take(), self.asked(dialog, run)) {
            (Some(Pending::Street { typed, codes, location }), Some(slot)) => match codes.first() {
                Some(code) if !typed.is_empty() => {
                    let before = self.matcher.locate(&typed);
                    let mut address = self.understood(&typed, &before.rest, code, location);
                    address.doubt = self.doubt(&before);
                    self.served_echo(dialog, run, slot, address)
                }
                _ => {
                    // A place without a word: the dispatcher sees the map, the nearest districts are offered.
                    run.pending = Some(Pending::Districts { typed: String::new(), codes, location });
                    Turn::say(self.ask(dialog, run))
                }
            },
            _ => Turn::say(self.ask(dialog, run)),
        }
    }

    /// A button with a district.
    pub(super) fn district_tap(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, index: usize) -> Turn {
        match run.pending.take() {
            Some(Pending::Districts { typed, codes, location }) => match codes.get(index) {
                Some(code) => self.chosen(dialog, run, slot, &typed, code, location),
                None => Turn::say(self.ask(dialog, run)),
            },
            Some(Pending::Level { typed, code, location }) => match self.matcher.children(&code).get(index) {
                Some(child) => self.chosen(dialog, run, slot, &typed, child, location),
                None => Turn::say(self.ask(dialog, run)),
            },
            _ => Turn::say(self.ask(dialog, run)),
        }
    }

    fn chosen(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, typed: &str, code: &str, location: Point) -> Turn {
        let found = self.matcher.locate(typed);
        let mut address =
            self.understood(typed, if found.outcome == Outcome::None { typed } else { &found.rest }, code, location);
        address.doubt = self.doubt(&found);
        self.street_or_fill(dialog, run, slot, address)
    }

    /// What staff should know about an address that began with this answer: nothing if it was sure and written right; else which words spoke for
    /// which place, and "?" where none did.
    fn doubt(&self, found: &Location) -> String {
        if found.outcome == Outcome::Sure {
            return self.guess(found);
        }
        let reasons = self.reasons(found);
        if reasons.is_empty() { "?".to_owned() } else { reasons }
    }

    /// Which words spoke for which place, for staff.
    pub(super) fn reasons(&self, found: &Location) -> String {
        let reason = |r: &crate::coverage::Reason| {
            let name = self.matcher.area(&r.code).map_or_else(|| r.code.clone(), |a| a.name);
            format!("{}→{name}", r.words)
        };
        found.reasons.iter().map(reason).collect::<Vec<_>>().join(" ")
    }
}
