//! Texts as bags of words, to tell how much two tasks have in common.

use std::collections::HashMap;

/// Numbers words, so that bags of them compare fast.
#[derive(Debug, Default)]
pub(super) struct Words<'a>(HashMap<&'a str, u32>);

/// The words of a text by number, sorted, repeats kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag(Vec<u32>);

impl<'a> Words<'a> {
    /// The bag of a folded text.
    pub fn bag(&mut self, text: &'a str) -> Bag {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let next = |map: &HashMap<&str, u32>| u32::try_from(map.len()).unwrap_or(u32::MAX);
        let mut bag: Vec<u32> = words
            .map(|word| {
                let number = next(&self.0);
                *self.0.entry(word).or_insert(number)
            })
            .collect();
        bag.sort_unstable();
        Bag(bag)
    }
}

impl Bag {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Words that both have, repeats counted.
    fn shared(&self, other: &Self) -> usize {
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        shared
    }

    /// From 0 (nothing in common) to 1 (the same words).
    pub fn likeness(&self, other: &Self) -> f64 {
        let all = self.len() + other.len();
        if all == 0 { 1.0 } else { 2.0 * self.shared(other) as f64 / all as f64 }
    }

    /// From 0 to 1: how many of these words stand in `whole`.
    pub fn inside(&self, whole: &Self) -> f64 {
        if self.0.is_empty() { 0.0 } else { self.shared(whole) as f64 / self.len() as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bags_count_words_not_places() {
        let mut words = Words::default();
        let (a, b, c) = (words.bag("một hai hai ba"), words.bag("hai, ba"), words.bag("bốn"));
        assert!((a.likeness(&b) - 4.0 / 6.0).abs() < 1e-9);
        assert!((b.inside(&a) - 1.0).abs() < 1e-9);
        assert!((a.inside(&b) - 0.5).abs() < 1e-9);
        assert!(a.likeness(&c).abs() < 1e-9);
    }
}
