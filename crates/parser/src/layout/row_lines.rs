//! Tables whose rows are lines of cells, whatever parts the cells: how such a table tells itself, by the names of its columns or
//! by its running numbers, and how its rows are read.

use nhiemvu_model::{FieldRole, Source, Span};

use super::columns::ColumnTable;
use super::lines::{LineKind, LineView};
use crate::block::fields::column_role;
use crate::block::table::is_row_number;

/// The cells of a line.
pub(super) type Row = Vec<Span>;

/// Parts a line into cells; none where nothing parts it.
pub(super) type CellsOf<'a> = &'a dyn Fn(&LineView) -> Option<Row>;

/// Fewest columns of a table.
pub(super) const FEWEST: usize = 3;

/// Most lines of a cell that are looked at for the next row.
const LONGEST_CELL: usize = 12;

/// Whether the cells name columns: three or more, most of them known and one that of the tasks, or two known and one that of
/// running numbers.
pub(super) fn names_columns(source: &Source, cells: &[Span]) -> bool {
    if cells.len() < FEWEST {
        return false;
    }
    let roles: Vec<Option<FieldRole>> = cells.iter().map(|cell| column_role(cell.slice(&source.text))).collect();
    let known = roles.iter().flatten().count();
    // a table of other matter has its running numbers, too
    let tasks = roles.contains(&Some(FieldRole::Content)) && known >= FEWEST && known * 2 > cells.len();
    let numbered = roles.first() == Some(&Some(FieldRole::Number)) && known >= 2;
    tasks || numbered
}

/// Whether the cells are those of a row of number 1.
pub(super) fn begins_count(source: &Source, cells: &[Span]) -> bool {
    counts(source, cells) == Some(1)
}

/// Whether a table without a head begins at line `at`: the row of number 1, and below it that of number 2, of no more
/// cells.
fn begins_rows(source: &Source, lines: &[LineView], at: usize, cells_of: CellsOf<'_>) -> bool {
    const LONGEST_ROW: usize = 12;
    let Some(first) = lines.get(at).and_then(cells_of).filter(|cells| begins_count(source, cells)) else {
        return false;
    };
    let below = lines[at + 1..].iter().filter(|line| !matches!(line.kind, LineKind::Blank | LineKind::Furniture));
    let mut rows = below.take(LONGEST_ROW).take_while(|line| line.is_text()).filter_map(cells_of);
    let second = rows.find(|cells| cells.first().is_some_and(|cell| is_row_number(cell.slice(&source.text))));
    first.len() >= FEWEST
        && second.is_some_and(|second| counts(source, &second) == Some(2) && second.len() <= first.len())
}

/// The number of a row whose next cell holds words.
fn counts(source: &Source, cells: &[Span]) -> Option<u32> {
    let [number, words, ..] = cells else { return None };
    let number = number.slice(&source.text).trim_matches(['.', ')', '(', ' ']);
    words.slice(&source.text).contains(char::is_alphabetic).then(|| number.parse().ok()).flatten()
}

/// Cells of one stretch each.
pub(super) fn one_each(cells: impl IntoIterator<Item = Span>) -> Vec<Vec<Span>> {
    cells.into_iter().map(|cell| vec![cell]).collect()
}

/// The tables that begin at lines of `count`, none inside another.
pub(super) fn one_behind_another(count: usize, table_at: impl Fn(usize) -> Option<ColumnTable>) -> Vec<ColumnTable> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < count {
        let table = table_at(at);
        at = table.as_ref().map_or(at + 1, |table| table.lines.end.max(at + 1));
        tables.extend(table);
    }
    tables
}

/// The table whose head, or whose first row where it has none, is line `at`.
pub(super) fn from_line(source: &Source, lines: &[LineView], at: usize, cells_of: CellsOf<'_>) -> Option<ColumnTable> {
    let first = cells_of(lines.get(at)?)?;
    if names_columns(source, &first) {
        return read_below(source, lines, first, at + 1, cells_of);
    }
    let headless = begins_rows(source, lines, at, cells_of);
    headless.then(|| Reader { source, lines, cells_of, width: first.len(), numbered: true }.read(None, at)).flatten()
}

