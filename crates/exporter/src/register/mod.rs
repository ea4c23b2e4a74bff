//! The register of assigned tasks (sổ theo dõi nhiệm vụ): a book that grows day by day.

mod book;
mod lines;
mod merge;
mod package;

use chrono::NaiveDate;
use thiserror::Error;

pub use merge::Added;

/// A register: a row for each task, with columns that the program fills and others that people fill in by hand.
///
/// Rows and columns keep the order in which a file has them, with whatever people put there: own columns, own rows, own
/// formulas. A task is known by its document's key ([`crate::document_key`]) and its id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Register {
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
}

/// A column of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    /// Filled by the program; the key of its head.
    Own(&'static str),
    /// Filled by people; its head.
    Hand(String),
}

/// A cell of a register.
#[derive(Debug, Clone, PartialEq, Default)]
enum Value {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Bool(bool),
    Day(NaiveDate),
    /// Days since the turn of 1899 with a time of day, as Excel counts.
    Moment(f64),
    /// A formula and the value that it had.
    Formula(String, Box<Value>),
}

/// Columns that the program fills, in the order of a new book.
const OWN: [&str; 18] = [
    "document",
    "issuer",
    "document-date",
    "ordinal",
    "title",
    "lead",
    "coordinating",
    "due",
    "limit",
    "report-to",
    "deliverable",
    "check",
    "state",
    "note",
    "change",
    "file",
    "text",
    "key",
];
/// Columns of a new book that are left to people.
const HAND: [&str; 2] = ["state", "note"];
/// Hidden: what the program wrote last, so that it can tell what people have changed since.
const PRINTS: &str = "prints";

/// Why a book cannot be used; it is then left as it is.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The file is no workbook, or a damaged one.
    #[error("not a workbook that can be read: {0}")]
    Unreadable(String),
    /// The book holds something that would be lost in writing it again: another sheet, notes, pictures, charts, macros.
    #[error("the book holds what would be lost in writing it again: {0}")]
    WouldLose(String),
    /// The book has no column of keys.
    #[error("the book is no register: it has no column of keys")]
    NotRegister,
    /// Line of NDJSON, from 1, that is no flat JSON object.
    #[error("line {0} is no entry of a register")]
    Line(usize),
    /// The book cannot be written.
    #[error("the book cannot be written: {0}")]
    Unwritable(String),
}

impl Register {
    /// An empty register.
    pub fn new() -> Self {
        let mut register = Self::default();
        register.complete();
        register
    }

    /// Rows of the book, by whomever they were put there.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the columns of the program that are not there.
    fn complete(&mut self) {
        for key in OWN.into_iter().chain([PRINTS]) {
            if self.position(key).is_none() {
                self.columns.push(Column::Own(key));
            }
        }
        let width = self.columns.len();
        self.rows.iter_mut().for_each(|row| row.resize(width, Value::Empty));
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| matches!(column, Column::Own(own) if *own == key))
    }

    fn get(&self, row: usize, key: &str) -> &Value {
        let cell = self.position(key).and_then(|at| self.rows.get(row)?.get(at));
        cell.unwrap_or(&Value::Empty)
    }

    fn set(&mut self, row: usize, key: &str, value: Value) {
        let cell = self.position(key).and_then(|at| self.rows.get_mut(row)?.get_mut(at));
        if let Some(cell) = cell {
            *cell = value;
        }
    }
}

/// The key of the program's column that has this head in some language, or this key.
fn own(head: &str) -> Option<&'static str> {
    let head = head.trim();
    OWN.into_iter().chain([PRINTS]).find(|key| {
        *key == head || crate::Lang::ALL.iter().any(|lang| crate::lang::known(*lang, &head_key(key)) == Some(head))
    })
}

/// The key of the words of a head: some differ from those of other sheets.
fn head_key(key: &str) -> String {
    if ["state", "note", "change", "key", PRINTS].contains(&key) { format!("register.{key}") } else { key.to_owned() }
}

impl Value {
    fn words(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) => words.clone(),
            Self::Number(number) | Self::Moment(number) => number.to_string(),
            Self::Bool(value) => value.to_string(),
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
            Self::Formula(_, value) => value.words(),
        }
    }
}
