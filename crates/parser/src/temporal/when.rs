//! When something is to be: what stands behind a word that opens a limit.

use nhiemvu_model::{Calendar, ClockTime, Frequency, Recurrence, YearHint};

use super::calendar::{Bare, Period};
use super::cursor::Cursor;
use super::limit::{Grammar, When};
use super::word::w;

impl Grammar<'_> {
    /// What stands at `at`: hours, days of the week, days that come again, periods.
    pub(super) fn when(&self, at: usize, bare: Bare) -> Option<(When, Option<ClockTime>, usize)> {
        let c = self.cursor;
        let (time, mut next) = match c.clock(at) {
            Some((time, next)) => (Some(time), next),
            None => (None, at),
        };
        if time.is_some() {
            // "19 giờ 30 - 20 giờ 10 ngày …": the later hour counts
            if let Some((later, after)) = c.range_mark(next).and_then(|to| c.clock(to)) {
                let (found, _, end) = self.dated(after, bare)?;
                return Some((found, Some(later), end));
            }
            next += usize::from(c.is_mark(next, b','));
            next = c.skip(next, w!("của"));
        }
        let start = next;
        if let Some((found, later, end)) = self.dated(start, if time.is_some() { Bare::Short } else { bare }) {
            return Some((found, later.or(time), end));
        }
        let time = time?;
        let rule = Recurrence::every(Frequency::Daily, 1);
        let end = if start > at && c.mark(start - 1) == b',' { start - 1 } else { start };
        match c.every(start) {
            Some((rule, next)) => Some((When::Recurs(rule), Some(time), next)),
            None => Some((When::Loose(rule), Some(time), end)),
        }
    }

    /// `ngày khai giảng 05/9/2026`, `ngày làm việc 15/8`: a day that is called something before it is dated.
    pub(super) fn named_day(&self, at: usize) -> Option<(When, Option<ClockTime>, usize)> {
        const MOST_WORDS: usize = 4;
        let c = self.cursor;
        if !c.is(at, w!("ngày")) {
            return None;
        }
        let called = (at + 1..=at + MOST_WORDS).take_while(|i| c.is_plain_word(*i)).count();
        let date = at + 1 + called;
        c.number(date).filter(|_| called > 0)?;
        let found = self.when(date, Bare::Short)?;
        let day = |p: &Period| p.last.is_none() && matches!(p.first, Calendar::Day { month: Some(_), .. });
        matches!(&found.0, When::Period(p) if day(p)).then_some(found)
    }

    /// `Tết Nguyên đán (ngày 17/02/2026)`, `khi khai mạc Đại hội (05/9/2026)`, `ngày tựu trường (dự kiến 22/8)`: what happens on a day that brackets behind it date.
    pub(super) fn dated_occasion(&self, at: usize) -> Option<(When, Option<ClockTime>, usize)> {
        const MOST_WORDS: usize = 7;
        let c = self.cursor;
        let at = c.skip(at, w!("khi"));
        let named =
            c.token(at).is_some_and(|t| t.capital) || c.is(at.wrapping_sub(1), w!("khi")) || c.is(at, w!("ngày"));
        let other = |i: usize| c.any(i, &[w!("theo"), w!("tại"), w!("của"), w!("đã"), w!("và")]);
        let words = (at..at + MOST_WORDS).take_while(|i| c.is_plain_word(*i) && !other(*i)).count();
        let open = at + words;
        let inside = if c.seq(open + 1, &[w!("dự"), w!("kiến")]) { open + 3 } else { open + 1 };
        let day = c.skip(inside, w!("ngày"));
        if !named || words == 0 || !c.is_mark(open, b'(') {
            return None;
        }
        let (when, time, end) = self.when(day, Bare::Short)?;
        let dated = matches!(&when, When::Period(p) if p.is_day());
        (dated && c.is_mark(end, b')')).then_some((when, time, end + 1))
    }

    /// A day of the week, a day that comes again, or a period; an hour may stand behind it.
    pub(super) fn dated(&self, at: usize, bare: Bare) -> Option<(When, Option<ClockTime>, usize)> {
        let c = self.cursor;
        if let Some((days, next)) = c.weekdays(at) {
            let mut rule = Recurrence::every(Frequency::Weekly, 1);
            rule.weekdays = days;
            let of = c.skip_any(next, &[w!("của"), w!("trong")]);
            if let Some((every, next)) = c.every(of).filter(|(every, _)| every.frequency == Frequency::Weekly) {
                rule.interval = every.interval;
                return Some((When::Recurs(rule), None, next));
            }
            let near = self.weekday_near(&rule.weekdays, at, next);
            let next = near.as_ref().map_or(next, |period| period.next);
            let mark = usize::from(matches!(c.mark(next), b',' | b'('));
            if let Some(period) = c.period(next + mark, Bare::Short).filter(|p| matches!(p.first, Calendar::Day { .. }))
            {
                let close = usize::from(c.mark(next) == b'(' && c.is_mark(period.next, b')'));
                let end = period.next + close;
                return Some((When::Period(period), None, end));
            }
            return Some((near.map_or(When::Loose(rule), When::Period), None, next));
        }
        if c.any(at, &[w!("sáng"), w!("trưa"), w!("chiều"), w!("tối")]) {
            // `tối 26/7/2026`, `sáng ngày 20 hằng tháng`
            let found = self.dated(at + 1, Bare::Short)?;
            let day = match &found.0 {
                When::Period(period) => period.is_day(),
                When::Recurs(rule) => !rule.month_days.is_empty(),
                When::Loose(_) => false,
            };
            return day.then_some(found);
        }
        if let Some((rule, next)) = c.cycle_day(at) {
            return Some((When::Recurs(rule), None, next));
        }
        // `đầu tháng 9 hằng năm`: in that month
        let part = c.skip_any(at, &[w!("đầu"), w!("giữa"), w!("cuối")]);
        if part > at
            && let Some(month) = c.month(part, Bare::No)
            && let Calendar::Month { year: YearHint::Missing, month: number } = month.calendar
            && let Some(next) = self.each_year(month.next)
        {
            let rule = Recurrence { months: vec![number], ..Recurrence::every(Frequency::Yearly, 1) };
            return Some((When::Recurs(rule), None, next));
        }
        if let Some((rule, next)) = self.months_each_year(at) {
            return Some((When::Recurs(rule), None, next));
        }
        let period = c.period(at, bare)?;
        let next = period.next;
        if let (Some(rule), Some((every, next))) = (days_each_month(&period), c.every(next))
            && every.frequency == Frequency::Monthly
        {
            return Some((When::Recurs(Recurrence { interval: every.interval, ..rule }), None, next));
        }
        if let Some((rule, next)) = yearly(&period).and_then(|rule| self.each_year(next).map(|next| (rule, next))) {
            return Some((When::Recurs(rule), None, next));
        }
        if let Some(rule) = following_year(c, &period) {
            return Some((When::Recurs(rule), None, next));
        }
        Some((When::Period(period), None, next))
    }

    /// `tuần này`, `tuần tới` at `next`, behind a day of the week at `at`: that day (`thứ Sáu tuần này`).
    fn weekday_near(&self, days: &[u32], at: usize, next: usize) -> Option<Period> {
        let (c, [day]) = (self.cursor, days) else { return None };
        let week = c.near(c.skip_any(next, &[w!("của"), w!("trong")]))?;
        let Calendar::Week { ahead } = week.calendar else { return None };
        let first = Calendar::Weekday { ahead, day: *day };
        Some(Period { first, last: None, end_only: false, open: false, start: at, next: week.next })
    }

    /// `tháng 3, 6, 9 và 12 hằng năm`, `tháng 6, tháng 12 hằng năm`: months that need not follow one another.
    fn months_each_year(&self, at: usize) -> Option<(Recurrence, usize)> {
        const MOST: usize = 12;
        let c = self.cursor;
        let number = |at: usize| c.number(at).filter(|(n, digits)| *digits <= 2 && (1..=12).contains(n));
        let mut next = c.is(at, w!("tháng")).then_some(at + 1)?;
        let mut months = vec![number(next)?.0];
        next += 1;
        while let Some(from) = c.list_mark(next).filter(|_| months.len() < MOST) {
            let from = c.skip(from, w!("tháng"));
            let Some((month, _)) = number(from) else { break };
            months.push(month);
            next = from + 1;
        }
        let end = self.each_year(next).filter(|_| months.len() > 1)?;
        months.sort_unstable();
        months.dedup();
        Some((Recurrence { months, ..Recurrence::every(Frequency::Yearly, 1) }, end))
    }

    /// `hằng năm`, `của năm`, behind a day or month without a year.
    pub(super) fn each_year(&self, at: usize) -> Option<usize> {
        let c = self.cursor;
        let from = if matches!(c.mark(at), b',' | b'(') { at + 1 } else { at };
        let from = c.skip(from, w!("của"));
        let (every, next) = c.every(from).filter(|(every, _)| every.frequency == Frequency::Yearly)?;
        (every.interval == 1).then(|| next + usize::from(c.is_mark(at, b'(') && c.is_mark(next, b')')))
    }
}

