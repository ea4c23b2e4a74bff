//! The markers of HTML lists, as a browser shows them.

use super::tree::Node;
use crate::numerals::{letters, roman};

/// A list that is open.
#[derive(Debug)]
pub(crate) struct List {
    kind: Kind,
    next: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Bullet,
    Decimal,
    Letters(bool),
    Roman(bool),
}

impl List {
    pub(crate) fn new(node: &Node, unmarked: bool) -> Self {
        let style = node.attribute("style").unwrap_or_default();
        let kind = match (node.name(), node.attribute("type").unwrap_or_default()) {
            _ if unmarked => Kind::None,
            ("ol", "a") => Kind::Letters(false),
            ("ol", "A") => Kind::Letters(true),
            ("ol", "i") => Kind::Roman(false),
            ("ol", "I") => Kind::Roman(true),
            ("ol", _) if style.contains("lower-alpha") || style.contains("lower-latin") => Kind::Letters(false),
            ("ol", _) if style.contains("upper-alpha") || style.contains("upper-latin") => Kind::Letters(true),
            ("ol", _) if style.contains("lower-roman") => Kind::Roman(false),
            ("ol", _) if style.contains("upper-roman") => Kind::Roman(true),
            ("ol", _) => Kind::Decimal,
            _ => Kind::Bullet,
        };
        let start = node.attribute("start").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
        Self { kind, next: start }
    }

    /// The marker of the next item, with the space behind it.
    pub(crate) fn next(&mut self, item: &Node) -> Option<String> {
        let number = item.attribute("value").and_then(|n| n.trim().parse().ok()).unwrap_or(self.next);
        self.next = number.saturating_add(1);
        let marker = match self.kind {
            Kind::None => return None,
            Kind::Bullet => return Some("- ".to_owned()),
            Kind::Decimal => number.to_string(),
            Kind::Letters(upper) => cased(letters(number), upper),
            Kind::Roman(upper) => cased(roman(number), upper),
        };
        Some(format!("{marker}. "))
    }
}

fn cased(marker: String, upper: bool) -> String {
    if upper { marker.to_uppercase() } else { marker }
}
