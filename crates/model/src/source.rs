//! A document as it was read: its text and what the format says of each line.

use crate::{Diagnostic, Span, Written};

/// The format that a document was read from; decided by content, never by the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML, also XHTML.
    Html,
    /// PDF.
    Pdf,
    /// Office Open XML (`.docx`, `.docm`).
    Docx,
    /// Word 97 to 2003 (`.doc`).
    Doc,
    /// Rich Text Format.
    Rtf,
    /// `OpenDocument` text.
    Odt,
    /// A picture of a page.
    Image,
}

impl Format {
    /// The registered media type (IANA).
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Doc => "application/msword",
            Self::Rtf => "application/rtf",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Image => "image/*",
        }
    }
}

/// What `ingest` gives: the text in reading order, and its lines.
///
/// Invariants: `text` is NFC, its lines end in LF, it has no byte-order mark and no markup of the format (Markdown's
/// `**`, HTML's tags); markers that the document itself shows (`-`, `1.`, `a)`) stay. `lines` cover it in order: line
/// `i` is `text[lines[i].span]`, without its LF. A table row is one line, its cells parted by tabs.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Where the bytes came from.
    pub format: Format,
    /// The whole text, in reading order.
    pub text: String,
    /// The text as it was written, where that is not how it is read; all spans are of the text as it is read.
    pub written: Option<Written>,
    /// One entry for each line of `text`.
    pub lines: Vec<Line>,
    /// Number of pages; `None` where the format has none.
    pub pages: Option<u32>,
    /// Whether any of the text was read from a picture.
    pub ocr: bool,
    /// Whether some of the file could not be read; diagnostics say what.
    pub partial: bool,
    /// What went wrong or was doubtful.
    pub diagnostics: Vec<Diagnostic>,
}

/// One line of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its place in the text, without the line feed.
    pub span: Span,
    /// Page, from 1; `None` where the format has no pages.
    pub page: Option<u32>,
    /// What the format says it is.
    pub role: LineRole,
    /// Where it stands on the page, for formats that say so (PDF, scans).
    pub place: Option<Place>,
    /// Whether any of it was read from a picture.
    pub ocr: bool,
    /// Bold and italic stretches, in order, not overlapping; spans are of the text, inside `span`.
    pub styles: Vec<StyleRun>,
}

/// What a format says of a line; `Body` where it says nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum LineRole {
    /// Running text, one line of it: a paragraph may go on in the next line.
    Body,
    /// A whole paragraph: the format says that nothing before or after belongs to it (DOCX and HTML paragraphs).
    Paragraph,
    /// A heading of the format (Markdown `#`, HTML `h1`, Word heading style); level from 1.
    Heading(u8),
    /// A row of a table.
    Row(RowMarks),
    /// Page header, page footer or page number by the format's own word (DOCX header, a page-break mark).
    Furniture,
    /// The body of a footnote by the format's own word; the mark it is called by.
    Footnote(String),
}

/// A table row: which table, and its cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RowMarks {
    /// Number of the table in the document, from 0; rows of one table share it.
    pub table: u32,
    /// Whether the format marks the row as the table's head.
    pub head: bool,
    /// Cells from left to right.
    pub cells: Vec<Cell>,
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// Its place in the text, between the tabs.
    pub span: Span,
    /// Its paragraphs, where it has more than one (`<br>`, several Word paragraphs); inside `span`.
    pub paragraphs: Vec<Span>,
    /// First grid column, from 0.
    pub column: u16,
    /// Grid columns that it spans, at least 1.
    pub columns: u16,
    /// Whether it continues the cell above (vertical merge): it is then empty.
    pub merged_up: bool,
}

/// Where a line stands on its page, in points from the page's top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Left end of its first glyph.
    pub left: f32,
    /// Right end of its last glyph.
    pub right: f32,
    /// Its base line, from the top.
    pub baseline: f32,
    /// Size of most of its glyphs.
    pub size: f32,
    /// Width of the page.
    pub page_width: f32,
    /// Height of the page.
    pub page_height: f32,
}

/// A bold or italic stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StyleRun {
    /// Its place in the text.
    pub span: Span,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Raised and small: a footnote mark.
    pub superscript: bool,
}

impl Line {
    /// A body line at `span`, without page, place or style.
    pub fn body(span: Span) -> Self {
        Self { span, page: None, role: LineRole::Body, place: None, ocr: false, styles: Vec::new() }
    }

    /// The line's words in `text`.
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        self.span.slice(text)
    }
}

impl Source {
    /// The line that holds the byte offset `at`.
    pub fn line_at(&self, at: usize) -> Option<&Line> {
        let next = self.lines.partition_point(|line| line.span.start <= at);
        self.lines.get(next.checked_sub(1)?)
    }

    /// The page on which `span` starts.
    pub fn page_of(&self, span: Span) -> Option<u32> {
        self.line_at(span.start)?.page
    }

    /// Whether the larger part of the letters of `span` stands in bold or italics.
    pub fn emphasised(&self, span: Span) -> bool {
        let first = self.lines.partition_point(|line| line.span.end < span.start);
        let marked: usize = self.lines[first..]
            .iter()
            .take_while(|line| line.span.start < span.end)
            .flat_map(|line| &line.styles)
            .filter(|run| (run.bold || run.italic) && run.span.overlaps(span))
            .map(|run| run.span.end.min(span.end) - run.span.start.max(span.start))
            .sum();
        marked * 2 > span.len()
    }
}
