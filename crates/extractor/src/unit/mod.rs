//! From a block's words to tasks: splitting by the bodies ordered, roles, limits.

mod bracket;
mod roles;
mod split;
mod verdict;

use std::ops::Range;
use std::rc::Rc;

use nhiemvu_model::{Field, Kind, Mended, Node, NodeId, NodeKind, Rule, Via};
use nhiemvu_parser::temporal::Setting;

use crate::bodies::{agencies, same};
use crate::draft::Draft;
use crate::judge;
use crate::limits::Limits;
use crate::ordinal;
use crate::roles::Analysis;
use crate::scope::Scope;
use crate::status;
use crate::walk::{Walk, has_main_fields};
use split::{Part, action_start, split, topic_end};

impl<'a> Walk<'a> {
    /// Emits the tasks of a block's own words.
    pub fn emit(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>) {
        let ordinal = ordinal::of(self.document, &self.places, id, &scope.ordinal);
        self.emit_at(id, node, scope, &ordinal);
    }

    /// Emits the tasks of a block's own words under a given ordinal.
    pub fn emit_at(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) {
        self.emit_text(id, node, &node.text, scope, ordinal);
    }

    /// Emits a block with its whole list as one task.
    pub fn emit_whole(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) {
        let mut text = node.text.clone();
        let mut below = node.children.clone();
        while let Some(child) = below.first().copied() {
            below.remove(0);
            self.decide(child, Rule::PartOfTask);
            let child = self.document.node(child);
            if !child.text.is_empty() {
                text.push_str(" ");
                text.append(&child.text);
            }
            below.splice(0..0, child.children.iter().copied());
        }
        self.emit_text(id, node, &text, scope, ordinal);
    }

    /// Emits a sentence together with the unmarked paragraphs right below it that order nobody else; gives how many they
    /// were.
    pub fn emit_with_paragraphs(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) -> usize {
        let mut text = node.text.clone();
        let mut parts = Vec::new();
        for id in &node.children {
            let child = self.document.node(*id);
            let own = child.kind == NodeKind::Paragraph && child.children.is_empty();
            let words = child.text.text();
            if !own || words.trim_end().ends_with(':') || !self.known(child).subjects(0..words.len()).is_empty() {
                break;
            }
            text.push_str(" ");
            text.append(&child.text);
            parts.push(*id);
        }
        self.emit_text(id, node, &text, scope, ordinal);
        for part in &parts {
            self.decide(*part, Rule::PartOfTask);
        }
        parts.len()
    }

    fn emit_text(&mut self, id: NodeId, node: &'a Node, text: &Mended, scope: &Scope<'a>, ordinal: &str) {
        let words = text.text();
        let fields: Vec<&Field> = node
            .fields
            .iter()
            .chain(scope.fields.iter().copied().filter(|f| !node.fields.iter().any(|own| own.role == f.role)))
            .collect();
        let with_fields = has_main_fields(node) || !scope.fields.is_empty();
        if words.trim().is_empty() || judge::is_formula(words) {
            return self.decide(id, if words.trim().is_empty() { Rule::Empty } else { Rule::Formula });
        }
        let analysis =
            if std::ptr::eq(text, &raw const node.text) { self.known(node) } else { Rc::new(self.analyse(words)) };
        let parts = if with_fields {
            vec![Part { range: 0..words.len(), subjects: analysis.subjects(0..words.len()).to_vec() }]
        } else {
            split(&analysis, &scope.lead)
        };
        for mut part in parts {
            if part.subjects.is_empty() && !with_fields {
                part.subjects.extend(split::chaired(&analysis, &part.range));
            }
            if part.subjects.is_empty() && scope.lead.is_empty() && !with_fields {
                part.subjects = bracket::bracketed(&analysis, &part.range);
            }
            under_party(&mut part, words, scope);
            match self.verdict(&analysis, &part, scope, with_fields, node) {
                Ok((kind, rule)) => {
                    let draft = self.draft(node, text, &analysis, &part, &fields, scope, ordinal, kind);
                    self.take(id, None, rule, draft);
                }
                Err(rule) => self.decide_on(id, None, cut(text, &part.range).whole(), rule),
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn draft(
        &self,
        node: &'a Node,
        whole: &Mended,
        analysis: &Analysis<'_>,
        part: &Part,
        fields: &[&'a Field],
        scope: &Scope<'a>,
        ordinal: &str,
        kind: Kind,
    ) -> Draft {
        let text = cut(whole, &part.range);
        let source = &self.document.source;
        let topic = topic_end(analysis, part);
        let status = status::of_label(text.text());
        let mut draft = Draft {
            action: 0,
            run_in: if part.range.start == 0 && status.is_none() { node.run_in } else { 0 },
            section: scope.headings.clone(),
            ordinal: ordinal.to_owned(),
            kind,
            lead: Vec::new(),
            coordinating: Vec::new(),
            monitoring: Vec::new(),
            report_to: agencies(&analysis.report_to(topic..part.range.end), whole, Via::Text),
            deadlines: Vec::new(),
            products: Vec::new(),
            fields: Vec::new(),
            status,
            flags: Vec::new(),
            text,
        };
        self.lead(&mut draft, whole, analysis, part, scope);
        let action = cut(whole, &(topic..part.range.end));
        let times = self.times(action.text());
        let mut limits = Limits::of(&times, source, &action, Setting::Sentence, Via::Text, &self.reference);
        self.fields(&mut draft, fields, &mut limits);
        self.partners(&mut draft, whole, analysis, part, fields, scope);
        if !limits.binds() {
            limits.merge(scope.limits.clone());
        }
        limits.tidy();
        draft.deadlines = limits.deadlines;
        draft.flags = limits.flags;
        draft.action = action_start(analysis, part, &draft);
        draft.report_to.retain(|r| !draft.lead.iter().any(|l| same(l, r)));
        draft
    }
}

/// Under a heading of a party committee, `Lãnh đạo Ủy ban nhân dân làm …` says what the committee does, and names nobody's
/// office.
fn under_party(part: &mut Part, words: &str, scope: &Scope<'_>) {
    let head = judge::head(words.get(part.range.clone()).unwrap_or("").trim_start(), 9);
    if !head.starts_with("lãnh đạo") {
        return;
    }
    let party = scope.lead.iter().any(|a| {
        let name = nhiemvu_text::fold_key(&a.name);
        ["đảng", "ban thường vụ", "tỉnh ủy", "thành ủy", "chi bộ", "cấp ủy", "các đảng", "các cấp ủy"]
            .iter()
            .any(|w| name.starts_with(w))
    });
    if party {
        let first = part.range.start + 12;
        part.subjects.retain(|s| s.by_verb || s.start > first);
    }
}

/// The part's words, without the spaces around them.
fn cut(whole: &Mended, range: &Range<usize>) -> Mended {
    let words = whole.text().get(range.clone()).unwrap_or("");
    let start = range.start + words.len() - words.trim_start().len();
    whole.slice(start, start + words.trim().len())
}
