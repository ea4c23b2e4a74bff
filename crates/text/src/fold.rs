//! Folding: the form in which words are compared.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::bare::bare_letter;
use crate::clean::is_invisible;
use crate::key::plain_key;

/// Folded text with the way back to the text it was made from.
///
/// Almost every change keeps the length in bytes (case, most tone placements), so that only the few places where the
/// distance between the two texts changes are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    /// Offsets from which the distance to the source is another than before: (folded, source), ascending.
    shifts: Vec<(usize, usize)>,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset in the source of byte offset `at` of the folded text, which is the start of a character or the end.
    pub fn source(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|(folded, _)| *folded <= at);
        match next.checked_sub(1).and_then(|i| self.shifts.get(i)) {
            Some((folded, source)) => source + (at - folded),
            None => at,
        }
    }

    /// The same for offsets that only rise, without a search for each.
    pub fn sources(&self) -> Sources<'_> {
        Sources { shifts: &self.shifts, last: (0, 0) }
    }
}

/// The way back for offsets that only rise.
#[derive(Debug, Clone)]
pub struct Sources<'f> {
    /// The shifts that have not been reached.
    shifts: &'f [(usize, usize)],
    last: (usize, usize),
}

impl Sources<'_> {
    /// As [`Folded::source`]; `at` is not below the offsets asked for before.
    pub fn source(&mut self, at: usize) -> usize {
        while let Some((shift, rest)) = self.shifts.split_first().filter(|(shift, _)| shift.0 <= at) {
            self.last = *shift;
            self.shifts = rest;
        }
        let (folded, source) = self.last;
        source + (at - folded)
    }
}

/// Folds `text`: NFC, lower case, tone marks at the older place (`uỷ` to `ủy`, `hoà` to `hòa`, in open syllables and not
/// after `q`), every dash a hyphen, every space a plain one, curly quotes straight, invisible characters gone.
///
/// `text` should be NFC, as [`Source::text`](../nhiemvu_model/struct.Source.html) is; other forms are folded all the
/// same, and offsets then lead to the start of the composed character.
pub fn fold(text: &str) -> Folded {
    let (text, shifts) = Folder::new(text).run();
    Folded { text, shifts }
}

/// The folded words of `text` alone, runs of spaces made one: the key under which names are kept.
///
/// ```
/// assert_eq!(nhiemvu_text::fold_key("  Sở  Văn hoá "), "sở văn hóa");
/// ```
pub fn fold_key(text: &str) -> String {
    key_of(text).into_owned()
}

/// The same, without a copy of words that are written as their own key.
///
/// ```
/// use std::borrow::Cow;
/// assert!(matches!(nhiemvu_text::key_of("báo cáo"), Cow::Borrowed("báo cáo")));
/// assert_eq!(nhiemvu_text::key_of("Báo cáo"), "báo cáo");
/// ```
pub fn key_of(text: &str) -> Cow<'_, str> {
    plain_key(text).unwrap_or_else(|| fold(text).text.split_whitespace().collect::<Vec<_>>().join(" ").into())
}

/// The last characters written, as far as the place of a tone mark depends on them.
#[derive(Debug, Clone, Copy, Default)]
struct Tail {
    /// The last character, if it is ASCII, else 0; and where it was in the source.
    last: (u8, usize),
    /// The one before it, if ASCII.
    before: u8,
    /// A mark that stands on the second vowel of `oa`, `oe`, `uy`, and moves if the syllable ends here.
    pending: Option<Pending>,
}

#[derive(Debug, Clone, Copy)]
struct Pending {
    /// Where the first vowel was written, and where both were in the source.
    folded: usize,
    first: usize,
    second: usize,
    after: usize,
    moved: &'static str,
}

/// Folds a text.
struct Folder<'a> {
    source: &'a str,
    at: usize,
    out: String,
    shifts: Vec<(usize, usize)>,
    last_shift: (usize, usize),
    tail: Tail,
    table: &'static [Letter],
}

