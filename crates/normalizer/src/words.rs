//! Words as numbers: the vocabulary of the registry, and the words of a text looked up in it.

pub(crate) use nhiemvu_text::FastMap;

/// Number of a word in the vocabulary.
pub(crate) type Word = u32;

/// A word that the registry does not know.
pub(crate) const UNKNOWN: Word = 0;
/// Whatever joins two parts of a name: comma, hyphen, `và`, `&`.
pub(crate) const JOINER: Word = 1;
/// Punctuation marks, each a token of its own.
pub(crate) const COMMA: Word = 2;
pub(crate) const SEMICOLON: Word = 3;
pub(crate) const COLON: Word = 4;
pub(crate) const DASH: Word = 5;
pub(crate) const SLASH: Word = 6;
pub(crate) const DOT: Word = 7;
pub(crate) const NEWLINE: Word = 8;
pub(crate) const OPEN: Word = 9;
pub(crate) const CLOSE: Word = 10;
pub(crate) const AMPERSAND: Word = 11;
pub(crate) const OTHER: Word = 12;
pub(crate) const FIRST_WORD: Word = 13;

/// The words of the registry, numbered.
#[derive(Default)]
pub(crate) struct Words {
    /// Of every spelling that [`packed`] takes, which are nearly all: no key has to be fetched from elsewhere to be compared.
    short: FastMap<u128, Word>,
    long: FastMap<Box<str>, Word>,
    count: Word,
}

impl Words {
    /// Number of the folded word `word`; [`UNKNOWN`] where it is not known.
    pub fn get(&self, word: &str) -> Word {
        self.find(word).unwrap_or(UNKNOWN)
    }

    /// The same of the word at bytes `start..end` of a folded text, without a copy of it where more follows.
    pub fn get_at(&self, text: &str, start: usize, end: usize) -> Word {
        let bytes = text.as_bytes().get(start..).and_then(<[u8]>::first_chunk::<16>);
        match (bytes, end.saturating_sub(start)) {
            (Some(bytes), len @ 1..=16) => {
                let word = u128::from_le_bytes(*bytes) & u128::MAX >> (128 - 8 * len);
                self.short.get(&word).copied().unwrap_or(UNKNOWN)
            }
            _ => self.get(text.get(start..end).unwrap_or("")),
        }
    }

    fn find(&self, word: &str) -> Option<Word> {
        match packed(word) {
            Some(word) => self.short.get(&word).copied(),
            None => self.long.get(word).copied(),
        }
    }

    fn insert(&mut self, word: &str, number: Word) {
        match packed(word) {
            Some(word) => self.short.insert(word, number),
            None => self.long.insert(word.into(), number),
        };
    }

    /// One more than the highest number of a word.
    pub fn len(&self) -> usize {
        (FIRST_WORD + self.count) as usize
    }

    /// Number of the folded word `word`, which becomes known.
    pub fn intern(&mut self, word: &str) -> Word {
        if let Some(number) = self.find(word) {
            return number;
        }
        let next = FIRST_WORD + self.count;
        self.count += 1;
        if let Some(other) = other_spelling(word) {
            self.insert(&other, next);
        }
        self.insert(word, next);
        next
    }
}

/// The bytes of a short word as a number.
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    // no word holds a zero byte, so that the length need not be told
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

/// The other spelling of words that are written with y or i (`kỹ`, `kĩ`), where it is the only vowel after h, k, l, m, s, t,
/// qu.
fn other_spelling(word: &str) -> Option<String> {
    const VOWELS: [(&str, &str); 6] = [("y", "i"), ("ý", "í"), ("ỳ", "ì"), ("ỷ", "ỉ"), ("ỹ", "ĩ"), ("ỵ", "ị")];
    let onset = match word.as_bytes() {
        [b'h' | b'k' | b'l' | b'm' | b's' | b't', ..] => 1,
        [b'q', b'u', ..] => 2,
        _ => return None,
    };
    let (onset, vowel) = word.split_at_checked(onset)?;
    let other = VOWELS.iter().find_map(|(y, i)| match vowel {
        _ if vowel == *y => Some(*i),
        _ if vowel == *i => Some(*y),
        _ => None,
    });
    Some(format!("{onset}{}", other?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_a_text_is_the_word_alone() {
        let mut words = Words::default();
        let text = "sở nghiệp y hợp-tác-xã-kiểu-mới ubnd";
        let ranges: Vec<_> = text.split(' ').map(|w| w.as_ptr() as usize - text.as_ptr() as usize).collect();
        let known: Vec<_> = text.split(' ').map(|word| words.intern(word)).collect();
        for (n, word) in text.split(' ').enumerate() {
            assert_eq!(words.get_at(text, ranges[n], ranges[n] + word.len()), known[n], "{word}");
        }
        assert_eq!(words.get_at(text, 0, 1), UNKNOWN);
    }

    #[test]
    fn words_with_y_and_i_are_one() {
        let mut words = Words::default();
        for (one, other) in [("kỹ", "kĩ"), ("quý", "quí"), ("ty", "ti"), ("lý", "lí")] {
            assert_eq!(words.intern(one), words.get(other), "{one}");
        }
        assert_ne!(words.intern("thúy"), words.intern("thúi"));
        assert_ne!(words.intern("tuy"), words.intern("tui"));
    }
}
