//! `nhiemvu man`: the man pages, a file for each command.

use crate::args::Man;
use crate::console::Console;
use crate::exit::{Exit, Failure, Outcome};
use crate::help::command;
use crate::inputs::slashes;

pub(crate) fn run(args: &Man, console: &Console) -> Outcome {
    let written = std::fs::create_dir_all(&args.folder)
        .and_then(|()| clap_mangen::generate_to(command(console.lang), &args.folder));
    written.map_err(|error| {
        let message = console.say("fault.unwritable", &[&slashes(&args.folder), &error.to_string()]);
        Failure::failed(message, Some(console.say("remedy.unwritable", &[])))
    })?;
    Ok(Exit::Done)
}
