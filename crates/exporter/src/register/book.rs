//! Registers as workbooks.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx as Book, open_workbook_from_rs};
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::package::check;
use super::{Column, HAND, PRINTS, Register, RegisterError, Value, head_key, own};
use crate::lang::{Lang, label};
use crate::secrecy::{SECRECY, highest_secrecy, secrecy_stamp};
use crate::table::Head;
use crate::xlsx::{Looks, Sheet, new_book, stamp, urgency};

impl Register {
    /// Reads a book, whole or not at all.
    ///
    /// # Errors
    /// [`RegisterError::Unreadable`], [`RegisterError::NotRegister`]; [`RegisterError::WouldLose`] where it holds what
    /// [`Register::to_xlsx`] could not write again.
    pub fn from_xlsx(bytes: &[u8]) -> Result<Self, RegisterError> {
        check(bytes)?;
        let unreadable = |error: calamine::XlsxError| RegisterError::Unreadable(error.to_string());
        let mut book: Book<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
        let names = book.sheet_names();
        let [name] = names.as_slice() else {
            let names = names.iter().skip(1).cloned().collect::<Vec<_>>();
            return Err(RegisterError::WouldLose(names.join(", ")));
        };
        let cells = book.worksheet_range(name).map_err(unreadable)?;
        let formulas = book.worksheet_formula(name).map_err(unreadable)?;
        let end = cells.end().unwrap_or_default();
        let cell = |row: u32, column: u32| cell(&cells, &formulas, row, column);
        let columns: Vec<Column> = (0..=end.1).map(|at| column(&cell(0, at).words())).collect();
        let mut register = Self { columns, rows: Vec::new() };
        if register.position("key").is_none() {
            return Err(RegisterError::NotRegister);
        }
        register.rows = (1..=end.0).map(|row| (0..=end.1).map(|at| cell(row, at)).collect()).collect();
        register.complete();
        Ok(register)
    }

    /// The register as a workbook, with filters, a frozen head, and colours for what is late, near or changed.
    ///
    /// # Errors
    /// [`RegisterError::Unwritable`] where there are more rows than a sheet holds.
    pub fn to_xlsx(&self, lang: Lang) -> Result<Vec<u8>, RegisterError> {
        self.book(lang).map_err(|error| RegisterError::Unwritable(error.to_string()))
    }

    fn book(&self, lang: Lang) -> Result<Vec<u8>, XlsxError> {
        let looks = Looks::new(lang);
        let heads: Vec<Head> = self.columns.iter().map(head).collect();
        let mut sheet = Sheet::new(heads.clone());
        for row in &self.rows {
            sheet.next(row.iter().map(Value::words))?;
            for (at, value) in row.iter().enumerate() {
                let Some(head) = heads.get(at) else { continue };
                put(sheet.rows, at as u16, value, *head, &looks, sheet.page())?;
            }
        }
        urgency(&mut sheet, true)?;
        if let Some(change) = sheet.letter("change") {
            let rule = format!("=LEN(${change}2)>0");
            sheet.paint("change", &rule, Format::new().set_background_color("DDEBF7").set_font_color("1F4E79"))?;
        }
        let hidden = ["key", PRINTS].map(|key| sheet.position(key));
        let mut page = sheet.finish(label(lang, "register"), 0, lang, &looks)?;
        for (at, column) in self.columns.iter().enumerate() {
            let words = match column {
                Column::Own(key) => label(lang, &head_key(key)).to_owned(),
                Column::Hand(words) => words.clone(),
            };
            let by_hand = matches!(column, Column::Hand(_)) || HAND.iter().any(|key| *column == Column::Own(key));
            page.write_string_with_format(0, at as u16, words, if by_hand { &looks.hand } else { &looks.head })?;
        }
        for column in hidden.into_iter().flatten() {
            page.set_column_hidden(column)?;
        }
        stamp(&mut page, self.secrecy(), lang);
        let mut book = new_book()?;
        book.push_worksheet(page);
        book.save_to_buffer()
    }
}

