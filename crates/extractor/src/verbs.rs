//! Verbs with which tasks begin (`data/verbs.tsv`), so that an order can be told from a noun phrase.

use std::sync::LazyLock;

use nhiemvu_text::{FastSet, first_chars, fold_key, is_alphanumeric, key_of};

/// Syllables of the longest verb.
const LONGEST: usize = 4;

static VERBS: LazyLock<FastSet<String>> = LazyLock::new(|| {
    include_str!("../data/verbs.tsv").lines().skip(1).filter(|v| !v.is_empty()).map(fold_key).collect()
});

/// Words that begin with the syllable of a verb and are none (`data/nouns.tsv`): `cấp độ`, `chi phí`, `giao thông`.
static NOUNS: LazyLock<FastSet<String>> = LazyLock::new(|| {
    include_str!("../data/nouns.tsv").lines().skip(1).filter(|v| !v.is_empty()).map(fold_key).collect()
});

/// First syllables of the verbs.
static FIRST: LazyLock<FastSet<&'static str>> =
    LazyLock::new(|| VERBS.iter().filter_map(|verb| verb.split(' ').next()).collect());

/// Whether `text` begins with a verb of the lexicon, at a word's end.
pub(crate) fn begins(text: &str) -> bool {
    let text = text.trim_start_matches(|c| !is_alphanumeric(c));
    // the first word alone tells in most cases
    let first = text.find(char::is_whitespace).and_then(|end| text.get(..end)).unwrap_or(text);
    if first.len() > LONGEST_FIRST || !may_be_first(first) || !FIRST.contains(bare(&key_of(first))) {
        return false;
    }
    let head = key_of(first_chars(text, 48));
    // the words read so far without the signs behind each, once some have been left out
    let mut mended: Option<String> = None;
    let mut end = 0;
    for word in head.split(' ').take(LONGEST) {
        let plain = bare(word);
        let known = match &mut mended {
            Some(prefix) => {
                prefix.push(' ');
                prefix.push_str(plain);
                VERBS.contains(prefix.as_str())
            }
            None => head.get(..end + plain.len()).is_some_and(|prefix| VERBS.contains(prefix)),
        };
        if known && !(end == 0 && is_noun(&head)) {
            // `Đề xuất của Sở A` is what A has proposed
            let owned = end > 0 && head.get(end + word.len()..).is_some_and(|rest| rest.starts_with(" của "));
            return !(owned && plain.len() == word.len());
        }
        if mended.is_none() && plain.len() < word.len() {
            mended = head.get(..end + plain.len()).map(str::to_owned);
        }
        end += word.len() + 1;
    }
    false
}

/// A bit for each length that first syllables have, by their first two bytes.
static LENGTHS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut lengths = vec![0; OPENINGS];
    for word in FIRST.iter() {
        if let Some(bits) = lengths.get_mut(opening(word.as_bytes())) {
            *bits |= 1 << word.len();
        }
    }
    lengths
});

const OPENINGS: usize = 1 << 12;

/// A place in [`LENGTHS`], the same for capitals as for small letters, as their case is but a bit of a byte of ASCII, and none of
/// the first byte of other letters.
fn opening(word: &[u8]) -> usize {
    let byte = |at: usize| word.get(at).map_or(0, |byte| usize::from(byte | 0x20) & 0x3F);
    byte(0) << 6 | if word.first().is_some_and(u8::is_ascii) { byte(1) } else { 0 }
}

/// Whether the word `first` may be the first syllable of a verb, as far as its first bytes and its length tell. Folding keeps
/// both of words of Vietnamese letters, but for a tone mark on the last that may move (`hoà`).
fn may_be_first(first: &str) -> bool {
    let first = bare(first);
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, 0x80..=0xC6 | 0xE1);
    let moves = |word: &str| {
        !word.ends_with(|c: char| c.is_ascii()) && {
            let before = word.trim_end_matches(|c: char| !c.is_ascii());
            matches!(before.as_bytes().last(), Some(b'o' | b'u' | b'O' | b'U'))
        }
    };
    !first.bytes().all(|byte| plain(&byte))
        || moves(first)
        || first.len() < 32 && LENGTHS.get(opening(first.as_bytes())).is_some_and(|bits| bits >> first.len() & 1 == 1)
}

/// Whether the first two words of folded text are a noun.
fn is_noun(head: &str) -> bool {
    let two = head.split_whitespace().take(2).map(bare).collect::<Vec<_>>().join(" ");
    NOUNS.contains(two.as_str())
}

/// Bytes of a first word beyond which it is none of a verb, signs behind it among them.
const LONGEST_FIRST: usize = 40;

fn bare(word: &str) -> &str {
    word.trim_end_matches(|c| !is_alphanumeric(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_begin_orders_and_nouns_do_not() {
        for row in include_str!("../data/verbs.tsv").lines().skip(1).filter(|v| !v.is_empty()) {
            assert!(begins(row), "{row}");
            assert!(begins(&format!("{row}, kế hoạch")), "{row}");
        }
        for text in ["Sở Tài chính", "Các chỉ tiêu", "Nguồn ngân sách nhà nước", "Tỷ lệ hộ nghèo"]
        {
            assert!(!begins(text), "{text}");
        }
        for row in include_str!("../data/nouns.tsv").lines().skip(1).filter(|v| !v.is_empty()) {
            assert!(!begins(&format!("{row} của tỉnh")), "{row}");
        }
    }

    #[test]
    fn the_lexicon_is_in_order_and_has_each_verb_once() {
        let rows: Vec<&str> = include_str!("../data/verbs.tsv").lines().skip(1).filter(|v| !v.is_empty()).collect();
        let mut sorted = rows.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(rows, sorted);
    }
}
