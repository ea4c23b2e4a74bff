//! Places that stand for those who govern them where bodies are asked for: `Giao xã Tân Phú`, `Thôn 5 và thôn 6 tổ chức …`.

use nhiemvu_model::{Agency, AgencyKind, Jurisdiction};

use crate::body::Found;
use crate::group::longest;
use crate::lexicon as w;
use crate::list::{LONGEST, ListRules};
use crate::mention::Mention;
use crate::place::Level;
use crate::scan::Finder;
use crate::tokens::Case;
use crate::words::{COLON, COMMA};

/// What the names of a list of places are of.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// A level of the administration, with its word.
    Level(&'static str, Level),
    /// A kind of places below the commune, which ends before this token and begins at the other.
    Hamlet(usize, usize),
    /// Whatever is governed (`địa phương`).
    Locality,
}

/// The words of a body before the place that they are for.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    words: String,
    level: Level,
}

impl Owner {
    /// The name of the owner at the place that `agency` is: with the word for its level, as the place itself is no part of a name.
    fn name_at(&self, agency: &Agency) -> String {
        let place = agency.jurisdiction.as_ref().and_then(|j| j.commune.as_ref().or(j.district.as_ref()));
        let level = place.and_then(|place| agency.name.strip_suffix(place.as_str())).unwrap_or(&agency.name);
        format!("{} {}", self.words, level.trim_end())
    }
}

/// The word for all places that are governed.
const LOCALITY: [&str; 2] = ["địa", "phương"];

