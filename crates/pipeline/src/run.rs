//! One document, from its bytes to its record.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use nhiemvu_exporter::record::{ErrorRecord, SourceInfo, TaskList, Word};
use nhiemvu_exporter::{Record, error_record, task_list, with_text};
use nhiemvu_extractor as extractor;
use nhiemvu_ingest as ingest;
use nhiemvu_parser as parser;

use crate::{Options, hash, select};

/// Converts one document: bytes to lines, lines to a tree, the tree to tasks, tasks to a record.
///
/// `name` is what the record calls the document (`source.path`); its extension counts only where the content cannot
/// tell the format.
///
/// # Errors
/// The error record of a document that cannot be read: empty, of an unknown format, damaged, protected, without text,
/// or beyond the limits.
pub fn run(bytes: &[u8], name: &str, options: &Options) -> Result<TaskList, Box<ErrorRecord>> {
    let mut source = SourceInfo {
        path: name.to_owned(),
        bytes: Some(bytes.len() as u64),
        sha256: Some(hash::sha256(bytes)),
        ..SourceInfo::default()
    };
    let read = match ingest::read(bytes, Some(name), &options.limits) {
        Ok(read) => read,
        Err(error) => {
            source.media_type = ingest::detect(bytes).map(|format| Word::Borrowed(format.media_type()));
            let (code, message) = (error.code(), error.to_string());
            return Err(Box::new(error_record(code, message, error.hint(), source, options.generator())));
        }
    };
    let document = parser::parse(read);
    let context = extractor::Options { date: options.date, province: options.province.clone() };
    let extraction = extractor::extract(&document, options.registry(), &context);
    let mut list = task_list(&document, &extraction, source, options.generator());
    if options.with_text {
        with_text(&mut list, &document);
    }
    select::keep(&mut list, &options.selection, options.registry());
    Ok(list)
}

/// As [`run()`], and a fault of the program itself becomes an error record as well.
pub fn convert(bytes: &[u8], name: &str, options: &Options) -> Record {
    isolated(name, options, || run(bytes, name, options))
}

/// Runs `work`; where it panics, gives the error record `internal` of the document `name`.
pub(crate) fn isolated(
    name: &str,
    options: &Options,
    work: impl FnOnce() -> Result<TaskList, Box<ErrorRecord>>,
) -> Record {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(list)) => Record::Tasks(list),
        Ok(Err(error)) => Record::Error(*error),
        Err(panic) => {
            let source = SourceInfo { path: name.to_owned(), ..SourceInfo::default() };
            let message = format!("lỗi của chính chương trình: {}", panic_message(&*panic));
            let hint = Some("gửi tệp này cho người phát triển nhiemvu".to_owned());
            Record::Error(error_record("internal", message, hint, source, options.generator()))
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
        let record = isolated("kh.md", &Options::default(), || panic!("hết số ở dòng {}", 3));
        let Record::Error(record) = record else { panic!("an error record") };
        assert_eq!((record.error.code.as_ref(), record.source.path.as_str()), ("internal", "kh.md"));
        assert!(record.error.message.ends_with("hết số ở dòng 3"), "{}", record.error.message);
    }
}
