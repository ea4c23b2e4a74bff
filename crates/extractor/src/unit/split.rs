//! Splitting a block by the bodies that it orders, and a part into its topic and its action.

use std::ops::Range;

use nhiemvu_model::{Agency, AgencyKind, Node, Via};
use nhiemvu_normalizer::Mention;

use crate::cues::Cue;
use crate::draft::Draft;
use crate::roles::{Analysis, Bodies, Subject, WORDS};
use crate::scope::Scope;
use crate::section::Section;
use crate::sentence;

/// A stretch of a block that is one task, and the orders in it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub range: Range<usize>,
    pub subjects: Vec<Subject>,
}

/// Splits a block's words where a sentence, or a clause behind a semicolon with a body and a verb of its own, orders
/// somebody else than those before it, or, where nobody is named before, than those who lead by where the block stands; `label`
/// is who the words before its first colon say does it.
pub(super) fn split(analysis: &Analysis<'_>, scope: &Scope<'_>, node: &Node, mut label: Option<Subject>) -> Vec<Part> {
    let text = analysis.text;
    let above: &[Agency] = &scope.lead;
    let orders = scope.directive && matches!(scope.section, Section::Open | Section::Plan | Section::Assign);
    let orders = orders && (!node.marker.is_empty() || scope.section == Section::Assign);
    let mut parts: Vec<Part> = Vec::new();
    for sentence in sentence::sentences(text) {
        let first = sentence.start;
        for clause in whole_lists(analysis, sentence::clauses(text, sentence)) {
            let mut subjects = analysis.subjects(clause.clone()).to_vec();
            if let Some(label) = label.take() {
                subjects.insert(0, label);
            }
            if subjects.is_empty() && orders && clause.start == first {
                subjects.extend(chaired(analysis, &clause).or_else(|| acting_by_any_verb(analysis, &clause)));
            }
            // only beside somebody who is ordered before: else the first, by a verb that is not known, would lose the order
            let beside = parts.last().is_some_and(|last| !lead_names(&last.subjects).is_empty());
            let acts = |s: &Subject| does_something(analysis, s, &clause);
            let joins = clause.start == first || beside && subjects.first().is_some_and(acts);
            if joins && subjects.iter().all(|s| s.helps) {
                // `Sở A phối hợp với Sở B làm …` as a sentence or clause of its own: A is to do it
                subjects.iter_mut().take(1).for_each(|s| s.helps = false);
            }
            let names: Vec<&str> = lead_names(&subjects);
            let fresh = match parts.last() {
                None => true,
                Some(last) => {
                    let before = lead_names(&last.subjects);
                    let inherited = || {
                        clause.start == first
                            && is_inherited(analysis, last, above)
                            && has_content(analysis, &subjects, &clause)
                            && !above.iter().any(|a| names.contains(&a.name.as_str()))
                    };
                    // `Sửa xong 20 bến trong quý II. Đề nghị UBND xã A gửi hồ sơ …`: what the issuer does, and what it asks for
                    let own = || {
                        clause.start == first
                            && plans_itself(scope, last, text)
                            && subjects.iter().all(|s| s.by_verb && s.request)
                            && has_content(analysis, &subjects, &clause)
                    };
                    // `yêu cầu kịp thời sửa cầu; giao Sở A …`: an order to nobody is one of its own
                    let to_nobody = || last.subjects.iter().any(|s| s.by_verb && s.bodies.is_empty());
                    // `Kết quả đo là số liệu tham khảo; giáo viên chịu trách nhiệm …`
                    let tells = || last.subjects.is_empty() && tells(text.get(last.range.clone()).unwrap_or(""));
                    !names.is_empty()
                        && (!before.is_empty() || to_nobody() || inherited() || tells() || own())
                        && names != before
                        // one of several who are ordered together may be ordered something else
                        && (names.len() < before.len() && (clause.start != first || has_content(analysis, &subjects, &clause))
                            || !names.iter().any(|n| before.contains(n)))
                        && !subjects.iter().all(|s| s.bodies.iter().all(|m| m.anaphor))
                        && !(is_everybody(&subjects) && is_all_groups(&last.subjects))
                }
            };
            match parts.last_mut() {
                Some(last) if !fresh => {
                    last.range.end = clause.end;
                    if last.subjects.iter().all(|s| s.helps) || names.is_empty() {
                        last.subjects.extend(subjects);
                    }
                }
                _ => parts.push(Part { range: clause, subjects }),
            }
        }
    }
    parts
}

