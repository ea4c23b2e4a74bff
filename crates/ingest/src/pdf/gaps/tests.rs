//! Pages set by hand: tables without rules, and what only looks like one.

use super::super::item::Item;
use super::super::layout;
use super::super::page::{Glyph, Marks, PageContent};
use super::Carry;

/// Width of a letter and size of the font, in points.
const LETTER: f32 = 6.0;
const SIZE: f32 = 12.0;

/// Sets words; each call is painted apart from those before.
fn put(page: &mut PageContent, left: f32, baseline: f32, words: &str) {
    let order = page.glyphs.last().map_or(0, |glyph| glyph.order + 10);
    for (c, at) in words.chars().zip(0u8..) {
        let start = page.text.len() as u32;
        page.text.push(c);
        let left = left + f32::from(at) * LETTER;
        page.glyphs.push(Glyph {
            text: (start, page.text.len() as u32),
            left,
            right: left + LETTER,
            baseline,
            size: SIZE,
            marks: Marks { space: c == ' ', ..Marks::default() },
            order: order + u32::from(at),
        });
    }
}

/// A sheet of A4 with lines of words: y, and x with the words.
fn sheet(lines: &[(f32, &[(f32, &str)])]) -> PageContent {
    let mut page = PageContent { width: 595.0, height: 842.0, ..PageContent::default() };
    for (baseline, words) in lines {
        for (left, words) in *words {
            put(&mut page, *left, *baseline, words);
        }
    }
    page
}

/// The rows of a page, cells between bars; other lines as they are.
fn read(page: &PageContent, carry: &mut Carry) -> Vec<String> {
    let item = |item: Item| match item {
        Item::Row(row) => row.texts().join("|"),
        Item::Line(line) => line.text(),
    };
    layout::items(page, 1, carry).into_iter().map(item).collect()
}

fn rows(lines: &[(f32, &[(f32, &str)])]) -> Vec<String> {
    read(&sheet(lines), &mut Carry::default()).into_iter().filter(|row| row.contains('|')).collect()
}

const HEAD: &[(f32, &str)] = &[(60.0, "STT"), (110.0, "Nhiệm vụ"), (280.0, "Chủ trì"), (420.0, "Thời hạn")];

#[test]
fn a_table_is_told_by_its_running_numbers_and_heads() {
    let rows = rows(&[
        (90.0, &[(180.0, "Phụ lục phân công nhiệm vụ")]),
        (120.0, HEAD),
        (140.0, &[(64.0, "1"), (110.0, "Lập danh sách các"), (280.0, "Sở Y tế"), (420.0, "Quý I/2031")]),
        (155.0, &[(110.0, "trạm y tế")]),
        (175.0, &[(64.0, "2"), (110.0, "Sửa mái"), (280.0, "Sở Xây dựng"), (420.0, "Tháng 5")]),
        (230.0, &[(60.0, "Các cơ quan nêu trên báo cáo kết quả về Văn phòng trước ngày 15 hằng tháng.")]),
    ]);
    assert_eq!(
        rows,
        [
            "STT|Nhiệm vụ|Chủ trì|Thời hạn",
            "1|Lập danh sách các trạm y tế|Sở Y tế|Quý I/2031",
            "2|Sửa mái|Sở Xây dựng|Tháng 5"
        ]
    );
}

#[test]
fn rows_that_stand_no_farther_apart_than_lines_are_parted_by_where_their_numbers_stand() {
    let top: &[(f32, &[(f32, &str)])] = &[
        (120.0, HEAD),
        (135.0, &[(64.0, "1"), (110.0, "Lập danh sách các"), (280.0, "Sở Y tế"), (420.0, "Quý I")]),
        (150.0, &[(110.0, "trạm y tế")]),
        (165.0, &[(64.0, "2"), (110.0, "Sửa mái"), (280.0, "Sở Xây dựng,"), (420.0, "Quý II")]),
        (180.0, &[(280.0, "Sở Tài chính")]),
    ];
    let middle: &[(f32, &[(f32, &str)])] = &[
        (120.0, HEAD),
        (135.0, &[(110.0, "Lập danh sách các")]),
        (142.5, &[(64.0, "1"), (280.0, "Sở Y tế"), (420.0, "Quý I")]),
        (150.0, &[(110.0, "trạm y tế")]),
        (165.0, &[(280.0, "Sở Xây dựng,")]),
        (172.5, &[(64.0, "2"), (110.0, "Sửa mái"), (420.0, "Quý II")]),
        (180.0, &[(280.0, "Sở Tài chính")]),
    ];
    for lines in [top, middle] {
        assert_eq!(
            rows(lines),
            [
                "STT|Nhiệm vụ|Chủ trì|Thời hạn",
                "1|Lập danh sách các trạm y tế|Sở Y tế|Quý I",
                "2|Sửa mái|Sở Xây dựng, Sở Tài chính|Quý II"
            ]
        );
    }
}

#[test]
fn the_title_of_a_group_reaches_over_columns() {
    let rows = rows(&[
        (120.0, HEAD),
        (140.0, &[(64.0, "I"), (110.0, "Nhóm nhiệm vụ về chăm sóc sức khỏe cho người già")]),
        (160.0, &[(64.0, "1"), (110.0, "Lập danh sách"), (280.0, "Sở Y tế"), (420.0, "Quý I")]),
        (180.0, &[(64.0, "2"), (110.0, "Sửa mái"), (280.0, "Sở Xây dựng"), (420.0, "Quý II")]),
    ]);
    assert_eq!(rows[1], "I|Nhóm nhiệm vụ về chăm sóc sức khỏe cho người già");
    assert_eq!(rows.len(), 4);
}

