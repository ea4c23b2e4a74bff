//! Words that open what follows: a list, the content of a report, a stretch of time as a heading.

use std::sync::LazyLock;

use nhiemvu_normalizer::Mention;
use nhiemvu_text::{FastSet, fold_key, is_alphanumeric, key_of};

use crate::judge;
use crate::roles::{Analysis, Bodies};

/// How an opening ends, less its colon.
const ENDS: [&str; 4] = ["như sau", "sau đây", "dưới đây", "sau"];

/// Words with which a paragraph opens the list behind it, though it ends with a stop.
pub(crate) fn opens_list(text: &str) -> bool {
    let tail_start = text.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let tail = fold_key(&text[tail_start..]);
    ENDS.iter().any(|end| tail.trim_end_matches(['.', ':', ';', ' ']).ends_with(end))
}

/// The bodies that the end of an opening names as those whose part follows: `… đối với các sở, Ủy ban nhân dân các xã như sau:`,
/// `Về việc kết nối dữ liệu của Bộ A như sau:`.
///
/// What is somebody's word (`chỉ đạo của Bộ A như sau`) is none of them.
pub(crate) fn addressed<'m>(analysis: &'m Analysis<'_>) -> Option<&'m [Mention]> {
    let words = analysis.text.trim_end().strip_suffix(':')?.trim_end();
    let words = ENDS.iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words).trim_end_matches([',', ' ']);
    let mentions = analysis.mentions();
    let last = mentions.iter().rposition(|m| m.end == words.len())?;
    let joined = |pair: &&[Mention]| {
        let gap = analysis.text.get(pair[0].end..pair[1].start).unwrap_or(".");
        matches!(gap.trim(), "," | ";" | "và" | ", và")
    };
    let more = mentions.get(..=last)?.windows(2).rev().take_while(joined).count();
    let bodies = mentions.get(last - more..=last)?;
    let before = key_of(analysis.text.get(..bodies.first()?.start)?);
    let before = before.trim_end();
    if before.ends_with("đối với") {
        return Some(bodies);
    }
    let before = before.strip_suffix("của")?.trim_end();
    let word = ["yêu cầu", "đề nghị", "ý kiến", "chỉ đạo", "kết luận", "báo cáo", "công văn", "văn bản", "hướng dẫn"];
    let part = ["về việc ", "nhiệm vụ", "trách nhiệm"].iter().any(|part| before.contains(part));
    (part && !word.iter().any(|word| before.ends_with(word))).then_some(bodies)
}

/// The groups that an opening says it is written for: `Bộ A hướng dẫn các cơ sở đào tạo kết nối dữ liệu như sau:`.
///
/// Words for whoever reads it (`hướng dẫn các đơn vị như sau`) name nobody.
pub(crate) fn guided(analysis: &Analysis<'_>) -> Option<Bodies> {
    const ANYBODY: [&str; 5] = ["các đơn vị", "các cơ quan", "các địa phương", "các tổ chức", "các cá nhân"];
    let words = analysis.text.trim_end().strip_suffix(':')?;
    ENDS.iter().any(|end| words.ends_with(end)).then_some(())?;
    let last = crate::sentence::sentences(analysis.text).pop()?;
    let sentence = analysis.text.get(last.clone())?;
    let at = last.start + sentence.find(" hướng dẫn ")? + " hướng dẫn ".len();
    let (bodies, end) = analysis.list_at(at);
    let anybody = |m: &Mention| ANYBODY.contains(&fold_key(&m.agency.name).as_str());
    // `Bộ A (B) hướng dẫn`
    let behind = |m: &Mention| analysis.text.get(m.end..at - " hướng dẫn ".len()).map(str::trim);
    let issues = analysis.mentions().iter().filter_map(behind).any(|gap| {
        gap.is_empty()
            || gap.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).is_some_and(|g| !g.contains(')'))
    });
    let acts = crate::verbs::begins(analysis.text.get(end..)?);
    (issues && acts && !bodies.is_empty() && !bodies.iter().any(anybody)).then_some(bodies)
}

