//! Which messages may go next. PURE.
use std::collections::{BTreeMap, HashSet};

use crate::store::outbox::{Mark, Touch, Waiting};
use crate::vocabulary::input::Millis;
use crate::vocabulary::say::Priority;

/// The next message of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The chat.
    pub chat: i64,
    /// Rows that are done when it is sent, the oldest first; the last one holds what is sent.
    pub rows: Vec<Waiting>,
}

/// What may go at `now`, in order of service, and when to look again for what may not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// At most one message per chat.
    pub next: Vec<Next>,
    /// The first moment at which a message that was put off is due.
    pub due: Option<Millis>,
}

/// Plans. Within a chat messages keep the order in which they were owed, whatever their priority, so that a conversation
/// reads as it was meant; only notices, which belong to no conversation, let everything else pass. A chat is served
/// by the highest priority that waits in it, so a reply never waits behind the desk's cards of other chats.
pub fn plan(waiting: Vec<Waiting>, busy: &HashSet<i64>, now: Millis) -> Plan {
    let mut chats: BTreeMap<i64, Vec<Waiting>> = BTreeMap::new();
    for row in waiting {
        if !busy.contains(&row.chat) {
            chats.entry(row.chat).or_default().push(row);
        }
    }
    let mut plan = Plan::default();
    let mut ranked = Vec::new();
    for (chat, mut rows) in chats {
        rows.sort_by_key(|row| (row.priority == Priority::Notice, row.id));
        let rank = rows.iter().map(|row| row.priority).min().unwrap_or_default();
        let Some(head) = rows.first() else { continue };
        if head.due > now {
            plan.due = Some(plan.due.map_or(head.due, |due| due.min(head.due)));
            continue;
        }
        ranked.push(((rank, head.id), Next { chat, rows: collapsed(rows) }));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    plan.next = ranked.into_iter().map(|(_, next)| next).collect();
    plan
}

/// The head, and with it all later edits of the same card up to the point where the card is sent anew: only the last
/// state is worth a message.
fn collapsed(rows: Vec<Waiting>) -> Vec<Waiting> {
    let mut rows = rows.into_iter();
    let Some(head) = rows.next() else { return Vec::new() };
    let Some(Mark { card, touch: Touch::Edit }) = head.mark.clone() else { return vec![head] };
    let same = rows.filter(|row| row.mark.as_ref().is_some_and(|mark| mark.card == card));
    let edits = same.take_while(|row| row.mark.as_ref().is_some_and(|mark| mark.touch == Touch::Edit));
    std::iter::once(head).chain(edits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::say::{CardRef, CardRole};

    fn row(id: i64, chat: i64, priority: Priority) -> Waiting {
        Waiting { id, chat, priority, created: 0, due: 0, tries: 0, mark: None, notice: None }
    }

    fn card(id: i64, touch: Touch) -> Waiting {
        let card = CardRef { number: 17, role: CardRole::Crew };
        Waiting { mark: Some(Mark { card, touch }), ..row(id, 1, Priority::Desk) }
    }

    fn ids(plan: &Plan) -> Vec<Vec<i64>> {
        plan.next.iter().map(|next| next.rows.iter().map(|row| row.id).collect()).collect()
    }

    #[test]
    fn replies_first_and_one_per_chat() {
        use Priority::{Desk, Notice, Reply};
        let waiting = vec![row(1, 5, Notice), row(2, 6, Desk), row(3, 7, Reply), row(4, 7, Reply), row(5, 6, Reply)];
        // Chat 6 has a reply waiting behind a card of the desk: the card goes in the reply's name, in order.
        assert_eq!(ids(&plan(waiting, &HashSet::new(), 0)), [[2], [3], [1]]);
    }

    #[test]
    fn notices_let_everything_pass() {
        let waiting = vec![row(1, 5, Priority::Notice), row(2, 5, Priority::Desk)];
        assert_eq!(ids(&plan(waiting, &HashSet::new(), 0)), [[2]]);
    }

    #[test]
    fn nothing_overtakes_a_message_that_was_put_off() {
        let put_off = Waiting { due: 50, ..row(1, 5, Priority::Desk) };
        let waiting = vec![put_off, row(2, 5, Priority::Reply), row(3, 6, Priority::Reply)];
        let planned = plan(waiting.clone(), &HashSet::new(), 10);
        assert_eq!((ids(&planned), planned.due), (vec![vec![3]], Some(50)));
        assert_eq!(ids(&plan(waiting, &HashSet::from([6]), 50)), [[1]]);
    }

    #[test]
    fn edits_of_a_card_collapse_into_the_last() {
        let between = row(2, 1, Priority::Desk);
        let waiting = vec![card(1, Touch::Edit), between, card(3, Touch::Edit), card(4, Touch::Anew), card(5, Touch::Edit)];
        assert_eq!(ids(&plan(waiting, &HashSet::new(), 0)), [[1, 3]]);
        assert_eq!(ids(&plan(vec![card(1, Touch::Anew), card(2, Touch::Edit)], &HashSet::new(), 0)), [[1]]);
    }
}
