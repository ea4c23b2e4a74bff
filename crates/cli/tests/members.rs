//! Archives and saved e-mails: each document in them is converted as if it came alone.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Output;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use support::{check_schema, nhiemvu, root};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(name: &str) -> Vec<u8> {
    fs::read(root().join("corpus").join(name)).unwrap()
}

/// An e-mail with a sentence of its own and one attachment.
fn mail() -> Vec<u8> {
    let attached = STANDARD.encode(document("cd-lu-som.md"));
    format!(
        "From: vt@example.org\r\nTo: pkt@example.org\r\nSubject: Giao viec\r\nDate: Mon, 05 May 2031 08:00:00 +0700\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"B\"\r\n\r\n\
         --B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nKính gửi phòng, xem tệp kèm theo.\r\n\
         --B\r\nContent-Type: text/markdown; name=\"cd.md\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"cd.md\"\r\n\r\n{attached}\r\n--B--\r\n"
    )
    .into_bytes()
}

/// A folder with an archive: two documents, one of them in a folder; a picture that is none; an e-mail.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let bytes = archive(&[
        ("van ban/kh.md", &document("kh-cho-noi.md")),
        ("hong.bin", b"\x00\x01\x02\x03\x04"),
        ("thu.eml", &mail()),
    ]);
    fs::create_dir_all(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/goi.zip"), bytes).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    nhiemvu().current_dir(folder).args(args).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn source(record: &Value) -> &Value {
    record.pointer("/document/source").or_else(|| record.get("source")).unwrap()
}

#[test]
fn each_member_is_a_record_of_its_own() {
    let folder = folder();
    let output = run(folder.path(), &["extract", "in/goi.zip"]);
    assert_eq!(output.status.code(), Some(3));
    let records = lines(&output);
    records.iter().for_each(check_schema);
    let members: Vec<&str> = records.iter().map(|record| source(record)["member"].as_str().unwrap()).collect();
    assert_eq!(members, ["van ban/kh.md", "hong.bin", "thu.eml/message.txt", "thu.eml/cd.md"]);
    assert!(records.iter().all(|record| source(record)["path"] == "in/goi.zip"));
    assert_eq!(records[1]["error"]["code"], "unknown-format");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("in/goi.zip/hong.bin"), "{stderr}");

    let alone = support::convert("cd.md", &document("cd-lu-som.md"));
    assert_eq!(records[3]["tasks"], alone["tasks"]);
    assert_eq!(records[3]["document"]["id"], alone["document"]["id"]);
    assert_eq!(records[3]["document"]["source"]["bytes"], document("cd-lu-som.md").len());
}

#[test]
fn an_archive_is_several_documents_wherever_it_goes() {
    let folder = folder();
    assert_eq!(run(folder.path(), &["extract", "in/goi.zip", "--format", "json"]).status.code(), Some(2));
    assert_eq!(run(folder.path(), &["extract", "in", "-o", "out"]).status.code(), Some(3));
    let paths = ["van ban/kh.md.json", "hong.bin.json", "thu.eml/message.txt.json", "thu.eml/cd.md.json"];
    for path in paths.map(|path| folder.path().join("out/goi.zip").join(path)) {
        check_schema(&serde_json::from_slice(&fs::read(&path).unwrap()).unwrap());
    }
    assert_eq!(fs::read_to_string(folder.path().join("out/errors.ndjson")).unwrap().lines().count(), 1);
    // one archive to a path without a slash is a folder as well, as its format is JSON
    run(folder.path(), &["extract", "in/goi.zip", "-o", "one"]);
    assert!(folder.path().join("one/goi.zip/thu.eml/cd.md.json").is_file());

    run(folder.path(), &["extract", "in", "-o", "all.ndjson"]);
    let same = run(folder.path(), &["diff", "all.ndjson", "out"]);
    assert_eq!(same.status.code(), Some(0), "{}", String::from_utf8_lossy(&same.stdout));
}

#[test]
fn results_beside_the_documents_are_not_read_again() {
    let folder = folder();
    for _ in 0..2 {
        assert_eq!(run(folder.path(), &["extract", "in", "-o", "in/out/"]).status.code(), Some(3));
    }
    let found: Vec<_> = fs::read_dir(folder.path().join("in/out")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(found.len(), 3, "errors, results, and what the folder remembers: {found:?}");
}

#[test]
fn pipe_and_stdin_open_containers() {
    let folder = folder();
    let bytes = fs::read(folder.path().join("in/goi.zip")).unwrap();
    let input =
        [json!({"id": 1, "path": "in/goi.zip"}), json!({"id": 2, "name": "x", "base64": STANDARD.encode(&bytes)})];
    let input = input.map(|record| record.to_string()).join("\n");
    let output = nhiemvu().current_dir(folder.path()).arg("pipe").write_stdin(input).output().unwrap();
    let answers = lines(&output);
    answers.iter().for_each(check_schema);
    for answer in &answers {
        assert_eq!(answer["documents"].as_array().unwrap().len(), 3);
        assert_eq!(answer["errors"][0]["source"]["member"], "hong.bin");
    }
    let piped = nhiemvu().args(["extract", "-"]).write_stdin(bytes).output().unwrap();
    assert_eq!((piped.status.code(), lines(&piped).len()), (Some(3), 4));
    let empty = nhiemvu().args(["extract", "-"]).write_stdin(archive(&[("~$a.docx", b"x")])).output().unwrap();
    assert_eq!((empty.status.code(), lines(&empty)[0]["error"]["code"].as_str()), (Some(3), Some("empty")));
}

#[test]
fn text_and_tree_take_the_member_behind_the_path() {
    let folder = folder();
    let whole = run(folder.path(), &["text", "in/goi.zip"]);
    let stderr = String::from_utf8(whole.stderr).unwrap();
    assert_eq!(whole.status.code(), Some(2));
    assert!(stderr.contains("in/goi.zip/van ban/kh.md"), "{stderr}");
    let text = run(folder.path(), &["text", "in/goi.zip/thu.eml/message.txt"]).stdout;
    assert_eq!(String::from_utf8(text).unwrap().trim(), "Kính gửi phòng, xem tệp kèm theo.");
    let tree = run(folder.path(), &["tree", "in/goi.zip/van ban/kh.md"]);
    let alone = nhiemvu().current_dir(root()).args(["tree", "corpus/kh-cho-noi.md"]).output().unwrap();
    assert_eq!((tree.status.code(), tree.stdout), (Some(0), alone.stdout));
    assert_eq!(run(folder.path(), &["text", "in/goi.zip/hong.bin"]).status.code(), Some(3));
    assert_eq!(run(folder.path(), &["text", "in/goi.zip/none"]).status.code(), Some(2));
}

#[test]
fn review_shows_the_documents_of_an_archive() {
    let folder = folder();
    assert_eq!(run(folder.path(), &["review", "in", "-o", "page.html"]).status.code(), Some(3));
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(!page.is_empty());
    run(folder.path(), &["review", "in", "-o", "pages"]);
    let pages = fs::read_to_string(folder.path().join("pages/index.html")).unwrap();
    for name in ["goi.zip/van ban/kh.md", "goi.zip/thu.eml/cd.md"] {
        assert!(pages.contains(name), "{name}");
    }
}
