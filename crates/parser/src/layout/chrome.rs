//! What a web page sets behind a document: links, buttons, other news, the portal's own address.

use std::sync::LazyLock;

use nhiemvu_model::Source;
use nhiemvu_text::fold_key;

use super::lines::{LineKind, LineView};

/// The words of `data/site_chrome.tsv`: those that a line of chrome begins with, and those that are all of one, as a
/// document's own item may begin with them (`Chia sẻ dữ liệu …`).
struct Chrome {
    begins: Vec<String>,
    whole: Vec<String>,
}

static CHROME: LazyLock<Chrome> = LazyLock::new(|| {
    let rows = || include_str!("../../data/site_chrome.tsv").lines().skip(1).filter_map(|row| row.split_once('\t'));
    let of = |wanted: &str| rows().filter(|(kind, _)| *kind == wanted).map(|(_, words)| fold_key(words)).collect();
    Chrome { begins: of("begins"), whole: of("whole") }
});

/// How a line is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// By its first words.
    Begins,
    /// By all of its words.
    Whole,
}

/// The first `count` characters folded, without the marks of a list or heading.
fn head_key(text: &str, count: usize) -> String {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    fold_key(text[..end].trim_start_matches(['#', '*', ' ', '[', '-']))
}

/// Whether the line is one of chrome.
fn known(text: &str) -> Option<Known> {
    const LONGEST: usize = 48;
    let key = head_key(text, LONGEST);
    let is_all = |words: &String| {
        key.strip_prefix(words.as_str())
            .is_some_and(|rest| rest.starts_with(']') || rest.trim_end_matches(['*', ':', ' ']).is_empty())
    };
    if CHROME.begins.iter().chain(&CHROME.whole).any(is_all) {
        Some(Known::Whole)
    } else {
        CHROME.begins.iter().any(|words| key.starts_with(words.as_str())).then_some(Known::Begins)
    }
}

/// Marks what a web page sets behind the document.
pub(super) fn mark(source: &Source, lines: &mut [LineView]) {
    let Some(first) = behind_recipients(source, lines).or_else(|| at_end(source, lines)) else { return };
    for line in lines.iter_mut().skip(first).filter(|l| l.kind != LineKind::Blank) {
        line.kind = LineKind::Furniture;
    }
}

/// The first line of chrome after the last closing. A document's own words may look like chrome, so that only lines behind
/// `Nơi nhận` count, and only where two of them are known.
fn behind_recipients(source: &Source, lines: &[LineView]) -> Option<usize> {
    let recipients = (0..lines.len()).rev().find(|i| {
        let text = lines[*i].text(source);
        text.trim_start().starts_with(['n', 'N']) && head_key(text, 12).starts_with("nơi nhận")
    })?;
    let mut behind = (recipients + 1..lines.len()).filter(|i| {
        let text = lines[*i].text(source);
        lines[*i].is_text() && text.len() > 5 && known(text).is_some()
    });
    behind.next().filter(|_| behind.next().is_some())
}

/// The first line of chrome where nothing tells the document's end, as behind an appendix: three known lines or more, close
/// together and near the last line, the first of them known by all of its words; more words stand before them than from
/// there on, and no long line stands among them.
fn at_end(source: &Source, lines: &[LineView]) -> Option<usize> {
    const REACH: usize = 48;
    const APART: usize = 8;
    const LONGEST: usize = 160;
    let filled = lines.iter().enumerate().rev().filter(|(_, line)| line.kind != LineKind::Blank).take(REACH);
    let (mut first, mut count, mut unknown, mut length) = (None, 0, 0, 0);
    for (at, line) in filled {
        if !line.is_text() || line.chars > LONGEST || unknown == APART {
            break;
        }
        length += line.chars;
        unknown += 1;
        if let Some(how) = known(line.text(source)) {
            (count, unknown) = (count + 1, 0);
            if how == Known::Whole && count > 2 {
                first = Some((at, length));
            }
        }
    }
    let (first, length) = first?;
    let before: usize = lines.iter().take(first).map(|line| line.chars).sum();
    (before > length).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lines::view;
    use crate::layout::testing::written;

    const LETTER: &str = "Số: 5/UBND-KT\n\n1. Đội trật tự dọn bờ kênh trước ngày 05 tháng 3 năm 2031, báo cáo kết quả.\n\n\
        2. Công an phường tuần tra ban đêm ở bến đò ngang, chia sẻ số điện thoại của tổ trực cho các hộ ven sông.\n";

    fn kept(text: &str) -> String {
        let source = written(text);
        let mut lines = view(&source);
        mark(&source, &mut lines);
        let kept = lines.iter().filter(|line| line.is_text()).map(|line| line.text(&source));
        kept.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_row_is_known() {
        for row in include_str!("../../data/site_chrome.tsv").lines().skip(1) {
            let (kind, words) = row.split_once('\t').unwrap();
            assert_eq!(known(words), Some(Known::Whole), "{row}");
            assert_eq!(known(&format!("- [{}](/x)", words.to_uppercase())), Some(Known::Whole), "{row}");
            let more = if kind == "begins" { Some(Known::Begins) } else { None };
            let other = known(&format!("{words} dữ liệu"));
            assert!(other == more || other == Some(Known::Begins), "{row}");
        }
    }

    #[test]
    fn chrome_at_the_end_is_set_aside() {
        let chrome =
            "Chia sẻ\nIn trang\nQuay lại\n\nTin liên quan\nHội thi thả diều\nBản quyền thuộc Cổng thông tin.\n";
        assert!(!kept(&format!("{LETTER}\n{chrome}")).contains("Chia sẻ\n"));
        assert_eq!(kept(&format!("{LETTER}\n{chrome}")), kept(LETTER));
        // a menu alone, above a document or without one
        assert_eq!(kept(&format!("{chrome}\n{LETTER}")), kept(&format!("{chrome}{LETTER}")));
        assert!(kept(&format!("{chrome}\n{LETTER}")).starts_with("Chia sẻ"));
        assert!(kept(chrome).starts_with("Chia sẻ"));
        // one line that may be the document's own
        assert!(kept(&format!("{LETTER}\nChia sẻ\n")).ends_with("Chia sẻ"));
    }
}
