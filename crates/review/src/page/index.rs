//! The index: a row for each document, and what falls due when and on whom.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use super::html::escape;
use super::{PageDocument, chart};
use crate::Lang;
use crate::words::{fill, word};

/// So many bodies have a bar of their own.
const BODIES: usize = 15;
/// A longer stretch of time is shown by years.
const MONTHS: u32 = 36;

/// The page's title.
pub(super) fn title(documents: &[PageDocument], lang: Lang) -> String {
    fill(lang, "index.title", &[("n", &documents.len().to_string())])
}

/// The whole index. `links` leads to each document; a failed one has none.
pub(super) fn index(documents: &[PageDocument], links: &[Option<String>], lang: Lang) -> String {
    let mut out = format!("<main id=\"index\"><h1>{}</h1>", escape(&title(documents, lang)));
    sums(&mut out, documents, lang);
    out.push_str("<div class=\"charts\">");
    by_time(&mut out, documents, lang);
    by_lead(&mut out, documents, lang);
    out.push_str("</div>");
    table(&mut out, documents, links, lang);
    out.push_str("</main>");
    out
}

fn flagged(document: &PageDocument) -> usize {
    let has = |t: &&Value| t.get("flags").and_then(Value::as_array).is_some_and(|f| !f.is_empty());
    document.tasks().iter().filter(has).count()
}

fn compared(documents: &[PageDocument]) -> bool {
    documents.iter().any(|d| d.diff.is_some())
}

fn sums(out: &mut String, documents: &[PageDocument], lang: Lang) {
    let differences = |d: &PageDocument| d.diff.as_ref().map_or(0, |diff| diff.differences.len());
    let mut values = vec![
        ("index.documents", documents.len()),
        ("index.tasks", documents.iter().map(|d| d.tasks().len()).sum()),
        ("index.flagged", documents.iter().map(flagged).sum()),
        ("index.failed", documents.iter().filter(|d| d.error().is_some()).count()),
    ];
    if compared(documents) {
        values.push(("index.differences", documents.iter().map(differences).sum()));
    }
    out.push_str("<div class=\"sums\">");
    for (key, n) in values {
        let _ = write!(out, "<div><b>{n}</b>{}</div>", escape(word(lang, key)));
    }
    out.push_str("</div>");
}

fn figure(out: &mut String, title: &str, bars: &[(String, usize)], none: &str, draw: fn(&[(String, usize)]) -> String) {
    let chart = if bars.is_empty() { format!("<p class=\"muted\">{}</p>", escape(none)) } else { draw(bars) };
    let _ = write!(out, "<figure><h2>{}</h2>{chart}</figure>", escape(title));
}

/// Last days by month; by year where they lie far apart.
fn by_time(out: &mut String, documents: &[PageDocument], lang: Lang) {
    let mut months: BTreeMap<u32, usize> = BTreeMap::new();
    let deadlines =
        documents.iter().flat_map(PageDocument::tasks).filter_map(|t| t.get("deadlines")?.as_array()).flatten();
    for due in deadlines.filter_map(|d| d.get("due")?.as_str()) {
        let mut parts = due.split('-').map_while(|p| p.parse::<u32>().ok());
        if let (Some(year), Some(month @ 1..=12)) = (parts.next(), parts.next()) {
            *months.entry(year * 12 + month - 1).or_default() += 1;
        }
    }
    let range = months.keys().next().copied().zip(months.keys().next_back().copied());
    let (key, bars) = match range {
        Some((first, last)) if last - first < MONTHS => {
            let name = |m: u32| format!("{}/{}", m % 12 + 1, m / 12 % 100);
            ("index.by-month", (first..=last).map(|m| (name(m), months.get(&m).copied().unwrap_or_default())).collect())
        }
        _ => {
            let mut years: BTreeMap<u32, usize> = BTreeMap::new();
            for (month, n) in &months {
                *years.entry(month / 12).or_default() += n;
            }
            ("index.by-year", years.into_iter().map(|(y, n)| (y.to_string(), n)).collect::<Vec<_>>())
        }
    };
    figure(out, word(lang, key), &bars, word(lang, "index.no-dates"), chart::columns);
}

