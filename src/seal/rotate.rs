//! A change of keys, as far as the key file goes. What is sealed with the old key is sealed anew elsewhere.
//!
//! The file holds both keys before the database hears of the new one, and until nothing is sealed with the old one any more.
//! So at every moment, and after a crash at every moment, the file opens everything, and whoever comes next can see how far
//! it went: two keys in the file are a change that is not over.
use std::fs::File;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use super::key::{KeyError, KeyFile, fresh};
use super::{KEY_BYTES, Sealer};

/// A change of keys that is under way. Only one program holds it.
#[derive(Debug)]
pub struct Rotation {
    file: KeyFile,
    keys: Keys,
    /// Opens and seals with the new key alone.
    pub new: Sealer,
    /// Opens with the old key alone.
    pub old: Sealer,
    /// Whether it had begun before.
    pub resumed: bool,
    /// Keeps others away while it is open.
    _lock: File,
}

struct Keys {
    new: [u8; KEY_BYTES],
    old: [u8; KEY_BYTES],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(hidden)")
    }
}

impl KeyFile {
    /// Begins a change of keys, or takes up one that is not over. `known`: the fingerprints in the database, the one that
    /// seals first. When this returns, the new key is on the disk.
    ///
    /// # Errors
    /// When the file does not hold the keys of the database, cannot be written, or another program changes it.
    pub fn rotate(&self, known: &[String]) -> Result<Rotation, KeyError> {
        let lock = self.lock()?;
        self.load(known)?;
        let (new, old, resumed, lock) = match self.read_from(&lock)?.as_slice() {
            [new, old] => (*new, *old, true, lock),
            [old] => {
                let new = fresh()?;
                let lock = self.replace(&[new, *old]).map_err(|e| self.io("created", &e))?;
                (new, *old, false, lock)
            }
            _ => return Err(KeyError::Malformed { path: self.path().to_owned() }),
        };
        let (sealer, before) = (Sealer::new(&new)?, Sealer::new(&old)?);
        Ok(Rotation { file: self.clone(), keys: Keys { new, old }, new: sealer, old: before, resumed, _lock: lock })
    }

    /// Opens the file and keeps others from changing it.
    fn lock(&self) -> Result<File, KeyError> {
        loop {
            let file = File::open(self.path()).map_err(|error| match error.kind() {
                ErrorKind::NotFound => KeyError::Missing { path: self.path().to_owned() },
                _ => self.io("read", &error),
            })?;
            file.try_lock().map_err(|_| KeyError::Busy { path: self.path().to_owned() })?;
            let (held, there) = (file.metadata(), std::fs::metadata(self.path()));
            // Another program may have put a new file in its place in between.
            if let (Ok(held), Ok(there)) = (held, there)
                && (held.dev(), held.ino()) == (there.dev(), there.ino())
            {
                return Ok(file);
            }
        }
    }
}

impl Rotation {
    /// Ends it: nothing is sealed with the old key any more. The old key is kept in a file of its own, named after `date`;
    /// gives where.
    ///
    /// # Errors
    /// When a file cannot be written. The change is not over then.
    pub fn finish(self, date: &str) -> Result<PathBuf, KeyError> {
        let kept = self.keep(date).map_err(|e| self.file.io("created", &e))?;
        self.file.replace(&[self.keys.new]).map_err(|e| self.file.io("created", &e))?;
        Ok(kept)
    }

    fn keep(&self, date: &str) -> std::io::Result<PathBuf> {
        let mut n = 1;
        loop {
            let mut name = self.file.path().as_os_str().to_owned();
            name.push(format!(".old-{date}"));
            if n > 1 {
                name.push(format!("-{n}"));
            }
            let path = PathBuf::from(name);
            match self.file.place(&path, &[self.keys.old]) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    let there = KeyFile::new(&path).load(&[self.old.fingerprint()]);
                    // Kept by a run that was broken off.
                    if there.is_ok() {
                        return Ok(path);
                    }
                    n += 1;
                }
                done => return done.map(|()| path),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn files(folder: &tempfile::TempDir) -> usize {
        std::fs::read_dir(folder.path()).unwrap().count()
    }

    #[test]
    fn both_keys_are_there_until_it_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::new(folder.path().join("baoxiu.key"));
        let running = file.load_or_create(None).unwrap();
        let first = running.fingerprint();
        let before = running.seal("t", "c", "1", b"x").unwrap();
        let rotation = file.rotate(std::slice::from_ref(&first)).unwrap();
        assert!(!rotation.resumed);
        assert!(matches!(file.rotate(std::slice::from_ref(&first)), Err(KeyError::Busy { .. })), "one at a time");
        let second = rotation.new.fingerprint();
        drop(rotation);
        // Broken off: whoever comes next takes it up, whichever key the database names.
        for known in [vec![first.clone()], vec![second.clone(), first.clone()], vec![second.clone()]] {
            let again = file.rotate(&known).unwrap();
            assert!(again.resumed && again.new.fingerprint() == second && again.old.fingerprint() == first);
        }
        assert!(matches!(file.rotate(&["00".to_owned()]), Err(KeyError::Wrong { .. })));
        // A running program follows: it opens with both, and seals with the one that it is told.
        let rotation = file.rotate(&[second.clone(), first.clone()]).unwrap();
        let after = rotation.new.seal("t", "c", "1", b"y").unwrap();
        assert_eq!(running.open("t", "c", "1", &after).unwrap(), b"y");
        assert_eq!(running.fingerprint(), first);
        assert!(running.turn_to(&second).unwrap() && !running.turn_to(&second).unwrap());
        let kept = rotation.finish("2026-11-23").unwrap();
        assert_eq!(std::fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(KeyFile::new(&kept).load(std::slice::from_ref(&first)).unwrap().open("t", "c", "1", &before).unwrap(), b"x");
        let started = file.load(std::slice::from_ref(&second)).unwrap();
        assert!(started.open("t", "c", "1", &before).is_err() && started.open("t", "c", "1", &after).is_ok());
        assert_eq!(running.open("t", "c", "1", &before).unwrap(), b"x", "what was read before is opened still");
        assert!(file.load(&[first]).is_err());
        assert_eq!(files(&folder), 2);
        let third = file.rotate(&[second]).unwrap().finish("2026-11-23").unwrap();
        assert!(third.to_str().unwrap().ends_with("old-2026-11-23-2"));
        assert_eq!(files(&folder), 3);
    }
}
