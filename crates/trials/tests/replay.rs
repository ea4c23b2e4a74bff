//! Every property holds for what the fuzzer once found, kept in `fixtures/fuzz/TARGET/`, and for what it begins with.
//!
//! This program starts itself again with an empty search path: damaged files would otherwise go to `LibreOffice` and
//! `tesseract`, whose work is no property of this project and takes seconds.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Command, exit};

use nhiemvu_trials::corpus::root;
use nhiemvu_trials::seeds::seeds;
use nhiemvu_trials::targets::TARGETS;

fn main() {
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    if std::env::var_os("PATH").is_some_and(|path| !path.is_empty()) {
        let status = Command::new(std::env::current_exe().unwrap()).env("PATH", "").status().unwrap();
        exit(status.code().unwrap_or(1));
    }
    let mut failed = 0;
    for target in TARGETS {
        let mut inputs: Vec<(String, Vec<u8>)> = kept(target.name);
        let kept = inputs.len();
        let seeds = seeds(target.name);
        // the longer properties are shown on fewer documents: the whole corpus has tests of its own
        let step = seeds.len().div_ceil(12);
        inputs.extend(seeds.into_iter().enumerate().step_by(step).map(|(n, seed)| (format!("seed {n}"), seed)));
        for (name, input) in &inputs {
            if catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_err() {
                eprintln!("{}: {name} breaks the property", target.name);
                failed += 1;
            }
        }
        println!("{}: {kept} kept inputs and {} seeds", target.name, inputs.len() - kept);
    }
    assert_eq!(failed, 0);
}

/// The inputs that once broke the property, and those that reach what seeds do not.
fn kept(target: &str) -> Vec<(String, Vec<u8>)> {
    let Ok(folder) = fs::read_dir(root().join("fixtures/fuzz").join(target)) else { return vec![] };
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| (file.display().to_string(), fs::read(&file).unwrap())).collect()
}
