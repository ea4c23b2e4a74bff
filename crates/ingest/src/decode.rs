//! From bytes to characters: marks, UTF-16 and UTF-32 without one, UTF-8, and the code pages that remain.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use nhiemvu_text::repair_legacy;

/// Decoded text and how sure it is.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// The encoding, where it was none of Unicode's.
    pub(crate) legacy: Option<&'static str>,
    /// How many characters stand for bytes that could not be decoded.
    pub(crate) replaced: usize,
}

/// How much of the head is looked at to find the encoding.
const SAMPLE: usize = 64 << 10;

/// Decodes `bytes`: by their mark, else as what they look like.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((big_endian, mark)) = utf32_order(bytes) {
        return repaired(utf32(bytes.get(mark..).unwrap_or_default(), big_endian));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return repaired(with(encoding, bytes.get(mark..).unwrap_or_default()));
    }
    if let Some(encoding) = utf16_order(bytes) {
        return repaired(with(encoding, bytes));
    }
    // vector code, which the standard library's own check is not
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => repaired(Decoded { text, legacy: None, replaced: 0 }),
        None if is_mostly_utf8(bytes) => repaired(with(UTF_8, bytes)),
        None => {
            // every byte has a character in windows-1252, which the tables of the older encodings start from
            let plain = repaired(with(WINDOWS_1252, bytes));
            let is_found = plain.legacy.is_some_and(|name| name != WINDOWS_1252.name());
            if is_found { plain } else { with(guess(bytes), bytes) }
        }
    }
}

