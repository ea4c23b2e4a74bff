//! What headings and intros hand down to the items below them.

use nhiemvu_model::{Agency, Field, Heading};

use crate::limits::Limits;
use crate::section::Section;

/// What holds for an item by where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Scope<'a> {
    /// Who leads, where the item names nobody.
    pub lead: Vec<Agency>,
    /// Who helps, by a list stem above.
    pub coordinating: Vec<Agency>,
    /// Limits that a heading or intro sets.
    pub limits: Limits,
    /// Field lines of a block above.
    pub fields: Vec<&'a Field>,
    /// What the section is about.
    pub section: Section,
    /// Whether the bodies are asked rather than ordered.
    pub request: bool,
    /// Headings above, outermost first.
    pub headings: Vec<Heading>,
    /// Ordinal of the block above.
    pub ordinal: String,
    /// Whether the document is one whose items order (a notice, a directive), not one that plans or reports.
    pub directive: bool,
    /// Whether the part is a regulation, whose duties are standing ones.
    pub normative: bool,
    /// Whether the part reports to those above, so that what it asks is a recommendation and what it tells is done.
    pub reports: bool,
    /// Whether the items are of a list that an order or a heading of bodies opened.
    pub listed: bool,
    /// Whether who leads directs others in the items (`Đảng ủy Chính phủ lãnh đạo, chỉ đạo:`): those lead nothing.
    pub directs: bool,
}

impl<'a> Scope<'a> {
    /// The scope of a document's top.
    pub fn top(directive: bool, normative: bool, lead: Vec<Agency>) -> Self {
        Self {
            lead,
            coordinating: Vec::new(),
            limits: Limits::default(),
            fields: Vec::new(),
            section: Section::Open,
            request: false,
            headings: Vec::new(),
            ordinal: String::new(),
            directive,
            normative,
            reports: false,
            listed: false,
            directs: false,
        }
    }

    /// The scope below a heading, which is added to the path.
    pub fn below(&self, marker: &str, title: &str, ordinal: String) -> Scope<'a> {
        let mut scope = self.clone();
        if !(marker.is_empty() && title.is_empty()) {
            scope.headings.push(Heading { marker: marker.to_owned(), title: title.to_owned() });
        }
        scope.ordinal = ordinal;
        scope
    }
}
