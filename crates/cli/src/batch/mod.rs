//! Many documents: to where their records go, and what is remembered and told of them.

use std::io;
use std::time::{Duration, Instant};

use nhiemvu_exporter::Record;
use nhiemvu_pipeline::{Converter, Options, Stop, ordered};

use crate::args::Extract;
use crate::console::Console;
use crate::inputs::Found;

pub(crate) mod folder;
pub(crate) mod ledger;
pub(crate) mod plan;
pub(crate) mod progress;
pub(crate) mod stream;
pub(crate) mod watch;

/// A run over many documents.
pub(crate) struct Batch<'a> {
    pub(crate) args: &'a Extract,
    pub(crate) options: &'a Options,
    pub(crate) stop: &'a Stop,
    pub(crate) console: &'a Console,
    /// Whether what is there is made anew.
    pub(crate) force: bool,
    /// Files of which it is known that nothing has changed as long as they look like this.
    pub(crate) sure: watch::Looks,
}

/// What came of one input.
pub(crate) struct Converted {
    pub(crate) records: Vec<Record>,
    pub(crate) time: Duration,
}

impl Batch<'_> {
    /// Converts the inputs of these numbers and gives what comes of each to `each`, in their order.
    pub(crate) fn convert(
        &self,
        found: &[Found],
        numbers: &[usize],
        each: &mut dyn FnMut(usize, Converted) -> io::Result<()>,
    ) -> io::Result<()> {
        let start = || Converter::new(self.options, self.stop);
        let work = |converter: &mut Converter<'_>, at: usize| {
            let input = &found.get(*numbers.get(at)?)?.input;
            let began = Instant::now();
            let records = converter.file(&input.path, &input.name);
            // only a document that was given up has none
            (!records.is_empty()).then(|| Converted { records, time: began.elapsed() })
        };
        let mut take = |at: usize, converted: Converted| {
            if self.stop.is_set() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            numbers.get(at).map_or(Ok(()), |number| each(*number, converted))
        };
        ordered(numbers.len(), self.args.jobs, self.stop, start, work, &mut take)?;
        if self.stop.is_set() { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }
}
