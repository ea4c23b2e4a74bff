//! Folding: the form in which words are compared.

use unicode_normalization::UnicodeNormalization;

/// Folded text with the way back to the text it was made from.
///
/// Almost every change keeps the length in bytes (case, tone placement), so that only the few places where the distance
/// between the two texts changes are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    /// Offsets from which the distance to the source is another than before: (folded, source), ascending.
    shifts: Vec<(usize, usize)>,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset in the source of byte offset `at` of the folded text, which is the start of a character or the end.
    pub fn source(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|(folded, _)| *folded <= at);
        match next.checked_sub(1).and_then(|i| self.shifts.get(i)) {
            Some((folded, source)) => source + (at - folded),
            None => at,
        }
    }
}

/// Folds `text`: NFC, lower case, tone marks at the older place (`uỷ` to `ủy`, `hoà` to `hòa`, in open syllables and not
/// after `q`), every dash a hyphen, every space a plain one, curly quotes straight, invisible characters gone.
///
/// `text` should be NFC, as [`Source::text`](../nhiemvu_model/struct.Source.html) is; other forms are folded all the
/// same, and offsets then lead to the start of the composed character.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), shifts: Vec::new() };
    let mut last_shift = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let here = (folded.text.len(), at);
        let composed = match chars.peek() {
            // a letter with combining marks behind it: compose the cluster
            Some((_, mark)) if is_combining(*mark) => {
                let mut cluster = String::from(c);
                while let Some((_, mark)) = chars.next_if(|(_, mark)| is_combining(*mark)) {
                    cluster.push(mark);
                }
                Some(cluster.nfc().collect::<String>())
            }
            _ => None,
        };
        let start = folded.text.len();
        match composed {
            Some(cluster) => cluster.chars().for_each(|c| push_folded(&mut folded.text, c)),
            None => push_folded(&mut folded.text, c),
        }
        // only where something was written can an offset point to it
        if folded.text.len() > start && here.0 + last_shift.1 != here.1 + last_shift.0 {
            folded.shifts.push(here);
            last_shift = here;
        }
    }
    let end = (folded.text.len(), text.len());
    if end.0 + last_shift.1 != end.1 + last_shift.0 {
        folded.shifts.push(end);
    }
    move_tones(&mut folded.text);
    folded
}

/// The folded words of `text` alone, runs of spaces made one: the key under which names are kept.
///
/// ```
/// assert_eq!(nhiemvu_text::fold_key("  Sở  Văn hoá "), "sở văn hóa");
/// ```
pub fn fold_key(text: &str) -> String {
    let folded = fold(text);
    let mut key = String::with_capacity(folded.text.len());
    for word in folded.text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

fn push_folded(out: &mut String, c: char) {
    match c {
        'a'..='z' | '0'..='9' | ' ' | '\n' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => out.push('-'),
        '\u{A0}' | '\u{202F}' | '\u{3000}' | '\u{2000}'..='\u{200A}' | '\t' => out.push(' '),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => {}
        '“' | '”' | '„' | '«' | '»' => out.push('"'),
        '‘' | '’' | '`' | '´' => out.push('\''),
        'ð' | 'Ð' | 'Ɖ' => out.push('đ'),
        _ => out.extend(c.to_lowercase()),
    }
}

/// Moves the tone mark of `oa`, `oe`, `uy` to the first vowel, in place: both spellings have the same length.
fn move_tones(text: &mut String) {
    const PAIRS: [(&str, &str, &str); 15] = [
        ("o", "à", "òa"),
        ("o", "á", "óa"),
        ("o", "ả", "ỏa"),
        ("o", "ã", "õa"),
        ("o", "ạ", "ọa"),
        ("o", "è", "òe"),
        ("o", "é", "óe"),
        ("o", "ẻ", "ỏe"),
        ("o", "ẽ", "õe"),
        ("o", "ẹ", "ọe"),
        ("u", "ỳ", "ùy"),
        ("u", "ý", "úy"),
        ("u", "ỷ", "ủy"),
        ("u", "ỹ", "ũy"),
        ("u", "ỵ", "ụy"),
    ];
    let mut changes: Vec<(usize, &str)> = Vec::new();
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        if !matches!(bytes[at], b'o' | b'u') || bytes.get(at + 1).is_none_or(|b| *b < 0x80) {
            continue;
        }
        let after_q = at > 0 && bytes[at - 1] == b'q';
        let rest = &text[at + 1..];
        let Some((_, toned, moved)) =
            PAIRS.iter().find(|(v, t, _)| bytes[at] == v.as_bytes()[0] && rest.starts_with(t))
        else {
            continue;
        };
        let open = rest[toned.len()..].chars().next().is_none_or(|c| !c.is_alphabetic());
        if open && !after_q {
            changes.push((at, moved));
        }
    }
    for (at, moved) in changes {
        text.replace_range(at..at + moved.len(), moved);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tone_marks_move_in_open_syllables_only() {
        for (text, want) in [
            ("hoà", "hòa"),
            ("Uỷ ban", "ủy ban"),
            ("hoàn toàn", "hoàn toàn"),
            ("quý", "quý"),
            ("QUÝ", "quý"),
            ("khoẻ", "khỏe"),
            ("thuỵ", "thụy"),
            ("thuyền", "thuyền"),
            ("xoáy", "xoáy"),
        ] {
            assert_eq!(fold(text).text(), want);
        }
    }

    #[test]
    fn every_form_of_the_same_words_folds_alike() {
        let text = "Uỷ ban nhân dân tỉnh Thừa Thiên – Huế";
        let nfd: String = text.nfd().collect();
        assert_eq!(fold(&nfd).text(), fold(text).text());
        assert_eq!(fold(fold(text).text()).text(), fold(text).text());
    }

    #[test]
    fn offsets_lead_back_over_dashes_invisibles_and_decomposed_letters() {
        let text = "a – b\u{200B}c Sở e\u{302}\u{323}n x";
        let folded = fold(text);
        assert_eq!(folded.text(), "a - bc sở ện x");
        for (word, source) in [("b", "b"), ("c", "c"), ("sở", "S"), ("n x", "n x"), ("x", "x")] {
            let at = folded.text().find(word).unwrap();
            assert!(text[folded.source(at)..].starts_with(source), "{word}");
        }
        assert_eq!(folded.source(folded.text().len()), text.len());
    }
}
