//! Bodies as tasks hold them: with their places, each once, and the flags that they raise.

use nhiemvu_model::{Agency, AgencyKind, Flag, Kind, Mended, Via};
use nhiemvu_normalizer::Mention;
use nhiemvu_text::fold_key;

use crate::draft::Draft;

/// Mentions in `text` as bodies with their places in the document.
pub(crate) fn agencies(mentions: &[Mention], text: &Mended, via: Via) -> Vec<Agency> {
    mentions
        .iter()
        .map(|m| {
            let mut agency = m.agency.clone();
            agency.span = Some(text.span(m.start, m.end));
            agency.via = via;
            agency
        })
        .collect()
}

/// Whether two mentions are one body.
pub(crate) fn same(a: &Agency, b: &Agency) -> bool {
    match (&a.id, &b.id) {
        (Some(x), Some(y)) => x == y && a.jurisdiction == b.jurisdiction && a.name == b.name,
        _ => fold_key(&a.name) == fold_key(&b.name) && !are_apart(a, b),
    }
}

/// `Trạm Y tế xã A`, `Trạm Y tế xã B`: whether two bodies of one name are written with different places.
fn are_apart(a: &Agency, b: &Agency) -> bool {
    let (Some(a), Some(b)) = (&a.jurisdiction, &b.jurisdiction) else { return false };
    let differ = |x: &Option<String>, y: &Option<String>| x.is_some() && y.is_some() && x != y;
    differ(&a.province, &b.province) || differ(&a.district, &b.district) || differ(&a.commune, &b.commune)
}

/// Each body once, the first of its mentions.
pub(crate) fn dedup(agencies: Vec<Agency>) -> Vec<Agency> {
    let mut out: Vec<Agency> = Vec::new();
    for agency in agencies {
        if !out.iter().any(|o| same(o, &agency)) {
            out.push(agency);
        }
    }
    out
}

/// The flags that follow from who is named.
pub(crate) fn agency_flags(draft: &mut Draft) {
    if draft.kind == Kind::Assigned && draft.lead.is_empty() {
        draft.flags.push(Flag::NoLead);
    }
    if draft.lead.iter().any(|a| a.kind == AgencyKind::Unregistered) {
        draft.flags.push(Flag::UnregisteredLead);
    }
    let all = || draft.lead.iter().chain(&draft.coordinating).chain(&draft.report_to).chain(&draft.monitoring);
    let (ambiguous, repaired) = (all().any(|a| a.ambiguous), all().any(|a| a.repaired));
    if ambiguous {
        draft.flags.push(Flag::AmbiguousAgency);
    }
    if repaired {
        draft.flags.push(Flag::RepairedAgency);
    }
}
