//! Targets (chỉ tiêu): quantified aims, with how the figure binds.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use nhiemvu_model::{
    Comparator, Deadline, Document, Heading, Mended, Node, NodeId, NodeKind, Source, Span, Target, Via,
};
use nhiemvu_text::{fold, fold_key, holds_figure, key_of};

use crate::aim_time;
use crate::assemble::hash;
use crate::deadline::Reference;
use crate::phrases::Phrases;
use crate::section::{self, Section};
use crate::target_table;

/// The words of `data/targets.tsv`: those before a figure by how they make it bind (`at-least` … `about`), `aim` those that aim, and
/// `unit` what is counted and has a name of several words.
struct Words {
    before: Vec<(&'static str, Comparator)>,
    aims: Option<AhoCorasick>,
    units: Phrases<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |wanted: &'static str| rows().filter(move |(kind, _)| *kind == wanted).map(|(_, words)| words);
    Words {
        before: rows().filter_map(|(kind, words)| Some((words, comparator(kind)?))).collect(),
        aims: AhoCorasick::new(of("aim")).ok(),
        units: Phrases::new(of("unit").map(|words| (fold_key(words), words))),
    }
});

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../data/targets.tsv").lines().skip(1).filter_map(|row| row.split_once('\t'))
}

fn comparator(kind: &str) -> Option<Comparator> {
    Some(match kind {
        "at-least" => Comparator::AtLeast,
        "more-than" => Comparator::MoreThan,
        "at-most" => Comparator::AtMost,
        "less-than" => Comparator::LessThan,
        "about" => Comparator::About,
        _ => return None,
    })
}

/// The targets of a document, in reading order.
pub(crate) fn find(document: &Document, reference: &Reference) -> Vec<Target> {
    let mut out = Vec::new();
    let mut counts = std::collections::HashMap::new();
    let source = &document.source;
    let top = State { section: Section::Open, headings: Vec::new(), limit: None, source, reference };
    visit(document, NodeId(0), &top, &mut out, &mut counts, 0);
    out
}

/// What stands above the words that are read.
#[derive(Clone)]
pub(crate) struct State<'a> {
    pub section: Section,
    pub headings: Vec<Heading>,
    /// By when, as the nearest heading or column head says that names a time.
    pub limit: Option<Deadline>,
    pub source: &'a Source,
    pub reference: &'a Reference,
}

impl State<'_> {
    /// Takes the time that a heading names.
    pub fn under(&mut self, heading: &Mended, via: Via) {
        let times = aim_time::find(heading, via, self.source, self.reference);
        self.limit = times.into_iter().next_back().map(|time| time.limit).or(self.limit.take());
    }
}

fn visit(
    document: &Document,
    id: NodeId,
    state: &State<'_>,
    out: &mut Vec<Target>,
    counts: &mut std::collections::HashMap<String, u32>,
    depth: usize,
) {
    if depth > 48 {
        return;
    }
    let node = document.node(id);
    if id.0 != 0 {
        if let NodeKind::Table(number) = node.kind
            && let Some(table) = document.tables.get(number as usize)
        {
            target_table::read(table, state, out, counts);
        }
        let sentence = node.children.is_empty() || node.text.text().trim_end().ends_with('.');
        // `2. Mục tiêu đến năm 2030: có 18 bến; …`
        let aims = !matches!(state.section, Section::Background | Section::Frame) && names_aims(node);
        let own = aims.then(|| State { section: Section::Target, ..state.clone() });
        let state = own.as_ref().unwrap_or(state);
        if holds_targets(node, state.section) && sentence {
            read(&node.text, None, state, out, counts);
        }
    }
    if node.children.is_empty() {
        return;
    }
    let mut below = state.clone();
    if id.0 != 0 {
        let text = node.text.text();
        if let Some(section) = section::of_heading(text) {
            below.section = section;
        }
        below.headings.push(Heading { marker: node.marker.clone(), title: text.to_owned() });
        below.under(&node.text, Via::Heading);
    }
    for child in &node.children {
        visit(document, *child, &below, out, counts, depth + 1);
    }
}

