//! `nhiemvu formats`: what is read, and what is written.

use std::io::Write;

use crate::console::Console;
use crate::exit::{Exit, Outcome};

pub(crate) fn run(console: &Console) -> Outcome {
    writeln!(std::io::stdout().lock(), "{}", console.say("formats", &[]))?;
    Ok(Exit::Done)
}
