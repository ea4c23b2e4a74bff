//! What styles say of paragraphs and runs (ECMA-376 part 1, 17.7).

use std::collections::HashMap;

use super::xml::Element;

/// Styles may be based on one another this deep.
const LONGEST_CHAIN: usize = 20;

/// How a run is set, as far as it bears on text; `None` where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RunProperties {
    pub(crate) bold: Option<bool>,
    pub(crate) italic: Option<bool>,
    pub(crate) caps: Option<bool>,
    pub(crate) hidden: Option<bool>,
    pub(crate) superscript: Option<bool>,
    pub(crate) font: Option<String>,
}

impl RunProperties {
    /// Reads `w:rPr`.
    pub(crate) fn read(properties: Option<&Element>) -> Self {
        let Some(properties) = properties else { return Self::default() };
        let font = properties.child("rFonts");
        Self {
            bold: properties.switch("b"),
            italic: properties.switch("i"),
            caps: properties.switch("caps"),
            hidden: properties.switch("vanish"),
            superscript: properties.child("vertAlign").map(|align| align.value() == Some("superscript")),
            font: font.and_then(|f| f.attribute("ascii").or_else(|| f.attribute("hAnsi"))).map(str::to_owned),
        }
    }

    /// What is said here, else what `below` says.
    fn or(self, below: &Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            caps: self.caps.or(below.caps),
            hidden: self.hidden.or(below.hidden),
            superscript: self.superscript.or(below.superscript),
            font: self.font.or_else(|| below.font.clone()),
        }
    }
}

/// A style with what it is based on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Style {
    pub(crate) run: RunProperties,
    /// Heading level from 1.
    pub(crate) heading: Option<u8>,
    /// Numbering: `w:numId` and `w:ilvl`.
    pub(crate) list: Option<i64>,
    pub(crate) level: Option<i64>,
    /// Of a table style: how its first row is set.
    pub(crate) first_row: RunProperties,
}

/// The style sheet.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    by_id: HashMap<String, Style>,
    /// The default paragraph style's id.
    normal: Option<String>,
    defaults: RunProperties,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(crate) fn read(sheet: &Element) -> Self {
        let by_id: HashMap<&str, &Element> =
            sheet.all("style").filter_map(|style| Some((style.attribute("styleId")?, style))).collect();
        let is_normal = |style: &&Element| {
            style.attribute("type") == Some("paragraph") && matches!(style.attribute("default"), Some("1" | "true"))
        };
        let normal = sheet.all("style").find(is_normal).and_then(|style| style.attribute("styleId"));
        let defaults = sheet.child("docDefaults").and_then(|d| d.child("rPrDefault")).and_then(|d| d.child("rPr"));
        let styles = by_id.keys().map(|id| ((*id).to_owned(), resolve(&by_id, id)));
        Self { by_id: styles.collect(), normal: normal.map(str::to_owned), defaults: RunProperties::read(defaults) }
    }

    /// The style with the id; of a paragraph without one, the default style.
    pub(crate) fn style(&self, id: Option<&str>) -> Option<&Style> {
        id.and_then(|id| self.by_id.get(id))
    }

    /// The style of a paragraph.
    pub(crate) fn paragraph(&self, id: Option<&str>) -> Option<&Style> {
        self.style(id).or_else(|| self.style(self.normal.as_deref()))
    }

    /// How a run is set: by itself, else by its style, its paragraph's and its table's; those three are switches, of which
    /// two cancel one another (17.7.3).
    pub(crate) fn run(
        &self,
        own: RunProperties,
        run_style: Option<&Style>,
        paragraph: Option<&Style>,
        table: &RunProperties,
    ) -> RunProperties {
        let none = RunProperties::default();
        let run = run_style.map_or(&none, |style| &style.run);
        let paragraph = paragraph.map_or(&none, |style| &style.run);
        let toggle = |of: fn(&RunProperties) -> Option<bool>| {
            if of(&self.defaults) == Some(true) {
                return Some(true);
            }
            Some([run, paragraph, table].iter().filter(|level| of(level) == Some(true)).count() % 2 == 1)
        };
        RunProperties {
            bold: own.bold.or_else(|| toggle(|p| p.bold)),
            italic: own.italic.or_else(|| toggle(|p| p.italic)),
            caps: own.caps.or_else(|| toggle(|p| p.caps)),
            hidden: own.hidden.or_else(|| toggle(|p| p.hidden)),
            superscript: own.superscript.or(run.superscript).or(paragraph.superscript),
            font: own.font.or_else(|| [run, paragraph, &self.defaults].iter().find_map(|p| p.font.clone())),
        }
    }
}

/// A style with all that it inherits.
fn resolve(by_id: &HashMap<&str, &Element>, id: &str) -> Style {
    let mut style = Style::default();
    let mut next = by_id.get(id).copied();
    for _ in 0..LONGEST_CHAIN {
        let Some(element) = next else { break };
        style.run = style.run.or(&RunProperties::read(element.child("rPr")));
        let first_row = element.all("tblStylePr").find(|part| part.attribute("type") == Some("firstRow"));
        style.first_row = style.first_row.or(&RunProperties::read(first_row.and_then(|part| part.child("rPr"))));
        style.heading = style.heading.or_else(|| heading(element));
        if let Some(list) = element.child("pPr").and_then(|p| p.child("numPr")) {
            style.list = style.list.or_else(|| list.number("numId"));
            style.level = style.level.or_else(|| list.number("ilvl"));
        }
        next = element.child("basedOn").and_then(Element::value).and_then(|base| by_id.get(base).copied());
    }
    style
}

/// The level of a heading style, by its outline level or its name.
fn heading(style: &Element) -> Option<u8> {
    if let Some(level) = style.child("pPr").and_then(outline_level) {
        return Some(level);
    }
    let name = style.child("name").and_then(Element::value)?.to_ascii_lowercase();
    name.strip_prefix("heading ")?.parse().ok().filter(|level| (1..=9).contains(level))
}

/// The heading level that `w:outlineLvl` gives; 9 stands for running text.
pub(crate) fn outline_level(properties: &Element) -> Option<u8> {
    let level = properties.number("outlineLvl")?;
    u8::try_from(level).ok().filter(|level| *level < 9).map(|level| level + 1)
}
