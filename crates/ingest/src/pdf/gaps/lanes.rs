//! Lanes: the columns of a table without rules, as the stretches of x that its words keep to.

use std::ops::Range;

use super::super::lines::Piece;

/// The least gap between two lanes, in parts of the font size.
const GUTTER: f32 = 0.3;
/// The least gap inside a piece at which it is cut between two lanes: wider than any blank between words.
const CUT: f32 = 0.45;
/// The least gap without a blank in it, by a writer that fills the gaps between words, that parts two cells.
const BARE: f32 = 0.3;
/// A writer that fills the gaps between words writes a blank for so many letters at least.
const BLANKS: usize = 12;
/// Space between two lines, in parts of the font size, that no table leaves.
const APART: f32 = 5.0;
/// Lines that the title of a group of rows may have.
const TITLE_LINES: usize = 3;
/// How far, in points, lines of a lane may begin from each other.
const ALIGNED: f32 = 3.0;

/// A piece, or the part of one that stands in one lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// Left end.
    pub left: f32,
    /// Right end.
    pub right: f32,
    /// Its base line.
    pub baseline: f32,
    /// Its font size.
    pub size: f32,
    /// Its piece.
    pub piece: usize,
}

/// Parts that overlap from top to bottom.
#[derive(Debug, Clone, Default)]
pub(super) struct Band {
    /// Its parts.
    pub parts: Vec<Part>,
    /// Top of its highest letters.
    pub top: f32,
    /// Bottom of its lowest.
    pub bottom: f32,
}

impl Band {
    fn size(&self) -> f32 {
        self.parts.iter().map(|part| part.size).fold(1.0, f32::max)
    }
}

/// Bands from top to bottom that keep to lanes.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// Its bands, their pieces cut between lanes.
    pub bands: Vec<Band>,
    /// For each band, whether words reach over several lanes: the title of a group of rows.
    pub wide: Vec<bool>,
    /// The lanes from left to right: left and right end.
    pub lanes: Vec<(f32, f32)>,
}

/// The pieces of a page by bands. Cells that were painted in one go are told by a gap that no blank fills, where the writer
/// fills those between words.
pub(super) fn bands(pieces: &[Piece]) -> Vec<Band> {
    let (blanks, all) = pieces
        .iter()
        .flat_map(|piece| &piece.glyphs)
        .fold((0, 0), |(blanks, all), glyph| (blanks + usize::from(glyph.marks.space), all + 1));
    let fills = blanks * BLANKS > all;
    let mut parts: Vec<Part> = Vec::with_capacity(pieces.len());
    for (piece, at) in pieces.iter().zip(0..) {
        let part = Part { left: piece.left, right: piece.right, baseline: piece.baseline, size: piece.size, piece: at };
        parts.extend(if fills { at_bare_gaps(piece, part) } else { vec![part] });
    }
    let top = |part: &Part| part.baseline - 0.6 * part.size;
    parts.sort_by(|a, b| top(a).total_cmp(&top(b)).then(a.left.total_cmp(&b.left)));
    let mut bands: Vec<Band> = Vec::new();
    for part in parts {
        let (top, bottom) = (top(&part), part.baseline + 0.05 * part.size);
        match bands.last_mut() {
            Some(band) if top < band.bottom => {
                band.bottom = band.bottom.max(bottom);
                band.parts.push(part);
            }
            _ => bands.push(Band { parts: vec![part], top, bottom }),
        }
    }
    bands
}

/// Cuts a piece where two of its letters stand apart without a blank between them.
fn at_bare_gaps(piece: &Piece, whole: Part) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut left = whole.left;
    for pair in piece.glyphs.windows(2) {
        let [one, two] = pair else { continue };
        if !one.marks.space && !two.marks.space && two.left - one.right > BARE * whole.size {
            parts.push(Part { left, right: one.right, ..whole });
            left = two.left;
        }
    }
    parts.push(Part { left, ..whole });
    parts
}

/// What comes of putting a band into lanes.
enum Fit {
    /// It keeps to them.
    Within,
    /// Some of it reaches over several.
    Across,
}