impl Register {
    /// The highest degree of secrecy that the rows are stamped with, in whichever language.
    fn secrecy(&self) -> Option<&'static str> {
        let stamps =
            SECRECY.iter().flat_map(|code| Lang::ALL.map(|lang| (*code, format!("[{}]", secrecy_stamp(code, lang)))));
        let stamps: Vec<(&str, String)> = stamps.collect();
        let documents: Vec<String> = (0..self.rows.len()).map(|row| self.get(row, "document").words()).collect();
        highest_secrecy(
            stamps
                .iter()
                .filter(|(_, stamp)| documents.iter().any(|words| words.starts_with(stamp)))
                .map(|(code, _)| *code),
        )
    }
}

/// The column with this head; one without a head is a person's too.
fn column(words: &str) -> Column {
    own(words).map_or_else(|| Column::Hand(words.to_owned()), Column::Own)
}

fn head(column: &Column) -> Head {
    match column {
        Column::Own("title") => Head::wide("title", 52),
        Column::Own("due") => Head::one_line("due", 11),
        Column::Own("document-date") => Head::one_line("document-date", 13),
        Column::Own("ordinal") => Head::wide("ordinal", 8),
        Column::Own("document") => Head::wide("document", 16),
        Column::Own("change") => Head::wide("change", 32),
        Column::Own("text") => Head::one_line("text", 40),
        Column::Own(hidden @ ("key" | PRINTS)) => Head::one_line(hidden, 24),
        Column::Own(key) => Head::wide(key, 24),
        Column::Hand(_) => Head::wide("", 24),
    }
}

fn cell(cells: &Range<Data>, formulas: &Range<String>, row: u32, column: u32) -> Value {
    let value = value(cells.get_value((row, column)));
    match formulas.get_value((row, column)).filter(|formula| !formula.is_empty()) {
        Some(formula) => Value::Formula(formula.clone(), Box::new(value)),
        None => value,
    }
}

fn value(data: Option<&Data>) -> Value {
    match data {
        None | Some(Data::Empty) => Value::Empty,
        Some(Data::String(words) | Data::DateTimeIso(words) | Data::DurationIso(words)) => Value::Text(words.clone()),
        Some(Data::Int(number)) => Value::Number(*number as f64),
        Some(Data::Float(number)) => Value::Number(*number),
        Some(Data::Bool(value)) => Value::Bool(*value),
        Some(Data::DateTime(moment)) => day(moment.as_f64()).map_or(Value::Moment(moment.as_f64()), Value::Day),
        Some(Data::Error(error)) => Value::Text(error.to_string()),
    }
}

/// The day of a serial number without a time of day; from March 1900, where Excel's count is sound.
fn day(serial: f64) -> Option<NaiveDate> {
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    (serial.fract() == 0.0 && (61.0..2_958_466.0).contains(&serial))
        .then(|| start.checked_add_days(chrono::Days::new(serial as u64)))
        .flatten()
}

fn put(row: u32, column: u16, value: &Value, head: Head, looks: &Looks, page: &mut Worksheet) -> Result<(), XlsxError> {
    match value {
        Value::Empty => page.write_blank(row, column, &looks.wrapped)?,
        Value::Text(words) => page.write_string_with_format(row, column, words, &looks.words(head, words))?,
        Value::Number(number) => page.write_number_with_format(row, column, *number, &looks.cut)?,
        Value::Bool(value) => page.write_boolean_with_format(row, column, *value, &looks.cut)?,
        Value::Day(day) => page.write_date_with_format(row, column, day, &looks.day)?,
        Value::Moment(serial) => page.write_number_with_format(row, column, *serial, &looks.moment)?,
        Value::Formula(formula, value) => {
            let formula = Formula::new(formula).set_result(value.words());
            page.write_formula_with_format(row, column, formula, &looks.wrapped)?
        }
    };
    Ok(())
}
