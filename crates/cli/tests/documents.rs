//! Every document of `corpus/`: its result follows the schema, its spans are exact, and it is the one in `fixtures/`.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::collections::BTreeSet;
use std::fs;

use nhiemvu_exporter::{Layout, to_json};
use nhiemvu_pipeline::{Options, run};
use serde_json::{Map, Value};
use support::{check_schema, convert, corpus, nhiemvu, root, updating};
use unicode_normalization::UnicodeNormalization;

#[test]
fn results_follow_the_schema() {
    for (name, bytes) in corpus() {
        let record = convert(&name, &bytes);
        check_schema(&record);
        let ids: BTreeSet<&str> =
            record["tasks"].as_array().unwrap().iter().map(|t| t["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), record["tasks"].as_array().unwrap().len(), "{name}: ids are unique");
        for task in record["tasks"].as_array().unwrap() {
            assert!(task["title"].as_str().unwrap().chars().count() <= 200, "{name}: {}", task["title"]);
        }
    }
}

#[test]
fn spans_name_the_words_they_were_read_from() {
    for (name, bytes) in corpus() {
        let record = convert(&name, &bytes);
        let text: Vec<char> = record["document"]["text"].as_str().unwrap().chars().collect();
        let lines: Vec<usize> = text
            .iter()
            .scan(1, |line, c| {
                let now = *line;
                *line += usize::from(*c == '\n');
                Some(now)
            })
            .collect();
        let mut seen = 0;
        objects(&record, &mut |object| {
            let Some(span) = object.get("span").and_then(Value::as_object) else { return };
            let number = |key: &str| span[key].as_u64().unwrap() as usize;
            let (start, end) = (number("start"), number("end"));
            assert!(start <= end && end <= text.len(), "{name}: {span:?}");
            assert_eq!(lines.get(start).copied().unwrap_or(number("line")), number("line"), "{name}: {span:?}");
            if let Some(raw) = object.get("raw").and_then(Value::as_str) {
                assert_eq!(text[start..end].iter().collect::<String>(), raw, "{name}");
                seen += 1;
            }
        });
        assert!(seen > 5, "{name}: {seen}");
    }
}

/// Calls `see` with every object in `value`.
fn objects(value: &Value, see: &mut dyn FnMut(&Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            see(object);
            object.values().for_each(|value| objects(value, see));
        }
        Value::Array(values) => values.iter().for_each(|value| objects(value, see)),
        _ => {}
    }
}

#[test]
fn neither_normal_form_nor_line_ends_nor_a_mark_change_a_result() {
    for (name, bytes) in corpus() {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let expected = without_source(convert(&name, &bytes));
        let decomposed: String = text.nfd().collect();
        for (form, bytes) in [
            ("NFC", text.nfc().collect::<String>().into_bytes()),
            ("NFD", decomposed.clone().into_bytes()),
            ("CRLF", text.replace('\n', "\r\n").into_bytes()),
            ("CR", text.replace('\n', "\r").into_bytes()),
            ("mark", format!("\u{feff}{text}").into_bytes()),
            ("NFD, CRLF, mark", format!("\u{feff}{}", decomposed.replace('\n', "\r\n")).into_bytes()),
            ("UTF-16", std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
        ] {
            assert_eq!(without_source(convert(&name, &bytes)), expected, "{name} in {form}");
        }
    }
}

/// The record without what names its bytes.
fn without_source(mut record: Value) -> Value {
    record["document"]["id"].take();
    record["document"]["source"].take();
    record
}

#[test]
fn wrapping_changes_no_task() {
    for (name, bytes) in corpus().into_iter().filter(|(name, _)| name.rsplit('.').next() == Some("md")) {
        let text = String::from_utf8(bytes).unwrap();
        let expected = tasks(&convert(&name, text.as_bytes()));
        for width in [60, 90] {
            assert_eq!(tasks(&convert(&name, wrapped(&text, width).as_bytes())), expected, "{name} at {width} columns");
        }
    }
}

/// `text` with its long lines broken at `width` columns, tables aside; no line begins with what would be a marker.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut column = 0;
        let whole = line.starts_with('|') || line.starts_with('#');
        for (at, word) in line.split(' ').enumerate() {
            let length = word.chars().count();
            let starts_item =
                word.ends_with(['.', ')', ':']) || ["-", "+", "*", "–"].contains(&word) || word.starts_with('#');
            if at > 0 && !whole && column + length >= width && !starts_item {
                out.push('\n');
                column = 0;
            } else if at > 0 {
                out.push(' ');
            }
            out.push_str(word);
            column += length + 1;
        }
        out.push('\n');
    }
    out
}

/// What must be the same in every format and wrapping of a document.
fn tasks(record: &Value) -> Vec<Value> {
    let names = |bodies: &Value| bodies.as_array().unwrap().iter().map(|body| body["name"].clone()).collect::<Vec<_>>();
    let limits = |limits: &Value| {
        let keys = ["kind", "due", "start", "end", "time", "rrule", "duration"];
        let one = |limit: &Value| keys.map(|key| limit[key].clone()).to_vec();
        limits.as_array().unwrap().iter().map(one).collect::<Vec<_>>()
    };
    let one = |task: &Value| {
        serde_json::json!({
            "id": task["id"],
            "text": task["text"],
            "kind": task["kind"],
            "lead": names(&task["lead"]),
            "coordinating": names(&task["coordinating"]),
            "report_to": names(&task["report_to"]),
            "deadlines": limits(&task["deadlines"]),
        })
    };
    record["tasks"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn results_are_those_of_the_fixtures() {
    let folder = root().join("fixtures/expected");
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (name, bytes) in corpus() {
        let result = to_json(&run(&bytes, &name, &Options::default()).unwrap(), Layout::Pretty);
        let path = folder.join(format!("{name}.json"));
        known.insert(format!("{name}.json"));
        if updating() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, result).unwrap();
            continue;
        }
        let expected = fs::read(&path).unwrap_or_default();
        assert!(
            without_generator(&expected) == without_generator(&result),
            "{name} differs from {}.\nSee what changed: nhiemvu extract corpus -o out/ && nhiemvu diff out fixtures/expected\n\
             If the change is right: nhiemvu accept out fixtures/expected, or UPDATE_FIXTURES=1 cargo test -p nhiemvu-cli",
            path.display()
        );
    }
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(known.contains(&name), "fixtures/expected/{name} has no document in corpus/");
    }
}

/// A record without what made it, which no reviewer accepts.
fn without_generator(json: &[u8]) -> Value {
    let mut record: Value = serde_json::from_slice(json).unwrap_or_default();
    record.as_object_mut().map(|record| record.remove("generator"));
    record
}

#[test]
fn the_command_gives_what_the_library_gives() {
    let output = nhiemvu().current_dir(root()).args(["extract", "corpus", "--with-text"]).output().unwrap();
    let lines: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let expected: Vec<Value> = corpus().iter().map(|(name, bytes)| convert(name, bytes)).collect();
    assert_eq!(lines, expected);
}
