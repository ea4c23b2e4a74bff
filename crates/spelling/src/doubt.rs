//! Whether a text is so damaged that it is worth while to read it anew.

use nhiemvu_model::Source;
use nhiemvu_text::is_syllable;

/// So many words of which one is ill-formed are damaged.
const ONE_IN: usize = 150;
/// Fewest ill-formed words.
const FEWEST: usize = 2;

/// Whether a source was read from a picture, or holds more words than a clean one that are no syllables.
pub fn is_damaged(source: &Source) -> bool {
    source.ocr || is_ill_formed(&source.text)
}

fn is_ill_formed(text: &str) -> bool {
    let (mut words, mut ill) = (0, 0);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        if !word.is_ascii() && is_ill(word) {
            ill += 1;
        }
    }
    ill >= FEWEST && ill * ONE_IN >= words
}

/// Whether a word has letters of Vietnamese and is no syllable, nor an abbreviation or a foreign word.
fn is_ill(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    word.chars().nth(2).is_some() && capitals < 2 && word.chars().all(char::is_alphabetic) && !is_syllable(word)
}
