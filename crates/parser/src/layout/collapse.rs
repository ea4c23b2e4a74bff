//! Words of a line with single spaces: runs of spaces become one, and a space that a copy has put inside of a syllable goes.

use nhiemvu_model::{Mended, Source, Span};
use nhiemvu_text::{is_alphanumeric, is_syllable, make_syllable, may_join};

use super::footnotes::Call;

/// Appends the words at `span`: runs of spaces become one, footnote marks are left out.
pub(crate) fn push_words(source: &Source, mended: &mut Mended, span: Span, calls: &[Call]) {
    let mut from = span.start;
    let first = calls.partition_point(|call| call.span.end <= span.start);
    for call in calls[first..].iter().take_while(|call| call.span.start < span.end) {
        push_collapsed(source, mended, Span::new(from, call.span.start));
        from = call.span.end;
    }
    push_collapsed(source, mended, Span::new(from, span.end));
}

/// Whether the space before byte `at` stands inside a syllable, as copies of some portals have it (`Bộ Y t ế`, `ngườ i`): the two
/// parts are one together, and one of them alone is none.
fn parts_syllable(text: &str, at: usize) -> bool {
    const SHORT: usize = 2;
    let letters = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let Some(before) = text[..at].strip_suffix(' ') else { return false };
    // the second part goes on in small letters, and the first is of letters too
    let sign = |byte: Option<&u8>, letter: fn(&u8) -> bool| byte.is_some_and(|b| b.is_ascii() && !letter(b));
    if sign(text.as_bytes().get(at), u8::is_ascii_lowercase) || sign(before.as_bytes().last(), u8::is_ascii_alphabetic)
    {
        return false;
    }
    if !may_join(before, &text[at..]) {
        return false;
    }
    let end = text[at..].find(|c| !is_alphanumeric(c)).map_or(text.len(), |n| at + n);
    let start = before.rfind(|c| !is_alphanumeric(c)).map_or(0, |n| before.ceil_char_boundary(n + 1));
    let (first, second) = (&before[start..], &text[at..end]);
    let short = first.chars().count() <= SHORT || second.chars().count() <= SHORT;
    // few neighbours make a syllable together
    if !short || !make_syllable(first, second) {
        return false;
    }
    // `a) b`, `5 m`: the letter of a marker or a unit, not of a syllable
    let marked = text[end..].starts_with([')', '.', '/']) && second.chars().count() == 1
        || before[..start].trim_end().ends_with(|c: char| c.is_ascii_digit());
    !marked
        && second.starts_with(char::is_lowercase)
        && letters(first)
        && letters(second)
        && !(is_syllable(first) && is_syllable(second))
        && !(first.chars().all(char::is_uppercase) && first.len() > 1)
}

/// As [`parts_syllable`], of a single space at byte `at`, as far as the bytes beside it show that it stands between two words:
/// a sign or a capital, or consonants between the vowels of both, as nearly everywhere in a text.
fn parts_words(bytes: &[u8], at: usize) -> bool {
    let (Some(before), Some(after)) = (bytes.get(..at), bytes.get(at + 1..)) else { return false };
    let (Some(last), Some(first)) = (before.last(), after.first()) else { return false };
    let letter = first.is_ascii_lowercase() || matches!(first, 0xC3..=0xC6 | 0xE1) && after.get(1) != Some(&0x9A);
    if first.is_ascii() && !letter || letter && last.is_ascii() && !last.is_ascii_alphabetic() {
        // what is white goes with the space before it
        return !first.is_ascii_whitespace() && *first != 0xB;
    }
    // the consonants at the head of the word behind, and that a vowel follows them
    let consonant = |byte: Option<&u8>| byte.is_some_and(|byte| LETTERS[usize::from(*byte)] == Letter::Consonant);
    let mut onset = 0;
    while consonant(after.get(onset)) {
        onset += 1;
    }
    let opened = match after.get(onset..).unwrap_or_default() {
        [byte, ..] if LETTERS[usize::from(*byte)] == Letter::Vowel => true,
        [first, second, ..] => is_marked_vowel(*first, *second, after.get(onset + 2).copied().unwrap_or(0)),
        _ => false,
    };
    if !opened {
        return false;
    }
    // the same from the end of the word before
    let mut end = before.len();
    while end > 0 && consonant(before.get(end - 1)) {
        end -= 1;
    }
    let closed = match before.get(..end).unwrap_or_default() {
        [.., byte] if LETTERS[usize::from(*byte)] == Letter::Vowel => true,
        [.., lead @ 0xE1, first, second] => is_marked_vowel(*lead, *first, *second),
        [.., first, second] => is_marked_vowel(*first, *second, 0),
        _ => false,
    };
    closed && onset + before.len() > end
}

