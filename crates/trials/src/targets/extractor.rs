//! The whole way, from bytes to JSON.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use nhiemvu_exporter::SCHEMA;
use nhiemvu_pipeline::{Layout, Limits, Options, convert, to_json};
use serde_json::{Map, Value};

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap());

/// Every record follows the schema, says of every span the words that stand there, and is the same again.
pub(super) fn extractor(data: &[u8]) {
    let limits = Limits { max_bytes: 1 << 20, max_expanded: 4 << 20, max_pages: 50, ..Limits::default() };
    let options = Options { with_text: true, limits, ..Options::default() };
    let records = convert(data, "a.md", &options);
    assert!(!records.is_empty());
    for record in &records {
        let json = to_json(record, Layout::Compact);
        let value: Value = serde_json::from_slice(&json).unwrap();
        check(&value);
    }
    let again: Vec<Vec<u8>> = convert(data, "a.md", &options).iter().map(|r| to_json(r, Layout::Compact)).collect();
    assert!(again.iter().eq(records.iter().map(|r| to_json(r, Layout::Compact)).collect::<Vec<_>>().iter()));
}

/// Stops where a record does not follow the schema, or a span does not hold what it says.
pub fn check(record: &Value) {
    let errors: Vec<String> = VALIDATOR.iter_errors(record).map(|e| format!("{}: {e}", e.instance_path)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    if let Some(error) = record.get("error") {
        assert!(error["code"] != "internal", "{error}");
        return;
    }
    let text: Vec<char> = record["document"]["text"].as_str().unwrap().chars().collect();
    objects(record, &mut |object| {
        let Some(span) = object.get("span").and_then(Value::as_object) else { return };
        let (start, end) = (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
        assert!(start <= end && end <= text.len(), "{span:?} of {}", text.len());
        if let Some(raw) = object.get("raw").and_then(Value::as_str) {
            assert_eq!(text[start..end].iter().collect::<String>(), raw);
        }
        let day = |key: &str| object.get(key).and_then(Value::as_str);
        if let (Some(start), Some(end)) = (day("start"), day("end")) {
            assert!(start <= end, "{object:?}");
        }
    });
    let ids = |key: &str| record[key].as_array().unwrap().iter().map(|one| one["id"].clone().to_string());
    let tasks: BTreeSet<String> = ids("tasks").collect();
    assert_eq!(tasks.len(), ids("tasks").count(), "ids of tasks are unique");
}

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
