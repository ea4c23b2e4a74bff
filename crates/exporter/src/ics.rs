//! Calendars (RFC 5545): a to-do, or an event, for each time limit.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use icalendar::{Class, Component, DatePerhapsTime, Event, EventLike, Todo, TodoStatus};

use crate::Record;
use crate::gather::{Entry, Gather};
use crate::key::{digits, document_key};
use crate::lang::{Lang, label};
use crate::record::{Deadline, Task, TaskList};
use crate::recur::Rule;
use crate::secrecy::{secrecy_stamp, stamped};
use crate::table::{body, document_label, one_line};

/// How limits stand in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CalendarItem {
    /// To-dos (VTODO); a task without a date is a to-do without one.
    #[default]
    Todo,
    /// Events (VEVENT) on the last day, for calendars that pass over to-dos; a task without a date is left out.
    Event,
}

/// Time limits as a calendar.
///
/// The UID of an item follows from its document's number, issuer and date and from its task, so that a calendar into
/// which the same notice is read again has it once. Days are days and hours are local ones (`Asia/Ho_Chi_Minh`). The
/// stamp of an item is its document's date, as nothing here asks for the time.
#[derive(Debug)]
pub struct Ics {
    lang: Lang,
    item: CalendarItem,
    begun: bool,
    undated: usize,
}

impl Ics {
    /// A calendar whose labels are in `lang`.
    pub fn new(lang: Lang, item: CalendarItem) -> Self {
        Self { lang, item, begun: false, undated: 0 }
    }

    fn begin(&mut self, to: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let name = label(self.lang, "calendar");
        write!(
            to,
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//nhiemvu//nhiemvu//VI\r\nCALSCALE:GREGORIAN\r\n\
             NAME:{name}\r\nX-WR-CALNAME:{name}\r\nX-WR-TIMEZONE:Asia/Ho_Chi_Minh\r\n"
        )
    }
}

impl Gather for Ics {
    fn add(&mut self, to: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        self.begin(to)?;
        let Record::Tasks(list) = entry.record else { return Ok(()) };
        for task in &list.tasks {
            let of = Of { list, task, lang: self.lang };
            let limits: Vec<When> = task.deadlines.iter().enumerate().filter_map(|(n, one)| of.when(n, one)).collect();
            for when in &limits {
                to.write_all(of.item(Some(when), self.item).as_bytes())?;
            }
            match self.item {
                CalendarItem::Todo if limits.is_empty() => to.write_all(of.item(None, self.item).as_bytes())?,
                CalendarItem::Event => self.undated += usize::from(limits.is_empty()),
                CalendarItem::Todo => {}
            }
        }
        Ok(())
    }

    fn finish(&mut self, to: &mut dyn Write) -> io::Result<()> {
        self.begin(to)?;
        to.write_all(b"END:VCALENDAR\r\n")
    }

    fn undated(&self) -> usize {
        self.undated
    }
}

/// When a limit falls.
struct When {
    /// Its number among the limits of the task.
    number: usize,
    start: Option<NaiveDate>,
    day: NaiveDate,
    time: Option<NaiveTime>,
    rule: Option<String>,
}

/// A task of which items are made.
struct Of<'a> {
    list: &'a TaskList,
    task: &'a Task,
    lang: Lang,
}

