//! `diff`, `accept`, `score` and `review` from the command line.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::{nhiemvu, root};

fn fixture() -> Value {
    let path = root().join("crates/review/tests/data/ben-thuyen.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn write(path: &Path, value: &Value) -> PathBuf {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, value.to_string()).unwrap();
    path.to_owned()
}

/// Exit status, stdout, stderr.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let out = nhiemvu().env_remove("CI").args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (out.status.code().unwrap(), text(&out.stdout), text(&out.stderr))
}

/// A result that differs from the fixture in one kind, and the fixture.
fn pair(folder: &Path) -> (String, String) {
    let mut changed = fixture();
    changed["tasks"][0]["kind"] = json!("planned");
    let got = write(&folder.join("got.json"), &changed);
    let want = write(&folder.join("want.json"), &fixture());
    (got.to_str().unwrap().to_owned(), want.to_str().unwrap().to_owned())
}

#[test]
fn diff_tells_by_its_status_whether_anything_differs() {
    let folder = tempfile::tempdir().unwrap();
    let (got, want) = pair(folder.path());
    let (status, out, err) = run(&["diff", &got, &got]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("0 khác biệt"), "{out}");
    let (status, out, _) = run(&["diff", &got, &want]);
    assert_eq!(status, 1);
    assert!(out.contains("task.kind") && out.contains("- assigned") && out.contains("+ planned"), "{out}");
    assert!(!out.contains('\u{1b}'), "no colour where there is no terminal");
    let (_, out, _) = run(&["diff", &got, &want, "--color", "always", "--lang", "en"]);
    assert!(out.contains("\u{1b}[32m+ planned") && out.contains("1 difference"), "{out}");
    assert_eq!(run(&["diff", &got, &want, "--only", "lead"]).0, 0);
    assert_eq!(run(&["diff", &got, &want, "--only", "kind", "--only", "lead"]).0, 1);
}

#[test]
fn diff_has_json_and_markdown_for_machines() {
    let folder = tempfile::tempdir().unwrap();
    let (got, want) = pair(folder.path());
    let (status, out, _) = run(&["diff", &got, &want, "--format", "json"]);
    assert_eq!(status, 1);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["documents"][0]["differences"][0]["field"], "kind");
    let (_, out, _) = run(&["diff", &got, &want, "--format", "md", "--lang", "en"]);
    assert!(out.contains("| `task.kind` | assigned | planned |"), "{out}");
}

#[test]
fn wrong_use_is_2_and_a_damaged_file_is_3() {
    let folder = tempfile::tempdir().unwrap();
    let (got, want) = pair(folder.path());
    let (status, _, err) = run(&["diff", &got, &want, "--only", "chu-tri"]);
    assert_eq!(status, 2);
    assert!(err.contains("chu-tri") && err.contains("deadlines"), "{err}");
    assert_eq!(run(&["diff", &got, "khong-co.json"]).0, 2);
    assert_eq!(run(&["score", &got, &got]).0, 2);
    assert_eq!(run(&["score", &got, &got, "--min", "NO-EDIT=2"]).0, 2);
    assert_eq!(run(&["review", "khong-co", "-o", "x.html"]).0, 2);
    let gold = write(&folder.path().join("gold.json"), &json!({"file": "kh.md", "tasks": []}));
    let (status, _, err) = run(&["diff", &got, gold.to_str().unwrap()]);
    assert_eq!(status, 2);
    assert!(err.contains("nhiemvu score"), "{err}");
    let damaged = folder.path().join("hong.json");
    fs::write(&damaged, "{").unwrap();
    assert_eq!(run(&["diff", &got, damaged.to_str().unwrap()]).0, 3);
}

