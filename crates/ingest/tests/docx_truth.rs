//! A Word document against what is known to stand in it. Skipped where the shared folder is absent.

// helpers of tests may fail as tests do
#![allow(clippy::expect_used, missing_docs)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use nhiemvu_ingest::{Limits, Source, read};
use nhiemvu_model::LineRole;

fn formats() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/formats");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is absent", folder.display());
    None
}

fn document(folder: &Path) -> Source {
    let bytes = std::fs::read(folder.join("docx/lo_src.docx")).expect("readable");
    read(&bytes, None, &Limits::default()).expect("a document")
}

fn words(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    text.split_whitespace().for_each(|word| *counts.entry(word).or_insert(0) += 1);
    counts
}

#[test]
fn every_word_is_there() {
    let Some(folder) = formats() else { return };
    let source = document(&folder);
    let truth = std::fs::read_to_string(folder.join("truth/doc.txt")).expect("readable");
    let (got, want) = (words(&source.text), words(&truth));
    let common: usize = want.iter().map(|(word, count)| *count.min(got.get(word).unwrap_or(&0))).sum();
    let total: usize = got.values().sum::<usize>() + want.values().sum::<usize>();
    let f1 = 2.0 * common as f64 / total as f64;
    println!("token F1 {f1:.4}");
    let odd: Vec<_> = got.iter().filter(|(word, count)| want.get(*word) != Some(count)).collect();
    assert!(f1 >= 0.995, "{f1}: {odd:?}");
}

#[test]
fn all_that_is_bold_is_found() {
    let Some(folder) = formats() else { return };
    let source = document(&folder);
    let truth = std::fs::read_to_string(folder.join("truth/bold.json")).expect("readable");
    let truth: Vec<String> = serde_json::from_str(&truth).expect("a list");
    let runs = source.lines.iter().flat_map(|line| &line.styles).filter(|run| run.bold);
    let mut bold: Vec<&str> = runs.map(|run| run.span.slice(&source.text)).collect();
    for want in &truth {
        let at = bold.iter().position(|got| got == want);
        assert!(at.is_some(), "not bold: {want}");
        bold.remove(at.unwrap_or_default());
    }
    assert!(bold.is_empty(), "bold beyond the truth: {bold:?}");
}

#[test]
fn every_cell_is_right() {
    let Some(folder) = formats() else { return };
    let source = document(&folder);
    let truth = std::fs::read_to_string(folder.join("truth/table.json")).expect("readable");
    let truth: Vec<Vec<String>> = serde_json::from_str(&truth).expect("rows");
    let tables: Vec<(u32, Vec<String>)> = source
        .lines
        .iter()
        .filter_map(|line| match &line.role {
            LineRole::Row(row) => {
                let cells = row.cells.iter().map(|cell| {
                    let is_bold = source.emphasised(cell.span) && !cell.span.is_empty();
                    let words = cell.span.slice(&source.text);
                    if is_bold { format!("**{words}**") } else { words.to_owned() }
                });
                Some((row.table, cells.collect()))
            }
            _ => None,
        })
        .collect();
    let wide = tables.iter().find(|(_, cells)| cells.len() == truth[0].len()).map(|(table, _)| *table);
    let got: Vec<&Vec<String>> = tables.iter().filter(|(table, _)| Some(*table) == wide).map(|(_, row)| row).collect();
    assert_eq!(got, truth.iter().collect::<Vec<_>>());
}
