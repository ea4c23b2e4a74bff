//! Puts the words of a ruled table into its cells.

use std::sync::Arc;

use nhiemvu_model::Place;

use super::grid::{Grid, GridCell};
use super::item::{CellItem, RowItem, append_line};
use super::lines::{self, Piece, Run};
use super::page::{Glyph, PageContent};

/// What the letters of a cell keep from its rules at most, in points.
const MOST_PADDING: f32 = 8.0;
/// Room, in parts of the font size, that must be left over on a line for the break after it to be the writer's own.
const SLACK: f32 = 0.6;

/// The rows of a grid with the glyphs that stand in it.
pub(super) fn rows(page: &PageContent, number: u32, grid: &Grid, glyphs: Vec<Vec<Glyph>>) -> Vec<RowItem> {
    let edges: Arc<[f32]> = grid.xs.clone().into();
    let mut cells: Vec<Vec<Piece>> = glyphs.into_iter().map(|glyphs| cell_lines(page, glyphs)).collect();
    cells.resize_with(grid.cells.len(), Vec::new);
    let heads = head_rows(grid);
    let mut rows = Vec::new();
    for row in 0..grid.rows() {
        let mut items = Vec::new();
        let mut place = None;
        let mut column = 0;
        while let Some(index) = (column < grid.columns()).then(|| grid.cell_at(row, column)).flatten() {
            let Some(cell) = grid.cells.get(index) else { break };
            let mut item = CellItem { column: column as u16, columns: cell.columns as u16, ..CellItem::default() };
            if cell.row == row {
                let pieces = cells.get(index).map_or(&[][..], Vec::as_slice);
                place = place.or_else(|| pieces.first().map(|piece| place_of(page, piece)));
                item.paragraphs = paragraphs(page, grid, cell, pieces);
            } else {
                item.merged_up = true;
            }
            column = cell.column + cell.columns.max(1);
            items.push(item);
        }
        // rows without words are ruled space
        if let Some(place) = place {
            let head = row < heads;
            rows.push(RowItem {
                page: 0,
                table: number,
                head,
                repeated: false,
                edges: Arc::clone(&edges),
                cells: items,
                place,
                ocr: false,
            });
        }
    }
    mark_heads(&mut rows);
    rows
}

/// How many rows the cells of the first row reach over.
fn head_rows(grid: &Grid) -> usize {
    grid.cells.iter().filter(|cell| cell.row == 0).map(|cell| cell.rows).max().unwrap_or(0)
}

/// Keeps the head's mark only where the head looks like one: bold above rows that are not.
fn mark_heads(rows: &mut [RowItem]) {
    let bold = |row: &RowItem| row.cells.iter().all(CellItem::is_bold);
    let head = rows.iter().take_while(|row| row.head).count();
    let plain_body = rows.iter().skip(head).any(|row| !bold(row));
    let bold_head = rows.iter().take(head).all(bold);
    if !(plain_body && bold_head) {
        for row in rows {
            row.head = false;
        }
    }
}

/// The lines of one cell, each a single piece.
fn cell_lines(page: &PageContent, glyphs: Vec<Glyph>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in lines::pieces(page, glyphs) {
        match joined.last_mut() {
            Some(last) if piece.baseline - last.baseline < 0.4 * last.size => last.join(piece),
            _ => joined.push(piece),
        }
    }
    joined
}

/// The lines of a cell as paragraphs: a line goes on in the next where the next word found no room on it.
fn paragraphs(page: &PageContent, grid: &Grid, cell: &GridCell, pieces: &[Piece]) -> Vec<Vec<Run>> {
    let left = grid.left(cell);
    let padding = pieces.iter().map(|piece| piece.left - left).fold(MOST_PADDING, f32::min).max(0.0);
    let room = grid.room(cell).unwrap_or_else(|| grid.width(cell) - 2.0 * padding);
    let mut paragraphs: Vec<Vec<Run>> = Vec::new();
    let mut before: Option<&Piece> = None;
    for piece in pieces {
        let runs = lines::runs(page, piece);
        let own_break = before.is_some_and(|before| {
            let taken = before.right - before.left;
            taken + 0.25 * piece.size + first_word(piece) + SLACK * piece.size < room
                || begins_item(&runs, paragraphs.last())
        });
        let torn = before.is_some_and(|before| is_torn(page, before, piece, room));
        match paragraphs.last_mut() {
            Some(paragraph) if torn => append_torn(paragraph, runs),
            Some(paragraph) if !own_break => append_line(paragraph, runs),
            _ => paragraphs.push(runs),
        }
        before = Some(piece);
    }
    paragraphs
}

/// Whether a word was torn between two lines because the cell is narrower than the word (`ST`, `T` for `STT`): each line
/// is one word, no letter more had room, and what was torn off is no syllable or goes on with digits.
fn is_torn(page: &PageContent, before: &Piece, piece: &Piece, room: f32) -> bool {
    let word = |piece: &Piece| -> String { lines::runs(page, piece).into_iter().map(|run| run.text).collect() };
    let (one, two) = (word(before), word(piece));
    if one.trim().contains(' ') || two.trim().contains(' ') || one.is_empty() {
        return false;
    }
    let letter = piece.glyphs.first().map_or(0.0, |glyph| glyph.right - glyph.left);
    let full = before.right - before.left + letter > room - 0.1 * piece.size;
    let digits = one.ends_with(|c: char| c.is_ascii_digit()) && two.starts_with(|c: char| c.is_ascii_digit());
    full && (digits || (two.chars().all(char::is_alphabetic) && !has_vowel(&two)))
}

fn has_vowel(text: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    text.nfd().any(|c| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

fn append_torn(paragraph: &mut Vec<Run>, runs: Vec<Run>) {
    let mut runs = runs.into_iter();
    if let (Some(last), Some(first)) = (paragraph.last_mut(), runs.next()) {
        last.text.push_str(&first.text);
    }
    paragraph.extend(runs);
}

/// Width of the first word of a line.
fn first_word(piece: &Piece) -> f32 {
    let mut right = piece.left;
    for glyph in &piece.glyphs {
        if glyph.marks.space || glyph.left - right > 0.2 * glyph.size {
            break;
        }
        right = glyph.right;
    }
    right - piece.left
}

/// Whether a line begins with the mark of a list item after a line that ends a sentence.
fn begins_item(runs: &[Run], before: Option<&Vec<Run>>) -> bool {
    let ended = before
        .and_then(|runs| runs.last())
        .and_then(|run| run.text.trim_end().chars().last())
        .is_some_and(|c| matches!(c, '.' | ';' | ':'));
    let text = runs.first().map_or("", |run| run.text.trim_start());
    ended && (text.starts_with(['-', '–', '+', '•']) || numbered(text))
}

/// Whether a line begins with a number or a letter and a mark (`1.`, `a)`).
fn numbered(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest =
        if digits > 0 { text.get(digits..) } else { text.char_indices().nth(1).and_then(|(at, _)| text.get(at..)) };
    let mark = rest.unwrap_or("");
    digits <= 3 && (mark.starts_with(") ") || (digits > 0 && mark.starts_with(". ")))
}

/// Where a piece stands.
pub(super) fn place_of(page: &PageContent, piece: &Piece) -> Place {
    Place {
        left: piece.left,
        right: piece.right,
        baseline: piece.baseline,
        size: piece.size,
        page_width: page.width,
        page_height: page.height,
    }
}
