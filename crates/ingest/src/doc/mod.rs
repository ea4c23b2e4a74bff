//! Word 97 to 2003 (`.doc`; \[MS-DOC\]).
//!
//! A reader of our own takes the file apart: text out of its pieces (`file`), emphasis and tables by the properties of
//! characters and paragraphs (`sprm`, `runs`), styles, automatic numbers, notes, page headers; what it finds goes the way of
//! Office Open XML. It needs no other program, so that a file gives the same on every machine. Of a damaged one its words
//! are taken (`salvage`). What it cannot open (Word 6
//! and 95) is left to `LibreOffice`, and where that is not installed to `antiword`.

mod bytes;
mod file;
mod lists;
mod paragraphs;
mod runs;
mod salvage;
mod sprm;
mod story;
mod styles;
mod tables;

use std::process::Command;
use std::time::Duration;

use nhiemvu_model::{Format, Source, WarningCode};

use crate::docx::{self, Parts};
use crate::{IngestError, Limits, convert, program, text};
use file::File;
use paragraphs::Reader;
use story::Note;

/// The other program that reads these files, and the package that holds it.
pub(crate) const ANTIWORD: &str = "antiword";

/// Reads a file: directly where that can be done, else by a program that can.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    let error = match read_directly(bytes, limits) {
        Err(error @ (IngestError::Unsupported(_) | IngestError::Damaged(_))) => error,
        done => return done,
    };
    // what other programs make of a damaged file differs, and they do not say what they have left out
    if let (IngestError::Damaged(_), Some(file)) = (&error, salvage::open(bytes)) {
        return docx::assemble(&parts(&file), Format::Doc, limits);
    }
    if let Some(Ok(source)) = convert::read(bytes, Format::Doc, limits) {
        return Ok(source);
    }
    if let Some(source) = by_antiword(bytes, limits) {
        return Ok(source);
    }
    let has_program = convert::find().is_some() || program::find(&[ANTIWORD], &[]).is_some();
    Err(match error {
        IngestError::Unsupported(_) if has_program => {
            IngestError::Damaged("không đọc được nội dung tệp Word".to_owned())
        }
        IngestError::Unsupported(_) => {
            IngestError::NeedsProgram { program: convert::NAME.to_owned(), package: convert::PACKAGE.to_owned() }
        }
        damaged => damaged,
    })
}

/// Reads a file without any other program.
///
/// # Errors
/// A password, damage, a version of Word before 97, or no text.
pub(crate) fn read_directly(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    let file = File::open(bytes, limits)?;
    docx::assemble(&parts(&file), Format::Doc, limits)
}

fn parts(file: &File) -> Parts {
    let reader = Reader::new(file);
    let [headers, footers] = story::furniture(file, &reader);
    Parts {
        body: story::body(file, &reader),
        numbering: Some(lists::numbering(file)),
        headers,
        footers,
        notes: [Some(story::notes(file, &reader, Note::Foot)), Some(story::notes(file, &reader, Note::End))],
        styles: None,
        damaged: file.damaged,
    }
}

/// The words of a file by the program `antiword`, which gives neither emphasis nor cells.
fn by_antiword(bytes: &[u8], limits: &Limits) -> Option<Source> {
    let program = program::find(&[ANTIWORD], &[])?;
    let folder = program::scratch().ok()?;
    let input = folder.path().join("in.doc");
    program::write_private(&input, bytes).ok()?;
    let mut command = Command::new(program);
    command.args(["-m", "UTF-8.txt", "-w", "0"]).arg(&input);
    let out = program::output(&mut command, folder.path(), Duration::from_secs(30))?;
    let words = nhiemvu_text::clean(&String::from_utf8_lossy(&out)).into_owned();
    let mut source = text::read(&words, limits).ok()?;
    source.format = Format::Doc;
    let message = "tệp Word đời cũ được đọc không có chữ đậm và ô bảng; cài libreoffice-writer để đọc đủ";
    source.diagnostics.push(nhiemvu_model::Diagnostic::new(WarningCode::LayoutUncertain, message, None));
    Some(source)
}

#[cfg(test)]
mod tests;