/// Whether the bytes are a small vowel beyond ASCII, the third of them where it has three; not every one is known.
fn is_marked_vowel(first: u8, second: u8, third: u8) -> bool {
    match first {
        0xE1 => second == 0xBA && (0xA0..=0xBF).contains(&third) || second == 0xBB && (0x80..=0xB9).contains(&third),
        0xC3 => matches!(second, 0xA0..=0xA3 | 0xA8..=0xAA | 0xAC | 0xAD | 0xB2..=0xB5 | 0xB9 | 0xBA | 0xBD),
        0xC4 => second == 0x83,
        0xC6 => matches!(second, 0xA1 | 0xB0),
        _ => false,
    }
}

/// What a byte is among the letters of ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    Vowel,
    Consonant,
    None,
}

static LETTERS: [Letter; 256] = {
    let mut table = [Letter::None; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphabetic() {
            let vowel = matches!(byte as u8 | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
            table[byte] = if vowel { Letter::Vowel } else { Letter::Consonant };
        }
        byte += 1;
    }
    table
};

/// Length of the character that a byte begins; 0 where it may be white space of any kind, or one of three bytes.
static STEPS: [u8; 256] = {
    let mut table = [1; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            0..=b' ' | 0xC2 | 0xE1..=0xE3 => 0,
            0xC3..=0xDF => 2,
            _ => 1,
        };
        byte += 1;
    }
    table
};

