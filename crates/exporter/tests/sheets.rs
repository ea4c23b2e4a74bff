//! Workbooks and CSV, read back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx as Book, open_workbook_from_rs};
use nhiemvu_exporter::record::{Agency, Deadline, Deliverable, SourceInfo, Target, Task, TaskList, Warning};
use nhiemvu_exporter::{Csv, Entry, Gather, Lang, Record, Xlsx, error_record, record};

/// A document whose words are as unkind to spreadsheets as they can be.
fn list() -> Record {
    let body = |name: &str| Agency { name: name.to_owned(), ..Agency::default() };
    let limit = |raw: &str, due: Option<&str>| Deadline {
        raw: raw.to_owned(),
        due: due.map(str::to_owned),
        ..Deadline::default()
    };
    let task = Task {
        id: "00000000000000aa".to_owned(),
        ordinal: "1.a".to_owned(),
        kind: "assigned".into(),
        title: "=HYPERLINK(\"http://x\";\"bấm\")".to_owned(),
        text: "@SUM(A1) \"trích\", rồi; thôi".to_owned(),
        lead: vec![body("Sở Tài chính"), body("Sở Y tế")],
        deadlines: vec![
            limit("định kỳ\n  hằng tháng", None),
            limit("trước 15/5", Some("2026-05-14")),
            limit("tháng 5", Some("2026-05-31")),
        ],
        deliverables: vec![Deliverable { text: "+84 báo cáo".to_owned(), ..Deliverable::default() }],
        flags: vec!["ambiguous-date".into(), "ocr".into()],
        ..Task::default()
    };
    let long = Task { text: "ế ".repeat(30_000), ..task.clone() };
    Record::Tasks(TaskList {
        document: record::Document {
            source: SourceInfo { path: "kh #1.pdf".to_owned(), ..SourceInfo::default() },
            date: Some("2026-04".to_owned()),
            status: "complete".into(),
            ..record::Document::default()
        },
        tasks: vec![task, long],
        targets: vec![Target {
            text: "-5% hộ nghèo".to_owned(),
            comparator: ">=".into(),
            value: 90.5,
            ..Target::default()
        }],
        warnings: vec![Warning { code: "no-date".into(), message: "không có ngày".to_owned(), span: None }],
        ..TaskList::default()
    })
}

fn fault() -> Record {
    let source = SourceInfo { path: "hỏng.pdf".to_owned(), ..SourceInfo::default() };
    Record::Error(error_record(
        "damaged",
        "tệp bị hỏng",
        Some("xin bản gốc".to_owned()),
        source,
        record::Generator::default(),
    ))
}

fn written(mut gather: impl Gather) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in [fault(), list()] {
        gather.add(&mut bytes, Entry { record: &record, file: Some("in/kh #1.pdf") }).unwrap();
    }
    gather.finish(&mut bytes).unwrap();
    bytes
}

fn sheets(lang: Lang) -> (Vec<String>, Vec<Range<Data>>) {
    let mut book: Book<_> = open_workbook_from_rs(Cursor::new(written(Xlsx::new(lang)))).unwrap();
    let names = book.sheet_names();
    let ranges = names.iter().map(|name| book.worksheet_range(name).unwrap()).collect();
    for name in &names {
        assert!(book.worksheet_formula(name).unwrap().is_empty(), "no cell of {name} is a formula");
    }
    (names, ranges)
}

/// The value below the head `head`, in row `row` from 1.
fn value(sheet: &Range<Data>, head: &str, row: usize) -> Data {
    let column = (0..sheet.width()).find(|at| sheet[(0, *at)] == Data::String(head.to_owned()));
    sheet[(row, column.unwrap_or_else(|| panic!("no column {head}")))].clone()
}

fn words(sheet: &Range<Data>, head: &str, row: usize) -> String {
    value(sheet, head, row).to_string()
}

