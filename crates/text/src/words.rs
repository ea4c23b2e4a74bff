//! The words of a text, found by their bytes.

use crate::fold::is_alphanumeric;

/// A word: letters and figures of any script, as far as they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its first byte.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether it has a letter beyond ASCII.
    pub marked: bool,
}

impl Word {
    /// Its letters.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Its letters as one number, which no other word has; `None` of a word of more than its sixteen bytes.
    pub fn packed(self, text: &str) -> Option<u128> {
        let len = self.end - self.start;
        if !(1..=16).contains(&len) {
            return None;
        }
        if let Some(bytes) = text.as_bytes().get(self.start..self.start + 16) {
            let bytes = u128::from_le_bytes(bytes.try_into().ok()?);
            return Some(bytes & (u128::MAX >> (128 - 8 * len)));
        }
        let mut bytes = [0; 16];
        bytes.get_mut(..len)?.copy_from_slice(self.slice(text).as_bytes());
        Some(u128::from_le_bytes(bytes))
    }
}

/// The words of `text`: what stands between characters that are neither letters nor figures.
///
/// ```
/// let text = "Số: 12/KH, đợt 2";
/// let words: Vec<&str> = nhiemvu_text::words(text).map(|word| word.slice(text)).collect();
/// assert_eq!(words, ["Số", "12", "KH", "đợt", "2"]);
/// ```
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// Where the letters and figures end that stand at byte `at` of `text`.
///
/// ```
/// assert_eq!(nhiemvu_text::word_end("12/KH", 0), 2);
/// ```
pub fn word_end(text: &str, at: usize) -> usize {
    let mut words = Words { text, at };
    words.next().filter(|word| word.start == at).map_or(at, |word| word.end)
}

/// The words of a text, one after the other.
#[derive(Debug, Clone)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
}

/// Length of the letter or figure that a byte begins, as far as it tells: 0 of what is none in ASCII, [`OPEN`] of what only the
/// tables of Unicode tell.
static LENGTHS: [u8; 256] = {
    let mut lengths = [OPEN; 256];
    let mut byte = 0;
    while byte < 0x80 {
        lengths[byte] = (byte as u8).is_ascii_alphanumeric() as u8;
        byte += 1;
    }
    // letters of Latin-1 and Extended-A, with two signs of arithmetic among them
    let mut byte = 0xC3;
    while byte <= 0xC8 {
        lengths[byte] = 2;
        byte += 1;
    }
    // what may be a letter with two marks
    lengths[0xE1] = 3;
    lengths
};

const OPEN: u8 = u8::MAX;

/// Length of the letter or figure at byte `at`, which is `byte`; 0 where it is none.
///
/// Which of the lengths comes next nobody can foretell, the processor least of all: nothing branches on it but what is rare.
#[inline]
#[expect(clippy::needless_bitwise_bool)]
fn letter(text: &str, at: usize, byte: u8) -> usize {
    let next = |i: usize| text.as_bytes().get(at + i).copied().unwrap_or(0);
    let len = LENGTHS[usize::from(byte)];
    let (second, third) = (next(1), next(2));
    let toned = (second == 0xBB) | ((second == 0xBA) & (third >= 0xA0));
    let sign = (byte == 0xC3) & ((second == 0x97) | (second == 0xB7));
    if (len == OPEN) | ((byte == 0xE1) & !toned) | sign {
        return char_at(text, at).filter(|c| is_alphanumeric(*c)).map_or(0, char::len_utf8);
    }
    usize::from(len)
}

#[cold]
fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

impl Iterator for Words<'_> {
    type Item = Word;

    #[inline]
    fn next(&mut self) -> Option<Word> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let (start, first) = loop {
            let byte = *bytes.get(at)?;
            match letter(self.text, at, byte) {
                0 if byte < 0x80 => at += 1,
                0 => at += char_at(self.text, at).map_or(1, char::len_utf8),
                len => break (at, len),
            }
        };
        let mut marked = first > 1;
        at += first;
        while let Some(&byte) = bytes.get(at) {
            match letter(self.text, at, byte) {
                0 => break,
                len => {
                    at += len;
                    marked |= len > 1;
                }
            }
        }
        self.at = at;
        Some(Word { start, end: at, marked })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_those_of_unicode(text in "[a-z0-9 .,×÷ñđăếọỳỹẮḀẟẠỿ²ºßéΩ一\u{301}\u{24F}\u{250}\u{240}–]{0,24}") {
            let found: Vec<&str> = words(&text).map(|word| word.slice(&text)).collect();
            let all: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(&found, &all);
            for word in words(&text) {
                prop_assert_eq!(word.marked, !word.slice(&text).is_ascii());
                let letters = word.packed(&text).map(|packed| packed.to_le_bytes().to_vec());
                let padded = letters.map(|bytes| bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<u8>>());
                prop_assert_eq!(padded.is_some(), word.end - word.start <= 16);
                prop_assert!(padded.is_none_or(|bytes| bytes == word.slice(&text).as_bytes()));
            }
        }
    }
}
