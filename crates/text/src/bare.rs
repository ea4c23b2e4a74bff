//! Words without their marks, for what a scan or a slip of the hand has damaged.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::fold::{ASCII, letter_at, letters, vietnamese};
use crate::fold_key;

/// The folded words of `text` with every tone and vowel mark gone and `đ` as `d`: what is left where a scan dropped or
/// changed marks.
///
/// ```
/// assert_eq!(nhiemvu_text::bare_key("CỘNG HÒA  xã hội Đ"), "cong hoa xa hoi d");
/// ```
pub fn bare_key(text: &str) -> String {
    if let Some(key) = plain_bare(text) {
        return key;
    }
    let key = fold_key(text);
    let mut out = String::with_capacity(key.len());
    push_bare(&mut out, &key);
    // a mark that stood on a space leaves the space at an edge, or beside another
    if out.starts_with(' ') || out.ends_with(' ') || out.contains("  ") {
        out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    out
}

/// Each of [`letters`] without its marks, where that is a small letter of ASCII, else 0.
static BARE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let bare = letters().iter().map(|letter| u8::try_from(letter.bare).ok().filter(u8::is_ascii_lowercase));
    bare.map(Option::unwrap_or_default).collect()
});

/// The key of `text` where it is of ASCII and the letters of Vietnamese alone: there the place of a mark does not matter.
fn plain_bare(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let table: &[u8] = &BARE;
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (bare, len) = if byte < 0x80 {
            (ASCII[usize::from(byte)], 1)
        } else {
            let (index, len) = vietnamese(bytes, at)?;
            (*table.get(index).filter(|bare| **bare != 0)?, len)
        };
        at += len;
        if !matches!(bare, b' ' | b'\n') {
            out.push(bare);
        } else if out.last().is_some_and(|last| *last != b' ') {
            out.push(b' ');
        }
    }
    if out.last() == Some(&b' ') {
        out.pop();
    }
    String::from_utf8(out).ok()
}

/// Appends to `out` the words of `folded`, which is folded already, without their marks.
///
/// ```
/// let mut out = String::from("so ");
/// nhiemvu_text::push_bare(&mut out, "tài chính");
/// assert_eq!(out, "so tai chinh");
/// ```
pub fn push_bare(out: &mut String, folded: &str) {
    let bytes = folded.as_bytes();
    let ascii = bytes.iter().take_while(|byte| byte.is_ascii()).count();
    let (plain, rest) = folded.split_at(ascii);
    out.push_str(plain);
    for c in rest.chars() {
        if c.is_ascii() {
            out.push(c);
        } else if let Some(letter) = letter_at(c) {
            out.push(letter.bare);
        } else {
            out.extend(std::iter::once(c).nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')));
        }
    }
}

/// A letter without its marks, of which the first is meant where more are left.
///
/// ```
/// assert_eq!(nhiemvu_text::bare_char('ế'), 'e');
/// ```
pub fn bare_char(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    if let Some(letter) = letter_at(c) {
        return letter.bare;
    }
    std::iter::once(c).nfd().find(|c| !matches!(c, '\u{300}'..='\u{36F}')).unwrap_or(c)
}

/// A small letter without its marks; itself where it has none, or where more than one letter is left.
pub(crate) fn bare_letter(c: char) -> char {
    let mut left = std::iter::once(c).nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}'));
    match (left.next(), left.next()) {
        (Some('đ'), None) => 'd',
        (Some(bare), None) => bare,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_one_gives(text in "[ -~àáảãạèéỳýòóỏõọÒÀÝoauyeqQOUđĐğßıİ\u{A0}–\u{301}\n\t]{0,24}") {
            if let Some(key) = plain_bare(&text) {
                let mut long = String::new();
                push_bare(&mut long, &fold_key(&text));
                proptest::prop_assert_eq!(key, long.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }

    #[test]
    fn every_vietnamese_letter_loses_its_marks() {
        assert_eq!(bare_key("Ủy ban Quản lý Khu kinh tế Đắk Lắk"), "uy ban quan ly khu kinh te dak lak");
        let letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
        assert_eq!(bare_key(letters), "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd");
    }
}
