//! One document, from its bytes to its record.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use nhiemvu_exporter::record::{ErrorRecord, SourceInfo, TaskList, Word};
use nhiemvu_exporter::{Record, error_record, task_list, with_text};
use nhiemvu_extractor as extractor;
use nhiemvu_ingest as ingest;
use nhiemvu_parser as parser;

use rayon::prelude::*;

use crate::{Options, Part, hash, parts, repeats, reread, select};

/// Converts one document: bytes to lines, lines to a tree, the tree to tasks, tasks to a record.
///
/// `name` is what the record calls the document (`source.path`); its extension counts only where the content cannot
/// tell the format. An archive or a saved e-mail is no document: [`convert`] opens it.
///
/// # Errors
/// The error record of a document that cannot be read: empty, of an unknown format, damaged, protected, without text,
/// or beyond the limits.
pub fn run(bytes: &[u8], name: &str, options: &Options) -> Result<TaskList, Box<ErrorRecord>> {
    document(bytes, SourceInfo { path: name.to_owned(), ..SourceInfo::default() }, options)
}

/// Converts a file: one record, or one for each document of a container, which its `source.member` names. There is
/// always at least one. What is wrong with one member, and a fault of the program itself, become error records.
pub fn convert(bytes: &[u8], name: &str, options: &Options) -> Vec<Record> {
    let whole = SourceInfo { path: name.to_owned(), ..SourceInfo::default() };
    match open(bytes, &whole, options) {
        Ok(parts) => parts.par_iter().map(|part| convert_part(part, &whole, options)).collect(),
        Err(record) => vec![*record],
    }
}

/// The documents of a file, or the error record of a container that cannot be opened.
pub(crate) fn open<'a>(bytes: &'a [u8], whole: &SourceInfo, options: &Options) -> Result<Vec<Part<'a>>, Box<Record>> {
    let found = isolated(whole, options, || {
        parts(bytes, &options.limits).map_err(|error| refused(&error, about(whole.clone(), bytes), options))
    });
    found.map_err(Box::new)
}

/// The record of one part of the file `whole`, which may itself be named as a member.
pub(crate) fn convert_part(part: &Part<'_>, whole: &SourceInfo, options: &Options) -> Record {
    let member = part.member.as_ref().or(whole.member.as_ref());
    let source = SourceInfo { member: member.cloned(), ..whole.clone() };
    let list = isolated(&source, options, || match &part.content {
        Ok(bytes) => document(bytes, source.clone(), options),
        Err(error) => Err(refused(error, source.clone(), options)),
    });
    list.map_or_else(|record| record, Record::Tasks)
}

/// What is known of every file that has bytes.
fn about(source: SourceInfo, bytes: &[u8]) -> SourceInfo {
    SourceInfo { bytes: Some(bytes.len() as u64), sha256: Some(hash::sha256(bytes)), ..source }
}

fn document(bytes: &[u8], source: SourceInfo, options: &Options) -> Result<TaskList, Box<ErrorRecord>> {
    let mut source = about(source, bytes);
    let name = source.member.as_ref().unwrap_or(&source.path);
    let read = match ingest::read(bytes, Some(name), &options.limits) {
        Ok(read) => read,
        Err(error) => {
            source.media_type = ingest::detect(bytes).map(|format| Word::Borrowed(format.media_type()));
            return Err(refused(&error, source, options));
        }
    };
    let document = parser::parse(reread(read));
    let context = extractor::Options { date: options.date, province: options.province.clone() };
    let extraction = extractor::extract(&document, options.registry(), &context);
    let mut list = task_list(&document, &extraction, source, options.generator());
    if options.with_text {
        with_text(&mut list, &document);
    }
    repeats::link(&mut list);
    select::keep(&mut list, &options.selection, options.registry());
    Ok(list)
}

fn refused(error: &ingest::IngestError, source: SourceInfo, options: &Options) -> Box<ErrorRecord> {
    Box::new(error_record(error.code(), error.to_string(), error.hint(), source, options.generator()))
}

/// Runs `work`; where it fails or panics, gives the error record of the document.
// An error is the exception, so that boxing it would gain nothing where it counts.
#[expect(clippy::result_large_err)]
fn isolated<T>(
    source: &SourceInfo,
    options: &Options,
    work: impl FnOnce() -> Result<T, Box<ErrorRecord>>,
) -> Result<T, Record> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Record::Error(*error)),
        Err(panic) => {
            let message = format!("lỗi của chính chương trình: {}", panic_message(&*panic));
            let hint = Some("gửi tệp này cho người phát triển nhiemvu".to_owned());
            Err(Record::Error(error_record("internal", message, hint, source.clone(), options.generator())))
        }
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("không rõ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_program_is_an_error_record() {
        let source = SourceInfo { path: "kh.md".to_owned(), ..SourceInfo::default() };
        let record =
            isolated(&source, &Options::default(), || -> Result<(), _> { panic!("hết số ở dòng {}", 3) });
        let Err(Record::Error(record)) = record else { panic!("an error record") };
        assert_eq!((record.error.code.as_ref(), record.source.path.as_str()), ("internal", "kh.md"));
        assert!(record.error.message.ends_with("hết số ở dòng 3"), "{}", record.error.message);
    }
}
