//! What differs between a result and what is expected of it.
//!
//! Tasks are aligned by id, then by text and place, so that a changed word is a changed task and not one gone and one
//! new; then they are compared field by field. An expected file may be partial: only the fields that it has are
//! compared. What made a record (`generator`, `document.source`, `schema_version`) is left out.

mod align;
mod compare;
mod difference;
mod document;
mod files;
mod markdown;
mod pieces;
pub(crate) mod show;
mod text;

pub use compare::Leaf;
pub use difference::{Change, Difference, DocumentDiff, Only, Part, Place, UnknownField};
pub use document::diff;
pub(crate) use document::secrecy;
pub use files::{DiffReport, NamedDiff, Totals, compare_pages, diff_files, read_results};
pub use text::Style;
