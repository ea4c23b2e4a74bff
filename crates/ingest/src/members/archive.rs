//! ZIP archives of documents.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Taken, joined};
use crate::{IngestError, detect};

/// Whether the bytes are an archive, and none that is a document of some program.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    let is_zip = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
    if !is_zip || detect::by_signature(bytes).is_some() {
        return false;
    }
    // Office Open XML of other programs, and what names its own type first (OpenDocument, EPUB)
    let head = bytes.get(..4096).unwrap_or(bytes);
    let tail = bytes.get(bytes.len().saturating_sub(256 << 10)..).unwrap_or(bytes);
    let is_office = [head, tail].iter().any(|part| detect::contains(part, b"[Content_Types].xml"));
    !is_office && bytes.get(30..38) != Some(b"mimetype")
}

/// Takes the files of an archive.
pub(super) fn open(taken: &mut Taken<'_>, bytes: &[u8], parent: &str, depth: u32) -> Result<(), IngestError> {
    let damaged = |_| IngestError::Damaged("tệp nén không đọc được".to_owned());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    for index in 0..archive.len() {
        if taken.full {
            break;
        }
        let name = archive.name_for_index(index).unwrap_or_default().to_owned();
        if name.ends_with(['/', '\\']) {
            continue;
        }
        let (name, content) = match archive.by_index(index) {
            Ok(mut file) => {
                // names without the mark of UTF-8 are UTF-8 all the same where they can be
                let name = std::str::from_utf8(file.name_raw()).map_or(name, str::to_owned);
                if is_litter(&name) {
                    continue;
                }
                let path = joined(parent, &name);
                let most = taken.room.min(taken.limits.max_bytes);
                let mut data = Vec::new();
                let read = file.by_ref().take(most + 1).read_to_end(&mut data);
                if !taken.pay(&path, data.len() as u64) {
                    break;
                }
                (name, content(data, &read, taken.limits.max_bytes))
            }
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => (name, Err(IngestError::Password)),
            Err(_) => (name, Err(IngestError::Damaged("không giải nén được".to_owned()))),
        };
        if !is_litter(&name) {
            taken.take(joined(parent, &name), content, depth);
        }
    }
    let lost = declared(bytes).saturating_sub(archive.len());
    if lost > 0 && !taken.full {
        let message = format!("{lost} tệp trong gói trùng tên với tệp khác nên không lấy ra được");
        taken.take(joined(parent, "(trùng tên)"), Err(IngestError::Damaged(message)), depth);
    }
    Ok(())
}

/// How many files the end of the archive says there are (APPNOTE 4.3.16); 0 where it says so elsewhere. Of several of one
/// name the library gives the last alone.
fn declared(bytes: &[u8]) -> usize {
    const END: &[u8] = b"PK\x05\x06";
    let tail = bytes.get(bytes.len().saturating_sub(66 << 10)..).unwrap_or(bytes);
    let end = memchr::memmem::rfind(tail, END).and_then(|at| tail.get(at + 10..at + 12));
    match end {
        Some(&[low, high]) if (low, high) != (0xFF, 0xFF) => usize::from(u16::from_le_bytes([low, high])),
        _ => 0,
    }
}

fn content(data: Vec<u8>, read: &io::Result<usize>, most: u64) -> Result<Vec<u8>, IngestError> {
    if data.len() as u64 > most {
        return Err(IngestError::SizeLimit { what: "kích thước tệp (byte)", limit: most });
    }
    match read {
        Ok(_) => Ok(data),
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => Err(IngestError::MemoryLimit),
        Err(_) => Err(IngestError::Damaged("không giải nén được".to_owned())),
    }
}

/// Whether the file is one that systems leave behind.
fn is_litter(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_system = ["thumbs.db", ".ds_store", "desktop.ini"].iter().any(|known| file.eq_ignore_ascii_case(known));
    // an open Word document has a lock file of this name beside it
    is_system || file.starts_with("~$") || file.starts_with("._") || name.split(['/', '\\']).any(|p| p == "__MACOSX")
}
