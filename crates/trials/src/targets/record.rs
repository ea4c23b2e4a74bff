//! Records written and read back.

use nhiemvu_exporter::{read_json, read_ndjson};
use nhiemvu_pipeline::{Layout, Options, convert, to_json};

/// What is read can be written, and reads again as the same; so does what was converted.
pub(super) fn record(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(read) = read_json(&text) {
        back(&read);
    }
    let _ = read_ndjson(&text);
    for record in convert(data, "a.txt", &Options { with_text: true, ..Options::default() }) {
        back(&record);
    }
}

fn back(record: &nhiemvu_exporter::Record) {
    for layout in [Layout::Compact, Layout::Pretty] {
        let json = to_json(record, layout);
        let text = std::str::from_utf8(&json).unwrap();
        let again = read_json(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert!(again == *record, "{text}");
        assert_eq!(to_json(&again, layout), json);
    }
}
