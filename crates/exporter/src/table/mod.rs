//! Records as rows and columns, for sheets and CSV.

mod cell;
mod documents;
mod names;
mod targets;
mod tasks;
mod warnings;

pub(crate) use cell::{Cell, Head, Link, is_formula};
pub(crate) use documents::{COLUMNS as DOCUMENT_COLUMNS, DocumentRow};
pub(crate) use names::one_line;
pub use names::{body, document_label};
pub(crate) use targets::{COLUMNS as TARGET_COLUMNS, TargetRow};
pub(crate) use tasks::{COLUMNS as TASK_COLUMNS, TaskRow};
pub(crate) use warnings::{COLUMNS as WARNING_COLUMNS, WarningRow, What};
