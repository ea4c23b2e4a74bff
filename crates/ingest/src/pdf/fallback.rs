//! The second engine, `pdf-extract`, for files that the first cannot open: words only, without style or place.

use std::panic::{AssertUnwindSafe, catch_unwind};

use nhiemvu_model::{Diagnostic, Format, Line, Source, Span, WarningCode};
use nhiemvu_text::clean;

use crate::Limits;

/// Reads what the second engine gets out of a damaged file; `None` where that is nothing.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Option<Source> {
    let pages = catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem_by_pages(bytes))).ok()?.ok()?;
    source(&pages, limits)
}

fn source(pages: &[String], limits: &Limits) -> Option<Source> {
    let (mut text, mut lines) = (String::new(), Vec::new());
    for (page, number) in pages.iter().zip(1..).take(limits.max_pages as usize) {
        for line in clean(page).lines().map(str::trim).filter(|line| !line.is_empty()) {
            let start = text.len();
            text.push_str(line);
            lines.push(Line { page: Some(number), ..Line::body(Span::new(start, text.len())) });
            text.push('\n');
        }
    }
    let message = "tệp bị hỏng: chỉ đọc được chữ, không đọc được kiểu chữ và bảng";
    (!lines.is_empty()).then(|| Source {
        format: Format::Pdf,
        text,
        written: None,
        lines,
        pages: u32::try_from(pages.len()).ok(),
        ocr: false,
        partial: true,
        diagnostics: vec![Diagnostic::new(WarningCode::Damaged, message, None)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_lines() {
        let pages = ["KẾ HOẠCH\n\n  Triê\u{309}n khai\n".to_owned(), "\n".to_owned(), "Nơi nhận:".to_owned()];
        let source = source(&pages, &Limits::default()).unwrap();
        assert_eq!(source.text, "KẾ HOẠCH\nTriển khai\nNơi nhận:\n");
        assert_eq!(source.lines.iter().map(|line| line.page.unwrap()).collect::<Vec<_>>(), [1, 1, 3]);
        assert!(source.partial);
    }

    #[test]
    fn what_is_no_pdf_gives_nothing() {
        assert!(read(b"%PDF-1.7\nnothing", &Limits::default()).is_none());
    }
}
