//! Which letters are taken for one another.

use std::sync::LazyLock;

use nhiemvu_text::{bare_char, push_bare};

/// Pairs of letters of one shape, both ways.
static ALIKE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let rows = include_str!("../data/alike.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let pairs = rows.filter_map(|row| {
        let (one, other) = row.split_once('\t')?;
        Some((one.chars().next()?, other.chars().next()?))
    });
    pairs.flat_map(|(one, other)| [(one, other), (other, one)]).collect()
});

/// Most letters of a word that may be wrong.
const MOST: usize = 2;

/// `word` and what it is with one letter taken for each of the same shape, all without marks.
pub(crate) fn shapes(word: &str) -> Vec<String> {
    let mut whole = String::with_capacity(word.len());
    push_bare(&mut whole, word);
    let mut out = Vec::new();
    for (at, c) in whole.char_indices() {
        for (_, other) in ALIKE.iter().filter(|(one, _)| *one == c) {
            let mut shape = whole.clone();
            shape.replace_range(at..at + c.len_utf8(), other.encode_utf8(&mut [0; 4]));
            out.push(shape);
        }
    }
    out.insert(0, whole);
    out
}

/// How many letters part two folded words that may be taken for one another; `None` where they may not.
pub(crate) fn letters_apart(one: &str, other: &str) -> Option<usize> {
    let (mut a, mut b) = (one.chars(), other.chars());
    let mut apart = 0;
    loop {
        match (a.next(), b.next()) {
            (None, None) => return Some(apart),
            (Some(x), Some(y)) if x == y => {}
            (Some(x), Some(y)) if bare_char(x) == bare_char(y) || ALIKE.contains(&(bare_char(x), bare_char(y))) => {
                apart += 1;
            }
            _ => return None,
        }
        if apart > MOST {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_shapes_part_words() {
        assert_eq!(letters_apart("sờ", "sở"), Some(1));
        assert_eq!(letters_apart("nuớc", "nước"), Some(1));
        assert_eq!(letters_apart("duơng", "đường"), None, "more letters than are changed");
        assert_eq!(letters_apart("du1ng", "dừng"), None);
        assert_eq!(letters_apart("1ập", "lập"), Some(1));
        assert_eq!(letters_apart("lác", "các"), Some(1));
        assert_eq!(letters_apart("bộ", "độ"), None);
        assert!(shapes("1ịch").contains(&"lich".to_owned()));
    }
}
