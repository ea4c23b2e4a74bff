//! A record made of every noun of the model follows the schema, its spans are exact, and it can be read back.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

use chrono::NaiveDate;
use nhiemvu_exporter::record::{Generator, PipeRecord, SourceInfo, TaskList};
use nhiemvu_exporter::{Layout, Record, SCHEMA, error_record, read_json, read_ndjson, task_list, to_json, with_text};
use nhiemvu_model::*;
use serde_json::{Value, json};

const TEXT: &str = "THÔNG BÁO\nKết luận về bến thuyền\n2. Sở Tài chính:\n\
    - Chủ trì lập dự toán, đạt 90 %; báo cáo trước ngày 15/5/2026.\n";

fn at(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn agency(words: &str, via: Via, span: bool) -> Agency {
    Agency {
        name: words.to_owned(),
        id: Some("so-tai-chinh".to_owned()),
        kind: AgencyKind::Registered,
        jurisdiction: Some(Jurisdiction { province: Some("Hòa Giang".to_owned()), ..Jurisdiction::default() }),
        holder: Some("Giám đốc".to_owned()),
        successor: Some(Successor {
            id: "x".to_owned(),
            name: "X".to_owned(),
            since: NaiveDate::from_ymd_opt(2025, 3, 1).unwrap(),
        }),
        via,
        span: span.then(|| at(words)),
        ambiguous: false,
        repaired: false,
    }
}

fn deadline(kind: DeadlineKind, via: Via) -> Deadline {
    Deadline {
        kind,
        due: NaiveDate::from_ymd_opt(2026, 5, 14),
        time: Some(ClockTime { hour: 7, minute: 5 }),
        emphasised: true,
        via,
        span: at("trước ngày 15/5/2026"),
    }
}

fn deadlines() -> Vec<Deadline> {
    let day = NaiveDate::from_ymd_opt(2026, 5, 15);
    let rule = Recurrence {
        frequency: Frequency::Monthly,
        interval: 1,
        months: vec![],
        month_days: vec![20],
        weekdays: vec![],
    };
    let relative = |anchor| DeadlineKind::Relative { count: 10, unit: Frequency::Daily, working_days: true, anchor };
    vec![
        deadline(DeadlineKind::By { end: day, inclusive: false }, Via::Text),
        deadline(DeadlineKind::Within { start: None, end: day }, Via::Field),
        deadline(DeadlineKind::Recurring(rule), Via::Heading),
        deadline(relative(Anchor::Signing), Via::Intro),
        deadline(relative(Anchor::Unknown), Via::Text),
        deadline(DeadlineKind::Ongoing, Via::Text),
        deadline(DeadlineKind::Immediate, Via::Document),
        // a year of five digits has no place in the schema's dates
        deadline(DeadlineKind::By { end: NaiveDate::from_ymd_opt(20_255, 1, 1), inclusive: true }, Via::Text),
    ]
}

fn task(kind: Kind, status: Option<Status>) -> Task {
    Task {
        id: "0123456789abcdef".to_owned(),
        ordinal: "2.-1".to_owned(),
        section: vec![Heading { marker: "2.".to_owned(), title: "Sở Tài chính:".to_owned() }],
        kind,
        title: "lập dự toán".to_owned(),
        text: "Chủ trì lập dự toán".to_owned(),
        lead: vec![agency("Sở Tài chính", Via::Heading, true)],
        coordinating: vec![agency("Sở Tài chính", Via::Document, false)],
        monitoring: vec![],
        report_to: vec![],
        deadlines: deadlines(),
        deliverables: vec![Deliverable { text: "dự toán".to_owned(), span: at("dự toán") }],
        references: vec![Reference {
            doc_type: Some("NQ".to_owned()),
            number: Some("57-NQ/TW".to_owned()),
            date: Some(PartialDate { year: 2026, month: Some(5), day: None }),
            issuer: Some(agency("Sở Tài chính", Via::Text, true)),
            span: at("bến thuyền"),
        }],
        fields: vec![LabelledValue { label: "Ghi chú".to_owned(), value: "x".to_owned(), span: at("90") }],
        status,
        flags: vec![Flag::NoLead, Flag::TableUncertain],
        span: at("Chủ trì lập dự toán, đạt 90 %"),
        repeats: None,
    }
}

fn target(value: f64, value_max: Option<f64>) -> Target {
    Target {
        id: "0123456789abcdef".to_owned(),
        text: "đạt 90 %".to_owned(),
        comparator: Comparator::AtLeast,
        value,
        value_max,
        unit: Some("%".to_owned()),
        deadline: deadlines().pop(),
        section: vec![],
        span: at("90 %"),
    }
}

fn document() -> Document {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, _) in TEXT.match_indices('\n') {
        lines.push(Line { page: Some(1), ..Line::body(Span::new(start, at)) });
        start = at + 1;
    }
    let root = Node {
        kind: NodeKind::Root,
        marker: String::new(),
        text: Mended::default(),
        run_in: 0,
        span: Span::new(0, TEXT.len()),
        parent: None,
        children: vec![],
        fields: vec![],
    };
    Document {
        source: Source {
            format: Format::Pdf,
            text: TEXT.to_owned(),
            written: None,
            lines,
            pages: Some(1),
            ocr: true,
            partial: true,
            diagnostics: vec![Diagnostic::new(WarningCode::Ocr, "nhận dạng từ ảnh", None)],
        },
        header: Header {
            doc_type: Some("TB".to_owned()),
            type_name: Some("Thông báo".to_owned()),
            number: Some(Number { raw: "Số: /TB".to_owned(), serial: None, symbol: Some("TB".to_owned()) }),
            subject: Some(Mended::of(TEXT, at("Kết luận về bến thuyền"))),
            date: Some(PartialDate { year: 2026, month: None, day: None }),
            urgency: Some(Urgency::MostUrgent),
            secrecy: Some(Secrecy::TopSecret),
            recipients: vec![
                Recipient { text: Mended::of(TEXT, at("Sở Tài chính")), purpose: Some("b/c".to_owned()) },
                Recipient { text: Mended::of(TEXT, at("bến thuyền")), purpose: None },
            ],
            signer: Some(Signer { name: Some("A".to_owned()), position: None, authority: vec!["TM. B".to_owned()] }),
            ..Header::default()
        },
        nodes: vec![root],
        tables: vec![],
        footnotes: vec![],
        furniture: vec![],
        diagnostics: vec![Diagnostic::new(WarningCode::NumberingError, "số mục lặp lại", Some(at("2.")))],
    }
}

