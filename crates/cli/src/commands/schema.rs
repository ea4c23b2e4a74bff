//! `nhiemvu schema`: the JSON Schema of the output.

use std::io::Write;

use nhiemvu_exporter::SCHEMA;

use crate::exit::{Exit, Outcome};

pub(crate) fn run() -> Outcome {
    std::io::stdout().lock().write_all(SCHEMA.as_bytes())?;
    Ok(Exit::Done)
}
