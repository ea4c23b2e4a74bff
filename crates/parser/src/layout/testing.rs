//! What the tests of this module share.

use nhiemvu_model::{Format, Line, Source, Span};

/// A plain text source of one body line per line of `text`, each ended by a line feed.
pub(super) fn written(text: &str) -> Source {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        Line::body(Span::new(at - line.len(), at - 1))
    });
    Source {
        format: Format::Text,
        lines: lines.collect(),
        text: text.to_owned(),
        written: None,
        pages: None,
        ocr: false,
        partial: false,
        diagnostics: Vec::new(),
    }
}
