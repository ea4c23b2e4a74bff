//! Names that the lexicon knows in part or not at all: where a head of names opens them and a word of duty closes them, all
//! between is the name (`giao Vụ Kê khai và Kế toán thuế chủ trì`, `Cơ quan phối hợp có trách nhiệm`).

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use nhiemvu_model::{Agency, AgencyKind};
use nhiemvu_normalizer::Mention;
use nhiemvu_text::{first_chars, fold_key};

use crate::cues::Cue;
use crate::phrases::Phrases;
use crate::roles::{Analysis, Bodies, begins_condition};
use crate::verbs;

/// Most characters between the known part of a name and the word of duty.
const REACH: usize = 90;

/// The words of `data/names.tsv`: `head` with which names of bodies and offices begin, `other` that begin like a head and
/// are none, `verb` of orders that names do not hold in small letters, `break` that never stand inside a name, `person` before the
/// name of somebody; `office` is of one to whom a report may go who is named by it alone, `house` what it may be the office of, and
/// `after` what follows it.
struct Words {
    heads: Vec<&'static str>,
    /// Whether the words are those of a head, and not of one that is none.
    openings: Phrases<()>,
    others: Phrases<()>,
    /// With their characters.
    persons: Phrases<usize>,
    offices: Phrases<usize>,
    houses: Phrases<usize>,
    behind_office: Phrases<()>,
    /// With a space before, and a space or a comma behind.
    verbs: Option<AhoCorasick>,
    breaks: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |wanted: &'static str| rows().filter(move |(kind, _)| *kind == wanted).map(|(_, words)| words);
    let phrases = |wanted| Phrases::new(of(wanted).map(|words| (words.to_owned(), ())));
    let counted = |wanted| Phrases::new(of(wanted).map(|words: &str| (words.to_owned(), words.chars().count())));
    let spaced = |wanted| of(wanted).map(|words| format!(" {words} "));
    let verbs = || of("verb").flat_map(|words| [format!(" {words} "), format!(" {words},")]);
    Words {
        heads: of("head").collect(),
        openings: phrases("head"),
        others: phrases("other"),
        persons: counted("person"),
        offices: counted("office"),
        houses: counted("house"),
        behind_office: phrases("after"),
        verbs: AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(verbs()).ok(),
        breaks: spaced("break").collect(),
    }
});

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../data/names.tsv").lines().skip(1).filter_map(|row| row.split_once('\t'))
}

/// Adverbs of two words that stand before a verb and end no name.
const MANNERS: [&str; 7] = ["thường xuyên", "kịp thời", "tiếp tục", "trực tiếp", "định kỳ", "phối hợp", "tập trung"];

/// Whether no word stands in `name` that no name holds (`đơn vị nào không có báo cáo`).
fn may_be_name(name: &str) -> bool {
    let key = format!(" {} ", fold_key(name));
    !WORDS.breaks.iter().any(|word| key.contains(word.as_str()))
}

