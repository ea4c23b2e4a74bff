//! How a table tells itself whose rows are lines of cells: by the names of its columns, or by its running numbers.

use nhiemvu_model::{FieldRole, Source, Span};

use super::lines::{LineKind, LineView};
use crate::block::fields::column_role;
use crate::block::table::is_row_number;

/// The cells of a line.
pub(super) type Row = Vec<Span>;

/// Fewest columns of a table.
pub(super) const FEWEST: usize = 3;

/// Whether the cells name columns: three or more, most of them known and one that of the tasks, or two known and one that of
/// running numbers.
pub(super) fn names_columns(source: &Source, cells: &[Span]) -> bool {
    let roles: Vec<Option<FieldRole>> = cells.iter().map(|cell| column_role(cell.slice(&source.text))).collect();
    let known = roles.iter().flatten().count();
    // a table of other matter has its running numbers, too
    let tasks = roles.contains(&Some(FieldRole::Content)) && known >= FEWEST && known * 2 > cells.len();
    let numbered = roles.first() == Some(&Some(FieldRole::Number)) && known >= 2;
    cells.len() >= FEWEST && (tasks || numbered)
}

/// Whether the cells are those of a row of number 1.
pub(super) fn begins_count(source: &Source, cells: &[Span]) -> bool {
    counts(source, cells) == Some(1)
}

/// Whether a table without a head begins at line `at`: the row of number 1, and below it that of number 2, of no more
/// cells.
pub(super) fn begins_rows(
    source: &Source,
    lines: &[LineView],
    at: usize,
    cells_of: &dyn Fn(&LineView) -> Option<Row>,
) -> bool {
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
