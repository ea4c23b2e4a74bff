//! The tree: paragraphs and tables under the headings and items that hold them.

mod field_lines;
mod words;

use std::sync::LazyLock;

use nhiemvu_model::{FieldRole, Mended, Node, NodeId, NodeKind, Span};
use nhiemvu_text::{fold_key, is_alphanumeric};

use super::marker::{self, Class, Marker};
use super::{fields, subhead};
use crate::layout::reflow::Paragraph;
use words::{cites, is_basis, is_title, kind_of, marker_text, own_marker, run_in_len, strip};

/// Depth of the tree at the most: deeper blocks become siblings.
const DEEPEST: usize = 40;

/// An item of a list that fields behind it speak of as a whole is no longer than this, in characters.
const SHORT_ITEM: usize = 160;

/// An open block: one that what follows may stand under.
#[derive(Debug, Clone)]
struct Open {
    node: NodeId,
    /// Place in the order of levels; smaller holds larger.
    rank: u32,
    class: Option<Class>,
    number: u32,
    indent: usize,
    /// Whether its words end with a colon: a list is to follow.
    colon: bool,
}

/// Builds the nodes of one document and of what is appended to it.
pub(crate) struct Builder {
    pub nodes: Vec<Node>,
    stack: Vec<Open>,
    /// Paragraph after which no marker follows in the part being read.
    last_marked: usize,
    /// Whether a marked block has come in this part.
    marked: bool,
    /// How many paragraphs the part has.
    count: usize,
}

impl Builder {
    /// A tree of the root alone.
    pub fn new() -> Self {
        let root = Node {
            kind: NodeKind::Root,
            marker: String::new(),
            text: Mended::default(),
            run_in: 0,
            span: Span::default(),
            parent: None,
            children: Vec::new(),
            fields: Vec::new(),
        };
        Self { nodes: vec![root], stack: Vec::new(), last_marked: 0, marked: false, count: 0 }
    }

    /// Opens an appended document with its title.
    pub fn appendix(&mut self, title: Mended) {
        self.stack.clear();
        let span = title.whole();
        let node = self.add(NodeId(0), NodeKind::Appendix, String::new(), title, span);
        self.stack.push(Open { node, rank: 1, class: None, number: 0, indent: 0, colon: false });
    }

    /// Adds the paragraphs of one part, in order.
    pub fn part(&mut self, paragraphs: &[Paragraph]) {
        self.marked = false;
        self.count = paragraphs.len();
        self.last_marked = paragraphs.iter().rposition(|p| p.marker.is_some() || p.table.is_some()).unwrap_or(0);
        let mut at = 0;
        while at < paragraphs.len() {
            let paragraph = &paragraphs[at];
            if let Some(table) = paragraph.table {
                self.table(table, paragraph);
            } else if self.joins_last(paragraphs, at) {
                self.join_last(paragraph);
            } else {
                self.paragraph(paragraphs, at);
            }
            at += 1;
        }
    }

