//! The processes that documents are converted in: this same program, by a command that help does not show.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use nhiemvu_pipeline::{Isolation, RegistryFile};

use crate::args::Conversion;
use crate::exit::Failure;
use crate::inputs::slashes;

/// The hidden command that makes this program a worker.
const WORKER: &str = "worker";

/// Workers with the limits that `flags` set.
pub(crate) fn isolation(flags: &Conversion) -> Result<Isolation, Failure> {
    let mut isolation = Isolation::new(std::env::current_exe()?, vec![OsString::from(WORKER)]);
    if let Some(seconds) = flags.timeout {
        isolation.timeout = Duration::from_secs_f64(seconds);
    }
    if let Some(megabytes) = flags.max_memory {
        isolation.max_memory = megabytes.saturating_mul(1 << 20);
    }
    isolation.registry = flags.registry.as_deref().map(registry).transpose()?;
    Ok(isolation)
}

fn registry(path: &Path) -> Result<RegistryFile, Failure> {
    Ok(RegistryFile { name: slashes(path), text: std::fs::read_to_string(path)? })
}

/// How many threads a worker may use where `jobs` of them work on `documents`: a single scan is read on all cores.
pub(crate) fn threads(jobs: usize, documents: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = if jobs == 0 { cores } else { jobs };
    (cores / jobs.min(documents).max(1)).max(1)
}

/// Seconds: a number above zero, and no more than a day.
pub(crate) fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds > 0.0 && *seconds <= 86_400.0);
    seconds.ok_or_else(|| "0.5, 60, 300".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_more_than_none_and_end() {
        assert_eq!(seconds("0.5"), Ok(0.5));
        for wrong in ["0", "-1", "nan", "inf", "1e9", "1m", ""] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn one_document_has_all_cores() {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        assert_eq!((threads(0, 1), threads(0, 1000), threads(1, 9), threads(cores * 3, 1000)), (cores, 1, cores, 1));
    }
}
