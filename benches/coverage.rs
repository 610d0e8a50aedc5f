//! How fast addresses are matched: `cargo bench --bench coverage`.
//!
//! Reads the cases of `tests/coverage/cases.tsv`; or, if `BAOXIU_BENCH_TEXTS` names a file of JSON lines with a `text`, that. Prints the time
//! to build the index, addresses per second on one core (the best of several rounds), the distribution of single answers, the same
//! apart for what is sure and what is not, what single stages take (the time with them less that without), and the memory of the process. No harness: what counts here are percentiles and the first
//! build, which frameworks that repeat and average do not show.
use std::hint::black_box;
use std::time::{Duration, Instant};

use baoxiu::coverage::{Matcher, Outcome, Rule, normalise, seed};

const ROUNDS: usize = 15;

fn main() {
    let rows = seed::parse(seed::BUILTIN).unwrap_or_default();
    let build = || Matcher::with_areas(rows.iter().map(|row| (&row.code, &row.name)));
    let (matcher, first) = timed(build);
    let Ok(mut matcher) = matcher else { return println!("the index cannot be built") };
    let mut builds: Vec<Duration> = (0..ROUNDS).map(|_| timed(build).1).collect();
    builds.sort_unstable();
    println!("build      {first:?} the first time, {:?} again (median of {ROUNDS})", builds[ROUNDS / 2]);

    let texts = texts();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    report("all", &all, |text| drop(black_box(matcher.locate(text))));
    let (sure, open): (Vec<&str>, Vec<&str>) = all.iter().partition(|text| matcher.locate(text).outcome == Outcome::Sure);
    report("sure", &sure, |text| drop(black_box(matcher.locate(text))));
    report("not sure", &open, |text| drop(black_box(matcher.locate(text))));
    report("fold only", &all, |text| drop(black_box(normalise(text))));

    let each = |seconds: f64| seconds * 1e6 / all.len() as f64;
    let whole = best(&matcher, &all);
    for rule in [Rule::Corrections, Rule::English, Rule::Pinyin, Rule::Stems, Rule::Similar] {
        matcher.leave_out(Some(rule));
        println!("{:.2} of {:.2} µs a text: {}", each(whole - best(&matcher, &all)), each(whole), rule.says());
    }

    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM")) {
        println!("memory     {} at most", line.trim_start_matches("VmHWM:").trim());
    }
}

fn timed<T>(work: impl Fn() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// Seconds for all texts, of each its best of several rounds.
fn best(matcher: &Matcher, texts: &[&str]) -> f64 {
    let once = |text: &str| timed(|| drop(black_box(matcher.locate(text)))).1;
    let mut best = vec![Duration::MAX; texts.len()];
    for _ in 0..ROUNDS {
        texts.iter().zip(&mut best).for_each(|(text, best)| *best = once(text).min(*best));
    }
    best.iter().map(Duration::as_secs_f64).sum()
}

fn report(what: &str, texts: &[&str], work: impl Fn(&str)) {
    if texts.is_empty() {
        return;
    }
    // On a shared machine the best round says what the program does; the others say what its neighbours do. So does each text's best time.
    let mut best = vec![Duration::MAX; texts.len()];
    let mut round = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for (text, best) in texts.iter().zip(&mut best) {
            let once = Instant::now();
            work(text);
            *best = once.elapsed().min(*best);
        }
        round = round.min(start.elapsed());
    }
    best.sort_unstable();
    let at = |share: f64| best[((texts.len() - 1) as f64 * share) as usize];
    println!(
        "{what:10} {} texts, {:.0}/s; p50 {:?}, p99 {:?}, p99.9 {:?}, most {:?}",
        texts.len(),
        texts.len() as f64 / round.as_secs_f64(),
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0)
    );
}

fn texts() -> Vec<String> {
    match std::env::var("BAOXIU_BENCH_TEXTS") {
        Ok(file) => {
            let lines = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
            let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned);
            lines.lines().filter_map(text).collect()
        }
        Err(_) => {
            let cases = include_str!("../tests/coverage/cases.tsv").lines().filter(|line| !line.starts_with('#'));
            cases.filter_map(|line| line.split('\t').nth(1)).map(str::to_owned).collect()
        }
    }
}
