//! Records that commands work on: those of result files, and those of documents, which are converted on the way.

use nhiemvu_exporter::{ReadError, Record, decode, read_json, read_ndjson};
use nhiemvu_pipeline::{Duplicates, Options, batch, keep};
use std::path::{Path, PathBuf};

use crate::console::Console;
use crate::exit::Failure;
use crate::inputs::{self, Found, slashes};
use crate::outputs::{ERRORS, same_file};

/// The records that `paths` name, in their order, each file's own in its own order; `beside` is no input, wherever it lies.
pub(crate) fn records(
    paths: &[PathBuf],
    beside: Option<&Path>,
    options: &Options,
    jobs: usize,
    console: &Console,
) -> Result<Vec<Record>, Failure> {
    let mut found = inputs::find(paths);
    if found.existing == 0 {
        let names: Vec<String> = paths.iter().map(|path| slashes(path)).collect();
        let message = console.say("usage.not-found", &[&names.join(", ")]);
        return Err(Failure::usage(message, console.say("usage.not-found.hint", &[])));
    }
    // error records stand in the files of their documents as well
    found
        .found
        .retain(|one| !one.below().ends_with(ERRORS) && !beside.is_some_and(|path| same_file(&one.input.path, path)));
    if found.found.is_empty() {
        return Err(Failure::usage(console.say("usage.empty", &[]), console.say("usage.empty.hint", &[])));
    }
    let documents: Vec<_> = found.found.iter().filter(|one| !is_result(one)).map(|one| one.input.clone()).collect();
    let mut converted: Vec<(usize, Record)> = Vec::new();
    batch(&documents, jobs, options, &mut |number, record| {
        converted.push((number, record));
        Ok(())
    })?;
    let (mut converted, mut document, mut all) = (converted.into_iter().peekable(), 0, Vec::new());
    for one in &found.found {
        if is_result(one) {
            all.extend(read(&one.input.path, options, console)?);
        } else {
            while let Some((_, record)) = converted.next_if(|(number, _)| *number == document) {
                all.push(record);
            }
            document += 1;
        }
    }
    for record in &all {
        if let Record::Error(error) = record {
            console.fault(error);
        }
    }
    // what is the same as what depends on the documents of this run, and not on those of the one that made the results
    Duplicates::mark_all(all.iter_mut().filter_map(|record| match record {
        Record::Tasks(list) => Some(list),
        Record::Error(_) => None,
    }));
    Ok(all)
}

fn is_result(found: &Found) -> bool {
    let extension = found.input.path.extension();
    extension.is_some_and(|e| ["json", "ndjson", "jsonl"].iter().any(|known| e.eq_ignore_ascii_case(known)))
}

fn read(path: &Path, options: &Options, console: &Console) -> Result<Vec<Record>, Failure> {
    let name = slashes(path);
    let text = std::fs::read(path)
        .and_then(decode)
        .map_err(|error| Failure::failed(console.say("results.io", &[&name, &error.to_string()]), None))?;
    let wrong = |name: &str, error: &ReadError| match error {
        ReadError::Json(error) => Failure::failed(console.say("results.json", &[name, &error.to_string()]), None),
        _ => Failure::usage(
            format!("{name}: {}", console.say("results.version", &[])),
            console.say("results.version.hint", &[]),
        ),
    };
    let lines = path.extension().is_some_and(|extension| !extension.eq_ignore_ascii_case("json"));
    let mut records = if lines {
        read_ndjson(&text).map_err(|(line, error)| wrong(&format!("{name}:{line}"), &error))?
    } else {
        vec![read_json(&text).map_err(|error| wrong(&name, &error))?]
    };
    for record in &mut records {
        if let Record::Tasks(list) = record {
            keep(list, &options.selection, options.registry());
        }
    }
    Ok(records)
}