impl Analysis<'_> {
    /// The list `bodies` that ends at `end`, or an empty one that would begin at `from`, carried on to the word of duty
    /// that follows it; `None` where nothing is to be carried on.
    pub fn stretch(&self, bodies: &[Mention], from: usize, end: usize, limit: usize) -> Option<(Bodies, usize)> {
        match bodies.last() {
            Some(last) if bodies.iter().any(|m| !m.weak) => {
                if last.agency.kind == AgencyKind::Registered {
                    return None;
                }
                let stop = self.duty_behind(end, limit)?;
                let gap = self.text.get(end..stop)?;
                let joined = gap.trim_start().strip_prefix("và ").unwrap_or(gap).trim_start();
                // `Ban A và các hướng dẫn của Bộ B về chủ động …`: no name holds another body
                let holds_other = self.mentions().iter().any(|m| !m.weak && m.start >= end && m.end <= stop);
                if joined.is_empty() || is_action(joined) || holds_other {
                    return None;
                }
                let mut carried = bodies.to_vec();
                let name = self.text.get(last.start..stop)?.trim_end();
                *carried.last_mut()? = renamed(last, name);
                Some((carried.into(), last.start + name.len()))
            }
            _ => {
                let words = self.text.get(from..limit)?;
                let from = from + words.len() - words.trim_start().len();
                let stop = self.duty_behind(from, limit)?;
                if !self.begins_name(from) {
                    return None;
                }
                let name = self.text.get(from..stop)?.trim_end();
                if is_bare(name) {
                    return None;
                }
                Some(([unknown(name, from)].into(), from + name.len()))
            }
        }
    }

    /// `Phó Hiệu trưởng phụ trách đào tạo duyệt kịch bản …`: at byte `from`, a name that no lexicon holds, up to a verb in
    /// small letters that is seldom part of one.
    pub fn named_before_verb(&self, from: usize, limit: usize) -> Option<(Bodies, usize)> {
        let words = self.text.get(from..limit)?;
        let from = from + words.len() - words.trim_start().len();
        let rest = self.text.get(from..limit)?;
        let sentence = rest.trim_end().ends_with(['.', ';', '/']);
        if !sentence || !self.begins_name(from) {
            return None;
        }
        let stop = WORDS.verbs.as_ref()?.find(rest)?.start();
        let name = without_holding(rest.get(..stop)?);
        let plain = !name.contains([',', ';', ':', '.', '(', ')', '"', '“']) && name.chars().count() <= REACH;
        let key = format!(" {} ", fold_key(name));
        let whole = may_be_name(name);
        let long = name.split_whitespace().count() >= 3;
        // `Tổ công tác về rà soát …`: the verb is a part of the name
        const OPEN: [&str; 9] = ["về", "của", "các", "và", "cho", "thuộc", "tại", "công tác", "nhiệm vụ"];
        let open = OPEN.iter().any(|w| key.trim_end().ends_with(&format!(" {w}")));
        // `Phòng A phối hợp Bến xe B xây dựng …`
        let beside = name.split_once(" phối hợp ").is_some_and(|(_, who)| who.starts_with(char::is_uppercase));
        let open = open || beside;
        // `Ông Lê Văn Bến - Trưởng Công an xã kiểm tra …`: the office names the body
        if person_word(name).is_some() && plain {
            let inside = |m: &&Mention| m.start >= from && m.end <= from + name.len();
            let body = |m: &&Mention| !m.weak && m.agency.kind != AgencyKind::Group;
            let held: Bodies = self.mentions().iter().filter(inside).filter(body).cloned().collect();
            if !held.is_empty() {
                return Some((held, from + name.len()));
            }
        }
        (plain && whole && long && !open).then(|| ([unknown(name, from)].into(), from + name.len()))
    }

    /// `Đồng chí Phó Trưởng ban Xây dựng bến - Ủy viên: Chỉ đạo …`: at byte `from`, somebody with all of their offices as a
    /// label before what they do; a body among the offices stands for them.
    pub fn labelled_person(&self, from: usize, limit: usize) -> Option<(Bodies, usize)> {
        const LONGEST_LABEL: usize = 240;
        let words = self.text.get(from..limit)?;
        let from = from + words.len() - words.trim_start().len();
        let (label, rest) = self.text.get(from..limit)?.split_once(':')?;
        let head = crate::judge::head(label, 16);
        if WORDS.persons.begins(&head).is_none()
            || label.len() > LONGEST_LABEL
            || label.contains(". ")
            || !verbs::begins(rest.trim_start())
        {
            return None;
        }
        let end = from + label.len();
        if let Some((people, _)) = self.people_at(from, end).filter(|(_, past)| *past == from + label.trim_end().len())
            && !self
                .mentions()
                .iter()
                .any(|m| m.start >= from && m.end <= end && m.agency.kind == AgencyKind::Registered)
        {
            return Some((people, end));
        }
        let inside = self.mentions().iter().filter(|m| m.start >= from && m.end <= end);
        let registered = inside.into_iter().find(|m| m.agency.kind == AgencyKind::Registered);
        // the offices behind the body belong to the same person
        let held = registered.map(|m| Mention { end: from + label.trim_end().len(), ..m.clone() });
        Some(([held.unwrap_or_else(|| unknown(label.trim_end(), from))].into(), end))
    }

    /// `Hiệu trưởng`, `Lãnh đạo trường`: at byte `at`, somebody who is named by the office alone, within a document of one house.
    pub fn office_at(&self, at: usize) -> Option<Mention> {
        const LONGEST: usize = 48;
        let rest = self.text.get(at..)?;
        let office =
            WORDS.offices.begins(&crate::judge::head(rest, 24)).filter(|_| rest.starts_with(char::is_uppercase))?;
        let mut name = first_chars(rest, office);
        let behind = rest.get(name.len()..)?;
        if let Some(house) = WORDS.houses.begins(&crate::judge::head(behind.trim_start(), 24)) {
            let space = behind.len() - behind.trim_start().len();
            name = rest.get(..name.len() + space + first_chars(behind.trim_start(), house).len())?;
        }
        let behind = first_chars(rest.get(name.len()..)?, LONGEST).trim_start();
        // a longer name (`Giám đốc Ngô Văn Bến`, `Chủ tịch nước`) is not an office alone
        let ends = behind.is_empty() || behind.starts_with(|c: char| !c.is_alphanumeric()) || {
            let key = crate::judge::head(behind, 16);
            WORDS.behind_office.begins(&key).is_some() || verbs::begins(behind)
        };
        ends.then(|| unknown(name, at))
    }

    /// Whether a head of names begins at byte `at`, and no verb.
    fn begins_name(&self, at: usize) -> bool {
        let Some(rest) = self.text.get(at..) else { return false };
        let key = crate::judge::head(rest, 28);
        let plural = ["các ", "những ", "toàn thể ", "mỗi ", "từng "].iter().find_map(|w| key.strip_prefix(w));
        let key = plural.unwrap_or(&key);
        WORDS.openings.begins(key).is_some() && WORDS.others.begins(key).is_none() && !verbs::begins(rest)
    }

    /// `khẩn trương`, `chủ động`: adverbs that stand before what somebody is to do, and seldom inside a name.
    fn is_urging(&self, hit: &crate::cues::Hit) -> bool {
        let word = fold_key(self.text.get(hit.start..hit.end).unwrap_or(""));
        matches!(word.as_str(), "khẩn trương" | "chủ động" | "tích cực" | "nghiêm túc")
    }

    /// `Các thành viên Ban A, Tổ trưởng tổ B, Trưởng C có trách nhiệm …`: at byte `from`, a list of names of which the
    /// lexicon holds only some, up to the word of duty.
    pub fn listed_before_duty(&self, from: usize, limit: usize) -> Option<(Bodies, usize)> {
        const LONGEST_LIST: usize = 420;
        let words = self.text.get(from..limit)?;
        let from = from + words.len() - words.trim_start().len();
        let duty = |h: &&crate::cues::Hit| {
            let word = || fold_key(self.text.get(h.start..h.end).unwrap_or(""));
            h.start > from
                && h.end <= limit
                && h.cue == Cue::Duty
                && matches!(word().as_str(), "có trách nhiệm" | "chịu trách nhiệm")
        };
        // a word of duty further off than the longest list ends none
        let near = self.cues_from(from).iter().take_while(|h| h.start <= from + LONGEST_LIST + 1);
        let stop = near.into_iter().find(duty)?.start;
        let list = self.text.get(from..stop)?.trim_end();
        let head = crate::judge::head(list, 16);
        if begins_condition(&head)
            || head.starts_with("đối với ")
            || !list.contains(',')
            || list.len() > LONGEST_LIST
            || list.contains(['.', ':', '“', '"'])
        {
            return None;
        }
        let mut bodies: Vec<Mention> = Vec::new();
        let mut at = from;
        for part in list.split([',', ';']) {
            let start = at + part.len() - part.trim_start().len();
            let name = part.trim();
            at += part.len() + 1;
            let (known, end) = self.list_at(start);
            let whole = end >= start + name.len() && !known.is_empty();
            if bodies.last().is_some_and(|last| last.end >= start + name.len()) {
                // a comma inside a name
                continue;
            }
            if whole {
                bodies.extend(known.iter().cloned());
            } else if (self.begins_name(start) || name.starts_with(char::is_uppercase)) && may_be_name(name) {
                bodies.push(unknown(name, start));
            } else {
                return None;
            }
        }
        (bodies.len() > 1).then(|| (bodies.into(), from + list.len()))
    }

    /// Where the first word of leading or duty behind byte `from` begins, if nothing but the words of a name stand
    /// before it.
    fn duty_behind(&self, from: usize, limit: usize) -> Option<usize> {
        // no further than the longest name and what may stand in it: a character takes at most four bytes
        let near = self.cues_from(from).iter().take_while(|h| h.start <= from + 4 * REACH);
        // `UBND các xã có tàu ra khơi thường xuyên …`: behind what they have no name goes on, and any adverb ends it
        let relative = from > 0 && self.text.get(from..).is_some_and(|rest| rest.trim_start().starts_with("có "));
        let hit = near.into_iter().find(|h| {
            matches!(h.cue, Cue::Lead | Cue::Duty) || h.cue == Cue::Adverb && (relative || self.is_urging(h))
        })?;
        let gap = self.text.get(from..hit.start).filter(|_| hit.end <= limit)?;
        // `Các thành viên Tổ A căn cứ chức năng, nhiệm vụ, chủ động …`
        let ground = gap.find(" căn cứ ");
        let (gap, hit_start) = ground.map_or((gap, hit.start), |at| (&gap[..at], from + at));
        let plain = !gap.contains([',', ';', ':', '.', '(', ')', '"', '“']) && gap.chars().count() <= REACH;
        let key = format!(" {} ", fold_key(gap));
        let whole = !WORDS.breaks.iter().any(|w| key.contains(w.as_str()));
        (plain && whole).then_some(hit_start)
    }
}

