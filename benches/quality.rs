//! How well addresses are read, and what each rule is worth for it: `cargo bench --bench quality`.
//!
//! Reads the own cases of `tests/coverage/cases.tsv`; or, if `BAOXIU_LABELLED` names a file of JSON lines with `text`, `expect_codes`, `covered`,
//! `kind` (and perhaps `also_ok`), that. Prints two tables in Markdown: the kinds, pooled and beside their bars, and for each rule what goes wrong
//! without it. An answer is right if it is
//! - where one district (or, where service is by town, one town) is expected: that, or a town in it;
//! - where only a province, a city or a by-town area is expected: that, a development zone in it, or nothing but candidates in it;
//! - where several are expected: all of them and at most three more, to ask about;
//! - where none is expected: none.
use std::collections::BTreeMap;

use baoxiu::coverage::{Level, Location, Matcher, Outcome, Rule, Served, seed};
use serde::Deserialize;

/// What is wanted of the kinds of the evaluation set: a row of the table, the least share of right answers, the kinds pooled in it (a `*` at the
/// end stands for anything). A row of fewer than 100 texts may miss its bar by one.
const BARS: [(&str, f64, &[&str]); 20] = [
    (
        "written out, reordered, in a sentence, forms, full width, repeated, roads of other places",
        99.0,
        &[
            "syn_full",
            "syn_omit*",
            "syn_county_only",
            "syn_extra",
            "syn_punct",
            "syn_spaced",
            "syn_fullwidth",
            "syn_dup",
            "syn_roadtrap",
            "syn_nearname",
            "syn_samename",
            "real_gov_full",
            "real_gov_county",
            "real_naacl_plain",
        ],
    ),
    ("short forms, stems", 98.0, &["syn_no_suffix", "syn_short_auto", "syn_stem_only", "real_gov_short"]),
    ("old and renamed districts", 98.0, &["syn_old", "real_naacl_oldname"]),
    ("homophone", 95.0, &["syn_homophone"]),
    ("look-alike", 95.0, &["syn_similar"]),
    ("dropped", 95.0, &["syn_drop"]),
    ("inserted", 95.0, &["syn_insert"]),
    ("swapped", 93.0, &["syn_swap"]),
    ("traditional script", 99.0, &["syn_trad"]),
    ("two noises at once", 85.0, &["syn_mixed"]),
    ("pinyin, and mixed with characters", 95.0, &["syn_pinyin*"]),
    ("town instead of district", 96.0, &["syn_pref_town", "real_gov_pref_town", "real_gov_prov_town", "real_naacl_town"]),
    ("town alone", 95.0, &["syn_town_only", "real_gov_town", "real_naacl_townonly"]),
    ("coverage by town", 96.0, &["syn_town_level", "real_naacl_town_level"]),
    ("district redrawn since", 80.0, &["real_naacl_redrawn"]),
    ("corrections", 85.0, &["syn_correction"]),
    ("messy company addresses", 97.0, &["real_company_district", "real_company_full"]),
    ("ambiguous", 96.0, &["amb_*", "real_naacl_ambiguous*", "real_company_ambiguous"]),
    ("only a province or city", 97.0, &["incomplete", "real_naacl_city_only", "real_company_incomplete"]),
    ("no address", 97.0, &["neg_*", "real_naacl_none*", "real_company_none"]),
];

/// One labelled text.
#[derive(Deserialize)]
struct Case {
    text: String,
    #[serde(rename = "expect_codes")]
    expected: Vec<String>,
    covered: Option<bool>,
    kind: String,
    #[serde(default)]
    also_ok: Vec<String>,
}

/// How many of how many.
#[derive(Clone, Copy, Default)]
struct Tally {
    texts: usize,
    right: usize,
    /// Said *covered*, though it is not known to be.
    falsely: usize,
    uncovered: usize,
    /// Did not say *covered*, though it is.
    missed: usize,
    covered: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.texts += other.texts;
        self.right += other.right;
        self.falsely += other.falsely;
        self.uncovered += other.uncovered;
        self.missed += other.missed;
        self.covered += other.covered;
    }

    fn cells(&self) -> String {
        let of = |part: usize, whole: usize| if whole == 0 { "–".to_owned() } else { format!("{part} of {whole}") };
        format!(
            "{} | {:.1} % | {} | {}",
            self.texts,
            self.percent(),
            of(self.falsely, self.uncovered),
            of(self.missed, self.covered)
        )
    }

    fn percent(&self) -> f64 {
        self.right as f64 * 100.0 / self.texts.max(1) as f64
    }

    /// The bar is reached; or missed by one text, where there are fewer than 100.
    fn reaches(&self, bar: f64) -> bool {
        let grace = usize::from(self.texts < 100);
        (self.right + grace) as f64 * 100.0 >= bar * self.texts as f64
    }
}

