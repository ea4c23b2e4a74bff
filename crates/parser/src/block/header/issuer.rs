//! The body that issues a document (cơ quan ban hành), out of the lines of the left column.

use nhiemvu_model::Source;
use nhiemvu_text::fold_key;

use crate::layout::lines::LineView;

/// Whether the line names an office or body that decides.
pub(super) fn is_issuer_line(text: &str) -> bool {
    const HEADS: [&str; 12] = [
        "chủ tịch",
        "ủy ban",
        "hội đồng",
        "bộ trưởng",
        "giám đốc",
        "thủ tướng",
        "chính phủ",
        "quốc hội",
        "ban thường vụ",
        "tổng cục trưởng",
        "cục trưởng",
        "hiệu trưởng",
    ];
    let key = fold_key(text);
    HEADS.iter().any(|head| key.starts_with(head))
}

/// Parts the lines of the left column into bodies: a line that begins with the head word of a body begins a new one,
/// unless it only gives the place of the one above.
pub(super) fn groups(source: &Source, lines: &[LineView], issuer: &[usize]) -> Vec<Vec<usize>> {
    const HEADS: [&str; 40] = [
        "bộ ",
        "sở ",
        "ubnd",
        "ủy ban",
        "hđnd",
        "hội đồng",
        "tổng cục",
        "cục ",
        "chi cục",
        "văn phòng",
        "ban ",
        "tỉnh ủy",
        "thành ủy",
        "huyện ủy",
        "thị ủy",
        "quận ủy",
        "đảng ủy",
        "đảng bộ",
        "chính phủ",
        "thủ tướng",
        "quốc hội",
        "đảng đoàn",
        "trường",
        "đại học",
        "học viện",
        "viện ",
        "công an",
        "tòa án",
        "thanh tra",
        "kho bạc",
        "bảo hiểm",
        "ngân hàng",
        "tập đoàn",
        "tổng công ty",
        "công ty",
        "trung tâm",
        "liên đoàn",
        "hội ",
        "mặt trận",
        "báo ",
    ];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for i in issuer {
        let text = lines[*i].text(source);
        let key = fold_key(text);
        let head = HEADS.iter().any(|head| key.starts_with(head) || key == head.trim());
        let continues = groups.last().and_then(|g| g.last()).is_some_and(|l| {
            let before = fold_key(lines[*l].text(source));
            ["và", "của", "các", "-", ",", "ban chấp hành", "ban thường vụ"].iter().any(|w| before.ends_with(w))
                && !before.starts_with("ban chấp hành trung ương")
        });
        if groups.is_empty() || (head && !continues) {
            groups.push(vec![*i]);
        } else if let Some(last) = groups.last_mut() {
            last.push(*i);
        }
    }
    groups
}
