//! Documents cited by number, with type, date and issuer where they stand beside it
//! (`Kế hoạch số 07/KH-UBND ngày 03/02/2026 của Ủy ban nhân dân tỉnh`).

use std::cell::OnceCell;
use std::sync::LazyLock;

use nhiemvu_model::{Agency, Mended, Reference, Via};
use nhiemvu_normalizer::{BodyList, Context, Registry};
use nhiemvu_parser::temporal::dates;
use nhiemvu_text::{fold_key, holds_figure};

use crate::bodies::agencies;

/// Types of documents before a number, longest first, with their abbreviations.
static TYPES: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
    // what is no type of a document of its own
    let others = [("văn bản", "CV"), ("luật", "L")].map(|(name, abbreviation)| (name.to_owned(), abbreviation));
    let types = nhiemvu_parser::document_types().map(|(name, abbreviation)| (fold_key(name), abbreviation));
    let mut types: Vec<_> = types.chain(others).collect();
    types.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    types
});

/// The citations in `text`, in order.
pub(crate) fn find(text: &Mended, registry: &Registry, context: &Context) -> Vec<Reference> {
    let words = text.text();
    let mut out: Vec<Reference> = Vec::new();
    if !holds_figure(words) {
        return out;
    }
    // cut into words once, however many citations there are
    let prepared = OnceCell::new();
    let list_at = |at: usize| registry.list_of(prepared.get_or_init(|| registry.prepare(words)), at, context);
    for (start, end) in numbers(words) {
        let number = words[start..end].replace(' ', "");
        let (doc_type, from) = type_before(words, start).unwrap_or((None, start));
        let doc_type = doc_type.or_else(|| type_of_number(&number));
        let (date, until) = date_behind(words, end);
        let issuer = issuer_behind(text, until, &list_at);
        out.push(Reference { doc_type, number: Some(number), date, issuer, span: text.span(from, until) });
    }
    out
}

/// Byte ranges of document numbers: digits, `/` or `-`, a symbol in capitals (`57-NQ/TW`, `268/2025/NĐ-CP`).
fn numbers(words: &str) -> Vec<(usize, usize)> {
    let bytes = words.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(digit) = next_digit(bytes, at) {
        at = digit;
        let fresh = at == 0
            || !(bytes[at - 1].is_ascii_alphanumeric()
                || bytes[at - 1] >= 0x80
                || matches!(bytes[at - 1], b'/' | b'-' | b'.'));
        if !fresh {
            at += 1;
            continue;
        }
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
        match symbol_end(words, at + digits) {
            Some(end) => {
                out.push((at, end));
                at = end;
            }
            None => at += digits.max(1),
        }
    }
    out
}

/// The first figure at or behind byte `at`; stretches without one are passed as a whole.
fn next_digit(bytes: &[u8], at: usize) -> Option<usize> {
    const STRETCH: usize = 64;
    let rest = bytes.get(at..)?;
    let holds = |stretch: &[u8]| stretch.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    let (n, stretch) = rest.chunks(STRETCH).enumerate().find(|(_, stretch)| holds(stretch))?;
    Some(at + n * STRETCH + stretch.iter().position(u8::is_ascii_digit)?)
}

/// Where the number ends whose figures end at `at`; `None` where no symbol follows.
fn symbol_end(words: &str, at: usize) -> Option<usize> {
    let rest = words.get(at..)?;
    let sign = rest.chars().next().filter(|c| matches!(c, '/' | '-' | '–'))?;
    let mut from = at + sign.len_utf8();
    // `57- NQ/TW`, a blank behind the hyphen
    from += words[from..].len() - words[from..].trim_start_matches(' ').len();
    // `268/2025/NĐ-CP`
    let year = words[from..].bytes().take_while(u8::is_ascii_digit).count();
    if year == 4 && words.as_bytes().get(from + 4) == Some(&b'/') {
        from += 5;
    } else if year > 0 {
        return None;
    }
    let symbol: usize = words[from..]
        .char_indices()
        .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '-' | '/' | '&' | '.'))
        .last()
        .map_or(0, |(n, c)| n + c.len_utf8());
    let symbol_text = words[from..from + symbol].trim_end_matches(['.', '-', '/']);
    let capitals = symbol_text.chars().filter(|c| c.is_uppercase()).count();
    let small = symbol_text.chars().filter(|c| c.is_lowercase()).count();
    (capitals >= 2 && capitals > small).then_some(from + symbol_text.len())
}

