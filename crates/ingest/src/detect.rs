//! What format a file is of, told by its content.

use nhiemvu_model::Format;

use crate::members::mail;
use crate::{decode, markdown};

/// How far into the file a signature or a tag is looked for.
const HEAD: usize = 4 << 10;

/// The format of `bytes`, by content alone; `None` where it is of no known format.
///
/// Text counts as Markdown where it holds Markdown's own marks (`**bold**`, `## heading`, pipe tables).
///
/// ```
/// use nhiemvu_ingest::{Format, detect};
/// assert_eq!(detect(b"%PDF-1.7\n"), Some(Format::Pdf));
/// assert_eq!(detect("## Kế hoạch".as_bytes()), Some(Format::Markdown));
/// assert_eq!(detect(b"\x00\x01\x02\x03"), None);
/// ```
pub fn detect(bytes: &[u8]) -> Option<Format> {
    if let Some(format) = by_signature(bytes) {
        return Some(format);
    }
    if bytes.is_empty() || is_binary(bytes) {
        return None;
    }
    let decoded = decode::decode(bytes);
    if is_html(&decoded.text) || (mail::is_mail(bytes) && mail::is_page(bytes)) {
        return Some(Format::Html);
    }
    Some(if markdown::is_markdown(&decoded.text) { Format::Markdown } else { Format::Text })
}

/// Whether `bytes` are plain text or Markdown beyond doubt, which no library has to take apart; a `false` says nothing.
///
/// ```
/// use nhiemvu_ingest::is_plain;
/// assert!(is_plain("Kế hoạch".as_bytes()));
/// assert!(!is_plain(b"<p>Ke hoach") && !is_plain(b"%PDF-1.7\n"));
/// ```
pub fn is_plain(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let starts = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let is_marked = starts.starts_with(b"<") || head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    !is_marked && by_signature(bytes).is_none() && !is_binary(bytes) && !mail::is_mail(bytes)
}

/// Formats that are not text, and RTF, by their first bytes.
pub(crate) fn by_signature(bytes: &[u8]) -> Option<Format> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // the PDF specification's own readers take a header anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1)
    if contains(head.get(..1024).unwrap_or(head), b"%PDF-") {
        return Some(Format::Pdf);
    }
    match head {
        [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => archive(bytes, head),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Some(Format::Doc),
        _ if head.trim_ascii_start().starts_with(b"{\\rtf") => Some(Format::Rtf),
        _ => is_image(head).then_some(Format::Image),
    }
}

/// Which document an archive is: `OpenDocument` names its type in the first member, Office Open XML has its main part
/// named somewhere in the list of members at the end.
fn archive(bytes: &[u8], head: &[u8]) -> Option<Format> {
    if contains(head, b"mimetypeapplication/vnd.oasis.opendocument.text") {
        return Some(Format::Odt);
    }
    let tail = bytes.get(bytes.len().saturating_sub(256 << 10)..).unwrap_or(bytes);
    [head, tail].iter().any(|part| contains(part, b"word/document")).then_some(Format::Docx)
}

/// Whether a compound file is an Office document behind a password (MS-OFFCRYPTO 1.3.2): it has a stream of this name.
pub(crate) fn is_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    contains(bytes, &name)
}

fn is_image(head: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 6] = [b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"II*\0", b"MM\0*", b"GIF8", b"BM"];
    let is_webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    // a bitmap's two letters could begin a text: its reserved bytes must be zero as well
    let fits = |s: &&[u8]| head.starts_with(s) && (s.len() > 2 || head.get(6..10) == Some(&[0; 4]));
    is_webp || SIGNATURES.iter().any(fits)
}

