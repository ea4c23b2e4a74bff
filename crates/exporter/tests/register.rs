//! The register: what people wrote stays, what documents changed is told, nothing is lost.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsx as Book, open_workbook_from_rs};
use nhiemvu_exporter::record::{Agency, Deadline, Document, Number, Task, TaskList};
use nhiemvu_exporter::{Added, Lang, Register, RegisterError};
use rust_xlsxwriter::{Formula, Note, Workbook};

fn task(id: &str, ordinal: &str, text: &str, lead: &str, due: &str) -> Task {
    Task {
        id: id.to_owned(),
        ordinal: ordinal.to_owned(),
        title: text.to_owned(),
        text: text.to_owned(),
        lead: vec![Agency { name: lead.to_owned(), ..Agency::default() }],
        deadlines: vec![Deadline { raw: due.to_owned(), due: Some(due.to_owned()), ..Deadline::default() }],
        ..Task::default()
    }
}

fn list(serial: &str, tasks: Vec<Task>) -> TaskList {
    let number = Number { raw: serial.to_owned(), serial: Some(serial.to_owned()), symbol: Some("TB-UBND".to_owned()) };
    let document = Document { number: Some(number), date: Some("2026-04-10".to_owned()), ..Document::default() };
    TaskList { document, tasks, ..TaskList::default() }
}

fn morning() -> TaskList {
    list(
        "7",
        vec![
            task(
                "00000000000000aa",
                "1",
                "lập dự toán kinh phí bến thuyền tại phường Bãi Dâu",
                "Sở Tài chính",
                "2026-05-15",
            ),
            task("00000000000000bb", "2", "lắp đặt biển báo và phao cứu sinh tại các bến", "Sở Xây dựng", "2026-06-30"),
            task("00000000000000cc", "3", "tuần tra ban đêm trên sông Dâu trong mùa lũ", "Công an tỉnh", "2026-07-01"),
        ],
    )
}

/// The rows of a book as words, by head.
fn rows(book: &[u8]) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut book: Book<_> = open_workbook_from_rs(Cursor::new(book)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let heads: Vec<String> = range.rows().next().unwrap().iter().map(Data::to_string).collect();
    range.rows().skip(1).map(|row| heads.iter().cloned().zip(row.iter().map(Data::to_string)).collect()).collect()
}

/// A book as a person leaves it: read, cells changed by head and row, an own column and an own row added, saved.
fn edited(book: &[u8], edits: &[(usize, &str, &str)]) -> Vec<u8> {
    let mut old: Book<_> = open_workbook_from_rs(Cursor::new(book)).unwrap();
    let range = old.worksheet_range_at(0).unwrap().unwrap();
    let mut new = Workbook::new();
    let sheet = new.add_worksheet();
    let own = range.width() as u16;
    for (row, cells) in range.rows().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (at, column) = (row as u32, column as u16);
            match cell {
                Data::Empty => {}
                Data::DateTime(day) => {
                    let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
                    sheet.write_number_with_format(at, column, day.as_f64(), &format).unwrap();
                }
                other => {
                    sheet.write(at, column, other.to_string()).unwrap();
                }
            }
        }
    }
    let heads: Vec<String> = range.rows().next().unwrap().iter().map(Data::to_string).collect();
    for (row, head, words) in edits {
        sheet.write(*row as u32, heads.iter().position(|one| one == head).unwrap() as u16, *words).unwrap();
    }
    sheet.write(0, own, "Người theo dõi").unwrap();
    sheet.write(1, own, "chị Hạnh").unwrap();
    sheet.write(2, own, Formula::new("LEN(A3)").set_result("9")).unwrap();
    sheet.write(range.height() as u32, 4, "việc tự ghi thêm").unwrap();
    new.save_to_buffer().unwrap()
}

#[test]
fn the_same_document_again_changes_nothing() {
    let mut register = Register::new();
    assert_eq!(register.add(&morning(), Lang::Vi), Added { new: 3, changed: 0, gone: 0 });
    let book = register.to_xlsx(Lang::Vi).unwrap();
    let mut again = Register::from_xlsx(&book).unwrap();
    assert_eq!(again.add(&morning(), Lang::Vi), Added::default());
    assert_eq!(again.to_xlsx(Lang::Vi).unwrap(), book);
    let mut lines = Register::from_ndjson(std::str::from_utf8(&register.to_ndjson()).unwrap()).unwrap();
    assert_eq!(lines.add(&morning(), Lang::Vi), Added::default());
    assert_eq!(lines.to_ndjson(), register.to_ndjson());
}

