//! The compound file: its streams, the table of contents of the document (FIB), and the text's pieces.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::bytes::{slice, u8_at, u16_at, u32_at};
use crate::{IngestError, Limits};

/// Where the pairs of offset and length begin that say where each table is (\[MS-DOC\] 2.5.6).
const PAIRS: usize = 154;

/// The tables that are read, by their number among the pairs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Table {
    Styles = 1,
    FootnoteCalls = 2,
    FootnoteTexts = 3,
    Headers = 11,
    CharacterPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    Pieces = 33,
    EndnoteCalls = 46,
    EndnoteTexts = 47,
    Lists = 73,
    ListUses = 74,
}

/// A stretch of text that lies in one place of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// First character position, and that behind the last.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where its first byte is.
    pub(super) offset: u32,
    /// Whether a character is one byte.
    pub(super) narrow: bool,
}

/// The lengths, in characters, of the parts of the text, in the order in which they follow one another.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lengths {
    pub(super) body: u32,
    pub(super) footnotes: u32,
    pub(super) headers: u32,
    pub(super) comments: u32,
    pub(super) endnotes: u32,
    pub(super) boxes: u32,
    header_boxes: u32,
}

impl Lengths {
    /// That of the whole text.
    pub(super) fn all(self) -> u32 {
        let parts = [self.body, self.footnotes, self.headers, self.comments, self.endnotes, self.boxes];
        parts.into_iter().fold(self.header_boxes, u32::saturating_add)
    }
}

/// Whether a stream holds the text of a file that can be read.
///
/// # Errors
/// A password, damage, or a version of Word before 97.
pub(super) fn check(main: &[u8]) -> Result<(), IngestError> {
    let flags = u16_at(main, 10).ok_or_else(broken)?;
    if u16_at(main, 0) != Some(0xA5EC) || u16_at(main, 2).is_none_or(|version| version < 101) {
        return Err(IngestError::Unsupported("Word 6/95 (DOC)".to_owned()));
    }
    if flags & 0x100 != 0 {
        return Err(IngestError::Password);
    }
    Ok(())
}

fn broken() -> IngestError {
    IngestError::Damaged("tệp Word không mở được".to_owned())
}

/// The lengths that stand at the front of the stream that holds the text.
pub(super) fn lengths(main: &[u8]) -> Lengths {
    let length = |at| u32_at(main, at).unwrap_or(0);
    Lengths {
        body: length(0x4C),
        footnotes: length(0x50),
        headers: length(0x54),
        comments: length(0x5C),
        endnotes: length(0x60),
        boxes: length(0x64),
        header_boxes: length(0x68),
    }
}

/// The pieces of a table, and whether some of them had to be cut for the stream of `room` bytes.
///
/// No sound file has more characters than bytes; one that says so repeats itself without end.
pub(super) fn pieces(table: &[u8], room: usize) -> Option<(Vec<Piece>, bool)> {
    let count = table.len().checked_sub(4)? / 12;
    let piece = |i: usize| {
        let (start, end) = (u32_at(table, i * 4)?, u32_at(table, i * 4 + 4)?);
        let place = u32_at(table, (count + 1) * 4 + i * 8 + 2)?;
        let narrow = place & 0x4000_0000 != 0;
        let offset = if narrow { (place & 0x3FFF_FFFF) / 2 } else { place & 0x3FFF_FFFF };
        Some(Piece { start, end, offset, narrow })
    };
    let mut pieces = (0..count).map(piece).collect::<Option<Vec<_>>>()?;
    let (mut room, mut cut) = (room as u32, false);
    for piece in &mut pieces {
        let length = piece.end.saturating_sub(piece.start).min(room);
        cut |= piece.end < piece.start || length < piece.end - piece.start;
        room -= length;
        piece.end = piece.start + length;
    }
    Some((pieces, cut))
}

/// The file, taken apart.
#[derive(Debug)]
pub(super) struct File {
    /// The stream that holds the text.
    pub(super) main: Vec<u8>,
    /// The stream that holds the tables.
    tables: Vec<u8>,
    /// The stream that holds what is too long to stand elsewhere.
    pub(super) data: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
    pub(super) lengths: Lengths,
    /// Whether some of the text is missing.
    pub(super) damaged: bool,
}

