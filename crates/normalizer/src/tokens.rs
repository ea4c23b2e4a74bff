//! A text as tokens: words and punctuation marks, with their places.

use std::cell::OnceCell;

use nhiemvu_text::{Folded, fold};

use crate::words::{
    AMPERSAND, CLOSE, COLON, COMMA, DASH, DOT, NEWLINE, OPEN, OTHER, SEMICOLON, SLASH, UNKNOWN, Word, Words,
};

/// A word or a punctuation mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// Its number in the vocabulary.
    pub word: Word,
    /// Place in the folded text.
    start: u32,
    end: u32,
    /// Place in the source.
    from: u32,
    to: u32,
    /// How it is capitalised.
    case: Case,
}

impl Token {
    /// Whether it is a word (letters and digits) and no punctuation mark.
    pub fn is_word(self) -> bool {
        self.word == UNKNOWN || self.word > OTHER
    }
}

/// How a word is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Starts with a small letter.
    Lower,
    /// Starts with a capital, and a small letter follows.
    Title,
    /// Capitals only.
    Upper,
    /// A number.
    Digit,
}

/// A text folded and parted into words once, for every question that is asked of it.
///
/// ```
/// use nhiemvu_normalizer::{Context, Registry};
///
/// let registry = Registry::builtin();
/// let text = registry.prepare("Giao Sở Tài chính báo cáo UBND tỉnh.");
/// assert_eq!(registry.mentions_of(&text, &Context::default()).len(), 2);
/// assert_eq!(text.folded().text(), "giao sở tài chính báo cáo ubnd tỉnh.");
/// ```
pub struct Prepared<'t> {
    source: &'t str,
    vocabulary: &'t Words,
    // both are made when first asked for: many a text is not, or for its folded words alone
    folded: OnceCell<Folded>,
    tokens: OnceCell<Tokens>,
}

/// The tokens of a text.
struct Tokens {
    all: Vec<Token>,
    /// Byte of the source at which the last colon stands.
    last_colon: Option<u32>,
}

impl<'t> Prepared<'t> {
    pub(crate) fn new(source: &'t str, vocabulary: &'t Words) -> Self {
        Self { source, vocabulary, folded: OnceCell::new(), tokens: OnceCell::new() }
    }

    fn tokens(&self) -> &Tokens {
        self.tokens.get_or_init(|| {
            let all = tokenize(self.source, self.folded(), self.vocabulary);
            let last_colon = all.iter().rfind(|token| token.word == COLON).map(|token| token.from);
            Tokens { all, last_colon }
        })
    }

    /// The text as it was given.
    pub fn source(&self) -> &'t str {
        self.source
    }

    /// The text folded.
    pub fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| fold(self.source))
    }

    /// All of it.
    pub(crate) fn whole(&self) -> Text<'_> {
        let Tokens { all: tokens, last_colon } = self.tokens();
        let (folded, last_colon) = (self.folded().text(), *last_colon);
        Text { source: self.source, folded, tokens, last_colon, at: 0, end: self.source.len() }
    }

    /// The tokens that start from byte `at` of the source on and before byte `end`; what stands before and behind is not
    /// seen.
    pub(crate) fn window(&self, at: usize, end: usize) -> Text<'_> {
        let Tokens { all, last_colon } = self.tokens();
        let first = all.partition_point(|t| (t.from as usize) < at);
        let past = all.partition_point(|t| (t.from as usize) < end).max(first);
        let tokens = all.get(first..past).unwrap_or_default();
        let (last_colon, end) = (*last_colon, end.min(self.source.len()));
        Text { source: self.source, folded: self.folded().text(), tokens, last_colon, at, end }
    }
}

/// A stretch of a text as tokens. Bytes are counted in the whole text.
#[derive(Clone, Copy)]
pub(crate) struct Text<'t> {
    source: &'t str,
    folded: &'t str,
    tokens: &'t [Token],
    last_colon: Option<u32>,
    /// Bytes at which the stretch begins and ends.
    at: usize,
    end: usize,
}

impl<'t> Text<'t> {
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Number of the word at token `at`; a newline past the end.
    pub fn word(&self, at: usize) -> Word {
        self.tokens.get(at).map_or(NEWLINE, |t| t.word)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is_word())
    }

    /// The folded word at token `at`; empty past the end.
    pub fn folded(&self, at: usize) -> &'t str {
        self.tokens.get(at).and_then(|t| self.folded.get(t.start as usize..t.end as usize)).unwrap_or("")
    }

    /// Byte of the source at which token `at` starts; the end of the stretch past the last.
    pub fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.end, |t| t.from as usize)
    }

    /// Byte of the source at which the token before `at` ends: the end of a stretch of tokens up to `at`.
    pub fn end_before(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(self.at, |t| t.to as usize)
    }

    /// The words of the source from token `from` up to `to`, as written.
    pub fn slice(&self, from: usize, to: usize) -> &'t str {
        self.source.get(self.start(from)..self.end_before(to)).unwrap_or("")
    }

    /// The same with every run of spaces and line breaks made one space.
    pub fn mended(&self, from: usize, to: usize) -> String {
        let words = self.slice(from, to);
        if is_mended(words) {
            return words.to_owned();
        }
        let mut out = String::with_capacity(words.len());
        for word in words.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }

    /// Number of the first token that starts at byte `at` of the source, or behind it.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|t| (t.from as usize) < at)
    }

    /// Whether a colon may stand behind token `at`; where it is told that none does, none is.
    pub fn may_hold_colon(&self, at: usize) -> bool {
        self.last_colon.is_some_and(|colon| self.start(at) < colon as usize)
    }

    /// Whether nothing stands between token `at` and the one before it.
    pub fn adjoins(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|i| self.tokens.get(i)), self.tokens.get(at)) {
            (Some(before), Some(token)) => before.end == token.start,
            _ => false,
        }
    }

    pub fn case(&self, at: usize) -> Case {
        self.tokens.get(at).map_or_else(|| case_at(self.source, self.end), |t| t.case)
    }

    /// Whether the word starts with a capital letter.
    pub fn is_capital(&self, at: usize) -> bool {
        self.is_word(at) && matches!(self.case(at), Case::Title | Case::Upper)
    }
}

