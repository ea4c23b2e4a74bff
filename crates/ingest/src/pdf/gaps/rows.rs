//! Where the rows of a table without rules end. Its lines may stand as close in two rows as in one: then it is told by
//! where the running numbers stand, at the top of their rows or in the middle.

use std::ops::Range;

use super::super::page::Rule;
use super::evidence::Anchor;
use super::lanes::{Block, Part};

/// The part of a table's width that a rule between two of its rows covers.
const RULED: f32 = 0.6;
/// How far, in parts of the distance between lines, words may stand from where they are looked for.
const OFF: f32 = 0.3;
/// What a cut through a narrower gap than there is beside it counts, in cells that stand askew.
const NARROW: usize = 2;

/// The rows of a block as ranges of bands, from top to bottom. In a table that `goes_on` from the page before, the rest of a
/// row may stand above the first number.
pub(super) fn rows(block: &Block, anchors: &[Anchor], rules: &[Rule], goes_on: bool) -> Vec<Range<usize>> {
    let titles = titles(block);
    let mut rows = Vec::new();
    let mut from = 0;
    for title in titles {
        rows.extend(segment(block, anchors, rules, from..title.start));
        rows.push(title.clone());
        from = title.end;
    }
    rows.extend(segment(block, anchors, rules, from..block.bands.len()));
    if goes_on {
        part_rest(block, anchors, &mut rows);
    }
    rows
}

/// Parts the rest of a row from the head above it and the first numbered row below it, which stand as far from it as rows do.
fn part_rest(block: &Block, anchors: &[Anchor], rows: &mut Vec<Range<usize>>) {
    let gap = |at: usize| {
        let pair = at.checked_sub(1).and_then(|above| Some((block.bands.get(above)?, block.bands.get(at)?)));
        pair.map_or(0.0, |(above, below)| line_step(above, below))
    };
    let Some(first) = rows.iter().position(|row| anchors.iter().any(|anchor| row.contains(&anchor.band))) else {
        return;
    };
    let number = anchors.first().map_or(0, |anchor| anchor.band);
    let usual = rows.iter().skip(1).map(|row| gap(row.start)).fold(f32::MAX, f32::min);
    let wide = |at: usize| gap(at) >= 0.9 * usual && gap(at) > (1.0 + OFF) * block.pitch();
    for row in (0..=first).rev() {
        let Some(range) = rows.get(row).cloned() else { continue };
        let cut = (range.start + 1..range.end).rev().find(|at| *at <= number && wide(*at));
        if let Some(cut) = cut {
            rows.splice(row..=row, [range.start..cut, cut..range.end]);
        }
    }
}

/// Titles of groups, each with the rest of it that is too short to reach over several lanes.
fn titles(block: &Block) -> Vec<Range<usize>> {
    let pitch = block.pitch();
    let mut titles: Vec<Range<usize>> = Vec::new();
    for (band, at) in block.bands.iter().zip(0..) {
        let wide = block.wide.get(at) == Some(&true);
        let open = titles.last_mut().filter(|title| title.end == at);
        let above = at.checked_sub(1).and_then(|above| block.bands.get(above));
        let near = above.is_some_and(|above| line_step(above, band) <= (1.0 + OFF / 2.0) * pitch);
        match (open, band.parts.as_slice()) {
            (Some(title), _) if wide && near => title.end = at + 1,
            (Some(title), [part]) if near && block.lanes_of(part).start > 0 => title.end = at + 1,
            _ if wide => titles.push(at..at + 1),
            _ => {}
        }
    }
    titles
}

/// The distance between the last base line of a band and the first of the one below it.
pub(super) fn line_step(above: &super::lanes::Band, below: &super::lanes::Band) -> f32 {
    let last = above.parts.iter().map(|part| part.baseline).fold(f32::MIN, f32::max);
    below.parts.iter().map(|part| part.baseline).fold(f32::MAX, f32::min) - last
}

