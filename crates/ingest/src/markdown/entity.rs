//! Character references (`&nbsp;`, `&#7845;`), HTML's table of names.

/// Longest name in HTML's table, with room for the ampersand and the semicolon.
const LONGEST: usize = 34;

/// The reference at the start of `text`, which begins with `&`: its characters and its length in bytes.
pub(crate) fn reference(text: &str) -> Option<(String, usize)> {
    let semicolon = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let source = text.get(..=semicolon)?;
    let decoded = html_escape::decode_html_entities(source);
    // a no-break space and its kin are spaces in clean text, and a soft hyphen is nothing
    (decoded != source).then(|| (nhiemvu_text::clean(&decoded).into_owned(), source.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_known_and_bare_ampersands_stay() {
        for (text, want) in [
            ("&nbsp;x", Some((" ", 6))),
            ("&amp;", Some(("&", 5))),
            ("&#7845;p", Some(("ấ", 7))),
            ("&#x1EA5;", Some(("ấ", 8))),
            ("&aacute;", Some(("á", 8))),
            ("&shy;", Some(("", 5))),
            ("&CN; TT", None),
            ("& CN", None),
            ("&", None),
        ] {
            assert_eq!(reference(text), want.map(|(s, n)| (s.to_owned(), n)), "{text}");
        }
    }
}
