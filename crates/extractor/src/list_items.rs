//! Items of a list: things to do, or names in a list.

use nhiemvu_model::Node;

use crate::walk::{Walk, has_main_fields};
use crate::{body_heading, judge, sentence};

impl<'a> Walk<'a> {
    /// Whether a short sentence heads a list whose items are all tasks.
    pub(crate) fn heads_tasks(&self, text: &str, items: &[&'a Node]) -> bool {
        const LONGEST: usize = 200;
        const FEWEST: usize = 2;
        let short = text.chars().count() <= LONGEST && sentence::sentences(text).len() == 1;
        let plain = !text.contains(';') && text.trim_end().ends_with('.');
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
