//! Reading result files and folders of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Why a file of results, fixtures or gold could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The file or folder could not be read or written.
    #[error("{path}: {error}")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system said.
        error: io::Error,
    },
    /// The file does not hold JSON.
    #[error("{path}: not JSON: {error}")]
    Json {
        /// The file, with the line where it holds several records.
        path: String,
        /// Where and why.
        error: serde_json::Error,
    },
    /// The file holds JSON of another kind than was asked for.
    #[error("{path}: {problem}")]
    Kind {
        /// The file.
        path: String,
        /// What is wrong with it.
        problem: Problem,
    },
}

/// What is wrong with a file that holds JSON, or with a folder of such files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A gold file where a task list should be.
    #[error("a gold file; `nhiemvu score` compares with it")]
    IsGold,
    /// No gold file where one should be.
    #[error("not a gold file: it needs `file`, and an `anchor` in every task")]
    NotGold,
    /// A folder without gold files.
    #[error("no gold file (*.json) in this folder")]
    NoGold,
    /// Neither a task list nor an error record.
    #[error("neither a task list nor an error record")]
    NotRecord,
    /// A record of another major version of the schema.
    #[error("a record of a schema version that this program cannot read")]
    Version,
    /// A record whose path leads out of the folder that it is to be written to.
    #[error("a record whose path leads out of the folder; give each result a file of its own")]
    Outside,
}

impl Problem {
    /// A stable name, for instance for messages in another language.
    pub fn code(self) -> &'static str {
        match self {
            Self::IsGold => "is-gold",
            Self::NotGold => "not-gold",
            Self::NoGold => "no-gold",
            Self::NotRecord => "not-record",
            Self::Version => "version",
            Self::Outside => "outside",
        }
    }
}

/// The file of a folder of results that repeats the error records of all others.
const ERRORS: &str = "errors.ndjson";

impl FileError {
    pub(crate) fn io(path: &Path, error: io::Error) -> Self {
        Self::Io { path: shown(path), error }
    }

    pub(crate) fn kind(path: &Path, problem: Problem) -> Self {
        Self::Kind { path: shown(path), problem }
    }
}

/// A path with `/` between its parts.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Reads one JSON file.
///
/// # Errors
/// [`FileError::Io`] where it cannot be read, [`FileError::Json`] where it is not JSON.
pub fn read_json(path: &Path) -> Result<Value, FileError> {
    serde_json::from_str(&read_text(path)?).map_err(|error| FileError::Json { path: shown(path), error })
}

/// Reads the records of a JSON file (one) or an NDJSON file (one a line, empty lines left out).
///
/// # Errors
/// As [`read_json`].
pub fn read_records(path: &Path) -> Result<Vec<Value>, FileError> {
    if !has_extension(path, "ndjson") && !has_extension(path, "jsonl") {
        return Ok(vec![read_json(path)?]);
    }
    let text = read_text(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(i, line)| {
            let at = || format!("{}:{}", shown(path), i + 1);
            serde_json::from_str(line).map_err(|error| FileError::Json { path: at(), error })
        })
        .collect()
}

fn read_text(path: &Path) -> Result<String, FileError> {
    fs::read(path).and_then(nhiemvu_exporter::decode).map_err(|error| FileError::io(path, error))
}

/// Whether the path's extension is `extension`, case ignored.
pub(crate) fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

/// The JSON and NDJSON files below `folder`, sorted by path; hidden files and folders left out, and `errors.ndjson`,
/// which says again what the files of the failed documents say.
///
/// # Errors
/// [`FileError::Io`] where a folder cannot be listed.
pub fn result_files(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        let entries = fs::read_dir(&here).map_err(|error| FileError::io(&here, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| FileError::io(&here, error))?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(|error| FileError::io(&here, error))?);
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') || name == ERRORS {
                continue;
            }
            // a link to a folder is not followed: it may lead back up
            if kind.is_dir() {
                folders.push(path);
            } else if ["json", "ndjson", "jsonl"].iter().any(|e| has_extension(&path, e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
