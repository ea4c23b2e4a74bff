//! Figures against gold: the reference script's where it is present, and pinned ones where it is not.

// The lint allows these in test functions alone; here they stand in what those call as well.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Random;
use nhiemvu_review::score_files;
use serde_json::{Map, Value, json};

/// Choices by chance.
trait Choice {
    fn one_in(&mut self, n: usize) -> bool;
    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T;
}

impl Choice for Random {
    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const BODIES: [&str; 8] = [
    "Sở Tài chính",
    "UBND tỉnh",
    "Uỷ ban nhân dân tỉnh Lam Sơn",
    "các cơ quan, đơn vị liên quan",
    "HĐND tỉnh",
    "Ủy ban nhân dân xã",
    "Báo Lam Sơn",
    "Công an tỉnh.",
];
const WORDS: [&str; 8] = [
    "đắp bờ kè bến thuyền số",
    "Lập dự toán – đợt",
    "**soát xét** sổ thuỷ văn kỳ",
    "họp bàn “quy ước” lần",
    "gửi bảng kê hoà giải tháng",
    "mua 2 - 3 xuồng cho đội",
    "khơi thông rạch Gốc khúc",
    "trình đề cương chặng",
];
const HEADINGS: [&str; 3] = ["Mục tiêu", "Nhiệm vụ – giải pháp", "Tổ chức thực hiện"];

fn deadline(r: &mut Random) -> Value {
    let day = format!("2026-0{}-1{}", 1 + r.below(3), r.below(2));
    match r.below(8) {
        0 => json!({"kind": "by", "end": day, "inclusive": r.one_in(2), "emphasised": r.one_in(2)}),
        1 => json!({"kind": "by", "end": day, "inclusive": false, "time": "17:00"}),
        2 => json!({"kind": "by", "end": day, "time": null, "inclusive": null}),
        3 => json!({"kind": "within", "start": day, "end": null}),
        4 => {
            json!({"kind": "recurring", "rrule": r.pick(&["FREQ=MONTHLY;BYMONTHDAY=20", "bymonthday=20;FREQ=MONTHLY", "FREQ=YEARLY"])})
        }
        5 => json!({"kind": "relative", "duration": "P10D"}),
        6 => json!({"kind": "ongoing", "via": r.pick(&["text", "field"])}),
        _ => json!({"kind": "immediate", "via": "text"}),
    }
}

fn deadlines(r: &mut Random) -> Value {
    let n = r.below(3);
    (0..n).map(|_| deadline(r)).collect()
}

fn names(r: &mut Random) -> Vec<&'static str> {
    let n = r.below(3);
    (0..n).map(|_| *r.pick(&BODIES)).collect()
}

fn mention(r: &mut Random, name: &str) -> Value {
    match r.below(5) {
        0 => json!({"raw": name, "jurisdiction": null}),
        1 => json!({"name": name, "jurisdiction": {"province": "Lam Sơn", "district": null, "commune": "Bến Đá"}}),
        2 => json!({"name": name, "jurisdiction": "Bình Hải"}),
        _ => json!({"name": name, "raw": "x"}),
    }
}

fn mentions(r: &mut Random, near: &[&str]) -> Value {
    let other = r.one_in(4);
    let from = if other { names(r) } else { near.to_vec() };
    let mut out: Vec<Value> = from.iter().map(|n| mention(r, n)).collect();
    if r.one_in(9) {
        out.extend(out.clone());
    }
    Value::Array(out)
}

fn gold_task(r: &mut Random, number: usize) -> Value {
    let mut task = json!({
        "anchor": format!("{} {}", r.pick(&WORDS), r.below(number + 2)),
        "kind": r.pick(&["assigned", "planned"]),
        "lead": names(r),
        "coordinating": names(r),
    });
    let keys = task.as_object_mut().unwrap();
    for switch in ["optional", "lead_loose", "coordinating_loose", "report_to_loose", "emphasised", "emphasis"] {
        if r.one_in(5) {
            keys.insert(switch.into(), json!(!r.one_in(4)));
        }
    }
    let mut add = |key: &str, value: Value, often: bool| {
        if often {
            keys.insert(key.into(), value);
        }
    };
    add("deadlines", deadlines(r), !r.one_in(4));
    add("report_to", json!(names(r)), r.one_in(2));
    add("status", json!(r.pick(&["done", "overdue"])), r.one_in(3));
    add("deliverable", json!(r.pick(&WORDS)), r.one_in(3));
    add("section_contains", json!(r.pick(&["giải pháp", "II.", "mục tiêu / "])), r.one_in(5));
    task
}

