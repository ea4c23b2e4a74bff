//! `nhiemvu tree --why`: each block says by which rule it is a task or none, and each value where it was read from.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

mod support;

use std::collections::BTreeSet;

use nhiemvu_model::{Outcome, Rule};
use serde_json::Value;
use support::{convert, corpus, nhiemvu, root};

fn run(args: &[&str]) -> String {
    let output = nhiemvu().current_dir(root()).arg("tree").args(args).arg("--why").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn nodes(path: &str) -> Vec<Value> {
    let tree: Value = serde_json::from_str(&run(&[path, "--format", "json"])).unwrap();
    tree["nodes"].as_array().unwrap().clone()
}

fn verdicts(node: &Value) -> &Vec<Value> {
    node["verdicts"].as_array().unwrap()
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} of {value}"))
}

#[test]
fn every_block_and_row_has_a_verdict_and_every_task_one_that_took_it() {
    let known: BTreeSet<&str> = Rule::all().map(Rule::as_str).collect();
    for (name, bytes) in corpus() {
        let record = convert(&name, &bytes);
        let mut taken: Vec<String> = Vec::new();
        for node in nodes(&format!("corpus/{name}")).iter().skip(1) {
            let all = verdicts(node);
            assert!(!all.is_empty(), "{name}: nothing decided of {node}");
            assert!(all.iter().all(|verdict| known.contains(word(verdict, "rule"))), "{name}: {all:?}");
            if all.iter().any(|verdict| verdict["rule"] == "task-table") {
                let (rows, heads) = (node["table"]["rows"].as_array().unwrap(), &node["table"]["heads"]);
                for row in heads.as_u64().unwrap()..rows.len() as u64 {
                    assert!(all.iter().any(|verdict| verdict["row"] == row), "{name}: row {row} of {node}");
                }
            }
            for verdict in all {
                assert_eq!(verdict["task"].is_object(), verdict["outcome"] == "taken", "{name}: {verdict}");
                taken.extend(verdict["task"]["id"].as_str().map(str::to_owned));
            }
        }
        let tasks = record["tasks"].as_array().unwrap();
        let wanted: BTreeSet<&str> = tasks.iter().map(|task| word(task, "id")).collect();
        assert_eq!(taken.iter().map(String::as_str).collect::<BTreeSet<_>>(), wanted, "{name}");
        assert_eq!(taken.len(), tasks.len(), "{name}: each task is taken once");
    }
}

#[test]
fn every_value_says_where_it_was_read_from() {
    const KEYS: [&str; 8] =
        ["lead", "coordinating", "monitoring", "report_to", "deadlines", "deliverables", "references", "fields"];
    for (name, _) in corpus() {
        for verdict in nodes(&format!("corpus/{name}")).iter().skip(1).flat_map(|node| verdicts(node).clone()) {
            let origins = verdict["origins"].as_array().unwrap();
            for key in KEYS.iter().filter(|_| verdict["task"].is_object()) {
                let values = verdict["task"][key].as_array().unwrap();
                let own: Vec<&Value> = origins.iter().filter(|origin| origin["field"] == *key).collect();
                assert_eq!(own.len(), values.len(), "{name}: {key} of {verdict}");
                for (origin, value) in own.iter().zip(values) {
                    // what the record says of the way agrees with the place found
                    let from = word(origin, "from");
                    let agrees = match value["via"].as_str() {
                        // the words of `Nội dung: …` are a line of their own, and the task's
                        Some("text") => matches!(from, "text" | "column") || from == "field" && tells_task(origin),
                        Some("field") => matches!(from, "field" | "column"),
                        Some("heading" | "intro" | "section") => matches!(from, "heading" | "stem" | "intro"),
                        Some("document") => from == "address",
                        _ => true,
                    };
                    assert!(agrees, "{name}: {origin} against {value}");
                    assert_eq!(origin["of"].is_string(), !matches!(from, "text" | "address"), "{name}: {origin}");
                }
            }
        }
    }
}

/// Whether the value stands in a line that tells what is to be done.
fn tells_task(origin: &Value) -> bool {
    let label = origin["of"].as_str().unwrap_or("");
    nhiemvu_parser::label_role(label) == Some(nhiemvu_model::FieldRole::Content)
}

