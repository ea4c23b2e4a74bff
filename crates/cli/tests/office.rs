//! A morning in an office: a folder in, a workbook, a calendar and a register out, and the next day's folder merged.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;
use support::{nhiemvu, root};

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = nhiemvu().current_dir(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn put(folder: &Path, name: &str, from: &str, change: impl Fn(String) -> String) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, change(fs::read_to_string(root().join("corpus").join(from)).unwrap())).unwrap();
}

/// The document as a page, without the marks of Markdown.
fn as_html(text: &str) -> String {
    let text = text.replace("**", "");
    let lines = text.lines().map(|line| line.trim_start_matches('#').trim()).filter(|line| !line.is_empty());
    let paragraphs: String = lines
        .fold(String::new(), |all, line| format!("{all}<p>{}</p>\n", line.replace('&', "&amp;").replace('<', "&lt;")));
    format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>\n{paragraphs}</body></html>\n")
}

fn sheet(path: &Path, name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    book.worksheet_range(name).unwrap()
}

/// The rows of a sheet as words, by head.
fn rows(sheet: &Range<Data>) -> Vec<BTreeMap<String, String>> {
    let heads: Vec<String> = sheet.rows().next().unwrap().iter().map(Data::to_string).collect();
    sheet.rows().skip(1).map(|row| heads.iter().cloned().zip(row.iter().map(Data::to_string)).collect()).collect()
}

/// Fills in the column `head` of every row, as a person would, and saves the book.
fn fill_in(path: &Path, head: &str, words: impl Fn(usize) -> String) {
    let old = sheet(path, "Sổ theo dõi");
    let at = old.rows().next().unwrap().iter().position(|one| *one == Data::String(head.to_owned())).unwrap();
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("Sổ theo dõi").unwrap();
    for (row, cells) in old.rows().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let place = (row as u32, column as u16);
            match cell {
                _ if column == at && row > 0 => page.write(place.0, place.1, words(row)).unwrap(),
                Data::Empty => page,
                Data::DateTime(day) => {
                    let format = Format::new().set_num_format("dd/mm/yyyy");
                    page.write_number_with_format(place.0, place.1, day.as_f64(), &format).unwrap()
                }
                other => page.write(place.0, place.1, other.to_string()).unwrap(),
            };
        }
    }
    book.save(path).unwrap();
}

fn first_day(folder: &Path) {
    put(folder, "den/thong-bao.md", "tb-ben-thuyen.md", |text| text);
    put(folder, "den/ke-hoach.md", "kh-cho-noi.md", |text| text);
    put(folder, "den/phong/bao-cao.txt", "bc-lang-nghe.txt", |text| text);
    put(folder, "den/phong/cong-dien.html", "cd-lu-som.md", |text| as_html(&text));
    fs::write(folder.join("den/rong.pdf"), "").unwrap();
}

#[test]
fn a_folder_becomes_a_workbook_a_calendar_and_a_register_and_the_next_days_folder_is_merged() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    first_day(home);

    let (code, stdout, stderr) = run(home, &["extract", "den", "-o", "nhiem-vu.xlsx"]);
    assert_eq!((code, stdout.as_str()), (3, ""), "{stderr}");
    let tasks = rows(&sheet(&home.join("nhiem-vu.xlsx"), "Nhiệm vụ"));
    let documents = rows(&sheet(&home.join("nhiem-vu.xlsx"), "Văn bản"));
    assert_eq!(documents.len(), 5);
    assert_eq!(documents.iter().filter(|row| row["Kết quả đọc"] == "Không đọc được").count(), 1);
    let told: usize = documents.iter().filter_map(|row| row["Số nhiệm vụ"].parse::<usize>().ok()).sum();
    assert!(tasks.len() == told && told > 30, "{told}");
    assert_eq!(run(home, &["extract", "den", "-o", "nhiem-vu.csv"]).0, 3);
    assert!(fs::read(home.join("nhiem-vu.csv")).unwrap().starts_with("\u{feff}STT,".as_bytes()));

    assert_eq!(run(home, &["extract", "den", "-o", "nhiem-vu.ics"]).0, 3);
    let calendar = fs::read_to_string(home.join("nhiem-vu.ics")).unwrap();
    assert!(calendar.matches("BEGIN:VTODO").count() >= tasks.len() && calendar.contains("RRULE:FREQ="));
    let (_, events, _) = run(home, &["extract", "den", "--format", "ics", "--as", "event"]);
    assert!(events.contains("BEGIN:VEVENT") && !events.contains("VTODO"));

    assert_eq!(run(home, &["register", "add", "den", "--to", "so.xlsx"]).0, 3);
    let book = home.join("so.xlsx");
    assert_eq!(rows(&sheet(&book, "Sổ theo dõi")).len(), tasks.len());
    fill_in(&book, "Tình trạng", |row| format!("việc {row}"));
    let before = rows(&sheet(&book, "Sổ theo dõi"));

    // the notice again with another limit, its copy as a web page, and a new plan
    let later = |text: String| text.replace("tháng 5/2026", "tháng 6/2026");
    put(home, "hom-sau/thong-bao.md", "tb-ben-thuyen.md", later);
    put(home, "hom-sau/thong-bao.md-ban-sao.html", "tb-ben-thuyen.md", |text| as_html(&later(text)));
    put(home, "hom-sau/du-bao.txt", "kh-de-bao.txt", |text| text);
    assert_eq!(run(home, &["extract", "hom-sau", "-o", "hom-sau.ndjson"]).0, 0);
    let (code, _, stderr) = run(home, &["register", "add", "hom-sau.ndjson", "--to", "so.xlsx"]);
    assert_eq!(code, 0, "{stderr}");
    let after = rows(&sheet(&book, "Sổ theo dõi"));
    assert!(after.len() > before.len());
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(old["Tình trạng"], new["Tình trạng"], "{stderr}");
    }
    assert!(after.iter().any(|row| row["Thay đổi"].contains("30/06/2026")), "{stderr}");
    assert!(after[before.len()..].iter().all(|row| row["Tình trạng"].is_empty() && row["Tệp"] == "du-bao.txt"));
    let keys: BTreeSet<&String> = after.iter().map(|row| &row["Khóa"]).collect();
    assert_eq!(keys.len(), after.len());

    // once more, nothing changes
    let bytes = fs::read(&book).unwrap();
    assert_eq!(run(home, &["register", "add", "hom-sau.ndjson", "--to", "so.xlsx"]).0, 0);
    assert_eq!(fs::read(&book).unwrap(), bytes);
}

