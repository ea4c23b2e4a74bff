//! Bodies that the registry does not hold, known by their form: a head noun and a name.

use nhiemvu_model::{Agency, AgencyKind, Jurisdiction};

use crate::body::Found;
use crate::group::{longest, longest_within};
use crate::lexicon as w;
use crate::scan::Finder;
use crate::tokens::Case;
use crate::words::{AMPERSAND, COMMA, DASH, DOT};

/// Longest name, in tokens.
const LONGEST: usize = 24;

/// A name as it is read, word by word.
struct Name {
    /// Token up to which it has been read.
    end: usize,
    /// Where it can end.
    best: Option<usize>,
    /// Whether a capital stands in it.
    capital: bool,
    /// How many parts have been read.
    words: usize,
    /// Whether the head is a name by itself, and nothing has been read behind it.
    whole: bool,
}

impl Finder<'_> {
    /// Whether a head of names (`Sở`, `Trung tâm`), with a capital, stands at token `at`.
    pub fn is_head(&self, at: usize) -> bool {
        self.text.is_capital(at) && longest(&self.registry.lexicon.heads, self, at).is_some()
    }

    /// The body that begins at token `at` with a head noun and goes on with a name.
    pub fn shape_at(&self, at: usize) -> Option<Found> {
        match self.shape.take() {
            Some((known, shape)) if known == at => shape,
            _ => self.find_shape(at),
        }
    }

    /// End of that body; the body is kept for whoever asks for it next.
    pub fn shape_end(&self, at: usize) -> Option<usize> {
        let shape = self.shape_at(at);
        let end = shape.as_ref().map(|found| found.end);
        self.shape.replace(Some((at, shape)));
        end
    }

    fn find_shape(&self, at: usize) -> Option<Found> {
        if !self.text.is_capital(at) {
            return self.small_head(at);
        }
        let committee = self.committee_at(at);
        let part = self.part_at(at);
        let named = self.named_at(at);
        // of two that end alike the last is taken
        let found = [named, part, committee].into_iter().flatten().max_by_key(|f| f.end)?;
        match self.hamlet_end(found.end).or_else(|| self.bare_hamlet_end(found.end)) {
            Some(end) => {
                let agency = self.unregistered(at, end, found.agency.jurisdiction);
                Some(Found { end, agency, weak: false })
            }
            None => Some(found),
        }
    }

    /// `công ty Ban Mai`, `đại học Hoa Lan`: a head in small letters before a proper name.
    fn small_head(&self, at: usize) -> Option<Found> {
        longest(&self.registry.lexicon.lowercase, self, at)?;
        let (head, ()) = longest(&self.registry.lexicon.heads, self, at)?;
        let proper = self.text.is_capital(head) && self.province_at(head).is_none();
        if proper && !self.is_head(head) { self.named_at(at) } else { None }
    }

    /// A head noun with a name: `Trung tâm Khuyến nông tỉnh`, `Công ty Điện lực Bình Định`.
    fn named_at(&self, at: usize) -> Option<Found> {
        let (mut head, ()) = longest(&self.registry.lexicon.heads, self, at)?;
        // `Ban Tổ chức - Kiểm tra` is no `Ban Tổ chức` with a name
        if head > at + 1 && matches!(self.text.word(head), DASH | AMPERSAND) && self.is_short_head(at) {
            head = at + 1;
        }
        if self.has_more_fields(at, head) {
            let shorter = longest_within(&self.registry.lexicon.heads, self, at, head - 1);
            head = shorter.map_or(head, |(end, ())| end);
        }
        let other = longest(&self.registry.lexicon.others, self, at)
            .is_some_and(|(end, ())| !(at + 1..end).any(|i| self.text.case(i) == Case::Title));
        // in a heading set in capitals a short head is more likely another word (`TỔ CHỨC THỰC HIỆN`)
        let upper = self.text.case(at) == Case::Upper;
        if upper && head > at + 1 && self.text.case(head) == Case::Title {
            return None;
        }
        let capitals = upper
            && self.text.case(head) == Case::Upper
            && head == at + 1
            && !self.registry.lexicon.expand.contains_key(&self.text.word(at));
        if other || capitals || self.is_street(at) {
            return None;
        }
        // `Sở Sở Công Thương`: a slip of the hand, and the second is the body
        if head == at + 1 && self.text.word(head) == self.text.word(at) {
            return None;
        }
        let Some(name) = self.read_name(head, self.is_whole(at, head)) else { return self.head_with_place(at, head) };
        let named = name.best?;
        let place = self.place_at(named).filter(|p| !p.word.is_empty() && p.end > named);
        // `Ban Quản lý đầu tư`: the head itself has a capital behind its first
        let proper = name.capital || (at + 1..head).any(|i| self.text.case(i) == Case::Title);
        let weak = !proper && place.is_none();
        let (end, name_end, jurisdiction) = match place {
            None if self.country_end(named).is_some() => {
                let end = self.country_end(named).unwrap_or(named);
                (end, end, None)
            }
            Some(place) => {
                let level = if self.text.word(named) == w::CUA { named } else { self.level_end(named) };
                (place.end, level, Some(place.jurisdiction))
            }
            None => (named, named, None),
        };
        Some(Found { end, agency: self.unregistered(at, name_end, jurisdiction), weak })
    }

    /// A head of several words that a place makes a name: `Trạm Y tế xã`, `Trung tâm Y tế phường Quy Nhơn`.
    fn head_with_place(&self, at: usize, head: usize) -> Option<Found> {
        // `Ban Công tác Mặt trận thôn`, `… thôn Bình An`
        if let Some(end) = self.hamlet_end(head).or_else(|| self.bare_hamlet_end(head)).filter(|_| head > at + 1) {
            return Some(Found { end, agency: self.unregistered(at, end, None), weak: false });
        }
        let place = self.place_at(head).filter(|p| !p.word.is_empty() && p.end > head && head > at + 1)?;
        Some(Found {
            end: place.end,
            agency: self.unregistered(at, self.level_end(head), Some(place.jurisdiction)),
            weak: false,
        })
    }

    /// Whether the one word at token `at` is a head by itself.
    fn is_short_head(&self, at: usize) -> bool {
        let heads = &self.registry.lexicon.heads;
        heads.step(crate::trie::ROOT, self.text.word(at)).is_some_and(|node| !heads.values(node).is_empty())
    }

    fn level_end(&self, at: usize) -> usize {
        let at = at + usize::from(self.text.word(at) == w::CAP);
        self.level_word(at).map_or(at, |(_, end, _)| end)
    }

    /// `đường Trường Chinh`: a street, and no body.
    fn is_street(&self, at: usize) -> bool {
        // `Hội An`, `Trường Sa` are places
        let place = matches!(
            (self.text.folded(at), self.text.folded(at + 1)),
            ("hội", "an") | ("trường", "sa" | "sơn" | "chinh") | ("đoàn", "kết")
        );
        place || at > 0 && matches!(self.text.folded(at - 1), "đường" | "phố" | "quận" | "phường" | "tây")
    }

    /// Whether a head of several words says what the body is for (`Trạm Y tế`, `Đoàn Thanh niên`), so that a verb behind it
    /// is what it does; `Ban Chỉ đạo`, `Tổ công tác` say only what it does to what follows.
    fn is_whole(&self, at: usize, head: usize) -> bool {
        let field = (at + 1..head).any(|i| self.text.is_capital(i));
        let acts = head >= at + 2
            && (longest(&self.registry.lexicon.stops, self, head - 2).is_some_and(|(end, ())| end == head)
                || (self.text.folded(head - 2), self.text.folded(head - 1)) == ("công", "tác"));
        field && !acts
    }

    /// Reads the name that begins at token `at`, behind a head that is a name by itself or none.
    fn read_name(&self, at: usize, whole: bool) -> Option<Name> {
        let mut name = Name { end: at, best: None, capital: false, words: 0, whole };
        while name.end < at + LONGEST {
            let next = self.soft(name.end);
            let word = self.text.word(next);
            let end = if word == w::VA || !self.text.is_word(next) {
                self.past_name_joiner(next, &name)
            } else if let Some(end) = self.numbered_end(next) {
                (name.capital, name.best) = (true, Some(end));
                Some(end)
            } else if self.text.is_capital(next) || self.is_ordinal(next) {
                self.capital_part(next, next > at, &mut name)
            } else {
                self.small_part(next, &mut name)
            };
            match end {
                Some(end) => (name.end, name.whole) = (end, false),
                None => break,
            }
        }
        name.best?;
        Some(name)
    }

    /// `số 2` in a name (`Ban Quản lý dự án số 2`).
    fn numbered_end(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 2;
        let number = self.text.folded(at) == "số"
            && self.text.case(at + 1) == Case::Digit
            && self.text.folded(at + 1).len() <= LONGEST;
        let symbol = !self.text.is_word(at + 2) && matches!(self.text.word(at + 2), crate::words::SLASH);
        (number && !symbol).then_some(at + 2)
    }

    /// A number at the end of a name (`Quân khu 5`).
    fn is_ordinal(&self, at: usize) -> bool {
        // `Ban QLDA 85 làm việc với …`, and not `Ban Chỉ đạo 3 lần`
        let acts =
            self.text.case(at + 1) == Case::Lower && longest(&self.registry.lexicon.stops, self, at + 1).is_some();
        self.text.case(at) == Case::Digit
            && self.text.folded(at).len() <= 3
            && (!self.text.is_word(at + 1)
                || acts
                || self.text.word(at + 1) == w::VA
                // `Ban Chỉ đạo 35 tỉnh`
                || self.level_word(at + 1).is_some())
    }

    /// A word in capitals, or the compound that begins with it.
    fn capital_part(&self, at: usize, inside: bool, name: &mut Name) -> Option<usize> {
        let compound = self.compound_at(at);
        let capitals = self.text.case(at) == Case::Upper && self.text.folded(at).len() > 1;
        if capitals && compound.is_none() && longest(&self.registry.lexicon.stops, self, at).is_some() {
            return None;
        }
        // `Ban Nghiên cứu phát triển Thành phố`: the level with a capital, not a name's first syllable
        if inside && self.level_word(at).is_some_and(|(_, end, _)| end > at + 1) && self.text.case(at) == Case::Title {
            return None;
        }
        // `KT. CHỦ TỊCH`, `TL.` begin a signature
        let signs = matches!(self.text.folded(at), "kt" | "tl" | "tm" | "tuq") && self.text.word(at + 1) == DOT;
        if signs || (!inside && self.title_at(at).is_some()) {
            return None;
        }
        // `Ban Công tác Thiếu nhi Trung ương Đoàn`
        if inside && name.capital && self.text.folded(at) == "trung" && self.text.folded(at + 1) == "ương" {
            let end = at + 2 + usize::from(self.union_behind(at + 2));
            (name.words, name.best) = (name.words + 1, Some(end));
            return Some(end);
        }
        // `Công ty Công nghệ thông tin Điện lực miền Bắc`: a trade, and no second body
        let trade = matches!(
            (self.text.folded(at), self.text.folded(at + 1)),
            ("điện", "lực") | ("viễn", "thông") | ("bưu", "điện") | ("truyền", "tải")
        );
        if inside && !trade {
            let head = longest(&self.registry.lexicon.heads, self, at).map_or(at, |(end, ())| end);
            // an abbreviation (`FPT`) may be part of the name
            let body = self.body_at(at).map_or(at, |b| b.end);
            let body = if body == at + 1 { at } else { body };
            if compound.unwrap_or(at) < head.max(body) || self.title_at(at).is_some() {
                return None;
            }
        }
        let end = compound.unwrap_or(at + 1);
        name.capital = true;
        name.words += 1;
        name.best = Some(end);
        Some(end)
    }

    /// A compound in small letters, or the small second syllable of a compound that is not known.
    fn small_part(&self, at: usize, name: &mut Name) -> Option<usize> {
        if self.level_word(at).is_some() {
            return None;
        }
        // `Ban Quản lý dự án đầu tư xây dựng khu vực Kim Thành`, `… khu vực 3`
        let region = self.text.folded(at) == "khu" && self.text.folded(at + 1) == "vực" && name.best.is_some();
        let named = self.text.is_capital(at + 2) || self.text.case(at + 2) == Case::Digit;
        if region && named && self.text.is_word(at + 2) {
            (name.capital, name.best) = (true, Some(at + 3));
            return Some(at + 3);
        }
        if let Some(end) = self.compound_at(at) {
            let verb = longest(&self.registry.lexicon.stops, self, at).map(|(past, ())| past);
            // `Văn phòng xây dựng kế hoạch`: behind the head alone a verb with more words is what the office does
            let office = name.words == 0
                && matches!(
                    self.text.folded(at - 1),
                    "phòng" | "ban" | "sở" | "bộ" | "cục" | "vụ" | "viện" | "hội" | "đoàn" | "ủy" | "hiệu" | "đốc"
                );
            let acts =
                (office || name.whole) && verb == Some(end) && self.text.is_word(end) && self.text.word(end) != w::VA;
            // `Tổ Giúp việc tổng hợp, báo cáo …`: the second verb is of no name, and so the first is none either
            let reports = matches!(self.text.folded(end + 1), "báo" | "trình" | "gửi" | "tham" | "đề");
            let acts = acts || verb == Some(end) && self.text.word(end) == COMMA && reports;
            // `Phòng Điều dưỡng giám sát việc …`: words of names are verbs before what they act on
            let on = |i: usize| {
                let object = matches!(
                    self.text.folded(i),
                    "việc"
                        | "các"
                        | "những"
                        | "toàn"
                        | "lại"
                        | "ngay"
                        | "tốt"
                        | "chặt"
                        | "đầy"
                        | "đúng"
                        | "tối"
                        | "thêm"
                        | "cho"
                );
                object || self.text.case(i) == Case::Digit && self.text.is_word(i)
            };
            // `Công ty Khai thác công trình thủy lợi Quảng Bình vận hành …`: a name goes up to its place
            let placed = at >= 2 && self.province_at(at - 2).is_some_and(|(past, _)| past == at);
            if name.best.is_some() && (verb.is_some() || on(end) || placed) || acts {
                return None;
            }
            name.best = Some(end);
            return Some(end);
        }
        // behind two words in capitals, which are a proper name, a small one belongs to the sentence
        let second = name.best == Some(at)
            && self.text.is_capital(at - 1)
            && !(at >= 2 && self.is_proper_word(at - 2) && name.words > 1);
        let joined = self.text.word(at + 1) == w::VA && self.text.is_capital(at + 2);
        let closed =
            !self.text.is_word(at + 1) || joined || self.text.is_capital(at + 1) || self.compound_at(at + 1).is_some();
        if !second || !closed || longest(&self.registry.lexicon.stops, self, at).is_some() {
            return None;
        }
        name.best = Some(at + 1);
        Some(at + 1)
    }

    /// Whether a word of a proper name stands at token `at`: with a capital, and no abbreviation.
    fn is_proper_word(&self, at: usize) -> bool {
        self.text.case(at) == Case::Title || (self.text.is_capital(at) && self.text.folded(at).chars().count() == 1)
    }

    /// The token behind a joiner inside a name, where the name goes on behind it.
    fn past_name_joiner(&self, at: usize, name: &Name) -> Option<usize> {
        name.best?;
        let mut next = self.soft(at + 1);
        // `Ban Quản lý Khu kinh tế A và các khu công nghiệp B`
        if self.text.word(at) == w::VA && self.text.word(next) == w::CAC && self.text.word(next + 1) == w::KHU
            || self.text.word(at) == w::VA && self.text.word(next) == w::CAC && self.text.folded(next + 1) == "kcn"
        {
            next += 1;
            return Some(next);
        }
        let goes_on = |i: usize| {
            let compound = self.compound_at(i);
            compound.is_some() && self.body_at(i).is_none_or(|b| Some(b.end) <= compound)
        };
        let fits = match self.text.word(at) {
            DASH | AMPERSAND => self.text.is_capital(next),
            w::VA if self.is_second_field(next) && name.capital => true,
            // `Ban Chỉ huy PCTT và TKCN`
            w::VA if self.is_initials(at - 1) && self.is_initials(next) => true,
            w::VA => goes_on(next) && (name.capital || !self.text.is_capital(next)),
            COMMA => goes_on(next) && self.closes_with_and(next),
            DOT => self.text.adjoins(at) && self.text.case(at - 1) == Case::Upper && self.text.is_capital(next),
            _ => false,
        };
        (fits && !self.starts_body(next)).then_some(next)
    }

    /// Whether token `at` is an abbreviation in capitals that names no body.
    fn is_initials(&self, at: usize) -> bool {
        self.text.is_word(at)
            && self.text.case(at) == Case::Upper
            && self.text.folded(at).chars().count() > 1
            && self.body_at(at).is_none()
    }

    /// Whether a word with a capital that begins no body, group, office or place stands at token `at`: behind `và` it
    /// names a second field of the same body (`Phòng Khảo thí và Bảo đảm chất lượng`).
    fn is_second_field(&self, at: usize) -> bool {
        self.text.case(at) == Case::Title
            && self.text.is_word(at + 1)
            && self.text.case(at + 1) == Case::Lower
            && self.noun_at(at).is_none()
            && self.title_at(at).is_none()
            && self.level_word(at).is_none()
            && self.province_at(at).is_none()
            && longest(&self.registry.lexicon.stops, self, at).is_none_or(|(end, ())| self.compound_at(at) > Some(end))
    }

    /// End of the compound of names that begins at token `at`.
    pub fn compound_at(&self, at: usize) -> Option<usize> {
        longest(&self.registry.lexicon.compounds, self, at).map(|(end, ())| end)
    }

    /// Whether the words from token `at` come to `và` and another part of a name before they end.
    fn closes_with_and(&self, at: usize) -> bool {
        let and = (at..at + 12)
            .take_while(|i| self.text.is_word(*i) || self.text.word(*i) == COMMA)
            .find(|i| self.text.word(*i) == w::VA);
        and.is_some_and(|i| self.compound_at(i + 1).is_some() && self.body_at(i + 1).is_none())
    }

    /// `Trung tâm Văn hóa, Thể thao và Truyền thanh`: whether the centre at token `at` has further fields behind the comma at `comma`.
    pub fn has_more_fields(&self, at: usize, comma: usize) -> bool {
        let centre = (self.text.folded(at), self.text.folded(at + 1)) == ("trung", "tâm");
        centre
            && self.text.word(comma) == COMMA
            && self.text.case(comma + 1) == Case::Title
            && self.compound_at(comma + 1).is_some()
            && self.closes_with_and(comma + 1)
            && !self.starts_body(comma + 1)
    }

    /// Whether another body begins at token `at`.
    pub fn starts_body(&self, at: usize) -> bool {
        self.body_at(at).is_some()
            || (self.is_head(at) && self.compound_at(at).is_none())
            || self.plural_end(at).is_some()
    }

    /// A part of a body that is named with it: `Thanh tra Sở Y tế`, `Ban Thường vụ Đảng ủy Chính phủ`.
    fn part_at(&self, at: usize) -> Option<Found> {
        let (part, ()) = longest(&self.registry.lexicon.parts, self, at)?;
        // `Đảng ủy cơ quan Văn phòng Quốc hội`
        let office = (self.text.folded(part), self.text.folded(part + 1)) == ("cơ", "quan");
        let part = if office && self.text.case(part) == Case::Lower { part + 2 } else { part };
        let next = self.soft(part);
        let named = || self.named_at(next).filter(|named| !named.weak);
        let shaped = || match self.committee_at(next) {
            // `Cơ quan thường trực Ban Chỉ đạo tổng hợp …`: a verb behind it is no part of its name
            Some(found) if longest(&self.registry.lexicon.stops, self, found.end).is_some() => Some(found),
            committee => [named(), committee].into_iter().flatten().max_by_key(|found| found.end),
        };
        let whole = self
            .body_at(next)
            .or_else(shaped)
            .or_else(|| self.part_at_deeper(next, at))
            .or_else(|| self.party_committee_at(next))?;
        if whole.agency.kind == AgencyKind::Group || !self.text.is_capital(next) {
            return None;
        }
        let mut agency = self.unregistered(at, whole.end, whole.agency.jurisdiction.clone());
        let written = self.written_out(next, whole.end);
        // an abbreviation may be the name of the part itself (`Trung tâm ABC`)
        let long = whole.end > next + 1 && !(self.text.folded(next) == "trung" && self.union_behind(next + 2));
        let name = if whole.agency.id.is_some() && long { &whole.agency.name } else { &written };
        agency.name = format!("{} {name}", self.text.mended(at, part));
        Some(Found { end: whole.end, agency, weak: false })
    }

    /// `Đảng ủy`, `Đảng bộ`, `Chi bộ` alone, the whole of which a part is named (`Văn phòng Đảng ủy`).
    fn party_committee_at(&self, at: usize) -> Option<Found> {
        let (end, _) = self.noun_at(at).filter(|_| matches!(self.text.folded(at), "đảng" | "chi" | "cấp"))?;
        let named = self.text.is_capital(end) || self.level_word(end).is_some();
        (end == at + 2 && !named).then(|| Found { end, agency: self.unregistered(at, end, None), weak: false })
    }

    /// A part of a part; the depth is that of the text, which a few words bound.
    fn part_at_deeper(&self, at: usize, from: usize) -> Option<Found> {
        if at > from + 12 || !self.text.is_capital(at) {
            return None;
        }
        let (part, ()) = longest(&self.registry.lexicon.parts, self, at)?;
        let whole = self.body_at(self.soft(part))?;
        Some(Found { agency: self.unregistered(at, whole.end, whole.agency.jurisdiction), ..whole })
    }

    /// A committee or working group: `Ban Chỉ đạo`, `Tổ Công tác 35`, `Ban Chỉ đạo cấp tỉnh về chuyển đổi số`.
    pub fn committee_at(&self, at: usize) -> Option<Found> {
        if !self.text.is_capital(at) {
            return None;
        }
        let (mut end, ()) = longest(&self.registry.lexicon.committees, self, at)?;
        let mut jurisdiction = None;
        let of = self.soft(end + usize::from(self.text.word(end) == w::CUA));
        if let Some(body) = self.body_at(of) {
            end = body.end;
            jurisdiction = body.agency.jurisdiction;
        } else if let Some(place) = self.place_at(end).filter(|p| !p.word.is_empty()) {
            end = place.end;
            jurisdiction = Some(place.jurisdiction);
        } else if let Some(whole) = self.bare_whole(at, end) {
            end = whole;
        } else if matches!(self.text.folded(of), "trung" | "quốc" | "nhà") {
            end = of + 2;
        }
        // `Tổ công tác 35`, and not `báo cáo Ban Chỉ đạo 2 lần/năm`
        let counts = matches!(self.text.folded(end + 1), "giờ" | "lần" | "ngày" | "tuần" | "tháng" | "năm" | "bản");
        if self.text.case(end) == Case::Digit && self.text.is_word(end) && !counts {
            end += 1;
            // `Ban Chỉ đạo 389 tỉnh`
            if let Some(place) = self.place_at(end).filter(|p| !p.word.is_empty() && jurisdiction.is_none()) {
                end = place.end;
                jurisdiction = Some(place.jurisdiction);
            }
        }
        let topic = self.topic_end(end);
        if let Some(place) =
            self.place_at(topic).filter(|p| !p.word.is_empty() && jurisdiction.is_none() && topic > end)
        {
            let agency = self.unregistered(at, self.level_end(topic), Some(place.jurisdiction));
            return Some(Found { end: place.end, agency, weak: false });
        }
        let end = topic;
        Some(Found { end, agency: self.unregistered(at, end, jurisdiction), weak: false })
    }

    /// `Ban Giám đốc Sở`: end of the head that stands alone behind those who direct it.
    fn bare_whole(&self, at: usize, end: usize) -> Option<usize> {
        let directs = self.text.folded(at) == "ban" && self.text.folded(at + 1) == "giám";
        let whole = longest(&self.registry.lexicon.heads, self, end).map(|(whole, ())| whole);
        let alone = |whole: &usize| !self.text.is_word(*whole) || self.text.case(*whole) == Case::Lower;
        whole.filter(|whole| directs && self.text.case(end) == Case::Title && alone(whole))
    }

    /// End of what a committee is for: `về chuyển đổi số và Đề án 06`, `phòng, chống thiên tai`.
    fn topic_end(&self, at: usize) -> usize {
        let about = self.text.word(at) == w::VE;
        let mut end = at + usize::from(about);
        let mut best = None;
        while end < at + LONGEST * 2 {
            let next = self.soft(end);
            if let Some(past) = self.compound_at(next) {
                // `… về phòng, chống thiên tai hỗ trợ tỉnh`: a verb behind the topic, which no joiner adds to it, is what is done
                let apart = if best.is_none() { !about } else { best == Some(end) };
                if apart && longest(&self.registry.lexicon.stops, self, next).is_some() {
                    break;
                }
                best = Some(past);
                end = past;
            } else if best.is_some()
                && matches!(self.text.word(next), COMMA | w::VA | DASH)
                && (self.compound_at(next + 1).is_some() || self.is_numbered_plan(next + 1))
                && !self.text.is_capital(next + 1) | self.is_numbered_plan(next + 1)
            {
                end = next + 1;
            } else if self.is_numbered_plan(next) {
                end = next + 3;
                best = Some(end);
            } else {
                break;
            }
        }
        best.unwrap_or(at)
    }

    /// `Đề án 06`.
    fn is_numbered_plan(&self, at: usize) -> bool {
        self.text.word(at) == w::DE && self.text.word(at + 1) == w::AN && self.text.case(at + 2) == Case::Digit
    }

    /// The words of tokens `at..end`, with the common abbreviations in capitals written out.
    pub(crate) fn written_out(&self, at: usize, end: usize) -> String {
        let expand = &self.registry.lexicon.expand;
        // what the document itself writes out counts more than what others mean by the same letters
        let own = |i: usize| self.context.abbreviation(&self.text.mended(i, i + 1)).map(str::to_owned);
        let known = |i: usize| expand.get(&self.text.word(i)).map(|words| (*words).to_owned());
        let long = |i: usize| {
            Some(()).filter(|()| self.text.case(i) == Case::Upper).and_then(|()| own(i).or_else(|| known(i)))
        };
        if !(at..end).any(|i| long(i).is_some()) {
            return self.text.mended(at, end);
        }
        let mut name = String::new();
        for i in at..end {
            if i > at && !self.text.adjoins(i) {
                name.push(' ');
            }
            match long(i) {
                Some(words) => name.push_str(&words),
                None => name.push_str(&self.text.mended(i, i + 1)),
            }
        }
        name
    }

    /// The unregistered body of tokens `at..end`.
    pub fn unregistered(&self, at: usize, end: usize, jurisdiction: Option<Jurisdiction>) -> Box<Agency> {
        let jurisdiction = jurisdiction.filter(|j| *j != Jurisdiction::default());
        Box::new(Agency { jurisdiction, ..Agency::named(self.written_out(at, end), AgencyKind::Unregistered) })
    }
}
