//! Groups of bodies, which keep the words that the document uses (`các sở, ban, ngành`, `UBND các xã, phường`).
//!
//! A comma or `và` inside a group does not part it; what parts it is a new head: another `các`, a registered body, a noun of
//! another class. Its tail (`liên quan`, `trên địa bàn tỉnh`, `thuộc phạm vi quản lý`) belongs to it.

use nhiemvu_model::{Agency, AgencyKind};

use crate::body::Found;
use crate::lexicon::{self as w, GroupClass};
use crate::locate::of_province;
use crate::place::Level;
use crate::scan::Finder;
use crate::starts;
use crate::tokens::Case;
use crate::trie::{Node, ROOT, Trie};
use crate::words::{COMMA, DASH, JOINER, SLASH};

/// Most nouns in one group, and most tails behind it.
pub(crate) const LONGEST: usize = 16;

/// How much words stand for bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// By themselves.
    Full,
    /// Only beside a cue.
    Cue,
}

/// Nouns of a group, by tokens.
struct NounGroup {
    at: usize,
    /// First noun.
    first: usize,
    /// End of the last noun, and of the tails behind it.
    noun_end: usize,
    past: usize,
    /// Class of the first noun.
    head: GroupClass,
    /// Whether there are several nouns.
    several: bool,
    /// Whether a word for several stands before them.
    plural: bool,
}