/// The type that stands before the number (`Quyết định số`), and where it begins.
fn type_before(words: &str, start: usize) -> Option<(Option<String>, usize)> {
    let before = words[..start].trim_end();
    let before = before.strip_suffix("số:").or_else(|| before.strip_suffix("số")).unwrap_or(before).trim_end();
    let tail_start = before.char_indices().rev().nth(28).map_or(0, |(at, _)| at);
    let tail = fold_key(&before[tail_start..]);
    let (name, abbreviation) = TYPES.iter().find(|(name, _)| tail.ends_with(name.as_str()))?;
    let count = name.chars().count();
    let from = before.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
    Some((Some((*abbreviation).to_owned()), from))
}

fn type_of_number(number: &str) -> Option<String> {
    let symbol = number.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '-'));
    let head = symbol.split(['-', '/']).next()?;
    TYPES.iter().find(|(_, abbreviation)| *abbreviation == head).map(|(_, abbreviation)| (*abbreviation).to_owned())
}

/// The body that `của` names right behind the citation.
fn issuer_behind(text: &Mended, at: usize, list_at: &dyn Fn(usize) -> BodyList) -> Option<Agency> {
    let rest = text.text().get(at..)?;
    let words = rest.trim_start_matches([',', ' ']);
    let from = at + rest.len() - words.strip_prefix("của ")?.len();
    let first = list_at(from).mentions.into_iter().next().filter(|m| !m.weak)?;
    agencies(&[first], text, Via::Text).pop()
}

/// The date right behind the number, and where the citation ends.
fn date_behind(words: &str, end: usize) -> (Option<nhiemvu_model::PartialDate>, usize) {
    const NEAR: usize = 40;
    let rest = &words[end..];
    let stop = rest.char_indices().nth(NEAR).map_or(rest.len(), |(at, _)| at);
    let window = &rest[..stop];
    let trimmed = window.trim_start_matches([',', ' ']);
    if !(trimmed.starts_with("ngày") || trimmed.starts_with("Ngày")) {
        return (None, end);
    }
    match dates(window).into_iter().next() {
        Some((span, date)) => (Some(date), end + span.end),
        None => (None, end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nhiemvu_model::Span;

    #[test]
    fn citations_give_type_number_and_date() {
        let text =
            "theo Nghị quyết số 57-NQ/TW ngày 22/12/2024, Nghị định 268/2025/NĐ-CP của Chính phủ và 16/16 nhiệm vụ";
        let found = find(&Mended::of(text, Span::new(0, text.len())), Registry::builtin(), &Context::default());
        let shown: Vec<_> =
            found.iter().map(|r| (r.doc_type.as_deref(), r.number.as_deref(), r.date.map(|d| d.to_string()))).collect();
        assert_eq!(
            shown,
            [(Some("NQ"), Some("57-NQ/TW"), Some("2024-12-22".to_owned())), (Some("NĐ"), Some("268/2025/NĐ-CP"), None)]
        );
        assert_eq!(found[0].span.slice(text), "Nghị quyết số 57-NQ/TW ngày 22/12/2024");
        let issuers: Vec<_> = found.iter().map(|r| r.issuer.as_ref().map(|i| i.name.as_str())).collect();
        assert_eq!(issuers, [None, Some("Chính phủ")]);
    }
}
