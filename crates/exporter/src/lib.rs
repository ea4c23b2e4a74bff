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
mod csv;
mod fault;
mod file_name;
mod gather;
mod ics;
mod json;
mod key;
mod labelstudio;
mod lang;
mod original;
pub mod record;
mod recur;
mod register;
mod secrecy;
mod table;
mod tree;
mod words;
mod xlsx;

pub use convert::{task_list, with_text};
pub use csv::Csv;
pub use fault::{ERROR_CODES, error_record};
pub use file_name::{Naming, file_name, file_path, windows_path};
pub use gather::{Entry, Gather};
pub use ics::{CalendarItem, Ics};
pub use json::{Layout, ReadError, Record, decode, read_json, read_ndjson, to_json, write_json};
pub use key::document_key;
pub use labelstudio::{LABEL_STUDIO_CONFIG, LabelStudio};
pub use lang::Lang;
pub use recur::Rule;
pub use register::{Added, Register, RegisterError};
pub use secrecy::{document_stamp, highest_secrecy, secrecy_stamp, stamped};
pub use table::{body as body_name, document_label};
pub use tree::{Tree, Why, outline, tree};
pub use xlsx::Xlsx;

/// The JSON Schema (draft 2020-12) that every record follows.
pub const SCHEMA: &str = include_str!("../schema/tasklist.schema.json");
