//! Warnings, and why files could not be read, as rows.

use super::tasks::file;
use super::{Cell, Head, one_line};
use crate::lang::{Lang, coded};
use crate::record::{Fault, SourceInfo, Warning};
use crate::secrecy::stamped_by;

/// A warning of a document, or the fault that kept a file from being read.
pub(crate) struct WarningRow<'a> {
    pub(crate) source: &'a SourceInfo,
    pub(crate) what: What<'a>,
    /// The document's degree of secrecy.
    pub(crate) secrecy: Option<&'a str>,
    /// Number of the row, from 1.
    pub(crate) no: u32,
    /// Where the file is.
    pub(crate) file: Option<&'a str>,
    pub(crate) lang: Lang,
}

/// What is to be said.
#[derive(Clone, Copy)]
pub(crate) enum What<'a> {
    Warning(&'a Warning),
    Fault(&'a Fault),
}

type Of = fn(&WarningRow<'_>) -> Cell;

pub(crate) const COLUMNS: &[(Head, Of)] = &[
    (Head::one_line("no", 5), |row| Cell::count(row.no as usize)),
    (Head::wide("file", 40), |row| match file(row.source, row.file) {
        Cell::Link(words, link) => Cell::Link(stamped_by(row.secrecy, &words, row.lang), link),
        Cell::Text(words) => Cell::Text(stamped_by(row.secrecy, &words, row.lang)),
        other => other,
    }),
    (Head::wide("check", 26), |row| match row.what {
        What::Warning(warning) => Cell::text(coded(row.lang, "warning", &warning.code)),
        What::Fault(_) => Cell::text(coded(row.lang, "reading", "failed")),
    }),
    (Head::wide("message", 70), |row| match row.what {
        What::Warning(warning) => Cell::text(one_line(&warning.message)),
        What::Fault(fault) => Cell::text(one_line(&fault.message)),
    }),
    (Head::wide("hint", 50), |row| match row.what {
        What::Warning(_) => Cell::Empty,
        What::Fault(fault) => Cell::text(fault.hint.as_deref().map(one_line).unwrap_or_default()),
    }),
    (Head::one_line("page", 7), |row| match row.what {
        What::Warning(Warning { span: Some(span), .. }) => {
            span.page.map_or(Cell::Empty, |page| Cell::Number(f64::from(page)))
        }
        _ => Cell::Empty,
    }),
    (Head::one_line("line", 7), |row| match row.what {
        What::Warning(Warning { span: Some(span), .. }) => Cell::count(span.line),
        _ => Cell::Empty,
    }),
    (Head::one_line("code", 22), |row| match row.what {
        What::Warning(warning) => Cell::text(warning.code.as_ref()),
        What::Fault(fault) => Cell::text(fault.code.as_ref()),
    }),
];
