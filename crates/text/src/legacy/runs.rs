//! Lines and stretches of lines that are in another encoding than the text around them.

use super::{LegacyEncoding, count, share};
use crate::fold::is_alphabetic;
use crate::syllable::is_syllable;

/// A line of proper Unicode with its stretches in the encoding decoded; empty where it has none.
pub(super) fn decode_runs(encoding: LegacyEncoding, line: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for run in runs(line) {
        let words = run.slice(line);
        let decoded = encoding.decode(words);
        if share(count(&decoded)) > share(count(words)) {
            out.push_str(line.get(done..run.start).unwrap_or_default());
            out.push_str(&decoded);
            done = run.end;
        }
    }
    if done > 0 {
        out.push_str(line.get(done..).unwrap_or_default());
    }
    out
}

/// Letters that a unit with its sign has at most (`µm`).
const SHORT: usize = 2;

/// A stretch of a line.
#[derive(Clone, Copy)]
pub(super) struct Run {
    start: usize,
    end: usize,
    /// Words that are not Vietnamese as they stand.
    pub strange: usize,
}

impl Run {
    /// Its words.
    pub fn slice(self, line: &str) -> &str {
        line.get(self.start..self.end).unwrap_or_default()
    }
}

/// The stretches of a line of proper Unicode that may be in another encoding: from one word that is not Vietnamese as it
/// stands to the last, and no word among them that only Unicode has.
pub(super) fn runs(line: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    if line.is_ascii() {
        return runs;
    }
    let mut open = false;
    for word in line.split_whitespace() {
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        let end = start + word.len();
        if word.chars().any(is_unicode_only) {
            open = false;
        } else if is_foreign(word) {
            match runs.last_mut().filter(|_| open) {
                Some(run) => (run.end, run.strange) = (end, run.strange + 1),
                None => runs.push(Run { start, end, strange: 1 }),
            }
            open = true;
        }
    }
    let letters = |word: &str| word.chars().filter(|c| is_alphabetic(*c)).count();
    runs.retain(|run| run.slice(line).split_whitespace().any(|word| letters(word) > SHORT));
    runs
}

/// Whether a stretch of the line may hold two words that are not Vietnamese as they stand, and so may be pasted; a no is sure.
///
/// Most words are told by their bytes, as they hold a letter that only Unicode has or none beyond ASCII; of the others the
/// first of a stretch matters only where another one follows.
pub(super) fn may_hold_run(line: &str) -> bool {
    let (mut waiting, mut strange) = (None, false);
    let mut start = 0;
    while start < line.len() {
        let Some((kind, end)) = word_kind(line.as_bytes(), start) else { return true };
        match kind {
            WordKind::Plain => {}
            WordKind::UnicodeOnly => (waiting, strange) = (None, false),
            WordKind::Other => {
                let word = line.get(start..end).unwrap_or_default();
                let first = waiting.replace(word);
                strange |= first.is_some_and(is_foreign);
                if strange && is_foreign(word) {
                    return true;
                }
            }
        }
        start = end + 1;
    }
    false
}

/// What the bytes of a word tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordKind {
    /// It is of ASCII.
    Plain,
    /// It has a letter that only Unicode has.
    UnicodeOnly,
    /// It has others beyond ASCII.
    Other,
}

/// What a byte is in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// A letter or sign of ASCII, or a further byte of any other.
    Inside,
    /// White space of ASCII.
    White,
    /// The first of a character beyond ASCII; or U+000B.
    Lead,
}

static BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Inside; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_whitespace() {
            bytes[byte] = Byte::White;
        } else if byte == 0xB || byte >= 0xC2 {
            bytes[byte] = Byte::Lead;
        }
        byte += 1;
    }
    bytes
};

