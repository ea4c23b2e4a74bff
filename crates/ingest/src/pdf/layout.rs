//! Brings a page into reading order: lines, columns, tables.

use super::columns::{self, Region};
use super::gaps::{self, Carry};
use super::grid::{self, Grid};
use super::item::{Item, LineItem};
use super::labels;
use super::lines::{self, Piece};
use super::page::{Area, Glyph, PageContent};
use super::stamp;
use super::table;

/// Tables of a page that get numbers of their own.
const TABLES_PER_PAGE: u32 = 1 << 10;

/// The items of page `number`, in reading order. Tables are numbered so that those of different pages differ.
/// `carry` is what the page before says of a table without rules that may go on here, and then what this one says.
pub(super) fn items(page: &PageContent, number: u32, carry: &mut Carry) -> Vec<Item> {
    let mut grids = grid::grids(&page.rules);
    let (stamp, body) = stamp::part(page);
    let (mut cells, free) = deal(&grids, body);
    let mut pieces = lines::pieces(page, free);
    let ruled: Vec<Area> = grids.iter().map(|grid| grid.area).collect();
    let gapped = gaps::tables(page, &pieces, &ruled, carry);
    if !gapped.is_empty() {
        let (inner, free) = deal(&gapped, pieces.into_iter().flat_map(|piece| piece.glyphs).collect());
        pieces = lines::pieces(page, free);
        let mut both: Vec<(Grid, Vec<Vec<Glyph>>)> =
            grids.into_iter().zip(cells).chain(gapped.into_iter().zip(inner)).collect();
        both.sort_by(|a, b| a.0.area.top.total_cmp(&b.0.area.top).then(a.0.area.left.total_cmp(&b.0.area.left)));
        (grids, cells) = both.into_iter().unzip();
    }
    let mut pieces = labels::join(page, pieces);
    let mut items = Vec::new();
    for ((grid, glyphs), table) in grids.iter().zip(cells).zip(number.saturating_mul(TABLES_PER_PAGE)..) {
        let rest = pieces.split_off(pieces.partition_point(|piece| piece.baseline <= grid.area.top + 1.0));
        text(page, number, std::mem::replace(&mut pieces, rest), &mut items);
        let rows = table::rows(page, table, grid, glyphs);
        items.extend(rows.into_iter().map(|row| Item::Row(super::item::RowItem { page: number, ..row })));
    }
    text(page, number, pieces, &mut items);
    items.extend(stamp.iter().map(|piece| line(page, number, piece, true)));
    stamp::mark(&mut items);
    items
}

/// Lines of running text, column after column.
fn text(page: &PageContent, number: u32, pieces: Vec<Piece>, items: &mut Vec<Item>) {
    for region in columns::regions(pieces) {
        match region {
            Region::Lines(pieces) => items.extend(pieces.iter().map(|piece| line(page, number, piece, false))),
            Region::Columns(columns) => {
                items.extend(columns.iter().flatten().map(|piece| line(page, number, piece, false)));
            }
        }
    }
}

fn line(page: &PageContent, number: u32, piece: &Piece, stamp: bool) -> Item {
    Item::Line(LineItem {
        page: number,
        runs: lines::runs(page, piece),
        place: table::place_of(page, piece),
        stamp,
        ocr: false,
    })
}

/// Deals glyphs out to the cells of the grids; what stands in none is free.
fn deal(grids: &[Grid], glyphs: Vec<Glyph>) -> (Vec<Vec<Vec<Glyph>>>, Vec<Glyph>) {
    let mut cells: Vec<Vec<Vec<Glyph>>> = grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
    let mut free = Vec::new();
    for glyph in glyphs {
        let slot = grids.iter().zip(&mut cells).find_map(|(grid, cells)| cells.get_mut(grid.cell_of(&glyph)?));
        match slot {
            Some(cell) => cell.push(glyph),
            None => free.push(glyph),
        }
    }
    (cells, free)
}
