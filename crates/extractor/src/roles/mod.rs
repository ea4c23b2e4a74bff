//! Who leads, helps and is reported to, as the words of one stretch of text say it.

mod clause;
mod order;
mod partner;
mod person;
mod predicate;
mod report;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use nhiemvu_normalizer::{Context, Mention, Prepared, Registry};
use nhiemvu_text::FastMap;

use crate::cues::{self, Hit};
use crate::phrases::Kinds;
pub(crate) use order::is_of;
pub(crate) use partner::{Role, beside_at_head, bracket_role};
pub(crate) use predicate::is_duty;

/// The words of `data/clauses.tsv`: `opener` begins an adverbial behind which a clause begins, `time` one that may be a time and no
/// more, `condition` one behind which a common noun may act; `tells` stands behind a body of which something is told, `duty` behind one that is to do something;
/// `anybody` begins nouns for people that no office answers for; `directs` is a verb by which somebody else is made to act, and
/// `urges` what stands behind an order to nobody; `addressed` are words for those whom a document is written to, `state` what
/// follows a body of which no deed is told; `chaired` is what somebody leads and `matter` a noun before what is to be done;
/// `party` begins the names of the Party's committees; `aside` names some of those before it once more (`nhất là người đứng đầu`);
/// `reference_end` ends what an order refers to (`theo chức năng, nhiệm vụ`, `theo quy định`); `no_act` stands behind a body and is no
/// verb of what it is to do; `undertakes` stands behind those by whom something is done, `beside` before the `với` of those who are worked
/// with, and `given` is what was laid on somebody before.
pub(crate) static WORDS: LazyLock<Kinds> = LazyLock::new(|| Kinds::read(include_str!("../../data/clauses.tsv")));

/// Whether folded words begin with a condition (`khi …`, `trường hợp …`).
pub(crate) fn begins_condition(key: &str) -> bool {
    WORDS.begins("condition", key).is_some()
}

/// A text with its cues and the bodies that it names, each found once, when first asked for.
pub(crate) struct Analysis<'a> {
    pub text: &'a str,
    mentions: OnceCell<Vec<Mention>>,
    cues: OnceCell<Vec<Hit>>,
    /// The text's words.
    prepared: Prepared<'a>,
    registry: &'a Registry,
    context: &'a Context,
    /// Lists asked for before, by the byte at which they begin.
    lists: RefCell<FastMap<usize, (Bodies, usize)>>,
    /// The orders of the whole text, once asked for.
    whole: OnceCell<Rc<[Subject]>>,
}

/// The bodies of a list, which several questions share.
pub(crate) type Bodies = Rc<[Mention]>;

/// Whoever an order is laid on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Subject {
    /// Byte at which the order begins: its verb, or the body.
    pub start: usize,
    /// One past the list of bodies.
    pub end: usize,
    /// The bodies.
    pub bodies: Bodies,
    /// Whether it is asked rather than ordered.
    pub request: bool,
    /// Whether a verb of ordering names it (giao, yêu cầu, đề nghị).
    pub by_verb: bool,
    /// Whether it only helps (`… , Sở B phối hợp`).
    pub helps: bool,
}

impl<'a> Analysis<'a> {
    /// Of `text`, which is not looked at before something is asked of it.
    pub fn new(text: &'a str, registry: &'a Registry, context: &'a Context) -> Self {
        Self {
            text,
            mentions: OnceCell::new(),
            cues: OnceCell::new(),
            prepared: registry.prepare(text),
            registry,
            context,
            lists: RefCell::default(),
            whole: OnceCell::new(),
        }
    }