impl<'a> Folder<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            at: 0,
            out: String::with_capacity(source.len() + 8),
            shifts: Vec::new(),
            last_shift: (0, 0),
            tail: Tail::default(),
            table: &LETTERS,
        }
    }

    fn run(mut self) -> (String, Vec<(usize, usize)>) {
        let bytes = self.source.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if self.tail.pending.is_none() && self.stretch() {
                continue;
            }
            if byte < 0x80 && bytes.get(self.at + 1).is_none_or(|next| *next < 0xC2 || is_letter_lead(*next)) {
                self.ascii(byte);
            } else {
                self.character();
            }
        }
        self.settle(false);
        self.mark(self.source.len());
        (self.out, self.shifts)
    }

    /// Copies the characters from here on that folding leaves as they are; false where there is none.
    fn stretch(&mut self) -> bool {
        let bytes = self.source.as_bytes();
        let changes = changes();
        let (start, mut at, mut last) = (self.at, self.at, self.tail.last.0);
        while let Some(&byte) = bytes.get(at) {
            if SAME[usize::from(byte)] || matches!(byte, b' ' | b'\n') {
                (at, last) = (at + 1, byte);
                continue;
            }
            let kept = kept_letter(bytes, at, byte, last);
            if kept > 0 {
                (at, last) = (at + kept, byte);
                continue;
            }
            let Some((index, len)) = index_at(bytes, at, byte) else { break };
            let change = changes.get(index).copied().unwrap_or(Change::Other);
            if change == Change::Other || change == Change::Toned && matches!(last, b'o' | b'u') {
                break;
            }
            (at, last) = (at + len, byte);
        }
        if bytes.get(at).is_some_and(|next| *next >= 0xC2 && !is_letter_lead(*next)) {
            // it may be a mark on the character before it
            at = self.source.floor_char_boundary(at.saturating_sub(1)).max(start);
        }
        let Some(words) = self.source.get(start..at).filter(|words| !words.is_empty()) else { return false };
        self.mark(start);
        self.out.push_str(words);
        self.at = at;
        let ascii = |at: usize| bytes.get(at).copied().filter(u8::is_ascii).unwrap_or(0);
        let before = if at - start > 1 { ascii(at - 2) } else { self.tail.last.0 };
        self.tail = Tail { last: (ascii(at - 1), at - 1), before, pending: None };
        true
    }

    /// Notes where what is written next comes from.
    #[inline]
    fn mark(&mut self, source: usize) {
        let folded = self.out.len();
        if folded + self.last_shift.1 != source + self.last_shift.0 {
            self.last_shift = (folded, source);
            self.shifts.push(self.last_shift);
        }
    }

    /// Writes an ASCII character that no combining mark follows.
    #[inline]
    fn ascii(&mut self, byte: u8) {
        let at = self.at;
        self.at += 1;
        let folded = ASCII[usize::from(byte)];
        if self.tail.pending.is_some() {
            self.settle(folded.is_ascii_alphabetic());
        }
        self.mark(at);
        self.out.push(char::from(folded));
        self.tail = Tail { last: (folded, at), before: self.tail.last.0, pending: None };
    }

    /// Writes the character that starts here, with the combining marks behind it.
    fn character(&mut self) {
        let at = self.at;
        let Some(rest) = self.source.get(at..) else {
            self.at = self.source.len();
            return;
        };
        let Some(first) = rest.chars().next() else { return };
        self.at += first.len_utf8();
        let follows = self.source.as_bytes().get(self.at).is_some_and(|next| *next >= 0xC2 && !is_letter_lead(*next));
        if follows && self.cluster(at, first) {
            return;
        }
        match letter_index(first).and_then(|i| self.table.get(i)) {
            Some(letter) => self.letter(at, *letter),
            None => self.fold_char(at, at, first),
        }
    }

    /// Writes `first` composed with the marks that follow it; false where none follows.
    fn cluster(&mut self, at: usize, first: char) -> bool {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let end = rest.find(|c| !combines(c) && !drops(c)).unwrap_or(rest.len());
        let Some(marks) = rest.get(..end).filter(|marks| marks.contains(combines)) else { return false };
        let visible = |c: &char| !drops(*c);
        // lower case first, since it may add a mark (İ) that has its place among the others
        let composed = std::iter::once(first).chain(marks.chars()).filter(visible).flat_map(mapped).nfc();
        self.at += end;
        for (i, c) in composed.enumerate() {
            // only the first character's offset can lead to the start of the cluster by distance alone
            self.fold_char(at, if i == 0 { at } else { usize::MAX }, c);
        }
        true
    }

    /// Writes a letter of the table.
    #[inline]
    fn letter(&mut self, at: usize, letter: Letter) {
        if self.tail.pending.is_some() {
            self.settle(letter.alphabetic);
        }
        self.mark(at);
        let folded = self.out.len();
        self.out.push(letter.folded);
        let (last, first) = self.tail.last;
        let pending = match letter.moves(last) {
            Some(moved) if self.tail.before != b'q' => {
                Some(Pending { folded: folded - 1, first, second: at, after: self.at, moved })
            }
            _ => None,
        };
        self.tail = Tail { last: (letter.ascii(), at), before: last, pending };
    }

    /// Writes any character that came from the source offset `at`; `origin` is beyond the source for what is not the first
    /// of its cluster.
    fn fold_char(&mut self, at: usize, origin: usize, c: char) {
        if let Some(letter) = letter_index(c).and_then(|i| self.table.get(i)) {
            return self.letter(at, *letter);
        }
        if drops(c) {
            return;
        }
        for (i, c) in mapped(c).enumerate() {
            if self.tail.pending.is_some() {
                self.settle(c.is_alphabetic() || combines(c));
            }
            if i == 0 && origin == at {
                self.mark(at);
            } else {
                self.last_shift = (self.out.len(), at);
                self.shifts.push(self.last_shift);
            }
            self.out.push(c);
            let ascii = u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(0);
            self.tail = Tail { last: (ascii, at), before: self.tail.last.0, pending: None };
        }
    }

    /// Moves the pending tone mark, unless the syllable goes on.
    fn settle(&mut self, goes_on: bool) {
        let Some(pending) = self.tail.pending.take() else { return };
        if goes_on {
            return;
        }
        self.out.truncate(pending.folded);
        while self.shifts.last().is_some_and(|(folded, _)| *folded > pending.folded) {
            self.shifts.pop();
        }
        self.last_shift = self.shifts.last().copied().unwrap_or_default();
        self.mark(pending.first);
        for (vowel, next) in pending.moved.chars().zip([pending.second, pending.after]) {
            self.out.push(vowel);
            self.mark(next);
        }
    }
}

