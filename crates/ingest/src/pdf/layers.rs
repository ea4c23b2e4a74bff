//! Optional content (layers): what a viewer hides is no text of the document (ISO 32000-1, 8.11).

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};
use hayro_syntax::xref::XRef;

/// The groups that are switched off by default.
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// Reads the default configuration of the document.
    pub fn of(xref: &XRef) -> Self {
        let mut off = HashSet::new();
        let properties = xref.get::<Dict<'_>>(xref.root_id()).and_then(|root| root.get::<Dict<'_>>("OCProperties"));
        let Some(properties) = properties else { return Self { off } };
        let Some(usual) = properties.get::<Dict<'_>>("D") else { return Self { off } };
        if usual.get::<Name<'_>>("BaseState").is_some_and(|state| state.as_ref() == b"OFF") {
            off.extend(groups(&properties, "OCGs"));
        }
        for group in groups(&usual, "ON") {
            off.remove(&group);
        }
        off.extend(groups(&usual, "OFF"));
        Self { off }
    }

    /// Whether what `holder` marks by its `key` (`OC`, or a property's name) is hidden.
    pub fn hides(&self, holder: &Dict<'_>, key: &[u8]) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if holder.get_ref(key).is_some_and(|group| self.off.contains(&group.into())) {
            return true;
        }
        // a membership dictionary: hidden where all its groups are, the default policy
        let Some(membership) = holder.get::<Dict<'_>>(key) else { return false };
        let members: Vec<_> = match membership.get_ref("OCGs") {
            Some(one) => vec![one.into()],
            None => groups(&membership, "OCGs"),
        };
        !members.is_empty() && members.iter().all(|group| self.off.contains(group))
    }
}

fn groups(dict: &Dict<'_>, key: &str) -> Vec<ObjectIdentifier> {
    let Some(all) = dict.get::<Array<'_>>(key) else { return Vec::new() };
    all.raw_iter().filter_map(|item| item.as_obj_ref()).map(Into::into).collect()
}