#[test]
fn a_register_that_is_open_or_no_register_is_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    put(home, "a.md", "cd-lu-som.md", |text| text);
    for (name, bytes) in [("cut.xlsx", &b"PK\x03\x04"[..]), ("other.ndjson", b"[1]\n"), ("bad.ndjson", b"\xff")] {
        fs::write(home.join(name), bytes).unwrap();
        let (code, _, stderr) = run(home, &["register", "add", "a.md", "--to", name]);
        assert!(code == 3 && stderr.contains('→'), "{name}: {code} {stderr}");
        assert_eq!(fs::read(home.join(name)).unwrap(), bytes);
    }
    assert_eq!(run(home, &["register", "add", "a.md", "--to", "so.xlsx"]).0, 0);
    fs::write(home.join("~$so.xlsx"), "").unwrap();
    let (code, _, stderr) = run(home, &["register", "add", "a.md", "--to", "so.xlsx", "--lang", "en"]);
    assert!(code == 3 && stderr.contains("is open in another program"), "{stderr}");
    assert_eq!(run(home, &["register", "add", "a.md", "--to", "so.docx"]).0, 2);
}

#[test]
fn what_is_due_is_listed_by_body_with_recurring_tasks_on_each_of_their_days() {
    let args = ["due", "corpus", "--from", "2026-05-01", "--due-before", "2026-07-01"];
    let (code, text, _) = run(&root(), &args);
    assert_eq!(code, 0);
    assert!(
        text.contains("Sở Xây dựng (")
            && text.contains("  2026-05-25 (định kỳ)")
            && text.contains("  2026-06-25 (định kỳ)"),
        "{text}"
    );
    let (_, lines, _) = run(&root(), &[&args[..], &["--format", "ndjson", "--lead", "Sở Xây dựng"]].concat());
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!lines.is_empty());
    for line in &lines {
        let day = line["day"].as_str().unwrap();
        assert!(("2026-05-01".."2026-07-01").contains(&day), "{line}");
    }
    assert!(
        run(&root(), &["due", "corpus", "--due-before", "1990-01-01", "--lang", "en"]).2.contains("nothing is due")
    );
}

#[test]
fn flagged_tasks_can_be_picked() {
    let count = |args: &[&str]| {
        let (code, stdout, _) = run(&root(), &[&["extract", "corpus"], args].concat());
        assert_eq!(code, 0);
        stdout
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["tasks"].as_array().unwrap().len())
            .sum::<usize>()
    };
    let (all, flagged) = (count(&[]), count(&["--flagged"]));
    assert!(flagged > 0 && flagged < all / 2, "{flagged} of {all}");
}