impl Finder<'_> {
    /// The places by name from token `at`, one mention each, and where they end: `xã Tân Phú`, `các xã: Tân Phú, Bình An`,
    /// `thôn Bình An`, `tổ dân phố số 7 và số 8`. Those of the level of `owner` are its places (`Hội LHPN huyện A, huyện B`).
    pub fn places_acting(&self, at: usize, owner: Option<&Owner>) -> Option<(Vec<Mention>, usize)> {
        let several = self.several_end(at);
        let first = several.unwrap_or(at);
        let (kind, mut next) = match self.level_word(first) {
            Some((word, end, level)) => (Kind::Level(word, level), end),
            None if several.is_some() && self.is_locality(first) => (Kind::Locality, first + LOCALITY.len()),
            None => {
                let (end, ()) = longest(&self.registry.lexicon.hamlets, self, first)?;
                (Kind::Hamlet(first, end), end)
            }
        };
        let mut levels = 1;
        while several.is_some() && matches!(self.text.word(next), COMMA | w::VA) {
            let hamlet = longest(&self.registry.lexicon.hamlets, self, next + 1).map(|(end, ())| end);
            let Some(past) = self.level_word(next + 1).map(|(_, end, _)| end).or(hamlet) else { break };
            next = past;
            levels += 1;
        }
        // what is asked stands behind a colon too: `Các xã: Kiểm tra, rà soát …`
        if several.is_some() && self.text.word(next) == COLON {
            next = self.soft(next + 1);
            self.later_place(kind, next)?;
        }
        let mut mentions = Vec::new();
        let mut end = at;
        while mentions.len() < LONGEST {
            let begins = mentions.is_empty();
            let found =
                if begins { self.first_place(kind, next, several.is_some()) } else { self.later_place(kind, next) };
            let Some(mut found) = found else { break };
            end = found.end;
            if let (Kind::Level(_, level), Some(owner)) = (kind, owner.filter(|_| several.is_none()))
                && level == owner.level
            {
                found.agency.name = owner.name_at(&found.agency);
            }
            mentions.push(self.mention(if begins { at } else { next }, found, false));
            match self.joint(end, ListRules { cue: false, semicolons: false }) {
                Some(after) => next = after,
                None => break,
            }
        }
        // `các huyện, thành phố A`: all of the districts, and the one city
        let all = levels > 1 && mentions.len() == 1;
        (!mentions.is_empty() && !all).then_some((mentions, end))
    }

    /// What the item of tokens `at..end`, which ends with a place by name, says before it.
    pub fn owner_of_place(&self, at: usize, end: usize) -> Option<Owner> {
        const LONGEST_PLACE: usize = 8;
        let from = (at + 1).max(end.saturating_sub(LONGEST_PLACE));
        let (place, level) = (from..end).find_map(|i| {
            let place = self.levelled_place(i).filter(|place| place.named && place.end == end)?;
            Some((i, place.level()))
        })?;
        Some(Owner { words: self.written_out(at, place), level })
    }

    /// The first name of a list, whose kind stands before token `at`.
    fn first_place(&self, kind: Kind, at: usize, several: bool) -> Option<Found> {
        match kind {
            Kind::Level(word, level) if several => self.listed_level(word, level, at),
            Kind::Level(..) => {
                let first =
                    (at.saturating_sub(2)..at).find(|i| self.level_word(*i).is_some_and(|(_, end, _)| end == at))?;
                let place = self.levelled_place(first).filter(|place| place.named)?;
                Some(self.acting(self.text.mended(first, place.end), place.end, Some(place.jurisdiction)))
            }
            Kind::Hamlet(..) => self.hamlet(kind, at),
            Kind::Locality => self.locality(at),
        }
    }

    /// A later name of a list, with or without its kind.
    fn later_place(&self, kind: Kind, at: usize) -> Option<Found> {
        match kind {
            Kind::Level(word, level) => {
                self.bare_place(word, at, level)?;
                self.listed_level(word, level, at)
            }
            Kind::Hamlet(..) => {
                let own = longest(&self.registry.lexicon.hamlets, self, at);
                own.map_or_else(|| self.hamlet(kind, at), |(end, ())| self.hamlet(Kind::Hamlet(at, end), end))
            }
            Kind::Locality => self.locality(at),
        }
    }

    fn listed_level(&self, word: &'static str, level: Level, at: usize) -> Option<Found> {
        let place = self.listed_place(word, at, level)?;
        let written = self.text.mended(at, place.end);
        let own = self.level_word(at).is_some();
        let name = if own { written } else { format!("{} {written}", place.word) };
        Some(self.acting(name, place.end, Some(place.jurisdiction)))
    }

    /// Whether the word for all places that are governed stands at token `at`.
    pub fn is_locality(&self, at: usize) -> bool {
        LOCALITY.iter().zip(at..).all(|(word, i)| self.text.folded(i) == *word)
    }

    /// The name at token `at` of a commune or district that the lexicon holds, without its level.
    fn locality(&self, at: usize) -> Option<Found> {
        const LEVELS: [(&str, Level); 4] = [
            ("huyện", Level::District),
            ("thành phố", Level::District),
            ("xã", Level::Commune),
            ("phường", Level::Commune),
        ];
        let place = LEVELS.iter().find_map(|(word, level)| self.bare_place(word, at, *level))?;
        Some(self.acting(self.text.mended(at, place.end), place.end, Some(place.jurisdiction)))
    }

    /// The name or number of a hamlet at token `at`.
    fn hamlet(&self, kind: Kind, at: usize) -> Option<Found> {
        let Kind::Hamlet(from, to) = kind else { return None };
        let end = self.hamlet_name_end(at)?;
        let name = format!("{} {}", self.text.mended(from, to), self.text.mended(at, end));
        Some(self.acting(name, end, None))
    }

    /// End of the place below the commune at token `at`, which is part of the name before it (`Ban điều hành khu phố 3`, `Chi hội
    /// Nông dân ấp Hòa Bình`).
    pub fn hamlet_end(&self, at: usize) -> Option<usize> {
        let (kind, ()) = longest(&self.registry.lexicon.hamlets, self, at)?;
        self.hamlet_name_end(kind)
    }

    /// End of the word for a kind of hamlet at token `at` that has no name (`Chi hội Phụ nữ thôn`).
    pub fn bare_hamlet_end(&self, at: usize) -> Option<usize> {
        let (kind, ()) = longest(&self.registry.lexicon.hamlets, self, at)?;
        let alone = !self.text.is_word(kind) || self.text.case(kind) == Case::Lower;
        (alone && self.text.case(at) == Case::Lower).then_some(kind)
    }

    /// End of a hamlet's name or number at token `at`: `5`, `số 7`, `5A`, `Đông Thành 2`.
    fn hamlet_name_end(&self, at: usize) -> Option<usize> {
        const MOST_WORDS: usize = 3;
        let is_number = |i: usize| self.text.is_word(i) && self.text.case(i) == Case::Digit;
        let number = at + usize::from(self.text.folded(at) == "số");
        if is_number(number) {
            return Some(number + 1);
        }
        if self.title_at(at).is_some() || self.is_head(at) || self.body_at(at).is_some() {
            return None;
        }
        let words = (at..at + MOST_WORDS).take_while(|i| self.text.is_word(*i) && self.text.is_capital(*i)).count();
        (words > 0).then_some(at + words + usize::from(is_number(at + words)))
    }

    fn acting(&self, name: String, end: usize, jurisdiction: Option<Jurisdiction>) -> Found {
        let jurisdiction = jurisdiction.filter(|place| *place != Jurisdiction::default());
        let agency = Agency { jurisdiction, ..Agency::named(name, AgencyKind::Unregistered) };
        Found { end, agency: Box::new(agency), weak: false }
    }
}