/// A letter of the Latin blocks, folded.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Letter {
    pub(crate) folded: char,
    /// The same letter without its marks.
    pub(crate) bare: char,
    pub(crate) alphabetic: bool,
    /// 1 and up: place in [`MOVES`].
    pub(crate) tone: u8,
}

impl Letter {
    fn ascii(self) -> u8 {
        if self.folded.is_ascii() { self.folded as u8 } else { 0 }
    }

    /// What the letter makes together with the vowel before it, if the mark moves from it to that vowel.
    #[inline]
    pub(crate) fn moves(self, vowel: u8) -> Option<&'static str> {
        let (_, after, moved) = MOVES.get(usize::from(self.tone).checked_sub(1)?)?;
        (*after == vowel).then_some(*moved)
    }
}

/// Toned second vowels, the vowel that must stand before, and the two with the mark moved.
const MOVES: [(char, u8, &str); 15] = [
    ('à', b'o', "òa"),
    ('á', b'o', "óa"),
    ('ả', b'o', "ỏa"),
    ('ã', b'o', "õa"),
    ('ạ', b'o', "ọa"),
    ('è', b'o', "òe"),
    ('é', b'o', "óe"),
    ('ẻ', b'o', "ỏe"),
    ('ẽ', b'o', "õe"),
    ('ẹ', b'o', "ọe"),
    ('ỳ', b'u', "ùy"),
    ('ý', b'u', "úy"),
    ('ỷ', b'u', "ủy"),
    ('ỹ', b'u', "ũy"),
    ('ỵ', b'u', "ụy"),
];

/// U+00C0 to U+024F, then U+1EA0 to U+1EFF: the letters of Vietnamese beyond ASCII, and their neighbours.
static LETTERS: LazyLock<Vec<Letter>> = LazyLock::new(|| {
    let letters = (0..LATIN).filter_map(latin).map(|c| {
        let mut folded = mapped(c);
        // a letter that becomes two (İ) has no place in the table
        let (Some(c), None) = (folded.next(), folded.next()) else { return Letter::default() };
        let tone = MOVES.iter().position(|(toned, ..)| *toned == c).map_or(0, |i| i as u8 + 1);
        Letter { folded: c, bare: bare_letter(c), alphabetic: c.is_alphabetic(), tone }
    });
    letters.collect()
});

/// How many letters the table has.
pub(crate) const LATIN: usize = 0x190 + 0x60;

