//! Puts glyphs together to lines.
//!
//! The order of painting is no order of reading: LibreOffice paints a line's letters of the main font before those of
//! its fallback font, form fields come last, cells come as the program pleases. So glyphs are gathered by base line,
//! sorted from left to right and split at gaps; the order of painting only helps to tell a wide blank from a gutter.

use super::page::{Glyph, PageContent};

/// A stretch of glyphs on one base line, read without a break.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Its glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// Left end of its first visible glyph.
    pub left: f32,
    /// Right end of its last visible glyph.
    pub right: f32,
    /// Base line of most of its glyphs.
    pub baseline: f32,
    /// Size of most of its glyphs.
    pub size: f32,
}

/// Uncovered gaps, in parts of the font size, at which glyphs painted apart belong to different pieces.
const SPLIT_GAP: f32 = 0.8;
/// Blanks in a row, and the width that they fill in parts of the font size, that set words apart like a tab.
const PADDING: (usize, f32) = (4, 2.5);
/// Raised marks are smaller than this part of the size of their line.
const SMALL: f32 = 0.9;
/// How far, in parts of the font size, base lines of one line may differ.
const SAME_LINE: f32 = 0.3;

impl Piece {
    /// A piece of glyphs that stand from left to right; `None` where nothing of it is visible.
    fn new(mut glyphs: Vec<Glyph>) -> Option<Self> {
        while glyphs.last().is_some_and(|glyph| glyph.marks.space) {
            glyphs.pop();
        }
        let blanks = glyphs.iter().take_while(|glyph| glyph.marks.space).count();
        glyphs.drain(..blanks);
        let left = glyphs.first()?.left;
        let right = glyphs.iter().map(|glyph| glyph.right).fold(left, f32::max);
        let size = usual(glyphs.iter().filter(|g| !g.marks.space).map(|g| g.size))?;
        let baseline = usual(glyphs.iter().filter(|g| (g.size - size).abs() < 0.2 * size).map(|g| g.baseline))?;
        Some(Self { glyphs, left, right, baseline, size })
    }

    /// Top of its letters without ascenders, and a little below its base line: what makes two pieces neighbours.
    pub fn band(&self) -> (f32, f32) {
        (self.baseline - 0.6 * self.size, self.baseline + 0.05 * self.size)
    }

    /// Its middle from left to right.
    pub fn center(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }

    /// Place of its first visible glyph in the order of painting.
    pub fn first_order(&self) -> u32 {
        self.glyphs.first().map_or(0, |glyph| glyph.order)
    }

    /// Place of its last visible glyph in the order of painting.
    pub fn last_order(&self) -> u32 {
        self.glyphs.last().map_or(0, |glyph| glyph.order)
    }

    /// Takes in another piece of the same line.
    pub fn join(&mut self, other: Self) {
        let mut glyphs = std::mem::take(&mut self.glyphs);
        glyphs.extend(other.glyphs);
        sort_by_left(&mut glyphs);
        if let Some(joined) = Self::new(glyphs) {
            *self = joined;
        }
    }
}

/// The value that most of `values` have, give or take a little; of equals the first.
fn usual(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut counts: Vec<(f32, usize)> = Vec::new();
    for value in values {
        if let Some((_, count)) = counts.iter_mut().find(|(known, _)| (known - value).abs() < 0.25) {
            *count += 1;
        } else if counts.len() < 16 {
            // a line has few sizes; more are noise
            counts.push((value, 1));
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map(|(value, _)| *value)
}

fn sort_by_left(glyphs: &mut [Glyph]) {
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.order.cmp(&b.order)));
}

/// Gathers `glyphs` of a page to pieces, sorted from top to bottom and from left to right.
pub(super) fn pieces(page: &PageContent, glyphs: Vec<Glyph>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for row in baselines(glyphs) {
        split(drop_doubles(page, row), &mut pieces);
    }
    let mut pieces = attach(pieces);
    for piece in &mut pieces {
        settle_weights(&mut piece.glyphs);
    }
    pieces.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    pieces
}