    /// The text's key, as `key_of` gives it.
    pub fn key(&self) -> Cow<'_, str> {
        self.prepared.folded().key()
    }

    /// The bodies that the text names, in its order.
    pub fn mentions(&self) -> &[Mention] {
        self.mentions.get_or_init(|| self.registry.mentions_of(&self.prepared, self.context))
    }

    /// The cues in the text, in its order.
    pub fn cues(&self) -> &[Hit] {
        self.cues.get_or_init(|| cues::find(self.text, self.prepared.folded()))
    }

    /// The bodies that begin at byte `at` or behind the spaces there.
    pub fn list_at(&self, at: usize) -> (Bodies, usize) {
        let rest = self.text.get(at..).unwrap_or("");
        let at = at + rest.len() - rest.trim_start().len();
        if let Some(known) = self.lists.borrow().get(&at) {
            return known.clone();
        }
        let list = self.registry.list_of(&self.prepared, at, self.context);
        let mut list = list;
        // `chủ trì, phối hợp với A; B liên quan hướng dẫn …`: what they do is still to come, and so the list goes on
        if self.text.get(list.end..).is_some_and(|rest| rest.starts_with("; ")) && self.awaits_order(at) {
            let more = self.registry.list_of(&self.prepared, list.end + "; ".len(), self.context);
            let acts = self.text.get(more.end..).is_some_and(|rest| rest.trim_start().starts_with(char::is_lowercase));
            if !more.mentions.is_empty() && acts {
                list.mentions.extend(more.mentions);
                list.end = more.end;
            }
        }
        let found: (Bodies, usize) = (list.mentions.into_iter().filter(|m| !m.in_brackets).collect(), list.end);
        self.lists.borrow_mut().insert(at, found.clone());
        found
    }

    /// Whether the word at byte `at` is one with which a group or the office of one may begin.
    fn may_name(&self, at: usize) -> bool {
        self.registry.may_begin(&self.prepared, at, self.context)
    }

    /// Whether the list at `at` stands behind `chủ trì, phối hợp với`, and so before what is to be done.
    pub(super) fn awaits_order(&self, at: usize) -> bool {
        const LONGEST: usize = 40;
        let from = self.text.floor_char_boundary(at.saturating_sub(LONGEST));
        let before = nhiemvu_text::fold_key(self.text.get(from..at).unwrap_or(""));
        let before = before.trim_end();
        before.ends_with("chủ trì, phối hợp với") || before.ends_with("chủ trì phối hợp với")
    }

    /// The orders inside `range`, in order of the text.
    pub fn subjects(&self, range: Range<usize>) -> Rc<[Subject]> {
        if range == (0..self.text.len()) {
            return Rc::clone(self.whole.get_or_init(|| self.find_subjects(range).into()));
        }
        self.find_subjects(range).into()
    }

    /// The body that begins at byte `at`.
    pub fn mention_at(&self, at: usize) -> Option<&Mention> {
        let mentions = self.mentions();
        let found = mentions.get(mentions.partition_point(|mention| mention.start < at))?;
        (found.start == at).then_some(found)
    }

    /// The first body that ends at byte `at` or behind it.
    pub fn mention_ending(&self, at: usize) -> Option<&Mention> {
        let mentions = self.mentions();
        mentions.get(mentions.partition_point(|mention| mention.end < at))
    }

    /// The cues that begin at byte `at` or behind it.
    pub fn cues_from(&self, at: usize) -> &[Hit] {
        let cues = self.cues();
        cues.get(cues.partition_point(|hit| hit.start < at)..).unwrap_or_default()
    }

    /// The cues that begin at byte `at`.
    pub fn cues_at(&self, at: usize) -> impl Iterator<Item = &Hit> {
        self.cues_from(at).iter().take_while(move |hit| hit.start == at)
    }

    /// The cues that begin inside `range`.
    pub fn cues_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Hit> {
        let end = range.end;
        self.cues_from(range.start).iter().take_while(move |hit| hit.start < end)
    }

    /// The cues inside `range`.
    fn hits(&self, range: &Range<usize>) -> impl Iterator<Item = &Hit> {
        let end = range.end;
        self.cues_in(range).filter(move |hit| hit.end <= end)
    }

    /// The bodies named inside `range`.
    fn mentions_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Mention> {
        let end = range.end;
        let mentions = self.mentions();
        let from = mentions.partition_point(|mention| mention.start < range.start);
        let behind = mentions.get(from..).unwrap_or_default();
        behind.iter().take_while(move |mention| mention.end <= end)
    }
}
