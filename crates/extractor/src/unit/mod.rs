//! From a block's words to tasks: splitting by the bodies ordered, roles, limits.

mod bracket;
mod roles;
mod split;
mod verdict;

use std::ops::Range;
use std::rc::Rc;

use nhiemvu_model::{Field, FieldRole, Kind, Mended, Node, NodeId, NodeKind, Rule, Via};
use nhiemvu_parser::temporal::Setting;

use crate::bodies::{agencies, same};
use crate::cues::Cue;
use crate::draft::Draft;
use crate::judge;
use crate::limits::Limits;
use crate::ordinal;
use crate::roles::{Analysis, WORDS};
use crate::scope::Scope;
use crate::status;
use crate::walk::{Walk, has_main_fields};
use split::{Part, action_start, labelled, split, topic_end};

impl<'a> Walk<'a> {
    /// Emits the tasks of a block's own words.
    pub fn emit(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>) {
        let ordinal = ordinal::of(self.document, &self.places, id, &scope.ordinal);
        self.emit_at(id, node, scope, &ordinal);
    }

    /// Emits the tasks of a block's own words under a given ordinal.
    pub fn emit_at(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) {
        // `3. Rà soát văn bản` over `- Nội dung: Rà soát các văn bản …; gửi …`: heading and content are one
        let told = |f: &&Field| nhiemvu_parser::label_role(f.label.text()) == Some(FieldRole::Content);
        let content = node.fields.iter().find(told).filter(|f| !f.value.text().trim().is_empty());
        if let Some(field) = content.filter(|_| has_main_fields(node)) {
            let mut text = node.text.clone();
            text.push_str(": ");
            text.append(&field.value);
            return self.emit_text(id, node, &text, scope, ordinal);
        }
        self.emit_text(id, node, &node.text, scope, ordinal);
    }

    /// `5.1. Nâng cấp cơ sở dữ liệu` over `- Bộ A chủ trì, phối hợp với Bộ B thực hiện.` alone: the bullet says only who does
    /// what the heading names. Emits the heading with it and gives whether it did.
    pub fn emit_with_executor(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) -> bool {
        let [only] = node.children.as_slice() else { return false };
        let child = self.document.node(*only);
        if !child.children.is_empty() || !matches!(child.kind, NodeKind::Item | NodeKind::Paragraph) {
            return false;
        }
        let analysis = self.known(child);
        let words = child.text.text();
        let subjects = analysis.subjects(0..words.len());
        let [subject] = subjects.as_ref() else { return false };
        let partners = analysis.coordinating(subject.end..words.len());
        let named = partners.last().map_or(subject.end, |m| m.end);
        if subject.by_verb || !says_only_who(words.get(subject.end..named), words.get(named..)) {
            return false;
        }
        let mut below = scope.clone();
        below.lead = self.agencies(&subject.bodies, child, Via::Text);
        below.coordinating = self.agencies(&partners, child, Via::Text);
        if has_main_fields(child) {
            below.fields = child.fields.iter().collect();
        }
        self.emit_text(id, node, &node.text, &below, ordinal);
        self.decide(*only, Rule::PartOfTask);
        true
    }

