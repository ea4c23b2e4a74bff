//! Who leads, helps and is reported to, as the words of one stretch of text say it.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

use nhiemvu_model::{Agency, AgencyKind};
use nhiemvu_normalizer::{Context, Mention, Registry};
use nhiemvu_text::fold_key;

use crate::cues::{self, Cue, Hit};
use crate::verbs;

/// A text with its cues and the bodies that it names, found once.
pub(crate) struct Analysis<'a> {
    pub text: &'a str,
    pub mentions: Vec<Mention>,
    pub cues: Vec<Hit>,
    registry: &'a Registry,
    context: &'a Context,
    /// Lists asked for before, by the byte at which they begin.
    lists: RefCell<HashMap<usize, (Vec<Mention>, usize)>>,
    /// The orders of the whole text, once asked for.
    whole: OnceCell<Vec<Subject>>,
}

/// Whoever an order is laid on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Subject {
    /// Byte at which the order begins: its verb, or the body.
    pub start: usize,
    /// One past the list of bodies.
    pub end: usize,
    /// The bodies.
    pub bodies: Vec<Mention>,
    /// Whether it is asked rather than ordered.
    pub request: bool,
    /// Whether a verb of ordering names it (giao, yêu cầu, đề nghị).
    pub by_verb: bool,
    /// Whether it only helps (`… , Sở B phối hợp`).
    pub helps: bool,
}

impl<'a> Analysis<'a> {
    /// Looks through `text` once.
    pub fn new(text: &'a str, registry: &'a Registry, context: &'a Context) -> Self {
        Self {
            text,
            mentions: registry.mentions(text, context),
            cues: cues::find(text),
            registry,
            context,
            lists: RefCell::default(),
            whole: OnceCell::new(),
        }
    }

    /// The bodies that begin at byte `at` or behind the spaces there.
    pub fn list_at(&self, at: usize) -> (Vec<Mention>, usize) {
        let rest = self.text.get(at..).unwrap_or("");
        let at = at + rest.len() - rest.trim_start().len();
        if let Some(known) = self.lists.borrow().get(&at) {
            return known.clone();
        }
        let list = self.registry.list_at(self.text, at, self.context);
        let found = (list.mentions.into_iter().filter(|m| !m.in_brackets).collect::<Vec<_>>(), list.end);
        self.lists.borrow_mut().insert(at, found.clone());
        found
    }

    /// The orders inside `range`, in order of the text.
    pub fn subjects(&self, range: Range<usize>) -> Vec<Subject> {
        if range == (0..self.text.len()) {
            return self.whole.get_or_init(|| self.find_subjects(range)).clone();
        }
        self.find_subjects(range)
    }

    fn find_subjects(&self, range: Range<usize>) -> Vec<Subject> {
        let mut found: Vec<Subject> = Vec::new();
        for hit in self.hits(&range) {
            if !matches!(hit.cue, Cue::Order | Cue::Request) || self.is_past(hit, range.start) {
                continue;
            }
            let (bodies, end) = self.list_at(hit.end);
            if bodies.iter().all(|m| m.weak) || end > range.end {
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
        let mut last_end = None;
        for mention in self.mentions.iter().filter(|m| m.start >= range.start && m.end <= range.end) {
            // a later body of a list: only the first can be where a clause begins
            let listed = last_end.and_then(|end| self.text.get(end..mention.start)).is_some_and(is_list_gap);
            last_end = Some(mention.end);
            if mention.weak || listed {
                continue;
            }
            if found.iter().any(|s| s.start <= mention.start && mention.start < s.end) {
                continue;
            }
            if let Some(subject) = self.subject_at(mention, &range) {
                found.push(subject);
            }
        }
        found.sort_by_key(|s| s.start);
        found
    }

    fn hits(&self, range: &Range<usize>) -> impl Iterator<Item = &Hit> {
        let range = range.clone();
        self.cues.iter().filter(move |hit| hit.start >= range.start && hit.end <= range.end)
    }

    /// Whether the verb tells of the past or of somebody else's order (`đã giao`, `được giao`).
    fn is_past(&self, hit: &Hit, from: usize) -> bool {
        let before = self.text.get(from..hit.start).unwrap_or("").trim_end();
        let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | ',')).next().unwrap_or("");
        matches!(
            word,
            "đã" | "được"
                | "Được"
                | "Đã"
                | "đang"
                | "từng"
                | "theo"
                | "Theo"
                | "vụ"
                | "việc"
                | "do"
                | "về"
                | "Về"
                | "những"
                | "các"
        )
    }

