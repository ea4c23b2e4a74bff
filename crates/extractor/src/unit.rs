//! From a block's words to tasks: splitting by the bodies ordered, roles, limits.

use std::ops::Range;
use std::rc::Rc;

use nhiemvu_model::{
    Agency, AgencyKind, Field, FieldRole, Flag, Kind, LabelledValue, Mended, Node, NodeId, NodeKind, Status, Via,
};
use nhiemvu_normalizer::Mention;
use nhiemvu_parser::temporal::Setting;
use nhiemvu_text::fold_key;

use crate::cues::Cue;
use crate::draft::Draft;
use crate::judge;
use crate::limits::Limits;
use crate::ordinal;
use crate::roles::{Analysis, Subject};
use crate::scope::Scope;
use crate::section::Section;
use crate::sentence;
use crate::walk::{Walk, has_main_fields};

/// A stretch of a block that is one task, and the orders in it.
#[derive(Debug, Clone)]
struct Part {
    range: Range<usize>,
    subjects: Vec<Subject>,
}

impl<'a> Walk<'a> {
    /// Emits the tasks of a block's own words.
    pub fn emit(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>) {
        let ordinal = ordinal::of(self.document, id, &scope.ordinal);
        self.emit_at(id, node, scope, &ordinal);
    }

    /// Emits the tasks of a block's own words under a given ordinal.
    pub fn emit_at(&mut self, _id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) {
        self.emit_text(node, &node.text, scope, ordinal);
    }

    /// Emits a block with its whole list as one task.
    pub fn emit_whole(&mut self, _id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) {
        let mut text = node.text.clone();
        let mut below = node.children.clone();
        while let Some(child) = below.first().copied() {
            below.remove(0);
            let child = self.document.node(child);
            if !child.text.is_empty() {
                text.push_str(" ");
                text.append(&child.text);
            }
            below.splice(0..0, child.children.iter().copied());
        }
        self.emit_text(node, &text, scope, ordinal);
    }

    /// Emits a sentence together with the unmarked paragraphs right below it that order nobody else; gives how many they
    /// were.
    pub fn emit_with_paragraphs(&mut self, _id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) -> usize {
        let mut text = node.text.clone();
        let mut joined = 0;
        for child in &node.children {
            let child = self.document.node(*child);
            let own = child.kind == NodeKind::Paragraph && child.children.is_empty();
            let words = child.text.text();
            if !own || words.trim_end().ends_with(':') || !self.known(child).subjects(0..words.len()).is_empty() {
                break;
            }
            text.push_str(" ");
            text.append(&child.text);
            joined += 1;
        }
        self.emit_text(node, &text, scope, ordinal);
        joined
    }

    fn emit_text(&mut self, node: &'a Node, text: &Mended, scope: &Scope<'a>, ordinal: &str) {
        let words = text.text();
        let fields: Vec<&Field> = node
            .fields
            .iter()
            .chain(scope.fields.iter().copied().filter(|f| !node.fields.iter().any(|own| own.role == f.role)))
            .collect();
        let with_fields = has_main_fields(node) || !scope.fields.is_empty();
        if words.trim().is_empty() || judge::is_formula(words) {
            return;
        }
        let analysis =
            if std::ptr::eq(text, &raw const node.text) { self.known(node) } else { Rc::new(self.analyse(words)) };
        let parts = if with_fields {
            vec![Part { range: 0..words.len(), subjects: analysis.subjects(0..words.len()) }]
        } else {
            split(&analysis)
        };
        for part in parts {
            let Some(kind) = self.verdict(&analysis, &part, scope, with_fields, node) else { continue };
            let draft = self.draft(node, text, &analysis, &part, &fields, scope, ordinal, kind);
            self.drafts.push(draft);
        }
    }

