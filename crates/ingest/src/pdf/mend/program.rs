//! TrueType programs of which the beginning is left: what characters their glyphs stand for, and how wide they are.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Characters that the tables of a program are taken to have at most, all together.
const MOST_CHARACTERS: usize = 1 << 15;

/// What is known of the glyphs of a font program, by their numbers: the character, and the advance in thousandths.
pub(super) struct Program {
    glyphs: BTreeMap<u16, (char, Option<u32>)>,
}

impl Program {
    /// Reads the tables that are there; `None` where no glyph is known to be a character.
    pub fn read(data: &[u8]) -> Option<Self> {
        if !data.starts_with(&[0, 1, 0, 0]) && !data.starts_with(b"true") {
            return None;
        }
        let characters = characters(table(data, *b"cmap")?);
        let advances = Advances::of(data);
        let width = |glyph: u16| advances.as_ref().and_then(|advances| advances.of_glyph(glyph));
        let glyphs: BTreeMap<_, _> =
            characters.into_iter().map(|(glyph, character)| (glyph, (character, width(glyph)))).collect();
        (!glyphs.is_empty()).then_some(Self { glyphs })
    }

    /// A map from the numbers of glyphs, in two bytes, to characters.
    pub fn map(&self) -> String {
        let mut out = "begincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n".to_owned();
        let _ = writeln!(out, "{} beginbfchar", self.glyphs.len());
        for (glyph, (character, _)) in &self.glyphs {
            let _ = write!(out, "<{glyph:04x}> <");
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "{unit:04x}");
            }
            out.push_str(">\n");
        }
        out + "endbfchar\nendcmap\n"
    }

    /// The widths as a dictionary of a font has them (`W`, ISO 32000-1, 9.7.4.3).
    pub fn widths(&self) -> String {
        let known = self.glyphs.iter().filter_map(|(glyph, (_, width))| Some((glyph, (*width)?)));
        known.fold(String::new(), |mut out, (glyph, width)| {
            let _ = write!(out, "{glyph} [{width}] ");
            out
        })
    }
}

fn table(data: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    const HEAD: usize = 12;
    const ENTRY: usize = 16;
    let entries = data.get(HEAD..)?.chunks_exact(ENTRY).take(usize::from(short(data, 4)?));
    let entry = entries.into_iter().find(|entry| entry.starts_with(&tag))?;
    let (start, length) = (long(entry, 8)? as usize, long(entry, 12)? as usize);
    // a program that breaks off has a part of its last table
    data.get(start..start.checked_add(length)?.min(data.len()))
}

/// The first character of each glyph, by the tables of Unicode that a program has.
fn characters(cmap: &[u8]) -> BTreeMap<u16, char> {
    let (mut found, mut left) = (BTreeMap::new(), MOST_CHARACTERS);
    let mut add = |code: u32, glyph: u32| {
        if let Some((glyph, character)) =
            u16::try_from(glyph).ok().filter(|glyph| *glyph != 0).zip(char::from_u32(code))
        {
            found.entry(glyph).or_insert(character);
        }
        left = left.checked_sub(1)?;
        Some(())
    };
    for at in (0..usize::from(short(cmap, 2).unwrap_or(0))).map(|number| 4 + 8 * number) {
        let (Some(platform), Some(encoding), Some(start)) = (short(cmap, at), short(cmap, at + 2), long(cmap, at + 4))
        else {
            break;
        };
        if platform != 0 && (platform, encoding) != (3, 1) && (platform, encoding) != (3, 10) {
            continue;
        }
        let sub = cmap.get(start as usize..).unwrap_or_default();
        // what follows the end of a part is lost
        let _ = match short(sub, 0) {
            Some(4) => segments(sub, &mut add),
            Some(12) => groups(sub, &mut add),
            _ => None,
        };
    }
    found
}

/// Format 4: segments of characters in two bytes.
fn segments(sub: &[u8], add: &mut impl FnMut(u32, u32) -> Option<()>) -> Option<()> {
    let count = usize::from(short(sub, 6)?) / 2;
    let (ends, starts) = (14, 16 + 2 * count);
    let (deltas, offsets) = (starts + 2 * count, starts + 4 * count);
    for at in (0..count).map(|number| 2 * number) {
        let (start, end) = (short(sub, starts + at)?, short(sub, ends + at)?);
        let (delta, offset) = (short(sub, deltas + at)?, usize::from(short(sub, offsets + at)?));
        for code in (start..=end).filter(|code| *code != u16::MAX) {
            let glyph = match offset {
                0 => Some(code.wrapping_add(delta)),
                _ => short(sub, offsets + at + offset + 2 * usize::from(code - start))
                    .filter(|glyph| *glyph != 0)
                    .map(|glyph| glyph.wrapping_add(delta)),
            };
            add(u32::from(code), u32::from(glyph.unwrap_or(0)))?;
        }
    }
    Some(())
}

/// Format 12: groups of characters in four bytes.
fn groups(sub: &[u8], add: &mut impl FnMut(u32, u32) -> Option<()>) -> Option<()> {
    for at in (0..long(sub, 12)? as usize).map(|number| 16 + 12 * number) {
        let (start, end, glyph) = (long(sub, at)?, long(sub, at + 4)?, long(sub, at + 8)?);
        for (code, glyph) in (start..=end).zip(glyph..) {
            add(code, glyph)?;
        }
    }
    Some(())
}

/// How far glyphs advance (`hmtx`).
struct Advances<'a> {
    table: &'a [u8],
    count: usize,
    units: u32,
}

impl<'a> Advances<'a> {
    fn of(data: &'a [u8]) -> Option<Self> {
        let units = u32::from(short(table(data, *b"head")?, 18)?);
        let count = usize::from(short(table(data, *b"hhea")?, 34)?);
        let table = table(data, *b"hmtx")?;
        (units > 0 && count > 0).then_some(Self { table, count, units })
    }

    fn of_glyph(&self, glyph: u16) -> Option<u32> {
        let advance = short(self.table, 4 * usize::from(glyph).min(self.count - 1))?;
        Some(u32::from(advance) * 1000 / self.units)
    }
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of characters with one part, of Unicode, that is `sub`.
    fn cmap(sub: &[u16]) -> Vec<u8> {
        let head = [0, 1, 3, 1, 0, 12];
        head.iter().chain(sub).flat_map(|part| part.to_be_bytes()).collect()
    }

    #[test]
    fn segments_give_the_first_character_of_each_glyph() {
        // A to C by a difference, d and e by a list, the end mark
        let sub =
            [4, 0, 0, 6, 0, 0, 0, 67, 101, 0xffff, 0, 65, 100, 0xffff, 0u16.wrapping_sub(60), 0, 1, 0, 4, 0, 9, 0, 5];
        let found = characters(&cmap(&sub));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [(5, 'A'), (6, 'B'), (7, 'C'), (9, 'd')]);
    }

    #[test]
    fn what_breaks_off_or_has_no_end_is_read_as_far_as_it_goes() {
        let endless = [12, 0, 0, 0, 0, 0, 0xffff, 0xffff, 0, 32, 0xffff, 0xffff, 0, 1, 0, 7];
        assert_eq!(characters(&cmap(&endless)).get(&1), Some(&' '));
        for length in 0..40 {
            let whole = cmap(&endless);
            characters(whole.get(..length).unwrap_or(&whole));
        }
        assert!(Program::read(b"\0\x01\0\0").is_none() && Program::read(b"OTTO").is_none());
    }
}
