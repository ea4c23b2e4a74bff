//! A document marked Mật, Tối mật or Tuyệt mật says so first in every output.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;
use std::path::Path;

use calamine::{Reader, open_workbook};
use serde_json::Value;
use support::{check_schema, nhiemvu};
use tempfile::TempDir;

/// A document, and what is stamped on it.
fn document(stamp: &str, number: u32) -> String {
    format!(
        "ỦY BAN NHÂN DÂN\nTỈNH HÒA GIANG\nSố: {number}/KH-UBND\n{stamp}\nHòa Giang, ngày 10 tháng 4 năm 2031\n\nKẾ HOẠCH\nDiễn tập giữ kho lương\n\n\
         1. Sở Tài chính chủ trì, phối hợp với Sở Y tế lập dự toán diễn tập số {number} trước ngày 20/5/2031.\n\n\
         2. Sở Y tế dự trữ thuốc trong tháng 6 năm 2031, phấn đấu đạt 95% số xã trước ngày 40/6/2031.\n"
    )
}

/// A folder with one document.
fn one(stamp: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("kh.txt"), document(stamp, 5)).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = nhiemvu().current_dir(folder).args(arguments).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn records_have_the_degree_by_the_schema() {
    for (stamp, code) in [("MẬT", "secret"), ("TỐI MẬT", "top_secret"), ("TUYỆT MẬT", "most_secret")] {
        let folder = one(stamp);
        let asked = serde_json::json!({"id": 1, "text": document(stamp, 5)}).to_string() + "\n";
        let piped = nhiemvu().arg("pipe").write_stdin(asked).output().unwrap().stdout;
        let piped: Value = serde_json::from_slice(&piped).unwrap();
        let read = |arguments: &[&str]| serde_json::from_str::<Value>(&run(folder.path(), arguments)).unwrap();
        for record in [
            read(&["extract", "kh.txt"]),
            read(&["extract", "kh.txt", "--lead", "Sở Y tế"]),
            read(&["extract", "kh.txt", "--format", "ndjson"]),
            piped["documents"][0].clone(),
        ] {
            assert_eq!(record["document"]["secrecy"], code);
            check_schema(&record);
        }
        let tree = run(folder.path(), &["tree", "kh.txt", "--format", "json"]);
        assert!(tree.starts_with(&format!("{{\n  \"secrecy\": \"{code}\"")), "{tree}");
        let due = run(folder.path(), &["due", "kh.txt", "--format", "ndjson"]);
        assert!(
            due.lines().count() > 1 && due.lines().all(|line| line.starts_with(&format!("{{\"secrecy\":\"{code}\"")))
        );
        let lines = run(folder.path(), &["extract", "kh.txt", "--format", "label-studio", "--with-text"]);
        assert!(lines.starts_with(&format!("[\n{{\"data\":{{\"secrecy\":\"{stamp}\"")), "{lines}");
    }
}

#[test]
fn what_people_read_begins_with_the_degree() {
    let folder = one("TỐI MẬT");
    let first = |arguments: &[&str]| run(folder.path(), arguments).lines().next().unwrap_or_default().to_owned();
    assert_eq!(first(&["tree", "kh.txt"]), "secrecy: TỐI MẬT");
    assert_eq!(first(&["tree", "kh.txt", "--why"]), "secrecy: TỐI MẬT");
    assert_eq!(first(&["due", "kh.txt"]), "TỐI MẬT");
    assert_eq!(first(&["due", "kh.txt", "--lead", "Sở Y tế"]), "TỐI MẬT");
    assert_eq!(first(&["due", "kh.txt", "--lang", "en"]), "TOP SECRET");
    let text = nhiemvu().current_dir(folder.path()).args(["text", "kh.txt"]).output().unwrap();
    assert_eq!(String::from_utf8(text.stderr).unwrap().lines().next(), Some("TỐI MẬT"));
    assert_eq!(text.stdout, document("TỐI MẬT", 5).into_bytes(), "the text itself is the document's to the letter");
    let calendar = run(folder.path(), &["extract", "kh.txt", "--format", "ics"]);
    for start in ["\nSUMMARY:", "\nDESCRIPTION:", "\nCLASS:"] {
        let stamped = if start == "\nSUMMARY:" { "[TỐI MẬT]" } else { "TỐI MẬT" };
        let stamped = if start == "\nCLASS:" { "CONFIDENTIAL" } else { stamped };
        let items = calendar.matches("BEGIN:VTODO").count();
        assert!(items > 1);
        assert_eq!(calendar.matches(&format!("{start}{stamped}")).count(), items, "{calendar}");
    }
}

