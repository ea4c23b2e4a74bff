//! Number, place, date and degree (số, ký hiệu, địa danh, thời gian ban hành, độ mật, độ khẩn): lines known by their own words.

use nhiemvu_model::{Secrecy, Urgency};
use nhiemvu_text::fold_key;

use super::Walk;
use super::date::date_line;
use super::number::number_line;

/// What a stamp says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Degree {
    Urgency(Urgency),
    Secrecy(Secrecy),
    /// Of neither: a draft, a copy.
    Note,
    /// The label of a degree, or of the copy's number, which is no stamp alone.
    Label,
}

fn stamp(key: &str) -> Option<Degree> {
    Some(match key {
        "khẩn" => Degree::Urgency(Urgency::Urgent),
        "thượng khẩn" => Degree::Urgency(Urgency::VeryUrgent),
        "hỏa tốc" => Degree::Urgency(Urgency::MostUrgent),
        "mật" => Degree::Secrecy(Secrecy::Secret),
        "tối mật" => Degree::Secrecy(Secrecy::TopSecret),
        "tuyệt mật" => Degree::Secrecy(Secrecy::MostSecret),
        "dự thảo" | "bản dự thảo" | "lưu hành nội bộ" | "xem xong trả lại" | "bản sao" => {
            Degree::Note
        }
        "độ mật" | "mức độ mật" | "độ khẩn" | "mức độ khẩn" | "bản số" => Degree::Label,
        _ => return None,
    })
}

/// The key of a stamp's words; letters that stand apart (`M Ậ T`) are one word.
fn together(words: &str) -> String {
    let words = words.trim();
    let spaced = words.contains(' ') && words.split(' ').all(|word| word.chars().count() <= 1);
    if spaced { fold_key(&words.replace(' ', "")) } else { fold_key(words) }
}

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

    /// HỎA TỐC, MẬT and the like: stamps that may stand anywhere near the top, alone or several on one line.
    pub(super) fn degree(&mut self, text: &str) -> bool {
        let taken = self.degrees(text);
        self.at += usize::from(taken);
        taken
    }

    /// Takes the degrees of a line that holds nothing else: `MẬT - HỎA TỐC`, `Độ mật: Tối mật  Bản số: 02`.
    fn degrees(&mut self, text: &str) -> bool {
        const LONGEST: usize = 100;
        if text.len() > LONGEST {
            return false;
        }
        let parts = text.replace("  ", "|");
        let parts = parts.split(|c: char| !c.is_alphabetic() && c != ' ').map(together).collect::<Vec<_>>();
        let known: Vec<Option<Degree>> = parts.iter().filter(|part| !part.is_empty()).map(|part| stamp(part)).collect();
        let any = known.iter().any(|degree| !matches!(degree, None | Some(Degree::Label)));
        if !any || known.contains(&None) {
            return false;
        }
        for degree in known.into_iter().flatten() {
            match degree {
                Degree::Urgency(urgency) => self.header.urgency = Some(urgency),
                Degree::Secrecy(secrecy) => self.header.secrecy = self.header.secrecy.max(Some(secrecy)),
                Degree::Note | Degree::Label => {}
            }
        }
        true
    }
}
