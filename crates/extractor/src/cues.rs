//! Cue words (từ khóa chỉ vai trò): what in a sentence says who orders, leads, helps, or is reported to.
//!
//! One automaton over the folded text finds all phrases of `data/cues.tsv` at word boundaries, the longest first.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use nhiemvu_text::{FastMap, Folded, fold_key, is_alphanumeric};

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

/// The syllables of `data/cue_compounds.tsv`, `before` a cue and `behind` it, that make another word of it (`chương trình`, `báo
/// cáo tháng`).
static COMPOUNDS: LazyLock<FastMap<&'static str, Sides>> = LazyLock::new(|| {
    let mut compounds: FastMap<&'static str, Sides> = FastMap::default();
    for (cue, side, word) in compound_rows() {
        let sides = compounds.entry(cue).or_default();
        if side == "before" { &mut sides.before } else { &mut sides.behind }.push(word);
    }
    compounds
});

#[derive(Default)]
struct Sides {
    before: Vec<&'static str>,
    behind: Vec<&'static str>,
}

fn compound_rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    include_str!("../data/cue_compounds.tsv").lines().skip(1).filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
}

/// Whether the syllables before or behind a cue make another word of it.
fn is_compound(cue: &str, before: &str, after: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or("");
    let after = after.trim_start();
    let next = after.split(|c| !is_alphanumeric(c)).next().unwrap_or("");
    let listed = COMPOUNDS.get(if cue.starts_with("giao") { "giao" } else { cue });
    let before_it = || listed.is_some_and(|sides| sides.before.contains(&word));
    // one syllable, or with `kế hoạch` two, of which the first alone may begin a name (`kế toán`)
    let behind = |words: &&str| *words == next || words.contains(' ') && begins_with(after, words);
    let behind_it = || listed.is_some_and(|sides| sides.behind.iter().any(behind));
    match cue {
        _ if cue.starts_with("giao") => before_it() || behind_it() || ends_with_task(before),
        "báo cáo" => {
            behind_it() && !before.ends_with("gửi") && !sends_periods(next, after)
                || before_it()
                || next == "số" && is_numbered(after)
                || before.ends_with("hệ thống thông tin")
        }
        // only together are they words for a proposal (`các đề xuất của …`)
        "đề xuất" => matches!(word, "các" | "những" | "báo" | "sở" | "cơ") && matches!(next, "của" | "tại"),
        "tập trung" => before_it() && !before.ends_with("cần"),
        _ => before_it() || behind_it(),
    }
}

/// `báo cáo quý, 6 tháng, năm về UBND tỉnh`: of which stretches, and to whom.
fn sends_periods(next: &str, after: &str) -> bool {
    const NEAR: usize = 48;
    let near = nhiemvu_text::first_chars(after, NEAR);
    let clause = near.split([';', '.', ':']).next().unwrap_or("");
    matches!(next, "tháng" | "quý" | "năm" | "tuần" | "định") && [" về ", " gửi "].iter().any(|to| clause.contains(to))
}

/// Whether `text` begins with whole `words`.
fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(is_alphanumeric))
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
    fn every_compound_of_the_table_is_no_cue() {
        for (cue, side, word) in compound_rows() {
            let (before, behind) = if side == "before" { (word, "hồ sơ") } else { ("hồ sơ", word) };
            let text = format!("{before} {cue} {behind}");
            let found = find(&text, &fold(&text));
            assert!(found.iter().all(|hit| text[hit.start..hit.end] != *cue), "{text}: {found:?}");
            assert!(["before", "behind"].contains(&side), "{side}");
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
