//! `nhiemvu extract`: documents and folders to task lists.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;
use nhiemvu_exporter::{Csv, Gather, Ics, LabelStudio, Layout, Xlsx};
use nhiemvu_pipeline::{Options, Stop, read_file};

use crate::args::{Extract, OutputFormat};
use crate::batch::Batch;
use crate::batch::folder::{self, Folder};
use crate::batch::ledger::{Ledger, Refusal};
use crate::batch::progress::Progress;
use crate::batch::stream::{self, Sink};
use crate::batch::watch::{Looks, Watch, looks};
use crate::commands::options;
use crate::console::Console;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{self, Found, Inputs, slashes};
use crate::isolation::threads;
use crate::outputs::{self, ERRORS, Target, gathered, same_file};
use crate::paths;

pub(crate) fn run(args: &Extract, console: &Console) -> Outcome {
    // what Label Studio shows is the text
    let with_text = args.with_text || args.format == Some(OutputFormat::LabelStudio);
    let mut options = Options { with_text, selection: (&args.pick).into(), ..options(&args.conversion, console)? };
    let found = documents(args, console)?;
    let piped = if from_stdin(args) { Some(from(io::stdin().lock(), options.limits.max_bytes)?) } else { None };
    let several = found.found.len() > 1 || is_container(piped.as_deref(), &found.found, &options);
    let (target, format) = outputs::plan(args, &found.found, several || args.watch, console)?;
    if let Some(isolation) = options.isolation.as_mut().and_then(Arc::get_mut) {
        isolation.threads = threads(args.jobs, found.found.len());
    }
    let layout = if args.pretty && format == OutputFormat::Json { Layout::Pretty } else { Layout::Compact };
    let stop = stop_flag();
    let mut batch = Batch { args, options: &options, stop: &stop, console, force: args.force, sure: Looks::new() };
    let exit = match (&target, piped.as_deref()) {
        (Target::Folder(path), None) if args.watch => watch(&mut batch, &Folder { path, format, layout }, &found.found),
        (Target::Folder(path), None) => to_folder(&batch, &Folder { path, format, layout }, &found.found),
        _ if args.watch => Err(Failure::usage(console.say("usage.watch", &[]), console.say("usage.watch.hint", &[]))),
        _ => to_stream(&batch, &target, format, layout, &found.found, piped.as_deref()),
    };
    exit.inspect_err(|failure| say_stopped(failure, &target, console))
}

/// Says of a run that Ctrl-C has ended how to go on.
fn say_stopped(failure: &Failure, target: &Target, console: &Console) {
    let key = match target {
        _ if failure.exit != Exit::Interrupted => return,
        Target::Folder(..) => "note.stopped",
        Target::File(_) => "note.stopped.file",
        Target::Stdout => return,
    };
    console.note(&console.say(key, &[]));
}

fn to_folder(batch: &Batch<'_>, folder: &Folder<'_>, found: &[Found]) -> Outcome {
    let console = batch.console;
    let place = || Target::Folder(folder.path.to_owned());
    let ledger = Ledger::open(folder.path).map_err(|refusal| match refusal {
        Refusal::Busy => {
            let message = console.say("usage.busy", &[&slashes(folder.path)]);
            Failure::usage(message, console.say("usage.busy.hint", &[]))
        }
        Refusal::Io(error) => unwritable(&place(), &error, console),
    })?;
    let mut progress = Progress::new(found.len(), console);
    let done = folder::run(batch, folder, found, ledger, &mut progress);
    progress.end();
    done.map_err(|error| {
        let failure = unwritable(&place(), &error, console);
        if failure.exit == Exit::Interrupted {
            let counts = [progress.done(), found.len()].map(|count| count.to_string());
            console.note(&console.say("note.so-far", &counts.each_ref().map(String::as_str)));
        }
        failure
    })?;
    progress.table();
    Ok(if progress.tally.failed() > 0 { Exit::Failed } else { Exit::Done })
}

fn to_stream(
    batch: &Batch<'_>,
    target: &Target,
    format: OutputFormat,
    layout: Layout,
    found: &[Found],
    piped: Option<&[u8]>,
) -> Outcome {
    let console = batch.console;
    let path = match target {
        Target::File(path) => Some(path.as_path()),
        _ => None,
    };
    let gather = gatherer(format, batch.args, console);
    let files = if gather.is_some() { paths::links(found, target) } else { Vec::new() };
    let fault = |error: io::Error| unwritable(target, &error, console);
    let mut sink = Sink::new(path, layout, gather, files).map_err(fault)?;
    let mut progress = Progress::new(found.len(), console);
    let done = stream::run(batch, &mut sink, found, piped, &mut progress);
    progress.end();
    done.map_err(fault)?;
    if sink.undated() > 0 {
        console.note(&console.say("note.undated", &[&sink.undated().to_string()]));
    }
    if path.is_some() {
        progress.table();
    }
    Ok(if progress.tally.failed() > 0 { Exit::Failed } else { Exit::Done })
}

