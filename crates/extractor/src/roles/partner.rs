//! Who helps (phối hợp).

use std::ops::Range;

use nhiemvu_normalizer::Mention;

use super::{Analysis, Bodies};
use crate::cues::Cue;

impl Analysis<'_> {
    /// The bodies that help, from every cue inside `range`.
    pub fn coordinating(&self, range: Range<usize>) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        for hit in self.hits(&range).filter(|hit| matches!(hit.cue, Cue::Coordinate | Cue::With)) {
            let (mut bodies, end) = self.list_at(hit.end);
            if bodies.is_empty() && hit.cue == Cue::Coordinate {
                bodies = self.behind_with(hit.end, range.end);
            }
            if hit.cue == Cue::With {
                // `cùng với Sở B xây dựng` helps; `cùng với các giải pháp` is none
                let follows = self.predicate(end, range.end).is_some();
                if !follows {
                    continue;
                }
            }
            for body in bodies.iter() {
                if !out.iter().any(|b| b.start == body.start) {
                    out.push(body.clone());
                }
            }
        }
        out
    }

    /// `phối hợp chặt chẽ, thường xuyên với …`: the list behind the next `với` of the same clause.
    fn behind_with(&self, at: usize, end: usize) -> Bodies {
        const NEAR: usize = 48;
        let Some(rest) = self.text.get(at..end) else { return Bodies::default() };
        let stop = rest.find([';', '.', ':']).unwrap_or(rest.len());
        let Some(with) = rest[..stop].find(" với ").filter(|n| *n <= NEAR) else { return Bodies::default() };
        self.list_at(at + with + " với ".len()).0
    }
}
