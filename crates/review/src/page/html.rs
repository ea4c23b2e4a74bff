//! Putting a page together.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::PageDocument;
use super::data;
use crate::Lang;
use crate::words::{all_words, word};

const PAGE: &str = include_str!("../../templates/page.html");
const STYLE: &str = include_str!("../../templates/page.css");
const SCRIPTS: [&str; 7] = [
    include_str!("../../templates/util.js"),
    include_str!("../../templates/document.js"),
    include_str!("../../templates/cards.js"),
    include_str!("../../templates/edit.js"),
    include_str!("../../templates/filter.js"),
    include_str!("../../templates/view.js"),
    include_str!("../../templates/main.js"),
];

/// What all pages of a run share, and the stamp above this one.
pub(super) struct Frame {
    pub(super) lang: Lang,
    /// The degree of secrecy as it is stamped.
    pub(super) stamp: Option<String>,
}

/// A whole page. `back` leads from a document's page to the index, where that is another file.
pub(super) fn assemble(
    title: &str,
    index: &str,
    documents: &[&PageDocument],
    back: Option<&str>,
    frame: Frame,
) -> String {
    let Frame { lang, stamp } = frame;
    let script = SCRIPTS.join("\n");
    let mut blocks = format!("<div id=\"app\" hidden></div>\n{}", words_block(back, lang));
    for (number, document) in documents.iter().enumerate() {
        blocks.push_str(&json_block(&format!("document-{number}"), "", &data::document(document, lang)));
    }
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'",
        source_hash(&script),
        source_hash(STYLE)
    );
    fill(&[
        ("lang", lang.tag()),
        ("policy", &policy),
        ("title", &escape(&stamp.as_ref().map_or_else(|| title.to_owned(), |stamp| format!("[{stamp}] {title}")))),
        ("stamp", &stamp.map(|stamp| format!("<p id=\"stamp\">{}</p>", escape(&stamp))).unwrap_or_default()),
        ("style", STYLE),
        ("noscript", &escape(word(lang, "page.no-script"))),
        ("index", index),
        ("data", &blocks),
        ("script", &script),
    ])
}

/// The template with its places filled; what goes in is not looked at again.
fn fill(values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let (name, tail) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A hash as a Content-Security-Policy names it (CSP level 2, section 4.2).
fn source_hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn words_block(back: Option<&str>, lang: Lang) -> String {
    let words: serde_json::Map<String, serde_json::Value> =
        all_words(lang).map(|(key, words)| (key.to_owned(), words.into())).collect();
    let index = back.map(|b| format!(" data-index=\"{}\"", escape(b))).unwrap_or_default();
    json_block("words", &index, &serde_json::Value::Object(words))
}

/// Data that the page's script reads. A `<` is written as an escape of JSON, so that nothing in it can end the block.
fn json_block(id: &str, attributes: &str, value: &serde_json::Value) -> String {
    let json = value.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/json\" id=\"{id}\"{attributes}>{json}</script>\n")
}

/// Text for HTML, in an element or a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A relative path as a link (RFC 3986): everything but unreserved characters and `/` as percent escapes.
pub(super) fn link(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
