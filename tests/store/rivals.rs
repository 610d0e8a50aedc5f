//! Two programs on one database: what is locked is seen by one at a time, and every update counts once.
use baoxiu::core::scene::TicketRef;
use baoxiu::desk::ticket::{Details, Status, Ticket};
use baoxiu::inbox::Handled;
use baoxiu::store::{Db, Unit, ticket};

use crate::databases::each;
use crate::inbox::{door, says};

#[tokio::test]
async fn the_loser_of_a_claim_sees_who_won() {
    for fresh in each().await {
        let rival = Db::open(&fresh.url, &fresh.key()).await.unwrap();
        let open = Ticket {
            number: 1001,
            customer: 7,
            status: Status::Open,
            fault: "heating".into(),
            danger: false,
            district: None,
            served: None,
            created: 0,
            promise: None,
            crew: None,
            claimer: None,
            claimed: None,
            updated: 0,
            trial: false,
            details: Details::default(),
        };
        let mut tx = fresh.db.begin().await.unwrap();
        ticket::insert(&mut Unit::alone(&mut tx), fresh.db.sealer(), &open).await.unwrap();
        tx.commit().await.unwrap();

        // Everybody claims the ticket if it is still open when they hold the lock.
        let mut claims = tokio::task::JoinSet::new();
        for (user, db) in [&fresh.db, &rival].into_iter().cycle().take(8).cloned().enumerate() {
            claims.spawn(async move {
                let mut tx = db.begin().await.unwrap();
                let mut one =
                    ticket::lock(&mut Unit::alone(&mut tx), db.sealer(), &[TicketRef::Number(1001)], 0).await.unwrap().remove(0);
                let won = one.claimer.is_none();
                if won {
                    (one.claimer, one.status) = (Some(user as i64), Status::Claimed);
                    ticket::update(&mut Unit::alone(&mut tx), db.sealer(), &one).await.unwrap();
                }
                tx.commit().await.unwrap();
                won
            });
        }
        let won = claims.join_all().await.into_iter().filter(|won| *won).count();
        assert_eq!(won, 1, "{:?}", fresh.db.backend());
    }
}

#[tokio::test]
async fn two_programs_apply_every_update_once() {
    for fresh in each().await {
        let rival = Db::open(&fresh.url, &fresh.key()).await.unwrap();
        let (one, two) = (door(&fresh.db), door(&rival));
        let batch: Vec<_> = (0..60).map(|i| says(i, 100 + i % 7, "report")).collect();
        let (first, second) = tokio::join!(one.inbox.handle_batch(batch.clone()), two.inbox.handle_batch(batch));
        let both = first.unwrap().into_iter().zip(second.unwrap());
        for pair in both {
            assert!(matches!(pair, (Handled::Applied, Handled::Duplicate) | (Handled::Duplicate, Handled::Applied)), "{pair:?}");
        }
        assert_eq!(one.count("ticket").await, 60);

        // A due timer fires in one of them.
        let now = 1_770_000_000_000 + 9;
        let (first, second) = tokio::join!(one.inbox.run_due(now), two.inbox.run_due(now));
        assert_eq!(first.unwrap() + second.unwrap(), 60);
    }
}