    /// Whether a part is a task, and of what kind.
    fn verdict(
        &self,
        analysis: &Analysis<'_>,
        part: &Part,
        scope: &Scope<'a>,
        with_fields: bool,
        node: &Node,
    ) -> Option<Kind> {
        let words = analysis.text.get(part.range.clone())?.trim();
        let leads = part.subjects.iter().any(|s| !s.helps);
        if scope.section == Section::Background {
            return status_label(words).map(|_| Kind::Assigned);
        }
        if matches!(scope.section, Section::Purpose | Section::Target) && !with_fields {
            return None;
        }
        if with_fields {
            return Some(Kind::Assigned);
        }
        if judge::is_standing_duty(words)
            || judge::is_formula(words)
            || words.ends_with(':') && node.children.is_empty()
        {
            return None;
        }
        if scope.normative && !((leads || !scope.lead.is_empty()) && self.has_date(words)) {
            // a regulation's duties stand for good; what it orders once has a day
            return None;
        }
        if scope.section == Section::Funding && !leads {
            return None;
        }
        let top = node.kind == NodeKind::Paragraph && node.parent == Some(NodeId(0));
        let ordered = part.subjects.iter().any(|s| s.by_verb);
        if top && self.before_items(node) && !(scope.directive && ordered) {
            // the opening tells why the document was made
            return None;
        }
        if leads {
            let asked = part.subjects.iter().any(|s| s.request);
            let general = part
                .subjects
                .iter()
                .filter(|s| !s.helps)
                .flat_map(|s| &s.bodies)
                .all(|m| m.agency.kind == AgencyKind::Group);
            if general
                && scope.section == Section::Open
                && scope.headings.is_empty()
                && node.kind == NodeKind::Paragraph
                && !self.has_limit(words)
            {
                // a closing exhortation to everybody
                return None;
            }
            let recommends = scope.section == Section::Recommend || asked && self.asks_up();
            return Some(if recommends { Kind::Recommended } else { Kind::Assigned });
        }
        if scope.section == Section::Recommend {
            return judge::begins_as_order(words).then_some(Kind::Recommended);
        }
        let order = judge::begins_as_order(words) && !judge::is_report(words);
        if top && !order {
            return None;
        }
        if !scope.lead.is_empty() {
            let kind = if scope.request && self.asks_up() { Kind::Recommended } else { Kind::Assigned };
            let acts = order
                || analysis.cues.iter().any(|c| {
                    part.range.contains(&c.start) && matches!(c.cue, Cue::Lead | Cue::Coordinate | Cue::Report)
                });
            let sentence = !judge::is_title(words);
            return ((acts || sentence && scope.listed && !judge::is_report(words)) && !is_note(words)).then_some(kind);
        }
        match scope.section {
            Section::Plan | Section::Assign | Section::Open => {
                let marked = scope.section != Section::Open || !node.marker.is_empty();
                let kind = if scope.directive { Kind::Assigned } else { Kind::Planned };
                (order && marked && !is_note(words)).then_some(kind)
            }
            _ => None,
        }
    }

    /// Whether no marked block has come before `node` at the top of the document.
    fn before_items(&self, node: &Node) -> bool {
        let top = &self.document.node(NodeId(0)).children;
        let first =
            top.iter().map(|id| self.document.node(*id)).find(|n| !n.marker.is_empty() || n.kind == NodeKind::Heading);
        first.is_some_and(|f| node.span.start < f.span.start)
    }

    /// Whether the document speaks to those above it, so that what it asks is a recommendation.
    fn asks_up(&self) -> bool {
        self.document.header.doc_type.as_deref().is_some_and(|t| matches!(t, "BC" | "TTr"))
    }

    /// Whether the words set a limit on the calendar.
    fn has_date(&self, words: &str) -> bool {
        nhiemvu_parser::temporal::find(words, Setting::Sentence)
            .iter()
            .any(|t| matches!(t.value, nhiemvu_model::TimeValue::By { .. } | nhiemvu_model::TimeValue::Within { .. }))
    }

