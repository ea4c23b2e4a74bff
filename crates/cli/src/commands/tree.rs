//! `nhiemvu tree`: how a document was understood.

use std::io::Write;

use nhiemvu_exporter::{Layout, Why, outline, to_json, tree};
use nhiemvu_model::Rule;

use crate::args::{Tree, TreeFormat};
use crate::commands::{options, read};
use crate::console::Console;
use crate::exit::{Exit, Outcome};
use crate::lang::Lang;

pub(crate) fn run(args: &Tree, console: &Console) -> Outcome {
    let options = options(&args.conversion, console)?;
    let document = nhiemvu_parser::parse(nhiemvu_pipeline::reread(read(&args.path, &options, console)?));
    let context = nhiemvu_extractor::Options { date: options.date, province: options.province.clone() };
    let explained = args.why.then(|| nhiemvu_extractor::explain(&document, options.registry(), &context));
    let words = match console.lang {
        Lang::Vi => Rule::vietnamese,
        Lang::En => Rule::english,
    };
    let why = explained.as_ref().map(|explained| Why { explained, words });
    let bytes = match args.format {
        TreeFormat::Json => to_json(&tree(&document, explained.as_ref()), Layout::Pretty),
        TreeFormat::Text => outline(&document, why).into_bytes(),
    };
    std::io::stdout().lock().write_all(&bytes)?;
    Ok(Exit::Done)
}
