//! Columns of months, quarters or weeks (`Tháng 7`, `Quý III`) in which rows only set a mark.

use nhiemvu_model::{DeadlineKind, Mended, Table, TableCell, Via};
use nhiemvu_parser::temporal::Setting;

use super::cells::{Values, joined, with_year};
use super::columns::Column;
use crate::limits::Limits;
use crate::walk::Walk;

impl Walk<'_> {
    /// The limits of a row that marks its months: those that follow one another are one stretch.
    pub(super) fn marked(&self, table: &Table, columns: &[Column], values: &Values<'_>) -> Limits {
        let mut limits = Limits::default();
        for (column, cell) in columns.iter().zip(&values.cells) {
            let Some(head) = cell.filter(|cell| is_mark(cell)).and_then(|_| head_of(table, column.at)) else {
                continue;
            };
            let head = with_year(&head, &column.head);
            let read = Limits::read(&self.document.source, &head, Setting::Field, Via::Field, &self.reference);
            let period = |kind: &DeadlineKind| matches!(kind, DeadlineKind::Within { start: Some(_), end: Some(_) });
            if let [only] = read.deadlines.as_slice()
                && period(&only.kind)
            {
                limits.add(only.clone(), "");
            }
        }
        limits
    }
}

/// `x`, `✓`: a cell that only marks its column.
fn is_mark(cell: &TableCell) -> bool {
    let [only] = cell.paragraphs.as_slice() else { return false };
    matches!(only.text().trim(), "x" | "X" | "v" | "V" | "✓" | "✔" | "√" | "☑" | "☒" | "*" | "+" | "●" | "•" | "■")
}

/// The words of the lowest head of the column at `at`.
fn head_of(table: &Table, at: usize) -> Option<Mended> {
    let heads = table.rows.get(..table.heads)?.iter().rev();
    let mut cells =
        heads.filter_map(|row| row.cells.iter().find(|c| c.column <= at && at < c.column + c.columns.max(1)));
    cells.find(|cell| !cell.merged_up && !cell.text().trim().is_empty()).map(joined)
}
