//! Tables that stand in plain text as columns of words, as a page keeps them that was printed to text with its layout.
//!
//! Two spaces or more part the cells of a line; a cell's further lines stand below its first. A table is taken for one
//! where its head names columns: three cells or more, two of them known.

use std::ops::Range;

use nhiemvu_model::{Source, Span};

use super::lines::{LineKind, LineView};
use crate::block::fields::column_role;
use crate::block::table::is_row_number;

/// A table found by its columns: its lines, and for each row the lines of its cells, column by column.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnTable {
    /// First and one past the last line of the table in the list of lines.
    pub lines: Range<usize>,
    /// Rows; a cell is the stretches of its lines.
    pub rows: Vec<Vec<Vec<Span>>>,
    /// Whether the first row is the head.
    pub headed: bool,
}

/// Words of a line with no wider gap inside: the column of characters at which they begin and end, and their place.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: usize,
    to: usize,
    span: Span,
}

/// Fewest columns of a table.
const FEWEST: usize = 3;

/// How far left of its column's head a cell may begin, in characters.
const SLACK: usize = 2;

/// Finds the tables that stand as columns.
pub(crate) fn find(source: &Source, lines: &[LineView]) -> Vec<ColumnTable> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match heads_columns(source, &lines[at]).and_then(|head| read_table(source, lines, at, &head)) {
            Some(table) => {
                at = table.lines.end.max(at + 1);
                tables.push(table);
            }
            None => at += 1,
        }
    }
    tables
}

/// The pieces of a line that names columns.
fn heads_columns(source: &Source, line: &LineView) -> Option<Vec<Piece>> {
    if !line.is_text() || !line.text(source).contains("  ") {
        return None;
    }
    let pieces = pieces(source, line);
    let known = pieces.iter().filter(|piece| column_role(piece.span.slice(&source.text)).is_some()).count();
    let numbered = pieces.first().is_some_and(|piece| names_numbers(piece.span.slice(&source.text)));
    (pieces.len() >= FEWEST && known >= 2 && numbered).then_some(pieces)
}

/// Whether the words head the column of row numbers, with which every row begins.
fn names_numbers(head: &str) -> bool {
    column_role(head) == Some(nhiemvu_model::FieldRole::Number)
}

/// Parts a line where two spaces or more stand.
fn pieces(source: &Source, line: &LineView) -> Vec<Piece> {
    let text = line.text(source);
    let mut out: Vec<Piece> = Vec::new();
    let (mut column, mut gap) = (line.indent, 2);
    for (at, c) in text.char_indices() {
        let here = line.span.start + at;
        if c.is_whitespace() {
            gap += if c == '\t' { 2 } else { 1 };
        } else {
            let end = here + c.len_utf8();
            match out.last_mut() {
                Some(piece) if gap < 2 => (piece.to, piece.span.end) = (column + 1, end),
                _ => out.push(Piece { from: column, to: column + 1, span: Span::new(here, end) }),
            }
            gap = 0;
        }
        column += 1;
    }
    out
}

/// Reads the table whose head is line `first`.
fn read_table(source: &Source, lines: &[LineView], first: usize, head: &[Piece]) -> Option<ColumnTable> {
    let starts = column_starts(source, lines, first, head);
    let mut table = ColumnTable { lines: first..first + 1, rows: vec![place(head, &starts)?], headed: true };
    let mut blanks = 0;
    for (at, line) in lines.iter().enumerate().skip(first + 1) {
        match line.kind {
            LineKind::Blank => blanks += 1,
            LineKind::Furniture => {}
            LineKind::Text | LineKind::Paragraph => {
                let pieces = pieces(source, line);
                if runs_across(source, &pieces, &starts, blanks) {
                    break;
                }
                let Some(cells) = place(&pieces, &starts) else { break };
                take(source, &mut table, cells);
                table.lines.end = at + 1;
                blanks = 0;
            }
            _ => break,
        }
    }
    (table.rows.len() > 1).then_some(table)
}

/// Adds the cells of a line: to the row that is open, or as a row where a number begins one.
fn take(source: &Source, table: &mut ColumnTable, cells: Vec<Vec<Span>>) {
    let number = cells.first().and_then(|cell| cell.first()).map(|span| span.slice(&source.text));
    let words = |row: &[Vec<Span>]| row.iter().flatten().map(|s| s.slice(&source.text).to_owned()).collect::<Vec<_>>();
    let again = table.rows.first().is_some_and(|head| words(&cells).first() == words(head).first());
    if again {
        // the head repeated on a new page: what stood in its first line is there already
        return;
    }
    if number.is_some_and(is_row_number) {
        table.rows.push(cells);
    } else if let Some(row) = table.rows.last_mut() {
        for (cell, more) in row.iter_mut().zip(cells) {
            cell.extend(more);
        }
    }
}

