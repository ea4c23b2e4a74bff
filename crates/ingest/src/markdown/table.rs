//! Pipe tables.

use super::inline::parse_words;
use crate::builder::CellDraft;
use crate::styled::Styled;

/// A row of a pipe table.
#[derive(Debug)]
pub(crate) struct RowDraft {
    pub(crate) head: bool,
    /// Number of form feeds before it.
    pub(crate) page: u32,
    pub(crate) cells: Vec<CellDraft>,
}

/// How many lines of a table start at `at`; `None` where none does.
///
/// A table has a delimiter row (`|---|---|`) as its second line, or at least lines of two or more cells between bars.
pub(crate) fn rows_at(lines: &[(u32, &str)], at: usize) -> Option<usize> {
    let line = lines.get(at)?.1;
    let marked = has_bar(line) && lines.get(at + 1).is_some_and(|(_, next)| is_delimiter(next));
    let framed = is_framed(line) || is_delimiter(line);
    if !marked && !framed {
        return None;
    }
    let width = cells(line).len();
    let mut count = 1;
    while let Some((_, next)) = lines.get(at + count) {
        let before = lines.get(at + count - 1).map_or("", |(_, line)| *line);
        let belongs = is_framed(next) || is_delimiter(next) || (marked && has_bar(next) && !is_bars(next));
        if !(belongs || marked && continues(before, next, width)) {
            break;
        }
        count += 1;
    }
    Some(count)
}

/// The rows that the lines hold; delimiter rows are gone, lines that a broken row runs over are one.
pub(crate) fn read(lines: &[(u32, &str)]) -> Vec<RowDraft> {
    let mut rows: Vec<(u32, String)> = Vec::new();
    let width = lines.first().map_or(0, |(_, line)| cells(line).len());
    let mut heads = 0;
    for (page, line) in lines {
        if is_delimiter(line) {
            // a repeated delimiter row closes the head only once
            heads = if heads == 0 { rows.len() } else { heads };
            continue;
        }
        match rows.last_mut() {
            Some((_, row)) if !is_framed(line) && continues(row, line, width) => {
                row.push_str("<br>");
                row.push_str(line.trim());
            }
            _ => rows.push((*page, line.trim().to_owned())),
        }
    }
    let drafts = rows.iter().enumerate().map(|(i, (page, row))| {
        let cells = cells(row).into_iter().enumerate().map(|(column, cell)| draft(cell, column)).collect();
        RowDraft { head: i < heads, page: *page, cells }
    });
    drafts.collect()
}

/// Whether `next` goes on in the last cell of `row`: the row is not closed and lacks cells, and the line has no bar in front.
fn continues(row: &str, next: &str, width: usize) -> bool {
    let next = next.trim();
    let open = row.trim_start().starts_with('|') && !ends_with_bar(row.trim_end());
    open && !next.is_empty() && !next.starts_with('|') && !next.starts_with('#') && cells(row).len() < width
}

fn draft(cell: &str, column: usize) -> CellDraft {
    let (text, runs) = parse_words(cell).finish();
    let paragraphs = Styled::split(&text, &runs);
    CellDraft { paragraphs, column: u16::try_from(column).unwrap_or(u16::MAX), columns: 1, merged_up: false }
}

/// How many lines from `at` on are rows between bars, all with as many cells.
pub(super) fn equal_rows_at(lines: &[(u32, &str)], at: usize) -> usize {
    let width = lines.get(at).map_or(0, |(_, line)| cells(line).len());
    let rows = lines.iter().skip(at).map(|(_, line)| *line);
    rows.take_while(|line| is_framed(line) && ends_with_bar(line.trim_end()) && cells(line).len() == width).count()
}

/// Whether the line is a row between bars: it starts and ends with one and has at least two cells, not all of them empty.
fn is_framed(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.starts_with('|') && !is_bars(line) && {
        let count = cells(line).len();
        count > 2 || (count > 1 && ends_with_bar(line))
    }
}

fn is_bars(line: &str) -> bool {
    line.bytes().all(|b| matches!(b, b'|' | b' ' | b'\t')) && line.bytes().filter(|b| *b == b'|').count() < 3
}

fn has_bar(line: &str) -> bool {
    bars(line).next().is_some()
}

pub(super) fn ends_with_bar(line: &str) -> bool {
    bars(line).last().is_some_and(|at| at + 1 == line.len())
}

/// Whether the line is `|---|:--:|`, which parts a table's head from its body.
pub(crate) fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    let is_dashes = |cell: &str| {
        let dashes = cell.trim();
        let dashes = dashes.strip_prefix(':').unwrap_or(dashes);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
    };
    line.contains('|') && line.contains('-') && cells(line).into_iter().all(is_dashes)
}

/// The cells of a row, without the bars around it.
pub(super) fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = if ends_with_bar(inner) { inner.get(..inner.len() - 1).unwrap_or(inner) } else { inner };
    let mut cells = Vec::new();
    let mut start = 0;
    for at in bars(inner) {
        cells.push(inner.get(start..at).unwrap_or_default());
        start = at + 1;
    }
    cells.push(inner.get(start..).unwrap_or_default());
    cells
}

/// Where the bars that part cells stand: `\|` is a bar of the text.
pub(super) fn bars(line: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = line.as_bytes();
    let escaped = |at: usize| bytes[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
    memchr::memchr_iter(b'|', bytes).filter(move |at| !escaped(*at))
}
