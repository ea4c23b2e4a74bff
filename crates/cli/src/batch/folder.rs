//! A file for each document, in a folder that remembers: what is there and still right is left alone.
//!
//! What a folder holds at the end depends on the inputs and the options alone, and not on the runs before: each file is
//! whole or not there, and what depends on other documents (which is the duplicate of which) is written at the end, when
//! all are known.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use nhiemvu_exporter::record::SourceInfo;
use nhiemvu_exporter::{Layout, Naming, Record, read_json, to_json, write_json};
use nhiemvu_pipeline::{Duplicates, Fingerprint, hash_file, set_mark, sha256};

use super::ledger::{Entry, Ledger, Made};
use super::plan::{Plan, key, plan};
use super::progress::Progress;
use super::{Batch, Converted};
use crate::args::OutputFormat;
use crate::inputs::{Found, slashes};
use crate::outputs::{ERRORS, member_path, result_name};
use crate::write::{self, Pending};

/// Faults that another run may not meet: those of the machine and of limits that are not among a result's options.
const PASSING: [&str; 8] =
    ["not-found", "unreadable", "not-a-file", "needs-program", "timeout", "memory-limit", "worker-died", "internal"];

/// Where each result goes, and how it is written.
pub(crate) struct Folder<'a> {
    pub(crate) path: &'a Path,
    pub(crate) format: OutputFormat,
    pub(crate) layout: Layout,
}

impl Folder<'_> {
    /// Where the result of an input goes; made when it is asked for, as a hundred thousand paths take memory.
    fn result(&self, one: &Found) -> PathBuf {
        self.path.join(result_name(one, self.format))
    }
}

/// Converts what is new or has changed among `found`.
pub(crate) fn run(
    batch: &Batch<'_>,
    folder: &Folder<'_>,
    found: &[Found],
    mut ledger: Ledger,
    progress: &mut Progress<'_>,
) -> io::Result<()> {
    if ledger.unfinished {
        sweep(folder, found);
    }
    let key = key(batch.args, batch.options);
    let plans = plan(batch, folder.path, found, &ledger, &key);
    let numbers = |wanted: fn(&Plan) -> bool| -> Vec<usize> {
        plans.iter().enumerate().filter(|(_, plan)| wanted(plan)).map(|(number, _)| number).collect()
    };
    let mut run = Run { batch, folder, found, ledger: &mut ledger, key, progress };
    for number in numbers(|plan| *plan == Plan::Keep) {
        if let Some(entry) = run.entry(number) {
            run.progress.kept(&entry);
        }
    }
    run.convert(&numbers(|plan| *plan == Plan::Convert))?;
    let left = run.copy(&plans)?;
    run.convert(&left)?;
    run.settle()?;
    run.errors(&plans)?;
    ledger.finish()
}

struct Run<'r, 'a, 'c> {
    batch: &'r Batch<'a>,
    folder: &'r Folder<'a>,
    found: &'r [Found],
    ledger: &'r mut Ledger,
    key: String,
    progress: &'r mut Progress<'c>,
}

