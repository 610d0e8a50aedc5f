//! Figures are counted from what the tables hold, alike on both databases.
use baoxiu::desk::figures::{Answered, Counts, answers};
use baoxiu::desk::ticket::{Details, Event, Status, Ticket};
use baoxiu::store::{Unit, event, figures, ticket};

use crate::databases::each;

const MINUTE: i64 = 60_000;
const TODAY: i64 = 1_772_380_800_000;
const WEEK: i64 = TODAY - 6 * 24 * 60 * MINUTE;

pub fn ticket(number: i64, created: i64, status: Status) -> Ticket {
    Ticket {
        number,
        customer: 7,
        status,
        fault: "leak".into(),
        danger: false,
        district: None,
        served: Some(true),
        created,
        promise: Some(created + 30 * MINUTE),
        crew: None,
        claimer: None,
        claimed: None,
        updated: created,
        trial: false,
        details: Details::default(),
    }
}

#[tokio::test]
async fn what_is_counted_and_since_when() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        assert_eq!(figures::read(&mut tx, TODAY, WEEK).await.unwrap(), Default::default(), "an empty house");
        // Number, since when, where it stands, what happened how many minutes later.
        type Row = (i64, i64, Status, &'static [(&'static str, i64)]);
        let rows: &[Row] = &[
            (1, TODAY, Status::Open, &[]),
            (2, TODAY + MINUTE, Status::Claimed, &[("assigned", 5), ("contacted", 7)]),
            (3, TODAY - 1, Status::Closed, &[("claimed", 10), ("contacted", 11), ("done", 50), ("confirmed", 60)]),
            (4, WEEK, Status::Done, &[("overdue", 30), ("claimed", 45), ("released", 46), ("claimed", 50), ("done", 70)]),
            (5, WEEK - 1, Status::Cancelled, &[("cancelled", 20)]),
            // Done, then not fixed: open again. Done twice: counts once.
            (6, WEEK + 1, Status::Claimed, &[("claimed", 1), ("done", 2), ("not_fixed", 3)]),
            (7, WEEK + 2, Status::Closed, &[("claimed", 2), ("done", 3), ("not_fixed", 4), ("done", 5), ("closed", 6)]),
            (8, WEEK - 9 * MINUTE, Status::Closed, &[("closed", 2)]),
        ];
        for (number, created, status, events) in rows {
            ticket::insert(&mut Unit::alone(&mut tx), s, &ticket(*number, *created, *status)).await.unwrap();
            for (what, after) in *events {
                let event = Event { ticket: *number, who: 9, what: (*what).into(), note: String::new() };
                event::append(&mut Unit::alone(&mut tx), s, &event, created + after * MINUTE).await.unwrap();
            }
        }
        let ledger = figures::read(&mut tx, TODAY, WEEK).await.unwrap();
        assert_eq!((ledger.open, ledger.unclaimed), (3, 1));
        assert_eq!(ledger.today, Counts { new: 2, ended: 1, cancelled: 0 }, "yesterday's, done in the night");
        assert_eq!(ledger.week, Counts { new: 6, ended: 4, cancelled: 1 });
        assert_eq!(ledger.tickets.len(), 6);
        let newest = Answered {
            created: TODAY + MINUTE,
            promise: Some(TODAY + 31 * MINUTE),
            claimed: Some(TODAY + 6 * MINUTE),
            contacted: Some(TODAY + 8 * MINUTE),
            waits: false,
            overdue: false,
        };
        assert_eq!(ledger.tickets[0], newest, "the newest first");
        let late = ledger.tickets.iter().find(|t| t.created == WEEK).unwrap();
        assert_eq!((late.claimed, late.overdue), (Some(WEEK + 45 * MINUTE), true), "the first claim");
        let all = answers(&ledger.tickets, WEEK, TODAY + 2 * MINUTE);
        assert_eq!((all.median, all.p90, all.kept, all.decided), (Some(5 * MINUTE), Some(45 * MINUTE), 4, 5));
    }
}
