//! Orders: a verb of ordering with the bodies behind it, or a body at the head of a clause before a predicate.

use std::ops::Range;

use nhiemvu_model::AgencyKind;
use nhiemvu_normalizer::Mention;
use nhiemvu_text::fold_key;

use super::predicate::Predicate;
use super::{Analysis, Bodies, Subject, WORDS};
use crate::cues::{self, Cue, Hit};
use crate::stretch::person_word;
use crate::{judge, verbs};

/// What may stand between whoever orders and the verb of ordering.
const BETWEEN: [&str; 9] =
    ["", "tiếp tục", "thống nhất", "đồng ý", "quyết định", "trân trọng", "cũng", "nhất trí", "kính"];

impl Analysis<'_> {
    pub(super) fn find_subjects(&self, range: Range<usize>) -> Vec<Subject> {
        let mut found: Vec<Subject> = Vec::new();
        for hit in self.hits(&range) {
            if !matches!(hit.cue, Cue::Order | Cue::Request)
                || cues::tells_of_past(&self.text[range.start..], hit.start - range.start)
            {
                continue;
            }
            if self.is_inner_order(hit, &range) || self.proposes(hit, range.start) {
                continue;
            }
            let (bodies, end) = self.list_at(hit.end);
            let (bodies, end) = self.stretch(&bodies, hit.end, end, range.end).unwrap_or((bodies, end));
            let nobody = bodies.iter().all(|m| m.weak);
            let people = if nobody { self.people_at(hit.end + 1, range.end) } else { None };
            // `yêu cầu nhà thầu tăng ca …`: a common noun, before what it is to do
            let speaks = || self.issuer_before(hit, range.start).is_some();
            let asks = nobody && people.is_none() && (self.may_ask_anybody(hit, range.start) || speaks());
            let noun = if asks { self.noun_before_verb(hit.end + 1, range.end) } else { None };
            let common = noun.is_some();
            let (bodies, end) = people.or(noun).unwrap_or((bodies, end));
            if !common && bodies.iter().all(|m| m.weak) || end > range.end {
                continue;
            }
            // `đề nghị của`, `yêu cầu … đối với` name nobody; the list must follow the verb at once
            found.push(Subject {
                start: hit.start,
                end,
                bodies,
                request: hit.cue == Cue::Request,
                by_verb: true,
                helps: false,
            });
        }
        let (mut last_end, mut owner) = (None, false);
        // orders begin in the order of the text, so that where they reach to tells whether one covers a body
        let mut verbs = 0;
        let mut reach = 0;
        let mut covers = |found: &[Subject], by_verb: usize, at: usize| {
            while let Some(order) = found.get(verbs).filter(|order| verbs < by_verb && order.start <= at) {
                reach = reach.max(order.end);
                verbs += 1;
            }
            let last = found.get(by_verb..).and_then(<[Subject]>::last).map_or(0, |order| order.end);
            reach = reach.max(last);
            at < reach
        };
        let by_verb = found.len();
        for mention in self.mentions_in(&range) {
            // a later body of a list: only the first can be where a clause begins
            let listed = last_end.and_then(|end| self.text.get(end..mention.start)).is_some_and(is_list_gap);
            // `căn cứ chủ trương của Bộ A, Sở B …`: A is whose matter it is, and B begins the clause
            let begins = listed && owner && self.heads_clause(mention.start, range.start);
            owner = self.text.get(range.start..mention.start).is_some_and(|before| before.ends_with("của "));
            last_end = Some(mention.end);
            if mention.weak || listed && !begins {
                continue;
            }
            if covers(&found, by_verb, mention.start) {
                continue;
            }
            let subject = self.subject_at(mention, &range);
            let subject = subject.filter(|subject| !begins || subject.bodies.len() == 1);
            let subject = subject.or_else(|| self.does_beside(mention, found.last()?, range.end));
            found.extend(subject);
        }
        if let Some((bodies, end)) = self.labelled_person(range.start, range.end) {
            found.retain(|s| s.start >= end);
            let words = self.text.get(range.clone()).unwrap_or("");
            let start = range.start + words.len() - words.trim_start().len();
            found.push(Subject { start, end, bodies, request: false, by_verb: false, helps: false });
        }
        for subject in found.iter_mut().filter(|s| !s.by_verb && self.text.get(s.end..).is_some_and(orders_nobody)) {
            (subject.bodies, subject.by_verb) = (Bodies::from([]), true);
        }
        // of `UBND tỉnh đề nghị nhân dân …`, which it issued itself, nobody by name is to do it
        for hit in self.hits(&range).filter(|hit| matches!(hit.cue, Cue::Order | Cue::Request)) {
            let Some(issuer) = self.issuer_before(hit, range.start) else { continue };
            if found.iter().any(|s| s.by_verb && s.start == hit.start) || self.is_inner_order(hit, &range) {
                continue;
            }
            let asked = found.iter_mut().find(|s| !s.by_verb && s.start <= issuer.start && s.end >= issuer.end);
            if let Some(subject) = asked {
                (subject.bodies, subject.by_verb) = (Bodies::from([]), true);
            }
        }
        self.drop_those_who_order(&mut found);
        // behind a semicolon it is said who of them answers for it
        let follows = self.text.get(..range.start).is_some_and(|before| before.ends_with(';'));
        let people = if follows { None } else { self.people(&range) };
        found.extend(people.filter(|people| found.iter().all(|s| s.start > people.end)));
        found.extend(self.unknown_subject(&range, &found));
        found.retain(|s| s.by_verb || !self.is_partner(s.start));
        found.sort_by_key(|s| s.start);
        found
    }

    /// The issuer of the document, where it begins the clause and `hit` is what it orders (`UBND tỉnh đề nghị …`).
    fn issuer_before(&self, hit: &Hit, from: usize) -> Option<&Mention> {
        let past = self.mentions().partition_point(|m| m.start < hit.start);
        let mention = self.mentions().get(past.checked_sub(1)?)?;
        let gap = self.text.get(mention.end..hit.start).filter(|_| mention.start >= from)?;
        let issues = self.context.issuers.iter().any(|i| is_of(&mention.agency.name, &i.name));
        let between = fold_key(gap.trim_matches([' ', ',']));
        (issues && BETWEEN.contains(&between.as_str()) && self.heads_clause(mention.start, from)).then_some(mention)
    }

    /// Whether those ordered by `hit` may be common nouns: its verb begins the clause (not `Ban hành kế hoạch, yêu cầu chủ đầu tư cam
    /// kết …`), and says more than how a house parts its own work (`Phân công giáo viên dạy bơi`).
    fn may_ask_anybody(&self, hit: &Hit, from: usize) -> bool {
        let parts_work = self.text.get(hit.start..hit.end).is_some_and(|verb| fold_key(verb).starts_with("phân công"));
        !parts_work && self.heads_clause(hit.start, from)
    }

    /// Whether the body at byte `at` is one of `chủ trì, phối hợp với A; B hướng dẫn …`: those who help with it.
    fn is_partner(&self, at: usize) -> bool {
        let before = self.cues().partition_point(|hit| hit.start < at);
        let cue = self.cues().iter().take(before).rfind(|hit| hit.cue == Cue::Coordinate && hit.end <= at);
        cue.is_some_and(|hit| self.awaits_order(hit.end) && self.list_at(hit.end).1 > at)
    }

    /// `Chủ tịch Ủy ban nhân dân tỉnh giao Sở A …`: who orders has nothing to do; of `Sở A đề nghị Bộ B …`, where A does
    /// not issue the document, it is A's to ask.
    fn drop_those_who_order(&self, found: &mut Vec<Subject>) {
        let orders: Vec<(usize, bool)> = found.iter().filter(|s| s.by_verb).map(|s| (s.start, s.request)).collect();
        let mut asked: Vec<usize> = Vec::new();
        found.retain(|s| {
            if s.by_verb || s.helps {
                return true;
            }
            let gap = |start: usize| self.text.get(s.end..start).map(|gap| fold_key(gap.trim_matches([' ', ','])));
            let next = orders.iter().find(|(start, _)| gap(*start).is_some_and(|gap| BETWEEN.contains(&gap.as_str())));
            let Some((start, request)) = next else { return true };
            // of a copy without a header whoever asks may have issued it
            let issues = self.context.issuers.is_empty()
                || s.bodies.iter().any(|b| self.context.issuers.iter().any(|i| is_of(&b.agency.name, &i.name)));
            if *request && !issues {
                asked.push(*start);
                return true;
            }
            false
        });
        found.retain(|s| !asked.contains(&s.start));
    }

    /// `Cơ quan phối hợp có trách nhiệm …`, `Phó Hiệu trưởng phụ trách … chịu trách nhiệm …`: at the head of the words, a
    /// name that no lexicon holds, before a word of duty.
    fn unknown_subject(&self, range: &Range<usize>, found: &[Subject]) -> Option<Subject> {
        let (bodies, end) = self
            .stretch(&[], range.start, range.start, range.end)
            .or_else(|| {
                self.named_before_verb(range.start, range.end).filter(|(bodies, _)| !bodies.iter().any(is_place))
            })
            .or_else(|| self.sender(range).filter(|_| found.is_empty()))
            .or_else(|| self.listed_before_duty(range.start, range.end))
            .or_else(|| self.common_noun(range).filter(|_| found.is_empty()))?;
        if found.iter().any(|s| s.start <= end) || self.predicate(end, range.end).is_none() {
            return None;
        }
        let start = bodies.first()?.start;
        Some(Subject { start, end, bodies, request: false, by_verb: false, helps: false })
    }

    /// `Báo cáo của các xã gửi về Sở A`: whose it is that is to be sent, and where their names end.
    fn sender(&self, range: &Range<usize>) -> Option<(Bodies, usize)> {
        let words = self.text.get(range.clone())?;
        let owner = judge::owner_of_sent(words)?;
        let (bodies, past) = self.list_at(range.start + owner);
        let sends = self.text.get(past..range.end).is_some_and(|rest| judge::sends(rest.trim_start()));
        (sends && !bodies.is_empty()).then_some((bodies, past))
    }

    /// `Cơ sở giáo dục tổ chức …`, `Khi chuyển cấp, cơ sở giáo dục bàn giao …`: at the head of the words, or behind the
    /// adverbial there, a common noun for those who work in an office's field, before its verb.
    fn common_noun(&self, range: &Range<usize>) -> Option<(Bodies, usize)> {
        // an adverbial holds few
        const COMMAS: usize = 4;
        let first = self.text.get(range.clone())?.chars().next()?;
        // behind a semicolon the clause may begin with one that has a duty, not only an act
        let before = self.text.get(..range.start).unwrap_or("");
        let (follows, sentence) = (before.ends_with(';'), before.ends_with('.'));
        let duty =
            || self.noun_before_verb(range.start + 1, range.end).filter(|(_, past)| self.has_duty(*past, range.end));
        let head = match first {
            // a noun with a capital behind it may be a name
            ' ' if (follows || sentence)
                && self.text.get(range.start + 1..).is_some_and(|rest| rest.starts_with(char::is_uppercase)) =>
            {
                // behind a sentence `Giáo viên được phân công chủ trì …` is whoever that sentence told
                let told = |m: &Mention| sentence && m.agency.name.contains(" được phân công");
                self.noun_before_verb(range.start + 1, range.end).filter(|(bodies, _)| !bodies.iter().any(told))
            }
            ' ' if follows => duty(),
            // `Các ông, bà Trưởng thôn vận động …`
            _ if first.is_uppercase() => {
                let words = self.text.get(range.clone())?;
                let rest = person_word(words).and_then(|person| words.get(person..)?.strip_prefix(' '));
                self.noun_before_verb(range.end - rest.unwrap_or(words).len(), range.end)
            }
            _ => None,
        };
        head.or_else(|| {
            let words = self.text.get(range.clone())?;
            let opening = judge::head(words.trim_start(), 24);
            let condition = WORDS.begins("condition", &opening).is_some();
            let commas = words.match_indices(", ").take(COMMAS);
            let opened = commas.filter(|(at, _)| condition || self.is_time(words[..*at].trim_start()));
            let mut behind = opened
                .map(|(at, comma)| range.start + at + comma.len())
                .filter(|at| self.heads_clause(*at, range.start) && !self.goes_on(*at));
            behind.find_map(|at| self.noun_before_verb(at, range.end))
        })
    }

    /// Whether the words at byte `at` say whose duty something is (`chịu trách nhiệm …`).
    fn has_duty(&self, at: usize, end: usize) -> bool {
        self.text.get(at..end).is_some_and(|rest| super::is_duty(rest.trim_start()))
    }

    /// Whether the words at byte `at` are the later ones of a list (`các bộ, ngành`).
    fn goes_on(&self, at: usize) -> bool {
        const WORDS: usize = 3;
        let before = self.text.get(..at).unwrap_or("").trim_end_matches([',', ' ']);
        let starts = before.rmatch_indices(' ').take(WORDS).map(|(space, _)| space + 1);
        starts.into_iter().any(|start| self.list_at(start).1 > at)
    }

    /// The common nouns at byte `at`, where a verb stands behind them, and their end.
    fn noun_before_verb(&self, at: usize, end: usize) -> Option<(Bodies, usize)> {
        const ACTS: [&str; 5] = ["phải ", "cần ", "không được ", "được phân công chủ trì", "được giao "];
        if !self.may_name(at) {
            return None;
        }
        let (bodies, past) = self.list_at(at);
        let noun = |m: &Mention| {
            let name = fold_key(&m.agency.name);
            // `Công đoàn vận động …`, `Trạm Y tế cấp …`: the one body of the place
            let only = m.weak && m.agency.id.is_none() && m.agency.name.starts_with(char::is_uppercase);
            // `công chức Tư pháp - Hộ tịch`, but not `cán bộ`, `cán bộ, công chức`
            let posted = WORDS.begins("staff", &name).is_none_or(|staff| name[staff.len()..].starts_with(' '));
            // `Xã Tân Phú`, `Thôn 5`
            (m.agency.kind == AgencyKind::Group || only || is_place(m))
                && posted
                && WORDS.begins("anybody", &name).is_none()
        };
        let acts = self.text.get(past..end).map(str::trim_start).is_some_and(|rest| {
            let act = rest.strip_prefix("cho ").unwrap_or(rest);
            crate::verbs::begins(act) || super::is_duty(rest) || ACTS.iter().any(|w| rest.starts_with(w))
        });
        // `Đồn Biên phòng, Trạm Kiểm ngư kiểm soát …`: the first is a noun, the others may be names
        let named = |m: &Mention| noun(m) || !m.weak;
        let listed = bodies.first().is_some_and(noun) && bodies.iter().all(named);
        (listed && acts).then_some((bodies, past))
    }

    /// `Sở A cân đối vốn, Sở B thẩm định hồ sơ`: behind the comma of what `other` does, a body by name with a verb of its own.
    fn does_beside(&self, mention: &Mention, other: &Subject, end: usize) -> Option<Subject> {
        let between = self.text.get(other.end..mention.start)?.strip_suffix(", ")?.trim_start();
        let clause = other.end..mention.start;
        // what others are made to do, or what one does with or for them, may name bodies
        let plain = verbs::begins(between)
            && !super::clause::directs_others(between)
            && !between.contains([';', '.', ':', '(', '“', '"'])
            && self.hits(&clause).next().is_none()
            && self.mentions_in(&clause).next().is_none();
        if !plain || mention.in_brackets || other.helps {
            return None;
        }
        let helps = self.predicate(mention.end, end)? == Predicate::Helps;
        let bodies = Bodies::from([mention.clone()]);
        Some(Subject { start: mention.start, end: mention.end, bodies, request: false, by_verb: false, helps })
    }

    /// The order of which `mention` is the subject, if it is one: a body at a clause's head before a predicate.
    fn subject_at(&self, mention: &Mention, range: &Range<usize>) -> Option<Subject> {
        let begins = self.plural_start(mention.start, range.start);
        let begins = self.person_start(begins, range.start);
        if mention.in_brackets || !self.heads_clause(begins, range.start) {
            return None;
        }
        let (bodies, end) = self.list_at(begins);
        let alone = bodies.is_empty();
        let (bodies, end) = if alone { (Bodies::from([mention.clone()]), mention.end) } else { (bodies, end) };
        let (mut bodies, end, predicate) = if let Some(predicate) = self.predicate(end, range.end) {
            (bodies, end, predicate)
        } else {
            let (bodies, end) = self.stretch(&bodies, begins, end, range.end)?;
            (bodies, end, self.predicate(end, range.end)?)
        };
        let mut mention = mention;
        // `Giám đốc các sở; Chủ tịch UBND các xã căn cứ …`: the list began before the semicolon
        let mut at = self.mentions().partition_point(|m| m.start < mention.start);
        while let Some(before) = at.checked_sub(1).and_then(|n| self.mentions().get(n)) {
            let gap = self.text.get(before.end..mention.start).unwrap_or(".");
            if before.weak
                || before.in_brackets
                || !gap.contains(';')
                || !is_list_gap(gap)
                || bodies.iter().any(|b| b.start == before.start)
            {
                break;
            }
            bodies = std::iter::once(before).chain(bodies.iter()).cloned().collect();
            mention = before;
            at -= 1;
        }
        Some(Subject {
            start: mention.start,
            end,
            bodies,
            request: false,
            by_verb: false,
            helps: predicate == Predicate::Helps,
        })
    }
}

