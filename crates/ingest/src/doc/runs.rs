//! The words of a paragraph as runs of Office Open XML.

use super::paragraphs::Reader;
use super::sprm::{Paragraph, Run};
use crate::docx::xml::Element;

/// A call of a note, by what it is called in Office Open XML.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// The call, with the note's number.
    Call(&'static str, usize),
    /// The mark with which the note itself begins.
    Own(&'static str),
}

/// Words and marks set alike.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    /// The number of the reader's stretch that says how.
    pub(super) number: Option<usize>,
    pub(super) words: String,
    pub(super) marks: Vec<Mark>,
}

/// A mark's place in the words.
pub(super) const MARK: char = '\u{2}';

/// The paragraph as an element.
pub(super) fn element(stretches: &[Stretch], paragraph: &Paragraph, reader: &Reader<'_>) -> Element {
    let mut element = Element::new("p");
    element.children.push(properties(paragraph));
    for stretch in stretches {
        let run = reader.run(stretch.number, paragraph.style);
        if !run.deleted {
            element.children.push(run_element(stretch, &run, reader));
        }
    }
    element
}

fn properties(paragraph: &Paragraph) -> Element {
    let mut properties = Element::new("pPr");
    if let Some(list) = paragraph.list {
        let mut numbering = Element::new("numPr");
        numbering.set("ilvl", paragraph.level.to_string());
        numbering.set("numId", list.to_string());
        properties.children.push(numbering);
    }
    if let Some(level) = paragraph.heading {
        properties.set("outlineLvl", (level - 1).to_string());
    }
    if paragraph.new_page {
        properties.children.push(Element::new("pageBreakBefore"));
    }
    properties
}

fn run_element(stretch: &Stretch, run: &Run, reader: &Reader<'_>) -> Element {
    let mut element = Element::new("r");
    let mut set = Element::new("rPr");
    for (name, on) in [("b", run.bold), ("i", run.italic), ("caps", run.caps), ("vanish", run.hidden)] {
        set.set(name, if on { "1" } else { "0" });
    }
    if run.superscript {
        set.set("vertAlign", "superscript");
    }
    let font = |number| reader.font(number).unwrap_or_default();
    set.children.push(Element::new("rFonts").with("ascii", font(run.font)));
    element.children.push(set);
    let mut marks = stretch.marks.iter();
    let mut words = String::new();
    for c in stretch.words.chars() {
        let piece = match c {
            MARK => match marks.next() {
                Some(Mark::Call(name, number)) => Element::new(name).with("id", number.to_string()),
                Some(Mark::Own(name)) => Element::new(name),
                None => continue,
            },
            '(' if run.symbol.is_some() => {
                let (number, code) = run.symbol.unwrap_or_default();
                Element::new("sym").with("font", font(number)).with("char", format!("{code:04X}"))
            }
            '\t' => Element::new("tab"),
            '\u{B}' => Element::new("br"),
            '\u{C}' => Element::new("br").with("type", "page"),
            '\u{13}' => Element::new("fldChar").with("fldCharType", "begin"),
            '\u{14}' => Element::new("fldChar").with("fldCharType", "separate"),
            '\u{15}' => Element::new("fldChar").with("fldCharType", "end"),
            '\u{1E}' => Element::new("noBreakHyphen"),
            '\u{1F}' => Element::new("softHyphen"),
            // places of pictures and comments
            '\0'..='\u{1F}' => continue,
            _ => {
                words.push(c);
                continue;
            }
        };
        flush(&mut words, &mut element);
        element.children.push(piece);
    }
    flush(&mut words, &mut element);
    element
}

fn flush(words: &mut String, run: &mut Element) {
    if !words.is_empty() {
        run.children.push(Element { text: std::mem::take(words), ..Element::new("t") });
    }
}
