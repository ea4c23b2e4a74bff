//! Writes items out as the text of a document with its lines.

use nhiemvu_model::{Cell, Diagnostic, Format, Line, LineRole, RowMarks, Source, Span, StyleRun, WarningCode};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::item::{CellItem, Item, LineItem, RowItem};
use super::lines::Run;

/// Collects the text.
#[derive(Default)]
struct Writer {
    text: String,
    lines: Vec<Line>,
    doubtful: Vec<Span>,
}

/// The document that `items` make.
pub(super) fn source(format: Format, items: &[Item], pages: u32, mut diagnostics: Vec<Diagnostic>) -> Source {
    let mut writer = Writer::default();
    for item in items {
        match item {
            Item::Line(line) => writer.line(line),
            Item::Row(row) => writer.row(row),
        }
    }
    let doubt = |span: &Span| Diagnostic::new(WarningCode::Ocr, "chữ nhận dạng không chắc chắn", Some(*span));
    diagnostics.extend(writer.doubtful.iter().map(doubt));
    Source {
        format,
        ocr: writer.lines.iter().any(|line| line.ocr),
        text: writer.text,
        written: None,
        lines: writer.lines,
        pages: Some(pages),
        partial: false,
        diagnostics,
    }
}

impl Writer {
    fn line(&mut self, item: &LineItem) {
        let start = self.text.len();
        let mut styles = Vec::new();
        self.runs(&item.runs, &mut styles);
        if self.text.len() == start {
            return;
        }
        let role = if item.stamp { LineRole::Furniture } else { LineRole::Body };
        let line =
            Line { span: Span::default(), page: Some(item.page), role, place: Some(item.place), ocr: item.ocr, styles };
        self.end_line(start, line);
    }

    fn row(&mut self, item: &RowItem) {
        let start = self.text.len();
        let mut styles = Vec::new();
        let mut cells = Vec::with_capacity(item.cells.len());
        for (at, cell) in item.cells.iter().enumerate() {
            if at > 0 {
                self.text.push('\t');
            }
            cells.push(self.cell(cell, &mut styles));
        }
        let role = if item.repeated {
            LineRole::Furniture
        } else {
            LineRole::Row(RowMarks { table: item.table, head: item.head, cells })
        };
        let line =
            Line { span: Span::default(), page: Some(item.page), role, place: Some(item.place), ocr: item.ocr, styles };
        self.end_line(start, line);
    }

    fn cell(&mut self, item: &CellItem, styles: &mut Vec<StyleRun>) -> Cell {
        let start = self.text.len();
        let mut paragraphs = Vec::new();
        for runs in &item.paragraphs {
            if self.text.len() > start {
                self.text.push(' ');
            }
            let from = self.text.len();
            self.runs(runs, styles);
            paragraphs.push(Span::new(from, self.text.len()));
        }
        if paragraphs.len() < 2 {
            paragraphs.clear();
        }
        let span = Span::new(start, self.text.len());
        Cell { span, paragraphs, column: item.column, columns: item.columns.max(1), merged_up: item.merged_up }
    }

    /// Appends runs, in NFC, and notes their styles; blanks at either end of a line are left out.
    fn runs(&mut self, runs: &[Run], styles: &mut Vec<StyleRun>) {
        let begin = self.text.len();
        let last = runs.len().saturating_sub(1);
        for (at, run) in runs.iter().enumerate() {
            let words = if at == last { run.text.trim_end() } else { &run.text };
            let words = if self.text.len() == begin { words.trim_start() } else { words };
            let start = self.text.len();
            match is_nfc_quick(words.chars()) {
                IsNormalized::Yes => self.text.push_str(words),
                _ => self.text.extend(words.nfc()),
            }
            let end = start + self.text.get(start..).unwrap_or("").trim_end().len();
            if run.doubtful && end > start {
                self.doubtful.push(Span::new(start, end));
            }
            if (run.bold || run.italic || run.raised) && end > start {
                styles.push(StyleRun {
                    span: Span::new(start, end),
                    bold: run.bold,
                    italic: run.italic,
                    superscript: run.raised,
                });
            }
        }
    }

    /// Closes a line. Marks that combine over the border of two styles are rare enough to give up the styles for.
    fn end_line(&mut self, start: usize, mut line: Line) {
        if is_nfc_quick(self.text.get(start..).unwrap_or("").chars()) != IsNormalized::Yes
            && matches!(line.role, LineRole::Body)
        {
            let words: String = self.text.get(start..).unwrap_or("").nfc().collect();
            if self.text.get(start..) != Some(&words) {
                self.text.truncate(start);
                self.text.push_str(&words);
                line.styles.clear();
                self.doubtful.retain(|span| span.start < start);
            }
        }
        line.span = Span::new(start, self.text.len());
        self.lines.push(line);
        self.text.push('\n');
    }
}
