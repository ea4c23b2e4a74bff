//! What limits say to each other: a date beside a recurrence, and a recurrence said twice.

use nhiemvu_model::{Anchor, Bound, Calendar, Frequency, Recurrence, TimeValue, YearHint};

use super::cursor::Cursor;
use super::limit::Found;
use super::word::w;

/// Brings the limits of one text together.
///
/// A day without its year beside `hằng năm` comes every year, one without its month beside `hằng tháng` every month; a plain
/// recurrence beside a dated one of the same rate says nothing more; a bare start beside a recurrence neither.
pub(super) fn settle(cursor: Cursor<'_>, found: &mut Vec<Found>) {
    let undated =
        |f: &Found| matches!(f.value, TimeValue::By { end: Calendar::Day { year: YearHint::Missing, .. }, .. });
    if found.iter().any(|f| matches!(f.value, TimeValue::Recurring(_)) || undated(f)) {
        let mut start = 0;
        while start < found.len() {
            let end = sentence_end(cursor, found, start);
            if let Some(sentence) = found.get_mut(start..end) {
                name_rates(cursor, sentence);
                date(sentence, periodic(cursor, sentence));
            }
            start = end;
        }
        found.retain(|f| !f.pending);
        next_years(found);
        months_of_year(cursor, found);
        merge(found);
        drop_plain(found);
    }
    found.retain(|f| !f.pending && f.value != TimeValue::None);
    // "02 ngày (15 - 16/5/2026)": how long it lasts, beside when it is
    if found.iter().any(|f| matches!(f.value, TimeValue::By { .. } | TimeValue::Within { .. })) {
        let lasts = |f: &Found| matches!(f.value, TimeValue::Relative { anchor: Anchor::Unknown, .. });
        found.retain(|f| !(lasts(f) && cursor.number(f.start).is_some()));
    }
}

/// One past the last limit that stands in the same sentence as the limit `start`.
fn sentence_end(cursor: Cursor<'_>, found: &[Found], start: usize) -> usize {
    let mut end = start + 1;
    while let (Some(before), Some(next)) = (found.get(end - 1), found.get(end)) {
        if (before.next..=next.start).any(|i| cursor.opens_sentence(i)) {
            break;
        }
        end += 1;
    }
    end
}

/// Whether `định kỳ` stands in the sentence, not far before its first limit or between two.
fn periodic(cursor: Cursor<'_>, sentence: &[Found]) -> bool {
    // a bracket or a list of those who report may stand between
    const REACH: usize = 80;
    let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { return false };
    let start = (first.start.saturating_sub(REACH)..=first.start).rev().find(|i| cursor.opens_sentence(*i));
    let start = start.unwrap_or(first.start.saturating_sub(REACH));
    (start..last.start).any(|i| cursor.seq(i, &[w!("định"), w!("kỳ")]))
}

/// A plain recurrence: on no particular day.
fn plain(value: &TimeValue) -> Option<&Recurrence> {
    match value {
        TimeValue::Recurring(rule)
            if rule.months.is_empty() && rule.month_days.is_empty() && rule.weekdays.is_empty() =>
        {
            Some(rule)
        }
        _ => None,
    }
}

/// How many months lie between two turns; `None` for days and weeks.
fn months_apart(rule: &Recurrence) -> Option<u32> {
    match rule.frequency {
        Frequency::Monthly if rule.months.is_empty() => Some(rule.interval),
        Frequency::Monthly => Some(12 / rule.months.len().max(1) as u32),
        Frequency::Yearly => Some(12 * rule.interval),
        _ => None,
    }
}