/// The kind of the word at `start`, which may be empty, and its end; `None` where a space may stand that is none of ASCII.
fn word_kind(bytes: &[u8], start: usize) -> Option<(WordKind, usize)> {
    let mut kind = WordKind::Plain;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match BYTES[usize::from(byte)] {
            Byte::Inside => {
                at += 1;
                continue;
            }
            Byte::White => break,
            // U+000B is white too, but not for ASCII's own test
            Byte::Lead if byte == 0xB => return None,
            Byte::Lead => at += 1,
        }
        let next = bytes.get(at).copied().unwrap_or(0);
        let unicode_only = match byte {
            // those with two marks
            0xE1 if next == 0xBA => bytes.get(at + 1).is_some_and(|last| *last >= 0xA0),
            0xE1 if next == 0xBB => bytes.get(at + 1).is_some_and(|last| *last <= 0xB9),
            // ă, đ; ơ, ư and their capitals
            0xC4 => matches!(next, 0x83 | 0x91),
            0xC6 => matches!(next, 0xA0 | 0xA1 | 0xAF | 0xB0),
            0xC2 if matches!(next, 0x85 | 0xA0) => return None,
            0xE1 | 0xE3 => return None,
            0xE2 if next <= 0x81 => match bytes.get(at + 1) {
                // dashes, quotation marks, dots
                Some(0x90..=0xA7) if next == 0x80 => false,
                _ => return None,
            },
            _ => false,
        };
        if unicode_only {
            kind = WordKind::UnicodeOnly;
        } else if kind == WordKind::Plain {
            kind = WordKind::Other;
        }
    }
    Some((kind, at))
}

/// Whether a word without a letter that only Unicode has is not Vietnamese as it stands.
fn is_foreign(word: &str) -> bool {
    word.chars().any(is_strange) || is_odd(word)
}

/// Whether the word has letters beyond ASCII and is no syllable as it stands (`kiÓm`), or a capital inside of it (`bÕn`).
fn is_odd(word: &str) -> bool {
    let word = word.trim_matches(|c| !is_alphabetic(c));
    let capital = || word.chars().skip_while(|c| c.is_uppercase()).any(char::is_uppercase);
    !word.is_ascii() && word.chars().all(is_alphabetic) && (!is_syllable(word) || capital())
}

/// Whether the line holds a character of windows-1252 that Vietnamese text does not, and no letter that is only Unicode's.
pub(super) fn is_mojibake(line: &str) -> bool {
    if line.is_ascii() {
        return false;
    }
    let mut strange = false;
    for c in line.chars() {
        if is_unicode_only(c) {
            return false;
        }
        strange |= is_strange(c);
    }
    strange
}

/// Whether the letter is Vietnamese and none of windows-1252.
fn is_unicode_only(c: char) -> bool {
    matches!(c, '\u{1EA0}'..='\u{1EF9}' | 'ơ' | 'ư' | 'Ơ' | 'Ư' | 'đ' | 'ă')
}

/// Whether the character is one of windows-1252 that Vietnamese text does not have.
fn is_strange(c: char) -> bool {
    // the letters of Latin-1 that Vietnamese has too, and signs that stand in any text
    let known = matches!(
        c,
        'À'..='Ã' | 'È'..='Ê' | 'Ì' | 'Í' | 'Ò'..='Õ' | 'Ù' | 'Ú' | 'Ý'
            | 'à'..='ã' | 'è'..='ê' | 'ì' | 'í' | 'ò'..='õ' | 'ù' | 'ú' | 'ý'
            | '«' | '»' | '°' | '²' | '³'
    );
    ('\u{A1}'..='\u{FF}').contains(&c) && !known
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_line_that_may_hold_no_run_holds_none(line in "([a-zA-Z,.:–“”…\u{A0}\u{B}\u{3000}\u{2003}áàâÁêôµ©¸·µ®ưạếđăĐçñÓ×]{0,6}[ \t]?){0,8}") {
            if !may_hold_run(&line) {
                prop_assert!(runs(&line).iter().all(|run| run.strange < 2), "{line:?}");
            }
        }
    }

    #[test]
    fn ordinary_lines_need_no_closer_look() {
        for line in ["Giao Sở Tài chính chủ trì, phối hợp các cơ quan", "công tác báo cáo – “các ban”…", "abc def"]
        {
            assert!(!may_hold_run(line), "{line}");
        }
        assert!(may_hold_run("Giao Sở Tài chính b¸o c¸o kÕt qu¶"));
    }
}
