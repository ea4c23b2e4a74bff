//! Page furniture: what stands on a page and is none of the document's words.

use std::collections::HashMap;
use std::sync::LazyLock;

use nhiemvu_model::Source;
use nhiemvu_text::{FastSet, fold_key};

use super::line_ends::ends_inside_name;
use super::lines::{LineKind, LineView};
use super::measure::full_width;

/// Marks furniture among `lines`: page numbers, headers and footers that stand on several pages, bare addresses at page
/// ends, lines of a signature stamp, the front matter of a converted file.
pub(crate) fn mark(source: &Source, lines: &mut [LineView]) {
    front_matter(source, lines);
    stamp_lines(source, lines);
    super::chrome::mark(source, lines);
    page_numbers(source, lines);
    set_apart_numbers(source, lines);
    counted_pages(source, lines);
    repeated(source, lines);
    for line in lines.iter_mut().filter(|l| l.is_text()) {
        let text = line.span.slice(&source.text);
        if is_rule(text) || (is_bare_address(text)) {
            line.kind = LineKind::Furniture;
        }
    }
}

/// A YAML block at the top, as converters write it: not a word of the document.
fn front_matter(source: &Source, lines: &mut [LineView]) {
    const LONGEST: usize = 40;
    let Some(first) = lines.iter().position(|l| l.kind != LineKind::Blank) else { return };
    if lines[first].text(source) != "---" {
        return;
    }
    let end = lines.iter().skip(first + 1).take(LONGEST).position(|l| l.text(source) == "---").map(|n| first + 1 + n);
    let Some(end) = end else { return };
    let looks_like_keys = lines[first + 1..end].iter().filter(|l| l.kind != LineKind::Blank).all(|l| {
        l.text(source)
            .split_once(':')
            .is_some_and(|(key, _)| key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
    });
    if looks_like_keys {
        for line in &mut lines[first..=end] {
            line.kind = if line.kind == LineKind::Blank { LineKind::Blank } else { LineKind::Furniture };
        }
    }
}

/// The labels that signing software prints (`data/signing_labels.tsv`), folded.
static SIGNING_LABELS: LazyLock<FastSet<String>> =
    LazyLock::new(|| include_str!("../../data/signing_labels.tsv").lines().skip(1).map(fold_key).collect());

/// `Người ký: …`, `Thời gian ký: …`: what signing software prints above or beside the header.
fn stamp_lines(source: &Source, lines: &mut [LineView]) {
    const TOP: usize = 14;
    let mut seen_sign = false;
    for line in lines.iter_mut().filter(|l| l.kind != LineKind::Blank).take(TOP) {
        let text = line.span.slice(&source.text);
        let Some((label, _)) = text.split_once(':') else { continue };
        let label = fold_key(label);
        if SIGNING_LABELS.contains(&label) && (seen_sign || label.contains("ký") || label.contains("ky ")) {
            seen_sign = true;
            line.kind = LineKind::Furniture;
        }
    }
}

/// Bare numbers next to a page break, or at the top or foot of a page.
fn page_numbers(source: &Source, lines: &mut [LineView]) {
    let at_edge = edges(lines);
    for (i, edge) in at_edge.into_iter().enumerate() {
        if !edge || !lines[i].is_text() {
            continue;
        }
        if is_page_number(lines[i].text(source)) {
            lines[i].kind = LineKind::Furniture;
        }
    }
}

/// `3`, `- 3 -`, `Trang 3/12`; a day that a page break parted from its sentence (`30/4/2026.`) is none.
fn is_page_number(line: &str) -> bool {
    let text = line.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | ' ' | '.' | '|' | '/'));
    let number = text.strip_prefix("Trang ").or(text.strip_prefix("trang ")).unwrap_or(text);
    let mut parts = number.split('/').map(str::trim);
    let digits = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let sentence = number.contains('/') && line.trim_end().ends_with('.');
    !sentence && parts.next().is_some_and(digits) && parts.next().is_none_or(digits) && parts.next().is_none()
}

/// Page numbers of a text copy that shows no page break, between blank lines: `2/5`, or a lone number far from the margin, in the
/// midst of a sentence, the only one of a wrapped text, or one of several that count up.
fn set_apart_numbers(source: &Source, lines: &mut [LineView]) {
    const FAR: usize = 20;
    let mut lone = Vec::new();
    for i in 0..lines.len() {
        let Some(text) = set_apart(source, lines, i) else { continue };
        let of = text
            .split_once('/')
            .is_some_and(|(page, all)| number(page).is_some() && number(all).is_some() && all.len() >= page.len());
        let alone = number(text);
        if of || alone.is_some() && (lines[i].indent >= FAR || parts_a_sentence(source, lines, i)) {
            lines[i].kind = LineKind::Furniture;
        }
        lone.extend(alone.map(|number| (i, number)));
    }
    // rows and items are numbered from 1
    if let [(at, 2..)] = lone[..]
        && full_width(lines) > 0
    {
        lines[at].kind = LineKind::Furniture;
    }
    // the first page often has no number, and a front page none either
    let counts_up = lone.windows(2).all(|pair| matches!(pair, [(_, one), (_, next)] if one + 1 == *next));
    if counts_up && lone.len() > 1 && lone.first().is_some_and(|(_, first)| *first <= 3) {
        for (i, _) in lone {
            lines[i].kind = LineKind::Furniture;
        }
    }
}

