//! Whether a part of a block is a task, and of what kind.

use std::sync::LazyLock;

use nhiemvu_model::{AgencyKind, Field, FieldRole, Kind, Node, NodeId, NodeKind, Rule};

use super::split::{Part, asks_addressees, is_addressed, opening_bodies};
use crate::cues::Cue;
use crate::judge;
use crate::roles::{Analysis, beside_at_head, is_of};
use crate::scope::Scope;
use crate::section::Section;
use crate::status;
use crate::walk::Walk;

/// Characters below which an order to everybody behind the items of a document closes it.
const SHORT_APPEAL: usize = 240;

impl<'a> Walk<'a> {
    /// Whether a part is a task, of what kind, and by which rule; or the rule that refuses it.
    pub(super) fn verdict(
        &self,
        analysis: &Analysis<'_>,
        part: &Part,
        scope: &Scope<'a>,
        with_fields: bool,
        node: &Node,
    ) -> Result<(Kind, Rule), Rule> {
        let words = analysis.text.get(part.range.clone()).ok_or(Rule::Empty)?.trim();
        let leads = part.subjects.iter().any(|s| !s.helps);
        let ordered = part.subjects.iter().any(|s| s.by_verb);
        // `Đại diện Ủy ban bầu cử xã;` only comes
        let framed = scope.section == Section::Frame && (!leads || judge::head(words, 8).starts_with("đại diện"));
        if framed || scope.section == Section::Background && !(scope.directive && ordered) {
            return status::of_label(words).map(|_| (Kind::Assigned, Rule::StatusNamed)).ok_or(Rule::DoneWork);
        }
        if with_fields {
            let named = leads || !scope.lead.is_empty() || scope.directive || names_leader(node, scope);
            return Ok((if named { Kind::Assigned } else { Kind::Planned }, Rule::FieldLines));
        }
        if scope.reports && scope.section == Section::Open && !part.subjects.iter().any(|s| s.by_verb) {
            // what a report says outside of its plans and requests is how things stand
            return status::of_label(words).map(|_| (Kind::Assigned, Rule::StatusNamed)).ok_or(Rule::DoneWork);
        }
        match scope.section {
            Section::Purpose => return Err(Rule::Aim),
            Section::Target => return Err(Rule::Target),
            _ => {}
        }
        if judge::is_standing_duty(words) {
            return Err(Rule::StandingDuty);
        }
        // of the block as a whole that has been asked before
        let partial = part.range.len() < analysis.text.len();
        if partial && judge::is_formula(words) {
            return Err(Rule::Formula);
        }
        if let Some(rule) = says_nothing(analysis, part, words, node) {
            return Err(rule);
        }
        if node.kind == NodeKind::Article && !leads && scope.lead.is_empty() && judge::is_done_by_deciding(words) {
            return Err(Rule::Formula);
        }
        if scope.normative && !((leads || !scope.lead.is_empty()) && self.has_date(words)) {
            // a regulation's duties stand for good; what it orders once has a day
            return Err(Rule::StandingRule);
        }
        if scope.section == Section::Funding && !leads {
            return Err(Rule::Funding);
        }
        if let Some(rule) = self.orders_nothing(words) {
            return Err(rule);
        }
        let top = is_top_paragraph(node);
        if let Some(rule) = self.tells_why(part, scope, node, words) {
            return Err(rule);
        }
        if is_addressed(scope) && self.sends(analysis, part) {
            return Err(Rule::Formula);
        }
        if leads {
            return self.named(analysis, part, scope, node);
        }
        if answers_with_assent(words) {
            return Err(Rule::Report);
        }
        if scope.section == Section::Recommend {
            let asks = judge::begins_as_order(words);
            return asks.then_some((Kind::Recommended, Rule::Recommendation)).ok_or(Rule::NoVerb);
        }
        if top && is_addressed(scope) && asks_everybody(words) && !self.has_limit(words) {
            return Err(Rule::GeneralAppeal);
        }
        let topic = judge::orders_on_topic(words);
        let tells = !topic && judge::is_report(words);
        let addressed = is_addressed(scope) && asks_addressees(analysis, part);
        let beside = beside_at_head(words).is_some() && !analysis.coordinating(part.range.clone()).is_empty();
        let order = (judge::begins_as_order(words) || topic || addressed || beside) && !tells;
        let no_order = if tells { Rule::Report } else { Rule::NoVerb };
        if top && !order {
            return Err(no_order);
        }
        if is_note(words) {
            return Err(Rule::Note);
        }
        if !scope.lead.is_empty() {
            let kind = if scope.request && scope.reports { Kind::Recommended } else { Kind::Assigned };
            let named = is_addressed(scope) && opening_bodies(analysis, part).is_some();
            let acts = order
                || named
                || analysis.cues_in(&part.range).any(|c| matches!(c.cue, Cue::Lead | Cue::Coordinate | Cue::Report));
            // words without a marker that begin in the middle are the rest of what a scan has torn apart
            let torn =
                node.marker.is_empty() && words.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
            let sentence = !judge::is_title(words) && !torn;
            let stated = || states(words) || tells_of_body(analysis, part);
            let orders = acts || sentence && scope.listed && !tells && !stated();
            let rule = if named { Rule::NamesBody } else { Rule::InheritedBody };
            return orders.then_some((kind, rule)).ok_or(no_order);
        }
        match scope.section {
            Section::Plan | Section::Assign | Section::Open if order => {
                // a paragraph is what its numbered heading is about; at the top of a document it may be anything, of an appendix its title
                let note = is_note(words) || words.contains("(Kèm theo ") || judge::head(words, 8).starts_with("giao ");
                let caps = !words.contains(char::is_lowercase);
                let title = node.parent.is_some_and(|parent| self.document.node(parent).kind == NodeKind::Appendix);
                let headed = !(scope.reports || scope.ordinal.is_empty() || caps || note || title);
                let marked = scope.section != Section::Open || !node.marker.is_empty() || headed;
                let kind = if scope.directive { Kind::Assigned } else { Kind::Planned };
                marked.then_some((kind, Rule::OwnPlan)).ok_or(Rule::NoBody)
            }
            Section::Funding => Err(Rule::Funding),
            _ => Err(no_order),
        }
    }

