//! One document in the older formats of word processors. What needs `LibreOffice` is skipped, saying so, where it is
//! not installed.

// helpers of tests may fail as tests do
#![allow(clippy::expect_used, missing_docs)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use nhiemvu_ingest::{Format, Limits, Readiness, Source, formats, read};
use nhiemvu_model::LineRole;

fn has_office() -> bool {
    let rtf = formats().into_iter().find(|support| support.format == Some(Format::Rtf)).expect("a known format");
    rtf.readiness == Readiness::Full
}

/// Each line with how it is set, its role's name and its cells' places.
fn lines(source: &Source) -> Vec<String> {
    let lines = source.lines.iter().filter(|line| line.role != LineRole::Furniture).map(|line| {
        let runs: Vec<_> = line.styles.iter().map(|r| (r.span.slice(&source.text), r.bold, r.italic)).collect();
        let cells = match &line.role {
            LineRole::Row(row) => row.cells.iter().map(|cell| (cell.column, cell.columns, cell.merged_up)).collect(),
            _ => Vec::new(),
        };
        format!("{} {runs:?} {cells:?}", line.text(&source.text))
    });
    lines.collect()
}

fn own(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    read(&std::fs::read(path).expect("readable"), None, &Limits::default()).expect("a document")
}

#[test]
fn the_formats_agree() {
    let odt = own("ke_hoach.odt");
    assert!(odt.text.contains("\na) Lập bản vẽ\nb) Cắm mốc\n"), "{}", odt.text);
    assert!(odt.text.contains("báo cáo trước ngày 15/5/2031"));
    assert_eq!(odt.format, Format::Odt);
    let doc = own("ke_hoach.doc");
    assert_eq!((doc.format, lines(&doc)), (Format::Doc, lines(&odt)));
    if !has_office() {
        println!("SKIPPED for RTF: install libreoffice-writer");
        return;
    }
    let rtf = own("ke_hoach.rtf");
    // the program lays the table out on a finer grid of its own
    let set = |source: &Source| -> Vec<String> {
        let of = |line: &String| line.rsplit_once(" [").map(|(set, _)| set.to_owned());
        lines(source).iter().filter_map(of).collect()
    };
    assert_eq!((rtf.format, set(&rtf)), (Format::Rtf, set(&odt)));
}

#[test]
fn rtf_without_a_program_is_an_error_that_says_what_to_install() {
    if has_office() {
        println!("SKIPPED: LibreOffice is installed");
        return;
    }
    let error = read(b"{\\rtf1 Xin chao}", None, &Limits::default()).expect_err("no reader");
    assert_eq!(error.code(), "needs-program");
    assert!(error.hint().is_some_and(|hint| hint.contains("libreoffice-writer")));
}

fn shared(name: &str) -> Option<(PathBuf, Vec<u8>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if let Ok(bytes) = std::fs::read(&path) {
        return Some((path, bytes));
    }
    println!("SKIPPED: {} is absent", path.display());
    None
}

fn words(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    text.split_whitespace().for_each(|word| *counts.entry(word).or_insert(0) += 1);
    counts
}

#[test]
fn every_word_of_the_word_97_file_is_there() {
    let Some((_, bytes)) = shared("formats/docx/lo_src.doc") else { return };
    let Some((_, truth)) = shared("formats/truth/doc.txt") else { return };
    let source = read(&bytes, None, &Limits::default()).expect("a document");
    let truth = String::from_utf8(truth).expect("UTF-8");
    let (got, want) = (words(&source.text), words(&truth));
    let common: usize = want.iter().map(|(word, count)| *count.min(got.get(word).unwrap_or(&0))).sum();
    let f1 = 2.0 * common as f64 / (got.values().sum::<usize>() + want.values().sum::<usize>()) as f64;
    println!("token F1 {f1:.4}");
    assert!(f1 >= 0.995);
}
