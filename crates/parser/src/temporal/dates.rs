//! Plain dates, as headers and citations write them.

use nhiemvu_model::{Calendar, PartialDate, Span, YearHint};

use super::calendar::Bare;
use super::cursor::Cursor;
use super::token::tokens;
use super::word::w;

/// The dates in `text` that name their year, each with its place in bytes of `text`: `ngày 29 tháng 4 năm 2026`, `29/4/2026`, `tháng 4/2026`, and drafts with
/// blanks (`ngày … tháng … năm 2026`). A bare year is none; a day or month that the calendar does not have is left out.
///
/// ```
/// use nhiemvu_parser::temporal::dates;
/// let found = dates("Gia Lai, ngày      tháng 5 năm 2026");
/// assert_eq!(found[0].1.to_string(), "2026-05");
/// ```
pub fn dates(text: &str) -> Vec<(Span, PartialDate)> {
    let tokens = tokens(text);
    let cursor = Cursor::new(&tokens);
    let mut found = Vec::new();
    let mut at = 0;
    while at < cursor.len() {
        match date(cursor, at) {
            Some((date, next)) => {
                found.push((cursor.span(at, next), date));
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

fn date(c: Cursor<'_>, at: usize) -> Option<(PartialDate, usize)> {
    let starts = c.number(at).is_some() || c.any(at, &[w!("ngày"), w!("tháng")]);
    if !starts {
        return None;
    }
    if let Some(stretch) = c.stretch(at, Bare::No) {
        let (year, month, day) = match stretch.calendar {
            Calendar::Day { year: YearHint::Given(year), month, day } => (year, month, Some(day)),
            Calendar::Month { year: YearHint::Given(year), month } => (year, Some(month), None),
            _ => return blanks(c, at),
        };
        return Some((sound(year, month, day), stretch.next));
    }
    blanks(c, at)
}

/// A date whose day or month is left blank, or was spoiled by a scan: at most three tokens stand in the place of each.
fn blanks(c: Cursor<'_>, at: usize) -> Option<(PartialDate, usize)> {
    let find = |from: usize, word| (from..from + 4).find(|i| c.is(*i, word));
    let day = c.is(at, w!("ngày")).then(|| at + 1);
    let month = match day {
        Some(day) => find(day, w!("tháng"))?,
        None => c.is(at, w!("tháng")).then_some(at)?,
    };
    let year = find(month + 1, w!("năm"))?;
    let (value, 4) = c.number(year + 1)? else { return None };
    if !(1900..=2199).contains(&value) {
        return None;
    }
    // a number counts only where it stands alone
    let alone = |from: usize, to: usize| if to == from + 1 { c.number(from).map(|(n, _)| n) } else { None };
    let day = day.and_then(|day| alone(day, month));
    Some((sound(value.cast_signed(), alone(month + 1, year), day), year + 2))
}

/// The date without a month or a day that the calendar does not have.
fn sound(year: i32, month: Option<u32>, day: Option<u32>) -> PartialDate {
    let month = month.filter(|m| (1..=12).contains(m));
    let date = PartialDate { year, month, day: day.filter(|_| month.is_some()) };
    if date.day.is_some() && date.full().is_none() { PartialDate { day: None, ..date } } else { date }
}