impl Of<'_> {
    fn date(&self) -> Option<NaiveDate> {
        self.list.document.date.as_deref()?.parse().ok()
    }

    /// `None` for a limit without a day. A recurring one begins with its first day after the document.
    fn when(&self, number: usize, limit: &Deadline) -> Option<When> {
        let time = limit.time.as_deref().and_then(|time| NaiveTime::parse_from_str(time, "%H:%M").ok());
        let day = |text: &Option<String>| text.as_deref()?.parse::<NaiveDate>().ok();
        if let Some(rule) = limit.rrule.as_deref().and_then(Rule::parse) {
            let first = rule.next(self.date()?)?;
            return Some(When { number, start: None, day: first, time, rule: Some(rule.dated()) });
        }
        let due = day(&limit.due)?;
        Some(When { number, start: day(&limit.start).filter(|start| *start < due), day: due, time, rule: None })
    }

    fn item(&self, when: Option<&When>, item: CalendarItem) -> String {
        match item {
            CalendarItem::Todo => self.todo(when),
            CalendarItem::Event => self.event(when),
        }
    }

    fn todo(&self, when: Option<&When>) -> String {
        let mut todo = Todo::new();
        self.common(&mut todo, when);
        if let Some(when) = when {
            if let Some(start) = when.start {
                todo.starts(at(start, when.time.map(|_| NaiveTime::MIN)));
            }
            // a recurring to-do is due on each day on which it begins; RFC 5545 wants any DUE to be later than that
            match &when.rule {
                Some(rule) => todo.starts(at(when.day, when.time)).add_property("RRULE", rule),
                None => todo.due(at(when.day, when.time)),
            };
        }
        if let Some(status) = &self.task.status {
            todo.status(match status.as_ref() {
                "done" => TodoStatus::Completed,
                "in_progress" => TodoStatus::InProcess,
                _ => TodoStatus::NeedsAction,
            });
        }
        todo.try_into_string().unwrap_or_default()
    }

    fn event(&self, when: Option<&When>) -> String {
        let Some(when) = when else { return String::new() };
        let mut event = Event::new();
        self.common(&mut event, Some(when));
        event.starts(at(when.day, when.time));
        if let (None, Some(next)) = (when.time, when.day.succ_opt()) {
            event.ends(next);
        }
        if let Some(rule) = &when.rule {
            event.add_property("RRULE", rule);
        }
        // a limit takes nobody's time
        event.add_property("TRANSP", "TRANSPARENT");
        event.try_into_string().unwrap_or_default()
    }

    fn common<T: EventLike>(&self, item: &mut T, when: Option<&When>) {
        let document = digits(&document_key(&self.list.document));
        let number = when.map_or(String::new(), |when| format!("-{}", when.number + 1));
        item.uid(&format!("{}-{document}{number}@nhiemvu", self.task.id));
        let stamp = self.date().or_else(|| NaiveDate::from_ymd_opt(2000, 1, 1)).unwrap_or_default();
        item.timestamp(DateTime::<Utc>::from_naive_utc_and_offset(stamp.and_time(NaiveTime::MIN), Utc));
        let issuer = self.list.document.issuer.as_ref();
        let leads: Vec<String> = self.task.lead.iter().map(|lead| body(lead, issuer)).collect();
        let summary = if leads.is_empty() { String::new() } else { format!("{}: ", leads.join("; ")) };
        let document = &self.list.document;
        item.summary(&stamped(document, &format!("{summary}{}", self.task.title), self.lang));
        if document.secrecy.is_some() {
            item.class(Class::Confidential);
        }
        if !leads.is_empty() {
            item.categories(&leads);
        }
        item.description(&self.description());
    }

    /// The words of the task, and where they stand.
    fn description(&self) -> String {
        let document = &self.list.document;
        let issuer = document.issuer.as_ref();
        let bodies =
            |list: &[crate::record::Agency]| list.iter().map(|one| body(one, issuer)).collect::<Vec<_>>().join("; ");
        let source = [Some(document_label(document)), issuer.map(|one| one.name.clone()), document.date.clone()];
        let limits = self.task.deadlines.iter().map(|limit| one_line(&limit.raw)).collect::<Vec<_>>().join("; ");
        let products = self.task.deliverables.iter().map(|one| one_line(&one.text)).collect::<Vec<_>>().join("; ");
        let file = document
            .source
            .member
            .as_ref()
            .map_or(document.source.path.clone(), |member| format!("{} / {member}", document.source.path));
        let page = self.task.span.page.map(|page| page.to_string()).unwrap_or_default();
        let secrecy = document.secrecy.as_ref().map(|code| secrecy_stamp(code, self.lang));
        let lines = [
            ("limit", limits),
            ("coordinating", bodies(&self.task.coordinating)),
            ("report-to", bodies(&self.task.report_to)),
            ("deliverable", products),
            ("document", source.into_iter().flatten().collect::<Vec<_>>().join(", ")),
            ("ordinal", self.task.ordinal.clone()),
            ("file", file),
            ("page", page),
        ];
        let lines = lines.into_iter().filter(|(_, words)| !words.is_empty());
        let lines = lines.map(|(key, words)| format!("{}: {words}", label(self.lang, key)));
        secrecy.into_iter().chain([one_line(&self.task.text)]).chain(lines).collect::<Vec<_>>().join("\n")
    }
}

/// A day, or an hour of it by the local clock.
fn at(day: NaiveDate, time: Option<NaiveTime>) -> DatePerhapsTime {
    match time {
        Some(time) => NaiveDateTime::new(day, time).into(),
        None => day.into(),
    }
}
