//! Reading a damaged source through its wrong letters.

use std::sync::LazyLock;

use nhiemvu_model::Source;
use nhiemvu_spelling::Speller;

/// Knows the wordings of every crate; made when the first damaged document comes.
static SPELLER: LazyLock<Speller> = LazyLock::new(|| {
    let bodies = nhiemvu_normalizer::wordings();
    Speller::new(bodies.chain(nhiemvu_parser::wordings()).chain(nhiemvu_extractor::wordings()))
});

/// The source as it is to be parsed: where text recognition has taken letters for others, read as what they were.
pub fn reread(source: Source) -> Source {
    if nhiemvu_spelling::is_damaged(&source) { SPELLER.reread(source) } else { source }
}
