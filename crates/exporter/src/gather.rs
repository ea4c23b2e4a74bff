//! Formats that gather many documents in one file.

use std::io::{self, Write};

use crate::Record;

/// A record, and where its file is.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The task list or error record.
    pub record: &'a Record,
    /// Path of the file relative to what is written, with `/` between its parts, for links; `None` where there is none.
    pub file: Option<&'a str>,
}

/// Writes many records into one file: a workbook, a table, a calendar, an import file.
///
/// Records are given in order, one [`Gather::add`] each, and [`Gather::finish`] comes once at the end. Both take the
/// stream, so that formats that can be written as they come need no memory.
pub trait Gather {
    /// Takes a record.
    ///
    /// # Errors
    /// Those of `to`; [`io::ErrorKind::FileTooLarge`] where the format holds no more.
    fn add(&mut self, to: &mut dyn Write, entry: Entry<'_>) -> io::Result<()>;

    /// Writes what is left.
    ///
    /// # Errors
    /// Those of `to`.
    fn finish(&mut self, to: &mut dyn Write) -> io::Result<()>;

    /// How many tasks have no day and were left out, as the format has no place for them.
    fn undated(&self) -> usize {
        0
    }
}
