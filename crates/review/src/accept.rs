//! Making a reviewed result the fixture.
//!
//! Nothing here asks or decides: [`plan`] says what would be written where, [`write()`] writes it.

use std::fs;
use std::path::{Path, PathBuf};

use nhiemvu_exporter::{Layout, ReadError, read_json, to_json};
use serde_json::Value;

use crate::files::{FileError, Problem, has_extension, read_records, result_files, shown};

/// A fixture to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixture {
    /// Where to.
    pub path: PathBuf,
    /// Its bytes, in canonical form.
    pub bytes: Vec<u8>,
}

/// What [`write()`] would write for accepting `actual` in the place of `expected`: those fixtures whose bytes would
/// change, in the order of their paths.
///
/// A file takes the place of a file. Below a folder of results each file goes to the same path below `expected`; an
/// existing fixture `kh.json` also takes the result `kh.md.json`. The records of an NDJSON file go to a folder, each to
/// its document's path with `.json`. Fixtures without a result stay.
///
/// # Errors
/// [`FileError`] where a file cannot be read, is no whole record, or leads outside of `expected`.
pub fn plan(actual: &Path, expected: &Path) -> Result<Vec<Fixture>, FileError> {
    let mut fixtures = Vec::new();
    if actual.is_dir() {
        for file in result_files(actual)? {
            let below = file.strip_prefix(actual).unwrap_or(&file).to_owned();
            collect(&file, &below, expected, &mut fixtures)?;
        }
    } else if has_extension(actual, "json") && !expected.is_dir() {
        fixtures.push(Fixture { path: expected.to_owned(), bytes: canonical(&crate::read_json(actual)?, actual)? });
    } else {
        let name = actual.file_name().map(PathBuf::from).unwrap_or_default();
        collect(actual, &name, expected, &mut fixtures)?;
    }
    fixtures.retain(|f| fs::read(&f.path).ok().as_ref() != Some(&f.bytes));
    fixtures.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(fixtures)
}

fn collect(file: &Path, below: &Path, expected: &Path, out: &mut Vec<Fixture>) -> Result<(), FileError> {
    if has_extension(file, "json") {
        let path = existing_fixture(&expected.join(below));
        out.push(Fixture { path, bytes: canonical(&crate::read_json(file)?, file)? });
        return Ok(());
    }
    let folder = expected.join(below.parent().unwrap_or(Path::new("")));
    for record in read_records(file)? {
        let source = record.get("document").and_then(|d| d.get("source")).or_else(|| record.get("source"));
        let own = |key: &str| source.and_then(|s| s.get(key)).and_then(Value::as_str);
        let member = own("member").map(|member| format!("/{member}")).unwrap_or_default();
        let name = own("path").map(|path| format!("{path}{member}")).unwrap_or_default();
        let inside =
            !name.is_empty() && Path::new(&name).components().all(|c| matches!(c, std::path::Component::Normal(_)));
        if !inside {
            return Err(FileError::kind(file, Problem::Outside));
        }
        let path = existing_fixture(&folder.join(format!("{name}.json")));
        out.push(Fixture { path, bytes: canonical(&record, file)? });
    }
    Ok(())
}

/// The fixture that stands there already without the document's extension, if that alone does.
fn existing_fixture(path: &Path) -> PathBuf {
    let short = path.file_stem().map(|stem| path.with_file_name(stem).with_extension("json"));
    match short {
        Some(short) if !path.exists() && short.exists() => short,
        _ => path.to_owned(),
    }
}

/// The record as a fixture: the keys of the schema in its order, indented by two spaces, a line feed at the end.
fn canonical(record: &Value, path: &Path) -> Result<Vec<u8>, FileError> {
    if record.get("tasks").is_none_or(|t| !t.is_array()) && record.get("error").is_none_or(|e| !e.is_object()) {
        return Err(FileError::kind(path, Problem::NotRecord));
    }
    let read = read_json(&record.to_string()).map_err(|error| match error {
        ReadError::Json(error) => FileError::Json { path: shown(path), error },
        _ => FileError::kind(path, Problem::Version),
    })?;
    Ok(to_json(&read, Layout::Pretty))
}

/// Writes the fixtures; each appears whole or not at all.
///
/// # Errors
/// [`FileError::Io`] at the first that cannot be written.
pub fn write(fixtures: &[Fixture]) -> Result<(), FileError> {
    for fixture in fixtures {
        let folder = fixture.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let error = |error| FileError::io(&fixture.path, error);
        fs::create_dir_all(folder).map_err(error)?;
        let mut half = fixture.path.clone().into_os_string();
        half.push(".part");
        fs::write(&half, &fixture.bytes).and_then(|()| fs::rename(&half, &fixture.path)).map_err(error)?;
    }
    Ok(())
}
