//! Rows that name a group of tasks, and the numbers of rows.

use nhiemvu_model::{FieldRole, Table, TableCell, TableRow};

use super::columns::Column;
use crate::scope::Scope;

/// The groups that are open above a row, outermost first.
pub(super) struct Groups<'a> {
    top: Scope<'a>,
    open: Vec<(u32, Scope<'a>)>,
}

impl<'a> Groups<'a> {
    /// No group yet, in a table that stands in `scope`.
    pub fn below(scope: Scope<'a>) -> Self {
        Self { top: scope, open: Vec::new() }
    }

    /// What holds for a row by where it stands.
    pub fn scope(&self) -> &Scope<'a> {
        self.open.last().map_or(&self.top, |(_, scope)| scope)
    }

    /// Opens the group that a row names, and closes those of its level and below.
    pub fn open(&mut self, marker: &str, title: &str) {
        let level = level(marker).unwrap_or_else(|| match self.open.last() {
            Some((last, _)) if *last != UNMARKED => UNMARKED_BELOW,
            _ => UNMARKED,
        });
        let keep = self.open.iter().position(|(open, _)| *open >= level).unwrap_or(self.open.len());
        self.open.truncate(keep);
        let scope = self.scope();
        let below = scope.below(marker, title, scope.ordinal.clone());
        self.open.push((level, below));
    }
}

/// Level of a group without a number: above all others, or below those that have one.
const UNMARKED: u32 = 0;
const UNMARKED_BELOW: u32 = u32::MAX;

/// The level of a group by its number: `A`, `I`, `1`, `a`, each further part (`I.1`) one below; `None` without one.
fn level(marker: &str) -> Option<u32> {
    let bare = marker.trim_matches(|c: char| !c.is_alphanumeric());
    let parts = bare.split(['.', '-']).filter(|part| !part.is_empty()).count();
    let first = bare.split(['.', '-']).next().filter(|part| !part.is_empty())?;
    let roman = first.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let kind = if roman {
        2
    } else if first.chars().all(char::is_uppercase) {
        1
    } else if first.bytes().all(|b| b.is_ascii_digit()) {
        3
    } else {
        4
    };
    Some(kind * 10 + u32::try_from(parts.min(9)).unwrap_or(0))
}

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
