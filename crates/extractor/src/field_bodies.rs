//! The bodies that a field line or a table cell names.

use nhiemvu_model::{Agency, Mended, Via};
use nhiemvu_normalizer::Mention;
use nhiemvu_text::fold_key;

use crate::bodies::{agencies, dedup, same};
use crate::cues::Cue;
use crate::walk::Walk;

/// The bodies of a field value or a table cell.
pub(crate) struct FieldBodies {
    pub lead: Vec<Agency>,
    pub coordinating: Vec<Agency>,
}

impl FieldBodies {
    /// `X chủ trì, phối hợp với Y …`, or a plain list of those who lead.
    pub fn read(walk: &Walk<'_>, value: &Mended) -> Self {
        let text = value.text();
        if names_nobody(text) {
            return Self { lead: Vec::new(), coordinating: Vec::new() };
        }
        let analysis = walk.analyse(text);
        let helps = analysis.cues.iter().find(|c| c.cue == Cue::Coordinate).copied();
        let chairs = analysis.cues.iter().any(|c| c.cue == Cue::Lead);
        if helps.is_none() && !chairs {
            return Self { lead: Self::plain(walk, value), coordinating: Vec::new() };
        }
        let subjects = analysis.subjects(0..text.len());
        let mut lead: Vec<Mention> =
            subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.iter().cloned()).collect();
        if lead.is_empty() {
            lead = analysis.list_at(0).0.to_vec();
        }
        if lead.is_empty() {
            let stop = helps.map_or(text.len(), |c| c.start);
            lead = analysis.mentions.iter().filter(|m| m.end <= stop && !m.weak).cloned().collect();
        }
        let coordinating = agencies(&analysis.coordinating(0..text.len()), value, Via::Field);
        let lead = dedup(agencies(&lead, value, Via::Field));
        let coordinating = coordinating.into_iter().filter(|c| !lead.iter().any(|l| same(l, c))).collect();
        Self { lead, coordinating }
    }

    /// A plain list: every item is a body.
    pub fn plain(walk: &Walk<'_>, value: &Mended) -> Vec<Agency> {
        let text = value.text();
        if names_nobody(text) {
            return Vec::new();
        }
        let list = walk.registry.field(text, walk.context);
        dedup(agencies(&list.mentions, value, Via::Field))
    }
}

/// A value that only refers elsewhere (`Theo phân công tại Quyết định …`), or is empty.
fn names_nobody(text: &str) -> bool {
    let key = fold_key(text);
    key.trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
        || ["theo phân công", "theo quy định", "theo chức năng", "như trên", "nêu trên", "không"]
            .iter()
            .any(|w| key.starts_with(w))
            && key.len() < 200
}
