//! Whether the SQLite file that is open is still the one that people find under its name.
//!
//! A file that is moved away or replaced while it is open stays open: everything goes on being written, to a file without a
//! name, and is gone at the next start. So before a transaction and after its commit the name is looked up (about a microsecond
//! each), and what was committed to a file that is not there is not counted as stored: Telegram keeps it, and when the file
//! is back it is known by its update id.
//!
//! The same holds for the `-wal` file beside it, where the newest commits are. What this cannot see is a file that was
//! overwritten in place (`cp` onto a running database): never do that.
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::StoreError;

/// A file by its name, and which one that was when it was opened.
#[derive(Debug)]
struct Named {
    path: PathBuf,
    device: u64,
    inode: u64,
}

/// How a name stands to the file that was opened.
enum Standing {
    Same,
    Absent,
    Another,
}

/// The files of an open SQLite database.
#[derive(Debug)]
pub(super) struct OpenFile {
    main: Named,
    log: Named,
}

impl OpenFile {
    /// To be called when a connection is open and has read or written something: only then is the log there.
    pub fn of(path: &Path) -> Result<OpenFile, StoreError> {
        let absolute = |path: &Path| std::path::absolute(path).map_err(|e| StoreError::Open(e.kind().to_string()));
        // SQLite follows links, and puts the log beside what they lead to.
        let real = path.canonicalize().map_err(|e| StoreError::Open(e.kind().to_string()))?;
        let mut log = real.into_os_string();
        log.push("-wal");
        Ok(OpenFile { main: Named::of(absolute(path)?)?, log: Named::of(log.into())? })
    }

    /// Whether what is written now will be found at the next start.
    pub fn check(&self) -> Result<(), StoreError> {
        let path = || self.main.path.clone();
        match (self.main.standing(), self.log.standing()) {
            (Standing::Same, Standing::Same) => Ok(()),
            (Standing::Another, _) => Err(StoreError::Replaced(path())),
            (Standing::Absent, _) => Err(StoreError::Vanished(path())),
            (Standing::Same, _) => Err(StoreError::LogVanished(self.log.path.clone())),
        }
    }
}

impl Named {
    fn of(path: PathBuf) -> Result<Named, StoreError> {
        let found: Metadata = std::fs::metadata(&path).map_err(|e| StoreError::Open(e.kind().to_string()))?;
        Ok(Named { path, device: found.dev(), inode: found.ino() })
    }

    fn standing(&self) -> Standing {
        match std::fs::metadata(&self.path) {
            Ok(found) if (found.dev(), found.ino()) == (self.device, self.inode) => Standing::Same,
            Ok(_) => Standing::Another,
            // Also when the folder may not be looked into: the worst is assumed, and it may pass.
            Err(_) => Standing::Absent,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_name_that_leads_elsewhere_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let (main, log, away) = (folder.path().join("a.db"), folder.path().join("a.db-wal"), folder.path().join("away"));
        fs::write(&main, "1").unwrap();
        assert!(OpenFile::of(&main).is_err(), "without a log nothing can be said");
        fs::write(&log, "1").unwrap();
        let open = OpenFile::of(&main).unwrap();
        assert!(open.check().is_ok());
        fs::rename(&main, &away).unwrap();
        assert!(matches!(open.check(), Err(StoreError::Vanished(_))));
        fs::write(&main, "1").unwrap();
        assert!(matches!(open.check(), Err(StoreError::Replaced(_))));
        fs::rename(&away, &main).unwrap();
        assert!(open.check().is_ok(), "it is back");
        fs::rename(&log, &away).unwrap();
        assert!(matches!(open.check(), Err(StoreError::LogVanished(_))));
        fs::rename(&away, &log).unwrap();
        assert!(open.check().is_ok());
    }

    #[test]
    fn a_link_is_followed_as_sqlite_does() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.db"), folder.path().join("link.db"));
        fs::write(&real, "1").unwrap();
        fs::write(folder.path().join("real.db-wal"), "1").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let open = OpenFile::of(&link).unwrap();
        assert!(open.check().is_ok());
        fs::remove_file(&link).unwrap();
        assert!(matches!(open.check(), Err(StoreError::Vanished(_))));
    }
}
