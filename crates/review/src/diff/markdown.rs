//! A report for a pull request.

use std::fmt::Write as _;

use super::difference::{Change, Difference};
use super::files::{DiffReport, field_name};
use super::show::value;
use super::text::{change_word, label, named, sides, summary, totals, turns};
use crate::Lang;
use crate::words::word;

impl DiffReport {
    /// The report as Markdown: a heading and a table for each document with differences.
    pub fn to_markdown(&self, lang: Lang) -> String {
        let mut out = self.stamp(lang).map_or_else(String::new, |stamp| format!("**{stamp}**\n\n"));
        for document in self.documents.iter().filter(|d| !d.diff.differences.is_empty()) {
            let name = named(document, &escaped(&document.name), lang);
            let _ = writeln!(out, "### {name}\n\n{}\n", summary(&document.diff, lang));
            let heads = ["diff.where", "diff.field", "diff.expected", "diff.actual"].map(|key| word(lang, key));
            let _ = writeln!(out, "| {} |\n|---|---|---|---|", heads.join(" | "));
            document.diff.differences.iter().for_each(|d| rows(&mut out, d, lang));
            out.push('\n');
        }
        let _ = writeln!(out, "**{}**", totals(&self.total, lang));
        out
    }
}

fn rows(out: &mut String, difference: &Difference, lang: Lang) {
    let labels =
        |places: &[super::Place]| places.iter().map(label).map(|l| escaped(&l)).collect::<Vec<_>>().join("<br>");
    if difference.change != Change::Changed {
        let (change, _, _) = change_word(difference.change, lang);
        let (want, got) = (labels(&difference.expected), labels(&difference.actual));
        let _ = writeln!(out, "| {} | **{change}** | {want} | {got} |", difference.part.as_str());
        return;
    }
    let at = difference.expected.first().map_or_else(|| word(lang, "diff.document").to_owned(), |p| escaped(&label(p)));
    for leaf in &difference.leaves {
        let (want, got) = sides(leaf.expected.as_ref().map(value), leaf.actual.as_ref().map(value));
        let cell = |side: Option<String>| side.map(|s| escaped(&s)).unwrap_or_default();
        let path = if leaf.path.is_empty() { String::new() } else { format!(" {}", leaf.path) };
        let _ = writeln!(out, "| {at} | `{}{path}` | {} | {} |", field_name(difference), cell(want), cell(got));
    }
}

/// Words of a document as plain words in a Markdown table.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            c if c.is_control() || turns(c) => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '@' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
