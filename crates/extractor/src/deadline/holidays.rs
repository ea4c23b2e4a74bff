//! Working days: Monday to Friday without public holidays (ngày nghỉ lễ, tết), with the Saturdays that are worked for them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Whether a day of the table is worked, by day.
static TABLE: LazyLock<BTreeMap<NaiveDate, bool>> =
    LazyLock::new(|| include_str!("../../data/holidays.tsv").lines().filter_map(row).collect());

/// `date, work|off, …`; lines that begin otherwise are comments and the head.
fn row(line: &str) -> Option<(NaiveDate, bool)> {
    let mut cells = line.split('\t');
    let date = cells.next()?.parse().ok()?;
    Some((date, cells.next()? == "work"))
}

/// Whether offices work on `day`: on weekdays, save public holidays and the days off in their place, from 2020 to 2030;
/// outside these years on every weekday that is no fixed holiday.
///
/// ```
/// use chrono::NaiveDate;
/// use nhiemvu_extractor::deadline::is_working_day;
/// let national_day = NaiveDate::from_ymd_opt(2025, 9, 2).unwrap();
/// assert!(!is_working_day(national_day));
/// ```
pub fn is_working_day(day: NaiveDate) -> bool {
    if let Some(worked) = TABLE.get(&day) {
        return *worked;
    }
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let fixed = matches!((day.month(), day.day()), (1 | 5, 1) | (4, 30) | (9, 2));
    !weekend && !fixed
}

/// The day `count` working days after `from`, which does not count itself; `None` past the end of the calendar.
///
/// ```
/// use chrono::NaiveDate;
/// use nhiemvu_extractor::deadline::add_working_days;
/// let friday = NaiveDate::from_ymd_opt(2025, 10, 3).unwrap();
/// assert_eq!(add_working_days(friday, 1), NaiveDate::from_ymd_opt(2025, 10, 6));
/// ```
pub fn add_working_days(from: NaiveDate, count: u32) -> Option<NaiveDate> {
    // more than ten years of working days are no time limit that anybody set
    if count > 2_600 {
        return None;
    }
    let (mut day, mut left) = (from, count);
    while left > 0 {
        day = day.checked_add_days(Days::new(1))?;
        left -= u32::from(is_working_day(day));
    }
    Some(day)
}
