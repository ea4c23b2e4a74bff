//! What the note of an enclosed document tells of the one that it came with (`(Ban hành kèm theo Quyết định số 773/QĐ-TTg ngày
//! 26 tháng 6 năm 2018 của Thủ tướng Chính phủ)`): copies without a header have its number, date and issuing body there alone.

use nhiemvu_model::{Header, Source};
use nhiemvu_text::fold_key;

use super::date::parse_date;
use super::number::number_line;
use crate::block::{appended, doctype};
use crate::layout::lines::LineView;

/// Lines that are searched for the note, and the most that it takes.
const SEARCHED: usize = 200;
const LONGEST: usize = 4;

/// Fills what the header lacks from the first such note; a number of its own leaves nothing to be filled.
pub(super) fn fill(source: &Source, lines: &[LineView], header: &mut Header) {
    if header.number.is_some() || !header.addressees.is_empty() {
        return;
    }
    let filled: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].is_text()).take(SEARCHED).collect();
    // a line of prose may go on with the same words
    let begins = |text: &str| text.starts_with(|c: char| !c.is_lowercase()) && appended::says_issued_with(text);
    let Some(first) = filled.iter().position(|i| begins(lines[*i].text(source))) else { return };
    let note = &filled[first..filled.len().min(first + LONGEST)];
    let closed = note.iter().position(|i| lines[*i].text(source).contains(')')).map_or(1, |at| at + 1);
    let mended = crate::layout::reflow::mend(source, lines, &note[..closed], &[]);
    let text = mended.text();
    // the document that came with another of its own kind has a number of its own, left blank
    let Some((before, after)) = text.split_once(" số ").or_else(|| text.split_once(" số: ")) else { return };
    let named = doctype::ends(before);
    let Some(number) = number_line(&format!("Số {after}")) else { return };
    if named.is_none_or(|t| number.symbol.as_deref().and_then(doctype::of_symbol).is_none_or(|s| s.key != t.key)) {
        return;
    }
    header.number = Some(number);
    if header.date.is_none()
        && let Some((words, _)) = after.split_once(" của ")
    {
        header.date = parse_date(words).flatten();
    }
    let body = text.find(" của ").map(|at| at + " của ".len());
    if let (None, Some(start)) = (&header.issuer, body) {
        let len = text[start..].find([')', ';']).unwrap_or(text.len() - start);
        header.issuer = Some(mended.slice(start, start + len));
    }
}

/// The type and the office that decides, in a copy that begins below the header: `QUYẾT ĐỊNH:` over the first article, the office
/// in capitals over its legal basis.
pub(super) fn below_basis(source: &Source, lines: &[LineView], header: &mut Header) {
    let filled: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].is_text()).take(super::LONGEST).collect();
    let text = |n: usize| filled.get(n).map_or("", |i| lines[*i].text(source));
    let Some(title) = (0..filled.len()).find(|n| lines[filled[*n]].caps && text(*n).ends_with(':')) else { return };
    let basis = (1..title).find(|n| fold_key(text(*n)).starts_with("căn cứ "));
    let (Some(found), Some(basis)) = (doctype::title(text(title)), basis) else { return };
    header.type_name = Some(found.name.to_owned());
    header.doc_type = (!found.abbreviation.is_empty()).then(|| found.abbreviation.to_owned());
    let office = filled[basis - 1];
    if header.issuer.is_none() && lines[office].caps && super::issuer::is_issuer_line(lines[office].text(source)) {
        header.issuer = Some(crate::layout::reflow::mend(source, lines, &[office], &[]));
    }
}
