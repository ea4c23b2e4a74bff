//! Cue words (từ khóa chỉ vai trò): what in a sentence says who orders, leads, helps, or is reported to.
//!
//! One automaton over the folded text finds all phrases of `data/cues.tsv` at word boundaries, the longest first.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use nhiemvu_text::{Folded, fold_key, is_alphanumeric};

/// What a cue says of the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Cue {
    /// Lays a task on whoever follows (giao, yêu cầu, phân công).
    Order,
    /// Asks whoever follows (đề nghị, kiến nghị).
    Request,
    /// Whoever stands before leads (chủ trì, làm đầu mối).
    Lead,
    /// Whoever stands before must (có trách nhiệm, cần, phải).
    Duty,
    /// An adverb before a predicate (khẩn trương, chủ động).
    Adverb,
    /// Whoever follows helps (phối hợp với).
    Coordinate,
    /// `cùng với`: helps where a predicate follows, and else joins a list.
    With,
    /// Whoever follows receives a report or proposal (báo cáo, trình, tham mưu).
    Report,
    /// Whoever follows passes it on (qua, thông qua).
    Through,
    /// Whoever follows gets a copy (đồng gửi).
    Copy,
    /// Says that something has been done or is under way (đã, đang).
    Done,
}

/// A cue at its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What it says.
    pub cue: Cue,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

struct Table {
    automaton: Option<AhoCorasick>,
    cues: Vec<Cue>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let rows: Vec<(String, Cue)> = include_str!("../data/cues.tsv")
        .lines()
        .skip(1)
        .filter_map(|row| {
            let (phrase, cue) = row.split_once('\t')?;
            Some((nhiemvu_text::fold_key(phrase), cue_of(cue)?))
        })
        .collect();
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::DFA));
    let automaton = builder.build(rows.iter().map(|(phrase, _)| phrase)).ok();
    Table { automaton, cues: rows.into_iter().map(|(_, cue)| cue).collect() }
});

fn cue_of(word: &str) -> Option<Cue> {
    Some(match word {
        "order" => Cue::Order,
        "request" => Cue::Request,
        "lead" => Cue::Lead,
        "duty" => Cue::Duty,
        "adverb" => Cue::Adverb,
        "coordinate" => Cue::Coordinate,
        "with" => Cue::With,
        "report" => Cue::Report,
        "through" => Cue::Through,
        "copy" => Cue::Copy,
        "done" => Cue::Done,
        _ => return None,
    })
}

/// `báo cáo số 12/BC-SYT`, and not `báo cáo số lượng`, `báo cáo số liệu`.
fn is_numbered(after: &str) -> bool {
    let rest = after.trim_start().trim_start_matches("số").trim_start_matches([':', ' ', '.', '…', '/']);
    !rest.starts_with(char::is_alphabetic)
}

/// Syllables before `trình`, `báo cáo`, `giao` and others that make another word of it.
fn is_compound(cue: &str, before: &str, after: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or("");
    let next = after.trim_start().split(|c| !is_alphanumeric(c)).next().unwrap_or("");
    match cue {
        "trình" => {
            matches!(
                word,
                "chương"
                    | "quy"
                    | "qui"
                    | "lộ"
                    | "quá"
                    | "công"
                    | "toàn"
                    | "giáo"
                    | "tiến"
                    | "thuyết"
                    | "hành"
                    | "tờ"
                    | "hải"
                    | "phương"
                    | "tường"
                    | "lịch"
                    | "lập"
                    | "phi"
                    | "trường"
            ) || matches!(next, "độ" | "diễn" | "bày" | "tự" | "báo" | "chiếu" | "duyệt")
        }
        _ if cue.starts_with("giao") => {
            matches!(word, "bàn" | "được" | "ngoại" | "nội" | "tham" | "đã" | "kế" | "xã" | "việc" | "khi")
                || ends_with_task(before)
                || matches!(
                    next,
                    "thông"
                        | "dịch"
                        | "lưu"
                        | "tiếp"
                        | "ban"
                        | "nhận"
                        | "diện"
                        | "thương"
                        | "kế"
                        | "đất"
                        | "vốn"
                        | "thoa"
                        | "trách"
                        | "nộp"
                        | "khoán"
                        | "quyền"
                        | "chỉ"
                )
        }
        "yêu cầu" | "đề nghị" | "kiến nghị" => {
            matches!(next, "của" | "về" | "tại" | "trên" | "theo")
                || matches!(
                    word,
                    "theo" | "những" | "các" | "số" | "một" | "mọi" | "lời" | "văn" | "bản" | "đúng" | "đáp" | "hồ"
                )
        }
        "ủy quyền" | "ủy quyền cho" => matches!(word, "thừa" | "theo" | "được" | "sự"),
        "phân công" => matches!(word, "được" | "theo" | "sự" | "bảng") || matches!(next, "của" | "tại"),
        "báo cáo" => {
            matches!(next, "của" | "tại" | "này" | "tài" | "tháng" | "quý" | "năm" | "định" | "đánh" | "tổng" | "thẩm")
                && !before.ends_with("gửi")
                || next == "số" && is_numbered(after)
                || matches!(word, "nghe" | "theo" | "xét" | "bản" | "các" | "những")
                || before.ends_with("hệ thống thông tin")
        }
        "gửi" => matches!(next, "kèm") || matches!(word, "kính" | "người" | "tiền" | "nơi" | "bưu"),
        "phải" => {
            matches!(next, "thu" | "nộp" | "trả" | "chăng") || matches!(word, "lẽ" | "bên" | "gặp" | "thải" | "hội")
        }
        "cần" => {
            matches!(next, "thiết" | "thơ" | "cù" | "trục" | "giờ")
                || matches!(word, "nhu" | "chuyên" | "ân" | "rất" | "không" | "khi" | "là" | "nội" | "việc" | "điều")
        }
        "qua" => matches!(
            word,
            "vừa" | "thông" | "vượt" | "trải" | "bỏ" | "thời" | "gian" | "năm" | "tháng" | "đi" | "trong" | "hơn"
        ),
        "đề xuất" => matches!(word, "các" | "những" | "báo" | "sở" | "cơ") && matches!(next, "của" | "tại"),
        "sớm" | "tích cực" => matches!(next, "của"),
        "tập trung" => matches!(word, "tin" | "số" | "khu" | "công" | "tung") && !before.ends_with("cần"),
        "đang" => matches!(next, "ký" | "được"),
        _ => false,
    }
}

