//! Hostile files, each with what is right to come of it.
//!
//! They are built by code and lie in no repository. The small scale is for every test run, the large one for
//! `scripts/long`.

mod containers;
mod pages;
mod pdfs;
mod places;
mod texts;
mod words;

use std::fs;
use std::path::Path;

use crate::corpus::documents;

/// How large the files are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Seconds in a build without optimisation.
    Small,
    /// As large as the limits of the program are there for.
    Large,
}

impl Scale {
    /// `small` or `large`.
    pub fn pick<T>(self, small: T, large: T) -> T {
        if self == Self::Small { small } else { large }
    }
}

/// What is right to come of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// An error record of one of these codes.
    Error(&'static [&'static str]),
    /// A result.
    Result,
    /// A result with a warning of this code.
    Warned(&'static str),
    /// A result or a sound error: which one depends on what other programs are installed.
    Either,
    /// Records of members, each a result.
    Members(usize),
}

/// A hostile file.
pub struct Hostile {
    /// Its name, below the folder.
    pub name: &'static str,
    /// What is right to come of it.
    pub want: Want,
    /// Its bytes.
    pub make: fn(Scale) -> Vec<u8>,
}

/// All hostile files.
pub fn all() -> Vec<Hostile> {
    [containers::FILES, pages::FILES, pdfs::FILES, texts::FILES, words::FILES].into_iter().flatten().map(file).collect()
}

type Row = (&'static str, Want, fn(Scale) -> Vec<u8>);

fn file((name, want, make): &Row) -> Hostile {
    Hostile { name, want: *want, make: *make }
}

/// Writes the hostile files of bytes into `folder`.
pub fn write(folder: &Path, scale: Scale) {
    for file in all() {
        fs::write(folder.join(file.name), (file.make)(scale)).unwrap();
    }
}

/// Writes `count` good documents into `folder`, no two alike: those of the corpus, in every format that can be built, each
/// with a line of its own. Their names, sorted.
pub fn write_good(folder: &Path, count: usize) -> Vec<String> {
    let documents = documents();
    let mut names = Vec::new();
    for number in 0..count {
        let document = &documents[number % documents.len()];
        let text = format!("{}\nBản thứ {number}\n", document.text);
        let (extension, bytes) = match number / documents.len() % 5 {
            0 => (document.name.rsplit('.').next().unwrap(), text.into_bytes()),
            1 => ("html", crate::files::html_of(&text).into_bytes()),
            2 => ("docx", crate::files::docx_of(&text)),
            3 => ("odt", crate::files::odt_of(&text)),
            _ => ("pdf", crate::files::pdf_of(&text)),
        };
        let stem = document.name.split('.').next().unwrap();
        let name = format!("tot-{number:04}-{stem}.{extension}");
        fs::write(folder.join(&name), bytes).unwrap();
        names.push(name);
    }
    names
}

pub use places::{Odd, odd};
