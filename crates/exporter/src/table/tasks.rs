//! Tasks as rows.

use super::names::stamped_label;
use super::{Cell, Head, Link, body, one_line};
use crate::lang::{Lang, coded};
use crate::record::{Agency, Task, TaskList};

/// A task in its document.
pub(crate) struct TaskRow<'a> {
    pub(crate) list: &'a TaskList,
    pub(crate) task: &'a Task,
    /// Number of the row, from 1.
    pub(crate) no: u32,
    /// Number of its document's row, from 1.
    pub(crate) document: u32,
    /// Where the file is.
    pub(crate) file: Option<&'a str>,
    pub(crate) lang: Lang,
}

type Of = fn(&TaskRow<'_>) -> Cell;

/// The columns, in the order in which they are read: what, who, by when, and then the rest.
pub(crate) const COLUMNS: &[(Head, Of)] = &[
    (Head::one_line("no", 5), |row| Cell::count(row.no as usize)),
    (Head::wide("document", 16), |row| {
        Cell::Link(stamped_label(&row.list.document, row.lang), Link::Document(row.document))
    }),
    (Head::wide("ordinal", 8), |row| Cell::text(&row.task.ordinal)),
    (Head::wide("title", 52), |row| Cell::text(&row.task.title)),
    (Head::wide("lead", 24), |row| row.bodies(&row.task.lead)),
    (Head::wide("coordinating", 26), |row| row.bodies(&row.task.coordinating)),
    (Head::one_line("due", 11), |row| Cell::date(earliest_due(row.task))),
    (Head::wide("limit", 22), |row| joined(row.task.deadlines.iter().map(|limit| one_line(&limit.raw)))),
    (Head::wide("report-to", 20), |row| row.bodies(&row.task.report_to)),
    (Head::wide("deliverable", 28), |row| joined(row.task.deliverables.iter().map(|product| one_line(&product.text)))),
    (Head::wide("monitoring", 18), |row| row.bodies(&row.task.monitoring)),
    (Head::wide("kind", 11), |row| Cell::text(coded(row.lang, "kind", &row.task.kind))),
    (Head::wide("stated", 14), |row| {
        Cell::text(row.task.status.as_ref().map(|status| coded(row.lang, "status", status)).unwrap_or_default())
    }),
    (Head::wide("check", 24), |row| joined(row.task.flags.iter().map(|flag| coded(row.lang, "flag", flag)))),
    (Head::wide("section", 30), |row| {
        let headings = row.task.section.iter();
        joined(headings.map(|heading| one_line(&format!("{} {}", heading.marker, heading.title))))
    }),
    (Head::one_line("document-date", 14), |row| Cell::date(row.list.document.date.as_deref())),
    (Head::wide("issuer", 24), |row| {
        Cell::text(row.list.document.issuer.as_ref().map(|issuer| body(issuer, Some(issuer))).unwrap_or_default())
    }),
    (Head::one_line("page", 7), |row| row.task.span.page.map_or(Cell::Empty, |page| Cell::Number(f64::from(page)))),
    (Head::one_line("text", 40), |row| Cell::text(one_line(&row.task.text))),
    (Head::one_line("file", 24), |row| file(&row.list.document.source, row.file)),
    (Head::one_line("id", 18), |row| Cell::text(&row.task.id)),
];

impl TaskRow<'_> {
    fn bodies(&self, bodies: &[Agency]) -> Cell {
        joined(bodies.iter().map(|one| body(one, self.list.document.issuer.as_ref())))
    }
}

/// Lists stand in one cell.
fn joined(words: impl Iterator<Item = String>) -> Cell {
    Cell::text(words.collect::<Vec<_>>().join("; "))
}

/// The file's path, with the member's behind it, leading to the file where it is known.
pub(crate) fn file(source: &crate::record::SourceInfo, link: Option<&str>) -> Cell {
    let words = match &source.member {
        Some(member) => format!("{} / {member}", source.path),
        None => source.path.clone(),
    };
    match link {
        Some(link) => Cell::Link(words, Link::File(link.to_owned())),
        None => Cell::text(words),
    }
}

/// The first of the last permitted days of a task's limits.
pub(crate) fn earliest_due(task: &Task) -> Option<&str> {
    task.deadlines.iter().filter_map(|limit| limit.due.as_deref()).min()
}
