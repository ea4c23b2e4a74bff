//! Puts a [`Source`] together line by line, so that every reader keeps its invariants in the same way.

use nhiemvu_model::{Cell, Diagnostic, Format, Line, LineRole, RowMarks, Source, Span, StyleRun, WarningCode};

use crate::styled::{Styled, trimmed};
use crate::{IngestError, Limits};

/// A cell before it has a place: its paragraphs and where it stands on the grid.
#[derive(Debug, Default)]
pub(crate) struct CellDraft {
    pub(crate) paragraphs: Vec<Styled>,
    pub(crate) column: u16,
    pub(crate) columns: u16,
    pub(crate) merged_up: bool,
}

/// The growing document.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each notes a thing that happened, and they are independent")]
pub(crate) struct Builder {
    text: String,
    lines: Vec<Line>,
    diagnostics: Vec<Diagnostic>,
    limits: Limits,
    page: u32,
    /// Whether the format has pages at all.
    paged: bool,
    /// Last page on which something stands.
    inked: u32,
    tables: u32,
    cells: u32,
    /// Whether a limit was reached, after which nothing more is taken.
    full: bool,
    /// Whether some of the document could not be read.
    partial: bool,
    /// Whether the last line may seem to go on in the next.
    open_line: bool,
}

impl Builder {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            text: String::new(),
            lines: Vec::new(),
            diagnostics: Vec::new(),
            limits: *limits,
            page: 1,
            paged: false,
            inked: 1,
            tables: 0,
            cells: 0,
            full: false,
            partial: false,
            open_line: false,
        }
    }

    /// What is said from here on stands on the next page.
    pub(crate) fn next_page(&mut self) {
        self.paged = true;
        self.page += 1;
        if self.page > self.limits.max_pages && !self.full {
            self.full = true;
            let message = format!("chỉ đọc {} trang đầu", self.limits.max_pages);
            self.warn(WarningCode::LimitReached, message, None);
        }
    }

    /// Appends a line without styles; its white space at the end is left out.
    pub(crate) fn plain(&mut self, line: &str, role: LineRole) {
        self.append(line.trim_end(), &[], 0, role);
    }

    /// Appends an empty line.
    pub(crate) fn blank(&mut self) {
        self.append("", &[], 0, LineRole::Body);
    }

    /// Appends styled text, one line for each of its lines.
    pub(crate) fn styled(&mut self, styled: Styled, role: &LineRole) {
        let (text, runs) = styled.finish();
        let mut at = 0;
        let mut first = 0;
        for line in text.split('\n') {
            // a run may go on over several lines, so the first that still matters is kept
            first += runs[first..].iter().take_while(|run| run.span.end <= at).count();
            self.append(line.trim_end(), &runs[first..], at, role.clone());
            at += line.len() + 1;
        }
    }

    /// Appends a paragraph of a format that knows paragraphs, in the role given; without one it is a paragraph, or, where
    /// the author broke its lines by hand, lines of the body, perhaps in the middle of a sentence.
    pub(crate) fn paragraph(&mut self, paragraph: Styled, role: Option<LineRole>) {
        if paragraph.is_blank() {
            return;
        }
        let lines = paragraph.into_lines();
        let role = match role {
            Some(role) => role,
            None if lines.len() == 1 => LineRole::Paragraph,
            None => LineRole::Body,
        };
        let open = role == LineRole::Body;
        if open && self.open_line {
            self.blank();
        }
        for line in lines {
            self.styled(line, &role);
        }
        self.open_line = open;
    }

    /// Notes that some of the document could not be read.
    pub(crate) fn partial(&mut self) {
        self.partial = true;
    }

    /// A number for a new table.
    pub(crate) fn new_table(&mut self) -> u32 {
        self.tables += 1;
        self.tables - 1
    }

    /// Appends a row of the table number `table`; a row whose cells are all empty is left out.
    pub(crate) fn row(&mut self, table: u32, head: bool, cells: Vec<CellDraft>) {
        let count = cells.len() as u32;
        if cells.iter().all(|cell| cell.paragraphs.iter().all(Styled::is_blank)) || self.full {
            return;
        }
        if self.cells.saturating_add(count) > self.limits.max_cells {
            self.full = true;
            let message = format!("chỉ đọc {} ô bảng đầu tiên", self.limits.max_cells);
            self.warn(WarningCode::LimitReached, message, None);
            return;
        }
        self.cells += count;
        self.open_line = false;
        let start = self.text.len();
        let mut styles = Vec::new();
        let mut marks = RowMarks { table, head, cells: Vec::with_capacity(cells.len()) };
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                self.text.push('\t');
            }
            let placed = self.cell(cell, &mut styles);
            marks.cells.push(placed);
        }
        self.inked = self.page;
        let span = Span::new(start, self.text.len());
        self.lines.push(Line {
            span,
            page: Some(self.page),
            role: LineRole::Row(marks),
            place: None,
            ocr: false,
            styles,
        });
        self.text.push('\n');
    }

    fn cell(&mut self, draft: CellDraft, styles: &mut Vec<StyleRun>) -> Cell {
        let start = self.text.len();
        let mut paragraphs = Vec::new();
        for paragraph in draft.paragraphs.into_iter().filter(|p| !p.is_blank()) {
            if !paragraphs.is_empty() {
                self.text.push(' ');
            }
            paragraphs.push(self.cell_paragraph(paragraph, styles));
        }
        if paragraphs.len() < 2 {
            paragraphs.clear();
        }
        let span = Span::new(start, self.text.len());
        let columns = draft.columns.max(1);
        Cell { span, paragraphs, column: draft.column, columns, merged_up: draft.merged_up }
    }

    /// A cell's paragraph, on one line.
    fn cell_paragraph(&mut self, paragraph: Styled, styles: &mut Vec<StyleRun>) -> Span {
        let (text, runs) = paragraph.finish();
        let whole = trimmed(&text, Span::new(0, text.len())).unwrap_or_default();
        let base = self.text.len();
        // tabs part cells and line feeds part rows: inside a cell both are spaces, of the same length
        let words = whole.slice(&text);
        if words.contains(['\t', '\n']) {
            self.text.push_str(&words.replace(['\t', '\n'], " "));
        } else {
            self.text.push_str(words);
        }
        styles.extend(shifted(&self.text, &runs, whole, base));
        Span::new(base, self.text.len())
    }

    /// Appends `line`, which starts at `at` in the text that `runs` are of.
    fn append(&mut self, line: &str, runs: &[StyleRun], at: usize, role: LineRole) {
        if self.full {
            return;
        }
        let start = self.text.len();
        self.text.push_str(line);
        let span = Span::new(start, self.text.len());
        self.text.push('\n');
        let styles = shifted(&self.text, runs, Span::new(at, at + line.len()), start).collect();
        if !span.is_empty() && role != LineRole::Furniture {
            self.inked = self.page;
        }
        self.lines.push(Line { span, page: Some(self.page), role, place: None, ocr: false, styles });
    }

    /// Notes something that went wrong.
    pub(crate) fn warn(&mut self, code: WarningCode, message: impl Into<String>, span: Option<Span>) {
        self.diagnostics.push(Diagnostic::new(code, message, span));
    }

    /// The finished document.
    ///
    /// # Errors
    /// [`IngestError::Empty`] where there is nothing but white space.
    pub(crate) fn finish(mut self, format: Format) -> Result<Source, IngestError> {
        if self.text.trim().is_empty() {
            return Err(IngestError::Empty);
        }
        if !self.paged {
            self.lines.iter_mut().for_each(|line| line.page = None);
        }
        let partial = self.full || self.partial;
        let pages = self.paged.then_some(self.inked);
        let (text, lines, diagnostics) = (self.text, self.lines, self.diagnostics);
        Ok(Source { format, text, written: None, lines, pages, ocr: false, partial, diagnostics })
    }
}

/// The parts of `runs` inside `window`, moved to where the window's words now stand in `text`: at `base`.
fn shifted<'a>(text: &'a str, runs: &'a [StyleRun], window: Span, base: usize) -> impl Iterator<Item = StyleRun> + 'a {
    let inside = runs.iter().take_while(move |run| run.span.start < window.end);
    inside.filter(move |run| run.span.overlaps(window)).filter_map(move |run| {
        let start = run.span.start.max(window.start) - window.start + base;
        let end = run.span.end.min(window.end) - window.start + base;
        Some(StyleRun { span: trimmed(text, Span::new(start, end))?, ..*run })
    })
}
