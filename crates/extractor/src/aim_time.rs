//! By when an aim is to be reached: `đến năm 2030` in its sentence, in a heading or in the head of its column.

use std::ops::Range;

use nhiemvu_model::{Deadline, DeadlineKind, Mended, Source, Via};
use nhiemvu_parser::temporal::{self, Setting};

use crate::deadline::Reference;
use crate::limits::deadline;

/// A time in the words of an aim, or above them.
pub(crate) struct AimTime {
    /// Where it stands in the words.
    range: Range<usize>,
    /// What it says.
    pub limit: Deadline,
}

/// The times in `text` by which something can be reached, in order.
pub(crate) fn find(text: &Mended, via: Via, source: &Source, reference: &Reference) -> Vec<AimTime> {
    let found = temporal::find(text.text(), Setting::Phrase);
    let times = found.iter().filter_map(|expression| {
        let (limit, _) = deadline(expression, text, via, source, reference)?;
        let end = match limit.kind {
            DeadlineKind::By { end, .. } | DeadlineKind::Within { end, .. } => end,
            _ => None,
        };
        end?;
        Some(AimTime { range: expression.span.start..expression.span.end, limit })
    });
    times.collect()
}

/// Bytes that no sentence has.
const FAR: usize = 4_000;

/// The time of the figure at `figure`: the last before it in its sentence, else the first behind it in its clause, which
/// ends at byte `clause_end`.
pub(crate) fn of(times: &[AimTime], words: &str, figure: Range<usize>, clause_end: usize) -> Option<Deadline> {
    let same_sentence = |time: &&AimTime| {
        words.get(time.range.end..figure.start).is_some_and(|gap| gap.len() < FAR && !gap.contains(". "))
    };
    // they stand in order and apart
    let ended = times.partition_point(|time| time.range.end <= figure.start);
    let before = times.get(..ended).and_then(<[AimTime]>::last).filter(same_sentence);
    let next = times.partition_point(|time| time.range.start < figure.end);
    let behind = || times.get(next).filter(|time| time.range.end <= clause_end);
    before.or_else(behind).map(|time| time.limit.clone())
}
