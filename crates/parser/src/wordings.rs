//! The words that this crate knows a document's parts by.

use nhiemvu_text::{Wording, cells};

/// Labels of fields, names of document types, heads of issuing bodies.
pub fn wordings() -> impl Iterator<Item = Wording<'static>> {
    let labels = cells(include_str!("../data/field_labels.tsv"), 0).map(Wording::Label);
    let types = cells(include_str!("../data/doctypes.tsv"), 0).map(Wording::First);
    let issuers = cells(include_str!("../data/issuing_bodies.tsv"), 0).map(Wording::First);
    let record = cells(include_str!("../data/header_labels.tsv"), 0).map(Wording::Label);
    labels.chain(types).chain(issuers).chain(record)
}
