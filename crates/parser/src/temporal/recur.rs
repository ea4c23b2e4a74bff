//! Recurrence: `hằng tháng`, `6 tháng một lần`, `ngày 20 của tháng cuối quý`.

use nhiemvu_model::{Frequency, Recurrence};

use super::cursor::Cursor;
use super::word::w;

/// A recurrence on certain days (`true`) or on none (`false`), and the token after it.
pub(super) type Recurs = (Recurrence, usize);

impl Cursor<'_> {
    /// The unit at `at` (`ngày`, `tuần`, `tháng`, `quý`, `năm`), `count` of them, as a recurrence.
    pub(super) fn unit(self, at: usize, count: u32) -> Option<Recurs> {
        let (frequency, interval) = match self.word(at) {
            word if word == w!("ngày") => (Frequency::Daily, 1),
            word if word == w!("tuần") => (Frequency::Weekly, 1),
            word if word == w!("tháng") => (Frequency::Monthly, 1),
            word if word == w!("quý") => (Frequency::Monthly, 3),
            word if word == w!("năm") => (Frequency::Yearly, 1),
            _ => return None,
        };
        Some((Recurrence::every(frequency, interval * count), at + 1))
    }

    /// As [`Self::unit`], where the unit is not the beginning of a date (`mặt hàng năm 2025`, `tháng 5`).
    fn free_unit(self, at: usize, count: u32) -> Option<Recurs> {
        let found = self.unit(at, count)?;
        let roman = self.is(at, w!("quý")) && self.any(at + 1, &[w!("i"), w!("ii"), w!("iii"), w!("iv")]);
        let dated = self.number(at + 1).is_some_and(|(n, _)| match self.word(at) {
            word if word == w!("năm") => n >= 1900,
            word if word == w!("tháng") => n <= 12 && self.is_mark(at + 2, b'/'),
            _ => false,
        });
        (!roman && !dated).then_some(found)
    }

    /// `hằng tháng`, `hàng quý`, `mỗi năm`, `mỗi 6 tháng`, `hằng đêm`.
    pub(super) fn every(self, at: usize) -> Option<Recurs> {
        if !self.any(at, &[w!("hằng"), w!("mỗi")]) {
            return None;
        }
        if self.is(at + 1, w!("tối")) {
            return Some((Recurrence::every(Frequency::Daily, 1), at + 2));
        }
        if let Some(found) = self.free_unit(at + 1, 1) {
            return Some(found);
        }
        let (count, unit) = self.count(at + 1)?;
        (self.is(at, w!("mỗi")) && count <= 12).then(|| self.unit(unit, count))?
    }

    /// `6 tháng một lần`, `3 tháng/lần`, `01 lần/tháng`, `một năm hai lần`, `một lần mỗi quý`.
    pub(super) fn times(self, at: usize) -> Option<Recurs> {
        let (count, next) = self.count(at)?;
        if self.is(next, w!("lần")) {
            let unit = if self.is_mark(next + 1, b'/') {
                next + 2
            } else {
                self.any(next + 1, &[w!("mỗi"), w!("hằng")]).then(|| next + 2)?
            };
            // "năm" is a number too
            return self
                .free_unit(unit, 1)
                .or_else(|| self.count(unit).and_then(|(n, unit)| self.free_unit(unit, n.min(36))));
        }
        if count > 36 {
            return None;
        }
        let (rule, unit) = self.unit(next, count)?;
        let slash = usize::from(self.is_mark(unit, b'/'));
        let (_, times) = self.count(unit + slash).unwrap_or((1, unit + slash));
        (self.is(times, w!("lần")) && (slash == 1 || times > unit)).then(|| (rule, times + 1))
    }

    /// `…, tuần 03 buổi`, `(ngày 02 lần)`: how often in each such unit, behind a mark.
    pub(super) fn as_often(self, at: usize) -> Option<Recurs> {
        let before = at.checked_sub(1)?;
        let set_off = matches!(self.mark(before), b',' | b'(' | b';' | b':' | b'-');
        let (_, times) = self.count(at + 1).filter(|_| set_off)?;
        let (rule, _) = self.unit(at, 1)?;
        self.any(times, &[w!("lần"), w!("buổi"), w!("kỳ")]).then_some((rule, times + 1))
    }

    /// What follows `định kỳ`: `hằng quý`, `6 tháng`, `tháng`, each with more of its kind behind it.
    pub(super) fn periodic(self, at: usize) -> Option<Recurs> {
        if let Some(found) = self.times(at).or_else(|| self.every(at)) {
            return Some(found);
        }
        if let Some((count, next)) = self.count(at).filter(|(n, _)| *n <= 36) {
            // "năm" is a number too
            if let Some((rule, next)) = self.unit(next, count) {
                return (!self.any(next, &[w!("đầu"), w!("cuối")])).then_some((rule, next));
            }
        }
        // "định kỳ ngày 25 hằng tháng": the number says which day, unless it counts ("định kỳ tháng 2 lần")
        let dated = self.any(at, &[w!("ngày"), w!("tháng")])
            && self.number(at + 1).is_some_and(|(n, _)| n <= 31 && !self.is(at + 2, w!("lần")));
        self.free_unit(at, 1).filter(|(_, next)| !dated && !self.any(*next, &[w!("đầu"), w!("cuối"), w!("sau")]))
    }

    /// A recurrence behind another (`, hằng quý`; `và năm`; `/năm`).
    pub(super) fn more_periodic(self, at: usize) -> Option<(usize, Recurs)> {
        let from = if self.is_mark(at, b'/') { at + 1 } else { self.list_mark(at)? };
        let from = if self.seq(from, &[w!("định"), w!("kỳ")]) { from + 2 } else { from };
        let found = self.periodic(from)?;
        // an elided unit ends the phrase: "hằng tháng, quý" but not "hằng tháng, năm đơn vị"
        let elided = !self.any(from, &[w!("hằng"), w!("mỗi")]) && self.number(from).is_none();
        let clear =
            !elided || !self.is_any_word(found.1) || self.any(found.1, &[w!("và"), w!("báo"), w!("gửi"), w!("về")]);
        clear.then_some((from, found))
    }

    /// A day or days of a month that comes again: `ngày 20 hằng tháng`, `ngày 05 của tháng liền kề`,
    /// `ngày 15 tháng đầu quý sau`, `ngày cuối tháng`.
    pub(super) fn cycle_day(self, at: usize) -> Option<Recurs> {
        let (days, next) = self.month_days(at)?;
        let mut rule = Recurrence::every(Frequency::Monthly, 1);
        rule.month_days = days;
        // `khối 12, mỗi tháng một lần`: without `ngày` the number before the comma is another
        let set_off = self.is(at, w!("ngày")) && self.is_mark(next, b',') || self.is_mark(next, b'(');
        let from = if set_off { next + 1 } else { next };
        if let Some((every, next)) = self.every(from) {
            if every.frequency != Frequency::Monthly {
                return None;
            }
            rule.interval = every.interval;
            return Some((rule, next));
        }
        let of = self.skip(next, w!("của"));
        if let Some((months, next)) = self.months_named(of) {
            return Some((Recurrence { months, frequency: Frequency::Yearly, ..rule }, next));
        }
        let last_day = rule.month_days == [-1];
        if self.is(of, w!("quý")) {
            let next =
                self.following(of + 1).or_else(|| (last_day && self.number(of + 1).is_none()).then_some(of + 1))?;
            rule.months = if last_day { vec![3, 6, 9, 12] } else { vec![1, 4, 7, 10] };
            return Some((rule, next));
        }
        let of = self.skip_any(of, &[w!("mỗi"), w!("hằng")]);
        if !self.is(of, w!("tháng")) {
            return None;
        }
        if let Some((months, next)) = self.month_of_quarter(of + 1) {
            rule.months = months;
            return Some((rule, next));
        }
        if let Some(next) = self.following(of + 1) {
            // "tháng tiếp theo của quý", "tháng sau quý báo cáo"
            let quarter = self.skip_any(next, &[w!("của"), w!("sau")]);
            if self.is(quarter, w!("quý")) {
                rule.months = vec![1, 4, 7, 10];
                return Some((rule, self.following(quarter + 1).unwrap_or(quarter + 1)));
            }
            return Some((rule, next));
        }
        if self.seq(of + 1, &[w!("báo"), w!("cáo")]) {
            return Some((rule, of + 3));
        }
        let alone = (of > next || last_day) && self.number(of + 1).is_none();
        alone.then_some((rule, of + 1))
    }

    /// `các tháng 3, 6, 9` (`hằng năm`), behind a day: its months.
    fn months_named(self, at: usize) -> Option<(Vec<u32>, usize)> {
        let month = |at: usize| self.number(at).filter(|(month, _)| (1..=12).contains(month)).map(|(month, _)| month);
        if !self.seq(at, &[w!("các"), w!("tháng")]) {
            return None;
        }
        let (mut months, mut next) = (vec![month(at + 2)?], at + 3);
        while let Some(from) = self.list_mark(next)
            && let Some(more) = month(self.skip(from, w!("tháng")))
        {
            months.push(more);
            next = self.skip(from, w!("tháng")) + 1;
        }
        // `các tháng 6, 9/2026` are of one year
        if months.len() < 2 || self.is_mark(next, b'/') || self.is(next, w!("năm")) {
            return None;
        }
        let each = self.every(self.skip(next, w!("của"))).filter(|(every, _)| every.frequency == Frequency::Yearly);
        Some((months, each.map_or(next, |(_, next)| next)))
    }

    /// `ngày 10 và ngày 25`, `ngày làm việc cuối cùng`: days of a month, -1 for the last.
    fn month_days(self, at: usize) -> Option<(Vec<i32>, usize)> {
        let named = self.is(at, w!("ngày"));
        if named {
            let edge = if self.seq(at + 1, &[w!("làm"), w!("việc")]) { at + 3 } else { at + 1 };
            if self.is(edge, w!("cuối")) {
                return Some((vec![-1], self.skip(edge + 1, w!("cùng"))));
            }
        }
        let day = |at: usize| {
            let (day, digits) = self.number(at)?;
            ((1..=31).contains(&day) && digits <= 2 && !matches!(self.mark(at + 1), b'/' | b'%'))
                .then_some(day.cast_signed())
        };
        let mut next = self.skip(at + usize::from(named), w!("mùng"));
        let mut days = vec![day(next)?];
        next += 1;
        while days.len() < 6 {
            let Some(from) = self.list_mark(next) else { break };
            let from = self.skip(from, w!("ngày"));
            let Some(more) = day(from) else { break };
            days.push(more);
            next = from + 1;
        }
        days.sort_unstable();
        days.dedup();
        Some((days, next))
    }

    /// `đầu quý`, `cuối quý`, `cuối cùng của mỗi quý`, `thứ hai của quý sau`, behind `tháng`: its months.
    fn month_of_quarter(self, at: usize) -> Option<(Vec<u32>, usize)> {
        let (place, next) = match self.word(at) {
            word if word == w!("đầu") => (1, self.skip(at + 1, w!("tiên"))),
            word if word == w!("cuối") => (3, self.skip(at + 1, w!("cùng"))),
            word if word == w!("giữa") => (2, at + 1),
            word if word == w!("thứ") => self.count(at + 1).filter(|(n, _)| *n <= 3)?,
            _ => return None,
        };
        let quarter = self.skip_any(self.skip(next, w!("của")), &[w!("mỗi"), w!("hằng")]);
        if !self.is(quarter, w!("quý")) {
            return None;
        }
        let after = self.following(quarter + 1).unwrap_or(self.skip(quarter + 1, w!("này")));
        Some(((0..4).map(|quarter| quarter * 3 + place).collect(), after))
    }
}
