//! Prints the bodies named in a text file, one a line: the words, the name, the kind.
//!
//!     cargo run --release -p nhiemvu-normalizer --example mentions -- FILE [ISSUER] [--time]

use std::io::Read;
use std::time::Instant;

use nhiemvu_normalizer::{Context, Registry};

#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_default();
    let issuer = args.next().unwrap_or_default();
    let mut text = String::new();
    std::fs::File::open(path)?.read_to_string(&mut text)?;
    let start = Instant::now();
    let registry = Registry::builtin();
    let loaded = start.elapsed();
    let context = Context::new(registry, &issuer, "", "", None);
    let mentions = registry.mentions(&text, &context);
    if args.next().is_some() {
        let start = Instant::now();
        let rounds = 20;
        let count: usize = (0..rounds).map(|_| registry.mentions(&text, &context).len()).sum();
        let seconds = start.elapsed().as_secs_f64() / f64::from(rounds);
        let rate = text.len() as f64 / seconds / 1e6;
        println!("load {loaded:?}; {count} mentions in {rounds} rounds; {rate:.1} MB/s");
        return Ok(());
    }
    for mention in mentions {
        let words = text.get(mention.start..mention.end).unwrap_or("").replace('\n', " ");
        let weak = if mention.weak {
            " weak"
        } else if mention.agency.repaired {
            " repaired"
        } else {
            ""
        };
        println!(
            "{words}\t{}\t{:?}{weak}\t{}",
            mention.agency.name,
            mention.agency.kind,
            mention.agency.id.unwrap_or_default()
        );
    }
    Ok(())
}
