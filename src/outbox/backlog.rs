//! What waits to be sent, in memory, and which of it may go next. PURE: time is injected.
//!
//! Within a chat messages keep the order in which they were owed, whatever their priority, so that a conversation reads as it
//! was meant. A chat is served by the highest priority that waits in it, so a reply never waits behind the desk's cards of
//! other chats. Notices belong to no conversation and wait in the database until nothing else does.
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

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

/// What becomes of a message that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its rows end.
    Ends,
    /// Its head is tried again at that moment; by then it has failed so often.
    Waits {
        /// When.
        due: Millis,
        /// How often.
        tries: i64,
    },
    /// Everything that waits in the chat moves to this one.
    Moves(i64),
    /// Its last row goes on as something that is added to a card.
    Grows,
}

/// Everything that waits, as far as it is known here.
#[derive(Debug, Default)]
pub struct Backlog {
    chats: HashMap<i64, Line>,
    /// Chats that may be served: by rank, and within a rank by who has waited longest.
    ready: BTreeSet<(Priority, i64, i64)>,
    /// Chats that may not before a moment.
    later: BTreeSet<(Millis, i64)>,
    /// Chats with a message under way.
    busy: HashSet<i64>,
    waiting: HashMap<Priority, usize>,
}

#[derive(Debug, Default)]
struct Line {
    rows: VecDeque<Waiting>,
    /// As in `ready`.
    ready: Option<(Priority, i64)>,
    /// As in `later`.
    later: Option<Millis>,
    /// Not before this moment, whatever the rows say.
    held: Millis,
}

impl Backlog {
    /// How many of a priority wait here.
    pub fn waiting(&self, priority: Priority) -> usize {
        self.waiting.get(&priority).copied().unwrap_or_default()
    }

    /// Whether any message of this chat waits or is under way.
    pub fn knows(&self, chat: i64) -> bool {
        self.busy.contains(&chat) || self.chats.contains_key(&chat)
    }

    /// Chats with a message under way, or with one that was sent and is not yet written down.
    pub fn under_way(&self) -> usize {
        self.busy.len()
    }

    /// Whether nothing may go at this moment.
    pub fn is_idle(&self) -> bool {
        self.ready.is_empty()
    }

    /// Forgets everything that waits; what is under way stays so.
    pub fn clear(&mut self) {
        (self.chats, self.ready, self.later) = Default::default();
        self.waiting.clear();
    }

    /// Takes up a row; one that is known is left as it is.
    pub fn add(&mut self, row: Waiting, now: Millis) {
        let (chat, priority) = (row.chat, row.priority);
        let line = self.chats.entry(chat).or_default();
        let place = line.rows.partition_point(|known| known.id < row.id);
        if line.rows.get(place).is_some_and(|known| known.id == row.id) {
            return;
        }
        line.rows.insert(place, row);
        *self.waiting.entry(priority).or_default() += 1;
        self.place(chat, now);
    }

    /// Marks a chat as served; gives the message, of which the chat has at most one under way.
    pub fn take(&mut self, now: Millis) -> Option<Next> {
        while let Some((due, chat)) = self.later.first().copied().filter(|(due, _)| *due <= now) {
            self.later.remove(&(due, chat));
            self.place(chat, now);
        }
        let (_, _, chat) = *self.ready.first()?;
        self.busy.insert(chat);
        self.place(chat, now);
        let rows = self.chats.get(&chat).map(|line| collapsed(&line.rows))?;
        Some(Next { chat, rows })
    }

    /// Marks a chat as served by something that does not wait here.
    pub fn serve(&mut self, chat: i64) {
        self.busy.insert(chat);
    }

    /// A chat that was taken must wait after all.
    pub fn hold(&mut self, chat: i64, until: Millis, now: Millis) {
        self.busy.remove(&chat);
        if let Some(line) = self.chats.get_mut(&chat) {
            line.held = line.held.max(until);
        }
        self.place(chat, now);
    }