/// Whether a part names nobody and says what whoever issues a plan or report will do.
fn plans_itself(scope: &Scope<'_>, part: &Part, text: &str) -> bool {
    let words = text.get(part.range.clone()).unwrap_or("").trim();
    let plans = !scope.directive && scope.lead.is_empty() && !matches!(scope.section, Section::Recommend);
    plans && part.subjects.is_empty() && words.ends_with('.') && crate::judge::begins_as_order(words)
}

/// `Đoàn Thanh niên: Văn nghệ chào mừng`: in an item of a section that says who does what, whoever is named before the colon does
/// what stands behind it, in whatever words.
pub(super) fn labelled(analysis: &Analysis<'_>, scope: &Scope<'_>, node: &Node) -> Option<Subject> {
    const FEWEST_WORDS: usize = 2;
    if scope.section != Section::Assign || node.marker.is_empty() || !scope.lead.is_empty() {
        return None;
    }
    let (bodies, end) = analysis.list_at(0);
    let behind = analysis.text.get(end..)?.trim_start().strip_prefix(':')?.trim_start();
    let first = analysis.text.len() - behind.len();
    let behind = behind.trim_end();
    let words = behind.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let named = bodies.iter().any(|m| !m.weak) && words >= FEWEST_WORDS && !behind.ends_with(':');
    // `Trưởng các khoa: Kinh tế, Sư phạm cử …`: who they are, before what they do
    let others = analysis.subjects(0..analysis.text.len()).iter().any(|s| s.start <= first);
    (named && !others).then_some(Subject { start: 0, end, bodies, request: false, by_verb: false, helps: false })
}

/// `đề nghị các cơ quan A; các sở và các trường treo cờ …`: a semicolon inside the list of those who are ordered parts no clause.
fn whole_lists(analysis: &Analysis<'_>, clauses: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let open = |clause: &Range<usize>| {
        let mut orders = analysis.cues_in(clause).filter(|hit| matches!(hit.cue, Cue::Order | Cue::Request));
        orders.any(|hit| analysis.list_at(hit.end).1 > clause.end)
    };
    let mut out: Vec<Range<usize>> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        match out.last_mut() {
            Some(last) if open(last) => last.end = clause.end,
            _ => out.push(clause),
        }
    }
    out
}

/// Whether words tell how something is or was, and order nothing.
fn tells(words: &str) -> bool {
    let words = words.trim();
    let order = || crate::judge::begins_as_order(words);
    crate::judge::is_report(words) || words.ends_with(';') && words.contains(" là ") && !order()
}

/// `các cơ quan, tổ chức, đơn vị`: behind other groups the same once more in general.
fn is_everybody(subjects: &[Subject]) -> bool {
    const HEADS: [&str; 3] = ["các cơ quan, tổ chức", "các cơ quan, đơn vị", "các đơn vị, địa phương"];
    let general = |m: &Mention| HEADS.iter().any(|head| nhiemvu_text::fold_key(&m.agency.name).starts_with(head));
    is_all_groups(subjects) && subjects.iter().flat_map(|s| s.bodies.iter()).all(general)
}

fn is_all_groups(subjects: &[Subject]) -> bool {
    let mut bodies = subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.iter()).peekable();
    bodies.peek().is_some() && bodies.all(|m| m.agency.kind == AgencyKind::Group)
}

