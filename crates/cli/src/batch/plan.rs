//! What is to be done with each input of a folder: nothing, a conversion, or a copy.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use nhiemvu_exporter::{Layout, to_json};
use nhiemvu_pipeline::{Options, hash_file, sha256};
use rayon::prelude::*;

use crate::args::Extract;
use crate::batch::Batch;
use crate::batch::ledger::{Entry, Ledger, Made};
use crate::batch::watch::look;
use crate::inputs::Found;

/// What is to be done with an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Its results are there.
    Keep,
    Convert,
    /// It has the bytes of the input of this number.
    Copy(usize),
}

/// A hash of all that bears on results beside the input.
pub(crate) fn key(args: &Extract, options: &Options) -> String {
    let registry = options.isolation.as_ref().and_then(|isolation| isolation.registry.as_ref());
    let text = registry.map(|file| sha256(file.text.as_bytes()));
    let shape = (args.with_text, args.pretty, format!("{:?} {:?}", args.format, options.limits));
    sha256(&to_json(&(options.generator(), shape, text, build()), Layout::Compact))
}

/// What tells two builds of one version apart, which developers have many of.
fn build() -> Option<(u64, u64)> {
    let about = std::env::current_exe().and_then(fs::metadata).ok()?;
    let made = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((about.len(), made.as_nanos() as u64))
}

/// Decides for each input.
pub(crate) fn plan(batch: &Batch<'_>, folder: &Path, found: &[Found], ledger: &Ledger, key: &str) -> Vec<Plan> {
    let options = batch.options;
    let kept: Vec<Option<String>> = found
        .par_iter()
        .map(|one| {
            let entry = ledger.get(one.below()).filter(|_| !batch.force)?;
            (entry.key == key && holds(&entry, one, folder, batch)).then_some(entry.sha256)
        })
        .collect();
    let hashes = hashes(found, &kept, options);
    let mut plans: Vec<Plan> =
        kept.iter().map(|kept| if kept.is_some() { Plan::Keep } else { Plan::Convert }).collect();
    // one that is there already is a better model than one that is yet to be converted
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|number| kept.get(*number).is_none_or(Option::is_none));
    let mut first: HashMap<(&str, String), usize> = HashMap::new();
    for number in order {
        let (Some(Some(hash)), Some(one)) = (hashes.get(number), found.get(number)) else { continue };
        let model = *first.entry((hash.as_str(), extension(one))).or_insert(number);
        if let Some(plan) = plans.get_mut(number).filter(|plan| **plan == Plan::Convert && model != number) {
            *plan = Plan::Copy(model);
        }
    }
    plans
}

/// Whether the input is what it was, and its files are there as they were made.
fn holds(entry: &Entry, one: &Found, folder: &Path, batch: &Batch<'_>) -> bool {
    if batch.sure.get(&one.input.path).is_some_and(|known| look(&one.input.path) == Some(*known)) {
        return entry.lasts;
    }
    let is_whole = |made: &Made| fs::read(folder.join(&made.path)).is_ok_and(|bytes| sha256(&bytes) == made.sha256);
    entry.lasts
        && entry.name == one.input.name
        && !entry.files.is_empty()
        && hash_file(&one.input.path, &one.input.name, batch.options).as_ref() == Some(&entry.sha256)
        && entry.files.iter().all(is_whole)
}

/// The hashes of inputs that others may be the same as: those of one size.
fn hashes(found: &[Found], kept: &[Option<String>], options: &Options) -> Vec<Option<String>> {
    let sizes: Vec<Option<u64>> = found.par_iter().map(size).collect();
    let mut of_size: HashMap<u64, usize> = HashMap::new();
    sizes.iter().flatten().for_each(|size| *of_size.entry(*size).or_default() += 1);
    let all = found.par_iter().zip(kept).zip(&sizes);
    all.map(|((one, kept), size)| match kept {
        Some(hash) => Some(hash.clone()),
        None if size.is_some_and(|size| of_size.get(&size).is_some_and(|count| *count > 1)) => {
            hash_file(&one.input.path, &one.input.name, options)
        }
        None => None,
    })
    .collect()
}

fn size(one: &Found) -> Option<u64> {
    let about = fs::metadata(&one.input.path).ok()?;
    (about.is_file() && about.len() > 0).then_some(about.len())
}

/// The name's extension counts where the content cannot tell the format.
fn extension(one: &Found) -> String {
    one.input.path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}