fn main() {
    let rows = seed::parse(seed::BUILTIN).unwrap_or_default();
    let Ok(mut matcher) = Matcher::with_areas(rows.iter().map(|row| (&row.code, &row.name))) else {
        return println!("the index cannot be built");
    };
    let served = Served::new(rows.iter().map(|row| row.code.clone()));
    let cases = cases(&matcher, &served);

    let kinds = judge(&matcher, &served, &cases);
    let (mut all, mut bars_missed) = (Tally::default(), 0);
    println!("| kinds | texts | right | falsely *covered* | *covered* missed | right at least |\n|---|---:|---:|---:|---:|---:|");
    for (row, bar, pooled) in BARS {
        let mut tally = Tally::default();
        kinds.iter().filter(|(kind, _)| pooled.iter().any(|p| is_of(kind, p))).for_each(|(_, t)| tally.add(*t));
        if tally.texts > 0 {
            bars_missed += usize::from(!tally.reaches(bar));
            println!("| {row} | {} | {bar} %{} |", tally.cells(), if tally.reaches(bar) { "" } else { " **missed**" });
        }
    }
    kinds.values().for_each(|t| all.add(*t));
    println!("| **all** | {} | 97.5 % |\n\n{bars_missed} bars missed\n", all.cells());
    println!("| kind | texts | right | falsely *covered* | *covered* missed |\n|---|---:|---:|---:|---:|");
    kinds.iter().for_each(|(kind, tally)| println!("| {kind} | {} |", tally.cells()));

    println!("\n| without | right | wrong more | falsely *covered* | *covered* missed |\n|---|---:|---:|---:|---:|");
    for rule in std::iter::once(None).chain(Rule::ALL.iter().copied().map(Some)) {
        matcher.leave_out(rule);
        let mut tally = Tally::default();
        judge(&matcher, &served, &cases).values().for_each(|t| tally.add(*t));
        println!(
            "| {} | {:.1} % | {} | {} | {} |",
            rule.map_or("*nothing*", Rule::says),
            tally.percent(),
            all.right as i64 - tally.right as i64,
            tally.falsely,
            tally.missed
        );
    }
}

fn is_of(kind: &str, pooled: &str) -> bool {
    pooled.strip_suffix('*').map_or(kind == pooled, |head| kind.starts_with(head))
}

fn judge(matcher: &Matcher, served: &Served, cases: &[Case]) -> BTreeMap<String, Tally> {
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    for case in cases {
        let answer = matcher.locate(&case.text);
        let said = served.covers(matcher, &answer) == Some(true);
        let truth = case.covered == Some(true);
        kinds.entry(case.kind.clone()).or_default().add(Tally {
            texts: 1,
            right: usize::from(is_right(matcher, case, &answer)),
            falsely: usize::from(said && !truth),
            uncovered: usize::from(!truth),
            missed: usize::from(truth && !said),
            covered: usize::from(truth),
        });
    }
    kinds
}

fn is_right(matcher: &Matcher, case: &Case, answer: &Location) -> bool {
    let county = |code: &str| code.get(..6).unwrap_or(code).to_owned();
    match (case.expected.as_slice(), &answer.code) {
        ([], code) => code.is_none() && answer.candidates.is_empty(),
        ([one], code) if matcher.children(one).is_empty() => code.as_ref().is_some_and(|c| c == one || &county(c) == one),
        ([one], Some(code)) => {
            let devzone = matcher.area(code).is_some_and(|a| a.level == Level::Devzone);
            code == one || devzone && is_under(matcher, code, one) || case.also_ok.contains(&county(code))
        }
        ([one], None) => !answer.candidates.is_empty() && answer.candidates.iter().all(|c| is_under(matcher, c, one)),
        (all, None) => {
            let mut asked: Vec<String> = answer.candidates.iter().map(|c| county(c)).collect();
            asked.sort_unstable();
            asked.dedup();
            all.iter().all(|code| asked.contains(&county(code))) && asked.len() <= all.len() + 3
        }
        (_, Some(_)) => false,
    }
}

fn is_under(matcher: &Matcher, code: &str, above: &str) -> bool {
    std::iter::successors(matcher.area(code), |area| matcher.area(area.parent.as_ref()?)).any(|area| area.code == above)
}

fn cases(matcher: &Matcher, served: &Served) -> Vec<Case> {
    if let Ok(file) = std::env::var("BAOXIU_LABELLED") {
        let lines = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
        return lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{file}: {e}: {line}"))).collect();
    }
    let lines = include_str!("../tests/coverage/cases.tsv").lines().filter(|line| !line.starts_with('#'));
    let own = lines.filter_map(|line| {
        let (kind, line) = line.split_once('\t')?;
        let (text, answer) = line.split_once('\t')?;
        let expected: Vec<String> = answer.split(' ').skip(1).map(str::to_owned).collect();
        let outcome = match expected.len() {
            0 => Outcome::None,
            1 => Outcome::Sure,
            _ => Outcome::Several,
        };
        let code = expected.first().filter(|_| outcome == Outcome::Sure).cloned();
        let wanted = Location { outcome, code, candidates: expected.clone(), reasons: Vec::new(), rest: String::new() };
        let covered = served.covers(matcher, &wanted);
        Some(Case { text: text.to_owned(), expected, covered, kind: kind.to_owned(), also_ok: Vec::new() })
    });
    own.collect()
}