    /// The order of which `mention` is the subject, if it is one: a body at a clause's head before a predicate.
    fn subject_at(&self, mention: &Mention, range: &Range<usize>) -> Option<Subject> {
        let begins = self.plural_start(mention.start, range.start);
        if mention.in_brackets || !self.heads_clause(begins, range.start) {
            return None;
        }
        let (bodies, end) = self.list_at(begins);
        let (bodies, end) = if bodies.is_empty() { (vec![mention.clone()], mention.end) } else { (bodies, end) };
        let predicate = self.predicate(end, range.end)?;
        let (mut bodies, mut mention) = (bodies, mention);
        // `Giám đốc các sở; Chủ tịch UBND các xã căn cứ …`: the list began before the semicolon
        let mut at = self.mentions.iter().position(|m| m.start == mention.start).unwrap_or(0);
        while let Some(before) = at.checked_sub(1).and_then(|n| self.mentions.get(n)) {
            let gap = self.text.get(before.end..mention.start).unwrap_or(".");
            if before.weak
                || before.in_brackets
                || !gap.contains(';')
                || !is_list_gap(gap)
                || bodies.iter().any(|b| b.start == before.start)
            {
                break;
            }
            bodies.insert(0, before.clone());
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

    /// Where the list begins of which a body at `at` is the first: `Các Bộ Xây dựng, Tài chính` begins with `Các Bộ`.
    fn plural_start(&self, at: usize, from: usize) -> usize {
        let before = self.text.get(from..at).unwrap_or("");
        let words = before.trim_end_matches([':', ' ']);
        let mut split = words.rsplitn(3, ' ');
        let (kind, plural) = (split.next().unwrap_or(""), split.next().unwrap_or(""));
        let plural_word = matches!(plural, "Các" | "các" | "Hai" | "hai");
        let kind_word =
            matches!(fold_key(kind).as_str(), "bộ" | "sở" | "ban" | "cục" | "vụ" | "tỉnh" | "xã" | "phường");
        if plural_word && kind_word { from + words.len() - kind.len() - 1 - plural.len() } else { at }
    }

    /// Whether a clause can begin at `at`: behind nothing, a colon, a semicolon, a stop, or the comma of an adverbial.
    fn heads_clause(&self, at: usize, from: usize) -> bool {
        const OPENERS: [&str; 40] = [
            "để",
            "trên cơ sở",
            "căn cứ",
            "trong",
            "đối với",
            "trường hợp",
            "nếu",
            "sau khi",
            "khi",
            "nhằm",
            "theo",
            "với",
            "đồng thời",
            "riêng",
            "ngoài ra",
            "từ",
            "định kỳ",
            "trước",
            "hằng",
            "hàng",
            "thực hiện",
            "qua",
            "tại",
            "do",
            "bên cạnh",
            "cùng với",
            "trên tinh thần",
            "giao",
            "chậm nhất",
            "thời gian tới",
            "về",
            "ngay sau",
            "trước mắt",
            "cụ thể",
            "trong đó",
            "chủ tịch",
            "thủ tướng",
            "đề nghị",
            "yêu cầu",
            "xét",
        ];
        let before = self.text.get(from..at).unwrap_or("");
        let before = before.trim_end();
        let before = before.strip_suffix(['“', '"', '(']).unwrap_or(before).trim_end();
        if before.is_empty() || before.ends_with([':', ';', '.', '!', '?']) {
            return true;
        }
        let tail = fold_key(before.char_indices().rev().nth(20).map_or(before, |(i, _)| &before[i..]));
        if ["đồng thời", "riêng", "trong đó", "còn", "thì", "cùng đó", "do đó", "vì vậy"]
            .iter()
            .any(|w| tail.ends_with(w))
        {
            return true;
        }
        if !before.ends_with(',') {
            return false;
        }
        let clause = before.rsplit([';', '.', ':']).next().unwrap_or(before).trim_start();
        let head_end = clause.char_indices().nth(24).map_or(clause.len(), |(i, _)| i);
        let head = fold_key(&clause[..head_end]);
        OPENERS.iter().any(|w| head.strip_prefix(w).is_some_and(|r| !r.starts_with(char::is_alphanumeric)))
    }

    /// What kind of predicate follows at `at`; `None` where none does, or one that tells of the past.
    fn predicate(&self, at: usize, end: usize) -> Option<Predicate> {
        let mut rest = self.text.get(at..end)?.trim_start();
        // what may stand between a body and its predicate: a bracket, `theo chức năng, nhiệm vụ …,`
        for _ in 0..3 {
            rest = rest.trim_start_matches([',', ' ', ':', '-', '–']);
            if let Some(inside) = rest.strip_prefix('(') {
                rest = inside.split_once(')').map_or("", |(_, after)| after).trim_start();
            }
            let key = head_key(rest);
            let adverbial = [
                "theo ",
                "căn cứ ",
                "trên cơ sở ",
                "với vai trò",
                "với chức năng",
                "thông qua ",
                "trong phạm vi",
                "tùy ",
                "bằng ",
                "ngay sau khi ",
                "sau khi ",
                "trước ngày",
            ]
            .iter()
            .any(|w| key.starts_with(w));
            if !adverbial {
                break;
            }
            match rest.find(',') {
                // the adverbial may hold commas of its own: the next verb decides
                Some(comma) => {
                    let after = rest[comma + 1..].trim_start();
                    if verbs::begins(after) || is_duty(after) || head_key(after).starts_with("theo ") {
                        rest = after;
                    } else {
                        rest = skip_to_verb(rest);
                    }
                }
                None => rest = skip_to_verb(rest),
            }
        }
        let key = head_key(rest);
        const PAST: [&str; 18] = [
            "đã ",
            "đang ",
            "là ",
            "được ",
            "thuộc ",
            "và ",
            "về ",
            "của ",
            "tại ",
            "có ý kiến",
            "đánh giá cao",
            "ghi nhận",
            "biểu dương",
            "thông báo để",
            "trân trọng",
            "ban hành kế hoạch này",
            "nhận được",
            "chịu trách nhiệm thi hành",
        ];
        if key.starts_with("là đầu mối") || key.starts_with("là cơ quan") || key.starts_with("là đơn vị") {
            return Some(Predicate::Acts);
        }
        if PAST.iter().any(|w| key.starts_with(w)) {
            return None;
        }
        if key.starts_with("phối hợp") {
            return Some(Predicate::Helps);
        }
        (is_duty(rest)
            || verbs::begins(rest)
            || key.starts_with("cùng chủ trì")
            || key.starts_with("tự ")
            || key.starts_with("cần ")
            || key.starts_with("phải "))
        .then_some(Predicate::Acts)
    }

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
            for body in bodies {
                if !out.iter().any(|b| b.start == body.start) {
                    out.push(body);
                }
            }
        }
        out
    }