/// Where each column begins: at its head, or left of it where the cells of whole rows begin earlier.
fn column_starts(source: &Source, lines: &[LineView], first: usize, head: &[Piece]) -> Vec<usize> {
    const SEARCHED: usize = 80;
    let mut starts: Vec<usize> = head.iter().map(|piece| piece.from).collect();
    let rows = lines.iter().skip(first + 1).take(SEARCHED).filter(|line| line.is_text());
    for pieces in rows.map(|line| pieces(source, line)).filter(|pieces| pieces.len() == head.len()) {
        let numbered = pieces.first().is_some_and(|piece| is_row_number(piece.span.slice(&source.text)));
        let fits = pieces.windows(2).zip(head.windows(2)).all(|(p, h)| p[1].from >= h[0].to && p[0].to <= h[1].to);
        if numbered && fits {
            for (start, piece) in starts.iter_mut().zip(&pieces) {
                *start = (*start).min(piece.from);
            }
        }
    }
    starts
}

/// The pieces by column; `None` where one stands left of the first column's words and is no number, or two begin before the
/// same column.
fn place(pieces: &[Piece], starts: &[usize]) -> Option<Vec<Vec<Span>>> {
    let mut cells = vec![Vec::new(); starts.len()];
    for piece in pieces {
        let column = starts.partition_point(|start| *start <= piece.from + SLACK).saturating_sub(1);
        cells.get_mut(column)?.push(piece.span);
    }
    cells.iter().all(|cell| cell.len() <= 1).then_some(cells)
}

/// Whether a line is running text behind the table: one stretch of words that begins in the number's column, is no number,
/// and reaches into the third column, or stands behind a gap.
fn runs_across(source: &Source, pieces: &[Piece], starts: &[usize], blanks: usize) -> bool {
    const APART: usize = 3;
    let Some(first) = pieces.first() else { return true };
    let words = first.span.slice(&source.text);
    let in_first = starts.get(1).is_some_and(|second| first.from + SLACK < *second);
    let across = starts.get(2).is_some_and(|third| first.to > *third);
    let alone = pieces.len() == 1;
    in_first && !is_row_number(words) && (across || alone && words.chars().count() > 6 || blanks >= APART)
        || words.starts_with("Nơi nhận")
        || words.starts_with("PHỤ LỤC")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{lines::view, testing::written};

    const PRINTED: &str = "\
STT   Việc phải làm                  Chủ trì            Thời gian
1     Trồng 200 cây bàng dọc         Phòng Kinh tế      Tháng 3/2026
      đường Bến Chợ
II    Cấp nước
2     Đào giếng khoan                Trạm Cấp nước      Trước 15/5/2026
                                     thôn Đồi Cát

Các thôn báo cáo kết quả trồng cây về Ủy ban nhân dân xã theo mẫu gửi kèm Kế hoạch này.
";

    fn cells(text: &str) -> Vec<Vec<String>> {
        let source = written(text);
        let views = view(&source);
        let join = |cell: &Vec<Span>| cell.iter().map(|s| s.slice(&source.text)).collect::<Vec<_>>().join(" ");
        find(&source, &views).iter().flat_map(|t| t.rows.iter().map(|r| r.iter().map(join).collect())).collect()
    }

    #[test]
    fn rows_are_read_column_by_column() {
        let rows = cells(PRINTED);
        assert_eq!(rows.len(), 4, "{rows:?}");
        assert_eq!(rows[1], ["1", "Trồng 200 cây bàng dọc đường Bến Chợ", "Phòng Kinh tế", "Tháng 3/2026"]);
        assert_eq!(rows[2], ["II", "Cấp nước", "", ""]);
        assert_eq!(rows[3], ["2", "Đào giếng khoan", "Trạm Cấp nước thôn Đồi Cát", "Trước 15/5/2026"]);
    }

    #[test]
    fn running_text_and_two_columns_are_no_table() {
        for text in [
            "STT: số thứ tự,  chủ trì,  thời gian là ba cột.\n",
            "SỞ NỘI VỤ          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-SNV      Độc lập - Tự do - Hạnh phúc\n",
        ] {
            assert_eq!(cells(text), Vec::<Vec<String>>::new(), "{text}");
        }
    }
}