/// The table below the head, with its first row at line `rows` or behind.
pub(super) fn read_below(
    source: &Source,
    lines: &[LineView],
    head: Row,
    rows: usize,
    cells_of: CellsOf<'_>,
) -> Option<ColumnTable> {
    let numbered = head.first().is_some_and(|cell| column_role(cell.slice(&source.text)) == Some(FieldRole::Number));
    Reader { source, lines, cells_of, width: head.len(), numbered }.read(Some(head), rows)
}

/// Reads the rows of a table of `width` columns.
struct Reader<'a> {
    source: &'a Source,
    lines: &'a [LineView],
    cells_of: CellsOf<'a>,
    width: usize,
    /// Whether its rows are numbered.
    numbered: bool,
}

impl Reader<'_> {
    fn read(&self, head: Option<Row>, from: usize) -> Option<ColumnTable> {
        let headed = head.is_some();
        // the head may stand in several lines
        let first = head.as_ref().map_or(from, |head| self.line_of(head, from));
        let rows = head.map(one_each).into_iter().collect();
        let mut table = ColumnTable { lines: first..from, rows, headed };
        let mut blank = false;
        for (at, line) in self.lines.iter().enumerate().skip(from) {
            if matches!(line.kind, LineKind::Blank | LineKind::Furniture) {
                blank = true;
                continue;
            }
            if !line.is_text() || !self.take(&mut table, at, blank) {
                break;
            }
            blank = false;
            table.lines.end = at + 1;
        }
        for row in &mut table.rows {
            write_once(self.source, row);
        }
        (table.rows.len() > 1).then_some(table)
    }

    /// The line in which the head begins, at or above `from`.
    fn line_of(&self, head: &Row, from: usize) -> usize {
        let start = head.first().map_or(0, |cell| cell.start);
        self.lines[..from].iter().rposition(|line| line.span.start <= start).unwrap_or(from)
    }

    /// Adds line `at` to the table, as a row or as more of the last one; not where it is none of it.
    fn take(&self, table: &mut ColumnTable, at: usize, blank: bool) -> bool {
        let line = &self.lines[at];
        if is_drawn(line.text(self.source)) {
            return true;
        }
        let pieces = (self.cells_of)(line);
        match pieces {
            Some(pieces) if self.begins_row(&pieces) => table.rows.push(one_each(pieces)),
            Some(pieces) if self.numbered && names_columns(self.source, &pieces) => table.rows.push(one_each(pieces)),
            pieces => {
                let Some(row) = table.rows.last_mut() else { return false };
                let more = pieces.unwrap_or_else(|| vec![line.span]);
                let room = row.len() + more.len() - 1 <= self.width;
                let whole = row.len() >= self.width;
                // behind a whole row only what another row follows belongs to its last cell
                if blank || !room || whole && (more.len() > 1 || !self.goes_on(at)) {
                    return false;
                }
                let mut more = more.into_iter();
                if let (Some(cell), Some(rest)) = (row.last_mut(), more.next()) {
                    cell.push(rest);
                }
                row.extend(more.map(|cell| vec![cell]));
            }
        }
        true
    }

    fn begins_row(&self, pieces: &Row) -> bool {
        if self.numbered {
            pieces.first().is_some_and(|cell| is_row_number(cell.slice(&self.source.text)))
        } else {
            pieces.len() == self.width
        }
    }

    fn goes_on(&self, at: usize) -> bool {
        let text = self.lines[at].text(self.source);
        let small = text.starts_with(char::is_lowercase) || text.starts_with(['-', '+', '•']);
        let mut below = self.lines[at + 1..].iter().take(LONGEST_CELL).take_while(|line| line.is_text());
        small || below.any(|line| (self.cells_of)(line).is_some_and(|pieces| self.begins_row(&pieces)))
    }
}

/// A rule between rows, in whatever signs (`---|---`, `├───┼───┤`).
fn is_drawn(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '=' | '+' | ':' | '|' | ' ' | '\u{2500}'..='\u{257F}'))
}

/// A group's title that stands in each of its row's merged cells is kept once.
fn write_once(source: &Source, row: &mut Vec<Vec<Span>>) {
    let words = |cell: &Vec<Span>| cell.first().map_or("", |span| span.slice(&source.text));
    let Some(title) = row.get(1).map(&words) else { return };
    if row.len() > 2 && !title.is_empty() && row[1..].iter().all(|cell| words(cell) == title) {
        row.truncate(2);
    }
}