fn extraction() -> Extraction {
    Extraction {
        issuer: Some(agency("Sở Tài chính", Via::Text, true)),
        addressees: vec![agency("Sở Tài chính", Via::Text, false)],
        // fewer than the document's lines of Nơi nhận, as after a fault in a rule
        recipients: vec![vec![agency("Sở Tài chính", Via::Text, true)]],
        references: vec![],
        date: None,
        tasks: vec![task(Kind::Assigned, None), task(Kind::Planned, Some(Status::InProgress))],
        targets: vec![target(90.0, None), target(0.5, Some(7.25))],
        diagnostics: vec![Diagnostic::new(WarningCode::NoDate, "văn bản không ghi ngày", None)],
    }
}

fn list() -> TaskList {
    let source = SourceInfo {
        path: "a/b.pdf".to_owned(),
        bytes: Some(7),
        sha256: Some("0".repeat(64)),
        ..SourceInfo::default()
    };
    let generator = Generator { registry: "2026-11-21".to_owned(), ..Generator::default() };
    let document = document();
    let mut list = task_list(&document, &extraction(), source, generator);
    with_text(&mut list, &document);
    list
}

fn check(value: &Value) {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}\n{value}");
}

#[test]
fn every_noun_of_the_model_has_its_place_in_the_schema() {
    check(&serde_json::to_value(list()).unwrap());
}

