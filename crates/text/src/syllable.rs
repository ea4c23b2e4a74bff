//! What a Vietnamese syllable is: an onset, a rhyme, a tone.
//!
//! Running text is nearly all syllables of this shape, so that their share tells text from what a bad scan, a broken font
//! table or a wrong encoding makes of it.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::fold::{LATIN, is_alphabetic, latin, letter_at, vietnamese};
use crate::hash::{FastMap, FastSet};

/// Before which rhymes an onset stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Any,
    Front,
    Back,
    Gi,
    Qu,
}

/// The onsets, and, with `None`, what they begin with that is no onset itself.
static ONSETS: LazyLock<FastMap<u64, Option<Before>>> = LazyLock::new(|| {
    let mut onsets = FastMap::default();
    for row in rows(include_str!("../data/onsets.tsv")) {
        let before = match row.get(1).copied().unwrap_or_default() {
            "front" => Before::Front,
            "back" => Before::Back,
            "gi" => Before::Gi,
            "qu" => Before::Qu,
            _ => Before::Any,
        };
        let onset = row.first().copied().unwrap_or_default();
        for (end, _) in onset.char_indices() {
            onsets.entry(packed(&onset[..end]).unwrap_or_default()).or_insert(None);
        }
        onsets.insert(packed(onset).unwrap_or_default(), Some(before));
    }
    onsets
});

static RHYMES: LazyLock<FastSet<u64>> = LazyLock::new(|| {
    let rows = rows(include_str!("../data/rhymes.tsv"));
    rows.filter_map(|row| packed(row.first().copied().unwrap_or_default())).collect()
});

/// The letters of all syllables without their tone that take no more than eight bytes, which are nearly all.
static SYLLABLES: LazyLock<FastSet<u64>> = LazyLock::new(|| {
    let rhymes: Vec<&str> = rows(include_str!("../data/rhymes.tsv")).filter_map(|row| row.first().copied()).collect();
    // behind `gi` and `qu` a rhyme may lack its first vowel
    let rests = rhymes.iter().filter_map(|rhyme| rhyme.strip_prefix(['i', 'u', 'o']));
    let ends: Vec<&str> = rhymes.iter().copied().chain(rests).chain([""]).collect();
    let mut syllables = FastSet::default();
    syllables.reserve(ONSETS.len() * rhymes.len());
    for (onset, before) in ONSETS.iter().filter_map(|(onset, before)| Some((*onset, (*before)?))) {
        // letters have no zeros in them
        let room = (onset.leading_zeros() / 8) as usize;
        let fitting = ends.iter().filter(|end| end.len() <= room && fits(before, end));
        let behind = |end: &str| packed(end).map(|end| end.checked_shl(64 - 8 * room as u32).unwrap_or(0));
        syllables.extend(fitting.filter_map(|end| Some(onset | behind(end)?)));
    }
    syllables
});

/// Letters as a number; `None` of more than its eight bytes, which no onset and no rhyme has.
fn packed(letters: &str) -> Option<u64> {
    packed_bytes(letters.as_bytes())
}

fn packed_bytes(letters: &[u8]) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.get_mut(..letters.len())?.copy_from_slice(letters);
    Some(u64::from_le_bytes(bytes))
}

/// Whether the letters are a rhyme.
fn is_rhyme(letters: &str) -> bool {
    packed(letters).is_some_and(|letters| RHYMES.contains(&letters))
}

/// Whether `vowel` and the letters behind it are a rhyme.
fn is_rhyme_behind(vowel: u8, letters: &str) -> bool {
    letters.len() < 8 && packed(letters).is_some_and(|letters| RHYMES.contains(&(letters << 8 | u64::from(vowel))))
}

