//! Names that a scan or a slip of the hand has damaged: `Sớ Y tế`, `Uy ban nhân dân tỉnh`, `Tổng cục Hai quan`.
//!
//! A damaged name is taken for a registered one only where exactly one fits: the same words without tones and vowel
//! marks, or, for the heads of public bodies, at most one or two letters apart.

use std::sync::OnceLock;

use nhiemvu_model::AgencyKind;
use nhiemvu_text::{bare_key as bare, push_bare};

use crate::body::Found;
use crate::entry::stem;
use crate::registry::{Name, Registry};
use crate::scan::Finder;
use crate::tokens::Case;
use crate::trie::pieces;
use crate::words::FastMap;

/// Names by their bare first word; made when first needed.
#[derive(Default)]
pub(crate) struct Repairs {
    names: OnceLock<FastMap<String, Heads>>,
}

/// The names that begin with one bare word.
#[derive(Default)]
struct Heads {
    names: Vec<Bare>,
    /// Words of the longest.
    longest: usize,
}

/// A name without marks and joiners.
struct Bare {
    text: String,
    letters: u32,
    words: usize,
    name: Name,
}

/// Heads of public bodies, whose names are few enough for letters to be wrong as well.
const PUBLIC: [&str; 14] =
    ["so", "bo", "uy", "ban", "cuc", "tong", "van", "thanh", "cong", "kho", "hoi", "thu", "chinh", "dang"];

/// Shortest name that is repaired, in letters and spaces, and the shortest with wrong letters.
const SHORTEST: usize = 6;
const SHORTEST_SPELLING: usize = 11;

impl Repairs {
    fn names(&self, registry: &Registry) -> &FastMap<String, Heads> {
        self.names.get_or_init(|| {
            let mut names: FastMap<String, Heads> = FastMap::default();
            for (number, entry) in (0..).zip(&registry.entries) {
                // an abbreviation one letter apart is another one
                let long = entry.aliases.iter().filter(|alias| alias.contains(' ') && !has_abbreviation(alias));
                for (name, primary) in std::iter::once((&entry.name, true)).chain(long.map(|alias| (alias, false))) {
                    let short = stem(name, entry.place);
                    let Some(bare) = Bare::new(
                        short,
                        Name {
                            entry: number,
                            city: false,
                            capitals: false,
                            canonical: primary && short.len() == name.len(),
                            primary,
                            stem: short.len() < name.len(),
                        },
                    ) else {
                        continue;
                    };
                    let head = bare.text.split(' ').next().unwrap_or("").to_owned();
                    let heads = names.entry(head).or_default();
                    heads.longest = heads.longest.max(bare.words);
                    heads.names.push(bare);
                }
            }
            names
        })
    }
}

impl Bare {
    fn new(name: &str, value: Name) -> Option<Self> {
        let folded = nhiemvu_text::fold_key(name);
        let words: Vec<String> = pieces(&folded).filter(|p| !is_joiner(p)).map(bare).collect();
        let text = words.join(" ");
        let letters = text.bytes().fold(0, |letters, byte| letters | letter(byte));
        (text.len() >= SHORTEST && words.len() >= 2).then_some(Self { words: words.len(), letters, text, name: value })
    }
}

/// Where a bare word ends.
#[derive(Debug, Clone, Copy)]
struct Stop {
    /// Length of the bare words up to its end.
    length: usize,
    /// The letters in them.
    letters: u32,
    /// The token behind it.
    end: usize,
}

/// A bit for a small letter of ASCII, and one for all other characters.
fn letter(byte: u8) -> u32 {
    1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 }
}

/// Whether a word of the name has two capitals.
fn has_abbreviation(name: &str) -> bool {
    name.split(' ').any(|word| word.chars().filter(|c| c.is_uppercase()).count() > 1)
}

fn is_joiner(piece: &str) -> bool {
    piece == "và" || !piece.starts_with(char::is_alphanumeric)
}

