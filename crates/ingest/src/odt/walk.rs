//! Walks the text and rewrites its blocks.

use super::lists::Lists;
use super::paragraph::Paragraph;
use super::styles::Styles;
use super::table;
use crate::docx::xml::Element;

/// The walk.
#[derive(Debug)]
pub(super) struct Walk<'s> {
    pub(super) styles: &'s Styles<'s>,
    pub(super) lists: Lists,
    /// Footnotes and endnotes.
    pub(super) notes: [Vec<Element>; 2],
    /// Style and number of the lists that are open, the outermost first.
    open: Vec<Open>,
    /// Whether the next paragraph shows the marker of its item.
    marked: bool,
}

#[derive(Debug)]
struct Open {
    style: String,
    number: usize,
}

impl<'s> Walk<'s> {
    pub(super) fn new(styles: &'s Styles<'s>) -> Self {
        let notes = [Vec::new(), Vec::new()];
        Self { styles, lists: Lists::default(), notes, open: Vec::new(), marked: false }
    }

    /// The blocks that `element` holds.
    pub(super) fn blocks(&mut self, element: &Element) -> Vec<Element> {
        let mut out = Vec::new();
        self.append_blocks(element, &mut out);
        out
    }

    /// The same for a place with lists of its own: a cell, a note.
    pub(super) fn inner_blocks(&mut self, element: &Element) -> Vec<Element> {
        let around = (std::mem::take(&mut self.open), std::mem::take(&mut self.marked));
        let out = self.blocks(element);
        (self.open, self.marked) = around;
        out
    }

    fn append_blocks(&mut self, element: &Element, out: &mut Vec<Element>) {
        for child in &element.children {
            match child.name.as_str() {
                "p" | "h" => self.paragraph(child, out),
                "list" => self.list(child, out),
                "table" => out.push(table::read(self, child)),
                // what was deleted, forms and descriptions of sections are no text
                "tracked-changes"
                | "forms"
                | "sequence-decls"
                | "variable-decls"
                | "user-field-decls"
                | "annotation"
                | "table-of-content-source"
                | "number"
                | "title"
                | "desc" => {}
                _ => self.append_blocks(child, out),
            }
        }
    }

    fn list(&mut self, list: &Element, out: &mut Vec<Element>) {
        let own = list.attribute("style-name").map(str::to_owned);
        let style = own.or_else(|| self.open.last().map(|open| open.style.clone()));
        let style = style.or_else(|| self.style_of_first(list)).unwrap_or_default();
        let number = match self.open.last() {
            // a list inside an item is a level of the list that the item is of
            Some(outer) if outer.style == style => outer.number,
            _ => self.lists.open(list, &style, self.styles),
        };
        self.open.push(Open { style, number });
        for item in &list.children {
            self.marked = item.name == "list-item";
            if let (Some(start), true) = (item.attribute("start-value"), self.marked) {
                let level = self.open.len() - 1;
                if let Some(open) = self.open.last_mut() {
                    open.number = self.lists.restart(open.number, level, start);
                }
            }
            self.append_blocks(item, out);
        }
        self.marked = false;
        self.open.pop();
    }

    /// The list style that the first paragraph of a list has by its own style.
    fn style_of_first(&self, list: &Element) -> Option<String> {
        let mut element = list;
        while let Some(child) = element.children.iter().find(|child| !child.name.is_empty()) {
            if matches!(child.name.as_str(), "p" | "h") {
                return self.styles.style("paragraph", child.attribute("style-name")).list;
            }
            element = child;
        }
        None
    }

    fn paragraph(&mut self, source: &Element, out: &mut Vec<Element>) {
        let style = self.styles.style("paragraph", source.attribute("style-name"));
        let mut properties = Element::new("pPr");
        if let Some((list, level)) = self.marker(source) {
            let mut numbering = Element::new("numPr");
            numbering.set("ilvl", level.to_string());
            numbering.set("numId", list.to_string());
            properties.children.push(numbering);
        }
        if source.name == "h" {
            properties.set("outlineLvl", (heading_level(source) - 1).to_string());
        }
        if style.new_page == Some(true) {
            properties.children.push(Element::new("pageBreakBefore"));
        }
        let mut paragraph = Paragraph::new(self, properties);
        paragraph.read(source, &style.run);
        let Paragraph { element, boxes, .. } = paragraph;
        out.push(element);
        for text_box in boxes {
            out.extend(self.inner_blocks(text_box));
        }
    }

    /// The list and the level whose marker the paragraph shows.
    fn marker(&mut self, source: &Element) -> Option<(usize, usize)> {
        if std::mem::take(&mut self.marked) {
            return Some((self.open.last()?.number, self.open.len() - 1));
        }
        if source.name != "h" || !self.open.is_empty() || source.attribute("is-list-header") == Some("true") {
            return None;
        }
        Some((self.lists.outline(self.styles)?, usize::from(heading_level(source)) - 1))
    }
}

fn heading_level(heading: &Element) -> u8 {
    heading.attribute("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1).clamp(1, 9)
}
