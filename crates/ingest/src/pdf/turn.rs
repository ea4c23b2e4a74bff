//! Pages that were laid on the scanner sideways or upside down.
//!
//! No program for that is asked: a page whose words read well stands upright, and of one whose words do not, the turn is
//! looked for with which they do.

use nhiemvu_text::count_syllables;

use super::canvas::Sheet;
use crate::ocr::{Engine, Word};

/// Confidence of a word that is read.
const SURE: f32 = 60.0;
/// A page of which at least this part reads well stands upright.
const UPRIGHT: f32 = 0.5;
/// A turned page must have this many words that read well to be believed.
const FEWEST: usize = 8;
/// Size of the picture on which turns are tried: half is enough for that, and takes a third of the time.
const TRIAL: f32 = 0.5;

/// Whether so few of a page's words read well that it may be turned.
pub(super) fn is_doubtful(words: &[Word]) -> bool {
    let (good, all) = count(words);
    all == 0 || (good as f32) < UPRIGHT * all as f32
}

/// Turns a sheet so that its words can be read; `false` where it stays as it is, in which `words` were read.
pub(super) fn upright(engine: Engine, sheet: &mut Sheet, scale: f32, words: &[Word]) -> bool {
    let scale = scale * TRIAL;
    let mut best = (2 * count(words).0 + FEWEST, 0);
    for turns in 1..=3 {
        sheet.turn();
        let words = engine.words(&sheet.level(scale).0.to_pnm(), (scale * 72.0).round() as u32).unwrap_or_default();
        let (good, _) = count(&words);
        if good > best.0 {
            best = (good, turns);
        }
    }
    // the three turns of the trial and this one make a whole one
    (0..=best.1).for_each(|_| sheet.turn());
    best.1 > 0
}

/// Words that are surely read as Vietnamese and lie, and all that have letters.
fn count(words: &[Word]) -> (usize, usize) {
    let long = |word: &&Word| word.text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let good = |word: &&Word| {
        // the program reads lines that stand as well, but their boxes are of no use
        word.confidence >= SURE && word.width > word.height && count_syllables(&word.text).syllables > 0
    };
    let all = words.iter().filter(long);
    (all.clone().filter(good).count(), all.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: f32, width: f32) -> Word {
        Word {
            page: 1,
            line: (1, 1, 1),
            left: 0.0,
            top: 0.0,
            width,
            height: 40.0,
            confidence,
            text: text.to_owned(),
            page_width: 2480.0,
            page_height: 3508.0,
        }
    }

    #[test]
    fn a_page_that_reads_well_is_left_alone() {
        assert!(!is_doubtful(&[word("nhân", 95.0, 90.0), word("dân", 95.0, 70.0), word("24/7", 20.0, 60.0)]));
        assert!(is_doubtful(&[word("ugu", 30.0, 90.0), word("uyp", 40.0, 70.0)]));
        assert!(is_doubtful(&[word("nhân", 95.0, 20.0), word("dân", 95.0, 20.0)]));
        assert!(is_doubtful(&[]));
    }
}
