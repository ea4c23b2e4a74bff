//! The walk over the document tree: which blocks are tasks, and what is handed down to them.

use std::cell::RefCell;
use std::rc::Rc;

use nhiemvu_model::{Agency, AgencyKind, Document, Field, Node, NodeId, NodeKind, Rule, TimeExpression, Verdict, Via};
use nhiemvu_normalizer::{Context, Mention, Registry};
use nhiemvu_parser::temporal::{self, Setting};
use nhiemvu_text::{FastMap, fold_key};

use crate::body_heading::{self, Assignees};
use crate::cues::Cue;
use crate::deadline::Reference;
use crate::draft::Draft;
use crate::judge;
use crate::limits::Limits;
use crate::opening::{addressed, guided, holds_report, is_period, makes_document, opens_list};
use crate::ordinal;
use crate::roles::{Analysis, is_of};
use crate::scope::Scope;
use crate::section::{self, Section};
use crate::sentence;
use crate::verbs;

/// Deepest nesting that is followed.
const DEEPEST: usize = 48;

/// The walk's surroundings and what it has found.
pub(crate) struct Walk<'a> {
    pub document: &'a Document,
    pub registry: &'a Registry,
    pub context: &'a Context,
    pub reference: Reference,
    /// Where blocks stand among their siblings.
    pub places: ordinal::Places,
    /// Name of the issuing body.
    pub issuer_name: Option<String>,
    /// Where the first heading or item at the top begins.
    pub first_item: Option<usize>,
    /// Whether the document has marked blocks or headings: one of paragraphs alone orders in them.
    pub has_items: bool,
    pub drafts: Vec<Draft>,
    /// Which rule decided of which block.
    pub verdicts: Vec<Verdict>,
    /// What has been found in the words of nodes.
    pub analyses: RefCell<FastMap<usize, Rc<Analysis<'a>>>>,
    /// The sentences last asked for their times, and these: whether they are a task and by when are two questions.
    pub times: RefCell<(String, Rc<[TimeExpression]>)>,
}

/// How a block with blocks below it is to be read.
enum Shape {
    /// A heading that names bodies.
    Bodies(Assignees),
    /// An order that opens a list: its bodies lead what follows.
    Stem,
    /// A task whose list only spells out its content.
    Whole,
    /// A sentence of its own, with a list or paragraphs below.
    Sentence,
    /// A heading.
    Title,
}

/// `Phần I: Thống kê …`, `Biểu số 2: …`: an item that names a part of what is to be made, and nothing to do.
fn is_part(node: &Node) -> bool {
    const PARTS: [&str; 6] = ["phần", "phụ lục", "biểu", "mẫu", "bảng", "tờ"];
    let Some((label, _)) = node.text.text().split_once(':') else { return false };
    let key = judge::head(label, 24);
    let number = |rest: &str| {
        let rest = rest.trim_start().trim_start_matches("số").trim();
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'i' | b'v' | b'x' | b'.'))
    };
    PARTS.iter().any(|part| key.strip_prefix(part).is_some_and(number))
}

impl<'a> Walk<'a> {
    /// Walks the blocks below `parent`.
    pub fn children(&mut self, parent: NodeId, scope: &Scope<'a>, depth: usize) {
        self.children_after(parent, 0, scope, depth);
    }

    /// Walks the children of `parent` but the first `skip`.
    fn children_after(&mut self, parent: NodeId, skip: usize, scope: &Scope<'a>, depth: usize) {
        let document = self.document;
        let mut running = scope.clone();
        let executor = self.executor_behind(parent, scope);
        let told = executor.map(|(below, last)| {
            running = below;
            self.decide(last, Rule::PartOfTask);
            last
        });
        for id in document.node(parent).children.iter().skip(skip).filter(|id| Some(**id) != told) {
            let node = document.node(*id);
            if depth > DEEPEST {
                self.decide(*id, Rule::TooDeep);
                continue;
            }
            match node.kind {
                NodeKind::Root => {}
                NodeKind::Basis if self.orders_on_a_basis(node) => self.paragraph(*id, node, &mut running, depth),
                NodeKind::Basis => self.decide(*id, Rule::LegalBasis),
                NodeKind::Table(table) => self.rows(*id, table, &running),
                NodeKind::Appendix => self.appendix(*id, node, scope, depth),
                NodeKind::Paragraph => self.paragraph(*id, node, &mut running, depth),
                NodeKind::Heading | NodeKind::Article | NodeKind::Item => self.block(*id, node, &mut running, depth),
            }
            running.normative |= self.asks_of_law_below(node);
        }
    }