impl Finder<'_> {
    /// The group that begins at token `at`; beside a cue a bare noun in the singular is one too.
    pub fn group_at(&self, at: usize, cue: bool) -> Option<Found> {
        let starts = self.registry.starts(self.text.word(at));
        let stem = starts & starts::STEM != 0 || (starts & starts::SHAPE != 0 && self.text.is_capital(at));
        let local = if stem { self.local_group(at) } else { None };
        let local = local.or_else(|| if starts & starts::SHAPE != 0 { self.parts_of_several(at) } else { None });
        let counted = || cue && self.counted_end(at).is_some();
        if local.is_some() || starts & (starts::GROUP | starts::PLURAL) == 0 && !counted() {
            return local;
        }
        self.noun_group(at, cue)
    }

    /// Behind a word for several, or a number of bodies: `các`, `11` of `UBND 11 xã`, `03` of `03 sở, ngành`.
    pub fn several_end(&self, at: usize) -> Option<usize> {
        self.plural_end(at).or_else(|| self.counted_end(at))
    }

    /// Behind a small number before a noun for bodies or a level of places.
    fn counted_end(&self, at: usize) -> Option<usize> {
        const DIGITS: usize = 3;
        let number = self.text.case(at) == Case::Digit && self.text.folded(at).len() <= DIGITS;
        // `chính quyền 2 cấp`
        let noun = |at: usize| {
            let counts = |class| matches!(class, GroupClass::Body | GroupClass::School | GroupClass::Business);
            self.text.word(at) != w::CAP && self.noun_at(at).is_some_and(|(_, class)| counts(class))
        };
        let next = at + 1;
        (number && (noun(next) || self.level_word(next).is_some())).then_some(next)
    }

    /// Whether token `at` is a word for several.
    pub fn plural_end(&self, at: usize) -> Option<usize> {
        let next = self.text.word(at + 1);
        match self.text.word(at) {
            w::CAC | w::NHUNG | w::MOI | w::TUNG => Some(at + 1),
            w::TOAN if next == w::THE => Some(self.plural_end(at + 2).unwrap_or(at + 2)),
            w::TAT if next == w::CA => Some(self.plural_end(at + 2).unwrap_or(at + 2)),
            w::MOT if next == w::SO_COUNT => Some(at + 2),
            _ => None,
        }
    }

    /// `UBND các xã, phường`, `UBND các địa phương`, `Trạm Y tế các xã`: a body's stem before several places.
    fn local_group(&self, at: usize) -> Option<Found> {
        let stem = match self.stem_at(at) {
            Some((stem, _)) => stem,
            None => self.shape_before_levels(at)?,
        };
        if let Some(end) = self.graded_end(stem) {
            return Some(self.group(at, self.tails_end(end), false));
        }
        let plural = self.several_end(stem);
        let mut end = plural.unwrap_or(stem);
        if let Some(noun) = plural
            && let Some((mut noun_end, GroupClass::Body | GroupClass::Named)) = self.noun_at(noun)
            && self.level_word(noun).is_none()
        {
            // `Thanh tra các bộ, ngành, địa phương`
            let mut class = GroupClass::Body;
            for _ in 0..LONGEST {
                let Some((past, next)) = self.next_noun(noun_end, class, GroupClass::Body, true) else { break };
                (noun_end, class) = (past, next);
            }
            return Some(self.group(at, self.tails_end(noun_end), false));
        }
        let mut count = 0;
        while let Some((_, past, _)) = self.level_word(end) {
            count += 1;
            end = past;
            let next = if matches!(self.text.word(end), COMMA | w::VA | w::HOAC | SLASH | DASH) {
                self.soft(end + 1 + usize::from(self.text.word(end + 1) == w::VA))
            } else {
                // `UBND các phường xã`: the comma is lost
                end
            };
            if self.level_word(next).is_none() || count > LONGEST || self.is_named(next) {
                break;
            }
            end = next;
        }
        if count == 0 || (plural.is_none() && count < 2) {
            return None;
        }
        Some(self.group(at, self.tails_end(end), false))
    }

    /// `Hội Nông dân các cấp`: not the one body of that name but those of every level.
    pub fn of_every_level(&self, at: usize, body: Found) -> Found {
        let levels = self.text.word(body.end) == w::CAC && self.text.word(body.end + 1) == w::CAP;
        if levels { self.group(at, self.tails_end(body.end + 2), false) } else { body }
    }

    /// End of `cùng cấp`, and of several grades behind a body's stem: `UBND cấp huyện, cấp xã`.
    fn graded_end(&self, at: usize) -> Option<usize> {
        if self.text.word(at) == w::CUNG && self.text.word(at + 1) == w::CAP {
            return Some(at + 2);
        }
        let grade = |at: usize| {
            let level = at + usize::from(self.text.word(at) == w::CAP);
            self.level_word(level).filter(|_| !self.is_named(level)).map(|(_, end, _)| end)
        };
        if self.text.word(at) != w::CAP {
            return None;
        }
        let (first, mut end) = (grade(at)?, grade(at)?);
        for _ in 0..LONGEST {
            let joined = matches!(self.text.word(end), COMMA | w::VA | w::HOAC | SLASH);
            let Some(next) = grade(self.soft(end + 1)).filter(|_| joined) else { break };
            end = next;
        }
        (end > first).then_some(end)
    }

    /// `thường trực các tỉnh ủy, thành ủy`, `Chi bộ các trường học`: the same part of several bodies.
    fn parts_of_several(&self, at: usize) -> Option<Found> {
        let (part, ()) = longest(&self.registry.lexicon.parts, self, at)?;
        let noun = self.several_end(part)?;
        let (mut end, class) = self.noun_at(noun)?;
        let mut class = class.of_several();
        for _ in 0..LONGEST {
            let Some((past, next)) = self.next_noun(end, class, class, true) else { break };
            (end, class) = (past, next);
        }
        if class == GroupClass::Body {
            end = self.levels_end(end);
        }
        Some(self.group(at, self.tails_end(end), false))
    }

    /// End of the levels behind a noun for bodies: `các đảng ủy xã, phường`.
    fn levels_end(&self, at: usize) -> usize {
        let mut end = at;
        for _ in 0..LONGEST {
            let next = if end > at && matches!(self.text.word(end), COMMA | w::VA | SLASH) { end + 1 } else { end };
            let local = self.level_word(next).filter(|(_, _, level)| *level == Level::Commune);
            let Some((_, past, _)) = local.filter(|_| !self.is_named(next) && (end == at || next > end)) else { break };
            end = past;
        }
        end
    }

    /// End of a body known by its form or of a head alone, where several follow: `Trạm Y tế các xã`, `Phòng Y tế huyện, thành phố`.
    fn shape_before_levels(&self, at: usize) -> Option<usize> {
        let end = self.shape_or_head_end(at)?;
        if self.several_end(end).is_some() {
            return Some(end);
        }
        // the first level may have been read as the body's place
        let level =
            (at + 1..end).rev().take(2).find(|i| self.level_word(*i).is_some_and(|(_, past, _)| past == end))?;
        let more = matches!(self.text.word(end), COMMA | w::VA) && self.level_word(self.soft(end + 1)).is_some();
        (more && !self.is_named(self.soft(end + 1))).then_some(level)
    }

    /// End of a body known by its form, or of a head alone (`Trạm Y tế các xã`).
    fn shape_or_head_end(&self, at: usize) -> Option<usize> {
        let head = longest(&self.registry.lexicon.heads, self, at).map(|(end, ())| end);
        self.shape_end(at).or(head)
    }

    /// Whether the level word at token `at` has a name behind it.
    fn is_named(&self, at: usize) -> bool {
        self.level_word(at).is_some_and(|(_, end, _)| self.text.is_capital(end) && !self.is_head(end))
    }

    /// The stem of a body that takes places: its end, and where its words lead.
    pub fn stem_at(&self, at: usize) -> Option<(usize, Node)> {
        let mut best = None;
        let (mut node, mut end) = (ROOT, at);
        let names = &self.registry.names;
        while end < at + 10 {
            let word = self.text.word(end);
            let next = match names.step(node, word) {
                Some(next) => Some(next),
                None if matches!(word, w::VA | COMMA | DASH) => names.step(node, JOINER),
                None => self
                    .registry
                    .abbreviations
                    .get(&word)
                    .filter(|_| self.text.case(end) == Case::Upper)
                    .and_then(|longs| longs.iter().find_map(|long| names.follow(node, long))),
            };
            let Some(next) = next else { break };
            node = next;
            end += 1;
            if names.values(node).iter().any(|n| n.stem) {
                best = Some((end, node));
            }
        }
        best
    }

    fn noun_group(&self, at: usize, cue: bool) -> Option<Found> {
        let plural = self.several_end(at);
        let first = plural.unwrap_or(at);
        let (mut end, mut class) = self.noun_before_name(first)?;
        // `Ủy ban bầu cử các cấp`: one name of several bodies
        let graded = self.text.word(end) == w::CAC && self.text.word(end + 1) == w::CAP;
        if plural.is_none() && (self.is_other_word(at) || class == GroupClass::Named && !graded) {
            return None;
        }
        class = class.of_several();
        let head = class;
        let mut count = 1;
        while count < LONGEST {
            let Some((past, next)) = self.next_noun(end, class, head, plural.is_some()) else { break };
            end = past;
            class = next;
            count += 1;
        }
        // `chính quyền xã` is that of one place; of several nouns or levels the words for places go on with the list
        let single = || count == 1 && end == first + 2 && self.text.folded(first) == "chính";
        if head == GroupClass::Body && (plural.is_some() || single()) {
            end = self.levels_end(end);
        }
        if head == GroupClass::Staff && plural.is_none() && count == 1 {
            end = self.employers_end(end);
        }
        // `Cấp ủy, chính quyền các xã, phường`: those of several places
        let places = self.several_end(end).filter(|at| self.level_word(*at).is_some() || self.is_locality(*at));
        if plural.is_none() && matches!(head, GroupClass::Body | GroupClass::Other) && places.is_some() {
            end = self.noun_group(end, true).map_or(end, |places| places.end);
        }
        // `Các Viện Vệ sinh dịch tễ`, `các Phòng Văn hóa - Xã hội`: bodies of one name
        if plural.is_some()
            && count == 1
            && (self.text.is_capital(first) || end == first + 1)
            && self.text.is_capital(end)
        {
            let named = self.body_at(first).or_else(|| self.shape_at(first)).filter(|found| found.end > end);
            end = named.map_or(end, |found| found.end);
        }
        let group = NounGroup {
            at,
            first,
            noun_end: end,
            past: self.tails_end(end),
            head,
            several: count > 1,
            plural: plural.is_some(),
        };
        let strength = self.strength(&group)?;
        if strength == Strength::Cue && !cue {
            return None;
        }
        Some(self.group(at, group.past, strength == Strength::Cue))
    }

    /// Behind those of one calling, the end of the bodies that have them: `Kế toán các trường`, `Nhân viên y tế các trường, trung tâm`.
    fn employers_end(&self, at: usize) -> usize {
        let Some((mut end, mut class)) = self.several_end(at).and_then(|noun| self.noun_at(noun)) else { return at };
        let head = class.of_several();
        for _ in 0..LONGEST {
            let Some((past, next)) = self.next_noun(end, class, head, true) else { break };
            (end, class) = (past, next);
        }
        end
    }

    /// Whether a group stands for bodies by itself, or only beside a cue; `None` where it never does.
    fn strength(&self, group: &NounGroup) -> Option<Strength> {
        let tailed = group.past > group.noun_end;
        let small = self.text.case(group.at) == Case::Lower;
        if group.head == GroupClass::Special {
            return Some(Strength::Full);
        }
        if group.plural {
            // `các ngành`, `các hội` alone say too little
            let vague = self.is_vague(group.first, group.noun_end)
                || matches!(group.head, GroupClass::Other | GroupClass::Staff)
                || self.text.word(group.at) == w::NHUNG;
            let vague = vague && !group.several && !tailed;
            return Some(if vague { Strength::Cue } else { Strength::Full });
        }
        let admin = matches!(self.text.word(group.at), w::SO | w::BO | w::BAN | w::CO);
        if group.several && group.head == GroupClass::Body && (!small || admin) {
            return Some(Strength::Full);
        }
        let long = group.noun_end > group.at + 1;
        let stands = group.several && group.head != GroupClass::Place
            || group.head == GroupClass::Body && (tailed || long) && self.text.word(group.at) != w::TO
            || matches!(group.head, GroupClass::School | GroupClass::Business | GroupClass::Staff | GroupClass::Other)
                && (long || tailed);
        if !stands {
            return None;
        }
        let full = tailed && long && group.head == GroupClass::Body && !small;
        Some(if full { Strength::Full } else { Strength::Cue })
    }

    /// Whether the noun is one that stands for bodies only with others or with a tail.
    fn is_vague(&self, at: usize, end: usize) -> bool {
        end == at + 1
            && matches!(self.text.word(at), w::NGANH | w::CAP | w::HOI | w::BAN | w::VU | w::TO | w::DOI | w::PHONG)
    }

    /// The noun for bodies at token `at`: (end, class).
    pub fn noun_at(&self, at: usize) -> Option<(usize, GroupClass)> {
        let (end, class) = longest(&self.registry.lexicon.groups, self, at)?;
        // `sở hữu`, `ban hành`, `hội nghị` are other words that begin alike
        let other = longest(&self.registry.lexicon.others, self, at).is_some_and(|(other, ())| other > end);
        (!other).then_some((end, class))
    }

    /// The noun for bodies at token `at`; of `các Khoa, Phòng Đào tạo` the first alone, as the second has a name.
    fn noun_before_name(&self, at: usize) -> Option<(usize, GroupClass)> {
        let (end, class) = self.noun_at(at)?;
        let joint = (at + 1..end).rev().find(|i| !self.text.is_word(*i) || self.text.word(*i) == w::VA);
        let named = |joint: &usize| self.text.is_capital(joint + 1) && self.text.is_capital(end) && !self.is_head(end);
        match joint.filter(named) {
            Some(joint) => longest_within(&self.registry.lexicon.groups, self, at, joint),
            None => Some((end, class)),
        }
    }

    /// End of the noun or of the other word that begins at token `at`.
    pub fn noun_end(&self, at: usize) -> Option<usize> {
        if self.registry.starts(self.text.word(at)) & (starts::GROUP | starts::OTHER_WORD) == 0 {
            return None;
        }
        let other = longest(&self.registry.lexicon.others, self, at).map(|(end, ())| end);
        let noun = longest(&self.registry.lexicon.groups, self, at).filter(|(_, class)| *class != GroupClass::Named);
        let noun = noun.map(|(end, _)| end);
        // only words of one stretch: what a comma joins may hold a name of its own
        let end = other.max(noun)?;
        (at + 1..end).all(|i| self.text.is_word(i)).then_some(end)
    }

    /// Whether token `at` is the second half of another word (`cơ sở`, `cán bộ`, `Nam Trung Bộ`).
    pub fn is_other_word(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|i| self.text.word(i)) else { return false };
        match self.text.word(at) {
            w::SO => matches!(before, w::CO | w::TRU | w::CONG),
            w::VU => true,
            w::BO => matches!(before, w::CAN | w::DONG | w::NOI | w::TOAN | w::TIEN | w::NAM | w::TRUNG | w::BAC),
            w::CO => matches!(before, w::CONG | w::DONG),
            _ => false,
        }
    }

    /// The noun that carries the group on behind token `at`: (end, class).
    fn next_noun(&self, at: usize, class: GroupClass, head: GroupClass, plural: bool) -> Option<(usize, GroupClass)> {
        use GroupClass::{Body, Business, Other, Place, School, SchoolKind};
        let word = self.text.word(at);
        let comma = word == COMMA;
        let next = match word {
            COMMA => self.soft(at + 1 + usize::from(matches!(self.text.word(at + 1), w::VA | w::HOAC))),
            w::VA | w::HOAC | SLASH | DASH => self.soft(at + 1),
            // `sở, ban ngành`, `bộ ngành`
            _ if matches!(word, w::NGANH | w::BAN) && class == Body => at,
            _ => return None,
        };
        if self.plural_end(next).is_some() {
            return None;
        }
        let (end, noun) = self.noun_at(next)?;
        // `Ban Chỉ đạo các huyện, Ban Chỉ đạo các xã`: the next is a group of its own
        let another = noun == GroupClass::Named && (!plural || self.plural_end(end).is_some());
        if noun == GroupClass::Special || another {
            return None;
        }
        let noun = noun.of_several();
        let capital = self.text.is_capital(next);
        let fits = match (head, noun) {
            (_, SchoolKind) => head == School,
            (Body, Body) | (Place, Place) | (Business, Other) | (Other, Business | Other) => true,
            (Body, Place | Business | School | Other) => !capital || (end == next + 1 && self.is_set_off(at)),
            (School, School | Business) | (Business, School) => !comma,
            (Business, Business) => !comma || plural,
            _ => false,
        };
        // a body by name parts the group, unless what follows says that several are meant (`Cục thuế có liên quan`)
        let body = if capital { self.body_at(next).map(|b| b.end) } else { None };
        let single = body.is_some_and(|past| past > end || past == end && end > next + 1 && self.tails_end(end) == end);
        if !fits || single {
            return None;
        }
        // a noun with a name behind it is a body of its own (`Sở, ban, ngành, Công ty Điện lực`)
        let named = capital && self.text.is_capital(end) && noun != Place;
        (!named).then_some((end, noun))
    }

    /// Whether the noun before the joiner at token `at` is one word with a capital (`các Khoa, Viện, Trung tâm`).
    fn is_set_off(&self, at: usize) -> bool {
        at > 0 && self.text.case(at - 1) == Case::Title
    }

    /// The group of tokens `at..end`.
    pub fn group(&self, at: usize, end: usize, weak: bool) -> Found {
        let jurisdiction = self.home().map(of_province);
        let agency = Agency { jurisdiction, ..Agency::named(self.text.mended(at, end), AgencyKind::Group) };
        Found { end, agency: Box::new(agency), weak }
    }
}

/// The longest path of `trie` that begins at token `at`.
pub(crate) fn longest<V: Copy + PartialEq>(trie: &Trie<V>, finder: &Finder<'_>, at: usize) -> Option<(usize, V)> {
    const LONGEST: usize = 16;
    longest_within(trie, finder, at, at + LONGEST)
}

/// The same of those that end before token `limit`.
pub(crate) fn longest_within<V: Copy + PartialEq>(
    trie: &Trie<V>,
    finder: &Finder<'_>,
    at: usize,
    limit: usize,
) -> Option<(usize, V)> {
    let (mut node, mut end, mut best) = (ROOT, at, None);
    while end < limit {
        let word = finder.text.word(end);
        let next = match word {
            COMMA | DASH | w::VA | SLASH => trie.step(node, JOINER),
            _ => trie.step(node, word),
        };
        let Some(next) = next else { break };
        node = next;
        end = finder.soft(end + 1);
        if let Some(value) = trie.values(node).first() {
            best = Some((end, *value));
        }
    }
    best
}
