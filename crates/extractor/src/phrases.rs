//! Phrases with which words may begin, found by their first bytes: a list is not gone through where none of it fits.

/// Phrases with what each says, in the order in which they are to be tried.
pub(crate) struct Phrases<V> {
    buckets: Vec<Vec<(String, V)>>,
}

/// Enough that few phrases share one.
const BUCKETS: usize = 128;

impl<V: Copy> Phrases<V> {
    /// Of folded phrases of two bytes and more.
    pub fn new(phrases: impl IntoIterator<Item = (String, V)>) -> Self {
        let mut buckets: Vec<Vec<(String, V)>> = std::iter::repeat_with(Vec::new).take(BUCKETS).collect();
        for (phrase, value) in phrases {
            if let Some(bucket) = bucket_of(&phrase).and_then(|at| buckets.get_mut(at)) {
                bucket.push((phrase, value));
            }
        }
        Self { buckets }
    }

    /// The first phrase with which `key` begins, at a word's end.
    pub fn begins(&self, key: &str) -> Option<V> {
        self.at_head(key).next().map(|(_, value)| value)
    }

    /// The phrases with which `key` begins, at a word's end, each with what it says.
    pub fn at_head<'s>(&'s self, key: &'s str) -> impl Iterator<Item = (&'s str, V)> {
        let bucket = bucket_of(key).and_then(|at| self.buckets.get(at)).map_or(&[][..], Vec::as_slice);
        let bounded = |phrase: &str| {
            key.strip_prefix(phrase).is_some_and(|rest| !rest.starts_with(nhiemvu_text::is_alphanumeric))
        };
        bucket.iter().filter(move |(phrase, _)| bounded(phrase)).map(|(phrase, value)| (phrase.as_str(), *value))
    }
}

/// Lists of phrases by their kind, as a table of the two columns `kind` and `words` holds them.
pub(crate) struct Kinds {
    lists: Vec<List>,
}

struct List {
    kind: &'static str,
    phrases: Phrases<()>,
    words: Vec<String>,
}

impl Kinds {
    /// Reads `tsv`, whose first line names the columns.
    pub fn read(tsv: &'static str) -> Self {
        let mut rows: Vec<(&'static str, Vec<String>)> = Vec::new();
        for (kind, words) in tsv.lines().skip(1).filter_map(|row| row.split_once('\t')) {
            let words = nhiemvu_text::fold_key(words);
            match rows.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, list)) => list.push(words),
                None => rows.push((kind, vec![words])),
            }
        }
        let list = |(kind, words): (_, Vec<String>)| List {
            kind,
            phrases: Phrases::new(words.iter().map(|words| (words.clone(), ()))),
            words,
        };
        Self { lists: rows.into_iter().map(list).collect() }
    }

    fn list(&self, kind: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.kind == kind)
    }

    /// The phrase of `kind` with which `key` begins, at a word's end: the longest.
    pub fn begins<'s>(&'s self, kind: &str, key: &'s str) -> Option<&'s str> {
        self.list(kind)?.phrases.at_head(key).map(|(phrase, ())| phrase).max_by_key(|phrase| phrase.len())
    }
}

impl Kinds {
    /// Whether a phrase of `kind` stands at the end of `key`, from a word's beginning on.
    pub fn ends(&self, kind: &str, key: &str) -> bool {
        let bounded = |words: &String| {
            key.strip_suffix(words.as_str()).is_some_and(|before| !before.ends_with(nhiemvu_text::is_alphanumeric))
        };
        self.list(kind).is_some_and(|list| list.words.iter().any(bounded))
    }

    /// Whether a phrase of `kind` stands anywhere in `key`.
    pub fn inside(&self, kind: &str, key: &str) -> bool {
        self.list(kind).is_some_and(|list| list.words.iter().any(|words| key.contains(words.as_str())))
    }
}

fn bucket_of(words: &str) -> Option<usize> {
    let [first, second, ..] = words.as_bytes() else { return None };
    Some((usize::from(*first) * 31 + usize::from(*second)) % BUCKETS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_kind_the_longest_phrase_counts() {
        let kinds = Kinds::read("kind\twords\nhead\tphòng\nhead\tphòng y tế\nlead\tgiao");
        assert_eq!(kinds.begins("head", "phòng y tế xã"), Some("phòng y tế"));
        assert_eq!(kinds.begins("head", "phòngy"), None);
        assert_eq!(kinds.begins("lead", "phòng"), None);
    }

    #[test]
    fn every_row_of_the_tables_is_found_by_its_kind() {
        for table in [
            include_str!("../data/clauses.tsv"),
            include_str!("../data/headings.tsv"),
            include_str!("../data/judging.tsv"),
        ] {
            let kinds = Kinds::read(table);
            for (kind, words) in table.lines().skip(1).filter_map(|row| row.split_once('\t')) {
                let key = nhiemvu_text::fold_key(words);
                assert_eq!(kinds.begins(kind, &key), Some(key.as_str()), "{kind}: {words}");
                assert!(kinds.ends(kind, &format!("bến {key}")) && kinds.inside(kind, &format!("bến {key} đò")));
                assert!(!kinds.ends(kind, &format!("{key} đò")) && !kinds.inside(kind, "12"));
            }
        }
    }

    #[test]
    fn a_phrase_is_found_at_a_words_end_and_the_first_counts() {
        let phrases = Phrases::new([("sở y tế", 1), ("sở", 2), ("sở y", 3)].map(|(words, n)| (words.to_owned(), n)));
        for (words, found) in [
            ("sở y tế tỉnh", Some(1)),
            ("sở", Some(2)),
            ("sở y.", Some(2)),
            ("sởi", None),
            ("ủy ban", None),
            ("s", None),
        ] {
            assert_eq!(phrases.begins(words), found, "{words}");
        }
    }
}