/// The kind of document that words behind a body say it makes (`xây dựng Kế hoạch …`, `ban hành Chương trình …`).
pub(crate) fn makes_document(predicate: &str) -> Option<&'static str> {
    const DOCUMENTS: [&str; 5] = ["kế hoạch", "chương trình", "phương án", "quy chế", "hướng dẫn"];
    let told = judge::head(predicate.trim_start(), 40);
    let made = ["xây dựng ", "ban hành ", "lập "].iter().find_map(|w| told.strip_prefix(w))?;
    DOCUMENTS.into_iter().find(|document| made.starts_with(document))
}

/// The words of which headings of time are made (`data/periods.tsv`).
static PERIOD_WORDS: LazyLock<FastSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/periods.tsv").lines().skip(1).collect());

/// `Tháng 01`, `Quý II`, `Tháng 10 - tháng 12`, `Thứ Hai, ngày 24/8/2026`: a heading that is nothing but a stretch of time, as in
/// work programmes and schedules.
pub(crate) fn is_period(text: &str) -> bool {
    const MOST_WORDS: usize = 12;
    const LONGEST: usize = 240;
    if text.len() > LONGEST {
        return false;
    }
    let key = key_of(text);
    let plain = |w: &str| w.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'i' | b'v')) || PERIOD_WORDS.contains(w);
    // a day needs its month: `Ngày 1` is the first of a schedule
    let day = key.find("ngày ").map(|at| &key[at + "ngày ".len()..]);
    let dated = day.is_some() && key.contains('/');
    // a date line of which the day is left blank
    if day.is_some_and(|rest| !dated && !rest.starts_with(|c: char| c.is_ascii_digit())) {
        return false;
    }
    let (mut unit, mut count) = (dated, 0);
    for word in key.split(|c| !is_alphanumeric(c)).filter(|w| !w.is_empty()) {
        count += 1;
        unit |= matches!(word, "tháng" | "quý" | "tuần");
        if count > MOST_WORDS || !plain(word) {
            return false;
        }
    }
    unit
}

/// `báo cáo … các nội dung sau:`: the bullets are what the report holds.
pub(crate) fn holds_report(text: &str) -> bool {
    let tail_start = text.char_indices().rev().nth(120).map_or(0, |(at, _)| at);
    let tail = fold_key(&text[tail_start..]);
    (tail.contains("báo cáo") || tail.contains("tổng hợp") || tail.contains("gồm"))
        && (tail.contains("nội dung sau")
            || tail.contains("nội dung chính")
            || tail.contains("nội dung cụ thể sau")
            || tail.contains("các nội dung:")
            || tail.ends_with("nêu rõ:"))
}

#[cfg(test)]
mod tests {
    use nhiemvu_normalizer::{Context, Registry};

    use super::*;

    #[test]
    fn every_word_of_a_period_makes_one_with_its_month() {
        for word in PERIOD_WORDS.iter().filter(|word| **word != "ngày") {
            assert!(is_period(&format!("Tháng 5 {word}")), "{word}");
        }
        assert!(is_period("Ngày 5/8/2026") && !is_period("Tháng 5 phao"));
    }

    #[test]
    fn openings_name_whose_part_follows() {
        let context = Context::default();
        for (text, want) in [
            ("Chỉ thị đặt ra yêu cầu đối với Sở Y tế, Sở Nội vụ như sau:", 2),
            ("Đưa ra yêu cầu về việc kết nối dữ liệu của Bộ Công an như sau:", 1),
            ("Nhiệm vụ của Sở Tài chính như sau:", 1),
            ("Thực hiện chỉ đạo của Sở Y tế, Trường A báo cáo như sau:", 0),
            ("Về việc trên, theo đề nghị của Sở Y tế như sau:", 0),
            ("Kết quả đối với Sở Y tế đã tốt.", 0),
        ] {
            let analysis = Analysis::new(text, Registry::builtin(), &context);
            assert_eq!(addressed(&analysis).map_or(0, <[Mention]>::len), want, "{text}");
        }
    }
}
