//! Targets as rows.

use super::names::stamped_label;
use super::{Cell, Head, Link, one_line};
use crate::lang::Lang;
use crate::record::{Target, TaskList};

/// A target in its document.
pub(crate) struct TargetRow<'a> {
    pub(crate) list: &'a TaskList,
    pub(crate) target: &'a Target,
    /// Number of the row, from 1.
    pub(crate) no: u32,
    /// Number of its document's row, from 1.
    pub(crate) document: u32,
    pub(crate) lang: Lang,
}

type Of = fn(&TargetRow<'_>) -> Cell;

pub(crate) const COLUMNS: &[(Head, Of)] = &[
    (Head::one_line("no", 5), |row| Cell::count(row.no as usize)),
    (Head::wide("document", 16), |row| {
        Cell::Link(stamped_label(&row.list.document, row.lang), Link::Document(row.document))
    }),
    (Head::wide("target", 60), |row| Cell::text(one_line(&row.target.text))),
    (Head::one_line("comparator", 8), |row| Cell::text(sign(&row.target.comparator))),
    (Head::one_line("value", 12), |row| Cell::Number(row.target.value)),
    (Head::one_line("value-max", 10), |row| row.target.value_max.map_or(Cell::Empty, Cell::Number)),
    (Head::wide("unit", 16), |row| Cell::text(row.target.unit.clone().unwrap_or_default())),
    (Head::one_line("due", 11), |row| Cell::date(row.target.deadline.as_ref().and_then(|limit| limit.due.as_deref()))),
    (Head::wide("figure", 26), |row| Cell::text(one_line(&row.target.raw))),
    (Head::wide("section", 30), |row| {
        let headings = row.target.section.iter();
        let words = headings.map(|heading| one_line(&format!("{} {}", heading.marker, heading.title)));
        Cell::text(words.collect::<Vec<_>>().join("; "))
    }),
    (Head::one_line("page", 7), |row| row.target.span.page.map_or(Cell::Empty, |page| Cell::Number(f64::from(page)))),
];

/// The sign as people write it.
fn sign(comparator: &str) -> &str {
    match comparator {
        ">=" => "≥",
        "<=" => "≤",
        "~" => "≈",
        // a cell of a lone `=` would look like an unfinished formula
        "=" => "bằng",
        other => other,
    }
}
