//! Writing down which rule decided of which block.

use nhiemvu_model::{NodeId, Rule, Span, Verdict};

use crate::draft::Draft;
use crate::walk::Walk;

impl Walk<'_> {
    /// Says that `rule` decided of a whole block, and that it is no task.
    pub fn decide(&mut self, node: NodeId, rule: Rule) {
        let span = self.document.node(node).span;
        self.decide_on(node, None, span, rule);
    }

    /// Says that `rule` decided of a part of a block, or of a row of its table, and that it is no task.
    pub fn decide_on(&mut self, node: NodeId, row: Option<usize>, span: Span, rule: Rule) {
        self.verdicts.push(Verdict { node, row, span, rule, task: None });
    }

    /// Takes a task by `rule`.
    pub fn take(&mut self, node: NodeId, row: Option<usize>, rule: Rule, draft: Draft) {
        let (span, task) = (draft.text.whole(), Some(self.drafts.len()));
        self.verdicts.push(Verdict { node, row, span, rule, task });
        self.drafts.push(draft);
    }
}
