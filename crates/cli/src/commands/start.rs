//! `nhiemvu` alone: one example, and where help is.

use std::io::Write;

use crate::console::Console;
use crate::exit::{Exit, Outcome};

pub(crate) fn run(console: &Console) -> Outcome {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{}", console.say("start", &[]))?;
    Ok(Exit::Done)
}
