//! What is sound: spans, sources, trees.

use nhiemvu_model::{Document, LineRole, Mended, NodeId, Source, Span, TimeExpression};

/// The words of `span`, which must lie in `text` on the boundaries of characters.
pub(super) fn span(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_else(|| panic!("{span:?} of {} bytes", text.len()))
}

/// Stops where `place` does not lie in `text`.
fn inside(text: &str, place: Span) {
    let _ = span(text, place);
}

/// Lines cover the text one by one, and every span lies where it should.
pub(super) fn source(source: &Source) {
    let text = &source.text;
    assert!(unicode_normalization::is_nfc(text), "text is NFC");
    assert!(!text.contains(['\r', '\u{FEFF}', '\0']), "text is clean");
    let mut at = 0;
    for line in &source.lines {
        assert_eq!(line.span.start, at, "lines follow one another");
        let words = span(text, line.span);
        assert!(!words.contains('\n'), "a line is one line");
        assert_eq!(text.as_bytes().get(line.span.end), Some(&b'\n'));
        at = line.span.end + 1;
        let mut before = line.span.start;
        for run in &line.styles {
            assert!(before <= run.span.start && run.span.start < run.span.end && run.span.end <= line.span.end);
            span(text, run.span);
            before = run.span.end;
        }
        if let LineRole::Row(row) = &line.role {
            let mut start = line.span.start;
            for cell in &row.cells {
                assert_eq!(cell.span.start, start, "cells follow one another");
                for paragraph in &cell.paragraphs {
                    span(text, *paragraph);
                    assert!(cell.span.contains(*paragraph));
                }
                start = cell.span.end + 1;
            }
            assert_eq!(start, line.span.end + 1, "cells cover the line");
        }
        assert_eq!(line.page.is_some(), source.pages.is_some());
    }
    assert_eq!(at, text.len(), "lines cover the text");
    source.diagnostics.iter().filter_map(|d| d.span).for_each(|place| inside(text, place));
}

/// The tree holds together, and every place in it lies in the text.
pub(super) fn document(document: &Document) {
    let text = &document.source.text;
    let mended = |words: &Mended| {
        let whole = span(text, words.whole());
        assert!(words.is_empty() || !whole.is_empty() || words.text().trim().is_empty(), "{words:?}");
        for (at, c) in words.text().char_indices() {
            span(text, words.span(at, at + c.len_utf8()));
        }
    };
    assert!(!document.nodes.is_empty(), "there is a root");
    for (number, node) in (0..).zip(&document.nodes) {
        span(text, node.span);
        mended(&node.text);
        assert!(node.text.text().get(..node.run_in).is_some(), "{node:?}");
        assert_eq!(node.parent.is_none(), number == 0);
        // a parent stands before its children, so that no walk goes round in circles
        assert!(node.parent.is_none_or(|up| up.0 < number), "{node:?}");
        for child in &node.children {
            assert_eq!(document.node(*child).parent, Some(NodeId(number)), "{node:?}");
        }
        for field in &node.fields {
            span(text, field.span);
            mended(&field.label);
            mended(&field.value);
        }
    }
    for row in document.tables.iter().flat_map(|table| &table.rows) {
        span(text, row.span);
        row.cells.iter().flat_map(|cell| &cell.paragraphs).for_each(mended);
    }
    for note in &document.footnotes {
        mended(&note.text);
        note.called_at.into_iter().for_each(|place| inside(text, place));
    }
    document.furniture.iter().for_each(|place| inside(text, *place));
    document.diagnostics.iter().filter_map(|d| d.span).for_each(|place| inside(text, place));
    let header = &document.header;
    [&header.issuer, &header.subject].into_iter().flatten().chain(&header.addressees).for_each(mended);
    header.recipients.iter().for_each(|line| mended(&line.text));
    for date in [header.date, header.meeting_date].into_iter().flatten() {
        assert!(date.day.is_none() || date.full().is_some(), "{date:?}");
        assert!(date.month.is_none_or(|month| (1..=12).contains(&month)), "{date:?}");
    }
}

/// Expressions stand in order and apart, in the text.
pub(super) fn expressions(text: &str, found: &[TimeExpression]) {
    let mut end = 0;
    for expression in found {
        assert!(expression.span.start >= end && !expression.span.is_empty(), "{expression:?}");
        span(text, expression.span);
        end = expression.span.end;
    }
}
