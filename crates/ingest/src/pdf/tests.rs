//! Whole files against their truth.

use std::collections::BTreeMap;
use std::path::PathBuf;

use nhiemvu_model::{LineRole, Source, Span};

use super::read;
use crate::{IngestError, Limits};

fn shared(below: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(below);
    if !path.exists() {
        eprintln!("skipped: {below} is not at hand");
        return None;
    }
    Some(path)
}

/// The text PDFs at hand, by name, with what is read of them.
fn text_pdfs() -> Vec<(String, Source)> {
    let Some(folder) = shared("formats/pdf") else { return Vec::new() };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(name, _)| !name.starts_with("scan_"))
        .map(|(name, path)| {
            let source = read(&std::fs::read(path).unwrap(), &Limits::default()).unwrap();
            (name, source)
        })
        .collect()
}

fn truth(name: &str) -> String {
    std::fs::read_to_string(shared("formats/truth").unwrap().join(name)).unwrap()
}

/// F1 of two texts as bags of words parted by white space, in per cent.
fn word_f1(one: &str, two: &str) -> f64 {
    let count = |text: &str| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        text.split_whitespace().for_each(|word| *counts.entry(word.to_owned()).or_default() += 1);
        counts
    };
    let (a, b) = (count(one), count(two));
    let common: usize = a.iter().map(|(word, n)| (*n).min(b.get(word).copied().unwrap_or(0))).sum();
    200.0 * common as f64 / (a.values().sum::<usize>() + b.values().sum::<usize>()) as f64
}

/// Body lines whose whole text is a page number, which the truth does not have.
fn without_page_numbers(source: &Source) -> String {
    let lines = source.lines.iter().map(|line| line.text(&source.text));
    lines.filter(|text| text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit())).collect::<Vec<_>>().join("\n")
}

#[test]
fn words_are_those_of_the_document() {
    let files = text_pdfs();
    if files.is_empty() {
        return;
    }
    let truth = truth("doc.txt");
    let scores: Vec<(String, f64)> =
        files.iter().map(|(name, source)| (name.clone(), word_f1(&without_page_numbers(source), &truth))).collect();
    for (name, score) in &scores {
        eprintln!("{name}: word F1 {score:.2}");
        assert!(*score >= 98.0, "{name}: {score:.2}");
    }
    let mean = scores.iter().map(|(_, score)| score).sum::<f64>() / scores.len() as f64;
    assert!(mean >= 99.5, "mean {mean:.2}");
}

/// The words of `span` that are bold, and those that are not.
fn by_weight(source: &Source) -> (Vec<String>, Vec<String>) {
    let (mut bold, mut plain) = (Vec::new(), Vec::new());
    for line in &source.lines {
        let mut at = line.span.start;
        for run in &line.styles {
            plain.extend(words(Span::new(at, run.span.start).slice(&source.text)));
            let side = if run.bold { &mut bold } else { &mut plain };
            side.extend(words(run.span.slice(&source.text)));
            at = run.span.end;
        }
        plain.extend(words(Span::new(at, line.span.end).slice(&source.text)));
    }
    (bold, plain)
}

fn words(text: &str) -> Vec<String> {
    let bare = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    bare.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn bold_is_found_and_nothing_else_is_bold() {
    let files = text_pdfs();
    if files.is_empty() {
        return;
    }
    let phrases: Vec<String> = serde_json::from_str(&truth("bold.json")).unwrap();
    let wanted: Vec<String> = phrases.iter().flat_map(|phrase| words(phrase)).collect();
    for (name, source) in &files {
        let (bold, _) = by_weight(source);
        let score = |of: &[String], among: &[String]| {
            let mut left: BTreeMap<&str, usize> = BTreeMap::new();
            for word in among {
                *left.entry(word).or_default() += 1;
            }
            let hits = of.iter().filter(|word| match left.get_mut(word.as_str()) {
                Some(n) if *n > 0 => {
                    *n -= 1;
                    true
                }
                _ => false,
            });
            100.0 * hits.count() as f64 / of.len() as f64
        };
        let (recall, precision) = (score(&wanted, &bold), score(&bold, &wanted));
        eprintln!("{name}: bold recall {recall:.1} precision {precision:.1}");
        assert!(recall >= 99.0 && precision >= 99.0, "{name}: {recall:.1} {precision:.1}");
    }
}

#[test]
fn every_cell_of_the_table_is_right() {
    let files = text_pdfs();
    if files.is_empty() {
        return;
    }
    let wanted: Vec<Vec<String>> = serde_json::from_str(&truth("table.json")).unwrap();
    for (name, source) in &files {
        let rows: Vec<Vec<String>> = source.lines.iter().filter_map(|line| row_as_marked(source, line)).collect();
        assert_eq!(rows, wanted, "{name}");
    }
}

/// The cells of a row, bold ones between asterisks.
fn row_as_marked(source: &Source, line: &nhiemvu_model::Line) -> Option<Vec<String>> {
    let LineRole::Row(marks) = &line.role else { return None };
    let cell = |span: Span| {
        let text = span.slice(&source.text);
        let bold: usize =
            line.styles.iter().filter(|run| run.bold && span.contains(run.span)).map(|run| run.span.len()).sum();
        if bold * 2 > text.len() { format!("**{text}**") } else { text.to_owned() }
    };
    Some(marks.cells.iter().map(|c| cell(c.span)).collect())
}

#[test]
fn what_cannot_be_read_is_said() {
    assert!(matches!(read(b"%PDF-1.7\nnothing", &Limits::default()), Err(IngestError::Damaged(_))));
}

#[test]
fn a_scan_is_recognised() {
    let Some(scan) = shared("formats/pdf/scan_image.pdf") else { return };
    let bytes = std::fs::read(scan).unwrap();
    let read = read(&bytes, &Limits::default());
    if crate::ocr::Engine::find().is_none() {
        eprintln!("skipped: tesseract with vie is not installed");
        assert!(matches!(read, Err(IngestError::NeedsProgram { .. })));
        return;
    }
    let source = read.unwrap();
    assert!(source.ocr && !source.partial);
    assert_eq!(source.pages, Some(2));
    let score = word_f1(&without_page_numbers(&source), &truth("doc.txt"));
    eprintln!("scan_image: word F1 {score:.2}");
    assert!(score >= 93.0, "{score:.2}");
    let rows: Vec<usize> = source
        .lines
        .iter()
        .filter_map(|line| match &line.role {
            LineRole::Row(marks) => Some(marks.cells.len()),
            _ => None,
        })
        .collect();
    assert_eq!(rows, [5; 6], "the table is found by its rules");
    assert!(source.diagnostics.iter().any(|d| d.code == nhiemvu_model::WarningCode::Ocr && d.span.is_some()));
}
