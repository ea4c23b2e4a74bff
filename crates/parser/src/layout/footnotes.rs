//! Footnotes (chú thích): their bodies are taken out of the running text and tied to their marks.
//!
//! Three forms are read: raised marks (`¹`, or a raised digit by the format's style), marks in brackets of web copies
//! (`[1]`, their bodies behind the signature), and digits that lost their height and are glued to a word (`Tỉnh ủy1`),
//! with a body line `1 Quyết định số …` at the foot of the page.

use nhiemvu_model::{Source, Span};

use super::lines::{LineKind, LineView};

/// Where a footnote is called: the mark's place, and the mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// Place of the mark in the text.
    pub span: Span,
    /// The mark's digits.
    pub mark: String,
}

/// What was found: calls in the running text, and the bodies' lines.
#[derive(Debug, Default)]
pub(crate) struct Footnotes {
    /// Calls, in reading order.
    pub calls: Vec<Call>,
    /// Bodies: mark, the place of the mark at the body's head, and the lines of the body.
    pub bodies: Vec<(String, Span, Vec<usize>)>,
}

/// Finds footnotes and marks the lines of their bodies.
pub(crate) fn find(source: &Source, lines: &mut [LineView]) -> Footnotes {
    let mut notes = Footnotes::default();
    own_word(source, lines, &mut notes);
    raised_calls(source, lines, &mut notes);
    bodies_by_mark(source, lines, &mut notes);
    glued(source, lines, &mut notes);
    notes.calls.sort_by_key(|call| call.span);
    notes.calls.dedup_by_key(|call| call.span);
    notes
}

/// Bodies that the format itself calls footnotes.
fn own_word(source: &Source, lines: &[LineView], notes: &mut Footnotes) {
    for (i, line) in lines.iter().enumerate() {
        if let LineKind::Footnote(mark) = &line.kind {
            let text = line.text(source);
            let head = if text.starts_with(mark.as_str()) { mark.len() } else { 0 };
            notes.bodies.push((mark.clone(), Span::new(line.span.start, line.span.start + head), vec![i]));
        }
    }
}

/// The value of a raised digit.
fn raised(c: char) -> Option<char> {
    Some(match c {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' => '0',
        '⁴'..='⁹' => char::from(b'4' + u8::try_from(u32::from(c) - u32::from('⁴')).ok()?),
        _ => return None,
    })
}

/// Raised digits in running text, by their character or by the format's style, and `[1]`.
fn raised_calls(source: &Source, lines: &[LineView], notes: &mut Footnotes) {
    for line in lines.iter().filter(|l| matches!(l.kind, LineKind::Text | LineKind::Paragraph | LineKind::Heading(_))) {
        for run in source.lines[line.index].styles.iter().filter(|run| run.superscript) {
            let mark = run.span.slice(&source.text).trim().trim_matches(['[', ']', '(', ')']);
            let at_start = run.span.start == line.span.start;
            if !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit()) && !at_start {
                notes.calls.push(Call { span: run.span, mark: mark.to_owned() });
            }
        }
        let text = line.text(source);
        if text.is_ascii() {
            continue;
        }
        raised_characters(text, line.span.start, notes);
        bracketed(text, line.span.start, notes);
    }
}

fn raised_characters(text: &str, start: usize, notes: &mut Footnotes) {
    // the raised digits begin with one of these bytes, and no letter of Vietnamese does
    if !text.bytes().fold(false, |found, b| found | matches!(b, 0xC2 | 0xE2)) {
        return;
    }
    let mut mark = String::new();
    let mut from = 0;
    let mut before_is_word = false;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        if let Some(digit) = raised(c) {
            if mark.is_empty() {
                from = at;
            }
            mark.push(digit);
            continue;
        }
        if !mark.is_empty() {
            // `m²` and `km²` are units, not calls
            let unit = text[..from].ends_with('m') && !text[..from].ends_with("êm") && from > 0;
            if before_is_word && !unit {
                notes.calls.push(Call { span: Span::new(start + from, start + at), mark: std::mem::take(&mut mark) });
            }
            mark.clear();
        }
        before_is_word = at > 0 || !c.is_whitespace();
    }
}

fn bracketed(text: &str, start: usize, notes: &mut Footnotes) {
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('[')).map(|n| from + n) {
        let digits = text[open + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let close = open + 1 + digits;
        if digits > 0 && digits <= 3 && text.as_bytes().get(close) == Some(&b']') && open > 0 {
            notes.calls.push(Call {
                span: Span::new(start + open, start + close + 1),
                mark: text[open + 1..close].to_owned(),
            });
        }
        from = open + 1;
    }
}

/// Bodies that begin with a raised digit or `[1]`.
fn bodies_by_mark(source: &Source, lines: &mut [LineView], notes: &mut Footnotes) {
    let mut at = 0;
    while at < lines.len() {
        let Some((mark, head)) = lines[at].is_text().then(|| body_mark(lines[at].text(source))).flatten() else {
            at += 1;
            continue;
        };
        let start = lines[at].span.start;
        let end = body_end(source, lines, at);
        notes.bodies.push((mark, Span::new(start, start + head), (at..end).filter(|i| lines[*i].is_text()).collect()));
        for line in lines.iter_mut().take(end).skip(at).filter(|l| l.is_text()) {
            line.kind = LineKind::Furniture;
        }
        at = end;
    }
}

