//! What may begin with a word: one look that spares most words of a text every other.

use nhiemvu_text::FastSet;

use crate::registry::Registry;
use crate::trie::{Node, ROOT};
use crate::words::{JOINER, Word};

/// A registered name, at its first word.
pub(crate) const NAME: u16 = 1;
/// A noun of groups.
pub(crate) const GROUP: u16 = 1 << 1;
/// A title.
pub(crate) const TITLE: u16 = 1 << 2;
/// A head of names, a committee, a part of a body.
pub(crate) const SHAPE: u16 = 1 << 3;
/// A word for several.
pub(crate) const PLURAL: u16 = 1 << 4;
/// An abbreviation of words within names.
pub(crate) const ABBREVIATION: u16 = 1 << 5;
/// A name that is also written with a small first letter.
pub(crate) const LOWERCASE: u16 = 1 << 6;
/// A group that stands for bodies without a word for several before it (`sở, ban, ngành`).
pub(crate) const BARE_GROUP: u16 = 1 << 7;

/// A name of a body that a place completes (`Ủy ban nhân dân …`).
pub(crate) const STEM: u16 = 1 << 8;

/// A word that is none of a body but begins as one does (`sở hữu`, `hội nghị`).
pub(crate) const OTHER_WORD: u16 = 1 << 9;

/// A rank or a degree before somebody's name.
pub(crate) const RANK: u16 = 1 << 11;

/// One word that names, or begins a name with a joiner behind it.
pub(crate) const ALONE: u16 = 1 << 10;

impl Registry {
    /// Whether something may begin with the words `first` and `second` in small letters, or with `first` alone, as
    /// [`Registry::starts`] tells of the first.
    pub(crate) fn starts_with(&self, first: Word, second: Word) -> bool {
        self.starts(first) & (ALONE | ABBREVIATION) != 0
            || self.starts(second) & ABBREVIATION != 0
            || self.openings.contains(&pair(first, second))
    }

    /// What may begin with `word`: a set of the constants of this module.
    pub(crate) fn starts(&self, word: Word) -> u16 {
        self.starts.get(word as usize).copied().unwrap_or(0)
    }

    /// Works out [`Registry::starts`]; to be called when all names are in.
    pub(crate) fn index_starts(&mut self) {
        let mut starts = vec![0; self.words.len()];
        let mut mark = |words: &mut dyn Iterator<Item = Word>, flag: u16| {
            for word in words {
                if let Some(flags) = starts.get_mut(word as usize) {
                    *flags |= flag;
                }
            }
        };
        let lexicon = &self.lexicon;
        mark(&mut self.names.first_words(), NAME);
        mark(&mut lexicon.groups.first_words(), GROUP);
        mark(&mut lexicon.others.first_words(), OTHER_WORD);
        mark(&mut lexicon.titles.first_words(), TITLE);
        mark(&mut lexicon.ranks.first_words(), RANK);
        mark(&mut lexicon.heads.first_words(), SHAPE);
        mark(&mut lexicon.committees.first_words(), SHAPE);
        mark(&mut lexicon.parts.first_words(), SHAPE);
        mark(&mut lexicon.lowercase.first_words(), LOWERCASE);
        mark(&mut crate::lexicon::PLURALS.iter().copied(), PLURAL);
        mark(&mut crate::lexicon::BARE_GROUPS.iter().copied(), BARE_GROUP);
        mark(&mut self.abbreviations.keys().copied(), ABBREVIATION);
        let mut openings = FastSet::default();
        let mut open = |(pairs, alone): (&mut dyn Iterator<Item = (Word, Word)>, &mut dyn Iterator<Item = Word>)| {
            for (first, second) in pairs {
                if second == JOINER {
                    mark(&mut std::iter::once(first), ALONE);
                }
                openings.insert(pair(first, second));
            }
            mark(alone, ALONE);
        };
        macro_rules! open {
            ($($trie:expr),*) => { $(let (mut pairs, mut alone) = $trie.openings(); open((&mut pairs, &mut alone));)* };
        }
        open!(
            self.names,
            lexicon.groups,
            lexicon.titles,
            lexicon.heads,
            lexicon.parts,
            lexicon.lowercase,
            lexicon.elidable
        );
        self.openings = openings;
        let parents = self.names.parents();
        let mut stems = vec![false; parents.len()];
        for (node, _) in (0..).zip(&parents).filter(|(node, _)| self.names.values(*node).iter().any(|n| n.stem)) {
            let mut node: Node = node;
            while let Some(known) = stems.get_mut(node as usize).filter(|known| !**known) {
                *known = true;
                node = parents.get(node as usize).copied().unwrap_or(ROOT);
            }
        }
        for (word, node) in self.names.first_steps() {
            if stems.get(node as usize) == Some(&true)
                && let Some(flags) = starts.get_mut(word as usize)
            {
                *flags |= STEM;
            }
        }
        // an abbreviation may stand for the first words of a stem
        for word in self.abbreviations.keys() {
            if let Some(flags) = starts.get_mut(*word as usize) {
                *flags |= STEM;
            }
        }
        self.starts = starts;
    }
}

fn pair(first: Word, second: Word) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}
