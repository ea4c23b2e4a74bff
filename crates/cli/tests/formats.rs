//! One document in every form that it may arrive in: the same words, bold, cells and tasks in each.
//!
//! The document of `../shared/formats` stands there in 21 PDF and two Word forms, with what is true of it. Skipped, saying
//! so, where that folder or a program is absent.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use nhiemvu_ingest::{Format, Limits, Readiness, Source, read};
use nhiemvu_model::LineRole;
use nhiemvu_pipeline::{Options, run};
use nhiemvu_review::score;
use serde_json::Value;
use support::root;
use unicode_normalization::UnicodeNormalization;

/// Least token F1 of one file, and of all in the mean.
const WORDS: (f64, f64) = (0.98, 0.995);
/// Least recall and precision of bold words.
const BOLD: f64 = 0.99;
/// Least share of tasks that need no edit.
const NO_EDIT: f64 = 0.93;

/// The folder, and the paths of the document's forms; those that are pictures apart.
fn forms() -> Option<(PathBuf, Vec<PathBuf>, Vec<PathBuf>)> {
    let folder = root().join("../shared/formats");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is absent", folder.display());
        return None;
    }
    let list = |name: &str| fs::read_dir(folder.join(name)).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = list("docx").chain(list("pdf")).collect();
    paths.sort();
    let (scans, texts) = paths.into_iter().partition(|path| name(path).starts_with("scan"));
    Some((folder, texts, scans))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn source(path: &Path) -> Source {
    read(&fs::read(path).unwrap(), Some(&name(path)), &Limits::default()).unwrap()
}

fn json(folder: &Path, truth: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.join("truth").join(truth)).unwrap()).unwrap()
}

/// Whether scans can be read here, in bearable time.
fn reads_scans() -> bool {
    if support::too_slow() {
        return false;
    }
    let image = nhiemvu_ingest::formats().into_iter().find(|support| support.format == Some(Format::Image)).unwrap();
    if image.readiness == Readiness::Missing {
        eprintln!("SKIPPED: install {}", image.package.unwrap_or_default());
    }
    image.readiness != Readiness::Missing
}

fn counted<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_insert(0) += 1);
    counts
}

/// Recall and precision of the words of `got` against those of `want`.
fn shares(got: &str, want: &str) -> (f64, f64) {
    let (got, want) = (counted(got.split_whitespace()), counted(want.split_whitespace()));
    let common: usize = want.iter().map(|(word, count)| *count.min(got.get(word).unwrap_or(&0))).sum();
    let all = |counts: &BTreeMap<&str, usize>| counts.values().sum::<usize>().max(1) as f64;
    (common as f64 / all(&want), common as f64 / all(&got))
}

fn f1(got: &str, want: &str) -> f64 {
    let (recall, precision) = shares(got, want);
    2.0 * recall * precision / (recall + precision)
}

/// The words in bold, a run a line.
fn bold(source: &Source) -> String {
    let runs = source.lines.iter().flat_map(|line| &line.styles).filter(|run| run.bold);
    runs.map(|run| run.span.slice(&source.text)).collect::<Vec<_>>().join("\n")
}

/// The rows of the table of `columns` columns, bold cells between asterisks.
fn table(source: &Source, columns: usize) -> Vec<Vec<String>> {
    let rows = source.lines.iter().filter_map(|line| match &line.role {
        LineRole::Row(row) if row.cells.len() == columns => Some(row.cells.iter()),
        _ => None,
    });
    let cell = |cell: &nhiemvu_model::Cell| {
        let words = cell.span.slice(&source.text);
        if source.emphasised(cell.span) && !words.is_empty() { format!("**{words}**") } else { words.to_owned() }
    };
    rows.map(|cells| cells.map(cell).collect()).collect()
}

/// The share of the truth's tasks that need no edit, with the mistakes.
fn no_edit(path: &Path, truth: &Value) -> (f64, String) {
    let list = run(&fs::read(path).unwrap(), &name(path), &Options::default()).unwrap();
    let scored = score(truth, Some(&serde_json::to_value(list).unwrap()));
    let notes = scored.notes.iter().map(|n| format!("\n    {} {} want {} got {}", n.field, n.at, n.want, n.got));
    let row = scored.tally.row("");
    let share = row.figures().into_iter().find(|(figure, _)| *figure == "NO-EDIT").and_then(|(_, share)| share);
    (share.unwrap(), notes.collect())
}