/// `nhiệm vụ giao …`: the tasks that were given; `Bộ Nội vụ giao …` gives one.
fn ends_with_task(before: &str) -> bool {
    before.ends_with("nhiệm vụ")
}

/// The cues in `text`, in order, at word boundaries; `folded` is the text folded.
pub(crate) fn find(text: &str, folded: &Folded) -> Vec<Hit> {
    let table = &*TABLE;
    let Some(automaton) = &table.automaton else { return Vec::new() };
    let words = folded.text();
    let mut hits = Vec::new();
    for found in automaton.find_iter(words) {
        let (before, after) = (&words[..found.start()], &words[found.end()..]);
        let bounded = !before.ends_with(is_alphanumeric) && !after.starts_with(is_alphanumeric);
        let phrase = &words[found.start()..found.end()];
        let tail = before.char_indices().rev().nth(24).map_or(before, |(at, _)| &before[at..]).trim_end();
        // `Giao Ban Dân tộc`: a name follows, not the second half of a compound
        let name = text[folded.source(found.end())..].trim_start().chars().next().is_some_and(char::is_uppercase);
        let behind = if name && matches!(phrase, "giao" | "báo cáo") { "" } else { after };
        if bounded && !is_compound(phrase, tail, behind) {
            hits.push(Hit {
                cue: table.cues[found.pattern().as_usize()],
                start: folded.source(found.start()),
                end: folded.source(found.end()),
            });
        }
    }
    hits
}

/// Enough of the end of a text for its last two words.
fn last_words(before: &str) -> &str {
    const LETTERS: usize = 12;
    before.char_indices().rev().nth(LETTERS).map_or(before, |(at, _)| &before[at..])
}

/// Whether the verb at byte `at` tells of the past or of somebody else's order (`đã giao`, `được giao`).
pub(crate) fn tells_of_past(text: &str, at: usize) -> bool {
    const BEFORE: [&str; 10] = ["đã", "được", "đang", "từng", "theo", "việc", "do", "về", "những", "các"];
    let before = text.get(..at).unwrap_or("").trim_end();
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | ',')).next().unwrap_or("");
    let task = word == "vụ" && ends_with_task(&fold_key(last_words(before)));
    task || BEFORE.contains(&word) || matches!(word, "Được" | "Đã" | "Theo" | "Về")
}

#[cfg(test)]
mod tests {
    use super::*;
    use nhiemvu_text::fold;

    #[test]
    fn every_cue_of_the_table_is_found_as_itself() {
        for row in include_str!("../data/cues.tsv").lines().skip(1) {
            let (phrase, cue) = row.split_once('\t').unwrap();
            let text = format!("Sở A {phrase} Sở B");
            let found = find(&text, &fold(&text));
            let hit = found.iter().find(|h| text[h.start..h.end] == *phrase);
            assert_eq!(hit.map(|h| h.cue), cue_of(cue), "{phrase}: {found:?}");
        }
    }

    #[test]
    fn bodies_whose_names_end_as_other_words_do_order() {
        for (text, verb) in [
            ("Bộ Nội vụ giao Sở B", "giao"),
            ("Sở Ngoại vụ yêu cầu Sở B", "yêu cầu"),
            ("Cục Quân vụ giao Sở B", "giao"),
        ] {
            let hits = find(text, &fold(text));
            let hit = hits.iter().find(|hit| text[hit.start..hit.end] == *verb).unwrap();
            assert!(!tells_of_past(text, hit.start), "{text}");
        }
        let text = "các nhiệm vụ giao Sở B";
        assert!(find(text, &fold(text)).is_empty() && tells_of_past(text, text.find("giao").unwrap()));
    }

    #[test]
    fn compounds_are_no_cues() {
        for text in [
            "Chương trình hành động",
            "quy trình nội bộ",
            "tiến độ giải trình",
            "giao thông",
            "theo đề nghị của Sở",
            "bàn giao hồ sơ",
            "bàn giao cho Sở Xây dựng",
            "chỉ tiêu được giao cho Sở Xây dựng",
        ] {
            let found: Vec<_> = find(text, &fold(text))
                .into_iter()
                .filter(|h| matches!(h.cue, Cue::Report | Cue::Order | Cue::Request))
                .collect();
            assert!(found.is_empty() || text.contains("giải trình"), "{text}: {found:?}");
        }
    }
}
