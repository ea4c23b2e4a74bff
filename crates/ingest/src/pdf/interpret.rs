//! Runs the content streams of a page and notes what they paint.
//!
//! Only what bears on text is followed: text, ruled lines, where pictures stand. Colours, shadings and the pictures
//! themselves are never decoded.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_font::kurbo::Affine;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Rect, Stream, dict_or_stream};
use hayro_syntax::page::{Page, Resources};

use super::font::{FontBook, FontUse};
use super::guard::{self, Budget};
use super::layers::Layers;
use super::mend;
use super::page::PageContent;
use super::paths::{self, Path};
use super::picture::Placed;
use super::state::{State, States};
use super::text::TextWriter;

/// Forms inside forms: more than any writer nests.
const MAX_DEPTH: usize = 12;
/// Pictures of a page that are kept: some scanners cut a page into strips.
const MAX_PICTURES: usize = 600;

/// Small shapes of a page that are looked at; more are a drawing.
const MAX_DOTS: usize = 400;

/// Runs one page.
pub(super) struct Interpreter<'a, 'b> {
    fonts: &'b mut FontBook<'a>,
    layers: &'b Layers,
    states: States<'a>,
    path: Path,
    writer: TextWriter,
    budget: Budget,
    depth: usize,
    pictures: Vec<Placed<'a>>,
}

impl<'a, 'b> Interpreter<'a, 'b> {
    /// Runs the contents and the annotations of `page`; its pictures come apart, not decoded.
    pub fn page(page: &Page<'a>, fonts: &'b mut FontBook<'a>, layers: &'b Layers) -> (PageContent, Vec<Placed<'a>>) {
        let (width, height) = page.render_dimensions();
        let ctm = Affine::new(page.initial_transform(true).as_coeffs());
        let mut run = Self {
            fonts,
            layers,
            states: States::new(State::new(ctm)),
            path: Path::default(),
            writer: TextWriter::new(PageContent { width, height, ..PageContent::default() }),
            budget: Budget::PAGE,
            depth: 0,
            pictures: Vec::new(),
        };
        run.contents(page);
        run.annotations(page, ctm);
        (run.writer.finish(), run.pictures)
    }

    fn contents(&mut self, page: &Page<'a>) {
        let streams = contents(page.raw());
        if !streams.iter().all(guard::decodes_within_bounds) {
            self.writer.content.limited = true;
            return;
        }
        let named = page.raw().contains_key("Contents");
        self.writer.content.damaged = named && (streams.is_empty() || !streams.iter().all(mend::is_whole));
        let Some(stream) = page.page_stream() else { return };
        if Budget::take(&mut self.budget.bytes, stream.len()) {
            self.stream(stream, page.resources());
        } else {
            self.writer.content.limited = true;
        }
    }

