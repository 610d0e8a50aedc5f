//! The command line, as a person at a shell meets it.
#[allow(dead_code, reason = "shared with other tests")]
#[path = "support/process.rs"]
mod process;

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use baoxiu::sandbox::{Options, Sandbox};
use process::{Bot, program};
use serde_json::{Value, json};

fn baoxiu(args: &[&str], settings: &[(&str, &str)], input: &str) -> (Output, String, String) {
    let mut command = program();
    command.args(args).envs(settings.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that ends early closes the pipe; that is its right.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap());
    (output, out, err)
}

#[test]
fn run_without_a_token_says_what_to_do_in_three_lines() {
    for args in [&[][..], &["run"]] {
        let (output, out, err) = baoxiu(args, &[], "");
        assert_eq!((output.status.code(), out.as_str(), err.lines().count()), (Some(2), "", 3), "{err}");
        assert!(err.contains("@BotFather") && err.contains("baoxiu demo"), "{err}");
    }
}

#[test]
fn all_bad_settings_are_told_at_once() {
    let bad = [
        ("TELOXIDE_TOKEN", "sesame"),
        ("TELOXIDE_API_URL", "sesame"),
        ("DATABASE_URL", "mysql://sesame"),
        ("BAOXIU_ADMINS", "one"),
        ("BAOXIU_TIMEZONE", "Mars"),
        ("BAOXIU_LOG_FORMAT", "xml"),
    ];
    let (output, _, err) = baoxiu(&["run"], &bad, "");
    assert_eq!(output.status.code(), Some(2));
    for (name, _) in bad {
        assert!(err.contains(name), "{name} is missing: {err}");
    }
    assert!(!err.contains("sesame"), "{err}");
}

#[test]
fn check_is_content_with_what_is_built_in_and_with_the_folder() {
    for args in [&["check"][..], &["check", "--dialogs", "dialogs"]] {
        let (output, out, err) = baoxiu(args, &[], "");
        assert_eq!(output.status.code(), Some(0), "{err}");
        assert!(out.contains("all is well"), "{out}");
    }
}

/// (file, what is replaced, by what, line of the problem or 0 for any, a word of what is said)
type Broken = (&'static str, &'static str, &'static str, bool, &'static str);

/// One broken file per kind of problem.
const BROKEN: &[Broken] = &[
    ("report.toml", "[[slot]]\nid = \"fault\"", "[[slot]\nid = \"fault\"", true, ""),
    ("report.toml", "options = \"faults\"", "options = \"nothing\"", true, "nothing"),
    ("report.toml", "slot = \"fault\", is = [\"move\"]", "slot = \"none\", is = [\"move\"]", true, "none"),
    ("report.toml", "slot = \"fault\", is = [\"move\"]", "slot = \"fault\", is = [\"fly\"]", true, "fly"),
    ("report.toml", "slot = \"fault\", is = [\"other\"]", "slot = \"when\", is = [\"asap\"]", true, "when"),
    ("report.toml", "id = \"phone\"\nkind = \"phone\"", "id = \"fault\"\nkind = \"phone\"", true, "fault"),
    ("report.toml", "kind = \"phone\"", "kind = \"telegraph\"", true, "telegraph"),
    ("report.toml", "finish = \"submit\"", "finish = \"nowhere\"", true, "nowhere"),
    ("faults.toml", "'漏(水|氟|油)'", "'漏(水|氟|油'", true, ""),
    ("faults.toml", "id = \"leak\"", "id = \"leak two\"", true, "leak two"),
    ("faults.toml", "id = \"leak\"", "id = \"flood\"", true, "flood"),
    ("patterns.toml", "id = \"cancel\"", "id = \"dance\"", true, "dance"),
    ("zh-CN.ftl", "no-tickets = ", "no-ticket = ", false, "no-tickets"),
    ("en.ftl", "help-group = ", "help-group ", true, ""),
    ("districts.csv", "110108,北京市海淀区", "990108,北京市海淀区", true, "990108"),
    ("districts.csv", "110108,北京市海淀区", "110108;北京市海淀区", true, ""),
];

