//! A headless Chromium, told what to do by WebDriver (W3C): HTTP and JSON to a chromedriver on loopback.
//!
//! Eight commands of a frozen standard, spoken by the HTTP client that the bot has anyway: a client library would
//! bring more than twenty packages, half of them second copies of what is here in another version.
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::{Value, json};

/// Key of an element's id in the JSON of the standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Runs chromedriver until the pipe to the test process closes, however that process ends; then ends it with its
/// browsers and removes what they wrote. So no test run, not even a killed one, leaves a browser behind.
const WATCH: &str = r#"trap : TERM
"$@" & read -r _; kill -TERM 0; wait; rm -rf "$TMPDIR""#;

struct Driver {
    port: u16,
    /// Both hold their pipes open.
    _watch: Child,
    _said: BufReader<ChildStdout>,
}

static DRIVER: OnceLock<Option<Driver>> = OnceLock::new();

/// Browsers that a story has done with, by their window: to start one takes longer than many a story.
static IDLE: Mutex<Vec<(Look, String)>> = Mutex::new(Vec::new());

/// Width and height in CSS pixels; on a phone there are two pixels for one, and fingers instead of a mouse.
pub type Look = (u32, u32, Device);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    Desktop,
    Phone,
}

/// A browser with one window.
pub struct Browser {
    http: reqwest::Client,
    look: Look,
    session: String,
}

/// Opens a window. `None`: there is no Chromium here, which is said aloud.
pub async fn browser(look: Look) -> Option<Browser> {
    let driver = DRIVER.get_or_init(start).as_ref();
    let Some(driver) = driver else {
        let required = std::env::var("BAOXIU_REQUIRE_BROWSER").as_deref() == Ok("1");
        assert!(!required, "BAOXIU_REQUIRE_BROWSER=1, but chromium and chromedriver were not found: install them");
        // Not by a macro: what those write is kept back while a test passes.
        let _ = writeln!(std::io::stderr(), "Chromium or chromedriver not found: the page is NOT tested in a browser");
        return None;
    };
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let idle = {
        let mut idle = IDLE.lock().unwrap();
        let at = idle.iter().position(|(kind, _)| *kind == look);
        at.map(|at| idle.swap_remove(at).1)
    };
    if let Some(session) = idle {
        return Some(Browser { http, look, session });
    }
    let (width, height, device) = look;
    let arguments =
        ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=zh-CN"];
    let mut options = json!({ "args": arguments });
    if device == Device::Phone {
        let metrics = json!({ "width": width, "height": height, "pixelRatio": 2.0, "touch": true, "mobile": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    let wanted = json!({ "capabilities": { "alwaysMatch": { "browserName": "chrome", "goog:chromeOptions": options } } });
    let base = format!("http://127.0.0.1:{}/session", driver.port);
    let opened = command(http.post(&base).json(&wanted)).await.unwrap();
    let browser = Browser { http, look, session: format!("{base}/{}", opened["sessionId"].as_str().unwrap()) };
    if device == Device::Desktop {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }
    Some(browser)
}

fn start() -> Option<Driver> {
    let (driver, chromium) = (program(&["chromedriver"])?, program(&["chromium", "chromium-browser", "google-chrome"])?);
    let folder = tempfile::Builder::new().prefix("baoxiu-browser-").tempdir().unwrap().keep();
    let mut watch = Command::new("/bin/sh");
    watch.args(["-c", WATCH, "watch"]).arg(driver).arg("--port=0").env("TMPDIR", folder);
    // chromedriver finds the browser by its name on the path.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = chromium.parent().map(PathBuf::from).into_iter().chain(std::env::split_paths(&path));
    watch.env("PATH", std::env::join_paths(folders).unwrap());
    watch.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    let mut watch = watch.spawn().unwrap();
    let mut said = BufReader::new(watch.stdout.take().unwrap());
    let port = (&mut said).lines().map_while(Result::ok).find_map(|line| {
        let rest = line.split("successfully on port ").nth(1)?;
        rest.trim_end_matches('.').parse().ok()
    });
    Some(Driver { port: port.expect("chromedriver starts"), _watch: watch, _said: said })
}

fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    names.iter().flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name))).find(|file| file.is_file())
}

async fn command(request: reqwest::RequestBuilder) -> Result<Value, String> {
    let mut answer: Value = request.send().await.map_err(|e| e.to_string())?.json().await.map_err(|e| e.to_string())?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
        None => Ok(value),
    }
}

impl Browser {
    async fn tell(&self, path: &str, body: Value) -> Result<Value, String> {
        command(self.http.post(format!("{}{path}", self.session)).json(&body)).await
    }

    /// A command of Chromium's own, beyond the standard.
    pub async fn devtools(&self, method: &str, params: Value) {
        self.tell("/goog/cdp/execute", json!({ "cmd": method, "params": params })).await.unwrap();
    }

    pub async fn opens(&self, url: &str) {
        self.tell("/url", json!({ "url": url })).await.unwrap();
    }

    /// Runs the body of a function in the page and gives what it returns.
    pub async fn run(&self, script: &str, args: Value) -> Value {
        self.tell("/execute/sync", json!({ "script": script, "args": args })).await.unwrap()
    }

    /// As [`Browser::run`], for a script that returns an element.
    pub async fn find(&self, script: &str, args: Value) -> Option<String> {
        self.run(script, args).await[ELEMENT].as_str().map(str::to_owned)
    }

    /// Scrolls to the element and taps its middle. An error when something else is in the way or it is not displayed.
    pub async fn tap(&self, element: &str) -> Result<(), String> {
        self.tell(&format!("/element/{element}/click"), json!({})).await.map(drop)
    }

    pub async fn type_into(&self, element: &str, text: &str) -> Result<(), String> {
        self.tell(&format!("/element/{element}/value"), json!({ "text": text })).await.map(drop)
    }

    /// What the window shows, as PNG in base64.
    pub async fn picture(&self) -> String {
        let answer = command(self.http.get(format!("{}/screenshot", self.session))).await.unwrap();
        answer.as_str().unwrap().to_owned()
    }

    /// Leaves the browser to the next story. After one that failed it is not used again.
    pub async fn rests(self) {
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": [] })).await;
        self.opens("about:blank").await;
        IDLE.lock().unwrap().push((self.look, self.session));
    }
}
