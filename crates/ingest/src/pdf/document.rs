//! From pages to the document: which pages are pictures, what is recognised of them, what is to be said about it.

use hayro_syntax::Pdf;
use nhiemvu_model::{Diagnostic, Format, Source, WarningCode};
use rayon::prelude::*;

use super::font::FontBook;
use super::interpret::Interpreter;
use super::item::Item;
use super::layers::Layers;
use super::page::PageContent;
use super::picture::{MAX_PIXELS, Placed};
use super::stitch::Stitcher;
use super::{damaged, emit, layout, scan};
use crate::ocr::{self, Engine};
use crate::{IngestError, Limits};

/// Words that a page must have so that a page-sized picture on it is a background and no scan. The stamps of a signed
/// scan have up to 34.
const FEW_WORDS: usize = 40;
/// The part of the page that pictures must cover to be a scan of it.
const PAGE_SIZED: f32 = 0.6;
/// The part of the glyphs without a known character from which the text is garbled.
const GARBLED: f32 = 0.15;
/// Width, in points, that a picture file is taken to have: that of A4.
const SHEET: f32 = 595.0;

/// A page on its way.
struct Sheet<'a> {
    number: u32,
    items: Vec<Item>,
    state: State<'a>,
    limited: bool,
    garbled: bool,
}

/// Where the text of a page comes from.
enum State<'a> {
    /// Its text layer.
    Text,
    /// Its pictures, not yet recognised; `junk` says that a text layer is there and worthless.
    Scan { content: Box<PageContent>, pictures: Vec<Placed<'a>>, junk: bool },
    /// Its pictures, recognised.
    Recognised,
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
    let mut sheets: Vec<Sheet<'_>> = pages
        .iter()
        .zip(1..)
        .take(limits.max_pages as usize)
        .map(|(page, number)| {
            let (content, pictures) = Interpreter::page(page, &mut fonts, &layers);
            sheet(content, pictures, number)
        })
        .collect();
    let scans = sheets.iter().any(|sheet| matches!(sheet.state, State::Scan { .. }));
    let engine = scans.then(Engine::find).flatten();
    sheets.par_iter_mut().for_each(|sheet| recognise(engine, sheet));
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    finish(Format::Pdf, sheets, count, engine.is_some(), limits)
}

/// Reads a picture file (PNG, JPEG, TIFF, BMP), which may hold several pages.
///
/// # Errors
/// [`IngestError::NeedsProgram`] without the program, [`IngestError::Damaged`] where it cannot read the picture,
/// [`IngestError::NoText`].
pub(crate) fn read_image(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    let (width, height) = ocr::picture_size(bytes).ok_or_else(|| damaged("phần đầu của ảnh không đọc được"))?;
    if width == 0 || height == 0 {
        return Err(damaged("ảnh không có điểm ảnh nào"));
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(IngestError::SizeLimit { what: "số điểm ảnh", limit: MAX_PIXELS });
    }
    let Some(engine) = Engine::find() else { return Err(needs_program()) };
    let words = engine.words(bytes, 300).ok_or_else(|| damaged("không giải mã được ảnh"))?;
    let mut sheets = Vec::new();
    for words in words.chunk_by(|a, b| a.page == b.page).take(limits.max_pages as usize) {
        let Some(first) = words.first() else { continue };
        let point = SHEET / first.page_width.max(1.0);
        let mut content = PageContent { width: SHEET, height: first.page_height * point, ..PageContent::default() };
        scan::add_words(&mut content, words, point);
        let items = layout::items(&content, first.page);
        sheets.push(Sheet { number: first.page, items, state: State::Recognised, limited: false, garbled: false });
    }
    let count = sheets.last().map_or(0, |sheet| sheet.number);
    finish(Format::Image, sheets, count, true, limits)
}

fn sheet(content: PageContent, pictures: Vec<Placed<'_>>, number: u32) -> Sheet<'_> {
    let items = layout::items(&content, number);
    let limited = content.limited;
    let garbled = content.unknown as f32 > GARBLED * content.glyphs.len() as f32;
    let covered: f32 = content.pictures.iter().map(|area| area.width() * area.height()).sum();
    let is_covered = covered >= PAGE_SIZED * content.width * content.height;
    let text: String = items.iter().map(words_of).collect::<Vec<_>>().join("\n");
    let few = text.split_whitespace().count() < FEW_WORDS;
    let junk = !few && is_covered && scan::is_junk(&text);
    let state = if is_covered && (few || junk) {
        State::Scan { content: Box::new(content), pictures, junk }
    } else {
        State::Text
    };
    Sheet { number, items, state, limited, garbled }
}

fn words_of(item: &Item) -> String {
    match item {
        Item::Line(line) if line.stamp => String::new(),
        Item::Line(line) => line.text(),
        Item::Row(row) => row.texts().join("\t"),
    }
}

fn recognise(engine: Option<Engine>, sheet: &mut Sheet<'_>) {
    let State::Scan { content, pictures, junk } = &mut sheet.state else { return };
    let junk = *junk;
    if junk {
        // what a bad recognition left behind stands in the way of a good one
        content.glyphs.retain(|glyph| glyph.marks.signature);
    }
    let done = engine.is_some_and(|engine| scan::recognise(engine, content, pictures));
    if done {
        sheet.items = layout::items(content, sheet.number);
    }
    sheet.state = if done { State::Recognised } else { State::Picture { junk } };
}

/// Puts the pages together.
fn finish(
    format: Format,
    sheets: Vec<Sheet<'_>>,
    count: u32,
    engine: bool,
    limits: &Limits,
) -> Result<Source, IngestError> {
    let mut notes = Notes::default();
    let mut stitcher = Stitcher::default();
    for sheet in sheets {
        notes.page(&sheet, engine);
        stitcher.page(sheet.items);
    }
    if count > limits.max_pages {
        notes.cut(format!("chỉ đọc {} trang đầu trong {count} trang", limits.max_pages));
    }
    if notes.readable == 0 {
        return Err(if engine || notes.pictures == 0 { IngestError::NoText } else { needs_program() });
    }
    let mut items = stitcher.finish();
    if cut_tables(&mut items, limits.max_cells as usize) {
        notes.cut(format!("chỉ đọc {} ô bảng đầu tiên", limits.max_cells));
    }
    notes.recognised();
    let mut source = emit::source(format, &items, count, notes.diagnostics);
    source.partial = notes.partial;
    source.ocr = !notes.ocr.is_empty();
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
    partial: bool,
}

impl Notes {
    fn page(&mut self, sheet: &Sheet<'_>, engine: bool) {
        let number = sheet.number;
        if sheet.limited {
            self.cut(format!("trang {number}: nội dung vượt giới hạn, phần còn lại bị bỏ qua"));
        }
        match sheet.state {
            State::Picture { junk } => {
                self.pictures += 1;
                self.readable += usize::from(junk);
                self.partial = true;
                self.picture(number, junk, engine);
            }
            State::Recognised if sheet.items.is_empty() => {
                self.note(WarningCode::PageWithoutText, format!("trang {number}: ảnh không có chữ nhận dạng được"));
            }
            State::Recognised => {
                self.readable += 1;
                self.ocr.push(number);
            }
            State::Text | State::Scan { .. } => {
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

    fn note(&mut self, code: WarningCode, message: String) {
        self.diagnostics.push(Diagnostic::new(code, message, None));
    }

    fn cut(&mut self, message: String) {
        self.partial = true;
        self.note(WarningCode::LimitReached, message);
    }
}
