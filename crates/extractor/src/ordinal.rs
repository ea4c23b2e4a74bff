//! Ordinals: the markers on the way to an item, for people (`IV.1.1`, `VI.3.-2`, `PL1.7`).

use nhiemvu_model::{Document, Node, NodeId, NodeKind};

/// Where each block stands among its siblings, counted once: a list may be of a million items.
#[derive(Debug, Clone)]
pub(crate) struct Places(Vec<Place>);

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Its index among the children of its parent.
    index: usize,
    /// Its number among those of them whose bullets are of one sign.
    like: usize,
    /// Of an appended document: its number among the appendices, or among the others.
    appended: usize,
}

impl Places {
    /// Counts the blocks of `document`.
    pub fn of(document: &Document) -> Self {
        let mut places = vec![Place { like: 1, ..Place::default() }; document.nodes.len()];
        for node in &document.nodes {
            let (mut counts, mut annexes, mut others): ([usize; 3], _, _) = ([0; 3], 0, 0);
            for (index, child) in node.children.iter().enumerate() {
                let block = document.node(*child);
                let appended = match block.kind {
                    NodeKind::Appendix if is_annex(block) => next(&mut annexes),
                    NodeKind::Appendix => next(&mut others),
                    _ => 0,
                };
                let sign = block.marker.chars().next().map(canonical);
                let count = sign.and_then(|sign| counts.get_mut("+*-".find(sign)?));
                let like = count.map_or(1, next);
                if let Some(place) = places.get_mut(child.0 as usize) {
                    *place = Place { index, like, appended };
                }
            }
        }
        Self(places)
    }

    fn get(&self, id: NodeId) -> Place {
        self.0.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The block that stands before `id` under the same parent.
    pub fn before(&self, document: &Document, id: NodeId) -> Option<NodeId> {
        let siblings = &document.node(document.node(id).parent?).children;
        siblings.get(self.get(id).index.checked_sub(1)?).copied()
    }

    /// The block that stands behind `id` under the same parent.
    pub fn next(&self, document: &Document, id: NodeId) -> Option<NodeId> {
        document.node(document.node(id).parent.unwrap_or(NodeId(0))).children.get(self.get(id).index + 1).copied()
    }
}

fn next(count: &mut usize) -> usize {
    *count += 1;
    *count
}

/// The ordinal of a block under one with the ordinal `above`.
pub(crate) fn of(document: &Document, places: &Places, id: NodeId, above: &str) -> String {
    let node = document.node(id);
    let own = own(document, places, id);
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
fn own(document: &Document, places: &Places, id: NodeId) -> String {
    let node = document.node(id);
    let marker = bare(&node.marker);
    if !marker.is_empty() && marker.chars().any(char::is_alphanumeric) {
        return marker.to_owned();
    }
    let Some(sign) = node.marker.chars().next().map(canonical) else { return String::new() };
    format!("{sign}{}", places.get(id).like)
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
pub(crate) fn of_appendix(document: &Document, places: &Places, id: NodeId) -> String {
    match (is_annex(document.node(id)), places.get(id).appended.max(1)) {
        (true, place) => format!("PL{place}"),
        (false, 1) => "KT".to_owned(),
        (false, place) => format!("KT{place}"),
    }
}

fn is_annex(node: &Node) -> bool {
    crate::judge::head(node.text.text(), 20).starts_with("phụ lục")
}
