//! The columns of a task table, and rows that only say again what they are.

use nhiemvu_model::{FieldRole, Status, Table, TableCell, TableRow};
use nhiemvu_parser::column_role;
use nhiemvu_text::fold_key;

use crate::limits;
use crate::status;

/// A column: where it stands, what it asks for, its head's words.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub at: usize,
    pub role: FieldRole,
    pub head: String,
    /// The head folded.
    pub key: String,
}

impl Column {
    /// A column of a table without a head: named by where it stands.
    pub fn unnamed(at: usize, role: FieldRole) -> Self {
        Self { at, role, head: format!("Cột {}", at + 1), key: String::new() }
    }

    /// Whether it says when something begins (`Thời gian bắt đầu`, `Từ ngày`).
    pub fn begins(&self) -> bool {
        self.role == FieldRole::Time && limits::tells_beginning(&self.key)
    }

    /// The status that a cell of this column names: of columns for it, and of those for progress or results, which some
    /// tables use for it.
    pub fn status(&self, value: &str) -> Option<Status> {
        match self.role {
            FieldRole::Status | FieldRole::Time => status::of_value(value),
            // `Hoàn thành` may be what a plan wants as its result
            FieldRole::Product | FieldRole::Other => {
                status::of_value(value).filter(|named| *named != Status::Done || told(value))
            }
            _ => None,
        }
    }
}

fn told(value: &str) -> bool {
    fold_key(value.trim_matches(|c: char| !c.is_alphanumeric())).starts_with("đã ")
}

/// The columns by the last head row, its gaps filled from the row above it.
pub(super) fn columns(table: &Table) -> Option<Vec<Column>> {
    let heads = table.rows.get(..table.heads.max(1))?;
    if table.heads == 0 {
        return None;
    }
    let width = table.columns.max(1);
    let mut names = vec![String::new(); width];
    for row in heads {
        for cell in &row.cells {
            let text = cell.text();
            if text.trim().is_empty() || cell.merged_up {
                continue;
            }
            for name in names.iter_mut().skip(cell.column).take(cell.columns.max(1)) {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(text.trim());
            }
        }
    }
    let last = heads.last()?;
    let columns: Vec<Column> = names
        .into_iter()
        .enumerate()
        .filter(|(_, head)| !head.is_empty())
        .map(|(at, head)| {
            let own = last.cells.iter().find(|c| c.column == at).map(TableCell::text).unwrap_or_default();
            let role = column_role(own.trim()).or_else(|| column_role(&head)).unwrap_or(FieldRole::Other);
            Column { at, role, key: fold_key(&head), head }
        })
        .collect();
    Some(with_one_task(table, with_numbers(table, columns)))
}

/// Of several columns of content (`Nhóm nhiệm vụ`, `Nhiệm vụ cụ thể`) the last names the tasks where most rows fill it. One before it
/// that spans rows groups them; one that each row fills is the head of its task (`Hoạt động`, `Nội dung`).
fn with_one_task(table: &Table, mut columns: Vec<Column>) -> Vec<Column> {
    let contents: Vec<usize> =
        (0..columns.len()).filter(|n| columns.get(*n).is_some_and(|c| c.role == FieldRole::Content)).collect();
    let [outer @ .., inner] = contents.as_slice() else { return columns };
    if outer.is_empty() {
        return columns;
    }
    let own = |row: &&TableRow, n: usize| {
        let at = columns.get(n).map(|c| c.at);
        row.cells.iter().any(|c| Some(c.column) == at && !c.merged_up && !c.paragraphs.is_empty())
    };
    let body: Vec<&TableRow> = table.rows.iter().skip(table.heads).filter(|row| row.cells.len() > 1).collect();
    let filled = body.iter().filter(|row| own(row, *inner)).count();
    let turned: Vec<usize> = if filled * 2 < body.len() {
        vec![*inner]
    } else {
        outer.iter().copied().filter(|n| body.iter().any(|row| own(row, *inner) && !own(row, *n))).collect()
    };
    for n in turned {
        if let Some(column) = columns.get_mut(n) {
            column.role = FieldRole::Other;
        }
    }
    columns
}

/// The columns with the first as that of running numbers where none is, and the words of its head are unknown (a scan made
/// `ST đã` of `STT`), but most of its cells count rows.
fn with_numbers(table: &Table, mut columns: Vec<Column>) -> Vec<Column> {
    let numbered = columns.iter().any(|column| column.role == FieldRole::Number);
    if let Some(first) =
        columns.first_mut().filter(|first| !numbered && first.at == 0 && first.role == FieldRole::Other)
    {
        let body = table.rows.iter().skip(table.heads).flat_map(|row| &row.cells);
        let words: Vec<String> = body.filter(|cell| cell.column == 0).map(TableCell::text).collect();
        let filled = words.iter().filter(|words| !words.trim().is_empty()).count();
        let count: Vec<u8> =
            words.iter().filter_map(|words| words.trim_matches(['.', ')', ' ']).parse().ok()).collect();
        let ascends = count.windows(2).filter(|pair| pair.first() < pair.last()).count();
        if count.len() > 1 && count.len() * 2 >= filled && (ascends + 1) * 2 > count.len() {
            first.role = FieldRole::Number;
        }
    }
    columns
}

/// A table of tasks says what is to be done, and who or by when.
pub(super) fn is_task_table(columns: &[Column]) -> bool {
    let has = |role: FieldRole| columns.iter().any(|c| c.role == role);
    has(FieldRole::Content)
        && (has(FieldRole::Lead)
            || has(FieldRole::Executing)
            || has(FieldRole::Time)
            || has(FieldRole::Coordinating)
            || has(FieldRole::Monitoring))
}

/// The head set again at the top of a page.
pub(super) fn is_head_again(row: &TableRow, columns: &[Column]) -> bool {
    let same = |t: &String| columns.iter().any(|c| c.key.contains(t.as_str())) && column_role(t).is_some();
    // a head in other words (`Nội dung` for `Nhiệm vụ, giải pháp`), where every cell is a label
    let label = |t: &String| nhiemvu_parser::label_role(t).is_some();
    let mut words = row.cells.iter().map(|c| fold_key(&c.text())).filter(|t| !t.is_empty());
    // the first cell tells of most rows
    let Some(first) = words.next().filter(|t| same(t) || label(t)) else { return false };
    let filled: Vec<String> = std::iter::once(first).chain(words).collect();
    filled.len() >= 2 && filled.iter().all(same) || filled.len() >= 3 && filled.iter().all(|t| same(t) || label(t))
}

/// `(1) (2) (3)` below the head.
pub(super) fn is_column_numbers(row: &TableRow) -> bool {
    let cells: Vec<String> = row.cells.iter().map(TableCell::text).collect();
    cells.len() >= 3
        && cells.iter().all(|t| {
            let t = t.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' '));
            t.len() <= 2 && (t.is_empty() || t.bytes().all(|b| b.is_ascii_digit()))
        })
        && cells.iter().filter(|t| !t.trim().is_empty()).count() >= 3
}
