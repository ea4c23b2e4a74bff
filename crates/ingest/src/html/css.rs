//! As much of CSS as says how words are set: weight, slant, and whether they are shown at all.

use std::collections::HashMap;

use super::tree::Node;

/// What a rule or a `style` attribute says; `None` where it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Properties {
    pub(crate) bold: Option<bool>,
    pub(crate) italic: Option<bool>,
    pub(crate) superscript: Option<bool>,
    pub(crate) hidden: bool,
    /// `list-style: none`.
    pub(crate) unmarked: bool,
    /// White space is kept.
    pub(crate) preformatted: bool,
}

impl Properties {
    fn overlay(&mut self, other: Self) {
        self.bold = other.bold.or(self.bold);
        self.italic = other.italic.or(self.italic);
        self.superscript = other.superscript.or(self.superscript);
        self.hidden |= other.hidden;
        self.unmarked |= other.unmarked;
        self.preformatted |= other.preformatted;
    }

    /// Reads `name: value; name: value`.
    fn parse(declarations: &str) -> Self {
        let mut properties = Self::default();
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            let value = value.trim_end_matches("!important").trim_end();
            match name.trim().to_ascii_lowercase().as_str() {
                "font-weight" => properties.bold = weight(value),
                "font-style" => properties.italic = slant(value),
                "font" => {
                    let mut words = value.split_whitespace().take(4);
                    properties.bold = words.clone().find_map(weight).or(properties.bold);
                    properties.italic = words.find_map(slant).or(properties.italic);
                }
                "vertical-align" => properties.superscript = Some(value == "super"),
                "display" => properties.hidden |= value == "none",
                "visibility" => properties.hidden |= value == "hidden",
                "list-style" | "list-style-type" => properties.unmarked |= value.contains("none"),
                "white-space" => properties.preformatted |= matches!(value, "pre" | "pre-wrap" | "pre-line"),
                _ => {}
            }
        }
        properties
    }
}

fn weight(value: &str) -> Option<bool> {
    match value {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        _ => value.parse::<u16>().ok().filter(|w| w % 50 == 0 && *w <= 1000).map(|w| w >= 600),
    }
}

fn slant(value: &str) -> Option<bool> {
    match value {
        "italic" | "oblique" => Some(true),
        "normal" => Some(false),
        _ => None,
    }
}

/// The rules of a page whose selectors name one element by its tag, class or id.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    rules: HashMap<String, Properties>,
}

impl Sheet {
    /// Reads the text of `<style>` elements.
    pub(crate) fn parse(css: &str) -> Self {
        let mut sheet = Self::default();
        let mut rest = css;
        while let Some(open) = rest.find(['{', '}']) {
            let (selectors, after) = rest.split_at(open);
            let after = after.get(1..).unwrap_or_default();
            // the end of a block of rules, or the start of one (`@media … {`): its rules count
            if rest.as_bytes().get(open) == Some(&b'}') || selectors.trim_start().starts_with("@media") {
                rest = after;
                continue;
            }
            let Some(close) = after.find('}') else { break };
            let (declarations, after) = after.split_at(close);
            rest = after.get(1..).unwrap_or_default();
            let properties = Properties::parse(declarations);
            if properties != Properties::default() {
                sheet.add(selectors, properties);
            }
        }
        sheet
    }

    fn add(&mut self, selectors: &str, properties: Properties) {
        // a comment before the selectors belongs to them as far as the search for braces goes
        let selectors = selectors.rsplit("*/").next().unwrap_or(selectors);
        let is_simple = |s: &&str| {
            !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'#' | b'-' | b'_'))
        };
        for selector in selectors.split(',').map(str::trim).filter(is_simple) {
            self.rules.entry(selector.to_ascii_lowercase()).or_default().overlay(properties);
        }
    }

    /// What the page's rules and the element's own `style` say of it.
    pub(crate) fn properties(&self, node: &Node) -> Properties {
        let mut properties = Properties::default();
        let name = node.name();
        if !self.rules.is_empty() {
            let mut apply = |selector: &str| {
                if let Some(rule) = self.rules.get(selector) {
                    properties.overlay(*rule);
                }
            };
            apply(name);
            let classes = node.attribute("class").unwrap_or_default().to_ascii_lowercase();
            for class in classes.split_ascii_whitespace().take(16) {
                apply(&format!(".{class}"));
                apply(&format!("{name}.{class}"));
            }
            if let Some(id) = node.attribute("id") {
                apply(&format!("#{}", id.to_ascii_lowercase()));
            }
        }
        if let Some(style) = node.attribute("style") {
            properties.overlay(Properties::parse(style));
        }
        properties.hidden |= node.attribute("hidden").is_some();
        properties
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let parse = Properties::parse;
        assert_eq!(parse("font-weight: 700").bold, Some(true));
        assert_eq!(parse("FONT-WEIGHT:normal !important").bold, Some(false));
        assert_eq!(parse("font: italic bold 12pt Arial").bold, Some(true));
        assert_eq!(parse("font: italic bold 12pt Arial").italic, Some(true));
        assert_eq!(parse("font: 400 12pt Arial").bold, Some(false));
        assert!(parse("color: red; display : none").hidden);
        assert_eq!(parse("mso-list:l0 level1 lfo1"), Properties::default());
    }

    #[test]
    fn rules_of_tags_classes_and_ids() {
        let sheet = Sheet::parse(
            "<!-- /* x { } */ @font-face { font-family: X } .c1, p.d { font-weight: bold } @media print { #e { font-style: italic } } div > p { font-weight: bold }",
        );
        let keys = |name: &str| sheet.rules.get(name).copied().unwrap_or_default();
        assert_eq!(keys(".c1").bold, Some(true));
        assert_eq!(keys("p.d").bold, Some(true));
        assert_eq!(keys("#e").italic, Some(true));
        assert_eq!(keys("p").bold, None);
    }
}
