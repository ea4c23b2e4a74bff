//! Walks the document's part of a page and gives its paragraphs.

use nhiemvu_model::LineRole;
use nhiemvu_text::clean;

use super::content::is_chrome;
use super::css::Sheet;
use super::list::List;
use super::table;
use super::tree::{Content, Id, Node, Tree, is_block};
use crate::builder::Builder;
use crate::styled::{Style, Styled};

/// Where finished paragraphs go.
pub(crate) enum Output<'b> {
    /// To lines of the document.
    Lines(&'b mut Builder),
    /// To the paragraphs of a table cell.
    Cell(Vec<Styled>),
}

/// What an element inherits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context {
    style: Style,
    preformatted: bool,
    heading: Option<u8>,
}

impl Context {
    /// What a table cell makes of it.
    pub(crate) fn of_cell(self, cell: &Node, sheet: &Sheet) -> Self {
        let mut inner = inherit(cell.name(), self);
        let properties = sheet.properties(cell);
        inner.style.bold = properties.bold.unwrap_or(inner.style.bold);
        inner.style.italic = properties.italic.unwrap_or(inner.style.italic);
        inner
    }
}

/// The walk.
pub(crate) struct Flow<'t, 'b> {
    pub(crate) tree: &'t Tree,
    pub(crate) sheet: &'t Sheet,
    pub(crate) output: Output<'b>,
    paragraph: Styled,
    /// Level of the heading that the paragraph is.
    heading: Option<u8>,
    /// Mark of the footnote that is being read.
    note: Option<String>,
    lists: Vec<List>,
    /// Marker of the item that begins here.
    marker: Option<String>,
    /// Tables inside of the cell that is read, and what they inherit.
    pub(crate) nested: Vec<(Id, Context)>,
}

impl<'t, 'b> Flow<'t, 'b> {
    pub(crate) fn new(tree: &'t Tree, sheet: &'t Sheet, output: Output<'b>) -> Self {
        Self {
            tree,
            sheet,
            output,
            paragraph: Styled::default(),
            heading: None,
            note: None,
            lists: Vec::new(),
            marker: None,
            nested: Vec::new(),
        }
    }

