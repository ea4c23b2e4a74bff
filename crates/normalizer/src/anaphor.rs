//! Heads alone that refer back: `Sở` after `Sở Y tế`, `Tổng cục` in a document of the `Tổng cục Thuế`.

use std::sync::LazyLock;

use nhiemvu_model::Agency;

use crate::body::Found;
use crate::mention::Mention;
use crate::scan::Finder;
use crate::tokens::Case;

/// Heads that stand for the body last named with them (`data/anaphors.tsv`): the longer of two first.
fn heads() -> impl Iterator<Item = &'static str> {
    HEADS.iter().copied()
}

static HEADS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("../data/anaphors.tsv").lines().skip(1).collect());

/// How far back in the text an antecedent is looked for, in bytes.
const REACH: usize = 1500;

impl Finder<'_> {
    /// The body to which a head alone at token `at` refers. `known` are the bodies named before it in the text.
    ///
    /// The head must have a capital and stand alone: before a small letter that begins another word, or before a mark.
    pub fn anaphor_at(&self, at: usize, known: &[Mention]) -> Option<Found> {
        let (end, head) = self.head_alone(at, false)?;
        self.antecedent(end, head, known)
    }

    /// The same at the start of a list, which begins at byte `start` of `text`.
    pub fn anaphor_behind(&self, text: &str, start: usize) -> Option<Found> {
        let (end, head) = self.head_alone(0, true)?;
        self.antecedent(end, head, &self.named_before(text, start))
    }

    fn antecedent(&self, end: usize, head: &str, known: &[Mention]) -> Option<Found> {
        let fits = |agency: &&Agency| starts_with_head(&agency.name, head);
        let before = known.iter().rev().map(|m| &m.agency).find(fits);
        let agency = before.or_else(|| self.context.issuers.iter().rev().find(fits));
        let agency = match agency {
            Some(agency) => Agency { holder: None, ..agency.clone() },
            None => return None,
        };
        Some(Found { end, agency: Box::new(agency), weak: false })
    }

    /// The head that stands alone at token `at`, with its end; behind a cue a capital alone tells `trình Bộ hồ sơ` from `bộ hồ sơ`.
    fn head_alone(&self, at: usize, cue: bool) -> Option<(usize, &'static str)> {
        // in capitals it is a heading or a signature
        if self.text.case(at) != Case::Title || self.is_other_word(at) {
            return None;
        }
        let first = self.text.folded(at);
        let fits = |head: &str| {
            head.starts_with(first) && head.split(' ').zip(at..).all(|(word, i)| self.text.folded(i) == word)
        };
        let head = heads().find(|head| fits(head))?;
        let end = at + head.split(' ').count();
        let other =
            crate::group::longest(&self.registry.lexicon.others, self, at).is_some_and(|(other, ())| other > end);
        let goes_on = self.text.is_word(end) && self.text.case(end) != Case::Lower;
        let group = self.group_at(at, true).is_some_and(|g| g.end > end);
        let other = other && !(cue && head == "bộ");
        (!other && !goes_on && !group).then_some((end, head))
    }

    /// The bodies named shortly before byte `at` of `text`.
    fn named_before(&self, text: &str, at: usize) -> Vec<Mention> {
        let mut start = at.saturating_sub(REACH);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        self.registry.mentions(text.get(start..at).unwrap_or(""), self.context)
    }
}

/// Whether a name begins with the words of `head`.
fn starts_with_head(name: &str, head: &str) -> bool {
    let name = nhiemvu_text::fold_key(name);
    name.strip_prefix(head).is_some_and(|rest| rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_heads_the_longer_stands_first() {
        let all: Vec<&str> = heads().collect();
        for (at, head) in all.iter().enumerate() {
            assert_eq!(*head, nhiemvu_text::fold_key(head));
            assert!(!all.iter().take(at).any(|before| head.starts_with(&format!("{before} "))), "{head}");
        }
    }
}
