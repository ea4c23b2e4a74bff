//! Office Open XML (`.docx`, `.docm`, transitional and strict; ECMA-376).
//!
//! A reader of our own on an XML and a ZIP library: what decides about tasks is what general readers drop. The outline of
//! these documents is in automatic numbers (`numbering`), their emphasis in styles that inherit (`styles`), their
//! assignments in merged table cells (`table`), their corrections in tracked changes. The package is opened even where its
//! list of members is gone (`package`).

mod numbering;
pub(crate) mod package;
mod paragraph;
mod styles;
mod symbols;
mod table;
mod walk;
pub(crate) mod xml;

use nhiemvu_model::{Format, LineRole, Source, WarningCode};

use crate::builder::Builder;
use crate::{IngestError, Limits};
use numbering::Numbering;
use package::Package;
use styles::{RunProperties, Styles};
use walk::{Document, Output, State, Walk};
use xml::Element;

/// Reads a package.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, IngestError> {
    let mut package = Package::open(bytes, limits)?;
    let missing = || IngestError::Damaged("thiếu phần nội dung".to_owned());
    let main = package.main().ok_or_else(missing)?;
    let body = package.tree(&main).ok_or_else(missing)?;
    let mut all = |kind: &str| -> Vec<Element> {
        let names = package.related(&main, kind);
        names.into_iter().filter_map(|(_, name)| package.tree(&name)).collect()
    };
    let mut parts = Parts { body, headers: all("header"), footers: all("footer"), ..Parts::default() };
    let mut one = |kind: &str| {
        let (_, name) = package.related(&main, kind).into_iter().next()?;
        package.tree(&name)
    };
    parts.styles = one("styles");
    parts.numbering = one("numbering");
    parts.notes = [one("footnotes"), one("endnotes")];
    parts.damaged = package.damaged;
    assemble(&parts, Format::Docx, limits)
}

/// The parts of a document, as trees of this vocabulary. Readers of Word's older formats and of `OpenDocument` make them
/// too, so that numbers, tables, notes and fonts of old encodings are read in one way.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) body: Element,
    pub(crate) styles: Option<Element>,
    pub(crate) numbering: Option<Element>,
    pub(crate) headers: Vec<Element>,
    pub(crate) footers: Vec<Element>,
    /// Footnotes and endnotes.
    pub(crate) notes: [Option<Element>; 2],
    /// Whether some of it was missing or cut.
    pub(crate) damaged: bool,
}

/// The lines of a document of these parts.
pub(crate) fn assemble(parts: &Parts, format: Format, limits: &Limits) -> Result<Source, IngestError> {
    let mut builder = Builder::new(limits);
    let styles = parts.styles.as_ref().map(Styles::read).unwrap_or_default();
    let numbering = parts.numbering.as_ref().map(Numbering::read).unwrap_or_default();
    let document = Document { styles, hinted: holds(&parts.body, "lastRenderedPageBreak") };
    let mut state = State { numbering, ..State::default() };

    furniture(&parts.headers, &document, &mut state, &mut builder);
    walk(&document, &mut state, Output::Lines(&mut builder, None), None, &parts.body);
    notes(&parts.notes, &document, &mut state, &mut builder);
    furniture(&parts.footers, &document, &mut state, &mut builder);

    walk::warn_of_legacy(&mut builder, &state);
    if parts.damaged {
        builder.warn(WarningCode::Damaged, "tệp bị hỏng, chỉ đọc được một phần", None);
        builder.partial();
    }
    match builder.finish(format) {
        Err(IngestError::Empty) if parts.damaged => {
            Err(IngestError::Damaged("phần có chữ không còn đọc được".to_owned()))
        }
        Err(IngestError::Empty) => Err(IngestError::NoText),
        done => done,
    }
}

fn walk(document: &Document, state: &mut State, output: Output<'_>, note: Option<String>, element: &Element) {
    let mut walk = Walk { document, state, output, table: RunProperties::default(), note, breaks: 0 };
    walk.blocks(element);
    walk.end_joined();
}

/// Page headers before the text, footers after it, each once however many pages and sections repeat it.
fn furniture(parts: &[Element], document: &Document, state: &mut State, builder: &mut Builder) {
    let mut seen = Vec::new();
    for part in parts {
        let words = words(part);
        if words.trim().is_empty() || seen.contains(&words) {
            continue;
        }
        seen.push(words);
        walk(document, state, Output::Lines(builder, Some(LineRole::Furniture)), None, part);
    }
}

/// The notes that the text calls, in the order of their calls.
fn notes(parts: &[Option<Element>; 2], document: &Document, state: &mut State, builder: &mut Builder) {
    let mut done = 0;
    // a note may call another
    while let Some((is_end, id, mark)) = state.notes.called.get(done).cloned() {
        done += 1;
        let Some(part) = &parts[usize::from(is_end)] else { continue };
        let Some(note) = part.children.iter().find(|note| note.attribute("id") == Some(id.as_str())) else { continue };
        let role = LineRole::Footnote(mark.clone());
        walk(document, state, Output::Lines(builder, Some(role)), Some(mark), note);
    }
}

fn holds(element: &Element, name: &str) -> bool {
    element.name == name || element.children.iter().any(|child| holds(child, name))
}

/// All words of a part, to tell whether two say the same.
fn words(element: &Element) -> String {
    let mut out = element.text.clone();
    for child in &element.children {
        out.push_str(&words(child));
    }
    out
}

#[cfg(test)]
mod tests;
