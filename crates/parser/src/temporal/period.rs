//! Runs from one stretch to another, with either end shortened, and lists of stretches that follow on.

use nhiemvu_model::{Calendar, YearHint};

use super::calendar::{Bare, Period, Stretch, set_year, year_of};
use super::cursor::Cursor;
use super::word::w;

impl Cursor<'_> {
    /// A stretch, or a run from one to another, with either end shortened.
    pub(super) fn period(self, at: usize, bare: Bare) -> Option<Period> {
        // "giai đoạn 2026 - 2030"
        let stage = if self.seq(at, &[w!("giai"), w!("đoạn")]) { at + 2 } else { at };
        let bare = if stage > at { Bare::Year } else { bare };
        if let Some(part) = self.part_of_month(at) {
            return Some(part);
        }
        let first = match self.stretch(stage, bare) {
            Some(first) => first,
            None => self.days_of_one_month(stage, bare).or_else(|| self.months_of_one_year(stage, bare))?,
        };
        let mut period = Period {
            end_only: first.end_only,
            first: first.calendar,
            last: None,
            open: false,
            start: at,
            next: first.next,
        };
        if let Some(to) = self.range_mark(first.next) {
            if let Some(mut last) = self.second(to, &period.first) {
                join_years(&mut period.first, &mut last.calendar);
                (period.last, period.next, period.end_only) = (Some(last.calendar), last.next, false);
            }
        } else {
            self.enumerated(&mut period);
        }
        self.narrowed(&mut period);
        if let Some(next) = self.open_tail(period.next) {
            (period.open, period.next) = (true, next);
        }
        Some(period)
    }

    /// `nửa đầu tháng 10`, `nửa cuối tháng 10`, `10 ngày đầu tháng 5/2026`: days of one month.
    fn part_of_month(self, at: usize) -> Option<Period> {
        const HALF: u32 = 15;
        let (days, edge) = if self.is(at, w!("nửa")) {
            (HALF, at + 1)
        } else {
            let (days, unit) = self.count(at).filter(|(days, _)| (1..=28).contains(days))?;
            (days, self.is(unit, w!("ngày")).then_some(unit + 1)?)
        };
        let last = self.is(edge, w!("cuối"));
        if !last && !self.is(edge, w!("đầu")) || last && !self.is(at, w!("nửa")) {
            return None;
        }
        let month = self.skip(self.skip_any(edge + 1, &[w!("tiên"), w!("cùng")]), w!("của"));
        let whole = self.month(month, Bare::Short).filter(|_| self.is(month, w!("tháng")))?;
        let Calendar::Month { year, month } = whole.calendar else { return None };
        let day = |day| Calendar::Day { year, month: Some(month), day };
        let (first, last) = if last { (day(HALF + 1), whole.calendar) } else { (day(1), day(days)) };
        Some(Period { first, last: Some(last), end_only: false, open: false, start: at, next: whole.next })
    }

    /// `Năm 2026 (Quý IV)`: the year of the quarter.
    fn narrowed(self, period: &mut Period) {
        if !self.is_mark(period.next, b'(') || period.last.is_some() || !matches!(period.first, Calendar::Year(_)) {
            return;
        }
        let Some(inner) = self.stretch(period.next + 1, Bare::No).filter(|s| self.is_mark(s.next, b')')) else {
            return;
        };
        let (Some(YearHint::Missing), Some(year)) = (year_of(&inner.calendar), year_of(&period.first)) else { return };
        (period.first, period.next) = (inner.calendar, inner.next + 1);
        set_year(&mut period.first, year);
    }

    /// `12` of `12-15/6/2026`, where a date is asked for.
    fn days_of_one_month(self, at: usize, bare: Bare) -> Option<Stretch> {
        let (day, digits) = self.number(at)?;
        if bare == Bare::No || digits > 2 || !(1..=31).contains(&day) {
            return None;
        }
        let to = self.range_mark(at + 1)?;
        let last = self.day(to, Bare::Short)?;
        matches!(last.calendar, Calendar::Day { month: Some(_), .. }).then(|| Stretch {
            calendar: Calendar::Day { year: YearHint::Missing, month: None, day },
            end_only: false,
            start: at,
            next: at + 1,
        })
    }

    /// `09` of `09 - 10/2026`, where a date is asked for.
    fn months_of_one_year(self, at: usize, bare: Bare) -> Option<Stretch> {
        let (month, digits) = self.number(at)?;
        if bare == Bare::No || digits > 2 || !(1..=12).contains(&month) {
            return None;
        }
        let last = self.month(self.range_mark(at + 1)?, Bare::Short)?;
        let later = matches!(last.calendar, Calendar::Month { year: YearHint::Given(_), month: end } if end > month);
        later.then(|| Stretch {
            calendar: Calendar::Month { year: YearHint::Missing, month },
            end_only: false,
            start: at,
            next: at + 1,
        })
    }

    /// `-`, `đến`, `tới`, `~` between two ends, with the words that follow it (`đến hết ngày`): the token after it.
    pub(super) fn range_mark(self, at: usize) -> Option<usize> {
        let from = if self.is_mark(at, b',') && self.any(at + 1, &[w!("đến")]) { at + 1 } else { at };
        let from = self.skip(from, w!("cho"));
        let found = matches!(self.mark(from), b'-' | b'~') || self.any(from, &[w!("đến"), w!("tới")]);
        let next = self.skip_any(from + 1, &[w!("đến"), w!("tới")]);
        found.then(|| self.skip(self.skip(next, w!("hết")), w!("trước")))
    }

    /// The end of a range whose start is `first`; what the start says need not be said again.
    fn second(self, at: usize, first: &Calendar) -> Option<Stretch> {
        let number = |max| self.number(at).filter(|(n, digits)| *digits <= 2 && (1..=max).contains(n)).map(|(n, _)| n);
        let shortened = match first {
            Calendar::Month { .. } => number(12)
                .map(|month| {
                    let (year, next) = self.year_tail(at + 1);
                    Stretch { calendar: Calendar::Month { year, month }, end_only: false, start: at, next }
                })
                .filter(|s| s.next > at + 1 || !self.is_any_word(s.next) || self.any(s.next, &[w!("và"), w!("hằng")])),
            Calendar::Quarter { .. } => self.quarter(at, true),
            _ => None,
        };
        let full = self.stretch(at, Bare::Year);
        match (first, full, shortened) {
            // a number behind a month is a month, unless it is a whole date
            (Calendar::Month { .. }, Some(full), Some(short)) if full.next <= short.next => Some(short),
            (_, Some(full), _) => Some(full),
            (Calendar::Day { .. }, None, None) => self.day(self.skip(at, w!("ngày")), Bare::Short),
            (_, None, short) => short,
        }
    }

    /// Further stretches of the same kind that follow on (`quý III và quý IV`, `tháng 10, 11 và 12/2025`).
    fn enumerated(self, period: &mut Period) {
        let mut known: Calendar = period.first.clone();
        let mut at = period.next;
        for _ in 0..12 {
            let Some(from) = self.list_mark(at) else { return };
            let Some(next) = self.second(from, &known) else { return };
            let follows = match (&known, &next.calendar) {
                (Calendar::Month { month: a, .. }, Calendar::Month { month: b, .. })
                | (Calendar::Quarter { quarter: a, .. }, Calendar::Quarter { quarter: b, .. }) => *b == a + 1,
                (Calendar::Year(YearHint::Given(a)), Calendar::Year(YearHint::Given(b))) => *b == a + 1,
                _ => false,
            };
            let plain =
                matches!(next.calendar, Calendar::Month { year: YearHint::Missing, .. }) && self.number(from).is_some();
            // behind `tháng 6, 7/2026, Sở A` the comma goes on with the sentence, not with the list
            let ends = self.list_mark(next.next).is_none_or(|behind| self.second(behind, &next.calendar).is_none());
            // "2026; 2027 - 2030" is a year and a range
            if !follows || plain && ends || self.range_mark(next.next).is_some() {
                return;
            }
            known = next.calendar;
            at = next.next;
            if ends {
                let mut last = known;
                join_years(&mut period.first, &mut last);
                (period.last, period.next) = (Some(last), at);
                return;
            }
        }
    }

    /// `,`, `và`, `hoặc`, `&`, or two of them: the token after.
    pub(super) fn list_mark(self, at: usize) -> Option<usize> {
        let comma = usize::from(matches!(self.mark(at), b',' | b';' | b'&'));
        let next = self.skip_any(at + comma, &[w!("và"), w!("hoặc")]);
        (next > at).then_some(next)
    }

    /// `và các năm tiếp theo`, `và những năm sau`, `trở đi`, `đến khi …`: the token after it.
    pub(super) fn open_tail(self, at: usize) -> Option<usize> {
        if self.seq(at, &[w!("trở"), w!("đi")]) {
            return Some(at + 2);
        }
        let until = self.skip(at, w!("cho"));
        if self.seq(until, &[w!("đến"), w!("khi")]) {
            return Some(until + 2);
        }
        let from = self.list_mark(at).or_else(|| self.is_mark(at, b'-').then(|| at + 1))?;
        if self.seq(from, &[w!("tiếp"), w!("theo")]) {
            return Some(from + 2);
        }
        let year = self.any(from, &[w!("các"), w!("những")]).then(|| from + 1)?;
        let year = self.any(year, &[w!("năm"), w!("tháng"), w!("quý")]).then(|| year + 1)?;
        self.following(year)
    }
}

