//! Automatic numbers (\[MS-DOC\] 2.4.6.3), as the part in which Office Open XML keeps them.

use super::bytes::{u8_at, u16_at, u32_at, utf16_at};
use super::file::{File, Table};
use crate::docx::xml::Element;

/// Length of what the list table says of a list, of what the table of uses says of a use, and of a level's fixed part.
const LIST: usize = 28;
const USE: usize = 16;
const LEVEL: usize = 28;

/// The lists, and the uses of them that paragraphs name.
pub(super) fn numbering(file: &File) -> Element {
    let mut part = Element::new("numbering");
    read_lists(file, &mut part);
    read_uses(file, &mut part);
    part
}

fn read_lists(file: &File, part: &mut Element) {
    let (table, length) = file.table_and_more(Table::Lists);
    let count = usize::from(u16_at(table, 0).unwrap_or(0)).min(length / LIST);
    // the levels of all lists follow the table
    let mut at = 2 + count * LIST;
    for i in 0..count {
        let list = 2 + i * LIST;
        let Some(id) = u32_at(table, list) else { return };
        let is_simple = u8_at(table, list + 26).unwrap_or(0) & 1 != 0;
        let mut element = Element::new("abstractNum").with("abstractNumId", id.to_string());
        for level in 0..if is_simple { 1 } else { 9 } {
            let Some((found, length)) = read_level(table, at, level) else { return part.children.push(element) };
            element.children.push(found);
            at += length;
        }
        part.children.push(element);
    }
}

fn read_uses(file: &File, part: &mut Element) {
    let (table, length) = file.table_and_more(Table::ListUses);
    let count = (u32_at(table, 0).unwrap_or(0) as usize).min(length / USE);
    let mut at = 4 + count * USE;
    for i in 0..count {
        let from = 4 + i * USE;
        let Some(id) = u32_at(table, from) else { return };
        let mut number = Element::new("num").with("numId", (i + 1).to_string());
        number.set("abstractNumId", id.to_string());
        let changes = u8_at(table, from + 12).unwrap_or(0);
        at += 4;
        for _ in 0..changes {
            let Some((change, length)) = read_change(table, at) else { break };
            number.children.push(change);
            at += length;
        }
        part.children.push(number);
    }
}

/// What a use of a list changes of a level, and its length.
fn read_change(table: &[u8], at: usize) -> Option<(Element, usize)> {
    let (start, flags) = (u32_at(table, at)?, u32_at(table, at + 4)?);
    let level = flags & 15;
    let mut change = Element::new("lvlOverride").with("ilvl", level.to_string());
    let (restarts, reshaped) = (flags & 16 != 0, flags & 32 != 0);
    if !reshaped {
        if restarts {
            change.set("startOverride", start.to_string());
        }
        return Some((change, 8));
    }
    let (found, length) = read_level(table, at + 8, level)?;
    if let (true, Some(start)) = (restarts, found.number("start")) {
        change.set("startOverride", start.to_string());
    }
    change.children.push(found);
    Some((change, 8 + length))
}

/// A level, and its length.
fn read_level(table: &[u8], at: usize, level: u32) -> Option<(Element, usize)> {
    let format = u8_at(table, at + 4)?;
    let flags = u8_at(table, at + 5)?;
    let characters = usize::from(u8_at(table, at + 24)?);
    let paragraphs = usize::from(u8_at(table, at + 25)?);
    let text = at + LEVEL + paragraphs + characters;
    let count = usize::from(u16_at(table, text)?);
    let shown = utf16_at(table, text + 2, count)?;
    let mut element = Element::new("lvl").with("ilvl", level.to_string());
    element.set("start", u32_at(table, at)?.to_string());
    element.set("numFmt", name(format));
    // a character below nine stands for the number of the level
    let shown = shown.chars().map(|c| match c as u32 {
        level @ 0..9 => format!("%{}", level + 1),
        _ => c.to_string(),
    });
    element.set("lvlText", shown.collect::<String>());
    element.set("suff", if u8_at(table, at + 15)? == 2 { "nothing" } else { "tab" });
    if flags & 4 != 0 {
        element.children.push(Element::new("isLgl"));
    }
    if flags & 8 != 0 {
        element.set("lvlRestart", u8_at(table, at + 26)?.to_string());
    }
    let run = super::sprm::Run::default().modified(table.get(at + LEVEL + paragraphs..text)?);
    let mut set = Element::new("rPr");
    if run.bold {
        set.set("b", "1");
    }
    if run.italic {
        set.set("i", "1");
    }
    element.children.push(set);
    Some((element, text + 2 + count * 2 - at))
}

/// The format's name in Office Open XML (\[MS-OSHARED\] 2.2.1.3).
fn name(format: u8) -> &'static str {
    match format {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        22 => "decimalZero",
        23 => "bullet",
        255 => "none",
        _ => "decimal",
    }
}
