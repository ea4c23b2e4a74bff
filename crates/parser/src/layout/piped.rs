//! Tables of copies that join the cells of a row with a bar (`1 | Trồng cây | Sở Xây dựng | Quý II/2026`), without the rules that
//! Markdown asks for. A cell of several paragraphs goes on in the next line; merged cells are written out again.

use nhiemvu_model::{FieldRole, Source, Span};

use super::columns::ColumnTable;
use super::lines::{LineKind, LineView};
use crate::block::fields::column_role;
use crate::block::table::is_row_number;

/// Fewest columns of a table.
const FEWEST: usize = 3;

/// Most lines of a cell that are looked at for the next row.
const LONGEST_CELL: usize = 12;

/// Finds such tables: a head of three columns or more, two of them known, over rows that are numbered, or as wide as the head.
pub(crate) fn find(source: &Source, lines: &[LineView]) -> Vec<ColumnTable> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let table = head(source, &lines[at]).and_then(|head| read(source, lines, at, head));
        at = table.as_ref().map_or(at + 1, |table| table.lines.end.max(at + 1));
        tables.extend(table);
    }
    tables
}

/// The cells of a line, with bars around the whole left out; none where it holds no bar.
fn cells(source: &Source, line: &LineView) -> Option<Vec<Span>> {
    let text = line.text(source);
    if !line.is_text() || !text.contains('|') {
        return None;
    }
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut from = line.span.start + (text.len() - text.strip_prefix('|').unwrap_or(text).len());
    let cells = inner.split('|').map(|cell| {
        let start = from + (cell.len() - cell.trim_start().len());
        from += cell.len() + 1;
        Span::new(start, start + cell.trim().len())
    });
    Some(cells.collect())
}

/// The columns that a line names.
fn head(source: &Source, line: &LineView) -> Option<Vec<Span>> {
    let cells = cells(source, line)?;
    let roles: Vec<Option<FieldRole>> = cells.iter().map(|cell| column_role(cell.slice(&source.text))).collect();
    let known = roles.iter().flatten().count();
    // a table of other matter has its running numbers, too
    let tasks = roles.contains(&Some(FieldRole::Content)) && known >= FEWEST && known * 2 > cells.len();
    let numbered = roles.first() == Some(&Some(FieldRole::Number)) && known >= 2;
    (cells.len() >= FEWEST && (tasks || numbered)).then_some(cells)
}

/// Reads the rows below the head at line `first`.
fn read(source: &Source, lines: &[LineView], first: usize, head: Vec<Span>) -> Option<ColumnTable> {
    let width = head.len();
    let words = |span: &Span| span.slice(&source.text);
    let numbered = column_role(words(&head[0])) == Some(FieldRole::Number);
    let begins_row =
        |pieces: &Vec<Span>| if numbered { is_row_number(words(&pieces[0])) } else { pieces.len() == width };
    // behind a whole row only what another row follows belongs to its last cell
    let goes_on = |at: usize| {
        let text = lines[at].text(source);
        let small = text.starts_with(char::is_lowercase) || text.starts_with(['-', '+', '•']);
        let mut below = lines[at + 1..].iter().take(LONGEST_CELL).take_while(|line| line.is_text());
        small || below.any(|line| cells(source, line).is_some_and(|pieces| begins_row(&pieces)))
    };
    let mut table =
        ColumnTable { lines: first..first + 1, rows: vec![head.into_iter().map(|cell| vec![cell]).collect()] };
    let mut blank = false;
    for (at, line) in lines.iter().enumerate().skip(first + 1) {
        if matches!(line.kind, LineKind::Blank | LineKind::Furniture) {
            blank = true;
            continue;
        }
        if !line.is_text() {
            break;
        }
        let pieces = cells(source, line);
        match pieces {
            Some(pieces) if begins_row(&pieces) => table.rows.push(pieces.into_iter().map(|cell| vec![cell]).collect()),
            // a rule below the head
            Some(pieces) if pieces.iter().all(|cell| words(cell).chars().all(|c| matches!(c, '-' | ':' | ' '))) => {}
            pieces => {
                let Some(row) = table.rows.last_mut() else { break };
                let more = pieces.unwrap_or_else(|| vec![line.span]);
                let room = row.len() + more.len() - 1 <= width;
                let whole = row.len() >= width;
                if blank || !room || whole && (more.len() > 1 || !goes_on(at)) {
                    break;
                }
                let mut more = more.into_iter();
                if let (Some(cell), Some(rest)) = (row.last_mut(), more.next()) {
                    cell.push(rest);
                }
                row.extend(more.map(|cell| vec![cell]));
            }
        }
        blank = false;
        table.lines.end = at + 1;
    }
    for row in &mut table.rows {
        write_once(source, row);
    }
    (table.rows.len() > 1).then_some(table)
}

/// A group's title that stands in each of its row's merged cells is kept once.
fn write_once(source: &Source, row: &mut Vec<Vec<Span>>) {
    let words = |cell: &Vec<Span>| cell.first().map_or("", |span| span.slice(&source.text));
    let Some(title) = row.get(1).map(&words) else { return };
    if row.len() > 2 && !title.is_empty() && row[1..].iter().all(|cell| words(cell) == title) {
        row.truncate(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{lines::view, testing::written};

    fn rows(text: &str) -> Vec<Vec<String>> {
        let source = written(text);
        let views = view(&source);
        let join = |cell: &Vec<Span>| cell.iter().map(|s| s.slice(&source.text)).collect::<Vec<_>>().join(" ");
        find(&source, &views).iter().flat_map(|t| t.rows.iter().map(|r| r.iter().map(join).collect())).collect()
    }

    #[test]
    fn rows_may_stand_apart_and_cells_go_on_in_the_next_line() {
        let rows = rows(
            "TT | Nhiệm vụ | Chủ trì | Thời gian\n\nI | Bến bãi | Bến bãi | Bến bãi\n\n1 | Sửa cầu phao\nbến Sậy | Sở Xây dựng | Quý \
             II/2026\n\n2 | Thay phao tiêu |  | 2026\n\nCác sở báo cáo kết quả.\n",
        );
        assert_eq!(rows.len(), 4, "{rows:?}");
        assert_eq!(rows[1], ["I", "Bến bãi"]);
        assert_eq!(rows[2], ["1", "Sửa cầu phao bến Sậy", "Sở Xây dựng", "Quý II/2026"]);
        assert_eq!(rows[3], ["2", "Thay phao tiêu", "", "2026"]);
    }

    #[test]
    fn the_columns_of_a_header_are_no_table() {
        assert!(rows("SỞ NỘI VỤ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-SNV | Độc lập - Tự do\n").is_empty());
    }
}
