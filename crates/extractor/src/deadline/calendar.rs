//! Stretches of the calendar as days.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate};
use nhiemvu_model::{Calendar, DeadlineKind, Flag, Frequency, PartialDate, YearHint};

use super::holidays::add_working_days;

/// First and last day of a stretch; `None` where they could not be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stretch {
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
}

/// Turns stretches into days and notes what is doubtful.
#[derive(Debug)]
pub(super) struct Resolver {
    date: Option<PartialDate>,
    flags: BTreeSet<Flag>,
}

/// How far before the document a limit without a year may lie before it is taken to be next year's.
const FAR_BACK: Months = Months::new(6);

impl Resolver {
    pub(super) fn new(date: Option<PartialDate>) -> Self {
        Self { date, flags: BTreeSet::new() }
    }

    /// The flags, in canonical order.
    pub(super) fn flags(self) -> Vec<Flag> {
        self.flags.into_iter().collect()
    }

    pub(super) fn flag(&mut self, flag: Flag, on: bool) {
        if on {
            self.flags.insert(flag);
        }
    }

    /// The document's own day.
    pub(super) fn today(&mut self) -> Option<NaiveDate> {
        let today = self.date.and_then(PartialDate::full);
        self.flag(Flag::UnresolvedDeadline, today.is_none());
        today
    }

    /// The earliest and the latest day that the document may be of.
    fn document(&self) -> Option<(NaiveDate, NaiveDate)> {
        let PartialDate { year, month, day } = self.date?;
        let (first, last) = match (month, day) {
            (Some(month), Some(day)) => {
                let day = NaiveDate::from_ymd_opt(year, month, day)?;
                (day, day)
            }
            (Some(month), None) => months(year, month, month)?,
            _ => months(year, 1, 12)?,
        };
        Some((first, last))
    }

    /// The days of `calendar`; `None` where it names nothing that can be dated.
    pub(super) fn stretch(&mut self, calendar: &Calendar) -> Option<Stretch> {
        if let Calendar::Day { month: None, day, .. } = calendar {
            return Some(self.next_such_day(*day));
        }
        if calendar.counts_from_document() {
            let found = self.today().and_then(|today| near(calendar, today));
            return Some(
                found.map_or_else(Stretch::default, |(first, last)| Stretch { first: Some(first), last: Some(last) }),
            );
        }
        let (Calendar::Day { year: hint, .. }
        | Calendar::Month { year: hint, .. }
        | Calendar::Quarter { year: hint, .. }
        | Calendar::Months { year: hint, .. }
        | Calendar::Year(hint)) = calendar
        else {
            return None;
        };
        let Some(year) = self.year(*hint) else {
            self.flag(Flag::UnresolvedDeadline, true);
            // a leap year has every day that there is
            self.flag(Flag::InvalidDate, days(calendar, 2024).is_none());
            return Some(Stretch::default());
        };
        let mut found = days(calendar, year);
        // a year left out: far back means next year
        if let (YearHint::Missing, Some((_, last)), Some((document, _))) = (hint, found, self.document())
            && document.checked_sub_months(FAR_BACK).is_some_and(|limit| last < limit)
        {
            self.flag(Flag::AmbiguousDate, true);
            found = days(calendar, year + 1);
        }
        let Some((first, last)) = found else {
            self.flag(Flag::InvalidDate, true);
            self.flag(Flag::UnresolvedDeadline, true);
            return Some(Stretch::default());
        };
        Some(Stretch { first: Some(first), last: Some(last) })
    }

    fn year(&self, hint: YearHint) -> Option<i32> {
        match hint {
            YearHint::Given(year) => Some(year),
            YearHint::Missing | YearHint::This => self.date.map(|d| d.year),
            YearHint::Next => self.date.map(|d| d.year + 1),
        }
    }

