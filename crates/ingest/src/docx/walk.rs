//! Walks the body of a document and gives its lines.

use std::collections::HashMap;

use nhiemvu_model::{LineRole, WarningCode};
use nhiemvu_text::LegacyEncoding;

use super::numbering::{Marker, Numbering};
use super::paragraph::{Around, Words};
use super::styles::{RunProperties, Styles, outline_level};
use super::table;
use super::xml::Element;
use crate::builder::Builder;
use crate::styled::{Style, Styled};

/// What the whole document says.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) styles: Styles,
    /// Whether Word has noted where pages ended when it last showed the document.
    pub(crate) hinted: bool,
}

/// The footnotes and endnotes, and those called so far.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// (endnote, id) and mark, in the order of calls.
    pub(crate) called: Vec<(bool, String, String)>,
    marks: HashMap<(bool, String), String>,
    counts: [u32; 2],
}

impl Notes {
    /// The mark of a note; numbers go by the order of calls. A note with a mark of its own has it in the text.
    pub(crate) fn call(&mut self, is_end: bool, id: &str, own_mark: bool) -> String {
        let key = (is_end, id.to_owned());
        if let Some(mark) = self.marks.get(&key) {
            return mark.clone();
        }
        let count = &mut self.counts[usize::from(is_end)];
        let mark = if own_mark {
            String::new()
        } else {
            *count += 1;
            if is_end { crate::numerals::roman(i64::from(*count)) } else { count.to_string() }
        };
        self.called.push((is_end, id.to_owned(), mark.clone()));
        self.marks.insert(key, mark.clone());
        mark
    }
}

/// Where finished paragraphs go.
pub(crate) enum Output<'b> {
    /// To lines, in the role given or by the paragraph's own nature.
    Lines(&'b mut Builder, Option<LineRole>),
    /// To the paragraphs of a table cell.
    Cell(Vec<Styled>),
}

/// The walk, and what changes on the way.
pub(crate) struct Walk<'d, 'b> {
    pub(crate) document: &'d Document,
    pub(crate) state: &'d mut State,
    pub(crate) output: Output<'b>,
    /// How the table style sets the words around.
    pub(crate) table: RunProperties,
    /// Mark of the note that is being read.
    pub(crate) note: Option<String>,
    /// Pages that ended inside a table cell.
    pub(crate) breaks: u32,
}

/// What counts through the whole document.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) numbering: Numbering,
    pub(crate) notes: Notes,
    pub(crate) legacy: Option<LegacyEncoding>,
    /// Words of paragraphs whose end a tracked change has deleted: they go on in the next one.
    pub(crate) joined: Option<Styled>,
    /// Tables that stand inside of cells, to be read after the table around them.
    pub(crate) nested: Vec<Vec<table::Row>>,
}

