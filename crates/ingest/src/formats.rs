//! What this machine can read.

use nhiemvu_model::Format;

use crate::{convert, doc, ocr, program};

/// How well a format is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// In full.
    Full,
    /// In part, or less well than with the package installed.
    Partial,
    /// Not without the package.
    Missing,
}

/// A format, and what reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// The format; `None` for containers of documents.
    pub format: Option<Format>,
    /// Its name for people, in Vietnamese.
    pub name: &'static str,
    /// The usual ends of its files' names; what a file is its content decides.
    pub extensions: &'static [&'static str],
    /// How well it is read on this machine.
    pub readiness: Readiness,
    /// The other programs that read it, or would; empty where it is read without any.
    pub programs: &'static [&'static str],
    /// The Debian package to install where it is not read in full.
    pub package: Option<&'static str>,
    /// What is lacking without the package, in Vietnamese.
    pub lacking: Option<&'static str>,
}

/// Every format that is read, and how well on this machine: the programs are looked for on the search path.
///
/// ```
/// use nhiemvu_ingest::{Format, Readiness, formats};
/// let word = formats().into_iter().find(|support| support.format == Some(Format::Docx));
/// assert_eq!(word.map(|support| support.readiness), Some(Readiness::Full));
/// ```
pub fn formats() -> Vec<Support> {
    let office = convert::find().is_some();
    let antiword = program::find(&[doc::ANTIWORD], &[]).is_some();
    let recognition = ocr::Engine::find().is_some();
    let full = |format, name, extensions| Support {
        format,
        name,
        extensions,
        readiness: Readiness::Full,
        programs: &[],
        package: None,
        lacking: None,
    };
    let with = |has: bool, without: Readiness, programs, package, lacking, support: Support| {
        let programs: &'static [&'static str] = programs;
        if has {
            return Support { programs, ..support };
        }
        Support { readiness: without, programs, package: Some(package), lacking: Some(lacking), ..support }
    };
    let pdf = full(Some(Format::Pdf), "PDF", &["pdf"]);
    let image = full(Some(Format::Image), "Ảnh chụp, ảnh quét", &["png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"]);
    let word = full(Some(Format::Doc), "Word 97-2003", &["doc"]);
    let rtf = full(Some(Format::Rtf), "RTF", &["rtf"]);
    vec![
        full(Some(Format::Text), "Văn bản thuần", &["txt"]),
        full(Some(Format::Markdown), "Markdown", &["md", "markdown"]),
        full(Some(Format::Html), "HTML, trang web đã lưu", &["html", "htm", "xhtml", "mht", "mhtml"]),
        full(Some(Format::Docx), "Word (DOCX)", &["docx", "docm"]),
        with(office || antiword, Readiness::Partial, &["soffice", doc::ANTIWORD], convert::PACKAGE, "Word 6/95", word),
        with(office, Readiness::Missing, &["soffice"], convert::PACKAGE, "không đọc được", rtf),
        full(Some(Format::Odt), "OpenDocument (ODT)", &["odt"]),
        with(recognition, Readiness::Partial, &[ocr::PROGRAM], ocr::PACKAGE, "trang quét không có lớp chữ", pdf),
        with(recognition, Readiness::Missing, &[ocr::PROGRAM], ocr::PACKAGE, "không đọc được", image),
        full(None, "Gói ZIP", &["zip"]),
        full(None, "Thư điện tử đã lưu", &["eml"]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_told_and_what_is_lacking_has_a_remedy() {
        let all = formats();
        let every = [
            Format::Text,
            Format::Markdown,
            Format::Html,
            Format::Pdf,
            Format::Docx,
            Format::Doc,
            Format::Rtf,
            Format::Odt,
            Format::Image,
        ];
        for format in every {
            assert_eq!(all.iter().filter(|support| support.format == Some(format)).count(), 1, "{format:?}");
        }
        for support in all {
            let is_full = support.readiness == Readiness::Full;
            assert_eq!((support.package.is_none(), support.lacking.is_none()), (is_full, is_full), "{support:?}");
        }
    }
}
