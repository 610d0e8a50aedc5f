//! A PostgreSQL of one's own that can be stopped and started again.
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::postgres::{by, programs, ready, run, server_user};

/// Runs the server until the pipe closes, however that comes about; then it breaks off as in a crash.
const WATCH: &str = r#""$@" >>"$0" 2>&1 & server=$!; read -r _; kill -QUIT "$server"; wait "$server""#;

pub struct Server {
    programs: PathBuf,
    folder: TempDir,
    port: String,
    running: Option<Child>,
}

impl Server {
    /// Started, with an empty database; `None`: there is no PostgreSQL here.
    pub fn start() -> Option<Server> {
        let Some(programs) = programs() else {
            let required = std::env::var("BAOXIU_REQUIRE_POSTGRES").as_deref() == Ok("1");
            assert!(!required, "BAOXIU_REQUIRE_POSTGRES=1, but initdb and postgres were not found: install PostgreSQL");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("baoxiu-postgres-").tempdir().unwrap();
        if let Some((uid, gid)) = server_user() {
            std::os::unix::fs::chown(folder.path(), Some(uid), Some(gid)).unwrap();
        }
        let mut initdb = Command::new(programs.join("initdb"));
        initdb.args(["-A", "trust", "-U", "baoxiu", "-E", "UTF8", "--no-locale", "--no-sync", "-D"]);
        initdb.arg(folder.path().join("cluster"));
        run(by(&mut initdb, server_user()).current_dir(folder.path()));
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let mut server = Server { programs, folder, port, running: None };
        server.goes_on();
        let at = ["-h", "127.0.0.1", "-p", &server.port, "-U", "baoxiu", "bot"];
        run(Command::new(server.programs.join("createdb")).args(at));
        Some(server)
    }

    pub fn url(&self) -> String {
        format!("postgres://baoxiu@127.0.0.1:{}/bot?sslmode=disable", self.port)
    }

    /// Breaks off, and every connection with it.
    pub fn stops(&mut self) {
        let mut running = self.running.take().expect("the server runs");
        drop(running.stdin.take());
        running.wait().unwrap();
    }

    pub fn goes_on(&mut self) {
        let mut watch = Command::new("/bin/sh");
        watch.args(["-c", WATCH]).arg(self.folder.path().join("log")).arg(self.programs.join("postgres"));
        watch.arg("-D").arg(self.folder.path().join("cluster"));
        watch.args(["-h", "127.0.0.1", "-p", &self.port, "-k", "", "-F"]);
        let watch = by(&mut watch, server_user()).current_dir(self.folder.path());
        self.running = Some(watch.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap());
        let since = Instant::now();
        while !ready(&self.programs, &self.port) {
            assert!(since.elapsed() < Duration::from_secs(30), "PostgreSQL did not start");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.stops();
        }
    }
}
