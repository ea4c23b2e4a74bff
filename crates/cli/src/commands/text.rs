//! `nhiemvu text`: the text that spans count in, to the letter.

use std::io::Write;

use crate::args::Text;
use crate::commands::{options, read};
use crate::console::Console;
use crate::exit::{Exit, Outcome};

pub(crate) fn run(args: &Text, console: &Console) -> Outcome {
    let source = read(&args.path, &options(&args.conversion, console)?, console)?;
    std::io::stdout().lock().write_all(source.text.as_bytes())?;
    Ok(Exit::Done)
}
