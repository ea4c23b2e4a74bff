//! `nhiemvu diff`: what differs between results and fixtures.

use std::io::Write;

use nhiemvu_review::{Only, Style, diff_files};

use crate::args::{Diff, DiffFormat};
use crate::commands::unreadable;
use crate::console::Console;
use crate::exit::{Exit, Failure, Outcome};

pub(crate) fn run(args: &Diff, console: &Console) -> Outcome {
    let only = Only::parse(&args.only).map_err(|error| {
        let fields = Only::names().collect::<Vec<_>>().join(", ");
        Failure::usage(console.say("usage.field", &[&error.field]), console.say("usage.field.hint", &[&fields]))
    })?;
    let report = diff_files(&args.actual, &args.expected, &only).map_err(|error| unreadable(&error, console))?;
    let text = match args.format {
        DiffFormat::Text => report.to_text(Style { lang: console.lang.into(), color: console.colors_stdout() }),
        DiffFormat::Json => report.to_json(),
        DiffFormat::Md => report.to_markdown(console.lang.into()),
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(if report.is_empty() { Exit::Done } else { Exit::Different })
}
