//! Figures on real documents that are not part of the project; without them the test says so and passes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use nhiemvu_model::AgencyKind;
use nhiemvu_normalizer::{Context, Mention, Registry};

fn shared() -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: no folder {}", path.display());
    None
}

/// The document with its wrapped lines joined: a line that starts with a small letter goes on from the one before.
fn joined(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let goes_on = line.starts_with(|c: char| c.is_lowercase());
        if !out.is_empty() {
            out.push(if goes_on { ' ' } else { '\n' });
        }
        out.push_str(line);
    }
    out
}

fn folded(text: &str) -> String {
    nhiemvu_text::fold_key(text)
}

/// How often `part` stands in `text` as whole words.
fn count(text: &str, part: &str) -> usize {
    places(text, part).count()
}

/// Where `part` stands in `text` as whole words, in bytes.
fn places<'t>(text: &'t str, part: &'t str) -> impl Iterator<Item = usize> + 't {
    let word = |c: char| c.is_alphanumeric();
    text.match_indices(part).map(|(at, _)| at).filter(move |at| {
        !text[..*at].chars().next_back().is_some_and(word) && !text[at + part.len()..].chars().next().is_some_and(word)
    })
}

/// Whether all words of `start..end` but those that join lie in mentions.
fn covered(text: &str, start: usize, end: usize, mentions: &[Mention]) -> bool {
    let mut at = start;
    text[start..end].split_inclusive(' ').all(|piece| {
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let place = at + piece.find(word).unwrap_or(0);
        at += piece.len();
        word.is_empty() || word == "và" || word == "các" || mentions.iter().any(|m| m.start <= place && place < m.end)
    })
}

/// Offices of persons in signatures and copies, which name no body.
fn is_bare_office(surface: &str) -> bool {
    let key = folded(surface);
    ["văn phòng", "vp", "cvp", "pct lâm", "người đứng đầu"].iter().any(|w| key.contains(w))
        && (surface.to_uppercase() == *surface
            || ["Lãnh đạo VP", "PCT", "CVP", "LĐ, CV", "Người"].iter().any(|w| surface.starts_with(w)))
}

/// The places in document numbers (`05/TB-VPCP`): what is in them is read as the number's symbol.
fn without_numbers(text: &str) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|word| if word.contains('/') && word.contains('-') { "\u{0} " } else { word })
        .collect()
}

#[test]
fn listed_mentions_are_found_and_little_else() {
    let Some(shared) = shared() else { return };
    let table = std::fs::read_to_string(shared.join("refdata/agency_mentions_in_corpus.tsv")).unwrap();
    let mut listed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        listed.entry(cells[0]).or_default().push(cells[1]);
    }
    let registry = Registry::builtin();
    let (mut wanted, mut found, mut given, mut right) = (0, 0, 0, 0);
    let mut missed = Vec::new();
    let mut extra = Vec::new();
    for (document, surfaces) in listed {
        let path =
            ["md", "txt"].iter().map(|e| shared.join(format!("corpus/{document}.{e}"))).find(|p| p.is_file()).unwrap();
        let text = without_numbers(&joined(&std::fs::read_to_string(path).unwrap().replace("**", "").replace('*', "")));
        let issuer = if document.starts_with("thai") { "UBND TỈNH THÁI NGUYÊN" } else { "UBND TỈNH GIA LAI" };
        let context = Context::new(registry, issuer, "", "", None);
        let mentions: Vec<Mention> = registry.mentions(&text, &context).into_iter().filter(|m| !m.weak).collect();
        let words: Vec<String> = mentions.iter().map(|m| folded(&text[m.start..m.end])).collect();
        let whole = nhiemvu_text::fold(&text);
        for surface in surfaces.iter().filter(|s| !is_bare_office(s)) {
            let key = folded(surface);
            // in small letters it is mostly another expression (`trung tâm dữ liệu`)
            let first = surface.chars().next();
            let found_at: Vec<usize> =
                places(whole.text(), &key).filter(|at| text[whole.source(*at)..].chars().next() == first).collect();
            let stands = found_at.len();
            let hits = found_at
                .iter()
                .filter(|at| covered(&text, whole.source(**at), whole.source(**at + key.len()), &mentions))
                .count();
            wanted += stands;
            found += hits.min(stands);
            if hits < stands {
                missed.push(format!("{document}: {surface} {hits} of {stands}"));
            }
        }
        // a group is a body of its own kind, which the list gives only here and there
        let keys: Vec<String> = surfaces.iter().map(|s| folded(s)).collect();
        for (word, mention) in words.iter().zip(&mentions) {
            given += 1;
            let group = mention.agency.kind == AgencyKind::Group;
            if group || keys.iter().any(|key| count(word, key) > 0 || count(key, word) > 0) {
                right += 1;
            } else {
                extra.push(format!("{document}: {word}"));
            }
        }
    }
    let (recall, precision) = (f64::from(found as u32) / f64::from(wanted as u32), f64::from(right) / f64::from(given));
    println!("recall {recall:.4} ({found} of {wanted})\n{}", missed.join("\n"));
    println!("listed {precision:.4} ({right} of {given})\n{}", extra.join("\n"));
    assert!(recall >= 0.98, "recall {recall:.4}");
    assert!(precision >= 0.97, "precision {precision:.4}");
}
