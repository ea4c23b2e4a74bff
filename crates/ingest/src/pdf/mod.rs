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
mod lost;
mod mend;
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
use nhiemvu_model::{Diagnostic, Source, WarningCode};
use nhiemvu_text::count_syllables;

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
    let first = attempt(bytes, limits);
    if !is_damaged(&first.read) {
        return first.read;
    }
    let file = mend::mend(bytes, first.pages);
    let again = file.as_ref().map(|mended| attempt(mended, limits).read);
    let better = again.and_then(Result::ok).filter(|again| Some(words(again)) > first.read.as_ref().ok().map(words));
    match (better, first.read) {
        (Some(again), first) => Ok(mended(again, first)),
        (None, Err(IngestError::Damaged(why))) => {
            let second = if first.pages == 0 { fallback::read(bytes, limits) } else { None };
            let rest = || salvaged(file.as_deref().unwrap_or(bytes), limits);
            second.or_else(rest).ok_or(IngestError::Damaged(why))
        }
        (None, first) => first,
    }
}

/// What is read of contents whose fonts had to be found among the rest of a file.
fn salvaged(bytes: &[u8], limits: &Limits) -> Option<Source> {
    let file = catch_unwind(|| mend::salvage(bytes)).ok()??;
    let source = attempt(&file, limits).read.ok()?;
    (words(&source) > 0).then(|| mended(source, Err(damaged(""))))
}

/// What the first engine makes of a file.
struct Attempt {
    read: Result<Source, IngestError>,
    /// How many pages it found.
    pages: usize,
}

fn attempt(bytes: &[u8], limits: &Limits) -> Attempt {
    let mut pages = 0;
    let read = || {
        let pdf = open(bytes)?;
        pages = pdf.pages().len();
        document::read(&pdf, limits)
    };
    // a fault of the engine on a damaged file must not end the process
    let read = catch_unwind(AssertUnwindSafe(read));
    Attempt { read: read.unwrap_or_else(|_| Err(damaged("cấu trúc PDF không đọc được"))), pages }
}

fn is_damaged(read: &Result<Source, IngestError>) -> bool {
    match read {
        Ok(source) => source.diagnostics.iter().any(|note| note.code == WarningCode::Damaged),
        Err(error) => matches!(error, IngestError::Damaged(_)),
    }
}

/// How many words of a text are Vietnamese.
fn words(source: &Source) -> usize {
    count_syllables(&source.text).syllables
}

/// A document read from a mended file, which says of what it had been.
fn mended(mut source: Source, first: Result<Source, IngestError>) -> Source {
    let notes = first.map(|first| first.diagnostics).unwrap_or_default();
    source.diagnostics.extend(notes.into_iter().filter(|note| note.code == WarningCode::Damaged));
    if !source.diagnostics.iter().any(|note| note.code == WarningCode::Damaged) {
        source.diagnostics.push(Diagnostic::new(WarningCode::Damaged, "tệp bị hỏng, chỉ đọc được một phần", None));
    }
    source.partial = true;
    source
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
