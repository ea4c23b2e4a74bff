//! Field lines (`Đơn vị chủ trì: …`): which they are, and which blocks they speak of.

use nhiemvu_model::{Field, FieldRole, Mended, NodeId, NodeKind};

use super::words::own_marker;
use super::{Builder, Open, SHORT_ITEM};
use crate::block::fields;
use crate::block::marker::{Class, Marker};
use crate::layout::reflow::Paragraph;

impl Builder {
    /// Fields that run on behind a field or an item on the same line.
    pub(super) fn inner_fields(&mut self, words: &Mended, cuts: &[usize], marker: Option<Marker>, indent: usize) {
        // behind an unmarked field line the next fields go where it went
        let first = cuts.first().and_then(|cut| fields::read(&words.slice(0, *cut)));
        let of_list = marker.is_none() && first.is_some_and(|f| fields::is_main(f.role));
        for (n, start) in cuts.iter().enumerate() {
            let end = cuts.get(n + 1).copied().unwrap_or(words.text().len());
            if let Some(field) = fields::read(&words.slice(*start, end)) {
                match marker {
                    Some(_) => self.attach(marker, indent, &field),
                    None if of_list => self.attach(None, indent, &field),
                    None => {
                        if let Some(last) = self.nodes.last_mut() {
                            last.fields.push(field);
                        }
                    }
                }
            }
        }
    }

    /// The paragraph as a field line, where it is one here.
    pub(super) fn as_field(
        &self,
        marker: Option<Marker>,
        words: &Mended,
        paragraphs: &[Paragraph],
        at: usize,
    ) -> Option<Field> {
        let mut field = fields::read(words)?;
        let numbered = marker.is_some_and(|m| !m.class.is_bullet());
        let empty = field.value.text().trim().is_empty();
        match field.role {
            FieldRole::Content => {
                // the task itself, where it comes first; told in more words, where the heading has named it
                let told = self.block_has_fields(marker, paragraphs[at].indent)
                    || near_fields(paragraphs, at) && self.heading_names_task(marker, paragraphs[at].indent);
                if told && !numbered {
                    field.role = FieldRole::Other;
                } else {
                    return None;
                }
            }
            FieldRole::Number | FieldRole::Target | FieldRole::Unit => return None,
            FieldRole::Other | FieldRole::Status if numbered || !near_fields(paragraphs, at) => return None,
            _ => {}
        }
        let heading = marker.is_some_and(|m| {
            matches!(
                m.class,
                Class::Roman | Class::Capital | Class::Part | Class::Chapter | Class::Section | Class::Article
            )
        });
        if heading || paragraphs[at].heading.is_some() {
            return None;
        }
        if empty && !fields::is_main(field.role) {
            return None;
        }
        // `3. Tiến độ:` with items of its own is a heading
        if marker.is_some_and(|m| matches!(m.class, Class::Decimal(1))) && (empty || !near_fields(paragraphs, at)) {
            return None;
        }
        Some(field)
    }

    /// Whether the block above names a task in its title (`1. Khảo sát hiện trạng`), so that `- Nội dung: …` tells of it.
    fn heading_names_task(&self, marker: Option<Marker>, indent: usize) -> bool {
        let targets = self.targets(marker, indent);
        let [only] = targets.as_slice() else { return false };
        let node = self.node(*only);
        let text = node.text.text();
        // `Nhiệm vụ 1` counts, and names nothing
        const FEWEST_WORDS: usize = 4;
        let named = text.split_whitespace().filter(|w| w.starts_with(char::is_alphabetic)).count() >= FEWEST_WORDS;
        node.children.is_empty() && !node.marker.is_empty() && !text.ends_with(':') && named
    }

    /// Whether the block that a field with this marker would go to has field lines already.
    fn block_has_fields(&self, marker: Option<Marker>, indent: usize) -> bool {
        self.targets(marker, indent).iter().any(|id| !self.node(*id).fields.is_empty())
    }

    /// The nodes that a field line goes to: the siblings since the last field block, or the block above them.
    fn targets(&self, marker: Option<Marker>, indent: usize) -> Vec<NodeId> {
        let parent = if let Some(marker) = marker {
            let parent = self.parent_for(marker, indent);
            let last = self.stack.last().filter(|last| marker.class.is_bullet() && last.node == parent);
            if let Some(list) = last.map(|last| self.list_of(last)).filter(|list| list.len() > 1) {
                return list;
            }
            parent
        } else {
            let Some(last) = self.stack.last() else { return vec![NodeId(0)] };
            if !last.class.is_some_and(Class::is_bullet) {
                return self.list_of(last);
            }
            self.node(last.node).parent.unwrap_or(NodeId(0))
        };
        let children = &self.node(parent).children;
        let last_block = children.last().is_some_and(|id| !self.node(*id).fields.is_empty());
        let open: Vec<NodeId> = children
            .iter()
            .rev()
            .take_while(|id| {
                let node = self.node(**id);
                let goes = matches!(node.kind, NodeKind::Item | NodeKind::Paragraph)
                    && (!node.marker.is_empty() || marker.is_some());
                goes && (node.fields.is_empty() || last_block && Some(*id) == children.last().as_ref().copied())
            })
            .copied()
            .collect();
        if last_block {
            // the block goes on: the same nodes as the line before
            let first = self.node(*children.last().unwrap_or(&parent)).fields.first().map(|f| f.span);
            return children
                .iter()
                .copied()
                .filter(|id| self.node(*id).fields.first().map(|f| f.span) == first)
                .collect();
        }
        if !self.node(parent).fields.is_empty() || open.is_empty() {
            return vec![parent];
        }
        open
    }

    /// The nodes that a field block behind the item `last` speaks of: behind `a)`, `b)`, `c)` of which none has
    /// fields of its own, all of them; else the item alone.
    fn list_of(&self, last: &Open) -> Vec<NodeId> {
        let alone = vec![last.node];
        if !matches!(last.class, Some(Class::Letter | Class::Parenthesis)) {
            return alone;
        }
        let Some(parent) = self.node(last.node).parent else { return alone };
        let children = &self.node(parent).children;
        let own = self.node(last.node).fields.first().map(|f| f.span);
        let plain = children.iter().all(|id| {
            let node = self.node(*id);
            node.kind == NodeKind::Item
                && node.children.is_empty()
                && node.fields.first().map(|f| f.span) == own
                && node.text.text().chars().count() < SHORT_ITEM
        });
        if plain && children.len() > 1 { children.clone() } else { alone }
    }

    pub(super) fn attach(&mut self, marker: Option<Marker>, indent: usize, field: &Field) {
        if field.value.text().trim().is_empty() {
            // `b) Cơ quan thực hiện:` over `- Đơn vị chủ trì: …`
            return;
        }
        for target in self.targets(marker, indent) {
            self.node_mut(target).fields.push(field.clone());
        }
    }
}

/// Whether another field line stands next to paragraph `at`, or its parent has fields already.
fn near_fields(paragraphs: &[Paragraph], at: usize) -> bool {
    let is_field = |n: usize| {
        paragraphs.get(n).is_some_and(|p| fields::read(&own_marker(p).1).is_some_and(|f| fields::is_main(f.role)))
    };
    const REACH: usize = 3;
    let any = |n: usize| paragraphs.get(n).is_some_and(|p| fields::read(&own_marker(p).1).is_some());
    // over further fields, whatever they ask for (`Thành phần`, `Địa điểm`)
    let behind = (at + 1..=at + REACH).take_while(|n| any(*n)).any(is_field);
    at.checked_sub(1).is_some_and(is_field) || behind || at.checked_sub(2).is_some_and(is_field)
}