/// The mark at the head of a footnote body (`¹ Quyết định …`, `[1] Gồm …`), and its length in bytes.
fn body_mark(text: &str) -> Option<(String, usize)> {
    if let Some(rest) = text.strip_prefix('[') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        return (digits > 0 && rest.as_bytes().get(digits) == Some(&b']'))
            .then(|| (rest[..digits].to_owned(), digits + 2));
    }
    let mark: String = text.chars().map_while(raised).collect();
    let head = text.chars().take_while(|c| raised(*c).is_some()).map(char::len_utf8).sum();
    (!mark.is_empty()).then_some((mark, head))
}

/// One past the last line of the footnote body that begins at `first`: it ends at a blank line, a page break, or the
/// next body.
fn body_end(source: &Source, lines: &[LineView], first: usize) -> usize {
    let mut end = first + 1;
    while let Some(line) = lines.get(end) {
        let over = !line.is_text()
            || line.page != lines[first].page
            || body_mark(line.text(source)).is_some()
            || matches!(line.kind, LineKind::Paragraph | LineKind::Heading(_));
        if over {
            break;
        }
        end += 1;
    }
    end
}

/// Marks that lost their height: a line `N Words …` with the next number, of which `wordN` stands on the lines before.
fn glued(source: &Source, lines: &mut [LineView], notes: &mut Footnotes) {
    const WINDOW: usize = 120;
    let mut next = 1_u32;
    let mut at = 0;
    while at < lines.len() {
        let head = lines[at].is_text().then(|| plain_mark(lines[at].text(source))).flatten();
        let Some((number, head)) = head.filter(|(n, _)| *n == next || (*n > next && *n <= next + 2)) else {
            at += 1;
            continue;
        };
        let mark = number.to_string();
        let window = at.saturating_sub(WINDOW);
        let raised = notes
            .calls
            .iter()
            .any(|c| c.mark == mark && c.span.end <= lines[at].span.start && source.page_of(c.span) == lines[at].page);
        if raised && lines[at].page.is_some() {
            // the call is raised by the format's word; the body's own mark is not
            take_body(source, lines, notes, at, number, head);
            next = number + 1;
            continue;
        }
        let Some(call) = (window..at).rev().find_map(|i| {
            lines[i].is_text().then(|| glued_call(lines[i].text(source), &mark, lines[i].span.start)).flatten()
        }) else {
            at += 1;
            continue;
        };
        notes.calls.push(call);
        at = take_body(source, lines, notes, at, number, head);
        next = number + 1;
    }
}

/// Takes the body that begins at line `at` out of the running text; gives the line behind it.
fn take_body(
    source: &Source,
    lines: &mut [LineView],
    notes: &mut Footnotes,
    at: usize,
    number: u32,
    head: usize,
) -> usize {
    let start = lines[at].span.start;
    let end = glued_end(source, lines, at, number);
    let body = (at..end).filter(|i| lines[*i].is_text()).collect();
    notes.bodies.push((number.to_string(), Span::new(start, start + head), body));
    for line in lines.iter_mut().take(end).skip(at).filter(|l| l.is_text()) {
        line.kind = LineKind::Furniture;
    }
    end
}

/// A body's head `12 Kế hoạch …`: the number, and its length.
fn plain_mark(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let rest = text[digits..].strip_prefix(' ')?;
    let first = rest.trim_start().chars().next()?;
    (first.is_uppercase() || first == '“' || first == '"').then_some(())?;
    Some((text[..digits].parse().ok()?, digits))
}

/// A call `ủy12` in `text`: letters, the mark, and no letter or digit behind it.
fn glued_call(text: &str, mark: &str, start: usize) -> Option<Call> {
    text.match_indices(mark).find_map(|(at, _)| {
        let before = text[..at].chars().next_back()?;
        let after = text[at + mark.len()..].chars().next();
        let word = before.is_lowercase() || matches!(before, '”' | '"' | ')' | '%');
        let closed = after.is_none_or(|c| !c.is_alphanumeric() && c != '/' && c != '%');
        // a letter that is part of a code (`F0`, `SJC2`) is a capital, and so `before` is none
        (word && closed).then(|| Call { span: Span::new(start + at, start + at + mark.len()), mark: mark.to_owned() })
    })
}

/// One past the last line of a body at a page's foot: it goes on over line breaks, also with blank lines between, until
/// the next body or the next page. Text copies show the page break as a line that begins with a space or a form feed.
fn glued_end(source: &Source, lines: &[LineView], first: usize, number: u32) -> usize {
    let mut end = first + 1;
    let mut last = first;
    while let Some(line) = lines.get(end) {
        match line.kind {
            LineKind::Blank => {}
            LineKind::Text => {
                let text = line.text(source);
                let new_page = line.page != lines[first].page || (line.indent == 1 && lines[first].indent == 0);
                let next_body = plain_mark(text).is_some_and(|(n, _)| n == number + 1);
                let finished = lines[last].text(source).ends_with(['.', ';', ')']);
                let marker = crate::block::marker::read(text);
                let new_block = marker.is_some();
                // a heading behind a blank line, or the page's own number, stands below the notes
                let parted = end > last + 1 && marker.is_some_and(|m| !m.class.is_bullet());
                let fresh = finished && text.chars().next().is_some_and(char::is_uppercase) && end > last + 1;
                if new_page || next_body || (finished && new_block) || parted || fresh || is_page_number(text) {
                    break;
                }
                last = end;
            }
            _ => break,
        }
        end += 1;
    }
    last + 1
}

/// `2`, `1/2`, `- 3 -`.
fn is_page_number(text: &str) -> bool {
    text.len() <= 9
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '–' | ' '))
}
