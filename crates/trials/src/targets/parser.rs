//! Layout and blocks.

use nhiemvu_ingest::{Limits, read};
use nhiemvu_model::{Cell, Format, Line, LineRole, Place, RowMarks, Source, Span, StyleRun};
use nhiemvu_parser::parse;
use nhiemvu_text::clean;

use super::sound;

/// Lines as readers of paged formats give them: the first three bytes of each line say its page, role, place and emphasis.
pub(super) fn layout(data: &[u8]) {
    check(paged(data));
}

/// Plain lines and Markdown.
pub(super) fn block(data: &[u8]) {
    for name in ["a.txt", "a.md"] {
        if let Ok(source) = read(data, Some(name), &Limits::default()) {
            check(source);
        }
    }
}

fn check(source: Source) {
    sound::source(&source);
    let document = parse(source.clone());
    sound::document(&document);
    assert_eq!(document.source, source, "the source stays as it was read");
    assert!(parse(source) == document, "the same lines give the same tree");
}

fn paged(data: &[u8]) -> Source {
    let mut text = String::new();
    let mut lines = Vec::new();
    let (mut page, mut table) = (1, 0);
    for (number, part) in data.split(|byte| *byte == b'\n').enumerate() {
        let (head, words) = part.split_at(part.len().min(3));
        let byte = |at: usize| head.get(at).copied().unwrap_or_default();
        let (kind, left, marks) = (byte(0), byte(1), byte(2));
        let words = clean(&String::from_utf8_lossy(words)).replace('\n', " ");
        let is_row = kind & 7 == 5;
        let words = if is_row { words } else { words.replace('\t', " ") };
        page += u32::from(kind & 8 != 0);
        table += u32::from(kind & 16 != 0);
        let start = text.len();
        text.push_str(&words);
        let span = Span::new(start, text.len());
        text.push('\n');
        let role = match kind & 7 {
            3 => LineRole::Paragraph,
            4 => LineRole::Heading(1 + (marks & 3)),
            5 => LineRole::Row(RowMarks { table, head: marks & 1 == 1, cells: cells(start, &words) }),
            6 => LineRole::Furniture,
            7 => LineRole::Footnote((marks & 7).to_string()),
            _ => LineRole::Body,
        };
        let place = (!is_row).then(|| place(number, left, words.chars().count()));
        let whole = StyleRun { span, bold: marks & 0x20 != 0, italic: marks & 0x40 != 0, superscript: false };
        let styles = if (whole.bold || whole.italic) && !span.is_empty() { vec![whole] } else { vec![] };
        lines.push(Line { span, page: Some(page), role, place, ocr: false, styles });
    }
    Source {
        format: Format::Pdf,
        text,
        written: None,
        lines,
        pages: Some(page),
        ocr: false,
        partial: false,
        diagnostics: vec![],
    }
}

fn cells(start: usize, words: &str) -> Vec<Cell> {
    let mut at = start;
    let columns = words.split('\t').map(|cell| {
        let span = Span::new(at, at + cell.len());
        at = span.end + 1;
        span
    });
    (0..).zip(columns).map(|(column, span)| Cell { span, column, columns: 1, ..Cell::default() }).collect()
}

fn place(number: usize, left: u8, length: usize) -> Place {
    let left = f32::from(left) * 2.0;
    Place {
        left,
        right: left + length as f32 * 6.0,
        baseline: 800.0 - (number % 50) as f32 * 15.0,
        size: 12.0,
        page_width: 595.0,
        page_height: 842.0,
    }
}
