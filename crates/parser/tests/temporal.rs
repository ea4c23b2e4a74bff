//! What holds of every time expression, whatever the text.

use nhiemvu_model::{Bound, Calendar, TimeExpression, TimeValue};
use nhiemvu_parser::temporal::{Setting, dates, find};
use proptest::prelude::*;

const SETTINGS: [Setting; 4] = [Setting::Sentence, Setting::Field, Setting::Heading, Setting::Phrase];
const DEADLINES: &str = include_str!("data/deadlines.tsv");

/// Pieces that time expressions are made of, and what stands between them.
const PIECES: [&str; 64] = [
    "trước",
    "ngày",
    "tháng",
    "quý",
    "năm",
    "tuần",
    "15/5/2026",
    "30/11",
    "12/2026",
    "2026",
    "IV",
    "III",
    "20",
    "05",
    "trong",
    "từ",
    "đến",
    "hết",
    "nay",
    "hằng",
    "hàng",
    "mỗi",
    "định kỳ",
    "chậm nhất",
    "không quá",
    "6",
    "đầu",
    "cuối",
    "của",
    "và",
    ",",
    "-",
    "(",
    ")",
    ":",
    ".",
    "/",
    "giờ",
    "17h00",
    "thứ",
    "Hai",
    "kể từ",
    "ký",
    "làm việc",
    "sau",
    "tiếp theo",
    "các",
    "những",
    "thường xuyên",
    "ngay",
    "hoàn thành",
    "thời gian",
    "giai đoạn",
    "vào",
    "kỳ",
    "lần",
    "một",
    "999999999999",
    "Sở Y tế",
    "báo cáo",
    "\u{300}",
    "…",
    "\n",
    "Thời hạn: ",
];

fn sound(calendar: &Calendar) -> bool {
    match calendar {
        // a day that the calendar does not have is told when its year is known
        Calendar::Day { month, day, .. } => *day < 100 && month.is_none_or(|m| m < 100),
        Calendar::Month { month, .. } => (1..=12).contains(month),
        Calendar::Quarter { quarter, .. } => (1..=4).contains(quarter),
        Calendar::Months { first, last, .. } => 1 <= *first && first <= last && *last <= 12,
        Calendar::Year(_) | Calendar::Today { .. } | Calendar::Week { .. } => true,
        Calendar::Weekday { day, .. } => (1..=7).contains(day),
        Calendar::Near { months, .. } => matches!(months, 1 | 3),
        Calendar::Unknown => false,
    }
}

fn sound_bound(bound: &Bound) -> bool {
    !matches!(bound, Bound::On(calendar) if !sound(calendar))
}

fn sound_value(value: &TimeValue) -> bool {
    match value {
        TimeValue::By { end, .. } => sound(end),
        TimeValue::Within { start, end } => sound_bound(start) && sound_bound(end),
        TimeValue::Recurring(rule) => {
            rule.interval >= 1
                && rule.months.iter().all(|m| (1..=12).contains(m))
                && rule.month_days.iter().all(|d| *d == -1 || (1..=31).contains(d))
                && rule.weekdays.iter().all(|d| (1..=7).contains(d))
        }
        TimeValue::Relative { count, .. } => *count >= 1,
        TimeValue::Ongoing | TimeValue::Immediate => true,
        TimeValue::None => false,
    }
}

/// Fails where an expression lies outside `text`, cuts a character, overlaps the one before it, or says what cannot be.
fn check(text: &str, found: &[TimeExpression]) {
    let mut end = 0;
    for expression in found {
        let span = expression.span;
        assert!(span.start >= end && span.start < span.end, "{text:?}: {span:?} behind {end}");
        assert!(text.get(span.start..span.end).is_some(), "{text:?}: {span:?}");
        assert!(sound_value(&expression.value), "{text:?}: {expression:?}");
        end = span.end;
    }
}

