//! Limits that `từ` opens: with an end, without one, from today.

use nhiemvu_model::{Bound, ClockTime, TimeValue};

use super::calendar::{Bare, Period};
use super::limit::{Bind, Grammar, When};
use super::word::w;

impl Grammar<'_> {
    /// `từ … đến …`, `từ nay đến …`, `từ …`.
    pub(super) fn from(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        let start = at - usize::from(at > 0 && c.any(at - 1, &[w!("kể"), w!("tính")]));
        let start = start - if c.ends(start, &[w!("bắt"), w!("đầu")]) { 2 } else { 0 };
        let mut next = self.skip_lead(at + 1);
        let today = self.today(next);
        if let Some(after) = today {
            if let Some((value, time, end)) =
                c.range_mark(after).and_then(|to| self.until_from(to, Bound::DocumentDate))
            {
                // "từ nay đến ngày 10/6 chỉ còn một tháng" tells how little time is left
                let left = c.any(end, &[w!("chỉ"), w!("còn")]);
                return Some(if left { end } else { self.push_checked(start, end, value, time) });
            }
            return Some(after);
        }
        // "từ 8 giờ 00 đến 11 giờ 30 ngày …", and "từ 8 giờ 00 ngày … đến …"
        if let Some((_, after)) = c.clock(next) {
            if let Some((when, time, end)) = self.when(next, Bare::Short)
                && !matches!(&when, When::Period(p) if c.range_mark(p.next).is_some())
            {
                return Some(self.bound(start, Bind::In, when, time, end));
            }
            next = after + usize::from(c.is_mark(after, b','));
        }
        // "từ 2026 đến 2030", in a field also "từ 2026"
        let years =
            c.range_mark(next + 1).is_some_and(|to| c.number(c.skip(to, w!("năm"))).is_some_and(|(n, _)| n > 1900));
        let bare = if years || self.judge.field(at) { Bare::Year } else { Bare::Short };
        match self.dated(next, bare)? {
            (When::Period(period), _, _) => Some(self.open_or_range(start, at, period)),
            (when, time, end) => Some(self.bound(start, Bind::In, when, time, end)),
        }
    }

    /// A range with its start at `at` read as `period`, or with no end.
    fn open_or_range(&mut self, start: usize, at: usize, period: Period) -> usize {
        let c = self.cursor;
        // "từ ngày 10/5 đến 17 giờ 00 ngày 15/5": the hour hides the end from the calendar
        if period.last.is_none() && !period.open {
            if let Some(to) = c.range_mark(period.next) {
                if c.any(to, &[w!("nay")]) {
                    return to + 1;
                }
                if let Some((value, time, end)) = self.until_from(to, Bound::On(period.first.clone())) {
                    return self.push_checked(start, end, value, time);
                }
            }
            if self.judge.refuses_open_start(at, &period) {
                return period.next;
            }
            let end = period.next;
            return self.bound(start, Bind::From, When::Period(period), None, end);
        }
        if self.judge.refuses_range(at, &period) {
            return period.next;
        }
        let end = period.next;
        self.bound(start, Bind::In, When::Period(period), None, end)
    }

    /// The end of a range that starts at `start`.
    fn until_from(&self, to: usize, start: Bound) -> Option<(TimeValue, Option<ClockTime>, usize)> {
        let (when, time, end) = self.when(to, Bare::Year)?;
        let When::Period(period) = when else { return None };
        if period.undatable() {
            return Some((TimeValue::None, None, end));
        }
        Some((TimeValue::Within { start, end: Bound::On(period.end().clone()) }, time, end))
    }

    /// `nay`, `ngày ký`, `ngày ban hành Kế hoạch này`: the token after it.
    fn today(&self, at: usize) -> Option<usize> {
        let c = self.cursor;
        if c.is(at, w!("nay")) {
            return Some(at + 1);
        }
        let head = if c.any(at, &[w!("ngày"), w!("khi")]) { at + 1 } else { return None };
        let end = if c.is(head, w!("ký")) {
            head + 1
        } else if c.seq(head, &[w!("ban"), w!("hành")]) {
            head + 2
        } else {
            return None;
        };
        (end..end + 6).take_while(|i| c.mark(*i) == 0).find(|i| c.range_mark(*i).is_some())
    }

    fn skip_lead(&self, at: usize) -> usize {
        let c = self.cursor;
        let at = c.skip_any(at, &[w!("khoảng"), w!("các")]);
        if c.seq(at, &[w!("thời"), w!("điểm")]) { at + 2 } else { at }
    }
}
