//! Tables without rules, as offices print them with white borders: their columns are told by the gaps between them.
//!
//! Words stand side by side elsewhere as well (the header, recipients beside a signature, a table of contents), so that
//! a table is taken for one only where its rows have running numbers or its columns known heads.

mod evidence;
mod lanes;
mod rows;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::grid::Grid;
use super::lines::Piece;
use super::page::{Area, PageContent};
use evidence::{anchors, is_table};
use lanes::{Band, Block, Part, bands};

/// Room around the words of a table, in points.
const RIM: f32 = 2.0;
/// Lines from one of which a block may begin, to find the one that makes most columns of it.
const STARTS: usize = 8;
/// How much farther than its usual distance a line may stand below another and still be of its row.
const LOOSE: f32 = 1.15;

/// x of the edges of the columns that a page ends with, in which a table may go on at the top of the next.
pub(super) type Carry = Option<Vec<f32>>;

/// The tables without rules among the `pieces` of a page, from top to bottom; none of them reaches over one of `ruled`.
pub(super) fn tables(page: &PageContent, pieces: &[Piece], ruled: &[Area], carry: &mut Carry) -> Vec<Grid> {
    let bands = bands(pieces);
    let carried = carry.take();
    if carried.is_none() && bands.iter().filter(|band| band.parts.len() > 1).count() < 2 {
        return Vec::new();
    }
    let first = bands.iter().position(|band| !is_page_number(page, pieces, band)).unwrap_or(0);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bands.len() {
        let barrier = bands.get(at).map_or(0.0, |band| band.top);
        let end = ruled.iter().filter(|area| area.top > barrier).map(|area| area.top).fold(f32::MAX, f32::min);
        let reach = bands.get(at..).unwrap_or_default();
        let reach = reach.get(..reach.partition_point(|band| band.bottom < end)).unwrap_or_default();
        let edges = carried.as_deref().filter(|_| at == first);
        match table(page, pieces, reach, edges) {
            Some((skipped, block)) => {
                at += skipped + block.bands.len();
                let rest = bands.get(at..).unwrap_or_default();
                let grid = grid(page, pieces, &block, carried.as_deref());
                if rest.iter().all(|band| is_page_number(page, pieces, band)) {
                    *carry = grid.as_ref().map(|grid| grid.xs.clone());
                }
                found.extend(grid);
            }
            None => at += 1,
        }
    }
    found
}

/// The table that begins with the first of `bands`, or with one of the few below it where that makes more columns of it:
/// how many bands are left out, and its block.
fn table(page: &PageContent, pieces: &[Piece], bands: &[Band], edges: Option<&[f32]>) -> Option<(usize, Block)> {
    if let Some(edges) = edges {
        let lanes: Vec<(f32, f32)> =
            edges.windows(2).filter_map(|pair| Some((pair.first()? + RIM, pair.last()? - RIM))).collect();
        let found = block(page, pieces, bands, &lanes).filter(|(skipped, block)| {
            *skipped == 0 && block.lanes.len() == lanes.len() && is_table(page, pieces, block, true)
        });
        if found.is_some() {
            return found;
        }
    }
    let starts = (0..STARTS.min(bands.len())).filter_map(|start| {
        let (skipped, block) = block(page, pieces, bands.get(start..)?, &[])?;
        Some((start + skipped, block))
    });
    let worth = |block: &Block| (block.lanes.len(), block.bands.len());
    // of equals the first
    let best = starts.reduce(|best, next| if worth(&next.1) > worth(&best.1) { next } else { best });
    best.filter(|(_, block)| is_table(page, pieces, block, false))
}

/// The block that begins with the first of `bands`, without what stands above and below its rows; how many bands are left
/// out above it.
fn block(page: &PageContent, pieces: &[Piece], bands: &[Band], lanes: &[(f32, f32)]) -> Option<(usize, Block)> {
    let grown = |bands: &[Band]| {
        let mut block = Block::grow(pieces, bands, lanes);
        block.join_ragged();
        (block.lanes.len() > 2).then_some(block)
    };
    let mut block = grown(bands)?;
    let mut kept = trimmed(page, pieces, &block, !lanes.is_empty());
    let above = kept.start;
    if above > 0 {
        // what stood above may have closed columns, and so ended the block too early
        block = grown(bands.get(above..)?)?;
        kept = trimmed(page, pieces, &block, !lanes.is_empty());
    }
    if kept != (0..block.bands.len()) {
        block = grown(bands.get(above + kept.start..above + kept.end)?)?;
    }
    (block.bands.len() > 1).then_some((above + kept.start, block))
}

