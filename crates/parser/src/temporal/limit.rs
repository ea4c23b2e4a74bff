//! Limits: what opens one (`trước`, `chậm nhất`, `trong`, `từ … đến`), and what it then says.

use nhiemvu_model::{Bound, Calendar, ClockTime, Frequency, Recurrence, TimeValue, YearHint};

use super::calendar::{Bare, Period};
use super::cursor::Cursor;
use super::judge::Judge;
use super::token::Kind;
use super::word::w;

/// A time expression among the tokens.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub value: TimeValue,
    pub time: Option<ClockTime>,
    /// First token.
    pub start: usize,
    /// The token after it.
    pub next: usize,
    /// Token of the word that opened it: limits of one opening (`trước ngày 15/6 và 15/12`) have the same.
    pub group: usize,
    /// Whether it holds only where a recurrence stands beside it (`trước thứ Sáu`).
    pub pending: bool,
}

/// When something is to be: what stands behind an opening word.
#[derive(Debug, Clone)]
pub(super) enum When {
    Period(Period),
    Recurs(Recurrence),
    /// A day of the week, or an hour, that only a recurrence beside it makes a date.
    Loose(Recurrence),
}

/// How the opening word binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bind {
    /// `trước`.
    Before,
    /// `chậm nhất`, `đến`, `hết`.
    To,
    /// `trong`, `vào`, or a field.
    In,
    /// `từ`, with no end.
    From,
}

/// Walks over the tokens once and collects what opens a limit.
pub(super) struct Grammar<'a> {
    pub cursor: Cursor<'a>,
    pub judge: Judge<'a>,
    pub found: Vec<Found>,
}

