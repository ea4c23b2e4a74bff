//! Stretches of the calendar: days, months, quarters, half-years, years, and periods made of them.

use nhiemvu_model::{Calendar, YearHint};

use super::cursor::Cursor;
use super::word::w;

/// One stretch as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub calendar: Calendar,
    /// Whether the words name its end alone (`cuối năm 2030`).
    pub end_only: bool,
    /// First token.
    pub start: usize,
    /// The token after it.
    pub next: usize,
}

/// A stretch, or a run from one to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    pub first: Calendar,
    /// Where it ends; `None` where it is one stretch.
    pub last: Option<Calendar>,
    /// Whether only its end is named.
    pub end_only: bool,
    /// Whether it has no end (`và các năm tiếp theo`).
    pub open: bool,
    pub start: usize,
    pub next: usize,
}

impl Period {
    /// Whether nothing in it can be dated.
    pub(super) fn undatable(&self) -> bool {
        self.first == Calendar::Unknown || self.last == Some(Calendar::Unknown)
    }

    /// Its last stretch.
    pub(super) fn end(&self) -> &Calendar {
        self.last.as_ref().unwrap_or(&self.first)
    }
}

/// How much a number alone may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bare {
    /// Nothing but a full date (`30/11/2024`).
    No,
    /// A day and month, or a month and year, as behind a word that asks for a date (`trước 30/11`, `đến 12/2026`).
    Short,
    /// A year too, as alone in a field or at the end of a range.
    Year,
}

/// What a year that is left out may be taken from.
pub(super) fn year_of(calendar: &Calendar) -> Option<YearHint> {
    match calendar {
        Calendar::Day { year, .. }
        | Calendar::Month { year, .. }
        | Calendar::Quarter { year, .. }
        | Calendar::Months { year, .. }
        | Calendar::Year(year) => Some(*year),
        Calendar::Unknown => None,
    }
}

