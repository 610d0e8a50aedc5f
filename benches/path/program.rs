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
            .env("BAOXIU_LIMIT_ALL", "100000")
            .env("BAOXIU_LIMIT_CHAT", "1000")
            .env("BAOXIU_LIMIT_GROUP", "100000")
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

    /// Processor time that it took so far, user and system, in seconds; 0 where the system does not say.
    pub fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // After the name, which may hold blanks: the 12th and 13th field, in hundredths of a second.
        let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks = fields.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok());
        ticks.sum::<f64>() / 100.0
    }

    /// # Panics
    /// If it has ended, with what it said.
    pub fn must_run(&mut self) {
        if let Ok(Some(status)) = self.child.try_wait() {
            panic!("the program ended with {status}: {}", self.log());
        }
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    pub fn stop(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let log = self.log();
        // The line about the new key is no trouble.
        for line in log.lines().filter(|l| l.contains("ERROR") || l.contains("WARN")).take(5) {
            println!("  log: {line}");
        }
    }
}