impl Finder<'_> {
    /// Whether the word at token `at`, which begins no name, may be the damaged first word of one.
    pub fn may_be_damaged(&self, at: usize) -> bool {
        self.text.is_capital(at)
            && self.text.is_capital(at + 1) | (self.text.case(at) == Case::Title)
            && self.registry.repairs.names(self.registry).contains_key(&self.bare_word(at))
    }

    /// The registered body whose damaged name begins at token `at`, where it is the only one that fits.
    pub fn repaired_at(&self, at: usize) -> Option<Found> {
        if !self.text.is_capital(at) {
            return None;
        }
        let head = self.bare_word(at);
        let candidates = self.registry.repairs.names(self.registry).get(&head)?;
        let (text, ends) = self.bare_words(at, candidates.longest);
        let spelling = PUBLIC.contains(&head.as_str());
        let mut best: Option<(usize, usize, &str)> = None;
        let mut fits: Vec<Name> = Vec::new();
        let mut rival = false;
        for candidate in &candidates.names {
            let Some(&Stop { length, letters, end }) = ends.get(candidate.words - 1) else { continue };
            let long = spelling && candidate.text.len() >= SHORTEST_SPELLING;
            let allowed = if long { 1 + candidate.text.len() / 30 } else { 0 };
            // a wrong letter adds one letter to those of the name, and takes one from them, at the most
            if (letters ^ candidate.letters).count_ones() as usize > 2 * allowed {
                continue;
            }
            let Some(written) = text.get(..length) else { continue };
            let Some(wrong) = distance(written, &candidate.text, allowed) else { continue };
            match best {
                // more words with as few wrong letters are better; another name that is as good leaves it open
                Some((w, e, _)) if (end, w) < (e, wrong) => {}
                Some((w, e, name)) if (end, wrong) == (e, w) => {
                    rival |= name != candidate.text;
                    fits.push(candidate.name);
                }
                _ => {
                    best = Some((wrong, end, &candidate.text));
                    fits = vec![candidate.name];
                    rival = false;
                }
            }
        }
        let (_, end, _) = best.filter(|(_, end, _)| !rival && self.exact_end(at) != *end)?;
        let mut found = self.resolve_at(&fits, end, self.place_at(self.soft(end)))?;
        found.agency.repaired = true;
        Some(found)
    }

    fn bare_word(&self, at: usize) -> String {
        let mut word = String::with_capacity(16);
        push_bare(&mut word, self.text.folded(at));
        word
    }

    /// The first `most` bare words from token `at`, joiners left out, parted by spaces; and where each of them ends.
    fn bare_words(&self, at: usize, most: usize) -> (String, Vec<Stop>) {
        let mut text = String::with_capacity(8 * most);
        let mut ends: Vec<Stop> = Vec::with_capacity(most);
        let mut i = at;
        while ends.len() < most && i < at + 24 {
            let word = self.text.folded(i);
            if self.text.is_word(i) && word != "và" {
                if !text.is_empty() {
                    text.push(' ');
                }
                let from = ends.last().map_or(0, |stop| stop.length);
                push_bare(&mut text, word);
                let own = text.bytes().skip(from).fold(0, |letters, byte| letters | letter(byte));
                let letters = own | ends.last().map_or(0, |stop| stop.letters);
                ends.push(Stop { length: text.len(), letters, end: i + 1 });
            } else if !matches!(word, "và" | "," | "-" | "&" | "\n") {
                break;
            }
            i += 1;
        }
        (text, ends)
    }

    /// Whether what was found without repair leaves room for one: nothing, or a body known by its form alone.
    pub fn may_repair(&self, found: &Found) -> bool {
        found.agency.id.is_none() && found.agency.kind != AgencyKind::Group
    }
}

/// Number of letters to change, add or drop to make one of the other; `None` above `most`.
fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let (a, b) = unlike(one.as_bytes(), other.as_bytes());
    if a.is_empty() && b.is_empty() {
        return Some(0);
    }
    (1..=most).find(|wrong| within(a, b, *wrong))
}

/// What is left of two names behind what they begin with alike.
fn unlike<'n>(a: &'n [u8], b: &'n [u8]) -> (&'n [u8], &'n [u8]) {
    let alike = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    (&a[alike..], &b[alike..])
}

/// Whether at most `wrong` letters part the two. What they begin with alike is passed over, so that names that are not
/// alike are told apart at once; `wrong` is small, which bounds the branches.
fn within(a: &[u8], b: &[u8], wrong: usize) -> bool {
    if wrong == 0 {
        return a == b;
    }
    let (a, b) = unlike(a, b);
    if a.len().abs_diff(b.len()) > wrong {
        return false;
    }
    let (Some((_, a_rest)), Some((_, b_rest))) = (a.split_first(), b.split_first()) else { return true };
    within(a_rest, b_rest, wrong - 1) || within(a_rest, b, wrong - 1) || within(a, b_rest, wrong - 1)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn letters_apart_are_counted_up_to_a_limit() {
        assert_eq!(distance("so y te", "so y te", 0), Some(0));
        assert_eq!(distance("bo cong an", "bo cang an", 1), Some(1));
        assert_eq!(distance("bo cong an", "bo cong a", 1), Some(1));
        assert_eq!(distance("bo cong an", "bo xang at", 2), None);
    }
}
