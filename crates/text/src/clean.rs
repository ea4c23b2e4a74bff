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
    for line in text.split_inclusive('\n') {
        let (words, end) = line.strip_suffix("\r\n").map_or((line, ""), |words| (words, "\n"));
        if is_plain(words) {
            out.push_str(words);
        } else {
            clean_line(words, &mut out);
        }
        out.push_str(end);
    }
    Cow::Owned(out)
}

/// Appends what is left of `line`. No character composes with a line feed, so that lines can be normalised one by one.
fn clean_line(line: &str, out: &mut String) {
    let mut cleaned = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                cleaned.push('\n');
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{B}' => cleaned.push('\n'),
            '\n' | '\t' | '\u{C}' => cleaned.push(c),
            '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => cleaned.push(' '),
            _ if is_invisible(c) => {}
            _ => cleaned.push(c),
        }
    }
    if is_nfc_quick(cleaned.chars()) == IsNormalized::Yes {
        out.push_str(&cleaned);
    } else {
        out.extend(cleaned.nfc());
    }
}

/// Whether `c` leaves no trace on paper: control characters, joiners, direction marks, variation selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Whether every character is known to need no change. A no only means that a closer look is due.
///
/// Written without branches, a block at a time, so that the compiler makes vector code of it: this runs over every byte of
/// every document.
fn is_plain(text: &str) -> bool {
    const BLOCK: usize = 4096;
    let bytes = text.as_bytes();
    let mut start = 0;
    while start + 2 < bytes.len() {
        let end = (start + BLOCK).min(bytes.len() - 2);
        let (Some(a), Some(b), Some(c)) =
            (bytes.get(start..end), bytes.get(start + 1..end + 1), bytes.get(start + 2..end + 2))
        else {
            return false;
        };
        if a.iter().zip(b).zip(c).fold(0, |all, ((a, b), c)| all | u8::from(is_suspect(*a, *b, *c))) != 0 {
            return false;
        }
        start = end;
    }
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    (start..bytes.len()).all(|i| !is_suspect(at(i), at(i + 1), at(i + 2)))
}

/// Whether joining pieces of clean text may have put a letter before its combining mark; if not, `text` is NFC.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep the compiler from making vector code")]
pub fn may_compose(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let foreign = |a: u8, b: u8| {
        // only of U+1000 to U+1FFF is a part, the toned letters of Vietnamese, known to hold no marks
        (a.wrapping_sub(0xCC) <= 0x14) | ((a == 0xE1) & (b & 0xFE != 0xBA)) | (a >= 0xE3)
    };
    bytes.iter().zip(next).fold(0, |all, (a, b)| all | u8::from(foreign(*a, *b))) != 0
}

/// Whether a byte that is followed by `b` and `c` may begin a character that cleaning changes.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep the compiler from making vector code")]
fn is_suspect(a: u8, b: u8, c: u8) -> bool {
    let within = |byte: u8, low: u8, high: u8| byte.wrapping_sub(low) <= high - low;
    let control = (a < 0x20) & (a != b'\n') & (a != b'\t') & (a != 0xC) | (a == 0x7F);
    // U+00AE to U+02FF are letters and signs of the Latin blocks, none of which decomposes or is composed further by itself
    let latin = (a == 0xC2) & (b <= 0xAD);
    // U+0300 to U+07FF: combining marks and other scripts; U+0800 to U+0FFF likewise
    let marks = within(a, 0xCC, 0xE0);
    // of U+1000 to U+1FFF only the toned letters of Vietnamese, U+1E80 to U+1EFF, are known
    let toned = (a == 0xE1) & !within(b, 0xBA, 0xBB);
    // of U+2000 to U+2FFF: dashes, quotes, bullets (U+2010 to U+2027), raised figures and currency (U+2070 to U+20BF), arrows
    // and mathematical signs (U+21C0 to U+22FF), boxes and circles (U+2580 to U+25FF)
    let general = (b == 0x80) & within(c, 0x90, 0xA7) | (b == 0x81) & (c >= 0xB0) | (b == 0x82);
    let signs = (a == 0xE2) & !(general | within(b, 0x87, 0x8B) | within(b, 0x96, 0x97));
    control | latin | marks | toned | signs | (a >= 0xE3)
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
