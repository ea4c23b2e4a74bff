//! Phrase tables: a text and the bodies that it names.
//!
//! A row is the issuer, the text and the bodies expected, parted by ` | `. A body is its name; before it `~` for a group and
//! `?` for one that the registry does not hold; behind it `@` and its places from the largest to the smallest, parted by `/`,
//! `^` and the office named, `#` and its slug, each checked only where given. In `lists.tsv` a `¦` marks where the list
//! begins and a second one where it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::fmt::Write;

use nhiemvu_model::{Agency, AgencyKind};
use nhiemvu_normalizer::{Context, Mention, Registry};

struct Case<'t> {
    line: usize,
    issuer: &'t str,
    text: &'t str,
    want: Vec<&'t str>,
}

fn cases(tsv: &str) -> Vec<Case<'_>> {
    (1..)
        .zip(tsv.lines())
        .filter(|(_, line)| !line.starts_with('#') && !line.is_empty())
        .map(|(line, row)| {
            let mut cells = row.split('\t');
            let issuer = cells.next().unwrap();
            let text = cells.next().unwrap_or_else(|| panic!("line {line}: no text"));
            let want = cells.next().unwrap_or("").split(" | ").filter(|w| !w.is_empty()).collect();
            Case { line, issuer, text, want }
        })
        .collect()
}

fn context(issuer: &str) -> Context {
    let (issuer, date) = issuer.split_once('@').unwrap_or((issuer, ""));
    Context::new(Registry::builtin(), &issuer.replace("\\n", "\n"), "", "", date.parse().ok())
}

/// What `agency` looks like in the notation of the tables, with the parts that `want` gives.
fn show(agency: &Agency, want: &str) -> String {
    let mut out = match agency.kind {
        AgencyKind::Registered => String::new(),
        AgencyKind::Group => "~".to_owned(),
        AgencyKind::Unregistered => "?".to_owned(),
    };
    out.push_str(&agency.name);
    if want.contains('@') {
        let place = agency.jurisdiction.clone().unwrap_or_default();
        let places: Vec<String> = [place.province, place.district, place.commune].into_iter().flatten().collect();
        write!(out, "@{}", places.join("/")).unwrap();
    }
    if want.contains('^') {
        write!(out, "^{}", agency.holder.as_deref().unwrap_or("")).unwrap();
    }
    if want.contains('#') {
        write!(out, "#{}", agency.id.as_deref().unwrap_or("")).unwrap();
    }
    out
}

fn compare(file: &str, case: &Case<'_>, mentions: &[Mention], failures: &mut Vec<String>) {
    let got: Vec<String> =
        mentions.iter().enumerate().map(|(i, m)| show(&m.agency, case.want.get(i).copied().unwrap_or(""))).collect();
    if got != case.want {
        failures.push(format!(
            "{file}:{} {}\n  want {}\n  got  {}",
            case.line,
            case.text,
            case.want.join(" | "),
            got.join(" | ")
        ));
    }
    for mention in mentions {
        assert!(case.text.replace('¦', "").get(mention.start..mention.end).is_some(), "{}: {mention:?}", case.text);
    }
}

fn report(failures: &[String]) {
    assert!(failures.is_empty(), "{} wrong:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn running_text() {
    let mut failures = Vec::new();
    for (file, tsv) in [
        ("mentions.tsv", include_str!("data/mentions.tsv")),
        ("names.tsv", include_str!("data/names.tsv")),
        ("negatives.tsv", include_str!("data/negatives.tsv")),
    ] {
        for case in cases(tsv) {
            let context = context(case.issuer);
            let text = case.text.replace("\\n", "\n");
            let mentions = Registry::builtin().mentions(&text, &context);
            compare(file, &Case { text: &text, want: case.want.clone(), ..case }, &mentions, &mut failures);
        }
    }
    report(&failures);
}

#[test]
fn lists_behind_a_cue() {
    let mut failures = Vec::new();
    for case in cases(include_str!("data/lists.tsv")) {
        let context = context(case.issuer);
        let text = case.text.replace('¦', "");
        let at = case.text.find('¦').unwrap_or_else(|| panic!("lists.tsv:{}: no mark", case.line));
        let end = case.text.rfind('¦').filter(|end| *end > at).map(|end| end - '¦'.len_utf8());
        let list = Registry::builtin().list_at(&text, at, &context);
        compare("lists.tsv", &case, &list.mentions, &mut failures);
        if let Some(end) = end
            && end != list.end
        {
            failures.push(format!("lists.tsv:{} {}\n  ends before «{}»", case.line, case.text, &text[list.end..]));
        }
    }
    report(&failures);
}

#[test]
fn fields() {
    let mut failures = Vec::new();
    for case in cases(include_str!("data/fields.tsv")) {
        let context = context(case.issuer);
        let text = case.text.replace("\\n", "\n");
        let list = Registry::builtin().field(&text, &context);
        compare("fields.tsv", &Case { text: &text, want: case.want.clone(), ..case }, &list.mentions, &mut failures);
    }
    report(&failures);
}

/// Each mention of the positive tables as it is written, with its row.
fn surfaces() -> Vec<String> {
    let running = [include_str!("data/mentions.tsv"), include_str!("data/names.tsv")];
    let mut out = Vec::new();
    let mut push = |text: &str, mentions: &[Mention]| {
        out.extend(mentions.iter().map(|m| nhiemvu_text::fold_key(&text[m.start..m.end])));
    };
    for case in running.into_iter().flat_map(cases).filter(|case| !case.want.is_empty()) {
        let text = case.text.replace("\\n", "\n");
        push(&text, &Registry::builtin().mentions(&text, &context(case.issuer)));
    }
    for case in cases(include_str!("data/lists.tsv")) {
        let (text, at) = (case.text.replace('¦', ""), case.text.find('¦').unwrap());
        push(&text, &Registry::builtin().list_at(&text, at, &context(case.issuer)).mentions);
    }
    for case in cases(include_str!("data/fields.tsv")) {
        let text = case.text.replace("\\n", "\n");
        push(&text, &Registry::builtin().field(&text, &context(case.issuer)).mentions);
    }
    out
}

#[test]
fn the_tables_are_large_and_negatives_are_among_them() {
    assert!(surfaces().len() >= 400, "{} mentions", surfaces().len());
    let negatives = cases(include_str!("data/negatives.tsv"));
    assert!(negatives.len() >= 100, "{} texts that name nobody, or less than they seem to", negatives.len());
}

#[test]
fn a_third_of_the_mentions_is_not_among_the_collected_ones() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/refdata/agency_mentions_in_corpus.tsv");
    let Ok(collected) = std::fs::read_to_string(path) else {
        println!("skipped: no file {path}");
        return;
    };
    let known: std::collections::BTreeSet<String> =
        collected.lines().skip(1).filter_map(|row| row.split('\t').nth(1)).map(nhiemvu_text::fold_key).collect();
    assert!(known.len() > 200, "{} surfaces collected", known.len());
    let all = surfaces();
    let own = all.iter().filter(|surface| !known.contains(*surface)).count();
    assert!(own * 3 >= all.len(), "{own} of {} mentions are of our own choice", all.len());
    let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
    let own = distinct.iter().filter(|surface| !known.contains(**surface)).count();
    assert!(own * 3 >= distinct.len(), "{own} of {} different ones", distinct.len());
}