    /// Whether a page asks, behind the last item of its list, what the law says.
    fn asks_of_law_below(&self, item: &Node) -> bool {
        let paragraphs = item.children.iter().map(|child| self.document.node(*child));
        item.kind == NodeKind::Item
            && paragraphs
                .filter(|child| child.kind == NodeKind::Paragraph)
                .any(|child| judge::asks_of_law(child.text.text()))
    }

    /// `Giám sát việc lập danh sách. Cụ thể:` over bullets that each only name a particular.
    fn says_all(&self, id: NodeId, node: &'a Node) -> bool {
        const LOOKED_AT: usize = 20;
        if judge::before_details(node.text.text()).is_none() {
            return false;
        }
        let next = |at: &NodeId| self.places.next(self.document, *at);
        let behind = std::iter::successors(next(&id), next).map(|at| self.document.node(at));
        let mut items = behind.take(LOOKED_AT).take_while(|n| n.kind == NodeKind::Item).peekable();
        items.peek().is_some() && items.all(|n| !self.reads_as_task(n))
    }

    /// `Căn cứ chủ trương của Bộ A, Sở B khẩn trương chỉ đạo ….`: not a basis alone, but what somebody is to do on it.
    fn orders_on_a_basis(&self, node: &'a Node) -> bool {
        let text = node.text.text();
        text.trim_end().ends_with('.')
            && self.known(node).subjects(0..text.len()).iter().any(|s| !self.is_issuer(s, text) && !s.helps)
    }

    fn appendix(&mut self, id: NodeId, node: &'a Node, scope: &Scope<'a>, depth: usize) {
        self.decide(id, Rule::Appendix);
        let title = node.text.text();
        let key = fold_key(title);
        let key = key.strip_prefix("dự thảo ").unwrap_or(&key);
        let normative = ["quy chế", "quy định", "điều lệ", "nội quy", "quy trình"].iter().any(|w| key.starts_with(w));
        let ordinal = ordinal::of_appendix(self.document, &self.places, id);
        let mut below = Scope::top(scope.directive, normative, Vec::new());
        below.headings.push(nhiemvu_model::Heading { marker: String::new(), title: title.to_owned() });
        below.ordinal = ordinal;
        below.section =
            if key.contains("chỉ tiêu") && !key.contains("nhiệm vụ") { Section::Target } else { Section::Open };
        // a plan that comes with a decision plans
        below.directive = scope.directive
            && !key.starts_with("kế hoạch")
            && !key.starts_with("chương trình")
            && !key.starts_with("đề án");
        below.reports = ["báo cáo", "tờ trình"].iter().any(|w| key.starts_with(w));
        below.directive &= !below.reports;
        self.children(id, &below, depth + 1);
    }

    /// A paragraph without a marker: it may open the list that follows.
    fn paragraph(&mut self, id: NodeId, node: &'a Node, running: &mut Scope<'a>, depth: usize) {
        let text = node.text.text();
        let analysis = self.known(node);
        let next = self.places.next(self.document, id).map(|next| self.document.node(next));
        let before_list = next.is_some_and(|n| {
            !n.marker.is_empty() || matches!(n.kind, NodeKind::Heading | NodeKind::Item | NodeKind::Table(_))
        });
        if judge::asks_of_law(text) {
            running.normative = true;
            return self.decide(id, Rule::Heading);
        }
        if self.is_headline(id, node) {
            return self.decide(id, Rule::Heading);
        }
        if node.children.is_empty() && before_list && is_period(text) {
            // `Tháng 01` over bullets: their time
            self.decide(id, Rule::Heading);
            running.limits = self.limits_of_heading(node, &Shape::Title, &Limits::default());
            return;
        }
        let opens = node.children.is_empty() && before_list && (text.trim_end().ends_with(':') || opens_list(text));
        if opens && self.says_all(id, node) {
            return self.emit(id, node, running);
        }
        if opens {
            self.decide(id, Rule::OpensList);
            running.normative |= judge::quotes_law(text) && analysis.subjects(0..text.len()).is_empty();
            self.hand_down(node, &analysis, running, Via::Intro);
            if self.document.node(node.parent.unwrap_or(NodeId(0))).kind != NodeKind::Root || !running.lead.is_empty() {
                running.listed |= !running.lead.is_empty();
            }
            return;
        }
        if !node.children.is_empty() {
            self.block(id, node, running, depth);
            return;
        }
        let unmarked = next.is_some_and(|n| n.kind == NodeKind::Heading && n.marker.is_empty());
        if before_list && !unmarked && self.is_general_order(&analysis) {
            // a paragraph that opens the list of tasks and orders in general terms
            self.decide(id, Rule::GeneralOrder);
            self.hand_down(node, &analysis, running, Via::Intro);
            return;
        }
        self.emit(id, node, running);
    }