/// The rows of a data file, without comments and the head.
fn rows(data: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    data.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

/// Letters of the longest syllable, `nghiêng`, in bytes with its tone, and room for marks that stand apart.
const LONGEST: usize = 24;

/// Whether `word` is a Vietnamese syllable, in any case and normal form.
///
/// ```
/// use nhiemvu_text::is_syllable;
/// assert!(is_syllable("Quyết") && is_syllable("NGHIÊNG") && is_syllable("uỷ"));
/// assert!(!is_syllable("NAgN") && !is_syllable("tôt") && !is_syllable("plan"));
/// ```
pub fn is_syllable(word: &str) -> bool {
    if word.is_empty() || word.len() > LONGEST {
        return false;
    }
    plain_syllable(&[word])
        .unwrap_or_else(|| without_tone(word).is_some_and(|(letters, tone)| is_formed(&letters, tone)))
}

/// Whether two words are one syllable together, which a space has parted.
///
/// ```
/// use nhiemvu_text::make_syllable;
/// assert!(make_syllable("t", "ế") && !make_syllable("y", "tế"));
/// ```
pub fn make_syllable(first: &str, second: &str) -> bool {
    let figures = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    if first.len() + second.len() > LONGEST || figures(first) || figures(second) {
        return false;
    }
    plain_syllable(&[first, second]).unwrap_or_else(|| is_syllable(&format!("{first}{second}")))
}

/// Whether the last word of `before` and the first of `after` may be one syllable, as far as it shows without a look at the whole
/// of them: not where a consonant stands between their vowels, as it does between nearly all neighbours in a text.
///
/// ```
/// use nhiemvu_text::may_join;
/// assert!(may_join("Bộ Y t", "ế tỉnh") && !may_join("cơ", "quan") && !may_join("các", "ấp"));
/// ```
pub fn may_join(before: &str, after: &str) -> bool {
    match (to_vowel(before.chars().rev()), to_vowel(after.chars())) {
        (Some(closed), Some(opened)) => !closed && !opened,
        _ => true,
    }
}

/// Whether consonants stand before the first vowel of `letters`; `None` where none comes, or a sign that is no letter before it.
fn to_vowel(letters: impl Iterator<Item = char>) -> Option<bool> {
    let mut consonants = false;
    for c in letters {
        let bare = if c.is_ascii() { c.to_ascii_lowercase() } else { letter_at(c)?.bare };
        match bare {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' => return Some(consonants),
            'b'..='z' => consonants = true,
            _ => return None,
        }
    }
    None
}

/// Whether the parts of a word are a syllable together; `None` where they are not of the letters of the tables alone.
fn plain_syllable(parts: &[&str]) -> Option<bool> {
    match plain(parts)? {
        Plain::Letters(letters, len, tone) => {
            let letters = letters.get(..len)?;
            if !tone.is_stopped() && ends_in_stop(letters) {
                return Some(false);
            }
            match letters.len() {
                ..=8 => Some(SYLLABLES.contains(&packed_bytes(letters)?)),
                _ => Some(has_parts(std::str::from_utf8(letters).ok()?)),
            }
        }
        Plain::TwoTones => Some(false),
    }
}

/// Whether an onset and a rhyme make up the letters, in small ones without the tone mark, and the tone fits.
fn is_formed(letters: &str, tone: Tone) -> bool {
    (tone.is_stopped() || !ends_in_stop(letters.as_bytes())) && has_parts(letters)
}

/// Whether an onset and a rhyme make up the letters, in small ones without the tone mark.
fn has_parts(letters: &str) -> bool {
    let onsets = &*ONSETS;
    let bounds = letters.char_indices().map(|(at, _)| at).take(4).chain([letters.len()]);
    let splits = bounds.map(|at| letters.split_at(at));
    let mut splits = splits.map_while(|(onset, rhyme)| Some((*onsets.get(&packed(onset)?)?, rhyme)));
    splits.any(|(before, rhyme)| before.is_some_and(|before| fits(before, rhyme)))
}

/// How much of a text is Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyllableCount {
    /// Words of letters alone, abbreviations and single letters left out.
    pub words: usize,
    /// Those of them that are Vietnamese syllables.
    pub syllables: usize,
}

impl SyllableCount {
    /// The share of syllables among the words, 0 to 1; `None` where there are no words to judge by.
    pub fn share(self) -> Option<f32> {
        (self.words > 0).then(|| self.syllables as f32 / self.words as f32)
    }
}

/// Counts the words of `text` and those of them that are Vietnamese syllables.
///
/// Proper text gives a share above 0.95; a page of a bad scan or in a wrong encoding gives less than 0.7. Words with
/// figures in them, abbreviations (`UBND`, `NĐ`) and single letters (`b)`) count neither way.
///
/// ```
/// use nhiemvu_text::count_syllables;
/// assert_eq!(count_syllables("Kính gửi: UBND xã, số 12/KH").share(), Some(1.0));
/// assert!(count_syllables("uY BAN NgAN nAN").share() < Some(0.5));
/// ```
pub fn count_syllables(text: &str) -> SyllableCount {
    let mut count = SyllableCount::default();
    for word in crate::words(text).map(|word| word.slice(text)) {
        let letters = word.chars().all(is_alphabetic);
        let syllable = letters && is_syllable(word) && !is_odd_case(word);
        // abbreviations, and the letters that number items
        let label = !syllable && (word.chars().all(char::is_uppercase) || word.chars().nth(1).is_none());
        if letters && !label {
            count.words += 1;
            count.syllables += usize::from(syllable);
        }
    }
    count
}

