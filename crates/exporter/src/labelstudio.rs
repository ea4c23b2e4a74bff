//! Import files of Label Studio: documents with their bodies, limits and tasks marked, for people to correct.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::Record;
use crate::gather::{Entry, Gather};
use crate::lang::Lang;
use crate::record::{Agency, Span, TaskList};
use crate::secrecy::secrecy_stamp;
use crate::table::one_line;

/// The labelling interface that an import file goes with; to be pasted into a project's settings.
pub const LABEL_STUDIO_CONFIG: &str = include_str!("../data/label-studio.xml");

/// Documents with pre-annotations, in the JSON format that Label Studio imports.
///
/// Each document is a task of Label Studio: its whole text, and as a prediction the places of its tasks and, joined to
/// them by relations, of their bodies, limits and products. Offsets count code points, as Label Studio's do. Records
/// must hold their text; those without it, and error records, are left out.
#[derive(Debug, Default)]
pub struct LabelStudio {
    written: usize,
}

impl LabelStudio {
    /// An empty file.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Gather for LabelStudio {
    fn add(&mut self, to: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        let Record::Tasks(list) = entry.record else { return Ok(()) };
        let Some(text) = &list.document.text else { return Ok(()) };
        to.write_all(if self.written == 0 { b"[\n" } else { b",\n" })?;
        self.written += 1;
        serde_json::to_writer(to, &document(list, text)).map_err(io::Error::from)
    }

    fn finish(&mut self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(if self.written == 0 { b"[]\n" } else { b"\n]\n" })
    }
}

fn document(list: &TaskList, text: &str) -> Value {
    let mut marks = Marks { text: text.chars().collect(), result: Vec::new() };
    for task in &list.tasks {
        let id = task.id.clone();
        marks.region(&id, &task.span, "Task");
        marks.choice(&id, &task.span, &task.kind);
        let groups = [
            ("Lead", &task.lead),
            ("Coordinating", &task.coordinating),
            ("Monitoring", &task.monitoring),
            ("ReportTo", &task.report_to),
        ];
        for (name, bodies) in groups {
            for (number, body) in bodies.iter().enumerate() {
                marks.body(&id, name, number, body);
            }
        }
        for (number, limit) in task.deadlines.iter().enumerate() {
            let part = format!("{id}-Deadline-{number}");
            marks.part(&id, &part, &limit.span, "Deadline");
            let value = limit.due.clone().or_else(|| limit.rrule.clone()).unwrap_or_else(|| limit.kind.to_string());
            marks.words(&part, &limit.span, &value);
        }
        for (number, product) in task.deliverables.iter().enumerate() {
            marks.part(&id, &format!("{id}-Deliverable-{number}"), &product.span, "Deliverable");
        }
    }
    for target in &list.targets {
        marks.region(&format!("{}-Target", target.id), &target.span, "Target");
    }
    let version = format!("{} {}", list.generator.name, list.generator.version);
    let secrecy = list.document.secrecy.as_deref().map(|code| secrecy_stamp(code, Lang::Vi));
    json!({
        "data": {
            "secrecy": secrecy.unwrap_or_default(),
            "text": text,
            "path": list.document.source.path,
            "document": list.document.id,
            "subject": list.document.subject.as_deref().map(one_line),
        },
        "predictions": [{"model_version": version, "result": marks.result}],
    })
}

/// The results of a prediction.
struct Marks {
    text: Vec<char>,
    result: Vec<Value>,
}

impl Marks {
    fn value(&self, span: &Span) -> Value {
        let words: String = self.text.get(span.start..span.end).unwrap_or_default().iter().collect();
        json!({"start": span.start, "end": span.end, "text": words})
    }

    fn push(&mut self, id: &str, span: &Span, name: &str, kind: &str, key: &str, given: &Value) {
        let mut value = self.value(span);
        value[key] = given.clone();
        self.result.push(json!({"id": id, "from_name": name, "to_name": "text", "type": kind, "value": value}));
    }

    fn region(&mut self, id: &str, span: &Span, label: &str) {
        self.push(id, span, "label", "labels", "labels", &json!([label]));
    }

    fn choice(&mut self, id: &str, span: &Span, kind: &str) {
        self.push(id, span, "kind", "choices", "choices", &json!([kind]));
    }

    fn words(&mut self, id: &str, span: &Span, words: &str) {
        // the key of its value is `text` by Label Studio's format, and takes the place of the region's words
        self.push(id, span, "value", "textarea", "text", &json!([words]));
    }

    /// A region that belongs to the task `id`.
    fn part(&mut self, id: &str, part: &str, span: &Span, label: &str) {
        self.region(part, span, label);
        self.result.push(json!({"type": "relation", "from_id": id, "to_id": part, "direction": "right"}));
    }

    fn body(&mut self, id: &str, label: &str, number: usize, body: &Agency) {
        // an implied body stands nowhere
        let Some(span) = &body.span else { return };
        let part = format!("{id}-{label}-{number}");
        self.part(id, &part, span, label);
        self.words(&part, span, &body.name);
    }
}
