//! `nhiemvu text`: the text that spans count in, to the letter.

use std::io::Write;

use nhiemvu_exporter::document_stamp;

use crate::args::Text;
use crate::commands::{options, read};
use crate::console::Console;
use crate::exit::{Exit, Outcome};

pub(crate) fn run(args: &Text, console: &Console) -> Outcome {
    let source = read(&args.path, &options(&args.conversion, console)?, console)?;
    // beside the text and not in it, as spans count in what is printed
    let document = nhiemvu_parser::parse(nhiemvu_pipeline::reread(source.clone()));
    if let Some(stamp) = document_stamp(&document, console.lang.into()) {
        console.note(&stamp);
    }
    std::io::stdout().lock().write_all(source.text.as_bytes())?;
    Ok(Exit::Done)
}