/// `Chủ đầu tư tổ chức` before `tập huấn …`: the name without the verb that takes the next for its object; `các tổ chức`, `Ban tổ
/// chức` keep theirs.
fn without_holding(name: &str) -> &str {
    let name = without_manner(name);
    const NOUNS: [&str; 6] = ["các", "những", "của", "ban", "và", "cán bộ"];
    let Some(cut) = name.strip_suffix(" tổ chức") else { return name };
    let key = fold_key(cut);
    if NOUNS.iter().any(|noun| key.ends_with(noun)) { name } else { cut }
}

/// `Ban tổ chức diễn đàn thường xuyên` before `cập nhật …`: the name without how it is to be done.
fn without_manner(name: &str) -> &str {
    const WORDS: usize = 2;
    let last = name.rmatch_indices(' ').nth(WORDS - 1).map(|(at, _)| at);
    let manner = |at: &usize| name.get(at + 1..).is_some_and(|words| MANNERS.contains(&fold_key(words).as_str()));
    last.filter(manner).map_or(name, |at| &name[..at])
}

/// A head alone, which names nobody (`Cơ quan chủ trì …`); an office may stand alone (`Văn phòng chủ trì …`).
fn is_bare(name: &str) -> bool {
    let key = fold_key(name);
    WORDS.heads.contains(&key.as_str())
        && !matches!(key.as_str(), "văn phòng" | "thường trực" | "hiệu trưởng" | "giám đốc" | "chủ đầu tư")
}

