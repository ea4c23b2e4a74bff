//! Turns shown strings into placed glyphs.

use hayro_font::kurbo::{Affine, Vec2};

use super::guard::Budget;
use super::lost::LOST;
use super::page::{Glyph, Marks, PageContent};
use super::state::State;

/// Glyphs that a marked stretch may have for its `ActualText` to be taken instead of them; longer stretches are
/// descriptions of whole paragraphs.
const MAX_ACTUAL: usize = 4;
/// The advance that a sign of an unknown font is given, in parts of the font size.
const LOST_ADVANCE: f64 = 0.5;
/// Which way text runs, in quarter turns clockwise as displayed.
const TURNS: usize = 4;

/// Text matrix and text line matrix.
#[derive(Clone, Copy)]
pub(super) struct Matrices {
    text: Affine,
    line: Affine,
}

struct MarkedStretch {
    actual: Option<String>,
    hidden: bool,
    start: usize,
}

/// A glyph with the way that it runs.
struct Turned {
    glyph: Glyph,
    turn: usize,
}

/// Collects the glyphs of a page.
pub(super) struct TextWriter {
    /// What is collected.
    pub content: PageContent,
    /// Where the next glyph goes.
    pub matrices: Matrices,
    /// Whether the glyphs belong to a signature's appearance.
    pub signature: bool,
    glyphs: Vec<Turned>,
    marks: Vec<MarkedStretch>,
    order: u32,
    pen: (f32, f32),
}

impl TextWriter {
    /// A writer onto `content`.
    pub fn new(content: PageContent) -> Self {
        Self {
            content,
            matrices: Matrices { text: Affine::IDENTITY, line: Affine::IDENTITY },
            signature: false,
            glyphs: Vec::new(),
            marks: Vec::new(),
            order: 0,
            pen: (f32::MIN, f32::MIN),
        }
    }

    /// `Tm`, and `BT` with the identity.
    pub fn set_matrix(&mut self, matrix: Affine) {
        self.matrices = Matrices { text: matrix, line: matrix };
    }

    /// `Td`.
    pub fn next_line(&mut self, x: f64, y: f64) {
        let line = self.matrices.line * Affine::translate((x, y));
        self.set_matrix(line);
    }

    /// A number inside `TJ`.
    pub fn adjust(&mut self, state: &State<'_>, amount: f32) {
        let along = f64::from(-amount / 1000.0 * state.size);
        let horizontal = state.font.as_ref().is_none_or(|font| font.is_horizontal());
        let step = if horizontal { Vec2::new(along * f64::from(state.stretch), 0.0) } else { Vec2::new(0.0, along) };
        self.matrices.text *= Affine::translate(step);
    }

    /// `Tj`: places the glyphs of a string.
    pub fn show(&mut self, state: &State<'_>, bytes: &[u8], budget: &mut Budget) {
        let Some(font) = state.font.clone() else {
            return self.show_lost(state, bytes.len(), budget);
        };
        let horizontal = font.is_horizontal();
        let mut at = 0;
        while at < bytes.len() {
            let (number, length) = font.read(bytes, at);
            at += length;
            if !Budget::take(&mut budget.glyphs, 1) {
                self.content.limited = true;
                return;
            }
            let code = font.code(number);
            self.content.unknown += usize::from(code.unknown);
            self.content.damaged |= code.unknown && font.damaged;
            let word = if number == 32 && length == 1 { state.word_space } else { 0.0 };
            let step = f64::from(code.advance * state.size + state.char_space + word);
            if !self.hidden() {
                let looks = Marks {
                    bold: font.bold || state.fattened(),
                    any_weight: font.any_weight,
                    italic: font.italic,
                    invisible: matches!(state.mode, 3 | 7),
                    signature: self.signature,
                    raised: state.rise > 0.15 * state.size.abs(),
                    doubtful: false,
                    space: false,
                };
                // the width of a blank includes what justification adds to it
                let blank = code.text.chars().all(|c| c == ' ') && horizontal && state.size != 0.0;
                let width = if blank { step / f64::from(state.size) } else { f64::from(code.advance) };
                self.place(state, &code.text, width, looks);
            }
            let step = if horizontal { Vec2::new(step * f64::from(state.stretch), 0.0) } else { Vec2::new(0.0, step) };
            self.matrices.text *= Affine::translate(step);
        }
    }

