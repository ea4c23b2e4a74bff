//! `nhiemvu pipe`: one record out for each in, in order, whatever comes.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use support::{check_schema, nhiemvu, root};

const NOTICE: &str = "THÔNG BÁO\n\n1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.\n";

fn answers(input: impl Into<Vec<u8>>) -> Vec<Value> {
    let output = nhiemvu().current_dir(root()).arg("pipe").write_stdin(input).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let stdout = String::from_utf8(output.stdout).unwrap();
    stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn paths_bytes_and_text_are_answered_alike() {
    let input = [
        json!({"id": 1, "path": "corpus/cd-lu-som.md"}),
        json!({"id": {"a": [2]}, "name": "tb.txt", "base64": STANDARD.encode(NOTICE)}),
        json!({"id": "ba", "text": NOTICE}),
    ];
    let answers = answers(input.map(|record| record.to_string()).join("\n"));
    answers.iter().for_each(check_schema);
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&json!(1), &json!({"a": [2]}), &json!("ba")]);
    let lists: Vec<&Value> = answers.iter().map(|answer| &answer["documents"][0]).collect();
    assert_eq!(lists[1]["tasks"], lists[2]["tasks"]);
    assert_eq!(lists[1]["document"]["id"], lists[2]["document"]["id"]);
    assert_eq!(lists[1]["document"]["source"]["path"], "tb.txt");
    assert_eq!(lists[1]["tasks"][0]["lead"][0]["name"], "Sở Tài chính");
}

#[test]
fn a_bad_record_is_answered_and_the_next_one_too() {
    let bad: [&[u8]; 8] = [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[]",
        br#"{"id": 5}"#,
        br#"{"id": 6, "path": "no/such/file"}"#,
        br#"{"id": 7, "base64": "***"}"#,
        br#"{"id": 8, "text": 3}"#,
    ];
    let mut input = bad.join(&b"\n"[..]);
    input.extend(b"\n");
    input.extend(json!({"id": "last", "text": NOTICE}).to_string().bytes());
    let answers = answers(input);
    answers.iter().for_each(check_schema);
    assert_eq!(answers.len(), bad.len() + 1);
    for answer in &answers[..bad.len()] {
        assert_eq!((answer["documents"].as_array().unwrap().len(), answer["errors"].as_array().unwrap().len()), (0, 1));
    }
    assert_eq!(answers[5]["errors"][0]["error"]["code"], "not-found");
    assert_eq!((&answers[7]["id"], &answers[4]["id"]), (&json!(8), &json!(5)));
    assert_eq!(answers[8]["documents"].as_array().unwrap().len(), 1);
}

#[test]
fn each_answer_comes_before_the_next_question() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nhiemvu"))
        .arg("pipe")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in 0..3 {
        writeln!(stdin, "{}", json!({"id": id, "text": NOTICE})).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["id"], id);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}
