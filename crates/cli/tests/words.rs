//! What people read is in the tables, in both languages, and nowhere else.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{nhiemvu, root};

/// Letters that only Vietnamese has.
fn is_vietnamese(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.chars().any(|c| "ăâđêôơư".contains(c) || ('\u{1ea0}'..='\u{1ef9}').contains(&c))
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// Words in Vietnamese that are no message: what is read and not written; and what records hold, which is data and so in
/// Vietnamese whatever the language of messages.
const DATA: [&str; 7] = [
    "crates/cli/src/commands/pipe.rs",
    "crates/cli/src/commands/accept.rs",
    "crates/exporter/src/table/targets.rs",
    "crates/review/src/score/names.rs",
    "crates/review/src/diff/align.rs",
    "crates/exporter/src/convert.rs",
    "crates/exporter/src/words.rs",
];

#[test]
fn no_vietnamese_words_for_people_stand_outside_the_tables() {
    let mut files = Vec::new();
    for crate_name in ["cli", "exporter", "review"] {
        sources(&root().join("crates").join(crate_name).join("src"), &mut files);
    }
    assert!(files.len() > 60);
    for path in files {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in code.lines().enumerate() {
            let words = line.split("//").next().unwrap();
            let found = words.contains('"') && is_vietnamese(words);
            assert!(!found || DATA.contains(&name.as_str()), "{name}:{}: {}", number + 1, line.trim());
        }
    }
}

#[test]
fn every_table_has_both_languages_for_every_key() {
    let tables = ["crates/cli/data/messages.tsv", "crates/exporter/data/labels.tsv", "crates/review/data/words.tsv"];
    for table in tables {
        let text = fs::read_to_string(root().join(table)).unwrap();
        let rows: Vec<Vec<&str>> =
            text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
        assert!(rows.len() > 50, "{table}");
        for row in rows {
            assert!(row.len() == 3 && row.iter().all(|cell| !cell.trim().is_empty()), "{table}: {row:?}");
            // Vietnamese in an English text is what the program reads, between marks
            let english = row[2].replace("accept.question", "");
            assert!(!is_vietnamese(&english) || row[1] == row[2] || english.contains('“'), "{table}: {row:?}");
        }
    }
}

#[test]
fn help_of_every_command_is_in_the_language_asked_for() {
    let commands = [
        "extract",
        "pipe",
        "text",
        "tree",
        "agencies",
        "diff",
        "accept",
        "score",
        "review",
        "due",
        "register",
        "formats",
        "schema",
        "completions",
    ];
    for command in
        commands.iter().map(|one| vec![*one]).chain([vec![], vec!["register", "add"], vec!["agencies", "lookup"]])
    {
        let help = |lang: &str| {
            let output = nhiemvu().args(&command).args(["--help", "--lang", lang]).env("LC_ALL", "C").output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        let (vi, en) = (help("vi"), help("en"));
        assert!(is_vietnamese(&vi) && !is_vietnamese(&en), "{command:?}: {en}");
        assert!(vi.contains("Cách dùng:") && en.contains("Usage:"), "{command:?}");
    }
}
