//! The project's own documents, scaled up: what is measured.

use std::fs;
use std::path::Path;

/// About `bytes` of the text documents of `corpus/`, over and over, each a document of its own: name and content.
///
/// # Panics
/// Where the corpus is not there.
pub fn documents(bytes: usize) -> Vec<(String, Vec<u8>)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus");
    let mut paths: Vec<_> = fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let own: Vec<(String, Vec<u8>)> = paths
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .collect();
    let (mut documents, mut size) = (Vec::new(), 0);
    for (number, (name, content)) in own.iter().cycle().enumerate() {
        if size >= bytes {
            break;
        }
        size += content.len();
        documents.push((format!("{number}-{name}"), content.clone()));
    }
    documents
}