#[test]
fn a_system_in_python_reads_the_results() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    first_day(home);
    fs::write(home.join("schema.json"), nhiemvu_exporter::SCHEMA).unwrap();
    run(home, &["extract", "den", "--with-text", "-o", "kq.ndjson"]);
    run(home, &["extract", "den", "-o", "lich.ics"]);
    let script = root().join("crates/cli/tests/consumer.py");
    let output = Command::new("python3")
        .arg(script)
        .args(["schema.json", "kq.ndjson", "lich.ics", "2026-05"])
        .current_dir(home)
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: no python3, so that no Python program read the results");
        return;
    };
    let stderr = String::from_utf8_lossy(&output.stderr);
    eprint!("{stderr}");
    assert!(output.status.success(), "{stderr}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["records"], 5);
    assert!(answer["spans"].as_u64().unwrap() > 100);
    let days: BTreeSet<String> =
        answer["due"].as_array().unwrap().iter().map(|row| format!("{} {}", row[0], row[1])).collect();
    let (_, lines, _) =
        run(home, &["due", "kq.ndjson", "--from", "2026-05-01", "--due-before", "2026-06-01", "--format", "ndjson"]);
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let own: BTreeSet<String> = lines
        .filter(|line| line["recurring"] == false && line["body"].as_str().is_some_and(|body| !body.contains('(')))
        .map(|line| format!("{} {}", line["body"], line["day"]))
        .collect();
    assert!(!own.is_empty() && own.is_subset(&days), "{own:?} {days:?}");
}

#[test]
fn every_command_that_lists_tasks_picks_them_alike() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    put(home, "den/a.md", "kh-cho-noi.md", |text| text);
    put(home, "den/b.md", "tb-ben-thuyen.md", |text| text);
    assert_eq!(run(home, &["extract", "den", "--with-text", "-o", "all.ndjson"]).0, 0);
    let tasks = |path: &str| -> Vec<Value> {
        let text = fs::read_to_string(home.join(path)).unwrap();
        let records = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        records.flat_map(|record| record["tasks"].as_array().unwrap().clone()).collect()
    };
    let all = tasks("all.ndjson");
    let lead = all[0]["lead"][0]["name"].as_str().unwrap();
    for pick in [&["--lead", lead][..], &["--due-before", "2026-08-01"], &["--flagged"]] {
        let with = |args: &[&str]| {
            let (code, stdout, stderr) = run(home, &[args, pick].concat());
            assert_eq!(code, 0, "{args:?} {pick:?}: {stderr}");
            stdout
        };
        with(&["extract", "den", "-o", "picked.ndjson"]);
        let picked = tasks("picked.ndjson");
        assert!(!picked.is_empty() && picked.len() < all.len(), "{pick:?}: {} of {}", picked.len(), all.len());
        let ids: BTreeSet<&str> = picked.iter().map(|task| task["id"].as_str().unwrap()).collect();
        // from documents, and from results that hold all tasks
        for from in ["den", "all.ndjson"] {
            with(&["register", "add", from, "--to", "so.ndjson"]);
            assert_eq!(
                fs::read_to_string(home.join("so.ndjson")).unwrap().lines().count(),
                picked.len(),
                "{pick:?} {from}"
            );
            fs::remove_file(home.join("so.ndjson")).unwrap();
            with(&["review", from, "-o", "trang.html"]);
            let page = fs::read_to_string(home.join("trang.html")).unwrap();
            for task in &all {
                let id = task["id"].as_str().unwrap();
                assert_eq!(page.contains(&format!("\"{id}\"")), ids.contains(id), "{pick:?} {from}: {id}");
            }
            let due = with(&["due", from, "--format", "ndjson"]);
            for line in due.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
                let due_late = pick[0] == "--due-before" && line["recurring"] == true;
                assert!(due_late || ids.contains(line["task"].as_str().unwrap()), "{pick:?} {from}: {line}");
            }
        }
        let asked = format!("{{\"id\": 1, \"path\": {}}}\n", Value::from(home.join("den/a.md").to_string_lossy()));
        let output = nhiemvu().arg("pipe").args(pick).write_stdin(asked).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        for task in answer["documents"][0]["tasks"].as_array().unwrap() {
            assert!(ids.contains(task["id"].as_str().unwrap()), "{pick:?}: {task}");
        }
    }
}

#[test]
fn tasks_without_a_day_are_told_where_a_calendar_has_no_place_for_them() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    fs::write(home.join("a.md"), "1. Sở Y tế báo cáo trước ngày 15/5/2031.\n2. Sở Tài chính lập dự toán.\n").unwrap();
    let (code, _, stderr) = run(home, &["extract", "a.md", "-o", "a.ics", "--as", "event"]);
    assert!(code == 0 && stderr.contains("1 nhiệm vụ không có ngày"), "{stderr}");
    let (_, _, stderr) = run(home, &["extract", "a.md", "-o", "a.ics", "--as", "event", "--lang", "en"]);
    assert!(stderr.contains("1 tasks have no date"), "{stderr}");
    assert_eq!(fs::read_to_string(home.join("a.ics")).unwrap().matches("BEGIN:VEVENT").count(), 1);
    assert!(!run(home, &["extract", "a.md", "-o", "a.ics"]).2.contains("không có ngày"));
}