/// `…; Sở A phối hợp với Sở B hướng dẫn doanh nghiệp`: whether a clause says what the body that joins is to do, and not only
/// that it helps.
fn does_something(analysis: &Analysis<'_>, subject: &Subject, clause: &Range<usize>) -> bool {
    const FEWEST_WORDS: usize = 4;
    const HELPS: [&str; 5] = ["thực hiện", "triển khai", "tổ chức thực hiện", "cùng ", "theo "];
    let partners = analysis.coordinating(subject.end..clause.end);
    let Some(named) = partners.last().map(|m| m.end) else { return false };
    let rest = analysis.text.get(named..clause.end).unwrap_or("").trim();
    let key = crate::judge::head(rest, 24);
    rest.split_whitespace().count() >= FEWEST_WORDS
        && crate::verbs::begins(rest)
        && !HELPS.iter().any(|w| key.starts_with(w))
}

/// Whether a part names nobody, and orders those who stand above it.
fn is_inherited(analysis: &Analysis<'_>, part: &Part, above: &[Agency]) -> bool {
    let words = analysis.text.get(part.range.clone()).unwrap_or("").trim();
    // `2.3. Người hoạt động không chuyên trách: tiếp tục bố trí …`
    let topic = |topic: &str| topic.chars().count() <= 120;
    let words = words.split_once(": ").filter(|(before, _)| topic(before)).map_or(words, |(_, rest)| rest);
    let duty = || analysis.cues().iter().any(|c| part.range.contains(&c.start) && c.cue == Cue::Duty);
    let orders = || crate::judge::begins_as_order(words) || duty();
    !above.is_empty() && part.subjects.is_empty() && words.ends_with('.') && orders()
}

/// Whether an order says what is to be done, and not only who does what stands before it (`Sở A chủ trì thực hiện.`).
fn has_content(analysis: &Analysis<'_>, subjects: &[Subject], clause: &Range<usize>) -> bool {
    const FEWEST_WORDS: usize = 7;
    let Some(subject) = subjects.iter().find(|s| !s.helps) else { return false };
    // `Nếu quá thời hạn, cơ quan phối hợp phải …` says more of the order before it
    let before = crate::judge::head(analysis.text.get(clause.clone()).unwrap_or("").trim_start(), 16);
    if ["nếu ", "trường hợp", "trong trường hợp", "khi ", "quá "].iter().any(|w| before.starts_with(w)) {
        return false;
    }
    let rest = analysis.text.get(subject.end..clause.end).unwrap_or("");
    rest.split_whitespace().count() >= FEWEST_WORDS && !crate::judge::head(rest.trim_start(), 8).starts_with("chủ trì")
}

fn lead_names(subjects: &[Subject]) -> Vec<&str> {
    subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.iter().map(|m| m.agency.name.as_str())).collect()
}

/// Whether nobody but those that the document is written to is named above.
pub(super) fn is_addressed(scope: &Scope<'_>) -> bool {
    !scope.lead.is_empty() && scope.lead.iter().all(|body| body.via == Via::Document)
}

/// `đề nghị Quý cơ quan …`, `yêu cầu các đồng chí …`: an order to those whom the document is written to, by another word
/// for them.
pub(super) fn asks_addressees(analysis: &Analysis<'_>, part: &Part) -> bool {
    let mut orders = analysis.cues().iter().filter(|c| {
        part.range.contains(&c.start)
            && matches!(c.cue, Cue::Order | Cue::Request)
            && !crate::cues::tells_of_past(analysis.text, c.start)
    });
    orders.any(|c| {
        let rest = analysis.text.get(c.end..part.range.end).unwrap_or("").trim_start();
        let head = crate::judge::head(rest, 16);
        WORDS.begins("addressed", &head).is_some()
    })
}

