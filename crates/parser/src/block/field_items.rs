//! Field blocks written as numbered items with lists below them:
//!
//! ```text
//! 1. Nội dung, biện pháp       a) Tổ chức …   b) Ban hành …
//! 2. Cơ quan chủ trì           - Bộ Quốc phòng.   - Các Bộ, ngành liên quan.
//! 3. Thời gian thực hiện: Tháng 12/2013.
//! ```
//!
//! What they say holds for each item of the content before them.

use nhiemvu_model::{Field, FieldRole, Mended, Node, NodeId, NodeKind, Span};

use super::fields;
use super::marker::{self, Class};

/// Longest item that may be one body or time of a field, in characters.
const LONGEST_VALUE: usize = 300;

/// An item of a list that shares a field block is no longer than this, in characters.
const LONGEST_SHARING: usize = 400;

/// Turns such items of the tree into fields of the items that they speak of.
pub(crate) fn settle(nodes: &mut Vec<Node>) {
    let mut taken = false;
    for at in 0..nodes.len() {
        let several = nodes[at].children.len() > 1;
        taken |= several && settle_below(nodes, at);
        if several {
            share_below(nodes, at);
        }
    }
    if taken {
        drop_taken(nodes);
    }
}

/// Drops the nodes that nothing holds any more; those that stay keep their order.
fn drop_taken(nodes: &mut Vec<Node>) {
    let mut held = vec![false; nodes.len()];
    let mut open = vec![NodeId(0)];
    while let Some(id) = open.pop() {
        if let Some(seen) = held.get_mut(id.0 as usize) {
            *seen = true;
        }
        open.extend(&node(nodes, id).children);
    }
    let mut number = 0;
    let numbers: Vec<NodeId> = held
        .iter()
        .map(|held| {
            let id = NodeId(number);
            number += u32::from(*held);
            id
        })
        .collect();
    let now = |id: NodeId| numbers.get(id.0 as usize).copied().unwrap_or(id);
    let mut kept = held.iter();
    nodes.retain(|_| kept.next().copied().unwrap_or(true));
    for node in nodes {
        node.parent = node.parent.map(now);
        node.children.iter_mut().for_each(|child| *child = now(*child));
    }
}

/// Whether fields were found below `parent`, and taken to the items that they speak of.
fn settle_below(nodes: &mut [Node], parent: usize) -> bool {
    let children = nodes[parent].children.clone();
    // they are the last of their kin
    if children.last().is_none_or(|last| labels(nodes, *last).is_none()) {
        return false;
    }
    let labelled: Vec<Option<Vec<Field>>> = children.iter().map(|id| labels(nodes, *id)).collect();
    let Some(first) = labelled.iter().position(Option::is_some).filter(|first| *first > 0) else { return false };
    let end = labelled[first..].iter().position(Option::is_none).map_or(children.len(), |n| first + n);
    let mut found: Vec<Field> = labelled[first..end].iter().flatten().flatten().cloned().collect();
    // lines that followed the items went to the heading before them
    found.extend(node(nodes, children[first - 1]).fields.iter().cloned());
    // an event has its time and place in such a block too; only who is to do something makes it one of tasks
    let who = found.iter().any(|field| matches!(field.role, FieldRole::Lead | FieldRole::Executing));
    let is_content = |id: &NodeId| fields::label_role(node(nodes, *id).text.text()) == Some(FieldRole::Content);
    let Some(content) = children[..first].iter().rposition(is_content) else { return false };
    let targets = node(nodes, children[content]).children.clone();
    if !who || targets.is_empty() || end != children.len() || content + 1 != first {
        return false;
    }
    for target in targets {
        if let Some(node) = nodes.get_mut(target.0 as usize).filter(|node| node.fields.is_empty()) {
            node.fields.clone_from(&found);
        }
    }
    if let Some(content) = nodes.get_mut(children[content].0 as usize) {
        content.fields.clear();
    }
    nodes[parent].children.truncate(first);
    true
}

/// `3.1. …`, `3.2. …`, `3.3. …` and a block of field lines that says who behind the last: the block speaks of each, where no item
/// before the last has one.
fn share_below(nodes: &mut [Node], parent: usize) {
    let children = nodes[parent].children.clone();
    let Some((last, before)) = children.split_last() else { return };
    let found = lines_behind(node(nodes, *last));
    let Some(class) = list_class(node(nodes, *last)) else { return };
    let who = found.iter().any(|field| matches!(field.role, FieldRole::Lead | FieldRole::Executing));
    // one line, or one behind a field in the item's own words, is of that item
    if !who || found.len() < 2 || found.len() < node(nodes, *last).fields.len() {
        return;
    }
    let run: Vec<NodeId> =
        before.iter().rev().copied().take_while(|id| list_class(node(nodes, *id)) == Some(class)).collect();
    let plain = |id: &NodeId| {
        let item = node(nodes, *id);
        item.fields.is_empty() && item.text.text().chars().count() <= LONGEST_SHARING
    };
    let others = before.iter().any(|id| node(nodes, *id).fields.iter().any(|field| fields::is_main(field.role)));
    if others || !run.iter().all(plain) {
        return;
    }
    for id in run {
        if let Some(item) = nodes.get_mut(id.0 as usize) {
            item.fields.clone_from(&found);
        }
    }
}

/// The field lines behind an item, not those that run on in its own words.
fn lines_behind(item: &Node) -> Vec<Field> {
    item.fields.iter().filter(|field| field.span.start >= item.span.end).cloned().collect()
}

/// The kind of marker of an item without anything below it, in a list that may share its fields: `a)`, `(1)`, `3.1.`
fn list_class(item: &Node) -> Option<Class> {
    let class = marker::read(&format!("{} x", item.marker))?.class;
    let listed = matches!(class, Class::Letter | Class::Parenthesis | Class::Decimal(2..));
    (listed && item.kind == NodeKind::Item && item.children.is_empty()).then_some(class)
}

fn node(nodes: &[Node], id: NodeId) -> &Node {
    &nodes[(id.0 as usize).min(nodes.len() - 1)]
}

/// The fields that a numbered item is: `3. Thời gian: …`, a label over a list of values, or a label over such items.
fn labels(nodes: &[Node], id: NodeId) -> Option<Vec<Field>> {
    let item = node(nodes, id);
    // `2.`, `a)`; `II. TỔ CHỨC THỰC HIỆN` is a section
    let low = item.marker.starts_with(|c: char| c.is_ascii_digit() || c.is_lowercase());
    if !matches!(item.kind, NodeKind::Item | NodeKind::Heading) || !low || fields::is_prose_label(item.text.text()) {
        return None;
    }
    if item.children.is_empty() {
        let field = fields::read(&item.text)?;
        return (fields::is_main(field.role) && !field.value.is_empty()).then(|| vec![field]);
    }
    let below: Option<Vec<Vec<Field>>> = item.children.iter().map(|child| labels(nodes, *child)).collect();
    if let Some(below) = below {
        return Some(below.concat());
    }
    let role = fields::label_role(item.text.text()).filter(|role| fields::is_main(*role))?;
    let mut value = Mended::default();
    for child in &item.children {
        let part = node(nodes, *child);
        let words = part.text.text();
        if !part.children.is_empty() || words.chars().count() > LONGEST_VALUE {
            return None;
        }
        if !value.is_empty() {
            value.push_str("; ");
        }
        value.append(&part.text.slice(0, words.trim_end_matches(['.', ';', ' ']).len()));
    }
    let end = value.whole().end.max(item.span.end);
    Some(vec![Field { role, label: item.text.clone(), value, span: Span::new(item.span.start, end) }])
}