    /// `ngày 20` with no month: the first such day on or after the document's date.
    fn next_such_day(&mut self, day: u32) -> Stretch {
        let Some(today) = self.date.and_then(PartialDate::full) else {
            self.flag(Flag::UnresolvedDeadline, true);
            return Stretch::default();
        };
        self.flag(Flag::AmbiguousDate, true);
        let found = (0..12).find_map(|ahead| {
            let month = today.with_day(1)?.checked_add_months(Months::new(ahead))?;
            month.with_day(day).filter(|found| *found >= today)
        });
        self.flag(Flag::InvalidDate, found.is_none());
        Stretch { first: found, last: found }
    }

    /// Notes a written limit that is over before the document is made.
    pub(super) fn compare(&mut self, kind: &DeadlineKind, due: Option<NaiveDate>) {
        let dated = matches!(kind, DeadlineKind::By { .. } | DeadlineKind::Within { .. });
        if let (Some(due), Some((document, _))) = (due, self.document()) {
            self.flag(Flag::DeadlineBeforeDocument, dated && due < document);
        }
    }
}

/// First and last day of `calendar` in `year`; `None` where there is no such day.
fn days(calendar: &Calendar, year: i32) -> Option<(NaiveDate, NaiveDate)> {
    match calendar {
        Calendar::Day { month, day, .. } => {
            let day = NaiveDate::from_ymd_opt(year, (*month)?, *day)?;
            Some((day, day))
        }
        Calendar::Month { month, .. } => months(year, *month, *month),
        Calendar::Quarter { quarter, .. } => months(year, (quarter * 3).checked_sub(2)?, quarter * 3),
        Calendar::Months { first, last, .. } => months(year, *first, *last),
        Calendar::Year(_) => months(year, 1, 12),
        Calendar::Today { .. }
        | Calendar::Week { .. }
        | Calendar::Weekday { .. }
        | Calendar::Near { .. }
        | Calendar::Unknown => None,
    }
}

/// First and last day of a day, week, month or quarter counted from that of `today`.
fn near(calendar: &Calendar, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    match calendar {
        Calendar::Today { ahead } => {
            let day = today.checked_add_days(Days::new(u64::from(*ahead)))?;
            Some((day, day))
        }
        Calendar::Week { ahead } => {
            let first =
                today.week(chrono::Weekday::Mon).first_day().checked_add_days(Days::new(7 * u64::from(*ahead)))?;
            Some((first, first.checked_add_days(Days::new(6))?))
        }
        Calendar::Weekday { ahead, day } => {
            let (monday, _) = near(&Calendar::Week { ahead: *ahead }, today)?;
            let day = monday.checked_add_days(Days::new(u64::from(*day).checked_sub(1)?))?;
            Some((day, day))
        }
        Calendar::Near { months: length, ahead } => {
            let length = (*length).max(1);
            let begins = today.month0() / length * length + 1;
            let first =
                NaiveDate::from_ymd_opt(today.year(), begins, 1)?.checked_add_months(Months::new(length * ahead))?;
            let last = first.checked_add_months(Months::new(length))?.pred_opt()?;
            Some((first, last))
        }
        _ => None,
    }
}

/// First day of month `first` and last day of month `last`.
fn months(year: i32, first: u32, last: u32) -> Option<(NaiveDate, NaiveDate)> {
    let start = NaiveDate::from_ymd_opt(year, first, 1)?;
    let end = NaiveDate::from_ymd_opt(year, last, 1)?.checked_add_months(Months::new(1))?.pred_opt()?;
    Some((start, end))
}

/// The day `count` units after `from`; the day of the event itself does not count (Bộ luật Dân sự 2015, Điều 147).
pub(super) fn after(from: NaiveDate, count: u32, unit: Frequency, working_days: bool) -> Option<NaiveDate> {
    if working_days {
        return add_working_days(from, count);
    }
    match unit {
        Frequency::Daily => from.checked_add_days(Days::new(u64::from(count))),
        Frequency::Weekly => from.checked_add_days(Days::new(u64::from(count) * 7)),
        Frequency::Monthly => from.checked_add_months(Months::new(count)),
        Frequency::Yearly => from.checked_add_months(Months::new(count.checked_mul(12)?)),
    }
}