/// The next white space of any kind at or behind byte `at`, which is the start of a character.
fn next_space(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        let byte = *bytes.get(at)?;
        let step = STEPS[usize::from(byte)];
        if step > 0 {
            at += usize::from(step);
        } else if byte == 0xE1 && bytes.get(at + 1) != Some(&0x9A) {
            // of three bytes that begin so all but U+1680 are letters, of Vietnamese most of them
            at += 3;
        } else if byte == b' ' {
            return Some(at);
        } else {
            let c = text.get(at..)?.chars().next()?;
            if c.is_whitespace() {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
}

/// Whether all white space of `text` is single spaces of ASCII, and every letter beyond ASCII that of a Latin word; a no is no
/// more than a doubt. Looked through to its end without a branch, so that the compiler makes vector code of it.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep the compiler from making vector code")]
fn spaces_stand_alone(bytes: &[u8]) -> bool {
    let triples = bytes.iter().zip(bytes.iter().skip(1)).zip(bytes.iter().skip(2));
    let odd = triples.fold(false, |odd, ((first, second), third)| {
        odd | (*first < b' ')
            | (*first == b' ') & (*second == b' ')
            | (*first == 0xC2) & ((*second == 0x85) | (*second == 0xA0))
            | (*first == 0xC3) & ((*second == 0x97) | (*second == 0xB7))
            | (*first == 0xE1) & (*second & 0xFE != 0xBA)
            | (*first == 0xE2) & (*second == 0x80) & ((*third <= 0x8A) | (*third >= 0xA8) & (*third <= 0xAF))
            | (*first == 0xE2) & (*second == 0x81) & (*third == 0x9F)
            | (*first == 0xE3) & (*second == 0x80)
    });
    let [.., first, second] = bytes else { return false };
    let sign = *first == 0xC2 && matches!(second, 0x85 | 0xA0) || *first == 0xC3 && matches!(second, 0x97 | 0xB7);
    !odd && *first >= b' ' && *second >= b' ' && [*first, *second] != *b"  " && !sign
}

/// Whether a space parts a syllable anywhere in `text`, of which [`spaces_stand_alone`] is true.
///
/// Only words of one or two letters are looked at, and what stands beside them.
fn parts_any_syllable(text: &str) -> bool {
    const SHORT: usize = 2;
    let parted = |space: usize| !parts_words(text.as_bytes(), space) && parts_syllable(text, space + 1);
    // the space before this word, if it stands behind another word; letters of that one and of this
    let (mut space, mut before, mut letters) = (None, 0, 0);
    for (at, byte) in text.bytes().enumerate() {
        let count = COUNTS[usize::from(byte)];
        if count != END {
            letters += usize::from(count);
            continue;
        }
        if let Some(space) = space
            && (before <= SHORT || letters <= SHORT)
            && parted(space)
        {
            return true;
        }
        space = (byte == b' ').then_some(at);
        (before, letters) = (letters, 0);
    }
    space.is_some_and(|space| (before <= SHORT || letters <= SHORT) && parted(space))
}

/// How many characters of a word a byte begins: none within one; [`END`] where no word of Latin letters goes on.
static COUNTS: [u8; 256] = {
    let mut counts = [END; 256];
    let mut byte = 0;
    while byte < 256 {
        counts[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0xC3..=0xC8 | 0xE1 => 1,
            0x80..=0xBF => 0,
            _ => END,
        };
        byte += 1;
    }
    counts
};

const END: u8 = u8::MAX;

/// Appends `span` with each run of spaces as one.
fn push_collapsed(source: &Source, mended: &mut Mended, span: Span) {
    let text = span.slice(&source.text);
    if spaces_stand_alone(text.as_bytes()) && !parts_any_syllable(text) {
        return mended.push(&source.text, span);
    }
    let mut from = 0;
    let mut at = 0;
    while let Some(start) = next_space(text, at) {
        if parts_words(text.as_bytes(), start) && text.as_bytes()[start] == b' ' {
            at = start + 1;
            continue;
        }
        let gap = &text[start..];
        at = text.len() - gap.trim_start().len();
        if at == text.len() {
            break;
        }
        let single = gap.chars().nth(1).is_none_or(|c| !c.is_whitespace());
        if single && parts_syllable(text, at) {
            mended.push(&source.text, Span::new(span.start + from, span.start + at - 1));
            from = at;
        } else if !single || !gap.starts_with(' ') {
            let words = text[from..at].trim_end();
            mended.push(&source.text, Span::new(span.start + from, span.start + from + words.len()));
            mended.push_str(" ");
            from = at;
        }
    }
    mended.push(&source.text, Span::new(span.start + from, span.end));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{parts_any_syllable, parts_syllable, parts_words, spaces_stand_alone};

    proptest! {
        #[test]
        fn a_space_between_two_words_parts_no_syllable(
            text in "[a-cghntA-CyiouờộỹêđĐàñạẁ0-9.,\u{301}\u{A0}\u{3000}\u{1680}\t]{0,6} [a-cghntA-CyiouờộỹêđĐàñạẁ0-9.,\u{301}\u{A0}\u{3000}\u{1680}\t]{0,6}",
        ) {
            let at = text.find(' ').unwrap();
            if parts_words(text.as_bytes(), at) {
                prop_assert!(!parts_syllable(&text, at + 1));
                prop_assert!(!text[at + 1..].starts_with(char::is_whitespace));
            }
        }
    }

    /// Whether a space parts a syllable, each looked at in full.
    fn is_parted(text: &str) -> bool {
        text.match_indices(' ').any(|(at, _)| parts_syllable(text, at + 1))
    }

    proptest! {
        #[test]
        fn no_syllable_is_parted_where_none_is_found(
            text in "([a-cghintA-CyiouờộỹêđĐàñạẁéΩ0-9.,()–“\u{301}×\u{A0}\u{2003}]{0,4} ){0,6}(tế|ế|i|ngư)?",
        ) {
            if spaces_stand_alone(text.as_bytes()) {
                prop_assert_eq!(parts_any_syllable(&text), is_parted(&text), "{:?}", text);
                let odd = |c: char| c.is_whitespace() && c != ' ';
                prop_assert!(!text.contains(odd) && !text.contains("  "), "{:?}", text);
            }
        }
    }

    #[test]
    fn syllables_are_found_beside_words_of_any_length() {
        for text in ["Bộ Y t ế", "ngườ i", "(người) t ế", "kế hoạch t ế–xã", "các c ơ quan", "ch ương trình"]
        {
            assert!(spaces_stand_alone(text.as_bytes()) && parts_any_syllable(text), "{text}");
        }
        for text in ["Giao Sở Tài chính chủ trì, phối hợp với Sở Y tế và các cơ quan", "a) b", "ab", "Ủy ban (5 m) – ở"]
        {
            assert!(spaces_stand_alone(text.as_bytes()) && !parts_any_syllable(text), "{text}");
        }
    }

    #[test]
    fn most_spaces_stand_between_words() {
        let text = "Giao các cơ quan, đơn vị rà soát văn bản; Tỉnh ủy Hòa Giang chỉ đạo";
        let told = text.match_indices(' ').filter(|(at, _)| parts_words(text.as_bytes(), *at)).count();
        assert!(told * 10 > text.matches(' ').count() * 8, "{told}");
        for (text, at) in [("Bộ Y t ế", 8), ("ngườ i", 7)] {
            assert!(!parts_words(text.as_bytes(), at) && parts_syllable(text, at + 1), "{text}");
        }
    }
}
