//! Whether words about time set a limit where they stand.

use nhiemvu_model::{Calendar, YearHint};

use super::calendar::{Bare, Period};
use super::cursor::Cursor;
use super::limit::When;
use super::setting::Setting;
use super::word::{Word, w};

/// What the rules of the setting say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) cursor: Cursor<'a>,
    pub(super) setting: Setting,
    /// The token after the topic with which a sentence opens (`Về số vốn không giải ngân trong năm 2025: …`).
    topic: usize,
    /// Tokens that a label inside a sentence (`Thời gian hoàn thành:`) makes a field.
    label: (usize, usize),
}

/// How many tokens of a heading are looked at before a time; headings are short, and hostile ones shall cost no more.
const HEADING: usize = 64;

impl<'a> Judge<'a> {
    pub(super) fn new(cursor: Cursor<'a>, setting: Setting) -> Self {
        Self { cursor, setting, topic: 0, label: (0, 0) }
    }

    /// Whether token `at` stands in a field.
    pub(super) fn field(self, at: usize) -> bool {
        self.loose() || self.labelled(at)
    }

    /// Whether token `at` stands behind a label inside a sentence.
    fn labelled(self, at: usize) -> bool {
        (self.label.0..self.label.1).contains(&at)
    }

    fn loose(self) -> bool {
        matches!(self.setting, Setting::Field | Setting::Phrase)
    }

    /// Notes a label of time that begins at `at`, and the end of what it labels.
    pub(super) fn enter(&mut self, at: usize) {
        let c = self.cursor;
        if c.is(at, w!("về")) || c.seq(at, &[w!("đối"), w!("với")]) {
            let first = c.opens_sentence(at) || at == 2 && c.number(0).is_some() && c.mark(1) != 0;
            if first && self.setting == Setting::Sentence {
                self.topic = self.topic.max(topic(c, at));
            }
            return;
        }
        let label = c.seq(at, &[w!("thời"), w!("gian")])
            || c.seq(at, &[w!("thời"), w!("hạn")])
            || c.seq(at, &[w!("thời"), w!("điểm")])
            || c.seq(at, &[w!("tiến"), w!("độ")])
            || c.seq(at, &[w!("lộ"), w!("trình")]);
        if !label || self.labelled(at) {
            return;
        }
        let Some(colon) = (at + 2..at + 7).find(|i| c.mark(*i) != 0).filter(|i| c.is_mark(*i, b':')) else { return };
        // the stamp of a digital signature
        if c.is(at + 2, w!("ký")) {
            return;
        }
        let end = (colon + 1..c.len())
            .take(40)
            .find(|i| {
                let labelled = c.is_mark(*i, b';') && (*i..*i + 8).any(|j| c.is_mark(j, b':'));
                labelled || *i > colon + 1 && c.opens_sentence(*i)
            })
            .unwrap_or_else(|| c.len().min(colon + 41));
        self.label = (colon + 1, end);
    }

    /// The token after words that hold a year or a number but never a limit (`năm học 2025 - 2026`).
    pub(super) fn skipped(self, at: usize) -> Option<usize> {
        let c = self.cursor;
        let head = c.skip(at, w!("trong"));
        let term = c.seq(head, &[w!("năm"), w!("học")])
            || c.seq(head, &[w!("niên"), w!("độ")])
            || c.seq(head, &[w!("nhiệm"), w!("kỳ")])
            || c.seq(head, &[w!("tầm"), w!("nhìn")]);
        if term {
            let years = c.skip(c.skip(head + 2, w!("đến")), w!("năm"));
            return Some(c.period(years, Bare::Year).map_or(head + 2, |p| p.next));
        }
        let lead = c.skip(at, w!("trong"));
        if c.seq(lead, &[w!("giai"), w!("đoạn")]) && !self.loose() && !self.heads_line(at) {
            // "Trong giai đoạn 2026 - 2030, tập trung …" is when to do it; elsewhere it is what a plan is about
            let period = c.period(lead, Bare::Year)?;
            let opens = lead > at && c.opens_clause(at) && c.is_mark(period.next, b',');
            return (!opens).then_some(period.next);
        }
        // "Quyết định số 12/QĐ-UBND ngày 05/9/2026": the date belongs to the document
        let cited = c.is(at, w!("ngày")) && self.cited(at);
        cited.then(|| c.stretch(at, Bare::No).map(|s| s.next))?
    }

