//! Why a document could not be read.

use nhiemvu_model::Format;
use thiserror::Error;

/// Why a document could not be read; messages are in Vietnamese, for the person who sent the file.
///
/// Match on the variant or on [`IngestError::code`], never on the message.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IngestError {
    /// There is nothing in the file but white space.
    #[error("tệp rỗng, không có nội dung")]
    Empty,
    /// The bytes are of no format that is known here.
    #[error("không nhận ra định dạng của tệp")]
    UnknownFormat,
    /// The format is known, yet this program does not read it; holds its name.
    #[error("chưa đọc được định dạng {0}")]
    Unsupported(String),
    /// Another program is needed to read the format.
    #[error("cần chương trình {program} để đọc tệp này")]
    NeedsProgram {
        /// The program.
        program: String,
        /// The package to install.
        package: String,
    },
    /// The file opens with a password only.
    #[error("tệp được bảo vệ bằng mật khẩu")]
    Password,
    /// The file is damaged beyond reading; holds what was wrong.
    #[error("tệp bị hỏng: {0}")]
    Damaged(String),
    /// The file was read but holds no text.
    #[error("tệp không có chữ nào đọc được")]
    NoText,
    /// The file, or what it unpacks to, is larger than the limits allow.
    #[error("tệp vượt quá giới hạn {what}: {limit}")]
    SizeLimit {
        /// What is limited, with its unit.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The reading took more memory than it may.
    #[error("đọc tệp cần nhiều bộ nhớ hơn mức cho phép")]
    MemoryLimit,
}

impl IngestError {
    /// The error's code in an error record.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UnknownFormat => "unknown-format",
            Self::Unsupported(_) => "unsupported",
            Self::NeedsProgram { .. } => "needs-program",
            Self::Password => "password",
            Self::Damaged(_) => "damaged",
            Self::NoText => "no-text",
            Self::SizeLimit { .. } => "size-limit",
            Self::MemoryLimit => "memory-limit",
        }
    }

    /// What to do about it, in Vietnamese.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Empty => "kiểm tra lại tệp đã được tải về hoặc sao chép đầy đủ chưa".to_owned(),
            Self::UnknownFormat => {
                "các định dạng đọc được: PDF, Word (DOCX, DOC), RTF, ODT, HTML, MHTML, Markdown, văn bản thuần, ảnh quét, gói ZIP, thư EML; xem `nhiemvu formats`".to_owned()
            }
            Self::Unsupported(_) => "lưu lại tệp dưới dạng DOCX hoặc PDF rồi thử lại".to_owned(),
            Self::NeedsProgram { package, .. } => format!("cài gói `{package}`, ví dụ: sudo apt install {package}"),
            Self::Password => "mở tệp bằng mật khẩu, lưu một bản không có mật khẩu rồi thử lại".to_owned(),
            Self::Damaged(_) => "mở tệp bằng phần mềm đã tạo ra nó, lưu lại rồi thử lại, hoặc xin bản gốc".to_owned(),
            Self::NoText => "nếu là bản quét, cài tesseract-ocr-vie để nhận dạng chữ".to_owned(),
            Self::SizeLimit { .. } => "tăng giới hạn bằng --max-bytes hoặc --max-pages, hoặc tách nhỏ tệp".to_owned(),
            Self::MemoryLimit => "tăng giới hạn bằng --max-memory, hoặc tách nhỏ tệp".to_owned(),
        };
        Some(hint)
    }

    /// [`IngestError::Unsupported`] of `format`, by the name that people know it by.
    pub(crate) fn unsupported(format: Format) -> Self {
        let name = match format {
            Format::Text => "văn bản thuần",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Pdf => "PDF",
            Format::Docx => "Word (DOCX)",
            Format::Doc => "Word 97-2003 (DOC)",
            Format::Rtf => "RTF",
            Format::Odt => "OpenDocument (ODT)",
            Format::Image => "ảnh",
        };
        Self::Unsupported(name.to_owned())
    }
}
