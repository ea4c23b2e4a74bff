//! One file for each subcommand.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nhiemvu_ingest::{IngestError, Limits};
use nhiemvu_model::Source;
use nhiemvu_pipeline::{Options, Part, Registry, Selection, parts, read_file};
use nhiemvu_review::FileError;

use crate::args::Conversion;
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::inputs::slashes;
use crate::isolation::isolation;

pub(crate) mod accept;
pub(crate) mod agencies;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod due;
pub(crate) mod extract;
pub(crate) mod formats;
pub(crate) mod man;
pub(crate) mod pipe;
pub(crate) mod register;
pub(crate) mod results;
pub(crate) mod review;
pub(crate) mod schema;
pub(crate) mod score;
pub(crate) mod start;
pub(crate) mod text;
pub(crate) mod tree;
pub(crate) mod worker;

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
        isolation: Some(Arc::new(isolation(flags)?)),
    })
}

/// Reads one document, as far as its lines. In an archive or a saved e-mail it is named by its path behind the
/// container's (`goi.zip/ke-hoach.docx`), which may be left out where there is one document only.
pub(crate) fn read(path: &Path, options: &Options, console: &Console) -> Result<Source, Failure> {
    let (file, member) = split(path);
    let name = slashes(&file);
    let bytes = read_file(&file, &name, options).map_err(|record| {
        console.fault(&record);
        let exit = if record.error.code == "not-found" { Exit::Usage } else { Exit::Failed };
        Failure { exit, message: String::new(), hint: None }
    })?;
    let fault =
        |error: &IngestError| Failure::failed(format!("{}: {error} ({})", slashes(path), error.code()), error.hint());
    let parts = parts(&bytes, &options.limits).map_err(|error| fault(&error))?;
    let one = choose(&parts, member.as_deref()).ok_or_else(|| {
        let names: Vec<&str> = parts.iter().filter_map(|part| part.member.as_deref()).collect();
        let message = console.say("usage.several", &[&name, &names.len().to_string()]);
        let shown = names.iter().take(20).map(|member| format!("{name}/{member}")).collect::<Vec<_>>().join("\n    ");
        Failure::usage(message, console.say("usage.several.hint", &[&shown]))
    })?;
    let bytes = one.content.as_ref().map_err(fault)?;
    let name = one.member.as_ref().unwrap_or(&name);
    nhiemvu_ingest::read(bytes, Some(name), &options.limits).map_err(|error| fault(&error))
}

/// A path as the file that exists and the member behind it, if any: `goi.zip/a/b.md` is `a/b.md` in the file `goi.zip`.
fn split(path: &Path) -> (PathBuf, Option<String>) {
    let file = path.ancestors().skip(1).find(|above| above.is_file()).filter(|_| !path.exists());
    match file.map(|file| (file, path.strip_prefix(file))) {
        Some((file, Ok(member))) => (file.to_owned(), Some(slashes(member))),
        _ => (path.to_owned(), None),
    }
}

/// The part that is asked for, or the only one.
fn choose<'p, 'a>(parts: &'p [Part<'a>], member: Option<&str>) -> Option<&'p Part<'a>> {
    match (parts, member) {
        ([one], None) => Some(one),
        (_, None) => None,
        _ => parts.iter().find(|part| part.member.as_deref() == member),
    }
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
