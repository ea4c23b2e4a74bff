//! The words that tasks are known by.

use nhiemvu_text::{Wording, cells};

/// Cues, verbs, headings of sections, products.
pub fn wordings() -> impl Iterator<Item = Wording<'static>> {
    let first =
        [include_str!("../data/cues.tsv"), include_str!("../data/verbs.tsv"), include_str!("../data/sections.tsv")];
    let inside = [include_str!("../data/names.tsv"), include_str!("../data/products.tsv")];
    let first = first.into_iter().flat_map(|table| cells(table, 0)).map(Wording::First);
    first.chain(inside.into_iter().flat_map(|table| cells(table, 1)).map(Wording::Inside))
}
