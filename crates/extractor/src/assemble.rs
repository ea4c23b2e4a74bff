//! From drafts to tasks: ids, titles, products, references, repeats.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use nhiemvu_model::{Deliverable, Flag, Task};
use nhiemvu_normalizer::{Context, Registry};
use nhiemvu_text::{Folded, fold, fold_key};
use sha2::{Digest, Sha256};

use crate::bodies;
use crate::citation;
use crate::deliverable;
use crate::draft::Draft;
use crate::title;

/// Makes the tasks of `drafts`, in their order.
pub(crate) fn tasks(drafts: Vec<Draft>, registry: &Registry, context: &Context) -> Vec<Task> {
    let mut first: HashMap<String, First> = HashMap::new();
    // how often what is repeated has been there
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut tasks = Vec::with_capacity(drafts.len());
    let mut above = (String::new(), String::new());
    for mut draft in drafts {
        bodies::agency_flags(&mut draft);
        let text = draft.text.text().trim().to_owned();
        // tasks stand together below a heading
        let title = draft.section.last().map_or("", |h| h.title.as_str());
        if above.0 != title {
            above = (title.to_owned(), fold_key(title));
        }
        let heading = &above.1;
        let folded = fold(draft.text.text());
        let own = folded.key();
        let words = own.trim_end_matches(['.', ';', ' ', '/']).to_owned();
        let mut key = format!("{own}\n{heading}");
        let (id, repeats) = match first.entry(words) {
            Entry::Vacant(place) => {
                let bare = key.len();
                key.push_str("\n1");
                let id = hash(&key);
                key.truncate(bare);
                place.insert(First { id: id.clone(), key });
                (id, None)
            }
            Entry::Occupied(mut task) => {
                let First { id: repeated, key: own } = task.get_mut();
                if !own.is_empty() {
                    seen.insert(std::mem::take(own), 1);
                }
                draft.flags.push(Flag::Repeated);
                let count = seen.entry(key.clone()).or_insert(0);
                *count += 1;
                (hash(&format!("{key}\n{count}")), Some(repeated.clone()))
            }
        };
        draft.flags.sort_unstable();
        draft.flags.dedup();
        let deliverables = products(&draft, &folded);
        let references = citation::find(&draft.text, registry, context);
        let span = draft.text.whole();
        tasks.push(Task {
            id,
            ordinal: draft.ordinal.clone(),
            title: title::of(&draft),
            section: draft.section,
            kind: draft.kind,
            text,
            lead: draft.lead,
            coordinating: draft.coordinating,
            monitoring: draft.monitoring,
            report_to: draft.report_to,
            deadlines: draft.deadlines,
            deliverables,
            references,
            fields: draft.fields,
            status: draft.status,
            flags: draft.flags,
            span,
            repeats,
        });
    }
    tasks
}

/// The first task of its words.
struct First {
    id: String,
    /// Its words and its heading, until they are counted.
    key: String,
}

/// The products that a field or column names, else those that the task's words make.
fn products(draft: &Draft, folded: &Folded) -> Vec<Deliverable> {
    if draft.products.is_empty() {
        return deliverable::find(draft, folded);
    }
    draft
        .products
        .iter()
        .filter(|p| !p.text().trim().is_empty())
        .map(|p| Deliverable { text: p.text().trim().trim_end_matches(['.', ';']).to_owned(), span: p.whole() })
        .collect()
}

/// 16 hexadecimal digits of a SHA-256.
pub(crate) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let halves = digest.iter().take(8).flat_map(|byte| [byte >> 4, byte & 0xF]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}
