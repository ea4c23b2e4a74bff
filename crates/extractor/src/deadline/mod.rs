//! Time limits resolved against the date of the document.
//!
//! The parser says what the words say; here they become dates. A year left out is the document's own, or the next one where
//! that lies more than six months before the document; working days leave out weekends and public holidays.

mod calendar;
mod holidays;

use chrono::NaiveDate;
use nhiemvu_model::{Anchor, Bound, ClockTime, DeadlineKind, Flag, PartialDate, TimeExpression, TimeValue};

use calendar::Resolver;
pub use holidays::{add_working_days, is_working_day};

/// What a document's limits are resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reference {
    /// The date of the document, as precise as it is known; `None` where it gives none.
    pub date: Option<PartialDate>,
}

impl Reference {
    /// A document of a known day.
    pub fn on(date: NaiveDate) -> Self {
        Self { date: Some(date.into()) }
    }
}

/// A time limit with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Kind, with the dates that belong to it.
    pub kind: DeadlineKind,
    /// Last day on which the task is still in time.
    pub due: Option<NaiveDate>,
    /// Hour, on the last day or on each recurrence.
    pub time: Option<ClockTime>,
    /// What a reader should check, in canonical order.
    pub flags: Vec<Flag>,
}

/// Resolves a time expression; `None` where it sets no limit, or one that nothing could date.
///
/// ```
/// use chrono::NaiveDate;
/// use nhiemvu_extractor::deadline::{Reference, resolve};
/// use nhiemvu_parser::temporal::{Setting, find};
/// let text = "báo cáo trước ngày 30/11";
/// let found = find(text, Setting::Sentence);
/// let document = Reference::on(NaiveDate::from_ymd_opt(2025, 10, 1).unwrap());
/// let resolved = resolve(&found[0], &document).unwrap();
/// assert_eq!(resolved.due, NaiveDate::from_ymd_opt(2025, 11, 29));
/// ```
pub fn resolve(expression: &TimeExpression, reference: &Reference) -> Option<Resolved> {
    let mut resolver = Resolver::new(reference.date);
    let time = expression.time;
    let (kind, due) = match &expression.value {
        TimeValue::By { end, inclusive } => by(&mut resolver, end, *inclusive, time)?,
        TimeValue::Within { start, end } => within(&mut resolver, start, end)?,
        TimeValue::Recurring(rule) => (DeadlineKind::Recurring(rule.clone()), None),
        TimeValue::Relative { count, unit, working_days, anchor } => {
            let kind =
                DeadlineKind::Relative { count: *count, unit: *unit, working_days: *working_days, anchor: *anchor };
            let known = matches!(anchor, Anchor::Signing | Anchor::Issuing);
            let from = reference.date.and_then(PartialDate::full).filter(|_| known);
            (kind, from.and_then(|from| calendar::after(from, *count, *unit, *working_days)))
        }
        TimeValue::Ongoing => (DeadlineKind::Ongoing, None),
        TimeValue::Immediate => (DeadlineKind::Immediate, None),
        TimeValue::None => return None,
    };
    resolver.compare(&kind, due);
    Some(Resolved { kind, due, time, flags: resolver.flags() })
}

type Dated = (DeadlineKind, Option<NaiveDate>);

fn by(
    resolver: &mut Resolver,
    end: &nhiemvu_model::Calendar,
    inclusive: bool,
    time: Option<ClockTime>,
) -> Option<Dated> {
    let stretch = resolver.stretch(end)?;
    // "trước tháng 6" is over when June begins
    let day = if inclusive { stretch.last } else { stretch.first };
    // by midnight at its start, a day is already too late
    let too_late = !inclusive || time == Some(ClockTime { hour: 0, minute: 0 });
    let due = if too_late { day.and_then(|day| day.pred_opt()) } else { day };
    Some((DeadlineKind::By { end: day, inclusive }, due))
}

fn within(resolver: &mut Resolver, start: &Bound, end: &Bound) -> Option<Dated> {
    let first = match start {
        Bound::On(calendar) => resolver.stretch(calendar)?.first,
        Bound::DocumentDate => resolver.today(),
        Bound::Open => None,
    };
    let last = match end {
        Bound::On(calendar) => resolver.stretch(calendar)?.last,
        Bound::DocumentDate => resolver.today(),
        Bound::Open => None,
    };
    // `từ ngày 01/9/2026 đến hết ngày 30/6/2026`: one end is wrong, and the limit is the later told
    let turned = first.zip(last).is_some_and(|(first, last)| first > last);
    resolver.flag(Flag::AmbiguousDate, turned);
    Some((DeadlineKind::Within { start: first.filter(|_| !turned), end: last }, last))
}
