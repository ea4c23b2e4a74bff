//! What stands in a cell.

use chrono::NaiveDate;

/// A column: the key of its head in `data/labels.tsv`, and how it looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    pub(crate) key: &'static str,
    /// Width in characters.
    pub(crate) width: u16,
    /// Whether long words go on below; where not, they are cut off by the next column.
    pub(crate) wrap: bool,
}

impl Head {
    pub(crate) const fn wide(key: &'static str, width: u16) -> Self {
        Self { key, width, wrap: true }
    }

    pub(crate) const fn one_line(key: &'static str, width: u16) -> Self {
        Self { key, width, wrap: false }
    }
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Day(NaiveDate),
    /// Words that lead somewhere.
    Link(String, Link),
}

/// Where a cell leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// A row of the sheet of documents, from 1.
    Document(u32),
    /// A file, by a URL or a path relative to the workbook.
    File(String),
}

impl Cell {
    /// Words, or nothing where there are none.
    pub(crate) fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }

    /// A whole number.
    pub(crate) fn count(number: usize) -> Self {
        Self::Number(number as f64)
    }

    /// A date of the schema; one without a day is written `05/2026`.
    pub(crate) fn date(date: Option<&str>) -> Self {
        let Some(date) = date else { return Self::Empty };
        match date.parse::<NaiveDate>() {
            Ok(day) => Self::Day(day),
            Err(_) => Self::Text(date.split('-').rev().collect::<Vec<_>>().join("/")),
        }
    }

    /// As CSV has it: dates by ISO 8601, and words so that no program takes them for a formula.
    pub(crate) fn to_csv(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) | Self::Link(words, _) => harmless(words),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.format("%Y-%m-%d").to_string(),
        }
    }
}

/// `words` with an apostrophe before them where a spreadsheet would run them as a formula: where they begin with `=`, `+`,
/// `-`, `@`, also in full width, behind any space, tab or line end (OWASP, CSV injection).
pub(crate) fn harmless(words: &str) -> String {
    if is_formula(words) { format!("'{words}") } else { words.to_owned() }
}

/// Whether a spreadsheet that reads `words` from CSV may take them for a formula.
pub(crate) fn is_formula(words: &str) -> bool {
    let first = words.chars().find(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{feff}');
    words.starts_with(['\t', '\r', '\n']) || first.is_some_and(|c| "=+-@＝＋－＠".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_as_a_formula_is_told() {
        for words in ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", " =1", "\n=1", "\u{feff}=1", "＝1", "\tvăn bản"] {
            assert!(is_formula(words), "{words:?}");
            assert_eq!(harmless(words), format!("'{words}"));
        }
        for words in ["", "Sở Y tế", "5=5", "a-b", "'=1", "– gạch ngang"] {
            assert_eq!(harmless(words), words);
        }
    }

    #[test]
    fn dates_are_days_where_they_have_one() {
        assert_eq!(Cell::date(Some("2026-05-15")), Cell::Day(NaiveDate::from_ymd_opt(2026, 5, 15).unwrap()));
        assert_eq!(Cell::date(Some("2026-05")), Cell::Text("05/2026".to_owned()));
        assert_eq!((Cell::date(None), Cell::text("")), (Cell::Empty, Cell::Empty));
    }
}
