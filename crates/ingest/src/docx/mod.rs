//! Office Open XML (`.docx`, `.docm`, transitional and strict; ECMA-376).
//!
//! A reader of our own on an XML and a ZIP library: what decides about tasks is what general readers drop. The outline of
//! these documents is in automatic numbers (`numbering`), their emphasis in styles that inherit (`styles`), their
//! assignments in merged table cells (`table`), their corrections in tracked changes. The package is opened even where its
//! list of members is gone (`package`).

mod numbering;
mod package;
mod paragraph;
mod styles;
mod symbols;
mod table;
mod walk;
mod xml;

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
    let Some(main) = package.main() else { return Err(IngestError::Damaged("thiếu phần nội dung".to_owned())) };
    let mut builder = Builder::new(limits);
    let part = |package: &mut Package, kind: &str| {
        let name = package.related(&main, kind).into_iter().next()?.1;
        package.tree(&name)
    };
    let Some(body) = package.tree(&main) else {
        return Err(IngestError::Damaged("thiếu phần nội dung".to_owned()));
    };
    let styles = part(&mut package, "styles").map(|sheet| Styles::read(&sheet)).unwrap_or_default();
    let numbering = part(&mut package, "numbering").map(|lists| Numbering::read(&lists)).unwrap_or_default();
    let document = Document { styles, hinted: holds(&body, "lastRenderedPageBreak") };
    let mut state = State { numbering, ..State::default() };

    furniture(&mut package, &main, "header", &document, &mut state, &mut builder);
    walk(&document, &mut state, Output::Lines(&mut builder, None), None, &body);
    notes(&mut package, &main, &document, &mut state, &mut builder);
    furniture(&mut package, &main, "footer", &document, &mut state, &mut builder);

    walk::warn_of_legacy(&mut builder, &state);
    if package.damaged {
        builder.warn(WarningCode::Damaged, "tệp DOCX bị hỏng, chỉ đọc được một phần", None);
        builder.partial();
    }
    match builder.finish(Format::Docx) {
        Err(IngestError::Empty) => Err(IngestError::NoText),
        done => done,
    }
}

fn walk(document: &Document, state: &mut State, output: Output<'_>, note: Option<String>, element: &Element) {
    let mut walk = Walk { document, state, output, table: RunProperties::default(), note, breaks: 0 };
    walk.blocks(element);
}

/// Page headers before the text, footers after it, each once however many pages and sections repeat it.
fn furniture(
    package: &mut Package,
    main: &str,
    kind: &str,
    document: &Document,
    state: &mut State,
    builder: &mut Builder,
) {
    let mut seen = Vec::new();
    for (_, name) in package.related(main, kind) {
        let Some(part) = package.tree(&name) else { continue };
        let words = words(&part);
        if words.trim().is_empty() || seen.contains(&words) {
            continue;
        }
        seen.push(words);
        walk(document, state, Output::Lines(builder, Some(LineRole::Furniture)), None, &part);
    }
}

/// The notes that the text calls, in the order of their calls.
fn notes(package: &mut Package, main: &str, document: &Document, state: &mut State, builder: &mut Builder) {
    let parts = ["footnotes", "endnotes"].map(|kind| {
        let name = package.related(main, kind).into_iter().next().map(|(_, name)| name);
        name.and_then(|name| package.tree(&name))
    });
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