#[test]
fn what_people_wrote_stays_and_what_a_newer_version_changed_is_told() {
    let mut register = Register::new();
    register.add(&morning(), Lang::Vi);
    let book = edited(
        &register.to_xlsx(Lang::Vi).unwrap(),
        &[
            (1, "Tình trạng", "đang làm"),
            (2, "Ghi chú", "=1+1 đã gọi điện"),
            (2, "Chủ trì", "Sở Xây dựng (phòng Hạ tầng)"),
        ],
    );
    let newer = list(
        "7",
        vec![
            // said in other words, so that its id is another
            task(
                "00000000000000dd",
                "1",
                "lập dự toán kinh phí bến thuyền tại phường Bãi Dâu và xã Cồn",
                "Sở Tài chính",
                "2026-05-20",
            ),
            task(
                "00000000000000bb",
                "2",
                "lắp đặt biển báo và phao cứu sinh tại các bến",
                "Sở Giao thông",
                "2026-06-30",
            ),
            task(
                "00000000000000ee",
                "4",
                "mở lớp dạy bơi cho học sinh tiểu học dịp hè",
                "Sở Giáo dục và Đào tạo",
                "2026-07-15",
            ),
        ],
    );
    let mut register = Register::from_xlsx(&book).unwrap();
    assert_eq!(register.add(&newer, Lang::Vi), Added { new: 1, changed: 2, gone: 1 });
    let rows = rows(&register.to_xlsx(Lang::Vi).unwrap());
    assert_eq!(rows.len(), 5);
    let of = |row: usize, head: &str| rows[row][head].as_str();
    assert_eq!((of(0, "Tình trạng"), of(0, "Người theo dõi")), ("đang làm", "chị Hạnh"));
    assert!(of(0, "Thay đổi").contains("Hạn: 15/05/2026 → 20/05/2026"), "{}", of(0, "Thay đổi"));
    assert!(of(0, "Khóa").ends_with("#00000000000000dd"));
    assert_eq!((of(1, "Ghi chú"), of(1, "Chủ trì")), ("=1+1 đã gọi điện", "Sở Xây dựng (phòng Hạ tầng)"));
    assert!(
        of(1, "Thay đổi").ends_with("giữ nội dung sửa tay; văn bản nay ghi Sở Giao thông"),
        "{}",
        of(1, "Thay đổi")
    );
    assert_eq!(of(2, "Thay đổi"), "Không còn trong bản mới");
    assert_eq!((of(3, "Nhiệm vụ"), of(3, "Khóa")), ("việc tự ghi thêm", ""));
    assert_eq!(of(4, "Chủ trì"), "Sở Giáo dục và Đào tạo");
    let mut book: Book<_> = open_workbook_from_rs(Cursor::new(register.to_xlsx(Lang::Vi).unwrap())).unwrap();
    let formulas = book.worksheet_formula("Sổ theo dõi").unwrap();
    assert_eq!(formulas.rows().flatten().filter(|formula| !formula.is_empty()).collect::<Vec<_>>(), ["LEN(A3)"]);
}

#[test]
fn documents_of_other_numbers_do_not_meet() {
    let mut register = Register::new();
    register.add(&morning(), Lang::Vi);
    let other = list(
        "8",
        vec![task(
            "00000000000000aa",
            "1",
            "lập dự toán kinh phí bến thuyền tại phường Bãi Dâu",
            "Sở Y tế",
            "2026-05-15",
        )],
    );
    assert_eq!(register.add(&other, Lang::Vi), Added { new: 1, changed: 0, gone: 0 });
}

#[test]
fn a_book_in_either_language_is_read() {
    let mut register = Register::new();
    register.add(&morning(), Lang::En);
    let book = register.to_xlsx(Lang::En).unwrap();
    assert!(rows(&book)[0].contains_key("State"));
    assert_eq!(Register::from_xlsx(&book).unwrap().add(&morning(), Lang::Vi), Added::default());
}

#[test]
fn a_book_that_would_lose_something_is_refused() {
    let mut register = Register::new();
    register.add(&morning(), Lang::Vi);
    let whole = register.to_xlsx(Lang::Vi).unwrap();
    assert!(matches!(Register::from_xlsx(&whole[..whole.len() / 2]), Err(RegisterError::Unreadable(_))));
    assert!(matches!(Register::from_xlsx(b"STT,1"), Err(RegisterError::Unreadable(_))));
    let mut two = Workbook::new();
    two.add_worksheet().write(0, 0, "Khóa").unwrap();
    two.add_worksheet();
    assert!(matches!(Register::from_xlsx(&two.save_to_buffer().unwrap()), Err(RegisterError::WouldLose(_))));
    let mut noted = Workbook::new();
    noted.add_worksheet().write(0, 0, "Khóa").unwrap().insert_note(0, 0, &Note::new("nhớ gọi")).unwrap();
    let refused = Register::from_xlsx(&noted.save_to_buffer().unwrap());
    assert!(matches!(&refused, Err(RegisterError::WouldLose(what)) if what.contains("comments")), "{refused:?}");
    let mut other = Workbook::new();
    other.add_worksheet().write(0, 0, "Họ tên").unwrap();
    assert!(matches!(Register::from_xlsx(&other.save_to_buffer().unwrap()), Err(RegisterError::NotRegister)));
    assert!(matches!(Register::from_ndjson("{\"key\":\"a\"}\n[1]\n"), Err(RegisterError::Line(2))));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"a").unwrap();
    assert!(Register::from_xlsx(&zip.finish().unwrap().into_inner()).is_err());
}
