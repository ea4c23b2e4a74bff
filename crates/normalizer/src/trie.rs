//! Names as paths of words: the automaton in which names are found.

use nhiemvu_text::is_alphanumeric;

use crate::words::{FastMap, JOINER, UNKNOWN, Word, Words};

/// A node of the automaton; 0 is the root.
pub(crate) type Node = u32;

/// The root.
pub(crate) const ROOT: Node = 0;

/// Paths of words with values at their ends.
///
/// Whatever joins the parts of a name (comma, hyphen, `và`, `&`) is one and the same edge, so that a name is found with
/// any of them.
pub(crate) struct Trie<V> {
    /// Where each word leads to from the root, from which most steps are tried and few are there; the root where nowhere.
    first: Vec<Node>,
    /// The edges of the other nodes.
    edges: FastMap<u64, Node>,
    ends: Vec<Vec<V>>,
    /// A bit for each node at which something ends.
    ending: Vec<u64>,
}

impl<V: PartialEq> Default for Trie<V> {
    fn default() -> Self {
        Self { first: Vec::new(), edges: FastMap::default(), ends: vec![Vec::new()], ending: Vec::new() }
    }
}

impl<V: PartialEq> Trie<V> {
    /// Adds `value` at the end of `path`.
    pub fn insert(&mut self, path: &[Word], value: V) {
        let mut node = ROOT;
        for word in path {
            let next = self.ends.len() as Node;
            node = self.step_or_insert(node, *word, next);
            if node == next {
                self.ends.push(Vec::new());
            }
        }
        if let Some(values) = self.ends.get_mut(node as usize)
            && !values.contains(&value)
        {
            values.push(value);
            let at = node as usize / 64;
            if self.ending.len() <= at {
                self.ending.resize(at + 1, 0);
            }
            self.ending.get_mut(at).into_iter().for_each(|bits| *bits |= 1 << (node % 64));
        }
    }

    fn step_or_insert(&mut self, node: Node, word: Word, next: Node) -> Node {
        if node != ROOT {
            return *self.edges.entry(key(node, word)).or_insert(next);
        }
        let at = word as usize;
        if self.first.len() <= at {
            self.first.resize(at + 1, ROOT);
        }
        match self.first.get_mut(at) {
            Some(first) if *first == ROOT => *first = next,
            _ => {}
        }
        self.first.get(at).copied().unwrap_or(next)
    }

    /// The node that `word` leads to from `node`.
    #[inline]
    pub fn step(&self, node: Node, word: Word) -> Option<Node> {
        if node == ROOT {
            // no name holds a word that is not known
            return self.first.get(word as usize).copied().filter(|next| *next != ROOT);
        }
        if word == UNKNOWN {
            return None;
        }
        self.edges.get(&key(node, word)).copied()
    }

    /// The node that `path` leads to from `node`; a joiner of the path may be lost in the names or stand in them.
    pub fn follow(&self, node: Node, path: &[Word]) -> Option<Node> {
        path.iter().try_fold(node, |node, word| self.step(node, *word))
    }

    /// The words with which a path begins.
    pub fn first_words(&self) -> impl Iterator<Item = Word> {
        self.first_steps().map(|(word, _)| word)
    }

    /// The first words with the nodes that they lead to.
    pub fn first_steps(&self) -> impl Iterator<Item = (Word, Node)> {
        (0..).zip(&self.first).filter(|(_, node)| **node != ROOT).map(|(word, node)| (word, *node))
    }

    /// The first two words of the paths that have so many, and the first words at which something ends.
    pub fn openings(&self) -> (impl Iterator<Item = (Word, Word)>, impl Iterator<Item = Word>) {
        let first: FastMap<Node, Word> = self.first_steps().map(|(word, node)| (node, word)).collect();
        let pairs = self.edges.keys().filter_map(move |key| Some((*first.get(&((key >> 32) as Node))?, *key as Word)));
        (pairs, self.first_steps().filter(|(_, node)| !self.values(*node).is_empty()).map(|(word, _)| word))
    }

    /// For each node but the root the one that leads to it.
    pub fn parents(&self) -> Vec<Node> {
        let mut parents = vec![ROOT; self.ends.len()];
        for (key, node) in &self.edges {
            if let Some(parent) = parents.get_mut(*node as usize) {
                *parent = (key >> 32) as Node;
            }
        }
        parents
    }

    /// What ends at `node`.
    pub fn values(&self, node: Node) -> &[V] {
        // at most nodes nothing does, and the bits of all lie close together
        if self.ending.get(node as usize / 64).is_none_or(|bits| bits >> (node % 64) & 1 == 0) {
            return &[];
        }
        self.ends.get(node as usize).map_or(&[], Vec::as_slice)
    }
}

fn key(node: Node, word: Word) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// The path of a name: its folded words, with [`JOINER`] for whatever joins two of them.
pub(crate) fn path(name: &str, words: &mut Words) -> Vec<Word> {
    let mut path = Vec::new();
    let folded = nhiemvu_text::fold(name);
    for piece in pieces(folded.text()) {
        match piece {
            "," | "-" | "&" | "và" | "/" => {
                if path.last().is_some_and(|w| *w != JOINER) {
                    path.push(JOINER);
                }
            }
            "." | "(" | ")" => {}
            word => path.push(words.intern(word)),
        }
    }
    if path.last() == Some(&JOINER) {
        path.pop();
    }
    path
}

/// Words and punctuation marks of a folded name.
pub(crate) fn pieces(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let end = if is_alphanumeric(first) {
            rest.find(|c: char| !is_alphanumeric(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_of_every_kind_are_one_edge() {
        let mut words = Words::default();
        let one = path("Sở Văn hóa, Thể thao và Du lịch", &mut words);
        let other = path("SỞ VĂN HOÁ - THỂ THAO & DU LỊCH", &mut words);
        assert_eq!(one, other);
        let mut trie = Trie::default();
        trie.insert(&one, 7);
        let node = trie.follow(ROOT, &other).unwrap();
        assert_eq!(trie.values(node), [7]);
    }
}
