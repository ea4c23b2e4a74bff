//! Tables: rows of the format, and rows between bars, as cells on a grid.

use nhiemvu_model::{Cell, LineRole, Mended, Source, Span, Table, TableCell, TableRow};

use super::fields::{column_role, label_role};
use crate::layout::bars::BarTable;
use crate::layout::columns::ColumnTable;
use crate::layout::footnotes::Call;
use crate::layout::lines::LineView;
use crate::layout::{collapse, reflow};
use crate::temporal::tells_when;

/// Collects the rows that the format marks, by the number of their table.
pub(crate) fn of_format(source: &Source, calls: &[Call]) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for line in &source.lines {
        let LineRole::Row(row) = &line.role else { continue };
        let number = row.table as usize;
        if number > source.lines.len() {
            continue;
        }
        if tables.len() <= number {
            tables.resize_with(number + 1, Table::default);
        }
        let table = &mut tables[number];
        let cells: Vec<TableCell> = row.cells.iter().map(|cell| cell_of(source, cell, calls)).collect();
        table.columns = table.columns.max(cells.iter().map(|c| c.column + c.columns).max().unwrap_or(0));
        if row.head && table.rows.len() == table.heads {
            table.heads += 1;
        }
        table.rows.push(TableRow { cells, span: line.span });
    }
    for table in &mut tables {
        find_heads(table);
        restore_numbers(table);
    }
    tables
}

fn cell_of(source: &Source, cell: &Cell, calls: &[Call]) -> TableCell {
    let spans: &[Span] = if cell.paragraphs.is_empty() { std::slice::from_ref(&cell.span) } else { &cell.paragraphs };
    TableCell {
        paragraphs: spans
            .iter()
            .map(|span| mend_span(source, *span, calls))
            .filter(|p| !p.text().trim().is_empty())
            .collect(),
        column: usize::from(cell.column),
        columns: usize::from(cell.columns.max(1)),
        merged_up: cell.merged_up,
    }
}

fn mend_span(source: &Source, span: Span, calls: &[Call]) -> Mended {
    let words = span.slice(&source.text);
    let lead = words.len() - words.trim_start().len();
    let start = span.start + lead;
    let mut mended = Mended::default();
    collapse::push_words(source, &mut mended, Span::new(start, start + words.trim().len()), calls);
    mended
}

/// Makes a table of what stands between bars. Empty cells have left nothing: a row with fewer cells than the head is
/// placed by what its cells look like, and the table is called uncertain where that is a guess.
pub(crate) fn of_bars(source: &Source, lines: &[LineView], bars: &BarTable, calls: &[Call]) -> Table {
    let mut table = Table::default();
    for row in &bars.rows {
        let cells: Vec<TableCell> = row
            .iter()
            .enumerate()
            .map(|(column, cell)| TableCell {
                paragraphs: cell_paragraphs(source, lines, cell, calls),
                column,
                columns: 1,
                merged_up: false,
            })
            .collect();
        let first = row.first().and_then(|c| c.first()).map_or(0, |i| lines[*i].span.start);
        let last = row.last().and_then(|c| c.last()).map_or(first, |i| lines[*i].span.end);
        table.columns = table.columns.max(cells.len());
        table.rows.push(TableRow { cells, span: Span::new(first, last) });
    }
    find_heads(&mut table);
    place_short_rows(&mut table);
    table
}

/// Makes a table of what stands as columns of words.
pub(crate) fn of_columns(source: &Source, printed: &ColumnTable, calls: &[Call]) -> Table {
    let mut table = Table { heads: usize::from(printed.headed), ..Table::default() };
    for row in &printed.rows {
        let cells: Vec<TableCell> = row
            .iter()
            .enumerate()
            .map(|(column, cell)| TableCell {
                paragraphs: joined(source, cell, calls).into_iter().collect(),
                column,
                columns: 1,
                merged_up: false,
            })
            .collect();
        let spans = || row.iter().flatten();
        let first = spans().map(|s| s.start).min().unwrap_or(0);
        let last = spans().map(|s| s.end).max().unwrap_or(first);
        table.columns = table.columns.max(cells.len());
        table.rows.push(TableRow { cells, span: Span::new(first, last) });
    }
    table
}

/// The lines of a printed cell as one paragraph.
fn joined(source: &Source, lines: &[Span], calls: &[Call]) -> Option<Mended> {
    let mut mended = Mended::default();
    for (n, span) in lines.iter().enumerate() {
        if n > 0 {
            mended.push_str(" ");
        }
        collapse::push_words(source, &mut mended, *span, calls);
    }
    (!lines.is_empty()).then_some(mended)
}

/// The lines of a cell as paragraphs: a blank line or a marker parts them.
fn cell_paragraphs(source: &Source, lines: &[LineView], cell: &[usize], calls: &[Call]) -> Vec<Mended> {
    let mut out = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for i in cell {
        let apart = open.last().is_some_and(|last| {
            i - last > 1 || super::marker::read(lines[*i].text(source)).is_some_and(|m| m.class.is_bullet())
        });
        if apart {
            out.push(reflow::mend(source, lines, &open, calls));
            open.clear();
        }
        open.push(*i);
    }
    if !open.is_empty() {
        out.push(reflow::mend(source, lines, &open, calls));
    }
    out
}

