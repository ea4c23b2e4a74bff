//! Tab-separated tables, as all data of this crate is kept.

use chrono::NaiveDate;

/// A row: its cells, and its line in the file.
#[derive(Debug, Clone)]
pub(crate) struct Row<'t> {
    pub line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// Cell number `column`; empty where the row is shorter.
    pub fn get(&self, column: usize) -> &'t str {
        self.cells.get(column).copied().unwrap_or("")
    }

    /// The parts of a cell that `|` separates, empty ones left out.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').map(str::trim).filter(|s| !s.is_empty())
    }

    /// A date; `None` where the cell is empty or holds none.
    pub fn date(&self, column: usize) -> Option<NaiveDate> {
        parse_date(self.get(column))
    }
}

/// The rows of `tsv` below its head; empty lines and lines that start with `#` are left out.
pub(crate) fn rows(tsv: &str) -> impl Iterator<Item = Row<'_>> {
    lines(tsv).skip(1)
}

/// All rows, the head among them.
pub(crate) fn lines(tsv: &str) -> impl Iterator<Item = Row<'_>> {
    (1..)
        .zip(tsv.lines())
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(number, line)| Row { line: number, cells: line.split('\t').map(str::trim).collect() })
}

/// `YYYY-MM-DD`.
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}
