//! Adding a document to a register.

use std::collections::{BTreeMap, BTreeSet};

use super::{HAND, PRINTS, Register, Value};
use crate::key::{digits, document_key};
use crate::lang::{Lang, label};
use crate::record::{SourceInfo, Task, TaskList};
use crate::table::{Cell, TASK_COLUMNS, TaskRow};

/// What came of adding a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// Rows added.
    pub new: usize,
    /// Rows that a newer version changed.
    pub changed: usize,
    /// Rows that a newer version no longer has; they stay, marked.
    pub gone: usize,
}

/// Columns of which a change is told; others are brought up to date in silence.
const TOLD: [&str; 7] = ["title", "lead", "coordinating", "due", "limit", "report-to", "deliverable"];

impl Register {
    /// Merges the tasks of `list`: new ones become new rows; of those that are there, what the document now says otherwise is
    /// changed and marked; rows that it no longer has are marked and stay.
    ///
    /// What people wrote stays: columns of their own, state and note, and any cell of the program's that they changed
    /// since the program wrote it. Adding the same document again changes nothing.
    pub fn add(&mut self, list: &TaskList, lang: Lang) -> Added {
        self.complete();
        let document = document_key(&list.document);
        let prefix = format!("{document}#");
        let mut old: BTreeMap<String, usize> = BTreeMap::new();
        for row in 0..self.rows.len() {
            if let Some(task) = self.get(row, "key").words().strip_prefix(&prefix) {
                old.insert(task.to_owned(), row);
            }
        }
        let known: BTreeSet<&str> = list.tasks.iter().map(|task| task.id.as_str()).collect();
        let mut left: Vec<usize> =
            old.iter().filter(|(id, _)| !known.contains(id.as_str())).map(|(_, row)| *row).collect();
        left.sort_unstable();
        let mut added = Added::default();
        for task in &list.tasks {
            let values = values(list, task, lang);
            let row = old.get(&task.id).copied().or_else(|| self.reworded(&mut left, &values));
            if let Some(row) = row {
                added.changed += usize::from(self.update(row, &values, lang));
            } else {
                self.rows.push(vec![Value::Empty; self.columns.len()]);
                self.fill(self.rows.len() - 1, &values);
                added.new += 1;
            }
        }
        for row in left {
            let mark = label(lang, "register.gone");
            added.gone += usize::from(self.get(row, "change").words() != mark);
            self.set(row, "change", Value::Text(mark.to_owned()));
        }
        added
    }

    /// Takes from `left` the row that says in other words what `values` say.
    fn reworded(&self, left: &mut Vec<usize>, values: &BTreeMap<&'static str, Value>) -> Option<usize> {
        let of = |key: &str| values.get(key).map(Value::words).unwrap_or_default();
        let (text, ordinal) = (of("text"), of("ordinal"));
        let score = |row: usize| {
            let alike = likeness(&self.get(row, "text").words(), &text);
            let same_place = !ordinal.is_empty() && self.get(row, "ordinal").words() == ordinal;
            (alike >= if same_place { 0.5 } else { 0.75 }).then_some(alike)
        };
        let best = left.iter().enumerate().filter_map(|(at, row)| Some((at, score(*row)?)));
        // the first of equals, so that the order of rows decides
        let best = best.reduce(|best, one| if one.1 > best.1 { one } else { best })?;
        Some(left.remove(best.0))
    }

    fn fill(&mut self, row: usize, values: &BTreeMap<&'static str, Value>) {
        let prints = values.iter().map(|(key, value)| format!("{key}={}", print(value))).collect::<Vec<_>>().join(" ");
        for (key, value) in values {
            self.set(row, key, value.clone());
        }
        self.set(row, PRINTS, Value::Text(prints));
    }

    /// Brings a row up to date; whether anything is told of it.
    fn update(&mut self, row: usize, values: &BTreeMap<&'static str, Value>, lang: Lang) -> bool {
        let stored = self.get(row, PRINTS).words();
        let prints: BTreeMap<&str, &str> = stored.split(' ').filter_map(|part| part.split_once('=')).collect();
        let mut told = Vec::new();
        let mut kept = BTreeMap::new();
        for (key, value) in values {
            let (now, wrote) = (self.get(row, key).clone(), prints.get(key).copied().unwrap_or_default());
            let by_hand = print(&now) != wrote && now.words() != value.words();
            let new = print(value) != wrote;
            if by_hand {
                kept.insert(*key, now.clone());
            }
            if new && now.words() != value.words() && TOLD.contains(key) {
                let head = label(lang, key);
                let (before, after) = (shown(&now, lang), shown(value, lang));
                told.push(if by_hand {
                    format!("{head}: {} {after}", label(lang, "register.kept"))
                } else {
                    format!("{head}: {before} → {after}")
                });
            }
        }
        self.fill(row, values);
        for (key, value) in kept {
            self.set(row, key, value);
        }
        if told.is_empty() {
            let gone = Lang::ALL.iter().any(|lang| self.get(row, "change").words() == label(*lang, "register.gone"));
            if gone {
                self.set(row, "change", Value::Empty);
            }
            return false;
        }
        self.set(row, "change", Value::Text(told.join("; ")));
        true
    }
}

fn shown(value: &Value, lang: Lang) -> String {
    let words = value.words();
    if words.is_empty() { label(lang, "register.nothing").to_owned() } else { words }
}

/// What the program writes into the row of a task; not the columns that are left to people.
fn values(list: &TaskList, task: &Task, lang: Lang) -> BTreeMap<&'static str, Value> {
    let row = TaskRow { list, task, no: 0, document: 0, file: None, lang };
    let own = super::OWN.iter().filter(|key| !HAND.contains(key) && **key != "change");
    own.map(|key| {
        let value = match *key {
            "key" => Value::Text(format!("{}#{}", document_key(&list.document), task.id)),
            "file" => text(file(&list.document.source)),
            key => {
                TASK_COLUMNS.iter().find(|(head, _)| head.key == key).map_or(Value::Empty, |(_, of)| value(of(&row)))
            }
        };
        (*key, value)
    })
    .collect()
}

fn file(source: &SourceInfo) -> String {
    source.member.as_ref().map_or(source.path.clone(), |member| format!("{} / {member}", source.path))
}

fn text(words: String) -> Value {
    if words.is_empty() { Value::Empty } else { Value::Text(words) }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Empty => Value::Empty,
        Cell::Text(words) | Cell::Link(words, _) => text(crate::xlsx::cut(&words)),
        Cell::Number(number) => Value::Number(number),
        Cell::Day(day) => Value::Day(day),
    }
}

/// Eight digits that stand for a value.
fn print(value: &Value) -> String {
    digits(&value.words()).chars().take(8).collect()
}

/// The share of words that two texts have in common, from 0 to 1 (Jaccard index).
fn likeness(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}
