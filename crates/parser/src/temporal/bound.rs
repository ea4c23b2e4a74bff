//! Putting limits down: what the opening word makes of a time, and the list that goes on behind it.

use nhiemvu_model::{Bound, Calendar, ClockTime, TimeValue, YearHint};

use super::calendar::{Bare, Period};
use super::limit::{Bind, Found, Grammar, When};
use super::word::w;

impl Grammar<'_> {
    /// Puts down the limit that `bind` makes of `when`, and those that follow on in a list.
    pub(super) fn bound(&mut self, start: usize, bind: Bind, when: When, time: Option<ClockTime>, end: usize) -> usize {
        let group = start;
        let first = self.found.len();
        let past = self.judge.past(start);
        let (mut start, mut when, mut time, mut end) = (start, when, time, end);
        let mut unknown = false;
        for _ in 0..12 {
            let day = matches!(&when, When::Period(p) if p.last.is_none() && matches!(p.first, Calendar::Day { .. }));
            let quarter = matches!(&when, When::Period(p) if matches!(p.first, Calendar::Quarter { .. }));
            match value_of(bind, when, time) {
                // days of the lunar calendar are none of this one
                Some(_) if self.is_lunar(end) => unknown = true,
                Some((value, pending)) => {
                    self.found.push(Found { value, time, start, next: end, group, pending });
                }
                None => unknown = true,
            }
            let remark = if day { self.behind_remark(end) } else { end };
            let Some(from) = self.cursor.list_mark(remark) else { break };
            let bare = if day { Bare::Short } else { Bare::No };
            let next = self.when(from, bare).or_else(|| self.lone_day(from).filter(|_| day));
            let next = next.or_else(|| self.lone_quarter(from).filter(|_| quarter));
            let Some(next) = next.filter(|(when, _, _)| self.continues(from, day, when)) else { break };
            (when, time) = (next.0, next.1.or(time));
            (start, end) = (from, next.2);
        }
        self.share_years(first);
        if unknown || past {
            // "trong 02 tháng cuối năm và những tháng đầu năm sau": an end that has no date leaves the limit without one
            self.found.truncate(first);
        }
        end
    }

    /// Whether `âm lịch` stands at `at`, behind a day or month.
    fn is_lunar(&self, at: usize) -> bool {
        let c = self.cursor;
        let at = at + usize::from(matches!(c.mark(at), b'(' | b','));
        c.is(at, w!("âl")) || c.seq(at, &[w!("âm"), w!("lịch")])
    }

    /// Behind a remark in brackets on a day of a list: `trước ngày 10/6 (sáu tháng) và 10/12 (cả năm)`.
    fn behind_remark(&self, at: usize) -> usize {
        const WORDS: usize = 8;
        let c = self.cursor;
        if !c.is_mark(at, b'(') {
            return at;
        }
        let close = (at + 1..=at + 1 + WORDS).find(|i| !c.is_any_word(*i) && c.number(*i).is_none());
        close.filter(|i| c.is_mark(*i, b')')).map_or(at, |close| close + 1)
    }

    /// `11` of `các ngày 10, 11 và 12/6/2026`.
    fn lone_day(&self, at: usize) -> Option<(When, Option<ClockTime>, usize)> {
        let (day, digits) = self.cursor.number(at)?;
        self.cursor.list_mark(at + 1).filter(|_| digits <= 2 && (1..=31).contains(&day))?;
        let first = Calendar::Day { year: YearHint::Missing, month: None, day };
        let period = Period { first, last: None, end_only: false, open: false, start: at, next: at + 1 };
        Some((When::Period(period), None, at + 1))
    }

    /// `III/2026` of `quý I, III/2026`.
    fn lone_quarter(&self, at: usize) -> Option<(When, Option<ClockTime>, usize)> {
        let roman = self.cursor.any(at, &[w!("i"), w!("ii"), w!("iii"), w!("iv")]);
        let found = self.cursor.quarter(at, true).filter(|_| roman)?;
        let next = found.next;
        let period = Period { first: found.calendar, last: None, end_only: false, open: false, start: at, next };
        Some((When::Period(period), None, next))
    }

    /// Whether what stands behind a comma or `và` goes on with the list.
    fn continues(&self, from: usize, day: bool, when: &When) -> bool {
        match when {
            When::Period(period) => matches!(period.first, Calendar::Day { .. }) == day || period.undatable(),
            When::Recurs(_) => !self.cursor.any(from, &[w!("hằng"), w!("mỗi")]),
            When::Loose(_) => false,
        }
    }

    /// In a list the year, and of days the month, that stands behind the last holds for those before it.
    fn share_years(&mut self, first: usize) {
        let mut known = (YearHint::Missing, None);
        for found in self.found.iter_mut().skip(first).rev() {
            match &mut found.value {
                TimeValue::By { end, .. } => share(end, &mut known),
                TimeValue::Within { start: Bound::On(start), end: Bound::On(end) } => {
                    share(end, &mut known);
                    share(start, &mut known);
                }
                _ => {}
            }
        }
    }

    pub(super) fn push_checked(
        &mut self,
        start: usize,
        next: usize,
        value: TimeValue,
        time: Option<ClockTime>,
    ) -> usize {
        if value == TimeValue::None { next } else { self.push(start, next, value, time) }
    }

    pub(super) fn push(&mut self, start: usize, next: usize, value: TimeValue, time: Option<ClockTime>) -> usize {
        if self.judge.past(start) {
            return next;
        }
        self.found.push(Found { value, time, start, next, group: start, pending: false });
        next
    }
}

/// Gives `calendar` the year and month that are known, or takes them from it.
fn share(calendar: &mut Calendar, known: &mut (YearHint, Option<u32>)) {
    if let Calendar::Day { month, .. } = calendar {
        *month = month.or(known.1);
        known.1 = *month;
    }
    super::calendar::set_year(calendar, known.0);
    if let Some(hint @ YearHint::Given(_)) = super::calendar::year_of(calendar) {
        known.0 = hint;
    }
}

/// What a limit says, and whether it is only so beside a recurrence; `None` where it has no date.
fn value_of(bind: Bind, when: When, time: Option<ClockTime>) -> Option<(TimeValue, bool)> {
    let period = match when {
        When::Recurs(rule) => return Some((TimeValue::Recurring(rule), false)),
        When::Loose(rule) => return Some((TimeValue::Recurring(rule), true)),
        When::Period(period) => period,
    };
    if period.undatable() {
        return None;
    }
    let one_day = period.is_day();
    let value = match bind {
        Bind::Before => TimeValue::By { end: period.end().clone(), inclusive: time.is_some() || period.end_only },
        _ if period.open => TimeValue::Within { start: Bound::On(period.first), end: Bound::Open },
        Bind::From => TimeValue::Within { start: Bound::On(period.first), end: Bound::Open },
        Bind::To => TimeValue::By { end: period.end().clone(), inclusive: true },
        Bind::In if one_day || period.end_only => TimeValue::By { end: period.first, inclusive: true },
        Bind::In => {
            let end = period.end().clone();
            TimeValue::Within { start: Bound::On(period.first), end: Bound::On(end) }
        }
    };
    Some((value, false))
}
