//! The body that issues a document (cơ quan ban hành), out of the lines of the left column.

use std::sync::LazyLock;

use nhiemvu_model::{Mended, Source, Span};
use nhiemvu_text::fold_key;

use crate::layout::lines::LineView;

/// Whether the line names an office or body that decides.
pub(super) fn is_issuer_line(text: &str) -> bool {
    let key = fold_key(text);
    DECIDING.iter().any(|head| key.starts_with(head.as_str()))
}

/// The words with which an office or body that decides begins (`data/deciding_offices.tsv`), folded.
static DECIDING: LazyLock<Vec<String>> =
    LazyLock::new(|| include_str!("../../../data/deciding_offices.tsv").lines().skip(1).map(fold_key).collect());

/// The words with which the name of an issuing body begins (`data/issuing_bodies.tsv`).
static HEADS: LazyLock<Vec<String>> = LazyLock::new(|| {
    include_str!("../../../data/issuing_bodies.tsv")
        .lines()
        .skip(1)
        .filter(|head| !head.is_empty())
        .map(fold_key)
        .collect()
});

/// Parts the lines of the left column into bodies: a line that begins with the head word of a body begins a new one,
/// unless it only gives the place of the one above.
pub(super) fn groups(source: &Source, lines: &[LineView], issuer: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for i in issuer {
        let before = groups.last().and_then(|g| g.last()).map(|l| lines[*l].text(source));
        match groups.last_mut() {
            Some(last) if !begins_body(lines[*i].text(source), before) => last.push(*i),
            _ => groups.push(vec![*i]),
        }
    }
    groups
}

/// The lower body of a left column whose lines stand beside the motto's (`ỦY BAN NHÂN DÂN`, `TỈNH KON TUM`).
pub(super) fn last_of_column(source: &Source, left: &[Span]) -> Option<Mended> {
    let mut name = Mended::default();
    let mut before = None;
    for span in left {
        let text = span.slice(&source.text);
        if before.is_some() && begins_body(text, before) {
            name = Mended::default();
        } else if before.is_some() {
            name.push_str(" ");
        }
        name.push(&source.text, *span);
        before = Some(text);
    }
    before.map(|_| name)
}

/// Whether the words begin as the names of bodies do.
pub(crate) fn begins_with_body(text: &str) -> bool {
    let key = fold_key(text);
    let whole =
        |head: &String| key.strip_prefix(head.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    HEADS.iter().any(whole)
}

/// Whether a line below `before` names a body of its own, and does not go on with the name above.
fn begins_body(text: &str, before: Option<&str>) -> bool {
    let head = begins_with_body(text);
    let continues = before.is_some_and(|before| {
        let before = fold_key(before);
        ["và", "của", "các", "-", ",", "ban chấp hành", "ban thường vụ"].iter().any(|w| before.ends_with(w))
            && !before.starts_with("ban chấp hành trung ương")
    });
    head && !continues
}
