//! The workbook and the CSV as another program sees them: LibreOffice opens both, shows the same words, and runs nothing.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use support::{nhiemvu, root};

/// Every sheet as a CSV file with commas, quoted, in UTF-8, as shown on the screen, formulas as their results.
const FILTER: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1";

/// Asks LibreOffice to write each sheet of `book` into `folder`; false, said aloud, where it cannot open sheets here.
fn opened(folder: &Path, book: &str, filter: Option<&str>) -> bool {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut office = Command::new("soffice");
    office.current_dir(folder).args([&profile, "--headless", "--convert-to", FILTER, "--outdir", "seen"]);
    filter.map(|filter| office.arg(format!("--infilter={filter}")));
    let seen = office.arg(book).output().is_ok_and(|output| output.status.success()) && folder.join("seen").is_dir();
    if !seen {
        eprintln!("SKIPPED: no LibreOffice that opens sheets (apt install libreoffice-calc-nogui)");
        assert!(std::env::var_os("CI").is_none(), "the gate has it");
    }
    seen
}

/// The rows of one sheet by head.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let heads = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| heads.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn extract(folder: &Path, to: &str) {
    assert_eq!(
        nhiemvu().current_dir(folder).args(["extract", "den", "-o", to]).output().unwrap().status.code(),
        Some(0)
    );
}

#[test]
fn a_workbook_opens_with_its_sheets_days_and_words() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    fs::create_dir(home.join("den")).unwrap();
    fs::copy(root().join("corpus/kh-cho-noi.md"), home.join("den/kh.md")).unwrap();
    extract(home, "a.xlsx");
    if !opened(home, "a.xlsx", None) {
        return;
    }
    for sheet in ["Chỉ tiêu", "Văn bản", "Cảnh báo"] {
        assert!(home.join(format!("seen/a-{sheet}.csv")).exists(), "{sheet}");
    }
    let tasks = rows(&home.join("seen/a-Nhiệm vụ.csv"));
    extract(home, "a.ndjson");
    let record: serde_json::Value = serde_json::from_str(&fs::read_to_string(home.join("a.ndjson")).unwrap()).unwrap();
    let expected = record["tasks"].as_array().unwrap();
    assert_eq!(tasks.len(), expected.len());
    for (row, task) in tasks.iter().zip(expected) {
        assert_eq!(row["Mã nhiệm vụ"], task["id"].as_str().unwrap());
        // a day that is a number of a sheet is shown as a day, not as five digits
        let due = &row["Hạn"];
        assert!(due.is_empty() || due.split('/').count() == 3, "{due}");
    }
    assert!(tasks.iter().any(|row| !row["Hạn"].is_empty()));
}

/// Tasks whose words a spreadsheet would run, or fail to run, if it were let.
const TEMPTING: [&str; 5] = ["=1+2", "+1+2", "-1+2", "@SUM(1;2)", "=HYPERLINK(\"http://a.example\")"];

/// A table of such tasks, in a file whose name is another.
fn tempting(folder: &Path) {
    let row = |head: &&str| format!("| 1 | {head} | Rà soát quy hoạch | Sở Y tế | {head} |\n");
    let table: String = TEMPTING.iter().map(row).collect();
    let heads = "| STT | Nhiệm vụ | Nội dung | Cơ quan chủ trì | Sản phẩm |\n|---|---|---|---|---|\n";
    fs::create_dir(folder.join("den")).unwrap();
    fs::write(folder.join("den/=1+2.md"), format!("{heads}{table}")).unwrap();
}

#[test]
fn a_cell_that_looks_like_a_formula_is_shown_and_not_run() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    tempting(home);
    extract(home, "a.xlsx");
    extract(home, "b.csv");
    // the CSV as a user opens it: comma, quotes, UTF-8, formulas evaluated
    if !opened(home, "a.xlsx", None)
        || !opened(home, "b.csv", Some("Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,true"))
    {
        return;
    }
    let csv = fs::read_dir(home.join("seen")).unwrap().map(|entry| entry.unwrap().path());
    let csv = csv.into_iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with('b')).unwrap();
    for path in [home.join("seen/a-Nhiệm vụ.csv"), csv] {
        let tasks = rows(&path);
        assert_eq!(tasks.len(), 5, "{path:?}");
        for (row, words) in tasks.iter().zip(TEMPTING) {
            // what was run shows 3, an address or a fault; what was not still holds its sign
            assert!(row["Toàn văn"].contains(words), "{path:?}: {row:?}");
            assert!(row["Tệp"].contains("=1+2"), "{path:?}: {row:?}");
        }
    }
}