/// Converts what is there, and then what arrives, until Ctrl-C.
fn watch(batch: &mut Batch<'_>, first: &Folder<'_>, found: &[Found]) -> Outcome {
    let console = batch.console;
    let unwatchable = |error: notify::Error| {
        Failure::failed(console.say("fault.watch", &[&error.to_string()]), Some(console.say("fault.watch.hint", &[])))
    };
    std::fs::create_dir_all(first.path)
        .map_err(|error| unwritable(&Target::Folder(first.path.to_owned()), &error, console))?;
    // what arrives while the first documents are converted is not missed
    let mut watch = Watch::new(&batch.args.paths, first.path).map_err(unwatchable)?;
    let before = looks(found);
    to_folder(batch, first, found)?;
    batch.sure.clone_from(&before);
    watch.converted(before);
    batch.force = false;
    console.note(&console.say("note.watching", &[]));
    loop {
        let now = || looks(&documents(batch.args, &Console::silent(console.lang)).unwrap_or_default().found);
        let Some(changing) = watch.wait(batch.stop, &now) else {
            return Err(io::Error::from(io::ErrorKind::Interrupted).into());
        };
        // a folder that is empty for a while is no reason to end
        let Ok(found) = documents(batch.args, &Console::silent(console.lang)) else { continue };
        let whole = found.found.into_iter().filter(|one| !changing.contains(&one.input.path));
        let whole: Vec<Found> = whole.collect();
        outputs::plan(batch.args, &whole, true, console)?;
        let before = looks(&whole);
        to_folder(batch, first, &whole)?;
        batch.sure.clone_from(&before);
        watch.converted(before);
    }
}

/// What writes the formats that gather all documents in one file.
fn gatherer(format: OutputFormat, args: &Extract, console: &Console) -> Option<Box<dyn Gather>> {
    Some(match format {
        OutputFormat::Json | OutputFormat::Ndjson => return None,
        OutputFormat::Csv => Box::new(Csv::new(console.lang.into())),
        OutputFormat::Xlsx => Box::new(Xlsx::new(console.lang.into())),
        OutputFormat::Ics => Box::new(Ics::new(console.lang.into(), args.as_item.into())),
        OutputFormat::LabelStudio => Box::new(LabelStudio::new()),
    })
}

fn from_stdin(args: &Extract) -> bool {
    args.paths.len() == 1 && args.paths[0].as_os_str() == "-"
}

/// The bytes of `input`, and one more than the limit where there are as many.
fn from(input: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether the one input is an archive or a saved e-mail. What cannot be read has its error record later.
fn is_container(piped: Option<&[u8]>, found: &[Found], options: &Options) -> bool {
    let read = |found: &Found| read_file(&found.input.path, &found.input.name, options).ok();
    match (piped, found) {
        (Some(bytes), _) => nhiemvu_ingest::is_container(bytes),
        (None, [one]) => read(one).is_some_and(|bytes| nhiemvu_ingest::is_container(&bytes)),
        _ => false,
    }
}

/// The documents to convert; that there are none is wrong usage.
fn documents(args: &Extract, console: &Console) -> Result<Inputs, Failure> {
    let mut found = inputs::find(&args.paths);
    if from_stdin(args) {
        return Ok(found);
    }
    if found.existing == 0 {
        let names: Vec<String> = args.paths.iter().map(|path| slashes(path)).collect();
        let message = console.say("usage.not-found", &[&names.join(", ")]);
        return Err(Failure::usage(message, console.say("usage.not-found.hint", &[])));
    }
    for folder in &found.loops {
        console.note(&console.say("note.loop", &[&slashes(folder)]));
    }
    match args.output.as_deref() {
        Some(output) if output.is_dir() => leave_out_results(&mut found, output),
        // a table made by the run before is no document, unless it is named as one
        Some(output) if OutputFormat::of_name(output).is_some() => {
            found.found.retain(|one| args.paths.contains(&one.input.path) || !same_file(&one.input.path, output));
        }
        _ => {}
    }
    if found.found.is_empty() && !args.watch {
        return Err(Failure::usage(console.say("usage.empty", &[]), console.say("usage.empty.hint", &[])));
    }
    Ok(found)
}

/// Where the output folder lies in an input folder, the results of the run before are no documents.
fn leave_out_results(found: &mut Inputs, output: &Path) {
    let Ok(output) = output.canonicalize() else { return };
    let results: Vec<_> = found
        .found
        .iter()
        .flat_map(|found| ["json", "ndjson"].map(|extension| output.join(format!("{}.{extension}", found.below()))))
        .chain([output.join(ERRORS)])
        .chain(OutputFormat::value_variants().iter().map(|format| output.join(gathered(*format))))
        .collect();
    let results: std::collections::BTreeSet<_> = results.into_iter().collect();
    let folders: std::collections::BTreeSet<_> = found.found.iter().map(|found| output.join(found.below())).collect();
    // results of an archive's members lie in a folder of the archive's name
    let is_result = |path: &Path| {
        let is_member = || path.ancestors().skip(1).any(|folder| folders.contains(folder));
        results.contains(path) || (path.extension().is_some_and(|e| e == "json" || e == "ndjson") && is_member())
    };
    found.found.retain(|found| !found.input.path.canonicalize().is_ok_and(|path| is_result(&path)));
}

/// Set by Ctrl-C: documents being read are given up, and what was written before is whole. A second one ends the program
/// at once.
fn stop_flag() -> Stop {
    let stop = Stop::default();
    let flag = stop.clone();
    // without a handler, Ctrl-C ends the program as it ends any other
    let _ = ctrlc::set_handler(move || {
        if flag.set() {
            std::process::exit(130);
        }
    });
    stop
}

fn unwritable(target: &Target, error: &io::Error, console: &Console) -> Failure {
    let place = match target {
        Target::Stdout => return io::Error::from(error.kind()).into(),
        Target::File(path) | Target::Folder(path) => slashes(path),
    };
    match error.kind() {
        io::ErrorKind::Interrupted | io::ErrorKind::BrokenPipe => io::Error::from(error.kind()).into(),
        io::ErrorKind::FileTooLarge if error.raw_os_error().is_none() => {
            Failure::failed(console.say("fault.too-many-rows", &[]), Some(console.say("remedy.too-many-rows", &[])))
        }
        _ => Failure::failed(
            console.say("fault.unwritable", &[&place, &error.to_string()]),
            Some(console.say("remedy.unwritable", &[])),
        ),
    }
}
