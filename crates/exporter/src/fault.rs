//! Error records.

use crate::record::{ErrorRecord, Fault, Generator, SourceInfo, Word};

/// The codes that an error record may bear.
pub const ERROR_CODES: [&str; 15] = [
    "not-found",
    "unreadable",
    "not-a-file",
    "empty",
    "unknown-format",
    "unsupported",
    "needs-program",
    "password",
    "damaged",
    "no-text",
    "timeout",
    "memory-limit",
    "size-limit",
    "worker-died",
    "internal",
];

/// The record of a document that could not be converted.
///
/// A `code` that is none of [`ERROR_CODES`] becomes `internal`, so that the record stays valid.
pub fn error_record(
    code: &str,
    message: impl Into<String>,
    hint: Option<String>,
    source: SourceInfo,
    generator: Generator,
) -> ErrorRecord {
    let code = ERROR_CODES.into_iter().find(|known| *known == code).unwrap_or("internal");
    let error = Fault { code: Word::Borrowed(code), message: message.into(), hint };
    ErrorRecord { generator, source, error, ..ErrorRecord::default() }
}