/// Whether the words before a block's first colon are those of a heading over targets.
fn names_aims(node: &Node) -> bool {
    const LONGEST: usize = 160;
    let near = nhiemvu_text::first_chars(node.text.text(), LONGEST);
    // parts of the words for aims (mục tiêu, chỉ tiêu, tầm nhìn), which are seldom there
    if !["iêu", "IÊU", "hìn", "HÌN"].iter().any(|part| near.contains(part)) {
        return false;
    }
    let topic = near.split_once(": ").map(|(topic, _)| topic).filter(|_| holds_figure(node.text.text()));
    topic.is_some_and(|topic| section::of_heading(topic) == Some(Section::Target))
}

fn holds_targets(node: &Node, section: Section) -> bool {
    !matches!(node.kind, NodeKind::Table(_) | NodeKind::Basis) && aims(node.text.text(), section)
}

/// Whether figures in the words are aims: in a section of targets always, elsewhere where the words aim.
pub(crate) fn aims(text: &str, section: Section) -> bool {
    if matches!(section, Section::Background | Section::Frame) || !holds_figure(text) {
        return false;
    }
    if section == Section::Target {
        return true;
    }
    let key = key_of(text);
    WORDS.aims.as_ref().is_some_and(|aims| aims.is_match(key.as_ref()))
        && !key.contains("đã đạt")
        && !key.contains("ước đạt")
}

/// Reads the targets in `text`; `label` is what a table's row says that they measure.
pub(crate) fn read(
    text: &Mended,
    label: Option<&str>,
    state: &State<'_>,
    out: &mut Vec<Target>,
    counts: &mut std::collections::HashMap<String, u32>,
) {
    let words = text.text();
    let folded = fold(words);
    let key = folded.text();
    let mut times = None;
    for figure in figures(key) {
        let clause = clause_of(key, figure.start);
        let aims = state.section == Section::Target
            || figure.percent && (figure.value - 100.0).abs() < f64::EPSILON
            || ["phấn đấu", "phần đầu", "đạt", "ít nhất", "tối thiểu", "trở lên", "trên", "bảo đảm", "đảm bảo"]
                .iter()
                .any(|w| key[clause.0..clause.1].contains(w));
        if !aims || key[clause.0..clause.1].contains(" đã ") && state.section != Section::Target {
            continue;
        }
        let Some(found) = interpret(key, &figure, clause) else { continue };
        let (a, b) = (folded.source(found.start), folded.source(found.end));
        let (c, d) = (folded.source(clause.0), folded.source(clause.1));
        let clause_text = words.get(c..d).unwrap_or("").trim_matches([' ', ';', '.', ',', '-', ':']).to_owned();
        let clause_text = label.map_or(clause_text.clone(), |label| format!("{label}: {clause_text}"));
        let raw = words.get(a..b).unwrap_or("").trim_end();
        let hash_key = format!(
            "{}\n{}\n{}",
            fold_key(&clause_text),
            fold_key(raw),
            state.headings.last().map(|h| fold_key(&h.title)).unwrap_or_default()
        );
        let count = counts.entry(hash_key.clone()).or_insert(0);
        *count += 1;
        let span: Span = text.span(a, a + raw.len());
        out.push(Target {
            id: hash(&format!("{hash_key}\n{count}")),
            text: clause_text,
            comparator: found.comparator,
            value: figure.value,
            value_max: figure.max,
            unit: found.unit,
            deadline: aim_time::of(
                times.get_or_insert_with(|| aim_time::find(text, Via::Text, state.source, state.reference)),
                words,
                a..b,
                d,
            )
            .or_else(|| state.limit.clone()),
            section: state.headings.clone(),
            span,
        });
    }
}

/// A figure in folded words.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    start: usize,
    end: usize,
    value: f64,
    max: Option<f64>,
    percent: bool,
}

