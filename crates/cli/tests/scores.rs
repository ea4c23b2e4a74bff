//! Quality against gold files, as committed tables: with the same gold, the figures only rise.
//!
//! Each table names the hash of the gold that it was measured against. `UPDATE_FIXTURES=1` writes what was measured, and
//! still refuses to lower a figure that the same gold gave before. `scripts/score` runs this alone and prints the table.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use nhiemvu_pipeline::{Options, run};
use nhiemvu_review::{Row, Tally, score};
use serde_json::Value;
use sha2::{Digest, Sha256};
use support::{root, updating};

/// The figures that may not fall.
const KEPT: [&str; 4] = ["F1", "lead", "due", "NO-EDIT"];

#[test]
fn own_documents() {
    check(&root().join("fixtures/gold"), &root().join("corpus"), &root().join("fixtures/scores.tsv"));
}

#[test]
fn real_documents() {
    let shared = root().join("../shared");
    if !shared.join("gold").is_dir() {
        eprintln!("skipped: ../shared is not there");
        return;
    }
    check(&shared.join("gold"), &shared.join("corpus"), &root().join("scores.tsv"));
}

/// Ten scanned pages; the gold was written by eye from the pictures.
#[test]
fn scanned_documents() {
    let shared = root().join("../shared/corpus");
    if !shared.is_dir() {
        eprintln!("SKIPPED: ../shared is not there");
        return;
    }
    if support::too_slow() {
        return;
    }
    let image = nhiemvu_ingest::formats().into_iter().find(|one| one.format == Some(nhiemvu_ingest::Format::Image));
    if let Some(package) = image.and_then(|image| image.package) {
        eprintln!("SKIPPED: install {package}");
        return;
    }
    check(&root().join("fixtures/gold-scans"), &shared, &root().join("fixtures/scores-scans.tsv"));
}

fn check(gold: &Path, documents: &Path, table: &Path) {
    let hash = hash(gold);
    let rows = measure(gold, documents);
    let now = write(&hash, &rows);
    println!("{now}");
    let before = fs::read_to_string(table).unwrap_or_default();
    let same_gold = before.lines().next() == now.lines().next();
    let anew = "measure anew: UPDATE_FIXTURES=1 scripts/score";
    assert!(same_gold || updating(), "the gold is not that of {}; {anew}", table.display());
    for name in KEPT.into_iter().filter(|_| same_gold) {
        let was = total_of(&before, name);
        // as the table writes it
        let is = total_of(&now, name);
        assert!(is >= was, "{name} falls from {was:.3} to {is:.3} ({})", table.display());
    }
    if updating() && before != now {
        fs::write(table, now).unwrap();
    }
}

/// The gold files, sorted.
fn files(gold: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(gold).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

/// The SHA-256 of all gold files, one after the other.
fn hash(gold: &Path) -> String {
    let mut hash = Sha256::new();
    for file in files(gold) {
        hash.update(fs::read(file).unwrap());
    }
    hash.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A row for each document, and one for all together.
fn measure(gold: &Path, documents: &Path) -> Vec<Row> {
    let mut total = Tally::default();
    let mut rows = Vec::new();
    for file in files(gold) {
        let gold: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let name = gold["file"].as_str().unwrap();
        let bytes = fs::read(documents.join(name)).unwrap();
        let list = run(&bytes, name, &Options::default()).ok();
        let scored = score(&gold, list.map(|list| serde_json::to_value(list).unwrap()).as_ref());
        if std::env::var_os("DETAILS").is_some() {
            for note in &scored.notes {
                println!("{name}\t{}\t{}\twant {}\tgot {}", note.field, note.at, note.want, note.got);
            }
        }
        rows.push(scored.tally.row(file.file_stem().unwrap().to_string_lossy()));
        total.merge(&scored.tally);
    }
    rows.push(total.row("ALL"));
    rows
}

fn write(hash: &str, rows: &[Row]) -> String {
    let mut table = format!("# gold sha256 {hash}\ndocument\ttasks");
    for (name, _) in rows[0].figures() {
        write!(table, "\t{name}").unwrap();
    }
    for row in rows {
        write!(table, "\n{}\t{}", row.document, row.gold).unwrap();
        for (_, figure) in row.figures() {
            let figure = figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.3}"));
            write!(table, "\t{figure}").unwrap();
        }
    }
    table + "\n"
}

/// The figure `name` in the table's last row.
fn total_of(table: &str, name: &str) -> f64 {
    let column = table.lines().nth(1).unwrap().split('\t').position(|head| head == name).unwrap();
    table.lines().last().unwrap().split('\t').nth(column).unwrap().parse().unwrap()
}
