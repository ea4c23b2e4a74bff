//! Targets in tables: a table of aims (bảng chỉ tiêu) names in each row what is measured, then the figure.

use std::collections::HashMap;

use nhiemvu_model::{FieldRole, Table, TableCell, TableRow, Target, Via};
use nhiemvu_text::fold_key;

use crate::section::Section;
use crate::target::{self, State};

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// What is measured, or what is to be done.
    Words,
    /// The aim.
    Aim,
    /// Neither: a number, a unit, a body, a time, what has been reached.
    Nothing,
}

/// Reads the targets of a table's rows.
pub(crate) fn read(table: &Table, state: &State<'_>, out: &mut Vec<Target>, counts: &mut HashMap<String, u32>) {
    let columns = columns(table);
    let of_aims = state.section == Section::Target || columns.contains(&Holds::Aim);
    let mut within = state.clone();
    if of_aims {
        within.section = Section::Target;
    }
    // a column's head may say by when its aims are to be reached
    let under = |column: usize| {
        let mut state = within.clone();
        let heads = table.rows.iter().take(table.heads).flat_map(|row| &row.cells);
        let own = heads.filter(|cell| cell.column <= column && column < cell.column + cell.columns.max(1));
        own.flat_map(|cell| &cell.paragraphs).for_each(|words| state.under(words, Via::Field));
        state
    };
    let states: Vec<State<'_>> = if of_aims { (0..table.columns).map(under).collect() } else { Vec::new() };
    for row in table.rows.iter().skip(table.heads) {
        for cell in row.cells.iter().filter(|cell| !cell.merged_up) {
            let holds = columns.get(cell.column).copied().unwrap_or(Holds::Nothing);
            let label = (holds == Holds::Aim).then(|| label_of(row, &columns)).flatten();
            for paragraph in cell.paragraphs.iter().filter(|_| holds != Holds::Nothing) {
                if target::aims(paragraph.text(), within.section) {
                    let state = states.get(cell.column).unwrap_or(&within);
                    target::read(paragraph, label.as_deref(), state, out, counts);
                }
            }
        }
    }
}

/// What each column holds, by the words of its head.
fn columns(table: &Table) -> Vec<Holds> {
    let heads: Vec<String> = (0..table.columns)
        .map(|column| {
            let cells = table.rows.iter().take(table.heads).flat_map(|row| &row.cells);
            let words: Vec<String> = cells
                .filter(|cell| cell.column <= column && column < cell.column + cell.columns.max(1))
                .map(TableCell::text)
                .collect();
            fold_key(words.join(" ").trim())
        })
        .collect();
    let measured = heads.iter().position(|head| head.starts_with("chỉ tiêu") || head.starts_with("tên chỉ tiêu"));
    let done = |head: &str| ["hiện trạng", "thực hiện", "kết quả", "ước"].iter().any(|w| head.contains(w));
    heads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            let role = nhiemvu_parser::column_role(head);
            if done(head) && measured.is_some() {
                Holds::Nothing
            } else if measured.is_some_and(|first| at > first) && (names_time(head) || head.contains("mục tiêu")) {
                Holds::Aim
            } else {
                match role {
                    Some(FieldRole::Target) if measured == Some(at) => Holds::Words,
                    Some(FieldRole::Target) => Holds::Aim,
                    Some(FieldRole::Content | FieldRole::Product) => Holds::Words,
                    _ => Holds::Nothing,
                }
            }
        })
        .collect()
}

/// `Năm 2026`, `Giai đoạn 2026 - 2030`, `Kế hoạch năm học 2026 - 2027`.
fn names_time(head: &str) -> bool {
    ["năm", "giai đoạn", "quý", "kế hoạch", "đến"].iter().any(|w| head.starts_with(w))
}

/// What the row measures: its last words before the aim.
fn label_of(row: &TableRow, columns: &[Holds]) -> Option<String> {
    row.cells
        .iter()
        .find(|cell| columns.get(cell.column) == Some(&Holds::Words))
        .map(TableCell::text)
        .filter(|words| !words.trim().is_empty())
}
