//! Looking at tokens: every rule of the grammar asks through this, by token number, and no number is out of range.

use nhiemvu_model::Span;

use super::token::{Kind, Token};
use super::word::{Word, w};

/// The tokens of one text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    tokens: &'a [Token],
}

impl<'a> Cursor<'a> {
    pub(super) fn new(tokens: &'a [Token]) -> Self {
        Self { tokens }
    }

    pub(super) fn len(self) -> usize {
        self.tokens.len()
    }

    pub(super) fn token(self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The word at `at`; [`Word::OTHER`] for an unknown word, a number, a mark or the end.
    pub(super) fn word(self, at: usize) -> Word {
        match self.token(at).map(|t| t.kind) {
            Some(Kind::Word(word)) => word,
            _ => Word::OTHER,
        }
    }

    pub(super) fn is(self, at: usize, word: Word) -> bool {
        self.word(at) == word
    }

    /// Whether a word stands at `at` that is no number and no mark.
    pub(super) fn is_plain_word(self, at: usize) -> bool {
        matches!(self.token(at).map(|t| t.kind), Some(Kind::Word(_)))
    }

    pub(super) fn any(self, at: usize, words: &[Word]) -> bool {
        let word = self.word(at);
        word != Word::OTHER && words.contains(&word)
    }

    /// Whether `words` stand one after the other from `at`.
    pub(super) fn seq(self, at: usize, words: &[Word]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.is(at + i, *word))
    }

    /// Whether `words` end right before `at`.
    pub(super) fn ends(self, at: usize, words: &[Word]) -> bool {
        at.checked_sub(words.len()).is_some_and(|start| self.seq(start, words))
    }

    /// `at`, or the token after it where `word` stands there.
    pub(super) fn skip(self, at: usize, word: Word) -> usize {
        at + usize::from(self.is(at, word))
    }

    /// As [`Self::skip`], for one of several words.
    pub(super) fn skip_any(self, at: usize, words: &[Word]) -> usize {
        at + usize::from(self.any(at, words))
    }

    /// The number at `at` with its count of digits.
    pub(super) fn number(self, at: usize) -> Option<(u32, u8)> {
        match self.token(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// The mark at `at`, 0 where there is none.
    pub(super) fn mark(self, at: usize) -> u8 {
        match self.token(at).map(|t| t.kind) {
            Some(Kind::Mark(mark)) => mark,
            _ => 0,
        }
    }

    pub(super) fn is_mark(self, at: usize, mark: u8) -> bool {
        self.mark(at) == mark
    }

    pub(super) fn is_any_word(self, at: usize) -> bool {
        matches!(self.token(at).map(|t| t.kind), Some(Kind::Word(_)))
    }

    pub(super) fn glued(self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.glued)
    }

    /// The place in the text of tokens `from..to`.
    pub(super) fn span(self, from: usize, to: usize) -> Span {
        let start = self.token(from).map_or(0, |t| t.start);
        let end = to.checked_sub(1).and_then(|last| self.token(last)).map_or(start, |t| t.end);
        Span::new(start as usize, end as usize)
    }

    /// A small number written in digits (at most three) or as a word, and the token after it.
    pub(super) fn count(self, at: usize) -> Option<(u32, usize)> {
        if let Some((value, digits)) = self.number(at) {
            return (digits <= 3 && value > 0).then_some((value, at + 1));
        }
        const WORDS: [Word; 9] =
            [w!("một"), w!("hai"), w!("ba"), w!("bốn"), w!("năm"), w!("sáu"), w!("bảy"), w!("tám"), w!("chín")];
        if self.is(at, w!("mười")) {
            return Some((10, at + 1));
        }
        let word = self.word(at);
        let value = WORDS.iter().position(|w| *w == word)?;
        Some((value as u32 + 1, at + 1))
    }

    /// Whether a sentence ends right before token `at`: a full stop, then space and a capital, a number or a mark.
    pub(super) fn opens_sentence(self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let Some(token) = self.token(at) else { return true };
        matches!(self.mark(before), b'.' | b'!' | b'?')
            && !token.glued
            && (token.capital || !matches!(token.kind, Kind::Word(_)))
    }

    /// Whether a clause may begin at `at`: the start, after a mark, after `và` or `thì`.
    pub(super) fn opens_clause(self, at: usize) -> bool {
        at == 0
            || self.mark(at - 1) != 0 && !matches!(self.mark(at - 1), b'/' | b'%' | b'&')
            || self.is(at - 1, w!("và"))
    }
}
