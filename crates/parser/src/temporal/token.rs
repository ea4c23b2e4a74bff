//! Text cut once into words, numbers and marks.

use super::damaged;
use super::word::{LONGEST, Padded, Word};

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
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let mut capital = false;
        if let Some((value, count, end)) = damaged::figure(text, at) {
            at = end;
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
            b' ' | b'\t' | b'\n' | b'\r' | b'*' | b'_' => {
                at += 1;
                continue;
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
        list.push(Token { start: start as u32, end: at as u32, kind, glued: last_end == start, capital });
        last_end = at;
    }
    damaged::mend(text, &mut list);
    list
}

fn is_letter(byte: u8) -> bool {
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

/// The word at `start`, its end, and whether it begins with a capital.
pub(super) fn word(text: &str, start: usize) -> (Word, usize, bool) {
    let bytes = text.as_bytes();
    let mut lower = Padded::default();
    let (mut len, mut at, mut capital) = (0, start, false);
    while let Some(&byte) = bytes.get(at) {
        if byte < 0x80 {
            if !byte.is_ascii_alphabetic() {
                break;
            }
            capital |= at == start && byte.is_ascii_uppercase();
            if let Some(slot) = lower.get_mut(len) {
                *slot = byte.to_ascii_lowercase();
            }
            (len, at) = (len + 1, at + 1);
            continue;
        }
        if !is_letter(byte) {
            break;
        }
        // such letters take two or three bytes, and their lower case as many
        let width = if byte < 0xE0 { 2 } else { 3 };
        let Some(letter) = bytes.get(at..at + width) else { break };
        let code =
            letter.iter().skip(1).fold(u32::from(byte & (0x7F >> width)), |code, b| code << 6 | u32::from(b & 0x3F));
        let small = lower_case(code);
        capital |= at == start && small != code;
        let encoded = [(small >> 12) as u8 | 0xE0, (small >> 6 & 0x3F) as u8 | 0x80, (small & 0x3F) as u8 | 0x80];
        let encoded = if width == 2 { [(small >> 6) as u8 | 0xC0, encoded[2], 0] } else { encoded };
        if let Some(slots) = lower.get_mut(len..len + width) {
            slots.iter_mut().zip(encoded).for_each(|(slot, byte)| *slot = byte);
        }
        (len, at) = (len + width, at + width);
    }
    let word = if len <= LONGEST { Word::of(&lower) } else { Word::OTHER };
    (word, at, capital)
}

/// Code of the lower case of a Vietnamese letter; other letters stay.
fn lower_case(code: u32) -> u32 {
    match code {
        0xC0..=0xDE if code != 0xD7 => code + 0x20,
        0x102 | 0x110 | 0x128 | 0x168 | 0x1A0 | 0x1AF => code + 1,
        0x1EA0..=0x1EF9 => code | 1,
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::super::word::w;
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        tokens(text).iter().map(|t| t.kind).collect()
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
            assert_eq!(lower_case(capital as u32), small as u32);
            assert_eq!(lower_case(small as u32), small as u32);
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