    /// `Phòng A chủ trì, các ấp phối hợp; thời gian: tháng 10/2025.` behind the items of a list: who does each of them, and by when.
    /// Gives what the items stand under then, and the block that says it.
    pub fn executor_behind(&self, parent: NodeId, scope: &Scope<'a>) -> Option<(Scope<'a>, NodeId)> {
        let (last, before) = self.document.node(parent).children.split_last()?;
        let child = self.document.node(*last);
        let item = |id: &NodeId| {
            let node = self.document.node(*id);
            node.kind == NodeKind::Item && !node.marker.is_empty() && !has_main_fields(node)
        };
        let plain = child.kind == NodeKind::Paragraph && child.children.is_empty();
        if !plain || before.is_empty() || !before.iter().all(item) || !child.text.text().contains("chủ trì") {
            return None;
        }
        let analysis = self.known(child);
        let words = child.text.text();
        let (lead, end) = analysis.list_at(0);
        let chairs = words.get(end..)?.trim_start().strip_prefix("chủ trì")?;
        let behind = words.len() - chairs.len();
        let mut partners = analysis.coordinating(behind..words.len());
        let mut named = partners.last().map_or(behind, |m| m.end);
        if partners.is_empty() && chairs.starts_with(", ") {
            let (helpers, past) = analysis.list_at(behind + ", ".len());
            if words.get(past..).is_some_and(|rest| rest.trim_start().starts_with("phối hợp")) {
                (partners, named) = (helpers.to_vec(), past);
            }
        }
        let rest = words.get(named..)?.trim_start();
        let rest = rest.strip_prefix("phối hợp").unwrap_or(rest);
        if lead.is_empty() || !says_only_who(Some("chủ trì"), Some(rest)) {
            return None;
        }
        let mut below = scope.clone();
        below.lead = self.agencies(&lead, child, Via::Text);
        below.coordinating = self.agencies(&partners, child, Via::Text);
        below.fields.extend(child.fields.iter());
        Some((below, *last))
    }

    /// Emits a block with its whole list as one task.
    pub fn emit_whole(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) {
        let mut text = node.text.clone();
        // the next one last
        let mut below: Vec<NodeId> = node.children.iter().rev().copied().collect();
        while let Some(child) = below.pop() {
            self.decide(child, Rule::PartOfTask);
            let child = self.document.node(child);
            if !child.text.is_empty() {
                text.push_str(" ");
                text.append(&child.text);
            }
            below.extend(child.children.iter().rev());
        }
        self.emit_text(id, node, &text, scope, ordinal);
    }

    /// Emits a sentence together with the unmarked paragraphs right below it that order nobody else; gives how many they
    /// were.
    pub fn emit_with_paragraphs(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>, ordinal: &str) -> usize {
        let mut text = node.text.clone();
        let mut parts = Vec::new();
        for id in &node.children {
            let child = self.document.node(*id);
            let own = child.kind == NodeKind::Paragraph && child.children.is_empty();
            let words = child.text.text();
            if !own || words.trim_end().ends_with(':') || !self.known(child).subjects(0..words.len()).is_empty() {
                break;
            }
            text.push_str(" ");
            text.append(&child.text);
            parts.push(*id);
        }
        self.emit_text(id, node, &text, scope, ordinal);
        for part in &parts {
            self.decide(*part, Rule::PartOfTask);
        }
        parts.len()
    }

