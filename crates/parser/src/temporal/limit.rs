//! Limits: what opens one (`trước`, `chậm nhất`, `trong`, `từ … đến`), and what it then says.

use nhiemvu_model::{Anchor, Bound, Calendar, ClockTime, Frequency, Recurrence, TimeValue, YearHint};

use super::calendar::{Bare, Period};
use super::cursor::Cursor;
use super::judge::{Judge, year_known};
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
        if word == w!("vào") || word == w!("tại") && self.meeting(at + 1) {
            return self.on(at);
        }
        if word == w!("từ") {
            return self.from(at);
        }
        if word == w!("sau") || word == w!("đa") {
            // "tối đa 05 ngày"
            let start = at - usize::from(word == w!("đa") && c.ends(at, &[w!("tối")]));
            return self.anchored(at + 1, start).or_else(|| self.after_event(at));
        }
        if word == w!("thành") || word == w!("xong") || word == w!("điểm") {
            return self.finish(at);
        }
        if word == w!("hằng") || word == w!("mỗi") {
            return self.every(at);
        }
        if word == w!("cứ") {
            return self.each(at);
        }
        if word == w!("định") {
            return self.periodic(at);
        }
        if let Some((rule, next)) = self.cursor.times(at).or_else(|| self.cursor.as_often(at)) {
            return Some(self.recurs(at, rule, next));
        }
        self.manner(at).or_else(|| self.bare(at))
    }

    /// A limit that begins with a number: `6 tháng một lần`, `17h00 ngày …`, `10 ngày kể từ …`, `30/11/2026` in a field.
    fn number(&mut self, at: usize) -> Option<usize> {
        // "trực 24/24 giờ từ ngày …"
        if at > 0 && self.cursor.is_mark(at - 1, b'/') {
            return None;
        }
        if let Some((rule, next)) = self.cursor.times(at) {
            return Some(self.recurs(at, rule, next));
        }
        self.anchored(at, at).or_else(|| self.bare(at))
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
        let (when, time, end) =
            self.when(next, Bare::Short).or_else(|| self.named_day(next)).or_else(|| self.dated_occasion(next))?;
        Some(self.bound(start, Bind::Before, when, time, end))
    }

    /// `chậm nhất …`, `không quá …`, `hạn chót …`.
    fn latest(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        if c.is(at, w!("hạn")) && c.ends(at, &[w!("thời")]) {
            return self.term(at);
        }
        let next = if c.is(at, w!("chậm")) {
            c.is(at + 1, w!("nhất")).then_some(at + 2)?
        } else if c.is(at, w!("hạn")) {
            let next = c.any(at + 1, &[w!("chót"), w!("cuối")]).then_some(at + 2)?;
            c.skip(next, w!("cùng"))
        } else if c.is(at + 1, w!("quá")) {
            at + 2
        } else if let Some(edge) = self.drawn_out(at + 1) {
            // "không để kéo dài quá quý I/2026" is of a date, never of how long
            let (when, time, end) = self.when(self.lead_in(edge), Bare::No)?;
            return Some(self.bound(at, Bind::To, when, time, end));
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
        let (when, time, end) = self.when(next, bare).or_else(|| self.named_day(next))?;
        Some(self.bound(at, Bind::To, when, time, end))
    }

    /// Behind `không`: the token after `để kéo dài quá`.
    fn drawn_out(&self, at: usize) -> Option<usize> {
        const MOST_WORDS: usize = 3;
        let c = self.cursor;
        let drawn =
            (at..at + MOST_WORDS).take_while(|i| c.is_any_word(*i)).find(|i| c.seq(*i, &[w!("kéo"), w!("dài")]))?;
        c.is(drawn + 2, w!("quá")).then_some(drawn + 3)
    }

    /// `(thời hạn 15/10/2024)`, `thời hạn hoàn thành: 30/6/2026`: a day behind the word.
    fn term(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        // "thời hạn cuối là ngày 31/12/2026"
        let last = c.skip(c.skip_any(at + 1, &[w!("cuối"), w!("chót")]), w!("cùng"));
        let done = if c.seq(last, &[w!("hoàn"), w!("thành")]) { last + 2 } else { last };
        let (when, time, end) = self.when(self.lead_in(done), Bare::Year)?;
        let day = matches!(&when, When::Period(p) if p.last.is_none() && matches!(p.first, Calendar::Day { .. }));
        day.then(|| self.bound(at, Bind::To, when, time, end))
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
        let years = self.counted_names(next);
        let count = self.after_at_most(next);
        if let Some(range) = self.counted_range(next) {
            return self.from(range);
        }
        if let Some(duration) = c.duration(count).filter(|_| years == next) {
            // "trong 3 năm" without an anchor or a set phrase tells how long something lasts
            let known = span || duration.anchored || count > next || self.judge.deadline_verb(at);
            return Some(if known { self.relative(at, duration) } else { duration.next });
        }
        if c.is(next, w!("từ")) {
            return self.from(next).or(Some(next));
        }
        let next = c.skip(years, w!("các"));
        if let Some((when, time, end)) = self.when(next, Bare::No) {
            return Some(self.bound(at, Bind::In, when, time, end));
        }
        self.judge.current_year(at, next).map(|end| {
            let calendar = Calendar::Year(YearHint::This);
            let value = TimeValue::Within { start: Bound::On(calendar.clone()), end: Bound::On(calendar) };
            self.push(at, end, value, None)
        })
    }

    /// Behind the count of years or days that are then named (`trong hai năm 2026 - 2027`, `trong 02 ngày 15 và 16/7`): the token of
    /// `năm` or `ngày`.
    fn counted_names(&self, at: usize) -> usize {
        let c = self.cursor;
        let named = |next: usize| match c.number(next + 1) {
            Some((_, digits)) if c.is(next, w!("năm")) => digits == 4,
            Some((day, digits)) if c.is(next, w!("ngày")) => digits <= 2 && day <= 31,
            _ => false,
        };
        let counted = c.count(at).filter(|(n, next)| *n <= 10 && named(*next));
        counted.map_or(at, |(_, next)| next)
    }

    /// `từ` of `trong 3 ngày, từ ngày 15/7 đến ngày 17/7`: the days that were counted are then named.
    fn counted_range(&self, at: usize) -> Option<usize> {
        let c = self.cursor;
        let (_, unit) = c.count(at)?;
        let from = c.any(unit, &[w!("ngày"), w!("tuần"), w!("tháng")]).then_some(unit + 1)?;
        let from = from + usize::from(matches!(c.mark(from), b',' | b'('));
        let period = c.is(from, w!("từ")).then(|| c.period(c.skip(from + 1, w!("ngày")), Bare::Short))??;
        (period.last.is_some() || c.range_mark(period.next).is_some()).then_some(from)
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
        if self.meeting(next) {
            // "vào kỳ họp thường lệ tháng 8/2025", "tại phiên họp tháng 8/2025"
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

    /// `kỳ họp`, `phiên họp`: when something is to lie before those who meet.
    fn meeting(&self, at: usize) -> bool {
        let c = self.cursor;
        c.is(at, w!("kỳ")) || c.seq(at, &[w!("phiên"), w!("họp")])
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

    /// `sau khi nhận được công văn này 05 ngày`: a duration behind what it counts from.
    fn after_event(&mut self, at: usize) -> Option<usize> {
        const MOST_WORDS: usize = 8;
        let c = self.cursor;
        if !c.seq(at, &[w!("sau"), w!("khi")]) {
            return None;
        }
        let words = (at + 2..at + 2 + MOST_WORDS).take_while(|i| c.is_plain_word(*i)).count();
        let duration = c.duration(at + 2 + words).filter(|d| words > 1 && !d.anchored)?;
        let TimeValue::Relative { count, unit, working_days, .. } = duration.value else { return None };
        let anchor = match () {
            () if c.is(at + 2, w!("nhận")) || c.seq(at + 2, &[w!("tiếp"), w!("nhận")]) => Anchor::Receipt,
            () if c.is(at + 2, w!("ký")) => Anchor::Signing,
            () if c.seq(at + 2, &[w!("ban"), w!("hành")]) => Anchor::Issuing,
            () => Anchor::Event,
        };
        let value = TimeValue::Relative { count, unit, working_days, anchor };
        Some(self.relative(at, super::duration::Duration { value, ..duration }))
    }

    /// `hằng …`, `mỗi …`, with more of its kind.
    fn every(&mut self, at: usize) -> Option<usize> {
        let (rule, next) = self.cursor.every(at)?;
        // "mỗi tháng một lần", "mỗi ngày hai lần"
        let once = self.cursor.count(next).filter(|(_, unit)| self.cursor.is(*unit, w!("lần")));
        if let Some((_, times)) = once {
            return Some(self.recurs(at, rule, times + 1));
        }
        // "Hằng tháng, ngày mùng 5 trình …"
        if let Some((day, end)) = self.day_of_each(&rule, next) {
            let rule = Recurrence { month_days: vec![day.cast_signed()], ..rule };
            return Some(self.recurs(at, rule, end));
        }
        // "Hằng tuần, sáng thứ Hai, báo cáo …"
        let weekly = rule.frequency == Frequency::Weekly && rule.weekdays.is_empty() && self.cursor.is_mark(next, b',');
        if let Some((weekdays, end)) = weekly.then(|| self.cursor.weekdays(next + 1)).flatten() {
            return Some(self.recurs(at, Recurrence { weekdays, ..rule }, end));
        }
        if self.judge.qualifies(at, next) {
            return Some(next);
        }
        Some(self.recurs(at, rule, next))
    }

    /// The day without a month that stands behind `hằng tháng` and its comma.
    fn day_of_each(&self, rule: &Recurrence, at: usize) -> Option<(u32, usize)> {
        let plain = rule.month_days.is_empty() && rule.months.is_empty();
        let comma = self.cursor.is_mark(at, b',') && rule.frequency == Frequency::Monthly && plain;
        let named = comma && self.cursor.is(at + 1, w!("ngày"));
        let day = named.then(|| self.cursor.day(at + 1, Bare::No)).flatten()?;
        // in a list of days the last would be lost
        let alone = self.cursor.list_mark(day.next).is_none() && self.cursor.range_mark(day.next).is_none();
        match day.calendar {
            Calendar::Day { month: None, day: number, .. } if alone => Some((number, day.next)),
            _ => None,
        }
    }

    /// `cứ chiều thứ Sáu …`: on each such day.
    fn each(&mut self, at: usize) -> Option<usize> {
        let (When::Loose(rule), time, next) = self.when(at + 1, Bare::No)? else { return None };
        let weekly = rule.frequency == Frequency::Weekly;
        weekly.then(|| self.push(at, next, TimeValue::Recurring(rule), time))
    }

    /// `định kỳ …`.
    fn periodic(&mut self, at: usize) -> Option<usize> {
        let c = self.cursor;
        if !c.is(at + 1, w!("kỳ")) {
            return None;
        }
        let from = at + 2 + usize::from(matches!(c.mark(at + 2), b'(' | b':'));
        let Some((rule, next)) = c.periodic(from) else {
            // "chương trình định kỳ tháng 8/2026": that of one month or quarter
            let (when, time, end) = self.when(from, Bare::No)?;
            let once = matches!(&when, When::Period(p) if matches!(p.first, Calendar::Month { .. } | Calendar::Quarter { .. }) && year_known(p.end()));
            return once.then(|| self.bound(from, Bind::In, when, time, end));
        };
        if self.judge.qualifies(at, next) {
            return Some(next);
        }
        Some(self.recurs(if from > at + 2 { from } else { at }, rule, next))
    }

    /// A recurrence, and those that follow on in a list.
    fn recurs(&mut self, start: usize, rule: Recurrence, next: usize) -> usize {
        let mut end = self.push(start, next, TimeValue::Recurring(rule), None);
        for _ in 0..6 {
            end = self.day_in_brackets(end).unwrap_or(end);
            let Some((from, (rule, next))) = self.cursor.more_periodic(end) else { break };
            end = self.push(from, next, TimeValue::Recurring(rule), None);
        }
        end
    }

    /// `(ngày 20)`, `(thứ Sáu)`, `(15/12)` behind what comes again: on which day, and the token behind the brackets.
    fn day_in_brackets(&mut self, at: usize) -> Option<usize> {
        if !self.cursor.is_mark(at, b'(') {
            return None;
        }
        let (when, time, end) = self.when(at + 1, Bare::Short)?;
        let day = match &when {
            When::Period(period) => period.is_day(),
            When::Recurs(rule) => !rule.month_days.is_empty(),
            When::Loose(_) => true,
        };
        if !day || !self.cursor.is_mark(end, b')') {
            return None;
        }
        self.bound(at + 1, Bind::To, when, time, end);
        Some(end + 1)
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
            When::Period(p) if p.is_day() => Bind::To,
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
}
