//! A private PostgreSQL for the tests, when its programs are on this machine: one server per test
//! process on a free loopback port, one database per test, everything gone at the end.
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Runs the server until the pipe to the test process closes, however that process ends; then stops it
/// and clears up. So no test run, not even a killed one, leaves a server behind.
const WATCH: &str = r#"cluster=$1; shift
"$@" >"$cluster/log" 2>&1 & server=$!
read -r _
kill -INT "$server"; wait "$server"; cd /; rm -rf "$(dirname "$cluster")""#;

const PATIENCE: Duration = Duration::from_secs(30);

struct Server {
    port: String,
    programs: PathBuf,
    /// Holds the pipe open.
    _watch: Child,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Address of a fresh, empty database; `None`: there is no PostgreSQL here.
pub fn database() -> Option<String> {
    let Some(server) = SERVER.get_or_init(start) else {
        let required = std::env::var("BAOXIU_REQUIRE_POSTGRES").as_deref() == Ok("1");
        assert!(!required, "BAOXIU_REQUIRE_POSTGRES=1, but initdb and postgres were not found: install PostgreSQL");
        eprintln!("PostgreSQL not found: that half is skipped");
        return None;
    };
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let at = ["-h", "127.0.0.1", "-p", &server.port, "-U", "baoxiu", &name];
    run(Command::new(server.programs.join("createdb")).args(at));
    Some(format!("postgres://baoxiu@127.0.0.1:{}/{name}?sslmode=disable", server.port))
}

fn start() -> Option<Server> {
    let programs = programs()?;
    let folder = tempfile::Builder::new().prefix("baoxiu-postgres-").tempdir().unwrap().keep();
    let user = server_user();
    if let Some((uid, gid)) = user {
        std::os::unix::fs::chown(&folder, Some(uid), Some(gid)).unwrap();
    }
    let cluster = folder.join("cluster");
    let mut initdb = Command::new(programs.join("initdb"));
    initdb.args(["-A", "trust", "-U", "baoxiu", "-E", "UTF8", "--no-locale", "--no-sync", "-D"]).arg(&cluster);
    run(by(&mut initdb, user).current_dir(&folder));

    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let mut watch = Command::new("/bin/sh");
    watch.args(["-c", WATCH, "watch"]).arg(&cluster).arg(programs.join("postgres")).arg("-D").arg(&cluster);
    watch.args(["-h", "127.0.0.1", "-p", &port, "-k", "", "-F", "-c", "max_connections=300"]);
    let watch = by(&mut watch, user).current_dir(&folder).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();

    let since = Instant::now();
    while !ready(&programs, &port) {
        assert!(since.elapsed() < PATIENCE, "PostgreSQL did not start; its log is in {}", cluster.join("log").display());
        std::thread::sleep(Duration::from_millis(100));
    }
    Some(Server { port, programs, _watch: watch })
}

pub fn ready(programs: &Path, port: &str) -> bool {
    let mut ask = Command::new(programs.join("pg_isready"));
    ask.args(["-q", "-h", "127.0.0.1", "-p", port]).status().unwrap().success()
}

/// The folder with PostgreSQL's programs: of the newest version, else whatever is on the path.
pub fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|v| Some((v.file_name().to_str()?.parse().ok()?, v.path().join("bin"))))
        .filter(|(_, bin)| bin.join("postgres").exists() && bin.join("initdb").exists())
        .collect();
    found.sort();
    let on_path = || {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|bin| bin.join("postgres").exists() && bin.join("initdb").exists())
    };
    found.pop().map(|(_, bin)| bin).or_else(on_path)
}

/// PostgreSQL refuses to run as root: then it runs as the user that its package made, or as nobody.
pub fn server_user() -> Option<(u32, u32)> {
    let me = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").ok()?);
    if me != 0 {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let ids = |name: &str| {
        let line = users.lines().find(|l| l.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    ids("postgres").or_else(|| ids("nobody"))
}

pub fn by(command: &mut Command, user: Option<(u32, u32)>) -> &mut Command {
    match user {
        Some((uid, gid)) => command.uid(uid).gid(gid),
        None => command,
    }
}

pub fn run(command: &mut Command) {
    let out = command.output().unwrap();
    assert!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
}
