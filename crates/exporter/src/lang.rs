//! Words that people read in sheets and calendars, in Vietnamese and English.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The language of sheets, calendars and pages; codes, keys and what documents say are the same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The language's tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

const TABLE: &str = include_str!("../data/labels.tsv");

static LABELS: LazyLock<HashMap<&str, [&str; 2]>> = LazyLock::new(|| rows().collect());

fn rows() -> impl Iterator<Item = (&'static str, [&'static str; 2])> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, [cells.next()?, cells.next()?]))
    })
}

/// The words under `key`, if there are any.
pub(crate) fn known(lang: Lang, key: &str) -> Option<&'static str> {
    LABELS.get(key).map(|words| words[usize::from(lang == Lang::En)])
}

/// The words under `key`; none for a key that is not in the table.
pub(crate) fn label(lang: Lang, key: &str) -> &'static str {
    known(lang, key).unwrap_or_default()
}

/// The words for `code` of the closed list `list` (`flag`, `kind`); of a later version's code, the code itself.
pub(crate) fn coded(lang: Lang, list: &str, code: &str) -> String {
    known(lang, &format!("{list}.{code}")).unwrap_or(code).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_once_with_words_in_both_languages() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!((rows().count(), LABELS.len()), (lines, lines));
        assert!(rows().all(|(_, words)| words.iter().all(|word| !word.trim().is_empty())));
    }

    #[test]
    fn every_code_of_the_schema_has_words() {
        let schema: serde_json::Value = serde_json::from_str(crate::SCHEMA).unwrap();
        let codes = |pointer: &str| {
            let list = schema.pointer(pointer).and_then(serde_json::Value::as_array).unwrap();
            list.iter().filter_map(|code| Some(code.as_str()?.to_owned())).collect::<Vec<_>>()
        };
        for (list, pointer) in [
            ("kind", "/$defs/task/properties/kind/enum"),
            ("status", "/$defs/task/properties/status/enum"),
            ("flag", "/$defs/task/properties/flags/items/enum"),
            ("warning", "/$defs/warning/properties/code/enum"),
            ("reading", "/$defs/document/properties/status/enum"),
            ("urgency", "/$defs/document/properties/urgency/enum"),
            ("secrecy", "/$defs/document/properties/secrecy/enum"),
        ] {
            for code in codes(pointer) {
                assert!(known(Lang::En, &format!("{list}.{code}")).is_some(), "{list}.{code}");
            }
        }
        assert_eq!(coded(Lang::Vi, "flag", "of-a-later-version"), "of-a-later-version");
    }
}
