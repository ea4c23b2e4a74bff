//! The wordings that are known: their words, and which stand beside each other in them.

use nhiemvu_text::{FastMap, FastSet, Wording, cells, push_bare};

use crate::tokens::{Gap, tokens};

/// Number of a word.
pub(crate) type Word = u32;

/// What stands before the first word of a line.
pub(crate) const BEGIN: Word = 0;
/// A colon behind a label.
pub(crate) const COLON: Word = 1;
/// Any other end.
pub(crate) const END: Word = 2;
/// Any number.
pub(crate) const NUMBER: Word = 3;
const FIRST: Word = 4;

/// How many wordings of a word without the other speak against a bond before any is seen.
const DOUBT: f32 = 2.0;

/// Knows wordings, and reads damaged text by them.
#[derive(Default)]
pub struct Speller {
    numbers: FastMap<Box<str>, Word>,
    words: Vec<Box<str>>,
    /// Words by their letters without marks.
    bare: FastMap<Box<str>, Vec<Word>>,
    /// How often each stands in ordinary sentences.
    counts: Vec<u32>,
    /// How often each stands before and behind another.
    before: FastMap<Word, u32>,
    behind: FastMap<Word, u32>,
    pairs: FastMap<u64, u32>,
    triples: FastSet<u128>,
}

impl Speller {
    /// Takes the wordings that other crates know, beside those of ordinary sentences.
    ///
    /// ```
    /// use nhiemvu_spelling::Speller;
    /// use nhiemvu_text::Wording;
    /// let speller = Speller::new([Wording::First("Sở Tài chính")]);
    /// assert_eq!(speller.read("giao Sờ Tài chính lập"), "giao Sở Tài chính lập");
    /// ```
    pub fn new<'p>(wordings: impl IntoIterator<Item = Wording<'p>>) -> Self {
        let mut speller = Self::default();
        let usage = cells(include_str!("../data/usage.tsv"), 0).map(Wording::First);
        for wording in usage {
            speller.learn(wording);
            for token in tokens(wording.words()).0 {
                let word = speller.intern(&token.key);
                if let Some(count) = speller.counts.get_mut((word - FIRST) as usize) {
                    *count += 1;
                }
            }
        }
        for wording in wordings {
            speller.learn(wording);
        }
        speller
    }

    fn learn(&mut self, wording: Wording<'_>) {
        let mut run: Vec<Word> = Vec::new();
        let (tokens, _) = tokens(wording.words());
        for (at, token) in tokens.iter().enumerate() {
            if at == 0 && !matches!(wording, Wording::Inside(_)) || at > 0 && token.gap > Gap::Line {
                if token.gap == Gap::Colon {
                    run.push(COLON);
                }
                self.keep(&run);
                run = vec![BEGIN];
            }
            run.push(if token.is_number() { NUMBER } else { self.intern(&token.key) });
        }
        if matches!(wording, Wording::Label(_)) {
            run.push(COLON);
        }
        self.keep(&run);
    }

    fn keep(&mut self, run: &[Word]) {
        for pair in run.windows(2) {
            *self.before.entry(pair[0]).or_default() += 1;
            *self.behind.entry(pair[1]).or_default() += 1;
            *self.pairs.entry(key2(pair[0], pair[1])).or_default() += 1;
        }
        self.triples.extend(run.windows(3).map(|three| key3(three[0], three[1], three[2])));
    }

    fn intern(&mut self, word: &str) -> Word {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = FIRST + self.words.len() as Word;
        self.numbers.insert(word.into(), number);
        self.words.push(word.into());
        self.counts.push(0);
        let mut bare = String::new();
        push_bare(&mut bare, word);
        self.bare.entry(bare.into()).or_default().push(number);
        number
    }

    /// The number of a folded word.
    pub(crate) fn word(&self, key: &str) -> Option<Word> {
        self.numbers.get(key).copied()
    }

    /// The words with these letters, marks aside.
    pub(crate) fn alike(&self, bare: &str) -> &[Word] {
        self.bare.get(bare).map_or(&[], Vec::as_slice)
    }

    /// The folded word of a number.
    pub(crate) fn key(&self, word: Word) -> &str {
        word.checked_sub(FIRST).and_then(|at| self.words.get(at as usize)).map_or("", |word| word)
    }

    /// One more than the highest number.
    pub(crate) fn len(&self) -> Word {
        FIRST + self.words.len() as Word
    }

    /// How often a word stands in ordinary sentences.
    pub(crate) fn count(&self, word: Word) -> u32 {
        word.checked_sub(FIRST).and_then(|at| self.counts.get(at as usize)).copied().unwrap_or(0)
    }

    pub(crate) fn has_pair(&self, a: Word, b: Word) -> bool {
        self.pairs.contains_key(&key2(a, b))
    }

    /// How much one of two words asks for the other, 0 to 1; `None` where they stand beside each other nowhere.
    pub(crate) fn bond(&self, a: Word, b: Word) -> Option<f32> {
        let count = *self.pairs.get(&key2(a, b))? as f32;
        let share = |all: &FastMap<Word, u32>, word| count / (all.get(&word).copied().unwrap_or(0) as f32 + DOUBT);
        Some(share(&self.before, a).max(share(&self.behind, b)))
    }

    pub(crate) fn has_triple(&self, a: Word, b: Word, c: Word) -> bool {
        self.triples.contains(&key3(a, b, c))
    }
}

/// Two words as one key.
pub(crate) fn key2(a: Word, b: Word) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// Three words as one key.
pub(crate) fn key3(a: Word, b: Word, c: Word) -> u128 {
    u128::from(a) << 64 | u128::from(key2(b, c))
}
