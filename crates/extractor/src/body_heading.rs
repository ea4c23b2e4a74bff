//! Headings that name bodies: everything below is laid on them (`2. Sở Tài chính:`, `10. Đề nghị Đại học …`).

use std::sync::LazyLock;

use nhiemvu_model::AgencyKind;
use nhiemvu_normalizer::Mention;
use nhiemvu_text::fold_key;

use crate::phrases::Kinds;
use crate::roles::Analysis;
use crate::stretch::unknown;

/// What a heading lays on whom.
#[derive(Debug, Clone, Default)]
pub(crate) struct Assignees {
    /// Who leads what stands below.
    pub lead: Vec<Mention>,
    /// Who helps with all of it.
    pub coordinating: Vec<Mention>,
    /// Whether they are asked rather than ordered.
    pub request: bool,
}

/// The words of `data/headings.tsv`: `lead` stands before the bodies of a heading, `head` begins the name of a body or an
/// office, `other` begins like one and is none, `next` begins another body in a list; `thing` is what a duty is about and no
/// body; `charged` names an office by what it is charged with; `duty` and `quiet` add nothing behind the bodies; `stem` says
/// behind them that they chair what follows.
static WORDS: LazyLock<Kinds> = LazyLock::new(|| Kinds::read(include_str!("../data/headings.tsv")));

/// Reads `text` as a heading that names bodies and nothing else that matters.
pub(crate) fn read(text: &str, analysis: &Analysis<'_>) -> Option<Assignees> {
    const LONGEST: usize = 700;
    if text.len() > LONGEST {
        return None;
    }
    let (at, request, of) = strip_lead(text);
    let at = organisation(text, analysis).unwrap_or(at);
    let (lead, mut end) = analysis.list_at(at);
    let mut lead = lead.to_vec();
    // the list may have run over the bracket that spells its group out
    let names = lead.last().map_or(at, |m| m.end);
    let bracket = bracket_list(text, analysis, names);
    if bracket.is_some() && text.get(names..).is_some_and(opens_bracket) {
        end = names;
    }
    // `Rà soát các hộ …, gửi về Sở A (UBND các xã: B, C).`: what they are to do stands before the bracket
    if lead.is_empty() && bracket.is_some() && crate::judge::begins_as_order(text) {
        return None;
    }
    if lead.is_empty()
        && let Some(lead) = persons(text, at, analysis)
    {
        return Some(Assignees { lead, coordinating: Vec::new(), request });
    }
    if lead.is_empty() && bracket.is_none() {
        let listed = if of { names_by_head(text, at, analysis) } else { None };
        lead = match listed.filter(|names| names.len() > 1) {
            Some(names) => return Some(Assignees { lead: names, coordinating: Vec::new(), request }),
            None => vec![unregistered(text, at, of).or_else(|| body_by_head(text, at))?],
        };
        end = lead.last().map_or(at, |m| m.end);
    }
    let rest = text.get(end..)?;
    let partial = lead.iter().any(|m| m.weak || m.agency.kind != AgencyKind::Registered)
        && rest.trim_start().starts_with(char::is_lowercase);
    if of
        && (partial || !tail_is_quiet(rest))
        && let Some(words) = unregistered(text, at, of)
    {
        // `Đối với các tổ chuyên môn, giáo viên chủ nhiệm và Đoàn trường`: a list of which one name is not known
        if let Some(lead) = names_by_head(text, at, analysis).filter(|names| names.len() > 1) {
            return Some(Assignees { lead, coordinating: Vec::new(), request });
        }
        // the words known are only the head of a longer name (`đối tượng thực hiện …`)
        return Some(Assignees { lead: vec![words], coordinating: Vec::new(), request });
    }
    let spelled = text.get(end..).and_then(|t| t.split_once('(')).is_some_and(|(_, t)| {
        let key = fold_key(t);
        key.starts_with("gồm") || key.starts_with("bao gồm")
    });
    if let Some((inside, after)) =
        bracket.filter(|(_, _)| opens_bracket(rest) || lead.is_empty() || spelled || names_group(rest))
    {
        if tail_is_quiet(text.get(after..).unwrap_or("")) {
            // `(gồm các Sở: A, B)` spells the group out
            return Some(Assignees { lead: inside, coordinating: Vec::new(), request });
        }
        return None;
    }
    if lead.is_empty() {
        return None;
    }
    // `II. TU BỔ HANG ĐỘNG`: in a heading of capitals the first syllable only looks like an abbreviation
    let first = lead.first().and_then(|m| text.get(m.start..m.end)).unwrap_or("");
    let caps = rest.starts_with(' ') && rest.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if caps && lead.len() == 1 && first.chars().count() <= 4 && !first.contains(' ') {
        return None;
    }
    // `Hạt Kiểm lâm là cơ quan thường trực, có nhiệm vụ:`
    if rest.starts_with(" là ") && rest.trim_end().ends_with(':') {
        return Some(Assignees { lead, coordinating: Vec::new(), request });
    }
    let common = at == 0 && lead.iter().all(|m| m.weak) && !fold_key(text).starts_with("các ");
    if let Some(words) = longer_name(text, at, rest) {
        if common && body_by_head(text, at).is_none() {
            // `Doanh nghiệp số` is what the section is about
            return None;
        }
        return Some(Assignees { lead: vec![words], coordinating: Vec::new(), request });
    }
    if tail_is_quiet(rest) || is_proper_name(rest) {
        return Some(Assignees { lead, coordinating: Vec::new(), request });
    }
    if let Some(others) = behind_semicolons(rest, end) {
        // `Các Ban Quản lý rừng; các công ty lâm nghiệp; chủ rừng khác`
        lead.extend(others);
        return Some(Assignees { lead, coordinating: Vec::new(), request });
    }
    if rest.starts_with(':') && rest.trim_end().ends_with(':') && rest.chars().count() < 400 {
        // `2. Các sở, ban, ngành: là các đơn vị …, thực hiện các nội dung sau:`
        return Some(Assignees { lead, coordinating: Vec::new(), request });
    }
    if let Some(lead) = names_by_head(text, at, analysis) {
        return Some(Assignees { lead, coordinating: Vec::new(), request });
    }
    stem(text, end, analysis).map(|coordinating| Assignees { lead, coordinating, request })
}

