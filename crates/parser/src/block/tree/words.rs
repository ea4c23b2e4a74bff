//! What the words of a paragraph are by themselves: marker, title, legal basis, run-in heading.

use nhiemvu_model::{Mended, NodeKind};
use nhiemvu_text::fold_key;

use crate::block::fields;
use crate::block::marker::{self, Class, Marker};
use crate::layout::reflow::Paragraph;

/// The marker that counts and the words behind it: of `* (1) …` and `* **a) …` the inner one.
pub(super) fn own_marker(paragraph: &Paragraph) -> (Option<Marker>, Mended) {
    let Some(outer) = paragraph.marker else { return (None, unbracketed(trim(&paragraph.text, 0))) };
    let words = trim(&paragraph.text, outer.len);
    if outer.class.is_bullet()
        && let Some(inner) = marker::read(words.text())
            .filter(|m| !m.class.is_bullet() && !matches!(m.class, Class::Decimal(_) if m.number > 60))
            // `- Phần I: Thống kê …` names a part of something, and opens none
            .filter(|m| !(outer.class == Class::Dash && m.class <= Class::Section))
    {
        return (Some(inner), trim(&words, inner.len));
    }
    (Some(outer), words)
}

/// Field lines that stand in brackets under their item (`(Đơn vị chủ trì: …; thời gian: …).`) without the brackets.
fn unbracketed(words: Mended) -> Mended {
    let text = words.text();
    let Some(inner) = text.strip_prefix('(') else { return words };
    let Some(inner) = inner.trim_end_matches(['.', ';']).strip_suffix(')') else { return words };
    let inside = words.slice(1, 1 + inner.len());
    if fields::read(&inside).is_some_and(|field| fields::is_main(field.role)) { inside } else { words }
}

pub(super) fn strip(paragraph: &Paragraph) -> Mended {
    own_marker(paragraph).1
}

pub(super) fn trim(text: &Mended, from: usize) -> Mended {
    let words = text.text().get(from..).unwrap_or("");
    let start = from + words.len() - words.trim_start().len();
    text.slice(start, start + words.trim().len())
}

pub(super) fn marker_text(paragraph: &Paragraph, marker: Marker, text: &str) -> String {
    match paragraph.marker {
        Some(outer) if outer != marker => {
            let inner = text.get(outer.len..).unwrap_or("").trim_start();
            inner.get(..marker.len).unwrap_or("").to_owned()
        }
        _ => text.get(..marker.len).unwrap_or("").to_owned(),
    }
}

/// Whether an unmarked paragraph is a heading: by the format's word, or in capitals and short.
pub(super) fn is_title(paragraph: &Paragraph, text: &str) -> bool {
    const LONGEST: usize = 200;
    let short = text.chars().count() <= LONGEST;
    let sentence = text.trim_end().ends_with(['.', ';']) && text.chars().count() > 60;
    short && !sentence && (paragraph.heading.is_some() || (paragraph.caps && text.chars().count() > 3))
}

/// `Căn cứ Luật …;`: a line of the legal basis wherever it stands, as a copy with a title above it has it.
pub(super) fn cites(text: &str) -> bool {
    const KINDS: [&str; 9] =
        ["luật", "bộ luật", "nghị định", "nghị quyết", "quyết định", "chỉ thị", "thông tư", "pháp lệnh", "hiến pháp"];
    let key = fold_key(text.get(..text.char_indices().nth(30).map_or(text.len(), |(at, _)| at)).unwrap_or(""));
    let cited = key.strip_prefix("căn cứ ").is_some_and(|rest| KINDS.iter().any(|kind| rest.starts_with(kind)));
    cited && text.trim_end().ends_with(';')
}

/// A line of the legal basis (căn cứ ban hành).
pub(super) fn is_basis(text: &str) -> bool {
    let key = fold_key(text.get(..text.char_indices().nth(30).map_or(text.len(), |(at, _)| at)).unwrap_or(""));
    let head = ["căn cứ", "theo đề nghị", "xét đề nghị", "xét tờ trình", "trên cơ sở kết quả"]
        .iter()
        .any(|head| key.starts_with(head));
    head && text.trim_end().ends_with([';', '.', ',']) | !text.contains(". ")
}

pub(super) fn kind_of(paragraph: &Paragraph, marker: Marker, text: &str) -> NodeKind {
    match marker.class {
        Class::Article => NodeKind::Article,
        Class::Part | Class::Chapter | Class::Section => NodeKind::Heading,
        _ if paragraph.heading.is_some() && text.chars().count() < 240
            || paragraph.caps && !marker.class.is_bullet() && text.chars().count() > 3 =>
        {
            NodeKind::Heading
        }
        _ => NodeKind::Item,
    }
}

/// Length of the run-in heading: words before the first colon, if they are few and no sentence.
pub(super) fn run_in_len(text: &str) -> usize {
    const LONGEST: usize = 220;
    let Some(colon) = text.find(':').filter(|at| *at <= LONGEST) else { return 0 };
    let head = &text[..colon];
    // `… gửi về Sở A (UBND các xã: B, C)`
    let bracketed = head.rfind('(').is_some_and(|open| !head[open..].contains(')'));
    let sentence = bracketed
        || head.contains(". ")
        || head.ends_with("http")
        || head.ends_with("https")
        || head.ends_with(|c: char| c.is_ascii_digit()) && text[colon + 1..].starts_with(|c: char| c.is_ascii_digit());
    if sentence { 0 } else { colon }
}
