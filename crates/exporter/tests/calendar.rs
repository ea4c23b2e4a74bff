//! Calendars and import files of Label Studio, read back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime, EventLike};
use nhiemvu_exporter::record::{self, Agency, Deadline, Deliverable, Number, Span, Task, TaskList};
use nhiemvu_exporter::{
    CalendarItem, Entry, Gather, Ics, LABEL_STUDIO_CONFIG, LabelStudio, Lang, Record, document_key,
};
use serde_json::Value;

const TEXT: &str = "Sở Tài chính lập dự toán, \"bến\"; trước 17 giờ ngày 15/5/2026 😀";

fn record() -> TaskList {
    let lead = Agency {
        name: "Sở Văn hóa, Thể thao và Du lịch".to_owned(),
        span: Some(Span { start: 0, end: 12, line: 1, page: None }),
        ..Agency::default()
    };
    let by = Deadline {
        raw: "trước 17 giờ\nngày 15/5/2026".to_owned(),
        due: Some("2026-05-15".to_owned()),
        time: Some("17:00".to_owned()),
        span: Span { start: 32, end: 60, line: 1, page: None },
        ..Deadline::default()
    };
    let within = Deadline {
        raw: "tháng 5".to_owned(),
        start: Some("2026-05-01".to_owned()),
        due: Some("2026-05-31".to_owned()),
        ..Deadline::default()
    };
    let monthly = Deadline {
        raw: "hằng quý".to_owned(),
        rrule: Some("FREQ=MONTHLY;INTERVAL=3".to_owned()),
        ..Deadline::default()
    };
    let task = Task {
        id: "00000000000000aa".to_owned(),
        kind: "assigned".into(),
        title: "lập dự toán; \\ và, hết\nbáo cáo".to_owned(),
        text: TEXT.to_owned(),
        lead: vec![lead],
        deadlines: vec![by, within, monthly],
        deliverables: vec![Deliverable {
            text: "dự toán".to_owned(),
            span: Span { start: 17, end: 24, line: 1, page: None },
        }],
        span: Span { start: 0, end: TEXT.chars().count(), line: 1, page: None },
        ..Task::default()
    };
    let undated = Task {
        id: "00000000000000bb".to_owned(),
        title: "tuyên truyền".to_owned(),
        deadlines: vec![],
        lead: vec![],
        ..task.clone()
    };
    TaskList {
        document: record::Document {
            id: "ff".to_owned(),
            number: Some(Number { raw: "7/TB".into(), serial: Some("7".into()), symbol: Some("TB".into()) }),
            date: Some("2026-04-10".to_owned()),
            text: Some(TEXT.to_owned()),
            ..record::Document::default()
        },
        tasks: vec![task, undated],
        ..TaskList::default()
    }
}

fn written(mut gather: impl Gather, list: &TaskList) -> String {
    let mut bytes = Vec::new();
    gather.add(&mut bytes, Entry { record: &Record::Tasks(list.clone()), file: None }).unwrap();
    gather.finish(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_todo_for_each_limit_comes_back_as_it_was() {
    let text = written(Ics::new(Lang::Vi, CalendarItem::Todo), &record());
    assert!(text.split_inclusive("\r\n").all(|line| line.ends_with("\r\n") && line.len() <= 77), "{text}");
    let calendar: Calendar = text.parse().unwrap();
    let todos: Vec<_> = calendar.components.iter().filter_map(CalendarComponent::as_todo).collect();
    assert_eq!((todos.len(), calendar.components.len()), (4, 4));
    let first = todos[0];
    assert_eq!(first.get_summary(), Some("Sở Văn hóa, Thể thao và Du lịch: lập dự toán; \\ và, hết\nbáo cáo"));
    assert_eq!(first.get_categories().unwrap(), ["Sở Văn hóa, Thể thao và Du lịch"]);
    assert!(
        first
            .get_description()
            .unwrap()
            .contains("Thời hạn theo văn bản: trước 17 giờ ngày 15/5/2026; tháng 5; hằng quý")
    );
    let Some(DatePerhapsTime::DateTime(due)) = first.get_due() else { panic!("a due hour") };
    assert!(format!("{due:?}").contains("2026-05-15T17:00:00"), "{due:?}");
    let day = |text: &str| Some(DatePerhapsTime::Date(text.parse().unwrap()));
    assert_eq!((todos[1].get_start(), todos[1].get_due()), (day("2026-05-01"), day("2026-05-31")));
    assert_eq!(todos[2].property_value("RRULE"), Some("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"));
    assert_eq!((todos[2].get_start(), todos[2].get_due()), (day("2026-06-30"), None));
    assert_eq!((todos[3].get_start(), todos[3].get_due()), (None, None));
}

#[test]
fn uids_are_stable_and_unlike() {
    let uids = |list: &TaskList| -> Vec<String> {
        let calendar: Calendar = written(Ics::new(Lang::Vi, CalendarItem::Todo), list).parse().unwrap();
        calendar.components.iter().map(|one| one.as_todo().unwrap().get_uid().unwrap().to_owned()).collect()
    };
    let (first, mut again) = (record(), record());
    // the same notice in another file
    again.document.id = "ee".to_owned();
    assert_eq!(uids(&first), uids(&again));
    let unlike: std::collections::BTreeSet<_> = uids(&first).into_iter().collect();
    assert_eq!(unlike.len(), 4);
    again.document.number = None;
    assert_ne!(document_key(&first.document), document_key(&again.document));
}

#[test]
fn events_stand_on_the_last_day_and_what_has_none_is_left_out() {
    let calendar: Calendar = written(Ics::new(Lang::En, CalendarItem::Event), &record()).parse().unwrap();
    let events: Vec<_> = calendar.components.iter().filter_map(CalendarComponent::as_event).collect();
    assert_eq!((events.len(), calendar.components.len()), (3, 3));
    let day = |text: &str| Some(DatePerhapsTime::Date(text.parse().unwrap()));
    assert_eq!((events[1].get_start(), events[1].get_end()), (day("2026-05-31"), day("2026-06-01")));
}

#[test]
fn an_import_file_of_label_studio_names_the_words_of_each_mark() {
    let tasks: Value = serde_json::from_str(&written(LabelStudio::new(), &record())).unwrap();
    let task = &tasks[0];
    assert_eq!(task["data"]["text"], TEXT);
    let results = task["predictions"][0]["result"].as_array().unwrap();
    let (mut labels, mut ids) = (0, std::collections::BTreeSet::new());
    for result in results.iter().filter(|result| result["type"] == "labels") {
        let value = &result["value"];
        let at = |key: &str| value[key].as_u64().unwrap() as usize;
        let words: String = TEXT.chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(value["text"], words);
        let name = value["labels"][0].as_str().unwrap();
        assert!(LABEL_STUDIO_CONFIG.contains(&format!("<Label value=\"{name}\"")), "{name}");
        assert!(ids.insert(result["id"].as_str().unwrap().to_owned()), "an id for each region");
        labels += 1;
    }
    assert_eq!(labels, 8);
    for result in results {
        match result["type"].as_str().unwrap() {
            "relation" => assert!(["from_id", "to_id"].iter().all(|end| ids.contains(result[end].as_str().unwrap()))),
            kind => {
                assert!(ids.contains(result["id"].as_str().unwrap()));
                let name = result["from_name"].as_str().unwrap();
                assert!(LABEL_STUDIO_CONFIG.contains(&format!("name=\"{name}\" toName=\"text\"")), "{kind} {name}");
            }
        }
    }
    let mut without = record();
    without.document.text = None;
    assert_eq!(written(LabelStudio::new(), &without), "[]\n");
}
