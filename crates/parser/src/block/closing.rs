//! The closing (phần cuối): Nơi nhận and the signature block, in either order, and where they end.

use std::sync::LazyLock;

use nhiemvu_model::{Mended, PartialDate, Recipient, Signer, Source, Span};
use nhiemvu_text::fold_key;

use super::appended::is_appended;
use super::header::date_line;
use super::marker;
use crate::layout::lines::{LineKind, LineView};

/// A closing: its lines, and what it says.
#[derive(Debug, Default)]
pub(crate) struct Closing {
    /// First and one past the last line.
    pub lines: std::ops::Range<usize>,
    /// Lines of Nơi nhận.
    pub recipients: Vec<Recipient>,
    /// Who signed.
    pub signer: Option<Signer>,
    /// Place and date, where they stand here and not in the header.
    pub dated: Option<(String, PartialDate)>,
}

/// Finds the next closing at or after line `from`; the lines up to it are body, those after it an appended document.
pub(crate) fn find(source: &Source, lines: &[LineView], from: usize) -> Option<Closing> {
    let start = (from..lines.len()).find(|i| lines[*i].is_text() && opens(source, lines, *i))?;
    let end = (start + 1..lines.len()).find(|i| is_appended(source, lines, *i) || goes_on(source, lines, start, *i));
    let end = end.unwrap_or(lines.len());
    let (start, dated) = dated_from(source, lines, from, start, end);
    let mut closing = Closing { lines: start..end, dated, ..Closing::default() };
    read(source, lines, &mut closing);
    Some(closing)
}

/// Place and date above the signature or Nơi nhận, as letters of schools and associations have them, and where the closing
/// begins with them.
fn dated_from(
    source: &Source,
    lines: &[LineView],
    from: usize,
    start: usize,
    end: usize,
) -> (usize, Option<(String, PartialDate)>) {
    const NEAR: usize = 3;
    let dated = |i: &usize| {
        let (place, date) = date_line(lines[*i].text(source)).filter(|_| lines[*i].is_text())?;
        let date = date.filter(|date| date.full().is_some() && lines[*i].chars <= LONGEST_DATE)?;
        Some((*i, (place, date)))
    };
    let above = (from..start).rev().filter(|i| lines[*i].kind != LineKind::Blank).take(1).find_map(|i| dated(&i));
    let inside = || (start..end).filter(|i| lines[*i].is_text()).take(NEAR).find_map(|i| dated(&i));
    match above.or_else(inside) {
        Some((at, date)) => (start.min(at), Some(date)),
        None => (start, None),
    }
}

/// The longest line that is nothing but place and date.
const LONGEST_DATE: usize = 70;

/// Whether the body goes on at line `i` below recipients that stand before it, as in forms that an office's program has filled
/// in: a long paragraph that is none of them.
fn goes_on(source: &Source, lines: &[LineView], start: usize, i: usize) -> bool {
    const LONG: usize = 180;
    let early = lines[start].span.start * 4 < source.text.len();
    early && lines[i].is_text() && lines[i].chars >= LONG && !lines[i].text(source).starts_with(['-', '+', '*', '•'])
}

/// Whether the line opens a closing: `Nơi nhận`, or an authority line of the signature.
fn opens(source: &Source, lines: &[LineView], i: usize) -> bool {
    let text = lines[i].text(source);
    if is_recipients(text) {
        return true;
    }
    lines[i].caps && is_authority(text) && text.chars().count() < 60 || signed(text).is_some()
}

/// `KT. GIÁM ĐỐC - PHÓ GIÁM ĐỐC Lê Thị Sậy (đã ký)`: offices and name of a signature that a copy has set on one line.
fn signed(text: &str) -> Option<(&str, &str)> {
    const MOST: usize = 120;
    if text.len() > MOST || !is_authority(text) {
        return None;
    }
    let words = text.split_once('(').map_or(text, |(words, _)| words).trim_end();
    let capital = |word: &str| word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let name = words.split(' ').rev().take_while(|word| !capital(word)).last()?;
    let at = name.as_ptr() as usize - words.as_ptr() as usize;
    let (offices, name) = (words[..at].trim_end(), &words[at..]);
    (crate::layout::lines::is_caps(offices) && is_person(name)).then_some((offices, name))
}

pub(crate) fn is_recipients(text: &str) -> bool {
    let head = text.trim_start_matches([' ', '*', '_']);
    if !head.starts_with(['n', 'N']) {
        return false;
    }
    let end = head.char_indices().nth(12).map_or(head.len(), |(at, _)| at);
    let key = fold_key(&head[..end]);
    key.starts_with("nơi nhận")
        || key.starts_with("noi nhận")
        || key.starts_with("nơi nhân")
        || key.starts_with("noi nhan")
}