    /// Places so many signs of a font that is not there.
    fn show_lost(&mut self, state: &State<'_>, count: usize, budget: &mut Budget) {
        self.content.unknown += count;
        self.content.damaged |= count > 0;
        if self.hidden() || !Budget::take(&mut budget.glyphs, count) {
            return;
        }
        for _ in 0..count {
            self.place(state, LOST.encode_utf8(&mut [0; 4]), LOST_ADVANCE, Marks::default());
            self.matrices.text *= Affine::translate((LOST_ADVANCE * f64::from(state.size * state.stretch), 0.0));
        }
    }

    fn place(&mut self, state: &State<'_>, text: &str, advance: f64, mut looks: Marks) {
        let whole = state.text_transform(self.matrices.text).as_coeffs();
        let [along_x, along_y, up_x, up_y, ..] = whole;
        let turn = quarter_turn(along_x, along_y);
        // turned back, so that every glyph runs from left to right; undone in `finish`
        let along = turn_point(turn, along_x, along_y);
        let up = turn_point(turn, up_x, up_y);
        let origin = turn_point(turn, whole[4], whole[5]);
        let size = up.0.hypot(up.1);
        let finite = whole.iter().all(|v| v.is_finite() && v.abs() < 1e6);
        if !finite || size < 0.5 || text.is_empty() {
            return;
        }
        let (left, baseline) = (origin.0 as f32, origin.1 as f32);
        let right = (origin.0 + along.0 * advance) as f32;
        if is_combining(text) && self.combine(text) {
            return;
        }
        // letters slanted by their matrix lean to the right
        looks.italic |= up.0 / size > 0.15;
        looks.space = text.chars().all(|c| c == ' ');
        let size = size as f32;
        let moved = (left - self.pen.0).abs() > size * 0.9 || (baseline - self.pen.1).abs() > size * 0.1;
        self.order += if moved { 2 } else { 1 };
        self.pen = (right, baseline);
        let start = self.content.text.len() as u32;
        self.content.text.push_str(text);
        let text = (start, self.content.text.len() as u32);
        let (left, right) = (left.min(right), left.max(right));
        let glyph = Glyph { text, left, right, baseline, size, marks: looks, order: self.order };
        self.glyphs.push(Turned { glyph, turn });
    }

    /// Hangs combining marks on the glyph before them.
    fn combine(&mut self, text: &str) -> bool {
        let end = self.content.text.len() as u32;
        match self.glyphs.last_mut() {
            Some(Turned { glyph, .. }) if glyph.text.1 == end && !glyph.marks.space => {
                self.content.text.push_str(text);
                glyph.text.1 = self.content.text.len() as u32;
                true
            }
            _ => false,
        }
    }

    /// Whether what is painted now belongs to a hidden layer.
    pub fn hidden(&self) -> bool {
        self.marks.last().is_some_and(|mark| mark.hidden)
    }

    /// `BMC`, `BDC`.
    pub fn begin_mark(&mut self, actual: Option<String>, hidden: bool) {
        if self.marks.len() < 10_000 {
            let hidden = hidden || self.hidden();
            self.marks.push(MarkedStretch { actual, hidden, start: self.glyphs.len() });
        }
    }

    /// `EMC`.
    pub fn end_mark(&mut self) {
        let Some(mark) = self.marks.pop() else { return };
        let Some(actual) = mark.actual else { return };
        let Some(stretch) = self.glyphs.get_mut(mark.start..) else { return };
        let Some((first, rest)) = stretch.split_first_mut() else { return };
        if rest.len() >= MAX_ACTUAL
            || rest.iter().any(|other| (other.glyph.baseline - first.glyph.baseline).abs() > 1.0)
        {
            return;
        }
        first.glyph.right = rest.iter().map(|other| other.glyph.right).fold(first.glyph.right, f32::max);
        let start = self.content.text.len() as u32;
        self.content
            .text
            .extend(actual.chars().filter(|c| !c.is_control()).map(|c| if c == '\u{ad}' { '-' } else { c }));
        first.glyph.text = (start, self.content.text.len() as u32);
        first.glyph.marks.space = actual.trim().is_empty();
        self.glyphs.truncate(mark.start + 1);
    }

