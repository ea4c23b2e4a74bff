//! One document, from its bytes to its record.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use nhiemvu_exporter::record::{ErrorRecord, SourceInfo, TaskList, Word};
use nhiemvu_exporter::{Record, error_record, task_list, with_text};
use nhiemvu_extractor as extractor;
use nhiemvu_ingest as ingest;
use nhiemvu_parser as parser;

use rayon::prelude::*;

use crate::{Options, Part, hash, parts, repeats, select};

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
    let mut parts = Vec::new();
    let opened = isolated(&whole, options, || match parts_of(bytes, &whole, options) {
        Ok(found) => {
            parts = found;
            Ok(None)
        }
        Err(error) => Err(error),
    });
    if let Some(error) = opened {
        return vec![error];
    }
    let one = |part: &Part<'_>| {
        let source = SourceInfo { member: part.member.clone(), ..whole.clone() };
        isolated(&source, options, || match &part.content {
            Ok(bytes) => document(bytes, source.clone(), options).map(Some),
            Err(error) => Err(refused(error, source.clone(), options)),
        })
    };
    parts.par_iter().filter_map(one).collect()
}

fn parts_of<'a>(bytes: &'a [u8], whole: &SourceInfo, options: &Options) -> Result<Vec<Part<'a>>, Box<ErrorRecord>> {
    parts(bytes, &options.limits).map_err(|error| refused(&error, about(whole.clone(), bytes), options))
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
    let document = parser::parse(read);
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

/// Runs `work`; where it panics, gives the error record `internal` of the document. `None` where the work gives none.
pub(crate) fn isolated(
    source: &SourceInfo,
    options: &Options,
    work: impl FnOnce() -> Result<Option<TaskList>, Box<ErrorRecord>>,
) -> Option<Record> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(list)) => list.map(Record::Tasks),
        Ok(Err(error)) => Some(Record::Error(*error)),
        Err(panic) => {
            let message = format!("lỗi của chính chương trình: {}", panic_message(&*panic));
            let hint = Some("gửi tệp này cho người phát triển nhiemvu".to_owned());
            Some(Record::Error(error_record("internal", message, hint, source.clone(), options.generator())))
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
        let record = isolated(&source, &Options::default(), || panic!("hết số ở dòng {}", 3));
        let Some(Record::Error(record)) = record else { panic!("an error record") };
        assert_eq!((record.error.code.as_ref(), record.source.path.as_str()), ("internal", "kh.md"));
        assert!(record.error.message.ends_with("hết số ở dòng 3"), "{}", record.error.message);
    }
}
