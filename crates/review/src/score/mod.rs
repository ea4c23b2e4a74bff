//! Scores extracted task lists against gold files written by hand.
//!
//! A gold task is named by an `anchor`, a few words that stand once in the document; the extracted task whose text holds
//! the anchor is the one found. Two gold tasks in one extracted task count once (merging loses recall); an extracted task
//! that holds no anchor loses precision. `optional` gold tasks count neither way.

mod document;
mod limits;
mod matching;
mod names;
mod norm;
mod report;
mod tally;

use serde_json::Value;

pub use document::{Note, Scored, score};
pub use norm::norm;
pub use report::{ScoreReport, ScoredDocument, score_files};
pub use tally::{Found, Row, Share, Tally};

/// The objects of a JSON array; none where it is no array.
pub(crate) fn objects(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten().filter(|v| v.is_object())
}
