//! Number, place and date (số, ký hiệu, địa danh, thời gian ban hành): lines known by their own words.

use super::Walk;
use super::date::date_line;
use super::number::number_line;

impl Walk<'_> {
    /// `Số: 12/KH-UBND`, perhaps with the date behind it on the same line.
    pub(super) fn number(&mut self, text: &str) -> bool {
        let Some(number) = number_line(text) else { return false };
        self.below_number = !(self.issuer.is_empty() && self.left.is_empty());
        if let Some(known) = &self.header.number {
            // the title of a copy may say it before the header does
            let again = known.raw == number.raw;
            self.at += usize::from(again);
            return again;
        }
        let rest =
            text.find(number.raw.as_str()).and_then(|at| text.get(at + number.raw.len()..)).unwrap_or("").to_owned();
        self.header.number = Some(number);
        if !self.degrees(&rest) && rest.trim().len() > 8 {
            self.date_in(&rest);
        }
        self.at += 1;
        true
    }

    /// `Gia Lai, ngày 05 tháng 6 năm 2026`, also over two or three lines.
    pub(super) fn date(&mut self, text: &str) -> bool {
        if self.header.date.is_some() || !text.contains("ngày") && !text.contains("Ngày") {
            return false;
        }
        let mut joined = text.to_owned();
        for extra in 0..3 {
            if extra > 0 {
                let next = self.text(self.at + extra);
                if next.is_empty() || next.chars().count() > 40 {
                    return false;
                }
                joined.push(' ');
                joined.push_str(next);
            }
            if self.date_in(&joined) {
                self.at += extra + 1;
                return true;
            }
        }
        false
    }

    fn date_in(&mut self, text: &str) -> bool {
        let Some((place, date)) = date_line(text) else { return false };
        self.header.place = Some(place);
        self.header.date = date;
        true
    }
}
