//! Seals personal data before it reaches the database (law 5): XChaCha20-Poly1305, a fresh random nonce
//! in front of every value. Table, column and row are bound to the value, so that a sealed value copied
//! to another place does not open there.
//!
//! The database names the key that seals, by its fingerprint; the key file holds it. While the key is being changed the
//! file holds two, and both open. A sealer follows: it looks into the file again when the database names another key, or
//! when something does not open. A key that it has known once it keeps for opening as long as the program runs.
pub mod key;
pub mod rotate;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use key::{KeyError, KeyFile};

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

/// Seals with one key, opens with every key that it knows. Cheap to clone; clones follow a change of keys together.
#[derive(Clone)]
pub struct Sealer {
    /// The first one seals.
    keys: Arc<RwLock<Vec<Key>>>,
    file: Option<KeyFile>,
}

#[derive(Clone)]
struct Key {
    cipher: XChaCha20Poly1305,
    fingerprint: String,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer").finish_non_exhaustive()
    }
}

impl Sealer {
    /// A sealer for this key alone.
    pub fn new(key: &[u8; KEY_BYTES]) -> Result<Sealer, SealError> {
        Ok(Sealer { keys: Arc::new(RwLock::new(vec![Key::new(key)?])), file: None })
    }

    /// A sealer that seals with the first of these keys and looks into the file for others.
    fn of(keys: Vec<Key>, file: KeyFile) -> Sealer {
        Sealer { keys: Arc::new(RwLock::new(keys)), file: Some(file) }
    }

    /// Tells keys apart; the key cannot be computed from it. 32 hexadecimal digits. That of the key that seals.
    pub fn fingerprint(&self) -> String {
        self.read().first().map(|key| key.fingerprint.clone()).unwrap_or_default()
    }

    /// Seals with the key of this fingerprint from now on; looks for it in the file if it is not known. Gives whether that
    /// is another one than before.
    ///
    /// # Errors
    /// When the file cannot be read, or does not hold it.
    pub fn turn_to(&self, fingerprint: &str) -> Result<bool, KeyError> {
        if self.read().first().is_some_and(|key| key.fingerprint == fingerprint) {
            return Ok(false);
        }
        self.look()?;
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        match (keys.iter().position(|key| key.fingerprint == fingerprint), &self.file) {
            (Some(at), _) => {
                keys.swap(0, at);
                Ok(true)
            }
            (None, Some(file)) => Err(KeyError::Wrong { path: file.path().to_owned() }),
            (None, None) => Err(KeyError::Wrong { path: std::path::PathBuf::new() }),
        }
    }

    /// Takes from the file the keys that are not known yet. Gives whether there were any.
    fn look(&self) -> Result<bool, KeyError> {
        let Some(file) = &self.file else { return Ok(false) };
        let found = file.keys()?;
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        let known = keys.len();
        for key in found {
            if keys.iter().all(|one| one.fingerprint != key.fingerprint) {
                keys.push(key);
            }
        }
        Ok(keys.len() > known)
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Vec<Key>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seals `plain` for one column of one row.
    pub fn seal(&self, table: &'static str, column: &'static str, row: &str, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| SealError::Random)?;
        let payload = Payload { msg: plain, aad: &place(table, column, row) };
        let keys = self.read();
        let key = keys.first().ok_or(SealError::Random)?;
        let sealed = key.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::TooLong { table, column })?;
        let mut out = nonce.to_vec();
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what [`Sealer::seal`] gave for the same table, column and row.
    pub fn open(&self, table: &'static str, column: &'static str, row: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let broken = || SealError::Broken { table, column };
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(broken)?;
        let (nonce, place) = (XNonce::from(*nonce), place(table, column, row));
        let open = |key: &Key| key.cipher.decrypt(&nonce, Payload { msg: sealed, aad: &place }).ok();
        if let Some(plain) = self.read().iter().find_map(open) {
            return Ok(plain);
        }
        // It may have been sealed with a key that came into the file since. A file that cannot be read has none to give.
        match self.look() {
            Ok(true) => self.read().iter().find_map(open).ok_or_else(broken),
            _ => Err(broken()),
        }
    }
}

impl Key {
    fn new(key: &[u8; KEY_BYTES]) -> Result<Key, SealError> {
        let cipher = XChaCha20Poly1305::new(key.into());
        // The tag of an empty message under a nonce of its own: it tells keys apart and gives none away.
        let nonce = XNonce::from(*b"baoxiu key fingerprint 1");
        let tag = cipher
            .encrypt(&nonce, Payload { msg: &[], aad: b"fingerprint" })
            .map_err(|_| SealError::TooLong { table: "meta", column: "value" })?;
        Ok(Key { cipher, fingerprint: key::to_hex(&tag) })
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
        assert!(!format!("{:?}", sealer(1)).contains(&sealer(1).fingerprint()));
    }
}
