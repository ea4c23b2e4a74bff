//! Rows that name a group of tasks, and the numbers of rows.

use nhiemvu_model::{FieldRole, Table, TableCell, TableRow};

use super::columns::Column;

/// A row that names a group of tasks: its words stand alone beside its number.
pub(super) fn group_title(row: &TableRow, columns: &[Column], table: &Table) -> Option<String> {
    let filled: Vec<&TableCell> = row.cells.iter().filter(|c| !c.paragraphs.is_empty()).collect();
    let words: Vec<&&TableCell> = filled.iter().filter(|c| !is_number_cell(c, columns)).collect();
    let merged = row.cells.iter().any(|c| c.merged_up);
    let spans = filled.iter().any(|c| c.columns * 2 > table.columns && table.columns > 2);
    let mark = filled.iter().find(|c| is_number_cell(c, columns)).map(|c| c.text()).unwrap_or_default();
    let letters = mark.trim_matches(['.', ' ', ')']).chars().all(char::is_alphabetic) && !mark.trim().is_empty();
    let content =
        columns.iter().find(|c| c.role == FieldRole::Content).and_then(|c| filled.iter().find(|f| f.column == c.at));
    let unled = columns
        .iter()
        .filter(|c| matches!(c.role, FieldRole::Lead | FieldRole::Executing | FieldRole::Coordinating))
        .all(|c| row.cells.iter().filter(|f| f.column == c.at).all(|f| f.paragraphs.is_empty() && !f.merged_up));
    if let Some(content) = content.filter(|_| letters && unled && !merged) {
        // `IV` beside words and nobody's name, whatever has slipped into another column
        return Some(content.text());
    }
    let title = match words.as_slice() {
        [only] if !merged => only.text(),
        [] => filled.first()?.text(),
        _ => return None,
    };
    let number = filled.iter().find(|c| is_number_cell(c, columns)).map(|c| c.text()).unwrap_or_default();
    let roman = number.trim_matches(['.', ' ']).chars().next().is_some_and(char::is_alphabetic);
    let alone = filled.len() <= 2 && (spans || roman || number.is_empty() || only_group(row, columns));
    alone.then_some(title)
}

/// Whether every column but those of number and task is empty in the row.
fn only_group(row: &TableRow, columns: &[Column]) -> bool {
    row.cells.iter().filter(|c| !c.paragraphs.is_empty()).all(|c| {
        columns
            .iter()
            .find(|col| col.at == c.column)
            .is_some_and(|col| matches!(col.role, FieldRole::Number | FieldRole::Content))
    })
}

fn is_number_cell(cell: &TableCell, columns: &[Column]) -> bool {
    columns.iter().any(|c| c.at == cell.column && c.role == FieldRole::Number)
}

pub(super) fn row_marker(row: &TableRow) -> String {
    row.cells
        .first()
        .map(TableCell::text)
        .filter(|t| t.chars().count() <= 8 && !t.contains(' '))
        .unwrap_or_default()
        .trim()
        .to_owned()
}
