//! The vocabulary of a comparison.

use serde::Serialize;
use serde_json::Value;

use super::compare::Leaf;

/// The part of a record that a difference lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The record as a whole: a task list against an error record, or a file that one side lacks.
    Record,
    /// What the document says of itself.
    Document,
    /// A task.
    Task,
    /// A quantified target.
    Target,
}

impl Part {
    /// The part as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Document => "document",
            Self::Task => "task",
            Self::Target => "target",
        }
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A field has another value.
    Changed,
    /// Expected, and not there.
    Missing,
    /// There, and not expected.
    Extra,
    /// One expected task came as several.
    Split,
    /// Several expected tasks came as one.
    Merged,
    /// The same tasks stand in another order.
    Moved,
}

/// A task or target, for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its markers (`IV.1.1`), where it has them.
    pub ordinal: Option<String>,
    /// Its title, or else the beginning of its text.
    pub title: String,
}

impl Place {
    pub(crate) fn of(item: &Value) -> Self {
        let own = |key: &str| item.get(key).and_then(Value::as_str).filter(|s| !s.is_empty());
        let title = own("title").or_else(|| own("text")).or_else(|| own("raw")).unwrap_or_default();
        Self {
            id: own("id").map(str::to_owned),
            ordinal: own("ordinal").map(str::to_owned),
            title: super::show::cut(title, 100),
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The part of the record.
    pub part: Part,
    /// The field by its name in the schema (`lead`, `deadlines`, `subject`); the part's own name (`task`) where it is
    /// missing, extra, split or merged; `order` where it moved.
    pub field: String,
    /// What happened.
    pub change: Change,
    /// The expected items that it is about: none of the document, one of a changed field, several of a merge.
    pub expected: Vec<Place>,
    /// The actual items.
    pub actual: Vec<Place>,
    /// The values that differ inside the field.
    pub leaves: Vec<Leaf>,
}

impl Difference {
    pub(crate) fn new(part: Part, field: &str, change: Change) -> Self {
        Self { part, field: field.to_owned(), change, expected: Vec::new(), actual: Vec::new(), leaves: Vec::new() }
    }

    pub(crate) fn between(mut self, expected: &[&Value], actual: &[&Value]) -> Self {
        self.expected = expected.iter().map(|v| Place::of(v)).collect();
        self.actual = actual.iter().map(|v| Place::of(v)).collect();
        self
    }
}

/// The differences of one document.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct DocumentDiff {
    /// The degree of secrecy, in the schema's words: the higher one of both sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrecy: Option<String>,
    /// Number of expected tasks; `None` where the expected file lists none.
    pub expected_tasks: Option<usize>,
    /// Number of actual tasks.
    pub actual_tasks: usize,
    /// Expected tasks that came out the same in every field that was compared.
    pub same_tasks: usize,
    /// Whether spans were left out, because the two records are of different bytes.
    pub spans_left_out: bool,
    /// The differences: of the record and the document, of tasks in expected order, of targets.
    pub differences: Vec<Difference>,
}

/// Which fields are asked for; all of them where it is empty.
///
/// ```
/// use nhiemvu_review::Only;
/// assert!(Only::parse(&["lead", "document.date"]).is_ok());
/// assert!(Only::parse(&["leed"]).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Only(Vec<String>);

/// A name that no field of the schema has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such field: {field}; one of {}", Only::names().collect::<Vec<_>>().join(", "))]
pub struct UnknownField {
    /// The name.
    pub field: String,
}

const TASK_FIELDS: [&str; 19] = [
    "id",
    "ordinal",
    "section",
    "kind",
    "title",
    "text",
    "lead",
    "coordinating",
    "monitoring",
    "report_to",
    "deadlines",
    "deliverables",
    "references",
    "fields",
    "status",
    "flags",
    "span",
    "repeats",
    "order",
];
const DOCUMENT_FIELDS: [&str; 19] = [
    "id",
    "pages",
    "ocr",
    "status",
    "type",
    "type_name",
    "number",
    "issuer",
    "place",
    "date",
    "subject",
    "urgency",
    "secrecy",
    "addressees",
    "signer",
    "recipients",
    "references",
    "text",
    "warnings",
];
const TARGET_FIELDS: [&str; 10] =
    ["id", "raw", "text", "comparator", "value", "value_max", "unit", "deadline", "section", "span"];

impl Only {
    /// The names that can be asked for: parts and fields, each once.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let parts = ["record", "document", "task", "target", "error"];
        let mut all: Vec<&str> =
            parts.into_iter().chain(TASK_FIELDS).chain(DOCUMENT_FIELDS).chain(TARGET_FIELDS).collect();
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|name| seen.insert(*name));
        all.into_iter()
    }

    /// Reads names of fields: `lead` is that field wherever it stands, `document.date` that of the document, `task`
    /// everything about tasks.
    ///
    /// # Errors
    /// [`UnknownField`] for a name that is none.
    pub fn parse<S: AsRef<str>>(names: &[S]) -> Result<Self, UnknownField> {
        let names: Vec<String> = names
            .iter()
            .flat_map(|n| n.as_ref().split(','))
            .map(|n| n.trim().to_owned())
            .filter(|n| !n.is_empty())
            .collect();
        for name in &names {
            let field = match name.split_once('.') {
                Some(("document", field)) if DOCUMENT_FIELDS.contains(&field) => continue,
                Some(("task", field)) if TASK_FIELDS.contains(&field) => continue,
                Some(("target", field)) if TARGET_FIELDS.contains(&field) => continue,
                Some(_) => None,
                None => Self::names().find(|k| k == name),
            };
            if field.is_none() {
                return Err(UnknownField { field: name.clone() });
            }
        }
        Ok(Self(names))
    }

    /// Whether `difference` is asked for.
    pub fn wants(&self, difference: &Difference) -> bool {
        let (part, field) = (difference.part.as_str(), difference.field.as_str());
        let fits = |name: &String| match name.split_once('.') {
            Some((p, f)) => p == part && f == field,
            None => name == part || name == field,
        };
        self.0.is_empty() || self.0.iter().any(fits)
    }
}
