//! Reads lines `MODE<tab>ISSUER<tab>TEXT` from standard input and prints the bodies found in each, parted by ` | `.
//!
//! `MODE` is `mentions`, `list` (from the start of the text) or `field`; a line break in the text is written `\n`.

use std::io::BufRead;

use nhiemvu_normalizer::{Context, Registry};

fn main() -> std::io::Result<()> {
    let registry = Registry::builtin();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut cells = line.splitn(3, '\t');
        let (mode, issuer, text) = (cells.next(), cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        let context = Context::new(registry, issuer, "", "", None);
        let text = text.replace("\\n", "\n");
        let mentions = match mode {
            Some("list") => registry.list_at(&text, 0, &context).mentions,
            Some("field") => registry.field(&text, &context).mentions,
            _ => registry.mentions(&text, &context),
        };
        let names: Vec<String> = mentions.iter().map(|m| format!("{:?}:{}", m.agency.kind, m.agency.name)).collect();
        println!("{}", names.join(" | "));
    }
    Ok(())
}
