//! What the words of a damaged text were.

use std::rc::Rc;

use nhiemvu_model::Span;
use nhiemvu_text::{FastMap, is_alphabetic, is_syllable};

use crate::alike::{letters_apart, shapes};
use crate::doubt::Damage;
use crate::path::{Choice, best};
use crate::tokens::{Gap, Token, tokens};
use crate::vocabulary::{BEGIN, COLON, END, NUMBER, Speller, Word, key2, key3};

/// How often a document must have words beside each other for it to be a wording of its own, and for how many of its words once
/// more.
const OFTEN: u32 = 2;
const MORE_OFTEN: u32 = 2_000;
/// How often it must have a word for others to be read as it.
const COMMON: u32 = 3;

/// What a wrong letter costs, and each further one of a word.
const FIRST_LETTER: f32 = 1.3;
const NEXT_LETTER: f32 = 0.8;
/// What speaks for two words that stand beside each other in a known wording, and what more where one asks for the other.
const PAIR: f32 = 0.9;
const BOND: f32 = 0.7;
/// What speaks for a word that begins known wordings at the beginning of a line.
const OPENING: f32 = 0.5;
/// What more speaks for three.
const TRIPLE: f32 = 0.6;
/// What it costs to keep a word that is no syllable, and one that nothing knows.
pub(crate) const ILL_FORMED: f32 = 1.7;
const UNKNOWN: f32 = 0.4;
/// What speaks for keeping a word that is frequent, for each time that its frequency doubles; and the most that may.
const FREQUENT: f32 = 0.15;
const MOST_FREQUENT: f32 = 0.7;

/// What speaks for keeping a well-formed word of a text that is damaged here and there alone.
const TRUST: f32 = 0.3;

/// Letters of the shortest word that may be two.
const SHORTEST: usize = 3;

/// A stretch of the text, and what is read in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub span: Span,
    pub words: String,
}

/// A document's words by number, those that the speller does not know among them, and what it writes often.
pub(crate) struct Usage<'s> {
    pub speller: &'s Speller,
    own: FastMap<String, Word>,
    keys: Vec<String>,
    counts: FastMap<Word, u32>,
    /// The document's own words by their letters without marks.
    bare: FastMap<String, Vec<Word>>,
    often: u32,
    /// What speaks for keeping well-formed words.
    trust: f32,
    pairs: FastMap<u64, u32>,
    triples: FastMap<u128, u32>,
    /// What each word may have been, once asked for.
    choices: FastMap<Word, Rc<[Choice]>>,
}

/// The edits that make the text what it was, in order.
pub(crate) fn edits(text: &str, speller: &Speller, damage: Damage) -> Vec<Edit> {
    let (tokens, last) = tokens(text);
    let mut usage = Usage::of(speller, &tokens);
    usage.trust = if damage < Damage::Much { TRUST } else { 0.0 };
    let tokens = usage.part(tokens, text);
    let numbers: Vec<Word> = tokens.iter().map(|token| usage.number(token)).collect();
    let mut out = Vec::new();
    let mut first = 0;
    for end in 1..=tokens.len() {
        let gap = tokens.get(end).map_or(last, |token| token.gap);
        if gap > Gap::Line || end == tokens.len() {
            let behind = if gap == Gap::Colon { COLON } else { END };
            usage.stretch(text, &tokens[first..end], &numbers[first..end], behind, &mut out);
            first = end;
        }
    }
    out
}

