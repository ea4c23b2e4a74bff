//! Wordings of time limits and what they resolve to, from tables.

// helpers of tests, outside of the functions that the lints know as tests
#![allow(clippy::panic, clippy::disallowed_methods)]

use chrono::NaiveDate;
use nhiemvu_extractor::deadline::{Reference, Resolved, resolve};
use nhiemvu_model::{DeadlineKind, PartialDate};
use nhiemvu_parser::temporal::{Setting, find};

const DEADLINES: &str = include_str!("../../parser/tests/data/deadlines.tsv");
const NEGATIVES: &str = include_str!("../../parser/tests/data/not_deadlines.tsv");

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect())
}

fn setting(code: &str) -> Setting {
    match code {
        "s" => Setting::Sentence,
        "f" => Setting::Field,
        "h" => Setting::Heading,
        "p" => Setting::Phrase,
        other => panic!("no setting {other}"),
    }
}

fn reference(date: &str) -> Reference {
    let part = |i| date.split('-').nth(i).and_then(|p| p.parse().ok());
    let date = date.split('-').next().and_then(|year| year.parse().ok());
    Reference { date: date.map(|year| PartialDate { year, month: part(1), day: part(2) }) }
}

fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "null".to_owned(), |d| d.to_string())
}

/// A limit in the notation of the table.
fn notation(limit: &Resolved) -> String {
    let mut parts = vec![match &limit.kind {
        DeadlineKind::By { end, inclusive } => format!("by {} {}", day(*end), if *inclusive { "to" } else { "before" }),
        DeadlineKind::Within { start, end } => format!("within {}..{}", day(*start), day(*end)),
        DeadlineKind::Recurring(rule) => rule.rrule(),
        DeadlineKind::Relative { count, unit, working_days, anchor } => {
            let mut parts = vec![unit.duration(*count)];
            parts.extend(working_days.then(|| "working".to_owned()));
            parts.extend(anchor.as_str().map(str::to_owned));
            parts.extend(limit.due.map(|due| format!("due {due}")));
            parts.join(" ")
        }
        DeadlineKind::Ongoing => "ongoing".to_owned(),
        DeadlineKind::Immediate => "immediate".to_owned(),
    }];
    parts.extend(limit.time.map(|t| t.to_string()));
    parts.extend(limit.flags.iter().map(|f| format!("!{}", f.as_str())));
    parts.join(" ")
}

fn read(text: &str, setting: Setting, reference: &Reference) -> String {
    let found = find(text, setting);
    let limits: Vec<String> = found.iter().filter_map(|f| resolve(f, reference)).map(|r| notation(&r)).collect();
    limits.join(" | ")
}

/// Compares every row and reports all that differ.
fn check(table: &str, least: usize) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows(table) {
        let [code, date, text] = row[..3] else { panic!("a row of three cells and more: {row:?}") };
        let expected = row.get(3).copied().unwrap_or("");
        let got = read(text, setting(code), &reference(date));
        count += 1;
        if got != expected {
            wrong.push(format!("{code} {date} {text}\n   expected {expected}\n   got      {got}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= least, "only {count} rows");
}

#[test]
fn every_wording_of_the_table_resolves() {
    check(DEADLINES, 300);
}

#[test]
fn what_only_looks_like_a_limit_gives_none() {
    check(NEGATIVES, 100);
}

/// The thirty-three phrases of the comparison with other tools. They stand there without their sentence, so that they are
/// read as phrases; `none` expects nothing, and several rules are parted by ` | `.
#[test]
fn the_shared_phrases_are_all_right() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/phrases33.tsv");
    let Ok(table) = std::fs::read_to_string(path) else {
        println!("skipped: the shared phrases are not here");
        return;
    };
    let mut wrong = Vec::new();
    for row in table.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>()) {
        let [phrase, date, kind, start, end, inclusive, rrule, _] = row[..] else { panic!("eight cells: {row:?}") };
        let expected = match kind {
            "by" => format!("by {end} {}", if inclusive == "true" { "to" } else { "before" }),
            "within" => format!("within {start}..{end}"),
            "recurring" => rrule.to_owned(),
            "none" => String::new(),
            other => other.to_owned(),
        };
        let reference = reference(date);
        let found = find(phrase, Setting::Phrase);
        let limits = found.iter().filter_map(|f| resolve(f, &reference));
        let got: Vec<String> = limits.map(|r| notation(&Resolved { flags: Vec::new(), ..r })).collect();
        if got.join(" | ") != expected {
            wrong.push(format!("{phrase}: expected {expected}, got {}", got.join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
