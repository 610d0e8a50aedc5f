//! Links that make whoever opens one an admin, once. The code is known to those who have the link; here is only its hash.
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};

use super::StoreError;
use crate::core::scene::{Invite, NewInvite};
use crate::seal::SealError;
use crate::vocabulary::input::Millis;

/// What a code stands behind in a start parameter.
pub use crate::core::data::ADMIN_LINK;

const INSERT: &str = "INSERT INTO invite (code, inviter, created, expires) VALUES ($1, $2, $3, $4)";
// A write: of two who open a link at once the second waits here until the first has used it, and then finds nothing.
const LOCK: &str = "UPDATE invite SET created = created WHERE code = $1 AND (expires IS NULL OR expires > $2) RETURNING inviter";
const USE: &str = "DELETE FROM invite WHERE code = $1";
const REVOKE: &str = "DELETE FROM invite WHERE inviter = $1";
const SWEEP: &str = "DELETE FROM invite WHERE expires <= $1";

/// Every statement of this file.
pub const ALL: &[&str] = &[INSERT, LOCK, USE, REVOKE, SWEEP];

/// 128 random bits as 26 of `a-z2-7` (RFC 4648 without padding): Telegram takes them in a link, people read them aloud.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn fresh_code() -> Result<String, StoreError> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| SealError::Random)?;
    let number = u128::from_be_bytes(bytes);
    let letter = |i: u32| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[(number.wrapping_shr(5 * i) & 31) as usize]);
    Ok((0..26).map(letter).collect())
}

/// Four random digits that a technician says at the door.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn arrival_code() -> Result<String, StoreError> {
    let mut bytes = [0u8; 8];
    getrandom::fill(&mut bytes).map_err(|_| SealError::Random)?;
    Ok(format!("{:04}", u64::from_be_bytes(bytes) % 10_000))
}

/// Makes the program's own link, for a start without admins: valid until it is used; older ones die.
pub async fn first(conn: &mut AnyConnection, code: &str, now: Millis) -> Result<(), StoreError> {
    revoke(conn, 0).await?;
    put(conn, code, 0, now, None).await
}

/// Makes an admin's link; what has expired is forgotten.
pub async fn add(conn: &mut AnyConnection, invite: &NewInvite, now: Millis) -> Result<(), StoreError> {
    sqlx::query(SWEEP).bind(now).execute(&mut *conn).await?;
    put(conn, &invite.code, invite.inviter, now, Some(invite.expires)).await
}

async fn put(conn: &mut AnyConnection, code: &str, inviter: i64, now: Millis, expires: Option<Millis>) -> Result<(), StoreError> {
    sqlx::query(INSERT).bind(hash(code)).bind(inviter).bind(now).bind(expires).execute(conn).await?;
    Ok(())
}

/// Locks a link until the commit; `None`: there is none, it was used, or it has expired.
pub async fn lock(conn: &mut AnyConnection, code: &str, now: Millis) -> Result<Option<Invite>, StoreError> {
    let row = sqlx::query(LOCK).bind(hash(code)).bind(now).fetch_optional(conn).await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?.map(|inviter| Invite { code: code.to_owned(), inviter }))
}

/// The link was used: it dies.
pub async fn consume(conn: &mut AnyConnection, code: &str) -> Result<(), StoreError> {
    let done = sqlx::query(USE).bind(hash(code)).execute(conn).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Gone { table: "invite" }) }
}

/// The links of an admin die (0: those of the program).
pub async fn revoke(conn: &mut AnyConnection, inviter: i64) -> Result<(), StoreError> {
    sqlx::query(REVOKE).bind(inviter).execute(conn).await?;
    Ok(())
}

/// The code itself is random enough: no salt, no slowness needed.
fn hash(code: &str) -> String {
    Sha256::digest(code.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_long_and_fit_a_link() {
        let (one, other) = (fresh_code().unwrap(), fresh_code().unwrap());
        assert!(one != other && one.len() == 26, "{one} {other}");
        assert!(one.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b)));
        assert!(ADMIN_LINK.len() + one.len() <= 64);
    }
}