impl Block {
    /// The largest block that begins with the first of `bands`; its lanes are those given, or what its words keep to.
    pub fn grow(pieces: &[Piece], bands: &[Band], given: &[(f32, f32)]) -> Self {
        let mut block = Self { lanes: given.to_vec(), ..Self::default() };
        for (at, band) in bands.iter().enumerate() {
            let apart = block.bands.last().is_some_and(|above| band.top - above.bottom > APART * band.size());
            if apart {
                break;
            }
            let (next, fit) = block.with(pieces, band);
            match fit {
                Fit::Within => block = next,
                Fit::Across if block.is_title(pieces, &bands[at..]) => {
                    block.bands.push(band.clone());
                    block.wide.push(true);
                }
                Fit::Across => break,
            }
        }
        block
    }

    /// The lanes that a stretch of x touches.
    pub fn touched(&self, left: f32, right: f32, slack: f32) -> Range<usize> {
        let from = self.lanes.partition_point(|lane| lane.1 + slack <= left);
        let to = self.lanes.partition_point(|lane| lane.0 - slack < right);
        from..to.max(from)
    }

    /// The lanes that a part touches.
    pub fn lanes_of(&self, part: &Part) -> Range<usize> {
        self.touched(part.left, part.right, 0.0)
    }

    /// How many lanes a band has words in.
    pub fn filled(&self, band: &Band) -> usize {
        let mut lanes: Vec<usize> = band.parts.iter().map(|part| self.lanes_of(part).start).collect();
        lanes.sort_unstable();
        lanes.dedup();
        lanes.len()
    }

    /// The block with a band more, and how it fits.
    fn with(&self, pieces: &[Piece], band: &Band) -> (Self, Fit) {
        let mut next = self.clone();
        let mut own = Band { parts: Vec::new(), ..*band };
        let mut across: Vec<Part> = Vec::new();
        for part in &band.parts {
            for part in next.cut(pieces, *part) {
                let touched = next.touched(part.left, part.right, GUTTER * part.size);
                match touched.len() {
                    0 => next.lanes.insert(touched.start, (part.left, part.right)),
                    1 => next.widen(touched, &part),
                    _ => across.push(part),
                }
                own.parts.push(part);
            }
        }
        let fit = if next.settle(&own, &across) { Fit::Within } else { Fit::Across };
        next.bands.push(own);
        next.wide.push(false);
        (next, fit)
    }

    /// Joins the lanes that words reach over beside words in two other lanes: what parted them was a blank between words.
    fn settle(&mut self, band: &Band, across: &[Part]) -> bool {
        for part in across {
            let touched = self.touched(part.left, part.right, GUTTER * part.size);
            let beside: std::collections::BTreeSet<usize> =
                band.parts.iter().map(|other| self.lanes_of(other).start).filter(|at| !touched.contains(at)).collect();
            if beside.len() < 2 {
                return false;
            }
            self.widen(touched, part);
        }
        true
    }

    /// Makes the lanes of a range one that holds a part.
    fn widen(&mut self, lanes: Range<usize>, part: &Part) {
        let inside = self.lanes.get(lanes.clone()).unwrap_or_default();
        let ends = inside.iter().fold((part.left, part.right), |ends, lane| (ends.0.min(lane.0), ends.1.max(lane.1)));
        self.lanes.splice(lanes, [ends]);
    }

