//! Time limits of a task: from its own words, its field lines, or the headings above it.

use chrono::Datelike as _;
use nhiemvu_model::{
    ClockTime, Deadline, DeadlineKind, Flag, Frequency, Mended, Source, TimeExpression, TimeValue, Via,
};
use nhiemvu_parser::temporal::{Setting, find};

use crate::deadline::{Reference, resolve};

/// Limits with the flags that resolving them raised.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Limits {
    /// In the order of the text.
    pub deadlines: Vec<Deadline>,
    /// What a reader should check.
    pub flags: Vec<Flag>,
}

/// The deadline that a time expression in `text` sets, with the flags that resolving it raised.
pub(crate) fn deadline(
    expression: &TimeExpression,
    text: &Mended,
    via: Via,
    source: &Source,
    reference: &Reference,
) -> Option<(Deadline, Vec<Flag>)> {
    let resolved = resolve(expression, reference)?;
    let span = text.span(expression.span.start, expression.span.end);
    let deadline = Deadline {
        kind: resolved.kind,
        due: resolved.due,
        time: resolved.time,
        emphasised: source.emphasised(span),
        via,
        span,
    };
    Some((deadline, resolved.flags))
}

impl Limits {
    /// Reads the limits that `text` sets where it stands.
    pub fn read(source: &Source, text: &Mended, setting: Setting, via: Via, reference: &Reference) -> Self {
        Self::of(&find(text.text(), setting), source, text, setting, via, reference)
    }

    /// The same, of time expressions that have been found in `text` before.
    pub fn of(
        found: &[TimeExpression],
        source: &Source,
        text: &Mended,
        setting: Setting,
        via: Via,
        reference: &Reference,
    ) -> Self {
        let mut limits = Self::default();
        let words = text.text();
        let mut last_end = 0;
        for expression in found {
            let Some((deadline, flags)) = deadline(expression, text, via, source, reference) else { continue };
            if setting == Setting::Sentence && is_over(words, expression, &deadline, reference) {
                continue;
            }
            let gap = words.get(last_end..expression.span.start).unwrap_or(".");
            last_end = expression.span.end;
            limits.add(deadline, gap);
            limits.flags.extend(flags);
        }
        limits
    }

    /// Adds a limit that stands `gap` behind the last one: of two stretches of time on end the narrower is the limit (`kế
    /// hoạch giao trong năm 2026 trong tháng 5/2026`), and days or months on end are one stretch (`ngày 26, 27/12`; `tháng 11, 12`).
    pub fn add(&mut self, deadline: Deadline, gap: &str) {
        let next = deadline.kind.clone();
        if let Some(last) = self.deadlines.last_mut() {
            let narrows = |outer: &DeadlineKind, inner: &DeadlineKind| match (outer, inner) {
                (
                    DeadlineKind::Within { start: Some(a), end: Some(d) },
                    DeadlineKind::Within { start: Some(b), end: Some(c) },
                ) => a <= b && c <= d && (a, d) != (b, c),
                _ => false,
            };
            if gap.trim().is_empty() && narrows(&last.kind, &next) {
                *last = deadline;
                return;
            }
            if let Some(whole) = days_on_end(&last.kind, &next).filter(|_| joins_days(gap) && deadline.time.is_none()) {
                last.kind = whole;
                last.due = deadline.due;
                last.span = last.span.cover(deadline.span);
                return;
            }
        }
        self.deadlines.push(deadline);
    }

    /// Adds those of `other` that say something new.
    pub fn merge(&mut self, other: Self) {
        for deadline in other.deadlines {
            match self.deadlines.iter_mut().find(|d| d.kind == deadline.kind && d.time == deadline.time) {
                // `thường xuyên` in a sentence is manner: what a field or a heading says so is the limit
                Some(known) if known.kind == DeadlineKind::Ongoing && known.via == Via::Text => *known = deadline,
                Some(_) => {}
                None => self.deadlines.push(deadline),
            }
        }
        self.flags.extend(other.flags);
    }

    /// Puts what `begins`, which a column of its own says, before the last limit: the two are one stretch of time.
    pub fn begin_with(&mut self, begins: &Self) {
        // a cell's border, or the label of the next line
        const BORDER: usize = 48;
        let day = |kind: &DeadlineKind| match kind {
            DeadlineKind::By { end, .. } => *end,
            DeadlineKind::Within { start, .. } => *start,
            _ => None,
        };
        let Some((first, from)) = begins.deadlines.iter().find_map(|d| day(&d.kind).map(|from| (d, from))) else {
            return;
        };
        self.flags.extend(&begins.flags);
        let ends = self.deadlines.iter_mut().rev().find_map(|last| match last.kind {
            DeadlineKind::By { end: Some(end), .. } | DeadlineKind::Within { end: Some(end), .. } if from <= end => {
                Some((last, end))
            }
            _ => None,
        });
        let Some((last, end)) = ends else {
            let kind = DeadlineKind::Within { start: Some(from), end: None };
            self.deadlines.push(Deadline { kind, due: None, ..first.clone() });
            return;
        };
        last.kind = DeadlineKind::Within { start: Some(from), end: Some(end) };
        if first.span.end <= last.span.start && last.span.start - first.span.end <= BORDER {
            last.span = first.span.cover(last.span);
        }
    }

    /// Sets the hour of days that a heading or a field gives without one.
    pub fn at_hour(&mut self, time: ClockTime) {
        for deadline in &mut self.deadlines {
            if deadline.time.is_none() && matches!(deadline.kind, DeadlineKind::By { end: Some(_), .. }) {
                deadline.time = Some(time);
            }
        }
    }

