//! Every key of the schema has been seen filled in at least five fixtures, so that each has been read beside its document.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use nhiemvu_exporter::SCHEMA;
use serde_json::Value;
use support::{root, updating};

/// Keys that no text of the corpus can fill, and what tests them.
const ELSEWHERE: [(&str, &str); 4] = [
    ("document.ocr", "scans: crates/ingest/src/ocr"),
    ("document.text", "asked for by --with-text: crates/cli/tests/documents.rs"),
    ("generator.options", "set by --date, --province, --registry: crates/cli/tests/output.rs"),
    ("source.member", "files inside archives and mail: crates/cli/tests/members.rs"),
];

/// For each key, by the definition that it belongs to, the fixtures in which it is filled.
struct Filled<'a> {
    definitions: &'a Value,
    by_key: BTreeMap<String, BTreeSet<String>>,
}

impl Filled<'_> {
    fn look(&mut self, value: &Value, schema: &Value, name: &str, file: &str) {
        if let Some(path) = schema["$ref"].as_str() {
            let name = path.rsplit('/').next().unwrap();
            let definition = self.definitions[name].clone();
            return self.look(value, &definition, name, file);
        }
        for choice in ["oneOf", "anyOf"].iter().filter_map(|key| schema[*key].as_array()).flatten() {
            self.look(value, choice, name, file);
        }
        for item in value.as_array().into_iter().flatten() {
            self.look(item, &schema["items"], name, file);
        }
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            let own = format!("{name}.{key}");
            let files = self.by_key.entry(own.clone()).or_default();
            let Some(value) = value.get(key) else { continue };
            if !is_empty(value) {
                files.insert(file.to_owned());
            }
            // an object that has no definition of its own goes by the key that holds it
            self.look(value, inner, if inner["properties"].is_object() { &own } else { name }, file);
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(keys) => keys.is_empty(),
        _ => false,
    }
}

#[test]
fn each_key_is_filled_in_at_least_five_fixtures() {
    if updating() {
        return;
    }
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut filled = Filled { definitions: &schema["$defs"], by_key: BTreeMap::new() };
    for entry in fs::read_dir(root().join("fixtures/expected")).unwrap() {
        let path = entry.unwrap().path();
        let record: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        filled.look(&record, &schema["$defs"]["tasklist"], "tasklist", &path.file_name().unwrap().to_string_lossy());
    }
    assert!(filled.by_key.len() > 90, "{} keys", filled.by_key.len());
    let elsewhere = |key: &str| ELSEWHERE.iter().any(|(own, _)| *own == key);
    let rare: Vec<String> = filled
        .by_key
        .iter()
        .filter(|(key, files)| files.len() < 5 && !elsewhere(key))
        .map(|(key, files)| format!("{key} in {files:?}"))
        .collect();
    assert!(rare.is_empty(), "filled in fewer than five fixtures:\n{}", rare.join("\n"));
    for (key, _) in ELSEWHERE {
        assert!(filled.by_key.contains_key(key), "{key} is no key of the schema");
    }
}
