//! Quarters, half-years, years, and their edges; a stretch of any kind.

use nhiemvu_model::{Calendar, YearHint};

use super::calendar::{Bare, Stretch};
use super::cursor::Cursor;
use super::word::w;

impl Cursor<'_> {
    /// Number of a quarter, Roman or Arabic.
    fn quarter_number(self, at: usize) -> Option<u32> {
        if let Some((number, 1..=2)) = self.number(at) {
            return (1..=4).contains(&number).then_some(number);
        }
        let roman = [w!("i"), w!("ii"), w!("iii"), w!("iv")];
        roman.iter().position(|r| self.is(at, *r)).map(|i| i as u32 + 1)
    }

    /// A quarter, `Quý IV/2025`, `quý 3 năm 2020`, `Q1/2026`; without the word where `named` says that it is understood.
    pub(super) fn quarter(self, at: usize, named: bool) -> Option<Stretch> {
        let lead = if self.is(at, w!("các")) { at + 1 } else { at };
        let digit =
            if self.is(lead, w!("quý")) || self.is(lead, w!("q")) && self.glued(lead + 1) { lead + 1 } else { at };
        if digit == at && !named {
            return None;
        }
        if self.is(lead, w!("quý")) && self.is(lead + 1, w!("cuối")) {
            let year = self.skip(self.skip(lead + 2, w!("cùng")), w!("của"));
            let (year, next) =
                self.named_year(year).or_else(|| self.is(year, w!("năm")).then_some((YearHint::This, year + 1)))?;
            return Some(Stretch {
                calendar: Calendar::Quarter { year, quarter: 4 },
                end_only: false,
                start: at,
                next,
            });
        }
        let quarter = self.quarter_number(digit)?;
        let (year, next) = self.year_tail(digit + 1);
        if self.is_mark(next, b'%') {
            return None;
        }
        Some(Stretch { calendar: Calendar::Quarter { year, quarter }, end_only: false, start: at, next })
    }

    /// `6 tháng cuối năm 2025`, `hai tháng đầu năm`, `nửa đầu năm 2026`.
    fn months(self, at: usize) -> Option<Stretch> {
        let (count, edge) = if self.is(at, w!("nửa")) {
            (6, self.skip(at + 1, w!("năm")))
        } else {
            let (count, next) = self.count(at)?;
            (count, self.is(next, w!("tháng")).then(|| next + 1)?)
        };
        if !(1..=12).contains(&count) || !self.any(edge, &[w!("đầu"), w!("cuối")]) {
            return None;
        }
        let (first, last) = if self.is(edge, w!("đầu")) { (1, count) } else { (13 - count, 12) };
        let after = self.skip(edge + 1, w!("của"));
        let (year, next) = if self.is(after, w!("năm")) && !self.is(after + 1, w!("học")) {
            self.named_year(after).unwrap_or((YearHint::This, after + 1))
        } else if self.is(at, w!("nửa")) || self.any(after, &[w!("tháng"), w!("quý")]) {
            return None;
        } else if let (YearHint::Given(year), next) = self.year_tail(edge + 1) {
            (YearHint::Given(year), next)
        } else {
            (YearHint::This, edge + 1)
        };
        let calendar = Calendar::Months { year, first, last };
        Some(Stretch { calendar, end_only: false, start: at, next })
    }

    /// `cuối năm 2030`, `hết quý II/2026` (its end); `đầu năm 2026`, `những tháng đầu năm`, `tuần 2 tháng 6` (no date).
    fn edge(self, at: usize, bare: Bare) -> Option<Stretch> {
        let unknown = |next| Some(Stretch { calendar: Calendar::Unknown, end_only: true, start: at, next });
        if self.any(at, &[w!("những"), w!("các")])
            && self.any(at + 1, &[w!("tháng"), w!("ngày"), w!("quý"), w!("tuần")])
        {
            let last = self.is(at + 2, w!("cuối"));
            let inner = self.any(at + 2, &[w!("đầu"), w!("cuối"), w!("giữa")]).then(|| self.whole(at + 3))??;
            return if last { Some(Stretch { end_only: true, start: at, ..inner }) } else { unknown(inner.next) };
        }
        if self.is(at, w!("tuần")) {
            let last = self.is(at + 1, w!("cuối"));
            let edge = if self.any(at + 1, &[w!("đầu"), w!("cuối"), w!("giữa")]) {
                at + 2
            } else {
                self.count(self.skip(at + 1, w!("thứ")))?.1
            };
            let inner = self.whole(self.skip(self.skip(self.skip(edge, w!("tiên")), w!("cùng")), w!("của")))?;
            return if last { Some(Stretch { end_only: true, start: at, ..inner }) } else { unknown(inner.next) };
        }
        if !self.any(at, &[w!("đầu"), w!("cuối"), w!("giữa"), w!("hết"), w!("nửa")]) {
            return None;
        }
        let inside =
            if self.is(at, w!("nửa")) { self.skip_any(at + 1, &[w!("đầu"), w!("cuối")]) } else { at + 1 };
        let last = self.is(at, w!("cuối")) || self.is(at, w!("hết")) || self.is(inside - 1, w!("cuối"));
        let inner = if self.is(at, w!("hết")) { self.stretch(inside, bare) } else { self.whole(inside) }?;
        if last { Some(Stretch { end_only: true, start: at, ..inner }) } else { unknown(inner.next) }
    }

    /// A month, quarter or year as a whole, also the current one (`năm`, `tháng này`) whose date the words leave open.
    fn whole(self, at: usize) -> Option<Stretch> {
        if let Some(stretch) =
            self.month(at, Bare::Short).or_else(|| self.quarter(at, false)).or_else(|| self.year(at, Bare::No))
        {
            return Some(stretch);
        }
        let stretch = |calendar, next| Some(Stretch { calendar, end_only: false, start: at, next });
        if self.is(at, w!("năm")) && !self.is(at + 1, w!("học")) {
            return stretch(Calendar::Year(YearHint::This), at + 1);
        }
        if let Some(near) = self.near(at) {
            return Some(near);
        }
        if self.any(at, &[w!("tháng"), w!("quý"), w!("tuần")]) {
            return stretch(Calendar::Unknown, at + 1);
        }
        None
    }

    /// A year, `năm 2026`, `năm nay`, bare `2026`.
    fn year(self, at: usize, bare: Bare) -> Option<Stretch> {
        let lead = if self.is(at, w!("các")) { at + 1 } else { at };
        let (year, next) = match self.named_year(lead) {
            Some(found) => found,
            None if bare == Bare::Year => self.year_number(at).map(|(year, next)| (YearHint::Given(year), next))?,
            None => return None,
        };
        Some(Stretch { calendar: Calendar::Year(year), end_only: false, start: at, next })
    }

    /// `tuần này`, `tháng tới`, `quý sau`: a stretch counted from the document's own.
    pub(super) fn near(self, at: usize) -> Option<Stretch> {
        let many = at > 0 && (self.any(at - 1, &[w!("các"), w!("những"), w!("mỗi")]) || self.number(at - 1).is_some());
        let (ahead, next) = if self.is(at + 1, w!("này")) { (0, at + 2) } else { (1, self.following(at + 1)?) };
        let calendar = if self.is(at, w!("tuần")) {
            Calendar::Week { ahead }
        } else if self.is(at, w!("tháng")) {
            Calendar::Near { months: 1, ahead }
        } else if self.is(at, w!("quý")) {
            Calendar::Near { months: 3, ahead }
        } else {
            return None;
        };
        (!many).then_some(Stretch { calendar, end_only: false, start: at, next })
    }

    /// `hôm nay`, `ngày hôm nay`, `ngày mai`: a day counted from the document's own, with its date in brackets passed over.
    fn today(self, at: usize) -> Option<Stretch> {
        let named = self.skip(at, w!("ngày"));
        let (ahead, next) = if self.seq(named, &[w!("hôm"), w!("nay")]) {
            (0, named + 2)
        } else if named > at && self.is(named, w!("mai")) {
            (1, named + 1)
        } else {
            return None;
        };
        let dated = self.is_mark(next, b'(').then(|| self.day(self.skip(next + 1, w!("ngày")), Bare::Short)).flatten();
        let next = dated.filter(|day| self.is_mark(day.next, b')')).map_or(next, |day| day.next + 1);
        Some(Stretch { calendar: Calendar::Today { ahead }, end_only: false, start: at, next })
    }

    /// A stretch of any kind.
    pub(super) fn stretch(self, at: usize, bare: Bare) -> Option<Stretch> {
        self.months(at)
            .or_else(|| self.day(at, bare))
            .or_else(|| self.month(at, bare))
            .or_else(|| self.quarter(at, false))
            .or_else(|| self.year(at, bare))
            .or_else(|| self.near(at))
            .or_else(|| self.today(at))
            .or_else(|| self.edge(at, bare))
    }
}
