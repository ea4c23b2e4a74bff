//! Lists that leave out the head before their later names: `các Sở: Tài chính, Nội vụ`, `UBND các tỉnh A, B`.

use nhiemvu_model::Agency;

use crate::body::Found;
use crate::entry::PlaceRule;
use crate::group::longest;
use crate::lexicon as w;
use crate::list::{LONGEST, ListRules};
use crate::mention::Mention;
use crate::place::Level;
use crate::scan::Finder;
use crate::starts;
use crate::trie::{Node, ROOT};
use crate::words::{COLON, COMMA};

/// The stem of a body that takes places, and the level of the place behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stem {
    pub node: Node,
    pub level: Option<(&'static str, Level)>,
}

impl Finder<'_> {
    /// The stem at token `at`.
    pub fn stem_with_level(&self, at: usize) -> Option<Stem> {
        // `Chủ tịch UBND huyện A, B`
        let at = self.title_at(at).map_or(at, |title| title.body);
        let (end, node) = self.stem_at(at)?;
        let level = self.level_word(end).filter(|(_, past, _)| self.text.is_capital(*past));
        Some(Stem { node, level: level.map(|(word, _, level)| (word, level)) })
    }

    /// `UBND xã A, phường B`, `UBND huyện A, B`: another place of the body before it.
    pub fn place_behind(&self, at: usize, stem: Option<Stem>) -> Option<(Vec<Mention>, usize)> {
        let Stem { node, level } = stem?;
        let levelled = self.levelled_place(at).filter(|place| place.named);
        let place = levelled.or_else(|| level.and_then(|(word, level)| self.bare_place(word, at, level)))?;
        let end = place.end;
        let found = self.resolve_at(self.registry.names.values(node), end, Some(place))?;
        Some((vec![self.mention(at, Found { end, ..found }, false)], end))
    }

    /// `các Sở: Tài chính, Nội vụ`, `các Sở Tài chính, Nội vụ và Xây dựng`, `các Bộ, cơ quan: Quốc phòng, …`.
    pub fn elided_list(&self, at: usize) -> Option<(Vec<Mention>, usize)> {
        if self.registry.starts(self.text.word(at)) & starts::STEM != 0
            && let Some(places) = self.place_list(at)
        {
            return Some(places);
        }
        if let Some(parts) = self.parts_list(at) {
            return Some(parts);
        }
        let plural = self.plural_end(at);
        let first = plural.unwrap_or(at);
        let (mut end, node) = self.elidable_head(first)?;
        if plural.is_none() && self.is_other_word(at) {
            return None;
        }
        // `các Bộ, cơ quan:`; what stands before the colon only opens the list
        if self.text.word(end) != COLON
            && self.text.may_hold_colon(end)
            && let Some(group) = self.group_at(at, true)
            && self.text.word(group.end) == COLON
        {
            end = group.end;
        }
        let colon = self.text.word(end) == COLON;
        if !colon && plural.is_none() {
            return None;
        }
        // `các Ban HĐND tỉnh`: what follows the head makes a group's noun with it, and is no item
        if !colon && self.noun_at(first).is_some_and(|(past, _)| past > end) {
            return None;
        }
        let mut next = self.soft(end + usize::from(colon));
        let mut mentions: Vec<Mention> = Vec::new();
        while mentions.len() < LONGEST {
            let under = self.elided_item(node, next);
            let full = self.plain_item(next, None, false);
            let (found, past) = match (under, full) {
                (Some(under), Some((_, past))) if under.end >= past => {
                    (vec![self.mention(next, under.clone(), false)], under.end)
                }
                (_, Some(full)) => full,
                (Some(under), None) => (vec![self.mention(next, under.clone(), false)], under.end),
                (None, None) => break,
            };
            if mentions.is_empty() && found.iter().all(|m| m.agency.id.is_none()) {
                break;
            }
            mentions.extend(found);
            end = self.past_brackets(past, &mut mentions);
            match self.joint(end, ListRules { cue: false, semicolons: colon }) {
                Some(after) => next = after,
                None => break,
            }
        }
        // in a document of the whole country one name behind `các` is that of many: `các Sở Y tế`
        if let [only] = mentions.as_mut_slice()
            && plural.is_some()
            && !colon
            && self.home().is_none()
            && only.agency.jurisdiction.is_none()
            && self.takes_place(&only.agency)
        {
            only.agency = *self.group(at, end, false).agency;
            only.start = self.text.start(at);
        }
        // without a colon the first item shows that the head was one: `các Sở Tài chính`
        (!mentions.is_empty()).then_some((mentions, end))
    }

    /// `các Đảng ủy Bộ Tài chính, Bộ Nội vụ`: the same part of each of several bodies.
    fn parts_list(&self, at: usize) -> Option<(Vec<Mention>, usize)> {
        let first = self.plural_end(at).filter(|first| self.text.is_capital(*first))?;
        let (part, ()) = longest(&self.registry.lexicon.parts, self, first)?;
        let mut mentions: Vec<Mention> = Vec::new();
        let (mut next, mut end) = (self.soft(part), part);
        while mentions.len() < LONGEST {
            let Some(whole) = self.body_at(next).filter(|body| body.agency.id.is_some()) else { break };
            let mut agency = self.unregistered(first, part, whole.agency.jurisdiction.clone());
            agency.name = format!("{} {}", agency.name, whole.agency.name);
            let from = if mentions.is_empty() { at } else { next };
            end = whole.end;
            mentions.push(self.mention(from, Found { end, agency, weak: false }, false));
            match self.joint(end, ListRules { cue: false, semicolons: false }) {
                Some(after) if after > next => next = after,
                _ => break,
            }
        }
        (mentions.len() > 1).then_some((mentions, end))
    }

    /// Whether the registered body stands in every province or below it.
    fn takes_place(&self, agency: &Agency) -> bool {
        let entry = agency.id.as_deref().and_then(|id| self.registry.entry(id));
        entry.is_some_and(|entry| !matches!(entry.place, PlaceRule::None))
    }

    /// `UBND các tỉnh A, B và C`, `Công an các xã: A, B`: one body for each place.
    fn place_list(&self, at: usize) -> Option<(Vec<Mention>, usize)> {
        let (stem, node) = self.stem_at(at)?;
        // `UBND các tỉnh A, B`, `UBND 02 xã A, B`, `UBND quận: A, B`
        let mut end = match self.several_end(stem) {
            Some(end) => end,
            None => self.level_word(stem).filter(|(_, past, _)| self.text.word(*past) == COLON).map(|_| stem)?,
        };
        let (word, level_end, level) = self.level_word(end)?;
        end = level_end;
        let mut levels = 1;
        while matches!(self.text.word(end), COMMA | w::VA) {
            let Some((_, past, _)) = self.level_word(end + 1) else { break };
            end = past;
            levels += 1;
        }
        let colon = self.text.word(end) == COLON;
        let mut next = self.soft(end + usize::from(colon));
        // what is asked stands behind a colon too: `UBND các xã: Kiểm tra, rà soát`
        if colon && self.bare_place(word, next, level).is_none() && !self.names_follow(word, next, level) {
            return None;
        }
        let names = self.registry.names.values(node);
        let mut mentions = Vec::new();
        while mentions.len() < LONGEST {
            let Some(place) = self.listed_place(word, next, level) else { break };
            let start = if mentions.is_empty() { at } else { next };
            end = place.end;
            let Some(mut found) = self.resolve_at(names, end, Some(place)) else { break };
            found.end = end;
            mentions.push(self.mention(start, found, false));
            match self.joint(end, ListRules { cue: false, semicolons: false }) {
                Some(after) => next = after,
                None => break,
            }
        }
        if levels > 1 && mentions.len() == 1 {
            // `UBND các huyện, thành phố A`: all of the districts, and the one city
            return Some((vec![self.mention(at, self.group(at, end, false), false)], end));
        }
        (!mentions.is_empty()).then_some((mentions, end))
    }

    /// Whether the place at token `at`, which no list knows, is the first of several names.
    fn names_follow(&self, word: &'static str, at: usize, level: Level) -> bool {
        let next = self
            .listed_place(word, at, level)
            .and_then(|place| self.joint(place.end, ListRules { cue: false, semicolons: false }));
        next.is_some_and(|next| self.listed_place(word, next, level).is_some())
    }

    /// A name whose head stands before the list (`Nội vụ` of `Sở Nội vụ`).
    pub fn elided_item(&self, node: Node, at: usize) -> Option<Found> {
        if !self.text.is_capital(at) {
            return None;
        }
        // `các Hiệp hội, Doanh nghiệp`: a noun for bodies is no name of one
        let noun = self.noun_end(at).unwrap_or(at);
        self.body_under(node, at).filter(|found| found.end > noun)
    }

    /// A head that a list may leave out before its later names: (end, where it leads).
    fn elidable_head(&self, at: usize) -> Option<(usize, Node)> {
        const HEADS: [&[crate::words::Word]; 2] = [&[w::SO], &[w::BO]];
        let names = &self.registry.names;
        for head in HEADS {
            if head.iter().zip(at..).all(|(word, i)| self.text.word(i) == *word) {
                return Some((at + head.len(), names.follow(ROOT, head)?));
            }
        }
        let elidable = &self.registry.lexicon.elidable;
        let (mut node, mut path, mut end, mut best) = (ROOT, ROOT, at, None);
        loop {
            let word = self.text.word(end);
            let (Some(next), Some(name)) = (elidable.step(node, word), names.step(path, word)) else { break };
            (node, path) = (next, name);
            end += 1;
            if !elidable.values(node).is_empty() {
                best = Some((end, path));
            }
        }
        best
    }

    /// The head under which later items of the list may be elided, from the item at token `at`.
    pub fn head_of(&self, at: usize) -> Option<Node> {
        let first = self.plural_end(at).unwrap_or(at);
        if let Some((_, node)) = self.elidable_head(first) {
            return Some(node);
        }
        // after another provincial body the offices are meant: `Công an tỉnh, Tài chính, Xây dựng`
        let provincial = self.context.province.is_some() && self.body_at(first).is_some();
        if provincial { self.registry.names.follow(ROOT, &[w::SO]) } else { None }
    }
}