impl Run<'_, '_, '_> {
    fn entry(&self, number: usize) -> Option<Entry> {
        self.ledger.get(self.found.get(number)?.below())
    }

    fn convert(&mut self, numbers: &[usize]) -> io::Result<()> {
        let (batch, found) = (self.batch, self.found);
        batch.convert(found, numbers, &mut |number, converted: Converted| self.write(number, &converted))
    }

    /// Gives inputs the results of others that have the same bytes; gives those for which there are none.
    fn copy(&mut self, plans: &[Plan]) -> io::Result<Vec<usize>> {
        let mut left = Vec::new();
        for (number, plan) in plans.iter().enumerate() {
            let (Plan::Copy(model), Some(one)) = (plan, self.found.get(number)) else { continue };
            if self.batch.stop.is_set() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let began = Instant::now();
            match self.entry(*model).and_then(|entry| self.records_like(&entry, &one.input.name)) {
                Some(records) => self.write(number, &Converted { records, time: began.elapsed() })?,
                None => left.push(number),
            }
        }
        Ok(left)
    }

    /// The records of an entry that lasts, for a file of another name.
    fn records_like(&self, entry: &Entry, name: &str) -> Option<Vec<Record>> {
        if !entry.lasts {
            return None;
        }
        let records: Option<Vec<Record>> = entry.files.iter().map(|made| self.read(&made.path)).collect();
        let mut records = records?;
        for record in &mut records {
            match record {
                Record::Tasks(list) => {
                    set_mark(list, None);
                    name.clone_into(&mut list.document.source.path);
                }
                Record::Error(error) => name.clone_into(&mut error.source.path),
            }
        }
        Some(records)
    }

    fn read(&self, path: &str) -> Option<Record> {
        read_json(&fs::read_to_string(self.folder.path.join(path)).ok()?).ok()
    }

    /// Writes the results of an input, and remembers it.
    fn write(&mut self, number: usize, converted: &Converted) -> io::Result<()> {
        let Some(one) = self.found.get(number) else { return Ok(()) };
        let whole = self.folder.result(one);
        let mut entry = Entry {
            below: one.below().to_owned(),
            name: one.input.name.clone(),
            key: self.key.clone(),
            lasts: true,
            ..Entry::default()
        };
        for record in &converted.records {
            let path = place(&whole, record);
            let bytes = to_json(record, self.folder.layout);
            write::one_of_many(&path, &bytes)?;
            let below = path.strip_prefix(self.folder.path).map_or_else(|_| slashes(&path), slashes);
            entry.lasts &= lasts(record);
            entry.files.push(made(record, below, &bytes));
        }
        entry.sha256 = match converted.records.first().map(source) {
            Some(SourceInfo { member: None, sha256: Some(sum), .. }) => sum.clone(),
            _ => hash_file(&one.input.path, &one.input.name, self.batch.options).unwrap_or_default(),
        };
        self.remove_old(&entry);
        self.ledger.put(&entry)?;
        self.progress.converted(&one.input.name, &converted.records, converted.time);
        Ok(())
    }

    /// Removes what an earlier version of the input led to and this one does not, unless somebody has changed it since.
    fn remove_old(&self, entry: &Entry) {
        let Some(old) = self.ledger.get(&entry.below) else { return };
        let paths: BTreeSet<&str> = entry.files.iter().map(|made| made.path.as_str()).collect();
        for made in old.files.iter().filter(|made| !paths.contains(made.path.as_str())) {
            let path = self.folder.path.join(&made.path);
            if fs::read(&path).is_ok_and(|bytes| sha256(&bytes) == made.sha256) {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Says in each result whether the document stands in another file too, now that all are known.
    fn settle(&mut self) -> io::Result<()> {
        // most inputs are one document: lists that grow hold everything twice for a while
        let mut prints = Vec::with_capacity(self.found.len());
        let mut places = Vec::with_capacity(self.found.len());
        for number in 0..self.found.len() {
            let files = self.entry(number).map(|entry| entry.files).unwrap_or_default();
            for (at, print) in
                files.into_iter().enumerate().filter_map(|(at, made)| Some((at, (made.print?, made.mark))))
            {
                prints.push(print.0);
                places.push((number as u32, at as u32, print.1.map(String::into_boxed_str)));
            }
        }
        let settled = Duplicates::settle(&prints);
        let first =
            |rank: usize| settled.get(rank).copied().flatten().and_then(|at| prints.get(at)).map(Fingerprint::name);
        let changed: Vec<(usize, usize, Option<&str>)> = places
            .iter()
            .enumerate()
            .filter(|(rank, (_, _, mark))| mark.as_deref() != first(*rank))
            .map(|(rank, (number, at, _))| (*number as usize, *at as usize, first(rank)))
            .collect();
        // the members of an archive are noted together, as each note holds them all
        changed.chunk_by(|a, b| a.0 == b.0).try_for_each(|marks| self.mark(marks))
    }

    /// Writes results of one input anew with what they are the duplicate of: (input, its result, the first).
    fn mark(&mut self, marks: &[(usize, usize, Option<&str>)]) -> io::Result<()> {
        let Some(mut entry) = marks.first().and_then(|(number, ..)| self.entry(*number)) else { return Ok(()) };
        for (_, at, first) in marks {
            let Some(made) = entry.files.get_mut(*at) else { continue };
            let Some(Record::Tasks(mut list)) = self.read(&made.path) else { continue };
            set_mark(&mut list, *first);
            let bytes = to_json(&list, self.folder.layout);
            write::one_of_many(&self.folder.path.join(&made.path), &bytes)?;
            made.sha256 = sha256(&bytes);
            made.mark = first.map(str::to_owned);
        }
        self.ledger.put(&entry)
    }

    /// Puts the error records of all inputs into a file of their own; those of a run before are told again.
    fn errors(&mut self, plans: &[Plan]) -> io::Result<()> {
        let path = self.folder.path.join(ERRORS);
        let mut file: Option<Pending> = None;
        for (number, plan) in plans.iter().enumerate() {
            let files = self.entry(number).map(|entry| entry.files).unwrap_or_default();
            for made in files.iter().filter(|made| made.error.is_some()) {
                let Some(Record::Error(error)) = self.read(&made.path) else { continue };
                if *plan == Plan::Keep {
                    self.batch.console.fault(&error);
                }
                let file = match &mut file {
                    Some(file) => file,
                    None => file.insert(Pending::new(&path)?),
                };
                write_json(file, &error, Layout::Compact)?;
            }
        }
        match file {
            Some(mut file) => {
                file.flush()?;
                file.finish()
            }
            // errors of an earlier run are errors no longer
            None => match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
        }
    }
}

/// Where the record goes: to the path of its file's result, or below it where it is of a member of the file.
fn place(path: &Path, record: &Record) -> PathBuf {
    let source = source(record);
    let member = source.member.as_deref();
    let below = |member| member_path(path, member, source.sha256.as_deref(), Naming::HERE);
    member.map_or_else(|| path.to_owned(), below)
}

fn source(record: &Record) -> &SourceInfo {
    match record {
        Record::Tasks(list) => &list.document.source,
        Record::Error(error) => &error.source,
    }
}

/// Whether another run would come to the same record.
fn lasts(record: &Record) -> bool {
    match record {
        // the program may have been installed by then
        Record::Tasks(list) => list.warnings.iter().all(|warning| warning.code != "ocr-missing"),
        Record::Error(error) => !PASSING.contains(&error.error.code.as_ref()),
    }
}

fn made(record: &Record, path: String, bytes: &[u8]) -> Made {
    let made = Made { path, sha256: sha256(bytes), ..Made::default() };
    match record {
        Record::Tasks(list) => Made {
            pages: list.document.pages.unwrap_or(0),
            tasks: list.tasks.len(),
            flagged: list.tasks.iter().filter(|task| !task.flags.is_empty()).count(),
            print: Some(Fingerprint::of(list)),
            ..made
        },
        Record::Error(error) => Made { error: Some(error.error.code.to_string()), ..made },
    }
}

/// Removes the files that a run was writing when it was killed.
fn sweep(folder: &Folder<'_>, found: &[Found]) {
    let mut folders = BTreeSet::from([folder.path.to_owned()]);
    for path in found.iter().map(|one| folder.result(one)) {
        folders.extend(path.parent().map(Path::to_owned));
        // results of a container's members
        let mut inside = vec![path.with_extension("")];
        while let Some(below) = inside.pop() {
            let entries = fs::read_dir(&below).into_iter().flatten().flatten();
            inside.extend(entries.map(|entry| entry.path()).filter(|path| path.is_dir() && !path.is_symlink()));
            folders.insert(below);
        }
    }
    for entry in folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
        if write::is_left_over(&entry.file_name().to_string_lossy()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
