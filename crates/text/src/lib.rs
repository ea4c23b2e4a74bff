//! What the readers, the parser and the normalizer share about Vietnamese text.
//!
//! [`fold()`] brings words to the form in which they are compared; offsets in the folded text lead back to the text.
//!
//! ```
//! use nhiemvu_text::fold;
//! let text = "UỶ BAN – Hoà Bình";
//! let folded = fold(text);
//! assert_eq!(folded.text(), "ủy ban - hòa bình");
//! let at = folded.text().find("hòa").unwrap();
//! assert_eq!(&text[folded.source(at)..], "Hoà Bình");
//! ```

mod bare;
mod clean;
mod fold;
mod hash;
mod head;
mod key;
mod legacy;
mod syllable;
mod wording;
mod words;

pub use bare::{bare_char, bare_key, push_bare};
pub use clean::{clean, may_compose};
pub use fold::{Folded, Sources, fold, fold_key, is_alphabetic, is_alphanumeric, key_of};
pub use hash::{FastHasher, FastMap, FastSet};
pub use head::{first_chars, holds_figure};
pub use legacy::{LegacyEncoding, Repaired, repair_legacy};
pub use syllable::{SyllableCount, count_syllables, is_syllable, make_syllable, may_join};
pub use wording::{Wording, cells};
pub use words::{Word, Words, word_end, words};