impl<'s> Usage<'s> {
    fn of(speller: &'s Speller, tokens: &[Token<'_>]) -> Self {
        let mut usage = Self {
            speller,
            own: FastMap::default(),
            keys: Vec::new(),
            counts: FastMap::default(),
            bare: FastMap::default(),
            often: OFTEN + tokens.len() as u32 / MORE_OFTEN,
            trust: 0.0,
            pairs: FastMap::default(),
            triples: FastMap::default(),
            choices: FastMap::default(),
        };
        let mut before = (END, END);
        for token in tokens {
            let word = usage.learn(token);
            *usage.counts.entry(word).or_default() += 1;
            if token.gap > Gap::Line {
                before = (END, BEGIN);
            }
            *usage.pairs.entry(key2(before.1, word)).or_default() += 1;
            *usage.triples.entry(key3(before.0, before.1, word)).or_default() += 1;
            before = (before.1, word);
        }
        for (key, word) in &usage.own {
            if usage.counts.get(word).is_some_and(|count| *count >= COMMON) {
                let [whole, ..] = &shapes(key)[..] else { continue };
                usage.bare.entry(whole.clone()).or_default().push(*word);
            }
        }
        // the order of a table bears on no result
        for words in usage.bare.values_mut() {
            words.sort_unstable();
        }
        usage
    }

    fn learn(&mut self, token: &Token<'_>) -> Word {
        if token.is_number() {
            return NUMBER;
        }
        let key = token.key.as_ref();
        if let Some(word) = self.speller.word(key).or_else(|| self.own.get(key).copied()) {
            return word;
        }
        let word = self.speller.len() + self.keys.len() as Word;
        self.own.insert(key.to_owned(), word);
        self.keys.push(key.to_owned());
        word
    }

    fn number(&self, token: &Token<'_>) -> Word {
        if token.is_number() {
            return NUMBER;
        }
        self.speller.word(&token.key).or_else(|| self.own.get(token.key.as_ref()).copied()).unwrap_or(END)
    }

    pub fn key(&self, word: Word) -> &str {
        match word.checked_sub(self.speller.len()) {
            Some(at) => self.keys.get(at as usize).map_or("", String::as_str),
            None => self.speller.key(word),
        }
    }

    /// How well two words go together.
    pub fn pair(&self, a: Word, b: Word) -> f32 {
        if let Some(bond) = self.speller.bond(a, b) {
            // many words may begin a line, and none asks for it
            return if a == BEGIN { OPENING } else { PAIR + BOND * bond };
        }
        let often = self.pairs.get(&key2(a, b)).is_some_and(|count| *count >= self.often);
        if often && self.is_sound(a) && self.is_sound(b) { PAIR } else { 0.0 }
    }

    /// Whether two words go together at all, as [`Self::pair`] has it.
    pub fn go_together(&self, a: Word, b: Word) -> bool {
        let often = || self.pairs.get(&key2(a, b)).is_some_and(|count| *count >= self.often);
        self.speller.has_pair(a, b) || often() && self.is_sound(a) && self.is_sound(b)
    }

    /// How much better three go together.
    pub fn triple(&self, a: Word, b: Word, c: Word) -> f32 {
        let often = || self.triples.get(&key3(a, b, c)).is_some_and(|count| *count >= self.often);
        let sound = || self.is_sound(a) && self.is_sound(b) && self.is_sound(c);
        if self.speller.has_triple(a, b, c) || often() && sound() { TRIPLE } else { 0.0 }
    }

    /// Whether the document means the word: it is known, or a syllable, or stands often.
    fn is_sound(&self, word: Word) -> bool {
        self.is_known(word) || is_syllable(self.key(word))
    }

    /// Whether the speller knows the word, or the document has it often.
    fn is_known(&self, word: Word) -> bool {
        word < self.speller.len() || self.counts.get(&word).is_some_and(|count| *count >= COMMON)
    }

    /// What a word may have been, itself first.
    fn choices(&mut self, key: &str, word: Word) -> Rc<[Choice]> {
        if let Some(known) = self.choices.get(&word) {
            return Rc::clone(known);
        }
        let found: Rc<[Choice]> = self.find_choices(key, word).into();
        if word != END {
            self.choices.insert(word, Rc::clone(&found));
        }
        found
    }

    fn find_choices(&self, key: &str, word: Word) -> Vec<Choice> {
        let mut out = vec![Choice { word, cost: self.keeping(key, word) }];
        if word == NUMBER || key.chars().nth(1).is_none() || key.bytes().all(|byte| b"1ilvx".contains(&byte)) {
            return out;
        }
        for shape in shapes(key) {
            let own = self.bare.get(&shape).map_or(&[][..], Vec::as_slice);
            for other in self.speller.alike(&shape).iter().chain(own) {
                let Some(apart) = letters_apart(key, self.key(*other)) else { continue };
                if apart > 0 && !out.iter().any(|choice| choice.word == *other) {
                    let cost = FIRST_LETTER + NEXT_LETTER * (apart - 1) as f32;
                    out.push(Choice { word: *other, cost: cost - self.frequency(*other) / 2.0 });
                }
            }
        }
        out
    }

    fn frequency(&self, word: Word) -> f32 {
        (FREQUENT * (1.0 + self.speller.count(word) as f32).log2()).min(MOST_FREQUENT)
    }

    fn keeping(&self, key: &str, word: Word) -> f32 {
        if word == NUMBER || self.is_known(word) {
            // it takes more to read a frequent word as another
            -self.frequency(word) - self.trust
        } else if is_syllable(key) || key.is_ascii() && key.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            UNKNOWN - self.trust
        } else {
            ILL_FORMED
        }
    }

    /// Parts words that a lost space has joined.
    fn part<'t>(&mut self, tokens: Vec<Token<'t>>, text: &str) -> Vec<Token<'t>> {
        let mut out: Vec<Token<'_>> = Vec::with_capacity(tokens.len());
        for token in tokens {
            match self.parted(&token, text) {
                Some(at) => {
                    let start = token.span.start;
                    let (one, other) = token.key.split_at(at);
                    let parts = [
                        Token { span: token.span, key: one.to_owned().into(), gap: token.gap, glued: false },
                        Token {
                            span: Span::new(start, start),
                            key: other.to_owned().into(),
                            gap: Gap::Near,
                            glued: true,
                        },
                    ];
                    for part in parts {
                        self.learn(&part);
                        out.push(part);
                    }
                }
                None => out.push(token),
            }
        }
        out
    }

    /// Where a word falls into two that are known to stand beside each other; `None` where it does nowhere, or in two ways.
    fn parted(&self, token: &Token<'_>, text: &str) -> Option<usize> {
        let key = &token.key;
        if self.speller.word(key).is_some()
            || is_syllable(key)
            || key.chars().count() < SHORTEST
            || !key.chars().all(is_alphabetic)
            || !token.span.slice(text).chars().any(char::is_lowercase)
        {
            return None;
        }
        let mut found = None;
        for (at, _) in key.char_indices().skip(1) {
            let (one, other) = key.split_at(at);
            let words = |part: &str| -> Vec<(Word, usize)> {
                let near = shapes(part).into_iter().flat_map(|shape| self.speller.alike(&shape).to_vec());
                near.filter_map(|word| Some((word, letters_apart(part, self.key(word))?))).collect()
            };
            let (ones, others) = (words(one), words(other));
            let fits =
                ones.iter().any(|(a, x)| others.iter().any(|(b, y)| x + y <= 1 && self.speller.has_pair(*a, *b)));
            if fits {
                if found.is_some() {
                    return None;
                }
                found = Some(at);
            }
        }
        found
    }

    /// Whether words begin as a known wording does.
    fn begins_wording(&self, words: &[Word]) -> bool {
        let &[first, second, ..] = words else { return false };
        self.speller.has_pair(BEGIN, first) && self.speller.has_pair(first, second)
    }

    /// Adds the edits of a stretch of words, behind which `behind` stands.
    fn stretch(&mut self, text: &str, tokens: &[Token<'_>], words: &[Word], behind: Word, out: &mut Vec<Edit>) {
        let mut choices: Vec<Rc<[Choice]>> = Vec::with_capacity(tokens.len());
        for (at, (token, word)) in tokens.iter().zip(words.iter().copied()).enumerate() {
            let glued = token.glued || tokens.get(at + 1).is_some_and(|next| next.glued);
            let before = at.checked_sub(1).map_or(BEGIN, |i| words[i]);
            let after = words.get(at + 1).copied().unwrap_or(behind);
            let settled = self.is_known(word) && self.go_together(before, word) && self.go_together(word, after);
            if settled {
                choices.push(Rc::new([Choice { word, cost: 0.0 }]));
                continue;
            }
            let mut found = self.choices(&token.key, word);
            if glued && let Some(written) = Rc::make_mut(&mut found).first_mut() {
                written.cost = ILL_FORMED;
            }
            choices.push(found);
        }
        if choices.iter().all(|choices| choices.len() == 1) && !tokens.iter().any(|token| token.glued) {
            return;
        }
        let begins = |token: &Token<'_>| token.gap == Gap::Line && is_capital(token, text);
        let lines: Vec<bool> = tokens.iter().map(begins).collect();
        let chosen = best(self, &choices, &lines, behind);
        if is_person(tokens, text) && !self.begins_wording(&chosen) {
            return;
        }
        for (at, token) in tokens.iter().enumerate() {
            if token.glued {
                continue;
            }
            let parts = if tokens.get(at + 1).is_some_and(|next| next.glued) { 2 } else { 1 };
            if parts == 1 && chosen[at] == words[at] {
                continue;
            }
            let keys: Vec<&str> = chosen[at..at + parts].iter().map(|word| self.key(*word)).collect();
            let written = token.span.slice(text);
            if let Some(words) = cased(&keys, written) {
                out.push(Edit { span: token.span, words });
            }
        }
    }
}

