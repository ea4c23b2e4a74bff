//! Durations: `10 ngày làm việc kể từ ngày nhận được`.

use nhiemvu_model::{Anchor, Frequency, TimeValue};

use super::cursor::Cursor;
use super::word::{Word, w};

/// A duration with what it counts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Duration {
    pub value: TimeValue,
    pub anchored: bool,
    pub next: usize,
}

impl Cursor<'_> {
    /// A duration at `at`, with its anchor where one follows.
    pub(super) fn duration(self, at: usize) -> Option<Duration> {
        let (count, next) = self.count(at)?;
        // "24-48 giờ", "từ 3 đến 5 ngày": the longer is the limit
        let longer = self.range_mark(next).and_then(|to| self.count(to)).filter(|(longer, _)| *longer > count);
        let (count, next) = longer.unwrap_or((count, next));
        // "05 (năm) ngày": the number in words stands behind the figure
        let next = match self.count(next + 1) {
            Some((_, close)) if self.is_mark(next, b'(') && self.is_mark(close, b')') => close + 1,
            _ => next,
        };
        let (count, unit, next) = match self.word(next) {
            word if word == w!("ngày") => (count, Frequency::Daily, next + 1),
            word if word == w!("tuần") => (count, Frequency::Weekly, next + 1),
            word if word == w!("tháng") => (count, Frequency::Monthly, next + 1),
            word if word == w!("quý") => (count * 3, Frequency::Monthly, next + 1),
            word if word == w!("năm") => (count, Frequency::Yearly, next + 1),
            // hours are told only where they make days
            word if word == w!("giờ") && count % 24 == 0 => (count / 24, Frequency::Daily, next + 1),
            _ => return None,
        };
        let hours = self.is(next - 1, w!("giờ"));
        let working_days = unit == Frequency::Daily && self.seq(next, &[w!("làm"), w!("việc")]);
        let next = if working_days { next + 2 } else { next };
        if self.is_mark(next, b'/')
            || self.any(
                next,
                &[
                    w!("đầu"),
                    w!("cuối"),
                    w!("qua"),
                    w!("gần"),
                    w!("trước"),
                    w!("liên"),
                    w!("lần"),
                    w!("liền"),
                    w!("một"),
                ],
            )
            || self.number(next).is_some()
        {
            return None;
        }
        // "trong 10 ngày tới": seen from the day of the document; years to come are a view, not a limit
        let opened = at > 0 && self.any(at - 1, &[w!("trong"), w!("vòng")]);
        // the hours to come are those of a forecast
        let ahead = opened && !hours && unit != Frequency::Yearly && self.is(next, w!("tới"));
        let (anchor, anchored, next) = if ahead { (Anchor::Issuing, true, next + 1) } else { self.anchor(next) };
        Some(Duration { value: TimeValue::Relative { count, unit, working_days, anchor }, anchored, next })
    }

    /// `kể từ ngày ký`, `tính từ khi nhận được`, `sau khi …`: what it is, whether there is one, and the token after it.
    fn anchor(self, at: usize) -> (Anchor, bool, usize) {
        let from = if self.is_mark(at, b',') { at + 1 } else { at };
        let head = self.skip_any(from, &[w!("kể"), w!("tính")]);
        if !self.any(head, &[w!("từ"), w!("sau")]) {
            return (Anchor::Unknown, false, at);
        }
        let mut next = head + 1;
        if self.seq(next, &[w!("thời"), w!("điểm")]) {
            next += 2;
        }
        let event = self.any(next, &[w!("ngày"), w!("khi"), w!("lúc")]);
        if !event && head == from {
            return (Anchor::Unknown, false, at);
        }
        let next = self.skip_any(next, &[w!("ngày"), w!("khi"), w!("lúc")]);
        let named: [(&[Word], Anchor); 6] = [
            (&[w!("ký")], Anchor::Signing),
            (&[w!("ban"), w!("hành")], Anchor::Issuing),
            (&[w!("tiếp"), w!("nhận")], Anchor::Receipt),
            (&[w!("nhận")], Anchor::Receipt),
            (&[w!("có"), w!("hiệu"), w!("lực")], Anchor::Effect),
            (&[w!("hiệu"), w!("lực")], Anchor::Effect),
        ];
        for (words, anchor) in named {
            if let Some(found) = self.anchor_word(next, words) {
                let end = found + words.len();
                // another paper than this one is signed
                if anchor == Anchor::Signing && self.any(end, &[w!("hợp"), w!("kết"), w!("biên")]) {
                    break;
                }
                return (anchor, true, if anchor == Anchor::Receipt { self.skip(end, w!("được")) } else { end });
            }
        }
        (Anchor::Event, true, next)
    }

    /// Where `words` stand: right at `at`, or behind a document that is called this one (`khi Kế hoạch này được ban hành`).
    fn anchor_word(self, at: usize, words: &[Word]) -> Option<usize> {
        let mut this = true;
        for i in at..at + 7 {
            if self.mark(i) != 0 {
                return None;
            }
            if this && self.seq(i, words) {
                return Some(i);
            }
            this = (this && i > at) || self.is(i, w!("này"));
        }
        None
    }
}