/// The last of some days of a month that is not named (`từ ngày 01 đến ngày 05`), as of every month.
fn days_each_month(period: &Period) -> Option<Recurrence> {
    match (&period.first, &period.last) {
        (Calendar::Day { month: None, .. }, Some(Calendar::Day { month: None, day, .. })) => {
            let month_days = vec![day.cast_signed()];
            Some(Recurrence { month_days, ..Recurrence::every(Frequency::Monthly, 1) })
        }
        _ => None,
    }
}

/// A day of the year that follows the one reported on (`ngày 30/01 của năm liền kề`), which comes every year.
fn following_year(c: Cursor<'_>, period: &Period) -> Option<Recurrence> {
    let named = c.any(period.next.wrapping_sub(1), &[w!("theo"), w!("kề"), w!("kế"), w!("tiếp")]);
    match &period.first {
        Calendar::Day { year: YearHint::Next, month: Some(month), day } if named && period.last.is_none() => {
            let (months, month_days) = (vec![*month], vec![day.cast_signed()]);
            Some(Recurrence { months, month_days, ..Recurrence::every(Frequency::Yearly, 1) })
        }
        _ => None,
    }
}

/// A yearly recurrence on a day or month that names no year.
fn yearly(period: &Period) -> Option<Recurrence> {
    let mut rule = Recurrence::every(Frequency::Yearly, 1);
    match (&period.first, &period.last) {
        (Calendar::Day { year: YearHint::Missing, month: Some(month), day }, None) => {
            (rule.months, rule.month_days) = (vec![*month], vec![day.cast_signed()]);
        }
        (Calendar::Month { year: YearHint::Missing, month }, None) => rule.months = vec![*month],
        (Calendar::Month { year: YearHint::Missing, month }, Some(Calendar::Month { month: last, .. })) => {
            rule.months = (*month..=*last).collect();
        }
        (Calendar::Quarter { year: YearHint::Missing, quarter }, None) => {
            rule.months = (quarter * 3 - 2..=quarter * 3).collect();
        }
        _ => return None,
    }
    Some(rule)
}
