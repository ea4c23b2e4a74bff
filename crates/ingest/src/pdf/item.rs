//! What a page comes to: lines and table rows in reading order.

use nhiemvu_model::Place;

use super::lines::Run;

/// One line of the text to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A line of words.
    Line(LineItem),
    /// A row of a table.
    Row(RowItem),
}

impl Item {
    /// Notes that it was read from a picture.
    pub fn read_by_ocr(&mut self) {
        match self {
            Self::Line(line) => line.ocr = true,
            Self::Row(row) => row.ocr = true,
        }
    }
}

/// A line of words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LineItem {
    /// Page, from 1.
    pub page: u32,
    /// Its words.
    pub runs: Vec<Run>,
    /// Where it stands.
    pub place: Place,
    /// Whether it is no text of the document but a signature's stamp.
    pub stamp: bool,
    /// Whether it was read from a picture.
    pub ocr: bool,
}

impl LineItem {
    /// Its words without style.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RowItem {
    /// Page on which it begins, from 1.
    pub page: u32,
    /// Number of its table; rows of one table share it.
    pub table: u32,
    /// Whether it is the table's head.
    pub head: bool,
    /// Whether it repeats the head after a page break.
    pub repeated: bool,
    /// x of the table's column edges.
    pub edges: std::sync::Arc<[f32]>,
    /// Its cells from left to right, merged ones included.
    pub cells: Vec<CellItem>,
    /// Where its first line stands.
    pub place: Place,
    /// Whether any of it was read from a picture.
    pub ocr: bool,
}

impl RowItem {
    /// The words of its cells, without style.
    pub fn texts(&self) -> Vec<String> {
        self.cells.iter().map(CellItem::text).collect()
    }
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CellItem {
    /// First column, from 0.
    pub column: u16,
    /// Columns that it spans.
    pub columns: u16,
    /// Whether it belongs to the cell above.
    pub merged_up: bool,
    /// Its paragraphs, each a list of runs.
    pub paragraphs: Vec<Vec<Run>>,
}

impl CellItem {
    /// Its words without style, paragraphs parted by a space.
    pub fn text(&self) -> String {
        let words = |paragraph: &Vec<Run>| paragraph.iter().map(|run| run.text.as_str()).collect::<String>();
        self.paragraphs.iter().map(words).collect::<Vec<_>>().join(" ")
    }

    /// Whether all its letters are bold.
    pub fn is_bold(&self) -> bool {
        self.paragraphs.iter().flatten().all(|run| run.bold || !run.text.chars().any(char::is_alphanumeric))
    }
}

/// Appends the words of another line to a paragraph, with a space between.
pub(super) fn append_line(paragraph: &mut Vec<Run>, runs: Vec<Run>) {
    let mut runs = runs.into_iter().filter(|run| !run.text.is_empty());
    let Some(first) = runs.next() else { return };
    match paragraph.last_mut() {
        Some(last) => {
            last.text.push(' ');
            if last.is_like(&first) {
                last.text.push_str(&first.text);
            } else {
                paragraph.push(first);
            }
        }
        None => paragraph.push(first),
    }
    paragraph.extend(runs);
}
