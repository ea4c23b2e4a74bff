//! What a section is about, by the words of its heading (`data/sections.tsv`).

use std::sync::LazyLock;

use nhiemvu_text::fold_key;

use crate::phrases::Phrases;

/// What stands in a section, and so what its items can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Section {
    /// Nothing said: the items decide for themselves.
    Open,
    /// How things stand, what was done, why: no tasks.
    Background,
    /// Who comes, when and where (thành phần, thời gian, địa điểm): only what names its doer is a task.
    Frame,
    /// Aims and demands in general (mục đích, yêu cầu, quan điểm).
    Purpose,
    /// What is to be reached (mục tiêu, chỉ tiêu).
    Target,
    /// Where the money comes from.
    Funding,
    /// Who does what (tổ chức thực hiện, phân công).
    Assign,
    /// What is to be done (nhiệm vụ, giải pháp, phương hướng).
    Plan,
    /// What is asked of others (đề xuất, kiến nghị).
    Recommend,
}

static WORDS: LazyLock<Phrases<Section>> = LazyLock::new(|| {
    let mut rows: Vec<(String, Section)> = include_str!("../data/sections.tsv")
        .lines()
        .skip(1)
        .filter_map(|row| {
            let (words, kind) = row.split_once('\t')?;
            Some((fold_key(words), section_of(kind)?))
        })
        .collect();
    rows.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
    Phrases::new(rows)
});

fn section_of(word: &str) -> Option<Section> {
    Some(match word {
        "open" => Section::Open,
        "background" => Section::Background,
        "frame" => Section::Frame,
        "purpose" => Section::Purpose,
        "target" => Section::Target,
        "funding" => Section::Funding,
        "assign" => Section::Assign,
        "plan" => Section::Plan,
        "recommend" => Section::Recommend,
        _ => return None,
    })
}

/// The kind of the section under the heading `title`; `None` where its words say nothing.
///
/// The words count at the heading's start, behind `về` or `một số` too: `Đánh giá tiềm năng` is something to do, and
/// `Về tình hình …` tells how things stand.
pub(crate) fn of_heading(title: &str) -> Option<Section> {
    const LONGEST: usize = 160;
    if title.chars().count() > LONGEST {
        return None;
    }
    let key = fold_key(title);
    let key = key.trim_start_matches(|c: char| !c.is_alphanumeric());
    let head = ["về việc ", "về công tác ", "về một số ", "về các ", "về ", "đối với ", "công tác "]
        .iter()
        .find_map(|w| key.strip_prefix(w))
        .unwrap_or(key);
    if let Some(section) = WORDS.begins(head) {
        // `Đánh giá kết quả …, phương hướng nhiệm vụ` speaks of what comes
        let coming = speaks_of_what_comes(title);
        return Some(if coming && matches!(section, Section::Background | Section::Frame) {
            Section::Plan
        } else {
            section
        });
    }
    if key.contains("thời gian tới") || key.contains("nhiệm vụ, giải pháp") || key.contains("nhiệm vụ trọng tâm")
    {
        return Some(Section::Plan);
    }
    // `Một số kiến nghị của tỉnh` in a notice is what the notice answers, not what it asks
    None
}

/// `Về tình hình tháng 10 và nhiệm vụ trọng tâm các tháng cuối năm`: how things stand, and what is to be done.
pub(crate) fn names_tasks_too(text: &str) -> bool {
    let key = fold_key(text);
    ["và nhiệm vụ", "; nhiệm vụ", ", nhiệm vụ", "và phương hướng", "; phương hướng", "và một số nhiệm vụ"]
        .iter()
        .any(|words| key.contains(words))
}

/// Whether a heading says that what stands below it is still to be done.
pub(crate) fn speaks_of_what_comes(title: &str) -> bool {
    let key = fold_key(title);
    ["thời gian tới", "phương hướng", "thời gian đến"].iter().any(|w| key.contains(w))
}

/// `Kiến nghị với cấp trên`, `Kiến nghị Chủ tịch UBND huyện`: a heading under which others are asked, whoever issues the document; the
/// proposals of others (`kiến nghị của Sở A`) are answered there.
pub(crate) fn asks_others(heading: &str) -> bool {
    const TO: [&str; 6] = ["với", "đối với", "tới", "lên", "gửi", "đến"];
    let key = nhiemvu_text::fold_key(heading);
    let behind = ["kiến nghị ", "đề xuất, kiến nghị ", "kiến nghị, đề xuất "].iter().find_map(|w| key.strip_prefix(w));
    let body = || heading.split_once("nghị ").is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase));
    behind.is_some_and(|rest| TO.iter().any(|to| rest.strip_prefix(to).is_some_and(|r| r.starts_with(' '))) || body())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_their_section() {
        for (title, want) in [
            ("BỐI CẢNH, TÌNH HÌNH", Some(Section::Background)),
            ("Về tình hình kinh tế - xã hội", Some(Section::Background)),
            ("Mục đích", Some(Section::Purpose)),
            ("MỤC TIÊU ĐẾN NĂM 2030", Some(Section::Target)),
            ("NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM THỜI GIAN TỚI", Some(Section::Plan)),
            ("TỔ CHỨC THỰC HIỆN", Some(Section::Assign)),
            ("Đánh giá tiềm năng về tài nguyên", None),
            ("Khảo sát, đánh giá toàn diện hiện trạng", None),
            ("ĐỀ XUẤT, KIẾN NGHỊ", Some(Section::Recommend)),
        ] {
            assert_eq!(of_heading(title), want, "{title}");
        }
    }
}
