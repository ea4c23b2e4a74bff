//! Automatic numbers (ECMA-376 part 1, 17.9): what Word shows before a paragraph, which is in no run of it.

use std::collections::{HashMap, HashSet};

use super::styles::RunProperties;
use super::xml::Element;
use crate::numerals::{letters, roman};

const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: i64,
    format: String,
    /// `%1.%2.`, or a bullet.
    text: String,
    /// Level (from 1) after which the numbers start again; 0 never, `None` after any higher level.
    restart: Option<i64>,
    /// All numbers as decimals (`w:isLgl`).
    legal: bool,
    /// What stands between marker and text: nothing.
    glued: bool,
    bold: Option<bool>,
    italic: Option<bool>,
}

/// A list: the levels that it has, and what it counts with.
#[derive(Debug, Clone, Default)]
struct List {
    /// The abstract list that it shares its counters with.
    counters: String,
    levels: Vec<Level>,
    /// Levels that begin anew where this list is first used.
    starts: HashMap<usize, i64>,
}

/// A marker before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marker {
    /// With the space behind it.
    pub(crate) text: String,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

/// The lists of the document, and how far each has counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    lists: HashMap<i64, List>,
    /// The number last shown at each level.
    counters: HashMap<String, [Option<i64>; LEVELS]>,
    /// Lists and levels whose own start has been used.
    started: HashSet<(i64, usize)>,
    /// Level of a list that a paragraph style is linked to.
    by_style: HashMap<(i64, String), i64>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(crate) fn read(part: &Element) -> Self {
        let mut numbering = Self::default();
        let abstracts: HashMap<&str, &Element> =
            part.all("abstractNum").filter_map(|list| Some((list.attribute("abstractNumId")?, list))).collect();
        for number in part.all("num") {
            let Some(id) = number.attribute("numId").and_then(|id| id.parse().ok()) else { continue };
            let Some(base) = number.child("abstractNumId").and_then(Element::value) else { continue };
            let Some(source) = abstracts.get(base).map(|list| linked(part, list)) else { continue };
            let mut list =
                List { counters: base.to_owned(), levels: vec![Level::default(); LEVELS], ..List::default() };
            for level in source.all("lvl") {
                numbering.level(id, &mut list, level);
            }
            for change in number.all("lvlOverride") {
                let Some(at) = change.attribute("ilvl").and_then(|at| at.parse::<usize>().ok()) else { continue };
                if let Some(start) = change.number("startOverride") {
                    list.starts.insert(at, start);
                }
                if let Some(level) = change.child("lvl") {
                    numbering.level(id, &mut list, level);
                }
            }
            numbering.lists.insert(id, list);
        }
        numbering
    }

    fn level(&mut self, id: i64, list: &mut List, level: &Element) {
        let Some(at) = level.attribute("ilvl").and_then(|at| at.parse::<usize>().ok()) else { return };
        let Some(slot) = list.levels.get_mut(at) else { return };
        let run = RunProperties::read(level.child("rPr"));
        let value = |name: &str| level.child(name).and_then(Element::value).unwrap_or_default().to_owned();
        *slot = Level {
            start: level.number("start").unwrap_or(0),
            format: value("numFmt"),
            text: value("lvlText"),
            restart: level.number("lvlRestart"),
            legal: level.switch("isLgl") == Some(true),
            glued: value("suff") == "nothing",
            bold: run.bold,
            italic: run.italic,
        };
        if let Some(style) = level.child("pStyle").and_then(Element::value) {
            self.by_style.insert((id, style.to_owned()), i64::try_from(at).unwrap_or(0));
        }
    }

    /// The level of the list `id` that a paragraph style is linked to.
    pub(crate) fn level_of_style(&self, id: i64, style: &str) -> Option<i64> {
        self.by_style.get(&(id, style.to_owned())).copied()
    }

    /// The marker of the next paragraph at `level` of the list `id`.
    pub(crate) fn next(&mut self, id: i64, level: i64) -> Option<Marker> {
        let list = self.lists.get(&id)?;
        let at = usize::try_from(level).ok().filter(|at| *at < LEVELS)?;
        let here = list.levels.get(at)?;
        let counters = self.counters.entry(list.counters.clone()).or_default();
        let own_start = list.starts.get(&at).copied().filter(|_| self.started.insert((id, at)));
        let number = match (own_start, counters[at]) {
            (Some(start), _) => start,
            (None, Some(before)) => before.saturating_add(1),
            (None, None) => here.start,
        };
        counters[at] = Some(number);
        let level_number = level;
        for (below, level) in list.levels.iter().enumerate().skip(at + 1) {
            // a level starts again after any higher one, or after those up to the one that it names
            if level.restart.is_none_or(|restart| level_number < restart) {
                counters[below] = None;
            }
        }
        // a number shown by a lower level without having been counted is counted by it
        for (above, level) in list.levels.iter().enumerate().take(at) {
            counters[above].get_or_insert(level.start);
        }
        let text = list.marker(at, counters);
        if text.trim().is_empty() {
            return None;
        }
        let text = if here.glued { text } else { format!("{} ", text.trim_end()) };
        Some(Marker { text, bold: here.bold == Some(true), italic: here.italic == Some(true) })
    }
}

