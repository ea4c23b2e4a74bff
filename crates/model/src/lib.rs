//! The nouns that every crate of nhiemvu shares.
//!
//! Plain data and nothing else: no pattern matching, no reading of files, no serialised form (that is
//! `nhiemvu_exporter::record`). The data follows the way of a document:
//!
//! ```text
//! bytes ─ingest→ Source (lines) ─parser→ Document (tree) ─extractor→ Extraction (tasks, targets)
//! ```
//!
//! Every value that was read from a document carries a [`Span`]: the place that it was read from.
//!
//! ```
//! use nhiemvu_model::Span;
//! let text = "Giao Sở Tài chính";
//! let span = Span::new(5, text.len());
//! assert_eq!(span.slice(text), "Sở Tài chính");
//! ```

mod agency;
mod date;
mod diagnostic;
mod document;
mod mended;
mod source;
mod span;
mod task;
mod time;
mod verdict;
mod written;

pub use agency::{Agency, AgencyKind, Jurisdiction, Successor, Via};
pub use date::{ClockTime, PartialDate};
pub use diagnostic::{Diagnostic, WarningCode};
pub use document::{
    Document, Field, FieldRole, Footnote, Header, Node, NodeId, NodeKind, Number, Recipient, Secrecy, Signer, Table,
    TableCell, TableRow, Urgency,
};
pub use mended::Mended;
pub use source::{Cell, Format, Line, LineRole, Place, RowMarks, Source, StyleRun};
pub use span::{LineIndex, Position, Span};
pub use task::{
    Comparator, Deadline, DeadlineKind, Deliverable, Extraction, Flag, Heading, Kind, LabelledValue, Reference, Status,
    Target, Task,
};
pub use time::{Anchor, Bound, Calendar, Frequency, Recurrence, TimeExpression, TimeValue, YearHint};
pub use verdict::{Explained, Outcome, Rule, Verdict};
pub use written::Written;
