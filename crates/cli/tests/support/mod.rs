//! What the tests of whole documents and of the command line share.

#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses a part; a test may stop where it is surprised")]

pub mod seen;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use nhiemvu_exporter::SCHEMA;
use nhiemvu_pipeline::{Options, run};
use serde_json::Value;

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// The program.
pub fn nhiemvu() -> Command {
    Command::new(env!("CARGO_BIN_EXE_nhiemvu"))
}

/// The project's own documents: name and bytes, sorted.
pub fn corpus() -> Vec<(String, Vec<u8>)> {
    let mut documents: Vec<_> = fs::read_dir(root().join("corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .collect();
    documents.sort();
    assert!(documents.len() >= 12);
    documents
}

/// Converts bytes in this process, with the text in the record.
pub fn convert(name: &str, bytes: &[u8]) -> Value {
    let options = Options { with_text: true, ..Options::default() };
    serde_json::to_value(run(bytes, name, &options).unwrap()).unwrap()
}

/// Stops where `value` does not follow the schema.
pub fn check_schema(value: &Value) {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// Whether `UPDATE_FIXTURES=1` asks to write what the tests would compare with.
pub fn updating() -> bool {
    let asked = std::env::var_os("UPDATE_FIXTURES").is_some_and(|value| value == "1");
    assert!(!(asked && std::env::var_os("CI").is_some()), "fixtures are never written where CI is set");
    asked
}

/// Whether reading scans would take minutes, as it does without optimisation; says so. `SCANS=1` reads them all the same.
pub fn too_slow() -> bool {
    let slow = cfg!(debug_assertions) && std::env::var_os("SCANS").is_none();
    if slow {
        eprintln!("SKIPPED: scans are read by scripts/score, or with SCANS=1");
    }
    slow
}
