//! Finds the time limits in a text, as the deadline layer alone: how many, and how many characters a second.
//!
//!     deadlines FILE [ROUNDS]

use std::time::Instant;

use nhiemvu_parser::temporal::{Setting, find};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let text = std::fs::read_to_string(arguments.next().expect("FILE")).expect("UTF-8");
    let rounds: u32 = arguments.next().map_or(1, |rounds| rounds.parse().expect("a number"));
    let start = Instant::now();
    // paragraph by paragraph, as the program itself goes
    let found: usize =
        (0..rounds).map(|_| text.lines().map(|line| find(line, Setting::Sentence).len()).sum::<usize>()).sum();
    let seconds = start.elapsed().as_secs_f64();
    let characters = text.chars().count() as f64 * f64::from(rounds);
    println!("{} {:.3}", found / rounds as usize, characters / seconds / 1e6);
}
