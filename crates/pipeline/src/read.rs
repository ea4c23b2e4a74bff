//! Reading a file, with a fault that a person can act on.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::Path;

use nhiemvu_exporter::error_record;
use nhiemvu_exporter::record::{ErrorRecord, SourceInfo};

use crate::Options;
use crate::hash::Hashing;

/// The bytes of the file at `path`, which records call `name`.
///
/// # Errors
/// The error record of a file that does not exist (`not-found`), is no regular file (`not-a-file`), is larger than the
/// limit (`size-limit`) or cannot be read (`unreadable`).
pub fn read_file(path: &Path, name: &str, options: &Options) -> Result<Vec<u8>, Box<ErrorRecord>> {
    let file = open_file(path, name, options)?;
    let limit = options.limits.max_bytes;
    let mut bytes = Vec::new();
    // the file may grow while it is read
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error, SourceInfo { path: name.to_owned(), ..SourceInfo::default() }, options))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(name, bytes.len() as u64, options));
    }
    Ok(bytes)
}

/// The SHA-256 of the file at `path`; `None` where it cannot be read as a document.
pub fn hash_file(path: &Path, name: &str, options: &Options) -> Option<String> {
    let file = open_file(path, name, options).ok()?;
    Hashing::new(BufReader::with_capacity(64 << 10, file)).finish().ok().map(|(_, sum)| sum)
}

/// Opens the file at `path`, which records call `name`.
///
/// # Errors
/// Those of [`read_file`].
pub(crate) fn open_file(path: &Path, name: &str, options: &Options) -> Result<File, Box<ErrorRecord>> {
    let source = || SourceInfo { path: name.to_owned(), ..SourceInfo::default() };
    let about = fs::metadata(path).map_err(|error| unreadable(&error, source(), options))?;
    if !about.is_file() {
        // opening a pipe would wait for a writer that may never come
        let hint = "chỉ đọc được tệp thường và thư mục";
        return Err(fault("not-a-file", "không phải là tệp thường".to_owned(), hint, source(), options));
    }
    if about.len() > options.limits.max_bytes {
        return Err(too_large(name, about.len(), options));
    }
    File::open(path).map_err(|error| unreadable(&error, source(), options))
}

/// The record of a file that the system refuses to read.
pub(crate) fn unreadable(error: &io::Error, source: SourceInfo, options: &Options) -> Box<ErrorRecord> {
    if error.kind() == io::ErrorKind::NotFound {
        let hint = "kiểm tra lại tên và đường dẫn";
        return fault("not-found", "không tìm thấy tệp".to_owned(), hint, source, options);
    }
    fault("unreadable", format!("không đọc được tệp ({error})"), "kiểm tra quyền đọc tệp và ổ đĩa", source, options)
}

fn too_large(name: &str, bytes: u64, options: &Options) -> Box<ErrorRecord> {
    let source = SourceInfo { path: name.to_owned(), bytes: Some(bytes), ..SourceInfo::default() };
    let message = format!("tệp lớn hơn giới hạn {} byte", options.limits.max_bytes);
    fault("size-limit", message, "tăng giới hạn bằng --max-bytes, hoặc tách nhỏ tệp", source, options)
}

fn fault(code: &str, message: String, hint: &str, source: SourceInfo, options: &Options) -> Box<ErrorRecord> {
    Box::new(error_record(code, message, Some(hint.to_owned()), source, options.generator()))
}
