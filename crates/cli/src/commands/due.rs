//! `nhiemvu due`: what is due, by body.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;

use chrono::NaiveDate;
use nhiemvu_exporter::record::{Deadline, Task, TaskList};
use nhiemvu_exporter::{Record, Rule, body_name, document_key, document_label, highest_secrecy, secrecy_stamp};
use nhiemvu_pipeline::{Options, Selection};
use serde_json::json;

use crate::args::{Due, DueFormat};
use crate::commands::{options, results};
use crate::console::{Console, one_line};
use crate::exit::{Exit, Outcome};

pub(crate) fn run(args: &Due, console: &Console) -> Outcome {
    // a recurring task has no last day of its own, so that the window is applied to each of its days here
    let selection = Selection { due_before: None, ..(&args.pick).into() };
    let options = Options { selection, ..options(&args.conversion, console)? };
    let records = results::records(&args.paths, None, &options, args.jobs, console)?;
    let mut by_body: BTreeMap<String, BTreeSet<Line>> = BTreeMap::new();
    let (mut seen, mut failed) = (BTreeSet::new(), false);
    for record in &records {
        let Record::Tasks(list) = record else {
            failed = true;
            continue;
        };
        let twice = list.warnings.iter().any(|warning| warning.code == "duplicate-of");
        for task in list.tasks.iter().filter(|_| !twice) {
            // a row of an annex that repeats the body is due once
            if task.repeats.is_none() && seen.insert((document_key(&list.document), &task.id)) {
                gather(&mut by_body, list, task, args);
            }
        }
    }
    let text = match args.format {
        DueFormat::Text => text(&by_body, console),
        DueFormat::Ndjson => ndjson(&by_body),
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    if by_body.is_empty() {
        console.note(&console.say("due.none", &[]));
    }
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

/// A task on a day on which it is due. Fields are in the order by which lines are sorted.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    day: NaiveDate,
    document: String,
    ordinal: String,
    title: String,
    time: Option<String>,
    recurring: bool,
    task: String,
    file: String,
    secrecy: Option<String>,
}

fn gather(by_body: &mut BTreeMap<String, BTreeSet<Line>>, list: &TaskList, task: &Task, args: &Due) {
    let issuer = list.document.issuer.as_ref();
    let mut bodies: Vec<String> = task.lead.iter().map(|lead| body_name(lead, issuer)).collect();
    if bodies.is_empty() {
        bodies.push(String::new());
    }
    for limit in &task.deadlines {
        for day in days(list, limit, args) {
            for body in &bodies {
                by_body.entry(body.clone()).or_default().insert(Line {
                    day,
                    document: document_label(&list.document),
                    ordinal: task.ordinal.clone(),
                    title: task.title.clone(),
                    time: limit.time.clone(),
                    recurring: limit.rrule.is_some(),
                    task: task.id.clone(),
                    file: list.document.source.path.clone(),
                    secrecy: list.document.secrecy.as_ref().map(ToString::to_string),
                });
            }
        }
    }
}

/// The days of a limit within the window; of a recurring one without an end of the window, the first.
fn days(list: &TaskList, limit: &Deadline, args: &Due) -> Vec<NaiveDate> {
    let last = args.pick.due_before.and_then(|day| day.pred_opt());
    let issued: Option<NaiveDate> = list.document.date.as_deref().and_then(|date| date.parse().ok());
    if let Some(rule) = limit.rrule.as_deref().and_then(Rule::parse) {
        // a recurrence does not reach back behind its document
        let Some(first) = issued.into_iter().chain(args.from).max() else { return Vec::new() };
        return match last {
            Some(last) => rule.days(first, last),
            None => rule.next(first).into_iter().collect(),
        };
    }
    let due: Option<NaiveDate> = limit.due.as_deref().and_then(|due| due.parse().ok());
    let within = |day: &NaiveDate| args.from.is_none_or(|from| *day >= from) && last.is_none_or(|last| *day <= last);
    due.filter(within).into_iter().collect()
}

fn text(by_body: &BTreeMap<String, BTreeSet<Line>>, console: &Console) -> String {
    let lang = console.lang.into();
    let degrees = by_body.values().flatten().filter_map(|line| line.secrecy.as_deref());
    // the list as a whole has the highest degree of what stands in it
    let mut out =
        highest_secrecy(degrees).map_or_else(String::new, |code| format!("{}\n\n", secrecy_stamp(code, lang)));
    for (body, lines) in by_body {
        let body = if body.is_empty() { console.say("due.nobody", &[]) } else { one_line(body) };
        let _ = writeln!(out, "{body} ({})", lines.len());
        for line in lines {
            let time = line.time.as_ref().map(|time| format!(" {}", one_line(time))).unwrap_or_default();
            let again =
                if line.recurring { format!(" ({})", console.say("due.recurring", &[])) } else { String::new() };
            let place = if line.ordinal.is_empty() { String::new() } else { format!(", {}", one_line(&line.ordinal)) };
            let (title, document) = (one_line(&line.title), one_line(&line.document));
            let degree = line.secrecy.as_ref().map(|code| format!("[{}] ", secrecy_stamp(code, lang)));
            let degree = degree.unwrap_or_default();
            let _ = writeln!(out, "  {degree}{}{time}{again}  {title}  [{document}{place}]", line.day);
        }
        out.push('\n');
    }
    out
}

fn ndjson(by_body: &BTreeMap<String, BTreeSet<Line>>) -> String {
    let mut out = String::new();
    for (body, lines) in by_body {
        for line in lines {
            let body = (!body.is_empty()).then_some(body);
            let mut object = json!({});
            if let Some(code) = &line.secrecy {
                object["secrecy"] = json!(code);
            }
            let rest = json!({
                "body": body, "day": line.day.to_string(), "time": line.time, "recurring": line.recurring,
                "title": line.title, "document": line.document, "ordinal": line.ordinal, "task": line.task,
                "path": line.file,
            });
            if let (Some(object), serde_json::Value::Object(rest)) = (object.as_object_mut(), rest) {
                object.extend(rest);
            }
            let _ = writeln!(out, "{object}");
        }
    }
    out
}