impl<'d> Walk<'d, '_> {
    /// Reads the blocks that `element` holds.
    pub(crate) fn blocks(&mut self, element: &Element) {
        for child in &element.children {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                "tbl" => {
                    self.end_joined();
                    table::read(self, child);
                }
                "del" | "moveFrom" | "sdtPr" | "sdtEndPr" | "sectPr" | "tcPr" | "trPr" | "tblPr" => {}
                "AlternateContent" => {
                    if let Some(choice) = child.child("Choice").or_else(|| child.child("Fallback")) {
                        self.blocks(choice);
                    }
                }
                _ => self.blocks(child),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let properties = paragraph.child("pPr");
        let style_id = properties.and_then(|p| p.child("pStyle")).and_then(Element::value);
        let document: &'d Document = self.document;
        let style = document.styles.paragraph(style_id);
        let mut words = Words::default();
        let table = self.table.clone();
        let note = self.note.clone();
        let around = Around { document, paragraph: style, table: &table, note: note.as_deref() };
        if let Some(joined) = self.state.joined.take() {
            words.styled = joined;
        }
        words.read(paragraph, around, &mut self.state.notes);
        if ends_deleted(properties) {
            self.state.joined = Some(words.styled).filter(|styled| !styled.is_blank());
            self.turn(words.breaks_before + words.breaks_after);
            words.boxes.into_iter().for_each(|text_box| self.blocks(text_box));
            return;
        }
        self.state.legacy = self.state.legacy.or(words.legacy);
        let new_page = properties.and_then(|p| p.switch("pageBreakBefore")) == Some(true) && !document.hinted;
        self.turn(words.breaks_before + u32::from(new_page));
        let heading = properties.and_then(outline_level).or(style.and_then(|style| style.heading));
        let marker = self.marker(properties, style_id, words.styled.is_blank());
        let styled = match marker {
            Some(marker) => {
                let (bold, italic) = words.first.unwrap_or_default();
                let mark = properties.and_then(|p| p.child("rPr"));
                let mark = RunProperties::read(mark);
                let set = Style {
                    bold: marker.bold || bold || mark.bold == Some(true),
                    italic: marker.italic || (italic && mark.italic != Some(false)),
                    superscript: false,
                };
                words.styled.with_marker(&marker.text, set)
            }
            None => words.styled.without_indent(),
        };
        self.put(styled, heading);
        self.turn(words.breaks_after);
        for text_box in words.boxes {
            self.blocks(text_box);
        }
        let section = properties.and_then(|p| p.child("sectPr"));
        let flows_on = section.and_then(|s| s.child("type")).and_then(Element::value) == Some("continuous");
        self.turn(u32::from(section.is_some() && !flows_on && !document.hinted));
    }

    /// Gives out the words of a paragraph whose end is deleted and which no other follows.
    pub(crate) fn end_joined(&mut self) {
        if let Some(styled) = self.state.joined.take() {
            self.put(styled, None);
        }
    }

    /// The marker of a paragraph in a list: by its own numbering, else by its style's. An empty paragraph shows none.
    fn marker(&mut self, properties: Option<&Element>, style_id: Option<&str>, blank: bool) -> Option<Marker> {
        let own = properties.and_then(|p| p.child("numPr"));
        let style = self.document.styles.paragraph(style_id);
        let list =
            own.and_then(|own| own.number("numId")).or_else(|| style.and_then(|s| s.list)).filter(|id| *id > 0)?;
        if blank {
            return None;
        }
        let linked = style_id.and_then(|style| self.state.numbering.level_of_style(list, style));
        let level = own.and_then(|own| own.number("ilvl")).or(linked).or_else(|| style.and_then(|s| s.level));
        self.state.numbering.next(list, level.unwrap_or(0))
    }

    fn put(&mut self, styled: Styled, heading: Option<u8>) {
        match &mut self.output {
            Output::Cell(paragraphs) => paragraphs.extend(styled.into_lines().into_iter().filter(|p| !p.is_blank())),
            Output::Lines(builder, role) => match (role, heading) {
                (Some(role), _) => builder.paragraph(styled, Some(role.clone())),
                (None, Some(level)) => builder.paragraph(styled, Some(LineRole::Heading(level))),
                (None, None) => builder.paragraph(styled, None),
            },
        }
    }

    pub(crate) fn turn(&mut self, pages: u32) {
        match &mut self.output {
            Output::Lines(builder, None) => (0..pages).for_each(|_| builder.next_page()),
            Output::Lines(..) => {}
            Output::Cell(_) => self.breaks += pages,
        }
    }
}

/// Whether a tracked change has deleted the end of a paragraph, which is then one with the next.
fn ends_deleted(properties: Option<&Element>) -> bool {
    let mark = properties.and_then(|p| p.child("rPr"));
    mark.is_some_and(|mark| mark.child("del").or_else(|| mark.child("moveFrom")).is_some())
}

/// Notes what was decoded from the fonts of older encodings.
pub(crate) fn warn_of_legacy(builder: &mut Builder, state: &State) {
    if let Some(encoding) = state.legacy {
        let message = format!("văn bản (hoặc một phần) được chuyển từ bảng mã {} sang Unicode", encoding.name());
        builder.warn(WarningCode::LegacyEncoding, message, None);
    }
}
