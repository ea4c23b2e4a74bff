//! One record against another.

use nhiemvu_exporter::highest_secrecy;
use serde_json::Value;

use super::align::{Alignment, align};
use super::compare::{Comparison, Leaf};
use super::difference::{Change, Difference, DocumentDiff, Only, Part};

/// Compares `actual`, a task list or error record, with `expected`, which may be partial.
///
/// ```
/// use nhiemvu_review::{Only, diff};
/// use serde_json::json;
/// let expected = json!({"tasks": [{"text": "Lập dự toán", "kind": "assigned"}]});
/// let actual = json!({"tasks": [{"text": "Lập dự toán", "kind": "planned", "title": "Lập dự toán"}]});
/// let found = diff(&actual, &expected, &Only::default());
/// assert_eq!(found.differences.len(), 1);
/// assert_eq!(found.differences[0].field, "kind");
/// ```
pub fn diff(actual: &Value, expected: &Value, only: &Only) -> DocumentDiff {
    let mut found = DocumentDiff {
        secrecy: secrecy([actual, expected]),
        actual_tasks: list(actual, "tasks").len(),
        expected_tasks: expected.get("tasks").and_then(Value::as_array).map(Vec::len),
        ..DocumentDiff::default()
    };
    if expected.get("error").is_some() || actual.get("error").is_some() {
        errors(actual, expected, &mut found.differences);
    } else {
        let comparison = Comparison { spans: same_bytes(actual, expected) };
        found.spans_left_out = !comparison.spans;
        document(comparison, actual, expected, &mut found.differences);
        items(comparison, Part::Task, list(actual, "tasks"), expected.get("tasks"), &mut found);
        items(comparison, Part::Target, list(actual, "targets"), expected.get("targets"), &mut found);
    }
    found.differences.retain(|d| only.wants(d));
    found
}

/// The highest degree of secrecy that one of the records has.
pub(crate) fn secrecy<'a>(records: impl IntoIterator<Item = &'a Value>) -> Option<String> {
    let degrees = records.into_iter().filter_map(|record| record.get("document")?.get("secrecy")?.as_str());
    highest_secrecy(degrees).map(str::to_owned)
}

fn list<'a>(record: &'a Value, key: &str) -> &'a [Value] {
    record.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Places are compared only in the same text.
fn same_bytes(actual: &Value, expected: &Value) -> bool {
    let id = |record: &Value| record.get("document")?.get("id").cloned();
    match (id(actual), id(expected)) {
        (Some(a), Some(e)) => a == e,
        _ => true,
    }
}

fn errors(actual: &Value, expected: &Value, out: &mut Vec<Difference>) {
    let all = Comparison { spans: true };
    let mut difference = Difference::new(Part::Record, "error", Change::Changed);
    difference.leaves = match (expected.get("error"), actual.get("error")) {
        (Some(want), got) => all.field(want, got),
        (None, got) => vec![Leaf { path: String::new(), expected: None, actual: got.cloned() }],
    };
    if !difference.leaves.is_empty() {
        out.push(difference);
    }
}

fn document(comparison: Comparison, actual: &Value, expected: &Value, out: &mut Vec<Difference>) {
    let own = actual.get("document");
    for (key, value) in expected.get("document").and_then(Value::as_object).into_iter().flatten() {
        // the text is there only when asked for
        let got = own.and_then(|d| d.get(key));
        if key != "source" && (key != "text" || got.is_some()) {
            changed(Part::Document, key, comparison.field(value, got), &[], &[], out);
        }
    }
    if let Some(warnings) = expected.get("warnings") {
        changed(Part::Document, "warnings", comparison.field(warnings, actual.get("warnings")), &[], &[], out);
    }
}

fn changed(part: Part, field: &str, leaves: Vec<Leaf>, want: &[&Value], got: &[&Value], out: &mut Vec<Difference>) {
    if !leaves.is_empty() {
        let difference = Difference::new(part, field, Change::Changed).between(want, got);
        out.push(Difference { leaves, ..difference });
    }
}

/// Compares tasks or targets; a partial expected file may list none.
fn items(comparison: Comparison, part: Part, actual: &[Value], expected: Option<&Value>, found: &mut DocumentDiff) {
    let Some(expected) = expected.and_then(Value::as_array) else { return };
    let alignment = align(expected, actual);
    let pieces = Items { comparison, part, expected, actual, alignment };
    for (e, want) in expected.iter().enumerate() {
        let before = found.differences.len();
        pieces.item(e, want, &mut found.differences);
        let same = before == found.differences.len() && !pieces.alignment.broken(e);
        if part == Part::Task {
            found.same_tasks += usize::from(same);
        }
    }
    for extra in pieces.alignment.extra.iter().filter_map(|a| actual.get(*a)) {
        found.differences.push(Difference::new(part, part.as_str(), Change::Extra).between(&[], &[extra]));
    }
    pieces.order(&mut found.differences);
}

