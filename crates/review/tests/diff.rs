//! Comparisons of whole records, and what single changes to them give.

// The lint allows this in test functions alone; here it stands in what those call as well.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use common::Random;
use nhiemvu_review::{Change, Difference, Lang, Only, Style, diff, diff_files};
use serde_json::{Value, json};

fn fixture() -> Value {
    serde_json::from_str(include_str!("data/ben-thuyen.json")).unwrap()
}

fn differences(actual: &Value, expected: &Value) -> Vec<Difference> {
    diff(actual, expected, &Only::default()).differences
}

/// The ways to every value in the parts of a record that are compared.
fn ways(value: &Value, way: &str, out: &mut Vec<String>) {
    let skipped = ["/generator", "/document/source", "/schema_version"];
    if skipped.contains(&way) {
        return;
    }
    match value {
        Value::Object(keys) => keys.iter().for_each(|(key, v)| ways(v, &format!("{way}/{key}"), out)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| ways(v, &format!("{way}/{i}"), out)),
        _ => {}
    }
    let parts: Vec<&str> = way.split('/').skip(1).collect();
    // the lists of tasks and targets, and whole tasks, are changed by other tests
    let list = matches!(parts.first(), Some(&"tasks" | &"targets")) && parts.len() < 3;
    let whole = parts.is_empty() || list || parts == ["document"];
    if !whole {
        out.push(way.to_owned());
    }
}

/// The part and field that a change at `way` is to be reported under.
fn field_of(way: &str) -> (&'static str, String) {
    match way.split('/').skip(1).collect::<Vec<_>>()[..] {
        ["document", field, ..] => ("document", field.to_owned()),
        ["tasks", _, field, ..] => ("task", field.to_owned()),
        ["targets", _, field, ..] => ("target", field.to_owned()),
        _ => ("document", "warnings".to_owned()),
    }
}

/// Another value of the same kind, a dropped or doubled element, or another kind.
fn mutate(value: &mut Value, r: &mut Random) {
    match value {
        Value::String(s) => {
            let mut words: Vec<String> = s.split(' ').map(str::to_owned).collect();
            let at = r.below(words.len());
            match r.below(3) {
                0 => words[at].push('x'),
                1 => words[at] = "khác".to_owned() + &words[at],
                _ => words.insert(at, "thêm".to_owned()),
            }
            *s = words.join(" ");
        }
        Value::Number(n) => *value = json!(n.as_f64().unwrap() + 1.0),
        Value::Bool(b) => *b = !*b,
        Value::Null => *value = json!("có"),
        Value::Array(items) if items.is_empty() => items.push(json!("mới")),
        Value::Array(items) => {
            let at = r.below(items.len());
            match r.below(3) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, json!({"raw": "mới"})),
                _ => items[at] = json!("khác"),
            }
        }
        Value::Object(_) => *value = Value::Null,
    }
}

#[test]
fn a_rerun_differs_in_nothing() {
    assert!(differences(&fixture(), &fixture()).is_empty());
    let mut other = fixture();
    other["generator"]["version"] = json!("0.2.0");
    other["document"]["source"]["path"] = json!("thu-muc/khac.pdf");
    other["document"].as_object_mut().unwrap().remove("text");
    assert!(differences(&other, &fixture()).is_empty());
}

#[test]
fn every_single_change_is_one_difference_naming_its_field() {
    let expected = fixture();
    let mut all = Vec::new();
    ways(&expected, "", &mut all);
    let mut r = Random(0x2545_F491_4F6C_DD1D);
    for round in 0..500 {
        let way = &all[r.below(all.len())];
        let mut actual = expected.clone();
        let value = actual.pointer_mut(way).unwrap();
        let before = value.clone();
        mutate(value, &mut r);
        let change = format!("{round}: {way}: {before} -> {value}");
        let found = differences(&actual, &expected);
        assert_eq!(found.len(), 1, "{change}: {found:#?}");
        assert_eq!((found[0].part.as_str(), found[0].field.clone()), field_of(way), "{change}");
        assert!(!found[0].leaves.is_empty(), "{change}");
        // and the same change the other way round, where the fixture has the odd value
        let back = differences(&expected, &actual);
        assert_eq!(back.len(), 1, "{change}: {back:#?}");
    }
}

#[test]
fn every_task_taken_away_or_added_is_one_difference() {
    let whole = fixture();
    for (key, part) in [("tasks", "task"), ("targets", "target")] {
        for at in 0..whole[key].as_array().unwrap().len() {
            let mut less = whole.clone();
            let gone = less[key].as_array_mut().unwrap().remove(at);
            let found = differences(&less, &whole);
            assert_eq!(found.len(), 1, "{found:#?}");
            assert_eq!((found[0].field.as_str(), found[0].change), (part, Change::Missing));
            assert_eq!(found[0].expected[0].id.as_deref(), gone["id"].as_str());
            let found = differences(&whole, &less);
            assert_eq!(found.len(), 1, "{found:#?}");
            assert_eq!((found[0].field.as_str(), found[0].change), (part, Change::Extra));
        }
    }
}

