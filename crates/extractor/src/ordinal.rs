//! Ordinals: the markers on the way to an item, for people (`IV.1.1`, `VI.3.-2`, `PL1.7`).

use nhiemvu_model::{Document, NodeId, NodeKind};

/// The ordinal of a block under one with the ordinal `above`.
pub(crate) fn of(document: &Document, id: NodeId, above: &str) -> String {
    let node = document.node(id);
    let own = own(document, id);
    if own.is_empty() {
        return above.to_owned();
    }
    // `1.1.` under `1.` repeats it
    let parent = node.parent.map(|p| bare(&document.node(p).marker).to_owned()).unwrap_or_default();
    let short =
        own.strip_prefix(&format!("{parent}.")).filter(|_| !parent.is_empty() && own.contains('.')).unwrap_or(&own);
    if above.is_empty() { short.to_owned() } else { format!("{above}.{short}") }
}

/// The marker of a block alone; of a bullet its sign and its place among its like.
fn own(document: &Document, id: NodeId) -> String {
    let node = document.node(id);
    let marker = bare(&node.marker);
    if !marker.is_empty() && marker.chars().any(char::is_alphanumeric) {
        return marker.to_owned();
    }
    let Some(sign) = node.marker.chars().next().map(canonical) else { return String::new() };
    let siblings = node.parent.map(|p| &document.node(p).children);
    let place = siblings.map_or(1, |s| {
        s.iter()
            .take_while(|other| **other != id)
            .filter(|other| document.node(**other).marker.chars().next().map(canonical) == Some(sign))
            .count()
            + 1
    });
    format!("{sign}{place}")
}

/// The sign that stands for all bullets of its level.
fn canonical(sign: char) -> char {
    match sign {
        '+' => '+',
        '*' | '•' | '●' | '○' | '▪' | '■' => '*',
        _ => '-',
    }
}

fn bare(marker: &str) -> &str {
    marker.trim_matches(|c: char| matches!(c, '.' | ')' | '(' | '/' | ':' | ' ') || (c == '-' && marker.len() > 1))
}

/// `PL1`, `PL2` for the document's appendices in order; `KT` (kèm theo) for other appended documents.
pub(crate) fn of_appendix(document: &Document, id: NodeId) -> String {
    let all: Vec<NodeId> = document
        .node(NodeId(0))
        .children
        .iter()
        .copied()
        .filter(|c| document.node(*c).kind == NodeKind::Appendix)
        .collect();
    let is_annex = |n: &NodeId| nhiemvu_text::fold_key(document.node(*n).text.text()).starts_with("phụ lục");
    let annex = is_annex(&id);
    let place = all.iter().filter(|n| is_annex(n) == annex).position(|n| *n == id).unwrap_or(0) + 1;
    if annex {
        format!("PL{place}")
    } else if place == 1 {
        "KT".to_owned()
    } else {
        format!("KT{place}")
    }
}
