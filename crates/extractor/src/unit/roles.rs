//! Who leads and helps in a draft, and what its field lines say.

use nhiemvu_model::{Agency, AgencyKind, Field, FieldRole, LabelledValue, Mended, Via};
use nhiemvu_normalizer::Mention;
use nhiemvu_parser::temporal::Setting;

use super::split::{Part, chair_before, is_addressed, label_end, opening_bodies, topic_end};
use crate::bodies::{agencies, dedup, same};
use crate::draft::Draft;
use crate::field_bodies::FieldBodies;
use crate::limits::{Limits, tells_beginning};
use crate::roles::Analysis;
use crate::scope::Scope;
use crate::status;
use crate::walk::Walk;

impl<'a> Walk<'a> {
    /// Who leads: the part's own words, else what stands above.
    pub(super) fn lead(
        &self,
        draft: &mut Draft,
        whole: &Mended,
        analysis: &Analysis<'_>,
        part: &Part,
        scope: &Scope<'a>,
    ) {
        let helpers = analysis.helping_by_bracket(&part.range);
        let leads = |m: &&Mention| !helpers.iter().any(|helper| helper.start == m.start);
        let subjects = part.subjects.iter().filter(|s| !s.helps);
        let own: Vec<Mention> = subjects.flat_map(|s| s.bodies.iter().filter(leads).cloned()).collect();
        let chairs = chair_before(analysis, &part.range);
        if let Some(chairs) = &chairs
            && chairs.iter().all(|c| own.iter().all(|o| c.start < o.start))
        {
            // `nhiệm vụ do Sở A chủ trì: “Bộ B …”`: what is quoted was laid on others
            draft.lead = dedup(agencies(chairs, whole, Via::Text));
            return;
        }
        if !own.is_empty() {
            draft.lead = dedup(agencies(&own, whole, Via::Text));
            return;
        }
        if let Some(helper) = part.subjects.iter().find(|s| s.helps) {
            // `Sở A phối hợp với Sở B làm …`: with nobody else, the one that joins leads
            draft.lead = agencies(&helper.bodies, whole, Via::Text);
            return;
        }
        let opening = match draft.status {
            Some(_) => label_end(analysis, part).map(|at| analysis.list_at(at).0),
            None if is_addressed(scope) => opening_bodies(analysis, part),
            None => None,
        };
        match opening.filter(|bodies| bodies.iter().any(|m| !m.weak)) {
            Some(bodies) => draft.lead = dedup(agencies(&bodies, whole, Via::Text)),
            None => draft.lead.clone_from(&scope.lead),
        }
    }

    /// What field lines say: leads, partners, limits, products.
    pub(super) fn fields(&self, draft: &mut Draft, fields: &[&'a Field], limits: &mut Limits) {
        let source = &self.document.source;
        let own_registered = draft.lead.iter().any(|a| a.via == Via::Text && a.kind == AgencyKind::Registered);
        let mut lead: Vec<Agency> = Vec::new();
        let mut begins = Limits::default();
        for field in fields {
            match field.role {
                FieldRole::Lead | FieldRole::Executing => {
                    let (bodies, time) = bodies_and_time(&field.value);
                    if let Some(time) = time {
                        limits.merge(Limits::read(source, &time, Setting::Field, Via::Field, &self.reference));
                    }
                    let value = FieldBodies::read(self, &bodies);
                    lead.extend(value.lead);
                    draft.coordinating.extend(value.coordinating);
                }
                FieldRole::Coordinating => draft.coordinating.extend(FieldBodies::plain(self, &field.value)),
                FieldRole::Monitoring => draft.monitoring.extend(FieldBodies::plain(self, &field.value)),
                FieldRole::ReportTo => draft.report_to.extend(FieldBodies::plain(self, &field.value)),
                FieldRole::Time => {
                    let read = Limits::read(source, &field.value, Setting::Field, Via::Field, &self.reference);
                    let label = nhiemvu_text::fold_key(field.label.text());
                    if tells_beginning(&label) { begins.merge(read) } else { limits.merge(read) }
                }
                FieldRole::Product => draft.products.push(field.value.clone()),
                role => {
                    if role == FieldRole::Status && draft.status.is_none() {
                        draft.status = status::of_value(field.value.text());
                    }
                    draft.fields.push(LabelledValue {
                        label: field.label.text().to_owned(),
                        value: field.value.text().to_owned(),
                        span: field.value.whole(),
                    });
                }
            }
        }
        limits.begin_with(&begins);
        if !lead.is_empty() && !own_registered {
            draft.lead = dedup(lead);
        }
    }

    /// Who helps: field lines, the part's own words, a stem above.
    pub(super) fn partners(
        &self,
        draft: &mut Draft,
        whole: &Mended,
        analysis: &Analysis<'_>,
        part: &Part,
        fields: &[&'a Field],
        scope: &Scope<'a>,
    ) {
        let mut own = agencies(&analysis.coordinating(topic_end(analysis, part)..part.range.end), whole, Via::Text);
        if part.subjects.iter().any(|s| !s.helps) {
            for helper in part.subjects.iter().filter(|s| s.helps) {
                own.extend(agencies(&helper.bodies, whole, Via::Text));
            }
        }
        let by_field = fields.iter().any(|f| f.role == FieldRole::Coordinating) || !draft.coordinating.is_empty();
        if by_field {
            // where a field names the partners, the words of the item add only bodies by name
            if own.iter().any(|a| a.kind == AgencyKind::Registered) {
                draft.coordinating.extend(own);
            }
        } else if own.is_empty() {
            draft.coordinating.extend(scope.coordinating.iter().cloned());
        } else {
            draft.coordinating.extend(own);
        }
        let lead = draft.lead.clone();
        let mut kept: Vec<Agency> = Vec::new();
        for agency in std::mem::take(&mut draft.coordinating) {
            if !lead.iter().any(|l| same(l, &agency)) && !kept.iter().any(|k| same(k, &agency)) {
                kept.push(agency);
            }
        }
        draft.coordinating = kept;
    }
}

/// `Sở A; hoàn thành trước ngày 30/8`: a field's bodies, and the time that stands behind them in the same value.
fn bodies_and_time(value: &Mended) -> (Mended, Option<Mended>) {
    const TIMES: [&str; 10] = [
        "hoàn thành",
        "xong ",
        "trước ngày",
        "trước tháng",
        "chậm nhất",
        "thời gian",
        "thời hạn",
        "trong tháng",
        "hạn ",
        "trong quý",
    ];
    let words = value.text();
    let cut = words.match_indices([';', ',', '.']).find(|(at, _)| {
        let head = crate::judge::head(words.get(at + 1..).unwrap_or("").trim_start(), 16);
        TIMES.iter().any(|w| head.starts_with(w))
    });
    let end = words.trim_end_matches(['.', ';', ' ']).len();
    let end = if words.contains('(') { end } else { words[..end].trim_end_matches(')').len() };
    match cut {
        Some((at, _)) => (value.slice(0, at), Some(value.slice(at + 1, end.max(at + 1)))),
        None => (value.slice(0, end), None),
    }
}
