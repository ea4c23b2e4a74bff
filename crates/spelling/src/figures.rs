//! Figures that were taken for letters: `O1/4/2026`, `2O26`, `l5`.

use nhiemvu_model::Span;
use nhiemvu_text::{fold_key, is_alphanumeric};

use crate::repair::Edit;

/// The edits that make figures of letters that stand among figures, in order.
pub(crate) fn edits(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !is_part(bytes[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && is_part(bytes[at]) {
            at += 1;
        }
        // most letters of this kind stand in a word
        let joined = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        if joined(start.checked_sub(1).and_then(|n| bytes.get(n))) || joined(bytes.get(at)) {
            continue;
        }
        if let Some(words) = figures(text, start, at) {
            out.push(Edit { span: Span::new(start, at), words });
        }
    }
    out
}

/// Figures, and the letters that look like them.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'l' | b'I' | b'V' | b'X')
}

/// What a run of figures and letters is as a number; `None` where it is one, or a word or part of one.
fn figures(text: &str, start: usize, end: usize) -> Option<String> {
    let run = text.get(start..end)?;
    let (before, after) = (text.get(..start)?.chars().next_back(), text.get(end..)?.chars().next());
    if [before, after].into_iter().flatten().any(is_alphanumeric) {
        return None;
    }
    if let Some(numeral) = numeral(run, text.get(..start)?) {
        return Some(numeral);
    }
    if run.contains(['V', 'X']) {
        return None;
    }
    let figures = run.bytes().filter(u8::is_ascii_digit).count();
    if figures == run.len() {
        return None;
    }
    let dated = |c: Option<char>| matches!(c, Some('/' | '.'));
    // `10l` may be litres, `1I` and `l` alone anything
    let last = run.bytes().last().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'O'));
    let first = run.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'O' | b'l'));
    let sure = figures > 0 && first && last || figures * 2 >= run.len() && (dated(before) || dated(after));
    sure.then(|| {
        run.chars()
            .map(|c| {
                if matches!(c, 'O' | 'o') {
                    '0'
                } else if c.is_ascii_digit() {
                    c
                } else {
                    '1'
                }
            })
            .collect()
    })
}

/// Words before a Roman numeral.
const NUMBERED: [&str; 5] = ["quý", "phần", "chương", "mục", "phụ lục"];

/// A Roman numeral some of whose letters were taken for figures or small letters, behind a word that asks for one.
fn numeral(run: &str, before: &str) -> Option<String> {
    let wrong = run.bytes().any(|byte| matches!(byte, b'1' | b'l'));
    let roman = run.bytes().all(|byte| matches!(byte, b'1' | b'l' | b'I' | b'V' | b'X'))
        && !run.bytes().all(|byte| byte == b'1');
    let word = before.trim_end_matches([' ', '\n']);
    let line: String = word.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    let asked = || NUMBERED.iter().any(|word| fold_key(&line).ends_with(word));
    (wrong && roman && asked()).then(|| run.replace(['1', 'l'], "I"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut out = text.to_owned();
        for edit in edits(text).into_iter().rev() {
            out.replace_range(edit.span.start..edit.span.end, &edit.words);
        }
        out
    }

    #[test]
    fn letters_among_figures_are_figures() {
        for (written, wanted) in [
            ("ngày O1/4/2O26", "ngày 01/4/2026"),
            ("l5/5/2026 và 8.O00 cây", "15/5/2026 và 8.000 cây"),
            ("1O người", "10 người"),
            ("quý lV, quý 1I, Phần lII", "quý IV, quý II, Phần III"),
        ] {
            assert_eq!(read(written), wanted);
        }
    }

    #[test]
    fn words_measures_and_figures_stay() {
        for text in
            ["10l nước", "QL1A", "quý II", "quý 1", "điểm l", "Ol", "mẫu O", "II. NỘI DUNG", "I", "H5N1", "lo 5"]
        {
            assert_eq!(read(text), text);
        }
    }
}
