//! Brackets that say who does what stands before them, as work programmes write (`Lập dự toán (Phòng A chủ trì, Phòng B
//! phối hợp)`, `Trình duyệt kế hoạch (Phòng A; hoàn thành trước 15/8)`).

use std::ops::Range;
use std::sync::LazyLock;

use nhiemvu_model::AgencyKind;
use nhiemvu_parser::temporal::{self, Setting};
use nhiemvu_text::fold_key;

use crate::roles::{Analysis, Subject, bracket_role};

/// Labels before the bodies inside a bracket (`data/bracket_labels.tsv`), the longer of two first.
static LABELS: LazyLock<Vec<String>> = LazyLock::new(|| {
    include_str!("../../data/bracket_labels.tsv").lines().skip(1).map(|label| format!("{label} ")).collect()
});

/// Where it is said who leads what a block without a name of its own orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Nowhere.
    No,
    /// By whom the document is written to, so that a bracket at the block's end says more.
    Addressed,
    /// In a heading or an opening.
    Above,
}

/// The bodies that a bracket inside `range` names as those who act or help; empty where none does. Where it is
/// `told` who leads, names alone tell nothing.
pub(super) fn bracketed(analysis: &Analysis<'_>, range: &Range<usize>, told: Told) -> Vec<Subject> {
    let Some(words) = analysis.text.get(range.clone()) else { return Vec::new() };
    for (open, _) in words.match_indices('(') {
        let open = range.start + open;
        let Some(close) = analysis.text[open..range.end].find(')').map(|n| open + n) else { break };
        if follows_body(analysis, open) && !lists_others(analysis, open, close, range.end) {
            continue;
        }
        let last = || analysis.text[close + 1..range.end].trim_matches(['.', ';', ' ']).is_empty();
        let told = told == Told::Above || told == Told::Addressed && !last();
        let found = inside(analysis, open + 1, close, told);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The entries of a bracket: what stands between its commas, semicolons and spaced dashes.
pub(super) fn entries(inside: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    let marks = [", ", "; ", " - ", " – "].iter().flat_map(|mark| inside.match_indices(mark));
    let mut marks: Vec<(usize, usize)> = marks.map(|(at, mark)| (at, at + mark.len())).collect();
    marks.sort_unstable();
    for (end, next) in marks.into_iter().chain([(inside.len(), inside.len())]) {
        if end >= from {
            out.push(from..end);
            from = next;
        }
    }
    out
}

/// Whether an entry of a bracket is a time and nothing else (`quý IV/2026`).
pub(super) fn is_time(entry: &str) -> bool {
    let found = temporal::find(entry, Setting::Field);
    matches!(&found[..], [time] if time.span.start == 0 && time.span.end == entry.len())
}

/// Whether the bracket belongs to a body right before it (`Cục A (Bộ B)`).
fn follows_body(analysis: &Analysis<'_>, open: usize) -> bool {
    let before = analysis.text[..open].trim_end().len();
    analysis.mention_ending(before).is_some_and(|m| m.end == before)
}

/// `… gửi về Sở A (UBND các xã B, C).`: whether a bracket at the end names several bodies, who are none that stands before it.
fn lists_others(analysis: &Analysis<'_>, open: usize, close: usize, end: usize) -> bool {
    let last = analysis.text[close + 1..end].trim_matches(['.', ';', ' ']).is_empty();
    let before = analysis.mention_ending(analysis.text[..open].trim_end().len());
    let one = before.is_some_and(|m| m.agency.kind != AgencyKind::Group);
    let (bodies, past) = analysis.list_at(open + 1);
    let named = bodies.len() > 1 && bodies.iter().all(|m| !m.weak && m.agency.kind != AgencyKind::Group);
    last && one && named && past == close
}

fn inside(analysis: &Analysis<'_>, start: usize, close: usize, told: bool) -> Vec<Subject> {
    let words = &analysis.text[start..close];
    let head = crate::judge::head(words, 24);
    let label = LABELS.iter().find(|label| head.starts_with(label.as_str()));
    let skip = label.map_or(0, |l| words.char_indices().nth(l.chars().count()).map_or(words.len(), |(at, _)| at));
    let mut found: Vec<Subject> = Vec::new();
    let mut at = start + skip;
    // `(quý IV/2026; Sở A)`
    if let [first, second, ..] = &entries(words)[..]
        && skip == 0
        && is_time(&words[first.clone()])
    {
        at = start + second.start;
    }
    while at < close {
        let (bodies, end) = analysis.list_at(at);
        if bodies.is_empty() || end > close {
            break;
        }
        let rest = analysis.text[end..close].trim_start();
        // `(Sở A: chủ trì; Sở B: phối hợp)`
        let said = rest.trim_start_matches([':', '-', '–', ' ']);
        let told_role = bracket_role(said.split([',', ';']).next().unwrap_or("")).is_some();
        let rest = if told_role { said } else { rest };
        let key = fold_key(rest);
        // a common noun is one of those who act only where a word says so
        let named = bodies.iter().any(|m| !m.weak);
        if !named
            && !["chủ trì", "thực hiện", "phối hợp", "phụ trách"]
                .iter()
                .any(|w| key == *w || key.starts_with(&format!("{w},")))
        {
            break;
        }
        let helps = key.starts_with("phối hợp") && !key.starts_with("phối hợp với");
        let duty =
            ["chủ trì", "tham mưu", "làm đầu mối", "làm cơ quan", "phụ trách", "phối hợp với", "lãnh đạo", "chỉ đạo"]
                .iter()
                .any(|w| key.starts_with(w));
        // `(Phòng A cùng Tổ B làm, chậm nhất …)`
        let beside = key.strip_prefix("cùng ").map(|_| analysis.list_at(end + " cùng ".len()).1);
        let rest = beside.and_then(|past| analysis.text.get(past..close)).map_or(rest, str::trim_start);
        let does = |word: &str| rest.strip_prefix(word).is_some_and(|more| !more.starts_with(char::is_alphabetic));
        let acts = duty
            || ["làm", "thực hiện", "đảm nhiệm"].into_iter().any(does)
            || key.starts_with("thực hiện")
            || !told && label.is_some() && crate::verbs::begins(rest);
        let alone = !told && (rest.is_empty() || rest.starts_with([',', ';', '.', '-', '–']));
        if !(helps || acts || alone) {
            break;
        }
        let start = bodies.first().map_or(at, |m| m.start);
        found.push(Subject { start, end, bodies, request: false, by_verb: false, helps });
        // the next body stands behind the next comma or semicolon
        let Some(mark) = analysis.text[end..close].find([',', ';']) else { break };
        at = end + mark + 1;
    }
    if found.iter().all(|s| s.helps) { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use nhiemvu_normalizer::{Context, Registry};

    use super::*;

    fn roles(text: &str) -> Vec<(String, bool)> {
        let registry = Registry::builtin();
        let context = Context::default();
        let analysis = Analysis::new(text, registry, &context);
        let found = bracketed(&analysis, &(0..text.len()), Told::No);
        found.iter().flat_map(|s| s.bodies.iter().map(|b| (b.agency.name.clone(), s.helps))).collect()
    }

    #[test]
    fn brackets_say_who_does_it() {
        let pair = |name: &str, helps| (name.to_owned(), helps);
        assert_eq!(roles("Duyệt lịch gieo trồng (Sở Nội vụ)."), [pair("Sở Nội vụ", false)]);
        assert_eq!(
            roles("Mở hội hoa xuân (Sở Nội vụ chủ trì, Sở Y tế phối hợp)"),
            [pair("Sở Nội vụ", false), pair("Sở Y tế", true)]
        );
        assert_eq!(
            roles("Lập dự toán (giao Sở Tài chính; Sở Y tế), trình duyệt"),
            [pair("Sở Tài chính", false), pair("Sở Y tế", false)]
        );
        for text in
            ["Gửi Cục Thuế (Bộ Tài chính) hồ sơ", "Nộp hồ sơ (qua Sở Nội vụ)", "Trồng cây (mẫu của Sở Y tế kèm theo)"]
        {
            assert_eq!(roles(text), [], "{text}");
        }
    }
}