/// Groups glyphs whose base lines are all but the same; each group from left to right.
fn baselines(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row)
                if row.last().is_some_and(|last| {
                    glyph.baseline - last.baseline <= (0.04 * glyph.size.min(last.size)).max(0.15)
                }) =>
            {
                row.push(glyph);
            }
            _ => rows.push(vec![glyph]),
        }
    }
    for row in &mut rows {
        sort_by_left(row);
    }
    rows
}

/// Drops glyphs painted again on the same spot; painted again a little beside it, they are bold.
fn drop_doubles(page: &PageContent, row: Vec<Glyph>) -> Vec<Glyph> {
    let mut kept: Vec<Glyph> = Vec::with_capacity(row.len());
    for glyph in row {
        let near = kept.iter_mut().rev().take(4);
        let double = near.into_iter().find(|seen| {
            let shift = (glyph.left - seen.left).abs();
            let width = (seen.right - seen.left).max(0.1 * seen.size);
            // a blank set before an entry borrows the entry's first glyph, and is none of it
            seen.marks.space == glyph.marks.space
                && shift < 0.35 * width
                && (glyph.size - seen.size).abs() < 0.1 * seen.size
                && page.chars(seen) == page.chars(&glyph)
        });
        match double {
            Some(seen) => {
                seen.marks.bold |= glyph.marks.bold || (glyph.left - seen.left).abs() > 0.01 * seen.size;
                seen.marks.invisible &= glyph.marks.invisible;
            }
            None => kept.push(glyph),
        }
    }
    kept
}

/// Splits a row of glyphs at gutters.
fn split(row: Vec<Glyph>, pieces: &mut Vec<Piece>) {
    let mut open: Vec<Glyph> = Vec::new();
    let mut blanks = 0;
    let mut reach = f32::MIN;
    for glyph in row {
        if let Some(last) = open.last() {
            let gap = glyph.left - reach;
            let size = glyph.size.max(last.size);
            let in_sequence = glyph.order.wrapping_sub(last.order) == 1;
            let padded = !glyph.marks.space && blanks >= PADDING.0 && {
                let visible = open.iter().rev().find(|g| !g.marks.space).map_or(glyph.left, |g| g.right);
                glyph.left - visible > PADDING.1 * size
            };
            if padded || (!in_sequence && gap > SPLIT_GAP * size) {
                pieces.extend(Piece::new(std::mem::take(&mut open)));
                reach = f32::MIN;
            }
        }
        blanks = if glyph.marks.space { blanks + 1 } else { 0 };
        reach = reach.max(glyph.right);
        open.push(glyph);
    }
    pieces.extend(Piece::new(open));
}

/// Joins what stands on one line with slightly different base lines: raised footnote marks, the words of a text layer
/// that follows a crooked scan.
fn attach(mut pieces: Vec<Piece>) -> Vec<Piece> {
    // large pieces first, so that small ones find the line they belong to
    pieces.sort_by(|a, b| {
        b.size.total_cmp(&a.size).then(a.baseline.total_cmp(&b.baseline)).then(a.left.total_cmp(&b.left))
    });
    let mut lines: std::collections::BTreeMap<i32, Vec<Piece>> = std::collections::BTreeMap::new();
    let key = |baseline: f32| (baseline / 8.0).floor() as i32;
    for piece in pieces {
        let reach = (piece.size * 1.2 / 8.0).ceil() as i32 + 1;
        let near = lines.range_mut(key(piece.baseline) - reach..=key(piece.baseline) + reach);
        let host = near.flat_map(|(_, hosts)| hosts.iter_mut()).find(|host| belongs(host, &piece));
        match host {
            Some(host) => {
                let mut piece = piece;
                if piece.size < SMALL * host.size && host.baseline - piece.baseline > 0.12 * host.size {
                    piece.glyphs.iter_mut().for_each(|glyph| glyph.marks.raised = true);
                }
                host.join(piece);
            }
            None => lines.entry(key(piece.baseline)).or_default().push(piece),
        }
    }
    lines.into_values().flatten().collect()
}

