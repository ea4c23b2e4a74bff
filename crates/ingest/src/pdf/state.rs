//! The graphics state, as far as text and ruled lines depend on it (ISO 32000-1, 8.4 and 9.3).

use std::rc::Rc;

use hayro_font::kurbo::Affine;

use super::font::FontUse;

/// What `q` saves and `Q` restores.
#[derive(Clone)]
pub(super) struct State<'a> {
    /// User space to displayed points.
    pub ctm: Affine,
    /// Line width in user space.
    pub line_width: f32,
    /// Whether what is filled is as white as the paper.
    pub fill_white: bool,
    /// Whether what is stroked is as white as the paper.
    pub stroke_white: bool,
    /// Font, where one is set and can be read.
    pub font: Option<Rc<FontUse<'a>>>,
    /// Font size.
    pub size: f32,
    /// Letter spacing (`Tc`).
    pub char_space: f32,
    /// Word spacing (`Tw`).
    pub word_space: f32,
    /// Horizontal scaling (`Tz`), 1 is normal.
    pub stretch: f32,
    /// Leading (`TL`).
    pub leading: f32,
    /// Rise (`Ts`).
    pub rise: f32,
    /// Rendering mode (`Tr`): 0 fill, 1 stroke, 2 both, 3 neither; 4 to 7 clip as well.
    pub mode: i64,
}

impl State<'_> {
    /// The state at the start of a page.
    pub fn new(ctm: Affine) -> Self {
        Self {
            ctm,
            line_width: 1.0,
            fill_white: false,
            stroke_white: false,
            font: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }

    /// Text space to displayed points, for the text matrix `matrix`.
    pub fn text_transform(&self, matrix: Affine) -> Affine {
        let size = f64::from(self.size);
        self.ctm * matrix * Affine::new([size * f64::from(self.stretch), 0.0, 0.0, size, 0.0, f64::from(self.rise)])
    }

    /// Whether letters are filled and stroked, which is how programs without a bold font make bold letters.
    pub fn fattened(&self) -> bool {
        matches!(self.mode, 2 | 6) && self.line_width > 0.0 && !self.stroke_white
    }
}

/// A stack of states that neither underflows nor grows without end.
pub(super) struct States<'a> {
    now: State<'a>,
    saved: Vec<State<'a>>,
}

impl<'a> States<'a> {
    /// More levels than any writer nests.
    const DEPTH: usize = 1_000;

    /// A stack that holds `state` alone.
    pub fn new(state: State<'a>) -> Self {
        Self { now: state, saved: Vec::new() }
    }

    /// The state that holds now.
    pub fn now(&mut self) -> &mut State<'a> {
        &mut self.now
    }

    /// How many states are saved.
    pub fn depth(&self) -> usize {
        self.saved.len()
    }

    /// `q`.
    pub fn save(&mut self) {
        if self.saved.len() < Self::DEPTH {
            self.saved.push(self.now.clone());
        }
    }

    /// `Q`, not below `floor` saved states.
    pub fn restore(&mut self, floor: usize) {
        if self.saved.len() > floor
            && let Some(state) = self.saved.pop()
        {
            self.now = state;
        }
    }
}
