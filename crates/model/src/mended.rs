//! Running text with its line breaks mended, and the way back to the document.

use crate::Span;

/// Text put together from stretches of the document (lines of a paragraph, paragraphs of a cell), with page furniture,
/// footnote marks and line breaks left out, and single spaces where lines were joined.
///
/// Rules look at `text()`; [`Mended::span`] says where in the document a stretch of it stands.
///
/// ```
/// use nhiemvu_model::{Mended, Span};
/// let document = "giao Sở\nTài chính lập";
/// let mut mended = Mended::default();
/// mended.push(document, Span::new(0, 9));
/// mended.push_str(" ");
/// mended.push(document, Span::new(10, document.len()));
/// assert_eq!(mended.text(), "giao Sở Tài chính lập");
/// let at = mended.text().find("Sở Tài chính").unwrap();
/// let span = mended.span(at, at + "Sở Tài chính".len());
/// assert_eq!(span.slice(document), "Sở\nTài chính");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mended {
    text: String,
    /// Stretches copied from the document, in order: offset in `text`, offset in the document, length.
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    at: usize,
    source: usize,
    len: usize,
}

impl Mended {
    /// The words `span` of `document`, as they are.
    pub fn of(document: &str, span: Span) -> Self {
        let mut mended = Self::default();
        mended.push(document, span);
        mended
    }

    /// Appends the words `span` of `document`.
    pub fn push(&mut self, document: &str, span: Span) {
        let words = span.slice(document);
        if words.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.source + last.len == span.start && last.at + last.len == self.text.len() => {
                last.len += words.len();
            }
            _ => self.pieces.push(Piece { at: self.text.len(), source: span.start, len: words.len() }),
        }
        self.text.push_str(words);
    }

    /// Appends words that do not stand in the document (the space at a mended line break).
    pub fn push_str(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Appends another mended text, with its way back.
    pub fn append(&mut self, other: &Self) {
        let at = self.text.len();
        self.pieces.extend(other.pieces.iter().map(|p| Piece { at: at + p.at, ..*p }));
        self.text.push_str(&other.text);
    }

    /// The mended text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Place in the document of bytes `start..end` of the mended text, with whatever it runs over.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let first = self.source_of(start, false);
        let last = if end > start { self.source_of(end, true) } else { first };
        Span::new(first, last)
    }

    /// Place in the document of the whole mended text.
    pub fn whole(&self) -> Span {
        self.span(0, self.text.len())
    }

    /// The stretch `start..end` of the mended text, with its way back.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.text.len());
        let Some(words) = self.text.get(start..end) else { return Self::default() };
        let pieces = self
            .pieces
            .iter()
            .filter(|p| p.at < end && start < p.at + p.len)
            .map(|p| {
                let from = p.at.max(start);
                let to = (p.at + p.len).min(end);
                Piece { at: from - start, source: p.source + (from - p.at), len: to - from }
            })
            .collect();
        Self { text: words.to_owned(), pieces }
    }

    /// Document offset of mended offset `at`; `as_end` asks for the end of the character before it.
    fn source_of(&self, at: usize, as_end: bool) -> usize {
        let next = self.pieces.partition_point(|p| if as_end { p.at < at } else { p.at <= at });
        let Some(piece) = next.checked_sub(1).and_then(|i| self.pieces.get(i)) else {
            return self.pieces.first().map_or(0, |p| p.source);
        };
        let inside = at - piece.at;
        if inside <= piece.len && (as_end || inside < piece.len) {
            return piece.source + inside;
        }
        // `at` lies in words that were put between two pieces
        if as_end {
            piece.source + piece.len
        } else {
            self.pieces.get(next).map_or(piece.source + piece.len, |p| p.source)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_keeps_the_way_back() {
        let document = "một\nhai ba";
        let mut mended = Mended::of(document, Span::new(0, 5));
        mended.push_str(" ");
        mended.push(document, Span::new(6, document.len()));
        let at = mended.text().find("hai").unwrap();
        let part = mended.slice(at, mended.text().len());
        assert_eq!(part.text(), "hai ba");
        assert_eq!(part.span(0, 3).slice(document), "hai");
        assert_eq!(part.whole().slice(document), "hai ba");
    }

    #[test]
    fn the_end_of_a_piece_does_not_reach_into_the_next() {
        let document = "a 12 b";
        let mut mended = Mended::of(document, Span::new(0, 1));
        mended.push_str(" ");
        mended.push(document, Span::new(5, 6));
        assert_eq!(mended.text(), "a b");
        assert_eq!(mended.span(0, 1).slice(document), "a");
        assert_eq!(mended.span(2, 3).slice(document), "b");
        assert_eq!(mended.span(0, 3).slice(document), document);
    }
}
