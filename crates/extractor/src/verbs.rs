//! Verbs with which tasks begin (`data/verbs.tsv`), so that an order can be told from a noun phrase.

use std::collections::HashSet;
use std::sync::LazyLock;

use nhiemvu_text::fold_key;

/// Syllables of the longest verb.
const LONGEST: usize = 4;

static VERBS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    include_str!("../data/verbs.tsv").lines().skip(1).filter(|v| !v.is_empty()).map(fold_key).collect()
});

/// First syllables of the verbs.
static FIRST: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| VERBS.iter().filter_map(|verb| verb.split(' ').next()).collect());

/// Whether `text` begins with a verb of the lexicon, at a word's end.
pub(crate) fn begins(text: &str) -> bool {
    let head_end = text.char_indices().nth(48).map_or(text.len(), |(at, _)| at);
    let head = fold_key(text.get(..head_end).unwrap_or(""));
    let head = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut prefix = String::new();
    for word in head.split_whitespace().take(LONGEST) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !prefix.is_empty() {
            prefix.push(' ');
        }
        prefix.push_str(bare);
        if prefix.len() == bare.len() && !FIRST.contains(bare) {
            return false;
        }
        if VERBS.contains(prefix.as_str()) {
            return true;
        }
    }
    false
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
