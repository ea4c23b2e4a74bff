//! Lists, as the numbering part of Office Open XML.

use std::collections::HashMap;

use super::styles::Styles;
use crate::docx::xml::Element;

/// Levels of a list that Office Open XML knows.
const LEVELS: usize = 9;

/// The lists so far.
#[derive(Debug)]
pub(super) struct Lists {
    /// The part.
    pub(super) part: Element,
    count: usize,
    /// The last list of each style, and the lists with an id of their own.
    by_style: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    outline: Option<usize>,
}

impl Default for Lists {
    fn default() -> Self {
        let part = Element::new("numbering");
        Self { part, count: 0, by_style: HashMap::new(), by_id: HashMap::new(), outline: None }
    }
}

impl Lists {
    /// The number of a list: a new one's, or that of the list that it goes on with.
    pub(super) fn open(&mut self, list: &Element, style: &str, styles: &Styles<'_>) -> usize {
        let goes_on = list.attribute("continue-numbering") == Some("true");
        let before = list.attribute("continue-list").and_then(|id| self.by_id.get(id));
        let before = before.or_else(|| self.by_style.get(style).filter(|_| goes_on)).copied();
        let number = before.unwrap_or_else(|| self.add(styles.lists.get(style).copied()));
        self.by_style.insert(style.to_owned(), number);
        if let Some(id) = list.attribute("id") {
            self.by_id.insert(id.to_owned(), number);
        }
        number
    }

    /// The number of the list that headings are counted by; `None` where they are not counted.
    pub(super) fn outline(&mut self, styles: &Styles<'_>) -> Option<usize> {
        if self.outline.is_none() {
            self.outline = Some(self.add(Some(styles.outline?)));
        }
        self.outline
    }

    /// A list that goes on with `list` from the number `start` at `level`.
    pub(super) fn restart(&mut self, list: usize, level: usize, start: &str) -> usize {
        self.count += 1;
        let base = self.part.all("num").find(|num| num.attribute("numId") == Some(list.to_string().as_str()));
        let base = base.and_then(|num| num.child("abstractNumId")).and_then(Element::value).unwrap_or_default();
        let mut number = Element::new("num").with("numId", self.count.to_string());
        number.set("abstractNumId", base.to_owned());
        let mut change = Element::new("lvlOverride").with("ilvl", level.to_string());
        change.set("startOverride", start);
        number.children.push(change);
        self.part.children.push(number);
        self.count
    }

    fn add(&mut self, style: Option<&Element>) -> usize {
        self.count += 1;
        let id = self.count.to_string();
        let mut list = Element::new("abstractNum").with("abstractNumId", id.as_str());
        list.children = style.map(levels).unwrap_or_default();
        let mut number = Element::new("num").with("numId", id.as_str());
        number.set("abstractNumId", id);
        self.part.children.push(list);
        self.part.children.push(number);
        self.count
    }
}

fn levels(style: &Element) -> Vec<Element> {
    let levels = style.children.iter().filter_map(|level| {
        let at = level.attribute("level")?.parse::<usize>().ok().filter(|at| (1..=LEVELS).contains(at))?;
        let mut element = Element::new("lvl").with("ilvl", (at - 1).to_string());
        let attribute = |name| level.attribute(name).unwrap_or_default();
        element.set("start", level.attribute("start-value").unwrap_or("1"));
        match level.name.as_str() {
            "list-level-style-number" | "outline-level-style" => {
                let format = attribute("num-format");
                element.set("numFmt", name(format));
                let shown = attribute("display-levels").parse::<usize>().unwrap_or(1).clamp(1, at);
                let numbers: Vec<String> = (at - shown..at).map(|level| format!("%{}", level + 1)).collect();
                let numbers = if format.is_empty() { String::new() } else { numbers.join(".") };
                element.set("lvlText", format!("{}{numbers}{}", attribute("num-prefix"), attribute("num-suffix")));
            }
            _ => {
                element.set("numFmt", "bullet");
                element.set("lvlText", level.attribute("bullet-char").unwrap_or("-"));
            }
        }
        Some(element)
    });
    levels.collect()
}

/// The format's name in Office Open XML.
fn name(format: &str) -> &'static str {
    match format {
        "I" => "upperRoman",
        "i" => "lowerRoman",
        "A" => "upperLetter",
        "a" => "lowerLetter",
        "" => "none",
        _ => "decimal",
    }
}
