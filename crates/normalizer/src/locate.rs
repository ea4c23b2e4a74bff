//! Places behind names: `tỉnh`, `tỉnh Gia Lai`, `TP. Hồ Chí Minh`, `phường Quy Nhơn Nam`, `xã A, huyện B`.

use chrono::NaiveDate;
use nhiemvu_model::Jurisdiction;

use crate::group::longest;
use crate::lexicon as w;
use crate::place::{Level, Locality, Province, localities};
use crate::scan::Finder;
use crate::tokens::Case;
use crate::trie::ROOT;
use crate::words::{COMMA, DASH, DOT, NEWLINE};

/// A place found in the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PlaceAt {
    /// One past its last token.
    pub end: usize,
    /// Word for its level, at full length (`thành phố` for `TP.`); empty where only the bare name is written.
    pub word: &'static str,
    /// Whether it is at the former district level.
    pub district: bool,
    /// Whether it is at the level of communes.
    pub commune: bool,
    /// Whether a name is written, and not the level alone.
    pub named: bool,
    /// What it says.
    pub jurisdiction: Jurisdiction,
}

impl PlaceAt {
    pub fn level(&self) -> Level {
        match (self.commune, self.district) {
            (true, _) => Level::Commune,
            (false, true) => Level::District,
            (false, false) => Level::Province,
        }
    }
}

/// Longest name of a commune or district, in words.
const LONGEST: usize = 6;

