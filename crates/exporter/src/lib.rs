//! Task lists as bytes: the records of the schema, written as JSON and NDJSON and read back.
//!
//! The only crate that knows the wire format; the model's nouns have no serialised form of their own.
//!
//! ```
//! use nhiemvu_exporter::record::{Generator, SourceInfo};
//! use nhiemvu_exporter::{Layout, error_record, to_json};
//! let source = SourceInfo { path: "kh.pdf".to_owned(), ..SourceInfo::default() };
//! let record = error_record("empty", "tệp rỗng", None, source, Generator::default());
//! assert!(String::from_utf8(to_json(&record, Layout::Compact))?.contains(r#""code":"empty""#));
//! # Ok::<(), std::string::FromUtf8Error>(())
//! ```

mod convert;
mod fault;
mod json;
pub mod record;
mod tree;
mod words;

pub use convert::{task_list, with_text};
pub use fault::{ERROR_CODES, error_record};
pub use json::{Layout, ReadError, Record, read_json, read_ndjson, to_json, write_json};
pub use tree::{Tree, Why, outline, tree};

/// The JSON Schema (draft 2020-12) that every record follows.
pub const SCHEMA: &str = include_str!("../schema/tasklist.schema.json");
