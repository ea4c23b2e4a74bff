//! What is measured of a document's lines before they are put together: their full width, the blank lines and the indents.

use nhiemvu_model::Source;

use super::lines::{LineKind, LineView};
use super::reflow::{is_alone, is_finished};
use crate::block::marker;

/// How long a full line is, and whether blank lines stand between the lines of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    /// Characters of a full line; 0 where lines are not wrapped.
    pub width: usize,
    /// Whether blank lines stand inside paragraphs.
    pub spaced: bool,
    /// Whether blank lines part the paragraphs, so that lines without one between them belong together.
    pub blocks: bool,
    /// Whether items follow each other without a blank line, so that paragraphs may do so, too.
    pub close: bool,
    /// Whether lines are short enough to be parts of paragraphs.
    pub wrapped: bool,
    /// The least indent of a paragraph's first line, where the text indents them.
    pub first_indent: Option<usize>,
    /// From one base line of a paragraph to the next, in parts of the font size, where the format says where lines stand.
    pub pitch: Option<f32>,
}

/// The lengths of the lines of running text, the shortest first.
fn lengths(lines: &[LineView]) -> Vec<usize> {
    let text = lines.iter().filter(|line| line.kind == LineKind::Text && !line.caps);
    let mut lengths: Vec<usize> = text.map(|line| line.chars).collect();
    lengths.sort_unstable();
    lengths
}

/// The length that `share` of a hundred lines do not pass.
fn length_at(lengths: &[usize], share: usize) -> usize {
    lengths.get(lengths.len().saturating_sub(1) * share / 100).copied().unwrap_or(0)
}

/// Characters of a full line; 0 where lines are not wrapped.
pub(super) fn full_width(lines: &[LineView]) -> usize {
    let lengths = lengths(lines);
    // wrapped text has many lines of nearly the same greatest length; paragraphs on one line each do not
    let (full, middle) = (length_at(&lengths, 95), length_at(&lengths, 60));
    if full <= 140 && full > 30 && middle * 10 >= full * 6 { full } else { 0 }
}

/// Measures the document once: full width, and blank lines inside paragraphs.
pub(crate) fn measure(source: &Source, lines: &[LineView]) -> Measure {
    let width = full_width(lines);
    let (mut unfinished, mut apart, mut surely) = (0_usize, 0_usize, 0_usize);
    let filled: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].is_text()).collect();
    for pair in filled.windows(2) {
        let (a, b) = (&lines[pair[0]], &lines[pair[1]]);
        if width > 0 && a.chars * 10 > width * 8 && !is_finished(a.text(source)) {
            unfinished += 1;
            let blank = lines[pair[0] + 1..pair[1]].iter().any(|l| l.kind == LineKind::Blank) && b.page == a.page;
            apart += usize::from(blank);
            surely += usize::from(blank && b.text(source).starts_with(char::is_lowercase));
        }
    }
    // what stands above and below a document on a site are lines apart, too, but no sentences
    let spaced = unfinished >= 8 && apart * 4 > unfinished && surely >= 3;
    let (mut tight, mut open) = (0_usize, 0_usize);
    for pair in lines.windows(2).filter(|pair| pair[0].kind == LineKind::Text && pair[1].kind == LineKind::Text) {
        let (a, b) = (pair[0].text(source), pair[1].text(source));
        if pair[0].place.is_none() && marker::read(b).is_none() && !is_alone(b) && !pair[0].caps {
            tight += 1;
            open += usize::from(!is_finished(a));
        }
    }
    // items that follow each other without a blank line tell that none parts the paragraphs
    let (mut close, mut parted) = (0_usize, 0_usize);
    for pair in filled.windows(2) {
        let item = lines[pair[1]].kind == LineKind::Text && marker::read(lines[pair[1]].text(source)).is_some();
        let blank = pair[0] + 1 < pair[1];
        close += usize::from(item && !blank);
        parted += usize::from(item && blank);
    }
    const FEWEST_ITEMS: usize = 6;
    // lines that long are paragraphs each
    const LONGEST_WRAPPED: usize = 160;
    let wrapped = length_at(&lengths(lines), 80) <= LONGEST_WRAPPED;
    let blocks = wrapped && !spaced && tight >= 6 && open * 10 >= tight * 7;
    Measure {
        width,
        spaced,
        blocks,
        close: close >= FEWEST_ITEMS && close > parted * 4,
        wrapped,
        first_indent: first_indent(source, lines, width),
        pitch: pitch(source, lines),
    }
}

/// The least indent of a paragraph's first line, where a wrapped text indents them: its full, unfinished lines are followed by
/// lines that stand further left.
fn first_indent(source: &Source, lines: &[LineView], width: usize) -> Option<usize> {
    const FEWEST: usize = 5;
    const DEEPER: usize = 3;
    let full = |line: &LineView| line.kind == LineKind::Text && line.chars * 10 > width * 8;
    let mut next: Vec<usize> = lines
        .windows(2)
        .filter(|pair| {
            width > 0 && full(&pair[0]) && !is_finished(pair[0].text(source)) && pair[1].kind == LineKind::Text
        })
        .map(|pair| pair[1].indent)
        .collect();
    next.sort_unstable();
    let base = *next.get(next.len() / 2)?;
    let steady = next.iter().filter(|indent| **indent <= base + 1).count() * 4 >= next.len() * 3;
    let deeper = lines.iter().filter(|l| l.kind == LineKind::Text && !l.caps && l.indent >= base + DEEPER).count();
    (next.len() >= FEWEST && steady && deeper >= FEWEST).then_some(base + DEEPER)
}

/// The pitch of lines that surely belong together: the upper one of a next line that begins with a small letter. Where a document
/// has paragraphs of several pitches it is that of the widest that are not seldom.
fn pitch(source: &Source, lines: &[LineView]) -> Option<f32> {
    const FEWEST: usize = 3;
    let joined = |pair: &&[LineView]| {
        let [a, b] = pair else { return false };
        let (a_text, b_text) = (a.text(source), b.text(source));
        let small = b_text.chars().next().is_some_and(char::is_lowercase);
        a.kind == LineKind::Text
            && b.kind == LineKind::Text
            && small
            && !is_finished(a_text)
            && marker::read(b_text).is_none()
    };
    let apart = |pair: &[LineView]| Some(pair.first()?.gap_to(pair.get(1)?)? / pair.first()?.place?.size.max(6.0));
    let mut found: Vec<f32> = lines.windows(2).filter(joined).filter_map(apart).collect();
    found.sort_by(f32::total_cmp);
    found.get(found.len() * 9 / 10).copied().filter(|_| found.len() >= FEWEST)
}
