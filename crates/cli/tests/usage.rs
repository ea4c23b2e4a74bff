//! Exit codes, stdout and stderr.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use serde_json::Value;
use support::{check_schema, nhiemvu, root};

fn run(args: &[&str]) -> (i32, String, String) {
    let output = nhiemvu().current_dir(root()).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn without_arguments_it_shows_an_example() {
    let (code, stdout, stderr) = run(&[]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.contains("nhiemvu extract ke-hoach.pdf") && stdout.contains("--help"));
}

#[test]
fn the_version_names_schema_and_registry() {
    let (code, stdout, _) = run(&["--version"]);
    assert_eq!(code, 0);
    let expected = format!("nhiemvu {} (schema 1.0, registry 20", env!("CARGO_PKG_VERSION"));
    assert!(stdout.starts_with(&expected), "{stdout}");
}

#[test]
fn help_is_vietnamese_and_english_on_demand() {
    assert!(run(&["extract", "--help"]).1.contains("Văn bản và thư mục"));
    assert!(run(&["extract", "--help", "--lang", "en"]).1.contains("Documents and folders"));
}

#[test]
fn wrong_usage_is_two_and_says_what_to_do() {
    for (args, said) in [
        (&["extract"][..], "<PATH>"),
        (&["extract", "corpus", "--formt", "json"], "'--format'"),
        (&["extrakt"], "extrakt"),
        (&["extract", "corpus/cd-lu-som.md", "--date", "15/5/2026"], "15/5/2026"),
        (&["extract", "corpus", "--format", "json"], "--format ndjson"),
        (&["extract", "no-such-file.md"], "no-such-file.md"),
        (&["text", "no-such-file.md"], "no-such-file.md"),
        (&["extract", "corpus/cd-lu-som.md", "--registry", "no-such.tsv"], "no-such.tsv"),
    ] {
        let (code, stdout, stderr) = run(args);
        assert_eq!((code, stdout.as_str()), (2, ""), "{args:?}");
        assert!(stderr.starts_with("lỗi: ") && stderr.contains(said) && stderr.contains('→'), "{args:?}: {stderr}");
    }
    let (code, _, stderr) = run(&["extract", "no-such-file.md", "--lang", "en"]);
    assert_eq!(code, 2);
    assert!(stderr.starts_with("error: not found: no-such-file.md"), "{stderr}");
}

#[test]
fn one_document_is_one_json_record_on_stdout() {
    let (code, stdout, stderr) = run(&["extract", "corpus/cd-lu-som.md"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(stdout.lines().count(), 1);
    let record: Value = serde_json::from_str(&stdout).unwrap();
    check_schema(&record);
    assert_eq!(record["document"]["source"]["path"], "corpus/cd-lu-som.md");
    assert!(record["document"].get("text").is_none());
    let (_, pretty, _) = run(&["extract", "corpus/cd-lu-som.md", "--pretty", "--with-text"]);
    assert!(pretty.lines().count() > 50);
    let with_text: Value = serde_json::from_str(&pretty).unwrap();
    let (_, text, _) = run(&["text", "corpus/cd-lu-som.md"]);
    assert_eq!(with_text["document"]["text"], text);
}

#[test]
fn stdin_is_a_document() {
    let bytes = fs::read(root().join("corpus/cd-lu-som.md")).unwrap();
    let output = nhiemvu().args(["extract", "-"]).write_stdin(bytes).output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &record["document"]["source"]["path"]), (Some(0), &Value::from("-")));
}

#[test]
fn failed_inputs_are_three_and_the_rest_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let good = root().join("corpus/cd-lu-som.md");
    fs::copy(good, folder.path().join("b.md")).unwrap();
    fs::write(folder.path().join("a.md"), "").unwrap();
    fs::write(folder.path().join("c.bin"), [0, 1, 2, 0, 255, 254, 0]).unwrap();
    let output = nhiemvu().arg("extract").arg(folder.path()).arg(folder.path().join("gone.md")).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let records: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    records.iter().for_each(check_schema);
    let codes: Vec<&str> = records.iter().map(|r| r["error"]["code"].as_str().unwrap_or("-")).collect();
    assert_eq!(codes, ["empty", "-", "unknown-format", "not-found"]);
    assert_eq!(records[0]["source"]["path"], "a.md");
    assert!(records[0]["source"]["sha256"].is_string());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("a.md: ") && stderr.contains("(empty)") && stderr.contains("  → "), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_does_not_hold_up_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("mkfifo").arg(folder.path().join("a")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no mkfifo");
        return;
    }
    fs::copy(root().join("corpus/cd-lu-som.md"), folder.path().join("b.md")).unwrap();
    let output = nhiemvu().arg("extract").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(stdout.lines().next().unwrap().contains(r#""code":"not-a-file""#));
    assert_eq!(stdout.lines().count(), 2);
}

#[test]
fn a_reader_that_has_had_enough_is_no_fault() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nhiemvu"))
        .args(["agencies", "list"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn limits_are_kept_and_named_in_the_record() {
    let (code, stdout, _) = run(&["extract", "corpus/cd-lu-som.md", "--max-bytes", "100", "--province", "Cà Mau"]);
    let record: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, &record["error"]["code"]), (3, &Value::from("size-limit")));
    assert_eq!(record["generator"]["options"], serde_json::json!({"max-bytes": "100", "province": "Cà Mau"}));
}

#[test]
fn selections_keep_the_tasks_that_were_asked_for() {
    let count = |extra: &[&str]| {
        let (code, stdout, _) = run(&[&["extract", "corpus/tb-ben-thuyen.md"], extra].concat());
        assert_eq!(code, 0);
        serde_json::from_str::<Value>(&stdout).unwrap()["tasks"].as_array().unwrap().len()
    };
    let all = count(&[]);
    let led = count(&["--lead", "sở xây dựng"]);
    assert!(led >= 3 && led < all, "{led} of {all}");
    assert_eq!(count(&["--lead", "Sở XD"]), led);
    let early = count(&["--due-before", "2026-04-10"]);
    assert!(early >= 1 && early < all, "{early} of {all}");
    assert_eq!(count(&["--due-before", "2020-01-01"]), 0);
}

#[test]
fn the_small_commands_answer() {
    let (code, schema, _) = run(&["schema"]);
    assert_eq!((code, schema.as_str()), (0, nhiemvu_exporter::SCHEMA));
    let formats = run(&["formats", "--lang", "en"]).1;
    for support in nhiemvu_ingest::formats() {
        let first = format!(".{}", support.extensions[0]);
        let line = formats.lines().find(|line| line.split_whitespace().any(|word| word == first)).unwrap();
        let install = support.package.unwrap_or_default();
        assert!(line.contains(install) && !line.contains("formats."), "{line}");
        assert_eq!(line.contains(" install "), support.package.is_some(), "{line}");
    }
    assert!(run(&["completions", "bash"]).1.contains("nhiemvu"));
    let (code, found, _) = run(&["agencies", "lookup", "Sở", "KH&CN"]);
    assert_eq!(code, 0);
    assert!(
        found.lines().nth(1).unwrap().starts_with("so-khoa-hoc-va-cong-nghe\tSở Khoa học và Công nghệ\t"),
        "{found}"
    );
    let (code, _, stderr) = run(&["agencies", "lookup", "Sở Mặt Trăng"]);
    assert!(code == 3 && stderr.contains("Sở Mặt Trăng"), "{code} {stderr}");
}

#[test]
fn the_registry_that_is_printed_can_be_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.tsv");
    fs::write(&file, run(&["agencies", "list"]).1).unwrap();
    let output = nhiemvu().args(["agencies", "lookup", "Bộ Tài chính", "--registry"]).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_tree_is_an_outline_and_json() {
    let (code, outline, _) = run(&["tree", "corpus/tb-ben-thuyen.md", "--why"]);
    assert_eq!(code, 0);
    assert!(
        outline.contains("  item: - Chủ trì, phối hợp với Công an tỉnh") && outline.contains("    lead: "),
        "{outline}"
    );
    let (_, json, _) = run(&["tree", "corpus/qd-cay-xanh.md", "--format", "json"]);
    let tree: Value = serde_json::from_str(&json).unwrap();
    let nodes = tree["nodes"].as_array().unwrap();
    assert!(nodes.iter().any(|node| node["table"]["rows"].as_array().is_some_and(|rows| rows.len() >= 8)));
    assert!(nodes.iter().any(|node| node["styles"].as_array().is_some_and(|styles| !styles.is_empty())));
    for (number, node) in nodes.iter().enumerate().skip(1) {
        assert!(node["parent"].as_u64().unwrap() < number as u64);
    }
}