    /// Why a document was made, as its opening tells.
    fn tells_why(&self, part: &Part, scope: &Scope<'a>, node: &Node, words: &str) -> Option<Rule> {
        let top = is_top_paragraph(node);
        let leads = part.subjects.iter().any(|s| !s.helps);
        let ordered = part.subjects.iter().any(|s| s.by_verb);
        let opens = self.before_items(node) && !(scope.directive && ordered);
        (top && (!leads && judge::is_ground(words) || opens)).then_some(Rule::Preamble)
    }

    /// The verdict on an order that names whom it is laid on.
    fn named(
        &self,
        analysis: &Analysis<'_>,
        part: &Part,
        scope: &Scope<'a>,
        node: &Node,
    ) -> Result<(Kind, Rule), Rule> {
        let words = analysis.text.get(part.range.clone()).unwrap_or("").trim();
        let asked = part.subjects.iter().any(|s| s.request);
        let general = part
            .subjects
            .iter()
            .filter(|s| !s.helps)
            .flat_map(|s| s.bodies.iter())
            .all(|m| m.agency.kind == AgencyKind::Group);
        if general
            && scope.section == Section::Open
            && scope.headings.is_empty()
            && node.kind == NodeKind::Paragraph
            && !self.has_limit(words)
            && !reports(analysis, part)
            && (exhorts(words) || self.has_items && words.chars().count() < SHORT_APPEAL && appeals(analysis, part))
        {
            // a closing exhortation to everybody
            return Err(Rule::GeneralAppeal);
        }
        let kind = match () {
            () if scope.section == Section::Recommend || asked && scope.reports => Kind::Recommended,
            () if !scope.directive && scope.lead.is_empty() && self.names_itself(analysis, part) => Kind::Planned,
            () => Kind::Assigned,
        };
        Ok((kind, Rule::NamesBody))
    }

    /// `Nhà trường tổ chức …`, in the school's own plan: whoever issues it says what it will do, with nobody else.
    fn names_itself(&self, analysis: &Analysis<'_>, part: &Part) -> bool {
        let Some(issuer) = self.issuer_name.as_deref() else { return false };
        let own = |name: &str| {
            is_of(name, issuer)
                || nhiemvu_text::fold_key(name) == "nhà trường" && nhiemvu_text::fold_key(issuer).starts_with("trường")
        };
        part.subjects.iter().all(|s| !s.by_verb && s.bodies.iter().all(|m| own(&m.agency.name)))
            && analysis.coordinating(part.range.clone()).is_empty()
    }

