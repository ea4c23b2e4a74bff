//! What the page's script gets to know of a document.

use nhiemvu_exporter::secrecy_stamp;
use serde_json::{Value, json};

use super::PageDocument;
use super::outline::Outline;
use super::pack::pack;
use crate::Lang;
use crate::diff::{Difference, Leaf, Place, show};

/// The record, its blocks and pages, and its differences in words.
pub(super) fn document(document: &PageDocument, lang: Lang) -> Value {
    let text = document.record.get("document").and_then(|d| d.get("text")).and_then(Value::as_str);
    let outline = match (&document.outline, text) {
        (Some(outline), _) => outline.clone(),
        (None, Some(text)) => Outline::of_record(&document.record, text),
        (None, None) => Outline::default(),
    };
    let file = document.name.rsplit('/').next().unwrap_or_default();
    let blocks: Vec<Value> = outline.blocks.iter().map(|b| json!([b.kind.class(), b.level, b.start, b.end])).collect();
    let diff: Vec<Value> = document.diff.iter().flat_map(|d| &d.differences).map(difference).collect();
    json!({
        "name": document.name,
        "stamp": document.secrecy().map(|code| secrecy_stamp(code, lang)),
        "file": format!("{file}.json"),
        "record": pack(&document.record),
        "blocks": blocks,
        "pages": outline.pages,
        "furniture": outline.furniture,
        "diff": diff,
    })
}

fn difference(d: &Difference) -> Value {
    let labels = |places: &[Place]| places.iter().map(label).collect::<Vec<_>>();
    json!({
        "part": d.part,
        "field": d.field,
        "change": d.change,
        "ids": d.actual.iter().filter_map(|p| p.id.as_deref()).collect::<Vec<_>>(),
        "expected": labels(&d.expected),
        "actual": labels(&d.actual),
        "leaves": d.leaves.iter().map(leaf).collect::<Vec<_>>(),
    })
}

fn label(place: &Place) -> String {
    format!("{} {}", place.ordinal.as_deref().unwrap_or_default(), place.title).trim_start().to_owned()
}

/// The way to a value and both sides; of two long texts the parts that differ. A side that lacks the value is left out.
fn leaf(leaf: &Leaf) -> Value {
    let (want, got) = match (&leaf.expected, &leaf.actual) {
        (Some(Value::String(want)), Some(Value::String(got))) => {
            let (want, got) = show::where_they_differ(want, got);
            (Some(want.into()), Some(got.into()))
        }
        other => (other.0.clone(), other.1.clone()),
    };
    json!({"path": leaf.path, "expected": want, "actual": got, "sides": [leaf.expected.is_some(), leaf.actual.is_some()]})
}
