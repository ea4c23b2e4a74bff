//! Sentences and clauses of an item.

use std::ops::Range;

/// The sentences of `text`, as byte ranges that cover it: a full stop ends one where a capital, a quotation mark or an
/// opening bracket follows, not inside brackets or quotation marks and not behind an abbreviation.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut depth = 0_i32;
    for (at, c) in marks(text) {
        match c {
            '(' | '“' | '«' => depth += 1,
            ')' | '”' | '»' => depth = (depth - 1).max(0),
            '.' | '!' | '?' | '…' if depth == 0 => {
                let end = at + c.len_utf8();
                if ends_sentence(text, at, end) {
                    out.push(start..end);
                    start = end;
                }
            }
            _ => {}
        }
    }
    if start < text.len() && !text[start..].trim().is_empty() {
        out.push(start..text.len());
    }
    out
}

/// The first bytes of the marks that end or hold sentences and clauses.
static MARKS: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"().!?;\xC2\xE2";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// The marks of `text` that may end or hold a sentence or a clause, with their places: nearly all of a text is others.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let marks = text.bytes().enumerate().filter(|(_, byte)| MARKS[usize::from(*byte)]);
    marks.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)))
}

fn ends_sentence(text: &str, at: usize, end: usize) -> bool {
    const ABBREVIATIONS: [&str; 18] =
        ["TP", "Tp", "TX", "TT", "Th", "ThS", "TS", "PGS", "GS", "BS", "Đ/c", "đ/c", "Nxb", "St", "Q", "P", "KT", "TM"];
    let rest = &text[end..];
    let spaces = rest.len() - rest.trim_start().len();
    if spaces == 0 {
        return false;
    }
    let next = rest.trim_start().chars().next();
    let opens = next.is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"' | '('));
    let word = text[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    opens && !ABBREVIATIONS.contains(&word)
}

/// The clauses of a sentence that semicolons part, as byte ranges; not inside brackets.
pub(crate) fn clauses(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = sentence.start;
    let mut depth = 0_i32;
    for (at, c) in marks(&text[sentence.clone()]) {
        let at = sentence.start + at;
        match c {
            '(' | '“' => depth += 1,
            ')' | '”' => depth = (depth - 1).max(0),
            ';' if depth == 0 => {
                out.push(start..at + 1);
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < sentence.end {
        out.push(start..sentence.end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_before_capitals_outside_brackets() {
        let text =
            "Sở A chủ trì lập kế hoạch (theo mẫu. Phụ lục) tại TP. Quy Nhơn. Báo cáo trước ngày 1.5.2026. “Hết”.";
        let found: Vec<&str> = sentences(text).into_iter().map(|r| text[r].trim()).collect();
        assert_eq!(
            found,
            [
                "Sở A chủ trì lập kế hoạch (theo mẫu. Phụ lục) tại TP. Quy Nhơn.",
                "Báo cáo trước ngày 1.5.2026.",
                "“Hết”."
            ]
        );
    }

    #[test]
    fn clauses_part_at_semicolons() {
        let text = "Sở A làm (x; y); Sở B làm.";
        assert_eq!(
            clauses(text, 0..text.len()).into_iter().map(|r| &text[r]).collect::<Vec<_>>(),
            ["Sở A làm (x; y);", " Sở B làm."]
        );
    }
}