/// The rules of the block that begins so, by name.
fn rules_of(path: &str, words: &str) -> Vec<String> {
    let nodes = nodes(path);
    let node = nodes.iter().find(|node| word(node, "text").starts_with(words)).unwrap_or_else(|| panic!("{words}"));
    verdicts(node).iter().map(|verdict| word(verdict, "rule").to_owned()).collect()
}

#[test]
fn rules_are_those_that_a_reader_would_give() {
    for (file, words, rule) in [
        ("tb-kho-lanh.md", "Trong những năm qua, năng lực kho lạnh", "report"),
        ("tb-kho-lanh.md", "Ngày 08 tháng 7 năm 2026", "preamble"),
        ("tb-kho-lanh.md", "Bộ Tài chính nghiên cứu", "names-body"),
        ("tb-kho-lanh.md", "Văn phòng Chính phủ thông báo để", "formula"),
        ("bc-lang-nghe.txt", "Doanh thu của 27 làng nghề", "done-work"),
        ("cv-ho-so-so.txt", "Trong quá trình thực hiện, nếu có vướng mắc", "standing-duty"),
        ("cv-ho-so-so.txt", "Đề nghị các cơ quan, địa phương quan tâm", "general-appeal"),
        ("kh-cho-noi.md", "Việc khôi phục phải dựa vào cộng đồng", "aim"),
        ("kh-cho-noi.md", "Đến năm 2030, 100% hộ", "target"),
        ("kh-cho-noi.md", "Kinh phí thực hiện từ ngân sách", "funding"),
        ("kh-cho-noi.md", "Khảo sát hiện trạng và lập bản đồ", "field-lines"),
        ("qd-cay-xanh.md", "Căn cứ Luật số 72/2025/QH15", "legal-basis"),
        ("qd-cay-xanh.md", "Sở Xây dựng", "names-bodies"),
        ("qd-cay-xanh.md", "Chủ trì tổ chức kiểm đếm", "inherited-body"),
        ("qd-cay-xanh.md", "PHỤ LỤC", "appendix"),
    ] {
        let rules = rules_of(&format!("corpus/{file}"), words);
        assert!(rules.iter().any(|own| own == rule), "{file}: {words} … is {rules:?}, not {rule}");
    }
}

#[test]
fn the_outline_shows_decisions_and_places_in_the_readers_language() {
    let vietnamese = run(&["corpus/qd-cay-xanh.md"]);
    for line in [
        "✗ formula: câu theo mẫu (điều khoản thi hành, lời kết)",
        "✓ table-row: dòng của bảng phân công nhiệm vụ",
        "lead: Sở Xây dựng [heading “1. Sở Xây dựng”, line 46] “Sở Xây dựng”",
        "lead: Sở Khoa học và Công nghệ [column “Cơ quan chủ trì”, line 74] “Sở Khoa học và Công nghệ”",
    ] {
        assert!(vietnamese.contains(line), "{line}\n{vietnamese}");
    }
    let english = run(&["corpus/qd-cay-xanh.md", "--lang", "en"]);
    assert!(english.contains("✗ formula: a formula: execution clause, closing words"), "{english}");
    let bare = |outline: &str| -> Vec<String> {
        let rule = |line: &str| ["✓ ", "✗ ", "· "].iter().any(|sign| line.trim_start().starts_with(sign));
        outline.lines().map(|l| l.split(": ").take(if rule(l) { 1 } else { 99 }).collect::<String>()).collect()
    };
    assert_eq!(bare(&vietnamese), bare(&english), "the language changes nothing but what rules say");
    assert_eq!(vietnamese, run(&["corpus/qd-cay-xanh.md"]));
}

#[test]
fn without_why_nothing_is_said_of_decisions() {
    let output = nhiemvu().current_dir(root()).args(["tree", "corpus/qd-cay-xanh.md"]).output().unwrap();
    let outline = String::from_utf8(output.stdout).unwrap();
    assert!(!outline.contains('✗') && !outline.contains('✓') && outline.contains("Điều 1."));
}

#[test]
fn the_architecture_names_every_rule() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for (outcome, head) in [(Outcome::Taken, "taken"), (Outcome::Refused, "refused"), (Outcome::Structure, "passed on")]
    {
        let row =
            page.lines().find(|line| line.starts_with(&format!("| {head} |"))).unwrap_or_else(|| panic!("{head}"));
        let named: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        let rules: Vec<&str> = Rule::all().filter(|rule| rule.outcome() == outcome).map(Rule::as_str).collect();
        assert_eq!(named, rules, "{head}");
    }
}
