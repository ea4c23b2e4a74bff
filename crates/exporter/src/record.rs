//! The records of the schema, as serde structures in the schema's own order of keys.
//!
//! The meaning of every key stands in the schema ([`crate::SCHEMA`]); here it is only named. Words of a closed list
//! (`kind`, `via`, flags) are [`Word`]s and not enums, so that a record of a later 1.x with a word not known here can
//! still be read. Unknown keys are ignored, and missing ones get their empty value, for the same reason.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

/// The version of the schema that records are written by.
pub const SCHEMA_VERSION: &str = "1.0";

/// A word of one of the schema's closed lists.
pub type Word = Cow<'static, str>;

/// What one document asks of whom, by when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskList {
    /// Version of the schema.
    pub schema_version: Word,
    /// What made the record.
    pub generator: Generator,
    /// The document.
    pub document: Document,
    /// Its tasks, in reading order.
    pub tasks: Vec<Task>,
    /// Its quantified targets, in reading order.
    pub targets: Vec<Target>,
    /// What could not be read, resolved or placed.
    pub warnings: Vec<Warning>,
}

/// Stands in the place of a task list where a document could not be converted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorRecord {
    /// Version of the schema.
    pub schema_version: Word,
    /// What made the record.
    pub generator: Generator,
    /// The file.
    pub source: SourceInfo,
    /// What is wrong with it.
    pub error: Fault,
}

/// All that came of one line of `nhiemvu pipe`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PipeRecord {
    /// The input record's `id`, whatever it was.
    pub id: serde_json::Value,
    /// The task lists.
    pub documents: Vec<TaskList>,
    /// The faults.
    pub errors: Vec<ErrorRecord>,
}

/// Why a document could not be converted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Fault {
    /// Stable code.
    pub code: Word,
    /// What happened, for people.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// What made a record; two outputs that differ are explained by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Generator {
    /// Always `nhiemvu`.
    pub name: Word,
    /// Version of the program.
    pub version: Word,
    /// Date of the agency registry.
    pub registry: String,
    /// The options that bear on the result, as given.
    pub options: BTreeMap<String, String>,
}

impl Default for Generator {
    fn default() -> Self {
        Self {
            name: Word::Borrowed("nhiemvu"),
            version: Word::Borrowed(env!("CARGO_PKG_VERSION")),
            registry: String::new(),
            options: BTreeMap::new(),
        }
    }
}

impl Default for TaskList {
    fn default() -> Self {
        Self {
            schema_version: Word::Borrowed(SCHEMA_VERSION),
            generator: Generator::default(),
            document: Document::default(),
            tasks: Vec::new(),
            targets: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

impl Default for ErrorRecord {
    fn default() -> Self {
        Self {
            schema_version: Word::Borrowed(SCHEMA_VERSION),
            generator: Generator::default(),
            source: SourceInfo::default(),
            error: Fault::default(),
        }
    }
}

/// What the document says of itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Document {
    pub id: String,
    pub source: SourceInfo,
    pub pages: Option<u32>,
    pub ocr: bool,
    pub status: Word,
    #[serde(rename = "type")]
    pub doc_type: Option<String>,
    pub type_name: Option<String>,
    pub number: Option<Number>,
    pub issuer: Option<Agency>,
    pub place: Option<String>,
    pub date: Option<String>,
    pub subject: Option<String>,
    pub urgency: Option<Word>,
    pub secrecy: Option<Word>,
    pub addressees: Vec<Agency>,
    pub signer: Option<Signer>,
    pub recipients: Vec<Recipient>,
    pub references: Vec<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The file, as it came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct SourceInfo {
    pub path: String,
    pub member: Option<String>,
    pub media_type: Option<Word>,
    pub bytes: Option<u64>,
    pub sha256: Option<String>,
}

/// Number and symbol of a document (số, ký hiệu).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Number {
    pub raw: String,
    pub serial: Option<String>,
    pub symbol: Option<String>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Signer {
    pub name: Option<String>,
    pub position: Option<String>,
    pub authority: Vec<String>,
}

/// A line of Nơi nhận.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Recipient {
    pub raw: String,
    pub agencies: Vec<Agency>,
    pub purpose: Option<String>,
}

/// One thing that somebody must do (một nhiệm vụ).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Task {
    pub id: String,
    pub ordinal: String,
    pub section: Vec<Heading>,
    pub kind: Word,
    pub title: String,
    pub text: String,
    pub lead: Vec<Agency>,
    pub coordinating: Vec<Agency>,
    pub monitoring: Vec<Agency>,
    pub report_to: Vec<Agency>,
    pub deadlines: Vec<Deadline>,
    pub deliverables: Vec<Deliverable>,
    pub references: Vec<Reference>,
    pub fields: Vec<Field>,
    pub status: Option<Word>,
    pub flags: Vec<Word>,
    pub span: Span,
    pub repeats: Option<String>,
}

/// A quantified target (chỉ tiêu).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Target {
    pub id: String,
    pub raw: String,
    pub text: String,
    pub comparator: Word,
    #[serde(serialize_with = "plain_number")]
    pub value: f64,
    #[serde(serialize_with = "plain_number_or_null")]
    pub value_max: Option<f64>,
    pub unit: Option<String>,
    pub deadline: Option<Deadline>,
    pub section: Vec<Heading>,
    pub span: Span,
}