    /// `Bộ A gửi ý kiến đến quý Bộ để tổng hợp.`: whoever writes a letter says that it writes it.
    fn sends(&self, analysis: &Analysis<'_>, part: &Part) -> bool {
        const SENDS: [&str; 7] =
            ["gửi ", "xin gửi ", "kính gửi ", "trân trọng gửi ", "kính chuyển ", "xin báo cáo ", "kính báo cáo "];
        let [subject] = part.subjects.as_slice() else { return false };
        let issuer = self.issuer_name.as_deref();
        let own = subject.bodies.iter().all(|m| issuer.is_some_and(|issuer| is_of(&m.agency.name, issuer)));
        let told = judge::head(analysis.text.get(subject.end..).unwrap_or("").trim_start(), 20);
        own && !subject.by_verb && SENDS.iter().any(|w| told.starts_with(w))
    }

    /// Whether no marked block has come before `node` at the top of the document.
    fn before_items(&self, node: &Node) -> bool {
        self.first_item.is_some_and(|first| node.span.start < first)
    }

    /// Whether the words set a limit on the calendar.
    fn has_date(&self, words: &str) -> bool {
        self.times(words)
            .iter()
            .any(|t| matches!(t.value, nhiemvu_model::TimeValue::By { .. } | nhiemvu_model::TimeValue::Within { .. }))
    }

    /// What tells of the past, a slogan (khẩu hiệu) and a question.
    fn orders_nothing(&self, words: &str) -> Option<Rule> {
        if self.opens_in_the_past(words) {
            return Some(Rule::Report);
        }
        words.trim_end().ends_with(['!', '?']).then_some(Rule::Formula)
    }

    /// `Trong năm 2025, Sở A tổ chức …`, in a document of 2026.
    fn opens_in_the_past(&self, words: &str) -> bool {
        const OPENING: usize = 12;
        // a page goes back behind what it told
        if ["trước đó,", "trước đây,"].iter().any(|w| judge::head(words, OPENING).starts_with(w)) {
            return true;
        }
        let Some(today) = self.reference.date.and_then(nhiemvu_model::PartialDate::full) else { return false };
        let times = self.times(words);
        let Some(first) = times.first().filter(|t| t.span.start < OPENING) else { return false };
        let Some(resolved) = crate::deadline::resolve(first, &self.reference) else { return false };
        let comma = words.get(first.span.end..).is_some_and(|rest| rest.trim_start().starts_with(','));
        matches!(resolved.kind, nhiemvu_model::DeadlineKind::Within { end: Some(end), .. } if end < today) && comma
    }

    fn has_limit(&self, words: &str) -> bool {
        self.times(words).iter().any(|t| {
            !matches!(
                t.value,
                nhiemvu_model::TimeValue::Immediate
                    | nhiemvu_model::TimeValue::Ongoing
                    | nhiemvu_model::TimeValue::None
            )
        })
    }
}

/// The rule that refuses every part of a block, where none of its words can make one of them a task: it need not be split, nor
/// the bodies in it be found.
pub(super) fn of_all_parts(analysis: &Analysis<'_>, scope: &Scope<'_>, with_fields: bool) -> Option<Rule> {
    // a label may say how a task stands
    let told = || !analysis.text.contains(':');
    let ordered = || analysis.cues().iter().any(|hit| matches!(hit.cue, Cue::Order | Cue::Request | Cue::Lead));
    match scope.section {
        Section::Background if told() && !(scope.directive && ordered()) => Some(Rule::DoneWork),
        Section::Open if scope.reports && !with_fields && told() && !ordered() => Some(Rule::DoneWork),
        Section::Purpose if !with_fields => Some(Rule::Aim),
        Section::Target if !with_fields => Some(Rule::Target),
        _ => None,
    }
}

/// `Bến khách là nơi neo đậu …`, `Kinh phí: từ ngân sách tỉnh.`: what something is, below an order that opened a list.
fn states(words: &str) -> bool {
    const NEAR: usize = 80;
    let key = judge::head(words, NEAR);
    key.contains(" là ") || judge::begins("matter", &key)
}

