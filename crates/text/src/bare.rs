//! Words without their marks, for what a scan has damaged.

use unicode_normalization::UnicodeNormalization;

use crate::fold_key;

/// The folded words of `text` with every tone and vowel mark gone and `đ` as `d`: what is left where a scan dropped or
/// changed marks.
///
/// ```
/// assert_eq!(nhiemvu_text::bare_key("CỘNG HÒA  xã hội Đ"), "cong hoa xa hoi d");
/// ```
pub fn bare_key(text: &str) -> String {
    fold_key(text)
        .nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36F}'))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}
