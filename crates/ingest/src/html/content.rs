//! Finds the document in a page.
//!
//! A legal portal wraps a document in menus, dialogues, related links and notices that may be longer than the document.
//! What marks the document is its own form (Nghị định 30/2020/NĐ-CP, Phụ lục I): it begins with the national or the
//! party's motto in capitals and ends with "Nơi nhận". The smallest element that holds both holds the document. A page
//! without them is searched for the element with most of the text that is no link.

use super::css::Sheet;
use super::tree::{Content, Id, Tree};

/// A branch is followed while it holds this share of the text, in per cent.
const MOST: usize = 70;

/// Whether the element is no part of a document's text: scripts, controls, pictures, a page's navigation.
pub(crate) fn is_chrome(name: &str) -> bool {
    matches!(
        name,
        "nav"
            | "footer"
            | "aside"
            | "noscript"
            | "template"
            | "button"
            | "select"
            | "datalist"
            | "input"
            | "object"
            | "svg"
            | "canvas"
            | "audio"
            | "video"
            | "dialog"
            | "map"
            | "math"
    )
}

/// The element that holds the document.
pub(crate) fn root(tree: &Tree, sheet: &Sheet) -> Id {
    let sizes = sizes(tree, sheet);
    match anchors(tree, &sizes) {
        Some((first, last)) => out_of_table(tree, common(tree, first, last)),
        None if has_chrome(tree) => largest(tree, &sizes),
        None => 0,
    }
}

/// Letters of text that is shown and no link, for each node with all that it holds.
fn sizes(tree: &Tree, sheet: &Sheet) -> Vec<usize> {
    let count = tree.nodes.len();
    // whether a node is outside the text: chrome, hidden, in a link; parents come before their children
    let mut outside = vec![false; count];
    for (id, node) in tree.nodes.iter().enumerate() {
        let own = match &node.content {
            Content::Text(_) => false,
            Content::Element { .. } => {
                let name = node.name();
                is_chrome(name) || name == "a" || sheet.properties(node).hidden
            }
        };
        let above = id > 0 && outside.get(node.parent).copied().unwrap_or(false);
        if let Some(slot) = outside.get_mut(id) {
            *slot = own || above;
        }
    }
    let mut sizes = vec![0_usize; count];
    for (id, node) in tree.nodes.iter().enumerate().rev() {
        if let (Content::Text(text), Some(false)) = (&node.content, outside.get(id)) {
            sizes[id] = text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
        }
        if id > 0 {
            let size = sizes[id];
            if let Some(parent) = sizes.get_mut(node.parent) {
                *parent += size;
            }
        }
    }
    sizes
}

/// The text nodes with the motto and with "Nơi nhận": the first of the latter, and the last motto before it.
fn anchors(tree: &Tree, sizes: &[usize]) -> Option<(Id, Id)> {
    let mut motto = None;
    for (id, node) in tree.nodes.iter().enumerate() {
        let Content::Text(text) = &node.content else { continue };
        if sizes.get(id).is_none_or(|size| *size < 8) {
            continue;
        }
        let words = text.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
        if ["CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN"].iter().any(|m| words.contains(m))
        {
            motto = Some(id);
        }
        let is_end = words.starts_with("Nơi nhận") || words.starts_with("NƠI NHẬN");
        if let (true, Some(motto)) = (is_end, motto) {
            return Some((motto, id));
        }
    }
    None
}

/// The lowest element that holds both nodes.
fn common(tree: &Tree, first: Id, last: Id) -> Id {
    let (mut a, mut b) = (first, last);
    // a parent's number is smaller than its children's
    while a != b {
        if a > b {
            a = tree.node(a).parent;
        } else {
            b = tree.node(b).parent;
        }
    }
    a
}

/// The element that a table stands in, for a part of one: appendices follow after the table.
fn out_of_table(tree: &Tree, id: Id) -> Id {
    let mut at = id;
    while at > 0 && matches!(tree.node(at).name(), "table" | "tbody" | "thead" | "tr" | "p") {
        at = tree.node(at).parent;
    }
    at
}

fn has_chrome(tree: &Tree) -> bool {
    tree.nodes.iter().any(|node| matches!(node.name(), "nav" | "footer" | "header" | "form" | "button" | "input"))
}

/// Follows the branch with most of the text, down to where it forks.
fn largest(tree: &Tree, sizes: &[usize]) -> Id {
    let mut at = 0;
    loop {
        let size = sizes.get(at).copied().unwrap_or(0);
        let children = tree.node(at).children().iter().copied();
        let Some(next) = children.max_by_key(|child| (sizes.get(*child), std::cmp::Reverse(*child))) else { return at };
        let enough = sizes.get(next).is_some_and(|next| next * 100 >= size * MOST);
        let wrapper =
            matches!(tree.node(next).name(), "div" | "main" | "section" | "article" | "form" | "center" | "span");
        if !enough || !wrapper {
            return at;
        }
        at = next;
    }
}