impl Grammar<'_> {
    /// Reads all limits.
    pub(super) fn run(&mut self) {
        let mut at = 0;
        while let Some(token) = self.cursor.token(at) {
            if !matches!(token.kind, Kind::Number(..)) && !self.cursor.word(at).starts() {
                at += 1;
                continue;
            }
            self.judge.enter(at);
            at = self.limit(at).filter(|next| *next > at).unwrap_or(at + 1);
        }
    }

    /// A limit that begins at `at`: the token after it. Words that only look like one are passed over in the same way.
    fn limit(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        if c.number(at).is_some() {
            return self.number(at);
        }
        let word = c.word(at);
        if let Some(next) = self.judge.skipped(at) {
            return Some(next);
        }
        if word == w!("trước") {
            return self.before(at, at);
        }
        if word == w!("chậm") || word == w!("không") || word == w!("hạn") {
            return self.latest(at);
        }
        if word == w!("đến") || word == w!("tới") || word == w!("hết") || word == w!("cho") {
            return self.until(at);
        }
        if word == w!("trong") {
            return self.within(at);
        }
        if word == w!("vào") {
            return self.on(at);
        }
        if word == w!("từ") {
            return self.from(at);
        }
        if word == w!("sau") || word == w!("đa") {
            return self.anchored(at + 1, at);
        }
        if word == w!("thành") || word == w!("xong") || word == w!("điểm") {
            return self.finish(at);
        }
        if word == w!("hằng") || word == w!("mỗi") {
            return self.every(at);
        }
        if word == w!("định") {
            return self.periodic(at);
        }
        if let Some((rule, next)) = self.cursor.times(at) {
            return Some(self.recurs(at, rule, next));
        }
        self.manner(at).or_else(|| self.bare(at))
    }

    /// A limit that begins with a number: `6 tháng một lần`, `17h00 ngày …`, `10 ngày kể từ …`, `30/11/2026` in a field.
    fn number(&mut self, at: usize) -> Option<usize> {
        if let Some((rule, next)) = self.cursor.times(at) {
            return Some(self.recurs(at, rule, next));
        }
        self.anchored(at, at).or_else(|| self.bare(at))
    }

    /// What stands at `at`: hours, days of the week, days that come again, periods.
    fn when(&self, at: usize, bare: Bare) -> Option<(When, Option<ClockTime>, usize)> {
        let c = self.cursor;
        let (time, mut next) = match c.clock(at) {
            Some((time, next)) => (Some(time), next),
            None => (None, at),
        };
        if time.is_some() {
            // "20 giờ 15 - 20 giờ 45 ngày …": the later hour counts
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

    /// A day of the week, a day that comes again, or a period; an hour may stand behind it.
    fn dated(&self, at: usize, bare: Bare) -> Option<(When, Option<ClockTime>, usize)> {
        let c = self.cursor;
        if let Some((days, next)) = c.weekdays(at) {
            let mut rule = Recurrence::every(Frequency::Weekly, 1);
            rule.weekdays = days;
            let of = c.skip_any(next, &[w!("của"), w!("trong")]);
            if let Some((every, next)) = c.every(of).filter(|(every, _)| every.frequency == Frequency::Weekly) {
                rule.interval = every.interval;
                return Some((When::Recurs(rule), None, next));
            }
            let mark = usize::from(matches!(c.mark(next), b',' | b'('));
            if let Some(period) = c.period(next + mark, Bare::Short).filter(|p| matches!(p.first, Calendar::Day { .. }))
            {
                let close = usize::from(c.mark(next) == b'(' && c.is_mark(period.next, b')'));
                let end = period.next + close;
                return Some((When::Period(period), None, end));
            }
            return Some((When::Loose(rule), None, next));
        }
        if let Some((rule, next)) = c.cycle_day(at) {
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
        Some((When::Period(period), None, next))
    }

    /// `hằng năm`, `của năm`, behind a day or month without a year.
    fn each_year(&self, at: usize) -> Option<usize> {
        let c = self.cursor;
        let from = if matches!(c.mark(at), b',' | b'(') { at + 1 } else { at };
        let from = c.skip(from, w!("của"));
        let (every, next) = c.every(from).filter(|(every, _)| every.frequency == Frequency::Yearly)?;
        (every.interval == 1).then(|| next + usize::from(c.is_mark(at, b'(') && c.is_mark(next, b')')))
    }

    /// Words between the opening word and the time (`là`, `vào`, `ngày`, `:`).
    fn lead_in(&self, mut at: usize) -> usize {
        let c = self.cursor;
        const FILLERS: [super::word::Word; 7] =
            [w!("là"), w!("vào"), w!("đến"), w!("trong"), w!("hết"), w!("cho"), w!("lúc")];
        for _ in 0..3 {
            // "hết quý II" is read with its edge, which comes to the same
            at = c.skip_any(at, &FILLERS) + usize::from(c.is_mark(at, b':'));
            if c.seq(at, &[w!("thời"), w!("điểm")]) {
                at += 2;
            }
        }
        at
    }

    /// `trước …`.
    fn before(&mut self, at: usize, start: usize) -> Option<usize> {
        let next = self.lead_in(at + 1);
        let (when, time, end) = self.when(next, Bare::Short)?;
        Some(self.bound(start, Bind::Before, when, time, end))
    }

    /// `chậm nhất …`, `không quá …`, `hạn chót …`.
    fn latest(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        let next = if c.is(at, w!("chậm")) {
            c.is(at + 1, w!("nhất")).then_some(at + 2)?
        } else if c.is(at, w!("hạn")) {
            let next = c.any(at + 1, &[w!("chót"), w!("cuối")]).then_some(at + 2)?;
            c.skip(next, w!("cùng"))
        } else if c.is(at + 1, w!("quá")) {
            at + 2
        } else {
            c.seq(at + 1, &[w!("chậm"), w!("hơn")]).then_some(at + 3)?
        };
        let next = self.lead_in(next);
        if c.is(next, w!("trước")) {
            return self.before(next, at);
        }
        let duration = c.skip(next, w!("sau"));
        if let Some(duration) = c.duration(duration) {
            return Some(self.relative(at, duration));
        }
        let bare = if c.is(at, w!("không")) { Bare::No } else { Bare::Year };
        let (when, time, end) = self.when(next, bare)?;
        Some(self.bound(at, Bind::To, when, time, end))
    }

    /// `đến ngày …`, `đến hết …`, `hết …`.
    fn until(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        let head = c.skip(at, w!("cho"));
        let head = if c.any(head, &[w!("đến"), w!("tới"), w!("hết")]) { head } else { return None };
        let next = self.lead_in(c.skip(head + 1, w!("hết")));
        if c.is(next, w!("trước")) {
            return self.before(next, at);
        }
        let sure = c.is(head, w!("hết")) || c.is(head + 1, w!("hết"));
        let (when, time, end) = self.when(next, if sure { Bare::Year } else { Bare::No })?;
        if self.judge.refuses_until(at, &when, end) {
            return Some(end);
        }
        Some(self.bound(at, Bind::To, when, time, end))
    }

    /// `trong …`.
    fn within(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        let mut next = c.skip(at + 1, w!("cả"));
        let mut span = false;
        for words in [
            &[w!("thời"), w!("hạn")][..],
            &[w!("thời"), w!("gian")],
            &[w!("khoảng"), w!("thời"), w!("gian")],
            &[w!("vòng")],
            &[w!("khoảng")],
        ] {
            if c.seq(next, words) {
                (next, span) = (next + words.len(), true);
                break;
            }
        }
        let count = self.after_at_most(next);
        if let Some(duration) = c.duration(count) {
            // "trong 3 năm" without an anchor or a set phrase tells how long something lasts
            let known = span || duration.anchored || count > next || self.judge.deadline_verb(at);
            return Some(if known { self.relative(at, duration) } else { duration.next });
        }
        if c.is(next, w!("từ")) {
            return self.from(next).or(Some(next));
        }
        let next = c.skip_any(next, &[w!("các"), w!("dịp")]);
        if let Some((when, time, end)) = self.when(next, Bare::No) {
            return Some(self.bound(at, Bind::In, when, time, end));
        }
        self.judge.current_year(at, next).map(|end| {
            let calendar = Calendar::Year(YearHint::This);
            let value = TimeValue::Within { start: Bound::On(calendar.clone()), end: Bound::On(calendar) };
            self.push(at, end, value, None)
        })
    }

    /// Behind `không quá` or `tối đa`.
    fn after_at_most(&self, at: usize) -> usize {
        let c = self.cursor;
        if c.seq(at, &[w!("không"), w!("quá")]) || c.seq(at, &[w!("tối"), w!("đa")]) { at + 2 } else { at }
    }

    /// `vào ngày …`, `vào kỳ … tháng …`.
    fn on(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        if c.ends(at, &[w!("diễn"), w!("ra")]) {
            return None;
        }
        let next = self.lead_in(at + 1);
        if c.is(next, w!("kỳ")) {
            // "vào kỳ họp thường lệ tháng 8/2025"
            let month = (next + 1..next + 8).take_while(|i| c.mark(*i) == 0).find(|i| c.is(*i, w!("tháng")))?;
            let (when, time, end) = self.when(month, Bare::No)?;
            return Some(self.bound(at, Bind::In, when, time, end));
        }
        let next = c.skip(next, w!("các"));
        // "vào cuối mỗi quý" is as often as "mỗi quý"
        if c.any(next, &[w!("đầu"), w!("cuối"), w!("giữa")]) && c.any(next + 1, &[w!("mỗi"), w!("hằng")]) {
            return self.every(next + 1);
        }
        let (when, time, end) = self.when(next, Bare::No)?;
        Some(self.bound(at, Bind::In, when, time, end))
    }

    /// `từ … đến …`, `từ nay đến …`, `từ …`.
    fn from(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        let start = at - usize::from(at > 0 && c.any(at - 1, &[w!("kể"), w!("tính")]));
        let start = start - if c.ends(start, &[w!("bắt"), w!("đầu")]) { 2 } else { 0 };
        let mut next = self.skip_lead(at + 1);
        let today = self.today(next);
        if let Some(after) = today {
            if let Some((value, time, end)) =
                c.range_mark(after).and_then(|to| self.until_from(to, Bound::DocumentDate))
            {
                return Some(self.push_checked(start, end, value, time));
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
        match self.dated(next, Bare::Short)? {
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

    /// `hoàn thành tháng 7/2025`, `xong ngày 30/6/2025`.
    fn finish(&mut self, at: usize) -> Option<usize> {
        if !self.judge.finishing(at) {
            return None;
        }
        let (when, time, end) = self.when(at + 1, Bare::No)?;
        let bind = if matches!(&when, When::Period(p) if !matches!(p.first, Calendar::Day { .. })) {
            Bind::In
        } else {
            Bind::To
        };
        Some(self.bound(at + 1, bind, when, time, end))
    }

    /// A duration that says what it counts from, or one in a field.
    fn anchored(&mut self, at: usize, start: usize) -> Option<usize> {
        let duration = self.cursor.duration(at)?;
        if !duration.anchored && !self.judge.field(at) {
            return None;
        }
        Some(self.relative(start, duration))
    }

    /// `hằng …`, `mỗi …`, with more of its kind.
    fn every(&mut self, at: usize) -> Option<usize> {
        let (rule, next) = self.cursor.every(at)?;
        if self.judge.qualifies(at, next) {
            return Some(next);
        }
        Some(self.recurs(at, rule, next))
    }

    /// `định kỳ …`.
    fn periodic(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        if !c.is(at + 1, w!("kỳ")) {
            return None;
        }
        let from = at + 2 + usize::from(matches!(c.mark(at + 2), b'(' | b':'));
        let (rule, next) = c.periodic(from)?;
        if self.judge.qualifies(at, next) {
            return Some(next);
        }
        Some(self.recurs(if from > at + 2 { from } else { at }, rule, next))
    }

    /// A recurrence, and those that follow on in a list.
    fn recurs(&mut self, start: usize, rule: Recurrence, next: usize) -> usize {
        let mut end = self.push(start, next, TimeValue::Recurring(rule), None);
        for _ in 0..6 {
            let Some((from, (rule, next))) = self.cursor.more_periodic(end) else { break };
            end = self.push(from, next, TimeValue::Recurring(rule), None);
        }
        end
    }

    /// `thường xuyên`, `ngay`, `khẩn trương`.
    fn manner(&mut self, at: usize) -> Option<usize> {
        let (value, next) = self.judge.manner(at)?;
        Some(match value {
            TimeValue::None => next,
            value => self.push(at, next, value, None),
        })
    }

    /// A time with no word before it, as far as the setting lets it count.
    fn bare(&mut self, at: usize) -> Option<usize> {
        let bare = self.judge.bare(at);
        let (when, time, end) = self.when(at, bare)?;
        match &when {
            // in running text an hour or a day of the week says when something is, not by when
            When::Loose(_) if !self.judge.field(at) => return None,
            When::Recurs(rule) if rule.frequency == Frequency::Yearly && self.judge.commemorates(at, end) => {
                return Some(end);
            }
            When::Period(period) if !self.judge.counts_alone(at, period) => return Some(end),
            _ => {}
        }
        let bind = match &when {
            When::Period(p) if p.last.is_none() && matches!(p.first, Calendar::Day { .. }) => Bind::To,
            _ => Bind::In,
        };
        Some(self.bound(at, bind, when, time, end))
    }

    fn relative(&mut self, start: usize, duration: super::duration::Duration) -> usize {
        if self.judge.processing_time(start) {
            return duration.next;
        }
        self.push(start, duration.next, duration.value, None)
    }

    /// Puts down the limit that `bind` makes of `when`, and those that follow on in a list.
    fn bound(&mut self, start: usize, bind: Bind, when: When, time: Option<ClockTime>, end: usize) -> usize {
        let group = start;
        let first = self.found.len();
        let past = self.judge.past(start);
        let (mut start, mut when, mut time, mut end) = (start, when, time, end);
        let mut unknown = false;
        for _ in 0..12 {
            let day = matches!(&when, When::Period(p) if p.last.is_none() && matches!(p.first, Calendar::Day { .. }));
            match value_of(bind, when, time) {
                Some((value, pending)) => {
                    self.found.push(Found { value, time, start, next: end, group, pending });
                }
                None => unknown = true,
            }
            let Some(from) = self.cursor.list_mark(end) else { break };
            let bare = if day { Bare::Short } else { Bare::No };
            let next = self.when(from, bare).or_else(|| self.lone_day(from).filter(|_| day));
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

    /// `11` of `các ngày 10, 11 và 12/6/2026`.
    fn lone_day(&self, at: usize) -> Option<(When, Option<ClockTime>, usize)> {
        let (day, digits) = self.cursor.number(at)?;
        self.cursor.list_mark(at + 1).filter(|_| digits <= 2 && (1..=31).contains(&day))?;
        let first = Calendar::Day { year: YearHint::Missing, month: None, day };
        let period = Period { first, last: None, end_only: false, open: false, start: at, next: at + 1 };
        Some((When::Period(period), None, at + 1))
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

    fn push_checked(&mut self, start: usize, next: usize, value: TimeValue, time: Option<ClockTime>) -> usize {
        if value == TimeValue::None { next } else { self.push(start, next, value, time) }
    }

    fn push(&mut self, start: usize, next: usize, value: TimeValue, time: Option<ClockTime>) -> usize {
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
    let one_day = period.last.is_none() && matches!(period.first, Calendar::Day { .. });
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
