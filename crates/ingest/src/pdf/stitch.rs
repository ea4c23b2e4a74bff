//! Joins tables over page breaks: rows of one table are numbered as one, a head printed again is furniture, and a row
//! that a page break tore is one row.

use super::item::{CellItem, Item, LineItem, RowItem, append_line};

/// How far, in points, the columns of two parts of a table may differ; a part may stand shifted as a whole.
const SAME_COLUMNS: f32 = 4.0;
/// Bytes of a label that may have been misread as a whole (`STT` in a narrow column).
const MISREAD: usize = 12;
/// Rows of a head that may be printed again.
const MOST_HEAD_ROWS: usize = 3;

/// Joins the items of pages to those of the document.
#[derive(Default)]
pub(super) struct Stitcher {
    /// Items so far.
    pub items: Vec<Item>,
}

impl Stitcher {
    /// Appends a page.
    pub fn page(&mut self, mut page: Vec<Item>) {
        if let Some((last, first)) = self.seam(&page) {
            self.join(&mut page, last, first);
        }
        self.items.extend(page);
    }

    /// The last row so far and the first row of the page, where the one table may go on in the other.
    fn seam(&self, page: &[Item]) -> Option<(usize, usize)> {
        let first = page.iter().position(|item| !is_margin(item, page))?;
        let Item::Row(new) = page.get(first)? else { return None };
        let last = self.items.iter().rposition(|item| !is_margin(item, &self.items))?;
        let Item::Row(old) = self.items.get(last)? else { return None };
        (old.page + 1 == new.page && same_columns(old, new)).then_some((last, first))
    }

    fn join(&mut self, page: &mut [Item], last: usize, first: usize) {
        let (Some(Item::Row(old)), Some(Item::Row(new))) = (self.items.get(last), page.get(first)) else { return };
        let (table, part) = (old.table, new.table);
        let head = self.repeated_head(page, table, first);
        for (at, item) in page.iter_mut().enumerate() {
            if let Item::Row(row) = item
                && row.table == part
            {
                row.table = table;
                row.repeated = (first..first + head).contains(&at);
                row.head &= row.repeated;
            }
        }
        if head > 0 {
            self.mark_head(table, head);
        }
        let Some(Item::Row(torn)) = page.get_mut(first + head) else { return };
        if let Some(Item::Row(old)) = self.items.get_mut(last)
            && torn.table == table
            && goes_on(old, torn)
        {
            old.ocr |= torn.ocr;
            for (cell, rest) in old.cells.iter_mut().zip(std::mem::take(&mut torn.cells)) {
                append_cell(cell, rest);
            }
        }
    }

    /// How many rows of the page's table say again what the first rows of `table` say.
    fn repeated_head(&self, page: &[Item], table: u32, first: usize) -> usize {
        let heads = self.rows(table).take(MOST_HEAD_ROWS).map(RowItem::texts);
        let rows = page.iter().skip(first).map_while(|item| match item {
            Item::Row(row) => Some(row.texts()),
            Item::Line(_) => None,
        });
        heads
            .zip(rows)
            .zip(0..)
            .take_while(|((head, row), at)| head == row || (*at == 0 && same_head(head, row)))
            .count()
    }

    fn mark_head(&mut self, table: u32, count: usize) {
        let rows = self.items.iter_mut().filter_map(|item| match item {
            Item::Row(row) if row.table == table => Some(row),
            _ => None,
        });
        for row in rows.take(count) {
            row.head = true;
        }
    }

    fn rows(&self, table: u32) -> impl Iterator<Item = &RowItem> {
        self.items.iter().filter_map(move |item| match item {
            Item::Row(row) if row.table == table => Some(row),
            _ => None,
        })
    }

    /// The items of the document, tables numbered without gaps, rows that went into others left out.
    pub fn finish(self) -> Vec<Item> {
        let mut numbers = std::collections::BTreeMap::new();
        let mut items = self.items;
        items.retain(|item| !matches!(item, Item::Row(row) if row.cells.is_empty()));
        for item in &mut items {
            if let Item::Row(row) = item {
                let next = numbers.len() as u32;
                row.table = *numbers.entry(row.table).or_insert(next);
            }
        }
        items
    }
}

