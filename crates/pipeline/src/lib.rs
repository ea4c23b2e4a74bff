//! The whole way of a document, from bytes to tasks.
//!
//! This is the crate that another program embeds. [`run()`] converts one document, [`convert()`] a file, which may
//! be an archive or a saved e-mail of several; [`batch()`] converts many files, each on its own, so that a bad one harms no
//! other. None reads the clock, the environment or the network: the same bytes and
//! the same [`Options`] give the same record.
//!
//! ```
//! use nhiemvu_pipeline::{Options, run};
//!
//! let notice = "# THÔNG BÁO\n\nYêu cầu các cơ quan thực hiện:\n\n\
//!     1. Sở Tài chính chủ trì lập dự toán bến thuyền, báo cáo UBND tỉnh trước ngày 15/5/2031.\n";
//! match run(notice.as_bytes(), "thong-bao.md", &Options::default()) {
//!     Ok(list) => {
//!         for task in &list.tasks {
//!             let due = task.deadlines.first().and_then(|deadline| deadline.due.as_deref());
//!             println!("{}: {} ({})", task.lead[0].name, task.title, due.unwrap_or("-"));
//!         }
//!         assert_eq!(list.tasks[0].lead[0].name, "Sở Tài chính");
//!         assert_eq!(list.tasks[0].deadlines[0].due.as_deref(), Some("2031-05-14"));
//!     }
//!     Err(record) => eprintln!("{}: {}", record.source.path, record.error.message),
//! }
//! ```
//!
//! The records are those of the JSON Schema, [`nhiemvu_exporter::SCHEMA`]; `nhiemvu_exporter::to_json` writes them.

mod batch;
mod duplicates;
mod hash;
mod isolate;
mod member;
mod options;
mod ordered;
mod read;
mod repeats;
mod reread;
mod run;
mod select;
mod sketch;

pub use batch::{Input, batch, batch_until};
pub use duplicates::{Duplicates, Fingerprint, set_mark};
pub use hash::sha256;
pub use isolate::{Converter, Isolation, RegistryFile, Stop, serve};
pub use member::{Part, parts};
pub use nhiemvu_exporter::record;
pub use nhiemvu_exporter::{Layout, Record, to_json};
pub use nhiemvu_ingest::Limits;
pub use nhiemvu_normalizer::Registry;
pub use options::{Options, Selection};
pub use ordered::ordered;
pub use read::{hash_file, read_file};
pub use reread::reread;
pub use run::{convert, run};
pub use select::keep;