/// Page numbers in lines of their own with no blank line around: all lone numbers of the document, which count up a page apart.
fn counted_pages(source: &Source, lines: &mut [LineView]) {
    const FEWEST: usize = 3;
    const PAGE: usize = 15;
    let alone = |(at, line): (usize, &LineView)| {
        let text = line.text(source).trim_matches(|c: char| matches!(c, '-' | '–' | ' '));
        (line.kind == LineKind::Text && line.place.is_none()).then(|| Some((at, number(text)?))).flatten()
    };
    let numbers: Vec<(usize, u32)> = lines.iter().enumerate().filter_map(alone).collect();
    let counts_up = numbers
        .windows(2)
        .all(|pair| matches!(pair, [(at, one), (below, next)] if one + 1 == *next && at + PAGE <= *below));
    if counts_up && numbers.len() >= FEWEST && numbers.first().is_some_and(|(_, first)| *first <= 3) {
        for (at, _) in numbers {
            lines[at].kind = LineKind::Furniture;
        }
    }
}

/// The words of a line of running text between blank lines, without the strokes around them.
fn set_apart<'a>(source: &'a Source, lines: &[LineView], at: usize) -> Option<&'a str> {
    let blank = |other: Option<usize>| {
        let other = other.and_then(|other| lines.get(other));
        other.is_none_or(|line| matches!(line.kind, LineKind::Blank | LineKind::Furniture))
    };
    let line = &lines[at];
    let alone =
        line.kind == LineKind::Text && line.place.is_none() && blank(at.checked_sub(1)) && blank(at.checked_add(1));
    alone.then(|| line.text(source).trim_matches(|c: char| matches!(c, '-' | '–' | ' ')))
}

fn number(text: &str) -> Option<u32> {
    let sound = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| sound)
}

/// Whether the words around a line are of one sentence: those before it do not end one, those behind it begin with a small letter,
/// or both are of one name.
fn parts_a_sentence(source: &Source, lines: &[LineView], at: usize) -> bool {
    let text = |line: &LineView| (line.kind == LineKind::Text).then(|| line.text(source).to_owned());
    let filled = |line: &&LineView| line.kind != LineKind::Blank;
    let before = lines[..at].iter().rev().find(filled).and_then(text);
    let behind = lines[at + 1..].iter().find(filled).and_then(text);
    let (Some(before), Some(behind)) = (before, behind) else { return false };
    before.ends_with(|c: char| c.is_alphanumeric() || c == ',') && behind.starts_with(char::is_lowercase)
        || ends_inside_name(&before, &behind)
}

/// Which lines are the first or last two of a page, or touch a page-break mark.
fn edges(lines: &[LineView]) -> Vec<bool> {
    let mut edge = vec![false; lines.len()];
    let filled: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].kind != LineKind::Blank).collect();
    for (n, i) in filled.iter().enumerate() {
        let breaks = |other: Option<&usize>| {
            other.is_some_and(|o| {
                lines[*o].page != lines[*i].page || (lines[*o].kind == LineKind::Furniture && lines[*o].chars > 8)
            })
        };
        let near = |k: usize| n.checked_sub(k).and_then(|m| filled.get(m));
        edge[*i] = breaks(near(1)) || breaks(filled.get(n + 1)) || breaks(near(2)) || breaks(filled.get(n + 2));
        if lines[*i].page.is_some() && (n == 0 || n + 1 == filled.len()) {
            edge[*i] = true;
        }
    }
    edge
}

/// Short lines that stand at the edge of three pages or more.
fn repeated(source: &Source, lines: &mut [LineView]) {
    const LONGEST: usize = 120;
    let at_edge = edges(lines);
    let mut counts: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, edge) in at_edge.into_iter().enumerate() {
        if edge && lines[i].is_text() && lines[i].chars <= LONGEST {
            counts.entry(fold_key(lines[i].text(source))).or_default().push(i);
        }
    }
    for places in counts.into_values().filter(|places| places.len() >= 3) {
        for i in places {
            lines[i].kind = LineKind::Furniture;
        }
    }
}

/// A line drawn with characters.
fn is_rule(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '_' | '=' | '*' | '–' | '—' | '.' | '…' | ' ' | '~'))
        && text.chars().count() >= 3
}

/// A bare web address: a footnote's leftover at a page end.
fn is_bare_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lines::view;
    use crate::layout::testing::written;

    #[test]
    fn numbers_that_count_up_a_page_apart_are_those_of_pages() {
        let kept = |apart: usize| {
            let page = |number: usize| format!("{}{number}\n", "Sở Y tế rà soát sổ đò\n".repeat(apart));
            let source = written(&(2..=5).map(page).collect::<String>());
            let mut lines = view(&source);
            mark(&source, &mut lines);
            lines.iter().filter(|line| line.kind != LineKind::Furniture && line.chars == 1).count()
        };
        assert_eq!((kept(30), kept(3)), (0, 4));
    }

    #[test]
    fn numbers_of_pages_are_no_days() {
        assert!(["3", "- 12 -", "Trang 3/12", "2/5", "| 7 |", "10."].into_iter().all(is_page_number));
        assert!(!["30/4/2026.", "30/4.", "15/5/2026", "3 ngày", "12345"].into_iter().any(is_page_number));
    }
}