#[test]
fn accept_asks_a_person_and_never_a_machine() {
    let folder = tempfile::tempdir().unwrap();
    let (got, want) = pair(folder.path());
    let before = fs::read(&want).unwrap();
    let (status, _, err) = run(&["accept", &got, &want]);
    assert_eq!(status, 2, "no terminal: {err}");
    assert!(err.contains("--yes"));
    let ci = nhiemvu().env("CI", "true").args(["accept", &got, &want, "--yes"]).output().unwrap();
    assert_eq!(ci.status.code(), Some(2));
    assert_eq!(fs::read(&want).unwrap(), before);
    let (status, out, _) = run(&["accept", &got, &want, "--yes"]);
    assert_eq!(status, 0);
    assert!(out.contains("task.kind"), "the difference is shown: {out}");
    assert_eq!(run(&["diff", &got, &want]).0, 0);
    let (status, _, err) = run(&["accept", &got, &want, "--yes"]);
    assert_eq!(status, 0);
    assert!(err.contains("không có gì phải ghi"), "{err}");
    let new = folder.path().join("moi/kh.json");
    assert_eq!(run(&["accept", &got, new.to_str().unwrap(), "--yes"]).0, 0);
    assert_eq!(fs::read(new).unwrap(), fs::read(&want).unwrap());
}

#[test]
fn score_fails_below_the_least_share_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let task = json!({"anchor": "Lát lại bậc lên xuống", "kind": "planned", "lead": ["Sở Y tế"], "coordinating": []});
    let right = json!({"anchor": "Dựng biển báo", "kind": "assigned", "lead": ["Sở Xây dựng"], "coordinating": []});
    let gold = json!({"file": "ben-thuyen.pdf", "tasks": [task, right]});
    write(&folder.path().join("gold/ben.json"), &gold);
    write(&folder.path().join("out/ben-thuyen.pdf.json"), &fixture());
    let (gold, out) = (folder.path().join("gold"), folder.path().join("out"));
    let (gold, out) = (gold.to_str().unwrap(), out.to_str().unwrap());
    let (status, table, _) = run(&["score", gold, out]);
    assert_eq!(status, 0);
    assert!(table.lines().last().unwrap().starts_with("ALL ") && table.contains("0.500"), "{table}");
    assert_eq!(run(&["score", gold, out, "--min", "NO-EDIT=0.5", "--min", "r=1"]).0, 0);
    let (status, _, err) = run(&["score", gold, out, "--min", "NO-EDIT=0.51", "--min", "R=1"]);
    assert_eq!(status, 1);
    assert!(err.contains("NO-EDIT") && err.contains("0.5000") && !err.contains("R đạt"), "{err}");
    let (_, details, _) = run(&["score", gold, out, "--details"]);
    assert!(details.contains("LEAD") && details.contains("Lát lại bậc"), "{details}");
    let (_, rows, _) = run(&["score", gold, out, "--json"]);
    let rows: Value = serde_json::from_str(&rows).unwrap();
    assert_eq!(rows[1]["NO-EDIT"], 0.5);
    fs::remove_file(folder.path().join("out/ben-thuyen.pdf.json")).unwrap();
    let (status, table, err) = run(&["score", gold, out]);
    assert_eq!(status, 3, "an output is missing");
    assert!(err.contains("ben") && table.contains("0.000"));
}

#[test]
fn review_shows_results_and_documents_alike() {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("ket-qua");
    write(&results.join("ben-thuyen.pdf.json"), &fixture());
    fs::write(
        folder.path().join("ket-qua/tb.md"),
        "# THÔNG BÁO\n\n1. Sở Y tế mua 3 cáng cứu thương trước ngày 01/9/2031.\n",
    )
    .unwrap();
    let page = folder.path().join("trang.html");
    let (status, out, err) = run(&["review", results.to_str().unwrap(), "-o", page.to_str().unwrap()]);
    assert_eq!((status, out.as_str()), (0, ""));
    assert!(err.contains("2 văn bản"), "{err}");
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.contains("ben-thuyen.pdf") && html.contains("mua 3 cáng cứu thương"));
    assert!(html.contains("[\"item\",1,"), "a document is shown in the blocks of its tree");
    let site = folder.path().join("trang");
    let arguments = ["review", results.to_str().unwrap(), "-o", site.to_str().unwrap(), "--lang", "en"];
    assert_eq!(run(&arguments).0, 0);
    assert!(fs::read_to_string(site.join("index.html")).unwrap().contains("Tasks of 2 documents"));
    assert!(site.join("van-ban/tb.md.html").is_file());
    fs::write(results.join("rong.md"), "").unwrap();
    let (status, _, _) = run(&["review", results.to_str().unwrap(), "-o", page.to_str().unwrap()]);
    assert_eq!(status, 3, "an empty document is told by the status");
    assert!(fs::read_to_string(&page).unwrap().contains("Không đọc được"));
}
