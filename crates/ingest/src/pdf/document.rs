//! From pages to the document: which pages are pictures, what is recognised of them, what is to be said about it.

use hayro_font::kurbo::Affine;
use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use nhiemvu_model::{Diagnostic, Format, Source, WarningCode};
use rayon::prelude::*;

use super::canvas::Drawn;
use super::font::FontBook;
use super::gaps::Carry;
use super::interpret::Interpreter;
use super::item::Item;
use super::layers::Layers;
use super::page::PageContent;
use super::picture::{MAX_PIXELS, Placed};
use super::stitch::Stitcher;
use super::{damaged, dots, emit, layout, lost, scan};
use crate::ocr::{self, Engine, PictureFile};
use crate::{IngestError, Limits};

/// Words that a page must have so that a page-sized picture on it is a background and no scan. The stamps of a signed
/// scan have up to 34.
const FEW_WORDS: usize = 40;
/// The part of the page that pictures must cover to be a scan of it.
const PAGE_SIZED: f32 = 0.6;
/// The part of the glyphs without a known character from which the text is garbled.
const GARBLED: f32 = 0.15;
/// The longer side that a page of paper has, in points: from A5 to A3.
const SIDES: std::ops::RangeInclusive<f32> = 500.0..=1_300.0;
/// Width and height of A4, in points.
const SHEET: (f32, f32) = (595.0, 842.0);

/// A page on its way.
struct Sheet<'a> {
    number: u32,
    items: Vec<Item>,
    state: State<'a>,
    limited: bool,
    garbled: bool,
    damaged: bool,
    /// Whether its words were read from pictures, here or by the program that laid them over these.
    ocr: bool,
}

/// Where the text of a page comes from.
enum State<'a> {
    /// Its text layer.
    Text,
    /// Its pictures, not yet recognised; `junk` says that a text layer is there and worthless.
    Scan { content: Box<PageContent>, pictures: Vec<Placed<'a>>, junk: bool },
    /// The text layer that another program has put over its pictures, which have the tables' lines.
    Layer { content: Box<PageContent>, pictures: Vec<Placed<'a>> },
    /// Its pictures, recognised.
    Recognised,
    /// Its text layer, of which so much is damaged that what is left are no words.
    Lost,
    /// Nowhere: pictures that could not be recognised.
    Picture { junk: bool },
}

/// Reads all pages of an opened file.
pub(super) fn read(pdf: &Pdf, limits: &Limits) -> Result<Source, IngestError> {
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(damaged("PDF không có trang nào"));
    }
    let layers = Layers::of(pdf.xref());
    let mut fonts = FontBook::new();
    let mut carry = Carry::default();
    let mut sheets: Vec<Sheet<'_>> = pages
        .iter()
        .zip(1..)
        .take(limits.max_pages as usize)
        .map(|(page, number)| {
            let (content, pictures) = Interpreter::page(page, &mut fonts, &layers);
            sheet(content, pictures, number, &mut carry)
        })
        .collect();
    let scans = sheets.iter().any(|sheet| matches!(sheet.state, State::Scan { .. } | State::Layer { .. }));
    let engine = scans.then(Engine::find).flatten();
    sheets.par_iter_mut().for_each(|sheet| recognise(engine, sheet));
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    finish(Format::Pdf, sheets, count, declared_pages(pdf).saturating_sub(count), engine.is_some(), limits)
}

/// The words of all pages as they are, those that are lost marked.
pub(super) fn raw_text(pdf: &Pdf) -> String {
    let layers = Layers::of(pdf.xref());
    let (mut fonts, mut text) = (FontBook::new(), String::new());
    for (page, number) in pdf.pages().iter().zip(1..) {
        let (content, _) = Interpreter::page(page, &mut fonts, &layers);
        for item in layout::items(&content, number, &mut Carry::default()) {
            text += &words_of(&item);
            text.push('\n');
        }
    }
    text
}

