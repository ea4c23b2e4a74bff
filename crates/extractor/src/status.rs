//! How a task stands (tình trạng), as a report's label, field line or column says it.

use nhiemvu_model::Status;
use nhiemvu_text::{first_chars, fold_key, is_alphanumeric};

use crate::judge;

/// `Nhiệm vụ quá hạn: …`: what a report says of a task that it names.
pub(crate) fn of_label(text: &str) -> Option<Status> {
    const LONGEST: usize = 60;
    // most words have no such label
    if !judge::may_begin(text, b"cn") || !first_chars(text, LONGEST).contains(':') {
        return None;
    }
    let head = judge::head(text, LONGEST);
    let label = head.split(':').next()?;
    let tasks = ["nhiệm vụ", "các nhiệm vụ", "những nhiệm vụ"].iter().any(|w| label.starts_with(w));
    if !tasks || label.len() > LONGEST || !head.contains(':') {
        return None;
    }
    of_words(label)
}

/// The status that a cell or a field's value names by itself (`Đã hoàn thành`, `Đang thực hiện (60%)`, `Quá hạn`); `None`
/// for prose, which tells of the status only by what it says.
pub(crate) fn of_value(value: &str) -> Option<Status> {
    const MOST_WORDS: usize = 8;
    const LONGEST_HEAD: usize = 40;
    let value = value.trim_matches(|c: char| !is_alphanumeric(c));
    // most values begin as no status does
    if !judge::may_begin(value, b"hxcqtk") || !judge::begins("status", &judge::head(value, LONGEST_HEAD)) {
        return None;
    }
    let key = fold_key(value);
    // a day makes it a limit: `Hoàn thành trước 30/6`
    let time = names_time(&key) && !is_late_by(&key);
    let plain = key.split_whitespace().count() <= MOST_WORDS && !key.contains('/') && !time;
    if plain { of_words(&key) } else { None }
}

/// `Quá hạn 10 ngày`, `Chậm 02 tháng`: by how long.
fn is_late_by(key: &str) -> bool {
    let late = key.strip_prefix("đã ").unwrap_or(key);
    let by = ["quá hạn ", "trễ hạn ", "trễ ", "chậm "].iter().find_map(|word| late.strip_prefix(word));
    by.is_some_and(|by| by.starts_with(|c: char| c.is_ascii_digit()))
}

fn names_time(key: &str) -> bool {
    key.split(' ').any(|word| matches!(word, "tháng" | "quý" | "năm" | "trước" | "ngày"))
}

fn of_words(key: &str) -> Option<Status> {
    let has = |words: &[&str]| words.iter().any(|w| key.contains(w));
    Some(if has(&["quá hạn", "trễ hạn", "chậm"]) {
        Status::Overdue
    } else if has(&["chưa triển khai", "chưa thực hiện", "chưa bắt đầu"]) {
        Status::NotStarted
    } else if has(&["đang", "chưa", "trong hạn", "chờ ", "không hoàn thành", "tiếp tục"]) {
        Status::InProgress
    } else if has(&["hoàn thành", "xong", "đã thực hiện"]) {
        Status::Done
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_name_a_status_and_limits_do_not() {
        for (value, status) in [
            ("Hoàn thành", Some(Status::Done)),
            ("Đã hoàn thành.", Some(Status::Done)),
            ("- Đang thực hiện (60%)", Some(Status::InProgress)),
            ("Đang triển khai", Some(Status::InProgress)),
            ("Chưa hoàn thành", Some(Status::InProgress)),
            ("Chưa thực hiện", Some(Status::NotStarted)),
            ("Quá hạn", Some(Status::Overdue)),
            ("Quá hạn 10 ngày", Some(Status::Overdue)),
            ("Chậm nhất tháng 6", None),
            ("Đã hoàn thành, quá hạn", Some(Status::Overdue)),
            ("Hoàn thành trước 30/6", None),
            ("Hoàn thành trong quý II", None),
            ("Báo cáo kết quả", None),
            ("Đề án được phê duyệt", None),
        ] {
            assert_eq!(of_value(value), status, "{value}");
        }
    }
}
