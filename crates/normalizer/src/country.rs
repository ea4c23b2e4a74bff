//! Countries in brackets behind foreign bodies.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::scan::Finder;
use crate::words::{CLOSE, OPEN};

/// Countries and territories by the names that documents give them, folded (`data/countries.tsv`), under their first words.
static COUNTRIES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut countries: HashMap<&str, Vec<&str>> = HashMap::new();
    for name in names() {
        countries.entry(name.split(' ').next().unwrap_or(name)).or_default().push(name);
    }
    countries
});

fn names() -> impl Iterator<Item = &'static str> {
    include_str!("../data/countries.tsv").lines().skip(1)
}

impl Finder<'_> {
    /// End of the country in brackets behind a foreign body: `Viện Nghiên cứu Mila (Canada)`.
    pub fn country_end(&self, at: usize) -> Option<usize> {
        if self.text.word(at) != OPEN {
            return None;
        }
        COUNTRIES.get(self.text.folded(at + 1))?.iter().find_map(|name| {
            let words = name.split(' ').count();
            let close = at + 1 + words;
            let named = name.split(' ').zip(at + 1..).all(|(word, i)| self.text.folded(i) == word);
            (named && self.text.word(close) == CLOSE).then_some(close + 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, Registry};

    #[test]
    fn every_country_closes_the_name_of_a_foreign_body() {
        for country in names() {
            assert_eq!(country, nhiemvu_text::fold_key(country));
            let text = format!("Viện Nghiên cứu Suối Mơ ({country}) chủ trì");
            let mentions = Registry::builtin().mentions(&text, &Context::default());
            assert_eq!(mentions.len(), 1, "{text}");
            assert!(text[..mentions[0].end].ends_with(&format!("({country})")), "{text}");
        }
    }
}
