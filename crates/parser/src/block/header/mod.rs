//! The header of a document (phần đầu), in whatever order its two columns were read: issuing body, number and symbol,
//! place and date, type, summary, addressees (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn of the Party's offices).

mod addressees;
mod date;
mod degree;
mod identity;
mod issuer;
mod motto;
mod note;
mod number;
mod quoted;
mod record;
mod stamp;
mod subject;
mod top;

use nhiemvu_model::{Header, Mended, Source, Span};

use super::{doctype, marker};
use crate::layout::lines::{LineKind, LineView};
use addressees::is_addressees;
pub(crate) use date::date_line;
use degree::is_degree;
pub(crate) use degree::is_degree_or_label;
pub(crate) use issuer::begins_with_body;
pub(crate) use motto::{is_motto, motto_at};
use number::number_line;

/// The most lines that a header takes, blank ones left out, web chrome above it apart.
const LONGEST: usize = 60;

/// The longest line of an issuing body's name, in characters: committees are named with their whole field.
const LONGEST_NAME: usize = 160;

/// Reads the header; gives it and the index of the first line of the body.
pub(crate) fn read(source: &Source, lines: &[LineView]) -> (Header, usize) {
    let mut header = Header::default();
    let top = top::top(source, lines);
    let filled: Vec<usize> = (top..lines.len()).filter(|i| lines[*i].is_text()).take(LONGEST).collect();
    let mut walk = Walk {
        source,
        lines,
        filled: &filled,
        header: &mut header,
        at: 0,
        issuer: Vec::new(),
        left: Vec::new(),
        by_about: false,
        recorded: false,
        below_number: false,
        body: top,
    };
    walk.run();
    let above = lines.get(..walk.body).unwrap_or(lines);
    walk.secrecy_around(above);
    let body = walk.body;
    let issuer = std::mem::take(&mut walk.issuer);
    let left = std::mem::take(&mut walk.left);
    if let Some(last) = issuer::groups(source, lines, &issuer).last() {
        header.issuer = Some(crate::layout::reflow::mend(source, lines, last, &[]));
    }
    if header.issuer.is_none() {
        // the lower of the left column's bodies
        header.issuer = issuer::last_of_column(source, &left);
    }
    if header.type_name.is_none() && header.number.is_none() {
        note::below_basis(source, lines, &mut header);
    }
    note::fill(source, lines, &mut header);
    quoted::fill(source, lines, &mut header);
    finish(&mut header);
    (header, body)
}

struct Walk<'a> {
    source: &'a Source,
    lines: &'a [LineView],
    filled: &'a [usize],
    header: &'a mut Header,
    /// Position in `filled`.
    at: usize,
    issuer: Vec<usize>,
    /// Words of the issuing body on the motto's own lines.
    left: Vec<Span>,
    /// Whether `V/v` alone has told the type so far.
    by_about: bool,
    /// Whether lines of a record have been read.
    recorded: bool,
    /// Whether the number has come below the issuing body's lines.
    below_number: bool,
    body: usize,
}

