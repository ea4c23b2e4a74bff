//! Rows that a page break has torn off the task above them.

use nhiemvu_model::{FieldRole, TableCell, TableRow};

use super::columns::Column;

/// Whether the row holds only the rest of the task above it: nothing in any column but the task's, not even a number, or
/// words there that are torn off as well, in a table that numbers its rows.
pub(super) fn goes_on(row: &TableRow, columns: &[Column]) -> bool {
    let Some(content) = columns.iter().find(|c| c.role == FieldRole::Content) else { return false };
    let numbered = columns.iter().any(|c| c.role == FieldRole::Number);
    let full = row.cells.len() >= columns.len() && columns.len() > 2;
    let mut filled = row.cells.iter().filter(|c| !c.paragraphs.is_empty());
    let only = filled.next().is_some_and(|c| c.column == content.at && !c.merged_up) && filled.next().is_none();
    let text = row.cells.iter().find(|c| c.column == content.at).map(TableCell::text).unwrap_or_default();
    // words that begin in the middle, beside nobody's name
    let inside = text.trim_start().chars().next().is_some_and(|c| c.is_lowercase() || c == '(');
    if numbered && full && inside && names_nobody(row, columns) {
        return true;
    }
    if !(numbered && full && only) {
        return false;
    }
    let heading = nhiemvu_text::fold_key(&text).starts_with("nhóm") || text.chars().all(|c| !c.is_lowercase());
    !heading && text.trim_end().ends_with(|c: char| c == '.' || c.is_lowercase())
}

/// Whether the cells of number and lead are empty, and that of the partners empty or the rest of a torn name.
fn names_nobody(row: &TableRow, columns: &[Column]) -> bool {
    let who = [FieldRole::Number, FieldRole::Lead, FieldRole::Executing, FieldRole::Coordinating];
    let rest_of_name = |text: &str| text.starts_with(char::is_lowercase) && !text.starts_with("các ");
    columns.iter().filter(|col| who.contains(&col.role)).all(|col| {
        let helps = col.role == FieldRole::Coordinating;
        row.cells
            .iter()
            .filter(|c| c.column == col.at)
            .all(|c| !c.merged_up && (c.paragraphs.is_empty() || helps && rest_of_name(c.text().trim_start())))
    })
}
