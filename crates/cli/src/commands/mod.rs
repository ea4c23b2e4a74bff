//! One file for each subcommand.

use std::path::Path;
use std::sync::Arc;

use nhiemvu_ingest::{IngestError, Limits};
use nhiemvu_model::Source;
use nhiemvu_pipeline::{Options, Registry, Selection, read_file};
use nhiemvu_review::FileError;

use crate::args::Conversion;
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::inputs::slashes;

pub(crate) mod accept;
pub(crate) mod agencies;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod extract;
pub(crate) mod formats;
pub(crate) mod pipe;
pub(crate) mod review;
pub(crate) mod schema;
pub(crate) mod score;
pub(crate) mod start;
pub(crate) mod text;
pub(crate) mod tree;

/// The registry, with the user's own agencies where `file` names some.
pub(crate) fn registry(file: Option<&Path>, console: &Console) -> Result<Option<Arc<Registry>>, Failure> {
    let Some(path) = file else { return Ok(None) };
    let wrong = |message: String| {
        Failure::usage(console.say("usage.registry", &[&message]), console.say("usage.registry.hint", &[]))
    };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(format!("{}: {error}", slashes(path))))?;
    let registry = Registry::with_user_file(&text, &slashes(path)).map_err(|error| wrong(error.to_string()))?;
    Ok(Some(Arc::new(registry)))
}

/// The pipeline's options for the flags that all conversions share.
pub(crate) fn options(flags: &Conversion, console: &Console) -> Result<Options, Failure> {
    let usual = Limits::default();
    Ok(Options {
        date: flags.date,
        province: flags.province.clone(),
        registry: registry(flags.registry.as_deref(), console)?,
        limits: Limits {
            max_bytes: flags.max_bytes.unwrap_or(usual.max_bytes),
            max_pages: flags.max_pages.unwrap_or(usual.max_pages),
            ..usual
        },
        with_text: false,
        selection: Selection::default(),
    })
}

/// Reads one document, as far as its lines.
pub(crate) fn read(path: &Path, options: &Options, console: &Console) -> Result<Source, Failure> {
    let name = slashes(path);
    let bytes = read_file(path, &name, options).map_err(|record| {
        console.fault(&record);
        let exit = if record.error.code == "not-found" { Exit::Usage } else { Exit::Failed };
        Failure { exit, message: String::new(), hint: None }
    })?;
    let fault = |error: IngestError| Failure::failed(format!("{name}: {error} ({})", error.code()), error.hint());
    nhiemvu_ingest::read(&bytes, Some(&name), &options.limits).map_err(fault)
}

/// Why a result, a fixture or a gold file cannot be used.
pub(crate) fn unreadable(error: &FileError, console: &Console) -> Failure {
    let (message, hint) = match error {
        FileError::Io { path, error } if error.kind() == std::io::ErrorKind::NotFound => {
            let message = console.say("usage.not-found", &[path]);
            return Failure::usage(message, console.say("usage.not-found.hint", &[]));
        }
        FileError::Io { path, error } => (console.say("results.io", &[path, &error.to_string()]), None),
        FileError::Json { path, error } => (console.say("results.json", &[path, &error.to_string()]), None),
        FileError::Kind { path, problem } => {
            let key = format!("results.{}", problem.code());
            return Failure::usage(
                format!("{path}: {}", console.say(&key, &[])),
                console.say(&format!("{key}.hint"), &[]),
            );
        }
        other => (other.to_string(), None),
    };
    Failure::failed(message, hint)
}
