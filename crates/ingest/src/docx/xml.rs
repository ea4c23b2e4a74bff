//! A part of the package as a tree of the elements and attributes that are read.
//!
//! Names lose their prefix: transitional and strict Office Open XML differ in namespaces only, and what other
//! vocabularies (drawings) call by the same name is told apart by where it stands.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements deeper than this are taken for their parent, so that walking the tree may recurse.
const DEEPEST: usize = 256;

/// Elements that only wrap others are left out from this depth on, so that there is room for what they wrap.
const DEEPEST_WRAPPER: usize = 160;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    /// The text of elements that hold text (`w:t`); elsewhere white space between elements is left out.
    pub(crate) text: String,
}

impl Element {
    /// An element of the name, with nothing in it.
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The element with an attribute more.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    /// The element with a child more.
    pub(crate) fn holding(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// Adds the child of the name whose `w:val` is `value`.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.children.push(Self::new(name).with("val", value));
    }

    /// The value of an attribute, by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The attribute `w:val`.
    pub(crate) fn value(&self) -> Option<&str> {
        self.attribute("val")
    }

    /// The first child of the name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of the name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The value of an on-off child: `None` where there is none; `w:b` alone is on, `w:b w:val="0"` off.
    pub(crate) fn switch(&self, name: &str) -> Option<bool> {
        let child = self.child(name)?;
        Some(!matches!(child.value(), Some("0" | "false" | "off" | "none")))
    }

    /// `w:val` of the child of the name, as a number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.child(name)?.value()?.parse().ok()
    }
}

/// Reads a part. A part that breaks off gives what came before, and `false`.
pub(crate) fn parse(bytes: &[u8]) -> (Element, bool) {
    read(bytes, false)
}

/// Reads a part of a vocabulary in which words stand between elements (`OpenDocument`): each stretch of words is an
/// element without a name.
pub(crate) fn parse_mixed(bytes: &[u8]) -> (Element, bool) {
    read(bytes, true)
}

fn read(bytes: &[u8], mixed: bool) -> (Element, bool) {
    let decoded;
    let text = if let Ok(text) = std::str::from_utf8(bytes) {
        text
    } else {
        decoded = crate::decode::decode(bytes);
        &decoded.text
    };
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut builder = Builder { open: vec![Element::default()], kept: Vec::new(), mixed };
    let whole = loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => builder.start(&start),
            Ok(Event::Empty(start)) => {
                builder.start(&start);
                builder.end();
            }
            Ok(Event::End(_)) => builder.end(),
            Ok(Event::Text(text)) => builder.text(&text.decode().unwrap_or_default()),
            Ok(Event::CData(text)) => builder.text(&text.decode().unwrap_or_default()),
            Ok(Event::GeneralRef(name)) => {
                let name = name.decode().unwrap_or_default();
                let (characters, _) = crate::markdown::reference(&format!("&{name};")).unwrap_or_default();
                builder.text(&characters);
            }
            Ok(Event::Eof) => break builder.open.len() == 1,
            Ok(_) => {}
            Err(_) => break false,
        }
    };
    (builder.finish(), whole)
}

struct Builder {
    /// Open elements, outermost first; the first stands for the part itself.
    open: Vec<Element>,
    /// For each start tag that has not ended, whether it is among the open elements.
    kept: Vec<bool>,
    /// Whether words may stand between elements.
    mixed: bool,
}

impl Builder {
    fn start(&mut self, start: &BytesStart<'_>) {
        let local = |name: &[u8]| {
            let from = name.iter().position(|b| *b == b':').map_or(0, |colon| colon + 1);
            String::from_utf8_lossy(name.get(from..).unwrap_or_default()).into_owned()
        };
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten().map(|attribute| {
            let value = attribute.unescape_value().map(std::borrow::Cow::into_owned).unwrap_or_default();
            (local(attribute.key.as_ref()), value)
        });
        let name = local(start.name().as_ref());
        let wraps = matches!(name.as_str(), "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag");
        let kept = self.open.len() < if wraps { DEEPEST_WRAPPER } else { DEEPEST };
        self.kept.push(kept);
        if !kept {
            return;
        }
        let attributes = attributes.collect();
        self.open.push(Element { name, attributes, ..Element::default() });
    }

    fn end(&mut self) {
        if self.kept.pop() != Some(true) || self.open.len() < 2 {
            return;
        }
        if let Some(done) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
        {
            parent.children.push(done);
        }
    }

    fn text(&mut self, text: &str) {
        if self.mixed {
            return self.words(text);
        }
        if let Some(open) = self.open.last_mut()
            && matches!(open.name.as_str(), "t" | "instrText")
        {
            open.text.push_str(text);
        }
    }

    fn words(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        match open.children.last_mut() {
            Some(last) if last.name.is_empty() => last.text.push_str(text),
            _ => open.children.push(Element { text: text.to_owned(), ..Element::default() }),
        }
    }

    /// The outermost element; what is still open is closed.
    fn finish(mut self) -> Element {
        while self.open.len() > 1 {
            self.end();
        }
        let part = self.open.pop().unwrap_or_default();
        part.children.into_iter().find(|element| !element.name.is_empty()).unwrap_or_default()
    }
}

/// Dropping a deep tree must not recurse without bound; [`DEEPEST`] is that bound.
const _: () = assert!(DEEPEST < 1000);