    fn has_limit(&self, words: &str) -> bool {
        nhiemvu_parser::temporal::find(words, Setting::Sentence).iter().any(|t| {
            !matches!(
                t.value,
                nhiemvu_model::TimeValue::Immediate
                    | nhiemvu_model::TimeValue::Ongoing
                    | nhiemvu_model::TimeValue::None
            )
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn draft(
        &self,
        node: &'a Node,
        whole: &Mended,
        analysis: &Analysis<'_>,
        part: &Part,
        fields: &[&'a Field],
        scope: &Scope<'a>,
        ordinal: &str,
        kind: Kind,
    ) -> Draft {
        let text = cut(whole, &part.range);
        let source = &self.document.source;
        let topic = topic_end(analysis, part);
        let mut draft = Draft {
            action: 0,
            run_in: if part.range.start == 0 { node.run_in } else { 0 },
            section: scope.headings.clone(),
            ordinal: ordinal.to_owned(),
            kind,
            lead: Vec::new(),
            coordinating: Vec::new(),
            monitoring: Vec::new(),
            report_to: agencies(&analysis.report_to(topic..part.range.end), whole, Via::Text),
            deadlines: Vec::new(),
            products: Vec::new(),
            fields: Vec::new(),
            status: status_label(text.text()),
            flags: Vec::new(),
            text,
        };
        self.lead(&mut draft, whole, analysis, part, scope);
        let mut limits =
            Limits::read(source, &cut(whole, &(topic..part.range.end)), Setting::Sentence, Via::Text, &self.reference);
        self.fields(&mut draft, fields, &mut limits);
        self.partners(&mut draft, whole, analysis, part, fields, scope);
        if !limits.binds() {
            limits.merge(scope.limits.clone());
        }
        limits.tidy();
        draft.deadlines = limits.deadlines;
        draft.flags = limits.flags;
        draft.action = action_start(analysis, part, &draft);
        draft.report_to.retain(|r| !draft.lead.iter().any(|l| same(l, r)));
        draft
    }

    /// Who leads: the part's own words, else what stands above.
    fn lead(&self, draft: &mut Draft, whole: &Mended, analysis: &Analysis<'_>, part: &Part, scope: &Scope<'a>) {
        let own: Vec<Mention> = part.subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.clone()).collect();
        let chairs = chair_before(analysis, &part.range);
        if let Some(chairs) = &chairs
            && chairs.iter().all(|c| own.iter().all(|o| c.start < o.start))
        {
            // `nhiệm vụ do Sở A chủ trì: “Bộ B …”`: what is quoted was laid on others
            draft.lead = dedup(agencies(chairs, whole, Via::Text));
            return;
        }
        if !own.is_empty() {
            draft.lead = dedup(agencies(&own, whole, Via::Text));
            return;
        }
        if let Some(helper) = part.subjects.iter().find(|s| s.helps) {
            // `Sở A phối hợp với Sở B làm …`: with nobody else, the one that joins leads
            draft.lead = agencies(&helper.bodies, whole, Via::Text);
            return;
        }
        draft.lead.clone_from(&scope.lead);
    }

    /// What field lines say: leads, partners, limits, products.
    fn fields(&self, draft: &mut Draft, fields: &[&'a Field], limits: &mut Limits) {
        let source = &self.document.source;
        let own_registered = draft.lead.iter().any(|a| a.via == Via::Text && a.kind == AgencyKind::Registered);
        let mut lead: Vec<Agency> = Vec::new();
        for field in fields {
            match field.role {
                FieldRole::Lead | FieldRole::Executing => {
                    let value = FieldBodies::read(self, &field.value, field.role);
                    lead.extend(value.lead);
                    draft.coordinating.extend(value.coordinating);
                }
                FieldRole::Coordinating => draft.coordinating.extend(FieldBodies::plain(self, &field.value)),
                FieldRole::Monitoring => draft.monitoring.extend(FieldBodies::plain(self, &field.value)),
                FieldRole::ReportTo => draft.report_to.extend(FieldBodies::plain(self, &field.value)),
                FieldRole::Time => {
                    limits.merge(Limits::read(source, &field.value, Setting::Field, Via::Field, &self.reference));
                }
                FieldRole::Product => draft.products.push(field.value.clone()),
                _ => draft.fields.push(LabelledValue {
                    label: field.label.text().to_owned(),
                    value: field.value.text().to_owned(),
                    span: field.value.whole(),
                }),
            }
        }
        if !lead.is_empty() && !own_registered {
            draft.lead = dedup(lead);
        }
    }

    /// Who helps: field lines, the part's own words, a stem above.
    fn partners(
        &self,
        draft: &mut Draft,
        whole: &Mended,
        analysis: &Analysis<'_>,
        part: &Part,
        fields: &[&'a Field],
        scope: &Scope<'a>,
    ) {
        let mut own = agencies(&analysis.coordinating(topic_end(analysis, part)..part.range.end), whole, Via::Text);
        if part.subjects.iter().any(|s| !s.helps) {
            for helper in part.subjects.iter().filter(|s| s.helps) {
                own.extend(agencies(&helper.bodies, whole, Via::Text));
            }
        }
        let by_field = fields.iter().any(|f| f.role == FieldRole::Coordinating) || !draft.coordinating.is_empty();
        if by_field {
            // where a field names the partners, the words of the item add only bodies by name
            if own.iter().any(|a| a.kind == AgencyKind::Registered) {
                draft.coordinating.extend(own);
            }
        } else if own.is_empty() {
            draft.coordinating.extend(scope.coordinating.iter().cloned());
        } else {
            draft.coordinating.extend(own);
        }
        let lead = draft.lead.clone();
        let mut kept: Vec<Agency> = Vec::new();
        for agency in std::mem::take(&mut draft.coordinating) {
            if !lead.iter().any(|l| same(l, &agency)) && !kept.iter().any(|k| same(k, &agency)) {
                kept.push(agency);
            }
        }
        draft.coordinating = kept;
    }
}

/// The bodies of a field value or a table cell.
pub(crate) struct FieldBodies {
    pub lead: Vec<Agency>,
    pub coordinating: Vec<Agency>,
}

impl FieldBodies {
    /// `X chủ trì, phối hợp với Y …`, or a plain list of those who lead.
    pub fn read(walk: &Walk<'_>, value: &Mended, role: FieldRole) -> Self {
        let text = value.text();
        if names_nobody(text) {
            return Self { lead: Vec::new(), coordinating: Vec::new() };
        }
        let analysis = walk.analyse(text);
        let helps = analysis.cues.iter().find(|c| c.cue == Cue::Coordinate).copied();
        let chairs = analysis.cues.iter().any(|c| c.cue == Cue::Lead);
        if helps.is_none() && !chairs {
            return Self { lead: Self::plain(walk, value), coordinating: Vec::new() };
        }
        let _ = role;
        let subjects = analysis.subjects(0..text.len());
        let mut lead: Vec<Mention> = subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.clone()).collect();
        if lead.is_empty() {
            lead = analysis.list_at(0).0;
        }
        if lead.is_empty() {
            let stop = helps.map_or(text.len(), |c| c.start);
            lead = analysis.mentions.iter().filter(|m| m.end <= stop && !m.weak).cloned().collect();
        }
        let coordinating = agencies(&analysis.coordinating(0..text.len()), value, Via::Field);
        let lead = dedup(agencies(&lead, value, Via::Field));
        let coordinating = coordinating.into_iter().filter(|c| !lead.iter().any(|l| same(l, c))).collect();
        Self { lead, coordinating }
    }

    /// A plain list: every item is a body.
    pub fn plain(walk: &Walk<'_>, value: &Mended) -> Vec<Agency> {
        let text = value.text();
        if names_nobody(text) {
            return Vec::new();
        }
        let list = walk.registry.field(text, walk.context);
        dedup(agencies(&list.mentions, value, Via::Field))
    }
}

/// A value that only refers elsewhere (`Theo phân công tại Quyết định …`), or is empty.
fn names_nobody(text: &str) -> bool {
    let key = fold_key(text);
    key.trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
        || ["theo phân công", "theo quy định", "theo chức năng", "như trên", "nêu trên", "không"]
            .iter()
            .any(|w| key.starts_with(w))
            && key.len() < 200
}

/// Mentions in `text` as bodies with their places in the document.
pub(crate) fn agencies(mentions: &[Mention], text: &Mended, via: Via) -> Vec<Agency> {
    mentions
        .iter()
        .map(|m| {
            let mut agency = m.agency.clone();
            agency.span = Some(text.span(m.start, m.end));
            agency.via = via;
            agency
        })
        .collect()
}

/// Whether two mentions are one body.
pub(crate) fn same(a: &Agency, b: &Agency) -> bool {
    match (&a.id, &b.id) {
        (Some(x), Some(y)) => x == y && a.jurisdiction == b.jurisdiction && a.name == b.name,
        _ => fold_key(&a.name) == fold_key(&b.name),
    }
}

pub(crate) fn dedup(agencies: Vec<Agency>) -> Vec<Agency> {
    let mut out: Vec<Agency> = Vec::new();
    for agency in agencies {
        if !out.iter().any(|o| same(o, &agency)) {
            out.push(agency);
        }
    }
    out
}

/// The part's words, without the spaces around them.
fn cut(whole: &Mended, range: &Range<usize>) -> Mended {
    let words = whole.text().get(range.clone()).unwrap_or("");
    let start = range.start + words.len() - words.trim_start().len();
    whole.slice(start, start + words.trim().len())
}

/// Splits a block's words where a sentence, or a clause behind a semicolon with a body and a verb of its own, orders
/// somebody else.
fn split(analysis: &Analysis<'_>) -> Vec<Part> {
    let text = analysis.text;
    let mut parts: Vec<Part> = Vec::new();
    for sentence in sentence::sentences(text) {
        let first = sentence.start;
        for clause in sentence::clauses(text, sentence) {
            let mut subjects = analysis.subjects(clause.clone());
            if clause.start == first && subjects.iter().all(|s| s.helps) {
                // `Sở A phối hợp với Sở B làm …` as a sentence: A is to do it
                subjects.iter_mut().take(1).for_each(|s| s.helps = false);
            }
            let names: Vec<&str> = lead_names(&subjects);
            let fresh = match parts.last() {
                None => true,
                Some(last) => {
                    let before = lead_names(&last.subjects);
                    !names.is_empty()
                        && !before.is_empty()
                        && names != before
                        && !names.iter().any(|n| before.contains(n))
                        && !subjects.iter().all(|s| s.bodies.iter().all(|m| m.anaphor))
                }
            };
            match parts.last_mut() {
                Some(last) if !fresh => {
                    last.range.end = clause.end;
                    if last.subjects.iter().all(|s| s.helps) || names.is_empty() {
                        last.subjects.extend(subjects);
                    }
                }
                _ => parts.push(Part { range: clause, subjects }),
            }
        }
    }
    parts
}

fn lead_names(subjects: &[Subject]) -> Vec<&str> {
    subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.iter().map(|m| m.agency.name.as_str())).collect()
}

/// `nhiệm vụ do Sở A, Sở B chủ trì thực hiện`: the bodies between `do` and `chủ trì`.
fn chair_before(analysis: &Analysis<'_>, range: &Range<usize>) -> Option<Vec<Mention>> {
    let hit = analysis.cues.iter().find(|c| c.cue == Cue::Lead && range.contains(&c.start))?;
    let before = analysis.text.get(range.start..hit.start)?;
    let at = before.rfind(" do ").map(|n| range.start + n + " do ".len())?;
    let (bodies, end) = analysis.list_at(at);
    (!bodies.is_empty() && analysis.text.get(end..hit.start).is_some_and(|s| s.trim().len() < 4)).then_some(bodies)
}

/// Where the topic ends that stands before the order (`Về dự án …: giao Sở A …`): what it says of time and bodies belongs
/// to the matter, not to the order.
fn topic_end(analysis: &Analysis<'_>, part: &Part) -> usize {
    let Some(subject) = part.subjects.first() else { return part.range.start };
    let before = analysis.text.get(part.range.start..subject.start).unwrap_or("");
    match before.rfind(':') {
        Some(colon) => part.range.start + colon + 1,
        None => part.range.start,
    }
}

/// Where what is to be done begins in the draft's text: behind the bodies, `chủ trì, phối hợp với …` and the like.
fn action_start(analysis: &Analysis<'_>, part: &Part, draft: &Draft) -> usize {
    let text = analysis.text;
    let lead_in = part.range.start + (text[part.range.clone()].len() - text[part.range.clone()].trim_start().len());
    let mut at = part.subjects.iter().find(|s| !s.helps && s.start <= lead_in + 12).map_or(lead_in, |s| s.end);
    for _ in 0..6 {
        let Some(rest) = text.get(at..part.range.end) else { break };
        let skip = rest.len() - rest.trim_start_matches([',', ' ', ':', '-']).len();
        let here = at + skip;
        let Some(hit) =
            analysis.cues.iter().find(|c| c.start == here && matches!(c.cue, Cue::Lead | Cue::Duty | Cue::Coordinate))
        else {
            at = here;
            break;
        };
        if hit.cue == Cue::Coordinate {
            let (bodies, end) = analysis.list_at(hit.end);
            if bodies.is_empty() {
                at = here;
                break;
            }
            at = end;
        } else {
            at = hit.end;
        }
    }
    let from = at.saturating_sub(lead_in);
    if from < draft.text.text().len() { from } else { 0 }
}

/// `Nhiệm vụ quá hạn: …`: what a report says of a task that it names.
fn status_label(text: &str) -> Option<Status> {
    let head = judge::head(text, 60);
    let label = head.split(':').next()?;
    if !(label.starts_with("nhiệm vụ") || label.starts_with("các nhiệm vụ") || label.starts_with("những nhiệm vụ"))
        || label.len() > 60
        || !head.contains(':')
    {
        return None;
    }
    Some(if label.contains("quá hạn") || label.contains("chậm") {
        Status::Overdue
    } else if label.contains("chưa triển khai") || label.contains("chưa thực hiện") {
        Status::NotStarted
    } else if label.contains("đang") || label.contains("chưa hoàn thành") || label.contains("trong hạn") {
        Status::InProgress
    } else if label.contains("đã hoàn thành") || label.contains("hoàn thành") {
        Status::Done
    } else {
        return None;
    })
}

/// Remarks that stand like items and order nothing.
fn is_note(text: &str) -> bool {
    let head = judge::head(text, 30);
    ["(", "ghi chú", "lưu ý:", "nguồn:", "ví dụ", "chi tiết", "(*)", "đính kèm", "kèm theo"]
        .iter()
        .any(|w| head.starts_with(w))
        || text.chars().count() < 12
}

/// The flags that follow from who is named.
pub(crate) fn agency_flags(draft: &mut Draft) {
    if draft.kind == Kind::Assigned && draft.lead.is_empty() {
        draft.flags.push(Flag::NoLead);
    }
    if draft.lead.iter().any(|a| a.kind == AgencyKind::Unregistered) {
        draft.flags.push(Flag::UnregisteredLead);
    }
    let all = || draft.lead.iter().chain(&draft.coordinating).chain(&draft.report_to).chain(&draft.monitoring);
    let (ambiguous, repaired) = (all().any(|a| a.ambiguous), all().any(|a| a.repaired));
    if ambiguous {
        draft.flags.push(Flag::AmbiguousAgency);
    }
    if repaired {
        draft.flags.push(Flag::RepairedAgency);
    }
}