    fn emit_text(&mut self, id: NodeId, node: &'a Node, text: &Mended, scope: &Scope<'a>, ordinal: &str) {
        let words = text.text();
        let fields: Vec<&Field> = node
            .fields
            .iter()
            .chain(scope.fields.iter().copied().filter(|f| !node.fields.iter().any(|own| own.role == f.role)))
            .collect();
        let with_fields = has_main_fields(node) || !scope.fields.is_empty();
        if words.trim().is_empty() {
            return self.decide(id, Rule::Empty);
        }
        let analysis =
            if std::ptr::eq(text, &raw const node.text) { self.known(node) } else { Rc::new(self.analyse(words)) };
        if let Some(rule) = verdict::of_all_parts(&analysis, scope, with_fields) {
            return self.decide_on(id, None, cut(text, &(0..words.len())).whole(), rule);
        }
        if judge::is_formula_by(words, || analysis.key()) {
            // `Chỉ thị này thay thế Chỉ thị số 15. Giao Sở A theo dõi việc thực hiện.`
            return match order_behind(words) {
                Some(at) => self.emit_text(id, node, &text.slice(at, words.len()), scope, ordinal),
                None => self.decide(id, Rule::Formula),
            };
        }
        let parts = if scope.directs {
            vec![Part { range: 0..words.len(), subjects: Vec::new() }]
        } else if with_fields {
            vec![Part { range: 0..words.len(), subjects: analysis.subjects(0..words.len()).to_vec() }]
        } else {
            split(&analysis, scope, node, labelled(&analysis, scope, node))
        };
        for mut part in parts {
            if part.subjects.is_empty() && !with_fields {
                part.subjects.extend(split::chaired(&analysis, &part.range));
            }
            if part.subjects.is_empty() && !with_fields {
                let told = match () {
                    () if scope.lead.is_empty() => bracket::Told::No,
                    () if split::is_addressed(scope) => bracket::Told::Addressed,
                    () => bracket::Told::Above,
                };
                part.subjects = bracket::bracketed(&analysis, &part.range, told);
            }
            under_party(&mut part, words, scope);
            verdict::past_assent(&mut part, words);
            match self.verdict(&analysis, &part, scope, with_fields, node) {
                Ok((kind, rule)) => {
                    let draft = self.draft(node, text, &analysis, &part, &fields, scope, ordinal, kind);
                    self.take(id, None, rule, draft);
                }
                Err(rule) => self.decide_on(id, None, cut(text, &part.range).whole(), rule),
            }
        }
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
        let status = status::of_label(text.text());
        let mut draft = Draft {
            action: 0,
            run_in: if part.range.start == 0 && status.is_none() { node.run_in } else { 0 },
            section: scope.headings.clone(),
            ordinal: ordinal.to_owned(),
            kind,
            lead: Vec::new(),
            coordinating: Vec::new(),
            monitoring: Vec::new(),
            report_to: agencies(
                &analysis.report_to(order_start(analysis, part, topic)..part.range.end),
                whole,
                Via::Text,
            ),
            deadlines: Vec::new(),
            products: Vec::new(),
            fields: Vec::new(),
            status,
            flags: Vec::new(),
            text,
        };
        self.lead(&mut draft, whole, analysis, part, scope);
        let action = cut(whole, &(topic..part.range.end));
        let times = self.times(action.text());
        let mut limits = Limits::of(&times, source, &action, Setting::Sentence, Via::Text, &self.reference);
        self.fields(&mut draft, fields, &mut limits);
        if !limits.binds()
            && let Some(period) = period_before(whole, part.range.start..topic)
        {
            limits.merge(Limits::read(source, &period, Setting::Field, Via::Text, &self.reference));
        }
        if !limits.binds() {
            let named = |open: usize| part.subjects.iter().any(|s| s.start >= topic + open);
            for times in times_in_bracket(&action, named) {
                limits.merge(Limits::read(source, &times, Setting::Field, Via::Text, &self.reference));
            }
        }
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
}

/// Whether nothing but `chủ trì, phối hợp với … thực hiện` stands behind a body: `between` it and its last partner, and `after`.
fn says_only_who(between: Option<&str>, after: Option<&str>) -> bool {
    const ACTS: [&str; 6] =
        ["", "thực hiện", "triển khai", "triển khai thực hiện", "tổ chức thực hiện", "cùng thực hiện"];
    let key = |words: Option<&str>| nhiemvu_text::fold_key(words.unwrap_or("").trim_matches([' ', ',', '.', ';']));
    let between = key(between);
    // `chủ trì kiểm tra …, có sự tham gia của Sở B` says what too
    let help = between.strip_prefix("chủ trì").unwrap_or(&between).trim_start_matches([',', ' ']);
    let chairs = help.is_empty() || ["phối hợp", "và phối hợp", "cùng"].iter().any(|w| help.starts_with(w));
    let after = key(after);
    let rest = after.strip_prefix("chủ trì").unwrap_or(&after).trim_start_matches([',', ' ']);
    chairs && ACTS.contains(&rest) && !(between.is_empty() && rest.is_empty())
}

/// Under a heading of a party committee, `Lãnh đạo Ủy ban nhân dân làm …` says what the committee does, and names nobody's
/// office.
fn under_party(part: &mut Part, words: &str, scope: &Scope<'_>) {
    let head = judge::head(words.get(part.range.clone()).unwrap_or("").trim_start(), 9);
    if !head.starts_with("lãnh đạo") {
        return;
    }
    let party = scope.lead.iter().any(|a| {
        let name = nhiemvu_text::fold_key(&a.name);
        WORDS.begins("party", &name).is_some()
    });
    if party {
        let first = part.range.start + 12;
        part.subjects.retain(|s| s.by_verb || s.start > first);
    }
}

/// Where a sentence that gives an order begins behind the first, which is a formula.
fn order_behind(words: &str) -> Option<usize> {
    const ORDERS: [&str; 4] = ["giao ", "phân công ", "yêu cầu ", "đề nghị "];
    let sentences = crate::sentence::sentences(words);
    let starts = sentences.iter().skip(1).map(|sentence| sentence.start);
    let ordered =
        |at: &usize| words.get(*at..).is_some_and(|rest| ORDERS.iter().any(|w| judge::head(rest, 10).starts_with(w)));
    starts.into_iter().find(ordered).filter(|at| !words.get(*at..).is_some_and(judge::is_formula))
}

/// Where the order begins: behind sentences that only agree (`Thống nhất trình Hội đồng nhân dân tỉnh mức thu. Giao Sở A …`).
fn order_start(analysis: &Analysis<'_>, part: &Part, topic: usize) -> usize {
    const AGREES: [&str; 6] =
        ["thống nhất", "đồng ý", "nhất trí", "cơ bản thống nhất", "cơ bản nhất trí", "cơ bản đồng ý"];
    let words = analysis.text.get(topic..part.range.end).unwrap_or("");
    let head = judge::head(words.trim_start(), 24);
    // `Để kịp báo cáo Ủy ban A, Sở B đề nghị quý cơ quan …`: to whom B reports
    if ["để ", "nhằm ", "phục vụ "].iter().any(|aim| head.starts_with(aim)) {
        let range = topic..part.range.end;
        let mut orders = analysis.cues_in(&range);
        let order = orders.find(|hit| matches!(hit.cue, Cue::Order | Cue::Request));
        return order.map_or(topic, |hit| hit.start);
    }
    let Some(subject) = part.subjects.first().filter(|_| AGREES.iter().any(|w| head.starts_with(w))) else {
        return topic;
    };
    let sentences = crate::sentence::sentences(analysis.text);
    sentences.iter().map(|s| s.start).rfind(|start| *start <= subject.start).unwrap_or(topic).max(topic)
}

/// `Tháng 5/2026: Sở A tổng kết …`: the time of what follows, where nothing else stands before whoever does it.
fn period_before(whole: &Mended, range: Range<usize>) -> Option<Mended> {
    let words = whole.text().get(range.clone())?;
    let before = words.trim_end().strip_suffix([':', ',']).filter(|words| crate::opening::is_period(words))?;
    Some(cut(whole, &(range.start..range.start + before.len())))
}

/// `(tháng 6 và tháng 9/2026)`, `(Sở A chủ trì; quý IV/2026)`: the times that a bracket at the end of the words tells, which are all
/// that it says, or stand beside bodies as entries of their own, where those are the ones who act (`named` tells behind which byte).
fn times_in_bracket(words: &Mended, named: impl Fn(usize) -> bool) -> Vec<Mended> {
    const LONGEST: usize = 160;
    let bracket = || {
        let close = words.text().trim_end_matches(['.', ';', '/', ' ']).strip_suffix(')')?.len();
        let open = words.text().get(..close)?.rfind('(')? + 1;
        let inside = words.text().get(open..close).filter(|inside| inside.len() <= LONGEST)?;
        Some((open, close, inside))
    };
    let Some((open, close, inside)) = bracket() else { return Vec::new() };
    let found = nhiemvu_parser::temporal::find(inside, Setting::Field);
    if found.first().is_some_and(|first| first.span.start == 0) && found.len() > 1 {
        return vec![words.slice(open, close)];
    }
    let entries = bracket::entries(inside);
    let whole = |entry: &Range<usize>| bracket::is_time(&inside[entry.clone()]);
    let (times, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(whole);
    if others.is_empty() || !named(open) {
        return Vec::new();
    }
    times.into_iter().map(|entry| words.slice(open + entry.start, open + entry.end)).collect()
}

/// The part's words, without the spaces around them.
fn cut(whole: &Mended, range: &Range<usize>) -> Mended {
    let words = whole.text().get(range.clone()).unwrap_or("");
    let start = range.start + words.len() - words.trim_start().len();
    whole.slice(start, start + words.trim().len())
}
