//! What is left of a damaged file: its words, without emphasis, cells and numbers.
//!
//! A container that lost a few bytes cannot be opened, for everything behind them has moved. The stream with the text
//! begins with a sign of its own and lies mostly in one piece, so that its text can be taken from there;
//! it ends where it is no longer text.

use nhiemvu_text::count_syllables;

use super::bytes::u32_at;
use super::file::{self, File, Piece};

/// What the stream with the text begins with.
const SIGN: [u8; 2] = [0xEC, 0xA5];
/// Signs one after the other that no text has, from which on a piece is taken for other data.
const ODD: u32 = 6;
/// Words that a text must have to be judged, and the part of them that must be Vietnamese syllables.
const FEW: usize = 5;
const SYLLABLES: f32 = 0.7;
/// Places that are looked at, of many that seem to begin what is looked for.
const TRIES: usize = 64;

/// The file as far as its text can be found; `None` where it cannot.
pub(super) fn open(bytes: &[u8]) -> Option<File> {
    let starts = memchr::memmem::find_iter(bytes, &SIGN).filter_map(|at| bytes.get(at..));
    starts.filter(|main| file::check(main).is_ok()).take(TRIES).find_map(|main| text_of(bytes, main))
}

/// The text of the stream that begins `main`.
fn text_of(bytes: &[u8], main: &[u8]) -> Option<File> {
    let lengths = file::lengths(main);
    let all = lengths.all();
    let pieces = one_piece(main, all).or_else(|| pieces(bytes, main, all))?;
    let mut file = File::of_text(main.to_vec(), lengths);
    let sound = pieces.into_iter().map(|piece| Piece { end: file.sound_end(piece, ODD, is_text), ..piece });
    file.pieces = sound.filter(|piece| piece.end > piece.start).collect();
    let mut text = String::new();
    file.each_character(0, all, |_, _, c| text.push(if c.is_control() { ' ' } else { c }));
    let count = count_syllables(&text);
    let is_text = count.words >= FEW && count.syllables as f32 >= SYLLABLES * count.words as f32;
    is_text.then_some(file)
}

/// The table of pieces, wherever it stands now: the positions that it begins with rise from 0 to the length of the text.
fn pieces(bytes: &[u8], main: &[u8], all: u32) -> Option<Vec<Piece>> {
    const KIND: u8 = 2;
    let candidates = memchr::memchr_iter(KIND, bytes).filter_map(|at| {
        let length = u32_at(bytes, at + 1)? as usize;
        let whole = length > 12 && length % 12 == 4 && u32_at(bytes, at + 5)? == 0;
        bytes.get(at + 5..)?.get(..length).filter(|_| whole)
    });
    candidates.take(TRIES).find_map(|table| {
        let last = u32_at(table, (table.len() - 4) / 12 * 4)?;
        let fits = last == all || last.checked_sub(1) == Some(all);
        let (pieces, _) = fits.then(|| file::pieces(table, main.len()))??;
        (!pieces.is_empty()).then_some(pieces)
    })
}

/// The text as one piece, by the two offsets at the front of the stream.
fn one_piece(main: &[u8], all: u32) -> Option<Vec<Piece>> {
    let (offset, end) = (u32_at(main, 0x18)?, u32_at(main, 0x1C)?);
    let bytes = end.checked_sub(offset)?;
    // a mark of the end may be counted in
    let narrow = bytes.abs_diff(all) <= 1;
    let fits = narrow || bytes.abs_diff(all.checked_mul(2)?) <= 2;
    fits.then(|| vec![Piece { start: 0, end: all, offset, narrow }])
}

/// Whether a character stands in texts of offices: letters of Latin script, signs, and what Word marks places with.
fn is_text(unit: u16) -> bool {
    matches!(unit, 1 | 2 | 5 | 7..=0xD | 0x13..=0x15 | 0x1E..=0x24F | 0x300..=0x36F | 0x1E00..=0x1EFF | 0x2000..=0x22FF
        | 0x2500..=0x27BF | 0xF000..=0xF0FF)
}
