//! Time limits in the form in which they are scored.

use std::collections::BTreeSet;

use serde_json::Value;

use super::objects;

/// The limits of a task that count, as a set of words: two tasks are in time for the same reasons if these are equal.
///
/// `ngay` (at once) and `thường xuyên` as an adverb of a sentence are manner more than time, and left out.
pub(crate) fn limits(deadlines: Option<&Value>) -> BTreeSet<String> {
    objects(deadlines).filter(|d| counts(d)).map(limit).collect()
}

fn counts(deadline: &Value) -> bool {
    match text(deadline, "kind") {
        Some("immediate") => false,
        Some("ongoing") => text(deadline, "via") != Some("text"),
        _ => true,
    }
}

fn limit(d: &Value) -> String {
    let or_none = |key: &str| text(d, key).unwrap_or("None");
    match text(d, "kind") {
        Some("by") => {
            let time = text(d, "time").unwrap_or_default();
            let inclusive = d.get("inclusive").and_then(Value::as_bool).unwrap_or_default() || !time.is_empty();
            let word = if inclusive { "to" } else { "before" };
            format!("by {} {word} {time}", or_none("end")).trim_end().to_owned()
        }
        Some("within") => format!("within {}..{}", or_none("start"), or_none("end")),
        Some("recurring") => format!("recurring {}", rule(text(d, "rrule").unwrap_or_default())),
        Some("relative") => format!("relative {}", or_none("duration")),
        kind => kind.unwrap_or("None").to_owned(),
    }
}

/// The parts of a recurrence rule in one order (RFC 5545 leaves it free).
fn rule(rrule: &str) -> String {
    let upper = rrule.to_uppercase();
    let mut parts: Vec<&str> = upper.split(';').collect();
    parts.sort_unstable();
    parts.join(";")
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_limit_is_what_binds_and_nothing_else() {
        let list = json!([
            {"kind": "by", "end": "2026-05-15", "inclusive": false, "raw": "trước ngày 15/5"},
            {"kind": "by", "end": "2026-05-15", "inclusive": false, "time": "17:00"},
            {"kind": "within", "start": "2026-01-01", "end": null},
            {"kind": "recurring", "rrule": "bymonthday=20;FREQ=MONTHLY"},
            {"kind": "relative", "duration": "P10D"},
            {"kind": "ongoing", "via": "field"},
            {"kind": "ongoing", "via": "text"},
            {"kind": "immediate"},
            "not an object",
        ]);
        let want = [
            "by 2026-05-15 before",
            "by 2026-05-15 to 17:00",
            "ongoing",
            "recurring BYMONTHDAY=20;FREQ=MONTHLY",
            "relative P10D",
            "within 2026-01-01..None",
        ];
        assert_eq!(limits(Some(&list)).into_iter().collect::<Vec<_>>(), want);
        assert!(limits(None).is_empty());
    }
}
