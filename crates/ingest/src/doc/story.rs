//! The parts of the text: body, notes, page headers and footers.

use super::bytes::u32_at;
use super::file::{File, Table};
use super::paragraphs::Reader;
use super::runs::{self, MARK, Mark, Stretch};
use super::tables::{Block, nested};
use crate::docx::xml::Element;

/// The two kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    Foot,
    End,
}

impl Note {
    fn call(self) -> &'static str {
        if self == Self::Foot { "footnoteReference" } else { "endnoteReference" }
    }

    fn own_mark(self) -> &'static str {
        if self == Self::Foot { "footnoteRef" } else { "endnoteRef" }
    }

    fn tables(self) -> (Table, Table) {
        match self {
            Self::Foot => (Table::FootnoteCalls, Table::FootnoteTexts),
            Self::End => (Table::EndnoteCalls, Table::EndnoteTexts),
        }
    }
}

/// The body, and behind it what stands in text boxes.
pub(super) fn body(file: &File, reader: &Reader<'_>) -> Element {
    let mut calls = Vec::new();
    for note in [Note::Foot, Note::End] {
        let table = file.table(note.tables().0);
        let count = table.len().saturating_sub(4) / 6;
        calls.extend((0..count).filter_map(|i| Some((u32_at(table, i * 4)?, Mark::Call(note.call(), i)))));
    }
    calls.sort_by_key(|(position, _)| *position);
    let lengths = file.lengths;
    let mut body = Element::new("body");
    body.children = blocks(file, reader, 0, lengths.body, &Marks::Calls(calls));
    let boxes = sum([lengths.body, lengths.footnotes, lengths.headers, lengths.comments, lengths.endnotes]);
    let end = boxes.saturating_add(lengths.boxes);
    body.children.extend(blocks(file, reader, boxes, end, &Marks::None));
    body
}

/// The notes of a kind, numbered from 0.
pub(super) fn notes(file: &File, reader: &Reader<'_>, kind: Note) -> Element {
    let Lengths { start, length } = match kind {
        Note::Foot => Lengths { start: file.lengths.body, length: file.lengths.footnotes },
        Note::End => {
            let before = [file.lengths.body, file.lengths.footnotes, file.lengths.headers, file.lengths.comments];
            Lengths { start: sum(before), length: file.lengths.endnotes }
        }
    };
    let mut part = Element::new("notes");
    for (i, (from, to)) in stories(file.table(kind.tables().1), start, length).into_iter().enumerate() {
        let mut note = Element::new("note").with("id", i.to_string());
        note.children = blocks(file, reader, from, to, &Marks::Own(kind.own_mark()));
        part.children.push(note);
    }
    part
}

struct Lengths {
    start: u32,
    length: u32,
}

/// Page headers and page footers.
pub(super) fn furniture(file: &File, reader: &Reader<'_>) -> [Vec<Element>; 2] {
    let start = file.lengths.body.saturating_add(file.lengths.footnotes);
    let mut found = [Vec::new(), Vec::new()];
    let stories = stories(file.table(Table::Headers), start, file.lengths.headers);
    // six separators of notes come first; then each section has, for even, odd and first pages, headers and footers
    for (i, (from, to)) in stories.into_iter().enumerate().skip(6) {
        let mut part = Element::new("part");
        part.children = blocks(file, reader, from, to, &Marks::None);
        if let Some(kind) = found.get_mut(usize::from(matches!(i % 6, 2 | 3 | 5))) {
            kind.push(part);
        }
    }
    found
}

/// The stretches of a part that begins at `start`, by their table.
fn stories(table: &[u8], start: u32, length: u32) -> Vec<(u32, u32)> {
    let bounds: Vec<u32> = (0..table.len() / 4).filter_map(|i| u32_at(table, i * 4)).collect();
    let place = |at: u32| start.saturating_add(at.min(length));
    bounds.windows(2).map(|pair| (place(pair[0]), place(pair[1]))).take_while(|(from, to)| from <= to).collect()
}

fn sum<const N: usize>(lengths: [u32; N]) -> u32 {
    lengths.into_iter().fold(0, u32::saturating_add)
}

/// What the marks of notes stand for.
enum Marks {
    None,
    /// Calls of notes, by position.
    Calls(Vec<(u32, Mark)>),
    Own(&'static str),
}

impl Marks {
    fn at(&self, position: u32) -> Option<Mark> {
        match self {
            Self::None => None,
            Self::Own(name) => Some(Mark::Own(name)),
            Self::Calls(calls) => {
                let found = calls.binary_search_by_key(&position, |(at, _)| *at).ok()?;
                calls.get(found).map(|(_, mark)| mark.clone())
            }
        }
    }
}

/// The paragraphs and tables of a stretch of positions.
fn blocks(file: &File, reader: &Reader<'_>, start: u32, end: u32, marks: &Marks) -> Vec<Element> {
    let mut done = Vec::new();
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut current = (None, 0..0);
    let mut last = 0;
    file.each_character(start, end, |position, offset, c| {
        last = offset;
        if !current.1.contains(&offset) {
            let (stretch, until) = reader.stretch(offset);
            current = (stretch, offset..until);
        }
        if stretches.last().is_none_or(|last| last.number != current.0) {
            stretches.push(Stretch { number: current.0, ..Stretch::default() });
        }
        let Some(open) = stretches.last_mut() else { return };
        // a note may be called by a sign of its author's own instead of a number
        let mark = marks.at(position).filter(|_| c == MARK);
        if c != MARK || mark.is_some() {
            open.words.push(c);
        }
        open.marks.extend(mark);
        if matches!(c, '\r' | '\u{7}' | '\u{C}') {
            let paragraph = reader.paragraph(offset);
            let element = runs::element(&stretches, &paragraph, reader);
            stretches.clear();
            done.push(Block { element, paragraph, ends_cell: c == '\u{7}' });
        }
    });
    if !stretches.is_empty() {
        let paragraph = reader.paragraph(last);
        let element = runs::element(&stretches, &paragraph, reader);
        done.push(Block { element, paragraph, ends_cell: false });
    }
    nested(done)
}
