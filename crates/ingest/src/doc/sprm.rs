//! Single property modifiers (\[MS-DOC\] 2.2.5): what a run or a paragraph has other than its style.

use super::bytes::{slice, u8_at, u16_at, u32_at};

/// The modifiers of a list, each as its code and operand; ends at the first that is cut.
pub(super) fn each(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let code = u16_at(list, at)?;
        let (skip, length) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            // the definition of a table counts in two bytes, and counts one of them
            _ if code == 0xD608 => (2, usize::from(u16_at(list, at + 2)?).saturating_sub(1)),
            // a change of tabs may say that its length is to be counted
            _ if code == 0xC615 && u8_at(list, at + 2)? == 255 => {
                let deleted = usize::from(u8_at(list, at + 3)?);
                let added = usize::from(u8_at(list, at + 4 + deleted * 4)?);
                (1, 2 + deleted * 4 + added * 3)
            }
            _ => (1, usize::from(u8_at(list, at + 2)?)),
        };
        let operand = slice(list, at + 2 + skip, length)?;
        at += 2 + skip + length;
        Some((code, operand))
    })
}

/// How a run is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Run {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) caps: bool,
    pub(super) hidden: bool,
    pub(super) superscript: bool,
    /// Number of its font.
    pub(super) font: u16,
    /// Whether it was deleted while changes were tracked.
    pub(super) deleted: bool,
    /// A sign out of a font of signs: the font's number and the sign's code.
    pub(super) symbol: Option<(u16, u16)>,
}

impl Run {
    /// Applies modifiers to what the style says (`self`).
    pub(super) fn modified(self, list: &[u8]) -> Self {
        let style = self;
        let mut run = self;
        for (code, operand) in each(list) {
            let Some(first) = operand.first().copied() else { continue };
            // 0x80 is as the style has it, 0x81 the opposite
            let switch = |of: bool| match first {
                0 => false,
                0x80 => of,
                0x81 => !of,
                _ => true,
            };
            match code {
                0x0800 => run.deleted = first == 1,
                0x0835 => run.bold = switch(style.bold),
                0x0836 => run.italic = switch(style.italic),
                0x083B => run.caps = switch(style.caps),
                0x083C => run.hidden = switch(style.hidden),
                0x2A48 => run.superscript = first == 1,
                0x4A4F => run.font = u16_at(operand, 0).unwrap_or(run.font),
                0x6A09 => run.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
                _ => {}
            }
        }
        run
    }
}

/// The number of the character style that modifiers name.
pub(super) fn run_style(list: &[u8]) -> Option<u16> {
    each(list).filter(|(code, _)| *code == 0x4A30).find_map(|(_, operand)| u16_at(operand, 0))
}

/// How a paragraph is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Paragraph {
    /// Number of its style.
    pub(super) style: u16,
    pub(super) in_table: bool,
    /// How deep in tables; 0 where it is not said.
    pub(super) depth: u32,
    /// Whether it stands for the end of a table's row, and of a row of a table inside a table.
    pub(super) row_end: bool,
    pub(super) inner_row_end: bool,
    /// The list that it is an item of, from 1, and its level in it.
    pub(super) list: Option<u16>,
    pub(super) level: u8,
    /// Heading level from 1.
    pub(super) heading: Option<u8>,
    pub(super) new_page: bool,
    pub(super) row: Row,
}

/// What the end of a row says of the row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Row {
    /// Left edges of its cells and the right edge of the last, in twentieths of a point.
    pub(super) edges: Vec<i16>,
    pub(super) cells: Vec<Merge>,
    pub(super) head: bool,
}

/// How a cell is merged with its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Merge {
    /// With the cell to its left.
    pub(super) left: bool,
    /// With the cell above.
    pub(super) up: bool,
}

impl Paragraph {
    /// Applies modifiers; `data` is the stream that long ones are kept in.
    pub(super) fn modify(&mut self, list: &[u8], data: &[u8]) {
        for (code, operand) in each(list) {
            // modifiers too long for their place are kept elsewhere
            if matches!(code, 0x6645 | 0x6646) {
                let at = u32_at(operand, 0).unwrap_or(0) as usize;
                let length = u16_at(data, at).unwrap_or(0);
                let long = slice(data, at + 2, usize::from(length)).unwrap_or_default();
                each(long).for_each(|(code, operand)| self.modify_by(code, operand));
            } else {
                self.modify_by(code, operand);
            }
        }
    }

    fn modify_by(&mut self, code: u16, operand: &[u8]) {
        let Some(first) = operand.first().copied() else { return };
        match code {
            0x2416 => self.in_table = first != 0,
            0x2417 => self.row_end = first != 0,
            0x6649 => self.depth = u32_at(operand, 0).unwrap_or(0),
            0x244C => self.inner_row_end = first != 0,
            0x260A => self.level = first,
            0x460B => {
                // 0 and the number that older versions used say that there is none
                let list = u16_at(operand, 0).unwrap_or(0);
                self.list = Some(if (1..0x07FF).contains(&list) { list } else { 0 });
            }
            0x2640 => self.heading = (first < 9).then_some(first + 1),
            0x2407 => self.new_page = first != 0,
            0x3404 => self.row.head = first != 0,
            0xD608 => self.row.define(operand),
            0x5624 => {
                let (from, to) = (usize::from(first), usize::from(operand.get(1).copied().unwrap_or(0)));
                for cell in self.row.cells.iter_mut().take(to).skip(from + 1) {
                    cell.left = true;
                }
            }
            0xD62B => {
                if let Some(cell) = self.row.cells.get_mut(usize::from(first)) {
                    cell.up = operand.get(1) == Some(&1);
                }
            }
            _ => {}
        }
    }
}

impl Row {
    /// Reads the definition of a row (\[MS-DOC\] 2.9.323).
    fn define(&mut self, operand: &[u8]) {
        let count = usize::from(u8_at(operand, 0).unwrap_or(0));
        self.edges = (0..=count).filter_map(|i| u16_at(operand, 1 + i * 2)).map(u16::cast_signed).collect();
        let cell = |i: usize| {
            let flags = u16_at(operand, 1 + (count + 1) * 2 + i * 20).unwrap_or(0);
            Merge { left: flags & 2 != 0 && flags & 1 == 0, up: flags >> 5 & 3 == 1 }
        };
        self.cells = (0..count).map(cell).collect();
    }
}