/// A year given at one end of a range holds for the other; where that would turn the range round, it is the year beside.
fn join_years(first: &mut Calendar, last: &mut Calendar) {
    if let (Calendar::Day { month, .. }, Calendar::Day { month: end, .. }) = (&mut *first, &*last) {
        *month = month.or(*end);
    }
    let (from, to) = (months_of(first), months_of(last));
    let turned = matches!((from, to), (Some(from), Some(to)) if from > to);
    match (year_of(first), year_of(last)) {
        (Some(YearHint::Missing), Some(YearHint::Given(year))) => {
            set_year(first, YearHint::Given(if turned { year - 1 } else { year }));
        }
        (Some(YearHint::Given(year)), Some(YearHint::Missing)) => {
            set_year(last, YearHint::Given(if turned { year + 1 } else { year }));
        }
        (Some(YearHint::Missing), Some(hint)) if hint != YearHint::Missing => set_year(first, hint),
        (Some(hint), Some(YearHint::Missing)) => set_year(last, hint),
        _ => {}
    }
}

/// First and last month of a stretch, as far as it tells, with its day.
fn months_of(calendar: &Calendar) -> Option<(u32, u32)> {
    match calendar {
        Calendar::Day { month: Some(month), day, .. } => Some((*month, *day)),
        Calendar::Month { month, .. } => Some((*month, 0)),
        Calendar::Quarter { quarter, .. } => Some((quarter * 3, 0)),
        Calendar::Months { first, .. } => Some((*first, 0)),
        _ => None,
    }
}