/// `Công ty Cấp nước A súc xả đường ống.`: in the items of a document that orders, a sentence whose first words name bodies orders
/// them, by whatever verb; unless what stands behind them is no verb, or says how things stand.
fn acting_by_any_verb(analysis: &Analysis<'_>, clause: &Range<usize>) -> Option<Subject> {
    const FEWEST_WORDS: usize = 4;
    let words = analysis.text.get(clause.clone())?;
    let start = clause.start + words.len() - words.trim_start().len();
    let (bodies, end) = analysis.list_at(start);
    let rest = analysis.text.get(end..clause.end)?;
    // `UBND các xã: báo số hộ …`: behind a colon stands what they do
    let label = rest.strip_prefix(": ");
    let rest = label.or_else(|| rest.strip_prefix(' '))?;
    let named = |m: &Mention| label.is_some() || !m.weak && m.agency.kind != AgencyKind::Group;
    let acts = rest.starts_with(char::is_lowercase)
        // a verb that is known was refused for what stands behind it
        && (label.is_some() || rest.trim_end().ends_with(['.', ';']) && !crate::verbs::begins(rest))
        && rest.split_whitespace().count() >= FEWEST_WORDS
        && ["state", "no_act", "tells"].iter().all(|kind| WORDS.begins(kind, &crate::judge::head(rest, 24)).is_none());
    let told = analysis.cues_in(clause).any(|hit| hit.cue == Cue::Done);
    (!bodies.is_empty() && bodies.iter().all(named) && acts && !told).then_some(Subject {
        start,
        end,
        bodies,
        request: false,
        by_verb: false,
        helps: false,
    })
}

/// The registered bodies at the head of a part, before words that tell of neither the past nor of how things stand: the verb
/// may be one that no table holds (`Sở A nhắn tin …`).
pub(super) fn opening_bodies(analysis: &Analysis<'_>, part: &Part) -> Option<Bodies> {
    let (bodies, end) = analysis.list_at(part.range.start);
    let rest = analysis.text.get(end..part.range.end)?.strip_prefix(' ')?;
    let named = bodies.iter().all(|m| !m.weak && m.agency.kind == AgencyKind::Registered);
    let acts = rest.starts_with(char::is_lowercase) && WORDS.begins("state", &crate::judge::head(rest, 8)).is_none();
    (!bodies.is_empty() && named && acts).then_some(bodies)
}

/// Where the words behind a label begin (`Nhiệm vụ quá hạn: …`).
pub(super) fn label_end(analysis: &Analysis<'_>, part: &Part) -> Option<usize> {
    Some(part.range.start + analysis.text.get(part.range.clone())?.find(':')? + 1)
}

/// Whether the words right before `do Sở A chủ trì` name a matter that somebody leads.
fn names_matter(before: &str) -> bool {
    const NEAR: usize = 40;
    let tail = before.char_indices().rev().nth(NEAR).map_or(before, |(at, _)| &before[at..]);
    let key = nhiemvu_text::fold_key(tail);
    WORDS.inside("chaired", &key)
}

/// `nhiệm vụ do Sở A, Sở B chủ trì thực hiện`: the bodies between `do` and `chủ trì`.
pub(super) fn chair_before(analysis: &Analysis<'_>, range: &Range<usize>) -> Option<Bodies> {
    let hit = analysis.cues_in(range).find(|c| c.cue == Cue::Lead)?;
    let before = analysis.text.get(range.start..hit.start)?;
    let chair = before.rfind(" do ")?;
    if crate::verbs::begins(before) && !before[..chair].ends_with(',') && names_matter(&before[..chair]) {
        // `Bố trí kinh phí cho nhiệm vụ do Sở A chủ trì`: whose matter it is, not whose order
        return None;
    }
    let at = range.start + chair + " do ".len();
    let (bodies, end) = analysis.list_at(at);
    (!bodies.is_empty() && analysis.text.get(end..hit.start).is_some_and(|s| s.trim().len() < 4)).then_some(bodies)
}