/// The bands of a block that are rows: above and below its first and last full rows only the other lines of their cells;
/// but below a head that a table which `goes_on` repeats, the rest of a row.
fn trimmed(page: &PageContent, pieces: &[Piece], block: &Block, goes_on: bool) -> Range<usize> {
    let pitch = block.pitch();
    let numbers = anchors(page, pieces, block);
    let is_full = |at: usize| {
        let wide = block.wide.get(at) == Some(&true);
        let filled = block.bands.get(at).map_or(0, |band| block.filled(band));
        !wide && filled > 2 || numbers.iter().any(|number| number.band == at)
    };
    let is_near = |at: usize| {
        let pair = block.bands.get(at).zip(block.bands.get(at + 1));
        pair.is_some_and(|(above, below)| rows::line_step(above, below) <= LOOSE * pitch)
    };
    let all = 0..block.bands.len();
    let Some(first) = all.clone().find(|at| is_full(*at)) else { return 0..0 };
    let last = all.clone().rev().find(|at| is_full(*at)).unwrap_or(first);
    let is_rest = goes_on && numbers.is_empty();
    let from = (0..first).rev().take_while(|at| is_near(*at)).last().unwrap_or(first);
    let to = (last..all.end)
        .take_while(|at| *at == last || is_near(*at - 1) || *at == last + 1 && is_rest)
        .last()
        .map_or(all.end, |at| at + 1);
    from..to
}

/// The grid of a block; its edges are those of the page before where they part its columns as well.
fn grid(page: &PageContent, pieces: &[Piece], block: &Block, carried: Option<&[f32]>) -> Option<Grid> {
    let rows = rows::rows(block, &anchors(page, pieces, block), &page.rules, carried.is_some());
    let (first, last) = (block.lanes.first()?, block.lanes.last()?);
    let between = block.lanes.windows(2).filter_map(|pair| Some((pair.first()?.1, pair.last()?.0)));
    let own: Vec<f32> = std::iter::once(first.0 - RIM)
        .chain(between.clone().map(|(left, right)| f32::midpoint(left, right)))
        .chain([last.1 + RIM])
        .collect();
    let fits = |edges: &&[f32]| {
        let inner = edges.get(1..edges.len().saturating_sub(1)).unwrap_or_default();
        let (Some(left), Some(right)) = (edges.first(), edges.last()) else { return false };
        inner.len() + 1 == block.lanes.len()
            && inner.iter().zip(between.clone()).all(|(edge, gap)| (gap.0..=gap.1).contains(edge))
            && *left < first.1
            && *right > last.0
    };
    let mut xs = carried.filter(fits).map_or(own.clone(), <[f32]>::to_vec);
    // the outer edges of the page before, unless words of this one stand beyond them
    if let (Some(left), Some(own)) = (xs.first_mut(), own.first()) {
        *left = left.min(*own);
    }
    if let (Some(right), Some(own)) = (xs.last_mut(), own.last()) {
        *right = right.max(*own);
    }
    let top = |at: usize| block.bands.get(at).map(|band| band.top);
    let bottom = |at: usize| block.bands.get(at).map(|band| band.bottom);
    let mut ys = vec![top(rows.first()?.start)? - RIM];
    for row in rows.iter().skip(1) {
        ys.push(f32::midpoint(bottom(row.start.checked_sub(1)?)?, top(row.start)?));
    }
    ys.push(bottom(rows.last()?.end.checked_sub(1)?)? + RIM);
    let inner = xs.get(1..xs.len().saturating_sub(1)).unwrap_or_default();
    let reached = |part: &Part| {
        inner.partition_point(|edge| *edge <= part.left)..inner.partition_point(|edge| *edge < part.right) + 1
    };
    let wide = rows.iter().zip(0..).flat_map(|(row, at)| {
        let bands = block.bands.get(row.clone()).unwrap_or_default().iter();
        let parts = bands.flat_map(|band| &band.parts).filter(|part| block.lanes_of(part).len() > 1);
        parts.map(move |part| (at, reached(part)))
    });
    let wide: Vec<(usize, Range<usize>)> = wide.collect();
    let rooms = block.lanes.iter().map(|lane| lane.1 - lane.0).collect();
    Some(Grid::of_gaps(xs, ys, &wide, rooms))
}

/// Whether a band is the number of its page.
fn is_page_number(page: &PageContent, pieces: &[Piece], band: &Band) -> bool {
    let [part] = band.parts.as_slice() else { return false };
    let text = evidence::text(page, pieces, part);
    let text = text.trim().trim_start_matches("Trang").trim();
    text.len() <= 9 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '–' | ' ' | '.'))
}
