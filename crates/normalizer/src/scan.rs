//! Bodies in running text.

use std::cell::RefCell;

use nhiemvu_model::{Agency, AgencyKind};

use chrono::NaiveDate;

use crate::body::Found;
use crate::context::Context;
use crate::entry::Entry;
use crate::lexicon::VA;
use crate::list::{ListRules, may_be_person};
use crate::mention::{BodyList, Mention};
use crate::registry::Registry;
use crate::starts;
use crate::tokens::{Case, Prepared, Text};
use crate::trie::Node;
use crate::words::{CLOSE, NEWLINE, OPEN};

/// Everything that finding a body needs.
pub(crate) struct Finder<'a> {
    pub registry: &'a Registry,
    pub text: &'a Text<'a>,
    pub context: &'a Context,
    /// Whether a single line break is a space (running text) and no end (a field's value).
    pub soft_breaks: bool,
    /// The last body known by its form whose end was asked for, by the token at which it begins.
    pub shape: RefCell<Option<(usize, Option<Found>)>>,
}

impl Registry {
    /// Folds `text` and parts it into words, so that several questions can be asked of it.
    pub fn prepare<'t>(&'t self, text: &'t str) -> Prepared<'t> {
        Prepared::new(text, &self.words)
    }

    /// The bodies named in running text, left to right, not overlapping; elided lists are filled in, one mention each.
    pub fn mentions(&self, text: &str, context: &Context) -> Vec<Mention> {
        self.mentions_of(&self.prepare(text), context)
    }

    /// The same of a text prepared before.
    pub fn mentions_of(&self, text: &Prepared<'_>, context: &Context) -> Vec<Mention> {
        self.finder(&text.whole(), context).mentions()
    }

    /// The list of bodies that begins at byte `at` (behind `phối hợp với`, `báo cáo`, `giao`); empty where none does.
    ///
    /// Common nouns (`doanh nghiệp`, `trường đại học`) count as bodies here. The list ends where something else than
    /// another body follows.
    pub fn list_at(&self, text: &str, at: usize, context: &Context) -> BodyList {
        self.list_of(&self.prepare(text), at, context)
    }

    /// The same of a text prepared before.
    pub fn list_of(&self, text: &Prepared<'_>, at: usize, context: &Context) -> BodyList {
        let window = text.window(at, at.saturating_add(LONGEST_LIST));
        let finder = self.finder(&window, context);
        let (mut mentions, mut end) = finder.list(0, ListRules { cue: true, semicolons: true });
        if mentions.iter().all(|m| m.weak)
            && let Some(found) = finder.anaphor_behind(text.source(), at)
        {
            end = found.end;
            mentions = vec![Mention { anaphor: true, ..finder.mention(0, found, false) }];
        }
        finder.body_list(mentions, end, at)
    }

    /// Whether a body that the registry knows, undamaged, one known by its form, a group or an office may begin with the word at
    /// byte `at`, as far as that word tells.
    pub fn may_begin(&self, text: &Prepared<'_>, at: usize, context: &Context) -> bool {
        let window = text.window(at, at.saturating_add(1));
        let word = window.word(0);
        let known = self.starts(word) != 0 || may_be_person(window.folded(0));
        known || word == NEWLINE || !context.aliases.is_empty()
    }

    /// A field's value or a table cell that lists bodies (`Sở KH&CN; các sở, ban, ngành; UBND các xã, phường`).
    ///
    /// Every item is a body, an unregistered one where it is not known, so that nothing is dropped; a role in brackets
    /// behind a name is. Items are parted by commas, semicolons, line breaks and `và`.
    pub fn field(&self, value: &str, context: &Context) -> BodyList {
        let text = self.prepare(value);
        let text = text.whole();
        let finder = Finder { soft_breaks: false, ..self.finder(&text, context) };
        BodyList { mentions: finder.field_list(), end: value.len() }
    }

    fn finder<'a>(&'a self, text: &'a Text<'a>, context: &'a Context) -> Finder<'a> {
        Finder { registry: self, text, context, soft_breaks: true, shape: RefCell::default() }
    }
}

/// Stretch of text in which a list is read, in bytes: a bound for hostile texts.
const LONGEST_LIST: usize = 8000;