/// `báo cáo tuần trước thứ Năm`, `báo cáo ngày (trước 16 giờ), tháng (trước ngày 20)`: a report called by its rate comes at that rate.
fn name_rates(cursor: Cursor<'_>, sentence: &mut [Found]) {
    let mut named = false;
    for found in sentence.iter_mut() {
        let Some(unit) = rate_before(cursor, found.start) else { continue };
        let first = unit.checked_sub(2).is_some_and(|at| cursor.seq(at, &[w!("báo"), w!("cáo")]));
        let later = named && unit.checked_sub(1).is_some_and(|at| cursor.mark(at) == b',' || cursor.is(at, w!("và")));
        let Some((every, _)) = cursor.unit(unit, 1).filter(|_| first || later) else { continue };
        named = true;
        match &mut found.value {
            TimeValue::Recurring(rule) if found.pending && rule.frequency == every.frequency => found.pending = false,
            TimeValue::By { end: Calendar::Day { year: YearHint::Missing, month: None, day }, .. }
                if every.frequency == Frequency::Monthly =>
            {
                let month_days = vec![day.cast_signed()];
                found.value = TimeValue::Recurring(Recurrence { month_days, ..every });
            }
            _ => {}
        }
    }
}

/// The token of the unit right before the limit at `at`, or before the bracket in which that stands.
fn rate_before(cursor: Cursor<'_>, at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let unit = if cursor.is_mark(before, b'(') { before.checked_sub(1)? } else { before };
    cursor.any(unit, &[w!("ngày"), w!("tuần"), w!("tháng"), w!("quý")]).then_some(unit)
}

/// Makes days that lack their year or month recur with what recurs beside them in the sentence.
fn date(sentence: &mut [Found], periodic: bool) {
    let settled: Vec<Recurrence> = sentence
        .iter()
        .filter(|f| !f.pending)
        .filter_map(|f| match &f.value {
            TimeValue::Recurring(rule) => Some(rule.clone()),
            _ => None,
        })
        .collect();
    let yearly = periodic || settled.iter().any(|r| matches!(months_apart(r), Some(6 | 12)) || !r.months.is_empty());
    let monthly = settled.iter().find(|r| matches!(months_apart(r), Some(1..=4)));
    let mut dated_years = 0;
    for found in sentence.iter_mut() {
        let TimeValue::By { end: Calendar::Day { year, month, day }, .. } = &found.value else { continue };
        let (month, day) = (*month, day.cast_signed());
        let rule = match (year, month, monthly) {
            (YearHint::Missing | YearHint::Next, Some(month), _) if yearly => {
                dated_years += 1;
                Recurrence { months: vec![month], month_days: vec![day], ..Recurrence::every(Frequency::Yearly, 1) }
            }
            (YearHint::Missing, None, Some(rule)) => {
                Recurrence { month_days: vec![day], weekdays: Vec::new(), ..rule.clone() }
            }
            _ => continue,
        };
        found.value = TimeValue::Recurring(rule);
    }
    loose(sentence, &settled);
    drop_dated_half_years(sentence, dated_years);
}

/// A day of the following year (`ngày 30/01 của năm tiếp theo`) where something else comes every year.
fn next_years(found: &mut [Found]) {
    let yearly = |f: &Found| matches!(&f.value, TimeValue::Recurring(rule) if rule.frequency == Frequency::Yearly);
    if !found.iter().any(yearly) {
        return;
    }
    for limit in found.iter_mut() {
        if let TimeValue::By { end: Calendar::Day { year: YearHint::Next, month: Some(month), day }, .. } = &limit.value
        {
            let days = vec![day.cast_signed()];
            let rule = Recurrence { months: vec![*month], month_days: days, ..Recurrence::every(Frequency::Yearly, 1) };
            limit.value = TimeValue::Recurring(rule);
        }
    }
}

/// `hằng năm, vào tháng 12`: the month that stands right behind what comes every year is that of every year.
fn months_of_year(cursor: Cursor<'_>, found: &mut [Found]) {
    for at in 1..found.len() {
        let (head, tail) = found.split_at_mut(at);
        let (Some(every), Some(month)) = (head.last(), tail.first_mut()) else { continue };
        let yearly = every.time.is_none() && plain(&every.value).is_some_and(|rule| months_apart(rule) == Some(12));
        let beside = month.start == every.next || month.start == every.next + 1 && cursor.is_mark(every.next, b',');
        if let TimeValue::Within {
            start: Bound::On(Calendar::Month { year: YearHint::Missing, month: first }),
            end: Bound::On(Calendar::Month { year: YearHint::Missing, month: last }),
        } = &month.value
            && yearly
            && beside
            && first <= last
        {
            let months = (*first..=*last).collect();
            let rule = Recurrence { months, ..Recurrence::every(Frequency::Yearly, 1) };
            (month.value, month.start) = (TimeValue::Recurring(rule), every.start);
        }
    }
}

/// Days of the week and hours beside a plain recurrence of their own rate.
fn loose(sentence: &mut [Found], settled: &[Recurrence]) {
    for rate in [Frequency::Weekly, Frequency::Daily] {
        let Some(every) = settled.iter().find(|r| r.frequency == rate && r.weekdays.is_empty()) else { continue };
        for found in sentence.iter_mut().filter(|f| f.pending) {
            if let TimeValue::Recurring(rule) = &mut found.value
                && rule.frequency == rate
            {
                (rule.interval, found.pending) = (every.interval, false);
            }
        }
    }
}

/// `định kỳ 6 tháng … trước ngày 15/6 và 15/12`: the two dates are the half-years.
fn drop_dated_half_years(sentence: &mut [Found], dated: usize) {
    let rate = |found: &Found, months: u32| plain(&found.value).is_some_and(|r| months_apart(r) == Some(months));
    let whole_year = sentence.iter().any(|f| rate(f, 12));
    if dated >= 2 || dated == 1 && !whole_year {
        sentence.iter_mut().filter(|f| rate(f, 6)).for_each(|f| f.pending = true);
    }
}

/// Puts days of one list into one rule where one rule can say them (`ngày 15/6 và 15/12 hằng năm`).
fn merge(found: &mut Vec<Found>) {
    found.dedup_by(|next, first| {
        let joined = match (&mut first.value, &next.value) {
            (TimeValue::Recurring(rule), TimeValue::Recurring(more)) if first.group == next.group => {
                first.time == next.time && join(rule, more)
            }
            _ => false,
        };
        if joined {
            first.next = next.next;
        }
        joined
    });
}

/// Adds `more` to `rule` where the two differ in their months alone or in their days alone.
fn join(rule: &mut Recurrence, more: &Recurrence) -> bool {
    let dated = !rule.month_days.is_empty() && !more.month_days.is_empty();
    let months = !rule.months.is_empty() && !more.months.is_empty();
    if !(dated || months)
        || rule.frequency != more.frequency
        || rule.interval != more.interval
        || rule.weekdays != more.weekdays
    {
        return false;
    }
    // every month is no list of months that others could join
    if rule.months.is_empty() != more.months.is_empty() {
        return false;
    }
    if rule.month_days == more.month_days {
        rule.months.extend(&more.months);
    } else if rule.months == more.months {
        rule.month_days.extend(&more.month_days);
    } else {
        return false;
    }
    rule.months.sort_unstable();
    rule.months.dedup();
    rule.month_days.sort_unstable();
    rule.month_days.dedup();
    true
}

/// Drops plain recurrences beside dated ones of the same rate, and bare starts beside any.
fn drop_plain(found: &mut Vec<Found>) {
    let mut dated: Vec<(Frequency, Option<u32>)> = found
        .iter()
        .filter_map(|f| match &f.value {
            TimeValue::Recurring(rule) if plain(&f.value).is_none() || f.time.is_some() => {
                Some((rule.frequency, months_apart(rule)))
            }
            _ => None,
        })
        .collect();
    // few rates are left, however many limits there are
    dated.sort_unstable_by_key(|(frequency, months)| (frequency.as_str(), *months));
    dated.dedup();
    found.retain(|f| match &f.value {
        TimeValue::Within { end: Bound::Open, .. } => false,
        value => match plain(value) {
            Some(rule) if f.time.is_none() => !dated.iter().any(|(frequency, months)| match months_apart(rule) {
                Some(apart) => *months == Some(apart),
                None => *frequency == rule.frequency,
            }),
            _ => true,
        },
    });
}