impl<'a> Walk<'a> {
    fn text(&self, n: usize) -> &'a str {
        self.filled.get(n).map_or("", |i| self.lines[*i].text(self.source))
    }

    fn run(&mut self) {
        let mut seen_any = false;
        while self.at < self.filled.len() {
            let text = self.text(self.at);
            let index = self.filled[self.at];
            self.degrees_beside(text);
            if let Some(at) = self.lines[index].motto_at(self.source) {
                seen_any = true;
                self.left_column(index, at);
                self.at += 1;
            } else if top::is_mark(text) && (!seen_any || !self.issuer.is_empty()) {
                self.at += 1;
            } else if self.number(text)
                || self.date(text)
                || self.degree(text)
                || self.about(text)
                || self.addressees(text)
            {
                seen_any = true;
            } else if seen_any && self.stamp() {
                // the receiving office's: nothing of the document
            } else if self.in_record() {
                self.record();
                seen_any = true;
            } else if !seen_any && self.at == 0 && self.title_with_subject() {
                seen_any = true;
                self.issuer_below();
            } else if (self.header.type_name.is_none() || self.by_about && self.header.addressees.is_empty())
                && self.title_line(index)
            {
                // a plan or a notice may say in the left column, too, what it is about
                self.by_about = false;
                self.subject();
                seen_any = true;
                self.issuer_below();
                if self.done() {
                    break;
                }
            } else if self.lines[index].caps && self.header.type_name.is_none() && text.chars().count() < LONGEST_NAME
                || !seen_any && self.issuer.is_empty() && self.at < 3 && self.looks_like_issuer(text)
            {
                // what stands in capitals below the number is a stamp (`CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ`)
                if !self.below_number {
                    self.issuer.push(index);
                }
                self.at += 1;
            } else if seen_any && self.is_unreadable(text) {
                self.at += 1;
            } else {
                break;
            }
        }
        self.body = self.body_start();
        if self.header.type_name.is_none()
            && self.header.number.is_none()
            && self.header.addressees.is_empty()
            && !seen_any
        {
            // no header at all: what was taken for the issuer may be the body's own heading
            self.body = self.filled.first().copied().unwrap_or(0);
            self.issuer.clear();
        }
    }

    /// A short line of no known kind between others of the header: a number or a stamp that could not be read.
    fn is_unreadable(&self, text: &str) -> bool {
        const LONGEST: usize = 40;
        const NEAR: usize = 3;
        text.chars().count() <= LONGEST
            && self.header.date.is_none()
            && (self.at + 1..=self.at + NEAR).any(|n| {
                let next = self.text(n);
                date_line(next).is_some() || self.header.number.is_none() && number_line(next).is_some()
            })
    }

    /// The first line behind the header: the next of text, or a table that comes before it.
    fn body_start(&self) -> usize {
        let text = self.filled.get(self.at).copied().unwrap_or(self.lines.len());
        let past = self.at.checked_sub(1).and_then(|last| self.filled.get(last)).map_or(0, |last| last + 1);
        let table = (past..text).find(|i| matches!(self.lines[*i].kind, LineKind::Row(_)));
        table.filter(|_| self.at > 0).unwrap_or(text)
    }

    /// The words of the left column that stand before the motto on its line: the issuing body's.
    fn left_column(&mut self, index: usize, at: usize) {
        let span = self.lines[index].span;
        let words = span.slice(&self.source.text).get(..at).unwrap_or("");
        if let Some(number) = number_line(words.trim()).filter(|_| self.header.number.is_none()) {
            self.header.number = Some(number);
            self.below_number = true;
            return;
        }
        let trimmed = words.trim_matches(|c: char| !c.is_alphanumeric());
        if is_degree(trimmed)
            || trimmed.chars().filter(|c| c.is_alphabetic()).count() < 4
            || !crate::layout::lines::is_caps(trimmed)
        {
            return;
        }
        let start = span.start + words.find(trimmed).unwrap_or(0);
        self.left.push(Span::new(start, start + trimmed.len()));
    }

    /// Whether nothing of the header can follow any more.
    fn done(&self) -> bool {
        let next = self.text(self.at);
        !(is_motto(next)
            || number_line(next).is_some()
            || date_line(next).is_some()
            || is_addressees(next)
            || is_degree(next))
    }

    fn looks_like_issuer(&self, text: &str) -> bool {
        text.chars().count() < 60
            && self.lines[self.filled[self.at]].bold
            && doctype::title(text).is_none()
            && marker::read(text).is_none()
    }

    fn mend(&self, range: std::ops::Range<usize>) -> Mended {
        let indices: Vec<usize> = self.filled[range].to_vec();
        crate::layout::reflow::mend(self.source, self.lines, &indices, &[])
    }
}

/// Whether the words begin as the line of the number, or are that of place and date.
pub(crate) fn is_number_or_date(text: &str) -> bool {
    number_line(text).is_some() || date_line(text).is_some()
}

/// Fills the type from the symbol.
fn finish(header: &mut Header) {
    if let Some(number) = &header.number
        && let Some(found) = number.symbol.as_deref().and_then(doctype::of_symbol)
    {
        if header.type_name.is_none() || header.doc_type.as_deref() == Some("CV") && header.addressees.is_empty() {
            header.type_name = Some(found.name.to_owned());
        }
        if header.doc_type.as_deref() != Some("CV") {
            header.doc_type = Some(found.abbreviation.to_owned());
        }
    }
    if header.type_name.is_none() && header.number.as_ref().is_some_and(|n| n.symbol.is_some()) {
        header.type_name = Some("Công văn".to_owned());
        header.doc_type = Some("CV".to_owned());
    }
}