#[test]
fn cells_that_were_painted_in_one_go_are_parted() {
    let mut page = sheet(&[
        (100.0, &[(60.0, "Các cơ quan thực hiện những việc sau đây theo kế hoạch đã duyệt")]),
        (120.0, HEAD),
        (160.0, &[(64.0, "2"), (110.0, "Sửa mái nhà"), (280.0, "Sở Xây dựng"), (420.0, "Quý II")]),
    ]);
    put(&mut page, 64.0, 140.0, "1");
    // the first of the two fills its cell, and the next begins 5 points behind it
    let order = page.glyphs.last().map_or(0, |glyph| glyph.order);
    put(&mut page, 110.0, 140.0, "Lập danh sách của trạm");
    let start = page.glyphs.len();
    put(&mut page, 247.0, 140.0, "Sở Y tế");
    for (glyph, at) in page.glyphs.iter_mut().skip(start - 22).zip(1..) {
        glyph.order = order + 20 + at;
    }
    put(&mut page, 420.0, 140.0, "Quý I");
    // so do the other cells of this column
    for glyph in page
        .glyphs
        .iter_mut()
        .filter(|glyph| (270.0..400.0).contains(&glyph.left) && (glyph.baseline - 140.0).abs() > 1.0)
    {
        (glyph.left, glyph.right) = (glyph.left - 33.0, glyph.right - 33.0);
    }
    let rows = read(&page, &mut Carry::default());
    assert!(rows.contains(&"1|Lập danh sách của trạm|Sở Y tế|Quý I".to_owned()), "{rows:#?}");
}

#[test]
fn a_table_goes_on_at_the_top_of_the_next_page() {
    let mut carry = Carry::default();
    let first = sheet(&[
        (740.0, HEAD),
        (760.0, &[(64.0, "1"), (110.0, "Lập danh sách"), (280.0, "Sở Y tế"), (420.0, "Quý I")]),
        (780.0, &[(64.0, "2"), (110.0, "Sửa chữa, thay thế"), (280.0, "Sở Xây dựng"), (420.0, "Quý II")]),
    ]);
    assert_eq!(read(&first, &mut carry).len(), 3);
    // the rest of a row, and a row
    let second = sheet(&[
        (40.0, &[(290.0, "2")]),
        (80.0, &[(110.0, "mái nhà")]),
        (100.0, &[(64.0, "3"), (110.0, "Quét vôi"), (280.0, "Sở Xây dựng"), (420.0, "Quý III")]),
        (140.0, &[(60.0, "Các cơ quan nêu trên báo cáo kết quả về Văn phòng trước ngày 15 hằng tháng.")]),
    ]);
    assert_eq!(read(&second, &mut carry)[1..3], ["|mái nhà||", "3|Quét vôi|Sở Xây dựng|Quý III"]);
    assert!(carry.is_none());
    // without the page before it is not known for a table
    assert!(read(&second, &mut carry).iter().all(|line| !line.contains('|')));
}

#[test]
fn what_stands_side_by_side_is_no_table() {
    let header: &[(f32, &[(f32, &str)])] = &[
        (80.0, &[(60.0, "ỦY BAN NHÂN DÂN"), (300.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]),
        (95.0, &[(80.0, "TỈNH HÒA GIANG"), (350.0, "Độc lập - Tự do - Hạnh phúc")]),
        (120.0, &[(70.0, "Số: 12/KH-UBND"), (330.0, "Hòa Giang, ngày 6 tháng 02 năm 2031")]),
    ];
    let closing: &[(f32, &[(f32, &str)])] = &[
        (600.0, &[(60.0, "Nơi nhận:"), (380.0, "TM. ỦY BAN NHÂN DÂN")]),
        (614.0, &[(60.0, "1."), (75.0, "Như trên;"), (420.0, "CHỦ TỊCH")]),
        (628.0, &[(60.0, "2."), (75.0, "Lưu: VT.")]),
        (700.0, &[(400.0, "Đoàn Hữu Phước")]),
    ];
    let signers: &[(f32, &[(f32, &str)])] = &[
        (600.0, &[(60.0, "NGƯỜI LẬP"), (240.0, "KẾ TOÁN"), (420.0, "THỦ TRƯỞNG")]),
        (615.0, &[(60.0, "(Ký, họ tên)"), (240.0, "(Ký, họ tên)"), (420.0, "(Ký, họ tên)")]),
        (660.0, &[(60.0, "Lê Thị A"), (240.0, "Trần Văn B"), (420.0, "Đỗ Văn C")]),
    ];
    let contents: &[(f32, &[(f32, &str)])] = &[
        (80.0, &[(60.0, "STT"), (110.0, "Nội dung"), (500.0, "Trang")]),
        (100.0, &[(60.0, "1"), (110.0, "Mục tiêu ......................................"), (500.0, "3")]),
        (120.0, &[(60.0, "2"), (110.0, "Nhiệm vụ ......................................"), (500.0, "5")]),
        (140.0, &[(60.0, "3"), (110.0, "Tổ chức thực hiện ............................."), (500.0, "9")]),
    ];
    let items: &[(f32, &[(f32, &str)])] = &[
        (80.0, &[(60.0, "1."), (90.0, "Sở Y tế chủ trì, phối hợp với Sở Tài chính rà soát các trạm y tế")]),
        (95.0, &[(60.0, "cũ trong tỉnh.")]),
        (115.0, &[(60.0, "2."), (90.0, "Sở Xây dựng sửa chữa mái nhà của các trạm y tế trong quý II/2031.")]),
        (135.0, &[(60.0, "3."), (90.0, "Sở Tài chính bố trí kinh phí.")]),
    ];
    for lines in [header, closing, signers, contents, items] {
        assert_eq!(rows(lines), Vec::<String>::new());
    }
}
