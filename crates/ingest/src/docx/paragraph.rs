//! The words of a paragraph: its runs, in the order in which they are read.

use nhiemvu_text::LegacyEncoding;

use super::styles::{RunProperties, Style as Sheet};
use super::symbols::symbol;
use super::walk::{Document, Notes};
use super::xml::Element;
use crate::styled::{Style, Styled};

/// What a paragraph holds.
#[derive(Debug, Default)]
pub(crate) struct Words<'a> {
    pub(crate) styled: Styled,
    /// Text boxes anchored in it, to be read after it.
    pub(crate) boxes: Vec<&'a Element>,
    /// Pages that end before its first word, and after.
    pub(crate) breaks_before: u32,
    pub(crate) breaks_after: u32,
    /// Whether the first run with words is bold, and italic.
    pub(crate) first: Option<(bool, bool)>,
    /// Encodings that were found by their fonts.
    pub(crate) legacy: Option<LegacyEncoding>,
    /// Depth of fields whose instruction is being read.
    instruction: u32,
    fields: Vec<bool>,
}

/// What runs inherit from their surroundings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around<'d> {
    pub(crate) document: &'d Document,
    pub(crate) paragraph: Option<&'d Sheet>,
    pub(crate) table: &'d RunProperties,
    /// Mark of the footnote that is being read.
    pub(crate) note: Option<&'d str>,
}

impl<'a> Words<'a> {
    /// Reads what `element` holds.
    pub(crate) fn read(&mut self, element: &'a Element, around: Around<'_>, notes: &mut Notes) {
        for child in &element.children {
            match child.name.as_str() {
                "r" => self.run(child, around, notes),
                // what was deleted or moved away is no longer there; properties hold no words
                "del" | "moveFrom" | "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "oMathParaPr" | "fldData" => {}
                "AlternateContent" => self.alternative(child, around, notes),
                _ => self.read(child, around, notes),
            }
        }
    }

    /// The first choice; the fall-back says the same again for older programs.
    fn alternative(&mut self, element: &'a Element, around: Around<'_>, notes: &mut Notes) {
        let choice = element.child("Choice").or_else(|| element.child("Fallback"));
        if let Some(choice) = choice {
            self.drawing(choice, around, notes);
        }
    }

    /// Text boxes wait until the paragraph is done.
    fn drawing(&mut self, element: &'a Element, around: Around<'_>, notes: &mut Notes) {
        if element.name == "txbxContent" {
            self.boxes.push(element);
        } else if element.name == "r" {
            self.run(element, around, notes);
        } else {
            for child in &element.children {
                self.drawing(child, around, notes);
            }
        }
    }

    fn run(&mut self, run: &'a Element, around: Around<'_>, notes: &mut Notes) {
        let own = run.child("rPr");
        let style = own.and_then(|p| p.child("rStyle")).and_then(Element::value);
        let sheet = &around.document.styles;
        let properties = sheet.run(RunProperties::read(own), sheet.style(style), around.paragraph, around.table);
        let set = Style {
            bold: properties.bold == Some(true),
            italic: properties.italic == Some(true),
            superscript: properties.superscript == Some(true),
        };
        self.styled.set(set);
        for child in &run.children {
            self.piece(child, &properties, set, around, notes);
        }
    }

    fn piece(&mut self, piece: &'a Element, run: &RunProperties, set: Style, around: Around<'_>, notes: &mut Notes) {
        if self.instruction > 0 && !matches!(piece.name.as_str(), "fldChar") {
            return;
        }
        let hidden = run.hidden == Some(true);
        match piece.name.as_str() {
            "t" if !hidden => self.text(&piece.text, run, set),
            "tab" | "ptab" if !hidden => self.tab(),
            "br" if piece.attribute("type") == Some("page") => self.page_break(around.document.hinted),
            "br" | "cr" if !hidden => self.styled.push('\n'),
            "lastRenderedPageBreak" => self.page_break(!around.document.hinted),
            "noBreakHyphen" => self.styled.push('-'),
            // no sign but at the end of a line; yet fonts of TCVN3 draw "ư" at its code, and programs take that for it
            "softHyphen" if !hidden && run.font.as_deref().and_then(LegacyEncoding::of_font).is_some() => {
                self.text("\u{AD}", run, set);
            }
            "sym" if !hidden => {
                let code = piece.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                let font = piece.attribute("font").unwrap_or_default();
                if let Some(c) = code.and_then(|code| symbol(font, code)) {
                    self.styled.push(c);
                }
            }
            "fldChar" => self.field(piece.attribute("fldCharType").unwrap_or_default()),
            "footnoteReference" | "endnoteReference" => self.call(piece, set, notes),
            "footnoteRef" | "endnoteRef" => {
                if let Some(mark) = around.note {
                    self.raised(mark, set);
                }
            }
            "drawing" | "pict" | "object" => self.drawing(piece, around, notes),
            "AlternateContent" => self.alternative(piece, around, notes),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, run: &RunProperties, set: Style) {
        if !text.trim().is_empty() {
            self.first.get_or_insert((set.bold, set.italic));
        }
        let legacy = run.font.as_deref().and_then(LegacyEncoding::of_font);
        // whoever typed Unicode in such a font left letters that the font's own encoding does not have
        let is_latin = |c: char| {
            c <= '\u{FF}'
                || ('\u{2010}'..='\u{2122}').contains(&c)
                || matches!(c, 'Œ' | 'œ' | 'Š' | 'š' | 'Ÿ' | 'Ž' | 'ž' | 'ƒ' | 'ˆ' | '˜')
        };
        let decoded = match legacy {
            Some((encoding, capitals)) if text.chars().all(is_latin) => {
                if !text.is_ascii() {
                    self.legacy = Some(encoding);
                }
                let decoded = encoding.decode(text);
                if capitals { decoded.to_uppercase() } else { decoded }
            }
            _ => text.to_owned(),
        };
        let shown = if run.caps == Some(true) { decoded.to_uppercase() } else { decoded };
        self.styled.push_str(&nhiemvu_text::clean(&shown).replace('\n', " "));
    }

    /// A tab parts a marker from its words, or two columns.
    fn tab(&mut self) {
        let before = self.styled.text().trim_start();
        if before.is_empty() || self.styled.ends_with_space() {
            return;
        }
        let after_marker = before.len() <= 6 && !before.contains(' ');
        self.styled.push(if after_marker { ' ' } else { '\t' });
    }

    /// `ignored` where the other kind of break is counted.
    fn page_break(&mut self, ignored: bool) {
        if ignored {
            return;
        }
        if self.styled.is_blank() {
            self.breaks_before += 1;
        } else {
            self.breaks_after += 1;
        }
    }

    /// Of a field only the result is text.
    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => {
                self.fields.push(true);
                self.instruction += 1;
            }
            "separate" => {
                if let Some(instruction @ true) = self.fields.last_mut() {
                    *instruction = false;
                    self.instruction = self.instruction.saturating_sub(1);
                }
            }
            "end" if self.fields.pop() == Some(true) => self.instruction = self.instruction.saturating_sub(1),
            _ => {}
        }
    }

    fn call(&mut self, reference: &Element, set: Style, notes: &mut Notes) {
        let is_end = reference.name == "endnoteReference";
        let Some(id) = reference.attribute("id") else { return };
        let mark = notes.call(is_end, id, reference.attribute("customMarkFollows").is_some());
        self.raised(&mark, set);
    }

    fn raised(&mut self, mark: &str, set: Style) {
        self.styled.set(Style { superscript: true, ..set });
        self.styled.push_str(mark);
        self.styled.set(set);
    }
}