    /// Whether a day at `at` stands behind a document number.
    fn cited(self, at: usize) -> bool {
        let c = self.cursor;
        (at.saturating_sub(10)..at).rev().take_while(|i| !matches!(c.mark(*i), b';' | b',' | b':' | b'(')).any(|i| {
            c.is_mark(i, b'/') && c.glued(i) && c.is_any_word(i + 1) || c.is(i, w!("số")) && c.number(i + 1).is_some()
        })
    }

    /// Whether the heading, or a part of it, begins at `at`.
    fn heads_line(self, at: usize) -> bool {
        self.setting == Setting::Heading && at == 0
    }

    /// Whether `at` stands in the brackets of `Giai đoạn 1 (2026 - 2028): …` at the start of a
    /// sentence.
    fn opens_stage(self, at: usize) -> bool {
        let c = self.cursor;
        at > 0
            && c.is_mark(at - 1, b'(')
            && (at.saturating_sub(4)..at).any(|i| c.seq(i, &[w!("giai"), w!("đoạn")]) && c.opens_sentence(i))
    }

    /// How much a number alone means here.
    pub(super) fn bare(self, at: usize) -> Bare {
        // `(2027 - 2030)`, but not the one year of a law: `Luật Giáo dục (2019)`
        let spanned = |at: usize| self.cursor.is_mark(at - 1, b'(') && self.cursor.is_mark(at + 1, b'-');
        let inner = self.setting == Setting::Heading
            && at > 0
            && (spanned(at) || self.cursor.seq(0, &[w!("giai"), w!("đoạn")]));
        if self.field(at) || inner || self.opens_stage(at) { Bare::Year } else { Bare::No }
    }

    /// Whether a period with no word before it is a limit.
    pub(super) fn counts_alone(self, at: usize, period: &Period) -> bool {
        let c = self.cursor;
        match self.setting {
            Setting::Phrase => true,
            Setting::Sentence | Setting::Heading if period.first.counts_from_document() => false,
            _ if self.field(at) => {
                let first = if self.labelled(at) { self.label.0 } else { 0 };
                !self.cited(at) && !c.is(first, w!("theo")) && !self.of_body(period)
            }
            Setting::Field => false,
            Setting::Heading => self.heading(at, period),
            Setting::Sentence => {
                if self.opens_stage(at)
                    || self.opens_work(at, period)
                    || self.planned(at, period)
                    || self.part_of_day(at, period)
                {
                    return true;
                }
                let whole = at > 0 && c.is_mark(at - 1, b'(') && c.is_mark(period.next, b')');
                let grain =
                    matches!(period.first, Calendar::Month { .. } | Calendar::Quarter { .. } | Calendar::Months { .. });
                whole && grain && year_known(period.end())
            }
        }
    }

