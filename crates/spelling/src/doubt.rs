//! How damaged a text is.

use nhiemvu_model::Source;
use nhiemvu_text::{Word, is_alphabetic, is_syllable, words};

/// Of so many words one is ill-formed in a text that is damaged everywhere, and in one that is damaged here and there.
const MUCH: usize = 250;
const SOME: usize = 1_200;
/// Fewest ill-formed words of a text that is damaged.
const FEWEST: usize = 1;

/// How damaged a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Damage {
    /// Not more than by slips of the hand.
    None,
    /// Here and there.
    Some,
    /// Everywhere.
    Much,
}

/// Whether a source was read from a picture, or holds more words than a clean one that are no syllables.
pub fn is_damaged(source: &Source) -> bool {
    source.ocr || damage(&source.text) > Damage::None
}

/// How damaged a text is, by its words that are neither syllables nor anything else.
pub(crate) fn damage(text: &str) -> Damage {
    let mut seen = Seen::default();
    let (mut all, mut ill) = (0, 0);
    for word in words(text) {
        all += 1;
        ill += usize::from(word.marked && !seen.holds(word, text) && seen.is_ill(word, text));
    }
    if ill < FEWEST || ill * SOME < all {
        Damage::None
    } else if ill * MUCH < all {
        Damage::Some
    } else {
        Damage::Much
    }
}

/// Most words of a text stand in it before: those that were found to be well formed, each where its letters lead to.
struct Seen(Vec<u128>);

impl Default for Seen {
    fn default() -> Self {
        Self(vec![0; 1 << SLOTS])
    }
}

/// Their number as a power of two: a document writes about a thousand syllables.
const SLOTS: u32 = 11;

impl Seen {
    /// Where the word is kept.
    fn slot(packed: u128) -> usize {
        let mixed = (packed as u64 ^ (packed >> 57) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> (64 - SLOTS)) as usize
    }

    /// Whether the word was found well-formed before.
    fn holds(&self, word: Word, text: &str) -> bool {
        word.packed(text).is_some_and(|packed| self.0.get(Self::slot(packed)) == Some(&packed))
    }

    /// Whether the word is ill-formed; one that is not is kept.
    fn is_ill(&mut self, word: Word, text: &str) -> bool {
        let ill = is_ill(word.slice(text));
        if let Some(packed) = word.packed(text).filter(|_| !ill)
            && let Some(slot) = self.0.get_mut(Self::slot(packed))
        {
            *slot = packed;
        }
        ill
    }
}

/// Whether a word has letters of Vietnamese and is no syllable. Names, many of which are of other languages, and
/// abbreviations are left out.
fn is_ill(word: &str) -> bool {
    word.chars().nth(2).is_some() && word.chars().all(|c| is_alphabetic(c) && !c.is_uppercase()) && !is_syllable(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_no_syllables_tell() {
        let clean = "Giao Sở Tài chính lập dự toán cho xã Krông Nô, Đắk Lắk; website, UBND, QĐ-UBND. ".repeat(20);
        assert_eq!(damage(&clean), Damage::None);
        assert_eq!(damage(&format!("{clean} vớỉ kêt")), Damage::Much);
        assert_eq!(damage(&format!("{clean}{clean} kêt")), Damage::Some);
        assert_eq!(damage(&format!("{} kêt", clean.repeat(5))), Damage::None);
        assert_eq!(damage(""), Damage::None);
    }
}