fn check_all(text: &str) {
    for setting in SETTINGS {
        check(text, &find(text, setting));
    }
    for (span, date) in dates(text) {
        assert!(text.get(span.start..span.end).is_some_and(|s| !s.is_empty()));
        assert!(date.day.is_none() || date.full().is_some(), "{text:?}: {date:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_sound_expressions(text in "\\PC{0,80}") {
        check_all(&text);
    }

    #[test]
    fn any_row_of_words_of_time_gives_sound_expressions(
        pieces in prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..24)
    ) {
        let words = pieces.iter().flat_map(|(i, space)| [PIECES[*i], if *space { " " } else { "" }]);
        check_all(&words.collect::<String>());
    }
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    DEADLINES.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| {
        let mut cells = l.split('\t');
        Some((cells.next()?, cells.nth(1)?))
    })
}

fn setting(code: &str) -> Setting {
    let at = ["s", "f", "h", "p"].iter().position(|c| *c == code);
    SETTINGS[at.unwrap_or(SETTINGS.len())]
}

#[test]
fn spans_of_the_table_are_sound() {
    for (_, text) in rows() {
        check_all(text);
    }
}

#[test]
fn capitals_line_breaks_and_emphasis_change_nothing() {
    for (code, text) in rows() {
        let setting = setting(code);
        let plain: Vec<TimeValue> = find(text, setting).into_iter().map(|e| e.value).collect();
        for changed in [text.replace(' ', "\n"), text.replace(' ', "  "), text.replace("ngày", "*ngày*")] {
            let got: Vec<TimeValue> = find(&changed, setting).into_iter().map(|e| e.value).collect();
            assert_eq!(got, plain, "{changed}");
        }
        // a capital after a full stop opens a sentence, so that a text of several sentences is another text in capitals
        if !text.trim_end_matches('.').contains(". ") {
            let got: Vec<TimeValue> = find(&text.to_uppercase(), setting).into_iter().map(|e| e.value).collect();
            assert_eq!(got, plain, "{}", text.to_uppercase());
        }
    }
}

#[test]
fn limits_of_two_sentences_are_the_limits_of_each() {
    for (code, text) in rows().filter(|(code, _)| *code == "s") {
        let both = format!("Xây nhà kho tại ba xã. {text}");
        let of = |text: &str| find(text, setting(code)).into_iter().map(|e| e.value).collect::<Vec<_>>();
        assert_eq!(of(&both), of(text), "{both}");
    }
}

#[test]
fn dates_of_headers_are_read_with_their_blanks() {
    for (text, want) in [
        ("Bình An, ngày 09 tháng 02 năm 2026", "2026-02-09"),
        ("BÌNH AN, NGÀY 9 THÁNG 12 NĂM 2025", "2025-12-09"),
        ("Bình An, ngày    tháng 5 năm 2026", "2026-05"),
        ("Bình An, ngày ... tháng ... năm 2026", "2026"),
        ("Bình An, ngày tháng năm 2026", "2026"),
        ("ngày 31 tháng 4 năm 2026", "2026-04"),
        ("Quyết định số 12/QĐ-UBND ngày 05/9/2025 của Sở", "2025-09-05"),
        ("Nghị quyết ngày 5-9-2025", "2025-09-05"),
        ("họp tháng 4/2026", "2026-04"),
        ("ngày4# tháng0A năm 2022", "2022"),
    ] {
        let found = dates(text);
        assert_eq!(found.first().map(|(_, d)| d.to_string()).as_deref(), Some(want), "{text}");
    }
    for text in ["16/16 nhiệm vụ", "năm 2026", "số 105/TB-UBND", "quý II/2026", ""] {
        assert!(dates(text).is_empty(), "{text}");
    }
}

/// Words that open a limit, thousands of times: every rule looks at a bounded stretch.
#[test]
fn long_hostile_text_is_read_to_its_end() {
    for piece in ["trước ", "từ ngày ", "đến ", "ngày 1, ", "6 tháng ", "(", "thời gian ", "kế hoạch ", "1/", "hằng "]
    {
        let text = piece.repeat(4_000) + "trước ngày 15/5/2026";
        check(&text, &find(&text, Setting::Sentence));
        check(&text, &find(&text, Setting::Heading));
    }
}
