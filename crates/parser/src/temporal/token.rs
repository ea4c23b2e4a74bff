//! Text cut once into words, numbers and marks.

use super::damaged;
use super::word::{Padded, Word};

/// A word, a number or a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// Whether it follows the token before it without space.
    pub glued: bool,
    /// Whether it is a word that begins with a capital letter.
    pub capital: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of letters.
    Word(Word),
    /// A run of digits: its value, at most 999 999 999, and how many digits.
    Number(u32, u8),
    /// A mark; dashes of every kind are `-`, marks outside ASCII are `?`.
    Mark(u8),
}

/// Cuts `text` into tokens.
///
/// Space of every kind, `*` and `_` (emphasis) part tokens and are none. Letters are taken by their first byte: Latin,
/// Vietnamese, and combining marks.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut list = Vec::with_capacity(bytes.len() / 5 + 8);
    let mut at = 0;
    let mut last_end = usize::MAX;
    // whether figures or words of time stand there, beside which others may be damaged
    let mut timed = false;
    while let Some(&byte) = bytes.get(at) {
        if matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'*' | b'_') {
            at += 1;
            continue;
        }
        let start = at;
        let mut capital = false;
        if damaged::may_be_figure(byte)
            && let Some((value, count, end)) = damaged::figure(text, at)
        {
            at = end;
            timed = true;
            list.push(Token {
                start: start as u32,
                end: at as u32,
                kind: Kind::Number(value, count),
                glued: last_end == start,
                capital,
            });
            last_end = at;
            continue;
        }
        let kind = match byte {
            b'0'..=b'9' => {
                let (kind, end) = number(bytes, at);
                at = end;
                kind
            }
            _ if is_letter(byte) => {
                let (word, end, upper) = word(text, at);
                (at, capital) = (end, upper);
                Kind::Word(word)
            }
            0..=0x7F => {
                at += 1;
                Kind::Mark(byte)
            }
            _ => {
                let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\u{FFFD}');
                at += c.len_utf8();
                match mark(c) {
                    Some(mark) => Kind::Mark(mark),
                    None => continue,
                }
            }
        };
        timed |= match kind {
            Kind::Number(..) => true,
            Kind::Word(word) => damaged::UNITS.contains(&word),
            Kind::Mark(_) => false,
        };
        list.push(Token { start: start as u32, end: at as u32, kind, glued: last_end == start, capital });
        last_end = at;
    }
    if timed {
        damaged::mend(text, &mut list);
    }
    list
}

const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, 0xC3..=0xC6 | 0xCC | 0xCD | 0xE1)
}

/// A mark outside ASCII; `None` for space and invisible characters.
fn mark(c: char) -> Option<u8> {
    match c {
        '\u{A0}'
        | '\u{AD}'
        | '\u{2000}'..='\u{200F}'
        | '\u{202A}'..='\u{202F}'
        | '\u{2060}'
        | '\u{3000}'
        | '\u{FEFF}' => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' => Some(b'-'),
        '“' | '”' | '„' | '«' | '»' => Some(b'"'),
        '‘' | '’' | '´' | '′' => Some(b'\''),
        '…' => Some(b'.'),
        '⁄' | '∕' => Some(b'/'),
        _ => Some(b'?'),
    }
}

fn number(bytes: &[u8], start: usize) -> (Kind, usize) {
    let digits = bytes.iter().skip(start).take_while(|b| b.is_ascii_digit());
    let (mut value, mut count) = (0_u32, 0_usize);
    for digit in digits {
        value = value.saturating_mul(10).saturating_add(u32::from(digit - b'0')).min(999_999_999);
        count += 1;
    }
    (Kind::Number(value, count.min(255) as u8), start + count)
}

/// The bytes of words: letters as [`is_letter`] has them, and the further bytes of those beyond ASCII, which follow them alone.
static WORDS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = is_letter(byte as u8) || byte >= 0x80 && byte < 0xC0;
        byte += 1;
    }
    table
};

/// The word at `start`, its end, and whether it begins with a capital.
pub(super) fn word(text: &str, start: usize) -> (Word, usize, bool) {
    let bytes = text.as_bytes();
    let rest = bytes.get(start..).unwrap_or_default();
    let len = rest.iter().position(|byte| !WORDS[usize::from(*byte)]).unwrap_or(rest.len());
    let letters = rest.get(..len).unwrap_or_default();
    let capital = match letters {
        [b'A'..=b'Z', ..] => true,
        [0..=0x7F, ..] => false,
        letters => small_letter(letters).is_some_and(|(at, small)| letters.get(at) != Some(&small)),
    };
    let word = if Word::may_be(letters) { Word::of(&lower_case(letters, rest)) } else { Word::OTHER };
    (word, start + len, capital)
}

