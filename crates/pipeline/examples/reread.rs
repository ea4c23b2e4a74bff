//! temp
#![allow(missing_docs, clippy::unwrap_used)]
fn main() {
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let Ok(source) = nhiemvu_ingest::read(&bytes, Some(&path), &Default::default()) else { println!("{path}: unread"); continue };
        let ill: Vec<&str> = source.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_ascii() && w.chars().nth(2).is_some() && w.chars().filter(|c| c.is_uppercase()).count() < 2 && w.chars().all(char::is_alphabetic) && !nhiemvu_text::is_syllable(w)).collect();
        println!("ILL {path} {} {} {:?}", source.text.split_whitespace().count(), ill.len(), ill.iter().take(12).collect::<Vec<_>>());
        let read = nhiemvu_pipeline::reread(source);
        let Some(written) = &read.written else { continue };
        println!("{path}: {} changes, ocr {}", written.changes().len(), read.ocr);
        for (r, w) in written.changes() {
            let b = read.text[..r.start].char_indices().rev().nth(14).map_or(0, |x| x.0);
            let e = read.text[r.end..].char_indices().nth(14).map_or(read.text.len(), |x| r.end + x.0);
            println!("   {} -> {}   | {}", w.slice(written.text()), r.slice(&read.text), read.text[b..e].replace('\n', "⏎"));
        }
    }
}
