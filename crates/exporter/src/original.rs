//! Words as the document writes them, where they are read otherwise.

use std::cell::RefCell;

use nhiemvu_model::{Source, Span, Written};
use nhiemvu_text::FastMap;

/// Leads the words of a source that is read otherwise than it is written back to it.
pub(crate) struct Original<'a> {
    written: &'a Written,
    /// The words of the text as it is read.
    words: Vec<Span>,
    text: &'a str,
    /// Of a title that [`Self::words_before`] was asked for: up to which word it was looked for, and where it stands. Items
    /// ask for the title of their heading one after the other.
    titles: RefCell<FastMap<String, (usize, Option<usize>)>>,
}

impl<'a> Original<'a> {
    /// `None` where the source is read as it is written.
    pub fn of(source: &'a Source) -> Option<Self> {
        let written = source.written.as_ref()?;
        Some(Self { written, words: words(&source.text).collect(), text: &source.text, titles: RefCell::default() })
    }

    /// Where a stretch of the text as it is read is written.
    pub fn span(&self, read: Span) -> Span {
        self.written.span(read)
    }

    /// `words`, which were taken from the stretch `read`, as they are written.
    pub fn words(&self, words: &str, read: Span) -> String {
        if !self.written.differs(read) {
            return words.to_owned();
        }
        let first = self.words.partition_point(|word| word.end <= read.start);
        let behind = self.words.partition_point(|word| word.start < read.end);
        let stretch = self.words.get(first..behind).unwrap_or_default();
        let places = self.places(words, stretch);
        self.put(words, &places)
    }

    /// `words`, which stand before the place `before`, as they are written.
    pub fn words_before(&self, words: &str, before: usize) -> String {
        let behind = self.words.partition_point(|word| word.start < before);
        let wanted: Vec<&str> = self::words(words).map(|span| span.slice(words)).collect();
        let at = self.last_before(words, &wanted, behind);
        let Some(found) = at.and_then(|at| self.words.get(at..at + wanted.len())) else { return words.to_owned() };
        let places: Vec<_> = self::words(words).zip(found.iter().copied()).collect();
        self.put(words, &places)
    }

    /// Where the words `wanted` of `title` stand last before word `behind`.
    fn last_before(&self, title: &str, wanted: &[&str], behind: usize) -> Option<usize> {
        let mut titles = self.titles.borrow_mut();
        let (seen, known) = titles.get(title).copied().filter(|(seen, _)| *seen <= behind).unwrap_or((0, None));
        let last = |end: usize| (end + 1).saturating_sub(wanted.len());
        let stretch = self.words.get(..behind).unwrap_or_default();
        let at = (last(seen)..last(behind)).rev().find(|at| self.stand_at(wanted, stretch, *at)).or(known);
        titles.insert(title.to_owned(), (behind, at));
        at
    }

    /// For each word of `words` that is found in the stretch, its place in `words` and in the text: all in one run where they
    /// stand so, else one after another.
    fn places(&self, words: &str, stretch: &[Span]) -> Vec<(Span, Span)> {
        let own: Vec<Span> = self::words(words).collect();
        let wanted: Vec<&str> = own.iter().map(|span| span.slice(words)).collect();
        let run = (0..=stretch.len().saturating_sub(wanted.len())).find(|at| self.stand_at(&wanted, stretch, *at));
        if let Some(run) = run.and_then(|at| stretch.get(at..at + wanted.len())) {
            return own.into_iter().zip(run.iter().copied()).collect();
        }
        let mut rest = stretch.iter();
        let mut out = Vec::new();
        for span in own {
            let before = rest.clone();
            match rest.find(|word| word.slice(self.text) == span.slice(words)) {
                Some(found) => out.push((span, *found)),
                None => rest = before,
            }
        }
        out
    }

    fn stand_at(&self, wanted: &[&str], stretch: &[Span], at: usize) -> bool {
        let there = stretch.get(at..at + wanted.len());
        there.is_some_and(|there| there.iter().zip(wanted).all(|(word, wanted)| word.slice(self.text) == *wanted))
    }

    /// `words` with those that are read otherwise as they are written.
    fn put(&self, words: &str, places: &[(Span, Span)]) -> String {
        let mut out = String::with_capacity(words.len() + 8);
        let (mut at, mut done) = (0, 0);
        for (own, read) in places {
            if !self.written.differs(*read) || own.start < at {
                continue;
            }
            let span = self.written.span(*read);
            if span.start < done {
                // the second part of a word in which a space was lost
                at = own.end;
                continue;
            }
            out.push_str(words.get(at..own.start).unwrap_or_default());
            out.push_str(span.slice(self.written.text()));
            (at, done) = (own.end, span.end);
        }
        out.push_str(words.get(at..).unwrap_or_default());
        out
    }
}

/// The places of the words of `text`.
fn words(text: &str) -> impl Iterator<Item = Span> + '_ {
    nhiemvu_text::words(text).map(|word| Span::new(word.start, word.end))
}
