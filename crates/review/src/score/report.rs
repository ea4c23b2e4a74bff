//! A folder of gold files against a folder of results.

use std::path::{Path, PathBuf};

use nhiemvu_exporter::highest_secrecy;
use serde::Serialize;
use serde_json::Value;

use super::{Note, Row, Tally, score};
use crate::diff::secrecy;
use crate::files::{FileError, Problem, has_extension, read_json};

/// The figures of every document and of all together.
#[derive(Debug, Default)]
pub struct ScoreReport {
    /// One entry a gold file, in the order of their names.
    pub documents: Vec<ScoredDocument>,
    /// The counts of all of them.
    pub total: Tally,
}

/// One document's figures.
#[derive(Debug)]
pub struct ScoredDocument {
    /// Its figures, under the name of the gold file.
    pub row: Row,
    /// Its mistakes.
    pub notes: Vec<Note>,
    /// Why there was no output to score, if there was none: everything then counts as missed.
    pub missing: Option<String>,
}

/// A row with its mistakes, as it is written where details are asked for.
#[derive(Serialize)]
struct Detailed<'a> {
    #[serde(flatten)]
    row: &'a Row,
    details: &'a [Note],
}

impl ScoreReport {
    /// The rows of all documents, then `ALL`.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.documents.iter().map(|d| d.row.clone()).collect();
        let secrecy = highest_secrecy(rows.iter().filter_map(|row| row.secrecy.as_deref())).map(str::to_owned);
        rows.push(Row { secrecy, ..self.total.row("ALL") });
        rows
    }

    /// The rows as a JSON array, indented by one space; with `details`, each document's mistakes in its row.
    pub fn to_json(&self, details: bool) -> String {
        let rows = self.rows();
        let notes = self.documents.iter().map(|d| d.notes.as_slice()).chain([&[][..]]);
        let mut bytes = Vec::new();
        let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
        let mut out = serde_json::Serializer::with_formatter(&mut bytes, formatter);
        let detailed = || rows.iter().zip(notes).map(|(row, details)| Detailed { row, details }).collect::<Vec<_>>();
        // writing to memory cannot fail, and every value is a string, a number or null
        let _ = if details { detailed().serialize(&mut out) } else { rows.serialize(&mut out) };
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// Scores `output` (a folder of results or one result) against `gold` (a folder of gold files or one gold file).
///
/// The result of a gold file that names its document `kh.md` is `kh.md.json`, or else bears the gold file's own name.
///
/// # Errors
/// [`FileError`] where the gold cannot be read or is no gold. A result that is missing or damaged is no error: it is said
/// in [`ScoredDocument::missing`] and scores nothing.
pub fn score_files(gold: &Path, output: &Path) -> Result<ScoreReport, FileError> {
    let mut report = ScoreReport::default();
    for file in gold_files(gold)? {
        let wanted = read_gold(&file)?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (result, missing) = match read_output(&output_of(&file, &wanted, output)) {
            Ok(result) => (Some(result), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let scored = score(&wanted, result.as_ref());
        report.total.merge(&scored.tally);
        let row = Row { secrecy: secrecy(result.iter().chain([&wanted])), ..scored.tally.row(name) };
        report.documents.push(ScoredDocument { row, notes: scored.notes, missing });
    }
    Ok(report)
}

fn gold_files(gold: &Path) -> Result<Vec<PathBuf>, FileError> {
    if !gold.is_dir() {
        return Ok(vec![gold.to_owned()]);
    }
    let entries = std::fs::read_dir(gold).map_err(|error| FileError::io(gold, error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| FileError::io(gold, error))?.path();
        if has_extension(&path, "json") && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(FileError::kind(gold, Problem::NoGold));
    }
    Ok(files)
}

fn read_gold(path: &Path) -> Result<Value, FileError> {
    let gold = read_json(path)?;
    let anchored = |t: &Value| t.get("anchor").and_then(Value::as_str).is_some_and(|a| !a.trim().is_empty());
    let tasks = gold.get("tasks").and_then(Value::as_array);
    if gold.get("file").is_some_and(Value::is_string) && tasks.is_some_and(|tasks| tasks.iter().all(anchored)) {
        return Ok(gold);
    }
    Err(FileError::kind(path, Problem::NotGold))
}

fn output_of(gold_file: &Path, gold: &Value, output: &Path) -> PathBuf {
    if !output.is_dir() {
        return output.to_owned();
    }
    let document = gold.get("file").and_then(Value::as_str).unwrap_or_default();
    let named = output.join(format!("{document}.json"));
    if named.exists() { named } else { output.join(gold_file.file_name().unwrap_or_default()) }
}

fn read_output(path: &Path) -> Result<Value, FileError> {
    let output = read_json(path)?;
    if output.get("tasks").is_some_and(Value::is_array) {
        return Ok(output);
    }
    Err(FileError::kind(path, Problem::NotRecord))
}