/// Whether two rows are one head, read from two pages of a scan: most of its cells are the same to the letter, the others
/// short labels.
fn same_head(head: &[String], row: &[String]) -> bool {
    let other = head.iter().zip(row).filter(|(a, b)| a != b);
    let short = |(a, b): (&String, &String)| a.len().max(b.len()) <= MISREAD;
    head.len() == row.len() && other.clone().count() * 3 <= head.len() && other.into_iter().all(short)
}

/// Whether a line stands in the margin of its page: a page number, a stamp, a footnote.
fn is_margin(item: &Item, among: &[Item]) -> bool {
    let Item::Line(line) = item else { return false };
    line.stamp || is_page_number(line) || is_footnote(line, among)
}

fn is_page_number(line: &LineItem) -> bool {
    let text = line.text();
    let text = text.trim().trim_start_matches("Trang").trim();
    text.len() <= 9 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '–' | ' ' | '.'))
}

/// Small letters at the bottom of the page, below a table.
fn is_footnote(line: &LineItem, among: &[Item]) -> bool {
    let low = line.place.baseline > 0.7 * line.place.page_height;
    let row = among.iter().rev().find_map(|item| match item {
        Item::Row(row) if row.page == line.page => Some(row),
        _ => None,
    });
    low && row.is_some_and(|row| line.place.size < 0.92 * row.place.size)
}

fn same_columns(old: &RowItem, new: &RowItem) -> bool {
    let (Some(a), Some(b)) = (old.edges.first(), new.edges.first()) else { return false };
    let shift = b - a;
    old.edges.len() == new.edges.len()
        && old.edges.iter().zip(new.edges.iter()).all(|(a, b)| (b - a - shift).abs() <= SAME_COLUMNS)
}

/// Whether `new`, the first row after a page break, is the rest of `old`, the last row before it.
///
/// It has no number of its own where `old` has one, and what it says goes on in the middle of a sentence, or it fills cells that
/// are empty in `old`: a cell that does not fit on a page may stand on the next one as a whole.
fn goes_on(old: &RowItem, new: &RowItem) -> bool {
    let same_cells = old.cells.len() == new.cells.len()
        && old.cells.iter().zip(&new.cells).all(|(a, b)| (a.column, a.columns) == (b.column, b.columns));
    let (Some(first), Some(rest)) = (old.cells.first(), new.cells.first()) else { return false };
    let blank = |cell: &CellItem| cell.text().trim().is_empty();
    if !same_cells || !blank(rest) || blank(first) || rest.merged_up {
        return false;
    }
    let pairs = || old.cells.iter().zip(&new.cells).filter(|(_, rest)| !blank(rest));
    let open = |(cell, rest): (&CellItem, &CellItem)| {
        let (before, after) = (cell.text(), rest.text());
        let ended = before.trim_end().ends_with(['.', ';', ':', '!', '?']);
        let lower = after.trim_start().chars().next().is_some_and(char::is_lowercase);
        !blank(cell) && (!ended || lower)
    };
    let fills = |(cell, _): (&CellItem, &CellItem)| blank(cell);
    pairs().any(open) || pairs().count() > 0 && pairs().all(fills)
}

/// Appends what stands in the rest of a torn cell.
fn append_cell(cell: &mut CellItem, rest: CellItem) {
    if cell.text().trim().is_empty() {
        cell.paragraphs = rest.paragraphs;
        return;
    }
    let ended = cell.text().trim_end().ends_with(['.', ';', ':']);
    let mut paragraphs = rest.paragraphs.into_iter();
    if !ended
        && let Some(paragraph) = cell.paragraphs.last_mut()
        && let Some(first) = paragraphs.next()
    {
        append_line(paragraph, first);
    }
    cell.paragraphs.extend(paragraphs);
}

#[cfg(test)]
mod tests {
    use nhiemvu_model::Place;

    use super::super::lines::Run;
    use super::*;

    fn place(size: f32) -> Place {
        Place { left: 80.0, right: 100.0, baseline: 400.0, size, page_width: 595.0, page_height: 842.0 }
    }

