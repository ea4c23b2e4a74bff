//! The folding under which two careful copies of the same words are equal.
//!
//! It is stronger than [`nhiemvu_text::fold`]: Markdown marks go, spaces around a dash go, and every quote is the same.
//! The published figures depend on it to the last digit, so it follows their definition and not our own fold.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Folds what two copies may differ in: Unicode form, case, Markdown marks, quotes, dashes, spaces, tone placement.
///
/// ```
/// assert_eq!(nhiemvu_review::norm("**Uỷ ban**  nhân dân – Hoà"), "ủy ban nhân dân-hòa");
/// ```
pub fn norm(text: &str) -> String {
    let lower = text.nfc().collect::<String>().to_lowercase();
    let mut plain = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            '*' | '_' | '#' => {}
            '“' | '”' | '„' | '«' | '»' => plain.push('"'),
            '‘' | '’' | '`' | '´' => plain.push('\''),
            _ => plain.push(c),
        }
    }
    old_tones(&join_dashes(&plain))
}

/// The folded string of a JSON value; empty where it is not a string.
pub(crate) fn norm_value(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).map(norm).unwrap_or_default()
}

/// One space for every run of spaces, none around dashes or at the ends, one kind of dash.
fn join_dashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if is_space(c) {
            space = true;
        } else if is_dash(c) {
            out.push('-');
            space = false;
        } else {
            if space && !out.is_empty() && !out.ends_with('-') {
                out.push(' ');
            }
            out.push(c);
            space = false;
        }
    }
    out
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// Whether `c` is part of a word: a letter, a digit or an underscore; a combining mark is not.
pub(crate) fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// For each pair of vowels: the second, with each tone; the first, with the same tones.
const TONES: [(char, [char; 5], char, [char; 5]); 3] = [
    ('a', ['à', 'á', 'ả', 'ã', 'ạ'], 'o', ['ò', 'ó', 'ỏ', 'õ', 'ọ']),
    ('e', ['è', 'é', 'ẻ', 'ẽ', 'ẹ'], 'o', ['ò', 'ó', 'ỏ', 'õ', 'ọ']),
    ('y', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'], 'u', ['ù', 'ú', 'ủ', 'ũ', 'ụ']),
];

/// Moves the tone mark to the older place (`uỷ` to `ủy`, `hoà` to `hòa`) in open syllables that do not follow `q`.
fn old_tones(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let before = at.checked_sub(1).and_then(|i| chars.get(i));
        if let Some((toned, plain)) = moved(before.copied(), c, chars.get(at + 1).copied(), chars.get(at + 2).copied())
        {
            out.extend([toned, plain]);
            at += 2;
        } else {
            out.push(c);
            at += 1;
        }
    }
    out
}

fn moved(before: Option<char>, c: char, next: Option<char>, after: Option<char>) -> Option<(char, char)> {
    if before == Some('q') || after.is_some_and(is_word) {
        return None;
    }
    let next = next?;
    TONES.iter().find_map(|(plain, marked, first, toned)| {
        let tone = marked.iter().position(|m| *first == c && *m == next)?;
        Some((*toned.get(tone)?, *plain))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_the_same_words_are_equal() {
        for (text, want) in [
            ("  **Uỷ ban**\u{a0}nhân  dân ", "ủy ban nhân dân"),
            ("2026 – 2030", "2026-2030"),
            ("- một", "-một"),
            ("một -", "một-"),
            ("a - – b", "a--b"),
            ("“trích” «yếu»", "\"trích\" \"yếu\""),
            ("quý xoáy hoàn", "quý xoáy hoàn"),
            ("hoà, thuỷ", "hòa, thủy"),
            ("# _Đề mục_", "đề mục"),
            ("Vie\u{302}\u{323}t", "việt"),
            ("", ""),
        ] {
            assert_eq!(norm(text), want, "{text}");
            assert_eq!(norm(want), want);
        }
    }
}
