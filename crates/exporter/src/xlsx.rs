//! Workbooks (Office Open XML): tasks, targets, documents, warnings, a sheet each.

use std::fmt::Write as _;
use std::io::{self, Write};

use rust_xlsxwriter::{
    ConditionalFormatFormula, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Url, Workbook,
    Worksheet, XlsxError, utility::column_number_to_name,
};

use crate::Record;
use crate::gather::{Entry, Gather};
use crate::lang::{Lang, label};
use crate::secrecy::{highest_secrecy, secrecy_stamp};
use crate::table::{
    Cell, DOCUMENT_COLUMNS, DocumentRow, Head, Link, TARGET_COLUMNS, TASK_COLUMNS, TargetRow, TaskRow, WARNING_COLUMNS,
    WarningRow, What, is_formula,
};

/// Rows of a sheet, the head among them.
const MAX_ROWS: u32 = 1_048_576;
/// Links of a sheet; further ones are left out, their words stay.
const MAX_LINKS: u32 = 65_000;
/// Points of a line of words, and as many of them as a row can be high (409 points).
const LINE_HEIGHT: u32 = 13;
const MAX_LINES: u32 = 31;
/// UTF-16 units of a cell.
const MAX_CELL: usize = 32_767;

/// Tasks, targets, documents and warnings as a workbook.
///
/// Dates are real dates. What is due within seven days, overdue or to be looked at has a colour, by the day on which
/// the workbook is opened (`TODAY()`), so that the file itself depends on no clock. Words never run as formulas.
pub struct Xlsx {
    lang: Lang,
    looks: Looks,
    tasks: Sheet,
    targets: Sheet,
    documents: Sheet,
    warnings: Sheet,
    /// The highest degree of secrecy of all documents.
    secrecy: Option<String>,
}

impl Xlsx {
    /// Names of sheets, heads of columns, and words for codes, in `lang`.
    pub fn new(lang: Lang) -> Self {
        let looks = Looks::new(lang);
        Self {
            lang,
            tasks: Sheet::new(heads(TASK_COLUMNS)),
            targets: Sheet::new(heads(TARGET_COLUMNS)),
            documents: Sheet::new(heads(DOCUMENT_COLUMNS)),
            warnings: Sheet::new(heads(WARNING_COLUMNS)),
            looks,
            secrecy: None,
        }
    }

    fn put(&mut self, entry: Entry<'_>) -> Result<(), XlsxError> {
        let (lang, file, documents) = (self.lang, entry.file, label(self.lang, "sheet.documents"));
        let document = self.documents.rows + 1;
        let looks = &self.looks;
        match entry.record {
            Record::Tasks(list) => {
                let degrees = [self.secrecy.as_deref(), list.document.secrecy.as_deref()];
                self.secrecy = highest_secrecy(degrees.into_iter().flatten()).map(str::to_owned);
                for task in &list.tasks {
                    let row = TaskRow { list, task, no: self.tasks.rows + 1, document, file, lang };
                    self.tasks.put(TASK_COLUMNS.iter().map(|(_, of)| of(&row)), looks, documents)?;
                }
                for target in &list.targets {
                    let row = TargetRow { list, target, no: self.targets.rows + 1, document, lang };
                    self.targets.put(TARGET_COLUMNS.iter().map(|(_, of)| of(&row)), looks, documents)?;
                }
                for warning in &list.warnings {
                    let (no, what) = (self.warnings.rows + 1, What::Warning(warning));
                    let secrecy = list.document.secrecy.as_deref();
                    let row = WarningRow { source: &list.document.source, what, secrecy, no, file, lang };
                    self.warnings.put(WARNING_COLUMNS.iter().map(|(_, of)| of(&row)), looks, documents)?;
                }
            }
            Record::Error(error) => {
                let (no, what) = (self.warnings.rows + 1, What::Fault(&error.error));
                let row = WarningRow { source: &error.source, what, secrecy: None, no, file, lang };
                self.warnings.put(WARNING_COLUMNS.iter().map(|(_, of)| of(&row)), looks, documents)?;
            }
        }
        let row = DocumentRow { record: entry.record, no: document, file, lang };
        self.documents.put(DOCUMENT_COLUMNS.iter().map(|(_, of)| of(&row)), looks, documents)
    }

    fn book(&mut self) -> Result<Vec<u8>, XlsxError> {
        urgency(&mut self.tasks, true)?;
        urgency(&mut self.targets, false)?;
        let mut book = new_book()?;
        let sheets = [
            ("sheet.tasks", &mut self.tasks, 4),
            ("sheet.targets", &mut self.targets, 3),
            ("sheet.documents", &mut self.documents, 2),
            ("sheet.warnings", &mut self.warnings, 2),
        ];
        for (name, sheet, frozen) in sheets {
            let mut page = sheet.finish(label(self.lang, name), frozen, self.lang, &self.looks)?;
            stamp(&mut page, self.secrecy.as_deref(), self.lang);
            book.push_worksheet(page);
        }
        book.save_to_buffer()
    }
}

impl Gather for Xlsx {
    fn add(&mut self, _: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        self.put(entry).map_err(fault)
    }

