//! Single registered bodies: the longest name in the automaton, the place behind it, and which of several it is.

use nhiemvu_model::{Agency, AgencyKind, Jurisdiction, Successor, Via};

use crate::entry::{Entry, PlaceRule};
use crate::group::longest;
use crate::lexicon as w;
use crate::locate::{PlaceAt, of_province};
use crate::place::Level;
use crate::registry::{Name, succession};
use crate::scan::Finder;
use crate::starts;
use crate::tokens::Case;
use crate::trie::{Node, ROOT};
use crate::words::{AMPERSAND, CLOSE, COMMA, DASH, DOT, JOINER, NEWLINE, OPEN, SLASH};

/// A body found in the text.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// One past its last token.
    pub end: usize,
    /// The body, which is large beside the rest.
    pub agency: Box<Agency>,
    /// Whether it is a common noun that needs a cue.
    pub weak: bool,
}

/// The longest name so far.
#[derive(Debug, Clone, Copy, Default)]
struct Best {
    end: usize,
    node: Node,
}

/// Bounds the search where abbreviations branch.
const MAX_STEPS: usize = 400;

impl Finder<'_> {
    /// The registered body whose name begins at token `at`.
    pub fn body_at(&self, at: usize) -> Option<Found> {
        self.body_under(ROOT, at)
    }

    /// The same, with the name's first words already read: `node` is where they lead (`các Sở` … `Tài chính`).
    pub fn body_under(&self, node: Node, at: usize) -> Option<Found> {
        let mut best = Best::default();
        let mut steps = MAX_STEPS;
        self.walk(node, at, at, false, &mut steps, &mut best);
        if best.end == 0 {
            return None;
        }
        let names = self.registry.names.values(best.node);
        let names: Vec<Name> = names.iter().copied().filter(|n| self.case_fits(*n, node, at, best.end)).collect();
        let found = self.resolve(&names, at, best.end).filter(|found| !self.is_about_other(at, found))?;
        Some(if node == ROOT { self.as_written(at, best.end, found) } else { found })
    }

    /// `Ban Chỉ đạo Trung ương về phòng, chống thiên tai`: whether a body that is short for one `về …` is said to be about something
    /// else, or one of a province to be of a part of it, and so is another.
    fn is_about_other(&self, at: usize, found: &Found) -> bool {
        const TOLD: [&str; 10] = ["kết", "tình", "tiến", "việc", "nội", "những", "các", "công", "vấn", "kế"];
        let end = found.end;
        // `Bệnh viện Đa khoa khu vực Hạc Trì` is not the one of the province
        let region =
            self.text.folded(end) == "khu" && self.text.folded(end + 1) == "vực" && self.text.is_capital(end + 2);
        region && found.agency.jurisdiction.is_some()
            || self.text.word(end) == w::VE
                && self.compound_at(self.soft(end + 1)).is_some()
                && !TOLD.contains(&self.text.folded(end + 1))
                && (at..end).all(|i| self.text.word(i) != w::VE && self.text.case(i) != Case::Digit)
                && self.text.folded(at) == "ban"
                && found.agency.name.contains(" về ")
    }

    /// End of the longest name, undamaged, at token `at`; 0 where none is.
    pub fn exact_end(&self, at: usize) -> usize {
        let mut best = Best::default();
        let mut steps = MAX_STEPS;
        self.walk(ROOT, at, at, false, &mut steps, &mut best);
        best.end
    }

    /// Follows the names from `node` over the tokens from `at`, and keeps the longest that ends.
    fn walk(&self, node: Node, from: usize, at: usize, open: bool, steps: &mut usize, best: &mut Best) {
        let Some(left) = steps.checked_sub(1) else { return };
        *steps = left;
        let names = &self.registry.names;
        let ends = at > from && at > best.end && self.text.is_word(at - 1);
        if ends && !names.values(node).is_empty() {
            if !open {
                *best = Best { end: at, node };
            } else if self.text.word(at) == CLOSE {
                *best = Best { end: at + 1, node };
            }
        }
        let word = self.text.word(at);
        match word {
            COMMA | DASH | AMPERSAND | SLASH | w::VA => {
                if let Some(next) = names.step(node, JOINER) {
                    self.walk(next, from, self.past_joiner(at), open, steps, best);
                }
            }
            OPEN if at > from && !open && self.text.word(at + 2) == CLOSE => {
                self.walk(node, from, at + 1, true, steps, best);
            }
            DOT if at > from && self.text.adjoins(at) && self.text.case(at - 1) == Case::Upper => {
                self.walk(node, from, at + 1, open, steps, best);
            }
            NEWLINE if self.soft(at) > at && at > from => self.walk(node, from, at + 1, open, steps, best),
            _ => {
                if let Some(next) = names.step(node, word) {
                    self.walk(next, from, at + 1, open, steps, best);
                }
                // a joiner lost in the text (`Nông nghiệp Môi trường`)
                if let Some(next) = names.step(node, JOINER).and_then(|joined| names.step(joined, word)) {
                    self.walk(next, from, at + 1, open, steps, best);
                }
                self.walk_abbreviation(node, from, at, open, steps, best);
            }
        }
    }

    fn walk_abbreviation(&self, node: Node, from: usize, at: usize, open: bool, steps: &mut usize, best: &mut Best) {
        if self.registry.starts(self.text.word(at)) & starts::ABBREVIATION == 0 {
            return;
        }
        let Some(longs) = self.registry.abbreviations.get(&self.text.word(at)) else { return };
        if self.text.case(at) != Case::Upper && self.text.folded(at).len() < 4 {
            return;
        }
        let names = &self.registry.names;
        for long in longs {
            let direct = names.follow(node, long);
            let joined = || names.step(node, JOINER).and_then(|node| names.follow(node, long));
            if let Some(next) = direct.or_else(joined) {
                self.walk(next, from, at + 1, open, steps, best);
            }
        }
    }

    /// The token behind the joiners at `at`: `, và`, `- và` count as one.
    fn past_joiner(&self, at: usize) -> usize {
        let mut end = at + 1;
        if matches!(self.text.word(end), w::VA | AMPERSAND) {
            end += 1;
        }
        self.soft(end)
    }

    /// Whether the capitals of tokens `at..end` fit a name: abbreviations are in capitals, and a short name in small
    /// letters is more likely other words.
    fn case_fits(&self, name: Name, node: Node, at: usize, end: usize) -> bool {
        if name.capitals && node == ROOT {
            return self.text.is_capital(at) && self.text.case(at) == Case::Upper
                || self.text.slice(at, end).chars().filter(|c| c.is_uppercase()).count() >= 2;
        }
        if self.text.case(at) != Case::Lower {
            return true;
        }
        // a lower-case start is a name where it is one that is often written so, and no half of another word
        node == ROOT
            && end - at >= 2
            && !self.is_other_word(at)
            && longest(&self.registry.lexicon.lowercase, self, at).is_some()
    }

    /// Which of `names`, which all end at token `end`, is meant, with the place behind it.
    fn resolve(&self, names: &[Name], at: usize, end: usize) -> Option<Found> {
        if names.is_empty() || self.is_compound(at, end) || self.in_symbol(at, end) || self.is_level(at, end) {
            return None;
        }
        // `Ban Tổ chức Trung ương Đoàn` is none of the Party's
        if self.text.folded(end - 1) == "ương" && self.union_behind(end) {
            return None;
        }
        self.resolve_at(names, end, self.place_at(self.soft(end)))
    }

    /// Whether `Đoàn` or `Hội`, which has a central body of its own, stands at token `at`.
    pub fn union_behind(&self, at: usize) -> bool {
        matches!(self.text.folded(at), "đoàn" | "hội") && self.text.is_capital(at)
    }

    /// A body with a bare place keeps the words that the document uses, where none is short (`Đài Phát thanh và Truyền hình Phú
    /// Yên`).
    fn as_written(&self, at: usize, end: usize, mut found: Found) -> Found {
        let full = || self.text.case(at) == Case::Title && !(at..end).any(|i| self.text.case(i) == Case::Upper);
        // a dash that the name does not hold parts nothing (`Ngân hàng Nhà nước - Chi nhánh Quảng Ngãi`)
        let dashed = || (at..end).any(|i| self.text.word(i) == DASH) && !found.agency.name.contains('-');
        if found.end <= end || !full() || dashed() {
            return found;
        }
        let place = self.place_at(self.soft(end)).filter(|p| p.word.is_empty() && p.end == found.end);
        if place.is_some_and(|p| found.agency.name.ends_with(&self.text.mended(end, p.end))) {
            found.agency.name = self.text.mended(at, found.end);
        }
        found
    }

    /// The same, at a place that is known.
    pub fn resolve_at(&self, names: &[Name], end: usize, place: Option<PlaceAt>) -> Option<Found> {
        let mut choices: Vec<(i32, Name, &Entry)> = names
            .iter()
            .filter_map(|name| {
                let entry = self.registry.entries.get(name.entry as usize)?;
                Some((self.fitness(entry, *name, place.as_ref())?, *name, entry))
            })
            .collect();
        choices.sort_by_key(|(fitness, name, _)| (-fitness, name.entry));
        let (fitness, name, entry) = *choices.first()?;
        let ambiguous =
            choices.iter().skip(1).any(|(other, n, e)| *other == fitness && n.entry != name.entry && e.id != entry.id);
        let mut found = self.agency(entry, name, end, place);
        found.agency.ambiguous = ambiguous;
        Some(found)
    }

    /// How well `entry` fits the place that follows and the document; `None` where it does not.
    fn fitness(&self, entry: &Entry, name: Name, place: Option<&PlaceAt>) -> Option<i32> {
        let level = place.map(PlaceAt::level);
        let provincial = matches!(self.context.level, None | Some(Level::Province)) && self.context.province.is_some();
        let mut fitness = match entry.place {
            PlaceRule::None => 2 * i32::from(!provincial),
            PlaceRule::Optional => 2,
            PlaceRule::Level | PlaceRule::LevelOptional if level == Some(Level::Province) => 4,
            // `Công đoàn tỉnh` may be another name of a body, and `Công đoàn` alone not
            PlaceRule::LevelOptional if level.is_none() && (name.primary || !name.stem) => 1,
            PlaceRule::LevelOptional | PlaceRule::Level if !name.stem => 1,
            PlaceRule::Local if level == Some(local_level(entry)) => 4,
            PlaceRule::Local if level.is_none() && self.context.level == Some(local_level(entry)) => 2,
            PlaceRule::Region | PlaceRule::District => 3,
            _ => return None,
        };
        fitness = fitness * 2 + 3 * i32::from(name.canonical && level.is_none());
        fitness += 4 * i32::from(self.context.date.map_or(entry.to.is_none(), |date| entry.is_on(date)));
        if entry.id == "bo-chinh-tri" && name.capitals {
            fitness += if self.context.party { 1 } else { -1 };
        }
        Some(fitness)
    }

    /// The agency of `entry`, whose name ends at token `end`, with the part of `place` that belongs to it.
    fn agency(&self, entry: &Entry, name: Name, end: usize, place: Option<PlaceAt>) -> Found {
        let mut agency = self.plain(entry);
        let mut past = end;
        match entry.place {
            PlaceRule::None => agency.jurisdiction = None,
            PlaceRule::Optional => {
                if name.city || (!entry.city_name.is_empty() && self.in_city(place.as_ref())) {
                    agency.name = entry.city_name.to_string();
                }
                if let Some(place) = place {
                    past = place.end;
                    agency.jurisdiction = Some(place.jurisdiction);
                }
            }
            PlaceRule::Level | PlaceRule::LevelOptional if place.is_none() && name.stem && self.is_local_issuer() => {
                // `Trung tâm Y tế dự phòng` in a district's document is its own
                agency = Agency::named(entry.stem(), AgencyKind::Unregistered);
                agency.jurisdiction.clone_from(&self.context.place);
            }
            PlaceRule::Level | PlaceRule::LevelOptional => {
                agency.name = self.levelled_name(entry, name, end, place.as_ref());
                if let Some(place) = place.filter(|p| p.level() == Level::Province) {
                    past = place.end;
                    agency.jurisdiction = Some(place.jurisdiction);
                }
            }
            PlaceRule::Local => {
                if let Some(place) = place {
                    past = place.end;
                    agency.name = format!("{} {}", entry.stem(), place.word);
                    agency.jurisdiction = Some(place.jurisdiction);
                } else {
                    if stands_without_level(entry) {
                        entry.stem().clone_into(&mut agency.name);
                    }
                    agency.jurisdiction.clone_from(&self.context.place);
                }
            }
            PlaceRule::Region => {
                let (region_end, words) = self.region_at(end);
                past = region_end;
                agency.jurisdiction = place.map(|p| p.jurisdiction);
                if !words.is_empty() {
                    agency.name = format!("{} {words}", entry.name);
                    if let Some(place) = self.province_of_region(past) {
                        (past, agency.jurisdiction) = (place.end, Some(place.jurisdiction));
                    }
                }
            }
            PlaceRule::District => {
                agency.jurisdiction = self.home().map(of_province);
                if let Some((district_end, jurisdiction)) = self.bare_district(end) {
                    past = district_end;
                    agency.jurisdiction = Some(jurisdiction);
                }
            }
        }
        if agency.jurisdiction.as_ref().is_some_and(|j| *j == Jurisdiction::default()) {
            agency.jurisdiction = None;
        }
        Found { end: past, agency: Box::new(agency), weak: false }
    }

    /// Whether a commune or a district issued the document.
    fn is_local_issuer(&self) -> bool {
        matches!(self.context.level, Some(Level::Commune | Level::District))
    }

    /// Name of a body that carries its level, at the level of its place.
    fn levelled_name(&self, entry: &Entry, name: Name, end: usize, place: Option<&PlaceAt>) -> String {
        match place.filter(|p| p.level() == Level::Province) {
            Some(place) if place.word.is_empty() => {
                let written = self.text.mended(end, place.end);
                format!("{} {written}", entry.stem())
            }
            _ if !entry.city_name.is_empty() && (name.city || self.in_city(place)) => entry.city_name.to_string(),
            Some(place) => format!("{} {}", entry.stem(), place.word),
            None if self.in_city(None) => format!("{} thành phố", entry.stem()),
            None => entry.name.to_string(),
        }
    }

    /// Whether the place, or where none is written the issuer's province, is a city under the central government.
    fn in_city(&self, place: Option<&PlaceAt>) -> bool {
        match place {
            Some(place) if !place.word.is_empty() => place.word == "thành phố",
            Some(place) => {
                let code = place.jurisdiction.province_code.as_deref().unwrap_or("");
                self.registry.provinces.by_code(code, self.context.date).is_some_and(|p| p.city)
            }
            None => self.home().is_some_and(|p| p.city),
        }
    }

    /// The agency of an entry without a place of its own in the text.
    pub fn plain(&self, entry: &Entry) -> Agency {
        let successor = entry.successor.as_deref().and_then(|id| self.registry.entry(id)).and_then(|successor| {
            Some(Successor {
                id: successor.id.to_string(),
                name: successor.name.to_string(),
                since: succession(entry, successor)?,
            })
        });
        let own = !matches!(entry.place, PlaceRule::None);
        Agency {
            name: entry.name.to_string(),
            id: Some(entry.id.to_string()),
            kind: AgencyKind::Registered,
            jurisdiction: self.home().filter(|_| own).map(of_province),
            holder: None,
            successor,
            via: Via::Text,
            span: None,
            ambiguous: false,
            repaired: false,
        }
    }

    /// The agency of an entry that stands for the document's own place: its name is at the level of that place.
    pub fn plain_at_home(&self, entry: &Entry) -> Agency {
        let mut agency = self.plain(entry);
        if self.in_city(None) {
            if !entry.city_name.is_empty() {
                agency.name = entry.city_name.to_string();
            } else if matches!(entry.place, PlaceRule::Level | PlaceRule::LevelOptional) {
                agency.name = format!("{} thành phố", entry.stem());
            }
        }
        agency
    }

    /// Numbers of the entries that all of the text, which is a name, can mean.
    pub fn entries_of_all(&self) -> Vec<u32> {
        let mut best = Best::default();
        let mut steps = MAX_STEPS;
        self.walk(ROOT, 0, 0, false, &mut steps, &mut best);
        let place = self.place_at(best.end).map_or(best.end, |p| p.end);
        if best.end == 0 || (best.end < self.text.len() && place < self.text.len()) {
            return Vec::new();
        }
        let names = self.registry.names.values(best.node);
        let mut numbers: Vec<u32> = names.iter().map(|name| name.entry).collect();
        numbers.dedup();
        numbers
    }

    /// The number or name behind `khu vực`: (end, words).
    fn region_at(&self, at: usize) -> (usize, String) {
        let at_word = self.soft(at);
        let word = self.text.folded(at_word);
        let roman = !word.is_empty() && self.text.is_capital(at_word) && word.bytes().all(|b| b"ivxl".contains(&b));
        let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        if roman || digits {
            return (at_word + 1, self.text.mended(at_word, at_word + 1));
        }
        if word == "số" && self.text.case(at_word + 1) == Case::Digit {
            return (at_word + 2, self.text.mended(at_word, at_word + 2));
        }
        let named = self.proper_name_end(at_word);
        let named = match named.filter(|end| self.text.word(*end) == DASH).and_then(|end| self.proper_name_end(end + 1))
        {
            // `Cao Lãnh - Tháp Mười`
            Some(second) => Some(second),
            None => named,
        };
        named.map_or((at, String::new()), |end| (end, self.text.mended(at_word, end)))
    }

    /// End of the two or three words with capitals at token `at`, which are a place's name and begin no body.
    fn proper_name_end(&self, at: usize) -> Option<usize> {
        const MOST_WORDS: usize = 3;
        let words = (at..=at + MOST_WORDS).take_while(|i| self.text.case(*i) == Case::Title).count();
        let name = (2..=MOST_WORDS).contains(&words) && !self.is_head(at) && self.title_at(at).is_none();
        name.then_some(at + words)
    }

    /// `tỉnh Đồng Tháp`, `- Đồng Tháp` behind the number of a region (`Tòa án nhân dân khu vực 5 - Đồng Tháp`).
    fn province_of_region(&self, at: usize) -> Option<PlaceAt> {
        let from = if self.text.word(at) == DASH { at + 1 } else { at };
        let place = self.place_at(from).filter(|place| place.end > from && place.level() == Level::Province)?;
        let tied = from > at || !place.word.is_empty();
        let named = place.jurisdiction.province.is_some() && place.end > from + 1;
        (tied && named).then_some(place)
    }

    /// The bare name of a former district behind `Huyện ủy`.
    fn bare_district(&self, at: usize) -> Option<(usize, Jurisdiction)> {
        let mut end = at;
        while end < at + 4 && self.text.is_capital(end) {
            end += 1;
        }
        if end == at {
            return None;
        }
        let mut jurisdiction = self.home().map(of_province).unwrap_or_default();
        jurisdiction.district = Some(self.text.mended(at, end));
        Some((end, jurisdiction))
    }

    /// Whether an abbreviation is part of a document's number (`05/TB-VPCP`).
    fn in_symbol(&self, at: usize, end: usize) -> bool {
        let sign = |i: usize| matches!(self.text.word(i), SLASH | DASH) && self.text.adjoins(i);
        if end != at + 1 || self.text.case(at) != Case::Upper {
            return false;
        }
        let before = at >= 2 && self.text.adjoins(at) && sign(at - 1);
        let behind = sign(end) && self.text.adjoins(end + 1) && self.text.case(end + 1) == Case::Upper;
        before || (behind && self.text.word(end) == DASH)
    }

    /// Whether the words only say at which level something is (`ngân sách Trung ương`).
    fn is_level(&self, at: usize, end: usize) -> bool {
        const NOUNS: [&str; 10] = ["sách", "vốn", "nguồn", "cấp", "ngành", "quan", "thuộc", "ở", "từ", "thành"];
        end == at + 2
            && self.text.word(at) == w::TRUNG
            && (self.text.case(at) == Case::Lower || at > 0 && NOUNS.contains(&self.text.folded(at - 1)))
    }

    /// Whether the words are part of a longer expression that names no body (`Chính phủ điện tử`).
    fn is_compound(&self, at: usize, end: usize) -> bool {
        let next = self.text.word(end);
        let government = end == at + 2 && self.text.word(at) == w::CHINH && self.text.word(at + 1) == w::PHU;
        government && (next == w::DIEN && self.text.word(end + 1) == w::TU || next == w::SO_COUNT)
    }
}

/// Whether the commune's body is named in full without the word for its level: a room of its committee, an office of its
/// party committee.
fn stands_without_level(entry: &Entry) -> bool {
    let stem = entry.stem();
    stem.starts_with("Phòng ") || stem.starts_with("Trung tâm ") || stem != "Đảng ủy" && stem.contains(" Đảng")
}

/// Level of a body that takes a commune or a district.
fn local_level(entry: &Entry) -> Level {
    if entry.name.ends_with(" xã") { Level::Commune } else { Level::District }
}