    /// A heading, article or item.
    fn block(&mut self, id: NodeId, node: &'a Node, running: &mut Scope<'a>, depth: usize) {
        let text = node.text.text();
        let analysis = self.known(node);
        let ordinal = ordinal::of(self.document, &self.places, id, &running.ordinal);
        if node.children.is_empty() {
            if running.section == Section::Target && !has_main_fields(node) {
                return self.decide(id, Rule::Target);
            }
            if let Some(section) = bare_heading(node) {
                running.section = section;
                return self.decide(id, Rule::Heading);
            }
            if self.is_page_title(node) {
                return self.decide(id, Rule::Heading);
            }
            self.emit_at(id, node, running, &ordinal);
            return;
        }
        if let Some(fields) = self.fields_of_manner(node) {
            let mut own = running.clone();
            own.fields = fields;
            self.emit_at(id, node, &own, &ordinal);
            node.children.iter().for_each(|child| self.decide(*child, Rule::PartOfTask));
            return;
        }
        let mut below = running.below(&node.marker, text, ordinal.clone());
        // what a page says behind its question is no part of the list before
        let asked = self.asks_of_law_below(node);
        below.normative |= asked;
        let shape = self.shape(node, &analysis, running);
        below.limits = self.limits_of_heading(node, &shape, &running.limits);
        if has_main_fields(node) {
            below.fields = node.fields.iter().collect();
        }
        match shape {
            Shape::Bodies(assignees) => {
                self.decide(id, Rule::NamesBodies);
                below.directs = directs(text);
                below.lead = self.agencies(&assignees.lead, node, Via::Heading);
                below.coordinating = self.agencies(&assignees.coordinating, node, Via::Heading);
                below.request = assignees.request;
                below.listed = true;
                if section::asks_others(text) {
                    below.section = Section::Recommend;
                }
                if matches!(below.section, Section::Open | Section::Purpose | Section::Target | Section::Funding) {
                    below.section = Section::Assign;
                }
                let before = self.drafts.len();
                self.children(id, &below, depth + 1);
                if self.drafts.len() == before && has_main_fields(node) {
                    self.emit_at(id, node, running, &ordinal);
                }
            }
            Shape::Stem => {
                self.decide(id, Rule::ListStem);
                self.hand_down(node, &analysis, &mut below, Via::Intro);
                below.listed = true;
                below.directs = directs(text) && !below.lead.is_empty();
                let before = self.drafts.len();
                self.children(id, &below, depth + 1);
                if self.drafts.len() == before {
                    self.emit_at(id, node, running, &ordinal);
                }
            }
            Shape::Whole => self.emit_whole(id, node, running, &ordinal),
            Shape::Sentence => {
                let rest = self.emit_with_paragraphs(id, node, running, &ordinal);
                if let Some(subject) = analysis.subjects(0..text.len()).iter().find(|s| !s.helps) {
                    below.lead = self.agencies(&subject.bodies, node, Via::Intro);
                }
                self.children_after(id, rest, &below, depth + 1);
            }
            Shape::Title => {
                self.decide(id, Rule::Heading);
                below.normative |= judge::asks_of_law(text) || judge::quotes_law(text);
                if let Some(section) = section::of_heading(text) {
                    let nested = matches!(
                        running.section,
                        Section::Background | Section::Frame | Section::Purpose | Section::Target
                    ) && !matches!(section, Section::Assign | Section::Recommend)
                        && !section::speaks_of_what_comes(text);
                    below.section = if nested && running.section != Section::Open { running.section } else { section };
                    if section == Section::Background && section::names_tasks_too(text) {
                        below.section = Section::Open;
                    }
                    if section == Section::Recommend && running.directive && !section::asks_others(text) {
                        below.section = running.section;
                    }
                }
                if self.emit_with_executor(id, node, running, &ordinal) {
                    return;
                }
                let before = self.drafts.len();
                self.children(id, &below, depth + 1);
                if self.drafts.len() == before && (has_main_fields(node) || asked) {
                    self.emit_at(id, node, running, &ordinal);
                }
            }
        }
    }

