//! Markdown, as it really comes: exports of converters and copies of web pages, not text written to a specification.
//!
//! A reader of our own, line by line, and not a `CommonMark` parser, for reasons that were seen in such files:
//!
//! - the outline is the document's own: `1.` after `3.` must stay `1.`, `-` under `a)` is not nested, an indent of six
//!   spaces before `##` is no code block, `-----` under a line is a drawn rule and not a heading's underline;
//! - emphasis closes after a space (`**1. Mục đích: **Xác định`), runs over line breaks, opens and closes in one run of
//!   stars (`**Điều 1.**** **Ban hành`): `CommonMark`'s flanking rules leave all of these as literal stars;
//! - lines must come out as they stand, with their place in the text, and a `CommonMark` parser gives events of a tree.
//!
//! The steps: front matter and comments go; each line is told apart by its beginning (`blocks`); runs of text lines
//! are read together for emphasis, entities, escapes, links and formulas (`inline`, `stars`, `math`); pipe tables and
//! grid tables become rows (`table`, `broken`, `flat`, `grid`). Cells that a web copy has parted by lines of a bare `|` stay as lines, bars and all.

mod blocks;
mod broken;
mod entity;
mod flat;
mod grid;
mod inline;
mod math;
mod stars;
mod table;
mod tags;

pub(crate) use entity::reference;

use std::borrow::Cow;

use nhiemvu_model::{Format, Source};

use crate::builder::Builder;
use crate::{IngestError, Limits};

/// Reads clean text as Markdown.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Source, IngestError> {
    let text = without_comments(text);
    let mut builder = Builder::new(limits);
    blocks::read(&text, &mut builder);
    builder.finish(Format::Markdown)
}

/// Whether the text holds marks that only Markdown has: a pair of `**`, a heading's `##`, the second line of a pipe table,
/// front matter, a formula.
pub(crate) fn is_markdown(text: &str) -> bool {
    let mut lines = text.lines();
    if text.starts_with("---\n") && lines.clone().skip(1).take(40).any(|line| line.trim_end() == "---") {
        return true;
    }
    if grid::is_in(text) {
        return true;
    }
    // most plain texts hold none of the signs that make the marks below
    if !["**", "#", "|", "$"].iter().any(|sign| text.contains(sign)) {
        return false;
    }
    if holds_rows(text) {
        return true;
    }
    // a page of an old decree may show `**` as a note's mark: a pair on one line, or one at either end of a line, is emphasis
    lines.any(|line| {
        has_strong(line)
            || blocks::heading(line).is_some_and(|(level, words)| level > 1 && !words.is_empty())
            || table::is_delimiter(line)
            || math::is_formula(line)
    })
}

/// Whether a file that is named as Markdown may be read as such: some weaker mark that plain text could hold as well.
pub(crate) fn may_be_markdown(text: &str) -> bool {
    text.lines().any(|line| {
        let start = line.trim_start();
        start.starts_with("* ")
            || start.starts_with("# ")
            || line.contains("<br")
            || line.contains("](")
            || line.contains("\\*")
            || line.matches('*').count() >= 2
    })
}

/// Whether a table between bars begins anywhere that needs no rule below its head: three rows of as many cells, rows that come
/// to as many bars over several lines, or rows that all stand in one.
fn holds_rows(text: &str) -> bool {
    const FEWEST: usize = 3;
    if !text.contains('|') {
        return false;
    }
    let lines: Vec<(u32, &str)> = text.lines().map(|line| (0, line)).collect();
    let framed = |at: usize| lines.get(at).is_some_and(|(_, line)| line.trim_start().starts_with('|'));
    (0..lines.len()).filter(|at| framed(*at) && (*at == 0 || !framed(at - 1))).any(|at| {
        lines.get(at).is_some_and(|(_, line)| flat::rows(line).is_some())
            || table::equal_rows_at(&lines, at) >= FEWEST
            || broken::rows_at(&lines, at).is_some_and(|(rows, _)| rows.len() >= FEWEST)
    })
}

fn has_strong(line: &str) -> bool {
    let Some(first) = line.find("**") else { return false };
    let rest = line.get(first + 2..).unwrap_or_default();
    let opens = |words: &str| words.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '“' | '"' | '*'));
    opens(rest) && (rest.contains("**") || first == line.len() - line.trim_start().len())
}

/// The text without `<!-- comments -->`; one that marks a page break becomes a form feed.
fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains("<!--") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        let Some((comment, after)) = after.split_once("-->") else {
            // never closed: a stray mark, not a comment that swallows the document
            out.push_str("<!--");
            rest = after;
            continue;
        };
        let words = comment.trim().to_ascii_lowercase();
        if matches!(words.as_str(), "pagebreak" | "page break" | "page-break" | "newpage") || words.starts_with("page ")
        {
            out.push('\u{C}');
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
