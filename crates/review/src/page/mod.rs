//! Pages to look at: documents beside their tasks, in a browser, from one file and without a network.
//!
//! A page is one HTML file. A Content-Security-Policy admits its own style and script by their hashes and nothing else;
//! what documents say is data in a JSON block, and the script puts it on the screen as text, never as HTML.

mod chart;
mod data;
mod html;
mod index;
mod outline;
mod pack;

use nhiemvu_exporter::{Naming, file_name, highest_secrecy, secrecy_stamp};
use serde_json::Value;

use crate::Lang;
use crate::diff::DocumentDiff;
use html::Frame;

pub use outline::{Block, BlockKind, Outline};

/// A document for the page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageDocument {
    /// Its name, as the index shows it: a path with `/`.
    pub name: String,
    /// Its task list, with `document.text` where the document is to be shown; or an error record.
    pub record: Value,
    /// Its blocks; without them they are told from the text.
    pub outline: Option<Outline>,
    /// How it differs from what is expected of it.
    pub diff: Option<DocumentDiff>,
}

impl PageDocument {
    /// A document that is known by its record alone.
    pub fn new(name: impl Into<String>, record: Value) -> Self {
        Self { name: name.into(), record, outline: None, diff: None }
    }

    /// The error of an error record.
    fn error(&self) -> Option<&Value> {
        self.record.get("error").filter(|e| e.is_object())
    }

    /// The code of the document's degree of secrecy.
    fn secrecy(&self) -> Option<&str> {
        self.record.get("document")?.get("secrecy")?.as_str()
    }

    /// `words` behind the document's degree of secrecy.
    fn stamped(&self, words: &str, lang: Lang) -> String {
        let stamp = self.secrecy().map(|code| format!("[{}] ", secrecy_stamp(code, lang)));
        stamp.unwrap_or_default() + words
    }

    fn tasks(&self) -> &[Value] {
        self.record.get("tasks").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

/// A page of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// Path below the folder, with `/`.
    pub path: String,
    /// The HTML.
    pub html: String,
}

/// All documents in one file: an index, where there are several, and each document behind it.
pub fn page(documents: &[PageDocument], lang: Lang) -> String {
    let shown: Vec<&PageDocument> = documents.iter().filter(|d| d.error().is_none()).collect();
    let with_index = documents.len() != 1 || shown.is_empty();
    let mut number = 0;
    let link = |document: &PageDocument| {
        let at = document.error().is_none().then_some(number);
        number += usize::from(at.is_some());
        at.map(|n| format!("#/{n}"))
    };
    let links: Vec<Option<String>> = documents.iter().map(link).collect();
    let index = if with_index { index::index(documents, &links, lang) } else { String::new() };
    let title = if with_index { index::title(documents, lang) } else { title(documents) };
    html::assemble(&title, &index, &shown, None, Frame { lang, stamp: stamp(documents, lang) })
}

/// An index, `index.html`, and a page for each document that could be read.
pub fn folder(documents: &[PageDocument], lang: Lang) -> Vec<PageFile> {
    let mut taken = std::collections::BTreeSet::new();
    let paths: Vec<Option<String>> =
        documents.iter().map(|d| d.error().is_none().then(|| free_path(&d.name, &mut taken))).collect();
    let links: Vec<Option<String>> = paths.iter().map(|p| p.as_deref().map(html::link)).collect();
    let index = index::index(documents, &links, lang);
    let mut files = vec![PageFile {
        path: "index.html".to_owned(),
        html: html::assemble(
            &index::title(documents, lang),
            &index,
            &[],
            None,
            Frame { lang, stamp: stamp(documents, lang) },
        ),
    }];
    for (document, path) in documents.iter().zip(paths) {
        let Some(path) = path else { continue };
        let back = format!("{}index.html", "../".repeat(path.matches('/').count()));
        let own = std::slice::from_ref(document);
        let frame = Frame { lang, stamp: stamp(own, lang) };
        let html = html::assemble(&title(own), "", &[document], Some(&back), frame);
        files.push(PageFile { path, html });
    }
    files
}

/// A path below the folder for a document's page, unlike any other.
fn free_path(name: &str, taken: &mut std::collections::BTreeSet<String>) -> String {
    // whichever system the folder is carried to; `#` would part the link to the page
    let part = |part: &str| file_name(part, Naming::Windows).replace('#', "_");
    let parts: Vec<String> = name.split('/').filter(|p| !matches!(*p, "" | "." | "..")).map(part).collect();
    let stem = format!("van-ban/{}", parts.join("/"));
    let mut number = 1;
    loop {
        let path = if number == 1 { format!("{stem}.html") } else { format!("{stem}-{number}.html") };
        // names that differ in case alone are one file on some systems
        if taken.insert(path.to_lowercase()) {
            return path;
        }
        number += 1;
    }
}

/// The stamp of the highest degree of secrecy, which stands above everything on a page that shows these documents.
fn stamp(documents: &[PageDocument], lang: Lang) -> Option<String> {
    highest_secrecy(documents.iter().filter_map(PageDocument::secrecy)).map(|code| secrecy_stamp(code, lang))
}

fn title(documents: &[PageDocument]) -> String {
    let subject = |d: &PageDocument| Some(d.record.get("document")?.get("subject")?.as_str()?.to_owned());
    documents.first().map(|d| subject(d).unwrap_or_else(|| d.name.clone())).unwrap_or_default()
}