/// `Tổ chức Đoàn Thanh niên Cộng sản Hồ Chí Minh`: where the name of an organisation (tổ chức) begins that is called one; with
/// anything behind it the word is a verb (`Tổ chức Đoàn kiểm tra`).
fn organisation(text: &str, analysis: &Analysis<'_>) -> Option<usize> {
    let name = text.strip_prefix("Tổ chức ").or_else(|| text.strip_prefix("Các tổ chức "))?;
    let at = text.len() - name.len();
    let (bodies, _) = analysis.list_at(at);
    let body = bodies.first().filter(|m| m.start == at && m.agency.kind != AgencyKind::Group && !m.weak)?;
    let capitals = text.get(at..body.end)?.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    let proper = body.agency.kind == AgencyKind::Registered || capitals > 2;
    proper.then_some(())?;
    tail_is_quiet(text.get(body.end..)?).then_some(at)
}

/// `Phòng Quản lý Thu - Sổ, Thẻ`, `Phòng A, Phòng Tiếp nhận và Trả kết quả B, Văn phòng`: names of which no lexicon holds the end,
/// each from its head to the head of the next.
fn names_by_head(text: &str, at: usize, analysis: &Analysis<'_>) -> Option<Vec<Mention>> {
    const MOST_WORDS: usize = 14;
    let known = !analysis.list_at(at).0.is_empty();
    let rest = text.get(at..)?;
    // `các chủ đò, Hội Nông dân tỉnh`: a group of a noun that is not known, beside a body that is
    let group = crate::judge::head(rest, 8).starts_with("các ")
        && analysis.mentions().iter().any(|m| m.start > at && m.agency.kind == AgencyKind::Registered);
    body_head(text, at).or((known || group).then_some(()))?;
    // in a heading of capitals a syllable only looks like a head (`XÃ HỘI SỐ NGÀNH, LĨNH VỰC`)
    if !rest.contains(char::is_lowercase) {
        return None;
    }
    let end = rest.find(['(', ':', '.', ';']).unwrap_or(rest.len());
    if !tail_is_quiet(&rest[end..]) {
        return None;
    }
    let mut names = Vec::new();
    let mut start = 0;
    let joints = rest[..end].match_indices([',', ' ']).filter_map(|(n, sign)| {
        let after = rest[n..end].strip_prefix(if sign == "," { ", " } else { " và " })?;
        let from = end - after.len();
        let heads = after.starts_with(char::is_uppercase) && begins_body(after) && !crate::verbs::begins(after);
        let named = analysis.mention_at(at + from).is_some() || group && after.starts_with("các ");
        let inside = analysis.mentions().iter().any(|m| m.start < at + n && m.end > at + from);
        (heads || named && !inside).then_some((n, from))
    });
    for (stop, next) in joints.chain([(end, end)]) {
        let words = rest.get(start..stop)?.trim_end_matches([' ', ',']);
        if words.split_whitespace().count() > MOST_WORDS || words.contains(", ") && names_something_to_do(words) {
            return None;
        }
        // `UBND các huyện chịu trách nhiệm`: a body, and what it does
        let acts = analysis.mention_at(at + start).and_then(|m| text.get(m.end..at + stop)).is_some_and(|rest| {
            let rest = rest.trim_start();
            crate::roles::is_duty(rest) || crate::verbs::begins(rest)
        });
        if acts {
            return None;
        }
        let known = analysis
            .mention_ending(at + start + words.len())
            .filter(|m| m.start == at + start && m.end == at + start + words.len());
        names.push(known.cloned().unwrap_or_else(|| unknown(words, at + start)));
        start = next;
    }
    Some(names)
}

