//! What the normalizer gives: mentions of bodies.

use nhiemvu_model::Agency;

/// A body named in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// First byte in the text that was searched.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The body; its `span` is `None` and its `via` is `Text`: where the text stands is the caller's to say.
    pub agency: Agency,
    /// Whether the words are common nouns that stand for a body only beside a cue (`doanh nghiệp` after `phối hợp với`).
    pub weak: bool,
    /// Whether it stands in brackets behind another one, and names a part of that or the way to it.
    pub in_brackets: bool,
    /// Whether the words only refer back (`Sở`, `Tổng cục`): the agency is the one referred to. In running text such a
    /// mention is weak too.
    pub anaphor: bool,
}

/// The bodies of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BodyList {
    /// The bodies, in order.
    pub mentions: Vec<Mention>,
    /// Byte at which the list ends: the end of its last body, or of the brackets behind it.
    pub end: usize,
}