#[test]
fn a_workbook_has_a_sheet_each_with_real_dates_and_no_formula() {
    let (names, sheets) = sheets(Lang::Vi);
    assert_eq!(names, ["Nhiệm vụ", "Chỉ tiêu", "Văn bản", "Cảnh báo"]);
    let [tasks, targets, documents, warnings] = &sheets[..] else { panic!() };
    assert_eq!((tasks.height(), targets.height(), documents.height(), warnings.height()), (3, 2, 3, 3));
    assert_eq!(words(tasks, "Nhiệm vụ", 1), "=HYPERLINK(\"http://x\";\"bấm\")");
    assert_eq!(words(tasks, "Chủ trì", 1), "Sở Tài chính; Sở Y tế");
    let Data::DateTime(due) = value(tasks, "Hạn", 1) else { panic!("a real date") };
    assert_eq!(due.to_ymd_hms_milli(), (2026, 5, 14, 0, 0, 0, 0));
    assert_eq!(words(tasks, "Thời hạn theo văn bản", 1), "định kỳ hằng tháng; trước 15/5; tháng 5");
    assert_eq!(words(tasks, "Cần xem lại", 1), "Ngày có thể hiểu hai cách; Đọc từ bản quét");
    assert_eq!(words(tasks, "Ngày văn bản", 1), "04/2026");
    assert!(words(tasks, "Toàn văn", 2).ends_with('…'));
    assert_eq!(
        (words(targets, "Chỉ tiêu", 1), value(targets, "Giá trị", 1)),
        ("-5% hộ nghèo".into(), Data::Float(90.5))
    );
    assert_eq!(
        (words(documents, "Kết quả đọc", 1), words(documents, "Kết quả đọc", 2)),
        ("Không đọc được".into(), "Đủ".into())
    );
    assert_eq!((words(warnings, "Mã", 1), words(warnings, "Cách xử lý", 1)), ("damaged".into(), "xin bản gốc".into()));
    assert_eq!(words(warnings, "Mã", 2), "no-date");
}

#[test]
fn sheets_and_heads_speak_english_on_demand_and_values_stay() {
    let (names, sheets) = sheets(Lang::En);
    assert_eq!(names, ["Tasks", "Targets", "Documents", "Warnings"]);
    assert_eq!(
        (words(&sheets[0], "Lead", 1), words(&sheets[0], "Kind", 1)),
        ("Sở Tài chính; Sở Y tế".into(), "Assigned".into())
    );
}

fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_workbook_is_the_same_bytes_each_time_with_links_filters_a_frozen_head_and_colours() {
    let book = written(Xlsx::new(Lang::Vi));
    assert_eq!(book, written(Xlsx::new(Lang::Vi)));
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    for piece in [
        r#"<autoFilter ref="A1:U3"/>"#,
        r#"state="frozen""#,
        r#"location="'Văn bản'!A3""#,
        "TODAY()",
        "conditionalFormatting",
    ] {
        assert!(sheet.contains(piece), "{piece} in {sheet}");
    }
    assert!(part(&book, "xl/worksheets/_rels/sheet1.xml.rels").contains("in/kh%20%231.pdf"));
    assert!(part(&book, "xl/styles.xml").contains("quotePrefix"));
}

#[test]
fn csv_has_a_mark_a_row_for_each_task_and_nothing_that_runs() {
    let bytes = written(Csv::new(Lang::Vi));
    let text = std::str::from_utf8(&bytes).unwrap();
    assert!(text.starts_with("\u{feff}STT,Văn bản,Mục,Nhiệm vụ,Chủ trì") && text.ends_with("\r\n"), "{text}");
    let mut table = csv::Reader::from_reader(bytes.as_slice());
    let heads = table.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    let cell = |head: &str| &rows[0][heads.iter().position(|name| name == head).unwrap()];
    assert_eq!(cell("Nhiệm vụ"), "'=HYPERLINK(\"http://x\";\"bấm\")");
    assert_eq!(cell("Toàn văn"), "'@SUM(A1) \"trích\", rồi; thôi");
    assert_eq!((cell("Hạn"), cell("Sản phẩm")), ("2026-05-14", "'+84 báo cáo"));
    assert_eq!(cell("Chủ trì"), "Sở Tài chính; Sở Y tế");
}

#[test]
fn nothing_at_all_is_a_table_without_rows() {
    let mut bytes = Vec::new();
    Csv::new(Lang::En).finish(&mut bytes).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 1);
    let mut bytes = Vec::new();
    Xlsx::new(Lang::Vi).finish(&mut bytes).unwrap();
    assert!(open_workbook_from_rs::<Book<_>, _>(Cursor::new(bytes)).is_ok());
}