/// Whether the words are what somebody does rather than the rest of a name.
fn is_action(words: &str) -> bool {
    words.starts_with(char::is_lowercase) && verbs::begins(words)
}

fn renamed(mention: &Mention, name: &str) -> Mention {
    let mut mention = mention.clone();
    mention.end = mention.start + name.len();
    name.clone_into(&mut mention.agency.name);
    mention.agency.id = None;
    mention
}

/// The bytes of the word before somebody's name with which `text` begins (`ông`, `đồng chí`).
pub(crate) fn person_word(text: &str) -> Option<usize> {
    let head = crate::judge::head(text, 24);
    // `các ông, bà` is more than `các ông`
    let chars = WORDS.persons.at_head(&head).map(|(_, chars)| chars).max()?;
    Some(first_chars(text, chars).len())
}

/// A mention of a body that no lexicon holds.
pub(crate) fn unknown(words: &str, at: usize) -> Mention {
    let kind = if fold_key(words).starts_with("các ") { AgencyKind::Group } else { AgencyKind::Unregistered };
    let mut agency = Agency::named(words, kind);
    if let Some((holder, body)) = headed(words) {
        agency.name = body;
        agency.holder = Some(holder);
    }
    Mention { start: at, end: at + words.len(), agency, weak: false, in_brackets: false, anaphor: false }
}

/// `Trưởng phòng Đào tạo`: the office, and the body that it heads.
fn headed(words: &str) -> Option<(String, String)> {
    const KINDS: [&str; 5] = ["phòng", "khoa", "trạm", "bộ môn", "xưởng"];
    let rest = words.strip_prefix("Trưởng ").or_else(|| words.strip_prefix("trưởng "))?;
    let key = fold_key(rest);
    let kind = KINDS.iter().find(|kind| key.strip_prefix(**kind).is_some_and(|rest| rest.starts_with(' ')))?;
    let name = rest.get(kind.len()..)?.trim_start();
    let mut letters = kind.chars();
    let capital = letters.next()?.to_uppercase().collect::<String>() + letters.as_str();
    name.starts_with(char::is_uppercase).then(|| (format!("Trưởng {kind}"), format!("{capital} {name}")))
}

#[cfg(test)]
mod tests {
    use nhiemvu_normalizer::{Context, Registry};

    use super::*;