#[test]
fn tasks_in_another_order_are_one_difference() {
    let (mut actual, expected) = (fixture(), fixture());
    actual["tasks"].as_array_mut().unwrap().swap(2, 3);
    let found = differences(&actual, &expected);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].field.as_str(), found[0].change), ("order", Change::Moved));
}

#[test]
fn a_changed_word_is_a_changed_text_even_under_a_new_id() {
    let (mut actual, expected) = (fixture(), fixture());
    let text = actual["tasks"][2]["text"].as_str().unwrap().replace("bến Cát", "bến Sỏi");
    actual["tasks"][2]["text"] = json!(text);
    actual["tasks"][2]["id"] = json!("0123456789abcdef");
    let found = differences(&actual, &expected);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].field, "text");
}

#[test]
fn splits_and_merges_are_named_as_such() {
    let whole = fixture();
    let mut parts = fixture();
    let tasks = parts["tasks"].as_array_mut().unwrap();
    let mut second = tasks[0].clone();
    let text = tasks[0]["text"].as_str().unwrap().to_owned();
    let (first, rest) = text.split_once("; ").unwrap();
    tasks[0]["text"] = json!(first);
    tasks[0]["id"] = json!("1111111111111111");
    second["text"] = json!(rest);
    second["id"] = json!("2222222222222222");
    tasks.insert(1, second);
    let split = differences(&parts, &whole);
    assert_eq!(split.len(), 1, "{split:#?}");
    assert_eq!(split[0].change, Change::Split);
    assert_eq!((split[0].expected.len(), split[0].actual.len()), (1, 2));
    let merged = differences(&whole, &parts);
    assert_eq!(merged.len(), 1, "{merged:#?}");
    assert_eq!(merged[0].change, Change::Merged);
    assert_eq!((merged[0].expected.len(), merged[0].actual.len()), (2, 1));
}

#[test]
fn a_partial_file_is_compared_on_the_fields_it_has() {
    let actual = fixture();
    let mut partial = json!({"document": {"type": "TB"}, "tasks": []});
    partial["tasks"] = actual["tasks"].as_array().unwrap().iter().map(|t| json!({"text": t["text"], "kind": t["kind"], "lead": t["lead"].as_array().unwrap().iter().map(|l| json!({"name": l["name"]})).collect::<Vec<_>>()})).collect();
    assert!(differences(&actual, &partial).is_empty());
    partial["tasks"][1]["lead"][0]["name"] = json!("Sở Y tế");
    let found = differences(&actual, &partial);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].field.as_str(), found[0].leaves[0].path.as_str()), ("lead", "[0].name"));
    // tasks by title or by place alone
    for key in ["title", "ordinal"] {
        partial["tasks"] =
            actual["tasks"].as_array().unwrap().iter().map(|t| json!({(key): t[key], "status": t["status"]})).collect();
        assert!(differences(&actual, &partial).is_empty(), "{key}");
    }
    assert!(differences(&actual, &json!({"document": {"place": "Lam Sơn"}})).is_empty());
}

#[test]
fn places_are_not_compared_across_different_bytes() {
    let (mut actual, expected) = (fixture(), fixture());
    actual["document"]["id"] = json!("f".repeat(64));
    actual["tasks"][0]["span"]["start"] = json!(1);
    actual["tasks"][0]["lead"][0]["span"]["start"] = json!(1);
    let found = diff(&actual, &expected, &Only::default());
    assert!(found.spans_left_out);
    assert_eq!(found.differences.len(), 1);
    assert_eq!(found.differences[0].field, "id");
}

#[test]
fn a_repeat_follows_the_task_that_it_repeats() {
    let (mut actual, mut expected) = (fixture(), fixture());
    expected["tasks"][7]["repeats"] = expected["tasks"][2]["id"].clone();
    actual["tasks"][7]["repeats"] = json!("abcdefabcdefabcd");
    actual["tasks"][2]["id"] = json!("abcdefabcdefabcd");
    actual["tasks"][2]["text"] = json!("Sở Tài chính lập dự toán sửa chữa bến Đá và bến Cát trong quý II/2026.");
    let fields: Vec<String> = differences(&actual, &expected).into_iter().map(|d| d.field).collect();
    assert_eq!(fields, ["text"]);
}

