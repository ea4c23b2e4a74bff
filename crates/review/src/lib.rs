//! Compares task lists with what a person made of the same documents.
//!
//! [`score()`] gives precision, recall and F1 per field against gold files; [`diff()`] says what changed against a fixture,
//! task by task and field by field; [`accept`](mod@accept) makes a reviewed result the fixture.
//!
//! ```
//! use nhiemvu_review::score;
//! use serde_json::json;
//! let gold = json!({"tasks": [{"anchor": "lập dự toán", "kind": "assigned", "lead": ["Sở Tài chính"], "coordinating": []}]});
//! let output = json!({"tasks": [{"text": "Lập dự toán năm sau.", "kind": "assigned", "lead": [{"name": "Sở Tài chính"}]}]});
//! assert_eq!(score(&gold, Some(&output)).tally.row("kh").no_edit, Some(1.0));
//! ```

pub mod accept;
mod diff;
mod files;
mod page;
mod score;
mod words;

pub use diff::{
    Change, DiffReport, Difference, DocumentDiff, Leaf, NamedDiff, Only, Part, Place, Style, Totals, UnknownField,
    compare_pages, diff, diff_files, read_results,
};
pub use files::{FileError, Problem, read_json, read_records, result_files};
pub use nhiemvu_exporter::Lang;
pub use page::{Block, BlockKind, Outline, PageDocument, PageFile, folder, page};
pub use score::{Found, Note, Row, ScoreReport, Scored, ScoredDocument, Share, Tally, norm, score, score_files};
