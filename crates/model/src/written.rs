//! The text of a document as it was written, where it is read otherwise.

use crate::Span;

/// The text as it was written, and the places where it is read otherwise: letters that text recognition took for others.
///
/// ```
/// use nhiemvu_model::{Span, Written};
/// // `giao Sờ Y tế` is read as `giao Sở Y tế`
/// let at = Span::new(5, 9);
/// let written = Written::new("giao Sờ Y tế".to_owned(), vec![(at, at)]);
/// assert_eq!(written.slice(Span::new(5, 11)), "Sờ Y");
/// assert!(written.differs(Span::new(0, 9)) && !written.differs(Span::new(9, 15)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    text: String,
    /// Where something is read, and what of the written text it stands for; in order.
    changes: Vec<(Span, Span)>,
}

impl Written {
    /// The written text, and of each stretch that is read otherwise its place in the text as it is read and in this one.
    pub fn new(text: String, changes: Vec<(Span, Span)>) -> Self {
        Self { text, changes }
    }

    /// The whole text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The stretches that are read otherwise: the place of each in the text as it is read and in the written one.
    pub fn changes(&self) -> &[(Span, Span)] {
        &self.changes
    }

    /// Where in the written text a stretch of the text as it is read stands.
    pub fn span(&self, read: Span) -> Span {
        let place = |at, end| moved(&self.changes, |change| *change, at, end);
        Span::new(place(read.start, false), place(read.end, true))
    }

    /// Where in the text as it is read a stretch of the written one stands.
    pub fn read(&self, written: Span) -> Span {
        let place = |at, end| moved(&self.changes, |(read, written)| (*written, *read), at, end);
        Span::new(place(written.start, false), place(written.end, true))
    }

    /// The written words of a stretch of the text as it is read.
    pub fn slice(&self, read: Span) -> &str {
        self.span(read).slice(&self.text)
    }

    /// Whether anything of a stretch of the text as it is read was written otherwise.
    pub fn differs(&self, read: Span) -> bool {
        let first = self.changes.partition_point(|(change, _)| change.end <= read.start);
        self.changes.get(first).is_some_and(|(change, _)| change.start < read.end)
    }
}

/// Where the offset `at` of one text lies in the other, of which each of `changes` gives both places; inside of a change at
/// its beginning or its end.
fn moved(changes: &[(Span, Span)], both: impl Fn(&(Span, Span)) -> (Span, Span), at: usize, end: bool) -> usize {
    let before = changes.partition_point(|change| both(change).0.start < at);
    let Some((from, to)) = before.checked_sub(1).and_then(|i| changes.get(i)).map(both) else { return at };
    if at < from.end {
        return if end { to.end } else { to.start };
    }
    at - from.end + to.end
}
