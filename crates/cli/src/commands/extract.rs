//! `nhiemvu extract`: documents and folders to task lists.

use std::io::{self, BufWriter, Read, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use nhiemvu_exporter::{Csv, Entry, Gather, Ics, LabelStudio, Layout, Naming, Record, Xlsx, to_json, write_json};
use nhiemvu_pipeline::{Converter, Duplicates, Options, Stop, batch_until, read_file};

use crate::args::{Extract, OutputFormat};
use crate::commands::options;
use crate::console::Console;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{self, Found, Inputs, slashes};
use crate::isolation::threads;
use crate::outputs::{self, ERRORS, Target, gathered, member_path, same_file};
use crate::paths;
use crate::write::{self, Pending};

pub(crate) fn run(args: &Extract, console: &Console) -> Outcome {
    // what Label Studio shows is the text
    let with_text = args.with_text || args.format == Some(OutputFormat::LabelStudio);
    let mut options = Options { with_text, selection: (&args.pick).into(), ..options(&args.conversion, console)? };
    let found = documents(args, console)?;
    let piped = if from_stdin(args) { Some(from(io::stdin().lock(), options.limits.max_bytes)?) } else { None };
    let several = found.found.len() > 1 || is_container(piped.as_deref(), &found.found, &options);
    let (target, format) = outputs::plan(args, &found.found, several, console)?;
    if let Some(isolation) = options.isolation.as_mut().and_then(Arc::get_mut) {
        isolation.threads = threads(args.jobs, found.found.len());
    }
    let layout = if args.pretty && format == OutputFormat::Json { Layout::Pretty } else { Layout::Compact };
    let gather = gatherer(format, args, console);
    let files = if gather.is_some() { paths::links(&found.found, &target) } else { Vec::new() };
    let mut sink = Sink::new(&target, layout, gather, files).map_err(|error| unwritable(&target, &error, console))?;
    let mut tally = Tally::default();
    let stop = stop_flag();
    let mut seen = Duplicates::default();
    let mut take = |number: usize, mut record: Record| {
        if stop.is_set() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if let Record::Tasks(list) = &mut record {
            seen.mark(list);
        }
        tally.count(&record, console);
        sink.put(number, &record)
    };
    let done = if let Some(bytes) = piped {
        Converter::new(&options, &stop).bytes(&bytes, "-").into_iter().try_for_each(|record| take(0, record))
    } else {
        let inputs: Vec<_> = found.found.into_iter().map(|found| found.input).collect();
        batch_until(&stop, &inputs, args.jobs, &options, &mut take)
    };
    let done = if stop.is_set() { Err(io::ErrorKind::Interrupted.into()) } else { done };
    done.and_then(|()| sink.finish()).map_err(|error| unwritable(&target, &error, console))?;
    if sink.undated() > 0 {
        console.note(&console.say("note.undated", &[&sink.undated().to_string()]));
    }
    if target != Target::Stdout {
        tally.report(console);
    }
    Ok(if tally.failed > 0 { Exit::Failed } else { Exit::Done })
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
    if found.found.is_empty() {
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
        .flat_map(|found| ["json", "ndjson"].map(|extension| output.join(format!("{}.{extension}", found.below))))
        .chain([output.join(ERRORS)])
        .chain(OutputFormat::value_variants().iter().map(|format| output.join(gathered(*format))))
        .collect();
    let results: std::collections::BTreeSet<_> = results.into_iter().collect();
    let folders: std::collections::BTreeSet<_> = found.found.iter().map(|found| output.join(&found.below)).collect();
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
        Target::File(path) | Target::Folder(path, _) => slashes(path),
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

/// Takes records in the order of their inputs.
struct Sink<'a> {
    target: &'a Target,
    layout: Layout,
    stdout: BufWriter<StdoutLock<'static>>,
    /// The one file of all records; or, in a folder, that of the error records, begun with the first of them.
    file: Option<Pending>,
    /// Of a format that gathers all documents in one file, and where their files are.
    gather: Option<Box<dyn Gather>>,
    files: Vec<Option<String>>,
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

impl<'a> Sink<'a> {
    fn new(
        target: &'a Target,
        layout: Layout,
        gather: Option<Box<dyn Gather>>,
        files: Vec<Option<String>>,
    ) -> io::Result<Self> {
        let file = match target {
            Target::File(path) => Some(Pending::new(path)?),
            Target::Folder(folder, _) => {
                std::fs::create_dir_all(folder)?;
                None
            }
            Target::Stdout => None,
        };
        Ok(Self { target, layout, stdout: BufWriter::new(io::stdout().lock()), file, gather, files })
    }

    fn put(&mut self, number: usize, record: &Record) -> io::Result<()> {
        if let Some(gather) = &mut self.gather {
            let entry = Entry { record, file: self.files.get(number).and_then(Option::as_deref) };
            return match &mut self.file {
                Some(file) => gather.add(file, entry),
                None => gather.add(&mut self.stdout, entry),
            };
        }
        match (self.target, &mut self.file) {
            (Target::Folder(folder, paths), errors) => {
                if let Some(path) = paths.get(number) {
                    write::whole(&place(path, record), &to_json(record, self.layout))?;
                }
                if matches!(record, Record::Error(_)) {
                    if errors.is_none() {
                        *errors = Some(Pending::new(&folder.join(ERRORS))?);
                    }
                    if let Some(errors) = errors {
                        write_json(errors, record, Layout::Compact)?;
                    }
                }
                Ok(())
            }
            (_, Some(file)) => write_json(file, record, self.layout),
            (_, None) => {
                write_json(&mut self.stdout, record, self.layout)?;
                self.stdout.flush()
            }
        }
    }

    /// How many tasks the format has no place for, as they have no day.
    fn undated(&self) -> usize {
        self.gather.as_ref().map_or(0, |gather| gather.undated())
    }

    fn finish(&mut self) -> io::Result<()> {
        if let Some(gather) = &mut self.gather {
            match &mut self.file {
                Some(file) => gather.finish(file)?,
                None => gather.finish(&mut self.stdout)?,
            }
        }
        self.stdout.flush()?;
        if let Some(file) = self.file.take() {
            return file.finish();
        }
        // errors of an earlier run are errors no longer
        if let Target::Folder(folder, _) = self.target {
            match std::fs::remove_file(folder.join(ERRORS)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Where the record goes: to the path of its file's result, or below it where it is of a member of the file.
fn place(path: &Path, record: &Record) -> PathBuf {
    let source = match record {
        Record::Tasks(list) => &list.document.source,
        Record::Error(error) => &error.source,
    };
    let member = source.member.as_deref();
    member.map_or_else(|| path.to_owned(), |member| member_path(path, member, source.sha256.as_deref(), Naming::HERE))
}

/// What came of a run.
#[derive(Debug, Default)]
struct Tally {
    documents: usize,
    tasks: usize,
    flagged: usize,
    failed: usize,
}

impl Tally {
    fn count(&mut self, record: &Record, console: &Console) {
        match record {
            Record::Tasks(list) => {
                self.documents += 1;
                self.tasks += list.tasks.len();
                self.flagged += list.tasks.iter().filter(|task| !task.flags.is_empty()).count();
            }
            Record::Error(error) => {
                self.failed += 1;
                console.fault(error);
            }
        }
    }

    fn report(&self, console: &Console) {
        let figures = [self.documents, self.tasks, self.flagged, self.failed].map(|figure| figure.to_string());
        console.note(&console.say("note.done", &figures.each_ref().map(String::as_str)));
    }
}
