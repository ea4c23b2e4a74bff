//! The way in: from bytes to the reader of their format.

use nhiemvu_model::{Format, Source, WarningCode};
use nhiemvu_text::clean;

use crate::{IngestError, Limits, decode, detect, doc, docx, html, markdown, members, odt, pdf, rtf, text};

/// Reads a document. The format is told by content; `name_hint`, a file name, counts only where content cannot decide
/// (text that may or may not be Markdown).
///
/// # Errors
/// [`IngestError`]: nothing in it, an unknown format, a format without a reader, a password, damage, no text, or beyond
/// `limits`.
pub fn read(bytes: &[u8], name_hint: Option<&str>, limits: &Limits) -> Result<Source, IngestError> {
    if bytes.is_empty() {
        return Err(IngestError::Empty);
    }
    if bytes.len() as u64 > limits.max_bytes {
        return Err(IngestError::SizeLimit { what: "kích thước tệp (byte)", limit: limits.max_bytes });
    }
    match detect::by_signature(bytes) {
        Some(Format::Pdf) => pdf::read(bytes, limits),
        Some(Format::Image) => pdf::read_image(bytes, limits),
        Some(Format::Docx) => docx::read(bytes, limits),
        Some(Format::Doc) if detect::is_encrypted_package(bytes) => Err(IngestError::Password),
        Some(Format::Doc) => doc::read(bytes, limits),
        Some(Format::Rtf) => rtf::read(bytes, limits),
        Some(Format::Odt) => odt::read(bytes, limits),
        Some(format) => Err(IngestError::unsupported(format)),
        None if detect::is_binary(bytes) => Err(IngestError::UnknownFormat),
        None => read_text(bytes, name_hint, limits),
    }
}

/// Reads what is text of some kind: HTML, Markdown, plain text.
fn read_text(bytes: &[u8], name_hint: Option<&str>, limits: &Limits) -> Result<Source, IngestError> {
    // a page saved with its pictures, by a browser or by Word under the name of a .doc
    let page = members::mail::is_mail(bytes).then(|| members::mail::page(bytes)).flatten();
    let bytes = page.as_ref().map_or(bytes, String::as_bytes);
    let mut decoded = decode::decode(bytes);
    let is_html = detect::is_html(&decoded.text);
    if is_html {
        decoded = decode::decode_page(bytes, decoded);
    }
    let text = clean(&decoded.text);
    let mut source = if is_html {
        html::read(&text, limits)?
    } else if markdown::is_markdown(&text) || (names_markdown(name_hint) && markdown::may_be_markdown(&text)) {
        markdown::read(&text, limits)?
    } else {
        text::read(&text, limits)?
    };
    if let Some(encoding) = decoded.legacy {
        source.warn(
            WarningCode::LegacyEncoding,
            format!("văn bản (hoặc một phần) được chuyển từ bảng mã {encoding} sang Unicode"),
        );
    }
    // zeros stand where a disk or a transfer has failed
    if decoded.text.contains('\0') {
        source.warn(WarningCode::Damaged, "tệp bị hỏng, chỉ đọc được một phần".to_owned());
        source.partial = true;
    }
    if decoded.replaced > 0 {
        source.warn(WarningCode::UndecodableBytes, format!("{} chỗ có byte không giải mã được", decoded.replaced));
        source.partial = true;
    }
    Ok(source)
}

fn names_markdown(name: Option<&str>) -> bool {
    let Some((_, extension)) = name.and_then(|name| name.rsplit_once('.')) else { return false };
    ["md", "markdown", "mdown", "mkd"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Noting a diagnostic on a finished document.
trait Warn {
    fn warn(&mut self, code: WarningCode, message: String);
}

impl Warn for Source {
    fn warn(&mut self, code: WarningCode, message: String) {
        self.diagnostics.push(nhiemvu_model::Diagnostic::new(code, message, None));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_with_gaps_says_so() {
        let page = "<!DOCTYPE html><p>Sở Y tế báo cáo</p>\0\0\0\0<p>Sở Tài chính lập dự toán</p>";
        let source = read(page.as_bytes(), None, &Limits::default()).unwrap();
        assert_eq!(source.text, "Sở Y tế báo cáo\nSở Tài chính lập dự toán\n");
        assert!(source.partial && source.diagnostics.iter().any(|note| note.code == WarningCode::Damaged));
    }
}