/// The names of which no lexicon tells, parted by semicolons, with which a heading goes on behind byte `at`.
fn behind_semicolons(rest: &str, at: usize) -> Option<Vec<Mention>> {
    const MOST_WORDS: usize = 8;
    let listed = rest.strip_prefix(';')?.trim_end_matches([':', '.', ' ']);
    let mut from = at + 1;
    let names = listed.split(';').map(|part| {
        let start = from + (part.len() - part.trim_start().len());
        from += part.len() + 1;
        let words = part.trim();
        let name = !words.is_empty()
            && words.split_whitespace().count() <= MOST_WORDS
            && !words.contains([',', ':', '.'])
            && !crate::verbs::begins(words);
        name.then(|| unknown(words, start))
    });
    names.collect()
}

/// Whether a verb stands behind a comma inside what would be a name.
fn names_something_to_do(words: &str) -> bool {
    words.split(", ").skip(1).any(|part| part.starts_with(char::is_lowercase) && crate::verbs::begins(part))
}

/// Where the bodies begin; whether they are asked; whether the words before ask for `của` (`Trách nhiệm của …`).
fn strip_lead(text: &str) -> (usize, bool, bool) {
    let end = text.char_indices().nth(44).map_or(text.len(), |(at, _)| at);
    let key = nhiemvu_text::fold(&text[..end]);
    let words = key.text();
    let found = WORDS.begins("lead", words).filter(|lead| {
        let rest = &words[lead.len()..];
        rest.starts_with(' ') || rest.starts_with(": ")
    });
    match found {
        Some(lead) => {
            let at = key.source(lead.len());
            let at = at + text[at..].len() - text[at..].trim_start_matches([' ', ':']).len();
            let request = lead.contains("đề nghị") || lead.contains("kiến nghị") || lead.contains("đề xuất");
            (at, request, lead.ends_with("của") && !lead.contains("hoạt động") || lead == "đối với")
        }
        None => (0, false, false),
    }
}