    fn annotations(&mut self, page: &Page<'a>, ctm: Affine) {
        let Some(all) = page.raw().get::<Array<'_>>("Annots") else { return };
        for annotation in all.iter::<Dict<'_>>() {
            self.states = States::new(State::new(ctm));
            self.annotation(&annotation, page.resources());
        }
    }

    /// Draws the normal appearance of an annotation that holds text: a form field, a stamp, typed-on text.
    fn annotation(&mut self, annotation: &Dict<'a>, resources: &Resources<'a>) -> Option<()> {
        const HIDDEN_OR_NO_VIEW: u32 = 1 << 1 | 1 << 5;
        let kind = annotation.get::<Name<'_>>("Subtype")?;
        let shown = annotation.get::<u32>("F").unwrap_or(0) & HIDDEN_OR_NO_VIEW == 0;
        if !shown || !matches!(kind.as_ref(), b"Widget" | b"Stamp" | b"FreeText") {
            return None;
        }
        let appearance = normal_appearance(annotation)?;
        let field = annotation.get::<Name<'_>>("FT").or_else(|| annotation.get::<Dict<'_>>("Parent")?.get("FT"));
        let rect = annotation.get::<Rect>("Rect")?;
        let fit = fit_appearance(appearance.dict(), rect)?;
        let state = self.states.now();
        state.ctm *= fit;
        self.writer.signature = field.is_some_and(|field| field.as_ref() == b"Sig");
        self.form(&appearance, resources);
        self.writer.signature = false;
        Some(())
    }

    fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>) {
        if self.depth >= MAX_DEPTH || !Budget::take(&mut self.budget.forms, 1) || !guard::decodes_within_bounds(form) {
            self.writer.content.limited = true;
            return;
        }
        if self.layers.hides(form.dict(), b"OC") {
            return;
        }
        self.writer.content.damaged |= !mend::is_whole(form);
        let Ok(data) = form.decoded_data() else { return };
        if !Budget::take(&mut self.budget.bytes, data.len()) {
            self.writer.content.limited = true;
            return;
        }
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let matrix = form.dict().get::<[f64; 6]>("Matrix").unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        self.states.save();
        self.states.now().ctm *= Affine::new(matrix);
        self.depth += 1;
        let (matrices, path) = (self.writer.matrices, std::mem::take(&mut self.path));
        self.stream(&data, own.as_ref().unwrap_or(resources));
        self.writer.matrices = matrices;
        self.path = path;
        self.depth -= 1;
        self.states.restore(0);
    }

    fn stream(&mut self, data: &[u8], resources: &Resources<'a>) {
        let floor = self.states.depth();
        let marks = self.writer.open_marks();
        let mut fonts = HashMap::new();
        let mut ops = TypedIter::new(data);
        while let Some(op) = ops.next() {
            if !Budget::take(&mut self.budget.operators, 1) {
                self.writer.content.limited = true;
                break;
            }
            self.operator(&op, resources, floor, &mut fonts);
        }
        self.writer.close_marks(marks);
        while self.states.depth() > floor {
            self.states.restore(floor);
        }
    }

    fn operator(
        &mut self,
        op: &Op<'_, '_>,
        resources: &Resources<'a>,
        floor: usize,
        fonts: &mut HashMap<Vec<u8>, Option<Rc<FontUse<'a>>>>,
    ) {
        match op {
            Op::SaveState(_) => self.states.save(),
            Op::RestoreState(_) => self.states.restore(floor),
            Op::Transform(m) => {
                let m = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(Number::as_f64);
                self.states.now().ctm *= Affine::new(m);
            }
            Op::LineWidth(width) => self.states.now().line_width = width.0.as_f32(),
            Op::XObject(name) => self.x_object(name.0, resources),
            Op::InlineImage(_) => self.picture(None),
            Op::TextFont(set) => {
                let font = if let Some(known) = fonts.get(set.0.as_ref()) {
                    known.clone()
                } else {
                    let font = resources.get_font(set.0).and_then(|dict| self.fonts.font(&dict));
                    fonts.insert(set.0.as_ref().to_vec(), font.clone());
                    font
                };
                let state = self.states.now();
                state.font = font;
                state.size = set.1.as_f32();
            }
            Op::BeginMarkedContent(_) => self.writer.begin_mark(None, false),
            Op::BeginMarkedContentWithProperties(mark) => self.begin_marked(mark.0, mark.1, resources),
            Op::EndMarkedContent(_) => self.writer.end_mark(),
            _ if self.text_operator(op) || self.path_operator(op) => {}
            _ => self.colour_operator(op),
        }
    }

    fn begin_marked(&mut self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'a>) {
        if let Object::Name(name) = properties {
            let hidden = tag.as_ref() == b"OC" && self.layers.hides(&resources.properties, name.as_ref());
            let actual = resources.properties.get::<Dict<'_>>(name.as_ref()).and_then(|dict| actual_text(&dict));
            return self.writer.begin_mark(actual, hidden);
        }
        let actual = dict_or_stream(properties).and_then(|(dict, _)| actual_text(dict));
        self.writer.begin_mark(actual, false);
    }

    fn x_object(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(object) = resources.get_x_object(name) else {
            self.writer.content.damaged = true;
            return;
        };
        match object.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Form") => self.form(&object, resources),
            Some(b"Image") if !self.layers.hides(object.dict(), b"OC") => self.picture(Some(object)),
            _ => {}
        }
    }

    fn picture(&mut self, stream: Option<Stream<'a>>) {
        let ctm = self.states.now().ctm;
        let corners =
            [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| ctm * hayro_font::kurbo::Point::new(x, y));
        let Some(area) = paths::bounds(&corners) else { return };
        if !Budget::take(&mut self.budget.rules, 1) || self.writer.hidden() {
            return;
        }
        if let Some(rule) = paths::thin(area) {
            self.writer.content.rules.push(rule);
            return;
        }
        self.writer.content.pictures.push(area);
        // the picture of a seal is no part of the page that was scanned
        let kept = !self.writer.signature && self.pictures.len() < MAX_PICTURES;
        if let Some(stream) = stream.filter(|_| kept) {
            self.pictures.push(Placed { ctm, stream });
        }
    }

    fn text_operator(&mut self, op: &Op<'_, '_>) -> bool {
        let state = self.states.now();
        match op {
            Op::BeginText(_) => self.writer.set_matrix(Affine::IDENTITY),
            Op::SetTextMatrix(m) => {
                let m = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(Number::as_f64);
                self.writer.set_matrix(Affine::new(m));
            }
            Op::CharacterSpacing(n) => state.char_space = n.0.as_f32(),
            Op::WordSpacing(n) => state.word_space = n.0.as_f32(),
            Op::HorizontalScaling(n) => state.stretch = n.0.as_f32() / 100.0,
            Op::TextLeading(n) => state.leading = n.0.as_f32(),
            Op::TextRise(n) => state.rise = n.0.as_f32(),
            Op::TextRenderingMode(n) => state.mode = n.0.as_i64(),
            Op::NextLine(n) => self.writer.next_line(n.0.as_f64(), n.1.as_f64()),
            Op::NextLineAndSetLeading(n) => {
                state.leading = -n.1.as_f32();
                self.writer.next_line(n.0.as_f64(), n.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.writer.next_line(0.0, -f64::from(state.leading)),
            Op::ShowText(s) => self.writer.show(state, s.0.as_bytes(), &mut self.budget),
            Op::ShowTexts(s) => {
                for part in s.0.iter::<Object<'_>>() {
                    match part {
                        Object::Number(n) => self.writer.adjust(state, n.as_f32()),
                        Object::String(s) => self.writer.show(state, s.as_bytes(), &mut self.budget),
                        _ => {}
                    }
                }
            }
            Op::NextLineAndShowText(s) => {
                self.writer.next_line(0.0, -f64::from(state.leading));
                self.writer.show(state, s.0.as_bytes(), &mut self.budget);
            }
            Op::ShowTextWithParameters(s) => {
                state.word_space = s.0.as_f32();
                state.char_space = s.1.as_f32();
                self.writer.next_line(0.0, -f64::from(state.leading));
                self.writer.show(state, s.2.as_bytes(), &mut self.budget);
            }
            _ => return false,
        }
        true
    }

    fn path_operator(&mut self, op: &Op<'_, '_>) -> bool {
        let ctm = self.states.now().ctm;
        match op {
            Op::MoveTo(p) => self.path.move_to(ctm, p.0.as_f64(), p.1.as_f64()),
            Op::LineTo(p) => self.path.line_to(ctm, p.0.as_f64(), p.1.as_f64()),
            Op::CubicTo(p) => self.path.curve_to(ctm, p.4.as_f64(), p.5.as_f64()),
            Op::CubicStartTo(p) => self.path.curve_to(ctm, p.2.as_f64(), p.3.as_f64()),
            Op::CubicEndTo(p) => self.path.curve_to(ctm, p.2.as_f64(), p.3.as_f64()),
            Op::RectPath(r) => self.path.rectangle(ctm, r.0.as_f64(), r.1.as_f64(), r.2.as_f64(), r.3.as_f64()),
            Op::ClosePath(_) => self.path.close(),
            Op::StrokePath(_) => self.paint(false, true),
            Op::CloseAndStrokePath(_) => {
                self.path.close();
                self.paint(false, true);
            }
            Op::FillPathNonZero(_) | Op::FillPathEvenOdd(_) | Op::FillPathNonZeroCompatibility(_) => {
                self.paint(true, false);
            }
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => self.paint(true, true),
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.path.close();
                self.paint(true, true);
            }
            Op::EndPath(_) => self.path.clear(),
            _ => return false,
        }
        true
    }

    fn paint(&mut self, fill: bool, stroke: bool) {
        let state = self.states.now();
        let (fill, stroke) = (fill && !state.fill_white, stroke && !state.stroke_white);
        if !self.writer.hidden() && self.budget.rules > 0 {
            let rules = &mut self.writer.content.rules;
            let before = rules.len();
            if fill {
                self.path.filled(rules);
            }
            if stroke {
                self.path.stroked(rules);
            }
            let added = rules.len() - before;
            let dots = &mut self.writer.content.dots;
            if dots.len() < MAX_DOTS {
                dots.extend(self.path.dots(fill, stroke));
            }
            Budget::take(&mut self.budget.rules, added);
        }
        self.path.clear();
    }

    /// Notes whether colours are white; pattern and other colour spaces count as ink.
    fn colour_operator(&mut self, op: &Op<'_, '_>) {
        let white = |parts: &[&Number]| parts.iter().all(|n| n.as_f32() > 0.995);
        let state = self.states.now();
        match op {
            Op::NonStrokeColorDeviceGray(c) => state.fill_white = white(&[&c.0]),
            Op::NonStrokeColorDeviceRgb(c) => state.fill_white = white(&[&c.0, &c.1, &c.2]),
            Op::StrokeColorDeviceGray(c) => state.stroke_white = white(&[&c.0]),
            Op::StrokeColorDeviceRgb(c) => state.stroke_white = white(&[&c.0, &c.1, &c.2]),
            Op::NonStrokeColorCmyk(c) => {
                state.fill_white = [&c.0, &c.1, &c.2, &c.3].iter().all(|n| n.as_f32() < 0.005);
            }
            Op::StrokeColorCmyk(c) => {
                state.stroke_white = [&c.0, &c.1, &c.2, &c.3].iter().all(|n| n.as_f32() < 0.005);
            }
            Op::ColorSpaceNonStroke(_) | Op::NonStrokeColor(_) | Op::NonStrokeColorNamed(_) => state.fill_white = false,
            Op::ColorSpaceStroke(_) | Op::StrokeColor(_) | Op::StrokeColorNamed(_) => state.stroke_white = false,
            _ => {}
        }
    }
}

