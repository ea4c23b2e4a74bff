//! Words without their marks, for what a scan or a slip of the hand has damaged.

/// `text` in small letters with every tone and vowel mark gone and `đ` as `d`: `Sở Tài chính` is `so tai chinh`.
pub(crate) fn bare(text: &str) -> String {
    let mut out = String::new();
    push_bare(&mut out, &nhiemvu_text::fold_key(text));
    out
}

/// Appends the bare form of `folded`, which is folded already.
pub(crate) fn push_bare(out: &mut String, folded: &str) {
    out.extend(folded.chars().map(bare_letter));
}

/// A small letter without its marks.
fn bare_letter(c: char) -> char {
    match c {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ' | 'ẫ' | 'ậ' => {
            'a'
        }
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ' | 'ợ' => {
            'o'
        }
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'đ' => 'd',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_vietnamese_letter_loses_its_marks() {
        assert_eq!(super::bare("Ủy ban Quản lý Khu kinh tế Đắk Lắk"), "uy ban quan ly khu kinh te dak lak");
    }
}