    /// The chat is served no longer; what was tried has this fate.
    pub fn settle(&mut self, next: &Next, fate: &Fate, now: Millis) {
        let chat = next.chat;
        self.busy.remove(&chat);
        match fate {
            Fate::Ends => self.end(chat, &next.rows),
            Fate::Waits { due, tries } => {
                let head = next.rows.first().map(|row| row.id);
                if let Some(row) = self.row(chat, head) {
                    (row.due, row.tries) = (*due, *tries);
                }
            }
            Fate::Grows => {
                if let Some((last, collapsed)) = next.rows.split_last() {
                    self.end(chat, collapsed);
                    if let Some(row) = self.row(chat, Some(last.id)) {
                        row.tries = 0;
                        row.mark = row.mark.take().map(|mark| Mark { touch: Touch::More, ..mark });
                    }
                }
            }
            Fate::Moves(to) => self.rename(chat, *to, now),
        }
        self.place(chat, now);
    }

    /// The first moment at which something may go that may not now.
    pub fn due(&self) -> Option<Millis> {
        self.later.first().map(|(due, _)| *due)
    }

    fn row(&mut self, chat: i64, id: Option<i64>) -> Option<&mut Waiting> {
        self.chats.get_mut(&chat)?.rows.iter_mut().find(|row| Some(row.id) == id)
    }

    fn end(&mut self, chat: i64, rows: &[Waiting]) {
        let Some(line) = self.chats.get_mut(&chat) else { return };
        for row in rows {
            if let Ok(place) = line.rows.binary_search_by_key(&row.id, |known| known.id)
                && line.rows.remove(place).is_some()
                && let Some(count) = self.waiting.get_mut(&row.priority)
            {
                *count -= 1;
            }
        }
    }

    fn rename(&mut self, from: i64, to: i64, now: Millis) {
        let rows = self.chats.get_mut(&from).map(|line| std::mem::take(&mut line.rows)).unwrap_or_default();
        for row in rows {
            if let Some(count) = self.waiting.get_mut(&row.priority) {
                *count -= 1;
            }
            self.add(Waiting { chat: to, ..row }, now);
        }
    }

    /// Puts a chat where it belongs.
    fn place(&mut self, chat: i64, now: Millis) {
        let Some(line) = self.chats.get_mut(&chat) else { return };
        if let Some((rank, head)) = line.ready.take() {
            self.ready.remove(&(rank, head, chat));
        }
        if let Some(due) = line.later.take() {
            self.later.remove(&(due, chat));
        }
        let Some(head) = line.rows.front() else {
            self.chats.remove(&chat);
            return;
        };
        if self.busy.contains(&chat) {
            return;
        }
        let due = head.due.max(line.held);
        if due > now {
            line.later = Some(due);
            self.later.insert((due, chat));
        } else {
            let rank = line.rows.iter().map(|row| row.priority).min().unwrap_or_default();
            line.ready = Some((rank, head.id));
            self.ready.insert((rank, head.id, chat));
        }
    }
}

