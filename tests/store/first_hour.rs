//! Links that make admins, what admins set, and tests that leave nothing behind.
use std::sync::Arc;
use std::time::Duration;

use baoxiu::core::scene::{Invite, NewInvite};
use baoxiu::coverage::Served;
use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::store::known::{self, Known};
use baoxiu::store::meta::{self, Counter};
use baoxiu::store::{Unit, coverage, crew, event, invite, person, ticket};
use sqlx::Row;

use crate::databases::each;
use crate::rows::{NOW, ticket as made};

#[tokio::test]
async fn a_link_opens_once_and_its_code_is_not_in_the_database() {
    for fresh in each().await {
        let mut tx = fresh.db.begin().await.unwrap();
        invite::first(&mut tx, "aaaa", NOW).await.unwrap();
        invite::first(&mut tx, "bbbb", NOW).await.unwrap();
        assert_eq!(invite::lock(&mut tx, "aaaa", NOW).await.unwrap(), None, "older first links die");
        let found = invite::lock(&mut tx, "bbbb", i64::MAX).await.unwrap();
        assert_eq!(found, Some(Invite { code: "bbbb".into(), inviter: 0 }), "the first link does not expire");
        let kept: String = sqlx::query("SELECT code FROM invite").fetch_one(&mut *tx).await.unwrap().get(0);
        assert!(kept.len() == 64 && !kept.contains("bbbb"), "{kept}");
        invite::consume(&mut tx, "bbbb").await.unwrap();
        assert_eq!(invite::lock(&mut tx, "bbbb", NOW).await.unwrap(), None);
        assert!(invite::consume(&mut tx, "bbbb").await.is_err());

        for (code, inviter, expires) in [("cccc", 7, NOW + 10), ("dddd", 8, NOW + 99), ("eeee", 7, NOW + 99)] {
            invite::add(&mut tx, &NewInvite { code: code.into(), inviter, expires }, NOW).await.unwrap();
        }
        assert_eq!(invite::lock(&mut tx, "cccc", NOW + 9).await.unwrap().map(|i| i.inviter), Some(7));
        assert_eq!(invite::lock(&mut tx, "cccc", NOW + 10).await.unwrap(), None, "expired");
        invite::revoke(&mut tx, 7).await.unwrap();
        assert_eq!(invite::lock(&mut tx, "eeee", NOW).await.unwrap(), None, "gone with the admin who made it");
        assert!(invite::lock(&mut tx, "dddd", NOW).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn of_two_who_open_a_link_at_once_one_finds_it() {
    for fresh in each().await {
        let mut tx = fresh.db.begin().await.unwrap();
        invite::first(&mut tx, "once", NOW).await.unwrap();
        tx.commit().await.unwrap();
        let open = || async {
            let mut tx = fresh.db.begin().await.unwrap();
            let found = invite::lock(&mut tx, "once", NOW).await.unwrap().is_some();
            tokio::time::sleep(Duration::from_millis(100)).await;
            if found {
                invite::consume(&mut tx, "once").await.unwrap();
            }
            tx.commit().await.unwrap();
            found
        };
        let (one, other) = tokio::join!(open(), open());
        assert!(one != other, "{one} {other}");
    }
}

#[tokio::test]
async fn what_admins_set_is_known_at_once_and_to_every_program() {
    for fresh in each().await {
        let (ours, theirs) = (known::Cache::default(), known::Cache::default());
        let mut tx = fresh.db.begin().await.unwrap();
        assert_eq!(ours.read(&mut Unit::alone(&mut tx), fresh.db.sealer()).await.unwrap(), Known::default().into());
        assert_eq!(theirs.read(&mut Unit::alone(&mut tx), fresh.db.sealer()).await.unwrap(), Known::default().into());
        coverage::add(&mut Unit::alone(&mut tx), "310101", "黄浦区").await.unwrap();
        person::appoint(&mut Unit::alone(&mut tx), &[7]).await.unwrap();
        let crew = Crew {
            id: 1,
            chat: -1,
            kind: CrewKind::Desk,
            title: "总台".into(),
            areas: Vec::new(),
            active: true,
            profile: Profile::default(),
        };
        crew::upsert(&mut Unit::alone(&mut tx), fresh.db.sealer(), &crew).await.unwrap();
        known::set_hotline(&mut Unit::alone(&mut tx), "400-800-1234").await.unwrap();
        known::settle(&mut Unit::alone(&mut tx), &["trial".into()]).await.unwrap();
        known::settle(&mut Unit::alone(&mut tx), &["districts".into(), "trial".into()]).await.unwrap();
        let expected = Known {
            turns: false,
            served: Served::new(["310101".to_owned()]),
            hotline: Some("400-800-1234".into()),
            settled: ["districts".to_owned(), "trial".to_owned()].into(),
            crews: vec![crew],
            admins: vec![7],
        };
        let expected = Arc::new(expected);
        for cache in [&ours, &theirs] {
            assert_eq!(cache.read(&mut Unit::alone(&mut tx), fresh.db.sealer()).await.unwrap(), expected);
        }
        known::set_hotline(&mut Unit::alone(&mut tx), "").await.unwrap();
        assert_eq!(ours.read(&mut Unit::alone(&mut tx), fresh.db.sealer()).await.unwrap().hotline, None);
        assert_eq!(
            meta::take(&mut Unit::alone(&mut tx), Counter::Admin, 0).await.unwrap(),
            1,
            "the row that those who appoint lock"
        );
    }
}

#[tokio::test]
async fn of_a_test_ticket_nothing_remains() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        let mut trial = made(1001);
        trial.trial = true;
        ticket::insert(&mut Unit::alone(&mut tx), s, &trial).await.unwrap();
        ticket::insert(&mut Unit::alone(&mut tx), s, &made(1002)).await.unwrap();
        assert_eq!(ticket::read(&mut tx, s, 1001).await.unwrap(), Some(trial));
        for number in [1001, 1002] {
            let line = baoxiu::desk::ticket::Event { ticket: number, who: 7, what: "submitted".into(), note: String::new() };
            event::append(&mut Unit::alone(&mut tx), s, &line, NOW).await.unwrap();
        }
        ticket::remove(&mut tx, 1001).await.unwrap();
        assert_eq!(ticket::read(&mut tx, s, 1001).await.unwrap(), None);
        assert_eq!(lines(&mut tx, 1001).await, 0);
        assert_eq!(lines(&mut tx, 1002).await, 1);
    }
}

async fn lines(conn: &mut sqlx::AnyConnection, ticket: i64) -> i64 {
    let count = sqlx::query("SELECT COUNT(*) FROM ticket_event WHERE ticket = $1").bind(ticket);
    count.fetch_one(conn).await.unwrap().get(0)
}
