//! Which properties the characters at an offset of the file have (\[MS-DOC\] 2.4.6).

use super::bytes::{slice, u8_at, u16_at, u32_at, utf16_at};
use super::file::{File, Table};
use super::sprm::{Paragraph, Run, run_style};
use super::styles::Styles;

/// Properties are kept in pages of this size.
const PAGE: usize = 512;

/// A stretch of the file and the modifiers that hold there.
#[derive(Debug, Clone, Copy)]
struct Stretch<'f> {
    start: u32,
    end: u32,
    style: u16,
    modifiers: &'f [u8],
}

/// Answers how characters and paragraphs are set.
#[derive(Debug)]
pub(super) struct Reader<'f> {
    styles: Styles<'f>,
    runs: Vec<Stretch<'f>>,
    paragraphs: Vec<Stretch<'f>>,
    fonts: Vec<String>,
    data: &'f [u8],
}

impl<'f> Reader<'f> {
    pub(super) fn new(file: &'f File) -> Self {
        Self {
            styles: Styles::read(file),
            runs: stretches(file, Table::CharacterPages, run_entry),
            paragraphs: stretches(file, Table::ParagraphPages, paragraph_entry),
            fonts: fonts(file.table(Table::Fonts)),
            data: &file.data,
        }
    }

    /// How the paragraph is set whose mark is at the offset.
    pub(super) fn paragraph(&self, offset: u32) -> Paragraph {
        let Some(found) = find(&self.paragraphs, offset) else { return self.styles.paragraph(0) };
        let mut paragraph = self.styles.paragraph(found.style);
        paragraph.modify(found.modifiers, self.data);
        paragraph
    }

    /// The number of the stretch of characters set alike that holds the offset, and where it ends.
    pub(super) fn stretch(&self, offset: u32) -> (Option<usize>, u32) {
        let next = self.runs.partition_point(|stretch| stretch.start <= offset);
        match next.checked_sub(1).and_then(|i| Some((i, self.runs.get(i)?))) {
            Some((i, stretch)) if offset < stretch.end => (Some(i), stretch.end),
            _ => (None, self.runs.get(next).map_or(u32::MAX, |stretch| stretch.start)),
        }
    }

    /// How that stretch is set in a paragraph of the style.
    pub(super) fn run(&self, stretch: Option<usize>, style: u16) -> Run {
        let base = self.styles.run(style);
        let Some(found) = stretch.and_then(|i| self.runs.get(i)) else { return base };
        let base = run_style(found.modifiers).map_or(base, |style| self.styles.character(style, base));
        base.modified(found.modifiers)
    }

    /// The name of a font.
    pub(super) fn font(&self, number: u16) -> Option<&str> {
        self.fonts.get(usize::from(number)).map(String::as_str)
    }
}

fn find<'s, 'f>(stretches: &'s [Stretch<'f>], offset: u32) -> Option<&'s Stretch<'f>> {
    let next = stretches.partition_point(|stretch| stretch.start <= offset);
    stretches.get(next.checked_sub(1)?).filter(|stretch| offset < stretch.end)
}

/// A style and modifiers.
type Entry<'f> = Option<(u16, &'f [u8])>;

/// Reads all pages of a kind; `entry` finds the style and the modifiers of a page's stretch `i` of `count`.
fn stretches<'f>(
    file: &'f File,
    table: Table,
    entry: fn(page: &'f [u8], count: usize, i: usize) -> Entry<'f>,
) -> Vec<Stretch<'f>> {
    let index = file.table(table);
    let count = index.len().saturating_sub(4) / 8;
    let mut found = Vec::new();
    for number in (0..count).filter_map(|i| u32_at(index, (count + 1) * 4 + i * 4)) {
        let at = (number & 0x3F_FFFF) as usize * PAGE;
        let Some(page) = slice(&file.main, at, PAGE) else { continue };
        let count = usize::from(page.last().copied().unwrap_or(0));
        for i in 0..count {
            let (Some(start), Some(end)) = (u32_at(page, i * 4), u32_at(page, i * 4 + 4)) else { break };
            let (style, modifiers) = entry(page, count, i).unwrap_or((0, &[]));
            found.push(Stretch { start, end, style, modifiers });
        }
    }
    found.sort_by_key(|stretch| stretch.start);
    found
}

fn run_entry(page: &[u8], count: usize, i: usize) -> Entry<'_> {
    let at = usize::from(u8_at(page, (count + 1) * 4 + i)?) * 2;
    if at == 0 {
        return None;
    }
    Some((0, slice(page, at + 1, usize::from(u8_at(page, at)?))?))
}

fn paragraph_entry(page: &[u8], count: usize, i: usize) -> Entry<'_> {
    let at = usize::from(u8_at(page, (count + 1) * 4 + i * 13)?) * 2;
    if at == 0 {
        return None;
    }
    let (from, length) = match usize::from(u8_at(page, at)?) {
        0 => (at + 2, usize::from(u8_at(page, at + 1)?) * 2),
        words => (at + 1, words * 2 - 1),
    };
    let entry = slice(page, from, length)?;
    Some((u16_at(entry, 0)?, entry.get(2..)?))
}

/// The names of the fonts (\[MS-DOC\] 2.9.286).
fn fonts(table: &[u8]) -> Vec<String> {
    let count = usize::from(u16_at(table, 0).unwrap_or(0));
    let mut at = 4;
    let mut names = Vec::new();
    for _ in 0..count {
        let Some(length) = u8_at(table, at).map(usize::from) else { break };
        let entry = slice(table, at + 1, length).unwrap_or_default();
        // flags, weight, character set, place of the second name, classification and signature stand before the name
        let units = entry.len().saturating_sub(39) / 2;
        let name = utf16_at(entry, 39, units).unwrap_or_default();
        names.push(name.split('\0').next().unwrap_or_default().to_owned());
        at += 1 + length;
    }
    names
}
