//! Lists of bodies: what a comma, a semicolon or `và` parts, and what they do not.

use nhiemvu_model::AgencyKind;

use crate::body::Found;
use crate::entry::PlaceRule;
use crate::group::longest;
use crate::lexicon::{self as w, GroupClass};
use crate::locate::of_province;
use crate::mention::{BodyList, Mention};
use crate::place::Level;
use crate::scan::Finder;
use crate::starts;
use crate::tokens::Case;
use crate::trie::Node;
use crate::words::{CLOSE, COMMA, DASH, DOT, NEWLINE, OPEN, SEMICOLON, SLASH};

/// How a list may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListRules {
    /// Whether common nouns count as bodies.
    pub cue: bool,
    /// Whether `;` and line breaks go on with the list.
    pub semicolons: bool,
}

/// Most bodies in one list: a bound for hostile texts.
pub(crate) const LONGEST: usize = 400;

/// Whether `word` may be `đồng`, `đ`, `ông` or `bà`, by its first byte.
pub(crate) fn may_be_person(word: &str) -> bool {
    matches!(word.as_bytes(), [0xC4 | 0xC3 | b'b', ..])
}

impl Finder<'_> {
    /// The list that begins at token `at`: its mentions, and the token at which it ends.
    pub fn list(&self, at: usize, rules: ListRules) -> (Vec<Mention>, usize) {
        let mut mentions = Vec::new();
        let mut end = at;
        let mut next = at;
        let mut head = None;
        let mut stem = None;
        let mut owner = None;
        while mentions.len() < LONGEST {
            // `UBND xã A, xã B`: B's committee, not B alone
            let place = if rules.cue && stem.is_none() { self.places_acting(next, owner.as_ref()) } else { None };
            let item = place.or_else(|| self.item(next, head, rules.cue)).or_else(|| self.place_behind(next, stem));
            let Some((found, past)) = item else { break };
            stem = self.stem_with_level(next).or(stem);
            head = self.head_of(next).or(head);
            owner = self.owner_of_place(next, past).or(owner);
            mentions.extend(found);
            end = self.past_brackets(past, &mut mentions);
            end = self.past_apposition(end).unwrap_or(end);
            match self.joint(end, rules) {
                // a list goes forward, whatever its items say of their ends
                Some(after) if after > next => next = after,
                _ => break,
            }
        }
        (mentions, end)
    }

    /// One item of a list, which may stand for several bodies: its mentions and its end.
    pub fn item(&self, at: usize, head: Option<Node>, cue: bool) -> Option<(Vec<Mention>, usize)> {
        if let Some(office) = self.past_person(at) {
            return self.held_at(office);
        }
        let starts = self.registry.starts(self.text.word(at));
        if starts & (starts::PLURAL | starts::NAME | starts::ABBREVIATION) != 0
            && let Some(elided) = self.elided_list(at)
        {
            return Some(elided);
        }
        self.plain_item(at, head, cue)
    }

    /// The same without lists that leave out their heads.
    pub fn plain_item(&self, at: usize, head: Option<Node>, cue: bool) -> Option<(Vec<Mention>, usize)> {
        let starts = self.registry.starts(self.text.word(at));
        let begins = |flags: u16| starts & flags != 0;
        if let Some(alias) = self.alias_at(at) {
            let end = alias.end;
            return Some((vec![self.mention(at, alias, false)], end));
        }
        let body = if begins(starts::NAME | starts::ABBREVIATION) { self.body_at(at) } else { None };
        let body = body.map(|body| self.of_every_level(at, body));
        if begins(starts::TITLE)
            && let Some(held) = self.held_at(at)
            && body.as_ref().is_none_or(|b| b.end < held.1)
        {
            return Some(held);
        }
        let names = starts::PLURAL | starts::GROUP | starts::NAME | starts::ABBREVIATION;
        let head_of_group = begins(starts::SHAPE) && self.text.is_capital(at);
        let counted = cue && self.text.case(at) == Case::Digit;
        let group = if begins(names) || head_of_group || counted { self.group_at(at, cue) } else { None };
        let elided = head.filter(|_| body.is_none()).and_then(|node| self.elided_item(node, at));
        // of two that end alike the last is taken: a registered body before a group
        let best = [group, elided, body].into_iter().flatten().max_by_key(|f| f.end).map(|f| self.past_owner(f));
        // a name read by its form counts only where nothing is registered, or what is may go on
        let open = best.as_ref().is_none_or(|found| self.may_go_on(at, found));
        let shape = if open && begins(starts::SHAPE) { self.shape_at(at) } else { None };
        let bare = || self.place_alone(at).or_else(|| self.bare_head(at));
        // `Chi hội Phụ nữ, Công an xã`: the head alone says more than its first noun
        let closed = best.as_ref().is_some_and(|found| !found.weak);
        let shape = shape.or_else(|| if cue && !closed { bare() } else { None });
        let found = match (best, shape) {
            (Some(found), Some(shape)) if shape.end > found.end => shape,
            (Some(found), _) => found,
            (None, Some(shape)) => self.past_owner(shape),
            (None, None) => {
                let found = self.repaired_at(at)?;
                let end = found.end;
                return Some((vec![self.mention(at, found, false)], end));
            }
        };
        let found = match Some(()).filter(|()| self.may_repair(&found)).and_then(|()| self.repaired_at(at)) {
            Some(repaired) if repaired.end >= found.end => repaired,
            _ => found,
        };
        let found = self.past_branch(at, found);
        let (end, weak) = (found.end, found.weak);
        (cue || !weak).then(|| (vec![self.mention(at, found, weak)], end))
    }

    /// The office behind a person: `đồng chí Nguyễn Văn An, Giám đốc Sở …`, `các đồng chí lãnh đạo …`.
    fn past_person(&self, at: usize) -> Option<usize> {
        let first = self.plural_end(at).unwrap_or(at);
        let ranked = self.registry.starts(self.text.word(first)) & starts::RANK != 0;
        if !ranked && !may_be_person(self.text.folded(first)) {
            return None;
        }
        let mut end = match (self.text.folded(first), self.text.folded(first + 1)) {
            ("đồng", "chí") => first + 2,
            ("đ", _) if self.text.word(first + 1) == SLASH && self.text.folded(first + 2) == "c" => first + 3,
            ("ông" | "bà", _) => first + 1,
            _ if ranked && self.text.is_capital(first) => longest(&self.registry.lexicon.ranks, self, first)?.0,
            _ => return None,
        };
        // `các ông (bà)`, `các ông, bà`
        if self.text.folded(first) == "ông" {
            let joined = matches!(self.text.word(end), OPEN | COMMA | SLASH | w::VA);
            let lady = end + usize::from(joined);
            if self.text.folded(lady) == "bà" {
                end = lady + 1 + usize::from(self.text.word(lady + 1) == CLOSE);
            }
        }
        // `đồng chí Thượng tá, Tiến sĩ Lê Văn Bến`
        while let Some((past, ())) = longest(&self.registry.lexicon.ranks, self, self.past_mark(end)) {
            end = past;
        }
        end = self.past_mark(end);
        if self.title_at(end).is_some() {
            return Some(end);
        }
        let name = end;
        while end < name + 6 && self.text.is_capital(end) {
            end += 1;
        }
        let marked = matches!(self.text.word(end), COMMA | DASH | OPEN);
        let office = end + usize::from(marked);
        (end > name && self.title_at(office).is_some()).then_some(office)
    }

    /// Past the stop of an abbreviated rank.
    fn past_mark(&self, at: usize) -> usize {
        at + usize::from(self.text.word(at) == DOT)
    }

    /// `Trạm Thú y`, `Đồn Biên phòng`: a head of several words where a district or commune has only one such body;
    /// `Công đoàn`, `Bưu điện`: a noun that names one body of the place.
    fn bare_head(&self, at: usize) -> Option<Found> {
        if !self.text.is_capital(at) || self.is_other_word(at) {
            return None;
        }
        let head = longest(&self.registry.lexicon.heads, self, at)
            .map(|(end, ())| end)
            .filter(|end| (at + 1..*end).any(|i| self.text.case(i) == Case::Title));
        let named = self.noun_at(at).filter(|(_, class)| *class == GroupClass::Named).map(|(end, _)| end);
        let end = head.max(named)?;
        let ends = !self.text.is_word(end) || self.text.case(end) == Case::Lower;
        ends.then(|| Found { end, agency: self.unregistered(at, end, None), weak: true })
    }

    /// `Tỉnh`, `Thành phố` with a capital and without a name, which stand for those who govern it.
    fn place_alone(&self, at: usize) -> Option<Found> {
        if !self.text.is_capital(at) {
            return None;
        }
        let (_, end, level) = self.level_word(at)?;
        let ends = !self.text.is_word(end) || self.text.case(end) == Case::Lower;
        let found = Found { end, agency: self.unregistered(at, end, self.home().map(of_province)), weak: true };
        (ends && level == Level::Province).then_some(found)
    }

    /// Whether words in capitals behind a body can belong to its name: `Công ty TNHH Phần mềm FPT Quy Nhơn` is not the
    /// company without a place that the registry holds.
    fn may_go_on(&self, at: usize, found: &Found) -> bool {
        let entry = found.agency.id.as_deref().and_then(|id| self.registry.entry(id));
        match entry {
            None => true,
            Some(entry) => {
                if self.is_of_longer_kind(at, found.end) || self.has_more_fields(at, found.end) {
                    return true;
                }
                let hamlet = || self.hamlet_end(found.end).or_else(|| self.bare_hamlet_end(found.end));
                if matches!(entry.place, PlaceRule::None) && hamlet().is_some() {
                    return true;
                }
                matches!(entry.place, PlaceRule::None | PlaceRule::LevelOptional | PlaceRule::Optional)
                    && (self.text.case(found.end) == Case::Title || self.is_short_name(found.end))
                    && !self.starts_body(found.end)
                    && self.is_bare(found)
            }
        }
    }

    /// `Ban Quản lý Khu kinh tế cửa khẩu Ma Lù Thàng`: whether the last words of the name at token `at`, which ends at token
    /// `end`, are the first of a longer word with a name behind it.
    fn is_of_longer_kind(&self, at: usize, end: usize) -> bool {
        const LONGEST: usize = 4;
        if self.text.case(end) != Case::Lower {
            return false;
        }
        let first = end.saturating_sub(LONGEST).max(at + 1);
        (first..end).filter_map(|i| self.compound_at(i)).any(|past| past > end && self.text.case(past) == Case::Title)
    }

    /// `Cục Thuế DNL`: an abbreviation behind a name that is written out, which no place, level or verb is.
    fn is_short_name(&self, at: usize) -> bool {
        let letters = self.text.folded(at);
        self.text.case(at) == Case::Upper
            && letters.chars().count() > 1
            && letters.chars().all(char::is_alphabetic)
            && at > 0
            && self.text.case(at - 1) != Case::Upper
            && self.text.case(at + 1) != Case::Upper
            && self.level_word(at).is_none()
            && self.province_at(at).is_none()
            && !matches!(letters, "tw" | "tư" | "vn" | "hcm" | "hn")
    }

    /// Whether no place is written with a body.
    fn is_bare(&self, found: &Found) -> bool {
        let before = found.end.checked_sub(1).map_or(0, |i| self.text.word(i));
        !matches!(before, w::TINH | w::PHO_CITY | w::TP)
    }

    /// `Agribank chi nhánh Gia Lai`, `Ngân hàng A - Chi nhánh tỉnh B`, `BHXH huyện`: the branch of a body that stands in the whole
    /// country.
    fn past_branch(&self, at: usize, found: Found) -> Found {
        const WORDS: usize = 2;
        // those whose branches are named without a word for it
        const BRANCHED: [&str; 6] = ["ngan-hang-", "bao-hiem-", "kho-bac-", "tap-doan-", "tong-cong-ty-", "cong-ty-"];
        let entry = found.agency.id.as_deref().and_then(|id| self.registry.entry(id));
        let dash = usize::from(self.text.word(found.end) == DASH);
        let branch = found.end + dash;
        let named = (self.text.folded(branch), self.text.folded(branch + 1)) == ("chi", "nhánh");
        let Some(entry) = entry.filter(|entry| matches!(entry.place, PlaceRule::None)) else { return found };
        let place_from = match named {
            true => branch + WORDS,
            false if BRANCHED.iter().any(|kind| entry.id.starts_with(kind)) => found.end,
            false => return found,
        };
        let Some(place) = self.place_at(place_from).filter(|place| place.end > place_from) else { return found };
        let agency = self.unregistered(at, place.end, Some(place.jurisdiction));
        Found { end: place.end, agency, weak: false }
    }

    /// `Trung tâm X thuộc Sở Y`: the mention runs over the owner, which is no second body.
    fn past_owner(&self, mut found: Found) -> Found {
        if found.agency.kind != AgencyKind::Group
            && self.text.word(found.end) == w::THUOC
            && let Some(owner) = self.body_at(found.end + 1)
        {
            found.end = owner.end;
        }
        found
    }

    /// An office with its body, or with a group.
    fn held_at(&self, at: usize) -> Option<(Vec<Mention>, usize)> {
        let title = self.title_at(at)?;
        let mut body = title.body;
        // `đồng chí`, `các` between the title and what is held
        if let Some(elided) = self.elided_list(body) {
            let (mut mentions, end) = elided;
            if let [only] = mentions.as_slice()
                && only.agency.kind == AgencyKind::Group
            {
                return Some((vec![self.mention(at, self.group(at, end, false), false)], end));
            }
            let words = self.text.mended(at, title.end);
            for mention in &mut mentions {
                mention.agency.holder = Some(words.clone());
            }
            if let Some(first) = mentions.first_mut() {
                first.start = self.text.start(at);
            }
            return Some((mentions, end));
        }
        if let Some(found) = self.body_at(body).filter(|f| f.end > title.end || title.body == title.end) {
            // `Trưởng phòng Giáo dục và Đào tạo các huyện, thành phố`: several hold the office
            let several = self.several_end(found.end).filter(|level| self.level_word(*level).is_some());
            if let Some(levels) = several.and_then(|_| self.group_at(found.end, true)) {
                return Some((vec![self.mention(at, self.group(at, levels.end, false), false)], levels.end));
            }
            let group = self.group_at(body, false).filter(|g| g.end > found.end);
            if group.is_none() {
                let mut found = found;
                found.agency.holder = Some(self.text.mended(at, title.end));
                let end = found.end;
                return Some((vec![self.mention(at, found, false)], end));
            }
        }
        if title.body < title.end {
            // `Trưởng phòng Kinh tế`
            let shape = self.shape_at(title.body).filter(|shape| shape.end > title.end);
            let named = shape.map(|shape| self.held_by(at, title.end, shape));
            return named.or_else(|| self.own_office(at, title.end));
        }
        // `Lãnh đạo Bộ`
        if let Some(mut found) = self.anaphor_at(body, &[]) {
            found.agency.holder = Some(self.text.mended(at, title.end));
            let end = found.end;
            return Some((vec![Mention { anaphor: true, ..self.mention(at, found, false) }], end));
        }
        if let Some(group) = self.group_at(body, true)
            && (!group.weak || self.text.is_capital(at))
        {
            let named = group.weak && self.text.is_capital(body);
            let found = if named { self.held_noun(at, title.end, &group) } else { self.group(at, group.end, false) };
            return Some((vec![self.mention(at, found, false)], group.end));
        }
        // `Trưởng Ban Chỉ đạo`: the head of a committee keeps the office
        if let Some(committee) = self.committee_at(body) {
            let end = committee.end;
            // `Đại diện Ban Giám hiệu`, `Bí thư Đoàn trường` speak for theirs
            let heads_it = !matches!(self.text.folded(at), "đại" | "lãnh" | "bí" | "hiệu");
            let name = if heads_it { at } else { title.end };
            let mut agency = self.unregistered(name, end, committee.agency.jurisdiction);
            agency.holder = (!heads_it).then(|| self.text.mended(at, name));
            let found = Found { end, agency, weak: false };
            return Some((vec![self.mention(at, found, false)], end));
        }
        body = title.end;
        let shape = self.shape_at(body)?;
        Some(self.held_by(at, title.end, shape))
    }

    /// A body known by its form, with the title at tokens `at..end` of who stands for it; `trưởng phòng Kinh tế` is of the `Phòng
    /// Kinh tế`.
    fn held_by(&self, at: usize, end: usize, mut found: Found) -> (Vec<Mention>, usize) {
        found.agency.holder = Some(self.text.mended(at, end));
        let mut letters = found.agency.name.chars();
        if let Some(first) = letters.next().filter(|first| first.is_lowercase()) {
            found.agency.name = first.to_uppercase().chain(letters).collect();
        }
        let end = found.end;
        (vec![self.mention(at, found, false)], end)
    }

    /// `Chánh Văn phòng` alone, which in a document of a province's committee is that of its own office.
    fn own_office(&self, at: usize, end: usize) -> Option<(Vec<Mention>, usize)> {
        let committee = self.context.issuers.iter().any(|a| a.id.as_deref() == Some("uy-ban-nhan-dan-tinh"));
        let chief = end >= at + 2 && self.text.folded(end - 1) == "phòng" && self.text.folded(end - 2) == "văn";
        let office = chief && self.text.case(at) != Case::Upper;
        let entry = self.registry.entry("van-phong-uy-ban-nhan-dan-tinh").filter(|_| committee && office)?;
        let mut agency = self.plain_at_home(entry);
        agency.holder = Some(self.text.mended(at, end));
        let found = Found { end, agency: Box::new(agency), weak: false };
        Some((vec![self.mention(at, found, false)], end))
    }

    /// `Bí thư Đảng ủy`, `Lãnh đạo Tổng cục`: the office of a body that the text has named before.
    fn held_noun(&self, at: usize, title_end: usize, group: &Found) -> Found {
        let mut agency = self.unregistered(title_end, group.end, group.agency.jurisdiction.clone());
        agency.holder = Some(self.text.mended(at, title_end));
        Found { end: group.end, agency, weak: false }
    }

    /// The token behind what joins two items at token `at`.
    pub fn joint(&self, at: usize, rules: ListRules) -> Option<usize> {
        if at >= self.text.len() {
            return None;
        }
        let mut next = match self.text.word(at) {
            COMMA | SLASH | w::VA | w::HOAC | w::CUNG => at + 1,
            SEMICOLON | NEWLINE if rules.semicolons => at + 1,
            _ => return None,
        };
        // `, và`, `; cùng với`
        while next < self.text.len()
            && matches!(self.text.word(next), w::VA | w::CUNG | w::VOI | NEWLINE)
            && (self.text.word(next) != NEWLINE || rules.semicolons || self.soft_breaks)
        {
            next += 1;
        }
        Some(next)
    }

    /// `Sở Y tế - cơ quan thường trực Ban Chỉ đạo - chủ trì …`: past what a body is, between marks behind its name, where what it
    /// does follows.
    fn past_apposition(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 24;
        let mark = self.text.word(at);
        let of = |i: usize| (self.text.folded(i), self.text.folded(i + 1));
        let office = matches!(of(at + 1), ("cơ", "quan") | ("đơn", "vị"));
        let part = matches!(of(at + 3), ("thường", "trực") | ("đầu", "mối") | ("chủ", "quản"));
        if !matches!(mark, COMMA | DASH) || !office || !part {
            return None;
        }
        let inside = |i: &usize| self.text.is_word(*i) || matches!(self.text.word(*i), COMMA | DASH | w::VA);
        let close = (at + 5..at + LONGEST).take_while(inside).find(|i| self.text.word(*i) == mark)?;
        let does = self.text.case(close + 1) == Case::Lower && self.strong_at(close + 1).is_none();
        does.then_some(close + 1)
    }

    /// Passes brackets behind an item; the bodies in them are marked.
    pub fn past_brackets(&self, at: usize, mentions: &mut Vec<Mention>) -> usize {
        if self.text.word(at) != OPEN {
            return at;
        }
        let Some(close) = (at + 1..at + 60).take_while(|i| *i < self.text.len()).find(|i| self.text.word(*i) == CLOSE)
        else {
            return at;
        };
        let mut next = at + 1;
        while next < close {
            match self.strong_at(next) {
                Some((found, end)) if end > next && end <= close => {
                    // an abbreviation of the body itself (`… Việt Nam (ACV)`) is no other
                    let parent = mentions.last().and_then(|m| m.agency.id.clone());
                    let others = found.into_iter().filter(|m| m.agency.id.is_none() || m.agency.id != parent);
                    mentions.extend(others.map(|m| Mention { in_brackets: true, ..m }));
                    next = end;
                }
                _ => next += 1,
            }
        }
        close + 1
    }

    /// The body list of a list's mentions that ends at token `end`.
    pub fn body_list(&self, mentions: Vec<Mention>, end: usize, from: usize) -> BodyList {
        let end = if mentions.is_empty() { from } else { self.text.end_before(end) };
        BodyList { mentions, end }
    }
}
