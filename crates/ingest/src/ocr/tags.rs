//! The directories of a TIFF, each of which describes one page (TIFF 6.0, section 2).

/// Numbers of the fields that are asked for.
pub(super) mod tag {
    pub const SUBFILE: u16 = 254;
    pub const WIDTH: u16 = 256;
    pub const HEIGHT: u16 = 257;
    pub const COMPRESSION: u16 = 259;
    pub const PHOTOMETRIC: u16 = 262;
    pub const FILL_ORDER: u16 = 266;
    pub const STRIP_OFFSETS: u16 = 273;
    pub const ORIENTATION: u16 = 274;
    pub const ROWS_PER_STRIP: u16 = 278;
    pub const STRIP_LENGTHS: u16 = 279;
    pub const X_RESOLUTION: u16 = 282;
    pub const Y_RESOLUTION: u16 = 283;
    pub const FAX_OPTIONS: u16 = 292;
}

/// Values that one field may have; strips of a page are the most.
const MAX_VALUES: usize = 100_000;

/// One directory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directory<'a> {
    bytes: &'a [u8],
    is_little: bool,
    start: usize,
    count: usize,
}

impl<'a> Directory<'a> {
    /// The first directory of a file; `None` for what is no TIFF and where the head is damaged.
    pub fn first(bytes: &'a [u8]) -> Option<Self> {
        let is_little = match bytes {
            [b'I', b'I', 42, 0, ..] => true,
            [b'M', b'M', 0, 42, ..] => false,
            _ => return None,
        };
        Self { bytes, is_little, start: 0, count: 0 }.at(4)
    }

    /// The directory behind this one.
    pub fn next(self) -> Option<Self> {
        self.at(self.start.checked_add(2 + self.count * 12)?)
    }

    /// Where it begins.
    pub fn start(self) -> u32 {
        u32::try_from(self.start).unwrap_or(0)
    }

    /// The directory that the bytes at `place` name.
    fn at(self, place: usize) -> Option<Self> {
        let start = self.long(place).filter(|start| *start != 0)? as usize;
        Some(Self { start, count: usize::from(self.short(start)?), ..self })
    }

    /// The first value of a field.
    pub fn value(self, tag: u16) -> Option<u32> {
        self.values(tag).first().copied()
    }

    /// The values of a field of whole numbers, in their order; of a fraction its numerator and denominator.
    pub fn values(self, tag: u16) -> Vec<u32> {
        let entries = (0..self.count).map(|entry| self.start + 2 + entry * 12);
        let found = entries.into_iter().find(|at| self.short(*at) == Some(tag));
        found.and_then(|at| self.read(at)).unwrap_or_default()
    }

    fn read(self, at: usize) -> Option<Vec<u32>> {
        let (size, each) = match self.short(at + 2)? {
            1 => (1, 1),
            3 => (2, 1),
            4 => (4, 1),
            5 => (4, 2),
            _ => return None,
        };
        let count = (self.long(at + 4)? as usize).min(MAX_VALUES) * each;
        let from = if count * size <= 4 { at + 8 } else { self.long(at + 8)? as usize };
        let number = |index: usize| {
            let place = from.checked_add(index * size)?;
            match size {
                1 => self.bytes.get(place).copied().map(u32::from),
                2 => self.short(place).map(u32::from),
                _ => self.long(place),
            }
        };
        (0..count).map(number).collect()
    }

    fn short(self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }
}

/// Where the directories that are pages begin, `most` at most; none for files that are no TIFF. Small copies of a page that
/// stand beside it are no pages.
pub(super) fn pages(bytes: &[u8], most: usize) -> Vec<u32> {
    let (mut found, mut seen) = (Vec::new(), Vec::new());
    let mut next = Directory::first(bytes);
    // a chain may lead back to where it began
    while let Some(directory) = next.filter(|one| !seen.contains(&one.start()) && seen.len() < most) {
        seen.push(directory.start());
        if directory.value(tag::SUBFILE).unwrap_or(0) & 1 == 0 {
            found.push(directory.start());
        }
        next = directory.next();
    }
    // a file of nothing but small pictures has one page all the same
    if found.is_empty() {
        found.extend(seen.first());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TIFF of pages with no field but what kind of a page they are.
    fn file(kinds: &[u32]) -> Vec<u8> {
        let mut file = b"MM\0*\0\0\0\x08".to_vec();
        for (kind, left) in kinds.iter().zip((0..kinds.len()).rev()) {
            let next = if left == 0 { 0 } else { file.len() as u32 + 18 };
            file.extend([0, 1, 0, 254, 0, 4, 0, 0, 0, 1]);
            file.extend(kind.to_be_bytes());
            file.extend(next.to_be_bytes());
        }
        file
    }

    #[test]
    fn small_copies_of_pages_are_no_pages() {
        assert_eq!(pages(&file(&[0, 1, 2]), 9), [8, 44]);
        assert_eq!(pages(&file(&[1]), 9), [8]);
        assert_eq!(pages(&file(&[0, 0, 0]), 2).len(), 2);
    }

    #[test]
    fn damage_is_no_value() {
        let bytes = file(&[7]);
        assert_eq!(Directory::first(&bytes).unwrap().value(tag::SUBFILE), Some(7));
        assert_eq!(Directory::first(&bytes).unwrap().value(tag::WIDTH), None);
        assert_eq!(Directory::first(&bytes[..14]).unwrap().value(tag::SUBFILE), None);
        assert!(Directory::first(&bytes[..9]).is_none() && Directory::first(b"").is_none());
    }
}
