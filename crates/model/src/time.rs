//! Time limits as documents write them, not yet resolved against a date.

use crate::{ClockTime, Span};

/// A time expression found in running text.
///
/// It says what the words say and no more: a year that is left out stays left out. The extractor resolves it against the
/// document's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Its place, in bytes of the text that was searched.
    pub span: Span,
    /// What it says.
    pub value: TimeValue,
    /// Hour and minute, where given: on the last day, or on each recurrence.
    pub time: Option<ClockTime>,
}

/// What a time expression says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeValue {
    /// No later than the end of a stretch of the calendar (`trước ngày 15/5/2026`, `chậm nhất trong Quý IV/2025`).
    By {
        /// The stretch.
        end: Calendar,
        /// Whether the stretch itself is still in time; `false` for `trước`, and the limit is then its first day.
        inclusive: bool,
    },
    /// From the start of one stretch to the end of another (`Quý III/2026`, `Tháng 10 - Tháng 11 năm 2026`).
    Within {
        /// First stretch, or an open start.
        start: Bound,
        /// Last stretch, or an open end.
        end: Bound,
    },
    /// Again and again (`trước ngày 20 hằng tháng`).
    Recurring(Recurrence),
    /// So long after something (`trong 10 ngày làm việc kể từ ngày ký`).
    Relative {
        /// How many units.
        count: u32,
        /// The unit.
        unit: Frequency,
        /// Whether days are working days.
        working_days: bool,
        /// What it counts from.
        anchor: Anchor,
    },
    /// Continuously (`thường xuyên`).
    Ongoing,
    /// At once (`ngay`, `khẩn trương`).
    Immediate,
    /// Words about time that set no limit (`theo quy định`, `định kỳ, đột xuất`).
    None,
}

/// One end of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// A stretch of the calendar.
    On(Calendar),
    /// The document's own date (`từ nay`).
    DocumentDate,
    /// No end (`và các năm tiếp theo`).
    Open,
}

/// A stretch of the calendar, of which the year may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Calendar {
    /// A day (`15/5/2026`, `ngày 30/11`).
    Day {
        /// Year, or how to find it.
        year: YearHint,
        /// 1 to 12; `None` where left to the context (`ngày 20`).
        month: Option<u32>,
        /// 1 to 31.
        day: u32,
    },
    /// A month.
    Month {
        /// Year, or how to find it.
        year: YearHint,
        /// 1 to 12.
        month: u32,
    },
    /// A quarter (quý), 1 to 4.
    Quarter {
        /// Year, or how to find it.
        year: YearHint,
        /// 1 to 4.
        quarter: u32,
    },
    /// Some months in a row (`6 tháng cuối năm 2025` is 7 to 12).
    Months {
        /// Year, or how to find it.
        year: YearHint,
        /// First month.
        first: u32,
        /// Last month.
        last: u32,
    },
    /// A year.
    Year(YearHint),
    /// A day counted from the document's own (`hôm nay`, `ngày mai`).
    Today {
        /// How many days later: 0 is the document's own.
        ahead: u32,
    },
    /// A week counted from the document's own (`tuần này`, `tuần tới`).
    Week {
        /// How many weeks later: 0 is the document's own.
        ahead: u32,
    },
    /// A day of such a week (`thứ Sáu tuần này`, `chiều thứ Hai tuần tới`).
    Weekday {
        /// How many weeks later: 0 is the week of the document's own day.
        ahead: u32,
        /// 1 (Monday, thứ Hai) to 7 (Sunday, Chủ nhật).
        day: u32,
    },
    /// A month or a quarter counted from the document's own (`tháng này`, `quý tới`).
    Near {
        /// Length in months: 1 or 3.
        months: u32,
        /// How many such stretches later: 0 is the document's own.
        ahead: u32,
    },
    /// A week or other stretch that the words name and the calendar does not settle.
    Unknown,
}

