//! One gold file against one extracted task list.

use serde::Serialize;
use serde_json::{Value, json};

use super::limits::limits;
use super::matching::{Extracted, optional, truthy};
use super::names::{agency, compare_names, mention_keys, shown};
use super::norm::{norm, norm_value};
use super::objects;
use super::tally::Tally;

/// The counts of one document, and what went wrong in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scored {
    /// The counts.
    pub tally: Tally,
    /// The mistakes, in the order of the gold.
    pub notes: Vec<Note>,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    /// The field; or `missed`, `spurious`, `header`, `target`.
    pub field: &'static str,
    /// The gold's anchor, a header field's name, or the text of a task that is in no gold.
    pub at: String,
    /// What the gold gives.
    pub want: Value,
    /// What was extracted.
    pub got: Value,
}

/// Scores `output`, a task list, against `gold`; without an output everything is missed.
pub fn score(gold: &Value, output: Option<&Value>) -> Scored {
    let mut scored = Scored::default();
    let extracted = Extracted::new(output);
    let wanted: Vec<&Value> = objects(gold.get("tasks")).collect();
    let (hits, spurious) = extracted.align(&wanted);
    for (task, hit) in wanted.iter().zip(hits).filter(|(g, _)| !optional(g)) {
        scored.task(task, hit.and_then(|i| extracted.tasks.get(i)).copied());
    }
    for task in spurious.into_iter().filter_map(|i| extracted.tasks.get(i)) {
        scored.tally.tasks.extra += 1;
        scored.note("spurious", text(task.get("text")), Value::Null, Value::Null);
    }
    scored.header(gold.get("document"), output.and_then(|o| o.get("document")));
    if truthy(gold.get("targets")) {
        scored.targets(gold, output);
    }
    scored
}

/// What is compared in one gold task and the task found for it.
struct Pair<'a> {
    gold: &'a Value,
    found: &'a Value,
    /// Whether every field so far is right.
    right: bool,
}

impl Pair<'_> {
    fn switch(&self, key: &str) -> bool {
        truthy(self.gold.get(key))
    }

    fn found_objects(&self, key: &str) -> Vec<&Value> {
        objects(self.found.get(key)).collect()
    }
}

impl Scored {
    fn note(&mut self, field: &'static str, at: &str, want: Value, got: Value) {
        self.notes.push(Note { field, at: at.to_owned(), want, got });
    }

    fn task(&mut self, gold: &Value, found: Option<&Value>) {
        self.tally.gold += 1;
        let due = !limits(gold.get("deadlines")).is_empty();
        let Some(found) = found else {
            self.tally.tasks.missing += 1;
            self.tally.no_edit.add(false);
            self.tally.no_edit_due.of += usize::from(due);
            self.note("missed", text(gold.get("anchor")), Value::Null, Value::Null);
            return;
        };
        self.tally.tasks.right += 1;
        let mut pair = Pair { gold, found, right: true };
        self.bodies(&mut pair);
        self.deadlines(&mut pair, due);
        self.words(&mut pair);
        self.tally.no_edit.add(pair.right);
        if due {
            self.tally.no_edit_due.add(pair.right);
        }
    }

    /// Notes a wrong field, which is one that the analyst must edit.
    fn check(&mut self, pair: &mut Pair<'_>, field: &'static str, right: bool, want: Value, got: Value) {
        if !right {
            pair.right = false;
            self.note(field, text(pair.gold.get("anchor")), want, got);
        }
    }

    fn bodies(&mut self, pair: &mut Pair<'_>) {
        for (field, key, loose) in [
            ("lead", "lead", "lead_loose"),
            ("coordinating", "coordinating", "coordinating_loose"),
            ("report_to", "report_to", "report_to_loose"),
        ] {
            let given = field != "report_to" || pair.gold.get(key).is_some();
            if pair.switch(loose) || !given {
                continue;
            }
            let want = strings(pair.gold.get(key));
            let got = pair.found_objects(key);
            let names = compare_names(&want, &got);
            match field {
                "lead" => self.tally.lead.add(names.exact()),
                "report_to" => self.tally.report_to.add(names.exact()),
                _ => {
                    self.tally.coordinating.right += names.right;
                    self.tally.coordinating.extra += names.extra;
                    self.tally.coordinating.missing += names.missing;
                }
            }
            let mut shown: Vec<String> = got.iter().map(|m| shown(&mention_keys(m)).to_owned()).collect();
            shown.sort_unstable();
            self.check(pair, field, names.exact(), json!(want), json!(shown));
        }
    }

