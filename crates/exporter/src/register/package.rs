//! What a workbook holds beside cells.

use std::io::Cursor;

use zip::ZipArchive;

use super::RegisterError;

/// Parts of a workbook (ECMA-376) that are made again, or that hold nothing of a person's.
const MADE_AGAIN: [&str; 12] = [
    "[Content_Types].xml",
    "_rels/",
    "docProps/",
    "customXml/",
    "xl/_rels/",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/theme/",
    "xl/sharedStrings.xml",
    "xl/calcChain.xml",
    "xl/metadata.xml",
    "xl/printerSettings/",
];

/// Refuses a book in which there is something that would be lost.
pub(super) fn check(bytes: &[u8]) -> Result<(), RegisterError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| RegisterError::Unreadable(e.to_string()))?;
    let mut lost: Vec<&str> =
        archive.file_names().filter(|name| !name.ends_with('/') && !is_made_again(name)).collect();
    lost.sort_unstable();
    if lost.is_empty() { Ok(()) } else { Err(RegisterError::WouldLose(lost.join(", "))) }
}

fn is_made_again(name: &str) -> bool {
    // other sheets are told by their names
    MADE_AGAIN.iter().any(|known| name == *known || (known.ends_with('/') && name.starts_with(known)))
        || name.starts_with("xl/worksheets/")
}