/// Sets the year where it is missing.
pub(super) fn set_year(calendar: &mut Calendar, hint: YearHint) {
    match calendar {
        Calendar::Day { year, .. }
        | Calendar::Month { year, .. }
        | Calendar::Quarter { year, .. }
        | Calendar::Months { year, .. }
        | Calendar::Year(year)
            if *year == YearHint::Missing =>
        {
            *year = hint;
        }
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

impl Cursor<'_> {
    /// A year of four digits that begins no document number.
    fn year_number(self, at: usize) -> Option<(i32, usize)> {
        let (value, digits) = self.number(at)?;
        let symbol = matches!(self.mark(at + 1), b'/' | b'-')
            && self.glued(at + 1)
            && self.glued(at + 2)
            && self.is_any_word(at + 2)
            && !self.any(at + 2, &[w!("quý"), w!("tháng"), w!("năm")]);
        (digits == 4 && (1990..=2099).contains(&value) && !symbol && !self.is_mark(at + 1, b'%'))
            .then_some((value.cast_signed(), at + 1))
    }

    /// The year behind a day, month or quarter, and the token after it.
    fn year_tail(self, at: usize) -> (YearHint, usize) {
        let none = (YearHint::Missing, at);
        if matches!(self.mark(at), b'/' | b'-' | b'.') {
            let tight = self.glued(at) || self.is_mark(at, b'/');
            return match self.year_number(at + 1) {
                Some((year, next)) if tight && (self.glued(at + 1) || self.is_mark(at, b'/')) => {
                    (YearHint::Given(year), next)
                }
                _ => none,
            };
        }
        let named = self.skip(if self.is_mark(at, b',') || self.is(at, w!("của")) { at + 1 } else { at }, w!("hằng"));
        if self.is(named, w!("năm")) && !self.is(named.wrapping_sub(1), w!("hằng")) {
            return self.named_year(named).filter(|(_, next)| *next > named + 1).unwrap_or(none);
        }
        match self.year_number(at) {
            Some((year, next)) => (YearHint::Given(year), next),
            None => none,
        }
    }

    /// `năm 2026`, `năm nay`, `năm sau`, at `năm`; a bare `năm` is no year.
    fn named_year(self, at: usize) -> Option<(YearHint, usize)> {
        if !self.is(at, w!("năm")) {
            return None;
        }
        if let Some((year, next)) = self.year_number(at + 1) {
            return Some((YearHint::Given(year), next));
        }
        if self.any(at + 1, &[w!("nay"), w!("này")]) {
            return Some((YearHint::This, at + 2));
        }
        // "các năm tiếp theo" are more than one
        let many = at > 0 && self.any(at - 1, &[w!("các"), w!("những")]);
        self.following(at + 1).filter(|_| !many).map(|next| (YearHint::Next, next))
    }

    /// `sau`, `tới`, `tiếp theo`, `kế tiếp`, `liền kề`, `liền sau`: the token after it.
    pub(super) fn following(self, at: usize) -> Option<usize> {
        const PAIRS: [[super::word::Word; 2]; 6] = [
            [w!("tiếp"), w!("theo")],
            [w!("kế"), w!("tiếp")],
            [w!("liền"), w!("kề")],
            [w!("liền"), w!("kế")],
            [w!("liền"), w!("sau")],
            [w!("tiếp"), w!("sau")],
        ];
        if let Some(pair) = PAIRS.iter().find(|pair| self.seq(at, &pair[..])) {
            let next = at + pair.len();
            // "kế tiếp theo", "liền kề sau", "liền kề tiếp theo"
            let next = self.skip_any(next, &[w!("theo"), w!("sau"), w!("tiếp")]);
            return Some(self.skip(next, w!("theo")));
        }
        self.any(at, &[w!("sau"), w!("tới"), w!("kế"), w!("kề")]).then(|| at + 1)
    }

    /// A day.
    fn day(self, at: usize, bare: Bare) -> Option<Stretch> {
        let named = self.is(at, w!("ngày"));
        let digit = at + usize::from(named);
        let (day, digits) = self.number(digit)?;
        // a number behind a slash, or behind letters and a dash, is part of a document number
        let inside = !named
            && digit > 1
            && self.glued(digit)
            && match self.mark(digit - 1) {
                b'/' | b'.' => true,
                b'-' => self.is_any_word(digit - 2) && self.glued(digit - 1),
                _ => false,
            };
        if digits > 2 || inside {
            return None;
        }
        let stretch = |year, month, next| {
            Some(Stretch { calendar: Calendar::Day { year, month, day }, end_only: false, start: at, next })
        };
        if let Some((month, year, next)) = self.numeric_date(digit) {
            return if named || (1..=31).contains(&day) && (1..=12).contains(&month) {
                stretch(YearHint::Given(year), Some(month), next)
            } else {
                None
            };
        }
        if !(1..=31).contains(&day) {
            return None;
        }
        let word = if self.is_mark(digit + 1, b',') { digit + 2 } else { digit + 1 };
        let word = if self.is(word, w!("của")) { word + 1 } else { word };
        if self.is(word, w!("tháng"))
            && let Some((month, 1..=2)) = self.number(word + 1).filter(|(m, _)| (1..=12).contains(m))
        {
            let (year, next) = self.year_tail(word + 2);
            return stretch(year, Some(month), next);
        }
        let dash = self.is_mark(digit + 1, b'-');
        if let Some((month, next)) = self.day_and_month(digit).filter(|_| named || bare != Bare::No && !dash) {
            let (year, after) = self.year_tail(next);
            // `15/6 năm 2026`; a slash behind it would have been a full date or no date at all
            return match self.mark(next) {
                b'/' if self.glued(next) => None,
                _ => stretch(year, Some(month), after),
            };
        }
        let ends =
            !(matches!(self.mark(digit + 1), b'/' | b'%') || self.is_mark(digit + 1, b'.') && self.glued(digit + 2));
        if named && ends { stretch(YearHint::Missing, None, digit + 1) } else { None }
    }

    /// Month and year of `D/M/Y`, `D.M.Y`, `D-M-Y`, with the token after it, at the number of the day.
    fn numeric_date(self, digit: usize) -> Option<(u32, i32, usize)> {
        let sep = self.mark(digit + 1);
        if !matches!(sep, b'/' | b'.' | b'-') || !self.is_mark(digit + 3, sep) {
            return None;
        }
        let (month, month_digits) = self.number(digit + 2)?;
        let (year, year_digits) = self.number(digit + 4)?;
        let tight = (1..=4).all(|i| self.glued(digit + i));
        if month_digits > 2 || !tight && (sep != b'/' || year_digits != 4) {
            return None;
        }
        // a further part makes it a document number
        let part = matches!(self.mark(digit + 5), b'/' | b'-') && self.glued(digit + 5) && self.glued(digit + 6);
        if sep == b'/' && part && (self.is_mark(digit + 5, b'/') || self.is_any_word(digit + 6)) {
            return None;
        }
        let year = match year_digits {
            4 if (1900..=2199).contains(&year) => year.cast_signed(),
            2 if sep == b'/' && (10..=60).contains(&year) => 2000 + year.cast_signed(),
            _ => return None,
        };
        Some((month, year, digit + 5))
    }

    /// Month of `D/M`, with the token after it.
    fn day_and_month(self, digit: usize) -> Option<(u32, usize)> {
        let (month, digits) = self.number(digit + 2)?;
        let sound = matches!(self.mark(digit + 1), b'/' | b'-')
            && self.glued(digit + 2)
            && (self.glued(digit + 1) || self.is_mark(digit + 1, b'/'))
            && digits <= 2
            && (1..=12).contains(&month)
            && !self.is_mark(digit + 3, b'%');
        // `12-15/6/2026` is a range of days, not the twelfth of a fifteenth month
        let range = self.is_mark(digit + 1, b'-') && self.is_mark(digit + 3, b'/');
        (sound && !range).then_some((month, digit + 3))
    }

    /// A month, `tháng 5/2026`, `tháng 05 năm 2026`, `12/2026`, `T10/2025`.
    fn month(self, at: usize, bare: Bare) -> Option<Stretch> {
        let named = self.is(at, w!("tháng")) || self.is(at, w!("t")) && self.glued(at + 1);
        let short = self.is(at, w!("t"));
        let digit = at + usize::from(named);
        let (month, digits) = self.number(digit)?;
        if digits > 2 || !(1..=12).contains(&month) || !named && bare == Bare::No {
            return None;
        }
        let (year, next) = self.year_tail(digit + 1);
        let given = matches!(year, YearHint::Given(_)) && self.is_mark(digit + 1, b'/');
        let inside_number = !named && digit > 0 && self.glued(digit) && self.is_mark(digit - 1, b'/');
        if (!named || short) && !given || inside_number || named && self.is_mark(next, b'%') {
            return None;
        }
        Some(Stretch { calendar: Calendar::Month { year, month }, end_only: false, start: at, next })
    }

    /// Number of a quarter, Roman or Arabic.
    fn quarter_number(self, at: usize) -> Option<u32> {
        if let Some((number, 1..=2)) = self.number(at) {
            return (1..=4).contains(&number).then_some(number);
        }
        let roman = [w!("i"), w!("ii"), w!("iii"), w!("iv")];
        roman.iter().position(|r| self.is(at, *r)).map(|i| i as u32 + 1)
    }

    /// A quarter, `Quý IV/2025`, `quý 3 năm 2020`, `Q1/2026`; without the word where `named` says that it is understood.
    fn quarter(self, at: usize, named: bool) -> Option<Stretch> {
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

    /// A stretch of any kind.
    pub(super) fn stretch(self, at: usize, bare: Bare) -> Option<Stretch> {
        self.months(at)
            .or_else(|| self.day(at, bare))
            .or_else(|| self.month(at, bare))
            .or_else(|| self.quarter(at, false))
            .or_else(|| self.year(at, bare))
            .or_else(|| self.edge(at, bare))
    }

    /// A stretch, or a run from one to another, with either end shortened.
    pub(super) fn period(self, at: usize, bare: Bare) -> Option<Period> {
        // "giai đoạn 2026 - 2030"
        let stage = if self.seq(at, &[w!("giai"), w!("đoạn")]) { at + 2 } else { at };
        let bare = if stage > at { Bare::Year } else { bare };
        let first = match self.stretch(stage, bare) {
            Some(first) => first,
            None => self.days_of_one_month(stage, bare)?,
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
        if let Some(next) = self.open_tail(period.next) {
            (period.open, period.next) = (true, next);
        }
        Some(period)
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
            let ends = self.list_mark(next.next).is_none();
            if !follows || plain && ends {
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