impl Finder<'_> {
    fn mentions(&self) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        let mut at = 0;
        let mut depth = 0_usize;
        while at < self.text.len() {
            match self.text.word(at) {
                OPEN => depth += 1,
                CLOSE => depth = depth.saturating_sub(1),
                _ => {}
            }
            if !self.text.is_word(at) {
                at += 1;
                continue;
            }
            if let Some((found, end)) = self.strong_at(at) {
                let head = self.head_of(at);
                mentions.extend(found.into_iter().map(|m| Mention { in_brackets: depth > 0, ..m }));
                at = self.elided_behind(end.max(at + 1), head, &mut mentions);
                at = self.groups_behind(at, &mut mentions);
            } else if self.registry.starts(self.text.word(at)) & (starts::GROUP | starts::SHAPE) != 0
                && self.text.is_capital(at)
                && let Some(found) = self.anaphor_at(at, &mentions)
            {
                let end = found.end;
                mentions.push(Mention { weak: true, anaphor: true, ..self.mention(at, found, true) });
                at = end;
            } else {
                // a noun that is none here is passed as a whole: `Hiệp hội ngành nghề` holds no `hội ngành nghề`
                at = self.noun_end(at).unwrap_or(at + 1);
            }
        }
        mentions
    }

    /// Names behind a comma that leave out their head (`Công an tỉnh, Tài chính, Xây dựng`): reads them, and gives the
    /// token behind the last.
    fn elided_behind(&self, at: usize, head: Option<Node>, mentions: &mut Vec<Mention>) -> usize {
        let Some(node) = head else { return at };
        let mut end = at;
        while let Some(next) = self.joint(end, ListRules { cue: false, semicolons: false }) {
            let found = self.elided_item(node, next).filter(|_| self.body_at(next).is_none() && !self.is_head(next));
            let Some(found) = found.filter(|f| self.ends_item(f.end)) else { break };
            end = found.end;
            mentions.push(self.mention(next, found, false));
        }
        end
    }

    /// Nouns with a capital behind a group (`các Viện nghiên cứu, Trường đại học`), which go on with its list.
    fn groups_behind(&self, at: usize, mentions: &mut Vec<Mention>) -> usize {
        let mut end = at;
        while mentions.last().is_some_and(|m| m.agency.kind == AgencyKind::Group)
            && let Some(next) = self.joint(end, ListRules { cue: false, semicolons: false })
            && self.text.is_capital(next)
            && self.body_at(next).is_none()
            && self.shape_at(next).is_none()
            && let Some(group) = self.group_at(next, true)
        {
            end = group.end;
            mentions.push(self.mention(next, group, false));
        }
        end
    }

    /// Whether an item of a list can end at token `at`: a name without its head is one only between joints.
    fn ends_item(&self, at: usize) -> bool {
        !self.text.is_word(at) || self.text.case(at) == Case::Lower
    }

    /// What is named at token `at` without the help of a cue.
    pub fn strong_at(&self, at: usize) -> Option<(Vec<Mention>, usize)> {
        if !self.may_start(at) {
            return None;
        }
        self.item(at, None, false)
    }

    /// Whether any name, group or title can begin with the word at token `at`.
    fn may_start(&self, at: usize) -> bool {
        let word = self.text.word(at);
        let starts = self.registry.starts(word);
        if starts & !starts::OTHER_WORD == 0 {
            return self.starts_alias(at) || self.may_be_damaged(at);
        }
        const SMALL: u16 = starts::TITLE | starts::PLURAL | starts::LOWERCASE | starts::BARE_GROUP;
        if self.text.case(at) != Case::Lower || self.starts_alias(at) {
            return true;
        }
        starts & SMALL != 0 && self.may_start_small(at)
    }

    /// The same of a word in small letters that may begin something, by the word behind it.
    fn may_start_small(&self, at: usize) -> bool {
        let (word, next) = (self.text.word(at), self.text.word(at + 1));
        // marks and joiners may stand in names
        let open = !self.text.is_word(at + 1) || next == VA || may_be_person(self.text.folded(at));
        if open || self.registry.starts_with(word, next) {
            return true;
        }
        // `các sở`, `toàn thể`
        self.plural_end(at).is_some_and(|noun| {
            let begins = self.registry.starts(self.text.word(noun)) & !starts::OTHER_WORD != 0;
            begins || !self.text.is_word(noun) || may_be_person(self.text.folded(noun))
        })
    }

    /// A mention of the words from token `at`.
    pub fn mention(&self, at: usize, found: Found, weak: bool) -> Mention {
        Mention {
            start: self.text.start(at),
            end: self.text.end_before(found.end),
            agency: *found.agency,
            weak,
            in_brackets: false,
            anaphor: false,
        }
    }
}

/// The entries that the whole of `name` can mean.
pub(crate) fn lookup<'r>(registry: &'r Registry, name: &str) -> Vec<&'r Entry> {
    let text = registry.prepare(name);
    let text = text.whole();
    let context = Context::default();
    let finder = Finder { registry, text: &text, context: &context, soft_breaks: true, shape: RefCell::default() };
    finder.entries_of_all().into_iter().filter_map(|n| registry.entries.get(n as usize)).collect()
}

/// Code of the province that `place` names, with or without a word for its level.
pub(crate) fn province_in(registry: &Registry, place: &str, date: Option<NaiveDate>) -> Option<String> {
    let text = registry.prepare(place);
    let text = text.whole();
    let context = Context { date, ..Context::default() };
    let finder = Finder { registry, text: &text, context: &context, soft_breaks: true, shape: RefCell::default() };
    let found = (0..text.len()).find_map(|at| finder.place_at(at))?;
    found.jurisdiction.province_code
}

/// The agency of `entry` in a document.
pub(crate) fn agency_of(registry: &Registry, entry: &Entry, context: &Context) -> Agency {
    let text = registry.prepare("");
    let text = text.whole();
    let finder = Finder { registry, text: &text, context, soft_breaks: true, shape: RefCell::default() };
    finder.plain_at_home(entry)
}
