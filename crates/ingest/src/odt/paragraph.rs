//! The words of a paragraph as runs of Office Open XML.

use super::styles::Run;
use super::walk::Walk;
use crate::docx::xml::Element;

/// Spaces that one element may stand for.
const MOST_SPACES: usize = 1000;

/// A paragraph as it is rewritten.
#[derive(Debug)]
pub(super) struct Paragraph<'w, 's, 'e> {
    walk: &'w mut Walk<'s>,
    pub(super) element: Element,
    /// Text boxes anchored in it.
    pub(super) boxes: Vec<&'e Element>,
    /// Whether a space at this place would be none: at the start and behind another.
    spaced: bool,
}

impl<'w, 's, 'e> Paragraph<'w, 's, 'e> {
    pub(super) fn new(walk: &'w mut Walk<'s>, properties: Element) -> Self {
        Self { walk, element: Element::new("p").holding(properties), boxes: Vec::new(), spaced: true }
    }

    /// Reads what `source` holds, set as `run`.
    pub(super) fn read(&mut self, source: &'e Element, run: &Run) {
        for child in &source.children {
            match child.name.as_str() {
                "" => self.words(&child.text, run),
                "s" => {
                    let count = child.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                    self.put(" ".repeat(MOST_SPACES.min(count)), run);
                }
                "tab" => self.piece(Element::new("tab"), run),
                "line-break" => self.piece(Element::new("br"), run),
                "soft-page-break" => self.piece(Element::new("lastRenderedPageBreak"), run),
                "span" => {
                    let style = self.walk.styles.style("text", child.attribute("style-name")).run;
                    self.read(child, &run.under(&style));
                }
                "note" => self.note(child, run),
                "text-box" => self.boxes.push(child),
                "annotation" | "annotation-end" | "title" | "desc" | "ruby-text" | "script" => {}
                _ => self.read(child, run),
            }
        }
    }

    /// White space between words is one space, and none at the start.
    fn words(&mut self, text: &str, run: &Run) {
        let mut words = String::with_capacity(text.len());
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !(is_space && self.spaced) {
                words.push(if is_space { ' ' } else { c });
            }
            self.spaced = is_space;
        }
        if !words.is_empty() {
            self.put(words, run);
        }
    }

    fn put(&mut self, words: String, run: &Run) {
        self.spaced = words.ends_with(' ');
        self.add(Element { text: words, ..Element::new("t") }, run);
    }

    fn piece(&mut self, piece: Element, run: &Run) {
        self.spaced = true;
        self.add(piece, run);
    }

    fn add(&mut self, piece: Element, run: &Run) {
        self.element.children.push(Element::new("r").holding(run.element()).holding(piece));
    }

    fn note(&mut self, note: &Element, run: &Run) {
        let is_end = note.attribute("note-class") == Some("endnote");
        let body = note.child("note-body").map(|body| self.walk.inner_blocks(body)).unwrap_or_default();
        let kind = usize::from(is_end);
        let id = self.walk.notes[kind].len().to_string();
        let mark = if is_end { "endnoteRef" } else { "footnoteRef" };
        let mut body = body;
        // the mark is not in the note's own text
        if let Some(first) = body.iter_mut().find(|block| block.name == "p") {
            let space = Element { text: " ".to_owned(), ..Element::new("t") };
            first.children.insert(1, Element::new("r").holding(Element::new(mark)).holding(space));
        }
        let body = Element { children: body, ..Element::new("note").with("id", id.as_str()) };
        self.walk.notes[kind].push(body);
        let call = if is_end { "endnoteReference" } else { "footnoteReference" };
        self.add(Element::new(call).with("id", id), run);
        self.spaced = false;
    }
}
