//! Keys of ordinary text in one pass, without the way back that folding keeps.

use std::borrow::Cow;

use crate::fold::{
    ASCII, Change, Folded, Letter, SAME, changes, combines, drops, index_at, kept_letter, letter_at, mapped,
};

impl Folded {
    /// The key of the text, as [`key_of`](crate::key_of) gives it, without folding it again.
    ///
    /// ```
    /// assert_eq!(nhiemvu_text::fold(" Sở  Văn hoá").key(), "sở văn hóa");
    /// ```
    pub fn key(&self) -> Cow<'_, str> {
        let text = self.text();
        if is_key(text) { text.into() } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
    }
}

/// Whether the words of folded text are parted by single spaces and none stands at either end, as far as its bytes show.
#[expect(clippy::needless_bitwise_bool)]
fn is_key(text: &str) -> bool {
    let bytes = text.as_bytes();
    // looked through to its end without a branch, so that the compiler makes vector code of it
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let white = pairs.fold(false, |white, (last, byte)| {
        // the white space that folding leaves: control characters, and three beyond ASCII
        white
            | (*byte < b' ')
            | (*byte == b' ') & (*last == b' ')
            | (*byte == 0x85) & (*last == 0xC2)
            | (*byte == 0x9A) & (*last == 0xE1)
            | ((*byte == 0xA8) | (*byte == 0xA9)) & (*last == 0x80)
    });
    !white && bytes.first().is_none_or(|first| *first > b' ') && bytes.last() != Some(&b' ')
}

/// The key of `text`, or `None` where a rare character (a combining mark, an invisible one) asks for folding in full.
///
/// Runs of spaces become one, and none stands at either end. What is written as its own key, which is most of any text, is
/// copied in stretches.
pub(crate) fn plain_key(text: &str) -> Option<Cow<'_, str>> {
    let bytes = text.as_bytes();
    let changes = changes();
    let mut out = String::new();
    // `from..at` waits to be copied, of which, or of what has been written, `last` is the last byte
    let (mut from, mut at, mut last) = (0, 0, b' ');
    while let Some(&byte) = bytes.get(at) {
        if SAME[usize::from(byte)] || byte == b' ' && last != b' ' {
            (at, last) = (at + 1, byte);
            continue;
        }
        let kept = kept_letter(bytes, at, byte, last);
        if kept > 0 {
            (at, last) = (at + kept, byte);
            continue;
        }
        if let Some((index, len)) = index_at(bytes, at, byte) {
            let change = changes.get(index).copied().unwrap_or(Change::Other);
            // a tone mark may have to move to the vowel before it
            if change == Change::Same || change == Change::Toned && !matches!(last, b'o' | b'u') {
                (at, last) = (at + len, byte);
                continue;
            }
        }
        if out.capacity() == 0 {
            out = String::with_capacity(bytes.len() + 8);
        }
        out.push_str(text.get(from..at)?);
        at = push_changed(&mut out, text, at)?;
        from = at;
        last = out.as_bytes().last().copied().unwrap_or(b' ');
    }
    if from == 0 && last != b' ' {
        return Some(Cow::Borrowed(text));
    }
    out.push_str(text.get(from..)?);
    if out.ends_with(' ') {
        out.pop();
    }
    Some(Cow::Owned(out))
}

/// Writes what the character at byte `at` becomes, and gives where the next one begins.
#[inline]
fn push_changed(out: &mut String, text: &str, at: usize) -> Option<usize> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 {
        match ASCII[usize::from(byte)] {
            b' ' | b'\n' => space(out),
            folded => out.push(char::from(folded)),
        }
        return Some(at + 1);
    }
    let c = text.get(at..)?.chars().next()?;
    let next = at + c.len_utf8();
    match letter_at(c) {
        Some(letter) => push_letter(out, letter, text, next)?,
        None => push_other(out, c)?,
    }
    Some(next)
}

fn space(out: &mut String) {
    if out.as_bytes().last().is_some_and(|last| *last != b' ') {
        out.push(' ');
    }
}

/// Writes a letter, with its tone mark moved to the vowel before it where the syllable ends behind it, at `next`.
#[inline]
fn push_letter(out: &mut String, letter: Letter, text: &str, next: usize) -> Option<()> {
    if letter.tone != 0
        && let Some((vowel, before)) = out.as_bytes().split_last()
        && let Some(moved) = letter.moves(*vowel)
        && before.last() != Some(&b'q')
        && !goes_on(text.get(next..)?)?
    {
        out.pop();
        out.push_str(moved);
        return Some(());
    }
    out.push(letter.folded);
    Some(())
}

/// Whether a syllable goes on with the first character of `rest`; `None` where folding in full must tell.
fn goes_on(rest: &str) -> Option<bool> {
    let Some(c) = rest.chars().next() else { return Some(false) };
    if c.is_ascii() {
        return Some(c.is_ascii_alphabetic());
    }
    if let Some(letter) = letter_at(c) {
        return Some(letter.alphabetic);
    }
    if combines(c) || drops(c) {
        return None;
    }
    Some(mapped(c).next().is_some_and(char::is_alphabetic))
}

/// Writes what no table holds: dashes, quotation marks, signs, other scripts.
#[cold]
fn push_other(out: &mut String, c: char) -> Option<()> {
    if combines(c) || drops(c) {
        return None;
    }
    for c in mapped(c) {
        if c.is_whitespace() {
            space(out);
        } else if combines(c) {
            return None;
        } else {
            out.push(c);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fold;

    fn in_full(text: &str) -> String {
        fold(text).text().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ordinary_text_needs_no_second_way() {
        for text in ["  Sở  Văn hoá,\n Thể thao\u{A0}“Quý” – 57-NQ/TW ", "hoà hoàn qúy quỳ KHOẺ toà. uỷ", "", " ", "oà"]
        {
            assert_eq!(plain_key(text).as_deref(), Some(in_full(text).as_str()), "{text:?}");
        }
    }

    #[test]
    fn rare_characters_are_left_to_folding() {
        for text in ["So\u{301}", "a\u{200B}b", "\u{130}"] {
            assert!(plain_key(text).is_none_or(|key| key == in_full(text)), "{text:?}");
        }
        assert_eq!(plain_key("e\u{301}"), None);
    }

    proptest! {
        #[test]
        fn it_gives_what_folding_in_full_gives(text in "[ -~àáảãạèéẻẽẹỳýỷỹỵòóỏõọÒÀÝoauyeqQOU\u{A0}–“”…\u{200B}\u{301}ıİǅ\u{3000}\n\t一Ωσς]{0,24}") {
            if let Some(key) = plain_key(&text) {
                prop_assert_eq!(key, in_full(&text));
            }
            prop_assert_eq!(fold(&text).key().into_owned(), in_full(&text));
        }

        #[test]
        fn it_gives_the_same_for_any_text(text in any::<String>()) {
            if let Some(key) = plain_key(&text) {
                prop_assert_eq!(key, in_full(&text));
            }
            prop_assert_eq!(fold(&text).key().into_owned(), in_full(&text));
        }

        #[test]
        fn white_space_beyond_ascii_parts_words(text in "[ab \u{85}\u{1680}\u{2000}\u{2028}\u{2029}\u{202F}\u{3000}“…ẩ\t\n]{0,12}") {
            prop_assert_eq!(fold(&text).key().into_owned(), in_full(&text));
        }
    }
}