/// The content streams of a page.
fn contents<'a>(page: &Dict<'a>) -> Vec<Stream<'a>> {
    match page.get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(all)) => all.iter::<Stream<'_>>().collect(),
        _ => Vec::new(),
    }
}

fn normal_appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'_>>("AP")?.get::<Object<'_>>("N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => states.get::<Stream<'_>>(annotation.get::<Name<'_>>("AS")?),
        _ => None,
    }
}

/// The transform that fits an appearance into its annotation's rectangle (ISO 32000-1, 12.5.5).
fn fit_appearance(form: &Dict<'_>, rect: Rect) -> Option<Affine> {
    let bbox = form.get::<[f64; 4]>("BBox")?;
    let matrix = Affine::new(form.get::<[f64; 6]>("Matrix").unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
    let corners =
        [(0, 1), (2, 1), (2, 3), (0, 3)].map(|(x, y)| matrix * hayro_font::kurbo::Point::new(bbox[x], bbox[y]));
    let area = paths::bounds(&corners)?;
    let (width, height) = (f64::from(area.width()), f64::from(area.height()));
    if width <= 0.0 || height <= 0.0 {
        return None;
    }
    let (x, y) = ((rect.x1 - rect.x0) / width, (rect.y1 - rect.y0) / height);
    Some(Affine::new([x, 0.0, 0.0, y, rect.x0 - x * f64::from(area.left), rect.y0 - y * f64::from(area.top)]))
}

/// `ActualText`, the words that a marked stretch stands for.
fn actual_text(dict: &Dict<'_>) -> Option<String> {
    let bytes = dict.get::<hayro_syntax::object::String<'_>>("ActualText")?;
    let bytes = bytes.as_bytes();
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(wide) => {
            let units: Vec<u16> = wide
                .chunks_exact(2)
                .filter_map(|pair| Some(u16::from_be_bytes([*pair.first()?, *pair.get(1)?])))
                .collect();
            String::from_utf16(&units).ok()
        }
        None => bytes.is_ascii().then(|| String::from_utf8_lossy(bytes).into_owned()),
    }
}