fn belongs(host: &Piece, piece: &Piece) -> bool {
    let lift = host.baseline - piece.baseline;
    let small = piece.size < SMALL * host.size;
    let same_line = if small {
        (-0.25 * host.size..=0.65 * host.size).contains(&lift)
    } else {
        lift.abs() <= SAME_LINE * host.size
    };
    if !same_line {
        return false;
    }
    let gap = if piece.left >= host.left { gap_after(host, piece) } else { host.left - piece.right };
    let most = if small { 0.35 } else { 0.7 };
    (-0.3 * host.size..=most * host.size).contains(&gap)
}

/// The gap between `piece` and the glyph of `host` that stands before it.
fn gap_after(host: &Piece, piece: &Piece) -> f32 {
    let before = host.glyphs.iter().filter(|glyph| glyph.left <= piece.left).map(|glyph| glyph.right);
    piece.left - before.fold(f32::MIN, f32::max)
}

/// Gives letters of unknown weight the weight of the known ones in their word, or else of those before them.
fn settle_weights(glyphs: &mut [Glyph]) {
    if !glyphs.iter().any(|glyph| glyph.marks.any_weight) {
        return;
    }
    let mut before = None;
    for word in glyphs.split_mut(|glyph| glyph.marks.space) {
        let own = word.iter().find(|glyph| !glyph.marks.any_weight).map(|glyph| glyph.marks.bold);
        let bold = own.or(before).unwrap_or(false);
        word.iter_mut().filter(|glyph| glyph.marks.any_weight).for_each(|glyph| glyph.marks.bold = bold);
        before = word.last().map(|glyph| glyph.marks.bold).or(before);
    }
}

/// A stretch of a piece's text in one style.
#[allow(clippy::struct_excessive_bools)] // independent facts of one stretch
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Run {
    /// Its characters.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Raised.
    pub raised: bool,
    /// Read from a picture without certainty.
    pub doubtful: bool,
}

impl Run {
    /// Whether another run looks the same, so that the two may be one.
    pub fn is_like(&self, other: &Self) -> bool {
        let look = |run: &Self| (run.bold, run.italic, run.raised, run.doubtful);
        look(self) == look(other)
    }
}

/// The text of a piece, with single spaces between its words, in stretches of one style.
pub(super) fn runs(page: &PageContent, piece: &Piece) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let threshold = word_gap(piece);
    let mut last: Option<&Glyph> = None;
    let mut blank = false;
    for glyph in &piece.glyphs {
        if glyph.marks.space {
            blank |= last.is_some();
            continue;
        }
        if let Some(before) = last {
            let size = before.size.max(glyph.size);
            blank |= glyph.left - before.right > threshold * size;
            // the mark that a footnote begins with stands apart from its words
            blank |= before.marks.raised && !glyph.marks.raised && runs.len() == 1;
        }
        let marks = glyph.marks;
        let run = Run {
            text: page.chars(glyph).to_owned(),
            bold: marks.bold,
            italic: marks.italic,
            raised: marks.raised,
            doubtful: marks.doubtful,
        };
        match runs.last_mut() {
            Some(before) if before.is_like(&run) => {
                if blank {
                    before.text.push(' ');
                }
                before.text.push_str(&run.text);
            }
            before => {
                if blank && let Some(before) = before {
                    before.text.push(' ');
                }
                runs.push(run);
            }
        }
        blank = false;
        last = Some(glyph);
    }
    runs
}

/// The gap, in parts of the font size, from which words are apart although the writer put no blank between them.
fn word_gap(piece: &Piece) -> f32 {
    let blanks = piece.glyphs.iter().filter(|glyph| glyph.marks.space).count();
    // a writer that writes blanks writes them everywhere: other gaps are kerning or widened letters
    if blanks * 12 > piece.glyphs.len() { 0.16 } else { 0.14 }
}
