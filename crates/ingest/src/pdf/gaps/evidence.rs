//! What tells a table from other words that stand side by side: rows with running numbers, heads that tables have
//! (`data/table_heads.tsv`).

use std::sync::LazyLock;

use nhiemvu_text::fold_key;

use super::super::lines::Piece;
use super::super::page::PageContent;
use super::lanes::{Band, Block, Part};

/// The longest head of a column, in characters.
const LONGEST_HEAD: usize = 60;
/// The longest running number.
const LONGEST_NUMBER: usize = 8;

/// Words that heads of columns begin with, folded; whether the column is that of running numbers.
static HEADS: LazyLock<Vec<(String, bool)>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/table_heads.tsv").lines().skip(1);
    rows.filter_map(|row| row.split_once('\t')).map(|(head, kind)| (fold_key(head), kind == "number")).collect()
});

/// A row's running number: where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Anchor {
    /// Its band.
    pub band: usize,
    /// Its base line.
    pub baseline: f32,
}

/// The running numbers of a block's rows, from top to bottom.
pub(super) fn anchors(page: &PageContent, pieces: &[Piece], block: &Block) -> Vec<Anchor> {
    let mut found = Vec::new();
    for (band, at) in block.bands.iter().zip(0..) {
        let numbers = first_lane(block, band).filter(|part| is_number(&text(page, pieces, part)));
        found.extend(numbers.map(|part| Anchor { band: at, baseline: part.baseline }));
    }
    found
}

/// Whether a block is a table: it has three columns, and rows with running numbers below known heads, or columns enough
/// that it can be nothing else; `goes_on` where the page before ended with these columns.
pub(super) fn is_table(page: &PageContent, pieces: &[Piece], block: &Block, goes_on: bool) -> bool {
    if block.lanes.len() < 3 || has_leaders(page, pieces, block) {
        return false;
    }
    let anchors = anchors(page, pieces, block);
    let (known, numbered) = heads(page, pieces, block, anchors.first().map_or(block.bands.len(), |first| first.band));
    let full = block.bands.iter().filter(|band| block.filled(band) > 2).count();
    let counts = counts(page, pieces, block);
    known >= 3 && full > 1
        || known >= 1 && numbered && !anchors.is_empty()
        || counts && (block.lanes.len() > 3 || known >= 1 || numbered)
        || goes_on && (!anchors.is_empty() || full > 0)
}

/// How many columns have a known head above band `body`, and whether one is that of running numbers.
fn heads(page: &PageContent, pieces: &[Piece], block: &Block, body: usize) -> (usize, bool) {
    /// Lines that a head may have.
    const HEAD_LINES: usize = 6;
    let mut texts = vec![String::new(); block.lanes.len()];
    let bands = block.bands.iter().zip(&block.wide).take(body.min(HEAD_LINES));
    for part in bands.filter(|(_, wide)| !**wide).flat_map(|(band, _)| &band.parts) {
        if let Some(head) = texts.get_mut(block.lanes_of(part).start) {
            head.push_str(&text(page, pieces, part));
            head.push(' ');
        }
    }
    let mut known = (0, false);
    for head in &texts {
        let key = fold_key(head);
        let role = HEADS.iter().find(|(word, number)| {
            let rest = key.strip_prefix(word.as_str());
            // a label of the numbers' column stands alone, torn where the column is narrow
            if *number { key.replace(' ', "") == word.replace(' ', "") } else { rest.is_some_and(is_word_end) }
        });
        if let Some((_, number)) = role.filter(|_| key.chars().count() <= LONGEST_HEAD) {
            known.0 += 1;
            known.1 |= *number;
        }
    }
    known
}

fn is_word_end(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// Whether the first column counts: most of what stands in it are numbers, at least two of which follow each other.
fn counts(page: &PageContent, pieces: &[Piece], block: &Block) -> bool {
    let texts: Vec<String> =
        block.bands.iter().flat_map(|band| first_lane(block, band)).map(|part| text(page, pieces, part)).collect();
    let numbers: Vec<u32> =
        texts.iter().filter_map(|text| text.trim().trim_end_matches(['.', ')']).parse().ok()).collect();
    let follow = numbers.windows(2).any(|pair| pair.first().map(|one| one + 1) == pair.last().copied());
    follow && texts.iter().filter(|text| is_number(text)).count() * 3 >= texts.len() * 2
}

/// Whether dots lead to page numbers: a table of contents.
fn has_leaders(page: &PageContent, pieces: &[Piece], block: &Block) -> bool {
    let parts = block.bands.iter().flat_map(|band| &band.parts);
    parts.into_iter().any(|part| text(page, pieces, part).contains("....."))
}

fn first_lane<'a>(block: &'a Block, band: &'a Band) -> impl Iterator<Item = &'a Part> {
    band.parts.iter().filter(|part| block.lanes_of(part) == (0..1))
}

/// Whether text is a row's running number: `1`, `1.2`, `IV`, `(3)`, `a)`.
pub(super) fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| matches!(c, '.' | ')' | '(' | ' '));
    let figures = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let roman = |part: &str| !part.is_empty() && part.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    // a letter alone may be the rest of a label (`ST`, `T`)
    let letter = |part: &str| match part.as_bytes() {
        [b'A'..=b'H'] => true,
        [b'a'..=b'z'] => text.trim_end().ends_with([')', '.']),
        _ => part == "đ",
    };
    bare.len() <= LONGEST_NUMBER && bare.split('.').all(|part| figures(part) || roman(part) || letter(part))
}

/// The words of a part.
pub(super) fn text(page: &PageContent, pieces: &[Piece], part: &Part) -> String {
    let glyphs = pieces.get(part.piece).map_or(&[][..], |piece| &piece.glyphs);
    let inside = glyphs.iter().filter(|glyph| glyph.left >= part.left - 0.1 && glyph.right <= part.right + 0.1);
    inside.map(|glyph| page.chars(glyph)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_numbers_are_told_from_words() {
        for number in ["1", "12.", "1.2", "IV", "(3)", "a)", "II.1"] {
            assert!(is_number(number), "{number}");
        }
        for word in ["-", "T", "x", "Sở", "2026", "15/5", "", "a b"] {
            assert!(!is_number(word), "{word}");
        }
    }

    #[test]
    fn every_head_of_the_table_is_one() {
        for row in include_str!("../../../data/table_heads.tsv").lines().skip(1) {
            let (head, kind) = row.split_once('\t').unwrap();
            assert!(HEADS.contains(&(fold_key(head), kind == "number")), "{head}");
            assert!(["number", "column"].contains(&kind), "{kind}");
        }
    }
}
