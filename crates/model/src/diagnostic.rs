//! What could not be read, resolved or placed.

use crate::Span;

/// Something that a reader of the result should know; it never stops the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing it is; stable.
    pub code: WarningCode,
    /// What happened, in Vietnamese, for people.
    pub message: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// A diagnostic at `span`.
    pub fn new(code: WarningCode, message: impl Into<String>, span: Option<Span>) -> Self {
        Self { code, message: message.into(), span }
    }
}

/// The kinds of diagnostics; [`WarningCode::as_str`] is the word that stands in the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WarningCode {
    /// A page holds neither text nor a readable picture.
    PageWithoutText,
    /// Text that is no Vietnamese: a broken font table or a bad scan.
    GarbledText,
    /// Text was decoded from TCVN3, VNI, VPS, VISCII or windows-1258.
    LegacyEncoding,
    /// Bytes that fit no encoding were replaced.
    UndecodableBytes,
    /// The file is damaged; what could be read was.
    Damaged,
    /// The file ends before it should.
    Truncated,
    /// The cells of a table could not be told apart with certainty.
    TableUncertain,
    /// The reading order or the paragraphs are doubtful.
    LayoutUncertain,
    /// Parts of the header are missing.
    HeaderIncomplete,
    /// The document gives no date to resolve its deadlines against.
    NoDate,
    /// Item numbers jump or repeat.
    NumberingError,
    /// A time limit whose dates could not be told.
    UnresolvedDeadline,
    /// The same document stands in another file.
    DuplicateOf,
    /// A limit on size was reached; the rest was left out.
    LimitReached,
    /// Text was read from a picture.
    Ocr,
    /// A picture could not be read, because the program for it is missing.
    OcrMissing,
    /// An attachment was not read.
    AttachmentSkipped,
}

impl WarningCode {
    /// The code as it stands in the output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PageWithoutText => "page-without-text",
            Self::GarbledText => "garbled-text",
            Self::LegacyEncoding => "legacy-encoding",
            Self::UndecodableBytes => "undecodable-bytes",
            Self::Damaged => "damaged",
            Self::Truncated => "truncated",
            Self::TableUncertain => "table-uncertain",
            Self::LayoutUncertain => "layout-uncertain",
            Self::HeaderIncomplete => "header-incomplete",
            Self::NoDate => "no-date",
            Self::NumberingError => "numbering-error",
            Self::UnresolvedDeadline => "unresolved-deadline",
            Self::DuplicateOf => "duplicate-of",
            Self::LimitReached => "limit-reached",
            Self::Ocr => "ocr",
            Self::OcrMissing => "ocr-missing",
            Self::AttachmentSkipped => "attachment-skipped",
        }
    }
}
