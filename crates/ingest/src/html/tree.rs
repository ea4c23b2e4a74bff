//! A page as a tree, from html5ever's tokens.
//!
//! The tree is built here and not by html5ever's own tree builder, whose search through the open elements makes deeply
//! nested pages quadratic. The rules kept are those that real pages need: what a start tag closes, what an end tag
//! reaches. Depth is capped, so that walking the tree may recurse.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states,
};
use html5ever::{Attribute, LocalName};

/// Elements deeper than this are left out, their words kept.
const DEEPEST: usize = 160;

/// A node's number.
pub(crate) type Id = usize;

/// An element or a piece of text.
#[derive(Debug)]
pub(crate) enum Content {
    /// An element.
    Element {
        /// Its name, in lower case.
        name: LocalName,
        /// Its attributes.
        attributes: Vec<Attribute>,
        /// What it holds.
        children: Vec<Id>,
    },
    /// Text.
    Text(String),
}

/// A node of the tree.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) parent: Id,
    pub(crate) content: Content,
}

impl Node {
    /// The element's name; empty for text.
    pub(crate) fn name(&self) -> &str {
        match &self.content {
            Content::Element { name, .. } => name,
            Content::Text(_) => "",
        }
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<&str> {
        let Content::Element { attributes, .. } = &self.content else { return None };
        attributes.iter().find(|a| &*a.name.local == wanted).map(|a| &*a.value)
    }

    /// What the element holds.
    pub(crate) fn children(&self) -> &[Id] {
        match &self.content {
            Content::Element { children, .. } => children,
            Content::Text(_) => &[],
        }
    }
}

/// The page. Node 0 is the root; a parent's number is smaller than its children's.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// What stood in `<style>` elements.
    pub(crate) styles: String,
    /// Whether the page breaks off: it ends inside an element that must be closed, and its own end is not there.
    pub(crate) cut: bool,
}

impl Tree {
    /// Builds the tree of a page.
    pub(crate) fn parse(text: &str) -> Self {
        let sink = Sink { builder: RefCell::new(Builder::new()) };
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(text));
        // it would stop for a script to run only where the sink asked for it
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let builder = tokenizer.sink.builder.into_inner();
        let cut = builder.is_cut();
        Self { nodes: builder.nodes, styles: builder.styles, cut }
    }

    /// The node number `id`; the root where there is none.
    pub(crate) fn node(&self, id: Id) -> &Node {
        self.nodes.get(id).unwrap_or(&self.nodes[0])
    }
}

