//! A document marked Mật, Tối mật or Tuyệt mật says so first in every output.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fmt::Write as _;
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

/// The two columns with which a document begins, as rows of cells of lines.
fn header(number: &[&str], date: &[&str], above: &[&str]) -> Vec<Vec<Vec<String>>> {
    let cell = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let issuer = [above, &["ỦY BAN NHÂN DÂN", "TỈNH HÒA GIANG"]].concat();
    let motto = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"];
    vec![vec![cell(&issuer), cell(&motto)], vec![cell(number), cell(date)]]
}

/// The same document as Markdown, as a page and as a Word file, its header in tables.
fn written(tables: &[Vec<Vec<Vec<String>>>]) -> [(&'static str, Vec<u8>); 3] {
    let body = ["KẾ HOẠCH", "Diễn tập giữ kho lương", "1. Sở Tài chính lập dự toán trước ngày 20/5/2031."];
    let (mut text, mut page, mut parts) = (String::new(), String::from("<!DOCTYPE html><body>"), String::new());
    for rows in tables {
        for (at, row) in rows.iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|cell| cell.join("<br>")).collect();
            writeln!(text, "| {} |", cells.join(" | ")).unwrap();
            text += &if at == 0 { "|---".repeat(row.len()) + "|\n" } else { String::new() };
        }
        text += "\n";
        let mark = |open: &str, line: &str, close: &str| {
            let cell = |lines: &Vec<String>| lines.iter().map(|words| line.replace('*', words)).collect::<String>();
            let row =
                |row: &Vec<Vec<String>>| row.iter().map(|lines| open.replace('*', &cell(lines))).collect::<String>();
            rows.iter().map(|cells| close.replace('*', &row(cells))).collect::<String>()
        };
        write!(page, "<table>{}</table>", mark("<td>*</td>", "<p>*</p>", "<tr>*</tr>")).unwrap();
        let table = mark("<w:tc>*<w:p/></w:tc>", "<w:p><w:r><w:t>*</w:t></w:r></w:p>", "<w:tr>*</w:tr>");
        write!(parts, "<w:tbl>{table}</w:tbl><w:p/>").unwrap();
    }
    for line in body {
        write!(text, "{line}\n\n").unwrap();
        write!(page, "<p>{line}</p>").unwrap();
        write!(parts, "<w:p><w:r><w:t>{line}</w:t></w:r></w:p>").unwrap();
    }
    let word = nhiemvu_trials::files::docx(nhiemvu_trials::files::word_body(&parts).as_bytes(), &[]);
    [("kh.md", text.into_bytes()), ("kh.html", page.into_bytes()), ("kh.docx", word)]
}

#[test]
fn a_stamp_is_read_wherever_a_header_has_it() {
    let (number, date) = ("Số: 5/KH-UBND", "Hòa Giang, ngày 10 tháng 4 năm 2031");
    for (stamp, code) in [("MẬT", "secret"), ("Tối mật", "top_secret"), ("Độ mật: Tuyệt mật", "most_secret")]
    {
        let alone = vec![vec![vec![stamp.to_owned()]]];
        let plain = header(&[number], &[date], &[]);
        let row = [plain.clone(), vec![vec![vec![stamp.to_owned()], Vec::new()]]].concat();
        for tables in [
            vec![header(&[number, stamp], &[date], &[])],
            vec![header(&[number], &[stamp, date], &[])],
            vec![header(&[number], &[date], &[stamp])],
            vec![row],
            vec![alone.clone(), plain.clone()],
            vec![plain, alone],
        ] {
            for (name, bytes) in written(&tables) {
                degree_of(name, &bytes, code);
            }
        }
        let title = "KẾ HOẠCH\nDiễn tập giữ kho lương";
        let lines = format!("ỦY BAN NHÂN DÂN\nTỈNH HÒA GIANG\n{number}");
        for text in [
            format!("{stamp}\n\n\n\n\n{lines}\n{date}\n\n{title}\n"),
            format!("{lines}\n{stamp}          {date}\n\n{title}\n"),
            format!("{lines}\n{stamp}\t{date}\n\n{title}\n"),
            format!("{stamp}          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{lines}\n{date}\n\n{title}\n"),
            format!("{lines}\n{}\n{date}\n\n{title}\n", stamp.replace(": ", ":\n")),
            format!("{lines}\n{date}\n\n{title}\n{stamp}\n"),
            format!("{lines}\nV/v diễn tập\n{stamp}\n{date}\n\nKính gửi: Sở Tài chính.\n"),
        ] {
            let record = degree_of("kh.txt", text.as_bytes(), code);
            assert_eq!(record["document"]["place"], "Hòa Giang", "{text}");
            let subject = record["document"]["subject"].as_str().unwrap();
            assert!(subject.ends_with("iễn tập") || subject.ends_with("giữ kho lương"), "{subject}");
        }
    }
}