impl List {
    fn marker(&self, at: usize, counters: &[Option<i64>; LEVELS]) -> String {
        let Some(level) = self.levels.get(at) else { return String::new() };
        if level.format == "bullet" {
            return bullet(&level.text).to_owned();
        }
        if level.format == "none" && !level.text.contains(|c: char| c.is_alphanumeric()) {
            return String::new();
        }
        let mut out = String::new();
        let mut chars = level.text.chars().peekable();
        while let Some(c) = chars.next() {
            let digit = chars.peek().and_then(|d| d.to_digit(10)).filter(|d| c == '%' && *d > 0);
            let Some(digit) = digit else {
                out.push(c);
                continue;
            };
            chars.next();
            let shown = digit as usize - 1;
            let Some(source) = self.levels.get(shown) else { continue };
            let number = counters.get(shown).copied().flatten().unwrap_or(source.start);
            let format = if level.legal && source.format != "decimalZero" { "decimal" } else { &source.format };
            out.push_str(&shape(number, format));
        }
        out
    }
}

/// The abstract list whose levels count: one may only refer to a list style, which is another's.
fn linked<'a>(part: &'a Element, list: &'a Element) -> &'a Element {
    let Some(style) = list.child("numStyleLink").and_then(Element::value) else { return list };
    let is_source = |other: &&Element| other.child("styleLink").and_then(Element::value) == Some(style);
    part.all("abstractNum").find(is_source).unwrap_or(list)
}

/// A bullet as the sign that it stands for: Word draws most of them from fonts of signs.
fn bullet(text: &str) -> &'static str {
    match text.trim().chars().next() {
        Some('+') => "+",
        Some('*') => "*",
        None => "",
        _ => "-",
    }
}

/// A number as its format shows it.
fn shape(number: i64, format: &str) -> String {
    match format {
        "upperRoman" => roman(number).to_uppercase(),
        "lowerRoman" => roman(number),
        "upperLetter" => repeated_letter(number).to_uppercase(),
        "lowerLetter" => repeated_letter(number),
        "decimalZero" => format!("{number:02}"),
        "none" => String::new(),
        "vietnameseCounting" => counting(number),
        _ => number.to_string(),
    }
}

/// `a` to `z`, then `aa`, `bb` and so on, as Word counts.
fn repeated_letter(number: i64) -> String {
    if !(1..=26 * 30).contains(&number) {
        return number.to_string();
    }
    letters((number - 1) % 26 + 1).repeat(((number - 1) / 26 + 1) as usize)
}

/// Numbers in words up to 99.
fn counting(number: i64) -> String {
    const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let word = |digit: i64| usize::try_from(digit).ok().and_then(|d| DIGITS.get(d)).copied().unwrap_or_default();
    let unit = match (number / 10, number % 10) {
        (2.., 1) => "mốt",
        (1.., 5) => "lăm",
        (_, digit) => word(digit),
    };
    match number {
        0..=9 => word(number).to_owned(),
        10 => "mười".to_owned(),
        11..=19 => format!("mười {unit}"),
        20..=99 if number % 10 == 0 => format!("{} mươi", word(number / 10)),
        20..=99 => format!("{} mươi {unit}", word(number / 10)),
        _ => number.to_string(),
    }
}