/// The letter of this index.
pub(crate) fn latin(index: usize) -> Option<char> {
    char::from_u32(if index < 0x190 { 0xC0 + index } else { 0x1EA0 + index - 0x190 } as u32)
}

/// As `char::is_alphanumeric`, without a search for the letters that Vietnamese is written with.
///
/// ```
/// assert!(nhiemvu_text::is_alphanumeric('ế') && !nhiemvu_text::is_alphanumeric('–'));
/// ```
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{1EA0}'..='\u{1EFF}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// As `char::is_alphabetic`, without a search for the letters that Vietnamese is written with.
///
/// ```
/// assert!(nhiemvu_text::is_alphabetic('ế') && !nhiemvu_text::is_alphabetic('5'));
/// ```
#[inline]
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{1EA0}'..='\u{1EFF}' => true,
        _ => c.is_alphabetic(),
    }
}

/// What is known of the letter `c`, where it is one of the Latin blocks.
#[inline]
pub(crate) fn letter_at(c: char) -> Option<Letter> {
    letter_index(c).and_then(|i| LETTERS.get(i)).copied()
}

/// The place in [`LETTERS`] of `c`.
#[inline]
fn letter_index(c: char) -> Option<usize> {
    match c {
        '\u{130}' => None,
        '\u{C0}'..='\u{24F}' => Some(c as usize - 0xC0),
        '\u{1EA0}'..='\u{1EFF}' => Some(c as usize - 0x1EA0 + 0x190),
        _ => None,
    }
}

/// All that is known of the letters of the Latin blocks, by the index that [`vietnamese`] gives.
#[inline]
pub(crate) fn letters() -> &'static [Letter] {
    &LETTERS
}

/// Index among [`letters`] and length in bytes of the letter at byte `at`, where it is one of those that Vietnamese is
/// written with, or a neighbour of theirs.
#[inline]
pub(crate) fn vietnamese(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    index_at(bytes, at, *bytes.get(at)?)
}

/// What folding does to a letter of the Latin blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Nothing.
    Same,
    /// Nothing but where its tone mark moves to the vowel before it.
    Toned,
    /// It becomes another letter.
    Other,
}

/// Of each letter what folding does to it.
static CHANGES: LazyLock<Vec<Change>> = LazyLock::new(|| {
    let changes = (0..LATIN).map(|index| match LETTERS.get(index) {
        Some(letter) if Some(letter.folded) != latin(index) => Change::Other,
        Some(letter) if letter.tone == 0 => Change::Same,
        Some(_) => Change::Toned,
        None => Change::Other,
    });
    changes.collect()
});

/// What folding does to each of [`letters`].
#[inline]
pub(crate) fn changes() -> &'static [Change] {
    &CHANGES
}

/// Which ASCII characters, other than the white ones, are their own folded form.
pub(crate) static SAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0x21;
    while byte < 0x80 {
        table[byte] = ASCII[byte] == byte as u8;
        byte += 1;
    }
    table
};

/// Index among [`letters`] and length of the letter at byte `at`, which is `byte`.
#[inline]
pub(crate) fn index_at(bytes: &[u8], at: usize, byte: u8) -> Option<(usize, usize)> {
    match byte {
        0xC3..=0xC8 => {
            let next = usize::from(*bytes.get(at + 1)? & 0x3F);
            Some(((usize::from(byte & 0x1F) << 6 | next) - 0xC0, 2))
        }
        0xE1 => {
            let block = usize::from(bytes.get(at + 1)?.checked_sub(0xBA).filter(|block| *block < 2)?);
            let next = usize::from(*bytes.get(at + 2)? & 0x3F);
            Some(((0x1E80 + (block << 6) + next).checked_sub(0x1EA0)? + 0x190, 3))
        }
        _ => None,
    }
}

/// Length of the letter at byte `at`, which is `byte`, where it is a small one of Vietnamese beyond ASCII that folding leaves
/// as it is behind the byte `last`: behind `o` and `u` a tone mark may move. 0 where it is none.
///
/// Which letter comes next nobody can foretell, the processor least of all: nothing here branches on it, but whether it is of ASCII
/// is asked before.
#[inline]
#[expect(clippy::needless_bitwise_bool)]
pub(crate) fn kept_letter(bytes: &[u8], at: usize, byte: u8, last: u8) -> usize {
    let next = |i: usize| bytes.get(at + i).copied().unwrap_or(0);
    let (second, third) = (next(1), next(2));
    let long = byte == 0xE1;
    let known = !long | (second | 1 == 0xBB);
    let row = ROWS[usize::from(byte)] + (u8::from(long) & second);
    let behind = usize::from((last == b'o') | (last == b'u'));
    let kept = KEPT[behind][usize::from(row & 7)] >> ((if long { third } else { second }) & 0x3F) & 1;
    kept as usize * usize::from(known) * (2 + usize::from(long))
}

