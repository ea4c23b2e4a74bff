//! Names that a document defines for a body: `(sau đây gọi tắt là …)`.

use crate::body::Found;
use crate::context::{Alias, Context};
use crate::registry::Registry;
use crate::scan::Finder;
use crate::trie::pieces;

/// What stands before a defined name.
const CUES: [&str; 7] = [
    "sau đây gọi tắt là",
    "sau đây gọi là",
    "sau đây gọi chung là",
    "sau đây viết tắt là",
    "gọi tắt là",
    "viết tắt là",
    "gọi chung là",
];

/// The names that `text` defines for bodies.
pub(crate) fn definitions(registry: &Registry, text: &str, context: &Context) -> Vec<Alias> {
    let folded = nhiemvu_text::fold(text);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = folded.text().get(from..).and_then(|t| t.find('(')).map(|i| i + from) {
        from = open + 1;
        let Some(inside) = folded.text().get(from..) else { break };
        let Some(cue) = CUES.iter().find(|cue| inside.starts_with(**cue)) else { continue };
        let Some(name) = inside.get(cue.len()..).and_then(|t| t.split([')', ';']).next()) else { continue };
        let words: Vec<String> =
            pieces(name.trim_matches([' ', '"', '\'', ':', ','])).filter(|p| *p != "\"").map(str::to_owned).collect();
        if words.is_empty() || words.len() > 12 {
            continue;
        }
        let before = text.get(..folded.source(open)).unwrap_or("").trim_end();
        let mentions = registry.mentions(tail(before), context);
        let Some(mention) = mentions.into_iter().next_back().filter(|m| m.end == tail(before).len()) else { continue };
        found.push(Alias { words, agency: mention.agency });
    }
    found
}

/// The last part of `text`, in which the body that a bracket defines must stand.
fn tail(text: &str) -> &str {
    let mut start = text.len().saturating_sub(400);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or("")
}

impl Finder<'_> {
    /// Whether a name that the document defines may begin at token `at`.
    pub fn starts_alias(&self, at: usize) -> bool {
        !self.context.aliases.is_empty()
            && self.context.aliases.iter().any(|a| a.words.first().is_some_and(|w| *w == self.text.folded(at)))
    }

    /// The body whose defined name begins at token `at`.
    pub fn alias_at(&self, at: usize) -> Option<Found> {
        if self.context.aliases.is_empty() || !self.text.is_capital(at) {
            return None;
        }
        let alias = self
            .context
            .aliases
            .iter()
            .filter(|a| a.words.iter().zip(at..).all(|(word, i)| self.text.folded(i) == word))
            .max_by_key(|a| a.words.len())?;
        Some(Found { end: at + alias.words.len(), agency: alias.agency.clone(), weak: false })
    }
}
