//! The type of a document and the summary of its content (tên loại, trích yếu).

use std::sync::LazyLock;

use nhiemvu_text::fold_key;

use super::Walk;
use super::addressees::is_addressees;
use super::date::date_line;
use super::degree::is_degree;
use super::issuer::is_issuer_line;
use super::motto::is_motto;
use super::number::number_line;
use crate::block::{doctype, marker};
use crate::layout::lines::{LineKind, LineView};

impl Walk<'_> {
    /// `V/v xử lý phản ánh     Hà Nội, ngày 24 tháng 8 năm 2016`: place and date in the right column of the line, with what they are.
    fn date_beside<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (_, right) = text.rsplit_once('\t').or_else(|| text.rsplit_once("  "))?;
        let (place, date) = date_line(right.trim())?;
        self.header.place.get_or_insert(place);
        self.header.date = self.header.date.or(date);
        Some(right.trim())
    }

    /// `V/v …`: the summary of a công văn.
    pub(super) fn about(&mut self, text: &str) -> bool {
        let key = fold_key(text);
        let head = ["v/v", "về việc", "vv "].iter().find(|head| key.starts_with(**head));
        // `Về …` right below the number, as letters of some offices have it
        let below_number =
            key.starts_with("về ") && self.at.checked_sub(1).is_some_and(|n| number_line(self.text(n)).is_some());
        if head.is_none() && !below_number || self.header.subject.is_some() || self.header.type_name.is_some() {
            return false;
        }
        let first = self.at;
        self.at += 1;
        let beside = self.date_beside(text);
        while beside.is_none() && self.at < self.filled.len() {
            let next = self.text(self.at);
            let (a, b) = (self.filled[self.at - 1], self.filled[self.at]);
            let apart = self.lines[a + 1..b].iter().any(|l| l.kind == LineKind::Blank || l.text(self.source) == "|");
            if apart
                || date_line(next).is_some()
                || next.contains(", ngày")
                || is_degree(next)
                || is_addressees(next)
                || is_motto(next)
                || self.at - first > 5
            {
                break;
            }
            self.at += 1;
        }
        let subject = self.mend(first..self.at);
        let end = beside.and_then(|date| subject.text().rfind(date)).unwrap_or(subject.text().len());
        let left = subject.text().get(..end).map_or(end, |left| left.trim_end().len());
        self.header.subject = Some(subject.slice(0, left));
        if self.header.type_name.is_none() {
            self.header.type_name = Some("Công văn".to_owned());
            self.header.doc_type = Some("CV".to_owned());
            self.by_about = true;
        }
        true
    }

    /// The type's name in a line of its own.
    pub(super) fn title_line(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        let text = line.text(self.source);
        let marked = line.caps || line.bold || matches!(line.kind, LineKind::Heading(_)) || centred(line);
        let Some(found) = marked.then(|| doctype::title(text)).flatten() else { return false };
        self.header.type_name = Some(found.name.to_owned());
        self.header.doc_type = (!found.abbreviation.is_empty()).then(|| found.abbreviation.to_owned());
        self.at += 1;
        true
    }

    /// `Chỉ thị về việc …`, `THÔNG BÁO Về việc …`: type and summary in the one line with which a copy begins.
    pub(super) fn title_with_subject(&mut self) -> bool {
        let text = self.text(self.at);
        let Some((found, rest)) = doctype::with_subject(text).filter(|_| !ends(text)) else { return false };
        let past = text.len() - rest.len();
        let line = self.mend(self.at..self.at + 1);
        self.header.subject = Some(line.slice(past, line.text().len()));
        self.header.type_name = Some(found.name.to_owned());
        self.header.doc_type = (!found.abbreviation.is_empty()).then(|| found.abbreviation.to_owned());
        self.at += 1;
        true
    }

    /// The summary (trích yếu) below the type's name.
    pub(super) fn subject(&mut self) {
        while self.degree(self.text(self.at)) {}
        let first = self.at;
        while self.at < self.filled.len() && self.at - first < 14 {
            let index = self.filled[self.at];
            let (line, text) = (&self.lines[index], self.text(self.at));
            if marker::read(text).is_some_and(|m| !m.class.is_bullet())
                || number_line(text).is_some()
                || date_line(text).is_some()
                || is_addressees(text)
                || is_motto(text)
                || is_degree(text)
                || self.at > first && self.is_council(self.at)
            {
                break;
            }
            if self.at > first {
                let before = &self.lines[self.filled[self.at - 1]];
                let gap = self.lines[self.filled[self.at - 1] + 1..index]
                    .iter()
                    .any(|l| l.kind == LineKind::Blank || l.text(self.source) == "|");
                let head = &self.lines[self.filled[first]];
                let same = head.caps == line.caps && head.bold == line.bold && (head.caps || head.bold);
                let italic_note = text.starts_with('(') && text.ends_with(')');
                let lower = text.chars().next().is_some_and(char::is_lowercase);
                let heading = matches!(line.kind, LineKind::Heading(_)) && matches!(head.kind, LineKind::Heading(_));
                let near = by_size(before, line);
                let goes_on = if gap {
                    same && !starts_body(text) && !is_issuer_line(text)
                        || (lower && !ends(before.text(self.source)))
                        || heading && line.kind == head.kind
                } else {
                    (same || near || lower || (head.caps && line.caps)) && (!starts_body(text) || lower || line.caps)
                };
                if !goes_on && !italic_note {
                    break;
                }
            } else if starts_body(text) && !line.bold && !line.caps && self.is_sentence(index) {
                break;
            }
            self.at += 1;
        }
        if self.at > first && self.header.subject.is_none() {
            self.header.subject = Some(self.mend(first..self.at));
        }
    }

    /// `HỘI ĐỒNG NHÂN DÂN TỈNH …` over `KHÓA XI, KỲ HỌP THỨ BA`: the council that resolves, below the summary.
    fn is_council(&self, at: usize) -> bool {
        is_issuer_line(self.text(at)) && is_session(self.text(at + 1))
    }

    /// Whether the paragraph that begins at line `index` ends as a sentence does: a summary ends without a stop.
    fn is_sentence(&self, index: usize) -> bool {
        let last = self.lines[index..].iter().take_while(|l| l.is_text()).last();
        last.is_some_and(|l| ends(l.text(self.source)) || l.text(self.source).ends_with('/'))
    }

    /// The office that decides, between a decision's summary and its legal basis (`CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …`).
    pub(super) fn issuer_below(&mut self) {
        while self.at < self.filled.len() {
            let index = self.filled[self.at];
            let text = self.text(self.at);
            let orders = is_addressees(text);
            if !self.issuer.is_empty() && is_session(text) {
                self.at += 1;
            } else if self.lines[index].caps && is_issuer_line(text) && marker::read(text).is_none() && !orders {
                if self.issuer.is_empty() {
                    self.issuer.push(index);
                }
                self.at += 1;
            } else {
                break;
            }
        }
    }
}

