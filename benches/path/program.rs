//! The real program, in a folder of its own.
use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use crate::telegram::TOKEN;

pub struct Program {
    pub started: Instant,
    child: Child,
    folder: TempDir,
}

impl Program {
    pub fn start(api: &str) -> Program {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("baoxiu.db").display());
        let log = File::create(folder.path().join("log")).expect("a log");
        let started = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_baoxiu"))
            .env("DATABASE_URL", std::env::var("DATABASE_URL").unwrap_or(url))
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("TELOXIDE_API_URL", api)
            .env("BAOXIU_KEY_FILE", folder.path().join("key"))
            .env("BAOXIU_ADMINS", crate::customers::ADMIN.to_string())
            .env("BAOXIU_LIMIT_ALL", "1000000")
            .env("BAOXIU_LIMIT_CHAT", "1000")
            .env("BAOXIU_LIMIT_GROUP", "100000000")
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        Program { started, child, folder }
    }

    /// The most memory that it ever had, in MiB; 0 where the system does not say.
    pub fn peak_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or_default() / 1024.0
    }

    pub fn stop(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        // The line about the new key is no trouble.
        for line in log.lines().filter(|l| l.contains("ERROR") || l.contains("WARN")).take(5) {
            println!("  log: {line}");
        }
    }
}