/// Figures that can be values: no dates, numbers of documents, years, or markers.
fn figures(key: &str) -> Vec<Figure> {
    let bytes = key.as_bytes();
    let mut out: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let len = bytes[at..].iter().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        let raw = key[at..at + len].trim_end_matches(['.', ',']);
        let end = at + raw.len();
        let before = key[..at].chars().next_back();
        let after = key[end..].chars().next();
        let part = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '_'))
            && !key[..at].ends_with(" -")
            || after.is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | '_'));
        let next = at + len;
        if part {
            at = next.max(at + 1);
            continue;
        }
        let Some(value) = number(raw) else {
            at = next;
            continue;
        };
        let rest = &key[end..];
        let percent = rest.trim_start().starts_with('%');
        let mut figure = Figure {
            start: at,
            end: if percent { end + rest.find('%').map_or(0, |n| n + 1) } else { end },
            value,
            max: None,
            percent,
        };
        // `10 đến 15%`, `10 - 15%`
        let tail = key[figure.end..].trim_start();
        for join in ["đến ", "- ", "-", "tới "] {
            let Some(second) = tail.strip_prefix(join) else { continue };
            let digits = second.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
            if let Some(max) = number(second[..digits].trim_end_matches(['.', ','])).filter(|m| *m > value) {
                let behind = figure.end + (key[figure.end..].len() - tail.len()) + join.len() + digits;
                let percent_behind = key[behind..].trim_start().starts_with('%');
                figure.max = Some(max);
                figure.percent |= percent_behind;
                figure.end = behind + if percent_behind { key[behind..].find('%').map_or(0, |n| n + 1) } else { 0 };
            }
            break;
        }
        at = figure.end.max(next);
        if !is_calendar(key, &figure) {
            out.push(figure);
        }
    }
    out
}

/// `1.000` is a thousand, `11,26` a fraction.
fn number(raw: &str) -> Option<f64> {
    if raw.is_empty() {
        return None;
    }
    let groups: Vec<&str> = raw.split('.').collect();
    let thousands = groups.len() > 1 && groups[1..].iter().all(|g| g.split(',').next().is_some_and(|w| w.len() == 3));
    let plain = if thousands { raw.replace('.', "").replace(',', ".") } else { raw.replace(',', ".") };
    plain.parse().ok()
}

/// Whether the figure is a date, a year, a number of a document or of a list.
fn is_calendar(key: &str, figure: &Figure) -> bool {
    let before_start = key[..figure.start].char_indices().rev().nth(14).map_or(0, |(at, _)| at);
    let before = key[before_start..figure.start].trim_end();
    let last = before.rsplit(' ').next().unwrap_or("");
    if matches!(
        last,
        "năm"
            | "tháng"
            | "ngày"
            | "quý"
            | "số"
            | "điều"
            | "khoản"
            | "điểm"
            | "mục"
            | "đoạn"
            | "thứ"
            | "khóa"
            | "lần"
            | "mức"
            | "giai"
            | "cấp"
            | "hạng"
            | "phần"
            | "phụ"
            | "lục"
            | "qh"
            | "án"
    ) {
        return true;
    }
    let year = figure.value.fract() == 0.0
        && (1990.0..=2100.0).contains(&figure.value)
        && !figure.percent
        && figure.max.is_none_or(|m| m <= 2100.0);
    let after = key[figure.end..].trim_start();
    let year_range = figure.max.is_some_and(|m| (1990.0..=2100.0).contains(&m)) && year;
    let dated = after.starts_with('-') && after[1..].trim_start().starts_with("20");
    let rate = after.starts_with("/năm") || after.starts_with("%/năm");
    year_range
        || year && (last.is_empty() || !matches!(last, "khoảng" | "có" | "trên" | "ít" | "thiểu"))
        || dated
        || rate
        || after.starts_with("giờ")
        || after.starts_with("cấp")
}

/// The clause that holds byte `at`: between semicolons, stops, and commas that part aims.
fn clause_of(key: &str, at: usize) -> (usize, usize) {
    // a clause that goes on for pages is none, and each of its figures would repeat it
    const FAR: usize = 4_000;
    let near = key.floor_char_boundary(at.saturating_sub(FAR));
    let start = key[near..at].rfind([';', ':']).map_or(near, |n| near + n + 1);
    let start = key[start..at].rmatch_indices(". ").next().map_or(start, |(n, _)| start + n + 2);
    let rest = &key[at..key.ceil_char_boundary((at + FAR).min(key.len()))];
    let end = rest.find(';').unwrap_or(rest.len());
    let end = rest[..end].find(". ").unwrap_or(end);
    (start, at + end)
}

