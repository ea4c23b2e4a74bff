//! A report for a terminal.

use std::fmt::Write as _;

use nhiemvu_exporter::secrecy_stamp;

use super::difference::{Change, Difference, DocumentDiff, Place};
use super::files::{DiffReport, NamedDiff, Totals, field_name};
use super::show::{value, where_they_differ};
use crate::Lang;
use crate::words::{fill, word};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Language of its words.
    pub lang: Lang,
    /// Whether to colour it (ANSI).
    pub color: bool,
}

const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const YELLOW: &str = "\u{1b}[33m";
const BOLD: &str = "\u{1b}[1m";

impl Style {
    fn paint(self, color: &str, words: &str) -> String {
        if self.color { format!("{color}{words}\u{1b}[0m") } else { words.to_owned() }
    }
}

impl DiffReport {
    /// The report for reading in a terminal: expected values after `-`, actual ones after `+`. Documents without
    /// differences are only counted. Control characters of the data are shown and not sent.
    pub fn to_text(&self, style: Style) -> String {
        let stamp = self.stamp(style.lang);
        let mut out = stamp.map_or_else(String::new, |stamp| format!("{}\n\n", style.paint(RED, &stamp)));
        for document in self.documents.iter().filter(|d| !d.diff.differences.is_empty()) {
            write_document(&mut out, document, style);
        }
        let total = &self.total;
        if self.documents.len() != 1 || self.is_empty() {
            let line = totals(total, style.lang);
            let _ = writeln!(out, "{}", style.paint(BOLD, &line));
        }
        if !total.fields.is_empty() {
            let list = total.fields.iter().map(|(field, n)| format!("{field} {n}")).collect::<Vec<_>>().join(", ");
            let _ = writeln!(out, "{}", fill(style.lang, "diff.by-field", &[("list", &list)]));
        }
        out
    }
}

/// `12 documents, 2 changed: 3 differences; 40 of 43 tasks the same`.
pub(super) fn totals(total: &Totals, lang: Lang) -> String {
    fill(
        lang,
        "diff.total",
        &[
            ("files", &total.documents.to_string()),
            ("changed", &total.changed_documents.to_string()),
            ("n", &total.differences.to_string()),
            ("same", &total.same_tasks.to_string()),
            ("expected", &total.expected_tasks.to_string()),
        ],
    )
}

/// `3 differences, 4 of 6 tasks the same`.
pub(super) fn summary(diff: &DocumentDiff, lang: Lang) -> String {
    let mut line = match diff.differences.len() {
        0 => word(lang, "diff.same").to_owned(),
        1 => word(lang, "diff.one").to_owned(),
        n => fill(lang, "diff.differences", &[("n", &n.to_string())]),
    };
    if let Some(expected) = diff.expected_tasks {
        let values = [("same", &*diff.same_tasks.to_string()), ("expected", &*expected.to_string())];
        let _ = write!(line, "; {}", fill(lang, "diff.tasks", &values));
    }
    line
}

/// The name of a document, behind its degree of secrecy.
pub(super) fn named(document: &NamedDiff, name: &str, lang: Lang) -> String {
    let degree = document.diff.secrecy.as_ref().map(|code| format!("[{}] ", secrecy_stamp(code, lang)));
    degree.unwrap_or_default() + name
}

fn write_document(out: &mut String, document: &NamedDiff, style: Style) {
    let name = style.paint(BOLD, &named(document, &printable(&document.name), style.lang));
    let _ = writeln!(out, "{name}: {}", summary(&document.diff, style.lang));
    if document.diff.spans_left_out {
        let _ = writeln!(out, "  ({})", word(style.lang, "diff.spans"));
    }
    let mut last: Option<&[Place]> = None;
    for difference in &document.diff.differences {
        write_difference(out, difference, last, style);
        last = (difference.change == Change::Changed).then_some(&difference.expected[..]);
    }
    out.push('\n');
}

fn write_difference(out: &mut String, difference: &Difference, last: Option<&[Place]>, style: Style) {
    if difference.change != Change::Changed {
        write_whole(out, difference, style);
        return;
    }
    if last != Some(&difference.expected[..])
        && let Some(place) = difference.expected.first()
    {
        let _ = writeln!(out, "  {}", label(place));
    }
    let indent = if difference.expected.is_empty() { "  " } else { "    " };
    let _ = writeln!(out, "{indent}{}", style.paint(YELLOW, &field_name(difference)));
    for leaf in &difference.leaves {
        let (want, got) = sides(leaf.expected.as_ref().map(value), leaf.actual.as_ref().map(value));
        let path = if leaf.path.is_empty() { String::new() } else { format!("{}: ", leaf.path) };
        for (sign, color, side) in [('-', RED, want), ('+', GREEN, got)] {
            if let Some(words) = side {
                let line = format!("{sign} {path}{}", printable(&words));
                let _ = writeln!(out, "{indent}  {}", style.paint(color, &line));
            }
        }
    }
}

/// Both sides in words, long ones cut to where they differ.
pub(super) fn sides(want: Option<String>, got: Option<String>) -> (Option<String>, Option<String>) {
    match (want, got) {
        (Some(want), Some(got)) => {
            let (want, got) = where_they_differ(&want, &got);
            (Some(want), Some(got))
        }
        other => other,
    }
}

fn write_whole(out: &mut String, difference: &Difference, style: Style) {
    let (word, sign, color) = change_word(difference.change, style.lang);
    let part = difference.part.as_str();
    let _ = writeln!(out, "  {}", style.paint(color, &format!("{sign} {part}: {word}")));
    for place in &difference.expected {
        let _ = writeln!(out, "    {}", style.paint(RED, &format!("- {}", label(place))));
    }
    for place in &difference.actual {
        let _ = writeln!(out, "    {}", style.paint(GREEN, &format!("+ {}", label(place))));
    }
}

/// A change in words, with its sign and colour.
pub(super) fn change_word(change: Change, lang: Lang) -> (&'static str, char, &'static str) {
    match change {
        Change::Changed => (word(lang, "diff.changed"), '~', YELLOW),
        Change::Missing => (word(lang, "diff.missing"), '-', RED),
        Change::Extra => (word(lang, "diff.extra"), '+', GREEN),
        Change::Split => (word(lang, "diff.split"), '<', YELLOW),
        Change::Merged => (word(lang, "diff.merged"), '>', YELLOW),
        Change::Moved => (word(lang, "diff.moved"), '~', YELLOW),
    }
}

/// `II.1.a «Lập dự toán»`.
pub(super) fn label(place: &Place) -> String {
    let ordinal = place.ordinal.as_deref().map(|o| format!("{o} ")).unwrap_or_default();
    printable(&format!("{ordinal}«{}»", place.title))
}

/// Whether a character turns the direction of writing, or ends a line as few programs know: what stands behind it would be seen
/// elsewhere.
pub(super) fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Control characters as pictures: a document must not drive the terminal.
fn printable(words: &str) -> String {
    words
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or(' '),
            '\u{7f}'..='\u{9f}' => '\u{2421}',
            c if turns(c) => '\u{fffd}',
            _ => c,
        })
        .collect()
}
