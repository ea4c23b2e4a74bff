//! The syllables that the grammar of time knows, found by a table that is built at compile time.

/// A syllable of the lexicon; [`Word::OTHER`] is every other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word(u8);

/// The syllable named, checked at compile time.
macro_rules! w {
    ($syllable:literal) => {
        const { $crate::temporal::word::Word::named($syllable) }
    };
}
pub(super) use w;

/// Syllables in the form in which the grammar names them: NFC, lower case.
#[rustfmt::skip]
const SYLLABLES: &[&str] = &[
    // units of the calendar and of the clock
    "ngày", "tháng", "quý", "năm", "tuần", "thứ", "chủ", "nhật", "giờ", "phút", "kỳ", "học", "sáng", "trưa", "chiều", "tối",
    // numbers
    "một", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười", "i", "ii", "iii", "iv", "t", "q",
    // edges of a stretch, and stretches seen from today
    "đầu", "giữa", "cuối", "nửa", "nay", "này", "tới", "sau", "trước", "tiếp", "liền", "kề", "kế", "theo", "trở", "đi",
    "cùng", "những", "các", "mỗi", "hằng", "tiên", "gần", "qua", 
    // what opens a limit
    "chậm", "nhất", "không", "quá", "hơn", "đến", "hết", "trong", "vào", "từ", "kể", "tính", "bắt", "xong", "hoàn", "thành",
    "thời", "gian", "hạn", "tiến", "độ", "điểm", "vòng", "khoảng", "chót", "lúc", "khi", "đa", 
    // recurrence
    "định", "lần", "của", "và", "hoặc", "là", "cho", "làm", "việc",
    // what a duration counts from
    "ký", "ban", "hành", "nhận", "hiệu", "lực", "có", "được",
    // continuously, at once
    "thường", "xuyên", "liên", "tục", "khẩn", "trương", "ngay", "lập", "tức", "cả", 
    // words that tell a limit from what only looks like one
    "giai", "đoạn", "đã", "số", "mục", "tiêu", "kết", "quả", "tình", "hình", "đánh", "giá", "nhiệm", "vụ", "báo", "cáo",
    "rút", "ngắn", "giảm", "giải", "xử", "chi", "dục", "vốn", "niên", "phí", "tăng", "lên", 
    "áp", "dụng", "thực", "hiện", "triển", "khai", "nguồn", "tầm", "nhìn", 
    "giao", "tại", "trình", "bảo", "trả", "thẩm", "công", "hợp", "biên", "diễn", "ra", "phát", "sinh", "đối", "với", "lộ", "còn",
    "bố", "chương", "chỉ", "chức", "cập", "danh", "dứt", "dự", "gửi", "hoạch", "họp", "kinh", "kiểm", "kê", "ngân", "rà", "soát",
    "sách", "tham", "thẳng", "thống", "toán", "tra", "tác", "tổ", "tổng", "về", "xây", "án", "đề", "ở", "phiên", "mùng", "thiểu",
    "hôm", "mai", "cứ", "kiến", "buổi", "lịch", "sống", "hoạt", "cân", "phân", "trích", "duy", "tuyên", "hướng", "đôn", "đào", "bồi", "khảo", "giám", "kéo", "dài", "âm", "âl",
];

/// Other ways to write a syllable of the list: spelling variants, abbreviated units, and Roman numbers as scans give them.
#[rustfmt::skip]
const VARIANTS: &[(&str, &str)] = &[
    ("quí", "quý"), ("h", "giờ"), ("g", "giờ"), ("ph", "phút"), ("p", "phút"), ("kì", "kỳ"), ("tư", "bốn"), ("bẩy", "bảy"),
    ("hàng", "hằng"), ("muộn", "chậm"), ("trễ", "chậm"), ("kí", "ký"), ("mồng", "mùng"), ("đêm", "tối"), ("ll", "ii"),
    ("il", "ii"), ("li", "ii"), ("lll", "iii"), ("iil", "iii"), ("ili", "iii"), ("lii", "iii"), ("ill", "iii"),
    ("iit", "iii"), ("iti", "iii"), ("itt", "iii"), ("lv", "iv"),
];

/// Syllables with which a time expression, or words that only look like one, can begin; the grammar passes over others.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "trước", "chậm", "không", "hạn", "đến", "tới", "hết", "cho", "trong", "vào", "từ", "sau", "đa", "thành", "xong", "điểm",
    "hằng", "mỗi", "định", "thường", "liên", "khẩn", "lập", "ngay", "ngày", "tháng", "quý", "năm", "tuần", "thứ", "chủ", "sáng",
    "chiều", "tối", "giai", "các", "những", "nửa", "đầu", "cuối", "giữa", "t", "q", "niên", "nhiệm", "tầm", "thời", "tiến",
    "về", "đối", "tại", "lộ", "một", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười",
    "hôm", "cứ",
];

/// Whether a syllable is a starter, by its number.
static STARTS: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < STARTERS.len() {
        table[Word::named(STARTERS[at]).0 as usize] = true;
        at += 1;
    }
    table
};

const SLOTS: usize = 1024;
/// Longest form in bytes; a longer word is [`Word::OTHER`] at once.
const LONGEST: usize = 9;