impl File {
    /// # Errors
    /// A password, damage, or a version of Word before 97.
    pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, IngestError> {
        let mut container = CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
        let mut damaged = false;
        let mut stream = |name: &str| {
            let mut data = Vec::new();
            let opened = container.open_stream(name).ok()?;
            damaged |= opened.take(limits.max_bytes).read_to_end(&mut data).is_err();
            Some(data)
        };
        let main = stream("/WordDocument").ok_or_else(broken)?;
        check(&main)?;
        let flags = u16_at(&main, 10).unwrap_or(0);
        let tables = if flags & 0x200 == 0 { ["/0Table", "/1Table"] } else { ["/1Table", "/0Table"] };
        let tables = tables.iter().find_map(|name| stream(name)).ok_or_else(broken)?;
        let data = stream("/Data").unwrap_or_default();
        let lengths = lengths(&main);
        let mut file = Self { main, tables, data, pieces: Vec::new(), lengths, damaged };
        file.pieces = file.find_pieces().ok_or_else(broken)?;
        file.damaged |= file.pieces.iter().any(|piece| file.sound_end(*piece, 2, may_stand) < piece.end);
        Ok(file)
    }

    /// A file of which nothing but its text is left.
    pub(super) fn of_text(main: Vec<u8>, lengths: Lengths) -> Self {
        Self { main, tables: Vec::new(), data: Vec::new(), pieces: Vec::new(), lengths, damaged: true }
    }

    /// A table; empty where the file has none of the kind.
    pub(super) fn table(&self, table: Table) -> &[u8] {
        let (offset, length) = self.place(table);
        slice(&self.tables, offset, length).unwrap_or_default()
    }

    /// The same with all that follows it: some tables go on beyond the length that is given for them.
    pub(super) fn table_and_more(&self, table: Table) -> (&[u8], usize) {
        let (offset, length) = self.place(table);
        if length == 0 {
            return (&[], 0);
        }
        (self.tables.get(offset..).unwrap_or_default(), length)
    }

    fn place(&self, table: Table) -> (usize, usize) {
        let at = PAIRS + table as usize * 8;
        let number = |at| u32_at(&self.main, at).unwrap_or(0) as usize;
        (number(at), number(at + 4))
    }

    /// Reads the table of pieces (\[MS-DOC\] 2.9.38).
    fn find_pieces(&mut self) -> Option<Vec<Piece>> {
        let clx = self.table(Table::Pieces);
        let mut at = 0;
        while u8_at(clx, at)? == 1 {
            at += 3 + usize::from(u16_at(clx, at + 1)?);
        }
        let length = u32_at(clx, at + 1)? as usize;
        let table = clx.get(at + 5..)?;
        let table = table.get(..length).unwrap_or(table);
        let (pieces, cut) = pieces(table, self.main.len())?;
        self.damaged |= cut;
        Some(pieces)
    }

    /// Up to which position a piece is text: behind it the stream ends, or `most` signs follow that are none by `is_text`.
    pub(super) fn sound_end(&self, piece: Piece, most: u32, is_text: fn(u16) -> bool) -> u32 {
        let width = if piece.narrow { 1 } else { 2 };
        let mut odd = 0;
        for position in piece.start..piece.end {
            let offset = piece.offset.saturating_add((position - piece.start).saturating_mul(width)) as usize;
            let unit = if piece.narrow { u8_at(&self.main, offset).map(u16::from) } else { u16_at(&self.main, offset) };
            odd = if unit.is_some_and(is_text) { 0 } else { odd + 1 };
            if odd == most || unit.is_none() {
                return (position + 1).saturating_sub(odd);
            }
        }
        piece.end
    }

    /// Hands out the characters of a stretch of positions, each with its position and the offset of its first byte.
    pub(super) fn each_character(&self, start: u32, end: u32, mut take: impl FnMut(u32, u32, char)) {
        for piece in &self.pieces {
            let (from, to) = (piece.start.max(start), piece.end.min(end));
            let mut high = None;
            for position in from..to {
                let width = if piece.narrow { 1 } else { 2 };
                let offset = piece.offset.saturating_add((position - piece.start).saturating_mul(width));
                let unit = if piece.narrow {
                    u8_at(&self.main, offset as usize).map(|byte| windows_1252(byte) as u16)
                } else {
                    u16_at(&self.main, offset as usize)
                };
                let Some(unit) = unit else { break };
                match (high.take(), char::from_u32(u32::from(unit))) {
                    (_, Some(c)) => take(position, offset, c),
                    (Some(first), None) => {
                        if let Some(Ok(c)) = char::decode_utf16([first, unit]).next() {
                            take(position, offset, c);
                        }
                    }
                    (None, None) => high = Some(unit),
                }
            }
        }
    }
}

/// Whether a unit may stand in a text: all but what is no character, and the controls that Word gives no meaning to.
fn may_stand(unit: u16) -> bool {
    !matches!(unit, 0 | 0x10..=0x12 | 0x16..=0x1D | 0x7F | 0xFFFE | 0xFFFF)
}

/// The character of a byte of windows-1252.
fn windows_1252(byte: u8) -> char {
    if byte < 0x80 {
        return char::from(byte);
    }
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().next().unwrap_or('\u{FFFD}')
}
