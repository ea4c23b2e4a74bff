//! Values in a few words, for people.

use serde_json::Value;

/// The beginning of a text, at most `most` characters long, cut between words.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(most) else { return line };
    let head = line.get(..end).unwrap_or_default();
    let head = head.rfind(' ').and_then(|at| head.get(..at)).unwrap_or(head);
    format!("{head} …")
}

/// A value as a person would say it: a body by its name, a limit by its words and dates, other things as JSON.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Null => "null".to_owned(),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => items.iter().map(self::value).collect::<Vec<_>>().join("; "),
        Value::Object(_) => object(value),
        other => other.to_string(),
    }
}

fn object(value: &Value) -> String {
    let own = |key: &str| value.get(key).and_then(Value::as_str).filter(|s| !s.is_empty());
    if own("kind").is_some() && value.get("rrule").is_some() {
        return limit(value);
    }
    if let Some(name) = own("name") {
        let place = value.get("jurisdiction").and_then(|j| {
            ["commune", "district", "province"].iter().find_map(|k| j.get(*k)?.as_str()).map(str::to_owned)
        });
        return match place {
            Some(place) => format!("{name} ({place})"),
            None => name.to_owned(),
        };
    }
    if let (Some(code), Some(message)) = (own("code"), own("message")) {
        return format!("{code}: {message}");
    }
    if let (Some(label), Some(words)) = (own("label"), own("value")) {
        return format!("{label}: {words}");
    }
    if let Some(title) = own("title") {
        return format!("{} {title}", own("marker").unwrap_or_default()).trim_start().to_owned();
    }
    own("text").or_else(|| own("raw")).map_or_else(|| value.to_string(), str::to_owned)
}

/// `by 2026-05-15 (trước ngày 15/5/2026)`.
fn limit(value: &Value) -> String {
    let own = |key: &str| value.get(key).and_then(Value::as_str).filter(|s| !s.is_empty());
    let day = |key: &str| own(key).unwrap_or("…");
    let kind = own("kind").unwrap_or_default();
    let dates = match kind {
        "by" if value.get("inclusive") == Some(&Value::Bool(false)) => format!(" < {}", day("end")),
        "by" => format!(" ≤ {}", day("end")),
        "within" => format!(" {}..{}", day("start"), day("end")),
        "recurring" => format!(" {}", own("rrule").unwrap_or_default()),
        "relative" => format!(" {}", own("duration").unwrap_or_default()),
        _ => String::new(),
    };
    let time = own("time").map(|t| format!(" {t}")).unwrap_or_default();
    let raw = own("raw").map(|raw| format!(" ({raw})")).unwrap_or_default();
    format!("{kind}{dates}{time}{raw}")
}

/// Two long texts cut down to where they differ, with a few words around it.
pub(crate) fn where_they_differ(a: &str, b: &str) -> (String, String) {
    const LONG: usize = 100;
    const AROUND: usize = 4;
    if a.chars().count().max(b.chars().count()) <= LONG {
        return (a.to_owned(), b.to_owned());
    }
    let (a_words, b_words): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    let front = a_words.iter().zip(&b_words).take_while(|(x, y)| x == y).count();
    let rest = a_words.len().min(b_words.len()) - front;
    let back = a_words.iter().rev().zip(b_words.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let part = |words: &[&str]| {
        let (from, to) = (front.saturating_sub(AROUND), words.len() - back.saturating_sub(AROUND));
        let middle = words.get(from..to).unwrap_or_default().join(" ");
        let (before, after) = (if from > 0 { "… " } else { "" }, if to < words.len() { " …" } else { "" });
        format!("{before}{middle}{after}")
    };
    (part(&a_words), part(&b_words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn long_texts_are_cut_to_where_they_differ() {
        let a = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(4);
        let b = a.replacen("bảy", "BẢY", 1);
        let (x, y) = where_they_differ(&a, &b);
        assert!(x.contains("bảy") && y.contains("BẢY") && x.ends_with('…') && y.chars().count() < 60, "{y}");
        assert_eq!(where_they_differ("a", "b"), ("a".into(), "b".into()));
        let (x, y) = where_they_differ(&a, &format!("{a} mười"));
        assert!(x.len() < y.len());
    }

    #[test]
    fn values_are_said_as_people_say_them() {
        let limit =
            json!({"raw": "trước ngày 15/5", "kind": "by", "end": "2026-05-15", "inclusive": false, "rrule": null});
        assert_eq!(value(&limit), "by < 2026-05-15 (trước ngày 15/5)");
        assert_eq!(value(&json!([{"name": "Sở Y", "jurisdiction": {"province": "Lam Sơn"}}])), "Sở Y (Lam Sơn)");
        assert_eq!(value(&json!([])), "[]");
        assert_eq!(cut("một hai ba", 8), "một hai …");
    }
}
