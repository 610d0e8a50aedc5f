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
        Bot::start(program(), settings, log)
    }

    /// As [`Bot::run`], by a command that becomes the program: its words stand before the program's.
    pub fn run_under(command: &[&str], settings: &[(&str, &str)], log: &Path) -> Bot {
        let mut under = Command::new(command[0]);
        under.args(&command[1..]).arg(env!("CARGO_BIN_EXE_baoxiu"));
        under.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        Bot::start(under, settings, log)
    }

    fn start(mut command: Command, settings: &[(&str, &str)], log: &Path) -> Bot {
        let out = File::options().create(true).append(true).open(log).unwrap();
        command.arg("run").envs(settings.iter().copied()).stdin(Stdio::null());
        let child = command.stdout(out.try_clone().unwrap()).stderr(out).spawn().unwrap();
        Bot { child, log: log.to_owned() }
    }

    /// Id of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Stops it in the middle of whatever it does; gives when it stands still.
    pub async fn pauses(&self) {
        self.signal("STOP");
        let tasks = format!("/proc/{}/task", self.child.id());
        let stands = |stat: String| stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('T'));
        let all = || {
            let mut threads = std::fs::read_dir(&tasks).unwrap().flatten();
            threads.all(|thread| std::fs::read_to_string(thread.path().join("stat")).map_or(true, stands))
        };
        while !all() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Lets it go on.
    pub fn goes_on(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let kill = ["-c", "kill -\"$1\" \"$2\"", "kill", name, &self.child.id().to_string()];
        assert!(Command::new("/bin/sh").args(kill).status().unwrap().success());
    }

    /// SIGTERM, and how the program ended and how long that took.
    pub fn terminate(mut self) -> (ExitStatus, Duration) {
        let since = Instant::now();
        self.signal("TERM");
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
