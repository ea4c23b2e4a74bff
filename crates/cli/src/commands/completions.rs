//! `nhiemvu completions`: a completion script.

use std::io::Write;

use crate::args::Completions;
use crate::console::Console;
use crate::exit::{Exit, Outcome};
use crate::help::command;

pub(crate) fn run(args: &Completions, console: &Console) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(console.lang), "nhiemvu", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Exit::Done)
}
