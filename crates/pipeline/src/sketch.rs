//! How alike two texts are, from a few numbers of each (`MinHash`, Broder 1997).

use std::collections::HashMap;

use nhiemvu_text::fold_key;
use serde::{Deserialize, Deserializer, Serialize};

/// Numbers that a text is known by; more make the estimate finer.
const NUMBERS: usize = 32;
/// So many of them together lead to texts that may be alike: texts that share eight words in ten are found with a
/// probability of 0.98, those that share three in ten with one of 0.06.
const BAND: usize = 4;
/// So many texts are looked at behind one band, as thousands of circulars may begin alike.
const LOOKED_AT: usize = 32;

/// The sketch of a text: of each number the lower half, as there is one for each of very many documents. Two halves are the
/// same by chance once in 65,536 times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Sketch([u16; NUMBERS]);

impl<'de> Deserialize<'de> for Sketch {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // versions before this kept whole numbers
        <[u32; NUMBERS]>::deserialize(from).map(|numbers| Self(numbers.map(|number| number as u16)))
    }
}

impl Sketch {
    /// The sketch of `text` by its runs of `run` words, folded; `None` where it has fewer words.
    pub(crate) fn of(text: &str, run: usize) -> Option<Self> {
        let words = words(text);
        let mut least = [u32::MAX; NUMBERS];
        for sum in sums(&words, run) {
            let sum = (sum >> 32) as u32;
            for (least, (seed, odd)) in least.iter_mut().zip(ORDERS) {
                let number = (sum ^ seed).wrapping_mul(odd);
                *least = (*least).min((number ^ (number >> 15)).wrapping_mul(odd));
            }
        }
        (words.len() >= run).then(|| Self(least.map(|number| number as u16)))
    }

    /// The share of runs of words in common, about, from 0 to 1.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let same = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        same as f64 / NUMBERS as f64
    }
}

/// As many orders of all numbers, each by a seed and an odd factor.
const ORDERS: [(u32, u32); NUMBERS] = {
    let mut orders = [(0, 1); NUMBERS];
    let mut at = 0;
    while at < NUMBERS {
        let value = mix(at as u64 + 1);
        orders[at] = ((value >> 32) as u32, value as u32 | 1);
        at += 1;
    }
    orders
};

/// The runs of `run` words of `text`, folded, as numbers; ascending, each once.
pub(crate) fn runs(text: &str, run: usize) -> Vec<u64> {
    let mut sums: Vec<u64> = sums(&words(text), run).collect();
    sums.sort_unstable();
    sums.dedup();
    sums
}

/// A number that stands for `words`.
pub(crate) fn sum(words: &str) -> u64 {
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| mix(sum ^ u64::from(byte)))
}

/// Each word of `text`, folded, as a number.
fn words(text: &str) -> Vec<u64> {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut word = START;
    for byte in fold_key(text).bytes() {
        // what is no ASCII is a letter but for rare signs, which then make words of their own
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            word = (word.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
        } else if word != START {
            words.push(word);
            word = START;
        }
    }
    words.extend((word != START).then_some(word));
    words
}

fn sums(words: &[u64], run: usize) -> impl Iterator<Item = u64> + '_ {
    words.windows(run.max(1)).map(|words| words.iter().fold(0, |sum, word| mix(sum ^ word)))
}

/// A bijection that leaves no pattern of its input (the finaliser of `SplitMix64`).
const fn mix(mut value: u64) -> u64 {
    value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Finds earlier texts that may be alike, in constant time; in few bytes, as most bands lead to one text. Bands are told by
/// half of their numbers: two that are the same by chance lead to a text more, which is then looked at and is not alike.
#[derive(Debug, Default)]
pub(crate) struct Index {
    first: HashMap<u32, u32>,
    more: HashMap<u32, Vec<u32>>,
}

impl Index {
    /// One that takes so many texts without growing, for which it would hold most of them twice.
    pub(crate) fn for_texts(count: usize) -> Self {
        Self { first: HashMap::with_capacity(count * (NUMBERS / BAND)), more: HashMap::new() }
    }

    /// The numbers of texts that may be like `sketch`, ascending.
    pub(crate) fn candidates(&self, sketch: &Sketch) -> Vec<u32> {
        let behind = |band: u32| self.first.get(&band).into_iter().chain(self.more.get(&band).into_iter().flatten());
        let mut found: Vec<u32> = bands(sketch).flat_map(behind).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(crate) fn add(&mut self, number: u32, sketch: &Sketch) {
        for band in bands(sketch) {
            if *self.first.entry(band).or_insert(number) != number {
                let numbers = self.more.entry(band).or_default();
                if numbers.len() < LOOKED_AT {
                    numbers.push(number);
                }
            }
        }
    }
}

/// Numbers that stand for parts of the sketch, and for which part they are of.
fn bands(sketch: &Sketch) -> impl Iterator<Item = u32> {
    let parts = sketch.0.chunks_exact(BAND).enumerate();
    parts.map(|(at, part)| part.iter().fold(mix(at as u64), |sum, number| mix(sum ^ u64::from(*number))) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_about_the_share_of_words_in_common() {
        let words = |from: u32, to: u32| (from..to).fold(String::new(), |all, n| format!("{all}từ{n} "));
        let of = |text: &str| Sketch::of(text, 1).unwrap();
        assert!((of(&words(0, 100)).likeness(&of(&words(0, 100))) - 1.0).abs() < f64::EPSILON);
        let half = of(&words(0, 100)).likeness(&of(&words(33, 133)));
        assert!((0.25..0.75).contains(&half), "{half}");
        assert!(of(&words(0, 100)).likeness(&of(&words(200, 300))) < 0.1);
        assert_eq!(Sketch::of("hai từ", 3), None);
    }

    #[test]
    fn an_index_finds_what_is_alike() {
        let text = |tail: &str| {
            Sketch::of(&format!("Sở Tài chính chủ trì lập dự toán bến thuyền, báo cáo {tail}"), 1).unwrap()
        };
        let mut index = Index::default();
        index.add(0, &text("tỉnh"));
        index.add(1, &Sketch::of("Sở Y tế trực ngày đêm trong mùa bão lũ năm nay", 1).unwrap());
        assert_eq!(index.candidates(&text("tỉnh ngay")), [0]);
    }
}