/// Whether words are parted by single spaces, and begin and end with none, as far as their bytes show.
fn is_mended(words: &str) -> bool {
    let mut last = b' ';
    for byte in words.bytes() {
        // white space beyond ASCII begins with one of a few bytes
        if byte < b' '
            || byte == b' ' && last == b' '
            || matches!(byte, 0xC2 | 0xE2 | 0xE3)
            || byte == 0x9A && last == 0xE1
        {
            return false;
        }
        last = byte;
    }
    last != b' '
}

/// How the word at byte `start` is capitalised, of which `folded` is the folded form.
fn folded_case_at(source: &str, start: usize, folded: &[u8]) -> Case {
    let (Some(first), Some(small)) =
        (source.as_bytes().get(start..).unwrap_or_default().first_chunk::<3>(), folded.first_chunk::<3>())
    else {
        return case_at(source, start);
    };
    match first {
        // a letter that folding leaves as it is, as most are
        [b'a'..=b'z', ..] => Case::Lower,
        [0xC3..=0xC6, ..] if first[..2] == small[..2] => Case::Lower,
        [0xE1, 0xBA | 0xBB, _] if first == small => Case::Lower,
        [b'A'..=b'Z', b'a'..=b'z', ..] => Case::Title,
        [b'A'..=b'Z', b' ' | b'A'..=b'Z', ..] => Case::Upper,
        _ => case_at(source, start),
    }
}

/// How the word at byte `start` is capitalised.
fn case_at(source: &str, start: usize) -> Case {
    // most words begin with a small letter of ASCII
    if source.as_bytes().get(start).is_some_and(u8::is_ascii_lowercase) {
        return Case::Lower;
    }
    let mut chars = source.get(start..).unwrap_or("").chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return Case::Lower };
    if first.is_numeric() {
        return Case::Digit;
    }
    if !first.is_uppercase() {
        return Case::Lower;
    }
    match second {
        Some(c) if c.is_lowercase() => Case::Title,
        _ => Case::Upper,
    }
}

fn tokenize(source: &str, folded: &Folded, words: &Words) -> Vec<Token> {
    let text = folded.text();
    let mut tokens = Vec::with_capacity(text.len() / 4 + 4);
    let mut sources = folded.sources();
    let mut push = |word, start, end| {
        let (from, to) = (sources.source(start) as u32, sources.source(end) as u32);
        let case = folded_case_at(source, from as usize, text.as_bytes().get(start..).unwrap_or_default());
        tokens.push(Token { word, start: start as u32, end: end as u32, from, to, case });
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at = word_end(text, at);
        if at > start {
            push(words.get_at(text, start, at), start, at);
            continue;
        }
        let width = text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
        let word = match bytes[at] {
            b' ' | b'\r' => {
                at += 1;
                continue;
            }
            b',' => COMMA,
            b';' => SEMICOLON,
            b':' => COLON,
            b'-' => DASH,
            b'/' => SLASH,
            b'.' => DOT,
            b'\n' => NEWLINE,
            b'(' | b'[' => OPEN,
            b')' | b']' => CLOSE,
            b'&' => AMPERSAND,
            _ => OTHER,
        };
        at += width;
        push(word, start, at);
    }
    tokens
}

/// How many bytes a letter or figure takes that begins with this byte: 1 to 3 where the byte tells that it is one (of those
/// of three the next byte too), 0 where it is none, 4 where the character must tell.
static LETTERS: [u8; 256] = {
    let mut table = [4; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' => 1,
            0xC3..=0xC6 => 2,
            0xE1 => 3,
            0..=0x7F => 0,
            _ => 4,
        };
        byte += 1;
    }
    table
};

/// End of the word that starts at byte `at`; `at` itself where none does.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        match LETTERS[usize::from(*byte)] {
            // Latin-1 letters, Latin Extended and the Vietnamese block, which are most of what stands in the text
            width @ 1..=2 => at += usize::from(width),
            3 if matches!(bytes.get(at + 1), Some(0xBA | 0xBB)) => at += 3,
            0 => break,
            _ => match text.get(at..).and_then(|t| t.chars().next()) {
                Some(c) if c.is_alphanumeric() => at += c.len_utf8(),
                _ => break,
            },
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_lead_back_to_the_source() {
        let source = "Sở KH&CN – UBND\u{A0}tỉnh; x×y";
        let words = Words::default();
        let prepared = Prepared::new(source, &words);
        let text = prepared.whole();
        let shown: Vec<&str> = (0..text.len()).map(|i| text.slice(i, i + 1)).collect();
        assert_eq!(shown, ["Sở", "KH", "&", "CN", "–", "UBND", "tỉnh", ";", "x×y"]);
        assert!(text.adjoins(2) && !text.adjoins(1));
        assert_eq!(text.case(5), Case::Upper);
        assert_eq!(text.case(0), Case::Title);
        assert_eq!(text.mended(4, 7), "– UBND tỉnh");
    }
}
