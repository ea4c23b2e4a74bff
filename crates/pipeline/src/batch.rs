//! Many documents, each on its own.

use std::io;
use std::path::PathBuf;

use nhiemvu_exporter::Record;

use crate::{Converter, Options, Stop, ordered};

/// One file of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where its bytes are.
    pub path: PathBuf,
    /// What its record calls it.
    pub name: String,
}

/// Converts `inputs` with `jobs` threads (0: one for each core) and gives each record to `each`, in the order of the
/// inputs, with the input's number; an archive or a saved e-mail gives one record for each of its documents, in its order.
///
/// A document that cannot be read, or on which the program itself fails, gives an error record and the rest goes on.
/// The records are the same for any number of threads; only so many of them are held at a time as keep the threads
/// busy.
///
/// # Errors
/// Those of `each`, at which the work ends; and of the system where no threads can be made.
pub fn batch(
    inputs: &[Input],
    jobs: usize,
    options: &Options,
    each: &mut dyn FnMut(usize, Record) -> io::Result<()>,
) -> io::Result<()> {
    batch_until(&Stop::default(), inputs, jobs, options, each)
}

/// As [`batch`], until `stop` is set: documents that are being read in workers then are given up, and no more are begun.
///
/// # Errors
/// Those of [`batch`].
pub fn batch_until(
    stop: &Stop,
    inputs: &[Input],
    jobs: usize,
    options: &Options,
    each: &mut dyn FnMut(usize, Record) -> io::Result<()>,
) -> io::Result<()> {
    let start = || Converter::new(options, stop);
    let work = |converter: &mut Converter<'_>, number: usize| {
        let input = inputs.get(number)?;
        let records = converter.file(&input.path, &input.name);
        // only a document that was given up has none
        (!records.is_empty()).then_some(records)
    };
    let mut each =
        |number: usize, records: Vec<Record>| records.into_iter().try_for_each(|record| each(number, record));
    ordered(inputs.len(), jobs, stop, start, work, &mut each)
}
