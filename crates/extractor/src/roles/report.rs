//! To whom results go (báo cáo, trình, gửi).

use std::ops::Range;

use nhiemvu_model::{Agency, AgencyKind};
use nhiemvu_normalizer::Mention;
use nhiemvu_text::fold_key;

use super::{Analysis, Bodies, WORDS};
use crate::cues::{Cue, Hit};

impl Analysis<'_> {
    /// The bodies to whom a report, a result or a proposal goes, from the cues inside `range`.
    ///
    /// Of a chain (`gửi A tổng hợp, báo cáo B`) the first alone; nobody behind `qua` or `đồng gửi`.
    pub fn report_to(&self, range: Range<usize>) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut chain: Option<usize> = None;
        // whether the last addressee is advised (`tham mưu A`), and so does what follows itself
        let mut advised = false;
        let hits: Vec<&Hit> = self.hits(&range).collect();
        let overseen = self.overseen(&range);
        for (n, hit) in hits.iter().enumerate() {
            if hit.cue != Cue::Report && !self.proposes(hit, range.start) || overseen.contains(&hit.start) {
                continue;
            }
            let between = chain.and_then(|end| self.text.get(end..hit.start)).unwrap_or("");
            if chain.is_some() && (goes_on(between) || advised && self.is_next_step(hit, between)) {
                continue;
            }
            let stop = hits[n + 1..].iter().find(|h| matches!(h.cue, Cue::Report)).map_or(range.end, |h| h.start);
            let (bodies, end) = self.addressees(hit, stop.max(hit.end), range.end);
            if bodies.is_empty() {
                continue;
            }
            chain = Some(end);
            advised = fold_key(&self.text[hit.start..hit.end]).starts_with("tham mưu");
            // a common noun (`báo cáo trung tâm`) receives nothing, unless it says whose office it is
            let named =
                |m: &Mention| !m.weak || is_competent(&m.agency) || fold_key(&m.agency.name).starts_with("cơ quan");
            for body in bodies.iter().filter(|body| named(body)) {
                if !out.iter().any(|b| b.agency.name == body.agency.name) {
                    out.push(body.clone());
                }
            }
        }
        let named = out.iter().any(|m| !is_competent(&m.agency));
        out.retain(|m| !named || !is_competent(&m.agency));
        out
    }

    /// `Kiểm tra việc hướng dẫn … và nộp về Sở A`, `Giám sát việc chủ trì, phối hợp với B …`: what others are seen to do, with whom
    /// and for whom is theirs; empty where `range` says nothing of the kind.
    pub fn overseen(&self, range: &Range<usize>) -> Range<usize> {
        const VERBS: [&str; 8] =
            ["kiểm tra", "giám sát", "thanh tra", "theo dõi", "đôn đốc", "rà soát", "đánh giá", "hướng dẫn"];
        const OBJECT: &str = " việc ";
        const LONGEST: usize = 12;
        // whoever oversees it reports on it
        const OWN: [&str; 4] = [" và báo cáo", " và tham mưu", " để báo cáo", " báo cáo kết quả"];
        let none = range.start..range.start;
        let words = self.text.get(range.clone()).unwrap_or("");
        let Some(object) = words.find(OBJECT) else { return none };
        let before = words.get(..object).unwrap_or("");
        let last = before.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
        let verbs = fold_key(before.get(last..).unwrap_or(""));
        if !VERBS.iter().any(|verb| verbs.ends_with(verb)) {
            return none;
        }
        let at = object + OBJECT.len();
        let object = words.get(at..).unwrap_or("");
        // `việc chủ trì, phối hợp với B …`: the comma is in one of the verbs
        let chaired = if object.starts_with("chủ trì, ") { "chủ trì, ".len() } else { 0 };
        let rest = object.get(chaired..).unwrap_or("");
        let ends = OWN.iter().filter_map(|own| rest.find(own)).chain(rest.find([',', ';', ':', '.']));
        let end = ends.min().map_or(words.len(), |end| at + chaired + end);
        range.start + at..range.start + end
    }

    /// `tham mưu Ủy ban nhân dân tỉnh điều chỉnh …, trình Hội đồng nhân dân tỉnh`: what whoever is advised is to do next.
    fn is_next_step(&self, hit: &Hit, between: &str) -> bool {
        const FAR: usize = 120;
        let verb = fold_key(&self.text[hit.start..hit.end]);
        let acts = crate::verbs::begins(between.trim_start());
        verb == "trình" && acts && between.chars().count() < FAR && !between.contains([';', '.'])
    }

    /// Whom a reporting verb addresses: the list right behind it, or behind `về`, `cho`, `đến`, `lên` in its clause.
    fn addressees(&self, hit: &Hit, stop: usize, end: usize) -> (Bodies, usize) {
        let skipped = self.skip_verbs(hit.end, end);
        let (bodies, at) = self.list_at(skipped);
        if !bodies.is_empty() && !self.is_genitive(skipped) {
            return (bodies, at);
        }
        if let Some(office) = self.office_at(skipped).filter(|_| !self.is_genitive(skipped)) {
            let end = office.end;
            return ([office].into(), end);
        }
        let verb = fold_key(&self.text[hit.start..hit.end]);
        if !(verb.starts_with("báo cáo")
            || verb.starts_with("gửi")
            || verb.starts_with("trình")
            || verb.starts_with("nộp")
            || verb.starts_with("văn bản báo cáo")
            || verb.starts_with("đồng thời gửi")
            || verb.contains("về"))
        {
            if verb.starts_with("đề xuất") || verb == "kiến nghị" {
                return self.asked_with(hit.end, stop.min(end)).unwrap_or((Bodies::default(), hit.end));
            }
            return (Bodies::default(), hit.end);
        }
        let clause_end = self.text.get(hit.end..end).and_then(|s| s.find(';')).map_or(end, |n| hit.end + n);
        let limit = stop.min(clause_end);
        for lead in [" về ", " cho ", " đến ", " tới ", " lên ", " gửi ", " sang "] {
            let Some(rest) = self.text.get(hit.end..limit.min(end)) else { continue };
            for (n, _) in rest.match_indices(lead) {
                let at = hit.end + n + lead.len();
                let strong = self.mention_at(at).is_some_and(|m| !m.weak && !m.in_brackets) || self.competent_at(at);
                if let Some(office) = self.office_at(at) {
                    let end = office.end;
                    return ([office].into(), end);
                }
                if strong {
                    let (bodies, end) = self.list_at(at);
                    if !bodies.is_empty() {
                        return (bodies, end);
                    }
                }
            }
        }
        (Bodies::default(), hit.end)
    }

    /// `đề xuất giai đoạn tiếp theo với Ủy ban nhân dân tỉnh`: the bodies behind the `với` of the clause, whom nobody works with.
    fn asked_with(&self, at: usize, limit: usize) -> Option<(Bodies, usize)> {
        let rest = self.text.get(at..limit)?;
        let clause = &rest[..rest.find([',', ';', '.']).unwrap_or(rest.len())];
        let with = " với ";
        let beside = |before: &str| {
            const NEAR: usize = 16;
            let near = before.char_indices().rev().nth(NEAR).map_or(before, |(n, _)| &before[n..]);
            WORDS.ends("beside", &fold_key(near))
        };
        let found = clause.match_indices(with).find(|(n, _)| !beside(&clause[..*n]))?;
        let from = at + found.0 + with.len();
        self.mention_at(from).filter(|m| !m.weak && !m.in_brackets)?;
        let (bodies, end) = self.list_at(from);
        (!bodies.is_empty()).then_some((bodies, end))
    }

    fn competent_at(&self, at: usize) -> bool {
        self.mention_at(at).is_some_and(|m| is_competent(&m.agency) || m.agency.kind == AgencyKind::Group)
    }

    /// `Sở A rà soát, kiến nghị Ủy ban nhân dân tỉnh …`: a request that is what somebody is to do, and not the order itself.
    pub(super) fn proposes(&self, hit: &Hit, from: usize) -> bool {
        if hit.cue != Cue::Request || fold_key(&self.text[hit.start..hit.end]) != "kiến nghị" {
            return false;
        }
        let before = self.text.get(from..hit.start).unwrap_or("");
        let clause = before.rsplit(['.', ';', ':']).next().unwrap_or(before).trim();
        // whoever issues the document asks for itself
        let issuer = |m: &Mention| self.context.issuers.iter().any(|i| super::is_of(&m.agency.name, &i.name));
        let start = from + before.len() - before.rsplit(['.', ';', ':']).next().unwrap_or(before).len();
        let subject = self.mentions_in(&(start..hit.start)).next().filter(|m| !m.weak);
        let acts = crate::verbs::begins(clause) || subject.is_some_and(|m| !issuer(m));
        !clause.is_empty() && acts && !self.context.issuers.is_empty()
    }

    /// Skips further verbs of the same kind (`báo cáo, đề xuất UBND tỉnh`) and small words before the body.
    fn skip_verbs(&self, at: usize, end: usize) -> usize {
        let mut at = at;
        for _ in 0..4 {
            let Some(rest) = self.text.get(at..end) else { return at };
            let trimmed = rest.trim_start_matches([',', ' ']);
            let here = at + rest.len() - trimmed.len();
            if let Some(hit) = self.cues_at(here).find(|h| matches!(h.cue, Cue::Report)) {
                at = hit.end;
                continue;
            }
            // also how soon: `trình ngay Chủ tịch UBND tỉnh`
            const SMALL: [&str; 11] =
                ["và ", "cho ", "về ", "với ", "lên ", "đến ", "tới ", "ngay ", "gấp ", "sớm ", "kịp thời "];
            match SMALL.iter().find(|w| trimmed.starts_with(**w)) {
                Some(w) => at = here + w.len(),
                None => return here,
            }
        }
        at
    }

    /// `báo cáo của Sở A`: whose it is, not to whom it goes.
    fn is_genitive(&self, at: usize) -> bool {
        self.text.get(..at).is_some_and(|s| s.trim_end().ends_with(" của"))
    }
}

/// Whether what stands between two reporting verbs makes the second a part of what the first addressee is to do.
fn goes_on(between: &str) -> bool {
    if between.contains([';', '.']) || between.chars().count() > 140 {
        return false;
    }
    let key = fold_key(between);
    let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).collect();
    if words
        .iter()
        .all(|w| matches!(*w, "" | "kiến" | "nghị" | "đề" | "xuất" | "báo" | "cáo" | "trình" | "và" | "ban" | "hành"))
    {
        return true;
    }
    let purpose = ["để", "tổng", "xem", "theo", "thẩm", "phê", "quyết", "chỉ"].iter().any(|w| words.contains(w));
    purpose || key.trim_matches([',', ' ']).is_empty() || key.trim() == "để"
}

/// `cấp có thẩm quyền`, which counts only where nobody else is named.
fn is_competent(agency: &Agency) -> bool {
    fold_key(&agency.name).contains("thẩm quyền")
}
