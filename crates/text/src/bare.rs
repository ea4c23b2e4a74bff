//! Words without their marks, for what a scan or a slip of the hand has damaged.

use unicode_normalization::UnicodeNormalization;

use crate::fold::letter_at;
use crate::fold_key;

/// The folded words of `text` with every tone and vowel mark gone and `đ` as `d`: what is left where a scan dropped or
/// changed marks.
///
/// ```
/// assert_eq!(nhiemvu_text::bare_key("CỘNG HÒA  xã hội Đ"), "cong hoa xa hoi d");
/// ```
pub fn bare_key(text: &str) -> String {
    let key = fold_key(text);
    let mut out = String::with_capacity(key.len());
    push_bare(&mut out, &key);
    // a mark that stood on a space leaves the space at an edge, or beside another
    if out.starts_with(' ') || out.ends_with(' ') || out.contains("  ") {
        out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    out
}

/// Appends to `out` the words of `folded`, which is folded already, without their marks.
///
/// ```
/// let mut out = String::from("so ");
/// nhiemvu_text::push_bare(&mut out, "tài chính");
/// assert_eq!(out, "so tai chinh");
/// ```
pub fn push_bare(out: &mut String, folded: &str) {
    for c in folded.chars() {
        if c.is_ascii() {
            out.push(c);
        } else if let Some(letter) = letter_at(c) {
            out.push(letter.bare);
        } else {
            out.extend(std::iter::once(c).nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')));
        }
    }
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

    #[test]
    fn every_vietnamese_letter_loses_its_marks() {
        assert_eq!(bare_key("Ủy ban Quản lý Khu kinh tế Đắk Lắk"), "uy ban quan ly khu kinh te dak lak");
        let letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
        assert_eq!(bare_key(letters), "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd");
    }
}