/// Whether a capital follows a small letter, as in what a bad scan makes of capitals (`uY`, `nAN`).
fn is_odd_case(word: &str) -> bool {
    let mut chars = word.chars().skip_while(|c| c.is_uppercase());
    chars.any(char::is_uppercase)
}

/// A tone, as far as the shape of a syllable depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Level,
    AcuteOrDot,
    Other,
}

impl Tone {
    /// Whether a syllable with this tone may end in a stop.
    fn is_stopped(self) -> bool {
        self == Self::AcuteOrDot
    }
}

/// A word of letters that stand in the tables, without its tone mark.
enum Plain {
    /// Its small letters, how many bytes they take, and the tone.
    Letters([u8; LONGEST], usize, Tone),
    /// No syllable.
    TwoTones,
}

/// A letter without its tone mark: its bytes, how many they are, and the tone.
#[derive(Debug, Clone, Copy)]
struct Toneless {
    bytes: [u8; 3],
    len: u8,
    tone: Tone,
}

/// What [`without_tone`] makes of each letter of the Latin blocks, where that is one letter.
static TONELESS: LazyLock<Vec<Option<Toneless>>> = LazyLock::new(|| {
    let letters = (0..LATIN).map(|index| {
        let (letters, tone) = without_tone(latin(index)?.encode_utf8(&mut [0; 4]))?;
        let mut bytes = [0; 3];
        bytes.get_mut(..letters.len())?.copy_from_slice(letters.as_bytes());
        Some(Toneless { bytes, len: letters.len() as u8, tone })
    });
    letters.collect()
});

/// As [`without_tone`], of words of the letters that Vietnamese is written with alone; `None` where there are others.
fn plain(parts: &[&str]) -> Option<Plain> {
    let table: &[_] = &TONELESS;
    let (mut out, mut len, mut tone, mut marks) = ([0; LONGEST], 0, Tone::Level, 0);
    for bytes in parts.iter().map(|part| part.as_bytes()) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphabetic() {
                *out.get_mut(len)? = byte.to_ascii_lowercase();
                (len, at) = (len + 1, at + 1);
                continue;
            }
            let (index, width) = vietnamese(bytes, at)?;
            let letter = table.get(index).copied().flatten()?;
            let size = usize::from(letter.len);
            out.get_mut(len..len + size)?.copy_from_slice(letter.bytes.get(..size)?);
            if letter.tone != Tone::Level {
                (tone, marks) = (letter.tone, marks + 1);
            }
            (len, at) = (len + size, at + width);
        }
    }
    Some(if marks > 1 { Plain::TwoTones } else { Plain::Letters(out, len, tone) })
}

/// The letters of `word` in lower case without the tone mark, and the tone; `None` where there are two marks.
fn without_tone(word: &str) -> Option<(String, Tone)> {
    let mut tone = Tone::Level;
    let mut letters = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase).nfd() {
        let mark = match c {
            '\u{301}' | '\u{323}' => Tone::AcuteOrDot,
            '\u{300}' | '\u{303}' | '\u{309}' => Tone::Other,
            _ => {
                letters.push(c);
                continue;
            }
        };
        if tone != Tone::Level {
            return None;
        }
        tone = mark;
    }
    Some((letters.nfc().collect(), tone))
}

fn fits(before: Before, rhyme: &str) -> bool {
    let first = rhyme.chars().next();
    let front = matches!(first, Some('i' | 'e' | 'ê'));
    let known = is_rhyme(rhyme);
    // `y` begins a rhyme of its own only where no consonant stands before, `kỹ`, `lý`, `mỹ`, `sỹ`, `tỷ`, `hy` being `i`
    match before {
        Before::Any => known,
        Before::Front => known && (front || first == Some('y')),
        Before::Back => known && !front && first != Some('y'),
        Before::Gi => {
            rhyme.is_empty() || (known && !front) || matches!(rhyme, "ê" | "e" | "eo") || is_rhyme_behind(b'i', rhyme)
        }
        // `qu` is written for what elsewhere is `oa`, `oe`, `uy`: the rhyme stands without its first vowel
        Before::Qu => {
            is_rhyme_behind(b'u', rhyme)
                || is_rhyme_behind(b'o', rhyme)
                || (known && matches!(first, Some('a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'ơ')))
                || rhyme == "ôc"
        }
    }
}

fn ends_in_stop(letters: &[u8]) -> bool {
    matches!(letters, [.., b'p' | b't' | b'c' | b'k'] | [.., b'c', b'h'])
}

#[cfg(test)]
mod tests;
