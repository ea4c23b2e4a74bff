//! Looks at a text that need no look at each of its characters: how it begins, whether it holds figures.

/// The first `count` characters of `text`, or all of it.
///
/// ```
/// use nhiemvu_text::first_chars;
/// assert_eq!(first_chars("Ủy ban", 2), "Ủy");
/// assert_eq!(first_chars("Ủy ban", 9), "Ủy ban");
/// ```
pub fn first_chars(text: &str, count: usize) -> &str {
    let bytes = text.as_bytes();
    let (mut end, mut left) = (0, count);
    // so many characters take so many bytes at least
    while left > 0 {
        let Some(next) = bytes.get(end..end + left) else { return by_one(text, count) };
        end += left;
        // few enough at a time for a sum of bytes, which the compiler makes vector code of
        let starts = |part: &[u8]| part.iter().fold(0, |sum, byte| sum + u8::from(*byte & 0xC0 != 0x80));
        left -= next.chunks(128).map(|part| usize::from(starts(part))).sum::<usize>();
    }
    text.get(..text.ceil_char_boundary(end)).unwrap_or(text)
}

/// The same near the end of the text.
fn by_one(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Whether a figure of ASCII stands in `text`; looked through to its end without a branch, so that the compiler makes vector
/// code of it.
///
/// ```
/// assert!(nhiemvu_text::holds_figure("Điều 1") && !nhiemvu_text::holds_figure("Điều"));
/// ```
pub fn holds_figure(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_as_many_characters(text in "[a-zàếủ€😀]{0,20}", count in 0_usize..24) {
            prop_assert_eq!(first_chars(&text, count), text.chars().take(count).collect::<String>());
        }
    }
}
