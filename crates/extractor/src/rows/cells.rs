//! The values of a row: cells by column, the bodies in them, the year of a head.

use nhiemvu_model::{Agency, FieldRole, Mended, TableCell, TableRow};
use nhiemvu_text::fold_key;

use super::columns::Column;
use crate::bodies::dedup;
use crate::field_bodies::FieldBodies;
use crate::walk::Walk;

/// The values of a row by role; a merged or left-out cell takes that of the row above.
#[derive(Debug, Clone, Default)]
pub(super) struct Values<'t> {
    pub cells: Vec<Option<&'t TableCell>>,
}

/// The cells of a row by column; what is merged, and the task of a row that leaves it out, from the row above.
pub(super) fn values_of<'t>(row: &'t TableRow, columns: &[Column], above: &Values<'t>) -> Values<'t> {
    let mut cells: Vec<Option<&TableCell>> = Vec::with_capacity(columns.len());
    for (n, column) in columns.iter().enumerate() {
        let cell = row.cells.iter().find(|c| c.column <= column.at && column.at < c.column + c.columns.max(1));
        let up = above.cells.get(n).copied().flatten();
        let value = match cell {
            Some(c) if c.merged_up => up,
            Some(c) if c.paragraphs.is_empty() && column.role == FieldRole::Content => up,
            Some(c) if c.paragraphs.is_empty() => None,
            Some(c) if up.is_some() && is_ditto(c) => up,
            Some(c) => Some(c),
            None => up,
        };
        cells.push(value);
    }
    inherit(&mut cells, columns, above);
    // a schedule tells a day or month once, before all that is done then
    let key = columns.iter().position(|c| c.role != FieldRole::Number).filter(|n| columns[*n].role == FieldRole::Time);
    if let Some(n) = key.filter(|n| cells[*n].is_none()) {
        cells[n] = above.cells.get(n).copied().flatten();
    }
    Values { cells }
}

/// `nt`, `-nt-`, `Như trên`, `"`: the cell says what the one above it says.
fn is_ditto(cell: &TableCell) -> bool {
    let [only] = cell.paragraphs.as_slice() else { return false };
    let words = only.text().trim();
    if matches!(words, "\"" | "”" | "“" | "″" | "''" | "〃") {
        return true;
    }
    let key = fold_key(words);
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(key, "nt" | "n.t" | "n/t" | "như trên")
}

/// A row whose cells for leader, partners and time are all empty stands beside cells that are merged on paper and were
/// written out once: it takes those of the row above; one that leaves out its leader alone takes that.
fn inherit<'t>(cells: &mut [Option<&'t TableCell>], columns: &[Column], above: &Values<'t>) {
    const MERGED: [FieldRole; 4] = [FieldRole::Lead, FieldRole::Executing, FieldRole::Coordinating, FieldRole::Time];
    let merged = |n: usize| columns.get(n).is_some_and(|c| MERGED.contains(&c.role));
    let leads = columns.iter().any(|c| matches!(c.role, FieldRole::Lead | FieldRole::Executing));
    let empty = cells.iter().enumerate().all(|(n, cell)| !merged(n) || cell.is_none());
    if !leads {
        return;
    }
    // a row with a time or partners of its own still has the leader of the row above, where it names none
    let leader = |n: usize| columns.get(n).is_some_and(|c| matches!(c.role, FieldRole::Lead | FieldRole::Executing));
    let taken = |n: usize| if empty { merged(n) } else { leader(n) };
    for (n, cell) in cells.iter_mut().enumerate().filter(|(n, cell)| cell.is_none() && taken(*n)) {
        *cell = above.cells.get(n).copied().flatten();
    }
}

/// A cell with several paragraphs names a body in each.
pub(super) fn cell_list(walk: &Walk<'_>, cell: &TableCell, value: &Mended) -> Vec<Agency> {
    if cell.paragraphs.len() < 2
        || cell.paragraphs.iter().map(|p| p.text().len()).sum::<usize>() + cell.paragraphs.len() - 1
            != value.text().len()
    {
        return FieldBodies::plain(walk, value);
    }
    dedup(cell.paragraphs.iter().flat_map(|p| FieldBodies::plain(walk, &bare(p))).collect())
}

pub(super) fn cell_bodies(walk: &Walk<'_>, cell: &TableCell, value: &Mended) -> FieldBodies {
    if cell.paragraphs.len() < 2
        || cell.paragraphs.iter().map(|p| p.text().len()).sum::<usize>() + cell.paragraphs.len() - 1
            != value.text().len()
    {
        return FieldBodies::read(walk, &bare(value));
    }
    let mut all = FieldBodies { lead: Vec::new(), coordinating: Vec::new() };
    for paragraph in &cell.paragraphs {
        let paragraph = bare(paragraph);
        let key = fold_key(paragraph.text());
        if key.starts_with("phối hợp") || key.starts_with("cơ quan phối hợp") || key.starts_with("đơn vị phối hợp")
        {
            let from = paragraph.text().find(':').map_or_else(
                || paragraph.text().find("với ").map_or("phối hợp".len(), |n| n + "với ".len()),
                |n| n + 1,
            );
            all.coordinating.extend(FieldBodies::plain(walk, &bare(&paragraph.slice(from, paragraph.text().len()))));
            continue;
        }
        let labelled = ["chủ trì:", "cơ quan chủ trì:", "đơn vị chủ trì:"].iter().any(|w| key.starts_with(w));
        let from = if labelled { paragraph.text().find(':').map_or(0, |n| n + 1) } else { 0 };
        let found = FieldBodies::read(walk, &bare(&paragraph.slice(from, paragraph.text().len())));
        all.lead.extend(found.lead);
        all.coordinating.extend(found.coordinating);
    }
    all.lead = dedup(all.lead);
    all
}

/// Without the bullet and the spaces before the words.
fn bare(text: &Mended) -> Mended {
    let words = text.text();
    let start = words.len() - words.trim_start_matches(['-', '+', '–', '*', ' ']).len();
    text.slice(start, words.len())
}

pub(super) fn joined(cell: &TableCell) -> Mended {
    let mut out = Mended::default();
    for (n, paragraph) in cell.paragraphs.iter().enumerate() {
        if n > 0 {
            out.push_str(" ");
        }
        out.append(paragraph);
    }
    out
}

/// `Tháng 6` under a head `Thời gian hoàn thành (năm 2026)`: the head's year counts.
pub(super) fn with_year(value: &Mended, head: &str) -> Mended {
    let year = head.split(|c: char| !c.is_ascii_digit()).find(|w| w.len() == 4 && w.starts_with("20"));
    let has_year = value.text().split(|c: char| !c.is_ascii_digit()).any(|w| w.len() == 4 && w.starts_with("20"));
    match year {
        Some(year) if !has_year && value.text().chars().any(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V')) => {
            let mut out = value.clone();
            out.push_str("/");
            out.push_str(year);
            out
        }
        _ => value.clone(),
    }
}
