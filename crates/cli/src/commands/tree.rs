//! `nhiemvu tree`: how a document was understood.

use std::io::Write;

use nhiemvu_exporter::{Layout, outline, to_json, tree};

use crate::args::{Tree, TreeFormat};
use crate::commands::{options, read};
use crate::console::Console;
use crate::exit::{Exit, Outcome};

pub(crate) fn run(args: &Tree, console: &Console) -> Outcome {
    let options = options(&args.conversion, console)?;
    let document = nhiemvu_parser::parse(read(&args.path, &options, console)?);
    let context = nhiemvu_extractor::Options { date: options.date, province: options.province.clone() };
    let extraction = args.why.then(|| nhiemvu_extractor::extract(&document, options.registry(), &context));
    let bytes = match args.format {
        TreeFormat::Json => to_json(&tree(&document, extraction.as_ref()), Layout::Pretty),
        TreeFormat::Text => outline(&document, extraction.as_ref()).into_bytes(),
    };
    std::io::stdout().lock().write_all(&bytes)?;
    Ok(Exit::Done)
}
