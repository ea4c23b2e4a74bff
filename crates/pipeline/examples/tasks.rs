//! Prints the tasks of the documents named: who leads, by when, what.
//!
//!     cargo run -p nhiemvu-pipeline --example tasks corpus/kh-cho-noi.md

use std::error::Error;

use nhiemvu_pipeline::{Options, run};

fn main() -> Result<(), Box<dyn Error>> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        match run(&bytes, &path, &Options::default()) {
            Ok(list) => {
                for task in list.tasks {
                    let names: Vec<String> = task.lead.into_iter().map(|body| body.name).collect();
                    let due = task.deadlines.into_iter().find_map(|limit| limit.due);
                    println!("{}\t{}\t{}", names.join("; "), due.unwrap_or_default(), task.title);
                }
            }
            Err(record) => eprintln!("{path}: {}", record.error.message),
        }
    }
    Ok(())
}
