//! Keeping the tasks that were asked for.

use nhiemvu_exporter::record::{Agency, Deadline, Task, TaskList};
use nhiemvu_normalizer::Registry;
use nhiemvu_text::fold_key;

use crate::Selection;

/// Leaves those tasks in `list` that `selection` asks for, as [`crate::run()`] does with its options.
pub fn keep(list: &mut TaskList, selection: &Selection, registry: &Registry) {
    if let Some(name) = &selection.lead {
        let wanted = Wanted::new(name, registry);
        list.tasks.retain(|task| task.lead.iter().any(|lead| wanted.is(lead)));
    }
    if let Some(day) = selection.due_before {
        let day = day.to_string();
        let early = |deadline: &Deadline| deadline.due.as_ref().is_some_and(|due| *due < day);
        list.tasks.retain(|task: &Task| task.deadlines.iter().any(early));
    }
    if selection.flagged {
        list.tasks.retain(|task| !task.flags.is_empty());
    }
}

/// A body as somebody named it on the command line.
struct Wanted {
    ids: Vec<String>,
    words: String,
}

impl Wanted {
    fn new(name: &str, registry: &Registry) -> Self {
        let ids = registry.lookup(name).into_iter().map(|entry| entry.id.to_string()).collect();
        Self { ids, words: fold_key(name) }
    }

    fn is(&self, body: &Agency) -> bool {
        let by_id = body.id.as_ref().is_some_and(|id| self.ids.contains(id));
        by_id || fold_key(&body.name).contains(&self.words) || fold_key(&body.raw).contains(&self.words)
    }
}
