//! Files and folders of results against files and folders of fixtures.

use std::collections::BTreeMap;
use std::path::Path;

use nhiemvu_exporter::{highest_secrecy, secrecy_stamp};
use serde::Serialize;
use serde_json::Value;

use super::difference::{Change, Difference, DocumentDiff, Only, Part};
use super::document::{diff, secrecy};
use crate::Lang;
use crate::files::{FileError, Problem, has_extension, read_records, result_files, shown};
use crate::page::PageDocument;

/// The differences of every document.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct DiffReport {
    /// One entry a document, in the order of their names.
    pub documents: Vec<NamedDiff>,
    /// The sums.
    pub total: Totals,
}

/// A document's differences under its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedDiff {
    /// Path of the result below its folder, without `.json`; of a record in an NDJSON file, its document's path.
    pub name: String,
    /// The comparison.
    #[serde(flatten)]
    pub diff: DocumentDiff,
}

/// The sums of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// Documents on either side.
    pub documents: usize,
    /// Documents with differences.
    pub changed_documents: usize,
    /// Differences.
    pub differences: usize,
    /// Expected tasks.
    pub expected_tasks: usize,
    /// Expected tasks that came out the same.
    pub same_tasks: usize,
    /// Differences by part and field (`task.lead`).
    pub fields: BTreeMap<String, usize>,
}

impl Totals {
    fn add(&mut self, diff: &DocumentDiff) {
        self.documents += 1;
        self.changed_documents += usize::from(!diff.differences.is_empty());
        self.differences += diff.differences.len();
        self.expected_tasks += diff.expected_tasks.unwrap_or_default();
        self.same_tasks += diff.same_tasks;
        for difference in &diff.differences {
            *self.fields.entry(field_name(difference)).or_default() += 1;
        }
    }
}

/// `task.lead`; the part alone where the difference is about it as a whole.
pub(super) fn field_name(difference: &Difference) -> String {
    let part = difference.part.as_str();
    if part == difference.field { part.to_owned() } else { format!("{part}.{}", difference.field) }
}

impl DiffReport {
    /// A report of documents compared elsewhere.
    pub fn new(documents: Vec<NamedDiff>) -> Self {
        let mut total = Totals::default();
        for document in &documents {
            total.add(&document.diff);
        }
        Self { documents, total }
    }

    /// The stamp of the highest degree of secrecy among the documents that are shown; it stands before all else.
    pub(super) fn stamp(&self, lang: Lang) -> Option<String> {
        let shown = self.documents.iter().filter(|document| !document.diff.differences.is_empty());
        let degrees = shown.filter_map(|document| document.diff.secrecy.as_deref());
        highest_secrecy(degrees).map(|code| secrecy_stamp(code, lang))
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.total.differences == 0
    }