    /// Cuts a part where it reaches over several lanes and leaves room between them: cells that were painted in one go.
    fn cut(&self, pieces: &[Piece], part: Part) -> Vec<Part> {
        let touched = self.touched(part.left, part.right, 0.0);
        let Some(piece) = pieces.get(part.piece).filter(|_| touched.len() > 1) else { return vec![part] };
        let visible: Vec<(f32, f32)> =
            piece.glyphs.iter().filter(|glyph| !glyph.marks.space).map(|glyph| (glyph.left, glyph.right)).collect();
        let inner = self.lanes.get(touched).unwrap_or_default();
        let mut parts = Vec::new();
        let mut left = part.left;
        for pair in inner.windows(2) {
            let [one, two] = pair else { continue };
            let middle = f32::midpoint(one.1, two.0);
            let before =
                visible.iter().filter(|glyph| glyph.1 <= middle + 0.1).map(|glyph| glyph.1).fold(f32::MIN, f32::max);
            let after =
                visible.iter().filter(|glyph| glyph.0 >= middle - 0.1).map(|glyph| glyph.0).fold(f32::MAX, f32::min);
            let is_free = visible.iter().all(|glyph| glyph.1 <= middle + 0.1 || glyph.0 >= middle - 0.1);
            if !is_free || after - before < CUT * part.size {
                return vec![part];
            }
            parts.push(Part { left, right: before, ..part });
            left = after;
        }
        parts.push(Part { left, ..part });
        parts
    }

    /// Whether the first of `bands` is the title of a group of rows: the table goes on below it.
    fn is_title(&self, pieces: &[Piece], bands: &[Band]) -> bool {
        let is_near = |pair: &[Band]| match pair {
            [above, below] => below.top - above.bottom <= 0.5 * APART * below.size(),
            _ => true,
        };
        self.lanes.len() > 2
            && bands.windows(2).take(TITLE_LINES).zip(1..).take_while(|(pair, _)| is_near(pair)).any(|(_, at)| {
                let Some(band) = bands.get(at) else { return false };
                let (next, fit) = self.with(pieces, band);
                matches!(fit, Fit::Within) && next.lanes.len() == self.lanes.len() && self.filled(band) > 2
            })
    }

    /// Joins a lane with the one before it where its lines neither begin together nor stand about one middle: these are
    /// the last words of lines that were stretched to the margin.
    pub fn join_ragged(&mut self) {
        let mut at = 1;
        while at < self.lanes.len() {
            if self.is_aligned(at) {
                at += 1;
            } else if let (Some(left), Some(right)) = (self.lanes.get(at - 1).copied(), self.lanes.get(at).copied()) {
                self.lanes.splice(at - 1..=at, [(left.0, right.1)]);
            }
        }
    }

    fn is_aligned(&self, lane: usize) -> bool {
        let bands = self.bands.iter().zip(&self.wide).filter(|(_, wide)| !**wide).map(|(band, _)| band);
        let parts: Vec<&Part> =
            bands.flat_map(|band| &band.parts).filter(|part| self.lanes_of(part) == (lane..lane + 1)).collect();
        let most = |place: fn(&Part) -> f32| {
            let near = |one: &&Part| parts.iter().filter(|two| (place(one) - place(two)).abs() <= ALIGNED).count();
            parts.iter().map(near).max().unwrap_or(0)
        };
        let begin = most(|part| part.left).max(most(|part| f32::midpoint(part.left, part.right)));
        begin * 2 >= parts.len() || begin > 2 && begin * 3 >= parts.len()
    }

    /// The usual distance between lines of one lane.
    pub fn pitch(&self) -> f32 {
        let mut steps: Vec<f32> = Vec::new();
        for lane in 0..self.lanes.len() {
            let mut lines: Vec<(f32, f32)> = self
                .bands
                .iter()
                .flat_map(|band| &band.parts)
                .filter(|part| self.lanes_of(part) == (lane..lane + 1))
                .map(|part| (part.baseline, part.size))
                .collect();
            lines.sort_by(|a, b| a.0.total_cmp(&b.0));
            let near = lines.windows(2).filter_map(|pair| {
                let step = pair.last()?.0 - pair.first()?.0;
                (step > 0.5 * pair.first()?.1 && step < 2.2 * pair.first()?.1).then_some(step)
            });
            steps.extend(near);
        }
        steps.sort_by(f32::total_cmp);
        // lines of one cell are nearer than those of two, and there may be fewer of them
        steps.get(steps.len() / 4).copied().unwrap_or_else(|| 1.3 * self.bands.first().map_or(12.0, Band::size))
    }
}