    fn add(&mut self, parent: NodeId, kind: NodeKind, marker: String, text: Mended, span: Span) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node {
            kind,
            marker,
            text,
            run_in: 0,
            span,
            parent: Some(parent),
            children: Vec::new(),
            fields: Vec::new(),
        });
        self.node_mut(parent).children.push(id);
        id
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[(id.0 as usize).min(self.nodes.len() - 1)]
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        let last = self.nodes.len() - 1;
        &mut self.nodes[(id.0 as usize).min(last)]
    }

    fn top(&self) -> NodeId {
        self.stack.last().map_or(NodeId(0), |open| open.node)
    }

    fn table(&mut self, table: u32, paragraph: &Paragraph) {
        while self.stack.last().is_some_and(|open| open.class.is_some_and(Class::is_bullet) && !open.colon) {
            self.stack.pop();
        }
        let span = paragraph.text.whole();
        let parent = self.top();
        self.add(parent, NodeKind::Table(table), String::new(), Mended::default(), span);
    }

    /// A lone dash behind an unfinished sentence: apposition set on a line of its own, not a list.
    fn joins_last(&self, paragraphs: &[Paragraph], at: usize) -> bool {
        let (Some(before), paragraph) = (at.checked_sub(1).and_then(|n| paragraphs.get(n)), &paragraphs[at]) else {
            return false;
        };
        let goes_on = paragraph.marker.is_none()
            && before.marker.is_none()
            && before.table.is_none()
            && paragraph.table.is_none()
            && before.text.text().trim_end().ends_with(';')
            && !is_basis(before.text.text())
            && !is_title(paragraph, paragraph.text.text())
            && self.nodes.last().is_some_and(|n| n.kind == NodeKind::Paragraph)
            && fields::read(&strip(paragraph)).is_none();
        if goes_on || self.dates_last(paragraph, before) {
            return true;
        }
        let lone = paragraph.marker.is_some_and(|m| m.class == Class::Dash)
            && before.marker.is_some_and(|m| !m.class.is_bullet())
            && paragraphs.get(at + 1).is_none_or(|next| next.marker.is_none_or(|m| m.class != Class::Dash));
        let words = before.text.text().trim_end();
        let long = words.chars().count() > 160 && (words.contains(';') || words.contains(','));
        lone && long
            && !words.ends_with(['.', ';', ':', '!', '?', '…', '/', ')', '”', '"'])
            && self.nodes.len() > 1
            && fields::read(&strip(paragraph)).is_none()
    }

    /// `Thời gian gửi báo cáo trước ngày …` in a paragraph of its own, behind the one that asks for the report.
    fn dates_last(&self, paragraph: &Paragraph, before: &Paragraph) -> bool {
        const LONGEST: usize = 160;
        const HEADS: [&str; 5] =
            ["thời gian gửi ", "thời hạn gửi ", "thời gian báo cáo ", "thời hạn báo cáo ", "thời gian hoàn thành "];
        let text = paragraph.text.text();
        let plain = |p: &Paragraph| p.marker.is_none() && p.table.is_none() && p.heading.is_none();
        plain(paragraph)
            && plain(before)
            && text.len() <= LONGEST
            && !text.contains(':')
            && HEADS.iter().any(|head| fold_key(nhiemvu_text::first_chars(text, 24)).starts_with(head))
            && before.text.text().trim_end().ends_with('.')
            && self.nodes.last().is_some_and(|n| n.kind == NodeKind::Paragraph)
    }

    fn join_last(&mut self, paragraph: &Paragraph) {
        if let Some(last) = self.nodes.last_mut() {
            last.text.push_str(" ");
            last.text.append(&paragraph.text);
            last.span = last.span.cover(paragraph.text.whole());
        }
    }

    fn paragraph(&mut self, paragraphs: &[Paragraph], at: usize) {
        let paragraph = &paragraphs[at];
        let (marker, words) = own_marker(paragraph);
        // `*   (1) …`: a bullet that only carries another marker
        let head = fields::inner_labels(words.text());
        let first = words.slice(0, head.first().copied().unwrap_or(words.text().len()));
        if let Some(field) = self.as_field(marker, &first, paragraphs, at) {
            self.attach(marker, paragraph.indent, &field);
            self.inner_fields(&words, &head, marker, paragraph.indent);
            return;
        }
        match marker {
            Some(marker) => self.marked(marker, paragraph, first),
            None => match subhead::heads(paragraphs, at, |p| own_marker(p).0) {
                Some(class) => self.heading(paragraph, first, rank(class) - 5),
                None if subhead::heads_sentences(paragraphs, at) => self.heading(paragraph, first, 760),
                None => self.unmarked(paragraph, first, at),
            },
        }
        self.inner_fields(&words, &head, None, paragraph.indent);
    }

    /// The node that a block with this marker would stand under.
    fn parent_for(&self, marker: Marker, indent: usize) -> NodeId {
        let keep = self.keep(marker, indent);
        keep.checked_sub(1).and_then(|n| self.stack.get(n)).map_or(NodeId(0), |open| open.node)
    }

    /// How many open blocks stay open above a block with this marker.
    fn keep(&self, marker: Marker, indent: usize) -> usize {
        let class = marker.class;
        let same = |open: &Open| open.class == Some(class);
        // bullets of one sign nest by their indent, where the format shows it
        if class.is_bullet()
            && let Some(at) = self.stack.iter().rposition(same)
        {
            if indent >= self.stack[at].indent + 2 && at + 1 == self.stack.len() {
                return self.stack.len();
            }
            let above = self.stack.iter().position(|open| same(open) && open.indent + 2 > indent).unwrap_or(at);
            return above;
        }
        // a list whose number goes on from an open one belongs to it, the nearest first
        if marker.number > 1
            && let Some(at) = self.stack.iter().rposition(|open| same(open) && open.number + 1 == marker.number)
        {
            return at;
        }
        let top = self.stack.last();
        if class.is_bullet() {
            if top.is_some_and(|open| open.colon && open.class.is_some_and(Class::is_bullet)) {
                return self.stack.len();
            }
            if class == Class::Star
                && self.stack.iter().any(|open| open.class.is_some_and(Class::is_bullet))
                && top.is_none_or(|open| open.class != Some(Class::Dash))
            {
                return self
                    .stack
                    .iter()
                    .position(|open| open.class.is_some_and(Class::is_bullet))
                    .unwrap_or(self.stack.len());
            }
            if self.opens_below_star(class) {
                return self.stack.len();
            }
        }
        // `1.` under `a) … :` begins a list of its own while the outer one is under way
        let restarts = marker.number == 1
            && matches!(class, Class::Decimal(1) | Class::Letter | Class::Parenthesis)
            && self.stack.iter().any(|open| same(open) && open.number >= 1)
            && top.is_some_and(|open| open.colon && !same(open) && open.rank > rank(class));
        if restarts {
            return self.stack.len();
        }
        // `A.` right below `III.`, where no other capital is open: this document nests them so
        let below = class == Class::Capital
            && marker.number == 1
            && top.is_some_and(|open| open.class == Some(Class::Roman) && self.node(open.node).children.is_empty())
            && !self.stack.iter().any(same);
        if below {
            return self.stack.len();
        }
        let rank = rank(class);
        self.stack.iter().position(|open| open.rank >= rank).unwrap_or(self.stack.len())
    }

    /// Whether a bullet of a sign that its list has not used before follows a star or a dot that is the list's own sign:
    /// dashes are commonly the outer ones, but where an office begins with stars they are the inner.
    fn opens_below_star(&self, class: Class) -> bool {
        let mut bullets = self.stack.iter().enumerate().filter(|(_, open)| open.class.is_some_and(Class::is_bullet));
        let (Some((at, star)), None) = (bullets.next(), bullets.next()) else { return false };
        if star.class != Some(Class::Star) || class == Class::Star || at + 1 != self.stack.len() {
            return false;
        }
        let parent = at.checked_sub(1).and_then(|n| self.stack.get(n)).map_or(NodeId(0), |open| open.node);
        let used =
            |id: &NodeId| marker::read(&format!("{} x", self.node(*id).marker)).is_some_and(|m| m.class == class);
        !self.node(parent).children.iter().any(used)
    }

    fn marked(&mut self, marker: Marker, paragraph: &Paragraph, words: Mended) {
        self.marked = true;
        let keep = self.keep(marker, paragraph.indent).min(DEEPEST);
        self.stack.truncate(keep);
        let parent = self.top();
        let text = paragraph.text.text();
        let sign = marker_text(paragraph, marker, text);
        let span = paragraph.text.whole();
        let mut run_in = 0;
        let mut words = words;
        if let Some(field) = fields::read(&words).filter(|f| f.role == FieldRole::Content) {
            if field.value.text().trim().is_empty() {
                // `a) Nhiệm vụ:` over bullets
            } else {
                words = field.value;
            }
        } else {
            run_in = run_in_len(words.text());
        }
        let kind = kind_of(paragraph, marker, words.text());
        let colon = words.text().trim_end().ends_with(':');
        let node = self.add(parent, kind, sign, words, span);
        self.node_mut(node).run_in = run_in;
        let base = self.stack.last().map_or(0, |open| open.rank);
        self.stack.push(Open {
            node,
            rank: rank(marker.class).max(base + 1),
            class: Some(marker.class),
            number: marker.number,
            indent: paragraph.indent,
            colon,
        });
    }

    /// A heading without a marker, which closes what is open at its rank and below.
    fn heading(&mut self, paragraph: &Paragraph, words: Mended, rank: u32) {
        let keep = self.stack.iter().position(|open| open.rank >= rank).unwrap_or(self.stack.len());
        self.stack.truncate(keep);
        let parent = self.top();
        let colon = words.text().trim_end().ends_with(':');
        let node = self.add(parent, NodeKind::Heading, String::new(), words, paragraph.text.whole());
        self.stack.push(Open { node, rank, class: None, number: 0, indent: paragraph.indent, colon });
    }

    fn unmarked(&mut self, paragraph: &Paragraph, words: Mended, at: usize) {
        let span = paragraph.text.whole();
        let text = words.text();
        let title = is_title(paragraph, text);
        if title {
            let rank = match self.untitled() {
                Some(above) => above + 5,
                None if paragraph.caps => rank(Class::Roman),
                None => 750,
            };
            self.heading(paragraph, words, rank);
            return;
        }
        // behind the items a paragraph that begins so is what somebody does
        let behind_items = self.marked && text.trim_end().ends_with('.');
        let opening = self.stack.iter().all(|open| open.rank <= 1) && !behind_items;
        let parent = self.top();
        let below_basis =
            self.node(parent).children.last().is_some_and(|last| self.node(*last).kind == NodeKind::Basis);
        if is_basis(text) && (opening || below_basis || cites(text)) {
            self.add(parent, NodeKind::Basis, String::new(), words, span);
            return;
        }
        let awaited = self.stack.last().is_some_and(|open| open.colon && self.node(open.node).children.is_empty());
        if awaited || self.heads_duties() {
            // the words that a colon announced, or the first behind a heading that says whose they are
        } else if at > self.last_marked && self.closes(text) && !(self.goes_on(at) && self.told_in_sentences()) {
            self.stack.retain(|open| open.rank <= 1);
        } else {
            while self.stack.last().is_some_and(|open| open.class.is_some_and(Class::is_bullet)) {
                self.stack.pop();
            }
        }
        let parent = self.top();
        let run_in = run_in_len(text);
        let node = self.add(parent, NodeKind::Paragraph, String::new(), words, span);
        self.node_mut(node).run_in = run_in;
    }

    /// Whether more than the last words of a part follow behind paragraph `at`.
    fn goes_on(&self, at: usize) -> bool {
        const CLOSING: usize = 2;
        at + CLOSING < self.count
    }

    /// Whether the open block is a heading over sentences without markers, as one right before it is: then such a sentence is one of
    /// its own, whatever it begins with.
    fn told_in_sentences(&self) -> bool {
        // of many the first and the last tell, and of headings those beside it
        const BESIDE: usize = 4;
        let over_sentences = |id: NodeId| {
            let children = &self.node(id).children;
            let sentence = |child: Option<&NodeId>| child.is_some_and(|id| self.node(*id).kind == NodeKind::Paragraph);
            sentence(children.first()) && sentence(children.last())
        };
        let Some(open) = self.stack.last().filter(|open| !open.class.is_some_and(Class::is_bullet)) else {
            return false;
        };
        let parent = self.node(open.node).parent.unwrap_or(NodeId(0));
        let beside = self.node(parent).children.iter().rev().filter(|id| **id != open.node).take(BESIDE);
        over_sentences(open.node) && beside.into_iter().any(|id| over_sentences(*id))
    }

    /// Rank of a part or chapter that has just been opened by its number alone: what follows is its title.
    fn untitled(&self) -> Option<u32> {
        let open = self.stack.last().filter(|open| matches!(open.class, Some(Class::Part | Class::Chapter)))?;
        let node = self.node(open.node);
        (node.children.is_empty() && node.text.text().trim().is_empty()).then_some(open.rank)
    }

    /// Whether the open block is a short heading with nothing below it yet.
    fn heads_duties(&self) -> bool {
        const LONGEST: usize = 80;
        let Some(open) = self.stack.last().filter(|open| open.rank > 1 && !open.class.is_some_and(Class::is_bullet))
        else {
            return false;
        };
        let node = self.node(open.node);
        let words = node.text.text();
        node.children.is_empty() && words.chars().count() < LONGEST && !words.trim_end().ends_with(['.', ';'])
    }

    /// Whether an unmarked paragraph behind the last item speaks of the whole document again.
    fn closes(&self, text: &str) -> bool {
        let bullet = self.stack.last().is_some_and(|open| open.class.is_some_and(Class::is_bullet));
        let key = fold_key(text.get(..text.char_indices().nth(60).map_or(text.len(), |(at, _)| at)).unwrap_or(""));
        bullet || speaks_of_all(&key)
    }
}

/// Whether folded words begin as a paragraph does that speaks of the whole document (`data/closing_heads.tsv`).
fn speaks_of_all(key: &str) -> bool {
    static HEADS: LazyLock<Vec<String>> =
        LazyLock::new(|| include_str!("../../data/closing_heads.tsv").lines().skip(1).map(fold_key).collect());
    HEADS.iter().any(|head| key.strip_prefix(head.as_str()).is_some_and(|rest| !rest.starts_with(is_alphanumeric)))
}

/// Place of a class in the order of levels.
fn rank(class: Class) -> u32 {
    match class {
        Class::Part => 100,
        Class::Chapter => 200,
        Class::Section => 300,
        Class::Article => 400,
        Class::Capital => 450,
        Class::Roman => 500,
        Class::Decimal(depth) => 600 + 10 * u32::from(depth),
        Class::Letter => 800,
        Class::Parenthesis => 850,
        Class::SmallRoman => 880,
        Class::Dash => 900,
        Class::Plus => 950,
        Class::Star => 970,
    }
}