    /// `Quý III/2026, Sở A …` at the head of a sentence, `…; tháng 9/2026 tổng hợp …`, `…, cuối năm 2026 báo cáo …`, `…, quý III/2026.`: a
    /// stretch that a clause begins with, or ends with behind a comma, is when its work is done.
    fn opens_work(self, at: usize, period: &Period) -> bool {
        let c = self.cursor;
        let long = matches!(
            period.first,
            Calendar::Month { .. } | Calendar::Quarter { .. } | Calendar::Months { .. } | Calendar::Year(_)
        );
        // `Dự kiến sáng ngày 15/12/2026, …`
        let part = c.skip_any(at, &[w!("sáng"), w!("trưa"), w!("chiều"), w!("tối")]);
        let day = matches!(period.first, Calendar::Day { .. }) && c.is(part, w!("ngày"));
        // `Năm nay, …` tells as often as it orders
        if !(long || day) || !matches!(super::calendar::year_of(period.end()), Some(YearHint::Given(_))) {
            return false;
        }
        let first = if c.ends(at, &[w!("dự"), w!("kiến")]) { at - 2 } else { at };
        let head = first == 0 || c.opens_sentence(first) || matches!(c.mark(first - 1), b';' | b':');
        if head && c.is_mark(period.next, b',') {
            return true;
        }
        if day {
            return false;
        }
        let comma = at > 1 && c.is_mark(at - 1, b',') && c.number(at - 2).is_none();
        if matches!(period.first, Calendar::Year(_)) && !period.end_only || !comma && !head {
            return false;
        }
        const GOES_ON: [Word; 12] = [
            w!("trước"),
            w!("của"),
            w!("và"),
            w!("là"),
            w!("trở"),
            w!("đến"),
            w!("tới"),
            w!("về"),
            w!("tại"),
            w!("có"),
            w!("đã"),
            w!("theo"),
        ];
        let acts = c.is_plain_word(period.next) && !c.any(period.next, &GOES_ON);
        acts || comma && (period.next >= c.len() || matches!(c.mark(period.next), b'.' | b';'))
    }

    /// `…, tối 26/7/2026`: a day by its part, behind a mark.
    fn part_of_day(self, at: usize, period: &Period) -> bool {
        let c = self.cursor;
        let part = c.any(at, &[w!("sáng"), w!("trưa"), w!("chiều"), w!("tối")]);
        part && period.is_day() && at > 0 && matches!(c.mark(at - 1), b',' | b'(' | b';' | b':')
    }

    /// `…, dự kiến quý II/2026`, `(dự kiến ngày 22/8/2026)`: when something is expected to be done.
    fn planned(self, at: usize, period: &Period) -> bool {
        let c = self.cursor;
        let Some(word) = at.checked_sub(2).filter(|word| c.seq(*word, &[w!("dự"), w!("kiến")])) else {
            return false;
        };
        let set_off = word == 0 || c.mark(word - 1) != 0 || c.ends(word, &[w!("thời"), w!("gian")]);
        let year = matches!(period.first, Calendar::Year(_));
        // a day behind a comma is that of what is prepared, more often than not
        let day = period.is_day() && !(word > 0 && c.is_mark(word - 1, b'('));
        set_off && !year && !day && (year_known(period.end()) || period.is_day())
    }

    /// Whether a day that comes every year, with no word before it, is one that is kept: `Ngày Sách (ngày 21/4 hằng năm)`.
    pub(super) fn commemorates(self, at: usize, next: usize) -> bool {
        let c = self.cursor;
        !self.field(at) && (at > 0 && c.is_mark(at - 1, b'(') || c.is(next, w!("là")))
    }

    /// A date that a body gave to a document: `ngày 05/9/2026 của Hội đồng nhân dân`.
    fn of_body(self, period: &Period) -> bool {
        matches!(period.first, Calendar::Day { .. })
            && self.cursor.is(period.next, w!("của"))
            && self.cursor.token(period.next + 1).is_some_and(|t| t.capital)
    }

    /// A heading names the time of what stands under it at its start, behind `nhiệm vụ`, or in brackets; not of an
    /// account of what was done.
    fn heading(self, at: usize, period: &Period) -> bool {
        let c = self.cursor;
        if self.accounts(at) {
            return false;
        }
        let opened = at == 0
            || c.is_mark(at - 1, b'(')
            || at <= 2 && c.is_mark(at - 1, b':')
            || c.seq(0, &[w!("giai"), w!("đoạn")]) && at <= 3;
        let year = matches!(period.first, Calendar::Year(_));
        let day = matches!(period.first, Calendar::Day { .. });
        let tasks = (at.saturating_sub(HEADING)..at).any(|i| c.seq(i, &[w!("nhiệm"), w!("vụ")]));
        opened || tasks && !day && (!year || year_known(period.end()))
    }

