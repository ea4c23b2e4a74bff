//! The header of a document (phần đầu), in whatever order its two columns were read: issuing body, number and symbol,
//! place and date, type, summary, addressees (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn of the Party's offices).

use nhiemvu_model::{Header, Mended, Number, PartialDate, Secrecy, Source, Span, Urgency};
use nhiemvu_text::{bare_key, fold_key};

use super::{doctype, marker};
use crate::layout::lines::{LineKind, LineView};

/// The most lines that a header takes, blank ones left out, web chrome above it apart.
const LONGEST: usize = 60;

/// Reads the header; gives it and the index of the first line of the body.
pub(crate) fn read(source: &Source, lines: &[LineView]) -> (Header, usize) {
    let mut header = Header::default();
    let top = top(source, lines);
    let filled: Vec<usize> = (top..lines.len()).filter(|i| lines[*i].is_text()).take(LONGEST).collect();
    let mut walk = Walk {
        source,
        lines,
        filled: &filled,
        header: &mut header,
        at: 0,
        issuer: Vec::new(),
        left: Vec::new(),
        body: top,
    };
    walk.run();
    let body = walk.body;
    let issuer = std::mem::take(&mut walk.issuer);
    let left = std::mem::take(&mut walk.left);
    finish(source, lines, &mut header, &issuer);
    if header.issuer.is_none() {
        // the lower of the left column's bodies
        header.issuer = left.last().map(|span| Mended::of(&source.text, *span));
    }
    (header, body)
}

