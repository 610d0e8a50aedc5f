//! The key file: 32 random bytes in hexadecimal, readable by its owner alone; two lines while the key is being changed.
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{KEY_BYTES, Key, SealError, Sealer};

/// Why the key cannot be used. Names the file, never what is in it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeyError {
    /// The database is sealed, but the key is gone.
    #[error(
        "the key file {} is missing, and the database is sealed with it: put the key file back from your backup; only a new database gets a new key",
        path.display()
    )]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Others on this machine may read the key.
    #[error("the key file {} can be read by others (mode {mode:o}): run `chmod 600` on it", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file does not hold a key.
    #[error("the key file {} does not hold 64 hexadecimal digits: put the right file back from your backup", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
    },
    /// The database was sealed with another key.
    #[error("the key file {} does not belong to this database: give the key that the database is sealed with (if it was changed on another machine, the file from there), or another database", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else is changing it.
    #[error("the key in {} is being changed by another program right now: wait for it", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("the key file {} cannot be {doing} ({kind}): check the folder and its permissions", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// "read" or "created".
        doing: &'static str,
        /// What the operating system said.
        kind: ErrorKind,
    },
    /// No sealer could be made.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Where the key lies. It never lies in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    /// A key file at this path.
    pub fn new(path: impl Into<PathBuf>) -> KeyFile {
        KeyFile { path: path.into() }
    }

    /// The key file of a database for which no other was named: beside an SQLite file, else in the working folder.
    pub fn beside(database_url: &str) -> KeyFile {
        let path = database_url.strip_prefix("sqlite:").map(|rest| rest.strip_prefix("//").unwrap_or(rest));
        let path = path.and_then(|p| p.split('?').next()).map_or_else(|| PathBuf::from("baoxiu"), PathBuf::from);
        KeyFile { path: path.with_extension("key") }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the key. `known` is the fingerprint that the database holds; without one the database is
    /// new, and then, and only then, a missing key is created.
    pub fn load_or_create(&self, known: Option<&str>) -> Result<Sealer, KeyError> {
        if let Some(known) = known {
            return self.load(&[known.to_owned()]);
        }
        let keys = self.keys()?;
        let keys = if keys.is_empty() { vec![Key::new(&self.create()?)?] } else { keys };
        Ok(Sealer::of(keys, self.clone()))
    }

    /// Reads the keys with these fingerprints, of which the first one is to seal; never makes one.
    ///
    /// # Errors
    /// When the file is missing, exposed, or does not hold all of them.
    pub fn load(&self, known: &[String]) -> Result<Sealer, KeyError> {
        let mut keys = self.keys()?;
        if keys.is_empty() {
            return Err(KeyError::Missing { path: self.path.clone() });
        }
        let place = |fingerprint: &String| keys.iter().position(|key| key.fingerprint == *fingerprint);
        let places: Option<Vec<usize>> = known.iter().map(place).collect();
        match places.as_deref() {
            Some([first, ..]) => keys.swap(0, *first),
            _ => return Err(KeyError::Wrong { path: self.path.clone() }),
        }
        Ok(Sealer::of(keys, self.clone()))
    }

    /// The keys in it; none: there is no file.
    pub(super) fn keys(&self) -> Result<Vec<Key>, KeyError> {
        Ok(self.read()?.unwrap_or_default().iter().map(Key::new).collect::<Result<_, _>>()?)
    }

    /// One key, or while it is being changed two: the new one first.
    fn read(&self) -> Result<Option<Vec<[u8; KEY_BYTES]>>, KeyError> {
        match File::open(&self.path) {
            Ok(file) => self.read_from(&file).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.io("read", &error)),
        }
    }

    pub(super) fn read_from(&self, mut file: &File) -> Result<Vec<[u8; KEY_BYTES]>, KeyError> {
        // Asked of the open file, not of the path: what was checked is what is read.
        let mode = file.metadata().map_err(|e| self.io("read", &e))?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeyError::Exposed { path: self.path.clone(), mode });
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|e| self.io("read", &e))?;
        let keys: Option<Vec<_>> = text.trim().lines().map(|line| from_hex(line.trim())).collect();
        keys.filter(|keys| (1..=2).contains(&keys.len())).ok_or_else(|| KeyError::Malformed { path: self.path.clone() })
    }

    /// Makes a key: a crash leaves a whole one or none, and of two programs that start at once one wins.
    fn create(&self) -> Result<[u8; KEY_BYTES], KeyError> {
        let key = fresh()?;
        match self.place(&self.path, &[key]) {
            Ok(()) => Ok(key),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && self.path.exists() => {
                let found = self.read()?.and_then(|keys| keys.first().copied());
                found.ok_or_else(|| KeyError::Missing { path: self.path.clone() })
            }
            Err(error) => Err(self.io("created", &error)),
        }
    }

    /// Puts keys into a file of this name, unless there is one.
    pub(super) fn place(&self, name: &Path, keys: &[[u8; KEY_BYTES]]) -> std::io::Result<()> {
        let (aside, _) = self.aside(keys)?;
        let linked = match std::fs::hard_link(&aside, name) {
            // Some file systems know no links.
            Err(error) if error.kind() != ErrorKind::AlreadyExists && !name.exists() => std::fs::rename(&aside, name),
            linked => linked,
        };
        // Best effort: a leftover copy is as well protected as the key itself.
        let _ = std::fs::remove_file(&aside);
        linked?;
        self.sync_folder()
    }

    /// Puts keys into this file in place of those that are in it. Gives the new file, locked.
    pub(super) fn replace(&self, keys: &[[u8; KEY_BYTES]]) -> std::io::Result<File> {
        let (aside, file) = self.aside(keys)?;
        file.lock()?;
        if let Err(error) = std::fs::rename(&aside, &self.path) {
            let _ = std::fs::remove_file(&aside);
            return Err(error);
        }
        self.sync_folder()?;
        Ok(file)
    }

    /// Writes keys beside the file, on the disk when it is done.
    fn aside(&self, keys: &[[u8; KEY_BYTES]]) -> std::io::Result<(PathBuf, File)> {
        // A random name: process ids repeat, in a container always.
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(std::io::Error::other)?;
        let mut aside = self.path.clone().into_os_string();
        aside.push(format!(".{}", to_hex(&random)));
        let aside = PathBuf::from(aside);
        let mut file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&aside)?;
        if let Ok(there) = std::fs::metadata(&self.path) {
            // Whoever may read the key now may read it afterwards: root may do this for the user of the bot.
            std::os::unix::fs::fchown(&file, Some(there.uid()), Some(there.gid())).inspect_err(|_| {
                let _ = std::fs::remove_file(&aside);
            })?;
        }
        let text: String = keys.iter().map(|key| to_hex(key) + "\n").collect();
        if let Err(error) = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()) {
            let _ = std::fs::remove_file(&aside);
            return Err(error);
        }
        Ok((aside, file))
    }

    fn sync_folder(&self) -> std::io::Result<()> {
        let folder = self.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    }

    pub(super) fn io(&self, doing: &'static str, error: &std::io::Error) -> KeyError {
        KeyError::Io { path: self.path.clone(), doing, kind: error.kind() }
    }
}