/// The record of a document, of which the degree is checked.
fn degree_of(name: &str, bytes: &[u8], code: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let record: Value = serde_json::from_str(&run(folder.path(), &["extract", name])).unwrap();
    let document = &record["document"];
    assert_eq!(document["secrecy"], code, "{name}: {}", String::from_utf8_lossy(bytes));
    assert_eq!(document["issuer"]["name"], "Ủy ban nhân dân tỉnh", "{name}");
    assert_eq!(document["date"], "2031-04-10", "{name}");
    record
}

#[test]
fn words_of_a_text_are_no_stamp() {
    for text in [
        "KẾ HOẠCH\nTăng cường công tác bảo vệ bí\nmật\n\n1. Sở Tài chính lập dự toán trước ngày 20/5/2031.\n",
        "KẾ HOẠCH\nDiễn tập\n\n| Tài liệu | Độ mật |\n|---|---|\n| Sơ đồ kho | Tối mật |\n",
        "KẾ HOẠCH\nDiễn tập\n\nSở Y tế làm việc sau:\n\n- Mật\n\n- Đường\n",
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("kh.md"), text).unwrap();
        let record: Value = serde_json::from_str(&run(folder.path(), &["extract", "kh.md"])).unwrap();
        assert!(record["document"].get("secrecy").is_none_or(Value::is_null), "{text}");
    }
}

#[test]
fn figures_against_gold_begin_with_the_degree() {
    let folder = one("TỐI MẬT");
    fs::write(folder.path().join("thuong.txt"), document("", 6)).unwrap();
    run(folder.path(), &["extract", "kh.txt", "thuong.txt", "-o", "ra/"]);
    fs::create_dir(folder.path().join("gold")).unwrap();
    for name in ["kh", "thuong"] {
        let gold = serde_json::json!({"file": format!("{name}.txt"), "tasks": [{"anchor": "chuyện khác"}]});
        fs::write(folder.path().join("gold").join(name).with_extension("json"), gold.to_string()).unwrap();
    }
    let table = run(folder.path(), &["score", "gold", "ra", "--details"]);
    assert!(table.starts_with("TỐI MẬT\n\n  [TỐI MẬT] [kh] "), "{table}");
    let marked = |line: &&str| line.contains("[TỐI MẬT] ");
    for line in table.lines().skip(2).filter(|line| line.contains("kh") || line.contains("thuong")) {
        assert_eq!(marked(&line), !line.contains("thuong"), "{line}");
    }
    let english = run(folder.path(), &["score", "gold", "ra", "--lang", "en"]);
    assert!(english.starts_with("TOP SECRET\n\n"), "{english}");
    let json = run(folder.path(), &["score", "gold", "ra", "--json"]);
    assert!(json.starts_with("[\n {\n  \"secrecy\": \"top_secret\",\n"), "{json}");
    let rows: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(rows[1].get("secrecy"), None);
    assert_eq!(rows[2]["secrecy"], "top_secret", "the highest of all");
}