struct Items<'a> {
    comparison: Comparison,
    part: Part,
    expected: &'a [Value],
    actual: &'a [Value],
    alignment: Alignment,
}

impl Items<'_> {
    fn item(&self, e: usize, want: &Value, out: &mut Vec<Difference>) {
        let part = self.part;
        if let Some((_, pieces)) = self.alignment.splits.iter().find(|(whole, _)| *whole == e) {
            let pieces: Vec<&Value> = pieces.iter().filter_map(|a| self.actual.get(*a)).collect();
            out.push(Difference::new(part, part.as_str(), Change::Split).between(&[want], &pieces));
        }
        // a merge is told once, at the first of its pieces
        let merge = self.alignment.merges.iter().find(|(pieces, _)| pieces.contains(&e));
        if let Some((pieces, whole)) = merge.filter(|(pieces, _)| pieces.first() == Some(&e)) {
            let pieces: Vec<&Value> = pieces.iter().filter_map(|e| self.expected.get(*e)).collect();
            let whole: Vec<&Value> = self.actual.get(*whole).into_iter().collect();
            out.push(Difference::new(part, part.as_str(), Change::Merged).between(&pieces, &whole));
        }
        match self.alignment.pairs.get(e).copied().flatten().and_then(|a| self.actual.get(a)) {
            Some(got) => self.fields(e, want, got, out),
            None if self.alignment.broken(e) => {}
            None => out.push(Difference::new(part, part.as_str(), Change::Missing).between(&[want], &[])),
        }
    }

    fn fields(&self, e: usize, want: &Value, got: &Value, out: &mut Vec<Difference>) {
        let broken = self.alignment.broken(e);
        for (key, value) in want.as_object().into_iter().flatten() {
            // a broken task's words and places are what the split or the merge says already
            if broken && ["id", "title", "text", "span", "ordinal"].contains(&key.as_str()) {
                continue;
            }
            if (key == "span" && !self.comparison.spans) || (key == "id" && renamed(want, got)) {
                continue;
            }
            let leaves = match key.as_str() {
                "repeats" => self.repeats(value, got.get(key)),
                _ => self.comparison.field(value, got.get(key)),
            };
            changed(self.part, key, leaves, &[want], &[got], out);
        }
    }

    /// `repeats` names another task by its id, which may have changed with that task's words.
    fn repeats(&self, want: &Value, got: Option<&Value>) -> Vec<Leaf> {
        let index = |items: &[Value], id: &Value| items.iter().position(|t| t.get("id") == Some(id));
        if let (Some(e), Some(a)) = (index(self.expected, want), got.and_then(|id| index(self.actual, id)))
            && self.alignment.pairs.get(e) == Some(&Some(a))
        {
            return Vec::new();
        }
        self.comparison.field(want, got)
    }

    /// The tasks that are on both sides stand in the same order, or the first that does not is named.
    fn order(&self, out: &mut Vec<Difference>) {
        let pairs: Vec<(usize, usize)> =
            self.alignment.pairs.iter().enumerate().filter_map(|(e, a)| Some((e, (*a)?))).collect();
        let moved = pairs.windows(2).find(|w| matches!(w, [(_, before), (_, after)] if before > after));
        if let Some((e, a)) = moved.and_then(|w| w.last()) {
            let want: Vec<&Value> = self.expected.get(*e).into_iter().collect();
            let got: Vec<&Value> = self.actual.get(*a).into_iter().collect();
            out.push(Difference::new(self.part, "order", Change::Moved).between(&want, &got));
        }
    }
}

/// An id is made of the words and the nearest heading: where these differ, it says nothing more.
fn renamed(want: &Value, got: &Value) -> bool {
    let heading = |item: &Value| item.get("section").and_then(Value::as_array).and_then(|s| s.last()).cloned();
    let text = |item: &Value| item.get("text").cloned();
    let differ = |a: Option<Value>, b: Option<Value>| a.is_some() && a != b;
    differ(text(want), text(got)) || (want.get("section").is_some() && heading(want) != heading(got))
}
