//! What documents and file names say commands no terminal, and passes for no message of the program.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;
use std::path::Path;

use serde_json::json;
use support::nhiemvu;

/// Colours, the window's title, a line end, a carriage return, a C1 introducer, and a turn of the writing.
const EVIL: &str = "\u{1b}[31m\u{1b}]0;x\u{7}\nlỗi: giả\r\u{9b}2J\u{202e}";

/// What a command writes to stdout and stderr, in both languages and with a closing table.
fn said(folder: &Path, arguments: &[&str]) -> Vec<(String, String)> {
    let one = |lang: &str| {
        let output = nhiemvu().current_dir(folder).args(arguments).args(["--lang", lang]).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    ["vi", "en"].map(one).into()
}

fn check(text: &str) {
    let bad = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    assert!(!text.contains(bad), "{text:?}");
    assert!(text.lines().all(|line| !line.starts_with("lỗi: giả")), "{text}");
}

#[cfg(unix)]
#[test]
fn names_of_files_say_nothing_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("a{EVIL}.pdf");
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in").join(&name), "%PDF-1.7").unwrap();
    fs::write(folder.path().join("in/tot.txt"), "1. Sở Y tế lập dự toán.\n").unwrap();
    let file = format!("in/{name}");
    for arguments in [
        &["extract", "in", "-o", "ra/"][..],
        &["extract", "in", "-o", "ra/"],
        &["extract", "in", "--format", "csv", "-o", "viec.csv"],
        &["text", &file],
        &["tree", &file],
        &["due", "in"],
        &["review", "in", "-o", "trang/"],
        &["register", "add", "in", "--to", "so.ndjson"],
        &["extract", &file, "-o", &file],
        &["diff", &file, &file],
        &["extract", &format!("khong-co{EVIL}")],
    ] {
        for (_, stderr) in said(folder.path(), arguments) {
            assert!(!stderr.is_empty(), "{arguments:?}");
            check(&stderr);
        }
    }
}

#[test]
fn results_of_others_say_nothing_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let record = |title: &str| {
        json!({"schema_version": "1.0", "document": {"source": {"path": format!("a{EVIL}.txt")}, "number": {"raw": format!("5/KH{EVIL}")},
               "date": "2031-01-01"},
               "tasks": [{"id": "1", "ordinal": format!("1{EVIL}"), "title": title, "text": title, "lead": [{"name": format!("Sở{EVIL}")}],
               "deadlines": [{"raw": EVIL, "kind": "by", "due": "2031-05-20", "time": format!("08:00{EVIL}")}]}]})
        .to_string()
    };
    fs::write(folder.path().join("a.json"), record(&format!("lập{EVIL}"))).unwrap();
    fs::write(folder.path().join("b.json"), record(&format!("soạn{EVIL}"))).unwrap();
    for arguments in
        [&["due", "a.json"][..], &["diff", "a.json", "b.json"], &["diff", "a.json", "b.json", "--format", "md"]]
    {
        for (stdout, stderr) in said(folder.path(), arguments) {
            assert!(!stdout.is_empty(), "{arguments:?}");
            check(&stdout);
            check(&stderr);
        }
    }
}

#[test]
fn words_of_documents_reach_the_terminal_without_commands() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), format!("KẾ HOẠCH\n1. Sở Y tế lập dự toán{EVIL} trước ngày 20/5/2031.\n"))
        .unwrap();
    for arguments in [&["text", "a.txt"][..], &["tree", "a.txt", "--why"], &["due", "a.txt"]] {
        for (stdout, _) in said(folder.path(), arguments) {
            assert!(!stdout.contains(|c: char| c != '\n' && c != '\t' && c.is_control()), "{arguments:?}: {stdout:?}");
        }
    }
}
