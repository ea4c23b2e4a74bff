//! CSV for spreadsheets (RFC 4180): UTF-8 with a byte-order mark, a row for each task.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use crate::Record;
use crate::gather::{Entry, Gather};
use crate::lang::{Lang, label};
use crate::table::{Cell, TASK_COLUMNS, TaskRow};

/// Tasks as CSV.
///
/// Columns are those of the workbook's first sheet; lists stand in one cell, parted by `; `; dates are written by ISO
/// 8601. A value that a spreadsheet would run as a formula has an apostrophe before it. Documents without tasks and
/// error records have no row.
#[derive(Debug)]
pub struct Csv {
    lang: Lang,
    documents: u32,
    rows: u32,
    begun: bool,
}

impl Csv {
    /// Heads of columns, and words for codes, in `lang`.
    pub fn new(lang: Lang) -> Self {
        Self { lang, documents: 0, rows: 0, begun: false }
    }

    /// The mark and the heads, before the first row.
    fn begin(&mut self, to: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        to.write_all("\u{feff}".as_bytes())?;
        let mut table = rows(to);
        table.write_record(TASK_COLUMNS.iter().map(|(head, _)| label(self.lang, head.key)))?;
        table.flush()
    }
}

/// Lines end as RFC 4180 has it, and as Excel writes them.
fn rows(to: &mut dyn Write) -> Writer<&mut dyn Write> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to)
}

impl Gather for Csv {
    fn add(&mut self, to: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        self.begin(to)?;
        let mut table = rows(to);
        self.documents += 1;
        if let Record::Tasks(list) = entry.record {
            for task in &list.tasks {
                self.rows += 1;
                let row =
                    TaskRow { list, task, no: self.rows, document: self.documents, file: entry.file, lang: self.lang };
                table.write_record(TASK_COLUMNS.iter().map(|(_, of)| Cell::to_csv(&of(&row))))?;
            }
        }
        table.flush()
    }

    fn finish(&mut self, to: &mut dyn Write) -> io::Result<()> {
        self.begin(to)?;
        to.flush()
    }
}