/// A target's comparator, unit and place.
struct Found {
    comparator: Comparator,
    unit: Option<String>,
    start: usize,
    end: usize,
}

/// How the figure binds; `None` where it counts no aim (an ordinal, a sum of money in passing).
fn interpret(key: &str, figure: &Figure, clause: (usize, usize)) -> Option<Found> {
    let before = key[clause.0..figure.start].trim_end();
    let hit = WORDS
        .before
        .iter()
        .filter(|(w, _)| {
            before.ends_with(w)
                && before[..before.len() - w.len()].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
        })
        .max_by_key(|(w, _)| w.len());
    let (mut comparator, mut start) = match hit {
        Some((words, comparator)) => (*comparator, clause.0 + before.len() - words.len()),
        None => (Comparator::Equal, figure.start),
    };
    let unit = unit_of(key, figure, clause.1);
    let (unit_words, mut end) = match &unit {
        Some((words, end)) => (Some(words.clone()), *end),
        None => (None, figure.end),
    };
    let after = &key[figure.end..clause.1];
    let near_end = after.char_indices().nth(60).map_or(after.len(), |(at, _)| at);
    let first_stop = after[..near_end].find([',', ';']).unwrap_or(near_end);
    if let Some(more) = ["trở lên", "trở xuống"].iter().find_map(|w| after[..first_stop].find(w).map(|at| (*w, at)))
    {
        comparator = if more.0 == "trở lên" { Comparator::AtLeast } else { Comparator::AtMost };
        end = end.max(figure.end + more.1 + more.0.len());
    }
    // a bare figure binds only with a unit that can be counted
    unit_words.as_ref()?;
    start = start.min(figure.start);
    Some(Found { comparator, unit: unit_words, start, end })
}

/// The unit behind the figure: `%`, or the noun that is counted.
fn unit_of(key: &str, figure: &Figure, stop: usize) -> Option<(String, usize)> {
    if figure.percent {
        return Some(("%".to_owned(), figure.end));
    }
    let rest = key.get(figure.end..stop)?.trim_start();
    let skipped = key[figure.end..stop].len() - rest.len();
    let first = rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | '(' | ')')).next()?;
    if first.is_empty()
        || !first.chars().all(|c| c.is_alphabetic() || c == '/')
        || matches!(first, "và" | "đến" | "của" | "trong" | "tại" | "là" | "theo" | "trở" | "-")
    {
        return None;
    }
    let named = WORDS.units.at_head(rest).max_by_key(|(words, _)| words.len());
    let (words, unit) = named.unwrap_or((first, first));
    let end = figure.end + skipped + words.len();
    Some((unit.to_owned(), end.min(stop)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_table_does_what_its_kind_says() {
        for (kind, words) in rows() {
            let text = match kind {
                "aim" => format!("{words} vườn"),
                "unit" => format!("trồng 12 {words} ven hồ"),
                _ => format!("trồng {words} 12 vườn"),
            };
            let key = fold_key(&text);
            let figure = figures(&key).into_iter().next();
            let found = figure.as_ref().and_then(|figure| interpret(&key, figure, (0, key.len())));
            match kind {
                "aim" => assert!(WORDS.aims.as_ref().unwrap().is_match(&key), "{words}"),
                "unit" => assert_eq!(found.unwrap().unit.as_deref(), Some(words), "{words}"),
                _ => assert_eq!(Some(found.unwrap().comparator), comparator(kind), "{words}"),
            }
        }
    }

    #[test]
    fn figures_are_told_from_dates_and_numbers() {
        let values = |text: &str| figures(&fold_key(text)).into_iter().map(|f| (f.value, f.max)).collect::<Vec<_>>();
        assert_eq!(values("ít nhất 03 sáng chế; 1.000 nhân lực; 11,5%"), [(3.0, None), (1000.0, None), (11.5, None)]);
        assert_eq!(values("10 đến 15% hộ"), [(10.0, Some(15.0))]);
        assert!(values("đến năm 2030, Quyết định số 12/QĐ-UBND ngày 15/5/2026").is_empty());
    }
}