/// Finds the head: the first row, or the first two, whose cells are column names.
fn find_heads(table: &mut Table) {
    const SEARCHED: usize = 3;
    if table.heads > 0 && !without_head(table) {
        // a second head row under a spanning cell
        return;
    }
    let known = |row: &TableRow| row.cells.iter().filter(|c| column_role(&c.text()).is_some()).count();
    let best = (0..table.rows.len().min(SEARCHED)).rev().find(|i| {
        let row = &table.rows[*i];
        let filled = row.cells.iter().filter(|c| !c.paragraphs.is_empty()).count();
        let short = row.cells.iter().all(|c| c.text().chars().count() <= 80);
        known(row) >= 2 && known(row) * 2 >= filled && short && !counts(row)
    });
    table.heads = best.map_or(0, |i| i + 1);
}

/// A list's own numbers leave an empty cell in a copy, or none at all: the words of such a row stand one column too far left.
fn restore_numbers(table: &mut Table) {
    const LONGEST_NUMBER: usize = 20;
    const FEWEST: usize = 3;
    let head = table.heads.checked_sub(1).and_then(|i| table.rows.get(i)).and_then(|row| row.cells.first());
    let numbered = head.is_some_and(|cell| column_role(&cell.text()) == Some(nhiemvu_model::FieldRole::Number));
    let width = table.columns;
    if !numbered || width <= FEWEST {
        return;
    }
    for row in table.rows.iter_mut().skip(table.heads) {
        let whole = row.cells.len() == width && row.cells.iter().all(|cell| !cell.merged_up);
        let filled = row.cells.iter().filter(|cell| !cell.paragraphs.is_empty()).count();
        let words = row.cells.first().is_some_and(|cell| cell.text().chars().count() > LONGEST_NUMBER);
        if whole && filled >= FEWEST && words && row.cells.last().is_some_and(|cell| cell.paragraphs.is_empty()) {
            row.cells.rotate_right(1);
            for (column, cell) in row.cells.iter_mut().enumerate() {
                cell.column = column;
            }
        }
    }
}

/// Whether what the format calls the head is none: a converter puts nothing there, the table's title, or the first of the rows.
fn without_head(table: &Table) -> bool {
    let heads = table.rows.get(..table.heads).unwrap_or_default();
    let empty = heads.iter().all(|row| row.cells.iter().all(|cell| cell.paragraphs.is_empty()));
    empty || matches!(heads, [only] if counts(only) || tells_one_time(only) || is_caption(only))
}

/// Whether the row begins with a running number, and goes on with words.
fn counts(row: &TableRow) -> bool {
    let number = |cell: &TableCell| {
        let text = cell.text();
        let text = text.trim_matches(['.', ')', '(', ' ']);
        !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
    };
    matches!(row.cells.as_slice(), [first, second, ..]
        if number(first) && !number(second) && second.text().contains(char::is_alphabetic))
}

/// Whether the row holds the table's title (`Bảng 1. Phân công`) and nothing beside it.
fn is_caption(row: &TableRow) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !cell.paragraphs.is_empty());
    filled.next().is_some_and(|cell| cell.columns == 1) && row.cells.len() > 2 && filled.next().is_none()
}

/// Whether one cell of the row says when, and none names a column.
fn tells_one_time(row: &TableRow) -> bool {
    let words = || row.cells.iter().map(TableCell::text);
    words().filter(|words| tells_when(words)).count() == 1 && !words().any(|words| label_role(&words).is_some())
}

/// Moves the cells of rows that lost their empty cells to the columns that they fit.
fn place_short_rows(table: &mut Table) {
    let Some(head) = table.heads.checked_sub(1).and_then(|i| table.rows.get(i)) else { return };
    let width = head.cells.len();
    let numbered = head.cells.first().is_some_and(|c| column_role(&c.text()) == Some(nhiemvu_model::FieldRole::Number));
    let heads = table.heads;
    let mut uncertain = false;
    for row in table.rows.iter_mut().skip(heads) {
        if row.cells.len() >= width || row.cells.len() < 2 {
            continue;
        }
        let first_is_number = row.cells.first().is_some_and(|c| is_row_number(&c.text()));
        if numbered && !first_is_number {
            for cell in &mut row.cells {
                cell.column += 1;
            }
        }
        // two cells, a number and words: a group row, which is certain
        uncertain |= row.cells.len() > 2;
    }
    table.uncertain |= uncertain;
}

/// Whether the words are a row's running number (`1`, `2.3`, `IV`, `A`, `II.1`).
pub(crate) fn is_row_number(text: &str) -> bool {
    let text = text.trim_matches(|c: char| matches!(c, '.' | ')' | '(' | ' ' | '*'));
    !text.is_empty()
        && text.chars().count() <= 8
        && text.split('.').all(|part| {
            part.bytes().all(|b| b.is_ascii_digit())
                || super::marker::roman_number(part).is_some()
                || part.chars().count() == 1 && part.chars().all(char::is_alphabetic)
        })
}