    fn finish(&mut self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(&self.book().map_err(fault)?)
    }
}

/// Puts the degree of secrecy above every page that is printed.
pub(crate) fn stamp(page: &mut Worksheet, secrecy: Option<&str>, lang: Lang) {
    if let Some(code) = secrecy {
        // `&C` is the middle, `&B` bold; a code of a later version may hold an `&` of its own
        page.set_header(format!("&C&B{}", secrecy_stamp(code, lang).replace('&', "&&")));
    }
}

/// A book of which nothing depends on the clock.
pub(crate) fn new_book() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_author("nhiemvu").set_creation_datetime(&made));
    Ok(book)
}

pub(crate) fn fault(error: XlsxError) -> io::Error {
    match error {
        XlsxError::RowColumnLimitError => io::ErrorKind::FileTooLarge.into(),
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

fn heads<T>(columns: &[(Head, T)]) -> Vec<Head> {
    columns.iter().map(|(head, _)| *head).collect()
}

/// How cells look.
pub(crate) struct Looks {
    pub(crate) head: Format,
    /// The head of a column that people fill in.
    pub(crate) hand: Format,
    pub(crate) wrapped: Format,
    pub(crate) cut: Format,
    pub(crate) day: Format,
    /// A day with its hour.
    pub(crate) moment: Format,
    link: Format,
}

impl Looks {
    pub(crate) fn new(lang: Lang) -> Self {
        let body = Format::new()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color("D0D5DD")
            .set_font_name("Arial")
            .set_font_size(10);
        let head = body
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_align(FormatAlign::Center)
            .set_background_color("1F4E79")
            .set_font_color("FFFFFF");
        let date = if lang == Lang::Vi { "dd/mm/yyyy" } else { "yyyy-mm-dd" };
        Self {
            hand: head.clone().set_background_color("548235"),
            head,
            wrapped: body.clone().set_text_wrap(),
            day: body.clone().set_align(FormatAlign::Center).set_num_format(date),
            moment: body.clone().set_num_format(format!("{date} hh:mm")),
            link: body
                .clone()
                .set_text_wrap()
                .set_font_color("0563C1")
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            cut: body,
        }
    }

    pub(crate) fn words(&self, head: Head, words: &str) -> Format {
        let format = if head.wrap { &self.wrapped } else { &self.cut };
        // typing in such a cell would otherwise make a formula of it
        if is_formula(words) { format.clone().set_quote_prefix() } else { format.clone() }
    }
}

/// A sheet, filled from the top.
pub(crate) struct Sheet {
    heads: Vec<Head>,
    page: Worksheet,
    /// Rows below the head.
    pub(crate) rows: u32,
    links: u32,
}

impl Sheet {
    pub(crate) fn new(heads: Vec<Head>) -> Self {
        Self { heads, page: Worksheet::new(), rows: 0, links: 0 }
    }

    /// Adds a row; `documents` is the name of the sheet that links to documents lead to.
    pub(crate) fn put(
        &mut self,
        cells: impl Iterator<Item = Cell>,
        looks: &Looks,
        documents: &str,
    ) -> Result<(), XlsxError> {
        let cells: Vec<Cell> = cells.collect();
        let words = cells.iter().map(|cell| match cell {
            Cell::Text(words) | Cell::Link(words, _) => words.as_str(),
            _ => "",
        });
        self.next(words)?;
        for (at, cell) in cells.iter().enumerate() {
            self.cell(at, cell, looks, documents)?;
        }
        Ok(())
    }

    /// Begins a row that is high enough for `words`.
    pub(crate) fn next(&mut self, words: impl Iterator<Item = impl AsRef<str>>) -> Result<(), XlsxError> {
        self.rows += 1;
        if self.rows >= MAX_ROWS {
            return Err(XlsxError::RowColumnLimitError);
        }
        let lines = self.heads.iter().zip(words).map(|(head, words)| lines_of(words.as_ref(), *head)).max();
        self.page.set_row_height(self.rows, LINE_HEIGHT * lines.unwrap_or(1).min(MAX_LINES))?;
        Ok(())
    }

    pub(crate) fn page(&mut self) -> &mut Worksheet {
        &mut self.page
    }

    fn cell(&mut self, at: usize, cell: &Cell, looks: &Looks, documents: &str) -> Result<(), XlsxError> {
        let (Some(&head), row, column) = (self.heads.get(at), self.rows, at as u16) else { return Ok(()) };
        match cell {
            Cell::Empty => self.page.write_blank(row, column, &looks.wrapped)?,
            Cell::Number(number) => self.page.write_number_with_format(row, column, *number, &looks.cut)?,
            Cell::Day(day) => self.page.write_date_with_format(row, column, day, &looks.day)?,
            Cell::Text(words) => {
                self.page.write_string_with_format(row, column, cut(words), &looks.words(head, words))?
            }
            Cell::Link(words, link) => {
                let url = match link {
                    Link::Document(number) => format!("internal:'{documents}'!A{}", number + 1),
                    Link::File(path) => format!("file:///{}", escaped(path)),
                };
                self.links += 1;
                // Excel cannot take longer ones, nor more; the words stand there all the same
                if self.links > MAX_LINKS || url.encode_utf16().count() > 2_000 {
                    return self.cell(at, &Cell::Text(words.clone()), looks, documents);
                }
                self.page.write_url_with_format(row, column, Url::new(url).set_text(cut(words)), &looks.link)?
            }
        };
        Ok(())
    }

    /// Colours the cells of column `paint` in every row in which `formula`, written for row 2, holds.
    pub(crate) fn paint(&mut self, paint: &str, formula: &str, format: Format) -> Result<(), XlsxError> {
        let (Some(column), true) = (self.position(paint), self.rows > 0) else { return Ok(()) };
        let rule = ConditionalFormatFormula::new().set_rule(Formula::new(formula)).set_format(format);
        self.page.add_conditional_format(1, column, self.rows, column, &rule)?;
        Ok(())
    }

    /// The column with the head `key`.
    pub(crate) fn position(&self, key: &str) -> Option<u16> {
        self.heads.iter().position(|head| head.key == key).map(|at| at as u16)
    }

    /// The letter of the column with the head `key`.
    pub(crate) fn letter(&self, key: &str) -> Option<String> {
        self.position(key).map(column_number_to_name)
    }

    /// The sheet, with its heads, its first `frozen` columns held in place, and its filters.
    pub(crate) fn finish(
        &mut self,
        name: &str,
        frozen: u16,
        lang: Lang,
        looks: &Looks,
    ) -> Result<Worksheet, XlsxError> {
        let mut page = std::mem::take(&mut self.page);
        page.set_name(name)?;
        for (at, head) in self.heads.iter().enumerate() {
            let column = at as u16;
            page.set_column_width(column, head.width)?;
            page.write_string_with_format(0, column, label(lang, head.key), &looks.head)?;
        }
        let last = (self.heads.len() as u16).saturating_sub(1);
        page.set_row_height(0, 32)?;
        page.set_freeze_panes(1, frozen)?;
        page.autofilter(0, 0, self.rows, last)?;
        page.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0);
        page.set_repeat_rows(0, 0)?;
        Ok(page)
    }
}

/// Colours what is overdue, due within seven days, or to be looked at.
pub(crate) fn urgency(sheet: &mut Sheet, with_checks: bool) -> Result<(), XlsxError> {
    let Some(due) = sheet.letter("due") else { return Ok(()) };
    // what a report says is done is late no more
    let open = sheet.letter("stated").map(|stated| {
        let done = Lang::ALL.map(|lang| format!("${stated}2<>\"{}\"", label(lang, "status.done")));
        format!(",{}", done.join(","))
    });
    let open = open.unwrap_or_default();
    let late = format!("=AND(ISNUMBER(${due}2),${due}2<TODAY(){open})");
    let soon = format!("=AND(ISNUMBER(${due}2),${due}2>=TODAY(),${due}2<=TODAY()+7{open})");
    for column in ["due", "limit"] {
        sheet.paint(column, &late, Format::new().set_background_color("F8CBAD").set_font_color("9C0006").set_bold())?;
        sheet.paint(column, &soon, Format::new().set_background_color("FFE699").set_font_color("7F6000"))?;
    }
    if let (true, Some(check)) = (with_checks, sheet.letter("check")) {
        let flagged = format!("=LEN(${check}2)>0");
        sheet.paint("check", &flagged, Format::new().set_background_color("E4DFEC").set_font_color("5B3A8C"))?;
    }
    Ok(())
}

/// How many lines the words of a cell take in its column. LibreOffice does not reckon it on opening, as Excel does.
fn lines_of(words: &str, head: Head) -> u32 {
    if !head.wrap {
        return 1;
    }
    let (mut lines, mut used) = (1, 0.0);
    for word in words.split(' ') {
        // capitals are wider than the average letter, by which a column's width counts
        let width: f64 = word.chars().map(|c| if c.is_uppercase() { 1.3 } else { 0.95 }).sum();
        if used > 0.0 && used + width > f64::from(head.width) {
            lines += 1;
            used = 0.0;
        }
        used += width + 0.5;
    }
    lines
}

/// `path` as a URL has it; letters beyond ASCII stay, as Excel writes them.
fn escaped(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii_control() || " %#\"<>[]^`{}|\\?".contains(c) {
            let _ = write!(url, "%{:02X}", u32::from(c));
        } else {
            url.push(c);
        }
    }
    url
}

/// `words` as far as a cell can hold them, with `…` where something was cut off.
pub(crate) fn cut(words: &str) -> String {
    if words.encode_utf16().count() <= MAX_CELL {
        return words.to_owned();
    }
    let mut units = 0;
    let fits = words.chars().take_while(|c| {
        units += c.len_utf16();
        units < MAX_CELL
    });
    fits.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_where_excel_would_refuse_them() {
        assert_eq!(cut("ngắn"), "ngắn");
        let long = cut(&"ế".repeat(40_000));
        assert_eq!((long.encode_utf16().count(), long.ends_with('…')), (MAX_CELL, true));
        assert!(cut(&"😀".repeat(20_000)).encode_utf16().count() <= MAX_CELL);
    }
}