fn output_task(r: &mut Random, near: &Value) -> Value {
    let list = |key: &str| near[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>();
    let text = if r.one_in(6) {
        "Không giống gì cả".to_owned()
    } else {
        format!("a) {}, như sau", near["anchor"].as_str().unwrap().to_uppercase())
    };
    let mut task = json!({
        "text": text,
        "section": [{"marker": "II.", "title": r.pick(&HEADINGS)}, r.pick(&HEADINGS)],
        "kind": if r.one_in(6) { json!("planned") } else { near["kind"].clone() },
        "lead": mentions(r, &list("lead")),
        "coordinating": mentions(r, &list("coordinating")),
        "deadlines": if r.one_in(4) { deadlines(r) } else { near["deadlines"].clone() },
        "deliverables": [{"text": r.pick(&WORDS)}, {"text": "một bảng"}],
    });
    if !r.one_in(4) {
        task["report_to"] = mentions(r, &list("report_to"));
    }
    if r.one_in(2) {
        task["status"] = near["status"].clone();
    }
    task
}

fn target(r: &mut Random, gold: bool) -> Value {
    let words = *r.pick(&["ít nhất 03 xuồng", "trên 90% hộ", "đạt 100%"]);
    let mut out = json!({"comparator": r.pick(&[">=", ">"]), "value": r.below(3)});
    if gold {
        out["anchor"] = json!(words);
    } else {
        out["raw"] = json!(r.pick(&[words, "03", "90% hộ"]));
        out["text"] = json!(format!("bảo đảm {words} trong năm"));
        out["value"] = json!(r.below(3) as f64);
    }
    out
}

fn document(r: &mut Random, number: usize, gold: &Path, output: &Path) {
    let file = format!("van-ban-{number:03}.md");
    let tasks: Vec<Value> = (0..=r.below(7)).map(|i| gold_task(r, i)).collect();
    let mut wanted = json!({"file": file, "tasks": tasks});
    let mut header = Map::new();
    for (key, value) in [
        ("type", "KH"),
        ("symbol", "KH-UBND"),
        ("number", "12"),
        ("place", "Lam Sơn"),
        ("date", "2026-03-0"),
        ("signer", "Lý Thị Bến"),
        ("issuer", "UBND tỉnh Lam Sơn"),
    ] {
        if r.one_in(2) {
            header.insert(key.into(), if r.one_in(9) { Value::Null } else { json!(value) });
        }
    }
    if !r.one_in(4) {
        wanted["document"] = Value::Object(header);
    }
    if r.one_in(2) {
        wanted["targets"] = (0..r.below(4)).map(|_| target(r, true)).collect();
    }
    fs::write(gold.join(format!("van-ban-{number:03}.json")), wanted.to_string()).unwrap();
    if r.one_in(12) {
        return;
    }
    let mut found: Vec<Value> = Vec::new();
    for task in &tasks {
        match r.below(8) {
            0 => {}
            1 => found.extend([output_task(r, task), output_task(r, task)]),
            2 => {
                let mut merged = output_task(r, task);
                merged["text"] =
                    json!(tasks.iter().map(|t| t["anchor"].as_str().unwrap()).collect::<Vec<_>>().join("; "));
                found.push(merged);
            }
            _ => found.push(output_task(r, task)),
        }
    }
    let result = json!({
        "document": {
            "type": "KH", "place": r.pick(&["Lam Sơn", "LAM SƠN ", "Bến Đá"]), "date": null,
            "number": if r.one_in(3) { Value::Null } else { json!({"serial": "12", "symbol": r.pick(&["KH–UBND", "TB-SNV"])}) },
            "signer": if r.one_in(3) { json!("Lý Thị Bến") } else { json!({"name": "Lý Thị Bến"}) },
            "issuer": if r.one_in(4) { Value::Null } else { mention(r, "Ủy ban nhân dân tỉnh") },
        },
        "tasks": found,
        "targets": (0..r.below(4)).map(|_| target(r, false)).collect::<Vec<_>>(),
    });
    let result = if r.one_in(15) { json!({"error": {"code": "damaged"}}) } else { result };
    let name = if r.one_in(3) { format!("van-ban-{number:03}.json") } else { format!("{file}.json") };
    fs::write(output.join(name), result.to_string()).unwrap();
}

fn made_up() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (gold, output) = (folder.path().join("gold"), folder.path().join("output"));
    fs::create_dir(&gold).unwrap();
    fs::create_dir(&output).unwrap();
    let mut r = Random(0x9E37_79B9_7F4A_7C15);
    (0..300).for_each(|i| document(&mut r, i, &gold, &output));
    folder
}

fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if !path.join("tools/score.py").is_file() {
        println!("skipped: no reference script beside the project");
        return None;
    }
    Some(path)
}