/// `Sở A được tặng cờ …`, `Sở A đã sửa …`: whether words begin with a body of which they tell how it stands with it.
fn tells_of_body(analysis: &Analysis<'_>, part: &Part) -> bool {
    const TOLD: [&str; 8] = ["đã", "được", "là", "có", "đang", "còn", "vẫn", "chưa"];
    let words = analysis.text.get(part.range.clone()).unwrap_or("");
    let first = part.range.start + words.len() - words.trim_start().len();
    let body = analysis.mention_at(first).filter(|m| !m.weak && m.agency.kind == AgencyKind::Registered);
    let behind = body.and_then(|m| analysis.text.get(m.end..part.range.end)).unwrap_or("").trim_start();
    TOLD.contains(&judge::head(behind, 8).split(' ').next().unwrap_or(""))
}

/// How words end that ask to carry out what the document says, and no more (`data/exhortations.tsv`).
static ENDINGS: LazyLock<Vec<String>> =
    LazyLock::new(|| include_str!("../../data/exhortations.tsv").lines().skip(1).map(nhiemvu_text::fold_key).collect());

/// Whether the words ask to carry out what the document says, and no more.
fn exhorts(words: &str) -> bool {
    let key = nhiemvu_text::fold_key(words);
    let key = key.trim_end_matches(|c: char| !c.is_alphanumeric());
    ENDINGS.iter().any(|ending| key.ends_with(ending.as_str()))
        || key.contains("nội dung trên")
        || key.contains("nội dung này")
}

/// `Yêu cầu thủ trưởng các đơn vị nghiêm túc thực hiện …`: everybody is to do what general words say, and not `Yêu cầu nhà thầu nộp …`.
fn appeals(analysis: &Analysis<'_>, part: &Part) -> bool {
    let everybody = |name: &str| judge::begins("everybody", &nhiemvu_text::fold_key(name));
    part.subjects.iter().filter(|s| !s.helps).all(|subject| {
        let rest = analysis.text.get(subject.end..part.range.end).unwrap_or("");
        let act = judge::head(rest.trim_start_matches([',', ' ', ':']), 30);
        subject.bodies.iter().any(|m| everybody(&m.agency.name)) && judge::begins("general", &act)
    })
}

/// `Các đơn vị triển khai và báo cáo về Sở A`: an order to everybody that says to whom the result goes.
fn reports(analysis: &Analysis<'_>, part: &Part) -> bool {
    let words = analysis.text.get(part.range.clone()).unwrap_or("");
    let key = nhiemvu_text::fold_key(words);
    let condition = ["nếu", "vướng mắc", "phát sinh"].iter().any(|w| key.contains(w));
    !condition && analysis.report_to(part.range.clone()).iter().any(|m| !m.weak)
}

/// `Đề nghị đơn vị quan tâm thực hiện.`: asks whoever reads it to do what was said above.
fn asks_everybody(words: &str) -> bool {
    const LONGEST: usize = 120;
    const ASKS: [&str; 5] = ["đề nghị ", "kính đề nghị ", "yêu cầu ", "rất mong ", "kính mong "];
    let head = judge::head(words, 20);
    words.chars().count() < LONGEST && ASKS.iter().any(|w| head.starts_with(w)) && exhorts(words)
}

/// `Về đề nghị của xã A: Đồng ý chủ trương. Hoàn thiện hồ sơ, trình trong tháng 10.`: leaves the agreement out before what is to be
/// done.
pub(super) fn past_assent(part: &mut Part, text: &str) {
    let Some(words) = text.get(part.range.clone()).filter(|_| part.subjects.is_empty()) else { return };
    let Some((first, rest)) = words.split_once(". ") else { return };
    let said = first.split_once(": ").map_or(first, |(_, said)| said);
    if judge::is_assent(&judge::head(said.trim_start(), 60)) && judge::begins_as_order(rest) {
        part.range.start = part.range.end - rest.len();
    }
}

/// `Đối với kiến nghị của xã A: Thống nhất chủ trương.`, `Thống nhất chủ trương.`
fn answers_with_assent(words: &str) -> bool {
    let answer = words.split_once(": ").filter(|(topic, _)| ["Đối với", "Về "].iter().any(|w| topic.starts_with(w)));
    judge::is_assent(&judge::head(answer.map_or(words, |(_, rest)| rest), 60))
}