/// Whether the bytes are no text: zero bytes that no form of Unicode explains, or mostly control characters.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // nearly every text is UTF-8 without a control character
    // no encoding makes a control character of other bytes; looked through to the end without a branch, so that the compiler
    // makes vector code of it
    if !head.iter().fold(false, |found, byte| found | is_strange(*byte)) {
        return false;
    }
    let decoded = decode::decode(head);
    let strange = |c: char| u8::try_from(c).is_ok_and(is_strange);
    let (all, bad) = decoded.text.chars().fold((0, 0), |(all, bad), c| (all + 1, bad + usize::from(strange(c))));
    (bad * 20 > all || (decoded.text.contains('\0') && bad * 200 > all)) && !is_page_with_gaps(bytes)
}

/// Whether a page has lost stretches of itself: zeros stand where a disk or a transfer has failed.
fn is_page_with_gaps(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes).trim_ascii_start();
    let opens = |tag: &[u8]| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    (opens(b"<!doctype html") || opens(b"<html")) && head.iter().all(|byte| *byte == 0 || !is_strange(*byte))
}

/// Whether the byte is a control character that text does not hold.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep the compiler from making vector code")]
fn is_strange(byte: u8) -> bool {
    (byte < 0x20) & (byte.wrapping_sub(9) > 4) & (byte != 0x1B)
}

/// Whether the text opens as HTML: after white space and comments, a tag that only a page or a piece of one begins with.
pub(crate) fn is_html(text: &str) -> bool {
    const OPENERS: [&str; 37] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "meta",
        "title",
        "table",
        "div",
        "p",
        "span",
        "font",
        "center",
        "style",
        "script",
        "link",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "section",
        "article",
        "main",
        "header",
        "nav",
        "aside",
        "blockquote",
        "thead",
        "tbody",
        "tr",
        "td",
        "form",
    ];
    // tags that stand at the head of Markdown too: a piece of a page closes its paragraphs
    const INLINE: [&str; 9] = ["strong", "b", "em", "i", "u", "a", "br", "hr", "img"];
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    while let Some(after) = rest.strip_prefix("<!--").or_else(|| rest.strip_prefix("<?")) {
        let Some(end) = after.find('>') else { return false };
        rest = after.get(end + 1..).unwrap_or_default().trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let tag: String = tag.chars().take(16).collect::<String>().to_ascii_lowercase();
    let opens = |names: &[&str]| {
        names.iter().any(|name| {
            tag.strip_prefix(name)
                .is_some_and(|after| after.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace()))
        })
    };
    opens(&OPENERS) || opens(&INLINE) && text.match_indices("</p>").nth(1).is_some()
}

pub(crate) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(haystack, needle).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        for (bytes, want) in [
            (b"%PDF-1.4".as_slice(), Some(Format::Pdf)),
            (b"junk\n%PDF-1.4", Some(Format::Pdf)),
            (b"PK\x03\x04....word/document.xml", Some(Format::Docx)),
            (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", Some(Format::Odt)),
            (b"PK\x03\x04....xl/workbook.xml", None),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Some(Format::Doc)),
            (b"{\\rtf1\\ansi", Some(Format::Rtf)),
            (b"\x89PNG\r\n\x1a\n", Some(Format::Image)),
            (b"BM la ten xa", Some(Format::Text)),
            (b"\xEF\xBB\xBF<!-- saved --><HTML>", Some(Format::Html)),
            (b"<?xml version='1.0'?>\n<!DOCTYPE html>", Some(Format::Html)),
            (b"<!DOCTYPE html><p>Noi\0\0\0\0\0\0dung", Some(Format::Html)),
            (b"<!DOCTYPE html><p>\x01\x02\x03\0\0\0", None),
            (b"  <h3>2. VIEC</h3>\n<p>a) Dong thuyen</p>", Some(Format::Html)),
            (b"<strong>Viec</strong><p>a</p>\n<p>b</p>", Some(Format::Html)),
            (b"<b>Viec</b>\n\n## Dong thuyen", Some(Format::Markdown)),
            (b"<Noi dung> = hai van ban", Some(Format::Text)),
            (b"**Dieu 1.** Pham vi", Some(Format::Markdown)),
            (b"\x00\x01\x02\x03\x04\x05", None),
            (b"", None),
        ] {
            assert_eq!(detect(bytes), want, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