    fn lead(text: &str) -> Vec<String> {
        let registry = Registry::builtin();
        let context = Context::default();
        let analysis = Analysis::new(text, registry, &context);
        let subjects = analysis.subjects(0..text.len());
        subjects.iter().flat_map(|s| s.bodies.iter().map(|b| b.agency.name.clone())).collect()
    }

    #[test]
    fn every_word_of_the_table_does_what_its_kind_says() {
        for (kind, words) in rows() {
            assert_eq!(words, fold_key(words), "{words}");
            let text = match kind {
                "head" | "other" => format!("{words} vùng ven có trách nhiệm rà soát hồ sơ."),
                "verb" => format!("Trưởng nhóm ven hồ {words} hồ sơ."),
                "person" => format!("{words} An, Phó Giám đốc Sở Y tế: rà soát hồ sơ."),
                _ => format!("Trưởng nhóm {words} ven hồ có trách nhiệm trồng cây."),
            };
            let context = Context::default();
            let analysis = Analysis::new(&text, Registry::builtin(), &context);
            match kind {
                // what begins as a verb does is taken for one
                "head" => assert!(analysis.begins_name(0) || verbs::begins(&text), "{words}"),
                "other" => assert!(!analysis.begins_name(0), "{words}"),
                "verb" => {
                    let (bodies, _) = analysis.named_before_verb(0, text.len()).unwrap();
                    assert_eq!(bodies[0].agency.name, "Trưởng nhóm ven hồ", "{words}");
                }
                "person" => {
                    let (bodies, end) = analysis.labelled_person(0, text.len()).unwrap();
                    assert_eq!(end, text.find(':').unwrap(), "{words}");
                    assert_eq!(bodies[0].agency.name, "Sở Y tế", "{words}");
                }
                "break" => assert_eq!(analysis.duty_behind(0, text.len()), None, "{words}"),
                "office" => assert!(analysis.office_at(0).is_none(), "{words}"),
                "house" => {}
                "after" => assert_eq!(
                    Analysis::new(&format!("Hiệu trưởng {words} đó"), Registry::builtin(), &context)
                        .office_at(0)
                        .map(|m| m.agency.name)
                        .as_deref(),
                    Some("Hiệu trưởng"),
                    "{words}"
                ),
                _ => panic!("{kind}"),
            }
        }
    }

    #[test]
    fn every_office_is_named_alone_or_with_its_house() {
        let of = |wanted: &'static str| rows().filter(move |(kind, _)| *kind == wanted).map(|(_, words)| words);
        let context = Context::default();
        for office in of("office") {
            let mut letters = office.chars();
            let office = letters.next().unwrap().to_uppercase().collect::<String>() + letters.as_str();
            for name in of("house").map(|house| format!("{office} {house}")).chain([office.clone()]) {
                let text = format!("{name} để tổng hợp.");
                let analysis = Analysis::new(&text, Registry::builtin(), &context);
                assert_eq!(analysis.office_at(0).map(|m| m.agency.name), Some(name));
            }
            let text = format!("{office} Lê Văn Bến");
            assert_eq!(Analysis::new(&text, Registry::builtin(), &context).office_at(0), None, "{text}");
        }
    }

    #[test]
    fn a_word_of_duty_ends_a_name_that_no_lexicon_holds() {
        for (text, name) in [
            ("Giao Văn phòng chủ trì, rà soát hồ sơ.", "Văn phòng"),
            ("Cơ quan phối hợp có trách nhiệm trả lời bằng văn bản.", "Cơ quan phối hợp"),
            ("Trưởng nhóm trồng cây ven hồ chịu trách nhiệm tổng hợp kết quả.", "Trưởng nhóm trồng cây ven hồ"),
            ("Phó Hiệu trưởng phụ trách đào tạo rà soát kịch bản buổi lễ.", "Phó Hiệu trưởng phụ trách đào tạo"),
        ] {
            assert_eq!(lead(text), [name], "{text}");
        }
    }

    #[test]
    fn heads_alone_and_other_words_name_nobody() {
        for text in [
            "Cơ quan chủ trì giải quyết hồ sơ",
            "Hội nghị cần tập trung thảo luận các giải pháp.",
            "Đội ngũ cán bộ phải được bồi dưỡng thường xuyên.",
            "Nhóm các nền tảng cung cấp dịch vụ dùng chung.",
            "Khoa học và công nghệ phải phục vụ sản xuất.",
        ] {
            assert_eq!(lead(text), [""; 0], "{text}");
        }
    }
}
