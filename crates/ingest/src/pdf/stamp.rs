//! What a digital signature shows on the page: who signed, when, and, from the registry's own signature, the number
//! and the day that the draft left blank.

use super::item::{Item, LineItem};
use super::lines::{self, Piece};
use super::page::{Glyph, PageContent};

/// The longest number or day that a registry fills in.
const LONGEST_ENTRY: usize = 8;
/// How far, in parts of the font size, the blank line may stand from what fills it.
const ROOM: f32 = 5.0;
/// Lines that a stamp without a frame may have.
const LONGEST_STAMP: usize = 8;

/// Parts the glyphs of signatures from those of the document; numbers that fill a blank of a line go with the document.
pub(super) fn part(page: &PageContent) -> (Vec<Piece>, Vec<Glyph>) {
    let (stamp, mut body): (Vec<Glyph>, Vec<Glyph>) = page.glyphs.iter().partition(|glyph| glyph.marks.signature);
    if stamp.is_empty() {
        return (Vec::new(), body);
    }
    let hosts = lines::pieces(page, body.clone());
    let mut rest = Vec::new();
    for piece in lines::pieces(page, stamp) {
        match fills_blank(page, &piece, &hosts) {
            Some(baseline) => {
                // set on the line itself, whose base line a clerk rarely hits, in place of the blanks left for it
                body.retain(|glyph| !(glyph.marks.space && covers(&piece, glyph, baseline)));
                body.extend(set_on_line(page, &piece, baseline, &body));
            }
            None => rest.push(piece),
        }
    }
    (rest, body)
}

/// The glyphs of an entry on its line: a blank before it, none before the stroke after it (`Số: 12/TB-SYT`).
fn set_on_line(page: &PageContent, piece: &Piece, baseline: f32, body: &[Glyph]) -> Vec<Glyph> {
    let mut set: Vec<Glyph> = piece.glyphs.iter().map(|glyph| Glyph { baseline, ..*glyph }).collect();
    let stroke = body.iter().filter(|glyph| {
        (glyph.baseline - baseline).abs() <= 0.1 * piece.size
            && glyph.left > piece.right - 1.0
            && page.chars(glyph) == "/"
    });
    let next = stroke.map(|glyph| glyph.left).min_by(f32::total_cmp);
    if let (Some(last), Some(next)) = (set.last_mut(), next.filter(|next| *next < piece.right + ROOM * piece.size)) {
        last.right = last.right.max(next);
    }
    if let Some(first) = set.first().copied() {
        let marks = super::page::Marks { space: true, ..first.marks };
        set.insert(0, Glyph { left: first.left - 0.2, right: first.left - 0.1, marks, ..first });
    }
    set
}

/// Whether a blank of the document lies under a piece that is set on `baseline`.
fn covers(piece: &Piece, blank: &Glyph, baseline: f32) -> bool {
    let middle = f32::midpoint(blank.left, blank.right);
    (blank.baseline - baseline).abs() <= 0.1 * piece.size && piece.left < middle && middle < piece.right
}

/// The base line of the line in whose blank a piece stands.
fn fills_blank(page: &PageContent, piece: &Piece, hosts: &[Piece]) -> Option<f32> {
    let text: String = lines::runs(page, piece).into_iter().map(|run| run.text).collect();
    let entry = text.chars().count() <= LONGEST_ENTRY
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-'));
    if !entry {
        return None;
    }
    let near = hosts.iter().filter(|host| {
        let beside = piece.left < host.right + ROOM * host.size && piece.right > host.left - ROOM * host.size;
        beside && (host.baseline - piece.baseline).abs() <= 0.6 * host.size
    });
    near.map(|host| host.baseline).min_by(|a, b| (a - piece.baseline).abs().total_cmp(&(b - piece.baseline).abs()))
}

/// Marks the lines of stamps that stand in the page's own text, as where a signed file was printed to a file again.
pub(super) fn mark(items: &mut [Item]) {
    let mut at = 0;
    while at < items.len() {
        let length = stamp_length(items.get(at..).unwrap_or(&[]));
        for item in items.iter_mut().skip(at).take(length) {
            if let Item::Line(line) = item {
                line.stamp = true;
            }
        }
        at += length.max(1);
    }
}

/// How many of the first items are a stamp: from its first line to the last that is surely one of it.
fn stamp_length(items: &[Item]) -> usize {
    let Some(Item::Line(first)) = items.first() else { return 0 };
    if !begins_stamp(&first.text()) {
        return 0;
    }
    let mut length = 1;
    for (at, item) in items.iter().enumerate().take(LONGEST_STAMP).skip(1) {
        let Item::Line(line) = item else { break };
        let in_place = line.place.left < first.place.right && line.place.right > first.place.left;
        if !in_place || line.place.size > first.place.size + 0.6 {
            break;
        }
        if belongs_to_stamp(line) {
            length = at + 1;
        }
    }
    length
}

fn begins_stamp(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    [
        "người ký:",
        "ký bởi",
        "được ký bởi",
        "signature not verified",
        "signature valid",
        "digitally signed",
        "signed by",
        "thời gian ký:",
    ]
    .iter()
    .any(|words| text.starts_with(words))
}

fn belongs_to_stamp(line: &LineItem) -> bool {
    let text = line.text().trim().to_lowercase();
    begins_stamp(&text)
        || [
            "email:",
            "cơ quan:",
            "đơn vị:",
            "tổ chức:",
            "chức vụ:",
            "ngày ký:",
            "lý do:",
            "reason:",
            "date:",
            "location:",
        ]
        .iter()
        .any(|words| text.starts_with(words))
        || text.contains("+07:00")
        || (text.contains('@') && !text.contains(' '))
}
