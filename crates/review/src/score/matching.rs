//! Which extracted task is which gold task.

use serde_json::Value;

use super::norm::{norm, norm_value};
use super::objects;

/// The extracted tasks of a document, folded once.
pub(super) struct Extracted<'a> {
    /// The tasks.
    pub tasks: Vec<&'a Value>,
    texts: Vec<String>,
    paths: Vec<String>,
}

impl<'a> Extracted<'a> {
    pub fn new(output: Option<&'a Value>) -> Self {
        let tasks: Vec<&Value> = objects(output.and_then(|o| o.get("tasks"))).collect();
        let texts = tasks.iter().map(|t| norm_value(t.get("text"))).collect();
        let paths = tasks.iter().map(|t| section(t)).collect();
        Self { tasks, texts, paths }
    }

    /// The first task that holds the anchor of `gold` under its section, among those that are not `taken`.
    fn find(&self, gold: &Value, taken: &[bool]) -> Option<usize> {
        let anchor = norm_value(gold.get("anchor"));
        let under = norm_value(gold.get("section_contains"));
        let mut pairs = self.texts.iter().zip(&self.paths).enumerate();
        let fits = |i: usize| !taken.get(i).copied().unwrap_or_default();
        pairs.find(|(i, (text, path))| fits(*i) && text.contains(&anchor) && path.contains(&under)).map(|(i, _)| i)
    }

    /// For each gold task its extracted task; then the extracted tasks that hold no anchor at all.
    pub fn align(&self, gold: &[&Value]) -> (Vec<Option<usize>>, Vec<usize>) {
        let mut taken = vec![false; self.tasks.len()];
        let mut hits = vec![None; gold.len()];
        // required tasks first, so that an optional one cannot take their place
        for wanted in [false, true] {
            for (at, task) in gold.iter().enumerate().filter(|(_, g)| optional(g) == wanted) {
                let hit = self.find(task, &taken);
                if let Some(flag) = hit.and_then(|i| taken.get_mut(i)) {
                    *flag = true;
                }
                if let Some(slot) = hits.get_mut(at) {
                    *slot = hit;
                }
            }
        }
        // what an optional gold task would have found by itself is not spurious either
        let excused: Vec<usize> = gold.iter().filter(|g| optional(g)).filter_map(|g| self.find(g, &[])).collect();
        let spurious =
            (0..self.tasks.len()).filter(|i| taken.get(*i) == Some(&false) && !excused.contains(i)).collect();
        (hits, spurious)
    }
}

/// Whether a gold task counts neither way.
pub(super) fn optional(gold: &Value) -> bool {
    truthy(gold.get("optional"))
}

/// Whether a gold file's switch is on.
pub(super) fn truthy(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(on)) => *on,
        Some(Value::Number(n)) => n.as_f64() != Some(0.0),
        Some(Value::String(s)) => !s.is_empty(),
        Some(Value::Array(a)) => !a.is_empty(),
        Some(Value::Object(o)) => !o.is_empty(),
    }
}

/// The headings above a task in one folded line.
fn section(task: &Value) -> String {
    let headings = task.get("section").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let part = |h: &Value, key: &str| h.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let line = |h: &Value| match h {
        Value::String(words) => words.clone(),
        _ => format!("{} {}", part(h, "marker"), part(h, "title")),
    };
    norm(&headings.iter().map(line).collect::<Vec<_>>().join(" / "))
}