/// `Việc in ấn tài liệu do Văn phòng A đảm nhận.`: the bodies between `do` and the word for doing it.
fn done_by(analysis: &Analysis<'_>, range: &Range<usize>) -> Option<Bodies> {
    let words = analysis.text.get(range.clone())?;
    words.match_indices(" do ").find_map(|(at, word)| {
        let (bodies, end) = analysis.list_at(range.start + at + word.len());
        let rest = crate::judge::head(analysis.text.get(end..range.end)?.trim_start(), 24);
        let does = WORDS.begins("undertakes", &rest).is_some();
        (does && bodies.iter().any(|m| !m.weak)).then_some(bodies)
    })
}

/// `Việc đo luồng do Sở A chủ trì, xong trước ngày …`: A is to do it, where nothing tells of the past.
pub(super) fn chaired(analysis: &Analysis<'_>, range: &Range<usize>) -> Option<Subject> {
    let head = crate::judge::head(analysis.text.get(range.clone())?.trim_start(), 12);
    let past = analysis.cues().iter().any(|c| c.cue == Cue::Done && range.contains(&c.start));
    // `Rà soát …, do Sở A chủ trì, phối hợp với Sở B thực hiện.`
    let words = analysis.text.get(range.clone())?;
    let set_off = words.contains(", do ") || words.trim_end_matches(['.', ';', ' ']).ends_with("chủ trì");
    let matter = WORDS.begins("matter", &head).is_some();
    if past || !(set_off || matter) {
        return None;
    }
    let bodies = chair_before(analysis, range).or_else(|| done_by(analysis, range).filter(|_| matter))?;
    let (start, end) = (bodies.first()?.start, bodies.last()?.end);
    Some(Subject { start, end, bodies, request: false, by_verb: true, helps: false })
}

/// Where the topic ends that stands before the order (`Về dự án …: giao Sở A …`): what it says of time and bodies belongs
/// to the matter, not to the order.
pub(super) fn topic_end(analysis: &Analysis<'_>, part: &Part) -> usize {
    let Some(subject) = part.subjects.first() else { return part.range.start };
    let before = analysis.text.get(part.range.start..subject.start).unwrap_or("");
    match before.rfind(':') {
        Some(colon) => part.range.start + colon + 1,
        None => part.range.start,
    }
}

/// Where what is to be done begins in the draft's text: behind the bodies, `chủ trì, phối hợp với …` and the like.
pub(super) fn action_start(analysis: &Analysis<'_>, part: &Part, draft: &Draft) -> usize {
    let text = analysis.text;
    let lead_in = part.range.start + (text[part.range.clone()].len() - text[part.range.clone()].trim_start().len());
    let behind_label = draft.status.and_then(|_| label_end(analysis, part)).map(|at| analysis.list_at(at).1.max(at));
    // a body that leads though no table holds its verb
    let opening = || {
        let (bodies, end) = analysis.list_at(lead_in);
        let leads = |m: &Mention| draft.lead.iter().any(|l| l.via == Via::Text && l.name == m.agency.name);
        bodies.first().is_some_and(leads).then_some(end)
    };
    let mut at = part
        .subjects
        .iter()
        .find(|s| !s.helps && s.start <= lead_in + 12)
        .map_or_else(|| behind_label.or_else(opening).unwrap_or(lead_in), |s| s.end);
    for _ in 0..6 {
        let Some(rest) = text.get(at..part.range.end) else { break };
        let skip = rest.len() - rest.trim_start_matches([',', ' ', ':', '-']).len();
        let here = at + skip;
        let Some(hit) = analysis.cues_at(here).find(|c| matches!(c.cue, Cue::Lead | Cue::Duty | Cue::Coordinate))
        else {
            at = here;
            break;
        };
        if hit.cue == Cue::Coordinate {
            let (bodies, end) = analysis.list_at(hit.end);
            if bodies.is_empty() {
                at = here;
                break;
            }
            at = end;
        } else {
            at = hit.end;
        }
    }
    let from = at.saturating_sub(lead_in);
    if from < draft.text.text().len() { from } else { 0 }
}
