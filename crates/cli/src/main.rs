//! `nhiemvu`: the tasks in Vietnamese administrative documents, from the command line.
//!
//! stdout is data, stderr is for people. This file dispatches; each subcommand has a file of its own below `commands`,
//! and all flags stand in `args`.

mod args;
mod batch;
mod commands;
mod console;
mod exit;
mod help;
mod inputs;
mod isolation;
mod lang;
mod outputs;
mod paths;
mod write;

use std::process::ExitCode;

use crate::args::{Cli, Command};
use crate::console::Console;
use crate::exit::{Exit, Outcome};

/// Documents are taken apart into very many short strings, which the system's allocator makes a sixth of all the work.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A fault inside a document becomes its error record, which says all there is to say.
    std::panic::set_hook(Box::new(|_| {}));
    let cli = match help::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(exit) => return exit.into(),
    };
    let console = Console::new(cli.lang, cli.quiet, cli.color);
    let outcome = std::panic::catch_unwind(|| dispatch(cli, &console));
    let exit = match outcome {
        Ok(Ok(exit)) => exit,
        Ok(Err(failure)) => {
            console.failure(&failure);
            failure.exit
        }
        Err(_) => {
            console.error(&console.say("fault.internal", &[]));
            Exit::Failed
        }
    };
    exit.into()
}

fn dispatch(cli: Cli, console: &Console) -> Outcome {
    match cli.command {
        None => commands::start::run(console),
        Some(Command::Extract(args)) => commands::extract::run(&args, console),
        Some(Command::Pipe(args)) => commands::pipe::run(&args, console),
        Some(Command::Text(args)) => commands::text::run(&args, console),
        Some(Command::Tree(args)) => commands::tree::run(&args, console),
        Some(Command::Agencies(args)) => commands::agencies::run(&args, console),
        Some(Command::Diff(args)) => commands::diff::run(&args, console),
        Some(Command::Accept(args)) => commands::accept::run(&args, console),
        Some(Command::Score(args)) => commands::score::run(&args, console),
        Some(Command::Review(args)) => commands::review::run(&args, console),
        Some(Command::Due(args)) => commands::due::run(&args, console),
        Some(Command::Register(args)) => commands::register::run(&args, console),
        Some(Command::Formats) => commands::formats::run(console),
        Some(Command::Schema) => commands::schema::run(),
        Some(Command::Man(args)) => commands::man::run(&args, console),
        Some(Command::Completions(args)) => commands::completions::run(&args, console),
        Some(Command::Worker) => commands::worker::run(),
    }
}
