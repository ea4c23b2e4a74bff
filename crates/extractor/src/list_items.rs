//! Items of a list: things to do, or names in a list.

use nhiemvu_model::Node;

use crate::walk::{Walk, has_main_fields};
use crate::{body_heading, judge, sentence};

impl<'a> Walk<'a> {
    /// Whether a short sentence heads a list whose items are all tasks.
    pub(crate) fn heads_tasks(&self, node: &Node, items: &[&'a Node]) -> bool {
        let text = node.text.text();
        const LONGEST: usize = 200;
        const FEWEST: usize = 2;
        let short = text.chars().count() <= LONGEST && sentence::sentences(text).len() == 1;
        let plain = (!text.contains(';') || is_numbered_below(node, items)) && text.trim_end().ends_with('.');
        short && plain && items.len() >= FEWEST && items.iter().all(|n| self.reads_as_task(n))
    }

    /// Whether a child of a list is something to do rather than a name in a list.
    pub(crate) fn reads_as_task(&self, node: &'a Node) -> bool {
        let text = node.text.text();
        if !node.children.is_empty() || has_main_fields(node) || judge::begins_as_order(text) {
            return true;
        }
        let analysis = self.analyse(text);
        !analysis.subjects(0..text.len()).is_empty()
            || body_heading::read(text.split(':').next().unwrap_or(""), &analysis).is_some()
    }
}

/// `2. …` over `2.1. …`, `2.2. …`: whether the numbers of all `items` go on from that of `node`.
fn is_numbered_below(node: &Node, items: &[&Node]) -> bool {
    let own = node.marker.trim_end_matches('.');
    let below = |item: &&Node| {
        let rest = item.marker.strip_prefix(own).and_then(|rest| rest.strip_prefix('.'));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    !own.is_empty() && items.iter().all(below)
}