/// How many pages the file says that it has.
fn declared_pages(pdf: &Pdf) -> u32 {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    root.and_then(|root| root.get::<Dict<'_>>("Pages")?.get::<u32>("Count")).unwrap_or(0)
}

/// Reads a picture file (PNG, JPEG, TIFF, BMP), which may hold several pages.
///
/// # Errors
/// [`IngestError::NeedsProgram`] without the program, [`IngestError::Damaged`] where the picture cannot be decoded,
/// [`IngestError::NoText`].
pub(crate) fn read_image(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    let file = PictureFile::new(bytes, (limits.max_pages as usize).saturating_add(1));
    let count = file.pages();
    let pages = count.min(limits.max_pages as usize);
    for at in 0..pages {
        check_size(&file.page(at))?;
    }
    let Some(engine) = Engine::find() else { return Err(needs_program()) };
    let numbers: Vec<u32> = (1..).take(pages).collect();
    let sheets: Option<Vec<Sheet<'_>>> =
        numbers.par_iter().map(|number| picture_sheet(engine, &file, *number)).collect();
    let sheets = sheets.ok_or_else(|| damaged("không giải mã được ảnh"))?;
    finish(Format::Image, sheets, u32::try_from(count).unwrap_or(u32::MAX), 0, true, limits)
}

fn check_size(picture: &[u8]) -> Result<(), IngestError> {
    let (width, height) = ocr::picture_size(picture).ok_or_else(|| damaged("phần đầu của ảnh không đọc được"))?;
    if width == 0 || height == 0 {
        return Err(damaged("ảnh không có điểm ảnh nào"));
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(IngestError::SizeLimit { what: "số điểm ảnh", limit: MAX_PIXELS });
    }
    Ok(())
}

/// A page of a picture file, recognised; `None` where it cannot be decoded.
fn picture_sheet<'a>(engine: Engine, file: &PictureFile<'_>, number: u32) -> Option<Sheet<'a>> {
    let bytes = file.page(number as usize - 1);
    let mut content = PageContent { width: SHEET.0, height: SHEET.1, ..PageContent::default() };
    if let Some(picture) = ocr::decode(&bytes) {
        (content.width, content.height) = paper(picture.width as f32, picture.height as f32);
        let drawn = Drawn::page(picture, content.width, content.height);
        scan::recognise(engine, &mut content, vec![drawn]).then_some(())?;
    } else {
        // kinds that the program decodes and this one does not; of several pages it reads each
        let mut words = engine.words(&bytes, 300)?;
        words.retain(|word| word.page == 1);
        if let Some(word) = words.first() {
            (content.width, content.height) = paper(word.page_width, word.page_height);
            let point = content.width / word.page_width.max(1.0);
            scan::add_words(&mut content, &words, point);
        }
    }
    let items = layout::items(&content, number, &mut Carry::default());
    Some(Sheet { number, items, state: State::Recognised, limited: false, garbled: false, damaged: false, ocr: true })
}

/// The size, in points, that a picture of so many pixels is taken to have: that of A4, upright or across.
fn paper(width: f32, height: f32) -> (f32, f32) {
    let sheet = if width > height && width < 2.0 * height { SHEET.1 } else { SHEET.0 };
    (sheet, height * sheet / width.max(1.0))
}

fn sheet<'a>(mut content: PageContent, mut pictures: Vec<Placed<'a>>, number: u32, carry: &mut Carry) -> Sheet<'a> {
    let covered: f32 = content.pictures.iter().map(|area| area.width() * area.height()).sum();
    let is_covered = covered >= PAGE_SIZED * content.width * content.height;
    if is_covered {
        resize(&mut content, &mut pictures);
    }
    dots::set(&mut content);
    lost::drop_lines(&mut content);
    let mut items = layout::items(&content, number, carry);
    let limited = content.limited;
    let garbled = content.unknown as f32 > GARBLED * content.glyphs.len() as f32;
    let damaged = content.damaged;
    let text: String = items.iter().map(words_of).collect::<Vec<_>>().join("\n");
    let few = text.split_whitespace().count() < FEW_WORDS;
    let junk = !few && is_covered && scan::is_junk(&text);
    // words that the document does not have are worse than none
    let state = if damaged && scan::is_junk(&text) {
        items.clear();
        State::Lost
    } else if is_covered && (few || junk) {
        State::Scan { content: Box::new(content), pictures, junk }
    } else if is_covered && is_layer(&content) {
        State::Layer { content: Box::new(content), pictures }
    } else {
        State::Text
    };
    Sheet { number, items, ocr: matches!(state, State::Layer { .. }), state, limited, garbled, damaged }
}

