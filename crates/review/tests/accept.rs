//! Accepting results as fixtures.

// The lint allows this in test functions alone; here it stands in what those call as well.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use nhiemvu_review::{Only, accept, diff_files};
use serde_json::{Value, json};

fn fixture() -> Value {
    serde_json::from_str(include_str!("data/ben-thuyen.json")).unwrap()
}

fn write(path: &Path, record: &Value) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, record.to_string()).unwrap();
}

#[test]
fn an_accepted_result_differs_in_nothing_and_is_canonical() {
    let folder = tempfile::tempdir().unwrap();
    let (got, want) = (folder.path().join("got.json"), folder.path().join("new/want.json"));
    write(&got, &fixture());
    let plan = accept::plan(&got, &want).unwrap();
    assert_eq!(plan.len(), 1);
    assert!(!want.exists(), "a plan writes nothing");
    accept::write(&plan).unwrap();
    let (written, wanted) = (fs::read_to_string(&want).unwrap(), include_str!("data/ben-thuyen.json"));
    for (written, wanted) in written.lines().zip(wanted.lines()) {
        assert_eq!(written, wanted);
    }
    assert!(written == wanted, "one goes on after the other ends");
    assert!(diff_files(&got, &want, &Only::default()).unwrap().is_empty());
    assert!(accept::plan(&got, &want).unwrap().is_empty(), "nothing is left to write");
}

#[test]
fn folders_keep_their_paths_and_the_short_names_that_fixtures_have() {
    let folder = tempfile::tempdir().unwrap();
    let (got, want) = (folder.path().join("got"), folder.path().join("want"));
    write(&got.join("a/kh.md.json"), &fixture());
    write(&got.join("b.pdf.json"), &fixture());
    write(&want.join("a/kh.json"), &json!({"tasks": []}));
    write(&want.join("left.json"), &json!({"tasks": []}));
    accept::write(&accept::plan(&got, &want).unwrap()).unwrap();
    assert!(!want.join("a/kh.md.json").exists());
    assert!(want.join("b.pdf.json").exists() && want.join("left.json").exists());
    let report = diff_files(&got, &want, &Only::default()).unwrap();
    assert_eq!(report.total.differences, 1, "only the fixture without a result is left");
}

#[test]
fn records_of_a_line_file_go_to_their_documents_names_and_never_outside() {
    let folder = tempfile::tempdir().unwrap();
    let lines = folder.path().join("all.ndjson");
    let mut record = fixture();
    record["document"]["source"]["path"] = json!("xa/kh.md");
    fs::write(&lines, format!("{record}\n")).unwrap();
    let want = folder.path().join("want");
    let plan = accept::plan(&lines, &want).unwrap();
    assert_eq!(plan[0].path, want.join("xa/kh.md.json"));
    for bad in ["../kh.md", "/tmp/kh.md", ""] {
        record["document"]["source"]["path"] = json!(bad);
        fs::write(&lines, format!("{record}\n")).unwrap();
        assert!(accept::plan(&lines, &want).is_err(), "{bad}");
    }
}

#[test]
fn what_is_no_record_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.json", "{}"), ("b.json", "{"), ("c.json", r#"{"schema_version": "2.0", "tasks": []}"#)] {
        fs::write(folder.path().join(name), text).unwrap();
        assert!(accept::plan(&folder.path().join(name), &folder.path().join("want.json")).is_err(), "{name}");
    }
}