/// `Xã Tân Phú`, `Thôn 5`: whether a place stands for those who govern it.
fn is_place(mention: &Mention) -> bool {
    mention.agency.kind == AgencyKind::Unregistered && WORDS.begins("place", &fold_key(&mention.agency.name)).is_some()
}

/// Whether one name is the other's, in capitals or not, or that of a part which decides for it (`Ban Thường vụ Tỉnh ủy`).
pub(crate) fn is_of(name: &str, issuer: &str) -> bool {
    const DECIDE: [&str; 7] =
        ["", "ban thường vụ ", "thường vụ ", "ban thường trực ", "thường trực ", "ban chấp hành ", "ban cán sự đảng "];
    let (name, issuer) = (fold_key(name), fold_key(issuer));
    name.strip_suffix(&issuer).is_some_and(|part| DECIDE.contains(&part))
}

/// `yêu cầu kịp thời chấn chỉnh …`: whether the words behind a body order something and name nobody, so that it is not the body
/// that is to do it.
fn orders_nobody(behind: &str) -> bool {
    let Some(rest) = behind.trim_start().strip_prefix("yêu cầu ") else { return false };
    WORDS.begins("urges", &judge::head(rest, 16)).is_some()
}

/// Whether nothing but what joins the items of a list stands between two bodies.
fn is_list_gap(gap: &str) -> bool {
    let key = gap.trim_matches(|c: char| matches!(c, ',' | ';' | ' ' | '/'));
    !gap.contains('.') && matches!(key, "" | "và" | "và các" | "cùng" | "hoặc")
}