/// Makes a page as large as paper whose pictures a program has set at so many points as they have pixels.
fn resize(content: &mut PageContent, pictures: &mut [Placed<'_>]) {
    let side = content.width.max(content.height);
    if side > 0.0 && !SIDES.contains(&side) {
        let by = SHEET.1 / side;
        content.enlarge(by);
        for picture in pictures {
            picture.ctm = Affine::scale(f64::from(by)) * picture.ctm;
        }
    }
}

fn words_of(item: &Item) -> String {
    match item {
        Item::Line(line) if line.stamp => String::new(),
        Item::Line(line) => line.text(),
        Item::Row(row) => row.texts().join("\t"),
    }
}

/// Whether most of a page's words are there to be searched and not to be seen.
fn is_layer(content: &PageContent) -> bool {
    content.glyphs.iter().filter(|glyph| glyph.marks.invisible).count() * 2 > content.glyphs.len()
}

fn recognise(engine: Option<Engine>, sheet: &mut Sheet<'_>) {
    let (content, pictures, junk) = match &mut sheet.state {
        State::Scan { content, pictures, junk } => (content, pictures, *junk),
        State::Layer { content, pictures } => {
            (sheet.items, sheet.state) =
                layered(engine, content, pictures, sheet.number, std::mem::take(&mut sheet.items));
            return;
        }
        _ => return,
    };
    if junk {
        // what a bad recognition left behind stands in the way of a good one
        content.glyphs.retain(|glyph| glyph.marks.signature);
    }
    let drawn = || pictures.iter().filter_map(Drawn::of).collect();
    let done = engine.is_some_and(|engine| scan::recognise(engine, content, drawn()));
    if done {
        sheet.items = layout::items(content, sheet.number, &mut Carry::default());
        sheet.ocr = true;
    }
    sheet.state = if done { State::Recognised } else { State::Picture { junk } };
}

/// A page with a text layer over its pictures. Programs that make such layers read tables as prose and leave words out, so
/// that a page with a table is recognised anew where that can be done; else its words are put into the cells.
fn layered<'a>(
    engine: Option<Engine>,
    content: &mut PageContent,
    pictures: &[Placed<'_>],
    number: u32,
    items: Vec<Item>,
) -> (Vec<Item>, State<'a>) {
    let drawn = || pictures.iter().filter_map(Drawn::of).collect();
    let mut anew = content.clone();
    if !scan::rule(content, drawn()) {
        return (items, State::Text);
    }
    if engine.is_some_and(|engine| scan::recognise(engine, &mut anew, drawn())) {
        return (layout::items(&anew, number, &mut Carry::default()), State::Recognised);
    }
    (layout::items(content, number, &mut Carry::default()), State::Text)
}

/// Puts the pages together.
fn finish(
    format: Format,
    sheets: Vec<Sheet<'_>>,
    count: u32,
    missing: u32,
    engine: bool,
    limits: &Limits,
) -> Result<Source, IngestError> {
    let mut notes = Notes { missing, ..Notes::default() };
    let mut stitcher = Stitcher::default();
    for mut sheet in sheets {
        notes.page(&sheet, engine);
        if sheet.ocr {
            sheet.items.iter_mut().for_each(Item::read_by_ocr);
        }
        stitcher.page(sheet.items);
    }
    if count > limits.max_pages {
        notes.cut(format!("chỉ đọc {} trang đầu trong {count} trang", limits.max_pages));
    }
    if notes.readable == 0 && (notes.missing > 0 || !notes.damaged.is_empty()) {
        return Err(damaged("dữ liệu của các trang bị hỏng"));
    }
    if notes.readable == 0 {
        return Err(if engine || notes.pictures == 0 { IngestError::NoText } else { needs_program() });
    }
    let mut items = stitcher.finish();
    if cut_tables(&mut items, limits.max_cells as usize) {
        notes.cut(format!("chỉ đọc {} ô bảng đầu tiên", limits.max_cells));
    }
    notes.recognised();
    notes.damaged();
    let mut source = emit::source(format, &items, count, notes.diagnostics);
    source.partial = notes.partial;
    Ok(source)
}

fn needs_program() -> IngestError {
    IngestError::NeedsProgram { program: ocr::PROGRAM.to_owned(), package: ocr::PACKAGE.to_owned() }
}

/// Drops the rows beyond `most` cells; whether there were any.
fn cut_tables(items: &mut Vec<Item>, most: usize) -> bool {
    let mut cells = 0usize;
    let before = items.len();
    items.retain(|item| match item {
        Item::Row(row) => {
            cells += row.cells.len();
            cells <= most
        }
        Item::Line(_) => true,
    });
    items.len() < before
}

/// What is to be said of the pages.
#[derive(Default)]
struct Notes {
    diagnostics: Vec<Diagnostic>,
    /// Pages with text that is the document's.
    readable: usize,
    /// Pages that are pictures and could not be read.
    pictures: usize,
    /// Pages that were recognised.
    ocr: Vec<u32>,
    /// Pages of which something is damaged.
    damaged: Vec<u32>,
    /// How many pages the file should have and has not.
    missing: u32,
    partial: bool,
}

impl Notes {
    fn page(&mut self, sheet: &Sheet<'_>, engine: bool) {
        let number = sheet.number;
        if sheet.ocr && !sheet.items.is_empty() {
            self.ocr.push(number);
        }
        if sheet.limited {
            self.cut(format!("trang {number}: nội dung vượt giới hạn, phần còn lại bị bỏ qua"));
        }
        if sheet.damaged {
            self.damaged.push(number);
        }
        match sheet.state {
            State::Lost => {}
            State::Picture { junk } => {
                self.pictures += 1;
                self.readable += usize::from(junk);
                self.partial = true;
                self.picture(number, junk, engine);
            }
            State::Recognised if sheet.items.is_empty() => {
                self.note(WarningCode::PageWithoutText, format!("trang {number}: ảnh không có chữ nhận dạng được"));
            }
            State::Recognised => self.readable += 1,
            State::Text | State::Layer { .. } | State::Scan { .. } => {
                self.readable += usize::from(!sheet.items.is_empty());
                if sheet.garbled {
                    let message = format!("trang {number}: phông chữ không cho biết ký tự, văn bản có thể sai");
                    self.note(WarningCode::GarbledText, message);
                }
            }
        }
    }

    fn picture(&mut self, number: u32, junk: bool, engine: bool) {
        if junk {
            self.note(WarningCode::GarbledText, format!("trang {number}: lớp chữ của bản quét sai nhiều"));
        }
        if engine {
            self.note(WarningCode::PageWithoutText, format!("trang {number}: không nhận dạng được ảnh"));
        } else {
            let message =
                format!("trang {number} là ảnh quét; cần {} để nhận dạng (gói {})", ocr::PROGRAM, ocr::PACKAGE);
            self.note(WarningCode::OcrMissing, message);
        }
    }

    /// Says which pages were recognised from pictures.
    fn recognised(&mut self) {
        if let (Some(first), Some(last)) = (self.ocr.first(), self.ocr.last()) {
            let count = self.ocr.len();
            self.note(WarningCode::Ocr, format!("{count} trang (từ {first} đến {last}) được nhận dạng từ ảnh quét"));
        }
    }

    /// Says which pages are damaged, and how many are not there.
    fn damaged(&mut self) {
        if self.missing > 0 {
            self.partial = true;
            self.note(WarningCode::Damaged, format!("tệp bị hỏng, thiếu {} trang", self.missing));
        }
        if let (Some(first), Some(last)) = (self.damaged.first(), self.damaged.last()) {
            let count = self.damaged.len();
            let message = format!("{count} trang (từ {first} đến {last}) bị hỏng: chữ có thể thiếu hoặc sai");
            self.partial = true;
            self.note(WarningCode::Damaged, message);
        }
    }

    fn note(&mut self, code: WarningCode, message: String) {
        self.diagnostics.push(Diagnostic::new(code, message, None));
    }

    fn cut(&mut self, message: String) {
        self.partial = true;
        self.note(WarningCode::LimitReached, message);
    }
}
