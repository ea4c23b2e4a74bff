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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_table_is_in_order_and_each_row_is_sound() {
        let table = include_str!("../../data/holidays.tsv");
        let rows: Vec<Vec<&str>> =
            table.lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect()).collect();
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "days ascend and stand once");
        for row in &rows {
            let [date, status, occasion, source] = row[..] else { panic!("four cells: {row:?}") };
            let date = day(date);
            assert!((2020..=2030).contains(&date.year()));
            assert!(status == "off" || status == "work" && date.weekday() == Weekday::Sat, "{row:?}");
            assert!(!occasion.is_empty() && !source.is_empty(), "{row:?}");
        }
        assert_eq!(rows.len(), TABLE.len());
        for year in 2020..=2030 {
            let off = |from: &str, to: &str| {
                let (from, to) = (day(&format!("{year}-{from}")), day(&format!("{year}-{to}")));
                from.iter_days()
                    .take_while(|d| *d <= to)
                    .filter(|d| d.weekday().number_from_monday() < 6 && !is_working_day(*d))
                    .count()
            };
            assert!(off("01-01", "01-03") >= 1, "{year}: New Year, or the day in its place");
            assert_eq!(off("01-20", "02-20"), 5, "{year}: Tết takes five weekdays");
            assert!(off("04-01", "05-04") >= 3, "{year}: the Hùng Kings, 30/4 and 1/5");
            assert!(off("08-29", "09-04") > usize::from(year > 2020), "{year}: the National Day");
        }
    }

    #[test]
    fn working_days_pass_over_weekends_and_holidays_and_count_worked_saturdays() {
        for (from, count, to) in [
            ("2026-03-10", 10, "2026-03-24"),
            ("2026-02-13", 1, "2026-02-23"),
            ("2025-04-25", 1, "2025-04-26"),
            ("2025-04-29", 1, "2025-05-05"),
            ("2026-08-28", 1, "2026-09-03"),
            ("2027-02-03", 1, "2027-02-11"),
            ("2022-04-29", 1, "2022-05-04"),
            ("2026-03-10", 0, "2026-03-10"),
        ] {
            assert_eq!(add_working_days(day(from), count), Some(day(to)), "{count} after {from}");
        }
        assert_eq!(add_working_days(day("2026-03-10"), u32::MAX), None);
    }
}
