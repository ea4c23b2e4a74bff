//! PDF with a text layer.
//!
//! The engine (`hayro-syntax`, `hayro-font`) opens the file, decodes streams and fonts; what a page paints is followed
//! by [`interpret`] and put together to words, lines, columns and tables here. The engine's own interpreter is not used,
//! because it does not tell a glyph's font, runs forms without bounds and decodes colours and pictures.

mod columns;
mod emit;
mod font;
mod grid;
mod guard;
mod interpret;
mod item;
mod labels;
mod layers;
mod layout;
mod lines;
mod page;
mod paths;
mod stamp;
mod state;
mod stitch;
mod table;
#[cfg(test)]
mod tests;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use nhiemvu_model::{Diagnostic, Source, WarningCode};

use crate::{IngestError, Limits};
use font::FontBook;
use interpret::Interpreter;
use item::Item;
use layers::Layers;
use layout::Layout;
use page::PageContent;
use stitch::Stitcher;

/// Words that a page must have so that a page-sized picture on it is a background and no scan. The stamps of a signed
/// scan have up to 34.
const FEW_WORDS: usize = 40;
/// The part of the page that pictures must cover to be a scan of it.
const PAGE_SIZED: f32 = 0.6;
/// The part of the glyphs without a known character from which the text is garbled.
const GARBLED: f32 = 0.15;

/// Reads a PDF.
///
/// # Errors
/// [`IngestError::Password`], [`IngestError::Damaged`], or [`IngestError::NoText`] where it has pictures only.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    if guard::declares_absurd_rows(bytes) {
        return Err(damaged("khai báo kích thước dữ liệu vô lý"));
    }
    // a fault of the engine on a damaged file must not end the process
    catch_unwind(AssertUnwindSafe(|| read_pages(bytes, limits)))
        .unwrap_or_else(|_| Err(damaged("cấu trúc PDF không đọc được")))
}

fn read_pages(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    let pdf = open(bytes)?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(damaged("PDF không có trang nào"));
    }
    let layers = Layers::of(pdf.xref());
    let mut fonts = FontBook::new();
    let mut layout = Layout::default();
    let mut stitcher = Stitcher::default();
    let mut notes = Notes::default();
    for (page, number) in pages.iter().zip(1..).take(limits.max_pages as usize) {
        let content = Interpreter::page(page, &mut fonts, &layers);
        let page_items = layout.page(&content, number);
        notes.page(&content, number, &page_items);
        stitcher.page(page_items);
    }
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    if count > limits.max_pages {
        notes.cut(format!("chỉ đọc {} trang đầu trong {count} trang", limits.max_pages));
    }
    if notes.readable == 0 {
        return Err(IngestError::NoText);
    }
    let mut items = stitcher.finish();
    if cut_tables(&mut items, limits.max_cells as usize) {
        notes.cut(format!("chỉ đọc {} ô bảng đầu tiên", limits.max_cells));
    }
    let mut source = emit::source(&items, count, notes.diagnostics);
    source.partial = notes.partial;
    Ok(source)
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

fn open(bytes: &[u8]) -> Result<Pdf, IngestError> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => IngestError::Password,
        LoadPdfError::Decryption(_) => damaged("mã hóa của PDF không hỗ trợ hoặc bị hỏng"),
        LoadPdfError::Invalid => damaged("cấu trúc PDF không đọc được"),
    })
}

fn damaged(what: &str) -> IngestError {
    IngestError::Damaged(what.to_owned())
}

/// What is to be said of the pages.
#[derive(Default)]
struct Notes {
    diagnostics: Vec<Diagnostic>,
    /// Pages with text that is the document's.
    readable: usize,
    partial: bool,
}

impl Notes {
    fn page(&mut self, content: &PageContent, number: u32, items: &[Item]) {
        if content.limited {
            self.cut(format!("trang {number}: nội dung vượt giới hạn, phần còn lại bị bỏ qua"));
        }
        if needs_ocr(content, items) {
            self.partial = true;
            let message = format!("trang {number} chỉ có hình ảnh, không có chữ đọc được");
            self.diagnostics.push(Diagnostic::new(WarningCode::PageWithoutText, message, None));
            return;
        }
        self.readable += usize::from(!items.is_empty());
        if content.unknown as f32 > GARBLED * content.glyphs.len() as f32 {
            let message = format!("trang {number}: phông chữ không cho biết ký tự, văn bản có thể sai");
            self.diagnostics.push(Diagnostic::new(WarningCode::GarbledText, message, None));
        }
    }

    fn cut(&mut self, message: String) {
        self.partial = true;
        self.diagnostics.push(Diagnostic::new(WarningCode::LimitReached, message, None));
    }
}

/// Whether a page is a picture of a page: pictures cover it, and what words it has are those of stamps.
fn needs_ocr(content: &PageContent, items: &[Item]) -> bool {
    let covered: f32 = content.pictures.iter().map(|area| area.width() * area.height()).sum();
    if covered < PAGE_SIZED * content.width * content.height {
        return false;
    }
    let words: usize = items
        .iter()
        .map(|item| match item {
            Item::Line(line) if line.stamp => 0,
            Item::Line(line) => line.text().split_whitespace().count(),
            Item::Row(row) => row.texts().iter().map(|text| text.split_whitespace().count()).sum(),
        })
        .sum();
    words < FEW_WORDS
}
