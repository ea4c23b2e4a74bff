//! `nhiemvu register`: the register of tasks that an office keeps.

use std::path::Path;

use nhiemvu_exporter::{Added, Record, Register, RegisterError};
use nhiemvu_pipeline::Options;

use crate::args::{Register as Args, RegisterAction, RegisterAdd};
use crate::commands::{options, results};
use crate::console::Console;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::slashes;
use crate::write;

pub(crate) fn run(args: &Args, console: &Console) -> Outcome {
    let RegisterAction::Add(args) = &args.action;
    add(args, console)
}

/// How a register is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Book,
    Lines,
}

fn add(args: &RegisterAdd, console: &Console) -> Outcome {
    let kind = kind(&args.to, console)?;
    // whatever is wrong with the book is said before the work begins
    let mut register = open(&args.to, kind, console)?;
    let options = Options { selection: (&args.pick).into(), ..options(&args.conversion, console)? };
    let records = results::records(&args.paths, Some(&args.to), &options, args.jobs, console)?;
    let (mut all, mut failed) = (Added::default(), false);
    for record in &records {
        let Record::Tasks(list) = record else {
            failed = true;
            continue;
        };
        if list.warnings.iter().any(|warning| warning.code == "duplicate-of") {
            console.note(&console.say("register.twice", &[&list.document.source.path]));
            continue;
        }
        let added = register.add(list, console.lang.into());
        all.new += added.new;
        all.changed += added.changed;
        all.gone += added.gone;
    }
    let bytes = match kind {
        Kind::Book => register.to_xlsx(console.lang.into()).map_err(|error| fault(&args.to, &error, console))?,
        Kind::Lines => register.to_ndjson(),
    };
    write::whole(&args.to, &bytes).map_err(|error| {
        let message = console.say("fault.unwritable", &[&slashes(&args.to), &error.to_string()]);
        Failure::failed(message, Some(console.say("remedy.unwritable", &[])))
    })?;
    let figures = [all.new, all.changed, all.gone].map(|figure| figure.to_string());
    console.note(&console.say("register.done", &[&slashes(&args.to), &figures[0], &figures[1], &figures[2]]));
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

fn kind(path: &Path, console: &Console) -> Result<Kind, Failure> {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "xlsx" => Ok(Kind::Book),
        "ndjson" | "jsonl" => Ok(Kind::Lines),
        _ => {
            Err(Failure::usage(console.say("register.kind", &[&slashes(path)]), console.say("register.kind.hint", &[])))
        }
    }
}

/// The register as it is, or a new one where there is no file.
fn open(path: &Path, kind: Kind, console: &Console) -> Result<Register, Failure> {
    if let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) {
        // what Excel and LibreOffice put beside a book that is open
        if [format!("~${name}"), format!(".~lock.{name}#")].iter().any(|lock| path.with_file_name(lock).exists()) {
            let message = console.say("register.open", &[&slashes(path)]);
            return Err(Failure::failed(message, Some(console.say("register.open.hint", &[]))));
        }
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Register::new()),
        Err(error) => return Err(fault(path, &RegisterError::Unreadable(error.to_string()), console)),
    };
    let read = match kind {
        Kind::Book => Register::from_xlsx(&bytes),
        Kind::Lines => match std::str::from_utf8(&bytes) {
            Ok(text) => Register::from_ndjson(text),
            Err(error) => Err(RegisterError::Unreadable(error.to_string())),
        },
    };
    read.map_err(|error| fault(path, &error, console))
}

fn fault(path: &Path, error: &RegisterError, console: &Console) -> Failure {
    let name = slashes(path);
    let said = |key: &str, what: &str| {
        Failure::failed(console.say(key, &[&name, what]), Some(console.say(&format!("{key}.hint"), &[])))
    };
    match error {
        RegisterError::WouldLose(what) => said("register.would-lose", what),
        RegisterError::NotRegister => said("register.not-register", ""),
        RegisterError::Unreadable(what) => said("register.unreadable", what),
        other => said("register.unreadable", &other.to_string()),
    }
}
