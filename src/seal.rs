//! Seals personal data before it reaches the database (law 5): XChaCha20-Poly1305, a fresh random nonce
//! in front of every value. Table, column and row are bound to the value, so that a sealed value copied
//! to another place does not open there.
pub mod key;

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Why something could not be sealed or opened. Never names what was sealed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SealError {
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes; check that /dev/urandom can be read")]
    Random,
    /// The value is too long for the cipher (more than 256 GB).
    #[error("a value of {table}.{column} is too long to seal")]
    TooLong {
        /// Table that it was meant for.
        table: &'static str,
        /// Column that it was meant for.
        column: &'static str,
    },
    /// The value was sealed with another key, for another row, or was changed.
    #[error(
        "a value of {table}.{column} does not open: it was sealed with another key or for another row, or was changed; restore it from a backup"
    )]
    Broken {
        /// Table that it was read from.
        table: &'static str,
        /// Column that it was read from.
        column: &'static str,
    },
}

/// Seals and opens values with one key. Cheap to clone.
#[derive(Clone)]
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    fingerprint: String,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer").finish_non_exhaustive()
    }
}

impl Sealer {
    /// A sealer for this key.
    pub fn new(key: &[u8; KEY_BYTES]) -> Result<Sealer, SealError> {
        let cipher = XChaCha20Poly1305::new(key.into());
        // The tag of an empty message under a nonce of its own: it tells keys apart and gives none away.
        let nonce = XNonce::from(*b"baoxiu key fingerprint 1");
        let tag = cipher
            .encrypt(&nonce, Payload { msg: &[], aad: b"fingerprint" })
            .map_err(|_| SealError::TooLong { table: "meta", column: "value" })?;
        Ok(Sealer { cipher, fingerprint: key::to_hex(&tag) })
    }

    /// Tells keys apart; the key cannot be computed from it. 32 hexadecimal digits.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Seals `plain` for one column of one row.
    pub fn seal(&self, table: &'static str, column: &'static str, row: &str, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| SealError::Random)?;
        let payload = Payload { msg: plain, aad: &place(table, column, row) };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::TooLong { table, column })?;
        let mut out = nonce.to_vec();
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what [`Sealer::seal`] gave for the same table, column and row.
    pub fn open(&self, table: &'static str, column: &'static str, row: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let broken = || SealError::Broken { table, column };
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(broken)?;
        let payload = Payload { msg: sealed, aad: &place(table, column, row) };
        self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| broken())
    }
}

/// Table, column and row, each behind its length: no two places share an encoding.
fn place(table: &str, column: &str, row: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(table.len() + column.len() + row.len() + 24);
    for part in [table, column, row] {
        out.extend_from_slice(&(part.len() as u64).to_le_bytes());
        out.extend_from_slice(part.as_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&[byte; KEY_BYTES]).unwrap()
    }

    #[test]
    fn opens_only_where_it_was_sealed() {
        let s = sealer(1);
        let sealed = s.seal("person", "working_phone", "7", "13800000000".as_bytes()).unwrap();
        assert_eq!(s.open("person", "working_phone", "7", &sealed).unwrap(), b"13800000000");
        assert!(s.open("person", "working_phone", "8", &sealed).is_err());
        assert!(s.open("person", "working_name", "7", &sealed).is_err());
        assert!(s.open("personworking", "_phone", "7", &sealed).is_err());
        assert!(sealer(2).open("person", "working_phone", "7", &sealed).is_err());
        assert!(s.open("person", "working_phone", "7", &sealed[..10]).is_err());
    }

    #[test]
    fn the_same_value_never_looks_the_same() {
        let s = sealer(1);
        assert_ne!(s.seal("t", "c", "1", b"x").unwrap(), s.seal("t", "c", "1", b"x").unwrap());
    }

    #[test]
    fn keys_differ_by_fingerprint_and_debug_says_nothing() {
        assert_ne!(sealer(1).fingerprint(), sealer(2).fingerprint());
        assert_eq!(sealer(1).fingerprint(), sealer(1).fingerprint());
        assert!(!format!("{:?}", sealer(1)).contains(sealer(1).fingerprint()));
    }
}
