//! Plain text as a reader would hand it to the parser.

use nhiemvu_model::{Document, Format, Line, Source, Span};

/// The document that `text` gives, a line of it a line of the source.
pub fn parse(text: &str) -> Document {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        lines.push(Line::body(Span::new(at, at + line.len())));
        at += line.len() + 1;
    }
    nhiemvu_parser::parse(Source {
        format: Format::Text,
        text: text.to_owned(),
        written: None,
        lines,
        pages: None,
        ocr: false,
        partial: false,
        diagnostics: vec![],
    })
}