/// Something that a reader of the result should know.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Warning {
    pub code: Word,
    pub message: String,
    pub span: Option<Span>,
}

/// One mention of a body or a group of bodies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Agency {
    pub raw: String,
    pub name: String,
    pub id: Option<String>,
    pub kind: Word,
    pub jurisdiction: Option<Jurisdiction>,
    pub holder: Option<String>,
    pub successor: Option<Successor>,
    pub via: Word,
    pub span: Option<Span>,
}

/// The place that a body belongs to (địa bàn).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Jurisdiction {
    pub province: Option<String>,
    pub province_code: Option<String>,
    pub district: Option<String>,
    pub district_code: Option<String>,
    pub commune: Option<String>,
    pub commune_code: Option<String>,
}

/// The body that took over another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Successor {
    pub id: String,
    pub name: String,
    pub since: String,
}

/// One time limit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Deadline {
    pub raw: String,
    pub kind: Word,
    pub due: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub time: Option<String>,
    pub inclusive: Option<bool>,
    pub rrule: Option<String>,
    pub duration: Option<String>,
    pub working_days: bool,
    pub anchor: Option<Word>,
    pub emphasised: bool,
    pub via: Word,
    pub span: Span,
}

/// What comes out of a task (sản phẩm).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Deliverable {
    pub text: String,
    pub span: Span,
}

/// A document cited by type, number and date.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Reference {
    pub raw: String,
    #[serde(rename = "type")]
    pub doc_type: Option<String>,
    pub number: Option<String>,
    pub date: Option<String>,
    pub issuer: Option<Agency>,
    pub span: Span,
}

/// A labelled line or a table column that fits no other key.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Field {
    pub label: String,
    pub value: String,
    pub span: Span,
}

/// An enclosing heading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Heading {
    pub marker: String,
    pub title: String,
}

/// Where in the document's text, in Unicode scalar values; line and page count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the schema describes each key")]
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub line: usize,
    pub page: Option<u32>,
}

impl Default for Span {
    fn default() -> Self {
        Self { start: 0, end: 0, line: 1, page: None }
    }
}

/// Writes `90` and not `90.0`: figures of documents are whole as a rule.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn plain_number<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
    // up to 2^53 every whole f64 is exact
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        to.serialize_i64(*value as i64)
    } else {
        to.serialize_f64(*value)
    }
}

#[expect(clippy::ref_option, reason = "the signature that serde asks for")]
fn plain_number_or_null<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => plain_number(value, to),
        None => to.serialize_none(),
    }
}
