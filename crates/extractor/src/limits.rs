//! Time limits of a task: from its own words, its field lines, or the headings above it.

use nhiemvu_model::{Deadline, DeadlineKind, Flag, Frequency, Mended, Source, TimeExpression, Via};
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
        let mut limits = Self::default();
        for expression in find(text.text(), setting) {
            let Some((deadline, flags)) = deadline(&expression, text, via, source, reference) else { continue };
            limits.deadlines.push(deadline);
            limits.flags.extend(flags);
        }
        limits
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