#[test]
fn keys_stand_in_the_order_of_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let list: Value = serde_json::from_slice(&to_json(&list(), Layout::Compact)).unwrap();
    let task = &list["tasks"][0];
    for (part, definition) in [
        (&list, "tasklist"),
        (&list["document"], "document"),
        (&list["document"]["source"], "source"),
        (task, "task"),
        (&list["targets"][0], "target"),
        (&list["warnings"][0], "warning"),
        (&task["lead"][0], "agency"),
        (&task["lead"][0]["jurisdiction"], "jurisdiction"),
        (&task["deadlines"][0], "deadline"),
        (&task["references"][0], "reference"),
        (&task["span"], "span"),
    ] {
        assert_eq!(keys(part), keys(&schema["$defs"][definition]["properties"]), "{definition}");
    }
}

#[test]
fn raw_is_the_slice_that_the_span_names() {
    let list = serde_json::to_value(list()).unwrap();
    let text: Vec<char> = list["document"]["text"].as_str().unwrap().chars().collect();
    let mut seen = 0;
    walk(&list, &mut |object| {
        let (Some(raw), Some(span)) = (object.get("raw"), object.get("span")) else { return };
        let (Some(start), Some(end)) = (span["start"].as_u64(), span["end"].as_u64()) else { return };
        assert_eq!(text[start as usize..end as usize].iter().collect::<String>(), raw.as_str().unwrap());
        seen += 1;
    });
    assert!(seen > 20, "{seen}");
    assert_eq!(list["tasks"][0]["lead"][0]["span"], json!({"start": 36, "end": 48, "line": 3, "page": 1}));
}

fn walk(value: &Value, see: &mut dyn FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            see(object);
            object.values().for_each(|value| walk(value, see));
        }
        Value::Array(values) => values.iter().for_each(|value| walk(value, see)),
        _ => {}
    }
}

#[test]
fn figures_are_written_as_documents_write_them() {
    let bytes = to_json(&list(), Layout::Compact);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(r#""value":90,"value_max":null"#));
    assert!(text.contains(r#""value":0.5,"value_max":7.25"#));
}

#[test]
fn what_was_written_can_be_read_back() {
    for layout in [Layout::Compact, Layout::Pretty] {
        let text = String::from_utf8(to_json(&list(), layout)).unwrap();
        assert_eq!(read_json(&text).unwrap(), Record::Tasks(list()));
        assert!(text.ends_with("}\n"));
    }
}

#[test]
fn a_later_minor_version_can_be_read_and_another_major_cannot() {
    let mut value = serde_json::to_value(list()).unwrap();
    value["schema_version"] = json!("1.9");
    value["tasks"][0]["priority"] = json!("high");
    value["tasks"][0]["kind"] = json!("suggested");
    let Record::Tasks(read) = read_json(&value.to_string()).unwrap() else { panic!("a task list") };
    assert_eq!(read.tasks[0].kind, "suggested");
    value["schema_version"] = json!("2.0");
    assert!(read_json(&value.to_string()).is_err());
}

#[test]
fn faults_and_pipe_records_follow_the_schema() {
    let source = SourceInfo { path: "kh.pdf".to_owned(), ..SourceInfo::default() };
    let hint = Some("gỡ mật khẩu".to_owned());
    let error = error_record("password", "tệp có mật khẩu", hint, source, Generator::default());
    check(&serde_json::to_value(&error).unwrap());
    let line = String::from_utf8(to_json(&error, Layout::Compact)).unwrap();
    assert_eq!(read_ndjson(&format!("{line}\n{line}")).unwrap(), vec![Record::Error(error.clone()); 2]);
    assert_eq!(read_ndjson("{}").unwrap_err().0, 1);
    let pipe = PipeRecord { id: json!([1, "x"]), documents: vec![list()], errors: vec![error] };
    check(&serde_json::to_value(pipe).unwrap());
}

#[test]
fn an_unknown_code_does_not_make_a_record_invalid() {
    let record = error_record("gremlins", "?", None, SourceInfo::default(), Generator::default());
    assert_eq!(record.error.code, "internal");
    check(&serde_json::to_value(record).unwrap());
}
