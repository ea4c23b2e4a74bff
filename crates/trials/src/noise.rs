//! Noise of text recognition: letters taken for others, and what it costs.

use std::fmt::Write as _;

use nhiemvu_pipeline::{Options, run};
use nhiemvu_review::{Tally, score};

use serde_json::Value;

use crate::corpus::documents;
use crate::random::Random;

/// Letters that recognition takes for one another: tones and marks that look alike, `đ` and `d`, and figures like letters.
/// A letter in several groups is taken for a letter of any.
const ALIKE: [&str; 46] = [
    "ẩả",
    "ấầ",
    "ểề",
    "uưu",
    "đd",
    "áả",
    "ịi",
    "àa",
    "ịi",
    "ảã",
    "ẻẽ",
    "ủũ",
    "ơo",
    "ưu",
    "ôộo",
    "ổồ",
    "ởờớ",
    "ựư",
    "ừứ",
    "ệê",
    "ếề",
    "ậâ",
    "ạa",
    "ặă",
    "ợơ",
    "ọo",
    "ụu",
    "ỉi",
    "ỏó",
    "ữử",
    "ẫẩ",
    "ễể",
    "ỗổ",
    "ỡở",
    "ẳẵ",
    "ắằ",
    "ỷỹ",
    "ốồ",
    "ẹe",
    "ÁẢ",
    "ƠO",
    "ƯU",
    "ĐD",
    "ỦU",
    "ỘÔ",
    "ỈI",
];
/// Figures and letters of one shape.
const SHAPES: [&str; 3] = ["l1I", "O0", "cl"];

/// A text with noise: for each of its characters what it was taken for; nothing where a space was lost.
#[derive(Debug, Clone)]
pub struct Noisy(Vec<Option<char>>);

impl Noisy {
    /// `text` with so many letters taken for others that `percent` of all characters are wrong; one lost space comes on
    /// twenty wrong letters.
    pub fn new(text: &str, percent: f64, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let letters: Vec<char> = text.chars().collect();
        let mut places: Vec<usize> = (0..letters.len()).filter(|at| !alike(letters[*at]).is_empty()).collect();
        let mut out: Vec<Option<char>> = letters.iter().copied().map(Some).collect();
        let wanted = (letters.len() as f64 * percent / 100.0).round() as usize;
        for number in 0..wanted.min(places.len()) {
            if number % 20 == 19 {
                let at = random.below(letters.len());
                if letters[at] == ' ' && at > 0 && letters[at - 1].is_lowercase() {
                    out[at] = None;
                }
            }
            let at = places.swap_remove(random.below(places.len()));
            let choice = alike(letters[at]);
            out[at] = Some(choice[random.below(choice.len())]);
        }
        Self(out)
    }

    /// The words that are left.
    pub fn text(&self) -> String {
        self.0.iter().flatten().collect()
    }

    /// What stands where `words` stood in `text`, white space, case and marks of emphasis aside; `words` where they stand
    /// nowhere.
    fn at(&self, text: &str, words: &str) -> String {
        let (letters, places) = plain(text);
        let (wanted, _) = plain(words);
        let found = letters.windows(wanted.len().max(1)).position(|window| window == wanted);
        let Some(at) = found.filter(|_| !wanted.is_empty()) else { return words.to_owned() };
        let (first, last) = (places[at], places[at + wanted.len() - 1]);
        self.0[first..=last].iter().flatten().collect()
    }
}

/// The letters that `c` is taken for.
fn alike(c: char) -> Vec<char> {
    let groups = ALIKE.iter().chain(&SHAPES).filter(|group| group.contains(c));
    groups.flat_map(|group| group.chars().filter(|other| *other != c)).collect()
}

/// The letters of `text` with the place of each, without white space, case and marks of emphasis.
fn plain(text: &str) -> (Vec<char>, Vec<usize>) {
    let letters = text.chars().enumerate().filter(|(_, c)| !c.is_whitespace() && !matches!(c, '*' | '_' | '`'));
    letters.map(|(at, c)| (c.to_lowercase().next().unwrap_or(c), at)).unzip()
}

/// The shares of wrong characters that are measured.
pub const SHARES: [f64; 5] = [0.0, 0.5, 1.0, 2.0, 5.0];
/// How often each document is damaged anew.
const SEEDS: u64 = 5;

/// Each document with noise: its name, its text, and its gold.
pub fn damaged(percent: f64, seed: u64) -> Vec<(String, String, Value)> {
    let one = |(number, document): (usize, crate::corpus::Document)| {
        let noisy = Noisy::new(&document.text, percent, seed * 1_000 + number as u64);
        let mut gold = document.gold;
        anchors(&mut gold, &document.text, &noisy);
        (document.name, noisy.text(), gold)
    };
    documents().into_iter().enumerate().map(one).collect()
}

/// What is left at each share: tasks of gold, F1, lead, due, and NO-EDIT. An anchor that noise has changed is changed in the
/// gold alike, as it only names its task.
pub fn curve() -> String {
    let mut table = String::from("wrong\ttasks\tF1\tlead\tdue\tNO-EDIT\n");
    for share in SHARES {
        let mut total = Tally::default();
        for seed in 0..SEEDS {
            for (name, text, gold) in damaged(share, seed) {
                let Ok(list) = run(text.as_bytes(), &name, &Options::default()) else { continue };
                total.merge(&score(&gold, Some(&serde_json::to_value(&list).unwrap())).tally);
            }
        }
        let row = total.row("total");
        let figure = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
        writeln!(
            table,
            "{share:.1} %\t{}\t{}\t{}\t{}\t{}",
            row.gold,
            figure(row.f1),
            figure(row.lead),
            figure(row.due),
            figure(row.no_edit)
        )
        .unwrap();
    }
    table
}

/// The words by which gold names its tasks and their headings, as the noisy text writes them.
fn anchors(gold: &mut Value, text: &str, noisy: &Noisy) {
    for task in gold["tasks"].as_array_mut().into_iter().flatten() {
        for key in ["anchor", "under"] {
            if let Some(Value::String(words)) = task.get_mut(key) {
                *words = noisy.at(text, words);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_as_much_as_asked_for_and_the_same_each_time() {
        let text = "Sở Tài chính chủ trì, phối hợp với Sở Y tế lập dự toán bến thuyền. ".repeat(30);
        let noisy = Noisy::new(&text, 2.0, 7);
        assert_eq!(noisy.text(), Noisy::new(&text, 2.0, 7).text());
        let wrong = text.chars().zip(&noisy.0).filter(|(c, other)| other.is_some_and(|other| other != *c)).count();
        assert_eq!(wrong, (text.chars().count() as f64 * 0.02).round() as usize);
        assert_eq!(Noisy::new(&text, 0.0, 7).text(), text);
        assert_eq!(noisy.at(&text, &text).chars().count(), noisy.text().trim_end().chars().count());
    }
}