    /// The report as JSON, indented, with a line feed at its end.
    pub fn to_json(&self) -> String {
        // a report holds strings, numbers and what was JSON before
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// Compares a file or folder of results with a file or folder of what is expected.
///
/// Records pair by path below their folder; the result `kh.md.json` also answers to the fixture `kh.json`.
///
/// # Errors
/// [`FileError`] where a file cannot be read, or is a gold file and no task list.
pub fn diff_files(actual: &Path, expected: &Path, only: &Only) -> Result<DiffReport, FileError> {
    let mut actual = Records::read(actual)?;
    let mut expected = Records::read(expected)?;
    if let (true, Some((_, want)), Some(got)) = (expected.single, expected.only_one(), actual.only_one()) {
        let diff = diff(got.1, want, only);
        return Ok(DiffReport::new(vec![NamedDiff { name: got.0.clone(), diff }]));
    }
    let names: Vec<String> = expected.records.keys().cloned().collect();
    let mut documents = Vec::new();
    for name in names {
        let want = expected.records.remove(&name).unwrap_or_default();
        let got = actual.take(&name);
        let label = got.as_ref().map_or_else(|| name.clone(), |(found, _)| found.clone());
        let diff = match got {
            Some((_, got)) => diff(&got, &want, only),
            None => one_sided(&want, Change::Missing, only),
        };
        documents.push(NamedDiff { name: label, diff });
    }
    for (name, got) in actual.records {
        documents.push(NamedDiff { name, diff: one_sided(&got, Change::Extra, only) });
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(DiffReport::new(documents))
}

fn one_sided(record: &Value, change: Change, only: &Only) -> DocumentDiff {
    let tasks = record.get("tasks").and_then(Value::as_array).map(Vec::len);
    let mut found = DocumentDiff { secrecy: secrecy([record]), ..DocumentDiff::default() };
    match change {
        Change::Missing => found.expected_tasks = tasks,
        _ => found.actual_tasks = tasks.unwrap_or_default(),
    }
    found.differences = vec![Difference::new(Part::Record, "record", change)];
    found.differences.retain(|d| only.wants(d));
    found
}

/// Gives each document of a page its differences from what is expected of it; a document that nothing is expected of
/// gets none. What is left over are the names of expected records without a document.
///
/// # Errors
/// [`FileError`] where the expected files cannot be read.
pub fn compare_pages(documents: &mut [PageDocument], expected: &Path) -> Result<Vec<String>, FileError> {
    let mut expected = Records::read(expected)?;
    let all = Only::default();
    if let ([document], true, Some((_, want))) = (&mut *documents, expected.single, expected.only_one()) {
        document.diff = Some(diff(&document.record, want, &all));
        return Ok(Vec::new());
    }
    for document in documents {
        document.diff = expected.take(&document.name).map(|(_, want)| diff(&document.record, &want, &all));
    }
    Ok(expected.records.into_keys().collect())
}

/// The records of a file or folder of results, by the names that comparisons know them under.
///
/// # Errors
/// [`FileError`] where a file cannot be read.
pub fn read_results(path: &Path) -> Result<BTreeMap<String, Value>, FileError> {
    Ok(Records::read(path)?.records)
}

/// Records by name.
struct Records {
    records: BTreeMap<String, Value>,
    /// Whether a file was named and not a folder.
    single: bool,
}

impl Records {
    fn read(path: &Path) -> Result<Self, FileError> {
        let mut found = Self { records: BTreeMap::new(), single: !path.is_dir() };
        if found.single {
            found.file(path, path.parent().unwrap_or(Path::new("")))?;
        } else {
            for file in result_files(path)? {
                found.file(&file, path)?;
            }
        }
        Ok(found)
    }

    fn file(&mut self, path: &Path, root: &Path) -> Result<(), FileError> {
        let below = path.strip_prefix(root).unwrap_or(path);
        let lines = !has_extension(path, "json");
        for record in read_records(path)? {
            if record.get("file").is_some() && record.get("document").is_none_or(|d| d.get("source").is_none()) {
                return Err(FileError::kind(path, Problem::IsGold));
            }
            let name = if lines { source_name(below, &record) } else { shown(&below.with_extension("")) };
            self.insert(&name, record);
        }
        Ok(())
    }

    /// A name that is taken gets a number.
    fn insert(&mut self, name: &str, record: Value) {
        let numbered = |n: u64| if n == 1 { name.to_owned() } else { format!("{name}#{n}") };
        let free = (1..=self.records.len() as u64 + 1).map(numbered).find(|name| !self.records.contains_key(name));
        self.records.insert(free.unwrap_or_default(), record);
    }

    fn only_one(&self) -> Option<(&String, &Value)> {
        self.records.first_key_value().filter(|_| self.records.len() == 1)
    }

    /// The record of that name, or the only one whose name is it with a document's extension, or without one.
    fn take(&mut self, name: &str) -> Option<(String, Value)> {
        if let Some(record) = self.records.remove(name) {
            return Some((name.to_owned(), record));
        }
        let bare = |n: &str| n.rsplit_once('.').filter(|(_, e)| !e.contains('/')).map(|(stem, _)| stem.to_owned());
        let mut fitting =
            self.records.keys().filter(|k| bare(k).as_deref() == Some(name) || bare(name).as_ref() == Some(k));
        let (first, second) = (fitting.next().cloned(), fitting.next());
        let found = first.filter(|_| second.is_none())?;
        self.records.remove_entry(&found)
    }
}

/// The path of a record's document, in the folder of the NDJSON file that holds it.
fn source_name(file: &Path, record: &Value) -> String {
    let source = record.get("document").and_then(|d| d.get("source")).or_else(|| record.get("source"));
    let own = |key: &str| source.and_then(|s| s.get(key)).and_then(Value::as_str);
    let folder = file.parent().map(shown).filter(|f| !f.is_empty()).map(|f| f + "/").unwrap_or_default();
    let member = own("member").map(|m| format!("/{m}")).unwrap_or_default();
    format!("{folder}{}{member}", own("path").unwrap_or("?"))
}