/// The words of `data/signatures.tsv`: `authority` says for whom somebody signs (`TM.`, `KT.`; Nghị định 30/2020/NĐ-CP, Phụ lục I), `office` is
/// what they are, `degree` a degree or rank before their name.
struct Words {
    authorities: Vec<&'static str>,
    offices: Vec<&'static str>,
    degrees: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |wanted: &str| rows().filter(|(kind, _)| *kind == wanted).map(|(_, words)| words).collect();
    Words { authorities: of("authority"), offices: of("office"), degrees: of("degree") }
});

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../data/signatures.tsv").lines().skip(1).filter_map(|row| row.split_once('\t'))
}

/// `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `TL. …`, the Party's `T/M`.
pub(crate) fn is_authority(text: &str) -> bool {
    WORDS.authorities.iter().any(|head| {
        // `TM` and `KT` are words of their own, `TM.` and `T/M` signs
        text.strip_prefix(head).is_some_and(|rest| {
            let sign = head.contains(['.', '/', ':']) && !rest.starts_with(|c: char| c.is_ascii_digit());
            sign || rest.starts_with(' ')
        })
    })
}

/// Whether the line is an office in capitals (`PHÓ CHỦ TỊCH`).
pub(crate) fn is_position(text: &str) -> bool {
    let key = fold_key(text);
    WORDS.offices.iter().any(|office| key.starts_with(office)) && text.chars().count() < 70
}

fn read(source: &Source, lines: &[LineView], closing: &mut Closing) {
    let mut state =
        Reading { source, current: Vec::new(), recipients: Vec::new(), signer: Signer::default(), in_list: false };
    for line in &lines[closing.lines.clone()] {
        match line.kind {
            LineKind::Blank => {}
            LineKind::Furniture if line.text(source) == "|" => state.close_recipient(),
            LineKind::Row(_) => {
                let mut start = line.span.start;
                for cell in line.text(source).split('\t') {
                    let lead = cell.len() - cell.trim_start().len();
                    state.line(cell.trim(), start + lead, false);
                    start += cell.len() + 1;
                }
            }
            _ if line.is_text() => {
                let text = line.text(source);
                // the right column on the same line, as plain text sets it
                let columns = text.rfind("      ").map(|at| (text[..at].trim_end(), text[at..].trim_start()));
                let text = match columns {
                    Some((left, right)) if !left.is_empty() && state.signs(right) => left,
                    _ => text,
                };
                state.line(text, line.span.start, line.caps);
            }
            _ => {}
        }
    }
    state.close_recipient();
    closing.recipients = state.recipients;
    let signer = state.signer;
    closing.signer = (signer != Signer::default()).then_some(signer);
}

struct Reading<'a> {
    source: &'a Source,
    current: Vec<Span>,
    recipients: Vec<Recipient>,
    signer: Signer,
    in_list: bool,
}