/// A new key.
pub(super) fn fresh() -> Result<[u8; KEY_BYTES], SealError> {
    let mut key = [0; KEY_BYTES];
    getrandom::fill(&mut key).map_err(|_| SealError::Random)?;
    Ok(key)
}

/// Lower-case hexadecimal digits.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; KEY_BYTES]> {
    let digits = text.as_bytes();
    if digits.len() != KEY_BYTES * 2 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut key = [0; KEY_BYTES];
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_once_private_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::new(folder.path().join("baoxiu.key"));
        let first = file.load_or_create(None).unwrap();
        assert_eq!(std::fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o600);
        let again = file.load_or_create(Some(&first.fingerprint())).unwrap();
        assert_eq!(first.fingerprint(), again.fingerprint());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing left aside");
    }

    #[test]
    fn refusals_say_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::new(folder.path().join("baoxiu.key"));
        let missing = file.load_or_create(Some("00")).unwrap_err().to_string();
        assert!(missing.contains("backup"), "{missing}");
        assert!(!file.path().exists(), "no key may be made for an old database");
        file.load_or_create(None).unwrap();
        assert!(matches!(file.load_or_create(Some("00")), Err(KeyError::Wrong { .. })));
        std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o640)).unwrap();
        let exposed = file.load_or_create(None).unwrap_err().to_string();
        assert!(exposed.contains("chmod 600") && exposed.contains("640"), "{exposed}");
        std::fs::write(file.path(), "short").unwrap();
        std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(file.load_or_create(None), Err(KeyError::Malformed { .. })));
    }
}
