//! Words shown to people, in Vietnamese and English.

use std::collections::HashMap;
use std::sync::LazyLock;

use nhiemvu_exporter::Lang;

const TABLE: &str = include_str!("../data/words.tsv");

static WORDS: LazyLock<HashMap<&str, (&str, &str)>> =
    LazyLock::new(|| rows().map(|(k, vi, en)| (k, (vi, en))).collect());

fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
}

/// The words under `key`; the key itself where there are none.
pub(crate) fn word(lang: Lang, key: &'static str) -> &'static str {
    match (WORDS.get(key), lang) {
        (Some((vi, _)), Lang::Vi) => vi,
        (Some((_, en)), Lang::En) => en,
        (None, _) => key,
    }
}

/// All words, by key.
pub(crate) fn all_words(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    rows().map(move |(key, vi, en)| (key, if lang == Lang::Vi { vi } else { en }))
}

/// The words under `key` with `{name}` replaced by values.
pub(crate) fn fill(lang: Lang, key: &'static str, values: &[(&str, &str)]) -> String {
    let words = word(lang, key).to_owned();
    values.iter().fold(words, |words, (name, value)| words.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_both_languages_and_the_same_places_to_fill() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(rows().count(), lines);
        assert_eq!(WORDS.len(), lines, "a key stands twice");
        for (key, vi, en) in rows() {
            assert!(!vi.is_empty() && !en.is_empty(), "{key}");
            assert_eq!(vi.matches('{').count(), en.matches('{').count(), "{key}");
        }
    }
}