/// What the reference script prints, or `None` where it cannot be run.
fn reference(script: &Path, gold: &Path, output: &Path) -> Option<String> {
    let run = Command::new("python3").arg(script).args([gold, output]).arg("--json").output();
    match run {
        Ok(run) if !run.stdout.is_empty() => Some(String::from_utf8(run.stdout).unwrap()),
        other => {
            println!("skipped: the reference script did not run: {other:?}");
            None
        }
    }
}

fn assert_same(gold: &Path, output: &Path) {
    let Some(shared) = shared() else { return };
    let Some(theirs) = reference(&shared.join("tools/score.py"), gold, output) else { return };
    let ours = score_files(gold, output).unwrap().to_json(false);
    for (ours, theirs) in ours.lines().zip(theirs.lines()) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(ours.trim_end(), theirs.trim_end());
}

#[test]
fn figures_of_made_up_documents_are_the_reference_ones() {
    let folder = made_up();
    assert_same(&folder.path().join("gold"), &folder.path().join("output"));
}

#[test]
fn figures_without_any_output_are_the_reference_ones() {
    let Some(shared) = shared() else { return };
    let empty = tempfile::tempdir().unwrap();
    assert_same(&shared.join("gold"), empty.path());
}

#[test]
fn made_up_documents_reach_every_figure() {
    let folder = made_up();
    let report = score_files(&folder.path().join("gold"), &folder.path().join("output")).unwrap();
    for (name, figure) in report.total.row("ALL").figures() {
        let figure = figure.unwrap();
        assert!(figure > 0.0 && figure < 1.0, "{name} {figure}");
    }
    assert!(report.documents.iter().any(|d| d.missing.is_some()));
    let fields: std::collections::BTreeSet<_> =
        report.documents.iter().flat_map(|d| &d.notes).map(|n| n.field).collect();
    let all = [
        "coordinating",
        "deadlines",
        "deliverable",
        "emphasised",
        "header",
        "kind",
        "lead",
        "missed",
        "report_to",
        "spurious",
        "status",
        "target",
    ];
    assert_eq!(fields.into_iter().collect::<Vec<_>>(), all);
}

#[test]
fn figures_of_a_small_case_are_as_counted_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let gold = json!({"file": "kh.md", "document": {"type": "KH", "place": "Bến Đá"}, "tasks": [
        {"anchor": "đắp bờ kè", "kind": "assigned", "lead": ["Sở Xây dựng"], "coordinating": ["Sở Tài chính"],
         "deadlines": [{"kind": "by", "end": "2026-05-15", "inclusive": false}]},
        {"anchor": "mua xuồng", "kind": "assigned", "lead": ["Sở Tài chính"], "coordinating": [], "deadlines": []},
        {"anchor": "họp dân", "kind": "assigned", "lead": [], "coordinating": [], "optional": true},
        {"anchor": "vá đê", "kind": "assigned", "lead": [], "coordinating": []},
    ]});
    let output = json!({"document": {"type": "KH", "place": null}, "targets": [], "tasks": [
        {"text": "Đắp bờ kè.", "kind": "assigned", "lead": [{"name": "Sở Xây dựng"}], "coordinating": [{"name": "Sở Tài chính"}],
         "deadlines": [{"kind": "by", "end": "2026-05-15", "inclusive": true}]},
        {"text": "Mua xuồng máy.", "kind": "assigned", "lead": [{"name": "Sở Tài chính"}], "coordinating": [], "deadlines": []},
        {"text": "Họp dân.", "kind": "planned", "lead": [], "coordinating": []},
        {"text": "Trồng cây.", "kind": "planned", "lead": [], "coordinating": []},
    ]});
    fs::write(folder.path().join("kh.json"), gold.to_string()).unwrap();
    fs::write(folder.path().join("out.json"), output.to_string()).unwrap();
    let report = score_files(&folder.path().join("kh.json"), &folder.path().join("out.json")).unwrap();
    let row = &report.documents[0].row;
    assert_eq!(row.gold, 3);
    let figure = |name: &str| row.figure(name).unwrap();
    for (name, want) in [
        ("P", Some(2.0 / 3.0)),
        ("R", Some(2.0 / 3.0)),
        ("lead", Some(1.0)),
        ("coordF1", Some(1.0)),
        ("deadline", Some(0.5)),
        ("due", Some(0.0)),
        ("NO-EDIT", Some(1.0 / 3.0)),
        ("NE-due", Some(0.0)),
        ("header", Some(0.5)),
        ("targetF1", None),
        ("report_to", None),
    ] {
        assert_eq!(figure(name), want, "{name}");
    }
    assert_eq!(row.figure("no-such"), None);
}
