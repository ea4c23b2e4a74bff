//! Where clauses and lists of bodies begin.

use std::ops::Range;

use nhiemvu_model::{Bound, Calendar, TimeExpression, TimeValue, YearHint};
use nhiemvu_parser::temporal::{self, Setting};
use nhiemvu_text::fold_key;

use super::{Analysis, WORDS};
use crate::cues::{Cue, Hit};
use crate::stretch::person_word;
use crate::{deadline, judge, verbs};

impl Analysis<'_> {
    /// Whether `giao` stands inside what is to be done (`báo cáo Quốc hội giao Chính phủ …`, `cơ chế đặt hàng, giao nhiệm
    /// vụ cho doanh nghiệp`) rather than at the head of an order.
    pub(super) fn is_inner_order(&self, hit: &Hit, range: &Range<usize>) -> bool {
        let words = fold_key(&self.text[hit.start..hit.end]);
        let Some(before) = self.text.get(range.start..hit.start).map(str::trim_end) else { return false };
        if self.is_asked_of(before, range.start) || is_means(before) || self.tells_what_was_given(before, range.start) {
            return true;
        }
        let heads = before.is_empty() || before.ends_with(['.', ';', ':', '-', '–', '—', '"', '”', ')']);
        if heads || !words.starts_with("giao") || !verbs::begins(self.text.get(range.start..).unwrap_or("")) {
            return false;
        }
        if before.ends_with(',') {
            return words != "giao";
        }
        let end = range.start + before.len();
        match self.mention_ending(end.saturating_sub(2)).filter(|m| m.end <= end) {
            Some(body) => !self.heads_clause(body.start, range.start),
            None => !["đồng thời", "và", "đồng ý", "nhất trí", "thống nhất", "quyết định"].iter().any(|w| {
                let tail = before.char_indices().rev().nth(12).map_or(before, |(at, _)| &before[at..]);
                fold_key(tail).ends_with(w)
            }),
        }
    }

    /// `còn 09 nhiệm vụ Ủy ban A, Chủ tịch Ủy ban A` before `giao các cơ quan …`: which tasks, and no order.
    fn tells_what_was_given(&self, before: &str, from: usize) -> bool {
        let end = from + before.len();
        let mut start = match self.mention_ending(end).filter(|body| body.end == end && body.start > from) {
            Some(body) => body.start,
            None => return false,
        };
        while let Some(other) = self.text.get(from..start).and_then(|words| words.strip_suffix(", ")) {
            let end = from + other.len();
            match self.mention_ending(end).filter(|body| body.end == end && body.start > from) {
                Some(body) => start = body.start,
                None => break,
            }
        }
        let matter = self.text.get(from..start).unwrap_or("").trim_end();
        let near = fold_key(matter.char_indices().rev().nth(16).map_or(matter, |(at, _)| &matter[at..]));
        // `Giao nhiệm vụ Ban A yêu cầu …` orders
        WORDS.ends("given", &near) && !near.ends_with("giao nhiệm vụ")
    }

    /// `đề xuất Ủy ban A, Ban B` before `phân công …`: whoever is asked to order is ordered nothing.
    fn is_asked_of(&self, before: &str, from: usize) -> bool {
        let end = from + before.len();
        let Some(hit) = self.cues().iter().rfind(|h| h.cue == Cue::Report && h.start >= from && h.end <= end) else {
            return false;
        };
        let asks = ["đề xuất", "kiến nghị", "trình", "tham mưu"];
        let verb = fold_key(&self.text[hit.start..hit.end]);
        if !asks.iter().any(|w| verb.contains(w)) {
            return false;
        }
        let (bodies, past) = self.list_at(hit.end);
        !bodies.is_empty() && self.text.get(past..end).is_some_and(|gap| gap.trim().is_empty())
    }

    /// Where the list begins of which a body at `at` is the first: `Các Bộ Xây dựng, Tài chính` begins with `Các Bộ`.
    pub(super) fn plural_start(&self, at: usize, from: usize) -> usize {
        let before = self.text.get(from..at).unwrap_or("");
        let words = before.trim_end_matches([':', ' ']);
        let mut split = words.rsplitn(3, ' ');
        let (kind, plural) = (split.next().unwrap_or(""), split.next().unwrap_or(""));
        let plural_word = matches!(plural, "Các" | "các" | "Hai" | "hai");
        let kind_word =
            matches!(fold_key(kind).as_str(), "bộ" | "sở" | "ban" | "cục" | "vụ" | "tỉnh" | "xã" | "phường");
        if plural_word && kind_word { from + words.len() - kind.len() - 1 - plural.len() } else { at }
    }

    /// Where the words for a person begin right before the office at `at`: `Đồng chí Giám đốc Sở A`, `các đ/c Trưởng phòng`.
    pub(super) fn person_start(&self, at: usize, from: usize) -> usize {
        const MOST_WORDS: usize = 3;
        let before = self.text.get(from..at).unwrap_or("").trim_end();
        let starts = before.rmatch_indices(' ').map(|(space, _)| space + 1).chain([0]).take(MOST_WORDS);
        let whole = |start: &usize| before.get(*start..).is_some_and(|words| person_word(words) == Some(words.len()));
        let called = starts.filter(whole).last().map(|start| from + start);
        called.or_else(|| self.named_before_office(at, from)).unwrap_or(at)
    }

    /// `Ông Lê Văn Bến, Trưởng Công an xã kiểm tra …`: where the words for the person begin whose office names the body at `at`.
    fn named_before_office(&self, at: usize, from: usize) -> Option<usize> {
        let before = self.text.get(from..at)?;
        let start = from + before.len() - before.trim_start().len();
        let called = self.text.get(start..at)?;
        // behind a dash the office stands below pictures, too (`Đ/c Lê Văn Bến - Phó Giám đốc Sở A phát biểu`)
        if !called.contains(", ") {
            return None;
        }
        person_word(called)?;
        let (bodies, _) = self.list_at(start);
        bodies.first().is_some_and(|body| body.start <= at && at < body.end && body.start > start).then_some(start)
    }

    /// Whether a clause can begin at `at`: behind nothing, a colon, a semicolon, a stop, or the comma of an adverbial.
    pub(super) fn heads_clause(&self, at: usize, from: usize) -> bool {
        let before = self.text.get(from..at).unwrap_or("");
        let before = before.trim_end();
        let before = before.strip_suffix(['“', '"', '(']).unwrap_or(before).trim_end();
        if before.is_empty() || before.ends_with([':', ';', '.', '!', '?']) {
            return true;
        }
        const LONGEST: usize = 40;
        if before.len() <= LONGEST
            && judge::may_begin(before, b"vtn")
            && matches!(fold_key(before).as_str(), "với" | "đối với" | "về phía" | "trách nhiệm của" | "nhiệm vụ của")
        {
            return self.text.get(at..).is_some_and(|rest| rest.contains(':'));
        }
        // the last letters of the words below; those beyond ASCII are not looked at
        let last = before.as_bytes().last().map_or(b' ', u8::to_ascii_lowercase);
        if !last.is_ascii() || matches!(last, b'i' | b'g' | b'n' | b'y') {
            let tail = fold_key(before.char_indices().rev().nth(20).map_or(before, |(i, _)| &before[i..]));
            if ["đồng thời", "riêng", "trong đó", "còn", "thì", "cùng đó", "do đó", "vì vậy"]
                .iter()
                .any(|w| tail.ends_with(w))
            {
                return true;
            }
        }
        if !before.ends_with(',') {
            return self.is_time(before.rsplit([';', '.', ':']).next().unwrap_or(before).trim_start());
        }
        // an adverbial that goes on for pages is none
        const FAR: usize = 1_500;
        let before = &before[before.ceil_char_boundary(before.len().saturating_sub(FAR))..];
        let clause = before.rsplit([';', '.', ':']).next().unwrap_or(before).trim_start();
        let head_end = clause.char_indices().nth(24).map_or(clause.len(), |(i, _)| i);
        let head = fold_key(&clause[..head_end]);
        // `…, thời gian tới, các bộ cần …`: the adverbial right before the body
        let near = before.trim_end_matches(',').rsplit([',', ';', '.', ':']).next().unwrap_or("").trim();
        let near = judge::head(near, 40);
        if ["thời gian tới", "trong thời gian tới", "trước mắt", "thời gian đến", "từ nay đến cuối năm"]
            .iter()
            .any(|w| near == *w)
        {
            return true;
        }
        if self.is_time(clause.trim_end_matches([',', ' '])) {
            return true;
        }
        // `Theo dõi, đôn đốc …` is something to do
        if head.starts_with("theo dõi") || WORDS.begins("opener", &head).is_none() {
            return false;
        }
        // `Căn cứ kế hoạch, chỉ đạo các trường A, các trường B …`: the clause has begun before, with its verb
        let first = clause.find(", ").map(|comma| clause[comma..].trim_start_matches([',', ' ']));
        !first.is_some_and(|rest| rest.len() > 1 && directs_others(rest))
    }

    /// `Hằng năm Sở A bố trí …`, `Trước ngày 15/6 Sở A gửi …`: whether the words before a body are a time and no more, so that no
    /// comma need stand behind them.
    pub(super) fn is_time(&self, words: &str) -> bool {
        const LONGEST: usize = 80;
        let words = ["Ngay ", "Dự kiến "].iter().find_map(|w| words.strip_prefix(w)).unwrap_or(words);
        if words.len() > LONGEST || WORDS.begins("time", &judge::head(words, 24)).is_none() {
            return false;
        }
        let found = temporal::find(words, Setting::Field);
        let day = ["ngày", "sáng", "chiều", "tối"].contains(&judge::head(words, 5).split(' ').next().unwrap_or(""));
        if day && !found.iter().all(|time| self.lies_ahead(time)) {
            return false;
        }
        let ends = (found.first().map(|t| t.span.start), found.last().map(|t| t.span.end));
        ends == (Some(0), Some(words.len()))
    }

    /// `Ngày 14/4, Sở A tổ chức …` tells what was done; `Ngày 25 hằng tháng, …` and a whole date to come order.
    fn lies_ahead(&self, time: &TimeExpression) -> bool {
        let dated = match &time.value {
            TimeValue::Recurring(_) => return true,
            TimeValue::By { end, .. } | TimeValue::Within { end: Bound::On(end), .. } => end,
            _ => return false,
        };
        let Some(today) = self.context.date.filter(|_| matches!(dated, Calendar::Day { year: YearHint::Given(_), .. }))
        else {
            return false;
        };
        let resolved = deadline::resolve(time, &deadline::Reference::on(today));
        resolved.and_then(|found| found.due).is_some_and(|due| due > today)
    }
}

/// Whether words begin with a verb by which somebody else is made to act.
pub(super) fn directs_others(words: &str) -> bool {
    WORDS.begins("directs", &judge::head(words, 16)).is_some()
}

/// `cơ chế đặt hàng, …`, `hình thức khoán, …` before `giao nhiệm vụ cho …`: ways of ordering, and no order.
fn is_means(before: &str) -> bool {
    const MEANS: [&str; 6] = ["cơ chế", "hình thức", "phương thức", "chính sách", "quy định về", "việc"];
    let clause = before.rsplit([';', '.', ':']).next().unwrap_or("").trim_start();
    let head = judge::head(clause, 16);
    MEANS.iter().any(|w| head.starts_with(w)) && (before.ends_with(',') || before.ends_with("và"))
}
