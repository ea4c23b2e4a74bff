//! Records as JSON and NDJSON, and back.

mod compact;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use crate::record::{ErrorRecord, TaskList};
use compact::Compact;

/// How JSON is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// On one line.
    #[default]
    Compact,
    /// Indented by two spaces, for people.
    Pretty,
}

/// What stands in a result file: a task list, or why there is none.
// A list is the rule and an error the exception, so that boxing the larger one would cost where it counts.
#[expect(clippy::large_enum_variant)]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Record {
    /// A task list.
    Tasks(TaskList),
    /// An error record.
    Error(ErrorRecord),
}

/// Why a result could not be read back.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The text is no JSON, or not of the shape of a record.
    #[error("not a record of nhiemvu: {0}")]
    Json(#[from] serde_json::Error),
    /// The record follows another major version of the schema.
    #[error("schema version {0:?} cannot be read; this program reads 1.x")]
    Version(String),
}

/// Writes `record`, and a line feed after it.
///
/// # Errors
/// Those of `to`.
pub fn write_json(to: &mut dyn Write, record: &impl Serialize, layout: Layout) -> io::Result<()> {
    to.write_all(&to_json(record, layout))
}

/// `record` as JSON, with a line feed at the end.
///
/// In the compact layout this is a line of NDJSON.
pub fn to_json(record: &impl Serialize, layout: Layout) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(16 << 10);
    // the records have string keys only, and a vector takes all that is written to it
    match layout {
        Layout::Compact => {
            let _ = record.serialize(&mut Compact { out: &mut bytes });
        }
        Layout::Pretty => {
            let _ = serde_json::to_writer_pretty(&mut bytes, record);
        }
    }
    bytes.push(b'\n');
    bytes
}

/// Reads one task list or error record of any version 1.x.
///
/// Keys that are not known are ignored, and missing ones get their empty value.
///
/// # Errors
/// [`ReadError::Json`] where the text is no such record; [`ReadError::Version`] where its major version is another.
///
/// ```
/// use nhiemvu_exporter::{Record, read_json};
/// let text = r#"{"schema_version": "1.7", "tasks": [{"title": "lập dự toán", "mới": 1}]}"#;
/// let Record::Tasks(list) = read_json(text)? else { panic!() };
/// assert_eq!(list.tasks[0].title, "lập dự toán");
/// # Ok::<(), nhiemvu_exporter::ReadError>(())
/// ```
pub fn read_json(text: &str) -> Result<Record, ReadError> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    let version = value.get("schema_version").and_then(Value::as_str).unwrap_or_default();
    if version.split('.').next() != Some("1") {
        return Err(ReadError::Version(version.to_owned()));
    }
    Ok(if value.get("error").is_some() {
        Record::Error(serde_json::from_value(value)?)
    } else {
        Record::Tasks(serde_json::from_value(value)?)
    })
}

/// Reads NDJSON, one record a line; blank lines are passed over.
///
/// # Errors
/// Those of [`read_json`], with the number of the line, from 1.
pub fn read_ndjson(text: &str) -> Result<Vec<Record>, (usize, ReadError)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| read_json(line).map_err(|error| (at + 1, error))).collect()
}

/// The text of a result file: UTF-8, with or without a mark; or UTF-16 with one, which PowerShell 5 makes of whatever `>`
/// sends to a file.
///
/// # Errors
/// `InvalidData` where the bytes are neither.
///
/// ```
/// use nhiemvu_exporter::decode;
/// assert_eq!(decode(b"\xff\xfe{\0}\0".to_vec())?, "{}");
/// assert_eq!(decode("\u{feff}{}".into())?, "{}");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn decode(bytes: Vec<u8>) -> io::Result<String> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, odd) = rest.as_chunks::<2>();
        let text = String::from_utf16(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>()).ok();
        text.filter(|_| odd.is_empty()).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(io::Error::other),
        _ => String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_console_made_of_a_result_is_read_back() {
        let words = "{\"title\": \"lập dự toán 😀\"}\r\n";
        let wide = |unit: fn(u16) -> [u8; 2]| {
            "\u{feff}".encode_utf16().chain(words.encode_utf16()).flat_map(unit).collect::<Vec<u8>>()
        };
        for bytes in [wide(u16::to_le_bytes), wide(u16::to_be_bytes), words.into(), format!("\u{feff}{words}").into()] {
            assert_eq!(decode(bytes).unwrap(), words);
        }
        for wrong in [&b"\xff\xfe{"[..], b"\xff\xfe\x00\xd8", b"\xc3", b"\xef\xbb\xbf\xff"] {
            assert!(decode(wrong.to_vec()).is_err());
        }
    }
}
