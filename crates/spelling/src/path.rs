//! Of what each word may have been, what goes together best.

use std::rc::Rc;

use crate::repair::{ILL_FORMED, Usage};
use crate::vocabulary::{BEGIN, END, Word};

/// What a word may have been.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    pub word: Word,
    /// What speaks against it.
    pub cost: f32,
}

/// Most choices of a word that are weighed.
const MOST: usize = 10;
/// By how much what is read instead must be better than anything else that may be read.
const MARGIN: f32 = 0.25;

/// The words that go together best: what is written where nothing is better by far.
pub(crate) fn best(usage: &Usage<'_>, choices: &[Rc<[Choice]>], lines: &[bool], behind: Word) -> Vec<Word> {
    let choices = near(usage, choices, lines, behind);
    if choices.iter().all(|choices| choices.len() == 1) {
        return choices.iter().flatten().map(|choice| choice.word).collect();
    }
    let mut chosen: Vec<Word> = Vec::with_capacity(choices.len());
    let picked = path(usage, &choices, lines, behind);
    for (choices, at) in choices.iter().zip(&picked) {
        chosen.push(choices.get(*at).map_or(END, |choice| choice.word));
    }
    for at in 0..chosen.len() {
        let Some((written, others)) = choices[at].split_first() else { continue };
        let now = chosen[at];
        if now == written.word {
            continue;
        }
        let score = |choice: &Choice| around(usage, &chosen, lines, behind, at, choice.word) - choice.cost;
        let own = others.iter().find(|choice| choice.word == now).map_or(f32::MIN, score);
        let rival = others.iter().filter(|choice| choice.word != now).map(score).fold(f32::MIN, f32::max);
        if own < score(written) + MARGIN || own < rival + MARGIN {
            chosen[at] = written.word;
        }
    }
    chosen
}

/// The choices that make up a wording with one of a neighbour's, and what is written.
fn near(usage: &Usage<'_>, choices: &[Rc<[Choice]>], lines: &[bool], behind: Word) -> Vec<Vec<Choice>> {
    let (begin, end) = ([Choice { word: BEGIN, cost: 0.0 }], [Choice { word: behind, cost: 0.0 }]);
    let fits = |at: usize, choice: &Choice| {
        let before = at.checked_sub(1).and_then(|i| choices.get(i)).map_or(&begin[..], AsRef::as_ref);
        let after = choices.get(at + 1).map_or(&end[..], AsRef::as_ref);
        lines.get(at) == Some(&true) && usage.go_together(BEGIN, choice.word)
            || before.iter().any(|other| usage.go_together(other.word, choice.word))
            || after.iter().any(|other| usage.go_together(choice.word, other.word))
    };
    let kept = choices.iter().enumerate().map(|(at, all)| {
        let mut kept: Vec<Choice> = all.iter().take(1).copied().collect();
        // what is no syllable may be a word that nothing around it asks for
        let ill_formed = kept.iter().any(|written| written.cost >= ILL_FORMED);
        let others = all.iter().skip(1).filter(|choice| ill_formed || fits(at, choice));
        let mut others: Vec<Choice> = others.copied().collect();
        others.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        others.truncate(MOST);
        kept.extend(others);
        kept
    });
    kept.collect()
}

/// How well a word goes with the two before it; at the beginning of a line also as the first of a wording.
fn bond(usage: &Usage<'_>, line: bool, a: Word, b: Word, c: Word) -> f32 {
    let within = usage.pair(b, c) + usage.triple(a, b, c);
    if line { within.max(usage.pair(BEGIN, c)) } else { within }
}

/// How well the word `word` at `at` goes with those around it.
fn around(usage: &Usage<'_>, chosen: &[Word], lines: &[bool], behind: Word, at: usize, word: Word) -> f32 {
    let get = |i: usize, back: usize| -> Word {
        match i.checked_sub(back) {
            Some(i) if i == at => word,
            Some(i) if i == chosen.len() => behind,
            Some(i) => chosen.get(i).copied().unwrap_or(END),
            // before the first word
            None => [BEGIN, END][usize::from(back > i + 1)],
        }
    };
    let line = |i: usize| lines.get(i) == Some(&true);
    (at..(at + 3).min(chosen.len() + 1)).map(|i| bond(usage, line(i), get(i, 2), get(i, 1), get(i, 0))).sum()
}

/// The number of the choice of each word on the best way through all.
fn path(usage: &Usage<'_>, choices: &[Vec<Choice>], lines: &[bool], behind: Word) -> Vec<usize> {
    let begin = vec![Choice { word: BEGIN, cost: 0.0 }];
    let none = vec![Choice { word: END, cost: 0.0 }];
    let end = vec![Choice { word: behind, cost: 0.0 }];
    let get = |at: usize| -> &[Choice] {
        // two places before the first word are counted
        match at {
            0 => &none,
            1 => &begin,
            at => choices.get(at - 2).unwrap_or(&end),
        }
    };
    // score of each pair of choices of the two words before, row by row, and which choice stood before both
    let mut scores: Vec<f32> = vec![0.0];
    let mut ways: Vec<Vec<usize>> = Vec::with_capacity(choices.len() + 1);
    for at in 2..choices.len() + 3 {
        let (a, b, c) = (get(at - 2), get(at - 1), get(at));
        let line = lines.get(at - 2) == Some(&true);
        let mut next = vec![f32::MIN; b.len() * c.len()];
        let mut way = vec![0; b.len() * c.len()];
        for (j, second) in b.iter().enumerate() {
            for (k, third) in c.iter().enumerate() {
                let place = j * c.len() + k;
                for (i, first) in a.iter().enumerate() {
                    let bond = bond(usage, line, first.word, second.word, third.word);
                    let score = scores[i * b.len() + j] + bond - third.cost;
                    if score > next[place] {
                        next[place] = score;
                        way[place] = i;
                    }
                }
            }
        }
        scores = next;
        ways.push(way);
    }
    let mut picked = vec![0; choices.len() + 1];
    let (mut j, mut k) = (0, 0);
    let mut most = f32::MIN;
    // nothing but one end stands behind the last word
    for (at, score) in scores.iter().enumerate() {
        if *score > most {
            (most, j) = (*score, at);
        }
    }
    for at in (0..=choices.len()).rev() {
        picked[at] = k;
        let i = ways[at][j * get(at + 2).len() + k];
        (j, k) = (i, j);
    }
    picked.truncate(choices.len());
    picked
}
