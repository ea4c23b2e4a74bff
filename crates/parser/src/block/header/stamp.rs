//! The stamp of whoever received a document (dấu “ĐẾN”, Nghị định 30/2020/NĐ-CP, Phụ lục IV): the receiving office, `ĐẾN`, number,
//! date, to whom it was passed, file. None of it is the document's own.

use nhiemvu_text::fold_key;

use super::Walk;

/// Whether the words are the stamp's own: `ĐẾN Số: 1998`, `CÔNG VĂN ĐẾN`.
fn opens_stamp(text: &str, next: &str) -> bool {
    let key = fold_key(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let heads = ["đến số", "đến giờ", "đến ngày:", "đến: số", "số đến", "công văn đến", "văn bản đến"];
    heads.iter().any(|head| key.starts_with(head)) || key == "đến" && is_entry(next)
}

/// Whether the line is filled in on a stamp: `Ngày: 15/9/2026`, `Chuyển: …`, `Số và ký hiệu HS: …`.
fn is_entry(text: &str) -> bool {
    const LONGEST: usize = 80;
    let key = fold_key(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let labels = ["số:", "giờ:", "giờ", "ngày:", "chuyển:", "chuyển", "số và ký hiệu", "lưu hồ sơ", "kính chuyển:"];
    let blank = text.contains([':', '…']) || text.contains("..");
    blank && key.chars().count() <= LONGEST && labels.iter().any(|label| key.starts_with(label))
}

impl Walk<'_> {
    /// Passes a stamp at the current line, with the name of the receiving office above it.
    pub(super) fn stamp(&mut self) -> bool {
        let named = self.filled.get(self.at).is_some_and(|i| self.lines[*i].caps)
            && opens_stamp(self.text(self.at + 1), self.text(self.at + 2));
        let first = self.at + usize::from(named);
        if !named && !opens_stamp(self.text(self.at), self.text(self.at + 1)) {
            return false;
        }
        self.at = first + 1;
        while is_entry(self.text(self.at)) {
            self.at += 1;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_told_from_the_number_and_from_titles() {
        assert!(opens_stamp("ĐẾN Số: 1998", ""));
        assert!(opens_stamp("CÔNG VĂN ĐẾN", ""));
        assert!(opens_stamp("ĐẾN", "Số: 12"));
        for (line, next) in [("Số: 12/KH-UBND", ""), ("ĐẾN", "NĂM 2030"), ("ĐẾN NĂM 2030", "")] {
            assert!(!opens_stamp(line, next), "{line}");
        }
        assert!(is_entry("Số và ký hiệu HS: ......"));
        assert!(!is_entry("Chuyển đổi số là nhiệm vụ của mọi nhà."));
    }
}
