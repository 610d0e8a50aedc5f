//! Disks that fill up or may not be written. Only root may mount one; elsewhere these tests are skipped.
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A small disk of its own, taken away at the end.
pub struct Disk(TempDir);

impl Disk {
    /// In memory; `None`: it may not be mounted here.
    pub fn mount() -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().to_str().unwrap();
        if works("mount", &["-t", "tmpfs", "-o", "size=24m", "baoxiu", at]) {
            return Some(Disk(folder));
        }
        skipped("a disk cannot be mounted");
        None
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Until nothing fits any more; removing the file makes room again.
    pub fn fill(&self) -> PathBuf {
        let path = self.0.path().join("ballast");
        let mut file = File::create(&path).unwrap();
        while file.write_all(&[1; 4096]).is_ok() {}
        path
    }

    pub fn read_only(&self, on: bool) {
        let options = if on { "remount,ro" } else { "remount,rw" };
        assert!(works("mount", &["-o", options, self.0.path().to_str().unwrap()]), "{options}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        works("umount", &["-l", self.0.path().to_str().unwrap()]);
    }
}

/// Makes files unwritable also for who has them open; `false`: that cannot be done here.
pub fn freeze(files: &[PathBuf], on: bool) -> bool {
    let flag = if on { "+i" } else { "-i" };
    let done = files.iter().all(|file| works("chattr", &[flag, file.to_str().unwrap()]));
    if !done {
        skipped("this file system does not let a file be made unwritable while it is open");
    }
    done
}

fn works(program: &str, args: &[&str]) -> bool {
    Command::new(program).args(args).output().is_ok_and(|out| out.status.success())
}

fn skipped(why: &str) {
    let required = std::env::var("BAOXIU_REQUIRE_DISKS").as_deref() == Ok("1");
    assert!(!required, "BAOXIU_REQUIRE_DISKS=1, but {why}: run as root, on ext4");
    eprintln!("{why}: that part is skipped");
}
