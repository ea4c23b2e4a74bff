//! PDF with a text layer.
//!
//! The engine (`hayro-syntax`, `hayro-font`) opens the file, decodes streams and fonts; what a page paints is followed
//! by [`interpret`] and put together to words, lines, columns and tables here. The engine's own interpreter is not used,
//! because it does not tell a glyph's font, runs forms without bounds and decodes colours and pictures.

mod bullet;
mod canvas;
mod columns;
mod document;
mod dots;
mod emit;
mod fallback;
#[cfg(test)]
mod fax;
mod font;
mod gaps;
mod grid;
mod guard;
mod interpret;
mod item;
mod labels;
mod layers;
mod layout;
mod lines;
mod page;
mod paths;
mod picture;
mod scan;
mod stamp;
mod state;
mod stitch;
mod strip;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod turn;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use nhiemvu_model::Source;

use crate::{IngestError, Limits};

pub(crate) use document::read_image;

/// Reads a PDF.
///
/// # Errors
/// [`IngestError::Password`]; [`IngestError::Damaged`]; [`IngestError::NeedsProgram`] where it has pictures only and the
/// program that recognises them is missing; [`IngestError::NoText`] where nothing is recognised in them.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    if guard::declares_absurd_rows(bytes) {
        return Err(damaged("khai báo kích thước dữ liệu vô lý"));
    }
    // a fault of the engine on a damaged file must not end the process
    let read = catch_unwind(AssertUnwindSafe(|| document::read(&open(bytes)?, limits)))
        .unwrap_or_else(|_| Err(damaged("cấu trúc PDF không đọc được")));
    match read {
        Err(IngestError::Damaged(_)) => fallback::read(bytes, limits).map_or(read, Ok),
        read => read,
    }
}

fn open(bytes: &[u8]) -> Result<Pdf, IngestError> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => IngestError::Password,
        LoadPdfError::Decryption(_) => damaged("mã hóa của PDF không hỗ trợ hoặc bị hỏng"),
        LoadPdfError::Invalid => damaged("cấu trúc PDF không đọc được"),
    })
}

fn damaged(what: &str) -> IngestError {
    IngestError::Damaged(what.to_owned())
}