/// `Trách nhiệm của đối tượng kiểm kê:`: the words themselves, where the heading says whose duty it is.
fn unregistered(text: &str, at: usize, of: bool) -> Option<Mention> {
    const LONGEST: usize = 120;
    if !of {
        return None;
    }
    let rest = text.get(at..)?;
    let end = rest.find(['(', ':']).unwrap_or(rest.len());
    let words = rest[..end].trim_end_matches([' ', '.', ';', ',']);
    let plausible = !words.is_empty()
        && words.chars().count() <= LONGEST
        && !words.contains(". ")
        && !rest.get(end..).is_some_and(|t| t.trim_start_matches(':').trim().len() > 60 && !t.starts_with('('));
    let key = fold_key(words);
    (plausible && WORDS.begins("thing", &key).is_none()).then(|| unknown(words, at))
}

/// `3. Bà Lê Thị Bến - Công chức Văn phòng - Thống kê`: somebody by name, with the office or without it, and nothing that is to be done.
fn persons(text: &str, at: usize, analysis: &Analysis<'_>) -> Option<Vec<Mention>> {
    const MOST_WORDS: usize = 16;
    let words = text.get(at..)?.trim_end_matches([':', ' ', '.']);
    crate::stretch::person_word(words)?;
    let (people, end) = analysis.people_at(at, text.len())?;
    let office = text.get(end..)?.trim_start_matches([' ', ',', '-', '–']).trim_end_matches([':', ' ', '.']);
    let named = people.iter().all(|person| person.agency.name.contains(' '));
    let quiet = !office.contains([':', ';', '.']) && !crate::verbs::begins(office);
    (named && quiet && words.split_whitespace().count() <= MOST_WORDS).then(|| people.to_vec())
}

/// A body of which only the head is known (`Đảng ủy cơ quan Văn phòng …`): the whole heading names it.
fn longer_name(text: &str, at: usize, rest: &str) -> Option<Mention> {
    let goes_on = rest.starts_with(' ') && rest.trim_start().starts_with(char::is_alphabetic);
    // `Cơ quan chủ trì giải quyết thủ tục`: what it does is all its name
    let head = crate::judge::head(text.get(at..)?, 24);
    if goes_on && WORDS.begins("charged", &head).is_some() && !text.trim_end().ends_with(['.', ';']) {
        return name_of_heading(text, at);
    }
    if !goes_on || crate::verbs::begins(rest.trim_start()) || crate::roles::is_duty(rest.trim_start()) {
        return None;
    }
    name_of_heading(text, at)
}

/// `Tổ đảng ở …`, `Phòng …`: a heading that begins as the names of bodies do.
fn body_by_head(text: &str, at: usize) -> Option<Mention> {
    body_head(text, at).and_then(|()| name_of_heading(text, at))
}

/// Whether the words at `at` begin with the head of a body's name.
fn body_head(text: &str, at: usize) -> Option<()> {
    let rest = text.get(at..)?;
    let key = fold_key(rest);
    // `Tổ chức thực hiện` is something to do
    let verb = crate::verbs::begins(rest) || WORDS.begins("other", &key).is_some();
    (!verb && WORDS.begins("head", &key).is_some() && rest.starts_with(char::is_uppercase)).then_some(())
}

/// Whether the words begin as a body or a group of bodies does.
fn begins_body(words: &str) -> bool {
    let key = fold_key(words);
    WORDS.begins("next", &key).is_some() || crate::verbs::begins(words)
}

/// The words of a heading as one name: few, and no sentence.
fn name_of_heading(text: &str, at: usize) -> Option<Mention> {
    const MOST_WORDS: usize = 14;
    let rest = text.get(at..)?;
    let end = rest.find(['(', ':']).unwrap_or(rest.len());
    let words = rest[..end].trim_end_matches([' ', '.', ';', ',']);
    let words =
        ["có trách nhiệm", "có nhiệm vụ"].iter().find_map(|w| words.strip_suffix(w)).unwrap_or(words).trim_end();
    let tail = rest.get(end..).unwrap_or("").trim_matches(|c: char| matches!(c, ':' | ' ' | '.'));
    let quiet = tail.is_empty() || tail.starts_with('(') && tail.ends_with(')');
    // a comma may stand inside a name (`Ủy ban Văn hóa, Giáo dục`), but no other head of names behind it
    let listed = words.contains(';') || words.split([',', '-']).skip(1).any(|part| begins_body(part.trim_start()));
    (quiet && !listed && words.split_whitespace().count() <= MOST_WORDS).then(|| unknown(words, at))
}

