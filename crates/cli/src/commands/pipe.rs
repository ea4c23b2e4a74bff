//! `nhiemvu pipe`: NDJSON records in, exactly one pipe record out for each, in order.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nhiemvu_exporter::record::{PipeRecord, SourceInfo};
use nhiemvu_exporter::{Layout, Record, error_record, write_json};
use nhiemvu_pipeline::{Converter, Options, Stop};
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
    let selection = (&args.pick).into();
    let options = Options { with_text: args.with_text, selection, ..options(&args.conversion, console)? };
    let mut converter = Converter::new(&options, &Stop::default());
    // base64 takes four letters for three bytes; escapes in JSON text may take more, and are seldom so many
    let longest = options.limits.max_bytes.saturating_mul(2).saturating_add(1 << 20);
    let (mut stdin, mut stdout) = (io::stdin().lock(), io::stdout().lock());
    let mut line = Vec::new();
    while read_line(&mut stdin, longest, &mut line)? > 0 {
        let record = if line.len() as u64 > longest {
            reply(Value::Null, vec![too_long(longest, &options)])
        } else {
            answer(&line, &mut converter, &options)
        };
        // in one piece, so that a reader never sees half a record
        let mut bytes = Vec::new();
        write_json(&mut bytes, &record, Layout::Compact)?;
        stdout.write_all(&bytes)?;
        stdout.flush()?;
        line.clear();
        // one large record does not keep its memory
        line.shrink_to(1 << 20);
    }
    Ok(Exit::Done)
}

/// Reads a line; of one that is longer than `longest` only a byte more than that is kept. Gives 0 at the end.
fn read_line(from: &mut impl BufRead, longest: u64, line: &mut Vec<u8>) -> io::Result<usize> {
    let count = from.by_ref().take(longest.saturating_add(1)).read_until(b'\n', line)?;
    if line.len() as u64 > longest && line.last() != Some(&b'\n') {
        from.skip_until(b'\n')?;
    }
    Ok(count)
}

fn answer(line: &[u8], converter: &mut Converter<'_>, options: &Options) -> PipeRecord {
    let request: Request = match serde_json::from_slice(bare(line)) {
        Ok(request) => request,
        Err(error) => {
            let id = serde_json::from_slice::<Value>(bare(line)).ok().and_then(|value| value.get("id").cloned());
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
        (Some(path), None, None) => converter.file(Path::new(path), &name),
        (None, Some(code), None) => match STANDARD.decode(code) {
            Ok(bytes) => converter.bytes(&bytes, &name),
            Err(error) => vec![refused(&name, format!("chuỗi base64 sai: {error}"), options)],
        },
        (None, None, Some(text)) => converter.bytes(text.as_bytes(), &name),
        _ => vec![refused(&name, "bản ghi phải có đúng một trong các khóa path, base64, text".to_owned(), options)],
    };
    reply(request.id, records)
}

/// The line without its end, and the first one without the mark that some consoles put before it.
fn bare(line: &[u8]) -> &[u8] {
    line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line).trim_ascii()
}

fn too_long(longest: u64, options: &Options) -> Record {
    let message = format!("bản ghi dài hơn giới hạn {longest} byte");
    let hint = Some("tăng giới hạn bằng --max-bytes, hoặc gửi đường dẫn thay cho nội dung".to_owned());
    Record::Error(error_record("size-limit", message, hint, SourceInfo::default(), options.generator()))
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