/// The letters in lower case; `rest` is what begins with them.
fn lower_case(letters: &[u8], rest: &[u8]) -> Padded {
    let mut lower = Padded::default();
    if let Some(bytes) = rest.first_chunk::<16>() {
        lower = (u128::from_le_bytes(*bytes) & !(u128::MAX << (8 * letters.len()))).to_le_bytes();
    } else {
        lower.iter_mut().zip(letters).for_each(|(to, from)| *to = *from);
    }
    // each byte by the two before it, all at a time: the compiler makes vector code of it
    let word = u128::from_le_bytes(lower);
    let (before, first) = ((word << 8).to_le_bytes(), (word << 16).to_le_bytes());
    std::array::from_fn(|i| small_byte(first[i], before[i], lower[i]))
}

/// What a byte of a word is in lower case, behind the two before it; the words of time have no letters beyond those of Vietnamese.
#[inline]
#[expect(
    clippy::needless_bitwise_bool,
    clippy::manual_range_contains,
    reason = "branches would keep the compiler from making vector code"
)]
fn small_byte(first: u8, before: u8, byte: u8) -> u8 {
    let ascii = (b'A' <= byte) & (byte <= b'Z');
    let latin = (before == 0xC3) & (0x80 <= byte) & (byte <= 0x9E) & (byte != 0x97);
    let extended = (before == 0xC4) & ((byte == 0x82) | (byte == 0x90) | (byte == 0xA8))
        | (before == 0xC5) & (byte == 0xA8)
        | (before == 0xC6) & ((byte == 0xA0) | (byte == 0xAF));
    let toned = (before == 0xBA) & (byte >= 0xA0) | (before == 0xBB) & (0x80 <= byte) & (byte <= 0xB9);
    (byte + (u8::from(ascii | latin) << 5) + u8::from(extended)) | u8::from((first == 0xE1) & toned)
}

/// Which byte of a Vietnamese letter that begins here is another in lower case, and what it is; other letters stay.
fn small_letter(letter: &[u8]) -> Option<(usize, u8)> {
    match letter {
        [0xC3, last @ 0x80..=0x9E, ..] if *last != 0x97 => Some((1, last + 0x20)),
        [0xC4, last @ (0x82 | 0x90 | 0xA8), ..] | [0xC5, last @ 0xA8, ..] | [0xC6, last @ (0xA0 | 0xAF), ..] => {
            Some((1, last + 1))
        }
        [0xE1, 0xBA, last @ 0xA0..=0xBF, ..] | [0xE1, 0xBB, last @ 0x80..=0xB9, ..] => Some((2, last | 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::word::w;
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        tokens(text).iter().map(|t| t.kind).collect()
    }

    proptest! {
        #[test]
        fn small_letters_are_those_of_unicode(word in "[A-Za-zÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]{1,5}") {
            let small = word.to_lowercase();
            let text = format!("{word} và");
            let lower = lower_case(word.as_bytes(), text.as_bytes());
            prop_assert_eq!(&lower[..word.len()], small.as_bytes());
            prop_assert!(lower[word.len()..].iter().all(|byte| *byte == 0));
            prop_assert_eq!(lower_case(word.as_bytes(), word.as_bytes()), lower);
        }
    }

    #[test]
    fn words_numbers_and_marks_are_told_apart() {
        let want = [
            Kind::Word(w!("trước")),
            Kind::Number(17, 2),
            Kind::Word(w!("giờ")),
            Kind::Number(0, 2),
            Kind::Word(w!("ngày")),
            Kind::Number(5, 2),
            Kind::Mark(b'/'),
            Kind::Number(9, 1),
        ];
        assert_eq!(kinds("TRƯỚC 17h00  *Ngày*\u{A0}05/9"), want);
        assert_eq!(
            kinds("QUÝ IV – Quí"),
            [Kind::Word(w!("quý")), Kind::Word(w!("iv")), Kind::Mark(b'-'), Kind::Word(w!("quý"))]
        );
    }

    #[test]
    fn every_vietnamese_capital_has_its_small_letter() {
        for small in "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ".chars()
        {
            let capital = small.to_uppercase().next().unwrap();
            for letter in [capital, small].map(|c| c.to_string()) {
                let lower = lower_case(letter.as_bytes(), letter.as_bytes());
                assert!(lower.starts_with(small.to_string().as_bytes()), "{letter}");
            }
            assert!(word(&format!("{capital}x"), 0).2 && !word(&format!("{small}x"), 0).2);
        }
        for (capital, small) in [("TRƯỚC", "trước"), ("NGÀY", "ngày"), ("Quý", "quý"), ("ĐẾN", "đến"), ("HẰNG", "hằng")]
        {
            assert_eq!(kinds(capital), kinds(small));
            assert_ne!(kinds(small), [Kind::Word(Word::OTHER)]);
        }
    }

    #[test]
    fn glue_is_seen_over_marks() {
        let glued: Vec<bool> = tokens("15/5 / 2026").iter().map(|t| t.glued).collect();
        assert_eq!(glued, [false, true, true, false, false]);
    }
}