#[test]
fn formats_agree() {
    let Some((folder, texts, _)) = forms() else { return };
    let text = fs::read_to_string(folder.join("truth/doc.txt")).unwrap();
    let bold_words: Vec<String> = serde_json::from_value(json(&folder, "bold.json")).unwrap();
    let rows: Vec<Vec<String>> = serde_json::from_value(json(&folder, "table.json")).unwrap();
    let tasks = json(&folder, "tasks.json");
    let (mut wrong, mut all) = (Vec::new(), Vec::new());
    eprintln!("{:24}{:>9}{:>9}{:>9}{:>9}", "form", "words", "bold R", "bold P", "NO-EDIT");
    for path in &texts {
        let source = source(path);
        let words = f1(&source.text, &text);
        let (recall, precision) = shares(&bold(&source), &bold_words.join("\n"));
        let (share, mistakes) = no_edit(path, &tasks);
        let name = name(path);
        eprintln!("{name:24}{words:9.4}{recall:9.4}{precision:9.4}{share:9.3}{mistakes}");
        if words < WORDS.0 || recall < BOLD || precision < BOLD || share < NO_EDIT {
            wrong.push(name.clone());
        }
        if table(&source, rows[0].len()) != rows {
            eprintln!("    cells: {:?}", table(&source, rows[0].len()));
            wrong.push(format!("{name}: cells"));
        }
        all.push(words);
    }
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    assert!(texts.len() >= 21 && mean >= WORDS.1, "{mean}");
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// A scan gives the same leads; its deadlines are right, or flagged for somebody to look at.
#[test]
fn scans_give_the_same_leads_and_deadlines_right_or_flagged() {
    let Some((folder, _, scans)) = forms() else { return };
    if !reads_scans() {
        return;
    }
    let tasks = json(&folder, "tasks.json");
    assert!(scans.len() >= 2);
    for path in &scans {
        let wrong = silently_wrong(path, &tasks);
        assert!(wrong.is_empty(), "{}: {wrong:#?}", name(path));
    }
}

/// Tasks of the truth that are missed, that have another lead, or whose deadlines differ without a flag.
fn silently_wrong(path: &Path, truth: &Value) -> Vec<String> {
    let list = run(&fs::read(path).unwrap(), &name(path), &Options::default()).unwrap();
    let flagged = |note: &nhiemvu_review::Note| {
        let task = list.tasks.iter().find(|task| words(&task.text).contains(&words(&note.at)));
        task.is_some_and(|task| task.flags.iter().any(|flag| flag.starts_with("ocr")))
    };
    let texts: Vec<&str> = list.tasks.iter().map(|task| task.text.as_str()).collect();
    let scored = score(&as_read(truth, &texts), Some(&serde_json::to_value(&list).unwrap()));
    let bad = scored.notes.iter().filter(|note| match note.field {
        "missed" | "lead" => true,
        "deadline" | "due" => !flagged(note),
        _ => false,
    });
    bad.map(|note| format!("{} {} want {} got {}", note.field, note.at, note.want, note.got)).collect()
}

/// The truth with its anchors as the scan has them: a tone mark read wrong in the middle of a task is no other task.
fn as_read(truth: &Value, texts: &[&str]) -> Value {
    let mut truth = truth.clone();
    for task in truth["tasks"].as_array_mut().unwrap() {
        let anchor = bare(&words(task["anchor"].as_str().unwrap()));
        let found = texts.iter().find_map(|text| {
            let text: Vec<char> = words(text).chars().collect();
            let at = text.windows(anchor.len()).position(|part| bare(&part.iter().collect::<String>()) == anchor)?;
            Some(text[at..at + anchor.len()].iter().collect::<String>())
        });
        if let Some(found) = found {
            task["anchor"] = found.into();
        }
    }
    truth
}

/// Letters without their marks, one for one.
fn bare(text: &str) -> Vec<char> {
    let letter = |c: char| if c == 'đ' { 'd' } else { c.nfd().next().unwrap_or(c) };
    text.chars().map(letter).collect()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
