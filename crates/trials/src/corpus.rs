//! The project's own documents.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// A document of `corpus/`.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name of its file.
    pub name: String,
    /// What it says.
    pub text: String,
    /// What a person found in it.
    pub gold: Value,
}

/// The documents of `corpus/`, by name.
pub fn documents() -> Vec<Document> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let document = |path: PathBuf| {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let gold = fs::read_to_string(root().join("fixtures/gold").join(format!("{stem}.json"))).unwrap();
        Document {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            text: fs::read_to_string(path).unwrap(),
            gold: serde_json::from_str(&gold).unwrap(),
        }
    };
    files.into_iter().map(document).collect()
}
