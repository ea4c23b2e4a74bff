//! Names that a document defines for a body: `(sau đây gọi tắt là …)`.

use nhiemvu_model::{Agency, AgencyKind};

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
        let before = tail(text.get(..folded.source(open)).unwrap_or("").trim_end());
        if let Some(agency) = defined(registry, before, context) {
            found.push(Alias { words, agency });
        }
    }
    found
}

/// Most letters of an abbreviation.
const LONGEST: usize = 8;

/// The abbreviations in brackets of which each letter begins one of the words before, and those words.
pub(crate) fn abbreviations(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.match_indices('(').filter_map(|(open, _)| {
        let (short, _) = nhiemvu_text::first_chars(text.get(open + 1..)?, LONGEST + 1).split_once(')')?;
        let letters = short.chars().count();
        let capitals = (2..=LONGEST).contains(&letters) && short.chars().all(|c| c.is_alphabetic() && c.is_uppercase());
        let before = text.get(..open)?.trim_end();
        let mut words: Vec<&str> = before.rsplitn(letters + 1, ' ').take(letters).collect();
        words.reverse();
        let first = |word: &&str| word.chars().next().into_iter().flat_map(char::to_uppercase).next();
        let fits = capitals && words.len() == letters && words.iter().map(first).eq(short.chars().map(Some));
        // a sentence or a list ends before them
        let whole = !words.iter().any(|word| word.ends_with([',', ';', ':', '.']));
        (fits && whole).then(|| (short, words.join(" ")))
    })
}

/// The body that the end of `before` names: the last one named, which for a body that the registry does not hold may go
/// on in small letters up to the bracket.
fn defined(registry: &Registry, before: &str, context: &Context) -> Option<Agency> {
    let last = registry.mentions(before, context).into_iter().next_back()?;
    let rest = before.get(last.end..)?;
    if rest.is_empty() {
        return Some(last.agency);
    }
    let open_ended = last.agency.kind == AgencyKind::Unregistered
        && !rest.contains([',', ';', '.', ':', ')', '\n'])
        && rest.split_whitespace().count() <= 8;
    if !open_ended {
        return None;
    }
    let name = before.get(last.start..)?.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Agency { name, ..last.agency })
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
        Some(Found { end: at + alias.words.len(), agency: Box::new(alias.agency.clone()), weak: false })
    }
}