/// `Báo cáo tháng 2: các thành viên thống nhất.`, `Dự thảo Quy chế: UBND tỉnh thông qua.`: what is said of a matter that was before
/// those who decided, and nothing to be done.
fn is_answer(analysis: &Analysis<'_>, part: &Part) -> bool {
    let words = analysis.text.get(part.range.clone()).unwrap_or("");
    let Some(colon) = words.find(": ") else { return false };
    let from = part.range.start + colon + ": ".len();
    let said = analysis.text.get(from..part.range.end).unwrap_or("");
    // `các thành viên Ủy ban nhân dân tỉnh thống nhất …`
    let resolves = |words: &str| judge::begins("resolves", &judge::head(words, 24));
    let past = if judge::begins("meeting", &judge::head(said, 16)) {
        const NEAR: usize = 12;
        let words = said.match_indices(' ').take(NEAR).map(|(at, space)| at + space.len());
        words.into_iter().find(|at| resolves(&said[*at..])).map_or(from, |at| from + at)
    } else {
        analysis.list_at(from).1
    };
    let rest = analysis.text.get(past..part.range.end).unwrap_or("").trim();
    let orders = analysis.cues_in(&part.range).any(|hit| matches!(hit.cue, Cue::Order | Cue::Request | Cue::Duty));
    let clauses = rest.trim_end_matches('.').contains([';', '.', ',']);
    past > from && !orders && !clauses && resolves(rest)
}

/// Whether the block is a paragraph below no heading.
fn is_top_paragraph(node: &Node) -> bool {
    node.kind == NodeKind::Paragraph && node.parent == Some(NodeId(0))
}

/// Whether a field line says who does it.
fn names_leader(node: &Node, scope: &Scope<'_>) -> bool {
    let who = |f: &Field| matches!(f.role, FieldRole::Lead | FieldRole::Executing | FieldRole::Monitoring);
    node.fields.iter().any(who) || scope.fields.iter().any(|f| who(f))
}

/// The rule that refuses words which are cut off, name somebody and no more, or say what was decided of a matter.
fn says_nothing(analysis: &Analysis<'_>, part: &Part, words: &str, node: &Node) -> Option<Rule> {
    match () {
        () if is_cut_off(words, node) => Some(Rule::NoList),
        () if only_names(analysis, part) => Some(Rule::NoVerb),
        () if is_answer(analysis, part) || judge::exempts(words) => Some(Rule::Report),
        () => None,
    }
}

/// Words that open a list which is not there: a label, and no order.
fn is_cut_off(words: &str, node: &Node) -> bool {
    let order = || !node.marker.is_empty() && judge::begins_as_order(words) && words.chars().count() > 40;
    words.ends_with(':') && node.children.is_empty() && !order() && judge::before_details(words).is_none()
}

/// `Giao Vụ A.`: an order that says who and not what.
fn only_names(analysis: &Analysis<'_>, part: &Part) -> bool {
    let Some(last) = part.subjects.last() else { return false };
    last.by_verb && analysis.text.get(last.end..part.range.end).is_some_and(|rest| !rest.contains(char::is_alphabetic))
}

/// The line below a picture of a page (`Bến đò mùa lũ (Ảnh: …)`).
fn is_caption(text: &str) -> bool {
    const PICTURES: [&str; 8] =
        ["(hình ", "(ảnh", "(nguồn ", "(nguồn:", "ảnh: ", "ảnh minh họa", "nguồn ảnh", "(minh họa"];
    let tail = nhiemvu_text::fold_key(text.get(text.rfind(['(', '.']).unwrap_or(0)..).unwrap_or(""));
    let tail = tail.trim_start_matches(['.', ' ']);
    PICTURES.iter().any(|w| tail.starts_with(w))
}

/// Remarks that stand like items and order nothing.
fn is_note(text: &str) -> bool {
    const LONGEST_LABEL: usize = 60;
    const LONGEST_CAPTION: usize = 400;
    let head = judge::head(text, 30);
    if head.starts_with('(') || judge::begins("note", &head) {
        return true;
    }
    if text.len() < LONGEST_CAPTION && is_caption(text) {
        return true;
    }
    // `Thành phần đoàn: …`, `Hình thức: …`: how and with whom, of what stands above
    let label = text.split_once(':').filter(|(label, _)| label.len() <= LONGEST_LABEL);
    let said_of_all = |label: &str| {
        // `4. Thời gian thực hiện: từ nay đến …`
        let time = nhiemvu_parser::label_role(label) == Some(FieldRole::Time) && !crate::verbs::begins(label);
        time || judge::begins("detail", &nhiemvu_text::fold_key(label))
    };
    if label.is_some_and(|(label, _)| said_of_all(label)) {
        return true;
    }
    text.chars().count() < 12 && !crate::verbs::begins(text)
}
