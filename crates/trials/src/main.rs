//! What the scripts ask of this crate.

#![allow(clippy::unwrap_used, reason = "a tool of the tests may stop where it is surprised")]

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use nhiemvu_trials::hostile::{self, Scale};
use nhiemvu_trials::noise;
use nhiemvu_trials::seeds::seeds;
use nhiemvu_trials::targets;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["targets"] => targets::TARGETS.iter().for_each(|target| println!("{}", target.name)),
        ["seeds", target, folder] => {
            fs::create_dir_all(folder).unwrap();
            for (number, seed) in seeds(target).iter().enumerate() {
                fs::write(Path::new(folder).join(format!("seed-{number:04}")), seed).unwrap();
            }
        }
        ["hostile", scale, folder] => {
            fs::create_dir_all(folder).unwrap();
            hostile::write(Path::new(folder), if *scale == "large" { Scale::Large } else { Scale::Small });
        }
        ["noise"] => print!("{}", noise::curve()),
        ["noise", percent, folder] => {
            for name in ["docs", "gold"] {
                fs::create_dir_all(Path::new(folder).join(name)).unwrap();
            }
            for (name, text, gold) in noise::damaged(percent.parse().unwrap(), 0) {
                fs::write(Path::new(folder).join("docs").join(&name), text).unwrap();
                fs::write(Path::new(folder).join("gold").join(format!("{name}.json")), gold.to_string()).unwrap();
            }
        }
        ["replay", target, files @ ..] => {
            for file in files {
                assert!(targets::run(target, &fs::read(file).unwrap()), "no property is called {target}");
                println!("{file}: holds");
            }
        }
        _ => {
            eprintln!(
                "nhiemvu-trials targets | seeds TARGET DIR | hostile small|large DIR | noise [PERCENT DIR] | replay TARGET FILE..."
            );
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
