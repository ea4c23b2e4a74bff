//! Reads the bytes of a document, of whatever format, into lines.
//!
//! [`read()`] looks at the content, picks the format's reader and gives a [`Source`]: clean text, its lines, and what the
//! format says of them (bold, headings, table cells, pages). [`members()`] opens archives and saved e-mail, [`formats()`] says
//! what this machine can read.
//!
//! ```
//! use nhiemvu_ingest::{Limits, read};
//! let bytes = "## KẾ HOẠCH\n\n**1. Sở Y tế** báo cáo trước ngày 15/5/2031.".as_bytes();
//! let source = read(bytes, None, &Limits::default())?;
//! assert_eq!(source.text, "KẾ HOẠCH\n\n1. Sở Y tế báo cáo trước ngày 15/5/2031.\n");
//! assert!(source.lines[2].styles[0].bold);
//! # Ok::<(), nhiemvu_ingest::IngestError>(())
//! ```

mod builder;
mod convert;
mod decode;
mod detect;
mod doc;
mod docx;
mod error;
mod formats;
mod furniture;
mod html;
mod limits;
mod markdown;
mod members;
mod numerals;
mod ocr;
mod odt;
mod pdf;
mod program;
mod read;
mod rtf;
#[cfg(test)]
mod shown;
mod styled;
mod text;

pub use detect::{detect, is_plain};
pub use error::IngestError;
pub use formats::{Readiness, Support, formats};
pub use limits::Limits;
pub use members::{Member, is_container, members};
pub use nhiemvu_model::{Format, Source};
pub use program::{keep_programs, programs_left};
pub use read::read;
