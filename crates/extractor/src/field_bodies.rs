//! The bodies that a field line or a table cell names.

use nhiemvu_model::{Agency, AgencyKind, FieldRole, Mended, Via};
use nhiemvu_normalizer::Mention;
use nhiemvu_text::{fold_key, is_alphanumeric};

use crate::bodies::{agencies, dedup, same};
use crate::cues::Cue;
use crate::roles::{Role, bracket_role};
use crate::walk::Walk;

/// The bodies of a field value or a table cell.
pub(crate) struct FieldBodies {
    pub lead: Vec<Agency>,
    pub coordinating: Vec<Agency>,
}

/// Bytes of the longest label.
const LONGEST_LABEL: usize = 200;

impl FieldBodies {
    /// `X chủ trì, phối hợp với Y …`, or a plain list of those who lead.
    pub fn read(walk: &Walk<'_>, value: &Mended) -> Self {
        let text = value.text();
        if names_nobody(text) {
            return Self { lead: Vec::new(), coordinating: Vec::new() };
        }
        if let Some(found) = Self::labelled(walk, value).or_else(|| Self::bracketed(walk, value)) {
            return found;
        }
        let analysis = walk.analyse(text);
        let helps = analysis.cues().iter().find(|c| c.cue == Cue::Coordinate).copied();
        let chairs = analysis.cues().iter().any(|c| c.cue == Cue::Lead);
        if helps.is_none() && !chairs {
            return Self { lead: Self::plain(walk, value), coordinating: Vec::new() };
        }
        let subjects = analysis.subjects(0..text.len());
        let mut lead: Vec<Mention> =
            subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.iter().cloned()).collect();
        if lead.is_empty() {
            lead = analysis.list_at(0).0.to_vec();
        }
        if lead.is_empty() {
            let stop = helps.map_or(text.len(), |c| c.start);
            lead = analysis.mentions().iter().filter(|m| m.end <= stop && !m.weak).cloned().collect();
        }
        let mut coordinating = agencies(&analysis.coordinating(0..text.len()), value, Via::Field);
        // `X chủ trì; Y phối hợp`
        for helper in subjects.iter().filter(|s| s.helps && !lead.is_empty()) {
            let apart = helper.bodies.iter().filter(|b| !lead.iter().any(|l| l.start == b.start)).cloned();
            coordinating.extend(agencies(&apart.collect::<Vec<_>>(), value, Via::Field));
        }
        let lead = dedup(agencies(&lead, value, Via::Field));
        let coordinating = coordinating.into_iter().filter(|c| !lead.iter().any(|l| same(l, c))).collect();
        Self { lead, coordinating }
    }

    /// `Chủ trì: X; phối hợp: Y` in one value; `None` where no label stands inside.
    fn labelled(walk: &Walk<'_>, value: &Mended) -> Option<Self> {
        let text = value.text();
        let mut labels: Vec<(usize, usize, FieldRole)> = Vec::new();
        for (colon, _) in text.match_indices(':') {
            let from = labels.last().map_or(0, |l| l.1);
            let near = text.floor_char_boundary(colon.saturating_sub(LONGEST_LABEL)).max(from);
            let sign = text[near..colon].rfind([';', '.', ',', '(', '-', '+']).map(|n| near + n + 1);
            // a label that begins further off is none
            let Some(begins) = sign.or((near == from).then_some(from)) else { continue };
            let role = nhiemvu_parser::label_role(&text[begins..colon]);
            if let Some(role) =
                role.filter(|r| matches!(r, FieldRole::Lead | FieldRole::Executing | FieldRole::Coordinating))
            {
                labels.push((begins, colon + 1, role));
            }
        }
        if !labels.iter().any(|l| l.2 == FieldRole::Coordinating) {
            return None;
        }
        let mut found = Self { lead: Vec::new(), coordinating: Vec::new() };
        let first = labels.first().map_or(0, |l| l.0);
        found.lead.extend(Self::plain(walk, &trimmed(value, 0, first)));
        for (n, (_, start, role)) in labels.iter().enumerate() {
            let end = labels.get(n + 1).map_or(text.len(), |l| l.0);
            let bodies = Self::plain(walk, &trimmed(value, *start, end));
            if *role == FieldRole::Coordinating { found.coordinating.extend(bodies) } else { found.lead.extend(bodies) }
        }
        found.lead = dedup(found.lead);
        Some(found)
    }

    /// `X (chủ trì), Y (phối hợp)`; `None` where no bracket names a role.
    fn bracketed(walk: &Walk<'_>, value: &Mended) -> Option<Self> {
        let text = value.text();
        let mut found = Self { lead: Vec::new(), coordinating: Vec::new() };
        let mut from = 0;
        let mut roles = false;
        for (open, _) in text.match_indices('(') {
            let Some(close) = text[open..].find(')').map(|n| open + n) else { break };
            let role = text.get(open + 1..close).and_then(bracket_role);
            let Some(role) = role.filter(|_| open >= from) else { continue };
            let bodies = Self::plain(walk, &trimmed(value, from, open));
            match role {
                Role::Helps => found.coordinating.extend(bodies),
                Role::Leads => found.lead.extend(bodies),
            }
            roles = true;
            from = close + 1;
        }
        found.lead.extend(if roles { Self::plain(walk, &trimmed(value, from, text.len())) } else { Vec::new() });
        roles.then_some(found)
    }

    /// A plain list: every item is a body.
    pub fn plain(walk: &Walk<'_>, value: &Mended) -> Vec<Agency> {
        let text = value.text();
        if names_nobody(text) {
            return Vec::new();
        }
        let list = walk.registry.field(text, walk.context);
        // a body in brackets behind its parent is no second one; behind a group it spells the group out
        let mut mentions: Vec<Mention> = Vec::with_capacity(list.mentions.len());
        for mention in list.mentions {
            let inside = mention.in_brackets
                && mentions.iter().rfind(|m| !m.in_brackets).is_some_and(|m| m.agency.kind == AgencyKind::Registered);
            if !inside {
                mentions.push(mention);
            }
        }
        dedup(agencies(&mentions, value, Via::Field))
    }
}

/// The words of `value` between two bytes, without the marks around them.
fn trimmed(value: &Mended, start: usize, end: usize) -> Mended {
    const MARKS: [char; 8] = [' ', ';', ',', '.', '-', '+', '(', ')'];
    let words = value.text().get(start..end).unwrap_or("");
    let from = start + words.len() - words.trim_start_matches(MARKS).len();
    let len = words.trim_matches(MARKS).len();
    value.slice(from.min(end), (from + len).min(end))
}

/// A value that only refers elsewhere (`Theo phân công tại Quyết định …`), or is empty.
fn names_nobody(text: &str) -> bool {
    const ELSEWHERE: [&str; 4] = ["theo", "như trên", "nêu trên", "không"];
    if !text.contains(is_alphanumeric) {
        return true;
    }
    let head = crate::judge::head(text.trim_start(), 24);
    !head.starts_with("theo dõi") && ELSEWHERE.iter().any(|w| head.starts_with(w)) && fold_key(text).len() < 200
}