#[test]
fn only_keeps_the_fields_asked_for() {
    let (mut actual, expected) = (fixture(), fixture());
    actual["document"]["status"] = json!("partial");
    actual["tasks"][0]["status"] = json!("done");
    actual["tasks"][0]["kind"] = json!("planned");
    let count = |names: &[&str]| diff(&actual, &expected, &Only::parse(names).unwrap()).differences.len();
    assert_eq!(count(&[]), 3);
    assert_eq!(count(&["status"]), 2);
    assert_eq!(count(&["document.status"]), 1);
    assert_eq!(count(&["task"]), 2);
    assert_eq!(count(&["kind,document"]), 2);
    assert_eq!(count(&["lead"]), 0);
    assert_eq!(Only::parse(&["document.lead"]).unwrap_err().field, "document.lead");
}

fn write(folder: &Path, name: &str, record: &Value) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, record.to_string()).unwrap();
}

#[test]
fn folders_pair_their_files_and_name_what_has_no_pair() {
    let folder = tempfile::tempdir().unwrap();
    let (got, want) = (folder.path().join("got"), folder.path().join("want"));
    let mut changed = fixture();
    changed["tasks"][0]["kind"] = json!("planned");
    write(&got, "a/kh.pdf.json", &changed);
    write(&want, "a/kh.json", &fixture());
    write(&got, "moi.md.json", &fixture());
    write(&want, "cu.md.json", &fixture());
    let error = |message: &str| json!({"source": {"path": "hong.pdf"}, "error": {"code": "damaged", "message": message, "hint": null}});
    write(&got, "hong.pdf.json", &error("x"));
    write(&got, "errors.ndjson", &error("x"));
    write(&want, "hong.pdf.json", &error("y"));
    let report = diff_files(&got, &want, &Only::default()).unwrap();
    let found: Vec<(&str, &str, Change)> = report
        .documents
        .iter()
        .flat_map(|d| d.diff.differences.iter().map(|x| (d.name.as_str(), x.field.as_str(), x.change)))
        .collect();
    let all = [
        ("a/kh.pdf", "kind", Change::Changed),
        ("cu.md", "record", Change::Missing),
        ("hong.pdf", "error", Change::Changed),
        ("moi.md", "record", Change::Extra),
    ];
    assert_eq!(found, all);
    assert_eq!(report.total.fields["task.kind"], 1);
}

#[test]
fn an_ndjson_file_pairs_with_a_folder_of_the_same_documents() {
    let folder = tempfile::tempdir().unwrap();
    let (mut a, mut b) = (fixture(), fixture());
    a["document"]["source"]["path"] = json!("a.pdf");
    b["document"]["source"]["path"] = json!("b.pdf");
    let lines = folder.path().join("all.ndjson");
    fs::write(&lines, format!("{a}\n\n{b}\n")).unwrap();
    write(&folder.path().join("want"), "a.pdf.json", &a);
    b["tasks"][0]["status"] = json!("done");
    write(&folder.path().join("want"), "b.pdf.json", &b);
    let report = diff_files(&lines, &folder.path().join("want"), &Only::default()).unwrap();
    assert_eq!((report.total.documents, report.total.differences), (2, 1));
}

#[test]
fn a_gold_file_is_refused_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "gold.json", &json!({"file": "kh.md", "tasks": []}));
    write(folder.path(), "kh.json", &fixture());
    let error = diff_files(&folder.path().join("kh.json"), &folder.path().join("gold.json"), &Only::default());
    assert!(error.unwrap_err().to_string().contains("nhiemvu score"));
}

#[test]
fn reports_are_readable_and_keep_control_characters_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut actual = fixture();
    actual["tasks"][0]["lead"][0]["name"] = json!("Sở \u{1b}[2J| <Y> tế");
    actual["tasks"].as_array_mut().unwrap().pop();
    write(folder.path(), "got.json", &actual);
    write(folder.path(), "want.json", &fixture());
    let report =
        diff_files(&folder.path().join("got.json"), &folder.path().join("want.json"), &Only::default()).unwrap();
    let text = report.to_text(Style::default());
    for part in [
        "got: 2 khác biệt; 7/9 nhiệm vụ giống hệt",
        "task.lead",
        "- [0].name: Sở Xây dựng",
        "- task: thiếu",
        "III.3 «Tập huấn",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
    let colored = report.to_text(Style { lang: Lang::En, color: true });
    assert!(colored.contains("\u{1b}[32m+ [0].name: Sở ␛[2J"), "{colored}");
    let markdown = report.to_markdown(Lang::En);
    assert!(markdown.contains("| `task.lead [0].name` | Sở Xây dựng | Sở  \\[2J\\| &lt;Y&gt; tế |"), "{markdown}");
    let json: Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["total"]["differences"], 2);
    assert_eq!(json["documents"][0]["differences"][0]["leaves"][0]["expected"], "Sở Xây dựng");
}
