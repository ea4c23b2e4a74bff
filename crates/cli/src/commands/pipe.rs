//! `nhiemvu pipe`: NDJSON records in, exactly one pipe record out for each, in order.

use std::io::{self, BufRead, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nhiemvu_exporter::record::{PipeRecord, SourceInfo};
use nhiemvu_exporter::{Layout, Record, error_record, write_json};
use nhiemvu_pipeline::{Options, convert, read_file};
use serde::Deserialize;
use serde_json::Value;

use crate::args::Pipe;
use crate::commands::options;
use crate::console::Console;
use crate::exit::{Exit, Outcome};

/// One input record: `{"id", "path"}`, `{"id", "name", "base64"}` or `{"id", "text"}`.
#[derive(Debug, Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    path: Option<String>,
    name: Option<String>,
    base64: Option<String>,
    text: Option<String>,
}

pub(crate) fn run(args: &Pipe, console: &Console) -> Outcome {
    let options = Options { with_text: args.with_text, ..options(&args.conversion, console)? };
    let (mut stdin, mut stdout) = (io::stdin().lock(), io::stdout().lock());
    let mut line = Vec::new();
    while stdin.read_until(b'\n', &mut line)? > 0 {
        let record = answer(&line, &options);
        // in one piece, so that a reader never sees half a record
        let mut bytes = Vec::new();
        write_json(&mut bytes, &record, Layout::Compact)?;
        stdout.write_all(&bytes)?;
        stdout.flush()?;
        line.clear();
    }
    Ok(Exit::Done)
}

fn answer(line: &[u8], options: &Options) -> PipeRecord {
    let request: Request = match serde_json::from_slice(line.trim_ascii()) {
        Ok(request) => request,
        Err(error) => {
            let id = serde_json::from_slice::<Value>(line).ok().and_then(|value| value.get("id").cloned());
            let message = format!("bản ghi không đúng dạng: {error}");
            return reply(id.unwrap_or_default(), vec![refused("", message, options)]);
        }
    };
    let name = request.path.clone().or_else(|| request.name.clone()).unwrap_or_else(|| match &request.id {
        Value::String(id) => id.clone(),
        Value::Null => String::new(),
        id => id.to_string(),
    });
    let records = match (&request.path, &request.base64, &request.text) {
        (Some(path), None, None) => match read_file(Path::new(path), &name, options) {
            Ok(bytes) => convert(&bytes, &name, options),
            Err(error) => vec![Record::Error(*error)],
        },
        (None, Some(code), None) => match STANDARD.decode(code) {
            Ok(bytes) => convert(&bytes, &name, options),
            Err(error) => vec![refused(&name, format!("chuỗi base64 sai: {error}"), options)],
        },
        (None, None, Some(text)) => convert(text.as_bytes(), &name, options),
        _ => vec![refused(&name, "bản ghi phải có đúng một trong các khóa path, base64, text".to_owned(), options)],
    };
    reply(request.id, records)
}

fn reply(id: Value, records: Vec<Record>) -> PipeRecord {
    let mut reply = PipeRecord { id, documents: vec![], errors: vec![] };
    for record in records {
        match record {
            Record::Tasks(list) => reply.documents.push(list),
            Record::Error(error) => reply.errors.push(error),
        }
    }
    reply
}

fn refused(name: &str, message: String, options: &Options) -> Record {
    let source = SourceInfo { path: name.to_owned(), ..SourceInfo::default() };
    let hint =
        "mỗi dòng là một đối tượng JSON: {\"id\", \"path\"}, {\"id\", \"name\", \"base64\"} hoặc {\"id\", \"text\"}";
    Record::Error(error_record("unreadable", message, Some(hint.to_owned()), source, options.generator()))
}
