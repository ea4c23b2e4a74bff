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
        let first = self.beside_whom(&range).into_iter().flat_map(|bodies| bodies.to_vec());
        let beside = self.beside_chair(&range).into_iter().chain(first).chain(self.helping_in_brackets(&range));
        for body in beside.collect::<Vec<_>>() {
            if !out.iter().any(|b| b.start == body.start) {
                out.push(body);
            }
        }
        out
    }

    /// `Cùng Sở B kiểm tra …` at the head of what somebody is to do, `Sở A được giao cùng Sở B kiểm tra …`: B.
    fn beside_whom(&self, range: &Range<usize>) -> Option<Bodies> {
        const GIVEN: [&str; 2] = [" được giao cùng ", " được phân công cùng "];
        let words = self.text.get(range.clone())?;
        let given = || GIVEN.iter().find_map(|w| words.find(w).map(|at| at + w.len()));
        let at = range.start + beside_at_head(words).or_else(given)?;
        let (bodies, end) = self.list_at(at);
        (!bodies.is_empty() && self.predicate(end, range.end).is_some()).then_some(bodies)
    }

    /// `Sở A chủ trì, cùng Sở B, Sở C theo dõi …`: the list behind `cùng`.
    fn beside_chair(&self, range: &Range<usize>) -> Vec<Mention> {
        let chairs = self.hits(range).filter(|hit| hit.cue == Cue::Lead);
        let lists = chairs.filter_map(|hit| {
            let rest = self.text.get(hit.end..range.end)?;
            let gap = rest.strip_prefix(", cùng ").map(|after| rest.len() - after.len())?;
            Some(self.list_at(hit.end + gap).0)
        });
        lists.flat_map(|bodies| bodies.iter().filter(|m| !m.weak).cloned().collect::<Vec<_>>()).collect()
    }

    /// `(Sở B phối hợp)`: a bracket that names nobody but who helps.
    fn helping_in_brackets(&self, range: &Range<usize>) -> Vec<Mention> {
        let Some(words) = self.text.get(range.clone()) else { return Vec::new() };
        let lists = words.match_indices('(').filter_map(|(open, _)| {
            let start = range.start + open + 1;
            let close = words[open..].find(')').map(|n| range.start + open + n)?;
            let known = self.mentions_in(&(start..close)).next().filter(|m| m.start == start && !m.weak)?;
            let list: Vec<Mention> =
                self.mentions_in(&(known.start..close)).map(|m| Mention { in_brackets: false, ..m.clone() }).collect();
            let after = self.text.get(list.last()?.end..close)?.trim();
            matches!(after, "phối hợp" | "cùng phối hợp" | "phối hợp thực hiện").then_some(list)
        });
        lists.flatten().collect()
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

/// Where whoever is worked with is named, in words that begin with `Cùng` or `Cùng với`.
pub(crate) fn beside_at_head(words: &str) -> Option<usize> {
    let trimmed = words.trim_start();
    let rest = ["Cùng với ", "Cùng "].iter().find_map(|w| trimmed.strip_prefix(w))?;
    Some(words.len() - rest.len())
}
