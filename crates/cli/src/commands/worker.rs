//! `nhiemvu worker`: converts the documents that another process of this program hands it.

use std::io::{self, BufWriter};

use nhiemvu_pipeline::serve;

use crate::exit::{Exit, Outcome};

pub(crate) fn run() -> Outcome {
    serve(io::stdin(), &mut BufWriter::new(io::stdout().lock()))?;
    Ok(Exit::Done)
}