    /// `1.1. Ban hành Hướng dẫn …` over `- Bảo đảm thống nhất …` and a block of field lines behind such bullets: they say how, none
    /// names something to do, and the fields are those of the item above them.
    fn fields_of_manner(&self, node: &'a Node) -> Option<Vec<&'a Field>> {
        let text = node.text.text();
        if node.marker.is_empty() || !node.fields.is_empty() || text.trim_end().ends_with(':') || !verbs::begins(text) {
            return None;
        }
        let first = self.document.node(*node.children.first()?);
        let shared = first.fields.first().filter(|_| has_main_fields(first))?.span;
        let manner = |id: &NodeId| {
            let item = self.document.node(*id);
            let words = item.text.text();
            let fields = item.fields.first().is_some_and(|f| f.span == shared && f.span.start >= item.span.end);
            let assures = ["Bảo đảm", "Đảm bảo"].iter().any(|head| words.starts_with(head));
            let orders = || self.known(item).subjects(0..words.len()).iter().any(|s| !s.helps);
            let does = !assures && (verbs::begins(words) || orders());
            item.kind == NodeKind::Item && item.children.is_empty() && fields && !does
        };
        node.children.iter().all(manner).then(|| first.fields.iter().collect())
    }

    /// Whether the node is the title over a page that tells of a document (`Thủ tướng yêu cầu các bộ kịp thời chấn chỉnh …`): its
    /// first heading, without a number and without a stop.
    fn is_page_title(&self, node: &Node) -> bool {
        let root = self.document.node(NodeId(0));
        let first = root.children.first().map(|id| self.document.node(*id));
        let heads = node.kind == NodeKind::Heading && node.marker.is_empty();
        heads && first.is_some_and(|first| std::ptr::eq(first, node)) && judge::is_title(node.text.text())
    }

    /// `Thủ tướng yêu cầu các bộ kịp thời chấn chỉnh …` over a page that retells it, and the line that sums it up: among the first of a
    /// text without a header, and without a stop.
    fn is_headline(&self, id: NodeId, node: &Node) -> bool {
        const FIRST: usize = 3;
        const LONGEST: usize = 420;
        let header = &self.document.header;
        let page = header.addressees.is_empty() && header.recipients.is_empty() && header.signer.is_none();
        let root = self.document.node(NodeId(0));
        let behind = root.children.iter().take(FIRST).position(|child| *child == id);
        let opens = behind.is_some_and(|at| at == 0 || at + FIRST < root.children.len());
        let text = node.text.text().trim_end();
        let open = text.ends_with(char::is_alphanumeric) || text.ends_with(['”', '"', '?']);
        // what it stands over is told in sentences, and is no list of orders without stops
        let told = |at: usize| {
            let next = root.children.iter().skip(at + 1).take(2).map(|next| self.document.node(*next).text.text());
            next.into_iter().any(|next| next.trim_end().ends_with('.'))
        };
        let opens = opens && behind.is_some_and(told);
        page && opens && node.marker.is_empty() && node.children.is_empty() && text.len() < LONGEST && open
    }

    /// Decides how a block with blocks below it is to be read.
    fn shape(&self, node: &'a Node, analysis: &Analysis<'_>, running: &Scope<'a>) -> Shape {
        let text = node.text.text();
        if self.is_page_title(node) {
            return Shape::Title;
        }
        let ordered = || analysis.subjects(0..text.len()).iter().any(|s| s.by_verb);
        let registered = |m: &Mention| !m.weak && m.agency.kind == nhiemvu_model::AgencyKind::Registered;
        if matches!(
            section::of_heading(text),
            Some(Section::Background | Section::Frame | Section::Purpose | Section::Target)
        ) && !analysis.mentions().iter().any(registered)
            && !ordered()
        {
            return Shape::Title;
        }
        if let Some(assignees) = body_heading::read(text, analysis) {
            return Shape::Bodies(assignees);
        }
        if matches!(node.kind, NodeKind::Heading | NodeKind::Article)
            && judge::is_title(text)
            && analysis.subjects(0..text.len()).is_empty()
        {
            return Shape::Title;
        }
        let ends_open = text.trim_end().ends_with(':');
        let first_items: Vec<&'a Node> =
            node.children.iter().map(|c| self.document.node(*c)).filter(|n| n.kind != NodeKind::Paragraph).collect();
        let orders = !analysis.subjects(0..text.len()).is_empty();
        if orders && judge::is_title(text) && !ends_open && !first_items.is_empty() {
            // `5. Các phòng tham gia đào tạo` over bullets that each name something to do
            let tasks = first_items.iter().filter(|n| self.reads_as_task(n)).count();
            if tasks == first_items.len() {
                return Shape::Stem;
            }
        }
        if ends_open && holds_report(text) && (orders || verbs::begins(text)) {
            return Shape::Whole;
        }
        if ends_open
            && judge::begins_as_order(text)
            && !first_items.is_empty()
            && first_items.iter().all(|n| is_part(n))
        {
            return Shape::Whole;
        }
        if ends_open {
            let tasks = first_items.iter().filter(|n| self.reads_as_task(n)).count();
            // `Báo cáo kết quả tinh giản biên chế, gồm:` over what the report is to hold
            let holds = judge::head(text, 8).starts_with("báo cáo") && text.trim_end().ends_with("gồm:");
            if holds && tasks * 2 < first_items.len() {
                return Shape::Whole;
            }
            let listed = first_items.is_empty() || tasks * 2 >= first_items.len();
            let imperative = orders || judge::begins_as_order(text) && !judge::is_title(text.trim_end_matches(':'));
            if imperative
                && !listed
                && !matches!(running.section, Section::Background | Section::Frame | Section::Purpose | Section::Target)
            {
                return Shape::Whole;
            }
            return if orders { Shape::Stem } else { Shape::Title };
        }
        if judge::is_title(text) && !orders {
            return Shape::Title;
        }
        if !orders && self.heads_tasks(node, &first_items) {
            // `1. Tăng cường công tác tuyên truyền.` over bullets that each name something to do
            return Shape::Title;
        }
        if text.trim_end().ends_with(['.', ';', '/', '…']) || orders {
            return Shape::Sentence;
        }
        Shape::Title
    }

    /// What an intro or stem hands down: its bodies, its partners, its limits.
    fn hand_down(&self, node: &'a Node, analysis: &Analysis<'_>, scope: &mut Scope<'a>, via: Via) {
        let text = node.text.text();
        let subjects = analysis.subjects(0..text.len());
        let subjects: Vec<_> = subjects.iter().filter(|s| !self.is_issuer(s, text)).collect();
        // the last order is the one that opens the list
        if let Some(subject) = subjects.iter().rfind(|s| !s.helps) {
            // whom the grounds name is not ordered: `… yêu cầu các tỉnh báo cáo. Để có số liệu, Sở A đề nghị các đơn vị:`
            let sentences = sentence::sentences(text);
            let opening = sentences.iter().find(|s| s.contains(&subject.start)).map_or(0, |s| s.start);
            let all: Vec<Mention> = subjects
                .iter()
                .filter(|s| !s.helps && s.start + 200 > subject.start && s.start >= opening)
                .flat_map(|s| s.bodies.iter().cloned())
                .collect();
            let chosen =
                if subjects.len() > 1 && text[subject.end..].trim().len() < 4 { all } else { subject.bodies.to_vec() };
            scope.lead = self.agencies(&chosen, node, via);
            scope.request = subject.request && !scope.directive;
            let partners = analysis.coordinating(subject.end..text.len());
            // `Bộ A chủ trì, phối hợp với các cơ quan liên quan` may lack its colon
            // `…, phối hợp cùng các cơ sở A triển khai, đồng thời thực hiện một số nội dung sau:`
            let other = partners.last().and_then(|last| text.get(last.end..)).is_some_and(|r| r.contains("đồng thời"));
            let whole =
                || partners.last().is_some_and(|last| text.get(last.end..).is_some_and(|rest| rest.trim().is_empty()));
            if (text.trim_end().ends_with(':') || whole()) && !other {
                scope.coordinating = self.agencies(&partners, node, via);
            }
        } else if let Some(bodies) = addressed(analysis).filter(|bodies| {
            // those whom the document is sent to are named by `các cơ quan, đơn vị` too
            let sent_to = scope.lead.first().is_some_and(|lead| lead.via == Via::Document);
            !sent_to || bodies.iter().any(|body| body.agency.kind == AgencyKind::Registered)
        }) {
            scope.lead = self.agencies(bodies, node, via);
        } else if let Some(bodies) = guided(analysis) {
            scope.lead = self.agencies(&bodies, node, via);
        }
        // what the sentences before the order tell of time is how things stand
        let last = sentence::sentences(text).pop().map_or(0, |s| s.start);
        let opening = node.text.slice(last, text.len());
        let mut limits = Limits::read(&self.document.source, &opening, Setting::Sentence, via, &self.reference);
        let from = node.text.span(ordered_from(analysis, last), text.len()).start;
        limits.deadlines.retain(|d| {
            d.span.start >= from
                && !matches!(
                    d.kind,
                    nhiemvu_model::DeadlineKind::Immediate
                        | nhiemvu_model::DeadlineKind::Ongoing
                        | nhiemvu_model::DeadlineKind::Recurring(_)
                )
        });
        if text.trim_end().ends_with(':') && limits.binds() {
            scope.limits = limits;
        }
    }

    /// Whether the first paragraphs say that a plan follows (`Trường A xây dựng Kế hoạch … như sau:`), as copies without a
    /// header do.
    pub fn opens_plan(&self) -> bool {
        const OPENING: usize = 12;
        let top = self.document.node(NodeId(0)).children.iter().take(OPENING).map(|id| self.document.node(*id));
        let mut opening = top.filter(|node| node.text.text().trim_end().ends_with(':'));
        opening.any(|node| {
            let analysis = self.known(node);
            let mut made = analysis.mentions().iter().filter_map(|m| makes_document(analysis.text.get(m.end..)?));
            made.any(|document| matches!(document, "kế hoạch" | "chương trình" | "phương án"))
        })
    }

    /// `Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:`: the issuer says what follows, and lays nothing on itself.
    fn is_issuer(&self, subject: &crate::roles::Subject, text: &str) -> bool {
        let ordered = judge::head(text.get(subject.start..).unwrap_or(""), 12);
        let verb = ["giao", "yêu cầu", "đề nghị", "phân công"].iter().any(|w| ordered.starts_with(w));
        // also a part of the issuer that decides for it (`Ban Thường vụ Tỉnh ủy`)
        let own = |name: &str| self.issuer_name.as_deref().is_some_and(|issuer| is_of(name, issuer));
        // `Trường A xây dựng Kế hoạch … như sau:`, of a document whose header is not known or names it otherwise
        let issues = makes_document(text.get(subject.end..).unwrap_or("")).is_some();
        let told = ["như sau:", "sau đây:", "nội dung sau:"].iter().any(|end| text.trim_end().ends_with(end));
        let issues = issues && (told || self.issuer_name.is_none() && text.trim_end().ends_with(':'));
        issues
            || !verb
                && (subject.bodies.iter().all(|m| own(&m.agency.name))
                    || subject.bodies.iter().any(|m| m.agency.holder.is_some() && own(&m.agency.name)))
    }

    /// The limits that a heading gives to what stands below it.
    fn limits_of_heading(&self, node: &Node, shape: &Shape, above: &Limits) -> Limits {
        // a page that asks what a document says limits nothing
        let asks = node.text.text().trim_end().ends_with('?');
        if asks || matches!(shape, Shape::Stem | Shape::Sentence | Shape::Whole) {
            return above.clone();
        }
        let key = judge::head(node.text.text(), 80);
        let aim = key.contains("mục tiêu")
            || key.contains("chỉ tiêu")
            || key.starts_with("kết quả")
            || key.contains("tình hình");
        let setting = if is_period(node.text.text()) { Setting::Field } else { Setting::Heading };
        let mut limits = Limits::read(&self.document.source, &node.text, setting, Via::Heading, &self.reference);
        limits.deadlines.retain(|d| {
            // `Nhiệm vụ những tháng cuối năm`: a stretch that begins on no day
            let words = fold_key(d.span.slice(&self.document.source.text));
            let vague = words.contains("những tháng") || words.contains("các tháng");
            // `NGÀY 1: THỨ HAI, NGÀY 24/8/2026`: the first day, which the date behind it tells
            let counted = words.strip_prefix("ngày ").is_some_and(|day| day.bytes().all(|b| b.is_ascii_digit()));
            let vague = vague || counted;
            !vague && !matches!(d.kind, nhiemvu_model::DeadlineKind::Immediate | nhiemvu_model::DeadlineKind::Ongoing)
        });
        if aim || !limits.binds() { above.clone() } else { limits }
    }

    /// Whether a paragraph orders everybody in general terms (`yêu cầu thủ trưởng các cơ quan nghiêm túc …`).
    fn is_general_order(&self, analysis: &Analysis<'_>) -> bool {
        let subjects = analysis.subjects(0..analysis.text.len());
        !subjects.is_empty()
            && subjects.iter().flat_map(|s| s.bodies.iter()).all(|m| m.agency.kind == AgencyKind::Group)
    }

    /// The analysis of a node's own words, made once.
    pub fn known(&self, node: &'a Node) -> Rc<Analysis<'a>> {
        let text = node.text.text();
        // nodes of one document stand still while it is walked, so that the place of its words names a node
        let key = text.as_ptr() as usize;
        if let Some(known) = self.analyses.borrow().get(&key) {
            return Rc::clone(known);
        }
        let made = Rc::new(self.analyse(text));
        self.analyses.borrow_mut().insert(key, Rc::clone(&made));
        made
    }

    /// The time expressions in the sentences `words`.
    pub fn times(&self, words: &str) -> Rc<[TimeExpression]> {
        let mut last = self.times.borrow_mut();
        if last.0 != words || words.is_empty() {
            *last = (words.to_owned(), temporal::find(words, Setting::Sentence).into());
        }
        Rc::clone(&last.1)
    }

    pub fn analyse<'t>(&self, text: &'t str) -> Analysis<'t>
    where
        'a: 't,
    {
        Analysis::new(text, self.registry, self.context)
    }

    /// Mentions in `node`'s text as bodies with their places.
    pub fn agencies(&self, mentions: &[Mention], node: &Node, via: Via) -> Vec<Agency> {
        crate::bodies::agencies(mentions, &node.text, via)
    }
}

/// `V. TỔ CHỨC THỰC HIỆN` over paragraphs without markers: the section that a heading with nothing below it opens.
fn bare_heading(node: &Node) -> Option<Section> {
    let text = node.text.text();
    let heads = node.kind == NodeKind::Heading || text.chars().all(|c| !c.is_lowercase());
    let title = heads && node.fields.is_empty() && judge::is_title(text);
    title
        .then(|| section::of_heading(text))
        .flatten()
        .filter(|section| matches!(section, Section::Assign | Section::Plan))
}

/// Whether field lines of `node` say who or by when.
pub(crate) fn has_main_fields(node: &Node) -> bool {
    node.fields.iter().any(|f: &Field| {
        matches!(
            f.role,
            nhiemvu_model::FieldRole::Lead
                | nhiemvu_model::FieldRole::Executing
                | nhiemvu_model::FieldRole::Coordinating
                | nhiemvu_model::FieldRole::Time
                | nhiemvu_model::FieldRole::Monitoring
        )
    })
}

/// Where a sentence that opens a list, and begins at `start`, comes to its order: behind what it is based on or meant for
/// (`Để kịp khánh thành trong năm 2026, Ủy ban nhân dân tỉnh yêu cầu …:`), whose times are no limits of the list.
fn ordered_from(analysis: &Analysis<'_>, start: usize) -> usize {
    const GROUNDS: [&str; 9] =
        ["xét ", "căn cứ ", "để ", "nhằm ", "thực hiện ", "theo ", "trên cơ sở ", "phúc đáp ", "sau khi "];
    let text = analysis.text;
    let head = judge::head(text.get(start..).unwrap_or(""), 16);
    if !GROUNDS.iter().any(|w| head.starts_with(w)) {
        return start;
    }
    let order = analysis.cues().iter().rfind(|hit| hit.start >= start && matches!(hit.cue, Cue::Order | Cue::Request));
    order.map_or(text.len(), |hit| hit.start)
}

/// Whether a list stem ends with a word of directing: what follows is done by others for whoever it names.
fn directs(text: &str) -> bool {
    let key = fold_key(text.trim_end_matches([' ', '*']));
    key.ends_with("chỉ đạo:")
}