    /// Whether a heading, up to `at`, gives an account or an aim.
    fn accounts(self, at: usize) -> bool {
        let c = self.cursor;
        if self.setting != Setting::Heading {
            return false;
        }
        const AIMS: [[Word; 2]; 2] = [[w!("mục"), w!("tiêu")], [w!("chỉ"), w!("tiêu")]];
        const PAST: [[Word; 2]; 2] = [[w!("kết"), w!("quả")], [w!("tình"), w!("hình")]];
        let mut past = false;
        for i in at.saturating_sub(HEADING)..at {
            if AIMS.iter().any(|words| c.seq(i, words)) {
                return true;
            }
            past |= PAST.iter().any(|words| c.seq(i, words)) || c.is(i, w!("đã"));
            // "Kết quả 6 tháng đầu năm và nhiệm vụ 6 tháng cuối năm": what follows is still to be done
            if past && (c.is(i, w!("và")) || c.mark(i) != 0) {
                past = !(i + 1..(i + 6).min(at)).any(|j| c.seq(j, &[w!("nhiệm"), w!("vụ")]));
            }
        }
        past
    }

    /// Whether what is said at `at` has been done, or tells only what is spoken of.
    pub(super) fn past(self, at: usize) -> bool {
        at < self.topic || self.accounts(at) || self.cursor.ends(at, &[w!("phát"), w!("sinh")])
    }

    /// Whether `đến …`, read up to `end`, tells how things stand, or what a plan reaches to, and not a limit.
    pub(super) fn refuses_until(self, at: usize, when: &When, end: usize) -> bool {
        let c = self.cursor;
        if self.setting == Setting::Phrase {
            return false;
        }
        if self.accounts(at) || c.ends(at, &[w!("tính")]) || self.stands(end) {
            return true;
        }
        let When::Period(period) = when else { return false };
        if self.field(at) {
            return false;
        }
        let coarse = matches!(period.first, Calendar::Year(_)) && !c.is(at + 1, w!("hết")) && !period.end_only;
        // "Đề án … đến năm 2030" names the plan; "Đến năm 2030, hoàn thành …" and "hoàn thành đến năm 2030" set a limit
        coarse && !self.deadline_verb(at) && !(c.opens_clause(at) && c.is_mark(end, b','))
    }

    /// `, có 22 nhiệm vụ`, `, tỉnh đã …`, `là 40`, `: 16`: how things stood on the day before it.
    fn stands(self, at: usize) -> bool {
        let c = self.cursor;
        let number = c.number(at + 1).is_some();
        if c.is_mark(at, b':') || c.is(at, w!("là")) {
            return number;
        }
        let next = at + usize::from(c.is_mark(at, b','));
        let done = (next..next + 12).take_while(|i| c.mark(*i) == 0).any(|i| c.is(i, w!("đã")));
        c.is(next, w!("đã")) || next > at && (c.is(next, w!("có")) || done)
    }

    /// Whether a start with no end, at `từ`, is none of a limit.
    pub(super) fn refuses_open_start(self, at: usize, period: &Period) -> bool {
        let c = self.cursor;
        if self.field(at) {
            return false;
        }
        if self.accounts(at) || (1..=4).any(|back| c.ends(at.saturating_sub(back - 1), &[w!("hiệu"), w!("lực")])) {
            return true;
        }
        // "từ 1/3 số hộ": a fraction
        let fraction =
            matches!(period.first, Calendar::Day { year: YearHint::Missing, .. }) && c.number(period.start).is_some();
        if fraction && c.is_any_word(period.next) {
            return true;
        }
        let day = matches!(period.first, Calendar::Day { month: Some(_), .. });
        let verb = self.deadline_verb(at) || c.ends(at, &[w!("bắt"), w!("đầu")]) || c.ends(at, &[w!("áp"), w!("dụng")]);
        !(verb || day || !matches!(period.first, Calendar::Day { .. }) && c.opens_clause(at))
    }