/// The first line of the header: behind whatever a web page puts above it.
fn top(source: &Source, lines: &[LineView]) -> usize {
    const SEARCHED: usize = 400;
    let motto = lines.iter().take(SEARCHED).position(|line| line.is_text() && is_motto(line.text(source)));
    let Some(motto) = motto else {
        return lines.iter().position(LineView::is_text).unwrap_or(0);
    };
    // the issuing body's lines stand above the motto where the left column comes first
    let mut first = motto;
    let mut blanks = 0;
    for i in (0..motto).rev() {
        let line = &lines[i];
        let text = line.text(source);
        match line.kind {
            LineKind::Blank => blanks += 1,
            LineKind::Furniture if text != "|" => {}
            LineKind::Furniture => {
                if first != motto {
                    break;
                }
            }
            _ if line.is_text()
                && (line.caps
                    || number_line(text).is_some()
                    || date_line(text).is_some()
                    || (!text.contains("**")
                        && first == motto
                        && line.chars < 40
                        && text.chars().next().is_some_and(char::is_uppercase)
                        && line.bold)) =>
            {
                first = i;
                blanks = 0;
            }
            _ => break,
        }
        if blanks > 3 {
            break;
        }
    }
    first
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
            if let Some(at) = motto_at(text) {
                seen_any = true;
                self.left_column(index, at);
                self.at += 1;
            } else if self.number(text)
                || self.date(text)
                || self.degree(text)
                || self.about(text)
                || self.addressees(text)
            {
                seen_any = true;
            } else if self.header.type_name.is_none() && self.title_line(index) {
                self.subject();
                seen_any = true;
                self.issuer_below();
                if self.done() {
                    break;
                }
            } else if self.lines[index].caps && self.header.type_name.is_none() && text.chars().count() < 90
                || !seen_any && self.issuer.is_empty() && self.at < 3 && self.looks_like_issuer(text)
            {
                self.issuer.push(index);
                self.at += 1;
            } else {
                break;
            }
        }
        self.body = self.filled.get(self.at).copied().unwrap_or(self.lines.len());
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

    /// The words of the left column that stand before the motto on its line: the issuing body's.
    fn left_column(&mut self, index: usize, at: usize) {
        let span = self.lines[index].span;
        let words = span.slice(&self.source.text).get(..at).unwrap_or("");
        let trimmed = words.trim_matches(|c: char| !c.is_alphanumeric());
        if trimmed.chars().filter(|c| c.is_alphabetic()).count() < 4 || !crate::layout::lines::is_caps(trimmed) {
            return;
        }
        let start = span.start + words.find(trimmed).unwrap_or(0);
        self.left.push(Span::new(start, start + trimmed.len()));
    }

    /// Whether nothing of the header can follow any more.
    fn done(&self) -> bool {
        let next = self.text(self.at);
        !(is_motto(next) || number_line(next).is_some() || date_line(next).is_some() || is_addressees(next))
    }

    fn looks_like_issuer(&self, text: &str) -> bool {
        text.chars().count() < 60
            && self.lines[self.filled[self.at]].bold
            && doctype::title(text).is_none()
            && marker::read(text).is_none()
    }

    /// `Số: 12/KH-UBND`, perhaps with the date behind it on the same line.
    fn number(&mut self, text: &str) -> bool {
        if self.header.number.is_some() {
            return false;
        }
        let Some(number) = number_line(text) else { return false };
        let rest =
            text.find(number.raw.as_str()).and_then(|at| text.get(at + number.raw.len()..)).unwrap_or("").to_owned();
        self.header.number = Some(number);
        if rest.trim().len() > 8 {
            self.date_in(&rest);
        }
        self.at += 1;
        true
    }

    /// `Gia Lai, ngày 05 tháng 6 năm 2026`, also over two or three lines.
    fn date(&mut self, text: &str) -> bool {
        if self.header.date.is_some() || !text.contains("ngày") && !text.contains("Ngày") {
            return false;
        }
        let mut joined = text.to_owned();
        for extra in 0..3 {
            if extra > 0 {
                let next = self.text(self.at + extra);
                if next.is_empty() || next.chars().count() > 40 {
                    return false;
                }
                joined.push(' ');
                joined.push_str(next);
            }
            if self.date_in(&joined) {
                self.at += extra + 1;
                return true;
            }
        }
        false
    }

    fn date_in(&mut self, text: &str) -> bool {
        let Some((place, date)) = date_line(text) else { return false };
        self.header.place = Some(place);
        self.header.date = date;
        true
    }

    /// HỎA TỐC, MẬT and the like: stamps that may stand anywhere near the top.
    fn degree(&mut self, text: &str) -> bool {
        let key = fold_key(text.trim_matches(|c: char| !c.is_alphabetic()));
        match key.as_str() {
            "khẩn" => self.header.urgency = Some(Urgency::Urgent),
            "thượng khẩn" => self.header.urgency = Some(Urgency::VeryUrgent),
            "hỏa tốc" => self.header.urgency = Some(Urgency::MostUrgent),
            "mật" => self.header.secrecy = Some(Secrecy::Secret),
            "tối mật" => self.header.secrecy = Some(Secrecy::TopSecret),
            "tuyệt mật" => self.header.secrecy = Some(Secrecy::MostSecret),
            "dự thảo" | "bản dự thảo" | "lưu hành nội bộ" | "xem xong trả lại" | "bản sao" => {}
            _ => return false,
        }
        self.at += 1;
        true
    }

    /// `V/v …`: the summary of a công văn.
    fn about(&mut self, text: &str) -> bool {
        let key = fold_key(text);
        let head = ["v/v", "về việc", "vv "].iter().find(|head| key.starts_with(**head));
        if head.is_none() || self.header.subject.is_some() || self.header.type_name.is_some() {
            return false;
        }
        let first = self.at;
        self.at += 1;
        while self.at < self.filled.len() {
            let next = self.text(self.at);
            let (a, b) = (self.filled[self.at - 1], self.filled[self.at]);
            let apart = self.lines[a + 1..b].iter().any(|l| l.kind == LineKind::Blank || l.text(self.source) == "|");
            if apart
                || date_line(next).is_some()
                || next.contains(", ngày")
                || is_addressees(next)
                || is_motto(next)
                || self.at - first > 5
            {
                break;
            }
            self.at += 1;
        }
        self.header.subject = Some(self.mend(first..self.at));
        self.header.type_name.get_or_insert_with(|| "Công văn".to_owned());
        self.header.doc_type.get_or_insert_with(|| "CV".to_owned());
        true
    }

    /// `Kính gửi:` on one line, or with a list; also the bodies that a telegram is sent to (`… điện:`).
    fn addressees(&mut self, text: &str) -> bool {
        if !is_addressees(text) {
            return false;
        }
        let after = text.split_once(':').map_or("", |(_, rest)| rest).trim();
        let start = self.lines[self.filled[self.at]].span.end - after.len();
        let mut current: Vec<Span> = Vec::new();
        if !after.is_empty() {
            current.push(Span::new(start, start + after.len()));
        }
        self.at += 1;
        let mut list = false;
        while self.at < self.filled.len() {
            let next = self.text(self.at);
            let span = self.lines[self.filled[self.at]].span;
            if let Some(m) = marker::read(next).filter(|m| m.class.is_bullet()) {
                self.push_addressee(&current);
                let words = next[m.len..].trim_start();
                current = vec![Span::new(span.end - words.len(), span.end)];
                list = true;
            } else {
                let unfinished =
                    current.last().is_some_and(|s| !s.slice(&self.source.text).trim_end().ends_with(['.', ';', ':']));
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

    /// The type's name in a line of its own.
    fn title_line(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        let text = line.text(self.source);
        let marked = line.caps || line.bold || matches!(line.kind, LineKind::Heading(_)) || centred(line);
        let Some(found) = marked.then(|| doctype::title(text)).flatten() else { return false };
        self.header.type_name = Some(found.name.to_owned());
        self.header.doc_type = (!found.abbreviation.is_empty()).then(|| found.abbreviation.to_owned());
        self.at += 1;
        true
    }

    /// The summary (trích yếu) below the type's name.
    fn subject(&mut self) {
        let first = self.at;
        while self.at < self.filled.len() && self.at - first < 14 {
            let index = self.filled[self.at];
            let (line, text) = (&self.lines[index], self.text(self.at));
            if marker::read(text).is_some_and(|m| !m.class.is_bullet())
                || number_line(text).is_some()
                || date_line(text).is_some()
                || is_addressees(text)
                || is_motto(text)
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
                    (same || near || lower || (head.caps && line.caps)) && (!starts_body(text) || lower)
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

    /// Whether the paragraph that begins at line `index` ends as a sentence does: a summary ends without a stop.
    fn is_sentence(&self, index: usize) -> bool {
        let last = self.lines[index..].iter().take_while(|l| l.is_text()).last();
        last.is_some_and(|l| ends(l.text(self.source)) || l.text(self.source).ends_with('/'))
    }

    /// The office that decides, between a decision's summary and its legal basis (`CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …`).
    fn issuer_below(&mut self) {
        while self.at < self.filled.len() {
            let index = self.filled[self.at];
            let text = self.text(self.at);
            if self.lines[index].caps && is_issuer_line(text) && marker::read(text).is_none() {
                if self.issuer.is_empty() {
                    self.issuer.push(index);
                }
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn mend(&self, range: std::ops::Range<usize>) -> Mended {
        let indices: Vec<usize> = self.filled[range].to_vec();
        crate::layout::reflow::mend(self.source, self.lines, &indices, &[])
    }
}

/// Whether the line names an office or body that decides.
fn is_issuer_line(text: &str) -> bool {
    const HEADS: [&str; 12] = [
        "chủ tịch",
        "ủy ban",
        "hội đồng",
        "bộ trưởng",
        "giám đốc",
        "thủ tướng",
        "chính phủ",
        "quốc hội",
        "ban thường vụ",
        "tổng cục trưởng",
        "cục trưởng",
        "hiệu trưởng",
    ];
    let key = fold_key(text);
    HEADS.iter().any(|head| key.starts_with(head))
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

/// Words with which a body begins.
fn starts_body(text: &str) -> bool {
    const HEADS: [&str; 34] = [
        "căn cứ",
        "thực hiện",
        "ngày",
        "nhằm",
        "để ",
        "trên cơ sở",
        "theo đề nghị",
        "sau khi",
        "tiếp theo",
        "thi hành",
        "chiều ngày",
        "sáng ngày",
        "xét đề nghị",
        "xét ",
        "thời gian qua",
        "trong thời gian",
        "trong ",
        "từ ngày",
        "hội nghị",
        "qua ",
        "vừa qua",
        "triển khai thực hiện nghị",
        "ủy ban nhân dân",
        "ubnd",
        "vào ngày",
        "phúc đáp",
        "theo ",
        "thừa lệnh",
        "ngay sau",
        "hiện nay",
        "nhân dịp",
        "tình hình ",
        "năm 20",
        "kính gửi",
    ];
    let key = fold_key(text.get(..text.char_indices().nth(40).map_or(text.len(), |(at, _)| at)).unwrap_or(""));
    HEADS.iter().any(|head| key.starts_with(head))
}

fn is_addressees(text: &str) -> bool {
    let key = fold_key(text.get(..text.char_indices().nth(70).map_or(text.len(), |(at, _)| at)).unwrap_or(""));
    key.starts_with("kính gửi") || (key.ends_with(" điện:") && key.len() < 80)
}

/// Quốc hiệu, tiêu ngữ and the Party's name, whole or one of the two lines that they are broken into.
pub(crate) fn is_motto(text: &str) -> bool {
    motto_at(text).is_some()
}

/// Where Quốc hiệu, tiêu ngữ or the Party's name begins in the line; words before it are those of the left column. Marks
/// are left out of account, since scans lose them.
fn motto_at(text: &str) -> Option<usize> {
    const LONGEST: usize = 220;
    if text.len() < 10 || text.len() > LONGEST || !text.contains(char::is_uppercase) {
        return None;
    }
    let bare = bare_key(text);
    let plain: String = bare.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(plain.as_str(), "chu nghia viet nam" | "viet nam" | "dang cong san" | "dang cong san viet nam") {
        return Some(0);
    }
    let head = if plain.contains("cong hoa xa hoi") {
        ["cong", "hoa"]
    } else if plain.contains("doc lap tu do") {
        ["doc", "lap"]
    } else if plain.contains("dang cong san viet nam") && plain.len() < 70 {
        ["dang", "cong"]
    } else {
        return None;
    };
    // prose that names the state is no header line
    if plain.len() > 110 || text.trim_end().ends_with([';', ',']) {
        return None;
    }
    let words: Vec<(usize, String)> = text
        .split_whitespace()
        .map(|w| {
            ((w.as_ptr() as usize) - (text.as_ptr() as usize), bare_key(w.trim_matches(|c: char| !c.is_alphanumeric())))
        })
        .collect();
    words.windows(2).find(|pair| pair[0].1 == head[0] && pair[1].1 == head[1]).map(|pair| pair[0].0).or(Some(0))
}

/// Reads `Số: 12/KH-UBND`, `Số 07-KL/VPTW`, `Số:   /TB-UBND`.
pub(crate) fn number_line(text: &str) -> Option<Number> {
    // `$6:`, `S6:` and the like are what scans make of it
    let rest =
        ["Số", "SỐ", "Só", "Sô", "So:", "S6:", "$6:", "56:", "Sé:"].iter().find_map(|head| text.strip_prefix(head))?;
    let rest = rest.trim_start_matches(|c: char| c == ':' || c == '.' || c.is_whitespace() || c == '…' || c == '_');
    let end = rest.find("  ").or_else(|| rest.find('\t')).unwrap_or(rest.len());
    let mut raw = rest[..end].trim();
    let digits = raw.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let serial = raw[..digits].trim_end_matches('.');
    // a serial that a scan could not read
    let junk = raw[digits..]
        .find('/')
        .filter(|at| *at <= 4 && raw[digits..digits + at].chars().all(|c| !c.is_alphabetic() && c != '-'));
    let serial = if junk.is_some_and(|at| !raw[digits..digits + at].trim().is_empty()) { "" } else { serial };
    let tail = raw[digits + junk.unwrap_or(0)..].trim_start();
    let sign = tail.chars().next().filter(|c| matches!(c, '/' | '-' | '–'))?;
    let symbol = tail[sign.len_utf8()..].trim_start();
    // `268/2025/NĐ-CP`: the year belongs to the number
    let symbol = match symbol.split_once('/') {
        Some((year, rest)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => symbol,
    };
    let symbol_end = symbol
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '&' | '.' | 'Đ' | '–')))
        .unwrap_or(symbol.len());
    let symbol = symbol[..symbol_end].trim_end_matches(['.', ',', ';', '-']);
    if !symbol.chars().any(char::is_uppercase) {
        return None;
    }
    if let Some(at) = raw.find(symbol) {
        raw = &raw[..at + symbol.len()];
    }
    Some(Number {
        raw: raw.to_owned(),
        serial: (!serial.is_empty()).then(|| serial.to_owned()),
        symbol: Some(symbol.to_owned()),
    })
}

/// Reads `Hà Nội, ngày 05 tháng 01 năm 2020`, its day or month perhaps blank: the place and the date.
pub(crate) fn date_line(text: &str) -> Option<(String, Option<PartialDate>)> {
    const LONGEST_PLACE: usize = 40;
    let comma = text.find([',', ';']).filter(|at| {
        let after = bare_key(text[*at + 1..].trim_start().get(..6).unwrap_or("")).replace(' ', "");
        after.starts_with("nga") || text[*at + 1..].trim_start().to_lowercase().starts_with("ngày")
    })?;
    let place = text[..comma].trim();
    // the place is the last words before the comma: a number may stand on the same line
    let place = place.rsplit("  ").next().unwrap_or(place).trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    if place.is_empty()
        || place.chars().count() > LONGEST_PLACE
        || !place.chars().next().is_some_and(char::is_uppercase)
    {
        return None;
    }
    let rest = &text[comma + 1..];
    let date = parse_date(rest).or_else(|| year_alone(rest))?;
    Some((place.to_owned(), date))
}

/// `ngày 05 tháng 01 năm 2020` with blanks allowed: `None` where it is no date, `Some(None)` where even the year is
/// blank.
#[allow(clippy::option_option)]
fn parse_date(text: &str) -> Option<Option<PartialDate>> {
    let key = fold_key(text);
    let (_, rest) = key.split_once("ngày")?;
    if let Some(date) = slash_date(rest.trim()) {
        return Some(Some(date));
    }
    let (day, rest) = rest.split_once("tháng")?;
    let (month, year) = rest.split_once("năm")?;
    let figure = |s: &str| -> Option<u32> { s.trim().trim_matches(|c: char| !c.is_ascii_digit()).parse().ok() };
    let year: String = year.trim().chars().take_while(char::is_ascii_digit).collect();
    if day.trim().chars().count() > 6 || month.trim().chars().count() > 6 {
        return None;
    }
    let Ok(year) = year.parse::<i32>() else { return Some(None) };
    if !(1900..=2199).contains(&year) {
        return Some(None);
    }
    let month = figure(month).filter(|m| (1..=12).contains(m));
    let day = figure(day).filter(|d| (1..=31).contains(d) && month.is_some());
    Some(Some(PartialDate { year, month, day }))
}

/// The year at the end of a date of which a scan has spoilt the rest.
#[allow(clippy::option_option)]
fn year_alone(text: &str) -> Option<Option<PartialDate>> {
    const LONGEST: usize = 44;
    let year = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let year: i32 = year.get(year.len().checked_sub(4)?..)?.parse().ok()?;
    (text.chars().count() <= LONGEST && (1990..=2099).contains(&year)).then_some(Some(PartialDate {
        year,
        month: None,
        day: None,
    }))
}

fn slash_date(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('/');
    let day = parts.next()?.trim().parse().ok()?;
    let month = parts.next()?.trim().parse().ok()?;
    let year = parts.next()?.trim().get(..4)?.parse().ok()?;
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(PartialDate {
        year,
        month: Some(month),
        day: Some(day),
    })
}

/// Joins the issuer's lines: the lower body of the left column; fills the type from the symbol.
fn finish(source: &Source, lines: &[LineView], header: &mut Header, issuer: &[usize]) {
    let groups = issuer_groups(source, lines, issuer);
    if let Some(last) = groups.last() {
        header.issuer = Some(crate::layout::reflow::mend(source, lines, last, &[]));
    }
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

/// Parts the lines of the left column into bodies: a line that begins with the head word of a body begins a new one,
/// unless it only gives the place of the one above.
fn issuer_groups(source: &Source, lines: &[LineView], issuer: &[usize]) -> Vec<Vec<usize>> {
    const HEADS: [&str; 40] = [
        "bộ ",
        "sở ",
        "ubnd",
        "ủy ban",
        "hđnd",
        "hội đồng",
        "tổng cục",
        "cục ",
        "chi cục",
        "văn phòng",
        "ban ",
        "tỉnh ủy",
        "thành ủy",
        "huyện ủy",
        "thị ủy",
        "quận ủy",
        "đảng ủy",
        "đảng bộ",
        "chính phủ",
        "thủ tướng",
        "quốc hội",
        "đảng đoàn",
        "trường",
        "đại học",
        "học viện",
        "viện ",
        "công an",
        "tòa án",
        "thanh tra",
        "kho bạc",
        "bảo hiểm",
        "ngân hàng",
        "tập đoàn",
        "tổng công ty",
        "công ty",
        "trung tâm",
        "liên đoàn",
        "hội ",
        "mặt trận",
        "báo ",
    ];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for i in issuer {
        let text = lines[*i].text(source);
        let key = fold_key(text);
        let head = HEADS.iter().any(|head| key.starts_with(head) || key == head.trim());
        let continues = groups.last().and_then(|g| g.last()).is_some_and(|l| {
            let before = fold_key(lines[*l].text(source));
            ["và", "của", "các", "-", ",", "ban chấp hành", "ban thường vụ"].iter().any(|w| before.ends_with(w))
                && !before.starts_with("ban chấp hành trung ương")
        });
        if groups.is_empty() || (head && !continues) {
            groups.push(vec![*i]);
        } else if let Some(last) = groups.last_mut() {
            last.push(*i);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_all_their_forms() {
        for (text, serial, symbol) in [
            ("Số: 12/KH-UBND", Some("12"), "KH-UBND"),
            ("Số 07-KL/VPTW", Some("07"), "KL/VPTW"),
            ("Số:      /TB-UBND", None, "TB-UBND"),
            ("Số: 268/2025/NĐ-CP", Some("268"), "NĐ-CP"),
            ("Số: 5095/SGDĐT-CTTTHSSV", Some("5095"), "SGDĐT-CTTTHSSV"),
        ] {
            let number = number_line(text).unwrap();
            assert_eq!((number.serial.as_deref(), number.symbol.as_deref()), (serial, Some(symbol)), "{text}");
        }
        assert!(number_line("Số lượng: 12").is_none());
    }

    #[test]
    fn places_and_dates() {
        let (place, date) = date_line("Gia Lai, ngày    tháng    năm 2026").unwrap();
        assert_eq!((place.as_str(), date.unwrap().to_string().as_str()), ("Gia Lai", "2026"));
        let (place, date) = date_line("Số: 3/QĐ-UBND      Hà Nội, ngày 05 tháng 01 năm 2020").unwrap();
        assert_eq!((place.as_str(), date.unwrap().to_string().as_str()), ("Hà Nội", "2020-01-05"));
        assert!(date_line("họp, ngày hôm nay").is_none());
    }
}
