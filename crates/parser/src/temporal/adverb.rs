//! Words about time that say how often or how soon, and whether they belong to the doing or to a noun.

use nhiemvu_model::TimeValue;

use super::judge::Judge;
use super::setting::Setting;
use super::word::{Word, w};

/// Words that end the noun of what is to be done, and so say that a recurrence behind them belongs to the noun.
const VERBS: [[Word; 2]; 13] = [
    [w!("báo"), w!("cáo")],
    [w!("tổ"), w!("chức")],
    [w!("thực"), w!("hiện")],
    [w!("triển"), w!("khai")],
    [w!("cập"), w!("nhật")],
    [w!("kiểm"), w!("tra")],
    [w!("rà"), w!("soát")],
    [w!("đánh"), w!("giá")],
    [w!("tổng"), w!("hợp")],
    [w!("công"), w!("bố")],
    [w!("công"), w!("khai")],
    [w!("giao"), w!("ban")],
    [w!("thống"), w!("kê")],
];

/// Nouns whose own period a recurrence behind them is (`kế hoạch hằng năm`).
const NOUNS: [[Word; 2]; 13] = [
    [w!("kế"), w!("hoạch")],
    [w!("chương"), w!("trình")],
    [w!("dự"), w!("toán")],
    [w!("ngân"), w!("sách")],
    [w!("kinh"), w!("phí")],
    [w!("chỉ"), w!("tiêu")],
    [w!("chỉ"), w!("số")],
    [w!("mục"), w!("tiêu")],
    [w!("kết"), w!("quả")],
    [w!("danh"), w!("mục")],
    [w!("nhiệm"), w!("vụ")],
    [w!("công"), w!("tác")],
    [w!("đề"), w!("án")],
];

/// Nouns that have a day or a week of their own (`lịch công tác hằng tuần`, `công việc hằng ngày`).
const DAILY: [&[Word]; 10] = [
    &[w!("lịch")],
    &[w!("sống")],
    &[w!("hoạt")],
    &[w!("công"), w!("việc")],
    &[w!("tình"), w!("hình")],
    &[w!("kế"), w!("hoạch")],
    &[w!("chương"), w!("trình")],
    &[w!("nhiệm"), w!("vụ")],
    &[w!("công"), w!("tác")],
    &[w!("chỉ"), w!("tiêu")],
];

