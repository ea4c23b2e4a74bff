//! Cleaning: one form for what looks the same on paper.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Brings `text` to the form that every reader gives: NFC, LF line ends, plain spaces, no invisible characters.
///
/// CRLF, CR, NEL (U+0085), U+2028, U+2029 and the vertical tab become LF; a form feed stays, since it parts pages.
/// No-break and other wide spaces become plain ones. Byte-order marks, soft hyphens, zero-width characters, direction
/// marks and other control characters go. Text that is clean already is not copied.
///
/// ```
/// use nhiemvu_text::clean;
/// assert_eq!(clean("Sở\u{A0}Y te\u{302}\u{301}\r\n"), "Sở Y tế\n");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{B}' => out.push('\n'),
            '\n' | '\t' | '\u{C}' => out.push(c),
            '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => out.push(' '),
            _ if is_invisible(c) => {}
            _ => out.push(c),
        }
    }
    if is_nfc_quick(out.chars()) == IsNormalized::Yes { Cow::Owned(out) } else { Cow::Owned(out.nfc().collect()) }
}

/// Whether `c` leaves no trace on paper: control characters, joiners, direction marks, variation selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Whether every byte belongs to a character that is known to need no change. A no only means that a closer look is due.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'\n' | b'\t' | 0xC | 0x20..=0x7E => 1,
            // U+00AE to U+02FF: letters of Latin-1, Latin Extended-A and -B, none of which composes further or decomposes
            0xC2 if bytes.get(at + 1).is_some_and(|b| *b > 0xAD) => 2,
            0xC3..=0xCB => 2,
            // U+1E80 to U+1EFF: the toned letters of Vietnamese
            0xE1 if bytes.get(at + 1).is_some_and(|b| (0xBA..=0xBB).contains(b)) => 3,
            // U+2010 to U+2027: dashes, quotes, bullets, the ellipsis
            0xE2 if bytes.get(at + 1) == Some(&0x80)
                && bytes.get(at + 2).is_some_and(|b| (0x90..=0xA7).contains(b)) =>
            {
                3
            }
            // U+2190 to U+22FF: arrows and mathematical signs
            0xE2 if bytes.get(at + 1).is_some_and(|b| (0x87..=0x8B).contains(b)) => 3,
            _ => return false,
        };
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_spaces_and_invisible_characters_take_one_form() {
        assert_eq!(clean("a\r\nb\rc\u{85}d\u{2028}e\u{C}f"), "a\nb\nc\nd\ne\u{C}f");
        assert_eq!(clean("\u{FEFF}tha\u{301}ng\u{A0}6\u{200B}/\u{AD}2031\0"), "tháng 6/2031");
        assert_eq!(clean("thứ\u{2009}hai"), "thứ hai");
    }

    #[test]
    fn clean_text_is_borrowed() {
        for text in ["Ủy ban nhân dân xã – “Đường đến trường” … ≥ 30%\n", "Số: 12/KH-UBND"] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn what_is_taken_for_plain_is_so() {
        for c in (0..0x3000).filter_map(char::from_u32).filter(|c| is_plain(&c.to_string())) {
            let text = c.to_string();
            assert_eq!(text.nfc().collect::<String>(), text);
            assert!(!is_invisible(c) || matches!(c, '\n' | '\t' | '\u{C}'), "{:x}", c as u32);
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing_more() {
        let once = clean("Thu\u{31B}\u{309}a Thie\u{302}n\r\n\u{200B}\u{301}x").into_owned();
        assert_eq!(clean(&once), once);
    }
}
