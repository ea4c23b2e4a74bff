//! Time expressions.

use chrono::{Datelike, NaiveDate};
use nhiemvu_extractor::deadline::{Reference, resolve};
use nhiemvu_model::{Bound, Calendar, DeadlineKind, Recurrence, TimeExpression, TimeValue};
use nhiemvu_parser::temporal::{Setting, dates, find};
use nhiemvu_text::clean;

use super::sound;

/// Every date is sound, no stretch ends before it begins, every span lies in the text.
pub(super) fn temporal(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let text = clean(&text);
    for (place, date) in dates(&text) {
        sound::span(&text, place);
        assert!(date.day.is_none() || date.full().is_some(), "{date:?}");
        assert!(date.month.is_none_or(|month| (1..=12).contains(&month)), "{date:?}");
    }
    for setting in [Setting::Sentence, Setting::Field, Setting::Heading, Setting::Phrase] {
        let found = find(&text, setting);
        sound::expressions(&text, &found);
        found.iter().for_each(check);
        assert_eq!(find(&text, setting), found);
    }
}

fn check(expression: &TimeExpression) {
    match &expression.value {
        TimeValue::By { end, .. } => calendar(end),
        TimeValue::Within { start, end } => {
            for bound in [start, end] {
                if let Bound::On(day) = bound {
                    calendar(day);
                }
            }
        }
        TimeValue::Recurring(rule) => recurrence(rule),
        TimeValue::Relative { .. } | TimeValue::Ongoing | TimeValue::Immediate | TimeValue::None => {}
    }
    assert!(expression.time.is_none_or(|time| time.hour < 24 && time.minute < 60), "{expression:?}");
    let days = [NaiveDate::from_ymd_opt(2031, 5, 14), NaiveDate::from_ymd_opt(2028, 2, 29), None];
    for reference in days.map(|day| day.map(Reference::on).unwrap_or_default()) {
        let Some(resolved) = resolve(expression, &reference) else { continue };
        let near = |day: NaiveDate| (1900..=2400).contains(&day.year());
        assert!(resolved.due.is_none_or(near), "{resolved:?}");
        if let TimeValue::By { end, .. } = &expression.value {
            assert!(is_possible(end) || resolved.due.is_none(), "{expression:?} {resolved:?}");
        }
        if let DeadlineKind::Within { start, end } = resolved.kind {
            assert!([start, end].into_iter().flatten().all(near), "{resolved:?}");
            if let (Some(start), Some(end)) = (start, end) {
                assert!(start <= end, "{expression:?} {resolved:?}");
            }
        }
    }
}

/// Whether there is a day of this name in some year.
fn is_possible(stretch: &Calendar) -> bool {
    let Calendar::Day { month, day, .. } = stretch else { return true };
    (1..=31).contains(day) && month.is_none_or(|m| (1..=12).contains(&m))
}

/// What a calendar names exists: no thirteenth month, no fifth quarter. A day that there is not (`ngày 35/6`) is what the
/// document says all the same, and is flagged where it is resolved.
fn calendar(stretch: &Calendar) {
    let sound = match stretch {
        Calendar::Month { month, .. } => (1..=12).contains(month),
        Calendar::Quarter { quarter, .. } => (1..=4).contains(quarter),
        Calendar::Months { first, last, .. } => (1..=12).contains(first) && (*first..=12).contains(last),
        Calendar::Day { .. }
        | Calendar::Year(_)
        | Calendar::Today { .. }
        | Calendar::Week { .. }
        | Calendar::Weekday { ahead: _, day: 1..=7 }
        | Calendar::Near { .. }
        | Calendar::Unknown => true,
        Calendar::Weekday { .. } => false,
    };
    assert!(sound, "{stretch:?}");
}

fn recurrence(rule: &Recurrence) {
    assert!(rule.interval >= 1, "{rule:?}");
    assert!(rule.months.iter().all(|month| (1..=12).contains(month)), "{rule:?}");
    assert!(rule.month_days.iter().all(|day| *day != 0 && (-31..=31).contains(day)), "{rule:?}");
    assert!(rule.weekdays.iter().all(|day| (1..=7).contains(day)), "{rule:?}");
}