/// Numbers of forms (from 1; 0 is a free slot) by hash, with open addressing.
static TABLE: [u16; SLOTS] = table();

const fn form(number: usize) -> &'static str {
    if number < SYLLABLES.len() { SYLLABLES[number] } else { VARIANTS[number - SYLLABLES.len()].0 }
}

const fn table() -> [u16; SLOTS] {
    let mut table = [0_u16; SLOTS];
    let mut number = 0;
    while number < SYLLABLES.len() + VARIANTS.len() {
        let mut slot = hash(&padded(form(number)));
        while table[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = number as u16 + 1;
        number += 1;
    }
    table
}

/// The bytes of a form with zeros behind.
pub(super) type Padded = [u8; 16];

/// A slot by the first eight bytes and the ninth.
const fn hash(bytes: &Padded) -> usize {
    let Some(first) = bytes.first_chunk() else { return 0 };
    let first = u64::from_le_bytes(*first) ^ (bytes[8] as u64) << 29;
    (first.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize % SLOTS
}

const fn padded(form: &str) -> Padded {
    let (form, mut bytes, mut at) = (form.as_bytes(), [0; 16], 0);
    while at < form.len() {
        bytes[at] = form[at];
        at += 1;
    }
    bytes
}

/// All forms.
static FORMS: [Padded; SYLLABLES.len() + VARIANTS.len()] = {
    let mut forms = [[0; 16]; SYLLABLES.len() + VARIANTS.len()];
    let mut number = 0;
    while number < forms.len() {
        forms[number] = padded(form(number));
        number += 1;
    }
    forms
};

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A bit for each length that forms have, by their first two bytes: nearly all words of a text are told from them by these.
static LENGTHS: [u16; 64 * 64] = {
    let mut table = [0; 64 * 64];
    let mut number = 0;
    while number < SYLLABLES.len() + VARIANTS.len() {
        let bytes = form(number).as_bytes();
        table[opening(bytes)] |= 1 << bytes.len();
        number += 1;
    }
    table
};

/// A place in [`LENGTHS`]; the same for capitals as for small letters, whose case is a bit of a byte of ASCII, and no part of the
/// first byte of others.
const fn opening(bytes: &[u8]) -> usize {
    let first = if bytes.is_empty() { 0 } else { bytes[0] | 0x20 };
    let second = if bytes.len() < 2 { 0 } else { bytes[1] | 0x20 };
    // of a first letter beyond ASCII the second byte is not looked at
    let second = if first < 0x80 { second } else { 0 };
    (first as usize & 0x3F) << 6 | second as usize & 0x3F
}

impl Word {
    /// Whether `letters` may be of the lexicon.
    pub(super) fn may_be(letters: &[u8]) -> bool {
        letters.len() <= LONGEST && LENGTHS[opening(letters)] >> letters.len() & 1 == 1
    }

    /// A word that the grammar does not know.
    pub(super) const OTHER: Self = Self(u8::MAX);

    /// The syllable `name` of the list; for compile time alone, where a name that is not in the list is an error.
    pub(super) const fn named(name: &str) -> Self {
        let mut number = 0;
        while number < SYLLABLES.len() {
            if same(SYLLABLES[number].as_bytes(), name.as_bytes()) {
                return Self(number as u8);
            }
            number += 1;
        }
        assert!(number < SYLLABLES.len(), "a syllable that the lexicon lacks");
        Self::OTHER
    }

    /// Whether a time expression can begin with it.
    pub(super) fn starts(self) -> bool {
        STARTS[usize::from(self.0)]
    }

    /// The word written as `lower`, which is lower case.
    pub(super) fn of(lower: &Padded) -> Self {
        let mut slot = hash(lower);
        while let Some(number) = TABLE.get(slot).and_then(|n| usize::from(*n).checked_sub(1)) {
            if FORMS.get(number) == Some(lower) {
                return match number.checked_sub(SYLLABLES.len()) {
                    None => Self(number as u8),
                    Some(variant) => CANONICAL[variant],
                };
            }
            slot = (slot + 1) % SLOTS;
        }
        Self::OTHER
    }
}

/// The syllable that each variant stands for.
static CANONICAL: [Word; VARIANTS.len()] = {
    let mut words = [Word::OTHER; VARIANTS.len()];
    let mut at = 0;
    while at < VARIANTS.len() {
        words[at] = Word::named(VARIANTS[at].1);
        at += 1;
    }
    words
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_found_and_no_other_word() {
        for (at, syllable) in SYLLABLES.iter().enumerate() {
            assert_eq!(Word::of(&padded(syllable)), Word(at as u8), "{syllable}");
            assert!(syllable.len() <= LONGEST && *syllable == syllable.to_lowercase());
            assert_eq!(SYLLABLES.iter().filter(|s| *s == syllable).count(), 1, "{syllable} stands twice");
        }
        for (variant, syllable) in VARIANTS {
            assert_eq!(Word::of(&padded(variant)), Word::named(syllable), "{variant}");
        }
        for other in ["", "nhiệm vụ", "ngàyx", "thang", "a", "đ"] {
            assert_eq!(Word::of(&padded(other)), Word::OTHER, "{other}");
        }
        const { assert!(SYLLABLES.len() < u8::MAX as usize) };
    }
}
