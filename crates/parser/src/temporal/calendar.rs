//! Days and months, with the year behind them.

use nhiemvu_model::{Calendar, YearHint};

use super::cursor::Cursor;
use super::word::{Word, w};

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

    /// Whether it is one day.
    pub(super) fn is_day(&self) -> bool {
        self.last.is_none()
            && matches!(self.first, Calendar::Day { .. } | Calendar::Today { .. } | Calendar::Weekday { .. })
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
        Calendar::Today { .. }
        | Calendar::Week { .. }
        | Calendar::Weekday { .. }
        | Calendar::Near { .. }
        | Calendar::Unknown => None,
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

impl Cursor<'_> {
    /// A year of four digits that begins no document number.
    pub(super) fn year_number(self, at: usize) -> Option<(i32, usize)> {
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
    pub(super) fn year_tail(self, at: usize) -> (YearHint, usize) {
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
    pub(super) fn named_year(self, at: usize) -> Option<(YearHint, usize)> {
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
    pub(super) fn day(self, at: usize, bare: Bare) -> Option<Stretch> {
        let named = self.is(at, w!("ngày"));
        let digit = self.skip(at + usize::from(named), w!("mùng"));
        if let Some(digit) = named.then(|| self.behind_occasion(digit)).flatten() {
            let (day, _) = self.number(digit).filter(|(day, _)| (1..=31).contains(day))?;
            let (month, year, next) = self.numeric_date(digit)?;
            let next = next + usize::from(self.is_mark(digit - 1, b'(') && self.is_mark(next, b')'));
            let calendar = Calendar::Day { year: YearHint::Given(year), month: Some(month), day };
            return Some(Stretch { calendar, end_only: false, start: at, next });
        }
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
        // `ngày 25 tháng Chạp`: a month of the moon
        let lunar = self.is(word, w!("tháng")) && self.is_any_word(word + 1) && self.word(word + 1) == Word::OTHER;
        if named && ends && !lunar { stretch(YearHint::Missing, None, digit + 1) } else { None }
    }

    /// The full date behind the name of what happens on a day (`ngày bầu cử 15/3/2026`, `ngày khai giảng (05/9/2025)`), whose
    /// words begin at `at`.
    fn behind_occasion(self, at: usize) -> Option<usize> {
        const WORDS: usize = 4;
        const OF_TIME: [Word; 12] = [
            w!("ngày"),
            w!("tháng"),
            w!("năm"),
            w!("tuần"),
            w!("quý"),
            w!("giờ"),
            w!("từ"),
            w!("đến"),
            w!("trước"),
            w!("sau"),
            w!("kể"),
            w!("và"),
        ];
        let name = (at..=at + WORDS).take_while(|i| self.is_any_word(*i) && !self.any(*i, &OF_TIME)).count();
        if !(1..=WORDS).contains(&name) {
            return None;
        }
        let digit = at + name + usize::from(self.is_mark(at + name, b'('));
        let digit = self.skip(digit, w!("ngày"));
        self.numeric_date(digit).map(|_| digit)
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
    pub(super) fn month(self, at: usize, bare: Bare) -> Option<Stretch> {
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
        // "T10 - T12/2026"
        let opens_range =
            short && bare != Bare::No && self.range_mark(digit + 1).is_some_and(|to| self.is(to, w!("t")));
        if (!named || short) && !given && !opens_range || inside_number || named && self.is_mark(next, b'%') {
            return None;
        }
        Some(Stretch { calendar: Calendar::Month { year, month }, end_only: false, start: at, next })
    }
}