    /// Whether any of them binds in time: `khẩn trương` and `thường xuyên` in a sentence are manner.
    pub fn binds(&self) -> bool {
        self.deadlines.iter().any(|d| match d.kind {
            DeadlineKind::Immediate => false,
            DeadlineKind::Ongoing => d.via != Via::Text,
            _ => true,
        })
    }

    /// Drops what adds nothing: a plain recurrence beside a dated one of the same rate, an adverb beside a real limit.
    pub fn tidy(&mut self) {
        let dated: Vec<(Frequency, u32)> = self
            .deadlines
            .iter()
            .filter_map(|d| match &d.kind {
                DeadlineKind::Recurring(r)
                    if !(r.months.is_empty() && r.month_days.is_empty() && r.weekdays.is_empty()) =>
                {
                    Some((r.frequency, r.interval))
                }
                _ => None,
            })
            .collect();
        self.deadlines.retain(|d| match &d.kind {
            DeadlineKind::Recurring(r)
                if r.months.is_empty() && r.month_days.is_empty() && r.weekdays.is_empty() && d.time.is_none() =>
            {
                !dated.contains(&(r.frequency, r.interval))
            }
            _ => true,
        });
        self.flags.sort_unstable();
        self.flags.dedup();
    }
}

/// Whether a folded label or column head of time asks when something begins (`Thời gian bắt đầu`, `Từ ngày`).
pub(crate) fn tells_beginning(key: &str) -> bool {
    const STARTS: [&str; 4] = ["bắt đầu", "từ ngày", "khởi đầu", "khởi công"];
    const ENDS: [&str; 3] = ["kết thúc", "hoàn thành", "đến ngày"];
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    has(&STARTS) && !has(&ENDS)
}

/// The stretch of two limits of which the second begins on the day behind the first.
fn days_on_end(first: &DeadlineKind, second: &DeadlineKind) -> Option<DeadlineKind> {
    // `tháng 11, 12/2026`
    if let (DeadlineKind::Within { start, end: Some(end) }, DeadlineKind::Within { start: Some(next), end: last }) =
        (first, second)
    {
        return (end.succ_opt() == Some(*next)).then_some(DeadlineKind::Within { start: *start, end: *last });
    }
    let (start, before) = match first {
        DeadlineKind::By { end: Some(day), inclusive: true } => (*day, *day),
        DeadlineKind::Within { start: Some(start), end: Some(end) } => (*start, *end),
        _ => return None,
    };
    let DeadlineKind::By { end: Some(day), inclusive: true } = second else { return None };
    (before.succ_opt() == Some(*day)).then_some(DeadlineKind::Within { start: Some(start), end: Some(*day) })
}

/// Whether only what joins the days of a list stands between two of them.
fn joins_days(gap: &str) -> bool {
    const JOINERS: [&str; 8] = ["", "và", "ngày", "cả", "sáng", "chiều", "tối", "các"];
    let key = nhiemvu_text::fold_key(gap);
    !gap.contains(';') && key.split(|c: char| !c.is_alphanumeric()).all(|word| JOINERS.contains(&word))
}

/// `số tiền đã nộp trước ngày 01/3/2026`, in a document of that day or later: the time of what was done.
fn is_over(words: &str, expression: &TimeExpression, deadline: &Deadline, reference: &Reference) -> bool {
    let end = match deadline.kind {
        DeadlineKind::By { end, .. } | DeadlineKind::Within { end, .. } => end,
        _ => None,
    };
    // `các dự án đến ngày 30/9/2026 chưa giải ngân`: the day of which something is told
    const STATES: [&str; 7] = ["chưa ", "vẫn ", "còn ", "mà ", "có tỷ lệ", "đã ", "không có"];
    let behind = words.get(expression.span.end..).unwrap_or("").trim_start();
    let until = expression.span.slice(words).to_lowercase().starts_with("đến");
    if until && STATES.iter().any(|w| behind.starts_with(w)) {
        return true;
    }
    let since = expression.span.slice(words).to_lowercase().starts_with("từ");
    // `dự án hoàn thành từ năm 2021 trở về trước`
    const BACK: [&str; 4] = ["trở về trước", "đến nay", "trở lại đây", "tới nay"];
    if since && BACK.iter().any(|w| behind.starts_with(w)) {
        return true;
    }
    let today = reference.date.and_then(nhiemvu_model::PartialDate::full);
    // `thiệt hại do đợt mưa lũ từ ngày 16 đến 22/11`, `cán bộ tuyển từ năm 2018`: what began in a year before, or is over
    if since
        && let (DeadlineKind::Within { start: Some(start), end }, Some(today)) = (&deadline.kind, today)
        && end.map_or(start.year() < today.year(), |end| end < today)
    {
        return true;
    }
    let (Some(end), Some(today)) = (end, today) else { return false };
    // `bàn giao các công trình hoàn thành năm 2024`, in a document of a later year: which works; one that is set with `trong
    // năm 2024` is a slip that a reader should see
    if end < today
        && matches!(&expression.value, TimeValue::Within { .. })
        && is_bare_year(expression.span.slice(words))
    {
        return true;
    }
    let before = words.get(..expression.span.start).unwrap_or("");
    let clause = before.rsplit([',', ';', '.', ':']).next().unwrap_or("");
    let done = clause.split_whitespace().any(|word| word == "đã");
    done && end <= today
}

/// `năm 2024`, and no word before it.
fn is_bare_year(words: &str) -> bool {
    let key = nhiemvu_text::fold_key(words);
    key.strip_prefix("năm ").is_some_and(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
}
