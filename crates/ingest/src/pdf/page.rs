//! What a page paints, in points from its top left corner as it is displayed.

/// One glyph with the words that it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// Its characters: a stretch of [`PageContent::text`].
    pub text: (u32, u32),
    /// Where its advance begins.
    pub left: f32,
    /// Where its advance ends, letter and word spacing left out.
    pub right: f32,
    /// Its base line, from the top.
    pub baseline: f32,
    /// Its font size as displayed.
    pub size: f32,
    /// How it looks and where it comes from.
    pub marks: Marks,
    /// Its place in the order of painting; a change of base line or a jump counts as well.
    pub order: u32,
}

/// How a glyph looks and where it comes from.
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own, stored per glyph
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks {
    /// Bold.
    pub bold: bool,
    /// Whether nothing says how bold it is (a Type 3 font).
    pub any_weight: bool,
    /// Italic or slanted.
    pub italic: bool,
    /// Raised and small: a footnote mark.
    pub raised: bool,
    /// Painted in no colour at all: the text layer of a scan.
    pub invisible: bool,
    /// Read from a picture without certainty.
    pub doubtful: bool,
    /// A blank.
    pub space: bool,
    /// Part of a signature's appearance.
    pub signature: bool,
}

/// A straight ruled line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// Whether it lies; else it stands.
    pub horizontal: bool,
    /// Its y if it lies, its x if it stands.
    pub at: f32,
    /// Where it begins along its direction.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

impl Area {
    /// Width.
    pub fn width(self) -> f32 {
        self.right - self.left
    }

    /// Height.
    pub fn height(self) -> f32 {
        self.bottom - self.top
    }
}

/// A small round or square shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dot {
    /// Where it stands.
    pub area: Area,
    /// The bullet that it looks like.
    pub sign: char,
}

/// Everything that a page paints which matters for its text.
#[derive(Debug, Clone, Default)]
pub(super) struct PageContent {
    /// Width as displayed.
    pub width: f32,
    /// Height as displayed.
    pub height: f32,
    /// The characters of all glyphs.
    pub text: String,
    /// Glyphs in the order of painting.
    pub glyphs: Vec<Glyph>,
    /// Ruled lines.
    pub rules: Vec<Rule>,
    /// Small shapes, some of which are bullets.
    pub dots: Vec<Dot>,
    /// Where pictures stand.
    pub pictures: Vec<Area>,
    /// Number of glyphs that no character could be found for.
    pub unknown: usize,
    /// Whether something that it is made of is damaged, so that words may be missing or wrong.
    pub damaged: bool,
    /// Whether a limit cut the page short.
    pub limited: bool,
}

impl PageContent {
    /// Makes everything on the page so many times as large.
    pub fn enlarge(&mut self, by: f32) {
        let rules = self.rules.iter_mut().flat_map(|rule| [&mut rule.at, &mut rule.from, &mut rule.to]);
        let areas = self
            .pictures
            .iter_mut()
            .chain(self.dots.iter_mut().map(|dot| &mut dot.area))
            .flat_map(|area| [&mut area.left, &mut area.top, &mut area.right, &mut area.bottom]);
        let glyphs = self
            .glyphs
            .iter_mut()
            .flat_map(|glyph| [&mut glyph.left, &mut glyph.right, &mut glyph.baseline, &mut glyph.size]);
        for length in [&mut self.width, &mut self.height].into_iter().chain(rules).chain(areas).chain(glyphs) {
            *length *= by;
        }
    }

    /// The characters of a glyph.
    pub fn chars(&self, glyph: &Glyph) -> &str {
        self.text.get(glyph.text.0 as usize..glyph.text.1 as usize).unwrap_or("")
    }
}
