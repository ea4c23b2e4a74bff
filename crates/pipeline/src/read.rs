//! Reading a file, with a fault that a person can act on.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use nhiemvu_exporter::error_record;
use nhiemvu_exporter::record::{ErrorRecord, SourceInfo};

use crate::Options;

/// The bytes of the file at `path`, which records call `name`.
///
/// # Errors
/// The error record of a file that does not exist (`not-found`), is no regular file (`not-a-file`), is larger than the
/// limit (`size-limit`) or cannot be read (`unreadable`).
pub fn read_file(path: &Path, name: &str, options: &Options) -> Result<Vec<u8>, Box<ErrorRecord>> {
    let fault = |code: &str, message: String, hint: &str, bytes: Option<u64>| {
        let source = SourceInfo { path: name.to_owned(), bytes, ..SourceInfo::default() };
        Box::new(error_record(code, message, Some(hint.to_owned()), source, options.generator()))
    };
    let system = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => {
            fault("not-found", "không tìm thấy tệp".to_owned(), "kiểm tra lại tên và đường dẫn", None)
        }
        _ => fault("unreadable", format!("không đọc được tệp ({error})"), "kiểm tra quyền đọc tệp và ổ đĩa", None),
    };
    let about = fs::metadata(path).map_err(system)?;
    if !about.is_file() {
        // opening a pipe would wait for a writer that may never come
        let hint = "chỉ đọc được tệp thường và thư mục";
        return Err(fault("not-a-file", "không phải là tệp thường".to_owned(), hint, None));
    }
    let limit = options.limits.max_bytes;
    let too_large = |size: u64| {
        let message = format!("tệp lớn hơn giới hạn {limit} byte");
        fault("size-limit", message, "tăng giới hạn bằng --max-bytes, hoặc tách nhỏ tệp", Some(size))
    };
    if about.len() > limit {
        return Err(too_large(about.len()));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize);
    // the file may grow while it is read
    let mut file = File::open(path).map_err(system)?.take(limit.saturating_add(1));
    file.read_to_end(&mut bytes).map_err(system)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}
