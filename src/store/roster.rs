//! Technicians of a crew: those who have worked for it. Nothing is locked.
use sqlx::{AnyConnection, Row};

use super::{StoreError, person};
use crate::core::scene::Colleague;
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;

/// Most technicians to choose from.
const MOST: i64 = 20;
/// How long somebody who claims nothing still counts as one of the crew.
pub const DAYS: Millis = 30 * 24 * 3_600_000;

const OF_CREW: &str = "SELECT e.who, \
     (SELECT COUNT(*) FROM ticket AS job WHERE job.claimer = e.who AND job.status = 'claimed' AND job.trial = 0) \
     FROM ticket_event AS e JOIN ticket AS t ON t.number = e.ticket \
     WHERE e.what = 'claimed' AND e.at > $2 AND t.trial = 0 AND t.crew = (SELECT crew FROM ticket WHERE number = $1) \
     GROUP BY e.who ORDER BY MAX(e.at) DESC, e.who LIMIT $3";

const CREWS: &str = "SELECT crew.chat FROM ticket_event AS e JOIN ticket AS t ON t.number = e.ticket JOIN crew ON crew.id = t.crew \
     WHERE e.what = 'claimed' AND e.at > $2 AND e.who = $1 AND crew.active = 1 \
     GROUP BY crew.chat ORDER BY MAX(e.at) DESC LIMIT $3";

/// Every statement of this file.
pub const ALL: &[&str] = &[OF_CREW, CREWS];

/// Most crews of one person that are asked about.
const MOST_CREWS: i64 = 5;

/// Groups of the crews for which somebody has claimed in the [`DAYS`] before `now`, the last one first.
pub async fn crews_of(conn: &mut AnyConnection, user: i64, now: Millis) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query(CREWS).bind(user).bind(now - DAYS).bind(MOST_CREWS).fetch_all(conn).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// Those who have claimed for the crew of a ticket in the [`DAYS`] before `now`, the last one first; nobody where no crew has it.
pub async fn read(conn: &mut AnyConnection, sealer: &Sealer, ticket: i64, now: Millis) -> Result<Vec<Colleague>, StoreError> {
    let mut roster = Vec::new();
    for row in sqlx::query(OF_CREW).bind(ticket).bind(now - DAYS).bind(MOST).fetch_all(&mut *conn).await? {
        let (id, jobs) = (row.try_get(0)?, row.try_get(1)?);
        let name = person::working_name(conn, sealer, id).await?;
        roster.extend(name.map(|name| Colleague { id, name, jobs }));
    }
    Ok(roster)
}
