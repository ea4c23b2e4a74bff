//! People who lead (`Ông Lê Văn Bến kiểm tra …`, `Đ/c Bí thư quán triệt …`): in minutes and in the notices of small offices tasks are
//! laid on them by name.

use std::ops::Range;

use nhiemvu_model::AgencyKind;
use nhiemvu_normalizer::Mention;

use super::{Analysis, Bodies, Subject};
use crate::stretch::unknown;

/// Most words of a name.
const NAME: usize = 6;

impl Analysis<'_> {
    /// The people at the head of `range`, before what they are to do.
    pub(super) fn people(&self, range: &Range<usize>) -> Option<Subject> {
        let words = self.text.get(range.clone())?;
        let mut start = range.start + words.len() - words.trim_start().len();
        // `Trước ngày 30/6, đồng chí A rà soát …`
        if let Some((time, _)) = words.trim_start().split_once(", ").filter(|(time, _)| self.is_time(time)) {
            start += time.len() + ", ".len();
        }
        let (bodies, end) = self.people_at(start, range.end)?;
        self.predicate(end, range.end)?;
        // whose office names a body stands for it
        let body = |m: &&Mention| !m.weak && m.agency.kind != AgencyKind::Group;
        let held: Bodies = self.mentions_in(&(start..end)).filter(body).cloned().collect();
        let bodies = if held.is_empty() { bodies } else { held };
        Some(Subject { start, end, bodies, request: false, by_verb: false, helps: false })
    }

    /// The people who are named at byte `at` behind `ông`, `bà`, `đ/c`, and where their names and offices end.
    pub fn people_at(&self, at: usize, limit: usize) -> Option<(Bodies, usize)> {
        let mut people: Vec<Mention> = Vec::new();
        let mut next = at;
        while let Some((person, end)) = self.person_at(next, limit) {
            people.push(person);
            next = end;
            let Some(more) = [" và ", ", "].iter().find_map(|joint| self.text.get(end..limit)?.strip_prefix(joint))
            else {
                break;
            };
            let behind = limit - more.len();
            if self.person_at(behind, limit).is_none() {
                break;
            }
            next = behind;
        }
        (!people.is_empty()).then(|| (people.into(), next))
    }

    /// One of them: the name or the office without the word before it, and the end of what explains it.
    fn person_at(&self, at: usize, limit: usize) -> Option<(Mention, usize)> {
        let rest = self.text.get(at..limit)?;
        let called = crate::stretch::person_word(rest)?;
        let from = at + called + rest[called..].len() - rest[called..].trim_start().len();
        let named = self.name_end(from, limit).and_then(|end| Some(unknown(self.text.get(from..end)?, from)));
        let person = named.filter(|person| self.is_name(person, limit)).or_else(|| self.office_at(from))?;
        let end = self.past_office(person.end, limit);
        Some((person, end))
    }

    /// Whether a single word with a capital is somebody's name, and not the first of an office (`đồng chí Ủy viên …`).
    fn is_name(&self, person: &Mention, limit: usize) -> bool {
        let behind = self.text.get(person.end..limit).unwrap_or("");
        let ends = behind.is_empty() || behind.starts_with([',', ':', ';', '.', '(']);
        let goes_on = [" và ", " (", " - "].iter().any(|joint| behind.starts_with(joint));
        person.agency.name.contains(' ') || ends || goes_on || crate::verbs::begins(behind)
    }

    /// End of the words with capitals at byte `at`, of which names of people are made.
    fn name_end(&self, at: usize, limit: usize) -> Option<usize> {
        let rest = self.text.get(at..limit)?;
        let mut end = 0;
        for word in rest.split_inclusive(' ').take(NAME) {
            let plain = word.trim_end();
            let bare = plain.trim_end_matches([',', ':', ';', '.', ')']);
            let proper = bare.starts_with(char::is_uppercase)
                && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
            // an office in capitals is no name
            if !proper || end == 0 && self.office_at(at).is_some() {
                break;
            }
            end += bare.len();
            if bare.len() < plain.len() || word.len() == plain.len() {
                return Some(at + end);
            }
            end += word.len() - plain.len();
        }
        let name = rest.get(..end)?.trim_end();
        (!name.is_empty()).then_some(at + name.len())
    }

    /// Past the office that stands behind a name in brackets, between commas or behind a dash.
    fn past_office(&self, at: usize, limit: usize) -> usize {
        const LONGEST: usize = 120;
        let Some(rest) = self.text.get(at..limit) else { return at };
        if let Some(inside) = rest.strip_prefix(" (") {
            return inside.find(')').filter(|n| *n < LONGEST).map_or(at, |n| at + 2 + n + 1);
        }
        let Some(behind) = [", ", " - ", " – "].iter().find_map(|sign| rest.strip_prefix(sign)) else { return at };
        let capital = behind.starts_with(char::is_uppercase);
        // `Bà Lê Thị Bến, công chức Tư pháp - Hộ tịch rà soát …`
        let posted = crate::judge::head(behind, 12);
        if ["công chức", "cán bộ", "chuyên viên", "kế toán"].iter().any(|post| posted.starts_with(post)) {
            let from = limit - behind.len();
            return Some(self.list_at(from).1).filter(|end| *end > from && *end <= limit).unwrap_or(at);
        }
        let ends = behind.find([',', ':', ';', '.']).filter(|n| *n < LONGEST);
        match ends {
            Some(n) if capital && !crate::verbs::begins(behind) => limit - behind.len() + n,
            _ => at,
        }
    }
}