#[test]
fn every_row_about_a_marked_document_begins_with_the_degree() {
    let folder = one("TUYỆT MẬT");
    fs::write(folder.path().join("thuong.txt"), document("", 6)).unwrap();
    let stamp = "[TUYỆT MẬT]";
    let table = run(folder.path(), &["extract", ".", "--format", "csv"]);
    let rows: Vec<&str> = table.lines().filter(|line| line.contains("/KH-UBND")).collect();
    assert!(rows.len() > 3);
    for row in rows {
        let document = row.split(',').nth(1).unwrap();
        assert_eq!(document.starts_with(stamp), document.ends_with("5/KH-UBND"), "{row}");
    }
    run(folder.path(), &["extract", ".", "-o", "viec.xlsx"]);
    run(folder.path(), &["register", "add", "kh.txt", "thuong.txt", "--to", "so.xlsx"]);
    for book in ["viec.xlsx", "so.xlsx"] {
        let mut book: calamine::Xlsx<_> = open_workbook(folder.path().join(book)).unwrap();
        let mut seen = 0;
        for name in book.sheet_names() {
            let cells = book.worksheet_range(&name).unwrap();
            for row in cells.rows().skip(1) {
                // behind the row's number, which the register has not
                let words = row.iter().map(ToString::to_string).find(|words| words.parse::<f64>().is_err()).unwrap();
                let marked =
                    row.iter().any(|cell| cell.to_string().contains("kh.txt") || cell.to_string().contains("5/KH"));
                assert_eq!(words.starts_with(stamp), marked, "{name}: {words}");
                seen += usize::from(marked);
            }
        }
        assert!(seen > 1, "{seen}");
    }
    run(folder.path(), &["register", "add", "kh.txt", "thuong.txt", "--to", "so.ndjson"]);
    for line in fs::read_to_string(folder.path().join("so.ndjson")).unwrap().lines() {
        let marked = line.contains("5/KH-UBND");
        assert_eq!(line.starts_with(&format!("{{\"document\":\"{stamp} ")), marked, "{line}");
    }
}

#[test]
fn pages_show_the_degree_above_all_else() {
    let folder = one("MẬT");
    fs::write(folder.path().join("thuong.txt"), document("", 6)).unwrap();
    let page = |arguments: &[&str], file: &str| {
        run(folder.path(), arguments);
        fs::read_to_string(folder.path().join(file)).unwrap()
    };
    let banner = "<body>\n<p id=\"stamp\">MẬT</p>";
    let single = page(&["review", "kh.txt", "-o", "mot.html"], "mot.html");
    assert!(single.contains(banner) && single.contains("<title>[MẬT] ") && single.contains("\"stamp\":\"MẬT\""));
    let both = page(&["review", "kh.txt", "thuong.txt", "-o", "hai.html"], "hai.html");
    assert!(both.contains(banner) && both.contains(">[MẬT] Diễn tập giữ kho lương</a>"));
    assert_eq!(both.matches(">[MẬT] ").count() - both.matches("<title>[MẬT] ").count(), 1, "of one document alone");
    let index = page(&["review", "kh.txt", "thuong.txt", "-o", "ba/"], "ba/index.html");
    assert!(index.contains(banner));
    let shown = |name: &str| fs::read_to_string(folder.path().join(format!("ba/van-ban/{name}.html"))).unwrap();
    assert!(shown("kh.txt").contains(banner) && !shown("thuong.txt").contains("id=\"stamp\""));
    assert!(!page(&["review", "thuong.txt", "-o", "bon.html"], "bon.html").contains("id=\"stamp\""));
}

#[test]
fn reports_of_differences_begin_with_the_degree() {
    let folder = one("TỐI MẬT");
    run(folder.path(), &["extract", "kh.txt", "-o", "cu.json"]);
    let old = fs::read_to_string(folder.path().join("cu.json")).unwrap();
    fs::write(folder.path().join("moi.json"), old.replace("dự toán diễn tập", "dự toán tập dượt")).unwrap();
    let report = |format: &str| run(folder.path(), &["diff", "moi.json", "cu.json", "--format", format]);
    assert!(report("text").starts_with("TỐI MẬT\n\n[TỐI MẬT] "), "{}", report("text"));
    assert!(report("md").starts_with("**TỐI MẬT**\n\n### [TỐI MẬT] "), "{}", report("md"));
    let json: Value = serde_json::from_str(&report("json")).unwrap();
    assert_eq!(json["documents"][0]["secrecy"], "top_secret");
}
