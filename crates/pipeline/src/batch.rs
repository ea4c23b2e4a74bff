//! Many documents, each on its own.

use std::io;
use std::path::PathBuf;

use nhiemvu_exporter::Record;
use rayon::prelude::*;

use crate::{Options, convert, read_file};

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
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(io::Error::other)?;
    // a window is long enough that one slow document seldom leaves the other threads without work
    let window = pool.current_num_threads() * 16;
    for (number, part) in inputs.chunks(window).enumerate() {
        let records: Vec<Vec<Record>> = pool.install(|| part.par_iter().map(|input| one(input, options)).collect());
        for (at, records) in records.into_iter().enumerate() {
            records.into_iter().try_for_each(|record| each(number * window + at, record))?;
        }
    }
    Ok(())
}

fn one(input: &Input, options: &Options) -> Vec<Record> {
    match read_file(&input.path, &input.name, options) {
        Ok(bytes) => convert(&bytes, &input.name, options),
        Err(error) => vec![Record::Error(*error)],
    }
}
