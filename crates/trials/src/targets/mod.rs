//! Properties of each stage, as plain functions of bytes.
//!
//! Each takes any bytes at all and panics where a property does not hold. `scripts/fuzz` drives them with a fuzzer; the
//! inputs kept in `fixtures/fuzz` are run through them by every `cargo test`.

mod extractor;
mod normalizer;
mod parser;
mod readers;
mod record;
mod sound;
mod spelling;
mod temporal;

/// A property of a stage.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, and that of its folder of kept inputs.
    pub name: &'static str,
    /// Checks it.
    pub run: fn(&[u8]),
}

/// All targets.
pub const TARGETS: [Target; 16] = [
    Target { name: "sniff", run: readers::sniff },
    Target { name: "pdf", run: readers::pdf },
    Target { name: "docx", run: readers::docx },
    Target { name: "doc", run: readers::doc },
    Target { name: "odt", run: readers::odt },
    Target { name: "html", run: readers::html },
    Target { name: "mail", run: readers::mail },
    Target { name: "zip", run: readers::zip },
    Target { name: "text", run: readers::text },
    Target { name: "layout", run: parser::layout },
    Target { name: "block", run: parser::block },
    Target { name: "temporal", run: temporal::temporal },
    Target { name: "normalizer", run: normalizer::normalizer },
    Target { name: "extractor", run: extractor::extractor },
    Target { name: "record", run: record::record },
    Target { name: "spelling", run: spelling::spelling },
];

/// Checks the target of this name with `data`; `false` where there is none.
pub fn run(name: &str, data: &[u8]) -> bool {
    let target = TARGETS.iter().find(|target| target.name == name);
    target.is_some_and(|target| {
        (target.run)(data);
        true
    })
}