/// The row of [`KEPT`] for each first byte; 0 where there is none.
static ROWS: [u8; 256] = {
    let mut rows = [0; 256];
    let mut lead = 0;
    while lead < 4 {
        rows[0xC3 + lead] = 1 + lead as u8;
        lead += 1;
    }
    // and the row behind it, by the second byte
    rows[0xE1] = LONG as u8;
    rows
};

/// The row of letters that begin with E1 BA; those with E1 BB have the next one.
const LONG: usize = 6;

/// By the last byte of each letter, less its two high bits, a bit where folding leaves it as it is; the second time behind `o`
/// and `u`.
static KEPT: [[u64; 8]; 2] = {
    let small = [
        // à to ý
        (1, 0xA0, 0xAF, 1),
        (1, 0xB1, 0xB6, 1),
        (1, 0xB8, 0xBD, 1),
        // ă, đ, ĩ; ũ; ơ, ư
        (2, 0x83, 0x83, 1),
        (2, 0x91, 0x91, 1),
        (2, 0xA9, 0xA9, 1),
        (3, 0xA9, 0xA9, 1),
        (4, 0xA1, 0xA1, 1),
        (4, 0xB0, 0xB0, 1),
        // ạ to ỹ, which stand in turn with their capitals
        (LONG, 0xA1, 0xBF, 2),
        (LONG + 1, 0x81, 0xB9, 2),
    ];
    let mut all = [0_u64; 8];
    let mut at = 0;
    while at < small.len() {
        let (row, mut byte, end, step) = small[at];
        while byte <= end {
            all[row] |= 1 << (byte & 0x3F);
            byte += step;
        }
        at += 1;
    }
    let mut behind = all;
    let mut at = 0;
    while at < MOVES.len() {
        let c = MOVES[at].0 as u32;
        let row = if c < 0x100 { 1 } else { LONG + (c >> 6 & 1) as usize };
        behind[row] &= !(1 << (c & 0x3F));
        at += 1;
    }
    [all, behind]
};

/// Whether a character that starts with this byte is a letter of the Latin blocks up to U+024F or of U+1E00 to U+1FFF: no
/// combining mark, and nothing invisible.
#[inline]
fn is_letter_lead(byte: u8) -> bool {
    matches!(byte, 0xC3..=0xC8 | 0xE1)
}

/// What each ASCII character becomes; control characters but the line feed are spaces.
pub(crate) const ASCII: [u8; 128] = {
    let mut table = [b' '; 128];
    let mut byte = 0x20;
    while byte < 0x7F {
        table[byte] = (byte as u8).to_ascii_lowercase();
        byte += 1;
    }
    table[b'\n' as usize] = b'\n';
    table[b'`' as usize] = b'\'';
    table
};

/// Whether the character is a mark that has its place in an order among others on one letter; those of foreign scripts too,
/// or a mark behind them would change places when the text is folded again.
pub(crate) fn combines(c: char) -> bool {
    c >= '\u{300}' && canonical_combining_class(c) != 0 || matches!(c, '\u{300}'..='\u{36F}')
}

/// Whether the character leaves nothing: invisible, and neither a control character (a space then) nor a mark on a letter.
pub(crate) fn drops(c: char) -> bool {
    is_invisible(c) && !c.is_ascii() && !combines(c)
}

/// What a character becomes that is not invisible.
pub(crate) fn mapped(c: char) -> std::char::ToLowercase {
    let c = match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{A0}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{3000}'
        | '\u{2000}'..='\u{200A}'
        | '\0'..='\t'
        | '\u{B}'..='\u{1F}'
        | '\u{7F}' => ' ',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' | '`' | '´' => '\'',
        'ð' | 'Ð' | 'Ɖ' => 'đ',
        _ => c,
    };
    c.to_lowercase()
}

#[cfg(test)]
mod tests;
