//! Lines and stretches of lines that are in another encoding than the text around them.

use super::{LegacyEncoding, count, share};
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
        } else if word.chars().any(is_strange) || is_odd(word) {
            match runs.last_mut().filter(|_| open) {
                Some(run) => (run.end, run.strange) = (end, run.strange + 1),
                None => runs.push(Run { start, end, strange: 1 }),
            }
            open = true;
        }
    }
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    runs.retain(|run| run.slice(line).split_whitespace().any(|word| letters(word) > SHORT));
    runs
}

/// Whether the word has letters beyond ASCII and is no syllable as it stands (`kiÓm`), or a capital inside of it (`bÕn`).
fn is_odd(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    let capital = word.chars().skip_while(|c| c.is_uppercase()).any(char::is_uppercase);
    !word.is_ascii() && word.chars().all(char::is_alphabetic) && (capital || !is_syllable(word))
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
    ('\u{A1}'..='\u{FF}').contains(&c) && !VIETNAMESE_LATIN_1.contains(c)
}

/// The letters of Latin-1 that Vietnamese has too, and signs that stand in any text.
const VIETNAMESE_LATIN_1: &str = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý«»°²³";