fn is_capital(token: &Token<'_>, text: &str) -> bool {
    token.span.slice(text).chars().next().is_some_and(char::is_uppercase)
}

/// Whether a stretch may be the name of a person: a few words with capitals, and nothing else.
fn is_person(tokens: &[Token<'_>], text: &str) -> bool {
    (2..=5).contains(&tokens.len()) && tokens.iter().all(|token| token.glued || is_capital(token, text))
}

/// Folded words in the case of what is written, a letter for a letter.
fn cased(keys: &[&str], written: &str) -> Option<String> {
    let letters: Vec<char> = written.chars().collect();
    if keys.iter().map(|key| key.chars().count()).sum::<usize>() != letters.len() {
        return None;
    }
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count() * 2 > letters.len() && letters.len() > 1;
    let mut out = String::with_capacity(written.len() + 4);
    let mut at = 0;
    for key in keys {
        if at > 0 {
            out.push(' ');
        }
        for c in key.chars() {
            // a small l looks like a capital I
            let capital = |written: &char| written.is_uppercase() && !(*written == 'I' && c == 'l');
            if capitals || letters.get(at).is_some_and(capital) {
                out.extend(c.to_uppercase());
            } else {
                out.push(c);
            }
            at += 1;
        }
    }
    Some(out)
}