    /// How many marked stretches are open.
    pub fn open_marks(&self) -> usize {
        self.marks.len()
    }

    /// Closes marked stretches that a stream left open.
    pub fn close_marks(&mut self, open: usize) {
        while self.marks.len() > open {
            self.end_mark();
        }
    }

    /// The page with its glyphs, turned so that most of its text runs from left to right.
    pub fn finish(mut self) -> PageContent {
        let mut counts = [0usize; TURNS];
        for glyph in &self.glyphs {
            if let Some(count) = counts.get_mut(glyph.turn) {
                *count += 1;
            }
        }
        let main = (0..TURNS).rev().max_by_key(|turn| counts.get(*turn).copied()).unwrap_or(0);
        let (width, height) = (self.content.width, self.content.height);
        // text that runs another way than the page's is a note in the margin; it has no place among the lines
        self.content.glyphs = self.glyphs.iter().filter(|g| g.turn == main).map(|g| g.glyph).collect();
        turn_page(&mut self.content, main, width, height);
        // what stands beside the page is not seen
        let (width, height) = (self.content.width, self.content.height);
        self.content.glyphs.retain(|glyph| {
            (-1.0..=width + 1.0).contains(&glyph.left) && (-1.0..=height + glyph.size).contains(&glyph.baseline)
        });
        self.content
    }
}

/// Which way a glyph runs, from the first column of its transform, in displayed points (y down).
fn quarter_turn(a: f64, b: f64) -> usize {
    if a.abs() >= b.abs() {
        if a >= 0.0 { 0 } else { 2 }
    } else if b > 0.0 {
        1
    } else {
        3
    }
}

fn turn_point(turn: usize, x: f64, y: f64) -> (f64, f64) {
    match turn {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

/// Brings a page whose text runs in quarter turn `turn` upright.
fn turn_page(content: &mut PageContent, turn: usize, width: f32, height: f32) {
    let (dx, dy) = match turn {
        1 => (0.0, width),
        2 => (width, height),
        3 => (height, 0.0),
        _ => return,
    };
    for glyph in &mut content.glyphs {
        glyph.left += dx;
        glyph.right += dx;
        glyph.baseline += dy;
    }
    let point = |x: f32, y: f32| {
        let (x, y) = turn_point(turn, f64::from(x), f64::from(y));
        (x as f32 + dx, y as f32 + dy)
    };
    for rule in &mut content.rules {
        let (from, to) = if rule.horizontal {
            (point(rule.from, rule.at), point(rule.to, rule.at))
        } else {
            (point(rule.at, rule.from), point(rule.at, rule.to))
        };
        rule.horizontal ^= turn != 2;
        let (at, ends) = if rule.horizontal { (from.1, (from.0, to.0)) } else { (from.0, (from.1, to.1)) };
        *rule = super::page::Rule { horizontal: rule.horizontal, at, from: ends.0.min(ends.1), to: ends.0.max(ends.1) };
    }
    for area in content.pictures.iter_mut().chain(content.dots.iter_mut().map(|dot| &mut dot.area)) {
        let (one, two) = (point(area.left, area.top), point(area.right, area.bottom));
        area.left = one.0.min(two.0);
        area.right = one.0.max(two.0);
        area.top = one.1.min(two.1);
        area.bottom = one.1.max(two.1);
    }
    if turn != 2 {
        (content.width, content.height) = (height, width);
    }
}

fn is_combining(text: &str) -> bool {
    text.chars().all(|c| ('\u{300}'..='\u{36f}').contains(&c))
}