struct Sink {
    builder: RefCell<Builder>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.builder.borrow_mut();
        match token {
            Token::CharacterTokens(text) => builder.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => builder.end(&tag.name),
            Token::TagToken(tag) => return builder.start(tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

struct Builder {
    nodes: Vec<Node>,
    /// Open elements, the root first.
    open: Vec<Id>,
    /// Elements open beyond the cap.
    beyond: usize,
    /// The raw element that is open, whose text is no part of the page.
    raw: Option<LocalName>,
    styles: String,
    /// Whether the end of the page was seen.
    ended: bool,
}

impl Builder {
    fn new() -> Self {
        let content = Content::Element { name: LocalName::from("html"), attributes: Vec::new(), children: Vec::new() };
        let root = Node { parent: 0, content };
        Self { nodes: vec![root], open: vec![0], beyond: 0, raw: None, styles: String::new(), ended: false }
    }

    /// Whether the page ends where it may not (HTML, 13.1.2.4: which end tags may be left out).
    fn is_cut(&self) -> bool {
        let must_close = |id: &Id| !may_stay_open(self.nodes.get(*id).map_or("", Node::name));
        !self.ended && (self.raw.is_some() || self.open.iter().skip(1).any(must_close))
    }

    fn current(&self) -> Id {
        self.open.last().copied().unwrap_or(0)
    }

    fn add(&mut self, content: Content) -> Id {
        let (id, parent) = (self.nodes.len(), self.current());
        self.nodes.push(Node { parent, content });
        if let Some(Node { content: Content::Element { children, .. }, .. }) = self.nodes.get_mut(parent) {
            children.push(id);
        }
        id
    }

    fn text(&mut self, text: &str) {
        match &self.raw {
            Some(raw) if &**raw == "style" => self.styles.push_str(text),
            Some(_) => {}
            None => {
                // pieces of one text come apart at entities
                let last = self.nodes.len() - 1;
                let current = self.current();
                if let Some(Node { parent, content: Content::Text(before) }) = self.nodes.get_mut(last)
                    && *parent == current
                {
                    return before.push_str(text);
                }
                self.add(Content::Text(text.to_owned()));
            }
        }
    }

    fn start(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let kind = match &*tag.name {
            "html" | "body" | "head" => return TokenSinkResult::Continue,
            "script" => Some(states::RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(states::RawKind::Rawtext),
            "title" | "textarea" => Some(states::RawKind::Rcdata),
            _ => None,
        };
        if let Some(kind) = kind {
            self.raw = Some(tag.name);
            return TokenSinkResult::RawData(kind);
        }
        self.close_for(&tag.name);
        let void = tag.self_closing && !is_html(&tag.name) || is_void(&tag.name);
        if self.open.len() >= DEEPEST && !void {
            self.beyond += 1;
            return TokenSinkResult::Continue;
        }
        let id = self.add(Content::Element { name: tag.name, attributes: tag.attrs, children: Vec::new() });
        if !void {
            self.open.push(id);
        }
        TokenSinkResult::Continue
    }

    /// Closes what the start tag `name` closes: a paragraph before a block, an item before the next one, a cell before the next.
    fn close_for(&mut self, name: &str) {
        match name {
            "li" => self.close(&["li"], &["ul", "ol", "menu"]),
            "dd" | "dt" => self.close(&["dd", "dt"], &["dl"]),
            "td" | "th" => self.close(&["td", "th"], &["tr"]),
            "tr" => self.close(&["tr"], &["tbody", "thead", "tfoot"]),
            "tbody" | "thead" | "tfoot" => self.close(&["tbody", "thead", "tfoot", "caption", "colgroup"], &[]),
            "option" => self.close(&["option"], &["select"]),
            _ => {}
        }
        if is_block(name) {
            self.close(&["p"], &["button", "td", "th"]);
        }
    }

    /// Closes the innermost of `names` and all within it, unless one of `bounds` or a table stands between.
    fn close(&mut self, names: &[&str], bounds: &[&str]) {
        for (depth, id) in self.open.iter().enumerate().skip(1).rev() {
            let name = self.nodes.get(*id).map_or("", Node::name);
            if names.contains(&name) {
                self.open.truncate(depth);
                return;
            }
            if bounds.contains(&name) || name == "table" {
                return;
            }
        }
    }

    fn end(&mut self, name: &LocalName) {
        self.ended |= matches!(&**name, "html" | "body") && self.raw.is_none();
        if self.raw.take().is_some() {
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        match &**name {
            "table" | "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" => self.close(&[name], &[]),
            "br" => {
                self.add(Content::Element { name: name.clone(), attributes: Vec::new(), children: Vec::new() });
            }
            _ => self.close(&[name], &["td", "th", "caption"]),
        }
    }
}

fn may_stay_open(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "dt"
            | "dd"
            | "rt"
            | "rp"
            | "option"
            | "optgroup"
            | "colgroup"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "frame"
            | "basefont"
            | "bgsound"
    )
}

/// Whether `/>` means nothing on the element, as on all of HTML's own; Word's `<o:p/>` and SVG's are closed by it.
fn is_html(name: &str) -> bool {
    !name.contains(':') && !matches!(name, "path" | "circle" | "rect" | "line" | "use" | "g" | "polygon")
}

/// Whether the element stands on lines of its own.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "caption"
    )
}
