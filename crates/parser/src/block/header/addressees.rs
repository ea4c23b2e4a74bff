//! To whom a document is written (Kính gửi).

use nhiemvu_model::{Mended, Span};
use nhiemvu_text::{first_chars, fold_key};

use super::Walk;
use super::subject::starts_body;
use crate::block::marker;
use crate::layout::lines::LineKind;

impl Walk<'_> {
    /// `Kính gửi:` on one line, or with a list; also the bodies that a telegram is sent to (`… điện:`).
    pub(super) fn addressees(&mut self, text: &str) -> bool {
        if !is_addressees(text) {
            return false;
        }
        self.sender(text);
        let after = text.split_once(':').map_or_else(|| without_colon(text), |(_, rest)| rest).trim();
        let salutes = !text.contains(':') && after.ends_with(',');
        let start = self.lines[self.filled[self.at]].span.end - after.len();
        let after = if salutes { after.trim_end_matches(',') } else { after };
        let mut current: Vec<Span> = Vec::new();
        if !after.is_empty() {
            current.push(Span::new(start, start + after.len()));
        }
        self.at += 1;
        let mut list = false;
        while self.at < self.filled.len() && !(self.recorded && self.in_record()) {
            let next = self.text(self.at);
            let span = self.lines[self.filled[self.at]].span;
            if let Some(m) = marker::read(next).filter(|m| m.class.is_bullet()) {
                self.push_addressee(&current);
                let words = next[m.len..].trim_start();
                current = vec![Span::new(span.end - words.len(), span.end)];
                list = true;
            } else {
                let unfinished = !salutes
                    && current
                        .last()
                        .is_some_and(|s| !s.slice(&self.source.text).trim_end().ends_with(['.', ';', ':']));
                let blank = self.lines[self.filled[self.at - 1] + 1..self.filled[self.at]]
                    .iter()
                    .any(|l| l.kind == LineKind::Blank || l.text(self.source) == "|");
                let lower = next.chars().next().is_some_and(char::is_lowercase);
                if current.is_empty() && !list && next.chars().count() < 120 && !starts_body(next) {
                    // the address on the line below `Kính gửi:`
                    current = vec![span];
                } else if (unfinished && !blank && !starts_body(next)) || (lower && unfinished) {
                    current.push(span);
                } else {
                    break;
                }
            }
            self.at += 1;
        }
        self.push_addressee(&current);
        if self.header.type_name.is_none() {
            self.header.type_name = Some("Công văn".to_owned());
            self.header.doc_type = Some("CV".to_owned());
        }
        true
    }

    /// `THỦ TƯỚNG CHÍNH PHỦ điện:`: a telegram names its sender before those that it is sent to.
    fn sender(&mut self, text: &str) {
        let index = self.filled[self.at];
        let span = self.lines[index].span;
        let Some(name) = text.find(" điện").map(|at| &text[..at]) else { return };
        let named = crate::layout::lines::is_caps(name) && super::issuer::is_issuer_line(name);
        if named && self.issuer.is_empty() && self.left.is_empty() {
            let start = span.start + span.slice(&self.source.text).find(name).unwrap_or(0);
            self.left.push(Span::new(start, start + name.len()));
        }
    }

    fn push_addressee(&mut self, spans: &[Span]) {
        let mut mended = Mended::default();
        for (n, span) in spans.iter().enumerate() {
            if n > 0 {
                mended.push_str(" ");
            }
            mended.push(&self.source.text, *span);
        }
        if !mended.text().trim().is_empty() {
            self.header.addressees.push(mended);
        }
    }
}

/// The address of a letter that begins with `Kính gửi Sở Y tế,` and no colon.
fn without_colon(text: &str) -> &str {
    const WORDS: usize = 2;
    let rest = text.splitn(WORDS + 1, char::is_whitespace).nth(WORDS);
    rest.filter(|_| fold_key(text).starts_with("kính gửi")).unwrap_or("")
}

/// Whether the line opens the list of those that the document is written to.
pub(super) fn is_addressees(text: &str) -> bool {
    let head = first_chars(text, 70);
    let other = head.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() && !b.eq_ignore_ascii_case(&b'k'));
    if other && !head.trim_end().ends_with(':') {
        return false;
    }
    let key = fold_key(head);
    // the sender's name may end on the line above
    key.starts_with("kính gửi") || key == "điện:" || key.ends_with(" điện:") && key.len() < 80
}
