//! Documents, and files that could not be read, as rows.

use super::names::stamped_label;
use super::tasks::file;
use super::{Cell, Head, body, one_line};
use crate::Record;
use crate::lang::{Lang, coded};
use crate::record::{SourceInfo, TaskList};

/// A document, or a file that could not be read.
pub(crate) struct DocumentRow<'a> {
    pub(crate) record: &'a Record,
    /// Number of the row, from 1.
    pub(crate) no: u32,
    /// Where the file is.
    pub(crate) file: Option<&'a str>,
    pub(crate) lang: Lang,
}

type Of = fn(&DocumentRow<'_>) -> Cell;

pub(crate) const COLUMNS: &[(Head, Of)] = &[
    (Head::one_line("no", 5), |row| Cell::count(row.no as usize)),
    (Head::wide("number", 18), |row| row.list_or(|list| Cell::text(stamped_label(&list.document, row.lang)))),
    (Head::wide("type", 14), |row| row.words(|list| list.document.type_name.clone())),
    (Head::one_line("date", 12), |row| row.list_or(|list| Cell::date(list.document.date.as_deref()))),
    (Head::wide("issuer", 26), |row| row.words(|list| list.document.issuer.as_ref().map(|issuer| body(issuer, None)))),
    (Head::wide("subject", 52), |row| row.words(|list| list.document.subject.as_deref().map(one_line))),
    (Head::wide("signer", 20), |row| row.words(|list| list.document.signer.as_ref()?.name.clone())),
    (Head::wide("position", 18), |row| row.words(|list| list.document.signer.as_ref()?.position.clone())),
    (Head::wide("urgency", 11), |row| {
        row.words(|list| Some(coded(row.lang, "urgency", list.document.urgency.as_ref()?)))
    }),
    (Head::wide("secrecy", 11), |row| {
        row.words(|list| Some(coded(row.lang, "secrecy", list.document.secrecy.as_ref()?)))
    }),
    (Head::one_line("pages", 9), |row| {
        row.list_or(|list| list.document.pages.map_or(Cell::Empty, |pages| Cell::Number(f64::from(pages))))
    }),
    (Head::wide("reading", 16), |row| Cell::text(row.reading())),
    (Head::one_line("tasks", 12), |row| row.list_or(|list| Cell::count(list.tasks.len()))),
    (Head::one_line("flagged", 14), |row| {
        row.list_or(|list| Cell::count(list.tasks.iter().filter(|task| !task.flags.is_empty()).count()))
    }),
    (Head::one_line("targets", 11), |row| row.list_or(|list| Cell::count(list.targets.len()))),
    (Head::one_line("warnings", 12), |row| row.list_or(|list| Cell::count(list.warnings.len()))),
    (Head::wide("file", 40), |row| file(row.source(), row.file)),
    (Head::one_line("sha256", 20), |row| Cell::text(row.source().sha256.clone().unwrap_or_default())),
];

impl<'a> DocumentRow<'a> {
    fn list_or(&self, cell: impl Fn(&'a TaskList) -> Cell) -> Cell {
        match self.record {
            Record::Tasks(list) => cell(list),
            Record::Error(_) => Cell::Empty,
        }
    }

    fn words(&self, words: impl Fn(&'a TaskList) -> Option<String>) -> Cell {
        self.list_or(|list| Cell::text(words(list).unwrap_or_default()))
    }

    fn source(&self) -> &'a SourceInfo {
        match self.record {
            Record::Tasks(list) => &list.document.source,
            Record::Error(error) => &error.source,
        }
    }

    fn reading(&self) -> String {
        match self.record {
            Record::Error(_) => coded(self.lang, "reading", "failed"),
            Record::Tasks(list) if list.document.ocr => {
                let whole = coded(self.lang, "reading", &list.document.status);
                format!("{whole}; {}", coded(self.lang, "reading", "ocr"))
            }
            Record::Tasks(list) => coded(self.lang, "reading", &list.document.status),
        }
    }
}