/// Whether the group's own words go on to the bracket that spells it out (`Các cơ quan đăng ký đầu tư (Sở A, Sở B)`).
fn names_group(rest: &str) -> bool {
    rest.split_once('(').is_some_and(|(words, _)| words.chars().count() < 60 && !words.contains([',', ';', ':', '.']))
}

/// A place that the lexicon does not hold, behind the body that it belongs to (`Báo và phát thanh, truyền hình Hòa Giang`).
fn is_proper_name(rest: &str) -> bool {
    const MOST_WORDS: usize = 4;
    let words = rest.trim().trim_end_matches([':', '.']);
    rest.starts_with(' ')
        && (1..=MOST_WORDS).contains(&words.split_whitespace().count())
        && words.split_whitespace().all(|w| w.starts_with(char::is_uppercase) && w.chars().all(char::is_alphabetic))
}

fn opens_bracket(rest: &str) -> bool {
    rest.trim_start().starts_with('(')
}

/// The bodies listed in the first bracket behind `from`, where they spell out a group; and where the bracket ends.
fn bracket_list(text: &str, analysis: &Analysis<'_>, from: usize) -> Option<(Vec<Mention>, usize)> {
    let open = text.get(from..)?.find('(').map(|n| from + n)?;
    let close = text[open..].find(')').map(|n| open + n)?;
    let before = text.get(from..open)?;
    // the bracket belongs to the group before it, not to a topic behind a colon
    if before.contains(':') {
        return None;
    }
    let key = fold_key(&text[open + 1..close]);
    if key.starts_with("bao gồm cả")
        || key.starts_with("gồm cả")
        || key.starts_with("trừ")
        || key.starts_with("qua")
        || key.starts_with("không")
    {
        return None;
    }
    let inside: Vec<Mention> =
        analysis.mentions().iter().filter(|m| m.start > open && m.end <= close && !m.weak).cloned().collect();
    let spelled = key.starts_with("gồm") || key.starts_with("bao gồm");
    let enough = inside.len() >= 2 || spelled && !inside.is_empty();
    let plural = fold_key(text.get(..open)?).contains("các ");
    (enough && plural).then_some((inside, close + 1))
}

/// Whether nothing of weight follows the bodies: a colon, a bracket, `- Cơ quan thường trực …`, `có trách nhiệm:`.
fn tail_is_quiet(rest: &str) -> bool {
    let rest = rest.trim();
    if rest.is_empty() || rest.trim_matches(|c: char| matches!(c, ':' | '.' | ';' | ',' | '*')).is_empty() {
        return true;
    }
    if let Some(inside) = rest.strip_prefix('(')
        && let Some((_, after)) = inside.split_once(')')
    {
        return tail_is_quiet(after);
    }
    if let Some(note) = rest.strip_prefix(['-', '–']) {
        // `Sở A - Cơ quan thường trực Ban Chỉ đạo`
        return note.starts_with(' ') && note.chars().count() < 120 && !note.contains(". ");
    }
    // `2. Sở A chủ trì, phối hợp thực hiện`, over the list of what it does
    let key = fold_key(rest);
    let bare = key.trim_matches([':', '.', ';', ',', ' ']);
    if WORDS.begins("duty", bare).is_some_and(|duty| duty.len() == bare.len()) {
        return true;
    }
    let short = rest.chars().count() <= 90;
    short && rest.ends_with(':') && WORDS.begins("quiet", &key).is_some() && !key.contains("phối hợp")
        || key == "khác"
        || key == "liên quan"
}

/// A list stem: the bodies lead, those behind `phối hợp với` help, and what ends with a colon follows.
fn stem(text: &str, end: usize, analysis: &Analysis<'_>) -> Option<Vec<Mention>> {
    let rest = text.get(end..)?;
    if !rest.trim_end().ends_with(':') {
        return None;
    }
    let key = fold_key(rest);
    let key = key.trim_start_matches([',', ' ']);
    WORDS.begins("stem", key).map(|_| analysis.coordinating(end..text.len()))
}