impl Judge<'_> {
    /// Whether a recurrence at `at`, read up to `next`, belongs to a noun before it (`kế hoạch, dự toán hằng năm`).
    pub(super) fn qualifies(self, at: usize, next: usize) -> bool {
        let c = self.cursor;
        if self.setting == Setting::Phrase {
            return false;
        }
        let fixed = c.is(at, w!("định"));
        // "tăng bình quân mỗi năm 10%", "khoảng 35 lượt mỗi năm"
        if c.is(at, w!("mỗi")) {
            let rate = c.number(next).is_some() && c.is_mark(next + 1, b'%')
                || c.any(at.wrapping_sub(1), &[w!("tăng"), w!("giảm"), w!("lên")]);
            let counted = c.number(next).is_some() || self.at_least(at);
            return rate || !(self.field(at) || c.opens_clause(at) || counted);
        }
        if self.to_body(at) {
            return false;
        }
        if self.ends_clause_daily(at, next) {
            return false;
        }
        if self.noun_before(at) {
            return true;
        }
        if fixed || self.field(at) || c.opens_clause(at) && !self.list_of_nouns(at, next) {
            return false;
        }
        // "báo cáo nhanh hằng ngày trước 15h00": the limit behind it is the doing's
        if c.any(next, &[w!("trước"), w!("vào"), w!("chậm")]) {
            return false;
        }
        // a verb right before it, or right behind it, takes it as its adverb
        let verb =
            VERBS.iter().any(|verb| c.ends(at, verb)) || c.any(at.wrapping_sub(1), &[w!("gửi"), w!("họp"), w!("vào")]);
        !(verb || self.verb_at(next))
    }

    /// Whether what comes each day or week closes its clause and no noun that has such a period stands near before it: it is then
    /// how often the work is done (`tuần tra các tuyến hằng đêm.`, `báo cáo kết quả hằng tuần;`).
    fn ends_clause_daily(self, at: usize, next: usize) -> bool {
        const NEAR: usize = 5;
        let c = self.cursor;
        let short = c.is(at, w!("hằng")) && c.any(at + 1, &[w!("ngày"), w!("tối"), w!("tuần")]);
        let closes = c.token(next).is_none() || matches!(c.mark(next), b'.' | b';' | b',');
        let noun = |i: usize| DAILY.iter().any(|noun| c.seq(i, noun));
        short && closes && !(at.saturating_sub(NEAR)..at).any(noun)
    }

    /// Whether nothing but the name of a body, told by its capital, stands between `báo cáo` or `gửi … về` and `at`: `báo cáo UBND
    /// tỉnh hằng tháng`.
    fn to_body(self, at: usize) -> bool {
        const LONGEST: usize = 8;
        const TOWARDS: [Word; 3] = [w!("về"), w!("cho"), w!("lên")];
        let c = self.cursor;
        let named = |from: usize| {
            let capital = c.token(from).is_some_and(|t| t.capital);
            // `Tổ công tác` is a body
            let noun = |i: usize| NOUNS.iter().any(|noun| c.seq(i, noun)) && !c.is(i.wrapping_sub(1), w!("tổ"));
            capital && !(from..at).any(noun)
        };
        let gives =
            |i: usize| c.ends(i, &[w!("báo"), w!("cáo")]) || c.any(i.wrapping_sub(1), &[w!("gửi"), w!("trình")]);
        let near = at.saturating_sub(LONGEST);
        let words = (near..at).rev().take_while(|i| c.is_plain_word(*i));
        words.into_iter().any(|i| named(i) && i > 0 && (gives(i) || c.any(i - 1, &TOWARDS)))
    }

    /// Whether so many at least are asked for before `at`: `ít nhất 02 tin, bài mỗi tháng`.
    fn at_least(self, at: usize) -> bool {
        let c = self.cursor;
        const NEAR: usize = 7;
        (at.saturating_sub(NEAR)..at)
            .any(|i| c.number(i).is_some() && i > 0 && c.any(i - 1, &[w!("nhất"), w!("thiểu")]))
    }

    /// Whether a noun that has a period of its own stands in the same phrase, not far before `at`.
    fn noun_before(self, at: usize) -> bool {
        let c = self.cursor;
        let near = at.saturating_sub(7);
        let start = (near..at).rev().find(|i| c.mark(*i) != 0 && *i + 1 < at).map_or(near, |i| i + 1);
        let noun = (start..at).rev().find(|i| NOUNS.iter().any(|noun| c.seq(*i, noun)));
        let Some(noun) = noun.filter(|noun| !c.opens_clause(at) && noun + 2 <= at) else { return false };
        // "tổng hợp kết quả, định kỳ hằng quý báo cáo": a verb between them takes it away
        let free = (noun + 2..at).any(|i| VERBS.iter().any(|verb| c.seq(i, verb)) && i + 2 < at);
        !free
    }

    /// `chương trình kiểm tra cả nhiệm kỳ, hằng năm, hằng quý`: a list of what qualifies a noun.
    fn list_of_nouns(self, at: usize, next: usize) -> bool {
        let c = self.cursor;
        let Some(before) = at.checked_sub(1) else { return false };
        if !(c.is(before, w!("và")) || c.is_mark(before, b',')) || self.verb_at(next) {
            return false;
        }
        let near = at.saturating_sub(16);
        let start = (near..before).rev().find(|i| !matches!(c.mark(*i), 0 | b',')).map_or(near, |i| i + 1);
        (start..before).any(|i| NOUNS.iter().any(|noun| c.seq(i, noun)))
    }

    /// Whether a verb of the work of offices stands at `at`.
    fn verb_at(self, at: usize) -> bool {
        let c = self.cursor;
        const SINGLE: [Word; 17] = [
            w!("gửi"),
            w!("lập"),
            w!("xây"),
            w!("bố"),
            w!("tham"),
            w!("họp"),
            w!("cân"),
            w!("phân"),
            w!("trích"),
            w!("duy"),
            w!("tuyên"),
            w!("hướng"),
            w!("đôn"),
            w!("đào"),
            w!("bồi"),
            w!("khảo"),
            w!("giám"),
        ];
        VERBS.iter().any(|verb| c.seq(at, verb)) || c.any(at, &SINGLE)
    }

    /// `thường xuyên`, `ngay`, `khẩn trương` at `at`: what they say and the token after; [`TimeValue::None`] for words
    /// to pass over.
    pub(super) fn manner(self, at: usize) -> Option<(TimeValue, usize)> {
        let c = self.cursor;
        if c.seq(at, &[w!("thường"), w!("xuyên")]) {
            let before = at.wrapping_sub(1);
            let noun = c
                .any(before, &[w!("chi"), w!("dục"), w!("vốn"), w!("phí"), w!("không"), w!("nguồn"), w!("định")])
                || c.any(before, &[w!("vụ"), w!("tác")]) && !self.field(at);
            let value = if noun && self.setting != Setting::Phrase { TimeValue::None } else { TimeValue::Ongoing };
            let next =
                if c.is_mark(at + 2, b',') && c.seq(at + 3, &[w!("liên"), w!("tục")]) { at + 5 } else { at + 2 };
            return Some((value, next));
        }
        if c.seq(at, &[w!("liên"), w!("tục")]) && self.field(at) {
            return Some((TimeValue::Ongoing, at + 2));
        }
        if c.seq(at, &[w!("khẩn"), w!("trương")]) || c.seq(at, &[w!("lập"), w!("tức")]) {
            return Some((TimeValue::Immediate, at + 2));
        }
        if !c.is(at, w!("ngay")) {
            return None;
        }
        let other =
            [w!("từ"), w!("cả"), w!("tại"), w!("trong"), w!("trước"), w!("đầu"), w!("tới"), w!("ở"), w!("thẳng")];
        if c.any(at + 1, &other) {
            return None;
        }
        let next = if c.seq(at + 1, &[w!("lập"), w!("tức")]) { at + 3 } else { at + 1 };
        Some((TimeValue::Immediate, next))
    }
}
