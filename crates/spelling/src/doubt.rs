//! How damaged a text is.

use nhiemvu_model::Source;
use nhiemvu_text::is_syllable;

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
    let (mut words, mut ill) = (0, 0);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        ill += usize::from(!word.is_ascii() && is_ill(word));
    }
    if ill < FEWEST || ill * SOME < words {
        Damage::None
    } else if ill * MUCH < words {
        Damage::Some
    } else {
        Damage::Much
    }
}

/// Whether a word has letters of Vietnamese and is no syllable. Names, many of which are of other languages, and
/// abbreviations are left out.
fn is_ill(word: &str) -> bool {
    word.chars().nth(2).is_some() && word.chars().all(|c| c.is_alphabetic() && !c.is_uppercase()) && !is_syllable(word)
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
