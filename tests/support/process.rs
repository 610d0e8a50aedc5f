//! The real program as a process of its own.
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// The program, without any setting of the machine that runs the tests.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baoxiu"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// A running bot. What it prints goes to a file; it is killed when this is dropped.
pub struct Bot {
    child: Child,
    pub log: PathBuf,
}

impl Bot {
    /// Starts `baoxiu run` with these settings; its output is added to `log`.
    pub fn run(settings: &[(&str, &str)], log: &Path) -> Bot {
        let out = File::options().create(true).append(true).open(log).unwrap();
        let mut command = program();
        command.arg("run").envs(settings.iter().copied()).stdin(Stdio::null());
        let child = command.stdout(out.try_clone().unwrap()).stderr(out).spawn().unwrap();
        Bot { child, log: log.to_owned() }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and how the program ended and how long that took.
    pub fn terminate(mut self) -> (ExitStatus, Duration) {
        let since = Instant::now();
        let sent = Command::new("/bin/sh").args(["-c", "kill -TERM \"$1\"", "kill", &self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
        (self.child.wait().unwrap(), since.elapsed())
    }

    /// How the program ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
