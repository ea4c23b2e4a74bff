//! Hours and days of the week.

use nhiemvu_model::ClockTime;

use super::cursor::Cursor;
use super::word::w;

impl Cursor<'_> {
    /// `17 giờ 00`, `17h30'`, `8:00`, `2 giờ chiều`: the time and the token after it.
    pub(super) fn clock(self, at: usize) -> Option<(ClockTime, usize)> {
        let (hour, 1..=2) = self.number(at)? else { return None };
        if hour > 24 {
            return None;
        }
        let (minute, next) = if self.is(at + 1, w!("giờ")) {
            self.minutes(at + 2)
        } else if self.is_mark(at + 1, b':') && self.glued(at + 1) && self.glued(at + 2) {
            match self.number(at + 2)? {
                (minute @ 0..=59, 2) => (minute, self.skip(at + 3, w!("giờ"))),
                _ => return None,
            }
        } else {
            return None;
        };
        // `2 giờ đêm` is before dawn
        let afternoon = hour < 12 && (self.is(next, w!("chiều")) || hour > 5 && self.is(next, w!("tối")));
        let next = self.skip_any(next, &[w!("sáng"), w!("trưa"), w!("chiều"), w!("tối")]);
        let time = match hour + if afternoon { 12 } else { 0 } {
            // midnight at the end of a day is its last minute: the schema's hours end at 23
            24 => ClockTime { hour: 23, minute: 59 },
            hour => ClockTime { hour: hour as u8, minute: minute as u8 },
        };
        Some((time, next))
    }

    /// Minutes behind the word for the hour, 0 where there are none.
    fn minutes(self, at: usize) -> (u32, usize) {
        match self.number(at) {
            Some((minute @ 0..=59, 2))
                if !(self.is_mark(at + 1, b'/') || self.is_mark(at + 1, b'-') && self.glued(at + 1)) =>
            {
                let next = self.skip(at + 1, w!("phút"));
                let quoted = matches!(self.mark(next), b'\'' | b'"' | b'`') && self.glued(next);
                (minute, next + usize::from(quoted))
            }
            _ => (0, at),
        }
    }

    /// `thứ Hai`, `thứ 6`, `Chủ nhật`: 1 (Monday) to 7 (Sunday), and the token after it.
    fn weekday(self, at: usize) -> Option<(u32, usize)> {
        let at = self.skip_any(at, &[w!("sáng"), w!("chiều"), w!("tối"), w!("ngày")]);
        if self.seq(at, &[w!("chủ"), w!("nhật")]) {
            return Some((7, at + 2));
        }
        if !self.is(at, w!("thứ")) {
            return None;
        }
        let (number, next) = self.count(at + 1)?;
        (2..=7).contains(&number).then(|| (number - 1, next))
    }

    /// One or more days of the week (`thứ 2, thứ 5`; `thứ Hai, Tư, Sáu`), and the token after them.
    pub(super) fn weekdays(self, at: usize) -> Option<(Vec<u32>, usize)> {
        let (day, mut next) = self.weekday(at)?;
        let mut days = vec![day];
        while days.len() < 7 {
            let Some(from) = self.list_mark(next) else { break };
            let more = self.weekday(from).or_else(|| {
                let (number, after) = self.count(from)?;
                let ends = self.any(after, &[w!("hằng"), w!("và"), w!("mỗi")]) || self.is_mark(after, b',');
                ((2..=7).contains(&number) && ends && !self.is_mark(after, b'/')).then(|| (number - 1, after))
            });
            let Some((day, after)) = more else { break };
            days.push(day);
            next = after;
        }
        days.sort_unstable();
        days.dedup();
        Some((days, next))
    }
}
