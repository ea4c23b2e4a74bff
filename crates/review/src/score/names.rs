//! When two names of bodies are the same.

use std::collections::BTreeSet;

use serde_json::Value;

use super::norm::{is_word, norm};

/// How gold names compare with mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Names {
    /// Gold names that a mention bears.
    pub right: usize,
    /// Gold names that no mention bears.
    pub missing: usize,
    /// Other names among the mentions that are left.
    pub extra: usize,
}

impl Names {
    /// Whether both sides name the same bodies.
    pub fn exact(self) -> bool {
        self.missing == 0 && self.extra == 0
    }
}

/// The folded name of a body: usual abbreviations written out, a leading `các` and punctuation at the ends gone.
pub(crate) fn agency(name: &str) -> String {
    let name = replace_word(&norm(name), "ubnd", "ủy ban nhân dân");
    let name = replace_word(&name, "hđnd", "hội đồng nhân dân");
    let name = name.strip_prefix("các ").unwrap_or(&name);
    name.trim_matches([' ', '.', ',', ';', ':']).to_owned()
}

fn replace_word(text: &str, word: &str, by: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        out.push_str(before);
        let whole = !out.chars().next_back().is_some_and(is_word) && !after.chars().next().is_some_and(is_word);
        out.push_str(if whole { by } else { word });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The names under which a mention is right: its name, and its name with its place.
pub(crate) fn mention_keys(mention: &Value) -> BTreeSet<String> {
    let Some(fields) = mention.as_object() else {
        return BTreeSet::from([agency(mention.as_str().unwrap_or_default())]);
    };
    let own = |key: &str| fields.get(key).filter(|v| v.as_str() != Some("") && !v.is_null());
    let name = agency(own("name").or_else(|| own("raw")).and_then(Value::as_str).unwrap_or_default());
    let places: Vec<&str> = match fields.get("jurisdiction") {
        Some(Value::String(place)) => vec![place],
        Some(Value::Object(j)) => {
            ["province", "district", "commune"].iter().filter_map(|k| j.get(*k)?.as_str()).collect()
        }
        _ => Vec::new(),
    };
    let bare = [" tỉnh", " thành phố", " huyện", " xã", " phường"].iter().find_map(|level| name.strip_suffix(level));
    let bare = bare.unwrap_or(&name).to_owned();
    let mut keys = BTreeSet::from([name.clone()]);
    for place in places.into_iter().filter(|p| !p.is_empty()).map(agency) {
        keys.insert(format!("{name} {place}"));
        keys.insert(format!("{bare} {place}"));
    }
    keys
}

/// The shortest of a mention's names.
pub(crate) fn shown(keys: &BTreeSet<String>) -> &str {
    keys.iter().min_by_key(|k| k.chars().count()).map_or("", String::as_str)
}

/// Compares gold names with mentions, one to one, in the order of the gold.
pub(crate) fn compare_names(want: &[&str], got: &[&Value]) -> Names {
    let mut rest: Vec<BTreeSet<String>> = got.iter().map(|m| mention_keys(m)).collect();
    let want: Vec<String> = want.iter().map(|w| agency(w)).collect();
    let mut missing = 0;
    for name in &want {
        match rest.iter().position(|keys| keys.contains(name)) {
            Some(at) => {
                rest.remove(at);
            }
            None => missing += 1,
        }
    }
    // a body named twice is one mistake, and one that the gold names as well is none
    let extra = rest.iter().map(shown).filter(|name| !want.iter().any(|w| w == name)).collect::<BTreeSet<_>>().len();
    Names { right: want.len() - missing, missing, extra }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_name_matches_with_and_without_its_place() {
        let mention =
            json!({"name": "Ủy ban nhân dân tỉnh", "jurisdiction": {"province": "Lam Sơn", "district": null}});
        for (want, exact) in [
            ("UBND tỉnh", true),
            ("Uỷ ban nhân dân tỉnh Lam Sơn", true),
            ("Ủy ban nhân dân Lam Sơn", true),
            ("Ủy ban nhân dân tỉnh Bình Hải", false),
            ("các Ủy ban nhân dân tỉnh;", true),
        ] {
            assert_eq!(compare_names(&[want], &[&mention]).exact(), exact, "{want}");
        }
    }

    #[test]
    fn a_body_named_twice_is_one_mistake() {
        let a = json!({"name": "Sở Tài chính"});
        let got = compare_names(&["Sở Nội vụ"], &[&a, &a]);
        assert_eq!((got.right, got.missing, got.extra), (0, 1, 1));
        // named again beside its own match, it is none
        assert!(compare_names(&["Sở Tài chính"], &[&a, &a]).exact());
    }

    #[test]
    fn abbreviations_are_written_out_as_words_only() {
        assert_eq!(agency("HĐND, UBND xã"), "hội đồng nhân dân, ủy ban nhân dân xã");
        assert_eq!(agency("VPUBND"), "vpubnd");
    }
}
