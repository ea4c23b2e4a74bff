//! Who helps (phối hợp).

use std::ops::Range;
use std::sync::LazyLock;

use nhiemvu_normalizer::Mention;

use super::{Analysis, Bodies};
use crate::cues::Cue;
use crate::phrases::Kinds;

impl Analysis<'_> {
    /// The bodies that help, from every cue inside `range`.
    pub fn coordinating(&self, range: Range<usize>) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let overseen = self.overseen(&range);
        for hit in self.hits(&range).filter(|hit| matches!(hit.cue, Cue::Coordinate | Cue::With)) {
            if overseen.contains(&hit.start) {
                continue;
            }
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
        let beside = self
            .beside_chair(&range)
            .into_iter()
            .chain(first)
            .chain(self.helping_in_brackets(&range))
            .chain(self.helping_by_bracket(&range));
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

    /// `Sở A chủ trì, cùng Sở B, Sở C theo dõi …`, `Sở A chủ trì, Sở B phối hợp …`: the list behind who chairs.
    fn beside_chair(&self, range: &Range<usize>) -> Vec<Mention> {
        let chairs = self.hits(range).filter(|hit| hit.cue == Cue::Lead);
        let lists = chairs.filter_map(|hit| {
            let rest = self.text.get(hit.end..range.end)?;
            if let Some(after) = rest.strip_prefix(", cùng ") {
                return Some(self.list_at(range.end - after.len()).0);
            }
            // `Sở A chủ trì, Sở B phối hợp kiểm tra …`
            let after = rest.strip_prefix(", ").or_else(|| rest.strip_prefix("; "))?;
            let (bodies, past) = self.list_at(range.end - after.len());
            let helps = self.text.get(past..range.end)?.trim_start().strip_prefix("phối hợp")?;
            (!helps.trim_start().starts_with("với ")).then_some(bodies)
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

    /// `Sở A (chủ trì), Sở B, Sở C (phối hợp) rà soát …`, `Sở A (chủ trì) cùng Sở B trình …`: those of a list whom a bracket
    /// behind them, or the one that leads before them, makes helpers.
    pub fn helping_by_bracket(&self, range: &Range<usize>) -> Vec<Mention> {
        let Some(words) = self.text.get(range.clone()) else { return Vec::new() };
        let mut helpers: Vec<Mention> = Vec::new();
        let mut from = range.start;
        let mut leads = false;
        for (open, _) in words.match_indices('(') {
            let Some(close) = words[open..].find(')').map(|n| open + n) else { break };
            let Some(role) = bracket_role(&words[open + 1..close]) else { continue };
            let behind = range.start + close + 1;
            match role {
                Role::Leads => {
                    leads = true;
                    let rest = self.text.get(behind..range.end).unwrap_or("");
                    let beside = [" cùng với ", " cùng "].iter().find(|w| rest.starts_with(**w));
                    helpers.extend(beside.into_iter().flat_map(|w| self.list_at(behind + w.len()).0.to_vec()));
                }
                Role::Helps if leads => {
                    let listed = from..range.start + open;
                    helpers.extend(self.mentions_in(&listed).filter(|m| !m.in_brackets).cloned());
                }
                Role::Helps => {}
            }
            from = behind;
        }
        helpers
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

/// What a bracket says of the body before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Leads,
    Helps,
}

/// What the words of a bracket say (`data/bracket_roles.tsv`): `leads` and `helps` name a role, and behind `phối hợp` may stand with
/// what; `(phối hợp với Sở B)` speaks of somebody else.
pub(crate) fn bracket_role(words: &str) -> Option<Role> {
    static ROLES: LazyLock<Kinds> = LazyLock::new(|| Kinds::read(include_str!("../../data/bracket_roles.tsv")));
    let key = nhiemvu_text::fold_key(words);
    let key = key.trim();
    let whole = |kind| ROLES.begins(kind, key).is_some_and(|words| words == key);
    let goes_on = || key.strip_prefix("phối hợp ").is_some_and(|rest| !rest.starts_with("với"));
    match () {
        () if whole("leads") => Some(Role::Leads),
        () if whole("helps") || goes_on() => Some(Role::Helps),
        () => None,
    }
}

/// Where whoever is worked with is named, in words that begin with `Cùng` or `Cùng với`.
pub(crate) fn beside_at_head(words: &str) -> Option<usize> {
    let trimmed = words.trim_start();
    let rest = ["Cùng với ", "Cùng "].iter().find_map(|w| trimmed.strip_prefix(w))?;
    Some(words.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_of_the_table_is_read_and_partners_of_others_are_none() {
        for (kind, words) in
            include_str!("../../data/bracket_roles.tsv").lines().skip(1).map(|r| r.split_once('\t').unwrap())
        {
            let role = if kind == "leads" { Role::Leads } else { Role::Helps };
            assert_eq!(bracket_role(words), Some(role), "{words}");
        }
        assert_eq!(bracket_role("Phối hợp thực hiện"), Some(Role::Helps));
        for other in ["phối hợp với Sở Y tế", "chủ trì hội nghị", "Bộ Y tế", ""] {
            assert_eq!(bracket_role(other), None, "{other}");
        }
    }
}