    fn row(page: u32, table: u32, texts: &[&str]) -> Item {
        let cell = |(column, text): (usize, &&str)| CellItem {
            column: column as u16,
            columns: 1,
            merged_up: false,
            paragraphs: vec![vec![Run { text: (*text).to_owned(), ..Run::default() }]],
        };
        let cells = texts.iter().enumerate().map(cell).collect();
        let edges = [80.0, 110.0, 300.0, 500.0].into();
        Item::Row(RowItem { page, table, head: false, repeated: false, edges, cells, place: place(12.0), ocr: false })
    }

    fn line(page: u32, text: &str) -> Item {
        let runs = vec![Run { text: text.to_owned(), ..Run::default() }];
        Item::Line(LineItem { page, runs, place: place(12.0), stamp: false, ocr: false })
    }

    fn rows(items: &[Item]) -> Vec<(u32, bool, bool, String)> {
        let row = |item: &Item| match item {
            Item::Row(row) => Some((row.table, row.head, row.repeated, row.texts().join("|"))),
            Item::Line(_) => None,
        };
        items.iter().filter_map(row).collect()
    }

    #[test]
    fn a_torn_row_is_one_and_its_head_stands_once() {
        let mut stitcher = Stitcher::default();
        let head = ["TT", "Nội dung", "Cơ quan"];
        stitcher.page(vec![line(1, "Phụ lục"), row(1, 0, &head), row(1, 0, &["1", "Rà soát các", "Sở Y tế"])]);
        stitcher.page(vec![
            line(2, "2"),
            row(2, 1, &head),
            row(2, 1, &["", "quy trình", ""]),
            row(2, 1, &["2", "Lập kế hoạch", "Sở Nội vụ"]),
        ]);
        let rows = rows(&stitcher.finish());
        assert_eq!(rows[0], (0, true, false, "TT|Nội dung|Cơ quan".to_owned()));
        assert_eq!(rows[1].3, "1|Rà soát các quy trình|Sở Y tế");
        assert!(rows[2].2, "the head of the second page is a repeat");
        assert_eq!(rows[3].3, "2|Lập kế hoạch|Sở Nội vụ");
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn cells_that_went_to_the_next_page_as_a_whole_are_of_the_torn_row() {
        let mut stitcher = Stitcher::default();
        stitcher.page(vec![row(1, 0, &["1", "Lập kế hoạch", "Sở Nội vụ"]), row(1, 0, &["2", "", "Sở Y tế"])]);
        stitcher
            .page(vec![row(2, 1, &["", "Rà soát quy trình", ""]), row(2, 1, &["", "Xong trong tháng", "Sở Nội vụ"])]);
        let rows: Vec<String> = rows(&stitcher.finish()).into_iter().map(|row| row.3).collect();
        assert_eq!(rows, ["1|Lập kế hoạch|Sở Nội vụ", "2|Rà soát quy trình|Sở Y tế", "|Xong trong tháng|Sở Nội vụ"]);
    }

    #[test]
    fn another_table_stays_another() {
        let mut stitcher = Stitcher::default();
        stitcher.page(vec![row(1, 0, &["1", "Rà soát", "Sở Y tế"])]);
        stitcher.page(vec![line(2, "Phụ lục II"), row(2, 1, &["", "quy trình", ""])]);
        let rows = rows(&stitcher.finish());
        assert_eq!((rows[0].0, rows[1].0), (0, 1));
    }

    #[test]
    fn a_head_with_a_misread_label_is_the_same() {
        let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let head = cells(&["ST T", "Nội dung công việc", "Cơ quan chủ trì", "Thời hạn"]);
        assert!(same_head(&head, &cells(&["ST đã", "Nội dung công việc", "Cơ quan chủ trì", "Thời hạn"])));
        assert!(!same_head(&head, &cells(&["ST T", "Trồng cây ven đường", "Cơ quan chủ trì", "Thời hạn"])));
        assert!(!same_head(&head, &cells(&["1", "Trồng cây", "Sở Xây dựng", "Thời hạn"])));
    }

    #[test]
    fn a_row_with_a_number_of_its_own_is_not_torn() {
        let mut stitcher = Stitcher::default();
        stitcher.page(vec![row(1, 0, &["1", "Rà soát", "Sở Y tế"])]);
        stitcher.page(vec![row(2, 1, &["2", "quy trình", "Sở Y tế"])]);
        assert_eq!(rows(&stitcher.finish()).len(), 2);
    }
}