/// The text with its lines in TCVN3, VNI and their kin made Unicode.
fn repaired(decoded: Decoded<'_>) -> Decoded<'_> {
    match repair_legacy(&decoded.text) {
        Some(found) => Decoded { text: Cow::Owned(found.text), legacy: Some(found.encoding.name()), ..decoded },
        None => decoded,
    }
}

/// Decodes a page that is no UTF-8 and has no mark by the encoding that it declares itself (`<meta charset>`).
pub(crate) fn decode_page<'a>(bytes: &'a [u8], decoded: Decoded<'a>) -> Decoded<'a> {
    let guessed = decoded.legacy.is_some_and(|name| Encoding::for_label(name.as_bytes()).is_some());
    if !guessed && decoded.replaced == 0 {
        return decoded;
    }
    let head = bytes.get(..4096).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let Some((_, after)) = head.split_once("charset=") else { return decoded };
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(label.len());
    match Encoding::for_label(label.get(..end).unwrap_or_default().as_bytes()) {
        Some(encoding) if encoding != UTF_8 => repaired(with(encoding, bytes)),
        _ => decoded,
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    let replaced = if lossy { text.chars().filter(|c| *c == '\u{FFFD}').count() } else { 0 };
    let unicode = [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding);
    Decoded { text, legacy: (!unicode).then(|| encoding.name()), replaced }
}

/// Whether UTF-32 is big-endian, and the length of its mark, whose beginning is the mark of UTF-16LE. Without one it is told
/// by its units, none of which is beyond Unicode: the highest byte is zero, and the next nearly always.
fn utf32_order(bytes: &[u8]) -> Option<(bool, usize)> {
    if !bytes.len().is_multiple_of(4) {
        return None;
    }
    match bytes.get(..4)? {
        [0xFF, 0xFE, 0, 0] => return Some((false, 4)),
        [0, 0, 0xFE, 0xFF] => return Some((true, 4)),
        _ => {}
    }
    let sample = bytes.get(..SAMPLE.min(bytes.len())).unwrap_or(bytes);
    let fits = |high: usize, plane: usize, low: usize| {
        let byte = |unit: &[u8], at: usize| unit.get(at).copied().unwrap_or(0);
        sample.len() >= 8
            && sample.chunks_exact(4).all(|unit| {
                byte(unit, high) == 0 && byte(unit, plane) <= 1 && (byte(unit, low) | byte(unit, low ^ 1)) != 0
            })
    };
    if fits(3, 2, 0) { Some((false, 0)) } else { fits(0, 1, 3).then_some((true, 0)) }
}

fn utf32(bytes: &[u8], big_endian: bool) -> Decoded<'static> {
    let mut replaced = 0;
    let text = bytes.chunks_exact(4).map(|unit| {
        let unit = <[u8; 4]>::try_from(unit).unwrap_or_default();
        let code = if big_endian { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
        char::from_u32(code).unwrap_or_else(|| {
            replaced += 1;
            '\u{FFFD}'
        })
    });
    let text: String = text.collect();
    Decoded { text: Cow::Owned(text), legacy: None, replaced }
}

/// UTF-16 without a mark: its spaces, digits and line ends have a zero byte on one side, always the same.
fn utf16_order(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE.min(bytes.len() & !1))?;
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = sample.len() / 2 / 5;
    match (even, odd) {
        _ if odd > enough && even * 50 < odd => Some(UTF_16LE),
        _ if even > enough && odd * 50 < even => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether the bytes are UTF-8 with a few faults (a cut file, a stray byte) and not another encoding: many letters beyond
/// ASCII decode, few do not.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 10
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..SAMPLE).unwrap_or(bytes), true);
    detector.guess(Some(b"vn"), Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ủy ban nhân dân xã Đồng Tâm, ngày 02 tháng 6 năm 2031\n";

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_form_of_unicode_is_read_with_and_without_its_mark() {
        let marked = format!("\u{FEFF}{TEXT}");
        let utf32 =
            |text: &str, order: fn(u32) -> [u8; 4]| text.chars().flat_map(|c| order(c as u32)).collect::<Vec<u8>>();
        for bytes in [
            TEXT.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16(TEXT, u16::to_le_bytes),
            utf16(&marked, u16::to_le_bytes),
            utf16(TEXT, u16::to_be_bytes),
            utf16(&marked, u16::to_be_bytes),
            utf32(TEXT, u32::to_le_bytes),
            utf32(&marked, u32::to_le_bytes),
            utf32(TEXT, u32::to_be_bytes),
            utf32(&marked, u32::to_be_bytes),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_ref(), decoded.legacy, decoded.replaced), (TEXT, None, 0));
        }
    }

    #[test]
    fn stray_bytes_in_utf8_are_replaced_and_counted() {
        let mut bytes = TEXT.repeat(3).into_bytes();
        bytes.insert(10, 0xFF);
        bytes.pop();
        bytes.push(0xE1);
        let decoded = decode(&bytes);
        assert_eq!((decoded.replaced, decoded.legacy), (2, None));
        assert!(decoded.text.contains("tháng 6 năm 2031"));
    }

    #[test]
    fn tcvn3_and_vni_are_read_by_their_tables() {
        // "Kính gửi: các xã, phường; giao Sở Tài chính báo cáo trước ngày" as bytes of TCVN3 and of VNI
        let tcvn3 =
            b"K\xDDnh g\xF6i: c\xB8c x\xB7, ph\xAD\xEAng; giao S\xEB T\xB5i ch\xDDnh b\xB8o c\xB8o tr\xAD\xEDc ng\xB5y";
        let vni = b"K\xEDnh g\xF6\xFBi: ca\xF9c xa\xF5, ph\xF6\xF4\xF8ng; giao S\xF4\xFB Ta\xF8i ch\xEDnh ba\xF9o ca\xF9o tr\xF6\xF4\xF9c nga\xF8y";
        for (bytes, name) in [(&tcvn3[..], "TCVN3 (ABC)"), (&vni[..], "VNI")] {
            let decoded = decode(bytes);
            assert_eq!(decoded.text, "Kính gửi: các xã, phường; giao Sở Tài chính báo cáo trước ngày");
            assert_eq!(decoded.legacy, Some(name));
        }
    }

    #[test]
    fn windows_1258_is_named() {
        // "Các Sở, ban, ngành và địa phương; kết luận của Chủ tịch" with combining tone marks, as the code page has it
        let text = "Ca\u{301}c Sơ\u{309}, ban, ngành và đi\u{323}a phương; kê\u{301}t luâ\u{323}n cu\u{309}a Chu\u{309} ti\u{323}ch. ";
        let (bytes, _, lossy) = encoding_rs::WINDOWS_1258.encode(text);
        assert!(!lossy);
        let bytes = bytes.repeat(5);
        let decoded = decode(&bytes);
        assert_eq!(decoded.legacy, Some("windows-1258"));
        assert!(nhiemvu_text::clean(&decoded.text).contains("kết luận của Chủ tịch"));
    }
}