impl Finder<'_> {
    /// The place that begins at token `at`, with or without a word for its level.
    pub fn place_at(&self, at: usize) -> Option<PlaceAt> {
        if let Some(place) = self.whole_level(at) {
            return Some(place);
        }
        let at = self.skip_of(at);
        self.levelled_place(at).or_else(|| {
            let (end, province) = self.province_at(at)?;
            Some(PlaceAt { end, named: true, jurisdiction: of_province(province), ..PlaceAt::default() })
        })
    }

    /// `cấp xã`, `cấp huyện`: all places of a level.
    fn whole_level(&self, at: usize) -> Option<PlaceAt> {
        if self.text.word(at) != w::CAP {
            return None;
        }
        let (_, end, level) = self.level_word(at + 1)?;
        let (district, commune) = (level == Level::District, level == Level::Commune);
        let word = if district { "cấp huyện" } else { "cấp xã" };
        let jurisdiction = self.home().map(of_province).unwrap_or_default();
        (district || commune).then(|| PlaceAt { end, word, district, commune, jurisdiction, ..PlaceAt::default() })
    }

    /// `của tỉnh`: the word before the place; only where a level follows.
    fn skip_of(&self, at: usize) -> usize {
        let of = matches!(self.text.word(at), w::CUA | w::CAP);
        if of && self.level_word(at + 1).is_some() { at + 1 } else { at }
    }

    /// The word for a level at token `at`, with its end: (word, end, level).
    pub fn level_word(&self, at: usize) -> Option<(&'static str, usize, Level)> {
        let next = self.text.word(at + 1);
        let dot = |end: usize| if self.text.word(end) == DOT && self.text.adjoins(end) { end + 1 } else { end };
        let found = match self.text.word(at) {
            w::TINH => ("tỉnh", at + 1, Level::Province),
            w::THANH if next == w::PHO_CITY => ("thành phố", at + 2, Level::Province),
            w::TP => ("thành phố", dot(at + 1), Level::Province),
            w::HUYEN => ("huyện", at + 1, Level::District),
            w::QUAN => ("quận", at + 1, Level::District),
            w::THI if next == w::XA => ("thị xã", at + 2, Level::District),
            w::TX => ("thị xã", dot(at + 1), Level::District),
            w::THI if next == w::TRAN => ("thị trấn", at + 2, Level::Commune),
            w::XA => ("xã", at + 1, Level::Commune),
            w::PHUONG => ("phường", at + 1, Level::Commune),
            w::DAC if next == w::KHU => ("đặc khu", at + 2, Level::Commune),
            w::THANH if self.is_clipped_level(at) => ("thành phố", at + 1, Level::District),
            w::THI if self.is_clipped_level(at) => ("thị xã", at + 1, Level::District),
            _ => return None,
        };
        // `Tỉnh ủy`, `Huyện đoàn`, `xã hội` are other words
        let other = matches!(self.text.folded(at + 1), "ủy" | "đoàn" | "lỵ" | "hội" | "lộ" | "đội");
        (!other || self.is_known_commune(at, found)).then_some(found)
    }

    /// `xã Đoàn Đào`, `phường Hội An`: whether what looks like another word is the name of a commune behind the word for its level.
    fn is_known_commune(&self, at: usize, (word, end, level): (&'static str, usize, Level)) -> bool {
        if level != Level::Commune || !self.text.is_capital(end) {
            return false;
        }
        // in words of capitals `KINH TẾ - XÃ HỘI AN TOÀN` looks the same
        let capitals = self.text.case(at) == Case::Upper;
        let before = |n: usize| at.checked_sub(n).map_or("", |i| self.text.folded(i));
        let last = if at > 0 && self.text.word(at - 1) == NEWLINE { before(2) } else { before(1) };
        let of_body = || matches!(last, "dân" | "ubnd" | "hđnd" | "ủy");
        (!capitals || of_body()) && self.local_name(end, word, level).is_some_and(|(_, _, known)| known.is_some())
    }

    /// Whether `thành` or `thị` at token `at` stands for `thành phố` or `thị xã`, as it does in a list of levels alone
    /// (`các huyện, thành, thị`).
    fn is_clipped_level(&self, at: usize) -> bool {
        let level = |at: usize| matches!(self.text.word(at), w::HUYEN | w::QUAN | w::THI | w::THANH | w::PHO_CITY);
        let joins = |at: usize| matches!(self.text.word(at), COMMA | DASH | w::VA);
        let behind = at >= 2 && joins(at - 1) && level(at - 2);
        // `thành viên`, `thị trường` are other words
        let compound = self.text.word(at + 1) == w::PHO_CITY
            || longest(&self.registry.lexicon.others, self, at).is_some_and(|(end, ())| end > at + 1);
        behind && !compound
    }

    pub fn levelled_place(&self, at: usize) -> Option<PlaceAt> {
        let (word, end, level) = self.level_word(at)?;
        match level {
            Level::Province => Some(self.province_place(word, end)),
            Level::District | Level::Commune => Some(self.local_place(word, end, level)),
            Level::Central => None,
        }
    }

    /// `tỉnh`, `thành phố` with what follows.
    fn province_place(&self, word: &'static str, end: usize) -> PlaceAt {
        let named = self.province_at(self.soft(end));
        // `thành phố Hải Dương` is the city in the province of that name
        if let Some((_, province)) = named
            && word == "thành phố"
            && !province.city
        {
            let city = self.local_place(word, end, Level::District);
            if city.jurisdiction.district_code.is_some() {
                return city;
            }
        }
        if let Some((past, province)) = named {
            return PlaceAt { end: past, word, named: true, jurisdiction: of_province(province), ..PlaceAt::default() };
        }
        let home = self.home();
        if word == "thành phố" {
            let city = self.local_place(word, end, Level::District);
            let in_city = home.is_none_or(|p| p.city);
            if city.named && city.jurisdiction.district_code.is_some() || !in_city {
                return city;
            }
        }
        let jurisdiction = home.map(of_province).unwrap_or_default();
        PlaceAt { end, word, jurisdiction, ..PlaceAt::default() }
    }

    /// A commune or district with its name, and the larger places that follow it.
    fn local_place(&self, word: &'static str, end: usize, level: Level) -> PlaceAt {
        let (district, commune) = (level == Level::District, level == Level::Commune);
        let mut place = PlaceAt { end, word, district, commune, ..PlaceAt::default() };
        let home = self.home();
        place.jurisdiction = home.map(of_province).unwrap_or_default();
        let Some((past, name, known)) = self.local_name(end, word, level) else {
            // `UBND phường` in a document of the ward is its own
            if let Some(own) = self.context.place.as_ref().filter(|_| self.context.level == Some(level)) {
                place.jurisdiction = own.clone();
            }
            return place;
        };
        place.end = past;
        place.named = true;
        // the table of communes is of the division since 2025-07-01: before, it speaks for those in the issuer's own land
        let reform = NaiveDate::from_ymd_opt(2025, 7, 1);
        let before = commune && self.context.date.zip(reform).is_some_and(|(date, reform)| date < reform);
        let known = known.filter(|k| !before || home.is_some_and(|own| self.is_part(own.code, k.province)));
        let code = known.map(|k| k.code.to_owned());
        if district {
            place.jurisdiction.district = Some(name);
            place.jurisdiction.district_code = code;
        } else {
            place.jurisdiction.commune = Some(name);
            place.jurisdiction.commune_code = code;
        }
        if let Some((past, larger)) = self.larger_place(place.end, level) {
            place.end = past;
            merge(&mut place.jurisdiction, larger);
        } else if let Some(known) = known.filter(|_| !before) {
            let province = self.registry.provinces.by_code(known.province, self.context.date);
            if let Some(province) = province {
                place.jurisdiction.province = Some(province.name.to_owned());
                place.jurisdiction.province_code = Some(province.code.to_owned());
            }
        }
        place
    }

    /// The place of this level whose bare name stands at token `at`, as in `UBND các huyện: A, B`.
    pub fn listed_place(&self, word: &'static str, at: usize, level: Level) -> Option<PlaceAt> {
        if self.level_word(at).is_some() {
            return self.levelled_place(at).filter(|place| place.named);
        }
        if level == Level::Province {
            let (end, province) = self.province_at(at)?;
            let word = if province.city { "thành phố" } else { "tỉnh" };
            return Some(PlaceAt { end, word, named: true, jurisdiction: of_province(province), ..PlaceAt::default() });
        }
        // `các phường: Pleiku, Hội Phú`, but not `các xã, Hội Nông dân`
        let known = || self.local_name(at, word, level).is_some_and(|(_, _, known)| known.is_some());
        if self.is_head(at) && !known() {
            return None;
        }
        Some(self.local_place(word, at, level)).filter(|place| place.named)
    }

    /// The same where no word for several stands before the list (`UBND huyện A, B`): a name that the lexicon holds.
    pub fn bare_place(&self, word: &'static str, at: usize, level: Level) -> Option<PlaceAt> {
        let known = match level {
            Level::Province => self.province_at(at).is_some(),
            _ => self.local_name(at, word, level).is_some_and(|(_, _, known)| known.is_some()),
        };
        let body = self.level_word(at).is_some() || self.is_head(at) || self.body_at(at).is_some();
        if !known || body { None } else { self.listed_place(word, at, level) }
    }

    /// The name of a commune or district at token `at`: the longest known one, else the words in capitals.
    fn local_name(&self, at: usize, word: &str, level: Level) -> Option<(usize, String, Option<&'static Locality>)> {
        let at = self.soft(at);
        let digit = self.text.is_word(at) && self.text.case(at) == Case::Digit;
        if !digit && !self.text.is_capital(at) {
            return None;
        }
        let mut end = at;
        while end < at + LONGEST && (self.text.is_capital(end) || end == at || self.is_number(end)) {
            end = self.past_apostrophe(end + 1);
            if self.text.word(end) == DASH && self.text.is_capital(end + 1) {
                end += 1;
            }
        }
        for past in (at + 1..=end).rev() {
            let name = self.text.mended(at, past);
            if let Some(known) = self.known(&name, word, level) {
                return Some((past, known.name.to_owned(), Some(known)));
            }
        }
        // a ward of a number alone (`phường 5 Quận 3`), which a name that is known may follow (`phường 2 Bảo Lộc`)
        if digit {
            return Some((at + 1, self.text.mended(at, at + 1), None));
        }
        // an unknown name is as long as its capitals, but ends before the head of another body
        let stop = (at + 1..end).find(|i| self.is_head(*i)).unwrap_or(end);
        Some((stop, self.text.mended(at, stop), None))
    }

    /// Past the rest of a word that an apostrophe parts, whose first letters end before token `at`: `Cư M'gar`, `B’Lao`.
    fn past_apostrophe(&self, at: usize) -> usize {
        let sign = matches!(self.text.slice(at, at + 1), "'" | "’" | "‘" | "ʼ" | "`" | "´");
        // `Ia H' Drai`, and not the end of what is quoted
        let apart = || at > 0 && self.text.folded(at - 1).chars().count() == 1 && self.text.is_capital(at + 1);
        let goes_on = self.text.is_word(at + 1) && (self.text.adjoins(at + 1) || apart());
        if sign && self.text.adjoins(at) && goes_on { at + 2 } else { at }
    }

    /// Whether token `at` is a number of one or two digits (`phường Móng Cái 2`).
    fn is_number(&self, at: usize) -> bool {
        let word = self.text.folded(at);
        (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
    }

    /// The commune or district of this name: the one in the issuer's province, else the only one.
    fn known(&self, name: &str, word: &str, level: Level) -> Option<&'static Locality> {
        let kind = match word {
            "xã" => "x",
            "phường" | "thành phố" => "p",
            "đặc khu" => "k",
            "huyện" => "h",
            "quận" => "q",
            "thị xã" => "t",
            _ => return None,
        };
        let all = localities(level, name);
        let province = self.context.province.as_deref();
        let here = |l: &&Locality| province.is_some_and(|p| self.is_part(l.province, p));
        let of_kind = || all.iter().filter(|l| l.kind == kind);
        of_kind()
            .find(here)
            .or_else(|| all.iter().find(here))
            .or_else(|| of_kind().next().filter(|_| of_kind().count() == 1))
    }

    /// Whether the province of code `old` is, or went into, the one of code `code`.
    fn is_part(&self, old: &str, code: &str) -> bool {
        old == code || self.registry.provinces.all.iter().any(|p| p.code == old && p.successor == Some(code))
    }

    /// `, huyện B`, `, tỉnh C`, ` tỉnh C` behind a smaller place.
    fn larger_place(&self, at: usize, level: Level) -> Option<(usize, Jurisdiction)> {
        let next = if matches!(self.text.word(at), COMMA | DASH | w::THUOC) { at + 1 } else { at };
        let (_, _, larger) = self.level_word(next)?;
        if larger >= level {
            return None;
        }
        let place = self.levelled_place(next)?;
        place.named.then_some((place.end, place.jurisdiction))
    }

    /// The province named at token `at`, with its end.
    pub fn province_at(&self, at: usize) -> Option<(usize, &Province)> {
        if !self.text.is_capital(at) {
            return None;
        }
        let names = &self.registry.provinces.names;
        let (mut node, mut end, mut best) = (ROOT, at, None);
        while let Some(next) = self.step_place(node, end) {
            node = next;
            end += 1;
            if !names.values(node).is_empty() {
                best = Some((end, names.values(node)));
            }
        }
        let (end, numbers) = best?;
        if (at..end).any(|i| self.text.is_word(i) && !self.text.is_capital(i)) {
            return None;
        }
        Some((end, self.registry.provinces.on(numbers, self.context.date)?))
    }

    fn step_place(&self, node: crate::trie::Node, at: usize) -> Option<crate::trie::Node> {
        let names = &self.registry.provinces.names;
        let word = self.text.word(at);
        if word == DASH { names.step(node, crate::words::JOINER) } else { names.step(node, word) }
    }

    /// The issuer's province.
    pub fn home(&self) -> Option<&Province> {
        let code = self.context.province.as_deref()?;
        self.registry.provinces.by_code(code, self.context.date)
    }

    /// `at`, or the token behind one line break that stands there.
    pub fn soft(&self, at: usize) -> usize {
        if self.soft_breaks && self.text.word(at) == NEWLINE && self.text.is_word(at + 1) { at + 1 } else { at }
    }
}

pub(crate) fn of_province(province: &Province) -> Jurisdiction {
    Jurisdiction {
        province: Some(province.name.to_owned()),
        province_code: Some(province.code.to_owned()),
        ..Jurisdiction::default()
    }
}

fn merge(place: &mut Jurisdiction, larger: Jurisdiction) {
    if larger.district.is_some() && place.district.is_none() {
        place.district = larger.district;
        place.district_code = larger.district_code;
    }
    if larger.province.is_some() {
        place.province = larger.province;
        place.province_code = larger.province_code;
    }
}