fn segment(block: &Block, anchors: &[Anchor], rules: &[Rule], bands: Range<usize>) -> Vec<Range<usize>> {
    if bands.is_empty() {
        return Vec::new();
    }
    let table = Segment { block, rules, bands: bands.clone(), pitch: block.pitch() };
    let inside: Vec<Anchor> = anchors.iter().filter(|anchor| bands.contains(&anchor.band)).copied().collect();
    let cuts = if inside.is_empty() { table.by_gaps() } else { table.by_anchors(&inside) };
    let mut rows = Vec::new();
    let mut from = bands.start;
    for cut in cuts {
        rows.push(from..cut);
        from = cut;
    }
    rows.push(from..bands.end);
    rows
}

/// Bands without a title among them.
struct Segment<'a> {
    block: &'a Block,
    rules: &'a [Rule],
    bands: Range<usize>,
    pitch: f32,
}

impl Segment<'_> {
    /// The space above band `at`.
    fn gap(&self, at: usize) -> f32 {
        let pair = at.checked_sub(1).and_then(|above| Some((self.block.bands.get(above)?, self.block.bands.get(at)?)));
        pair.map_or(0.0, |(above, below)| below.top - above.bottom)
    }

    /// Whether a rule lies above band `at`.
    fn is_ruled(&self, at: usize) -> bool {
        let Some(above) = at.checked_sub(1).and_then(|above| self.block.bands.get(above)) else { return false };
        let Some(below) = self.block.bands.get(at) else { return false };
        let (left, right) =
            (self.block.lanes.first().map_or(0.0, |l| l.0), self.block.lanes.last().map_or(0.0, |l| l.1));
        let between = self
            .rules
            .iter()
            .filter(|rule| rule.horizontal && (above.bottom - 1.0..=below.top + 1.0).contains(&rule.at));
        between.map(|rule| (rule.to.min(right) - rule.from.max(left)).max(0.0)).sum::<f32>() >= RULED * (right - left)
    }

    /// Rows without running numbers: they are parted by rules or by more space than lines are, or else begin where most
    /// columns have words.
    fn by_gaps(&self) -> Vec<usize> {
        let inner = self.bands.start + 1..self.bands.end;
        let ruled: Vec<usize> = inner.clone().filter(|at| self.is_ruled(*at)).collect();
        if !ruled.is_empty() {
            return ruled;
        }
        let step = |at: usize| {
            let pair =
                at.checked_sub(1).and_then(|above| Some((self.block.bands.get(above)?, self.block.bands.get(at)?)));
            pair.map_or(0.0, |(above, below)| line_step(above, below))
        };
        let wide: Vec<usize> = inner.clone().filter(|at| step(*at) > 1.2 * self.pitch).collect();
        if !wide.is_empty() {
            return wide;
        }
        let begins = |at: &usize| {
            let Some(band) = self.block.bands.get(*at) else { return false };
            self.block.filled(band) * 3 > self.block.lanes.len() * 2
        };
        inner.filter(begins).collect()
    }

    /// Rows with running numbers: of the ways to part them, the one with which most cells stand as their numbers do.
    fn by_anchors(&self, anchors: &[Anchor]) -> Vec<usize> {
        let mut all = anchors.to_vec();
        let leading = self.block.bands.get(self.bands.start).and_then(|band| band.parts.first());
        if let (Some(first), Some(leading)) = (anchors.first(), leading)
            && first.band > self.bands.start
        {
            all.insert(
                0,
                self.head(first.band).unwrap_or(Anchor { band: self.bands.start, baseline: leading.baseline }),
            );
        }
        let ways = [self.above_numbers(&all), self.about_numbers(&all), self.at_gaps(&all)];
        let judged = ways.into_iter().flatten().map(|cuts| (self.askew(&cuts, anchors), cuts));
        // of equals the first
        judged.reduce(|best, next| if next.0 < best.0 { next } else { best }).map(|(_, cuts)| cuts).unwrap_or_default()
    }

    /// The label of the numbers' column above band `body`, which stands in its row as the numbers do in theirs.
    fn head(&self, body: usize) -> Option<Anchor> {
        let bands = self.block.bands.iter().enumerate().take(body).skip(self.bands.start);
        let label = bands.flat_map(|(at, band)| band.parts.iter().map(move |part| (at, part)));
        let label: Vec<(usize, &Part)> = label.filter(|(_, part)| self.block.lanes_of(part) == (0..1)).collect();
        let (first, last) = (label.first()?, label.last()?);
        Some(Anchor { band: first.0, baseline: f32::midpoint(first.1.baseline, last.1.baseline) })
    }

    /// Cuts directly above each number.
    fn above_numbers(&self, anchors: &[Anchor]) -> Option<Vec<usize>> {
        self.forced(anchors, |pair| Some(pair.1.band))
    }

    /// Cuts that leave each number in the middle of its row.
    fn about_numbers(&self, anchors: &[Anchor]) -> Option<Vec<usize>> {
        let mut top = self.block.bands.get(self.bands.start)?.top;
        let height = |at: usize| self.block.bands.get(at).map(|band| (band.top, band.bottom));
        self.forced(anchors, |(one, two)| {
            let size = self.block.bands.get(one.band)?.parts.first()?.size;
            let bottom = 2.0 * (one.baseline - 0.275 * size) - top;
            let off = |at: usize| height(at - 1).map_or(f32::MAX, |(_, end)| (end - bottom).abs());
            let cut = (one.band + 1..=two.band).min_by(|a, b| off(*a).total_cmp(&off(*b)))?;
            top = height(cut)?.0;
            (off(cut) <= 2.0 * OFF * self.pitch).then_some(cut)
        })
    }

    /// Cuts at the widest space between two numbers.
    fn at_gaps(&self, anchors: &[Anchor]) -> Option<Vec<usize>> {
        self.forced(anchors, |(one, two)| {
            (one.band + 1..=two.band).max_by(|a, b| (self.gap(*a) + 0.1).total_cmp(&self.gap(*b)))
        })
    }

    /// A cut between each two numbers: at a rule where one lies there, else where `place` says.
    fn forced(
        &self,
        anchors: &[Anchor],
        mut place: impl FnMut((Anchor, Anchor)) -> Option<usize>,
    ) -> Option<Vec<usize>> {
        let mut cuts = Vec::new();
        for pair in anchors.windows(2) {
            let [one, two] = pair else { continue };
            if one.band >= two.band {
                continue;
            }
            let ruled = (one.band + 1..=two.band).find(|at| self.is_ruled(*at));
            let placed = place((*one, *two));
            cuts.push(ruled.or(placed)?);
        }
        Some(cuts)
    }

    /// How many cells stand neither at the top of their row nor about its middle, whichever the table keeps to.
    fn askew(&self, cuts: &[usize], anchors: &[Anchor]) -> usize {
        let (mut low, mut off) = (0, 0);
        for anchor in anchors {
            let from = cuts.iter().copied().rfind(|cut| *cut <= anchor.band).unwrap_or(self.bands.start);
            let to = cuts.iter().copied().find(|cut| *cut > anchor.band).unwrap_or(self.bands.end);
            let bands = self.block.bands.get(from..to).unwrap_or_default();
            for lane in 1..self.block.lanes.len() {
                let lines = bands
                    .iter()
                    .flat_map(|band| &band.parts)
                    .filter(|part| self.block.lanes_of(part) == (lane..lane + 1));
                let ends = lines
                    .fold((f32::MAX, f32::MIN), |ends, part| (ends.0.min(part.baseline), ends.1.max(part.baseline)));
                if ends.0 <= ends.1 {
                    low += usize::from((ends.0 - anchor.baseline).abs() > OFF * self.pitch);
                    off += usize::from((f32::midpoint(ends.0, ends.1) - anchor.baseline).abs() > OFF * self.pitch);
                }
            }
        }
        low.min(off) + NARROW * self.narrow(cuts, anchors)
    }

    /// How many cuts go through a gap although there is a wider one between the same numbers.
    fn narrow(&self, cuts: &[usize], anchors: &[Anchor]) -> usize {
        let is_narrow = |pair: &[Anchor]| {
            let [one, two] = pair else { return false };
            let widest = (one.band + 1..=two.band).map(|at| self.gap(at)).fold(0.0, f32::max);
            let cut = cuts.iter().find(|cut| (one.band + 1..=two.band).contains(*cut));
            cut.is_some_and(|cut| self.gap(*cut) < widest - 0.15 * self.pitch)
        };
        anchors.windows(2).filter(|pair| is_narrow(pair)).count()
    }
}