impl Reading<'_> {
    fn line(&mut self, text: &str, start: usize, caps: bool) {
        if text.is_empty() {
            return;
        }
        if is_recipients(text) {
            self.in_list = true;
            // the first recipient may stand on the same line
            if let Some((_, rest)) = text.split_once(':') {
                let rest = rest.trim();
                if rest.len() > 3 {
                    let at = start + text.len() - rest.len();
                    self.recipient_line(rest, at);
                }
            }
            return;
        }
        let caps = caps || crate::layout::lines::is_caps(text);
        if let Some((offices, name)) = signed(text) {
            self.close_recipient();
            self.in_list = false;
            let mut offices = offices.split(" - ").map(str::to_owned);
            self.signer.authority.extend(offices.next());
            self.signer.position = offices.last().or(self.signer.position.take());
            self.signer.name = Some(without_degrees(name).to_owned());
        } else if caps && is_authority(text) {
            self.close_recipient();
            self.in_list = false;
            self.signer.authority.push(text.to_owned());
        } else if caps && is_position(text) && self.signer.name.is_none() {
            self.close_recipient();
            self.in_list = false;
            self.position(text);
        } else if self.in_list
            && (marker::read(text).is_some_and(|m| m.class.is_bullet())
                || !self.current.is_empty() && !is_person(text)
                || self.is_continuation(text))
        {
            self.recipient_line(text, start);
        } else if is_person(text)
            && (self.signer.position.is_some() || !self.signer.authority.is_empty() || !self.in_list)
        {
            self.close_recipient();
            if self.signer.name.is_none() {
                self.signer.name = Some(without_degrees(text).to_owned());
            }
        } else if caps
            && !self.signer.authority.is_empty()
            && self.signer.position.is_none()
            && self.signer.name.is_none()
        {
            // an authority line that goes on (`TM. ỦY BAN NHÂN` / `DÂN`)
            if let Some(last) = self.signer.authority.last_mut() {
                last.push(' ');
                last.push_str(text);
            }
        } else if self.in_list {
            self.recipient_line(text, start);
        }
    }

    /// Takes words of the signature that stand beside a line of Nơi nhận; whether they are such.
    fn signs(&mut self, text: &str) -> bool {
        let caps = crate::layout::lines::is_caps(text);
        let known = self.signer.position.is_some() || !self.signer.authority.is_empty();
        if caps && is_authority(text) {
            self.signer.authority.push(text.to_owned());
        } else if caps && is_position(text) {
            self.position(text);
        } else if known && self.signer.name.is_none() && is_person(text) {
            self.signer.name = Some(text.to_owned());
        } else {
            return false;
        }
        true
    }

    /// The office that signs; offices above it that only lend their authority go there.
    fn position(&mut self, text: &str) {
        if let Some(before) = self.signer.position.replace(text.to_owned()) {
            self.signer.authority.push(before);
        }
    }

    fn is_continuation(&self, text: &str) -> bool {
        self.recipients.is_empty() && self.current.is_empty() && text.ends_with(';')
    }

    fn recipient_line(&mut self, text: &str, start: usize) {
        if let Some(m) = marker::read(text).filter(|m| m.class.is_bullet()) {
            self.close_recipient();
            let words = text[m.len..].trim_start();
            let at = start + text.len() - words.len();
            self.current = vec![Span::new(at, at + words.len())];
        } else {
            self.current.push(Span::new(start, start + text.len()));
        }
        let finished = self.current.last().is_some_and(|s| s.slice(&self.source.text).ends_with(['.']));
        if finished && fold_key(self.current[0].slice(&self.source.text)).starts_with("lưu") {
            self.close_recipient();
            self.in_list = false;
        }
    }

    fn close_recipient(&mut self) {
        let spans = std::mem::take(&mut self.current);
        let mut text = Mended::default();
        for (n, span) in spans.iter().enumerate() {
            if n > 0 {
                text.push_str(" ");
            }
            let words = span.slice(&self.source.text);
            let trimmed = if n + 1 == spans.len() { words.trim_end_matches([';', '.', ' ', ',']) } else { words };
            text.push(&self.source.text, Span::new(span.start, span.start + trimmed.len()));
        }
        if !text.text().trim().is_empty() {
            let purpose = purpose(text.text());
            self.recipients.push(Recipient { text, purpose });
        }
    }
}

/// `(b/c)`, `(để báo cáo)`; `lưu` for the archive's line.
fn purpose(text: &str) -> Option<String> {
    let key = fold_key(text);
    if key.starts_with("lưu") {
        return Some("lưu".to_owned());
    }
    let open = text.rfind('(')?;
    let inside = text[open + 1..].trim_end_matches([')', ' ']);
    let inside = inside.strip_prefix("để ").unwrap_or(inside).trim();
    (!inside.is_empty() && inside.chars().count() <= 24).then(|| inside.to_owned())
}

/// Whether the line is a person's name: two to six words that begin with a capital, letters only.
pub(crate) fn is_person(text: &str) -> bool {
    let text = without_degrees(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && text.chars().count() <= 40
        && words.iter().all(|w| {
            let mut chars = w.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.all(|c| c.is_lowercase() || c == '-' || c == '.')
        })
        && words[0] != "Như"
        && !is_degree_only(&words)
}

/// A name without the degrees and ranks before it (`PGS.TS. Nguyễn Văn An`, `Đại tá Trần Văn Bình`).
fn without_degrees(text: &str) -> &str {
    const MARKS: [char; 6] = ['*', '_', ' ', '.', ',', '-'];
    let mut name = text.trim_matches(['*', '_', ' ', '.']);
    for _ in 0..4 {
        let rest = WORDS.degrees.iter().find_map(|d| name.strip_prefix(d).filter(|r| r.starts_with(['.', ' ', ','])));
        let Some(rest) = rest else { break };
        name = rest.trim_start_matches(MARKS);
    }
    name
}

fn is_degree_only(words: &[&str]) -> bool {
    words.iter().all(|w| matches!(*w, "Ký" | "Đã" | "Bởi" | "Bản"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_table_does_what_its_kind_says() {
        for (kind, words) in rows() {
            match kind {
                "authority" => {
                    assert!(is_authority(&format!("{words} ỦY BAN NHÂN DÂN")), "{words}");
                    assert!(!is_authority(&format!("{words}12")), "{words}");
                }
                "office" => assert!(is_position(&words.to_uppercase()), "{words}"),
                "degree" => assert_eq!(without_degrees(&format!("{words}. Lê Thị Sậy")), "Lê Thị Sậy", "{words}"),
                _ => panic!("{kind}"),
            }
        }
        assert!(!is_authority("Q.3 có ba bến") && !is_position("Bến đò"));
        assert_eq!(without_degrees("PGS.TS. Lê Thị Sậy"), "Lê Thị Sậy");
    }
}