    fn deadlines(&mut self, pair: &mut Pair<'_>, due: bool) {
        if pair.gold.get("deadlines").is_none() {
            return;
        }
        let want = limits(pair.gold.get("deadlines"));
        let got = limits(pair.found.get("deadlines"));
        let right = want == got;
        self.tally.deadline.add(right);
        if due {
            self.tally.due.add(right);
        }
        self.check(pair, "deadlines", right, json!(want), json!(got));
    }

    fn words(&mut self, pair: &mut Pair<'_>) {
        let null = Value::Null;
        let of = |side: &Value, key: &str| side.get(key).cloned().unwrap_or_default();
        let right = pair.gold.get("kind").unwrap_or(&null) == pair.found.get("kind").unwrap_or(&null);
        self.tally.kind.add(right);
        self.check(pair, "kind", right, of(pair.gold, "kind"), of(pair.found, "kind"));
        if let Some(status) = pair.gold.get("status") {
            let right = status == pair.found.get("status").unwrap_or(&null);
            self.tally.status.add(right);
            self.check(pair, "status", right, status.clone(), of(pair.found, "status"));
        }
        if pair.switch("emphasised") || pair.switch("emphasis") {
            let right = objects(pair.found.get("deadlines")).any(|d| truthy(d.get("emphasised")));
            self.tally.emphasised.add(right);
            self.check(pair, "emphasised", right, json!(true), json!(right));
        }
        if pair.gold.get("deliverable").is_some() {
            let products: Vec<String> =
                objects(pair.found.get("deliverables")).map(|d| norm_value(d.get("text"))).collect();
            let want = norm_value(pair.gold.get("deliverable"));
            let right = products.join(" ").contains(&want);
            self.tally.deliverable.add(right);
            if !right {
                // the product does not count towards NO-EDIT
                self.note("deliverable", text(pair.gold.get("anchor")), json!(want), json!(products));
            }
        }
    }

    fn header(&mut self, gold: Option<&Value>, document: Option<&Value>) {
        let part = |key: &str, field: &str| document?.get(key)?.get(field);
        for (key, want) in gold.and_then(Value::as_object).into_iter().flatten() {
            let got = match key.as_str() {
                "symbol" => part("number", "symbol"),
                "number" => part("number", "serial"),
                "signer" => part("signer", "name"),
                _ => document.and_then(|d| d.get(key)),
            };
            let right = if key == "issuer" {
                mention_keys(got.unwrap_or(&Value::Null)).contains(&agency(text(Some(want))))
            } else {
                printed(got) == printed(Some(want))
            };
            self.tally.header.add(right);
            if !right {
                self.note("header", key, want.clone(), got.cloned().unwrap_or_default());
            }
        }
    }

    fn targets(&mut self, gold: &Value, output: Option<&Value>) {
        let found: Vec<(String, String, &Value)> = objects(output.and_then(|o| o.get("targets")))
            .map(|x| (norm_value(x.get("raw")), norm_value(x.get("text")), x))
            .collect();
        let mut seen = vec![false; found.len()];
        for want in objects(gold.get("targets")) {
            let anchor = norm_value(want.get("anchor"));
            let near = |raw: &str, text: &str| {
                text.contains(&anchor) || raw.contains(&anchor) || (raw.chars().count() > 3 && anchor.contains(raw))
            };
            let hit = found.iter().zip(&mut seen).find(|((raw, text, x), seen)| {
                !**seen && near(raw, text) && same_figure(want, x) && want.get("comparator") == x.get("comparator")
            });
            if let Some((_, seen)) = hit {
                *seen = true;
                self.tally.targets.right += 1;
            } else {
                self.tally.targets.missing += 1;
                let figure = json!([want.get("comparator"), want.get("value")]);
                self.note("target", text(want.get("anchor")), figure, Value::Null);
            }
        }
        self.tally.targets.extra += seen.iter().filter(|s| !**s).count();
    }
}

fn same_figure(want: &Value, got: &Value) -> bool {
    // a gold file may write its figure as a string
    let number = |v: &Value| v.as_f64().or_else(|| v.as_str()?.trim().parse().ok());
    let got = got.get("value").and_then(Value::as_f64);
    got.is_some() && got == want.get("value").and_then(number)
}

/// A header value as a reader would print it, folded.
fn printed(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => norm("None"),
        Some(Value::String(s)) => norm(s),
        Some(other) => norm(&other.to_string()),
    }
}

fn text(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}

fn strings(value: Option<&Value>) -> Vec<&str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}
