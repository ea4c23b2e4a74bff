//! Styles, named and automatic, each with its parents.

use std::collections::HashMap;

use crate::docx::xml::Element;

/// Styles may have parents this deep.
const LONGEST_CHAIN: usize = 20;

/// How words are set; `None` where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Run {
    bold: Option<bool>,
    italic: Option<bool>,
    caps: Option<bool>,
    hidden: Option<bool>,
    superscript: Option<bool>,
    font: Option<String>,
}

impl Run {
    fn read(properties: &Element, fonts: &HashMap<&str, &str>) -> Self {
        let is = |name: &str, wanted: &[&str]| properties.attribute(name).map(|value| wanted.contains(&value));
        let weight = |value: &str| value == "bold" || value.parse::<u16>().is_ok_and(|weight| weight >= 600);
        let name = properties.attribute("font-name");
        let font = name.map(|name| fonts.get(name).copied().unwrap_or(name)).or(properties.attribute("font-family"));
        Self {
            bold: properties.attribute("font-weight").map(weight),
            italic: is("font-style", &["italic", "oblique"]),
            caps: is("text-transform", &["uppercase"]),
            hidden: is("display", &["none"]),
            superscript: properties.attribute("text-position").map(is_raised),
            font: font.map(|font| font.trim_matches(['\'', '"']).to_owned()),
        }
    }

    /// What `above` says, else what is said here.
    pub(super) fn under(&self, above: &Self) -> Self {
        Self {
            bold: above.bold.or(self.bold),
            italic: above.italic.or(self.italic),
            caps: above.caps.or(self.caps),
            hidden: above.hidden.or(self.hidden),
            superscript: above.superscript.or(self.superscript),
            font: above.font.as_ref().or(self.font.as_ref()).cloned(),
        }
    }

    /// The properties of a run of Office Open XML.
    pub(super) fn element(&self) -> Element {
        let mut element = Element::new("rPr");
        for (name, on) in [("b", self.bold), ("i", self.italic), ("caps", self.caps), ("vanish", self.hidden)] {
            element.set(name, if on == Some(true) { "1" } else { "0" });
        }
        if self.superscript == Some(true) {
            element.set("vertAlign", "superscript");
        }
        if let Some(font) = &self.font {
            element.children.push(Element::new("rFonts").with("ascii", font.as_str()));
        }
        element
    }
}

/// Whether a position (`super 58%`, `33% 58%`) is above the line, and the letters small.
fn is_raised(position: &str) -> bool {
    let first = position.split_whitespace().next().unwrap_or_default();
    first == "super" || first.strip_suffix('%').and_then(|n| n.parse::<f32>().ok()).is_some_and(|rise| rise > 10.0)
}

/// What a style says of paragraphs and of words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Style {
    pub(super) run: Run,
    /// Name of the list style.
    pub(super) list: Option<String>,
    pub(super) new_page: Option<bool>,
}

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles<'a> {
    by_name: HashMap<(&'a str, &'a str), Style>,
    defaults: HashMap<&'a str, Style>,
    /// List styles by name.
    pub(super) lists: HashMap<&'a str, &'a Element>,
    /// How headings are numbered.
    pub(super) outline: Option<&'a Element>,
}

impl<'a> Styles<'a> {
    /// Reads the styles of parts; the later part's hold where two have one name.
    pub(super) fn read(parts: &[&'a Element]) -> Self {
        let all = |name: &'static str| parts.iter().flat_map(move |part| part.all(name));
        let faces = all("font-face-decls").flat_map(|faces| faces.all("font-face"));
        let fonts: HashMap<&str, &str> =
            faces.filter_map(|face| Some((face.attribute("name")?, face.attribute("font-family")?))).collect();
        let mut own = HashMap::new();
        let mut styles = Self::default();
        for style in all("styles").chain(all("automatic-styles")).flat_map(|group| &group.children) {
            let name = style.attribute("name").unwrap_or_default();
            let family = style.attribute("family").unwrap_or_default();
            match style.name.as_str() {
                "style" => drop(own.insert((family, name), style)),
                "default-style" => drop(styles.defaults.insert(family, own_style(style, &fonts))),
                "list-style" => drop(styles.lists.insert(name, style)),
                "outline-style" => styles.outline = Some(style),
                _ => {}
            }
        }
        let resolved = own.keys().map(|key| (*key, resolve(&own, *key, &fonts)));
        styles.by_name = resolved.collect();
        styles
    }

    /// A style with all that it inherits.
    pub(super) fn style(&self, family: &'static str, name: Option<&str>) -> Style {
        let found = name.and_then(|name| self.by_name.get(&(family, name)));
        let Some(default) = self.defaults.get(family) else { return found.cloned().unwrap_or_default() };
        found.map_or_else(|| default.clone(), |style| merged(style, default))
    }
}

fn own_style(style: &Element, fonts: &HashMap<&str, &str>) -> Style {
    let paragraph = style.child("paragraph-properties");
    // an empty name says that there is no list
    let list = style.attribute("list-style-name").map(str::to_owned);
    Style {
        run: style.child("text-properties").map(|p| Run::read(p, fonts)).unwrap_or_default(),
        list,
        new_page: paragraph.and_then(|p| p.attribute("break-before")).map(|kind| kind == "page"),
    }
}

/// What `style` says, else what `below` says.
fn merged(style: &Style, below: &Style) -> Style {
    Style {
        run: below.run.under(&style.run),
        list: style.list.as_ref().or(below.list.as_ref()).cloned(),
        new_page: style.new_page.or(below.new_page),
    }
}

fn resolve(own: &HashMap<(&str, &str), &Element>, key: (&str, &str), fonts: &HashMap<&str, &str>) -> Style {
    let mut style = Style::default();
    let mut next = own.get(&key);
    for _ in 0..LONGEST_CHAIN {
        let Some(element) = next else { break };
        style = merged(&style, &own_style(element, fonts));
        next = element.attribute("parent-style-name").and_then(|parent| own.get(&(key.0, parent)));
    }
    style
}
