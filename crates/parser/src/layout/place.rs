//! What the place of lines on a page tells of paragraphs.

use super::lines::LineView;

/// How much farther apart, in pitches of lines, two lines are that no longer belong together: where the first ends a sentence,
/// and where it does not, as a raised mark or a letter of another font moves lines a little.
const APART: f32 = 1.15;
const FAR_APART: f32 = 1.45;

/// What the place on the page tells, where the format has one: a first-line indent starts a paragraph, as does a line
/// after one that left room for the next word.
/// A blank between two lines that is clearly more than that between the lines of a paragraph parts paragraphs; `pitch` is
/// from one of its lines to the next, in points.
pub(super) fn by_place(a: &LineView, b: &LineView, finished: bool, small: bool, pitch: Option<f32>) -> Option<bool> {
    let (pa, pb) = (a.place?, b.place?);
    if small && !finished {
        return Some(true);
    }
    if (pa.size - pb.size).abs() > 1.6 && !small {
        return Some(false);
    }
    let room = pa.page_width - pa.right > pa.page_width * 0.22;
    if a.page != b.page {
        // a heading may be the last line of its page
        return Some(!finished && !room && (!a.bold || b.bold));
    }
    let em = pa.size.max(6.0);
    let gap = pb.baseline - pa.baseline;
    if gap > em * 3.2 || gap < -em {
        return Some(!finished && small);
    }
    let indented = pb.left > pa.left + em * 0.9;
    let middle = |p: nhiemvu_model::Place| f32::midpoint(p.left, p.right);
    let centred = (middle(pa) - middle(pb)).abs() < em * 0.8 && (pa.left - pb.left).abs() > em * 0.5;
    if centred && a.bold == b.bold && a.caps == b.caps {
        return Some(!finished);
    }
    if indented {
        return Some(false);
    }
    let apart = pitch.map_or(0.0, |pitch| gap / pitch);
    if apart > if finished { APART } else { FAR_APART } {
        return Some(false);
    }
    if room { Some(!finished && (a.caps == b.caps) && !a.bold) } else { Some(!a.caps || b.caps) }
}

/// What the place on the page tells of an item whose last line `a` ends no sentence: its first line, when full, goes on
/// where its words begin, right of the marker; a line that leaves room for the next word is the end of a heading.
pub(super) fn item_by_place(a: &LineView, b: &LineView, is_first: bool, open_end: bool, b_text: &str) -> Option<bool> {
    let (pa, pb) = (a.place?, b.place?);
    let em = pa.size.max(6.0);
    let below = pb.baseline - pa.baseline;
    if a.page != b.page || (pa.size - pb.size).abs() > 1.6 || !(0.0..=em * 3.2).contains(&below) {
        return None;
    }
    // a letter is about half as wide as it is high
    let word = b_text.split_whitespace().next().map_or(0, |word| word.chars().count());
    let room = pb.right.max(pa.page_width * 0.88) - pa.right;
    let full = room < em * (word as f32 * 0.6 + 2.0);
    let right_of_marker = pb.left > pa.left + em * 0.5 && pb.left < pa.left + em * 4.0;
    match (full || open_end, right_of_marker) {
        (true, true) if is_first => Some(true),
        (false, _) if !a.caps => Some(false),
        _ => None,
    }
}

/// Whether `b` stands left of `a`, a line inside a paragraph whose lines hang behind its marker: what follows is no more of it.
pub(super) fn is_outdented(a: &LineView, b: &LineView) -> bool {
    a.place.zip(b.place).is_some_and(|(pa, pb)| a.page == b.page && pb.left < pa.left - pa.size.max(6.0) * 0.9)
}