#[test]
fn check_names_file_and_line_of_each_kind_of_problem() {
    let mut wrong = Vec::new();
    for (file, from, to, lined, word) in BROKEN {
        let folder = tempfile::tempdir().unwrap();
        copy_dialogs(folder.path());
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} no longer holds {from:?}: change this test");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let (output, out, err) = baoxiu(&["check", "--dialogs", folder.path().to_str().unwrap()], &[], "");
        let named = err.lines().any(|line| {
            let number = line.strip_prefix(file).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
            line.starts_with(file) && line.contains(word) && (!lined || number.starts_with(|c: char| c.is_ascii_digit()))
        });
        if output.status.code() != Some(1) || !named {
            wrong.push(format!("{file}: {from:?} -> {to:?}: {:?}\n{out}{err}", output.status.code()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn copy_dialogs(to: &Path) {
    for entry in std::fs::read_dir("dialogs").unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn graph_draws_mermaid() {
    let (output, out, err) = baoxiu(&["graph", "report"], &[], "");
    assert!(output.status.success(), "{err}");
    assert!(out.starts_with("flowchart TD") && out.contains("fault -->"), "{out}");
    let (output, _, err) = baoxiu(&["graph", "nothing"], &[], "");
    assert_eq!((output.status.code(), err.contains("report")), (Some(1), true), "{err}");
}

#[test]
fn match_tells_people_the_reasons() {
    let (output, out, _) = baoxiu(&["match", "兴城市兴海路3号"], &[], "");
    assert!(output.status.success());
    for part in ["sure", "211481", "served", "兴海路3号"] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn match_jsonl_keeps_its_contract() {
    let lines = [
        "{\"text\": \"辽宁兴城市兴海路3号\"}",
        "",
        "{\"text\": \"湖北省武汉市江岸区沿江大道1号\", \"more\": 1}",
        "{\"text\": \"辽宁省\"}",
        "{\"text\": \"\"}",
        "{\"text\": \"朝阳区\"}",
    ];
    let (output, out, err) = baoxiu(&["match", "--jsonl"], &[], &lines.join("\n"));
    assert!(output.status.success(), "{err}");
    let answers: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 5, "a line each, empty ones left out: {out}");
    for answer in &answers {
        let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
        for key in ["code", "candidates", "covered", "outcome", "reasons"] {
            assert!(keys.iter().any(|k| *k == key), "{key}: {answer}");
        }
        assert!(answer["candidates"].is_array() && answer["reasons"].is_array(), "{answer}");
    }
    let is = |i: usize, code: Value, covered: Value, outcome: &str| {
        let answer = &answers[i];
        assert_eq!((&answer["code"], &answer["covered"], &answer["outcome"]), (&code, &covered, &json!(outcome)), "{answer}");
    };
    is(0, json!("211481"), json!(true), "sure");
    is(1, json!("420102"), json!(false), "sure");
    assert_eq!((&answers[2]["code"], &answers[2]["outcome"]), (&json!("210000"), &json!("missing")), "{}", answers[2]);
    is(3, Value::Null, Value::Null, "none");
    assert_eq!((&answers[4]["code"], &answers[4]["outcome"]), (&Value::Null, &json!("several")), "{}", answers[4]);
    assert!(answers[4]["candidates"].as_array().unwrap().len() > 1, "{}", answers[4]);
}

#[test]
fn a_bad_line_is_named_and_the_others_are_answered() {
    for bad in ["not json", "{\"nope\": 1}", "{\"text\": 5}", "[]"] {
        let (output, out, err) =
            baoxiu(&["match", "--jsonl"], &[], &format!("{{\"text\": \"兴城市\"}}\n{bad}\n{{\"text\": \"兴城市\"}}\n"));
        assert_eq!((output.status.code(), out.lines().count()), (Some(1), 3), "{bad}: {out}{err}");
        assert!(
            out.lines().nth(1).is_some_and(|l| l.contains("error")) && out.lines().nth(2).is_some_and(|l| l.contains("211481")),
            "{out}"
        );
        assert!(err.contains("line 2"), "{bad}: {err}");
    }
}

#[test]
fn chat_plays_a_report_to_the_end_in_both_languages() {
    let chinese = "密码忘了\n跳过\n兴城市兴海路3号\n13800000001 王女士\n周六下午\n提交\n";
    let (output, out, err) = baoxiu(&["chat"], &[], chinese);
    assert!(output.status.success(), "{err}");
    for part in ["哪里出了问题", "请核对", "code_forgotten", "13800000001", "211481"] {
        assert!(out.contains(part), "{part} is missing:\n{out}");
    }
    let english = "forgot the code\nskip\n兴城市兴海路3号\n13800000001\ntomorrow\nsubmit\n";
    let (output, out, err) = baoxiu(&["chat", "--lang", "en"], &[], english);
    assert!(output.status.success(), "{err}");
    for part in ["What is wrong?", "Please check:", "code_forgotten", "13800000001", "tomorrow"] {
        assert!(out.contains(part), "{part} is missing:\n{out}");
    }
}

/// A folder with a database that was opened once, and its settings.
struct Used {
    folder: tempfile::TempDir,
    sandbox: Sandbox,
    url: String,
}

impl Used {
    async fn new() -> Used {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("baoxiu.db").display());
        Used { sandbox: Sandbox::start(Options::default()).await.unwrap(), folder, url }
    }

    fn settings(&self) -> [(&'static str, String); 3] {
        let token = self.sandbox.token().to_owned();
        [("TELOXIDE_TOKEN", token), ("TELOXIDE_API_URL", self.sandbox.api_url()), ("DATABASE_URL", self.url.clone())]
    }

    /// Starts the bot, waits until it serves, stops it; gives what it said.
    async fn once(&self) -> String {
        let settings = self.settings();
        let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
        let bot = Bot::run(&settings, &self.folder.path().join(format!("log{}", rand())));
        let since = Instant::now();
        while !bot.said().contains("serving") {
            assert!(since.elapsed() < Duration::from_secs(60), "{}", bot.said());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let log = bot.log.clone();
        let (status, took) = bot.terminate();
        assert!(status.success() && took < Duration::from_secs(8), "{status} after {took:?}");
        std::fs::read_to_string(log).unwrap()
    }

    /// Starts the bot, which must refuse; gives what it said.
    async fn refused(&self) -> String {
        let settings = self.settings();
        let (output, _, err) = tokio::task::spawn_blocking(move || {
            baoxiu(&["run"], &settings.each_ref().map(|(name, value)| (*name, value.as_str())), "")
        })
        .await
        .unwrap();
        assert_eq!(output.status.code(), Some(1), "{err}");
        assert_eq!(err.lines().count(), 1, "one clear line: {err}");
        err
    }
}

/// A number that no other log of this test bears.
fn rand() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_key_is_made_once_and_guarded() {
    let used = Used::new().await;
    let key = used.folder.path().join("baoxiu.key");
    let first = used.once().await;
    assert!(first.contains("every backup is void"), "{first}");
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let second = used.once().await;
    assert!(!second.contains("every backup is void"), "only the first start says it: {second}");

    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(used.refused().await.contains("chmod 600"));
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();

    let right = std::fs::read(&key).unwrap();
    std::fs::write(&key, "0".repeat(64)).unwrap();
    assert!(used.refused().await.contains("does not belong to this database"));
    std::fs::write(&key, "short").unwrap();
    assert!(used.refused().await.contains("64 hexadecimal digits"));
    std::fs::remove_file(&key).unwrap();
    assert!(used.refused().await.contains("missing"));
    assert!(!key.exists(), "no key is made for an old database");
    std::fs::write(&key, right).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    used.once().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_token_is_one_clear_line() {
    let used = Used::new().await;
    let mut settings = used.settings();
    settings[0].1 = settings[0].1.replace("-demo-", "-sesame-");
    let (output, _, err) = tokio::task::spawn_blocking(move || {
        let log = [("RUST_LOG", "error")];
        baoxiu(&["run"], &[&settings.each_ref().map(|(name, value)| (*name, value.as_str()))[..], &log].concat(), "")
    })
    .await
    .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told: Vec<&str> = err.lines().collect();
    assert!(told.len() == 1 && told[0].contains("refuses the token") && !err.contains("sesame"), "{err}");
}

#[test]
fn a_newer_gazetteer_is_a_folder_and_what_is_wrong_in_it_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir("src/coverage/data").unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let areas = folder.path().join("areas.tsv");
    let text = std::fs::read_to_string(&areas).unwrap();
    let newer = text.replace("\t兴城市\t", "\t新兴城市\t").replace("state of 2023-06-30", "state of 2031-01-01");
    std::fs::write(&areas, &newer).unwrap();
    let at = folder.path().to_str().unwrap();
    let (output, out, err) = baoxiu(&["match", "葫芦岛新兴城市海滨路3号", "--gazetteer", at], &[], "");
    assert!(output.status.success() && out.contains("211481") && out.contains("2031-01-01"), "{out}{err}");

    std::fs::write(&areas, format!("{newer}nonsense\n")).unwrap();
    let (output, _, err) = baoxiu(&["match", "兴城市", "--gazetteer", at], &[], "");
    let line = newer.lines().count() + 1;
    assert!(!output.status.success() && err.contains(&format!("areas.tsv line {line}")), "{err}");

    std::fs::remove_file(folder.path().join("towns.tsv")).unwrap();
    let (_, _, err) = baoxiu(&["match", "兴城市", "--gazetteer", at], &[], "");
    assert!(err.contains("towns.tsv"), "{err}");
}
