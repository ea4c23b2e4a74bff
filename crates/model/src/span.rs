//! Places in a document's text.

/// A stretch of the document's text, as byte offsets; the end is exclusive.
///
/// Inside the workspace offsets are bytes, so that slicing costs nothing. They become Unicode scalar values, lines
/// and pages only when they leave it ([`LineIndex::locate`]).
///
/// Invariant: `start <= end`, and both lie on character boundaries of the text that the span belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`; where they are given the wrong way round, an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The words that the span covers; empty where it does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A span as the outside sees it: Unicode scalar values, a line, a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position {
    /// First character, counted in Unicode scalar values from 0.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Line on which the span starts, counted from 1.
    pub line: usize,
    /// Page on which the span starts, counted from 1; `None` where the format has no pages.
    pub page: Option<u32>,
}

/// Turns byte offsets of one text into characters and lines.
///
/// ```
/// use nhiemvu_model::{LineIndex, Span};
/// let text = "Điều 1\nSở Y tế";
/// let index = LineIndex::new(text);
/// let span = Span::new(text.find("Sở").unwrap(), text.len());
/// let (start, end, line) = index.locate(text, span);
/// assert_eq!((start, end, line), (7, 14, 2));
/// ```
#[derive(Debug, Clone, Default)]
pub struct LineIndex {
    /// Byte offset of the start of each line.
    lines: Vec<usize>,
    /// How many characters start before each multiple of [`STRIDE`] bytes, so that a document that is one long line
    /// costs no more than any other.
    chars: Vec<usize>,
}

const STRIDE: usize = 64;

impl LineIndex {
    /// Walks `text` once.
    pub fn new(text: &str) -> Self {
        let mut lines = vec![0];
        let mut chars = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut seen = 0;
        for (n, stretch) in text.as_bytes().chunks(STRIDE).enumerate() {
            chars.push(seen);
            seen += characters(stretch);
            let (words, rest) = stretch.as_chunks::<8>();
            for (m, word) in words.iter().enumerate() {
                let mut ends = line_feeds(u64::from_le_bytes(*word));
                while ends != 0 {
                    lines.push(n * STRIDE + m * 8 + ends.trailing_zeros() as usize / 8 + 1);
                    ends &= ends - 1;
                }
            }
            let ends = rest.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            lines.extend(ends.map(|(at, _)| n * STRIDE + words.len() * 8 + at + 1));
        }
        if text.len().is_multiple_of(STRIDE) {
            chars.push(seen);
        }
        Self { lines, chars }
    }

    /// First character, end character and line (from 1) of `span` in `text`, the text that the index was made of.
    pub fn locate(&self, text: &str, span: Span) -> (usize, usize, usize) {
        let line = self.lines.partition_point(|start| *start <= span.start).max(1);
        (self.chars(text, span.start), self.chars(text, span.end), line)
    }

    fn chars(&self, text: &str, at: usize) -> usize {
        let from = at / STRIDE * STRIDE;
        let before = self.chars.get(at / STRIDE).copied().unwrap_or_default();
        before + text.as_bytes().get(from..at).map_or(0, characters)
    }
}

/// The highest bit of each byte of `word` that is a line feed.
fn line_feeds(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
    let other = word ^ (ONES * 0xA);
    !(((other & LOW) + LOW) | other | LOW)
}

/// How many scalar values start in `bytes`, which are no more than [`STRIDE`]: one at every byte that is not a continuation byte.
fn characters(bytes: &[u8]) -> usize {
    let starts = bytes.iter().fold(0, |count, byte| count + u8::from(*byte & 0xC0 != 0x80));
    usize::from(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_outside_the_text_is_empty_not_a_panic() {
        assert_eq!(Span::new(3, 99).slice("ngắn"), "");
    }

    #[test]
    fn lines_and_characters_agree_with_counting_by_hand() {
        let text = "a\n\nđđ\n";
        let index = LineIndex::new(text);
        for (at, _) in text.char_indices() {
            let (start, _, line) = index.locate(text, Span::new(at, at));
            assert_eq!(start, text[..at].chars().count());
            assert_eq!(line, text[..at].matches('\n').count() + 1);
        }
    }

    #[test]
    fn long_lines_are_counted_as_well() {
        for length in [0, 1, 255, 256, 257, 700, 1024] {
            let text = "ượ\nx".repeat(length);
            let index = LineIndex::new(&text);
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let (_, end, line) = index.locate(&text, Span::new(at, text.len()));
                assert_eq!((end, line), (text.chars().count(), text[..at].matches('\n').count() + 1));
            }
        }
    }
}
