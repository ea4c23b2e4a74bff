//! Where results go, and that they are the same bytes on every run.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use support::{nhiemvu, root};
use tempfile::TempDir;

/// Three documents in two folders, and an empty one.
fn inputs() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, from) in [("kh.md", "kh-cho-noi.md"), ("sub/kh.md", "cd-lu-som.md"), ("sub/kh.txt", "kh-de-bao.txt")] {
        let path = folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(root().join("corpus").join(from), path).unwrap();
    }
    fs::write(folder.path().join("in/empty.md"), "").unwrap();
    folder
}

fn extract(folder: &Path, args: &[&str]) -> i32 {
    nhiemvu().current_dir(folder).arg("extract").args(args).output().unwrap().status.code().unwrap()
}

/// Path below `folder` to bytes, of every file there.
/// What is in the folder but for the program's own notes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if !path.ends_with(".nhiemvu-manifest") {
                found
                    .insert(path.strip_prefix(folder).unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn a_folder_of_results_has_the_shape_of_the_folder_of_documents() {
    let folder = inputs();
    assert_eq!(extract(folder.path(), &["in", "-o", "out"]), 3);
    let out = files(&folder.path().join("out"));
    let names: Vec<&str> = out.keys().map(String::as_str).collect();
    assert_eq!(names, ["empty.md.json", "errors.ndjson", "kh.md.json", "sub/kh.md.json", "sub/kh.txt.json"]);
    assert_eq!(out["errors.ndjson"], out["empty.md.json"]);
    fs::remove_file(folder.path().join("in/empty.md")).unwrap();
    assert_eq!(extract(folder.path(), &["in", "-o", "out"]), 0);
    assert!(!folder.path().join("out/errors.ndjson").exists());
}

#[test]
fn a_single_result_goes_to_the_file_or_folder_named() {
    let folder = inputs();
    assert_eq!(extract(folder.path(), &["in/kh.md", "-o", "new/kh.json"]), 0);
    assert_eq!(extract(folder.path(), &["in/kh.md", "-o", "out/"]), 0);
    assert_eq!(
        fs::read(folder.path().join("new/kh.json")).unwrap(),
        fs::read(folder.path().join("out/kh.md.json")).unwrap()
    );
    fs::create_dir(folder.path().join("there")).unwrap();
    assert_eq!(extract(folder.path(), &["in/kh.md", "-o", "there"]), 0);
    assert!(folder.path().join("there/kh.md.json").exists());
    assert_eq!(extract(folder.path(), &["in/kh.md", "in/sub", "-o", "all.ndjson", "--format", "ndjson"]), 0);
    assert_eq!(fs::read_to_string(folder.path().join("all.ndjson")).unwrap().lines().count(), 3);
}

#[test]
fn nothing_is_written_where_two_results_would_meet() {
    let folder = inputs();
    assert_eq!(extract(folder.path(), &["in/kh.md", "in/sub/kh.md", "-o", "out"]), 2);
    assert!(!folder.path().join("out").exists());
    let before = fs::read(folder.path().join("in/kh.md")).unwrap();
    assert_eq!(extract(folder.path(), &["in/kh.md", "-o", "in/kh.md"]), 2);
    assert_eq!(fs::read(folder.path().join("in/kh.md")).unwrap(), before);
}

#[test]
fn results_beside_their_documents_are_not_read_as_documents() {
    let folder = inputs();
    assert_eq!(extract(folder.path(), &["in", "-o", "in"]), 3);
    let first = files(folder.path());
    assert_eq!(extract(folder.path(), &["in", "-o", "in"]), 3);
    assert_eq!(files(folder.path()), first);
}

#[test]
fn an_unwritable_place_is_named() {
    let folder = inputs();
    let output =
        nhiemvu().current_dir(folder.path()).args(["extract", "in/kh.md", "-o", "in/kh.md/x.json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("in/kh.md/x.json"));
}

#[test]
fn the_same_bytes_come_out_whatever_the_jobs_the_order_and_the_run() {
    let corpus = root().join("corpus");
    let folder = tempfile::tempdir().unwrap();
    let mut paths: Vec<_> = fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut results = Vec::new();
    for (number, jobs) in ["1", "2", "5"].into_iter().enumerate() {
        paths.rotate_left(5);
        let out = folder.path().join(number.to_string());
        let status =
            nhiemvu().arg("extract").args(&paths).args(["--jobs", jobs, "-o"]).arg(&out).output().unwrap().status;
        assert!(status.success());
        // each is named by its path, which is the same on every run
        results.push(files(&out));
    }
    assert_eq!(results[0].len(), paths.len());
    assert!(results[1..].iter().all(|other| *other == results[0]));
    let lines = |jobs: &str| nhiemvu().args(["extract", "--jobs", jobs]).arg(&corpus).output().unwrap().stdout;
    assert_eq!(lines("1"), lines("3"));
}

#[test]
fn neither_locale_nor_environment_bears_on_a_result() {
    let run = |locale: &str, zone: &str| {
        let mut command = nhiemvu();
        command.env("LC_ALL", locale).env("LANG", locale).env("TZ", zone).arg("extract").arg(root().join("corpus"));
        command.output().unwrap().stdout
    };
    assert_eq!(run("C", "UTC"), run("vi_VN.UTF-8", "Asia/Ho_Chi_Minh"));
}
