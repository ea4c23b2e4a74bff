//! All records in one file, or to stdout, in the order of the inputs.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, StdoutLock, Write};
use std::path::Path;

use nhiemvu_exporter::{Entry, Gather, Layout, Record, read_json, to_json, write_json};
use nhiemvu_pipeline::{Converter, Duplicates, Fingerprint, set_mark};

use super::progress::Progress;
use super::{Batch, Converted};
use crate::inputs::Found;
use crate::write::Pending;

/// Where records go.
pub(crate) struct Sink {
    layout: Layout,
    stdout: BufWriter<StdoutLock<'static>>,
    file: Option<Pending>,
    /// Of a format that gathers all documents, and where their files are.
    gather: Option<Box<dyn Gather>>,
    files: Vec<Option<String>>,
}

impl Sink {
    /// To the file at `path`, or to stdout.
    pub(crate) fn new(
        path: Option<&Path>,
        layout: Layout,
        gather: Option<Box<dyn Gather>>,
        files: Vec<Option<String>>,
    ) -> io::Result<Self> {
        let file = path.map(Pending::new).transpose()?;
        Ok(Self { layout, stdout: BufWriter::new(io::stdout().lock()), file, gather, files })
    }

    fn put(&mut self, number: usize, record: &Record) -> io::Result<()> {
        let file = self.files.get(number).and_then(Option::as_deref);
        match (&mut self.gather, &mut self.file) {
            (Some(gather), Some(to)) => gather.add(to, Entry { record, file }),
            (Some(gather), None) => gather.add(&mut self.stdout, Entry { record, file }),
            (None, Some(to)) => write_json(to, record, self.layout),
            (None, None) => {
                write_json(&mut self.stdout, record, self.layout)?;
                self.stdout.flush()
            }
        }
    }

    /// Puts a record that has been written down before, in the compact layout, as it stands; false where that is not enough.
    fn put_line(&mut self, line: &str) -> io::Result<bool> {
        match (&self.gather, &mut self.file, self.layout) {
            (None, Some(to), Layout::Compact) => to.write_all(line.as_bytes()).map(|()| true),
            _ => Ok(false),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        if let Some(gather) = &mut self.gather {
            match &mut self.file {
                Some(file) => gather.finish(file)?,
                None => gather.finish(&mut self.stdout)?,
            }
        }
        self.stdout.flush()?;
        self.file.take().map_or(Ok(()), Pending::finish_safely)
    }

    /// How many tasks the format has no place for, as they have no day.
    pub(crate) fn undated(&self) -> usize {
        self.gather.as_ref().map_or(0, |gather| gather.undated())
    }
}

/// Converts `found`, or `piped` bytes in their place, and writes what comes of them.
pub(crate) fn run(
    batch: &Batch<'_>,
    sink: &mut Sink,
    found: &[Found],
    piped: Option<&[u8]>,
    progress: &mut Progress<'_>,
) -> io::Result<()> {
    let mut waiting = if sink.file.is_some() { Waiting::new(found.len())? } else { Waiting::None };
    let mut seen = Duplicates::default();
    let mut take = |number: usize, converted: Converted| {
        let name = found.get(number).map_or("-", |one| one.input.name.as_str());
        progress.converted(name, &converted.records, converted.time);
        for mut record in converted.records {
            match &mut waiting {
                Waiting::Here { .. } => waiting.add(number, &record)?,
                Waiting::None => {
                    if let Record::Tasks(list) = &mut record {
                        seen.mark(list);
                    }
                    sink.put(number, &record)?;
                }
            }
        }
        Ok(())
    };
    if let Some(bytes) = piped {
        let records = Converter::new(batch.options, batch.stop).bytes(bytes, "-");
        if batch.stop.is_set() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        take(0, Converted { records, time: std::time::Duration::ZERO })?;
    } else {
        batch.convert(found, &(0..found.len()).collect::<Vec<_>>(), &mut take)?;
    }
    waiting.give(sink)?;
    sink.finish()
}

/// Records that wait until all are known, as only then it can be said which documents stand in two files: in a file
/// without a name, so that memory does not grow with them.
enum Waiting {
    /// What goes to stdout does not wait.
    None,
    Here {
        file: BufWriter<File>,
        prints: Vec<Fingerprint>,
        /// Of each record the number of its input, and whether it is a task list.
        numbers: Vec<(u32, bool)>,
    },
}

impl Waiting {
    /// For about so many records.
    fn new(count: usize) -> io::Result<Self> {
        Ok(Self::Here {
            file: BufWriter::new(tempfile::tempfile()?),
            prints: Vec::with_capacity(count),
            numbers: Vec::with_capacity(count),
        })
    }

    fn add(&mut self, number: usize, record: &Record) -> io::Result<()> {
        let Self::Here { file, prints, numbers } = self else { return Ok(()) };
        numbers.push((number as u32, matches!(record, Record::Tasks(_))));
        if let Record::Tasks(list) = record {
            prints.push(Fingerprint::of(list));
        }
        file.write_all(&to_json(record, Layout::Compact))
    }

    fn give(self, sink: &mut Sink) -> io::Result<()> {
        let Self::Here { file, prints, numbers } = self else { return Ok(()) };
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        let mut lines = BufReader::new(file);
        let mut firsts = Duplicates::settle(&prints).into_iter();
        let mut line = String::new();
        for (number, is_list) in numbers {
            line.clear();
            lines.read_line(&mut line)?;
            let first = if is_list { firsts.next().flatten().and_then(|first| prints.get(first)) } else { None };
            // most documents stand in one file: their records need no second look
            if first.is_none() && sink.put_line(&line)? {
                continue;
            }
            let mut record = read_json(&line).map_err(io::Error::other)?;
            if let Record::Tasks(list) = &mut record {
                set_mark(list, first.map(Fingerprint::name));
            }
            sink.put(number as usize, &record)?;
        }
        Ok(())
    }
}