impl Calendar {
    /// Whether it is counted from the document's own day (`ngày mai`, `tuần tới`, `thứ Sáu tuần này`, `quý này`).
    ///
    /// ```
    /// # use nhiemvu_model::{Calendar, YearHint};
    /// assert!(Calendar::Week { ahead: 1 }.counts_from_document());
    /// assert!(!Calendar::Year(YearHint::Given(2026)).counts_from_document());
    /// ```
    #[must_use]
    pub fn counts_from_document(&self) -> bool {
        matches!(self, Self::Today { .. } | Self::Week { .. } | Self::Weekday { .. } | Self::Near { .. })
    }
}

/// How to find the year of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearHint {
    /// Written.
    Given(i32),
    /// Left out: the document's year, or the next one where that lies far back.
    Missing,
    /// `năm nay`: the document's year.
    This,
    /// `năm sau`: the year after the document's.
    Next,
}

/// A recurrence by RFC 5545.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// Unit.
    pub frequency: Frequency,
    /// Every so many units, at least 1.
    pub interval: u32,
    /// Months, 1 to 12, ascending.
    pub months: Vec<u32>,
    /// Days of the month, 1 to 31, or -1 for the last.
    pub month_days: Vec<i32>,
    /// Days of the week, 1 (Monday) to 7 (Sunday).
    pub weekdays: Vec<u32>,
}

impl Recurrence {
    /// Every `interval` units of `frequency`, on no particular day.
    pub fn every(frequency: Frequency, interval: u32) -> Self {
        Self { frequency, interval, months: Vec::new(), month_days: Vec::new(), weekdays: Vec::new() }
    }

    /// The rule as RFC 5545 writes it: FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, in this order and only where given.
    ///
    /// ```
    /// use nhiemvu_model::{Frequency, Recurrence};
    /// let mut rule = Recurrence::every(Frequency::Monthly, 1);
    /// rule.month_days.push(20);
    /// assert_eq!(rule.rrule(), "FREQ=MONTHLY;BYMONTHDAY=20");
    /// assert_eq!(Recurrence::every(Frequency::Monthly, 3).rrule(), "FREQ=MONTHLY;INTERVAL=3");
    /// ```
    pub fn rrule(&self) -> String {
        const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let mut parts = vec![format!("FREQ={}", self.frequency.as_str())];
        if self.interval > 1 {
            parts.push(format!("INTERVAL={}", self.interval));
        }
        let mut push = |key: &str, values: Vec<String>| {
            if !values.is_empty() {
                parts.push(format!("{key}={}", values.join(",")));
            }
        };
        push("BYMONTH", self.months.iter().map(u32::to_string).collect());
        push("BYMONTHDAY", self.month_days.iter().map(i32::to_string).collect());
        let days = self.weekdays.iter().filter_map(|day| DAYS.get((*day as usize).checked_sub(1)?));
        push("BYDAY", days.map(|day| (*day).to_owned()).collect());
        parts.join(";")
    }
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// Day.
    Daily,
    /// Week.
    Weekly,
    /// Month.
    Monthly,
    /// Year.
    Yearly,
}

impl Frequency {
    /// The unit as RFC 5545 names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        }
    }

    /// `count` of this unit as an ISO 8601 duration.
    ///
    /// ```
    /// use nhiemvu_model::Frequency;
    /// assert_eq!(Frequency::Daily.duration(10), "P10D");
    /// ```
    pub fn duration(self, count: u32) -> String {
        let unit = match self {
            Self::Daily => 'D',
            Self::Weekly => 'W',
            Self::Monthly => 'M',
            Self::Yearly => 'Y',
        };
        format!("P{count}{unit}")
    }
}

/// What a duration counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The day of signing (ngày ký).
    Signing,
    /// The day of issue (ngày ban hành).
    Issuing,
    /// The day on which it is received (ngày nhận được).
    Receipt,
    /// The day on which it takes effect (ngày có hiệu lực).
    Effect,
    /// Something else that happens.
    Event,
    /// Nothing that the words name.
    Unknown,
}

impl Anchor {
    /// The anchor as it stands in the output; `None` where the words name none.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Signing => Some("signing"),
            Self::Issuing => Some("issuing"),
            Self::Receipt => Some("receipt"),
            Self::Effect => Some("effect"),
            Self::Event => Some("event"),
            Self::Unknown => None,
        }
    }
}