/// `KHÓA XI, KỲ HỌP THỨ BA`: term and session of a council.
fn is_session(text: &str) -> bool {
    let key = fold_key(text.trim_start_matches(|c: char| !c.is_alphanumeric()));
    key.starts_with("khóa ") && (key.contains("kỳ họp") || key.contains("nhiệm kỳ"))
}

fn ends(text: &str) -> bool {
    text.ends_with(['.', ';', ':', '!', '?'])
}

/// Whether the two lines stand closely below each other in the same size (formats that say where lines stand).
fn by_size(a: &LineView, b: &LineView) -> bool {
    match (a.place, b.place) {
        (Some(pa), Some(pb)) => {
            a.bold == b.bold
                && pb.baseline - pa.baseline < pa.size * 2.0
                && (pa.size - pb.size).abs() < 1.0
                && centred(b)
                && centred(a)
        }
        _ => {
            !a.is_text()
                || (b.chars > 0 && !matches!(b.kind, LineKind::Heading(_)) && a.bold == b.bold && a.caps == b.caps)
        }
    }
}

/// Whether a line stands in the middle of its page.
fn centred(line: &LineView) -> bool {
    line.place.is_some_and(|p| {
        let (left, right) = (p.left, p.page_width - p.right);
        (left - right).abs() < p.page_width * 0.12 && left > p.page_width * 0.16
    })
}

/// The words of `data/body_openers.tsv`.
static OPENERS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../data/body_openers.tsv").lines().skip(1).collect());

/// Words with which a body begins.
pub(super) fn starts_body(text: &str) -> bool {
    let key = fold_key(text.get(..text.char_indices().nth(40).map_or(text.len(), |(at, _)| at)).unwrap_or(""));
    OPENERS.iter().any(|head| key.strip_prefix(head).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opener_begins_a_body_as_a_word() {
        for words in OPENERS.iter() {
            assert!(starts_body(&format!("{} 26", words.to_uppercase())), "{words}");
        }
        assert!(!starts_body("Quang cảnh bến đò") && !starts_body("Sửa cầu"));
    }
}
