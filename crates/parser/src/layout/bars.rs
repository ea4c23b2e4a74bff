//! Tables of web copies that stand as one cell a line between lines of a bare `|`.
//!
//! Copying a page's table as text leaves each cell's lines between lines that hold a single bar, and two bars where a
//! row ends. Empty cells leave nothing behind, so that a short row's cells cannot be placed with certainty.

use nhiemvu_model::Source;

use super::lines::{LineKind, LineView};

/// A table found between bars: its lines, and for each row the line ranges of its cells.
#[derive(Debug, Clone, Default)]
pub(crate) struct BarTable {
    /// First and one past the last line of the table in the list of lines.
    pub lines: std::ops::Range<usize>,
    /// Rows; a cell is the indices of its lines.
    pub rows: Vec<Vec<Vec<usize>>>,
}

/// Whether the line is a bare bar.
fn is_bar(source: &Source, line: &LineView) -> bool {
    line.is_text() && line.text(source) == "|"
}

/// Finds the tables between bars. A table ends where two lines of text or more stand outside of any cell: that is, where
/// a row has been closed and the next line of text comes without a bar before it.
pub(crate) fn find(source: &Source, lines: &[LineView]) -> Vec<BarTable> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if is_bar(source, &lines[at]) {
            let table = read_table(source, lines, at);
            at = table.lines.end.max(at + 1);
            if table.rows.iter().any(|row| !row.is_empty()) {
                tables.push(table);
            }
        } else {
            at += 1;
        }
    }
    tables
}

fn read_table(source: &Source, lines: &[LineView], first: usize) -> BarTable {
    let mut table = BarTable { lines: first..first, rows: Vec::new() };
    let mut row: Vec<Vec<usize>> = Vec::new();
    let mut cell: Vec<usize> = Vec::new();
    let mut at = first;
    // `open` is whether the last bar opened a cell (rather than closed a row)
    let mut open = false;
    while at < lines.len() {
        if is_bar(source, &lines[at]) {
            if open && cell.is_empty() && !row.is_empty() {
                // two bars in a row: the row ends, and this bar opens the next
                table.rows.push(std::mem::take(&mut row));
            } else if !cell.is_empty() {
                row.push(std::mem::take(&mut cell));
            }
            open = true;
            table.lines.end = at + 1;
        } else if lines[at].kind == LineKind::Blank {
            // blank lines inside a cell part its paragraphs; after a closed row they may end the table
            if cell.is_empty() && !row.is_empty() && !next_is_bar(source, lines, at) {
                break;
            }
        } else {
            let closed = cell.is_empty() && !row.is_empty();
            if closed && (begins_part(lines[at].text(source)) || is_whole(source, lines, &table, &row)) {
                break;
            }
            if closed && !closes_with_bar(source, lines, at) {
                break;
            }
            cell.push(at);
        }
        at += 1;
    }
    if !cell.is_empty() {
        // the last cell was never closed: its lines are running text
        table.lines.end = cell[0];
    }
    if !row.is_empty() {
        table.rows.push(row);
    }
    table
}

/// Words that never begin a cell: the title of an appendix.
fn begins_part(text: &str) -> bool {
    text.starts_with("PHỤ LỤC") || text.starts_with("Phụ lục")
}

/// Whether the row is as wide as the table: what follows without a bar of its own stands behind the table.
fn is_whole(source: &Source, lines: &[LineView], table: &BarTable, row: &[Vec<usize>]) -> bool {
    if let Some(first) = table.rows.first() {
        return row.len() >= first.len();
    }
    // the closing has two cells: Nơi nhận, and the signature
    let closing =
        row.first().and_then(|cell| cell.first()).is_some_and(|i| lines[*i].text(source).starts_with("Nơi nhận"));
    closing && row.len() == 2
}

fn next_is_bar(source: &Source, lines: &[LineView], at: usize) -> bool {
    lines[at..].iter().find(|l| l.kind != LineKind::Blank).is_some_and(|l| is_bar(source, l))
}

/// Whether a bar follows `at` before a paragraph is over: the line is then a cell's and not running text.
fn closes_with_bar(source: &Source, lines: &[LineView], at: usize) -> bool {
    const LONGEST_CELL: usize = 60;
    let mut blanks = 0;
    for line in lines[at..].iter().take(LONGEST_CELL) {
        if is_bar(source, line) {
            return true;
        }
        match line.kind {
            LineKind::Blank => blanks += 1,
            _ if blanks > 0 => return false,
            _ => {}
        }
    }
    false
}