    /// Reads all that the element holds.
    pub(crate) fn run(mut self, root: Id, context: Context) -> Output<'b> {
        self.children(root, context);
        self.flush();
        self.output
    }

    /// Reads a table cell: its paragraphs, and the tables in it.
    pub(crate) fn cell(
        tree: &'t Tree,
        sheet: &'t Sheet,
        cell: Id,
        context: Context,
    ) -> (Vec<Styled>, Vec<(Id, Context)>) {
        let mut flow = Self::new(tree, sheet, Output::Cell(Vec::new()));
        flow.children(cell, context);
        flow.flush();
        match flow.output {
            Output::Cell(paragraphs) => (paragraphs, flow.nested),
            Output::Lines(_) => (Vec::new(), flow.nested),
        }
    }

    fn children(&mut self, id: Id, context: Context) {
        let tree = self.tree;
        for child in tree.node(id).children() {
            self.node(*child, context);
        }
    }

    fn node(&mut self, id: Id, context: Context) {
        match &self.tree.node(id).content {
            Content::Text(text) => self.text(text, context),
            Content::Element { .. } => self.element(id, context),
        }
    }

    fn element(&mut self, id: Id, context: Context) {
        let tree = self.tree;
        let node = tree.node(id);
        let name = node.name();
        let properties = self.sheet.properties(node);
        if is_chrome(name) || properties.hidden {
            return;
        }
        let mut inner = inherit(name, context);
        inner.style.bold = properties.bold.unwrap_or(inner.style.bold);
        inner.style.italic = properties.italic.unwrap_or(inner.style.italic);
        inner.style.superscript = properties.superscript.unwrap_or(inner.style.superscript) || calls_note(node);
        inner.preformatted |= properties.preformatted;
        if is_block(name) {
            self.flush();
            self.heading = inner.heading;
            self.block(id, name, inner, properties.unmarked);
            self.flush();
            self.heading = context.heading;
        } else if name == "br" {
            self.paragraph.push('\n');
        } else {
            self.children(id, inner);
        }
    }

    fn block(&mut self, id: Id, name: &str, context: Context, unmarked: bool) {
        let node = self.tree.node(id);
        match name {
            "table" => table::read(self, id, context),
            "ul" | "ol" | "menu" | "dir" => {
                self.lists.push(List::new(node, unmarked));
                self.children(id, context);
                self.lists.pop();
            }
            "li" => {
                self.marker = self.lists.last_mut().and_then(|list| list.next(node));
                self.children(id, context);
                self.flush();
                self.marker = None;
            }
            _ => match note_mark(node) {
                Some(mark) if self.note.is_none() => {
                    self.note = Some(mark);
                    self.children(id, context);
                    self.flush();
                    self.note = None;
                }
                _ => self.children(id, context),
            },
        }
    }

    fn text(&mut self, text: &str, context: Context) {
        self.paragraph.set(context.style);
        let text = clean(text);
        if context.preformatted {
            return self.paragraph.push_str(&text);
        }
        for (i, word) in text.split([' ', '\n', '\t', '\u{C}']).enumerate() {
            // all white space between two words is one space, and none stands at the start of a line
            if i > 0 && !self.paragraph.ends_with_space() {
                self.paragraph.push(' ');
            }
            self.paragraph.push_str(word);
        }
    }

    /// Ends the paragraph.
    pub(crate) fn flush(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if paragraph.is_blank() {
            return;
        }
        let paragraph = match self.marker.take() {
            Some(marker) => paragraph.with_marker(&marker, Style::default()),
            None => paragraph,
        };
        match &mut self.output {
            Output::Cell(paragraphs) => paragraphs.extend(paragraph.into_lines()),
            Output::Lines(builder) => {
                let note = self.note.clone().map(LineRole::Footnote);
                builder.paragraph(paragraph, note.or(self.heading.map(LineRole::Heading)));
            }
        }
    }

    /// The lines of the document, for a table; `None` inside a cell.
    pub(crate) fn builder(&mut self) -> Option<&mut Builder> {
        match &mut self.output {
            Output::Lines(builder) => Some(builder),
            Output::Cell(_) => None,
        }
    }

    /// Reads one node as a block of this flow.
    pub(crate) fn block_of(&mut self, id: Id, context: Context) {
        self.flush();
        self.node(id, context);
        self.flush();
    }

    /// Reads the element's content as blocks of this flow.
    pub(crate) fn blocks(&mut self, id: Id, context: Context) {
        self.flush();
        self.children(id, context);
        self.flush();
    }
}

/// What the element's name says of the words in it.
fn inherit(name: &str, mut context: Context) -> Context {
    match name {
        "b" | "strong" | "th" => context.style.bold = true,
        "i" | "em" | "cite" | "dfn" | "var" => context.style.italic = true,
        "sup" => context.style.superscript = true,
        "pre" => context.preformatted = true,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            context.style.bold = true;
            context.heading = name.get(1..).and_then(|digit| digit.parse().ok());
        }
        _ => {}
    }
    context
}

/// Whether the element is a reference to a footnote, as Word and LibreOffice write it.
fn calls_note(node: &Node) -> bool {
    let is_note = |href: &str| ["#_ftn", "#sdfootnote", "#fn"].iter().any(|start| href.starts_with(start));
    node.name() == "a"
        && node.attribute("href").is_some_and(is_note)
        && !node.attribute("href").is_some_and(|h| h.contains("ref"))
}

/// The mark of the footnote whose body the element is (`<div id="ftn1">`, `<div id="sdfootnote1">`).
fn note_mark(node: &Node) -> Option<String> {
    let id = node.attribute("id")?;
    let mark = id.strip_prefix("_ftn").or_else(|| id.strip_prefix("ftn")).or_else(|| id.strip_prefix("sdfootnote"))?;
    (!mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit())).then(|| mark.to_owned())
}
