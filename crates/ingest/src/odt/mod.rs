//! `OpenDocument` text (`.odt`; ISO/IEC 26300).
//!
//! What is read here is rewritten as Office Open XML and read on as that, so that numbers, merged cells, notes and fonts of
//! old encodings are treated in one way.

mod lists;
mod paragraph;
mod styles;
mod table;
mod walk;

use nhiemvu_model::{Format, Source};

use crate::docx::package::Package;
use crate::docx::xml::Element;
use crate::docx::{self, Parts};
use crate::{IngestError, Limits};
use styles::Styles;
use walk::Walk;

/// The part that holds the text.
const CONTENT: &str = "content.xml";

/// Reads a package.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    let mut package = Package::open_with(bytes, limits, |package| package.part(CONTENT).is_some())?;
    let is_encrypted = |manifest: &[u8]| crate::detect::contains(manifest, b"encryption-data");
    if package.part("META-INF/manifest.xml").is_some_and(is_encrypted) {
        return Err(IngestError::Password);
    }
    let content = package.mixed_tree(CONTENT).unwrap_or_default();
    let sheet = package.mixed_tree("styles.xml").unwrap_or_default();
    let mut parts = parts(&content, &sheet);
    parts.damaged = package.damaged;
    docx::assemble(&parts, Format::Odt, limits)
}

fn parts(content: &Element, sheet: &Element) -> Parts {
    let styles = Styles::read(&[sheet, content]);
    let mut walk = Walk::new(&styles);
    let [headers, footers] = furniture(sheet, &mut walk);
    let mut body = Element::new("body");
    if let Some(text) = content.child("body").and_then(|body| body.child("text")) {
        body.children = walk.blocks(text);
    }
    let Walk { lists, notes, .. } = walk;
    let notes = notes.map(|notes| Some(Element { children: notes, ..Element::new("notes") }));
    Parts { body, styles: None, numbering: Some(lists.part), headers, footers, notes, damaged: false }
}

/// Page headers and page footers, which are kept with the page styles.
fn furniture(sheet: &Element, walk: &mut Walk<'_>) -> [Vec<Element>; 2] {
    let mut found = [Vec::new(), Vec::new()];
    let pages = sheet.child("master-styles").into_iter().flat_map(|styles| styles.all("master-page"));
    for part in pages.flat_map(|page| &page.children) {
        let kind = match part.name.as_str() {
            "header" | "header-left" | "header-first" => 0,
            "footer" | "footer-left" | "footer-first" => 1,
            _ => continue,
        };
        found[kind].push(Element { children: walk.blocks(part), ..Element::new("part") });
    }
    found
}

#[cfg(test)]
mod tests;
