//! Words that say when and no more, as the cells of a time column do.

use nhiemvu_text::key_of;

use super::{Setting, find};

/// Most characters of such words.
const LONGEST: usize = 60;

/// Whether the words say when and no more: a limit stands at their start.
///
/// ```
/// use nhiemvu_parser::temporal::tells_when;
/// assert!(tells_when("Quý II/2026"));
/// assert!(!tells_when("Báo cáo kết quả trước ngày 15/5/2026"));
/// ```
pub fn tells_when(text: &str) -> bool {
    const NEAR: usize = 7;
    begins_with_limit(text, NEAR)
}

/// Whether the words are short, and a limit begins among their first bytes.
fn begins_with_limit(text: &str, near: usize) -> bool {
    text.chars().count() <= LONGEST && find(text, Setting::Field).first().is_some_and(|time| time.span.start <= near)
}

/// The same of a column without a head, where words may stand before the limit, and not every limit has a date (`Xong trước
/// tuần 2 tháng 01`, `Dự kiến từ ngày 04/3`).
///
/// ```
/// use nhiemvu_parser::temporal::may_tell_when;
/// assert!(may_tell_when("Xong trước tuần 2 tháng 01/2026"));
/// assert!(!may_tell_when("2026"));
/// assert!(!may_tell_when("Họp trong tháng 5"));
/// ```
pub fn may_tell_when(text: &str) -> bool {
    const LEADS: [&str; 8] = ["xong ", "hoàn thành ", "dự kiến ", "thực hiện ", "trong ", "trước ", "từ ", "đến "];
    const UNITS: [&str; 12] =
        ["ngày ", "tuần ", "tháng ", "quý ", "năm ", "đầu ", "giữa ", "cuối ", "hết ", "chậm nhất ", "hằng ", "hàng "];
    // figures alone count something
    if text.chars().count() > 2 * LONGEST || !text.contains(char::is_alphabetic) && !text.contains('/') {
        return false;
    }
    let key = key_of(text.trim());
    let mut rest: &str = &key;
    while let Some(more) = LEADS.iter().find_map(|lead| rest.strip_prefix(lead)) {
        rest = more.trim_start();
    }
    let counted = rest.contains(|c: char| c.is_ascii_digit()) || rest.starts_with("quý ") || rest.starts_with('h');
    let named = UNITS.iter().any(|unit| rest.starts_with(unit)) && counted && rest.chars().count() <= LONGEST;
    // behind a comma stands a remark (`…, thời gian cụ thể có lịch riêng`)
    let before = rest.split([',', ';', '(']).next().unwrap_or(rest);
    named || begins_with_limit(&key, 0) || begins_with_limit(before, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_time_column() {
        for cell in [
            "Xong trước ngày 15/9/2025.",
            "Dự kiến tuần 1 tháng 01 năm 2026.",
            "Dự kiến từ ngày 12/5/2031 đến ngày 20/5/2031, lịch tàu gửi sau.",
            "Tháng 6",
            "30/7/2026",
            "Trong Quý II",
            "Hằng quý",
            "Thường xuyên",
            "Chậm nhất 20/11",
        ] {
            assert!(may_tell_when(cell), "{cell}");
        }
    }

    #[test]
    fn cells_of_other_columns() {
        for cell in
            ["2025", "1.200", "Sở Y tế", "Họp dân trong tháng 5", "Trước khi gieo sạ", "Năm học mới", "Hỗ trợ 2 hộ"]
        {
            assert!(!may_tell_when(cell), "{cell}");
        }
    }
}