/// The head, and with it all later edits of the same card up to the point where the card is sent anew: only the last
/// state is worth a message.
fn collapsed(rows: &VecDeque<Waiting>) -> Vec<Waiting> {
    let Some(head) = rows.front() else { return Vec::new() };
    let Some(Mark { card, touch: Touch::Edit }) = &head.mark else { return vec![head.clone()] };
    let same = rows.iter().skip(1).filter(|row| row.mark.as_ref().is_some_and(|mark| mark.card == *card));
    let edits = same.take_while(|row| row.mark.as_ref().is_some_and(|mark| mark.touch == Touch::Edit));
    std::iter::once(head).chain(edits).cloned().collect()
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

    fn of(rows: impl IntoIterator<Item = Waiting>) -> Backlog {
        let mut backlog = Backlog::default();
        rows.into_iter().for_each(|row| backlog.add(row, 0));
        backlog
    }

    fn ids(next: &Next) -> Vec<i64> {
        next.rows.iter().map(|row| row.id).collect()
    }

    /// Everything that may go at once.
    fn taken(backlog: &mut Backlog, now: Millis) -> Vec<Vec<i64>> {
        std::iter::from_fn(|| backlog.take(now)).map(|next| ids(&next)).collect()
    }

    #[test]
    fn replies_first_and_one_per_chat() {
        use Priority::{Desk, Reply};
        let mut all = of([row(1, 5, Desk), row(2, 6, Desk), row(3, 7, Reply), row(4, 7, Reply), row(5, 6, Reply)]);
        // Chat 6 has a reply waiting behind a card of the desk: the card goes in the reply's name, in order.
        assert_eq!(taken(&mut all, 0), [[2], [3], [1]]);
        assert_eq!((all.waiting(Desk), all.waiting(Reply)), (2, 3));
        all.settle(&Next { chat: 7, rows: vec![row(3, 7, Reply)] }, &Fate::Ends, 0);
        assert_eq!((taken(&mut all, 0), all.waiting(Reply)), (vec![vec![4]], 2));
    }

    #[test]
    fn nothing_overtakes_a_message_that_was_put_off() {
        let put_off = Waiting { due: 50, ..row(1, 5, Priority::Desk) };
        let mut all = of([put_off, row(2, 5, Priority::Reply), row(3, 6, Priority::Reply)]);
        assert_eq!((taken(&mut all, 10), all.due()), (vec![vec![3]], Some(50)));
        assert_eq!(taken(&mut all, 50), [[1]]);
        all.settle(&Next { chat: 5, rows: vec![row(1, 5, Priority::Desk)] }, &Fate::Waits { due: 90, tries: 1 }, 50);
        assert_eq!((taken(&mut all, 89), all.due()), (vec![], Some(90)));
        let again = all.take(90).unwrap();
        assert_eq!((ids(&again), again.rows[0].tries), (vec![1], 1));
        all.hold(5, 120, 90);
        assert_eq!((all.take(119), all.due()), (None, Some(120)));
        assert_eq!(taken(&mut all, 120), [[1]]);
    }

    #[test]
    fn edits_of_a_card_collapse_into_the_last() {
        let between = row(2, 1, Priority::Desk);
        let rows = [card(1, Touch::Edit), between, card(3, Touch::Edit), card(4, Touch::Anew), card(5, Touch::Edit)];
        let mut all = of(rows);
        let first = all.take(0).unwrap();
        assert_eq!(ids(&first), [1, 3]);
        all.settle(&first, &Fate::Grows, 0);
        assert_eq!(taken(&mut all, 0), [[2]], "what was between comes before the rest of the files");
        assert_eq!(taken(&mut of([card(1, Touch::Anew), card(2, Touch::Edit)]), 0), [[1]]);
    }

    #[test]
    fn a_chat_moves_with_everything_that_waits() {
        let mut all = of([row(1, -5, Priority::Reply), row(3, -5, Priority::Desk), row(2, -100, Priority::Desk)]);
        let next = all.take(0).unwrap();
        all.settle(&next, &Fate::Moves(-100), 0);
        assert_eq!((taken(&mut all, 0), all.knows(-5), all.waiting(Priority::Desk)), (vec![vec![1]], false, 2));
    }

    #[test]
    fn what_is_known_is_not_taken_up_twice() {
        let mut all = of([row(1, 5, Priority::Reply), row(1, 5, Priority::Reply)]);
        let next = all.take(0).unwrap();
        all.add(row(1, 5, Priority::Reply), 0);
        assert_eq!(all.waiting(Priority::Reply), 1);
        all.settle(&next, &Fate::Ends, 0);
        assert!(!all.knows(5) && all.is_idle() && all.due().is_none());
    }
}
