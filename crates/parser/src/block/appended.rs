//! What is appended to a document: an annex, a document issued with it, a draft or an agreement with a header of its own.

use nhiemvu_model::Source;
use nhiemvu_text::fold_key;

use super::closing::is_recipients;
use super::doctype;
use crate::layout::lines::{LineKind, LineView};

/// Whether an appended document begins here: an appendix, or a document issued with the decision.
pub(crate) fn is_appended(source: &Source, lines: &[LineView], i: usize) -> bool {
    let line = &lines[i];
    if !line.is_text() {
        return matches!(line.kind, LineKind::Row(_)) && row_is_task_head(line.text(source));
    }
    let text = line.text(source);
    if is_appendix_title(line, text) {
        return true;
    }
    if line.is_motto(source) {
        return appended_title(source, lines, i).is_some();
    }
    let strong = line.caps || matches!(line.kind, LineKind::Heading(_));
    if !strong {
        return false;
    }
    let draft = fold_key(text).strip_prefix("dự thảo ").is_some_and(|rest| doctype::begins(rest).is_some());
    if !draft && doctype::begins(text).is_none() || is_recipients(text) {
        return false;
    }
    // a type's name in capitals opens an appended document where the words `Kèm theo` or `Ban hành` follow in brackets (also at
    // the end of its title), or a header of its own follows
    let follows = || lines[i + 1..].iter().filter(|l| l.is_text()).take(12);
    for (n, next) in follows().enumerate() {
        if draft && next.is_motto(source) {
            return true;
        }
        let text = next.text(source);
        let bracket = text.rfind('(').filter(|_| next.caps || text.starts_with(|c: char| c.is_uppercase()));
        // a line may break inside the words (`(Kèm` / `theo …`)
        let broken = bracket.map(|at| &text[at..]).filter(|words| !words.contains(')'));
        let whole = broken.and_then(|words| Some([words, follows().nth(n + 1)?.text(source)].join(" ")));
        if [Some(text), bracket.map(|at| &text[at..]), whole.as_deref()].into_iter().flatten().any(says_issued_with) {
            return true;
        }
    }
    false
}

/// `(Kèm theo Quyết định số …)`, `(Ban hành kèm theo …)`.
pub(crate) fn says_issued_with(text: &str) -> bool {
    const HEADS: [&str; 5] = ["kèm theo", "ban hành kèm", "ban hành theo", "được ban hành kèm", "đính kèm"];
    let words = text.trim_start_matches(['(', '*', '_', ' ']);
    // a letter of ASCII folds to itself or its small form
    if words.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() && !b"kb".contains(&b.to_ascii_lowercase())) {
        return false;
    }
    let key = fold_key(words);
    HEADS.iter().any(|head| key.starts_with(head))
}

/// The line with the type's name of a document that is appended with a header of its own, whose motto stands in line `i`.
pub(crate) fn appended_title(source: &Source, lines: &[LineView], i: usize) -> Option<usize> {
    const LONGEST: usize = 16;
    let text = |n: &usize| lines[*n].text(source);
    let filled: Vec<usize> = (i + 1..lines.len()).filter(|n| lines[*n].is_text()).take(LONGEST).collect();
    let title = filled.iter().position(|n| {
        lines[*n].caps && doctype::begins(text(n).trim_start_matches(|c: char| !c.is_alphanumeric())).is_some()
    })?;
    // the number or the date of the document stands between
    let dated = filled[..title].iter().any(|n| fold_key(text(n)).contains("ngày") || text(n).starts_with("Số"));
    dated.then_some(filled[title])
}

/// `PHỤ LỤC`, `Phụ lục II`, `BIỂU TỔNG HỢP`, `DANH MỤC` as a title.
pub(crate) fn is_appendix_title(line: &LineView, text: &str) -> bool {
    let title = line.caps || line.bold || matches!(line.kind, LineKind::Heading(_)) || line.chars <= 14;
    // what the format says is a heading may be long (`Phụ lục 1: DANH MỤC NHIỆM VỤ …`)
    let longest = if matches!(line.kind, LineKind::Heading(_)) { 240 } else { 80 };
    if !title || line.chars >= longest {
        return false;
    }
    let words = text.trim_start_matches(['(', '*', '#', ' ']);
    // `phụ lục`, `danh mục`, `bảng`: a letter of ASCII folds to itself or its small form
    if words.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() && !b"pdb".contains(&b.to_ascii_lowercase())) {
        return false;
    }
    let key = fold_key(words);
    (key.starts_with("phụ lục") && !key.contains(" kèm theo"))
        || key.starts_with("danh mục nhiệm vụ") && line.caps
        || key.starts_with("bảng phân công") && line.caps
}

fn row_is_task_head(text: &str) -> bool {
    let key = fold_key(text);
    (key.starts_with("stt") || key.starts_with("tt"))
        && (key.contains("chủ trì") || key.contains("nhiệm vụ") || key.contains("nội dung"))
}
