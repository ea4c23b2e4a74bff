//! The heads of picture files: whether they are whole enough to be worth a try, and how large the picture is.

use super::tags::{Directory, tag};

/// Width and height in pixels that a picture file states; `None` where its head is damaged.
pub(crate) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => {
            (bytes.get(12..16)? == b"IHDR").then_some(())?;
            Some((big(bytes, 16)?, big(bytes, 20)?))
        }
        [0xFF, 0xD8, ..] => jpeg(bytes),
        [b'G', b'I', b'F', ..] => Some((u32::from(little16(bytes, 6)?), u32::from(little16(bytes, 8)?))),
        [b'B', b'M', ..] => Some((little(bytes, 18)?, little(bytes, 22)?.cast_signed().unsigned_abs())),
        [b'I', b'I', ..] | [b'M', b'M', ..] => {
            let page = Directory::first(bytes)?;
            Some((page.value(tag::WIDTH)?, page.value(tag::HEIGHT)?))
        }
        [b'R', b'I', b'F', b'F', ..] => webp(bytes),
        _ => None,
    }
}

fn big16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn little16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(big16(bytes, at)?.swap_bytes())
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn little(bytes: &[u8], at: usize) -> Option<u32> {
    Some(big(bytes, at)?.swap_bytes())
}

/// Walks the segments of a JPEG to its frame (ITU-T T.81, annex B).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xFF => at += 1,
            0xC4 | 0xC8 | 0xCC => at += 2 + usize::from(big16(bytes, at + 2)?),
            0xC0..=0xCF => return Some((u32::from(big16(bytes, at + 7)?), u32::from(big16(bytes, at + 5)?))),
            0xD9 | 0xDA => return None,
            _ => at += 2 + usize::from(big16(bytes, at + 2)?),
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let long = |at: usize| Some(little(bytes, at)? & 0x00FF_FFFF);
    match bytes.get(12..16)? {
        b"VP8X" => Some((long(24)? + 1, long(27)? + 1)),
        b"VP8 " => Some((u32::from(little16(bytes, 26)? & 0x3FFF), u32::from(little16(bytes, 28)? & 0x3FFF))),
        b"VP8L" => {
            let bits = little(bytes, 21)?;
            Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read_and_damage_is_seen() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 0x09, 0xB0, 0, 0, 0x0D, 0xB4]);
        assert_eq!(size(&png), Some((2480, 3508)));
        let jpeg = b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xC0\0\x11\x08\x0D\xB4\x09\xB0\x03";
        assert_eq!(size(jpeg), Some((2480, 3508)));
        let tiff = b"II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\xB0\x09\0\0\x01\x01\x04\0\x01\0\0\0\xB4\x0D\0\0";
        assert_eq!(size(tiff), Some((2480, 3508)));
        for damaged in [&b"\x89PNG\r\n\x1a\n"[..], b"\xFF\xD8\xFF\xD9", b"II*\0\xFF\xFF\xFF\xFF", b"GIF8", b""] {
            assert_eq!(size(damaged), None);
        }
    }
}
