//! The degrees of secrecy and urgency (độ mật, độ khẩn): stamps that may stand anywhere near the top.

use nhiemvu_model::{Secrecy, Urgency};
use nhiemvu_text::fold_key;

use super::Walk;
use crate::layout::lines::LineView;

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
        "thượng khẩn" | "thượngkhẩn" => Degree::Urgency(Urgency::VeryUrgent),
        "hỏa tốc" | "hỏatốc" => Degree::Urgency(Urgency::MostUrgent),
        "mật" => Degree::Secrecy(Secrecy::Secret),
        "tối mật" | "tốimật" => Degree::Secrecy(Secrecy::TopSecret),
        "tuyệt mật" | "tuyệtmật" => Degree::Secrecy(Secrecy::MostSecret),
        "dự thảo" | "bản dự thảo" | "lưu hành nội bộ" | "xem xong trả lại" | "bản sao" | "tài liệu thu hồi" => {
            Degree::Note
        }
        "độ mật" | "mức độ mật" | "độ khẩn" | "mức độ khẩn" | "bản số" => Degree::Label,
        _ => return None,
    })
}

/// What a line of nothing but stamps and their labels says: `MẬT - HỎA TỐC`, `Độ mật: Tối mật  Bản số: 02`.
fn read(text: &str) -> Option<Vec<Degree>> {
    const LONGEST: usize = 100;
    // a wrapped line may hold the word alone (`bí` / `mật`), but no stamp begins with a small letter
    if text.len() > LONGEST || !text.chars().find(|c| c.is_alphabetic())?.is_uppercase() {
        return None;
    }
    // a wide gap parts two stamps, or stands in every place of a line (`HỎA  TỐC`)
    stamps(text).or_else(|| text.contains("  ").then(|| stamps(&text.replace("  ", "|"))).flatten())
}

/// The stamps that signs part.
fn stamps(text: &str) -> Option<Vec<Degree>> {
    // letters that stand apart (`M Ậ T`) are one word
    let apart = |words: &str| words.split(' ').all(|word| word.chars().count() <= 1);
    let whole = if apart(text) { text.replace(' ', "") } else { text.to_owned() };
    let parts = whole.split(|c: char| !c.is_alphabetic() && c != ' ').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| stamp(&if apart(part) { fold_key(&part.replace(' ', "")) } else { fold_key(part) })).collect()
}

/// Whether a line holds nothing but stamps, and at least one.
pub(super) fn is_degree(text: &str) -> bool {
    degrees(text).is_some()
}

/// Whether a line holds nothing but stamps or their labels.
pub(crate) fn is_degree_or_label(text: &str) -> bool {
    read(text).is_some()
}

fn degrees(text: &str) -> Option<Vec<Degree>> {
    read(text).filter(|found| found.iter().any(|degree| *degree != Degree::Label))
}

impl Walk<'_> {
    /// HỎA TỐC, MẬT and the like, alone or several on one line, the label perhaps on the line before.
    pub(super) fn degree(&mut self, text: &str) -> bool {
        let lines = if self.degrees(text) {
            1
        } else if is_degree_or_label(text) && self.degrees(self.text(self.at + 1)) {
            2
        } else {
            return false;
        };
        self.at += lines;
        true
    }

    /// Takes the degrees of a line that holds nothing else.
    pub(super) fn degrees(&mut self, text: &str) -> bool {
        let Some(found) = degrees(text) else { return false };
        for degree in found {
            match degree {
                Degree::Urgency(urgency) => self.header.urgency = Some(urgency),
                Degree::Secrecy(secrecy) => self.header.secrecy = self.header.secrecy.max(Some(secrecy)),
                Degree::Note | Degree::Label => {}
            }
        }
        true
    }

    /// Takes the degrees that stand on one line with the words of the other column: `MẬT          Hòa Giang, ngày …`.
    pub(super) fn degrees_beside(&mut self, text: &str) {
        if text.contains("  ") || text.contains('\t') {
            for part in text.split("  ").flat_map(|part| part.split('\t')) {
                self.degrees(part);
            }
        }
    }

    /// Takes the degree of secrecy of lines that are no part of the header: those of each page's top, and those far above.
    pub(super) fn secrecy_around(&mut self, lines: &[LineView]) {
        let urgency = self.header.urgency;
        for line in lines {
            self.degrees(line.text(self.source));
        }
        self.header.urgency = urgency;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_told_from_words_of_a_sentence() {
        for text in [
            "MẬT",
            "Mật",
            "T Ố I  M Ậ T",
            "M Ậ T - H Ỏ A  T Ố C",
            "[TUYỆT MẬT]",
            "Độ mật: Mật",
            "HỎA TỐC - MẬT",
            "MẬT   Bản số: 02/05",
            "HỎA  TỐC",
            "HỎA  TỐC  -  TỐI  MẬT",
            "MẬT  HỎA TỐC",
        ] {
            assert!(is_degree(text), "{text}");
        }
        for text in ["mật", "Độ mật:", "Bản số: 3", "Bảo mật", "Mật ong", "Mật, tối và lạnh", "", "12"]
        {
            assert!(!is_degree(text), "{text}");
        }
        assert!(is_degree_or_label("Độ mật:") && !is_degree_or_label("12"));
    }
}