/// Tasks by leading body. Bodies of the same name in several provinces are told apart by the province.
fn by_lead(out: &mut String, documents: &[PageDocument], lang: Lang) {
    let tasks = || documents.iter().flat_map(PageDocument::tasks);
    let leads = |t: &'_ Value| t.get("lead").and_then(Value::as_array).cloned().unwrap_or_default();
    let name = |a: &Value| a.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let place = |a: &Value, key: &str| a.get("jurisdiction")?.get(key)?.as_str().map(str::to_owned);
    let mut provinces: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for agency in tasks().flat_map(leads) {
        provinces.entry(name(&agency)).or_default().extend(place(&agency, "province"));
    }
    let shown = |agency: &Value| {
        let several = provinces.get(&name(agency)).is_some_and(|p| p.len() > 1);
        let own = place(agency, "commune").or_else(|| place(agency, "district"));
        match own.or_else(|| place(agency, "province").filter(|_| several)) {
            Some(place) if !name(agency).contains(&place) => format!("{} ({place})", name(agency)),
            _ => name(agency),
        }
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for task in tasks() {
        let mut names: BTreeSet<String> = leads(task).iter().map(shown).collect();
        if names.is_empty() {
            names.insert(word(lang, "index.no-lead").to_owned());
        }
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
    }
    let mut bars: Vec<(String, usize)> = counts.into_iter().collect();
    bars.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let rest = bars.split_off(bars.len().min(BODIES));
    if !rest.is_empty() {
        let others = fill(lang, "index.others", &[("n", &rest.len().to_string())]);
        bars.push((others, rest.iter().map(|(_, n)| n).sum()));
    }
    figure(out, word(lang, "index.by-lead"), &bars, word(lang, "index.no-tasks"), chart::bars);
}

fn table(out: &mut String, documents: &[PageDocument], links: &[Option<String>], lang: Lang) {
    let label = escape(word(lang, "index.find"));
    let _ = write!(out, "<input id=\"find\" type=\"search\" placeholder=\"{label}\" aria-label=\"{label}\">");
    out.push_str("<div class=\"list\"><table id=\"documents\"><thead><tr>");
    let mut heads = vec![("index.document", ""), ("index.date", ""), ("index.tasks", "n"), ("index.flagged", "n")];
    if compared(documents) {
        heads.push(("index.differences", "n"));
    }
    for (key, class) in &heads {
        let _ = write!(out, "<th class=\"{class}\">{}</th>", escape(word(lang, key)));
    }
    out.push_str("</tr></thead><tbody>");
    for (document, link) in documents.iter().zip(links) {
        row(out, document, link.as_deref(), heads.len(), lang);
    }
    out.push_str("</tbody></table></div>");
}

fn row(out: &mut String, document: &PageDocument, link: Option<&str>, columns: usize, lang: Lang) {
    let own = |key: &str| document.record.get("document").and_then(|d| d.get(key));
    let text = |key: &str| own(key).and_then(Value::as_str).unwrap_or_default();
    if let Some(error) = document.error() {
        let part = |key: &str| error.get(key).and_then(Value::as_str).unwrap_or_default();
        let message = format!("{} ({})", part("message"), part("code"));
        let failure = fill(lang, "index.failure", &[("message", &message)]);
        let (name, failure, hint) = (escape(&document.name), escape(&failure), escape(part("hint")));
        let _ = write!(out, "<tr><td>{name}<small class=\"bad\">{failure}</small><small>{hint}</small></td>");
        let _ = write!(out, "<td colspan=\"{}\"></td></tr>", columns - 1);
        return;
    }
    let number = own("number").and_then(|n| n.get("raw")).and_then(Value::as_str).unwrap_or_default();
    let head = [text("type_name"), number].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ");
    let subject = text("subject");
    let title = document.stamped(if subject.is_empty() { &document.name } else { subject }, lang);
    let partial = if text("status") == "partial" { word(lang, "index.partial") } else { "" };
    let small = [document.name.as_str(), &head].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ");
    let link = escape(link.unwrap_or_default());
    let _ = write!(out, "<tr><td><a href=\"{link}\">{}</a><small>{}</small>", escape(&title), escape(&small));
    if !partial.is_empty() {
        let _ = write!(out, "<small class=\"bad\">{}</small>", escape(partial));
    }
    let (tasks, flagged) = (document.tasks().len(), flagged(document));
    let _ = write!(
        out,
        "</td><td>{}</td><td class=\"n\">{tasks}</td><td class=\"n\">{flagged}</td>",
        escape(&day(text("date"), lang))
    );
    if columns > 4 {
        let n = document.diff.as_ref().map(|d| d.differences.len().to_string()).unwrap_or_default();
        let _ = write!(out, "<td class=\"n\">{n}</td>");
    }
    out.push_str("</tr>");
}

/// 2026-05-15 as people write it.
fn day(iso: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => iso.split('-').rev().collect::<Vec<_>>().join("/"),
        Lang::En => iso.to_owned(),
    }
}