    /// `phối hợp chặt chẽ, thường xuyên với …`: the list behind the next `với` of the same clause.
    fn behind_with(&self, at: usize, end: usize) -> Vec<Mention> {
        const NEAR: usize = 48;
        let Some(rest) = self.text.get(at..end) else { return Vec::new() };
        let stop = rest.find([';', '.', ':']).unwrap_or(rest.len());
        let Some(with) = rest[..stop].find(" với ").filter(|n| *n <= NEAR) else { return Vec::new() };
        self.list_at(at + with + " với ".len()).0
    }

    /// The bodies to whom a report, a result or a proposal goes, from the cues inside `range`.
    ///
    /// Of a chain (`gửi A tổng hợp, báo cáo B`) the first alone; nobody behind `qua` or `đồng gửi`.
    pub fn report_to(&self, range: Range<usize>) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut chain: Option<usize> = None;
        let hits: Vec<&Hit> = self.hits(&range).collect();
        for (n, hit) in hits.iter().enumerate() {
            if hit.cue != Cue::Report {
                continue;
            }
            let between = chain.and_then(|end| self.text.get(end..hit.start)).unwrap_or("");
            if chain.is_some() && goes_on(between) {
                continue;
            }
            let stop = hits[n + 1..].iter().find(|h| matches!(h.cue, Cue::Report)).map_or(range.end, |h| h.start);
            let (bodies, end) = self.addressees(hit, stop.max(hit.end), range.end);
            if bodies.is_empty() {
                continue;
            }
            chain = Some(end);
            // a common noun (`báo cáo trung tâm`) receives nothing, unless it says whose office it is
            let named =
                |m: &Mention| !m.weak || is_competent(&m.agency) || fold_key(&m.agency.name).starts_with("cơ quan");
            for body in bodies.into_iter().filter(named) {
                if !out.iter().any(|b| b.agency.name == body.agency.name) {
                    out.push(body);
                }
            }
        }
        let named = out.iter().any(|m| !is_competent(&m.agency));
        out.retain(|m| !named || !is_competent(&m.agency));
        out
    }

    /// Whom a reporting verb addresses: the list right behind it, or behind `về`, `cho`, `đến`, `lên` in its clause.
    fn addressees(&self, hit: &Hit, stop: usize, end: usize) -> (Vec<Mention>, usize) {
        let skipped = self.skip_verbs(hit.end, end);
        let (bodies, at) = self.list_at(skipped);
        let bodies: Vec<Mention> = bodies.into_iter().filter(|m| !m.in_brackets).collect();
        if !bodies.is_empty() && !self.is_genitive(skipped) {
            return (bodies, at);
        }
        let verb = fold_key(&self.text[hit.start..hit.end]);
        if !(verb.starts_with("báo cáo")
            || verb.starts_with("gửi")
            || verb.starts_with("trình")
            || verb.starts_with("đồng thời gửi")
            || verb.contains("về"))
        {
            return (Vec::new(), hit.end);
        }
        let clause_end = self.text.get(hit.end..end).and_then(|s| s.find(';')).map_or(end, |n| hit.end + n);
        let limit = stop.min(clause_end);
        for lead in [" về ", " cho ", " đến ", " tới ", " lên ", " gửi "] {
            let Some(rest) = self.text.get(hit.end..limit.min(end)) else { continue };
            for (n, _) in rest.match_indices(lead) {
                let at = hit.end + n + lead.len();
                let strong =
                    self.mentions.iter().any(|m| m.start == at && !m.weak && !m.in_brackets) || self.competent_at(at);
                if strong {
                    let (bodies, end) = self.list_at(at);
                    if !bodies.is_empty() {
                        return (bodies.into_iter().filter(|m| !m.in_brackets).collect(), end);
                    }
                }
            }
        }
        (Vec::new(), hit.end)
    }

    fn competent_at(&self, at: usize) -> bool {
        self.mentions.iter().any(|m| m.start == at && (is_competent(&m.agency) || m.agency.kind == AgencyKind::Group))
    }

    /// Skips further verbs of the same kind (`báo cáo, đề xuất UBND tỉnh`) and small words before the body.
    fn skip_verbs(&self, at: usize, end: usize) -> usize {
        let mut at = at;
        for _ in 0..4 {
            let Some(rest) = self.text.get(at..end) else { return at };
            let trimmed = rest.trim_start_matches([',', ' ']);
            let here = at + rest.len() - trimmed.len();
            if let Some(hit) = self.cues.iter().find(|h| h.start == here && matches!(h.cue, Cue::Report)) {
                at = hit.end;
                continue;
            }
            let small = ["và ", "cho ", "về ", "với ", "lên ", "đến ", "tới ", "để ", "lãnh đạo, ", "Lãnh đạo "];
            match small.iter().take(7).find(|w| trimmed.starts_with(**w)) {
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

/// Whether nothing but what joins the items of a list stands between two bodies.
fn is_list_gap(gap: &str) -> bool {
    let key = gap.trim_matches(|c: char| matches!(c, ',' | ';' | ' ' | '/'));
    !gap.contains('.') && matches!(key, "" | "và" | "và các" | "cùng" | "hoặc")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Predicate {
    Acts,
    Helps,
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

/// The folded first words of `text`.
fn head_key(text: &str) -> String {
    let end = text.char_indices().nth(40).map_or(text.len(), |(at, _)| at);
    let mut key = fold_key(&text[..end]);
    key.push(' ');
    key
}

pub(crate) fn is_duty(text: &str) -> bool {
    const WORDS: [&str; 23] = [
        "chủ trì",
        "có trách nhiệm",
        "chịu trách nhiệm",
        "có nhiệm vụ",
        "khẩn trương",
        "chủ động",
        "tích cực",
        "kịp thời",
        "thường xuyên",
        "định kỳ",
        "tiếp tục",
        "tập trung",
        "sớm ",
        "trực tiếp",
        "nghiêm túc",
        "quyết liệt",
        "cùng ",
        "có kế hoạch",
        "có giải pháp",
        "có văn bản",
        "có biện pháp",
        "nhanh chóng",
        // `cần`, as scans lose its mark
        "can ",
    ];
    let key = head_key(text);
    WORDS.iter().any(|w| key.starts_with(w))
}

/// Skips words of an adverbial up to a comma behind which a verb begins.
fn skip_to_verb(text: &str) -> &str {
    for (at, _) in text.match_indices(',').take(6) {
        let after = text[at + 1..].trim_start();
        if verbs::begins(after) || is_duty(after) {
            return after;
        }
    }
    // `theo chức năng, nhiệm vụ tích cực hướng dẫn`: no comma before the verb
    for (at, _) in text.match_indices(' ').take(24) {
        let after = &text[at + 1..];
        if is_duty(after) {
            return after;
        }
    }
    ""
}