    /// Whether a range from `từ` on is the period that something is about.
    pub(super) fn refuses_range(self, at: usize, period: &Period) -> bool {
        let c = self.cursor;
        if self.field(at) {
            return false;
        }
        let years = matches!(period.first, Calendar::Year(_)) && !period.open;
        self.accounts(at)
            || c.ends(at, &[w!("giai"), w!("đoạn")])
            || years && !self.deadline_verb(at) && !c.opens_clause(at)
    }

    /// Whether the words before `at` say to carry out or to finish.
    pub(super) fn deadline_verb(self, at: usize) -> bool {
        let c = self.cursor;
        let at = at - usize::from(at > 0 && c.any(at - 1, &[w!("ngay"), w!("kể")]));
        c.ends(at, &[w!("hoàn"), w!("thành")])
            || c.ends(at, &[w!("thực"), w!("hiện")])
            || c.ends(at, &[w!("triển"), w!("khai")])
            || c.ends(at, &[w!("dứt"), w!("điểm")])
            || c.ends(at, &[w!("xong")])
            || c.ends(at, &[w!("bắt"), w!("đầu")])
    }

    /// `trong năm` with no year behind a word of finishing, or in a field: the token after it.
    pub(super) fn current_year(self, at: usize, year: usize) -> Option<usize> {
        let c = self.cursor;
        let bare = c.is(year, w!("năm")) && (year + 1 >= c.len() || c.mark(year + 1) != 0);
        let known = self.field(at) || c.ends(at, &[w!("hoàn"), w!("thành")]) || c.ends(at, &[w!("xong")]);
        (bare && known).then_some(year + 1)
    }

    /// Whether the word at `at` ends `hoàn thành`, `xong` or `dứt điểm`, of something still to be done.
    pub(super) fn finishing(self, at: usize) -> bool {
        let c = self.cursor;
        let start = if c.ends(at + 1, &[w!("hoàn"), w!("thành")]) || c.ends(at + 1, &[w!("dứt"), w!("điểm")]) {
            at.saturating_sub(1)
        } else if c.is(at, w!("xong")) {
            at
        } else {
            return false;
        };
        !c.ends(start, &[w!("đã")]) && !self.accounts(start)
    }

    /// Whether a duration at `at` is how long an office takes for a request, by law.
    pub(super) fn processing_time(self, at: usize) -> bool {
        let c = self.cursor;
        let mut back = at;
        for _ in 0..10 {
            let Some(i) = back.checked_sub(1).filter(|i| !matches!(c.mark(*i), b';' | b'.')) else { return false };
            let takes = c.seq(i, &[w!("thời"), w!("gian")]) || c.seq(i, &[w!("thời"), w!("hạn")]);
            let settle = c.any(i + 2, &[w!("giải"), w!("xử"), w!("thẩm"), w!("trả"), w!("thực"), w!("làm"), w!("bảo")]);
            if takes && settle && i + 2 < at || c.seq(i, &[w!("rút"), w!("ngắn")]) || c.is(i, w!("giảm")) {
                return true;
            }
            back = i;
        }
        false
    }
}

/// Whether the year is written or told (`năm nay`).
pub(super) fn year_known(calendar: &Calendar) -> bool {
    !matches!(super::calendar::year_of(calendar), Some(YearHint::Missing) | None)
}

/// The colon behind a topic that begins at `start`, where the order stands behind it; 0 where it is no topic, or names
/// tasks itself.
fn topic(c: Cursor<'_>, start: usize) -> usize {
    let ends = |i: &usize| c.is_mark(*i, b':') || *i > start && c.opens_sentence(*i);
    let colon = (start..c.len().min(start + 80)).find(ends).filter(|i| c.is_mark(*i, b':') && i + 2 < c.len());
    colon.filter(|colon| !(start..*colon).any(|i| c.seq(i, &[w!("nhiệm"), w!("vụ")]))).unwrap_or(0)
}
