//! Messages for people, in Vietnamese and English, from `data/messages.tsv`.

use clap::ValueEnum;

/// Language of help and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl From<Lang> for nhiemvu_exporter::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Vi => Self::Vi,
            Lang::En => Self::En,
        }
    }
}

const MESSAGES: &str = include_str!("../data/messages.tsv");
const HELP: &str = include_str!("../data/help.tsv");

/// The message `key` in `lang`, with `values` in the places `{0}`, `{1}` …; the key itself where there is no such message.
pub(crate) fn say(lang: Lang, key: &str, values: &[&str]) -> String {
    let mut text = find(MESSAGES, key)
        .and_then(|mut texts| texts.nth(usize::from(lang == Lang::En)))
        .unwrap_or(key)
        .replace("\\n", "\n");
    for (at, value) in values.iter().enumerate() {
        text = text.replace(&format!("{{{at}}}"), value);
    }
    text
}

/// Whether there is a message `key`.
pub(crate) fn known(key: &str) -> bool {
    find(MESSAGES, key).is_some()
}

/// The Vietnamese help of a command (`extract`) or a flag (`extract.output`).
pub(crate) fn help(key: &str) -> Option<&'static str> {
    find(HELP, key)?.next()
}

/// The columns behind `key` in a table whose lines start with their keys.
fn find(table: &'static str, key: &str) -> Option<impl Iterator<Item = &'static str>> {
    let line = table.lines().find(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with('\t')))?;
    Some(line.split('\t').skip(1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_message_stands_once_in_both_languages_with_the_same_places() {
        let mut keys = BTreeSet::new();
        for line in MESSAGES.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            assert!(keys.insert(columns[0]), "twice: {}", columns[0]);
            let places = |text: &str| (0..5).filter(|at| text.contains(&format!("{{{at}}}"))).collect::<Vec<_>>();
            assert_eq!(places(columns[1]), places(columns[2]), "{line}");
            assert!(columns.iter().all(|column| !column.trim().is_empty()), "{line}");
        }
    }

    #[test]
    fn each_error_code_has_its_words() {
        for code in nhiemvu_exporter::ERROR_CODES {
            assert!(known(&format!("fault.{code}")) && known(&format!("remedy.{code}")), "{code}");
        }
    }

    #[test]
    fn values_go_into_their_places() {
        assert_eq!(say(Lang::Vi, "no such key {0}", &["x"]), "no such key x");
    }

    #[test]
    fn each_message_that_the_code_says_exists() {
        let mut seen = 0;
        for file in sources(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
            let text = std::fs::read_to_string(&file).unwrap();
            for part in text.split("say(\"").skip(1).chain(text.split("say(lang, \"").skip(1)) {
                let key = part.split('"').next().unwrap();
                assert!(known(key), "{key} in {}", file.display());
                seen += 1;
            }
        }
        assert!(seen > 10);
    }

    fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let (folders, files): (Vec<_>, Vec<_>) =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).partition(|path| path.is_dir());
        files.into_iter().chain(folders.iter().flat_map(|folder| sources(folder))).collect()
    }
}
